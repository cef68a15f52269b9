#include "policy/indicator_check.h"

#include <algorithm>
#include <limits>

#include "policy/finding.h"
#include "policy/scalar.h"
#include "policy/unfold.h"

namespace huilu::policy {

namespace {

constexpr std::int64_t no_end = std::numeric_limits<std::int64_t>::max();

bool is_number_measured(const PathType& type) {
  return !type.list && (type.leads == Leads::integer || type.leads == Leads::decimal);
}

std::string_view word_of(Measure measure) {
  return measure_words[static_cast<std::size_t>(measure)];
}

}  // namespace

void IndicatorCheck::check(Indicator& indicator, const Node& node) {
  if (indicator.counts_facts()) {
    const Reach reach = reach_of(indicator);
    check_set(indicator, reach, node);
    check_paths(indicator, reach, node);
  } else {
    check_from(indicator, node);
  }
  if (indicator.who) {
    Reach units;
    units.thing = type_of(Leads::unit);
    units.has_parameters = true;
    ConditionCheck(reading_, types_, pack_, units).check(*indicator.who);
  }
  check_control(indicator, node);
  check_numbers(indicator, node);
  check_roll_up(indicator, node);
}

Reach IndicatorCheck::reach_of(Indicator& indicator) {
  Reach reach;
  reach.thing = thing_of(indicator.of);
  reach.has_period = indicator.every != MeasuredEvery::now;
  reach.may_be_today = true;
  reach.has_parameters = true;
  reach.has_case_day = true;
  reach.has_clocks = indicator.of.source == SetSource::matter;
  return reach;
}

// What conditions on one of the set begin at; nothing where it could not be read.
PathType IndicatorCheck::thing_of(Set& set) {
  switch (set.source) {
    case SetSource::record:
      return set.names.empty() ? PathType{} : type_of_record(set.names.front());
    case SetSource::units:
      return type_of(Leads::unit);
    case SetSource::cases:
      for (std::string& name : set.names) find_obligation(name, set.place);
      return type_of(Leads::a_case);
    default:
      break;
  }
  PathType type;
  for (std::string& name : set.names)
    if (const MatterType* const found = find_matter_type(name, set.place);
        found && type.leads == Leads::nothing)
      type = type_of_matter(*found);
  return type;
}

const MatterType* IndicatorCheck::find_matter_type(std::string& name, const Place& place) {
  if (name.find('/') == std::string::npos) {
    const std::string written = name;
    name = pack_.id + '/' + written;
    // Matters are not taken over: those of a pack that is extended stay its own.
    for (const Pack* const other : extended_by(pack_, known_))
      if (!pack_.find_matter_type(written) && other->find_matter_type(written))
        name = other->id + '/' + written;
  }
  std::vector<std::string_view> addresses;
  const MatterType* found = nullptr;
  const auto look = [&](const Pack& one) {
    for (const MatterType& type : one.matter_types) {
      addresses.push_back(type.address);
      if (type.address == name && !found) found = &type;
    }
  };
  look(pack_);
  for (const Pack& other : known_) look(other);
  if (!found)
    reading_.report(RefusalCode::pack_reference, place,
                    addresses.empty() ? "" : nearest_or_all(name, addresses), name);
  return found;
}

void IndicatorCheck::find_obligation(std::string& name, const Place& place) {
  if (name.find('/') == std::string::npos) name = pack_.id + '/' + name;
  std::vector<std::string_view> addresses;
  for (const Obligation& one : pack_.obligations) addresses.push_back(one.address);
  for (const Pack& other : known_)
    for (const Obligation& one : other.obligations) addresses.push_back(one.address);
  if (std::find(addresses.begin(), addresses.end(), name) == addresses.end())
    reading_.report(RefusalCode::pack_reference, place,
                    addresses.empty() ? "" : nearest_or_all(name, addresses), name);
}

void IndicatorCheck::check_set(Indicator& indicator, const Reach& reach, const Node& node) {
  Set& set = indicator.of;
  const bool counts = indicator.measure == Measure::count || indicator.measure == Measure::share;
  const bool has_fields = set.source == SetSource::record || set.source == SetSource::matter;
  if (set.place.file && !has_fields && !counts)
    shape(set.place, "record, matter", word_of(indicator.measure));
  if (reach.thing.leads == Leads::nothing) return;
  ConditionCheck conditions(reading_, types_, pack_, reach);
  conditions.check(set.where);
  for (Quality& quality : set.counts_if) conditions.check(quality);
  if (indicator.measure == Measure::share) conditions.check(indicator.share);
  if (set.active) conditions.check(*set.active);
  const RecordType* const type =
      set.source == SetSource::record ? types_.record_type(set.names.front()) : nullptr;
  if (set.active && type && !type->lasts) shape(set.active->place, "lasts: true", type->name);
  // Duties have periods of their own, and units are those of the day.
  if (!has_fields && node.find("every") && set.source == SetSource::units)
    shape(node.below("every").place, "record, matter, cases", "every");
}

void IndicatorCheck::check_paths(Indicator& indicator, const Reach& reach, const Node& node) {
  if (reach.thing.leads == Leads::nothing) return;
  ConditionCheck paths(reading_, types_, pack_, reach);
  const Path none;
  const bool is_read = indicator.path && !(*indicator.path == none);
  if (is_read) {
    const PathType type = paths.check(*indicator.path);
    if (indicator.measure == Measure::count) {
      if (type.leads == Leads::other || type.leads == Leads::clocks)
        reading_.report(RefusalCode::pack_type, indicator.path->place, "what can be compared",
                        describe(type));
    } else if (type.leads != Leads::nothing && !is_number_measured(type)) {
      reading_.report(RefusalCode::pack_type, indicator.path->place, "int, decimal",
                      describe(type));
    }
  }
  const bool has_fields =
      indicator.of.source == SetSource::record || indicator.of.source == SetSource::matter;
  if (indicator.at && !has_fields)
    shape(node.below("at").place, "record, matter", "at");
  else if (indicator.at && !(*indicator.at == none)) {
    const PathType type = paths.check(*indicator.at);
    if (type.leads != Leads::nothing && type.leads != Leads::unit)
      reading_.report(RefusalCode::pack_type, indicator.at->place, "unit", describe(type));
  }
  check_by(indicator, reach);
}

// Parts have names that the pack knows: words, yes and no, periods. Persons are never told apart.
void IndicatorCheck::check_by(const Indicator& indicator, const Reach& reach) {
  ConditionCheck paths(reading_, types_, pack_, reach);
  for (const Path& path : indicator.by) {
    if (path.steps.empty()) continue;
    const PathType type = paths.check(path);
    const bool fits =
        type.leads == Leads::word || type.leads == Leads::boolean || type.leads == Leads::period;
    if (type.leads != Leads::nothing && !fits)
      reading_.report(RefusalCode::pack_type, path.place, "enum, set, bool, period",
                      describe(type));
  }
}

const Indicator* IndicatorCheck::find(std::string& name, const Place& place) {
  if (name.empty()) return nullptr;
  const Indicator* const found = pack_.find_indicator(name);
  if (!found) {
    std::vector<std::string_view> names;
    for (const Indicator& one : pack_.indicators) names.push_back(one.name);
    reading_.report(RefusalCode::pack_reference, place, nearest_or_all(name, names), name);
    return nullptr;
  }
  name = found->address;
  return found;
}

void IndicatorCheck::check_from(Indicator& indicator, const Node& node) {
  const Node& written = node.below(word_of(indicator.measure));
  for (std::size_t i = 0; i < indicator.from.size(); ++i) {
    const Place& place = written.kind == NodeKind::list ? written.below(i).place : written.place;
    const std::string name = indicator.from[i];
    const Indicator* const other = find(indicator.from[i], place);
    if (other && other->is_fraction() && indicator.measure != Measure::reduce)
      shape(place, "count, sum, minus, reduce", name);
  }
}

void IndicatorCheck::check_control(Indicator& indicator, const Node& node) {
  if (!indicator.against) return;
  Control& control = *indicator.against;
  const Place& place = node.below("against").place;
  if (indicator.is_fraction() || indicator.measure == Measure::median)
    shape(place, "count, sum, series, minus, reduce", "against");
  if (control.parameter) {
    Reach reach;
    reach.bearer = type_of(Leads::unit);
    reach.thing = reach.bearer;
    reach.has_period = true;  // the value of the day that is looked at
    reach.has_parameters = true;
    ConditionCheck(reading_, types_, pack_, reach)
        .check(*control.parameter, {ParameterType::int_, ParameterType::decimal});
    if (!indicator.who && !node.cut)
      reading_.report(RefusalCode::pack_missing_key, node.place, "who: {unit: condition}", "");
  } else {
    find(control.indicator, node.below("against").below("indicator").place);
  }
  if (indicator.pace && indicator.every == MeasuredEvery::now && indicator.counts_facts())
    shape(node.below("pace").place, "every", "pace");
}

void IndicatorCheck::check_number(const NumberUse& use, std::int64_t from, std::int64_t until,
                                  const Place& place) {
  const auto in_range = [&](std::int64_t millionths, const std::string& written) {
    if (from <= millionths && millionths <= until) return;
    reading_.report(RefusalCode::pack_range, place,
                    until == no_end ? "at least " + decimal_text(from)
                                    : decimal_text(from) + " to " + decimal_text(until),
                    written);
  };
  if (const auto* const number = std::get_if<Decimal>(&use))
    return in_range(number->millionths, decimal_text(number->millionths));
  const auto& parameter = std::get<ParameterUse>(use);
  Reach reach;
  reach.bearer = type_of(Leads::unit);
  reach.thing = reach.bearer;
  reach.has_period = true;
  reach.has_parameters = true;
  const Parameter* const found =
      ConditionCheck(reading_, types_, pack_, reach)
          .check(parameter, {ParameterType::int_, ParameterType::decimal});
  if (!found) return;
  for (const Setting* const setting : settings_of(*found)) {
    const auto* const number = std::get_if<std::int64_t>(setting);
    const auto* const decimal = std::get_if<Decimal>(setting);
    if (number || decimal)
      in_range(number ? *number * one_in_millionths : decimal->millionths, parameter.name);
  }
}

void IndicatorCheck::check_numbers(const Indicator& indicator, const Node& node) {
  // A share is never beyond 1; that it is one is said by the measure.
  const std::int64_t most = indicator.measure == Measure::share ? one_in_millionths : no_end;
  if (indicator.floor) check_number(*indicator.floor, 0, most, node.below("floor").place);
  if (indicator.ceiling) check_number(*indicator.ceiling, 0, most, node.below("ceiling").place);
  if (indicator.less) check_number(*indicator.less, 0, one_in_millionths, node.below("less").place);
  if (indicator.min_base)
    check_number(*indicator.min_base, one_in_millionths, no_end, node.below("min_base").place);
}

void IndicatorCheck::check_roll_up(const Indicator& indicator, const Node& node) {
  const Node* const written = node.find("roll_up");
  if (!written) return;
  const bool has_limit = indicator.floor || indicator.ceiling || indicator.against;
  const auto word = rolls_up_words[static_cast<std::size_t>(indicator.roll_up)];
  switch (indicator.roll_up) {
    case RollsUp::sum:
      if (indicator.is_fraction() || indicator.measure == Measure::median)
        shape(written->place,
              indicator.is_fraction() ? "sum_then_divide, worst, count_of_failed, none"
                                      : "together, worst, count_of_failed, none",
              word);
      return;
    case RollsUp::sum_then_divide:
      if (!indicator.is_fraction() && !indicator.against)
        shape(written->place, "share, ratio, against", word);
      return;
    case RollsUp::worst:
    case RollsUp::count_of_failed:
      if (!has_limit) shape(written->place, "floor, ceiling, against", word);
      if (!indicator.counts_facts()) shape(written->place, "count, sum, share", word);
      return;
    case RollsUp::together:
      if (indicator.measure != Measure::median) shape(written->place, "median", word);
      return;
    case RollsUp::none:
      return;
  }
}

bool IndicatorCheck::comes_to(const Indicator& from, std::string_view address,
                              std::vector<std::string_view>& seen) const {
  std::vector<std::string_view> next(from.from.begin(), from.from.end());
  if (from.against && !from.against->indicator.empty()) next.push_back(from.against->indicator);
  for (const std::string_view one : next) {
    if (one == address) return true;
    if (std::find(seen.begin(), seen.end(), one) != seen.end()) continue;
    seen.push_back(one);
    for (const Indicator& other : pack_.indicators)
      if (other.address == one && comes_to(other, address, seen)) return true;
  }
  return false;
}

void IndicatorCheck::check_circles() {
  for (const Indicator& one : pack_.indicators) {
    std::vector<std::string_view> seen;
    if (comes_to(one, one.address, seen))
      reading_.report(RefusalCode::pack_shape, one.place, "no circle of indicators", one.name);
  }
}

}  // namespace huilu::policy
