#include "policy/indicator.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "policy/sentence.h"
#include "policy/testing.h"

namespace huilu::policy {
namespace {

constexpr std::string_view head =
    "documents: {S0: {name: document}}\nclauses: [{id: S0-1, doc: S0}]\n"
    "record_types:\n  sheet:\n    title: 表\n    fields:\n"
    "      pages: {type: int, title: 页数}\n      name: {type: text, title: 名称}\n"
    "      kind: {type: enum, of: [a, b], title: 种类}\n      host: {type: unit, title: 单位}\n"
    "      author: {type: person, title: 编者}\n"
    "indicators:\n  one:\n    clause: S0-1\n    title: 指标\n    ";

// Without places: "pack_type: expected int, decimal, got text".
std::string codes_of(const std::string& written) {
  const auto loaded = testing::load_trial(std::string(head) + written + "\n");
  if (loaded) return "";
  std::string all;
  for (const Refusal& one : loaded.refusals()) {
    std::string text = line(one);
    text = text.substr(text.find(": ") + 2);
    all += (all.empty() ? "" : "; ") + text;
  }
  return all;
}

TEST(Indicator, says_one_measure) {
  EXPECT_EQ(codes_of("count: {record: sheet}"), "");
  EXPECT_EQ(codes_of("sum: pages\n    of: {record: sheet}"), "");
  EXPECT_EQ(codes_of("share: {kind: a}\n    of: {record: sheet}"), "");
  EXPECT_NE(codes_of("title: x").find("pack_missing_key"), std::string::npos);
  EXPECT_NE(codes_of("sum: pages").find("pack_missing_key: expected of"), std::string::npos);
  EXPECT_NE(codes_of("count: {record: shoot}").find("pack_reference"), std::string::npos);
}

TEST(Indicator, paths_lead_to_what_is_measured) {
  EXPECT_EQ(codes_of("sum: name\n    of: {record: sheet}"),
            "pack_type: expected int, decimal, got text");
  EXPECT_EQ(codes_of("count: {record: sheet}\n    at: name"), "pack_type: expected unit, got text");
  EXPECT_EQ(codes_of("count: {record: sheet}\n    at: host"), "");
  EXPECT_EQ(codes_of("count: {record: sheet}\n    by: kind\n    partition: true"), "");
}

TEST(Indicator, never_tells_persons_apart) {
  EXPECT_EQ(codes_of("count: {record: sheet}\n    by: author"),
            "pack_type: expected enum, set, bool, period, got person");
}

TEST(Indicator, rolls_up_only_what_can_be) {
  EXPECT_NE(
      codes_of("share: {kind: a}\n    of: {record: sheet}\n    roll_up: sum").find("pack_shape"),
      std::string::npos);
  EXPECT_EQ(codes_of("count: {record: sheet}\n    roll_up: worst"),
            "pack_shape: expected floor, ceiling, against, got worst");
  EXPECT_EQ(codes_of("count: {record: sheet}\n    ceiling: 3\n    roll_up: worst"), "");
}

TEST(Indicator, does_not_rest_on_itself) {
  EXPECT_NE(codes_of("minus: [one, one]").find("no circle of indicators"), std::string::npos);
  EXPECT_NE(codes_of("minus: [one, none]").find("pack_reference"), std::string::npos);
}

TEST(Indicator, all_faults_at_once) {
  const std::string found =
      codes_of("sum: name\n    of: {record: sheet}\n    at: name\n    by: author\n    floor: -1");
  EXPECT_GE(std::count(found.begin(), found.end(), ';'), 3);
}

TEST(Indicator, is_read_aloud) {
  const auto loaded = testing::load_trial(
      std::string(head) + "share: {kind: a}\n    of: {record: sheet}\n    every: year\n");
  ASSERT_TRUE(loaded.ok()) << testing::lines(loaded.refusals());
  EXPECT_EQ(
      sentence(loaded->indicators.front(), *loaded, {core_pack()}, Language::en),
      "S0-1 indicators.one.title: the share of “record_types.sheet.title” of which "
      "record_types.sheet.fields.kind.title is record_types.sheet.fields.kind.of.a; a figure every "
      "year; added up below, then divided.");
}

}  // namespace
}  // namespace huilu::policy
