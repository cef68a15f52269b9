#include "compliance/counting.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

#include "base/check.h"
#include "obligation/condition.h"
#include "obligation/thing.h"

namespace huilu::compliance {

namespace {

using policy::Comparison;
using policy::Condition;
using policy::FieldType;
using policy::RecordType;

// Conditions that a bit answers: of a record of one type, read by one version of a pack.
struct AskedCondition {
  const policy::Pack* pack;
  std::vector<Condition> conditions;  // all of them
  std::uint64_t bit;
};

bool is_simple(const policy::Field& field) {
  const FieldType type = field.item ? *field.item : field.type;
  return type != FieldType::ref;
}

// Whether a condition speaks of the record alone.
bool is_local(const RecordType& type, const Condition& condition, bool of_item) {
  const auto is_literal = [](const policy::Operand& operand) {
    if (std::holds_alternative<Value>(operand.what)) return true;
    const auto* anchor = std::get_if<policy::Anchor>(&operand.what);
    return anchor && std::holds_alternative<Date>(anchor->what);
  };
  const auto is_own_path = [&](const policy::Path& path) {
    if (path.root != policy::Root::thing) return false;
    if (of_item) return path.steps.empty();  // the value itself
    if (path.steps.size() != 1) return false;
    const std::string& step = path.steps.front();
    const auto& header = policy::header_words;
    if (std::find(header.begin(), header.end(), step) != header.end()) return true;
    const policy::Field* const field = type.find_field(step);
    return field && is_simple(*field);
  };
  const auto is_local_part = [&](const Condition& part) { return is_local(type, part, of_item); };
  return std::all_of(condition.lines.begin(), condition.lines.end(),
                     [&](const policy::Comparing& line) {
                       return is_own_path(line.path) && line.comparison != Comparison::within &&
                              std::all_of(line.operands.begin(), line.operands.end(), is_literal) &&
                              (!line.inner || is_local(type, *line.inner, true));
                     }) &&
         std::all_of(condition.any_of.begin(), condition.any_of.end(),
                     [&](const auto& group) {
                       return std::all_of(group.begin(), group.end(), is_local_part);
                     }) &&
         std::all_of(condition.not_.begin(), condition.not_.end(), is_local_part);
}

bool is_empty(const Condition& condition) {
  return condition.lines.empty() && condition.any_of.empty() && condition.not_.empty();
}

// By what a record is the bearer's own: its unit, whoever was present, or a field of its type.
using Anchor = std::string;
constexpr std::string_view by_unit = "unit", by_present = "present";

// unit: $bearer; present: {has: $bearer}; person: $bearer; and of a post: speaker: $bearer.holder
std::optional<Anchor> anchor_of(const policy::Comparing& line, policy::BearerKind bearer) {
  if (line.path.root != policy::Root::thing || line.path.steps.size() != 1 ||
      line.operands.size() != 1) {
    return {};
  }
  const auto* path = std::get_if<policy::Path>(&line.operands.front().what);
  const std::vector<std::string> steps = bearer == policy::BearerKind::post
                                             ? std::vector<std::string>{"holder"}
                                             : std::vector<std::string>{};
  if (!path || path->root != policy::Root::bearer || path->steps != steps) return {};
  const Anchor& anchor = line.path.steps.front();
  const Comparison needed = anchor == by_present ? Comparison::has : Comparison::equal;
  return line.comparison == needed ? std::optional(anchor) : std::nullopt;
}

// The line of the condition that says whose own a record is.
std::optional<std::size_t> find_anchor(const Condition& condition, policy::BearerKind bearer) {
  for (std::size_t i = 0; i < condition.lines.size(); ++i) {
    const auto anchor = anchor_of(condition.lines[i], bearer);
    if (anchor && (*anchor == by_unit) == (bearer == policy::BearerKind::unit)) return i;
  }
  return {};
}

// The condition without that line.
Condition rest_of(const Condition& condition, std::size_t anchor) {
  Condition rest = condition;
  rest.lines.erase(rest.lines.begin() + static_cast<std::ptrdiff_t>(anchor));
  return rest;
}

bool is_person(const policy::Field* field) {
  return field && field->type == FieldType::person && !field->item;
}

void add_sets(const policy::Test& test, std::vector<const policy::Set*>& out) {
  if (test.counts()) out.push_back(&test.of);
  for (const policy::Test& part : test.parts) add_sets(part, out);
}

}  // namespace

struct Counting::Source {
  Anchor anchor;
  std::vector<std::string> names;
  std::vector<std::string> counts_on;  // of each name
  std::vector<std::int64_t> types;     // of each name; 0: not registered
  std::vector<AskedCondition> asked;

  // Of whatever kinds a record is, it says the same.
  bool is_plain() const {
    return asked.empty() && std::all_of(counts_on.begin(), counts_on.end(),
                                        [](const std::string& on) { return on == "date"; });
  }
  bool is_of_persons() const { return anchor != by_unit; }

  std::string key() const {
    std::string key = anchor + ": ";
    for (std::size_t i = 0; i < names.size(); ++i) key += names[i] + "@" + counts_on[i] + " ";
    return key;
  }
};

// Makes the rules of one version of a pack.
struct Counting::Compiling {
  Counting& all;
  const policy::Pack& pack;
  obligation::Notes notes;

  const RecordType* type_of(const std::string& address) {
    const obligation::Context context{
        all.policy_, all.calendars_,         pack, {}, {}, {}, nullptr, {}, {}, {},
        {},          obligation::Reach::all, notes};
    return obligation::record_type(context, address);
  }

  std::optional<std::uint16_t> source_of(const policy::Set& set, policy::BearerKind bearer) {
    const auto line = find_anchor(set.where, bearer);
    if (set.source != policy::SetSource::record || !line) return {};
    auto source = std::make_unique<Source>();
    source->anchor = *anchor_of(set.where.lines[*line], bearer);
    for (const std::string& name : set.names) {
      const RecordType* const type = type_of(name);
      const bool named = source->anchor != by_unit && source->anchor != by_present;
      if (named && !is_person(type ? type->find_field(source->anchor) : nullptr)) return {};
      const auto* const known = all.catalog_.find(name);
      source->names.push_back(name);
      source->counts_on.push_back(type ? type->counts_on : "");
      source->types.push_back(known ? known->id : 0);
    }
    const std::string key = source->key();
    const auto found = std::find_if(all.sources_.begin(), all.sources_.end(),
                                    [&](const auto& one) { return one->key() == key; });
    if (found != all.sources_.end()) {
      return static_cast<std::uint16_t>(found - all.sources_.begin());
    }
    if (all.sources_.size() >= 0xffff) return {};
    all.sources_.push_back(std::move(source));
    return static_cast<std::uint16_t>(all.sources_.size() - 1);
  }

  // The bit of these conditions; 0 where there are none, nothing where no bit is left.
  std::optional<std::uint64_t> bit_of(std::uint16_t source, std::vector<Condition> conditions) {
    conditions.erase(std::remove_if(conditions.begin(), conditions.end(), is_empty),
                     conditions.end());
    if (conditions.empty()) return 0;
    auto& asked = all.sources_[source]->asked;
    if (asked.size() >= condition_bits) return {};
    const std::uint64_t bit = std::uint64_t{1} << asked.size();
    asked.push_back({&pack, std::move(conditions), bit});
    return bit;
  }

  bool counts_days(const policy::Test& test, const RecordType& type) {
    if (test.distinct->root != policy::Root::thing ||
        test.distinct->steps != std::vector<std::string>{type.counts_on}) {
      return false;
    }
    const policy::Field* const field = type.find_field(type.counts_on);
    return type.counts_on == "date" || (field && field->required);
  }

  // Facts say on which day such a record counts.
  bool is_dated(const RecordType& type) {
    const policy::Field* const field = type.find_field(type.counts_on);
    const auto* const catalogued = all.catalog_.find(type.address);
    return !type.lasts && (!field || field->type == FieldType::date) && catalogued &&
           catalogued->declared->counts_on == type.counts_on;
  }

  // Of records of several types nothing may be asked: what holds of one may not of another.
  bool are_plain(const policy::Set& set, const Condition& rest) {
    return is_empty(rest) && set.counts_if.empty() &&
           std::all_of(set.names.begin(), set.names.end(), [&](const std::string& name) {
             const RecordType* const type = type_of(name);
             return type && is_dated(*type) && type->counts_on == "date" && type->counts_if.empty();
           });
  }

  // Of one set, where facts say everything that is asked of it.
  bool is_exact(const policy::Test& test, const RecordType& type, const Condition& rest) {
    const bool plain = test.counts() && !test.of.during && !test.of.active && !test.of.items &&
                       !test.sum && !test.share &&
                       !std::holds_alternative<policy::Decimal>(test.threshold.what);
    if (!plain || !is_dated(type) || (test.distinct && !counts_days(test, type))) return false;
    if (test.of.names.size() > 1) return !test.distinct && are_plain(test.of, rest);
    const auto is_good = [&](const policy::Quality& quality) {
      return is_local(type, quality.condition, false);
    };
    return is_local(type, rest, false) &&
           std::all_of(type.counts_if.begin(), type.counts_if.end(), is_good) &&
           std::all_of(test.of.counts_if.begin(), test.of.counts_if.end(), is_good);
  }

  // Of posts what was done while another held it is left out, and not counted among what failed.
  bool may_leave_out(const policy::Obligation& obligation) {
    return obligation.who.kind != policy::BearerKind::post ||
           (obligation.missing == policy::Missing::counts_as_zero &&
            obligation.needs.kind == policy::TestKind::at_least);
  }

  void make_exact(Rule& rule, const policy::Test& test, const RecordType& type,
                  const Condition& rest) {
    std::vector<Condition> qualities;
    for (const auto* list : {&type.counts_if, &test.of.counts_if}) {
      for (const policy::Quality& quality : *list) qualities.push_back(quality.condition);
    }
    const auto candidate = bit_of(rule.sources.front(), {rest});
    const auto good = bit_of(rule.sources.front(), std::move(qualities));
    if (!candidate || !good) return;
    rule.exact = true;
    rule.kind = test.kind;
    rule.candidate = *candidate;
    rule.good = *good | entered_bit;
    rule.distinct_days = test.distinct.has_value();
  }

  Rule rule_of(const policy::Obligation& obligation) {
    Rule rule;
    rule.missing = obligation.missing;
    rule.dependence = dependence_of(pack, obligation);
    std::vector<const policy::Set*> sets;
    add_sets(obligation.needs, sets);
    const auto& each = obligation.for_each;
    if (each && each->kind == policy::EachKind::record) sets.push_back(&each->records);
    // What the rows of records do not tell: who is on the roll, what a case itself says.
    rule.own =
        !each || each->kind == policy::EachKind::record || each->kind == policy::EachKind::values;
    for (const policy::Set* const set : sets) {
      const auto source = source_of(*set, obligation.who.kind);
      if (source) rule.sources.push_back(*source);
      rule.own = rule.own && source;
    }
    if (each || rule.dependence.today || rule.sources.size() != 1 || !obligation.needs.counts())
      return rule;
    const policy::Set& set = obligation.needs.of;
    const RecordType* const type = type_of(set.names.front());
    const Condition rest = rest_of(set.where, *find_anchor(set.where, obligation.who.kind));
    if (type && is_exact(obligation.needs, *type, rest) && may_leave_out(obligation)) {
      make_exact(rule, obligation.needs, *type, rest);
    }
    return rule;
  }
};

Counting::Counting(const obligation::Facts& policy, const record::Catalog& catalog,
                   const std::set<std::string>* only)
    : policy_(policy), catalog_(catalog), calendars_(policy) {
  for (const obligation::Activation& activation : policy_.activations) {
    Compiling compiling{*this, *activation.pack, {}};
    for (const policy::Obligation& obligation : activation.pack->obligations) {
      if (rules_.contains(&obligation) || (only && !only->contains(obligation.address))) continue;
      rules_.emplace(&obligation, compiling.rule_of(obligation));
    }
  }
  for (std::size_t number = 0; number < sources_.size(); ++number) {
    const Source& source = *sources_[number];
    for (std::size_t i = 0; i < source.types.size(); ++i) {
      const bool of_present = source.anchor == by_present;
      const bool told = source.anchor == by_unit || of_present;
      const bool by_date = source.counts_on[i] == "date";
      uses_[source.types[i]].push_back({static_cast<std::uint16_t>(number),
                                        !told || !source.asked.empty() || !by_date, of_present});
    }
  }
}

Counting::~Counting() = default;

const std::vector<Counting::Use>& Counting::uses(std::int64_t type) const {
  static const std::vector<Use> none;
  const auto found = uses_.find(type);
  return found == uses_.end() ? none : found->second;
}

bool Counting::holds(const obligation::Record& record, const obligation::RecordVersion& version,
                     const std::string& type, const policy::Pack& pack, const Condition& condition,
                     bool& odd) {
  obligation::Notes notes;
  obligation::Context context{policy_, calendars_, pack, {}, {}, {},
                              nullptr, {},         {},   {}, {}, obligation::Reach::all,
                              notes};
  const obligation::Thing thing =
      obligation::RecordThing{record.id, &version, {&type, 1}, version.at};
  const bool found = obligation::holds(context, thing, condition);
  odd = odd || !notes.error.empty() || notes.no_value;
  return found;
}

std::optional<Fact> Counting::fact_of(const obligation::Record& record,
                                      const obligation::RecordVersion& version,
                                      const Source& source, std::uint16_t number) {
  const std::string* type = nullptr;
  std::size_t names = 0;
  std::size_t at = 0;
  for (std::size_t i = 0; i < source.names.size(); ++i) {
    const auto has = std::find(version.types.begin(), version.types.end(), source.names[i]);
    if (has == version.types.end()) continue;
    if (!type) type = &source.names[i], at = i;
    ++names;
  }
  if (!type) return {};
  bool odd = names > 1 && !source.is_plain();
  std::uint64_t mask = version.state == obligation::RecordState::entered   ? entered_bit
                       : version.state == obligation::RecordState::planned ? planned_bit
                                                                           : 0;
  for (const AskedCondition& asked : source.asked) {
    const bool all = std::all_of(
        asked.conditions.begin(), asked.conditions.end(), [&](const Condition& condition) {
          return holds(record, version, *type, *asked.pack, condition, odd);
        });
    if (all) mask |= asked.bit;
  }
  Date day = version.date;
  if (source.counts_on[at] != "date") {
    const Value* const field = obligation::field_of(version, *type, source.counts_on[at]);
    const auto read = field && field->text() ? Date::parse(*field->text()) : std::nullopt;
    if (read) day = *read;
  }
  if (odd) mask |= odd_bit;
  return Fact{static_cast<std::uint64_t>(record.id.value), mask, number, Fact::packed(day),
              Fact::packed(obligation::zone.date_of(version.at))};
}

namespace {

// Whose own the version is.
std::vector<PersonId> persons_of(const obligation::RecordVersion& version, const Anchor& anchor,
                                 const std::vector<std::string>& types) {
  if (anchor == by_present) return version.present;
  std::vector<PersonId> persons;
  for (const std::string& type : types) {
    const Value* const field = obligation::field_of(version, type, anchor);
    const auto person = field && field->text() ? PersonId::parse(*field->text()) : std::nullopt;
    if (person) persons.push_back(*person);
  }
  return persons;
}

// To each subject of the newest version its facts, back to the version in which it did not stand.
template <class Subjects, class Out>
void deal(const std::vector<Subjects>& subjects, const std::vector<Fact>& facts, Out& out) {
  for (const auto subject : std::set(subjects.front().begin(), subjects.front().end())) {
    for (std::size_t i = 0; i < facts.size(); ++i) {
      const auto& there = subjects[i];
      if (std::find(there.begin(), there.end(), subject) == there.end()) break;
      if (i > 0 && (facts[i].mask & entered_bit) == 0) break;  // did not count then
      Fact fact = facts[i];
      if (i > 0) fact.mask |= Fact::older;
      out[subject].push_back(fact);
    }
  }
}

}  // namespace

void Counting::add_facts(const obligation::Record& record,
                         const std::vector<const obligation::RecordVersion*>& versions,
                         std::uint16_t number, RecordFacts& out) {
  const Source& source = *sources_[number];
  std::vector<Fact> facts;
  for (const auto* version : versions) {
    const auto fact = fact_of(record, *version, source, number);
    if (!fact) break;
    facts.push_back(*fact);
  }
  if (facts.empty()) return;
  if (source.is_of_persons()) {
    std::vector<std::vector<PersonId>> persons;
    for (const auto* version : versions) {
      persons.push_back(persons_of(*version, source.anchor, source.names));
    }
    deal(persons, facts, out.of_persons);
  } else {
    std::vector<std::vector<UnitId>> units;
    for (const auto* version : versions) units.push_back(version->units);
    deal(units, facts, out.of_units);
  }
}

RecordFacts Counting::facts_of(const obligation::Record& record) {
  RecordFacts out;
  // Newest first; of several of one instant only the last was ever known.
  std::vector<const obligation::RecordVersion*> versions;
  for (auto version = record.versions.rbegin(); version != record.versions.rend(); ++version) {
    if (versions.empty() || version->at < versions.back()->at) versions.push_back(&*version);
  }
  if (versions.empty()) return out;
  for (std::size_t number = 0; number < sources_.size(); ++number) {
    add_facts(record, versions, static_cast<std::uint16_t>(number), out);
  }
  return out;
}

}  // namespace huilu::compliance
