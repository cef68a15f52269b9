#include "policy/test.h"

#include "policy/declarations.h"

namespace huilu::policy {

namespace {

constexpr std::int64_t count_max = 1'000'000;

// A number, a decimal ("0.80") or a parameter. What fits the test is checked with its kind.
Form<Threshold> threshold_form() {
  return {
      [](Reading& reading, const Node& node, Threshold& out) {
        const std::size_t before = reading.findings().size();
        if (node.kind == NodeKind::map && node.find("indicator"))
          return reading::later_key(reading, node.members.front());
        if (node.kind == NodeKind::map)
          parameter_use_form().read(reading, node, out.what.emplace<ParameterUse>());
        else if (node.text.find('.') != std::string::npos)
          decimal().read(reading, node, out.what.emplace<Decimal>());
        else
          integer(0, count_max).read(reading, node, out.what.emplace<std::int64_t>());
        if (reading.findings().size() == before) out.place = node.place;
      },
      "number",
      shape::choice({shape::integer(0, count_max), shape::decimal(), parameter_use_form().shape})};
}

// One record type or several: a record that is of more than one of them is still one. Matters
// likewise.
Key<Set> named_source(SetSource source, const std::string& expected) {
  const Form<std::string> name = {[expected](Reading& reading, const Node& node, std::string& out) {
                                    if (!is_plain_text(node))
                                      return reading.report_type(node, expected);
                                    out = node.text;
                                  },
                                  expected, shape::text()};
  return {set_source_words[static_cast<std::size_t>(source)], Presence::optional, expected,
          [names = one_or_list(name), source](Reading& reading, const Node&, const Node* value,
                                              Set& out) {
            if (!value) return;
            out.source = source;
            out.place = value->place;
            names.read(reading, *value, out.names);
          },
          one_or_list(name).shape};
}

// The items of a list, which a path leads to.
Key<Set> items_source() {
  const auto form = path_form();
  return {"items", Presence::optional, form.expected,
          [form](Reading& reading, const Node&, const Node* value, Set& out) {
            if (!value) return;
            out.source = SetSource::items;
            out.place = value->place;
            form.read(reading, *value, out.items.emplace());
          },
          form.shape};
}

// The units that fit a condition.
Key<Set> units_source() {
  const auto form = condition_form();
  return {"units", Presence::optional, form.expected,
          [form](Reading& reading, const Node&, const Node* value, Set& out) {
            if (!value) return;
            out.source = SetSource::units;
            out.place = value->place;
            form.read(reading, *value, out.where);
          },
          form.shape};
}

// Of an indicator.
void check_measured_set(Reading& reading, const Node& node, Set&) {
  reading::one_of_keys(reading, node, {"record", "matter", "cases", "units"});
  for (const std::string_view key : {"where", "counts_if", "active"})
    if (node.find("units") && node.find(key))
      reading.report(RefusalCode::pack_shape, node.below(key).place, "record, matter, cases",
                     std::string(key));
  if (node.find("active") && !node.find("record"))
    reading.report(RefusalCode::pack_shape, node.below("active").place, "record", "active");
}

void check_set(Reading& reading, const Node& node, Set& set) {
  const std::vector<std::string_view> all(set_source_words.begin(), set_source_words.end());
  const bool has_source = std::any_of(all.begin(), all.end(), [&](std::string_view source) {
    return node.find(source) != nullptr;
  });
  if (!has_source && !node.cut)
    reading.report(RefusalCode::pack_missing_key, node.place, "record, matter, items", "");
  reading::not_together(reading, node, {"record", "matter", "items"});
  const Node* const where = node.find("where");
  if (set.source != SetSource::items && where && where->kind != NodeKind::map) {
    reading.report_type(*where, "map");
    set.where = {};
  }
  if (set.source != SetSource::items) return;
  for (const std::string_view key : {"during", "active"})
    if (node.find(key))
      reading.report(RefusalCode::pack_shape, node.below(key).place, "record", std::string(key));
}

// A key of a test that says of which kind it is.
template <class T>
Key<Test> kind_key(TestKind kind, T Test::*member, Form<T> form) {
  const std::string expected = form.expected;
  ShapePointer shape = form.shape;
  return {test_kind_words[static_cast<std::size_t>(kind)], Presence::optional, expected,
          [kind, member, form = std::move(form)](Reading& reading, const Node&, const Node* value,
                                                 Test& out) {
            if (!value) return;
            out.kind = kind;
            form.read(reading, *value, out.*member);
          },
          std::move(shape)};
}

ShapePointer test_shape() { return test_form().shape; }

void check_test(Reading& reading, const Node& node, Test& test) {
  test.place = node.place;
  reading::one_of_keys(reading, node, {test_kind_words.begin(), test_kind_words.end()});
  reading::not_together(reading, node, {"sum", "distinct", "share"});
  const auto stands = [&](TestKind kind) {
    return node.find(test_kind_words[static_cast<std::size_t>(kind)]) != nullptr;
  };
  const bool counts =
      stands(TestKind::at_least) || stands(TestKind::at_most) || stands(TestKind::exactly);
  if (counts && !node.find("of") && !node.cut)
    reading.report(RefusalCode::pack_missing_key, node.place, "of", "");
  if (!stands(TestKind::holds) && !stands(TestKind::all_of) && !stands(TestKind::any_of)) return;
  if (counts) return;
  for (const Member& member : node.members)
    if (member.key == "of" || member.key == "sum" || member.key == "distinct" ||
        member.key == "share")
      reading.report(RefusalCode::pack_shape, member.place, "at_least, at_most, exactly",
                     member.key);
}

}  // namespace

Form<During> during_form() {
  return named("during", map_of<During>({
                             required("from", &During::from, anchor_form()),
                             required("until", &During::until, anchor_form()),
                         }));
}

Form<Set> set_form() {
  return named("set", map_of<Set>(
                          {
                              named_source(SetSource::record, "name of a record type"),
                              named_source(SetSource::matter, "name of a matter type"),
                              items_source(),
                              optional("where", &Set::where, condition_or_value_form()),
                              optional("counts_if", &Set::counts_if, list_of(quality_form())),
                              optional("during", &Set::during, during_form()),
                              optional("active", &Set::active, anchor_form()),
                              later<Set>("units"),
                              later<Set>("posts"),
                              later<Set>("members"),
                              later<Set>("cases"),
                              later<Set>("ballots"),
                              later<Set>("values"),
                              later<Set>("pairs"),
                          },
                          check_set));
}

Form<Set> measured_set_form() {
  return named("measured_set",
               map_of<Set>(
                   {
                       named_source(SetSource::record, "name of a record type"),
                       named_source(SetSource::matter, "name of a matter type"),
                       named_source(SetSource::cases, "name of an obligation"),
                       units_source(),
                       optional("where", &Set::where, condition_form()),
                       optional("counts_if", &Set::counts_if, list_of(quality_form())),
                       optional("active", &Set::active, anchor_form()),
                       later<Set>("during"),
                       later<Set>("posts"),
                       later<Set>("members"),
                       later<Set>("ballots"),
                       later<Set>("items"),
                       later<Set>("values"),
                       later<Set>("pairs"),
                   },
                   check_measured_set));
}

Form<Test> test_form() {
  const auto tests = some_of(recursive(test_form, "test", shape::again("test", test_shape)));
  return exactly_one(
      test_kind_words,
      named("test", map_of<Test>(
                        {
                            kind_key(TestKind::at_least, &Test::threshold, threshold_form()),
                            kind_key(TestKind::at_most, &Test::threshold, threshold_form()),
                            kind_key(TestKind::exactly, &Test::threshold, threshold_form()),
                            kind_key(TestKind::holds, &Test::holds, condition_form()),
                            kind_key(TestKind::all_of, &Test::parts, tests),
                            kind_key(TestKind::any_of, &Test::parts, tests),
                            optional("of", &Test::of, set_form()),
                            optional("sum", &Test::sum, path_form()),
                            optional("distinct", &Test::distinct, path_form()),
                            optional("share", &Test::share, condition_form()),
                            optional("id", &Test::id, id()),
                            label("say", &Test::say),
                        },
                        check_test)));
}

}  // namespace huilu::policy
