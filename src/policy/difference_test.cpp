// What two versions of a pack declare differently, duty by duty: never too little.
#include "policy/difference.h"

#include <gtest/gtest.h>

#include "policy/testing.h"

namespace huilu::policy::testing {

namespace {

constexpr std::string_view declarations =
    "documents: {S9: {name: 试}}\nclauses: [{id: S9-1, doc: S9}]\n"
    "params:\n"
    "  talks: {type: int, title: t, clause: S9-1, bind: period_start, "
    "values: [{from: 2019-01-01, value: 1, basis: decision, ref: r}]}\n"
    "record_types:\n"
    "  talk:\n    fields:\n      hours: {type: int, min: 0, max: 100}\n"
    "obligations:\n"
    "  by_parameter:\n    clause: S9-1\n    who: {unit: {type: branch}}\n    every: month\n"
    "    needs: {at_least: {param: talks}, of: {record: core/visit, where: {unit: $bearer}}}\n"
    "    missing: counts_as_zero\n"
    "  by_type:\n    clause: S9-1\n    who: {unit: {type: branch}}\n    every: year\n"
    "    needs: {at_least: 1, of: {record: talk, where: {unit: $bearer}}}\n"
    "    missing: counts_as_zero\n"
    "  shares_one:\n    clause: S9-1\n    who: {unit: {type: branch}}\n    every: year\n"
    "    needs: {at_least: 1, of: {record: core/visit, where: {unit: $bearer}}}\n"
    "    missing: counts_as_zero\n    sharing: {exclusive: group}\n"
    "  shares_other:\n    clause: S9-1\n    who: {unit: {type: branch}}\n    every: year\n"
    "    needs: {at_least: 1, of: {record: core/visit, where: {unit: $bearer}}}\n"
    "    missing: counts_as_zero\n    sharing: {exclusive: group}\n";

Pack loaded(const std::string& text) {
  auto pack = load_trial(text);
  EXPECT_TRUE(pack.ok()) << lines(pack.refusals());
  return pack ? std::move(*pack) : Pack();
}

// "needs due", of a duty after one text is put for another.
std::string differing(std::string_view duty, std::string_view from, std::string_view to) {
  std::string text(declarations);
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  const Pack before = loaded(text);
  const Pack after = loaded(text.replace(at, from.size(), to));
  std::string out;
  for (const auto& key : PackDifference(before, after).of(duty)) out += key + " ";
  return out;
}

TEST(Difference, a_key_of_the_duty_is_named_and_other_duties_judge_alike) {
  EXPECT_EQ(differing("by_parameter", "every: month", "every: quarter"), "every ");
  EXPECT_EQ(differing("by_type", "every: month", "every: quarter"), "");
}

TEST(Difference, a_parameter_and_a_record_type_reach_the_duties_that_use_them) {
  EXPECT_EQ(differing("by_parameter", "value: 1,", "value: 2,"), "params.talks ");
  EXPECT_EQ(differing("by_type", "value: 1,", "value: 2,"), "");
  EXPECT_EQ(differing("by_type", "max: 100", "max: 10"), "record_types ");
  EXPECT_EQ(differing("by_parameter", "max: 100", "max: 10"), "");
}

TEST(Difference, what_another_of_its_group_takes_it_does_not_get) {
  constexpr std::string_view other =
      "  shares_other:\n    clause: S9-1\n    who: {unit: {type: branch}}";
  constexpr std::string_view narrower =
      "  shares_other:\n    clause: S9-1\n    who: {unit: {type: branch, level: unbound}}";
  EXPECT_EQ(differing("shares_other", other, narrower), "who ");
  EXPECT_EQ(differing("shares_one", other, narrower), "sharing ");
}

TEST(Difference, titles_and_the_order_of_keys_do_not_matter) {
  EXPECT_EQ(differing("by_parameter", "type: int, title: t", "title: u, type: int"), "");
  EXPECT_EQ(differing("by_parameter", "missing: counts_as_zero\n", "missing: unknown\n"),
            "missing ");
}

TEST(Difference, a_duty_may_be_new_or_removed) {
  const Pack with = loaded(std::string(declarations));
  std::string text(declarations);
  const auto from = text.find("  by_type:\n"), until = text.find("  shares_one:\n");
  const Pack without = loaded(text.erase(from, until - from));
  EXPECT_EQ(PackDifference(with, without).of("by_type"), std::vector<std::string>{"removed"});
  EXPECT_EQ(PackDifference(without, with).of("by_type"), std::vector<std::string>{"new"});
  EXPECT_TRUE(PackDifference(with, with).of("by_type").empty());
}

}  // namespace

}  // namespace huilu::policy::testing
