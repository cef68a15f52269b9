#include <algorithm>
#include <cctype>
#include <limits>

#include "base/text.h"
#include "policy/declarations.h"
#include "policy/finding.h"
#include "policy/test.h"

namespace huilu::policy {

std::string Path::text() const {
  std::string text(root_words[static_cast<std::size_t>(root)]);
  for (const std::string& step : steps) text += (text.empty() ? "" : ".") + step;
  return text;
}

std::optional<Path> path_from(std::string_view text) {
  Path path;
  const auto parts = split(text, '.');
  std::size_t first = 0;
  if (text.starts_with('$')) {
    const auto root = std::find(root_words.begin(), root_words.end(), parts[0]);
    if (root == root_words.end()) return {};
    path.root = static_cast<Root>(root - root_words.begin());
    first = 1;
  }
  for (std::size_t i = first; i < parts.size(); ++i) {
    if (!is_id(parts[i])) return {};
    path.steps.emplace_back(parts[i]);
  }
  return path;
}

namespace {

constexpr std::string_view path_words = "path a.b";
constexpr std::string_view path_pattern =
    "^([$][a-z]+([.][a-z][a-z0-9_]*)*|[a-z][a-z0-9_]*([.][a-z][a-z0-9_]*)*)$";

constexpr std::int64_t lowest = std::numeric_limits<std::int32_t>::min();
constexpr std::int64_t highest = std::numeric_limits<std::int32_t>::max();

std::vector<std::string_view> roots() { return {root_words.begin() + 1, root_words.end()}; }

// Of a scalar; an unknown root is named with the nearest.
void read_path(Reading& reading, const Node& node, Path& out) {
  const auto path = path_from(node.text);
  if (path) {
    out = *path;
    out.place = node.place;
    return;
  }
  const std::string root(split(node.text, '.')[0]);
  const auto known = roots();
  if (root.starts_with('$') && std::find(known.begin(), known.end(), root) == known.end())
    return reading.report(RefusalCode::pack_unknown_word, node.place, nearest_or_all(root, known),
                          root);
  reading.report_type(node, std::string(path_words));
}

// The one key of a map that says what kind of thing it is.
const Member* chosen(const Node& node, const std::vector<std::string_view>& keys) {
  for (const Member& member : node.members)
    if (std::find(keys.begin(), keys.end(), member.key) != keys.end()) return &member;
  return nullptr;
}

ShapePointer anchor_shape() { return anchor_form().shape; }
ShapePointer condition_shape() { return condition_form().shape; }

// An anchor and a duration, as {after: …, by: …} and {before: …, by: …} are read.
struct Shift {
  Anchor anchor;
  DurationUse by;
};

Form<Shift> shift_form(std::string_view word) {
  return map_of<Shift>({
      required(word, &Shift::anchor,
               recursive(anchor_form, "date or moment", shape::again("anchor", anchor_shape))),
      required("by", &Shift::by, duration_use_form()),
  });
}

template <class ShiftedAnchor>
void read_shift(Reading& reading, const Node& node, std::string_view word, Anchor& out) {
  Shift shift;
  shift_form(word).read(reading, node, shift);
  out.what =
      ShiftedAnchor{std::make_shared<const Anchor>(std::move(shift.anchor)), std::move(shift.by)};
}

Form<MonthDayUse> month_day_use() {
  return {[](Reading& reading, const Node& node, MonthDayUse& out) {
            if (node.kind == NodeKind::map)
              return parameter_use_form().read(reading, node, out.emplace<ParameterUse>());
            month_day().read(reading, node, out.emplace<MonthDay>());
          },
          "\"MM-DD\"", shape::choice({month_day().shape, parameter_use_form().shape})};
}

Form<YearDay> year_day_form() {
  constexpr std::array<std::string_view, 2> years = {"this", "next"};
  return map_of<YearDay>({
      required("month_day", &YearDay::day, month_day_use()),
      optional("of", &YearDay::of, word<YearOf>(years)),
  });
}

void read_moment(Reading& reading, const Node& node, Anchor& out) {
  if (node.text.starts_with('$')) return read_path(reading, node, out.what.emplace<Path>());
  if (const auto day = Date::parse(node.text)) return void(out.what = *day);
  if (!node.text.empty() && std::isdigit(static_cast<unsigned char>(node.text[0])) != 0)
    return reading.report_type(node, "date YYYY-MM-DD");
  word<Moment>(moment_words, {"clock_start", "ballot_close"})
      .read(reading, node, out.what.emplace<Moment>());
}

}  // namespace

Form<Path> path_form() {
  return {[](Reading& reading, const Node& node, Path& out) {
            if (reading::is_scalar(reading, node, std::string(path_words)))
              read_path(reading, node, out);
          },
          std::string(path_words), shape::text(std::string(path_pattern))};
}

Form<ParameterUse> parameter_use_form() {
  const auto form = map_of<ParameterUse>({
      required("param", &ParameterUse::name, id()),
      optional("for", &ParameterUse::key, path_form()),
  });
  return {[form](Reading& reading, const Node& node, ParameterUse& out) {
            out.place = node.place;
            form.read(reading, node, out);
          },
          "{param: name}", shape::named("parameter_use", form.shape)};
}

Form<DurationUse> duration_use_form() {
  return {[](Reading& reading, const Node& node, DurationUse& out) {
            if (node.find("param"))
              return parameter_use_form().read(reading, node, out.emplace<ParameterUse>());
            Node length = node;
            length.members.clear();
            for (const Member& member : node.members)
              if (member.key == "roll")
                reading::later_key(reading, member);
              else
                length.members.push_back(member);
            duration().read(reading, length, out.emplace<Duration>());
          },
          "duration", shape::choice({duration().shape, parameter_use_form().shape})};
}

Form<Anchor> anchor_form() {
  static const std::vector<std::string_view> kinds = {"after", "before", "month_day"};
  return {
      [](Reading& reading, const Node& node, Anchor& out) {
        out.place = node.place;
        if (node.kind == NodeKind::scalar) return read_moment(reading, node, out);
        if (node.kind != NodeKind::map) return reading.report_type(node, "date or moment");
        const Member* const kind = chosen(node, kinds);
        if (!kind) {
          for (const Member& member : node.members)
            if (member.key != "by" && member.key != "of")
              reading::unknown_key(reading, member, kinds);
          return reading::one_of_keys(reading, node, kinds);
        }
        if (kind->key == "after") return read_shift<AfterAnchor>(reading, node, "after", out);
        if (kind->key == "before") return read_shift<BeforeAnchor>(reading, node, "before", out);
        year_day_form().read(reading, node, out.what.emplace<YearDay>());
      },
      "date or moment",
      shape::named("anchor", shape::choice({shape::text(), shift_form("after").shape,
                                            shift_form("before").shape, year_day_form().shape}))};
}

namespace {

// Keys that tell an operand written as a map from a map of comparisons.
const std::vector<std::string_view>& operand_keys() {
  static const std::vector<std::string_view> keys = {"param",  "for", "indicator", "after",
                                                     "before", "by",  "month_day", "of"};
  return keys;
}

bool is_operand(const Node& node) {
  return node.kind == NodeKind::scalar ||
         (node.kind == NodeKind::map && chosen(node, operand_keys()) != nullptr);
}

void read_what(Reading& reading, const Node& node, Operand& out) {
  if (node.kind == NodeKind::scalar) {
    if (node.text.starts_with('$') && !node.quoted)
      return read_path(reading, node, out.what.emplace<Path>());
    out.what = value_of(node);
    return;
  }
  if (!is_operand(node)) return reading.report_type(node, "value");
  if (node.find("indicator")) return reading::later_key(reading, *chosen(node, {"indicator"}));
  if (node.find("param") || node.find("for"))
    return parameter_use_form().read(reading, node, out.what.emplace<ParameterUse>());
  anchor_form().read(reading, node, out.what.emplace<Anchor>());
}

void read_operand(Reading& reading, const Node& node, Operand& out) {
  const std::size_t before = reading.findings().size();
  read_what(reading, node, out);
  if (reading.findings().size() == before && node.kind != NodeKind::unreadable)
    out.place = node.place;
}

Form<Operand> operand_form() {
  return {read_operand, "value",
          shape::choice({shape::text(), shape::integer(lowest, highest), shape::decimal(),
                         shape::boolean(), parameter_use_form().shape, anchor_form().shape})};
}

Form<std::vector<Operand>> one_operand() {
  return {[](Reading& reading, const Node& node, std::vector<Operand>& out) {
            read_operand(reading, node, out.emplace_back());
          },
          "value", operand_form().shape};
}

Form<std::vector<Operand>> two_operands() {
  return {[](Reading& reading, const Node& node, std::vector<Operand>& out) {
            if (node.kind != NodeKind::list || (node.items.size() != 2 && !node.cut))
              return reading.report_type(node, "list of two values");
            list_of(operand_form()).read(reading, node, out);
          },
          "list of two values", shape::list(operand_form().shape, 2)};
}

Form<std::vector<Operand>> a_boolean() {
  return {[](Reading& reading, const Node& node, std::vector<Operand>& out) {
            bool value = false;
            boolean().read(reading, node, value);
            out.push_back({Value(value), node.place});
          },
          "true, false", shape::boolean()};
}

void read_comparisons(Reading& reading, const Path& path, const Node& node, Condition& out);

// A condition on the number of items, or on each item itself: its lines have no path.
void read_inner(Reading& reading, const Node& node, bool of_items, Comparing& out) {
  auto inner = std::make_shared<Condition>();
  inner->place = node.place;
  if (of_items)
    condition_or_value_form().read(reading, node, *inner);
  else
    read_comparisons(reading, Path{}, node, *inner);
  out.inner = std::move(inner);
}

struct ComparisonKey {
  Comparison comparison;
  Form<std::vector<Operand>> operands;  // none: `inner`
};

const std::vector<ComparisonKey>& comparison_keys() {
  static const std::vector<ComparisonKey> keys = {
      {Comparison::ne, one_operand()},
      {Comparison::lt, one_operand()},
      {Comparison::le, one_operand()},
      {Comparison::gt, one_operand()},
      {Comparison::ge, one_operand()},
      {Comparison::between, two_operands()},
      {Comparison::present, a_boolean()},
      {Comparison::has, one_operand()},
      {Comparison::has_all, one_or_list(operand_form())},
      {Comparison::size, {}},
      {Comparison::some, {}},
      {Comparison::all, {}},
      {Comparison::none, {}},
      {Comparison::first, {}},
      {Comparison::last, {}},
      {Comparison::within, one_operand()},
  };
  return keys;
}

void read_comparison(Reading& reading, const Path& path, const Member& member, Condition& out) {
  std::vector<std::string_view> words;
  for (const ComparisonKey& key : comparison_keys()) {
    const auto word = comparison_words[static_cast<std::size_t>(key.comparison)];
    words.push_back(word);
    if (word != member.key) continue;
    Comparing line{path, key.comparison, {}, {}, member.place};
    if (key.operands.read)
      key.operands.read(reading, member.value, line.operands);
    else
      read_inner(reading, member.value, key.comparison != Comparison::size, line);
    out.lines.push_back(std::move(line));
    return;
  }
  if (member.key == "largest") return reading::later_key(reading, member);
  reading::unknown_key(reading, member, words);
}

// What may stand beside a path. `inner`: a condition on an item.
ShapePointer comparisons_shape();

ShapePointer comparison_map_shape() {
  std::vector<ShapeKey> keys;
  for (const ComparisonKey& key : comparison_keys()) {
    const auto word = std::string(comparison_words[static_cast<std::size_t>(key.comparison)]);
    const auto inner = shape::again("comparisons", comparisons_shape);
    if (key.operands.read)
      keys.push_back({word, false, key.operands.shape});
    else if (key.comparison == Comparison::size)
      keys.push_back({word, false, inner});
    else
      keys.push_back(
          {word, false, shape::choice({inner, shape::again("condition", condition_shape)})});
  }
  return shape::map(std::move(keys), "comparison");
}

ShapePointer comparisons_shape() {
  const auto value = operand_form().shape;
  return shape::named("comparisons",
                      shape::choice({value, shape::list(value, 1), comparison_map_shape()}));
}

// What stands beside a path: a value, a list of which one is meant, or a map of comparisons.
void read_comparisons(Reading& reading, const Path& path, const Node& node, Condition& out) {
  if (node.kind == NodeKind::unreadable) return;
  if (node.kind == NodeKind::map && !is_operand(node)) {
    if (node.members.empty() && !node.cut) reading.report_type(node, "value");
    for (const Member& member : node.members) {
      const Reading::Step step(reading, member.key);
      read_comparison(reading, path, member, out);
    }
    return;
  }
  Comparing line{path, Comparison::equal, {}, {}, node.place};
  if (node.kind == NodeKind::list && node.items.empty() && !node.cut)
    return reading.report_type(node, "value");
  one_or_list(operand_form()).read(reading, node, line.operands);
  out.lines.push_back(std::move(line));
}

void read_line(Reading& reading, const Member& member, Condition& out) {
  if (member.key == "any_of")
    return some_of(condition_form()).read(reading, member.value, out.any_of.emplace_back());
  if (member.key == "not")
    return condition_form().read(reading, member.value, out.not_.emplace_back());
  Path path;
  const std::size_t before = reading.findings().size();
  read_path(reading, reading::key_node(member), path);
  if (reading.findings().size() == before) read_comparisons(reading, path, member.value, out);
}

void read_condition(Reading& reading, const Node& node, Condition& out) {
  out.place = node.place;
  if (!reading::is_map(reading, node)) return;
  for (const Member& member : node.members) {
    const Reading::Step step(reading, member.key);
    read_line(reading, member, out);
  }
}

}  // namespace

Form<Condition> condition_form() {
  const auto inner = shape::again("condition", condition_shape);
  const ShapeKey any_of = {"any_of", false, shape::list(inner, 1)};
  const auto lines =
      shape::names(shape::again("comparisons", comparisons_shape), std::string(path_pattern));
  return {read_condition, "map",
          shape::named("condition",
                       shape::with_key({"not", false, inner}, shape::with_key(any_of, lines)))};
}

Form<Condition> condition_or_value_form() {
  const auto value = operand_form().shape;
  return {[](Reading& reading, const Node& node, Condition& out) {
            if (node.kind == NodeKind::map) return condition_form().read(reading, node, out);
            out.place = node.place;
            read_comparisons(reading, Path{}, node, out);
          },
          "map, value", shape::choice({condition_form().shape, value, shape::list(value, 1)})};
}

Form<Quality> quality_form() {
  return {[](Reading& reading, const Node& node, Quality& out) {
            if (!reading::is_map(reading, node)) return;
            Node condition = node;
            const auto is_say = [](const Member& member) { return member.key == "say"; };
            std::erase_if(condition.members, is_say);
            if (condition.members.empty() && !node.cut)
              reading.report(RefusalCode::pack_missing_key, node.place, "condition", "");
            condition_form().read(reading, condition, out.condition);
            const Reading::Step step(reading, "say");
            out.say = reading.label(node, node.find("say"));
          },
          "map",
          shape::named("quality",
                       shape::with_key({"say", false, shape::text()}, condition_form().shape))};
}

}  // namespace huilu::policy
