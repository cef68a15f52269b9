#include <algorithm>

#include "obligation/cases.h"
#include "obligation/clock.h"
#include "obligation/condition.h"
#include "obligation/evaluate.h"
#include "obligation/measure_gathering.h"
#include "obligation/organisation.h"
#include "policy/scalar.h"

namespace huilu::obligation {

namespace {

std::string name_after_slash(const std::string& address) {
  return address.substr(address.find('/') + 1);
}

}  // namespace

Gathering::Gathering(const Facts& facts, Calendars& calendars, const MeasuredOn& on,
                     const CasesOf& cases, const policy::Indicator& indicator,
                     const calendar::Period& period)
    : facts_(facts),
      on_(on),
      cases_(cases),
      indicator_(indicator),
      as_of_(std::min(on.at, period.last_day())),
      context_{facts,    calendars,  on.pack, {},     policy::MemberAt::home,
               period,   nullptr,    {},      as_of_, as_of_,
               on.known, Reach::all, notes_} {
  out_.period = period;
  out_.as_of = as_of_;
}

Gathered Gathering::gathered() {
  switch (indicator_.of.source) {
    case policy::SetSource::record:
      for (const auto& [id, record] : facts_.records) add_record(id, record);
      break;
    case policy::SetSource::matter:
      for (const auto& [id, history] : facts_.matters) add_matter(id, history);
      break;
    case policy::SetSource::units:
      for (const auto& [id, unit] : facts_.units) add_unit(unit);
      break;
    default:
      for (const std::string& duty : indicator_.of.names) add_cases(duty);
      break;
  }
  out_.parameters = std::move(notes_.parameters);
  out_.no_value = notes_.no_value;
  out_.error = std::move(notes_.error);
  return std::move(out_);
}

bool Gathering::is_everything() const { return indicator_.every == policy::MeasuredEvery::now; }

// By the day on which it counts; what has no period takes everything up to the day.
bool Gathering::is_within(Date day) const {
  return day <= as_of_ && (is_everything() || context_.period.contains(day));
}

bool Gathering::is_placed(const RecordVersion& version, const policy::RecordType& type, Date day) {
  if (!type.lasts) {
    const policy::Field* const field = type.find_field(type.counts_on);
    if (!field || field->type != policy::FieldType::period || is_everything())
      return is_within(day);
    const Value* const value = field_of(version, type.address, type.counts_on);
    const auto named = value && value->text() ? calendar::period_from(*value->text())
                       : value && value->integer()
                           ? calendar::period_from(std::to_string(*value->integer()))
                           : std::nullopt;
    return named && day <= as_of_ && context_.period.from <= named->from &&
           named->until <= context_.period.until;
  }
  const Value* const end = field_of(version, type.address, "until");
  const auto until = end && end->text() ? Date::parse(*end->text()) : std::nullopt;
  Date asked = as_of_;
  if (indicator_.of.active) {
    const auto found = day_of(context_, context_.it->thing, *indicator_.of.active);
    if (!found) notes_.fail("active: no date");
    asked = found.value_or(as_of_);
  }
  return Interval{day, until}.contains(asked);
}

void Gathering::add_record(RecordId id, const Record& record) {
  const RecordVersion* const version = record.known(on_.known);
  if (!version || version->state != RecordState::entered) return;
  for (const std::string& address : indicator_.of.names) {
    const auto has = std::find(version->types.begin(), version->types.end(), address);
    if (has == version->types.end()) continue;
    const policy::RecordType* const type = record_type(context_, address);
    if (!type) {
      notes_.fail("no record type " + address);
      continue;
    }
    const Value* const written =
        field_of(*version, address, type->lasts ? "from" : type->counts_on);
    const auto day = written && written->text() ? Date::parse(*written->text()) : std::nullopt;
    const It it{RecordThing{id, version, {&type->address, 1}, on_.known},
                id.text(),
                {},
                day.value_or(version->date),
                version->at};
    context_.it = &it;
    if (is_placed(*version, *type, it.day) && add(it, version->units, &type->counts_if)) return;
  }
}

void Gathering::add_matter(MatterId id, const MatterHistory& history) {
  const Matter* const matter = history.known(on_.known);
  const auto& names = indicator_.of.names;
  if (!matter || std::find(names.begin(), names.end(), matter->type) == names.end()) return;
  const policy::Pack* const pack = pack_of(*matter, history.pack_version);
  const policy::MatterType* const type =
      pack ? pack->find_matter_type(name_after_slash(matter->type)) : nullptr;
  if (!type) return notes_.fail("no matter type " + matter->type);
  std::vector<MatterStep> steps;
  for (const MatterStep& step : history.steps)
    if (step.at <= on_.known) steps.push_back(step);
  const Lifecycle life{facts_, *pack, *type, as_of_, on_.known, nullptr, &steps};
  const ClocksOf clocks = [&life, &steps] { return results_of(clocks_of(life, steps)); };
  const It it{
      MatterThing{matter, type, as_of_, &clocks}, id.text(), {}, matter->opened, steps.front().at};
  context_.it = &it;
  if (is_within(it.day)) add(it, {matter->unit}, nullptr);
}

// Under which it was opened; where that is not in force any more, today's says what its words mean.
const policy::Pack* Gathering::pack_of(const Matter& matter, const std::string& version) const {
  const std::string id = matter.type.substr(0, matter.type.find('/'));
  const policy::Pack* any = on_.pack.id == id ? &on_.pack : nullptr;
  if (any && any->version == version) return any;
  for (const Activation& one : facts_.activations) {
    if (one.pack->id != id) continue;
    if (one.pack->version == version) return one.pack;
    if (!any) any = one.pack;
  }
  return any;
}

void Gathering::add_unit(const Unit& unit) {
  if (!unit.span.contains(as_of_)) return;
  const It it{UnitThing{&unit, as_of_}, unit.id.text(), {}, as_of_};
  context_.it = &it;
  if (holds(context_, it.thing, indicator_.of.where)) add_fact(it, {unit.id});
}

void Gathering::add_cases(const std::string& duty) {
  const Interval days = is_everything() ? Interval{as_of_, as_of_ + 1}
                                        : Interval{context_.period.from, context_.period.until};
  for (const CountedCases& one : cases_(duty, days)) {
    if (one.verdict == Verdict::not_applicable) continue;
    if (one.verdict == Verdict::exempt && indicator_.measure == policy::Measure::share) continue;
    const It it{Value::object({{"verdict", word_of(one.verdict)}, {"home", one.home.text()}}),
                one.bearer,
                {},
                as_of_};
    context_.it = &it;
    if (!holds(context_, it.thing, indicator_.of.where)) continue;
    add_fact(it, {one.home});
    out_.facts.back().count = one.count;
  }
}

// Whether it is one of the set, counted or not.
bool Gathering::add(const It& it, std::vector<UnitId> units,
                    const std::vector<policy::Quality>* more) {
  if (!holds(context_, it.thing, indicator_.of.where)) return false;
  if (indicator_.at) {
    units.clear();
    for (const Thing& item : items_of(context_, it.thing, *indicator_.at))
      if (const auto* const unit = std::get_if<UnitThing>(&item)) units.push_back(unit->unit->id);
    if (units.empty()) return false;  // of nobody here
  }
  for (const auto* const qualities : {more, &indicator_.of.counts_if}) {
    if (!qualities) continue;
    for (const policy::Quality& quality : *qualities)
      if (!holds(context_, it.thing, quality.condition)) {
        out_.uncounted.push_back({it.id, std::move(units), it.day, quality.say});
        return true;
      }
  }
  add_fact(it, std::move(units));
  return true;
}

void Gathering::add_fact(const It& it, std::vector<UnitId> units) {
  MeasuredFact fact{it.id, std::move(units), it.day};
  if (indicator_.measure == policy::Measure::share)
    fact.is_part = holds(context_, it.thing, indicator_.share);
  if (indicator_.path && indicator_.measure == policy::Measure::count)
    fact.values = words_at(it.thing, *indicator_.path);
  if (indicator_.path && indicator_.measure != policy::Measure::count) {
    const auto amount = amount_at(it.thing, *indicator_.path);
    if (!amount) {
      out_.uncounted.push_back({it.id, std::move(fact.units), it.day, {}});
      return;
    }
    fact.amount = *amount;
  }
  for (const policy::Path& path : indicator_.by) fact.keys.push_back(words_at(it.thing, path));
  out_.facts.push_back(std::move(fact));
}

std::vector<std::string> Gathering::words_at(const Thing& thing, const policy::Path& path) {
  std::vector<std::string> words;
  const auto add = [&](const Value& value) {
    std::string word = value.text() ? *value.text() : to_json(value);
    if (std::find(words.begin(), words.end(), word) == words.end()) words.push_back(word);
  };
  for (const Value& value : values_of(context_, thing, path)) {
    if (!value.list()) {
      add(value);
      continue;
    }
    for (const Value& item : *value.list()) add(item);
  }
  return words;
}

// In millionths; nothing where it says no number.
std::optional<std::int64_t> Gathering::amount_at(const Thing& thing, const policy::Path& path) {
  std::optional<std::int64_t> sum;
  for (const Value& value : values_of(context_, thing, path)) {
    std::optional<std::int64_t> amount;
    std::int64_t scaled = 0;
    if (value.integer() &&
        !__builtin_mul_overflow(*value.integer(), policy::one_in_millionths, &scaled))
      amount = scaled;
    else if (value.text())
      amount = policy::decimal_millionths(*value.text());
    std::int64_t total = 0;
    if (!amount || __builtin_add_overflow(sum.value_or(0), *amount, &total))
      notes_.fail(path.text() + " is no number");
    else
      sum = total;
  }
  return sum;
}

}  // namespace huilu::obligation
