#include "policy/indicator.h"

#include <algorithm>

#include "policy/declarations.h"

namespace huilu::policy {

namespace {

constexpr std::array<std::string_view, 1> previous_words = {"previous"};
constexpr std::array<std::string_view, 1> empty_words = {"not_shown"};
constexpr std::array<std::string_view, 1> measured_cumulative_words = {"year"};
constexpr std::int64_t number_max = 1'000'000'000;

// A key that says of which measure it is.
template <class Read>
Key<Indicator> measure_key(Measure measure, std::string expected, ShapePointer shape, Read read) {
  return {measure_words[static_cast<std::size_t>(measure)], Presence::optional, expected,
          [measure, read](Reading& reading, const Node&, const Node* value, Indicator& out) {
            if (!value) return;
            out.measure = measure;
            read(reading, *value, out);
          },
          std::move(shape)};
}

Key<Indicator> measure_of_path(Measure measure) {
  const auto form = path_form();
  return measure_key(measure, form.expected, form.shape,
                     [form](Reading& reading, const Node& node, Indicator& out) {
                       form.read(reading, node, out.path.emplace());
                     });
}

Key<Indicator> measure_of_two(Measure measure) {
  const auto form = list_of(id());
  return measure_key(measure, "two indicators", shape::list(id().shape, 2),
                     [form](Reading& reading, const Node& node, Indicator& out) {
                       form.read(reading, node, out.from);
                       if (node.kind == NodeKind::list && node.items.size() != 2 && !node.cut)
                         reading.report(RefusalCode::pack_range, node.place, "2 items",
                                        std::to_string(node.items.size()) + " items");
                       out.from.resize(2);
                     });
}

Form<MeasuredEvery> measured_every_form() {
  const std::array<std::string_view, 5> words = {"year", "half", "quarter", "month", "week"};
  const auto kind = word<std::size_t>(words);
  const auto cumulative = word<std::size_t>(measured_cumulative_words);
  struct Map {
    std::size_t cumulative = 0;
  };
  const auto map = map_of<Map>({required("cumulative", &Map::cumulative, cumulative)});
  return {[kind, map](Reading& reading, const Node& node, MeasuredEvery& out) {
            out = MeasuredEvery::year;
            Map year;
            if (node.kind == NodeKind::map) return map.read(reading, node, year);
            std::size_t index = 0;
            kind.read(reading, node, index);
            out = static_cast<MeasuredEvery>(index + 1);
          },
          kind.expected, shape::choice({kind.shape, shape::named("measured_every", map.shape)})};
}

Form<Control> control_form() {
  const auto other =
      named("against", map_of<Control>({required("indicator", &Control::indicator, id())}));
  return {[other](Reading& reading, const Node& node, Control& out) {
            out.place = node.place;
            if (node.find("param"))
              parameter_use_form().read(reading, node, out.parameter.emplace());
            else
              other.read(reading, node, out);
          },
          "{indicator: name}, {param: name}",
          shape::choice({other.shape, parameter_use_form().shape})};
}

// A key whose word says nothing but that it stands there.
template <std::size_t count>
Key<Indicator> flag(std::string_view name, bool Indicator::*member,
                    const std::array<std::string_view, count>& words) {
  const auto form = word<std::size_t>(words);
  return {name, Presence::optional, form.expected,
          [member, form](Reading& reading, const Node&, const Node* value, Indicator& out) {
            if (!value) return;
            std::size_t index = 0;
            form.read(reading, *value, index);
            out.*member = true;
          },
          form.shape};
}

RollsUp usual_roll_up(const Indicator& indicator) {
  if (indicator.is_fraction()) return RollsUp::sum_then_divide;
  return indicator.measure == Measure::median ? RollsUp::together : RollsUp::sum;
}

// Keys that stand only with others.
void check_together(Reading& reading, const Node& node, const Indicator& indicator) {
  const auto only_with = [&](std::string_view key, bool fits, std::string_view expected) {
    if (node.find(key) && !fits)
      reading.report(RefusalCode::pack_shape, node.below(key).place, std::string(expected),
                     std::string(key));
  };
  const bool counts = indicator.counts_facts();
  const Measure measure = indicator.measure;
  only_with("of", counts && measure != Measure::count, "sum, share, median, series");
  only_with("distinct", measure == Measure::count, "count");
  only_with("at", counts, "count, sum, share, median, series");
  only_with("by", counts && measure != Measure::median && measure != Measure::series,
            "count, sum, share");
  only_with("partition", node.find("by") != nullptr, "by");
  only_with("less", measure == Measure::reduce, "reduce");
  only_with("round", measure == Measure::reduce, "reduce");
  only_with("every", counts, "count, sum, share, median, series");
  only_with("in", node.find("every") != nullptr, "every");
  only_with("pace", node.find("against") != nullptr, "against");
  only_with("min_base", indicator.is_fraction() || measure == Measure::median, "share, median");
  if (counts && measure != Measure::count && !node.find("of") && !node.cut)
    reading.report(RefusalCode::pack_missing_key, node.place, "of", "");
  if (measure == Measure::reduce && !node.find("less") && !node.cut)
    reading.report(RefusalCode::pack_missing_key, node.place, "less", "");
}

void check_indicator(Reading& reading, const Node& node, Indicator& indicator) {
  indicator.place = node.place;
  reading::one_of_keys(reading, node, {measure_words.begin(), measure_words.end()});
  reading::not_together(reading, node, {"floor", "ceiling", "against"});
  check_together(reading, node, indicator);
  if (!node.find("roll_up")) indicator.roll_up = usual_roll_up(indicator);
}

}  // namespace

Form<NumberUse> number_use_form() {
  return {
      [](Reading& reading, const Node& node, NumberUse& out) {
        if (node.kind == NodeKind::map)
          return parameter_use_form().read(reading, node, out.emplace<ParameterUse>());
        decimal().read(reading, node, out.emplace<Decimal>());
      },
      "number",
      shape::choice({shape::integer(0, number_max), shape::decimal(), parameter_use_form().shape})};
}

Form<Indicator> indicator_form() {
  const auto set = measured_set_form();
  const auto condition = condition_form();
  return exactly_one(
      measure_words,
      named("indicator",
            map_of<Indicator>(
                {
                    required("clause", &Indicator::clauses, one_or_list(token())),
                    label("title", &Indicator::title),
                    label("guide", &Indicator::guide),
                    label("unit", &Indicator::unit),
                    unkept<Indicator>("note", Presence::optional, text()),
                    measure_key(Measure::count, set.expected, set.shape,
                                [set](Reading& reading, const Node& node, Indicator& out) {
                                  set.read(reading, node, out.of);
                                }),
                    measure_of_path(Measure::sum),
                    measure_key(Measure::share, condition.expected, condition.shape,
                                [condition](Reading& reading, const Node& node, Indicator& out) {
                                  condition.read(reading, node, out.share);
                                }),
                    measure_of_path(Measure::median),
                    measure_of_path(Measure::series),
                    measure_of_two(Measure::minus),
                    measure_of_two(Measure::ratio),
                    measure_key(Measure::reduce, "indicator", id().shape,
                                [](Reading& reading, const Node& node, Indicator& out) {
                                  id().read(reading, node, out.from.emplace_back());
                                }),
                    optional("of", &Indicator::of, set),
                    optional("distinct", &Indicator::path, path_form()),
                    optional("at", &Indicator::at, path_form()),
                    optional("who", &Indicator::who, units_form()),
                    optional("every", &Indicator::every, measured_every_form()),
                    flag("in", &Indicator::previous, previous_words),
                    optional("by", &Indicator::by, one_or_list(path_form())),
                    optional("partition", &Indicator::partition, boolean()),
                    optional("against", &Indicator::against, control_form()),
                    optional("pace", &Indicator::pace, word<Pace>(pace_words)),
                    optional("less", &Indicator::less, number_use_form()),
                    optional("round", &Indicator::round, word<RoundTo>(round_to_words)),
                    optional("floor", &Indicator::floor, number_use_form()),
                    optional("ceiling", &Indicator::ceiling, number_use_form()),
                    optional("roll_up", &Indicator::roll_up, word<RollsUp>(rolls_up_words)),
                    flag("empty", &Indicator::empty_not_shown, empty_words),
                    optional("min_base", &Indicator::min_base, number_use_form()),
                    optional("visible", &Indicator::visible, visible_form()),
                },
                check_indicator)));
}

}  // namespace huilu::policy
