#include "obligation/condition.h"

#include <fmt/format.h>

#include <algorithm>
#include <compare>

#include "obligation/organisation.h"
#include "obligation/parameters.h"
#include "obligation/schedule.h"
#include "policy/scalar.h"

namespace huilu::obligation {

namespace {

using Values = std::vector<Value>;

std::string text_of(const Value& value) {
  if (const auto* text = value.text()) return *text;
  return to_json(value);
}

std::string text_of(policy::Decimal decimal) {
  const bool negative = decimal.millionths < 0;
  const std::int64_t whole = decimal.millionths / policy::one_in_millionths;
  const std::int64_t rest = std::abs(decimal.millionths % policy::one_in_millionths);
  std::string text = fmt::format("{}{}", negative && whole == 0 ? "-" : "", whole);
  if (rest != 0) text += fmt::format(".{:06}", rest);
  return text;
}

// What a parameter stands for in a comparison; the items of a list by their ids.
Values settings_of(Context& context, const Thing& thing, const policy::ParameterUse& use) {
  const policy::Setting* const setting = bound(context, use, thing);
  if (!setting) return {};
  struct Read {
    Context& context;
    Values operator()(std::int64_t value) const { return {Value(value)}; }
    Values operator()(policy::Decimal value) const { return {Value(text_of(value))}; }
    Values operator()(bool value) const { return {Value(value)}; }
    Values operator()(Date value) const { return {Value(value.text())}; }
    Values operator()(policy::MonthDay value) const {
      return {Value(fmt::format("{:02}-{:02}", value.month, value.day))};
    }
    Values operator()(policy::Duration) const {
      context.notes.fail("a duration is compared with a value");
      return {};
    }
    Values operator()(const std::string& value) const { return {Value(value)}; }
    Values operator()(const std::vector<policy::ListItem>& items) const {
      Values values;
      for (const policy::ListItem& item : items) values.emplace_back(item.id);
      return values;
    }
  };
  return std::visit(Read{context}, *setting);
}

// Lists among the values give their items.
Values flat(Values values) {
  Values out;
  for (Value& value : values) {
    if (const Value::List* const list = value.list())
      out.insert(out.end(), list->begin(), list->end());
    else
      out.push_back(std::move(value));
  }
  return out;
}

Values operand_values(Context& context, const Thing& thing, const policy::Operand& operand) {
  if (const auto* value = std::get_if<Value>(&operand.what)) return flat({*value});
  if (const auto* path = std::get_if<policy::Path>(&operand.what))
    return flat(values_of(context, thing, *path));
  if (const auto* use = std::get_if<policy::ParameterUse>(&operand.what))
    return settings_of(context, thing, *use);
  const auto day = day_of(context, thing, std::get<policy::Anchor>(operand.what));
  if (!day) return {};
  return {Value(day->text())};
}

Values operand_values(Context& context, const Thing& thing,
                      const std::vector<policy::Operand>& operands) {
  Values all;
  for (const policy::Operand& operand : operands) {
    Values values = operand_values(context, thing, operand);
    all.insert(all.end(), values.begin(), values.end());
  }
  return all;
}

// Ranks and levels are words in an order of their own.
std::optional<std::int64_t> place_in_order(std::string_view property, const Value& value) {
  const policy::Vocabulary& words = policy::core_pack().vocabulary;
  if (!value.text()) return value.integer() ? std::optional(*value.integer()) : std::nullopt;
  if (property == "level") {
    const policy::Level* const level = words.levels.find(*value.text());
    return level ? std::optional(level->number) : std::nullopt;
  }
  const auto& ranks = words.ranks.items;
  for (std::size_t i = 0; i < ranks.size(); ++i)
    if (ranks[i].code == *value.text()) return static_cast<std::int64_t>(i);
  return {};
}

std::optional<std::int64_t> millionths(const Value& value) {
  if (const auto* text = value.text()) return policy::decimal_millionths(*text);
  std::int64_t product = 0;
  if (!value.integer() ||
      __builtin_mul_overflow(*value.integer(), policy::one_in_millionths, &product))
    return {};
  return product;
}

// Nothing where the two are in no order.
std::optional<std::strong_ordering> order(std::string_view property, const Value& a,
                                          const Value& b) {
  if (property == "rank" || property == "level") {
    const auto first = place_in_order(property, a), second = place_in_order(property, b);
    if (first && second) return *first <=> *second;
    return {};
  }
  if (a.integer() && b.integer()) return *a.integer() <=> *b.integer();
  const auto first = millionths(a), second = millionths(b);
  if (first && second) return *first <=> *second;
  if (a.text() && b.text()) return a.text()->compare(*b.text()) <=> 0;
  if (a.boolean() && b.boolean()) return *a.boolean() <=> *b.boolean();
  return {};
}

bool equals(std::string_view property, const Value& a, const Value& b) {
  const auto found = order(property, a, b);
  return found ? *found == 0 : a == b;
}

bool in_order(policy::Comparison comparison, std::strong_ordering found) {
  switch (comparison) {
    case policy::Comparison::lt:
      return found < 0;
    case policy::Comparison::le:
      return found <= 0;
    case policy::Comparison::gt:
      return found > 0;
    case policy::Comparison::ge:
      return found >= 0;
    default:
      return found == 0;
  }
}

bool is_present(const Values& values) {
  return std::any_of(values.begin(), values.end(), [](const Value& value) {
    return !(value.text() && value.text()->empty()) && !(value.list() && value.list()->empty());
  });
}

// What one line of a condition is about.
class Line {
 public:
  Line(Context& context, const Thing& thing, const policy::Comparing& line)
      : context_(context),
        thing_(thing),
        line_(line),
        property_(line.path.steps.empty() ? std::string_view() : line.path.steps.back()) {}

  bool holds() {
    using policy::Comparison;
    if (const auto* const present = people_present()) return are_present(*present);
    values_ = values_of(context_, thing_, line_.path);
    switch (line_.comparison) {
      case Comparison::equal:
        return equals_one();
      case Comparison::ne:
        return !equals_one();
      case Comparison::lt:
      case Comparison::le:
      case Comparison::gt:
      case Comparison::ge:
        return compares(line_.comparison, line_.operands.at(0));
      case Comparison::between:
        return compares(Comparison::ge, line_.operands.at(0)) &&
               compares(Comparison::le, line_.operands.at(1));
      case Comparison::present:
        return is_present(values_) == wanted_presence();
      case Comparison::has:
        return has_one();
      case Comparison::has_all:
        return has_all();
      case Comparison::within:
        return is_within_one();
      default:
        return items_hold();
    }
  }

 private:
  // The people present at a sitting, where the line asks for some of them. They are many, and each
  // member's duty looks through them again: numbers are compared, not the texts that stand for
  // them.
  const std::vector<PersonId>* people_present() const {
    const bool of_list = line_.comparison == policy::Comparison::has ||
                         line_.comparison == policy::Comparison::has_all;
    const auto* const record = std::get_if<RecordThing>(&thing_);
    const policy::Path& path = line_.path;
    if (!of_list || !record || path.root != policy::Root::thing) return nullptr;
    return path.steps.size() == 1 && path.steps[0] == "present" ? &record->version->present
                                                                : nullptr;
  }

  bool are_present(const std::vector<PersonId>& present) {
    const Values wanted = operand_values(context_, thing_, line_.operands);
    const auto is_there = [&](const Value& one) {
      const auto person = one.text() ? PersonId::parse(*one.text()) : std::nullopt;
      return person && std::find(present.begin(), present.end(), *person) != present.end();
    };
    if (line_.comparison == policy::Comparison::has)
      return std::any_of(wanted.begin(), wanted.end(), is_there);
    return !wanted.empty() && std::all_of(wanted.begin(), wanted.end(), is_there);
  }

  bool wanted_presence() const {
    const auto* const value = std::get_if<Value>(&line_.operands.at(0).what);
    return value && value->boolean() && *value->boolean();
  }

  bool equals_one() {
    const Values wanted = operand_values(context_, thing_, line_.operands);
    return std::any_of(values_.begin(), values_.end(), [&](const Value& value) {
      return std::any_of(wanted.begin(), wanted.end(),
                         [&](const Value& one) { return equals(property_, value, one); });
    });
  }

  bool compares(policy::Comparison comparison, const policy::Operand& operand) {
    const Values wanted = operand_values(context_, thing_, operand);
    return std::any_of(values_.begin(), values_.end(), [&](const Value& value) {
      return std::any_of(wanted.begin(), wanted.end(), [&](const Value& one) {
        const auto found = order(property_, value, one);
        return found && in_order(comparison, *found);
      });
    });
  }

  bool has(const Values& items, const Value& wanted) const {
    return std::any_of(items.begin(), items.end(),
                       [&](const Value& item) { return equals("", item, wanted); });
  }

  bool has_one() {
    const Values items = flat(values_);
    const Values wanted = operand_values(context_, thing_, line_.operands);
    return std::any_of(wanted.begin(), wanted.end(),
                       [&](const Value& one) { return has(items, one); });
  }

  bool has_all() {
    const Values items = flat(values_);
    const Values wanted = operand_values(context_, thing_, line_.operands);
    return !wanted.empty() && std::all_of(wanted.begin(), wanted.end(),
                                          [&](const Value& one) { return has(items, one); });
  }

  bool is_within_one() {
    const Values wanted = operand_values(context_, thing_, line_.operands);
    for (const Value& value : flat(values_))
      for (const Value& one : wanted) {
        const auto unit = value.text() ? UnitId::parse(*value.text()) : std::nullopt;
        const auto top = one.text() ? UnitId::parse(*one.text()) : std::nullopt;
        if (unit && top && is_within(context_.facts, *unit, *top, context_.day)) return true;
      }
    return false;
  }

  bool items_hold() {
    const Values items = flat(values_);
    const policy::Condition none;
    const policy::Condition& inner = line_.inner ? *line_.inner : none;
    const auto one = [&](const Value& item) {
      return obligation::holds(context_, thing_of(context_, thing_, item), inner);
    };
    switch (line_.comparison) {
      case policy::Comparison::size:
        return one(Value(static_cast<std::int64_t>(items.size())));
      case policy::Comparison::some:
        return std::any_of(items.begin(), items.end(), one);
      case policy::Comparison::all:
        return std::all_of(items.begin(), items.end(), one);
      case policy::Comparison::none:
        return std::none_of(items.begin(), items.end(), one);
      case policy::Comparison::first:
        return !items.empty() && one(items.front());
      case policy::Comparison::last:
        return !items.empty() && one(items.back());
      default:
        context_.notes.fail("a comparison that nobody knows");
        return false;
    }
  }

  Context& context_;
  const Thing& thing_;
  const policy::Comparing& line_;
  std::string_view property_;
  Values values_;
};

// Errors are kept apart until it is clear that they matter: what fails one line of a condition
// fails it whatever the others say, in any order.
enum class Truth { no, unclear, yes };

struct Judged {
  Truth truth = Truth::yes;
  bool no_value = false;
  std::string error;

  void combine(Judged other, bool both) {
    if (both ? other.truth < truth : other.truth > truth) truth = other.truth;
    no_value = no_value || other.no_value;
    if (error.empty()) error = std::move(other.error);
  }
};

Judged judge(Context& context, const Thing& thing, const policy::Comparing& line) {
  Judged judged;
  std::swap(judged.error, context.notes.error);
  std::swap(judged.no_value, context.notes.no_value);
  const bool found = Line(context, thing, line).holds();
  std::swap(judged.error, context.notes.error);
  std::swap(judged.no_value, context.notes.no_value);
  const bool clear = judged.error.empty() && !judged.no_value;
  judged.truth = !clear ? Truth::unclear : found ? Truth::yes : Truth::no;
  return judged;
}

Judged judge(Context& context, const Thing& thing, const policy::Condition& condition) {
  Judged all;
  for (const policy::Comparing& line : condition.lines)
    all.combine(judge(context, thing, line), true);
  for (const auto& group : condition.any_of) {
    Judged any{Truth::no, false, {}};
    for (const policy::Condition& part : group) any.combine(judge(context, thing, part), false);
    all.combine(std::move(any), true);
  }
  for (const policy::Condition& part : condition.not_) {
    Judged opposite = judge(context, thing, part);
    if (opposite.truth != Truth::unclear)
      opposite.truth = opposite.truth == Truth::yes ? Truth::no : Truth::yes;
    all.combine(std::move(opposite), true);
  }
  return all;
}

void add_lines(Context& context, const Thing& thing, const policy::Condition& condition,
               std::vector<std::pair<std::string, std::string>>& out) {
  for (const policy::Comparing& line : condition.lines) {
    std::string found;
    for (const Value& value : flat(values_of(context, thing, line.path)))
      found += (found.empty() ? "" : " ") + text_of(value);
    std::pair<std::string, std::string> entry(line.path.text(), std::move(found));
    if (std::find(out.begin(), out.end(), entry) == out.end()) out.push_back(std::move(entry));
  }
  for (const auto& group : condition.any_of)
    for (const policy::Condition& part : group) add_lines(context, thing, part, out);
  for (const policy::Condition& part : condition.not_) add_lines(context, thing, part, out);
}

}  // namespace

bool holds(Context& context, const Thing& thing, const policy::Condition& condition) {
  const Judged judged = judge(context, thing, condition);
  if (judged.truth != Truth::unclear) return judged.truth == Truth::yes;
  context.notes.no_value = context.notes.no_value || judged.no_value;
  if (!judged.error.empty()) context.notes.fail(judged.error);
  return false;
}

std::optional<std::int64_t> misplaced(Context& context, const Thing& thing,
                                      const policy::Condition& condition) {
  for (const policy::Comparing& line : condition.lines) {
    const bool asks_for_place =
        line.comparison == policy::Comparison::first || line.comparison == policy::Comparison::last;
    if (!asks_for_place || !line.inner || judge(context, thing, line).truth != Truth::no) continue;
    std::int64_t place = 0;
    for (const Value& item : flat(values_of(context, thing, line.path))) {
      ++place;
      if (holds(context, thing_of(context, thing, item), *line.inner)) return place;
    }
    return 0;
  }
  return {};
}

std::vector<std::pair<std::string, std::string>> lines_of(Context& context, const Thing& thing,
                                                          const policy::Condition& condition) {
  std::vector<std::pair<std::string, std::string>> lines;
  add_lines(context, thing, condition, lines);
  return lines;
}

}  // namespace huilu::obligation
