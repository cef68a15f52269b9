#include "policy/condition_check.h"

#include <algorithm>

#include "policy/declarations.h"
#include "policy/finding.h"
#include "policy/scalar.h"

namespace huilu::policy {

namespace {

constexpr std::string_view of_lists = "has, has_all, size, some, all, none, first, last, present";

bool holds(const std::vector<std::string_view>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::string_view word_of(Comparison comparison) {
  return comparison_words[static_cast<std::size_t>(comparison)];
}

// For findings, as an author writes it.
std::string text_of(const Value& value) { return value.text() ? *value.text() : to_json(value); }

PathType item_of(PathType list) {
  list.list = false;
  return list;
}

std::vector<ParameterType> parameters_for(Leads leads) {
  switch (leads) {
    case Leads::integer:
      return {ParameterType::int_};
    case Leads::decimal:
      return {ParameterType::int_, ParameterType::decimal};
    case Leads::boolean:
      return {ParameterType::bool_};
    case Leads::date:
      return {ParameterType::date};
    case Leads::text:
    case Leads::word:
    case Leads::period:
      return {ParameterType::text, ParameterType::list};
    case Leads::nothing: {
      std::vector<ParameterType> all;
      for (std::size_t i = 0; i < parameter_type_words.size(); ++i)
        all.push_back(static_cast<ParameterType>(i));
      return all;
    }
    default:
      return {};
  }
}

std::string words_of(const std::vector<ParameterType>& types) {
  std::vector<std::string_view> words;
  words.reserve(types.size());
  for (const ParameterType type : types)
    words.push_back(parameter_type_words[static_cast<std::size_t>(type)]);
  return reading::list_of_words(words);
}

std::string words_of(const std::vector<DurationUnit>& units) {
  std::vector<std::string_view> words;
  words.reserve(units.size());
  for (const DurationUnit unit : units)
    words.push_back(duration_units[static_cast<std::size_t>(unit)]);
  return reading::list_of_words(words);
}

}  // namespace

void ConditionCheck::check(Condition& condition) {
  for (Comparing& line : condition.lines) {
    const auto start = start_of(line.path);
    const PathType type = start ? walk(*start, line.path) : PathType{};
    check(line, type);
  }
  for (auto& group : condition.any_of)
    for (Condition& part : group) check(part);
  for (Condition& part : condition.not_) check(part);
}

void ConditionCheck::check(Quality& quality) {
  check(quality.condition);
  const std::vector<std::string> words = types_.words_after(reach_.thing);
  check_placeholders(quality.say, quality.condition.place, {words.begin(), words.end()});
}

PathType ConditionCheck::check(const Path& path) {
  const auto start = start_of(path);
  const PathType type = start ? walk(*start, path) : PathType{};
  if (type.of_person) reading_.report(RefusalCode::pack_range, path.place, "$bearer", path.text());
  return type.of_person ? PathType{} : type;
}

std::optional<PathType> ConditionCheck::start_of(const Path& path) {
  switch (path.root) {
    case Root::thing:
      return reach_.thing;
    case Root::bearer:
      if (reach_.bearer.leads != Leads::nothing) return reach_.bearer;
      if (!reach_.has_bearer) return {};
      break;
    case Root::it:
      if (reach_.it.leads != Leads::nothing) return reach_.it;
      if (!reach_.has_it) return {};
      break;
    case Root::period:
      if (reach_.has_period) return type_of(Leads::a_period);
      break;
    case Root::campaign:
      if (reach_.in_campaign) return type_of(Leads::a_campaign);
      break;
    case Root::actor:
      break;
  }
  reading_.report(RefusalCode::pack_reference, path.place,
                  reach_.bearer.leads != Leads::nothing ? "$bearer" : "",
                  std::string(root_words[static_cast<std::size_t>(path.root)]));
  return {};
}

PathType ConditionCheck::walk(PathType type, const Path& path) {
  for (const std::string& step : path.steps) {
    if (type.leads == Leads::nothing) return type;
    const bool is_out_of_reach =
        (step == "clock" && !reach_.has_clocks) || (step == "ballot" && !reach_.has_ballot) ||
        (step == "look_back" && !reach_.has_look_back && type.matter && type.matter->look_back) ||
        (step == "stale" && !reach_.has_look_back && type.matter && type.matter->has_reviews());
    if (type.leads == Leads::a_matter && is_out_of_reach) {
      reading_.report(RefusalCode::pack_shape, path.place, "in needs of a move", path.text());
      return {};
    }
    auto next = types_.step(type, step);
    if (next) {
      type = std::move(*next);
      continue;
    }
    if (is_later_property(step)) {
      reading_.report(RefusalCode::pack_later, path.place, "", step);
      return {};
    }
    const std::vector<std::string> words = types_.words_after(type);
    reading_.report(RefusalCode::pack_reference, path.place,
                    words.empty() ? "" : nearest_or_all(step, {words.begin(), words.end()}),
                    path.text());
    return {};
  }
  if (type.is_protected) {
    reading_.report(RefusalCode::pack_range, path.place, "a field that is not protected",
                    path.text());
    return {};
  }
  return type;
}

void ConditionCheck::check(Comparing& line, const PathType& type) {
  const auto refuse = [&](std::string_view expected) {
    reading_.report(RefusalCode::pack_shape, line.place, std::string(expected),
                    std::string(word_of(line.comparison)));
  };
  PathType wanted = item_of(type);
  const bool known = type.leads != Leads::nothing;
  if (type.of_person) return check_of_person(line);
  switch (line.comparison) {
    case Comparison::equal:
    case Comparison::ne:
      if (type.list) return refuse(of_lists);
      if (type.leads == Leads::other) return refuse("present");
      break;
    case Comparison::lt:
    case Comparison::le:
    case Comparison::gt:
    case Comparison::ge:
    case Comparison::between:
      if (known && (type.list || !(type.ordered || type.leads == Leads::integer ||
                                   type.leads == Leads::decimal || type.leads == Leads::date)))
        return refuse(type.list ? of_lists : "equal, ne, present");
      break;
    case Comparison::present:
      return;
    case Comparison::has:
    case Comparison::has_all:
      if (known && !type.list) return refuse("equal, ne, present");
      break;
    case Comparison::within:
      if (known && (type.leads != Leads::unit || type.list)) return refuse("a unit");
      break;
    default:
      if (known && !type.list) return refuse("equal, ne, present");
      if (line.comparison == Comparison::size) wanted = type_of(Leads::integer);
      return check_inner(line, known ? wanted : PathType{});
  }
  for (Operand& operand : line.operands) check(operand, wanted);
}

// Whose unit it is can only be said of the people of the bearer's own.
void ConditionCheck::check_of_person(Comparing& line) {
  const bool is_unit = reach_.bearer.leads == Leads::unit;
  const auto is_own = [&](const Operand& operand) {
    const auto* const path = std::get_if<Path>(&operand.what);
    return !operand.place.file ||
           (path && path->root == Root::bearer &&
            (is_unit ? path->steps.empty() : path->steps == std::vector<std::string>{"unit"}));
  };
  if (reach_.bearer.leads == Leads::nothing && !reach_.has_bearer) return;
  if (line.comparison != Comparison::equal ||
      !std::all_of(line.operands.begin(), line.operands.end(), is_own))
    reading_.report(RefusalCode::pack_range, line.place, is_unit ? "$bearer" : "$bearer.unit",
                    line.path.text());
}

// The lines of a condition on an item speak of the item itself.
void ConditionCheck::check_inner(Comparing& line, const PathType& item) {
  if (!line.inner) return;
  Condition inner = *line.inner;
  check_items(inner, item);
  line.inner = std::make_shared<const Condition>(std::move(inner));
}

void ConditionCheck::check_items(Condition& condition, const PathType& item) {
  if (item.leads == Leads::unit || item.leads == Leads::person || item.leads == Leads::record) {
    Reach of_item = reach_;
    of_item.thing = item;
    return ConditionCheck(reading_, types_, pack_, of_item).check(condition);
  }
  for (Comparing& line : condition.lines) {
    if (line.path.root == Root::thing && line.path.steps.empty())
      check(line, item);
    else
      reading_.report(RefusalCode::pack_later, line.path.place, "", line.path.text());
  }
  for (auto& group : condition.any_of)
    for (Condition& part : group) check_items(part, item);
  for (Condition& part : condition.not_) check_items(part, item);
}

void ConditionCheck::check(Operand& operand, const PathType& wanted) {
  if (!operand.place.file) return;  // it could not be read
  if (const auto* const path = std::get_if<Path>(&operand.what))
    return check_path(*path, check(*path), wanted);
  if (const auto* const use = std::get_if<ParameterUse>(&operand.what)) {
    const std::vector<ParameterType> accepted = parameters_for(wanted.leads);
    if (accepted.empty())
      reading_.report(RefusalCode::pack_type, operand.place, describe(wanted), use->name);
    else
      check(*use, accepted);
    return;
  }
  if (auto* const anchor = std::get_if<Anchor>(&operand.what)) {
    check(*anchor);
    if (wanted.leads != Leads::date && wanted.leads != Leads::nothing)
      reading_.report(RefusalCode::pack_type, operand.place, describe(wanted), "date");
    return;
  }
  if (wanted.leads != Leads::nothing) check_value(operand, wanted);
}

// An item of a list is compared by its id, which must be among the words that may stand there.
void ConditionCheck::check_path(const Path& path, const PathType& type, const PathType& wanted) {
  if (type.leads == Leads::nothing || wanted.leads == Leads::nothing || type == wanted) return;
  const bool is_item = type.property == items_property;
  if (is_item && wanted.leads == Leads::text) return;
  if (!is_item || wanted.leads != Leads::word)
    return reading_.report(RefusalCode::pack_type, path.place, describe(wanted), describe(type));
  for (const std::string_view word : type.words)
    if (!holds(wanted.words, word))
      return reading_.report(RefusalCode::pack_unknown_word, path.place,
                             nearest_or_all(word, wanted.words), std::string(word));
}

void ConditionCheck::check_value(Operand& operand, const PathType& wanted) {
  const Value value = std::get<Value>(operand.what);
  const auto expect = [&](bool fits, std::string_view expected) {
    if (!fits)
      reading_.report(RefusalCode::pack_type, operand.place, std::string(expected), text_of(value));
  };
  switch (wanted.leads) {
    case Leads::text:
      if (wanted.property == "tags")
        return expect(value.text() && is_id(*value.text()), "id [a-z][a-z0-9_]*");
      return expect(value.text() != nullptr, "text");
    case Leads::integer:
      return expect(value.integer() != nullptr, "integer");
    case Leads::decimal:
      return expect(value.integer() || (value.text() && decimal_millionths(*value.text())),
                    "decimal");
    case Leads::boolean:
      return expect(value.boolean() != nullptr, "true, false");
    case Leads::period:
      return expect(period_kind_of(text_of(value)).has_value(), "period");
    case Leads::word:
      return check_word(operand, wanted);
    case Leads::date:
      break;
    default:
      return expect(false, describe(wanted));
  }
  Anchor anchor;
  anchor.place = operand.place;
  const std::string text = text_of(value);
  const auto moment = std::find(moment_words.begin(), moment_words.end(), text);
  const auto day = Date::parse(text);
  if (!day && moment == moment_words.end()) return expect(false, "date YYYY-MM-DD");
  if (day)
    anchor.what = *day;
  else
    anchor.what = static_cast<Moment>(moment - moment_words.begin());
  check(anchor);
  operand.what = std::move(anchor);
}

void ConditionCheck::check_word(const Operand& operand, const PathType& wanted) {
  const std::string word = text_of(std::get<Value>(operand.what));
  if (holds(wanted.words, word)) return;
  if (holds(wanted.later_words, word))
    return reading_.report(RefusalCode::pack_later, operand.place, "", word);
  reading_.report(RefusalCode::pack_unknown_word, operand.place, nearest_or_all(word, wanted.words),
                  word);
}

void ConditionCheck::check(Anchor& anchor) {
  if (const auto* const moment = std::get_if<Moment>(&anchor.what))
    return check(*moment, anchor.place);
  if (const auto* const path = std::get_if<Path>(&anchor.what)) {
    const PathType type = check(*path);
    if (type.leads != Leads::date && type.leads != Leads::nothing)
      reading_.report(RefusalCode::pack_type, path->place, "date", describe(type));
    return;
  }
  const auto check_shift = [&](const AnchorPointer& inner, const DurationUse& by) {
    Anchor copy = *inner;
    check(copy);
    check(by, anchor.place);
  };
  if (const auto* const after = std::get_if<AfterAnchor>(&anchor.what))
    return check_shift(after->anchor, after->by);
  if (const auto* const before = std::get_if<BeforeAnchor>(&anchor.what))
    return check_shift(before->anchor, before->by);
  if (const auto* const day = std::get_if<YearDay>(&anchor.what)) {
    if (!reach_.has_period)
      reading_.report(RefusalCode::pack_shape, anchor.place, "date", "month_day");
    if (const auto* const use = std::get_if<ParameterUse>(&day->day))
      check(*use, {ParameterType::month_day});
  }
}

void ConditionCheck::check(Moment moment, const Place& place) {
  std::vector<std::string_view> possible;
  const auto add = [&](Moment one, bool is_there) {
    if (is_there) possible.push_back(moment_words[static_cast<std::size_t>(one)]);
  };
  add(Moment::period_start, reach_.has_period);
  add(Moment::period_end, reach_.has_period);
  add(Moment::case_, reach_.has_case_day || !reach_.has_it);
  add(Moment::known, reach_.has_case_entry || !reach_.has_it);
  add(Moment::campaign_start, reach_.in_campaign);
  add(Moment::campaign_end, reach_.in_campaign);
  add(Moment::today, reach_.may_be_today);
  const auto word = moment_words[static_cast<std::size_t>(moment)];
  if (holds(possible, word)) return;
  possible.push_back("YYYY-MM-DD");
  reading_.report(RefusalCode::pack_shape, place, reading::list_of_words(possible),
                  std::string(word));
}

void ConditionCheck::check(const DurationUse& use, const Place& place,
                           const std::vector<DurationUnit>& units) {
  const auto check_unit = [&](const Duration& duration, const Place& at) {
    if (std::find(units.begin(), units.end(), duration.unit) != units.end()) return false;
    reading_.report(RefusalCode::pack_range, at, words_of(units),
                    std::string(duration_units[static_cast<std::size_t>(duration.unit)]));
    return true;
  };
  if (const auto* const duration = std::get_if<Duration>(&use)) {
    check_unit(*duration, place);
    return;
  }
  const auto& written = std::get<ParameterUse>(use);
  const Parameter* const parameter = check(written, {ParameterType::duration});
  if (!parameter) return;
  for (const Setting* const setting : settings_of(*parameter))
    if (const auto* const duration = std::get_if<Duration>(setting);
        duration && check_unit(*duration, written.place))
      return;
}

const Parameter* ConditionCheck::check(const ParameterUse& use,
                                       const std::vector<ParameterType>& accepted) {
  if (use.name.empty()) return nullptr;
  if (!reach_.has_parameters) {
    reading_.report(RefusalCode::pack_shape, use.place, "a value that is written out", use.name);
    return nullptr;
  }
  const Parameter* const parameter = pack_.find_parameter(use.name);
  if (!parameter) {
    std::vector<std::string_view> names;
    for (const Parameter& one : pack_.parameters) names.push_back(one.name);
    reading_.report(RefusalCode::pack_reference, use.place,
                    names.empty() ? "" : nearest_or_all(use.name, names), use.name);
    return nullptr;
  }
  if (std::find(accepted.begin(), accepted.end(), parameter->type) == accepted.end()) {
    reading_.report(RefusalCode::pack_type, use.place, words_of(accepted),
                    std::string(parameter_type_words[static_cast<std::size_t>(parameter->type)]));
    return nullptr;
  }
  if (use.key && parameter->by.empty())
    reading_.report(RefusalCode::pack_shape, use.place, "a parameter with by", use.name);
  if (!parameter->by.empty()) check_key(use, *parameter);
  const bool can_bind = (parameter->bind <= Bind::period_end && reach_.has_period) ||
                        !reach_.has_it || (parameter->bind == Bind::case_ && reach_.has_case_day) ||
                        (parameter->bind == Bind::clock_start && reach_.has_clock_start) ||
                        (parameter->bind == Bind::ballot_close && reach_.has_ballot_close);
  if (!can_bind)
    reading_.report(RefusalCode::pack_shape, use.place,
                    reach_.has_period         ? "bind: period_start, bind: period_end"
                    : reach_.has_clock_start  ? "bind: clock_start, bind: case"
                    : reach_.has_ballot_close ? "bind: ballot_close, bind: case"
                                              : "bind: case",
                    "bind: " + std::string(bind_words[static_cast<std::size_t>(parameter->bind)]));
  return parameter;
}

// The key of a table is what `for` leads to, or what `by` leads to from the bearer.
void ConditionCheck::check_key(const ParameterUse& use, const Parameter& parameter) {
  auto by = path_from(parameter.by);
  if (!by) return;
  by->place = use.place;
  const PathType start = reach_.bearer.leads == Leads::nothing ? reach_.thing : reach_.bearer;
  const auto wanted = table_key(types_, parameter.by);
  const PathType found = use.key ? check(*use.key) : walk(start, *by);
  if (!wanted || found.leads == Leads::nothing || found.property == wanted->property) return;
  reading_.report(RefusalCode::pack_type, use.place, parameter.by,
                  use.key ? use.key->text() : describe(found));
}

void ConditionCheck::check_placeholders(const Label& label, const Place& place,
                                        std::vector<std::string_view> words) {
  for (const std::string_view word : {"need", "have", "missing", "due"}) words.push_back(word);
  check_words(label, place, words);
}

void ConditionCheck::check_words(const Label& label, const Place& place,
                                 const std::vector<std::string_view>& words) {
  for (const std::string& text : label.texts)
    for (std::size_t open = text.find('{'); open != std::string::npos;
         open = text.find('{', open + 1)) {
      const std::size_t close = text.find('}', open);
      const std::string word = text.substr(open + 1, close - open - 1);
      if (close != std::string::npos && holds(words, word)) continue;
      return reading_.report(RefusalCode::pack_unknown_word, place, nearest_or_all(word, words),
                             word);
    }
}

}  // namespace huilu::policy
