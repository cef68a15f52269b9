#include "obligation/check.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "obligation/cases.h"
#include "obligation/condition.h"
#include "obligation/count.h"
#include "obligation/organisation.h"
#include "obligation/parameters.h"
#include "obligation/schedule.h"
#include "policy/phrases.h"
#include "policy/scalar.h"

namespace huilu::obligation {

namespace {

constexpr std::int64_t whole = policy::one_in_millionths;

bool has_type(const RecordVersion& version, std::string_view type) {
  return std::find(version.types.begin(), version.types.end(), type) != version.types.end();
}

std::optional<Date> date_field(const RecordVersion& version, const std::string& type,
                               const std::string& field) {
  const Value* const value = field_of(version, type, field);
  return value && value->text() ? Date::parse(*value->text()) : std::nullopt;
}

// Counts the sets of one check. Everything that was not taken back is there, plans among them.
class CheckCounting {
 public:
  CheckCounting(Context& context, const policy::Test& test) : context_(context), test_(test) {
    result_.kind = test.kind;
    result_.id = test.id;
  }

  TestResult result() {
    if (test_.kind == policy::TestKind::holds) return hold();
    if (!test_.counts()) return combine();
    find_need();
    for (const auto& [id, record] : context_.facts.records) find(record);
    judge();
    return std::move(result_);
  }

 private:
  TestResult hold() {
    result_.need = 1;
    result_.have = holds(context_, context_.it->thing, test_.holds) ? 1 : 0;
    result_.result = result_.have == 1 ? Class::met : Class::short_;
    return std::move(result_);
  }

  TestResult combine() {
    for (const policy::Test& part : test_.parts)
      result_.parts.push_back(CheckCounting(context_, part).result());
    const bool all = test_.kind == policy::TestKind::all_of;
    const auto is_met = [](const TestResult& part) { return part.result == Class::met; };
    result_.have = std::count_if(result_.parts.begin(), result_.parts.end(), is_met);
    result_.need = all ? static_cast<std::int64_t>(result_.parts.size()) : 1;
    result_.result = result_.have >= result_.need ? Class::met : Class::short_;
    return std::move(result_);
  }

  void find_need() {
    const auto& threshold = test_.threshold.what;
    const auto* number = std::get_if<std::int64_t>(&threshold);
    const auto* decimal = std::get_if<policy::Decimal>(&threshold);
    if (const auto* const use = std::get_if<policy::ParameterUse>(&threshold)) {
      const policy::Setting* const setting = bound(context_, *use, context_.it->thing);
      if (!setting) return;
      number = std::get_if<std::int64_t>(setting);
      decimal = std::get_if<policy::Decimal>(setting);
      if (!number && !decimal) return context_.notes.fail(use->name + " is no number");
    }
    result_.decimal = decimal || test_.share || test_.sum;
    result_.need = decimal ? decimal->millionths : result_.decimal ? *number * whole : *number;
  }

  void find(const Record& record) {
    const RecordVersion* const version = record.known(context_.known);
    if (!version || version->state == RecordState::void_) return;
    for (const std::string& address : test_.of.names) {
      const policy::RecordType* const type = record_type(context_, address);
      if (!type) {
        context_.notes.fail("no record type " + address);
        continue;
      }
      if (!has_type(*version, address)) continue;
      const Thing thing = RecordThing{record.id, version, {&type->address, 1}, context_.known};
      const auto day = place(*version, *type);
      if (day && holds(context_, thing, test_.of.where) && is_good(thing))
        return add(record, *version, thing, *day);
    }
  }

  bool is_good(const Thing& thing) {
    const auto& qualities = test_.of.counts_if;
    return std::all_of(qualities.begin(), qualities.end(), [&](const policy::Quality& quality) {
      return holds(context_, thing, quality.condition);
    });
  }

  // The day that counts; nothing where it lies outside the days of the set.
  std::optional<Date> place(const RecordVersion& version, const policy::RecordType& type) {
    const Date day = day_of_record(version, type);
    if (type.lasts) {
      const auto asked =
          test_.of.active ? anchor(*test_.of.active) : std::optional<Date>(context_.at);
      const Interval span{day, date_field(version, type.address, "until")};
      return asked && span.contains(*asked) ? std::optional(day) : std::nullopt;
    }
    if (!test_.of.during) return day;
    const auto from = anchor(test_.of.during->from), until = anchor(test_.of.during->until);
    return from && until && *from <= day && day <= *until ? std::optional(day) : std::nullopt;
  }

  std::optional<Date> anchor(const policy::Anchor& anchor) {
    const auto day = day_of(context_, context_.it->thing, anchor);
    if (!day) context_.notes.fail("no date");
    return day;
  }

  void add(const Record& record, const RecordVersion& version, const Thing& thing, Date day) {
    CountedRecord counted{record.id, version.version, day, version.at, false, false, 1};
    if (test_.sum) counted.amount = amount_of(thing);
    if (test_.share) shares_ += holds(context_, thing, *test_.share) ? 1 : 0;
    if (test_.distinct)
      for (const Value& value : values_of(context_, thing, *test_.distinct))
        seen_.insert(canonical_json(value));
    result_.counted.push_back(counted);
  }

  // In millionths.
  std::int64_t amount_of(const Thing& thing) {
    std::int64_t sum = 0;
    for (const Value& value : values_of(context_, thing, *test_.sum)) {
      const auto millionths =
          value.text() ? policy::decimal_millionths(*value.text()) : std::optional<std::int64_t>();
      std::int64_t amount = millionths.value_or(0);
      const bool fits = value.integer() ? !__builtin_mul_overflow(*value.integer(), whole, &amount)
                                        : !!millionths;
      if (!fits || __builtin_add_overflow(sum, amount, &sum))
        context_.notes.fail(test_.sum->text() + " is no number");
    }
    return sum;
  }

  void count() {
    const auto all = static_cast<std::int64_t>(result_.counted.size());
    if (test_.sum)
      for (const CountedRecord& one : result_.counted) result_.have += one.amount;
    else if (test_.distinct)
      result_.have = static_cast<std::int64_t>(seen_.size());
    else if (!test_.share)
      result_.have = all;
    else if (all == 0)
      context_.notes.fail("the share of nothing");
    else
      result_.have =
          (shares_ * whole + (test_.kind == policy::TestKind::at_most ? all - 1 : 0)) / all;
  }

  void judge() {
    std::sort(result_.counted.begin(), result_.counted.end(), [](const auto& a, const auto& b) {
      return std::tie(a.date, a.record) < std::tie(b.date, b.record);
    });
    count();
    const bool short_of = result_.have<result_.need, over = result_.have> result_.need;
    const bool fails = test_.kind == policy::TestKind::at_least  ? short_of
                       : test_.kind == policy::TestKind::at_most ? over
                                                                 : short_of || over;
    result_.result = !fails ? Class::met : over ? Class::over : Class::short_;
  }

  Context& context_;
  const policy::Test& test_;
  TestResult result_;
  std::int64_t shares_ = 0;
  std::set<std::string> seen_;
};

void collect_others(const TestResult& test, RecordId self, std::map<RecordId, Date>& out) {
  for (const CountedRecord& one : test.counted)
    if (one.record != self) out.emplace(one.record, one.date);
  for (const TestResult& part : test.parts) collect_others(part, self, out);
}

std::string number_text(std::int64_t value, bool decimal) {
  return decimal ? policy::decimal_text(value) : std::to_string(value);
}

const policy::RecordType* declared(const Facts& facts, const policy::Pack& pack,
                                   std::string_view address) {
  const auto find = [&](const policy::Pack& one) -> const policy::RecordType* {
    for (const policy::RecordType& type : one.record_types)
      if (type.address == address) return &type;
    return nullptr;
  };
  if (const auto* const type = find(pack)) return type;
  for (const Activation& activation : facts.activations)
    if (const auto* const type = find(*activation.pack)) return type;
  return find(policy::core_pack());
}

// "镇党委 张三 2026-03-02": whose it is, the persons that it is about where they may be named, and
// its day.
std::string name_of_other(const Facts& facts, const policy::Pack& pack, RecordId id, Date day) {
  const RecordVersion& version = facts.records.at(id).versions.back();
  std::string text;
  const auto add = [&](const std::string& part) {
    if (!part.empty()) text += (text.empty() ? "" : " ") + part;
  };
  for (const UnitId unit : version.units)
    if (const Unit* const known = find_unit(facts, unit)) add(known->name);
  for (const std::string& address : version.types) {
    const policy::RecordType* const type = declared(facts, pack, address);
    if (!type) continue;
    for (const policy::Field& field : type->fields) {
      const Value* const value = field.type == policy::FieldType::person
                                     ? field_of(version, address, field.name)
                                     : nullptr;
      const auto person = value && value->text() ? PersonId::parse(*value->text()) : std::nullopt;
      const auto known = person ? facts.persons.find(*person) : facts.persons.end();
      if (known != facts.persons.end()) add(known->second);
    }
  }
  add(day.text());
  return text;
}

}  // namespace

Date day_of_record(const RecordVersion& version, const policy::RecordType& type) {
  return date_field(version, type.address, type.lasts ? "from" : type.counts_on)
      .value_or(version.date);
}

bool concerns(const policy::Check& check, const RecordVersion* before, const RecordVersion& after) {
  const std::string& type = check.before.record_type;
  if (after.state == RecordState::void_ || !has_type(after, type)) return false;
  switch (check.before.act) {
    case policy::Act::save:
      return true;
    case policy::Act::plan:
      return after.state == RecordState::planned;
    case policy::Act::end: {
      const auto end = date_field(after, type, "until");
      return end && (!before || date_field(*before, type, "until") != end);
    }
    case policy::Act::change:
      break;
  }
  return before != nullptr && has_type(*before, type);
}

std::optional<CheckResult> judge(const Facts& facts, const policy::Pack& pack,
                                 const policy::Check& check, RecordId record, Date today) {
  const auto& versions = facts.records.at(record).versions;
  const RecordVersion& after = versions.back();
  if (!concerns(check, versions.size() > 1 ? &versions[versions.size() - 2] : nullptr, after))
    return {};
  Calendars calendars(facts);
  Notes notes;
  const std::string& address = check.before.record_type;
  Context context{facts,   calendars, pack,  {},    policy::MemberAt::home, {},
                  nullptr, {},        today, today, end_of_day(today),      Reach::all,
                  notes};
  const policy::RecordType* const type = record_type(context, address);
  if (!type) return CheckResult{false, {}, {}, {}, "no record type " + address};
  const Date day = day_of_record(after, *type);
  context.known = std::max(context.known, after.at);
  context.period = {"", day, day + 1};
  const It it{RecordThing{record, &after, {&type->address, 1}, context.known},
              record.text(),
              {},
              day,
              after.at};
  context.it = &it;
  if (!holds(context, it.thing, check.when)) return {};
  CheckResult result;
  result.test = CheckCounting(context, check.needs).result();
  if (notes.no_value) return {};
  result.holds = result.test.result == Class::met && notes.error.empty();
  result.error = notes.error;
  result.parameters = std::move(notes.parameters);
  std::map<RecordId, Date> others;
  collect_others(result.test, record, others);
  for (const auto& [id, date] : others) result.others.push_back(id);
  std::stable_sort(result.others.begin(), result.others.end(),
                   [&](RecordId a, RecordId b) { return others.at(a) < others.at(b); });
  return result;
}

std::string said(const Facts& facts, const policy::Pack& pack, const policy::Check& check,
                 const CheckResult& result, policy::Language language) {
  if (!result.error.empty())
    return policy::Phrases(pack, {}, language)
        .say("cannot_be_judged", {{"title", check.title.in(language)}});
  policy::CheckWords words;
  const bool decimal = result.test.decimal;
  words.need = number_text(result.test.need, decimal);
  words.have = number_text(result.test.have, decimal);
  words.missing =
      number_text(std::max<std::int64_t>(0, result.test.need - result.test.have), decimal);
  std::map<RecordId, Date> days;
  collect_others(result.test, RecordId{}, days);
  for (const RecordId other : result.others)
    words.others.push_back(name_of_other(facts, pack, other, days.at(other)));
  return policy::said(check, words, language);
}

}  // namespace huilu::obligation
