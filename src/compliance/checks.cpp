#include "compliance/checks.h"

#include <algorithm>
#include <set>

#include "compliance/concern.h"
#include "compliance/load_facts.h"
#include "compliance/queries.h"
#include "obligation/check.h"
#include "obligation/context.h"
#include "obligation/periods.h"
#include "obligation/thing.h"

namespace huilu::compliance {

namespace {

using obligation::Facts;
using policy::Set;

void gather_sets(const policy::Test& test, std::vector<const Set*>& out) {
  if (test.counts()) out.push_back(&test.of);
  for (const policy::Test& part : test.parts) gather_sets(part, out);
}

std::vector<const Set*> sets_looked_at(const policy::Check& check) {
  std::vector<const Set*> sets;
  gather_sets(check.needs, sets);
  return sets;
}

obligation::RecordState state_word(record::State state) {
  switch (state) {
    case record::State::planned:
      return obligation::RecordState::planned;
    case record::State::entered:
      return obligation::RecordState::entered;
    case record::State::void_:
      break;
  }
  return obligation::RecordState::void_;
}

obligation::RecordVersion version_as(const record::Content& content, record::State state,
                                     std::int64_t number, Instant at) {
  return {number,          state_word(state), content.types,
          content.units,   content.date,      content.place,
          content.present, content.fields,    at};
}

// What a step from the record leads to, as texts: ids of units, persons and records among them.
std::vector<std::string> named_by(const record::Content& content, const std::string& type,
                                  const std::string& step) {
  std::vector<std::string> texts;
  if (step == "unit" || step == "units")
    for (const UnitId unit : content.units) texts.push_back(unit.text());
  else if (step == "present")
    for (const PersonId person : content.present) texts.push_back(person.text());
  if (!texts.empty()) return texts;
  const auto version = version_as(content, record::State::entered, 1, {});
  const Value* const value = obligation::field_of(version, type, step);
  const Value::List one = value == nullptr ? Value::List() : Value::List{*value};
  for (const Value& item : value != nullptr && value->list() ? *value->list() : one)
    if (item.text()) texts.push_back(*item.text());
  return texts;
}

// What $it narrows the set by.
std::vector<std::string> narrowed_by(const policy::Comparing& line, const record::Content& content,
                                     const std::string& type, const record::Version* before) {
  const auto& path = std::get<policy::Path>(line.operands.front().what);
  if (!path.steps.empty()) return named_by(content, type, path.steps.front());
  if (before != nullptr) return {before->record.text()};
  return {};
}

// The records that may be in the set, and others.
Reads queue_candidates(store::Connection& connection, const Set& set, const std::string& step,
                       const std::string& named) {
  if (const auto unit = UnitId::parse(named))
    return step == "unit" || step == "units" ? queue_records_of(connection, *unit, set.names)
                                             : queue_records_naming_unit(connection, *unit);
  if (const auto person = PersonId::parse(named)) return queue_records_with(connection, {*person});
  if (const auto record = RecordId::parse(named))
    return queue_records_naming(connection, {*record});
  return {};
}

class LoadedChecks : public record::Checking {
 public:
  LoadedChecks(std::vector<DeclaredCheck> checks, const record::Version* before)
      : checks_(std::move(checks)) {
    if (before == nullptr) return;
    record_ = before->record;
    before_ = version_as(before->content, before->state, before->version, before->at);
  }

  void load(store::Connection& connection, const std::vector<policy::Pack>& packs,
            const record::Content& content, const record::Version* before) {
    facts_ = load_policy(connection, packs);
    std::set<RecordId> records = candidates(connection, content, before);
    Named named;
    named.add(content.fields);
    named.units.insert(content.units.begin(), content.units.end());
    records.insert(named.records.begin(), named.records.end());
    records.erase(record_);
    load_records_whole(connection, records, facts_);
    for (const auto& [id, record] : facts_.records) named.add(record.versions.back().fields);
    load_organisation(connection, {named.units.begin(), named.units.end()}, facts_);
    load_holders(connection, named.persons);
  }

  std::vector<record::FailedCheck> failed(const record::Content& content, record::State state,
                                          Date today, Instant now) const override {
    Facts facts = facts_;
    auto& versions = facts.records[record_].versions;
    facts.records[record_].id = record_;
    versions.clear();
    if (before_) versions.push_back(*before_);
    const std::int64_t number = before_ ? before_->version + 1 : 1;
    versions.push_back(version_as(content, state, number, now));
    std::vector<record::FailedCheck> out;
    for (const DeclaredCheck& one : checks_) {
      if (!is_in_force(facts, one, versions.back(), now)) continue;
      const auto result = obligation::judge(facts, *one.pack, *one.check, record_, today);
      if (result && !result->holds) out.push_back(told(facts, one, *result));
    }
    return out;
  }

 private:
  std::set<RecordId> candidates(store::Connection& connection, const record::Content& content,
                                const record::Version* before) {
    Reads reads;
    for (const DeclaredCheck& one : checks_)
      for (const Set* const set : sets_looked_at(*one.check)) {
        const policy::Comparing& line = *policy::narrowing(*set);
        for (const auto& named :
             narrowed_by(line, content, one.check->before.record_type, before)) {
          const Reads more = queue_candidates(connection, *set, line.path.steps.front(), named);
          reads.insert(reads.end(), more.begin(), more.end());
        }
      }
    connection.flush();
    std::set<RecordId> records;
    for (const auto& rows : reads)
      for (const auto row : *rows) records.insert(row.id<RecordId>(0));
    return records;
  }

  // Whoever holds a post is known by name for it; nobody else is named in the words of a check.
  void load_holders(store::Connection& connection, const std::set<PersonId>& persons) {
    const Reads tenures = queue_tenures_of(connection, persons);
    connection.flush();
    std::set<PersonId> holders;
    for (const auto& rows : tenures)
      for (const auto row : *rows) holders.insert(row.id<PersonId>(4));
    const Reads names = queue_names(connection, holders);
    connection.flush();
    for (const auto& rows : names)
      for (const auto row : *rows) facts_.persons[row.id<PersonId>(0)] = row.text(1);
  }

  // In force on the record's day, for one of its units.
  static bool is_in_force(const Facts& facts, const DeclaredCheck& one,
                          const obligation::RecordVersion& version, Instant now) {
    const obligation::Activation* found = nullptr;
    const policy::RecordType* const type = type_of(facts, one);
    if (type == nullptr) return false;
    const Date day = obligation::day_of_record(version, *type);
    for (const UnitId unit : version.units) {
      found = obligation::version_on(facts, one.pack->id, unit, day, now);
      if (found != nullptr && found->pack == one.pack) return true;
    }
    return false;
  }

  static const policy::RecordType* type_of(const Facts& facts, const DeclaredCheck& one) {
    const std::string& address = one.check->before.record_type;
    const auto among = [&](const policy::Pack& pack) -> const policy::RecordType* {
      for (const policy::RecordType& type : pack.record_types)
        if (type.address == address) return &type;
      return nullptr;
    };
    if (const auto* type = among(*one.pack)) return type;
    for (const auto& activation : facts.activations)
      if (const auto* type = among(*activation.pack)) return type;
    return among(policy::core_pack());
  }

  static record::FailedCheck told(const Facts& facts, const DeclaredCheck& one,
                                  const obligation::CheckResult& result) {
    const policy::Check& check = *one.check;
    record::FailedCheck failed{check.address,   check.title, check.clauses,
                               check.otherwise, {},          result.others};
    for (std::size_t i = 0; i < policy::language_tags.size(); ++i)
      failed.says.texts[i] =
          obligation::said(facts, *one.pack, check, result, static_cast<policy::Language>(i));
    return failed;
  }

  std::vector<DeclaredCheck> checks_;
  RecordId record_;  // 0: there is none yet
  std::optional<obligation::RecordVersion> before_;
  Facts facts_;
};

}  // namespace

PolicyChecks::PolicyChecks(const std::vector<policy::Pack>& packs) : packs_(packs) {
  for (const policy::Pack& pack : packs)
    for (const policy::Check& check : pack.checks) {
      of_type_[check.before.record_type].push_back({&pack, &check});
      for (const Set* const set : sets_looked_at(check))
        for (const std::string& type : set->names) looking_at_[type].push_back({&pack, &check});
    }
}

std::vector<std::string> PolicyChecks::keys(const record::Content& content) const {
  std::set<std::string> keys;
  const auto add = [&](const policy::Check& check, const std::vector<std::string>& named) {
    for (const std::string& one : named) keys.insert("check:" + check.address + ":" + one);
  };
  for (const std::string& type : content.types) {
    if (const auto checked = of_type_.find(type); checked != of_type_.end())
      for (const DeclaredCheck& one : checked->second)
        for (const Set* const set : sets_looked_at(*one.check))
          add(*one.check, narrowed_by(*policy::narrowing(*set), content, type, nullptr));
    if (const auto looked_at = looking_at_.find(type); looked_at != looking_at_.end())
      for (const DeclaredCheck& one : looked_at->second)
        for (const Set* const set : sets_looked_at(*one.check))
          add(*one.check, named_by(content, type, policy::narrowing(*set)->path.steps.front()));
  }
  return {keys.begin(), keys.end()};
}

std::unique_ptr<record::Checking> PolicyChecks::load(store::Connection& connection,
                                                     const record::Content& content,
                                                     const record::Version* before) const {
  std::vector<DeclaredCheck> checks;
  for (const std::string& type : content.types)
    if (const auto found = of_type_.find(type); found != of_type_.end())
      checks.insert(checks.end(), found->second.begin(), found->second.end());
  if (checks.empty()) return nullptr;
  auto loaded = std::make_unique<LoadedChecks>(std::move(checks), before);
  loaded->load(connection, packs_, content, before);
  return loaded;
}

}  // namespace huilu::compliance
