#include "policy/draw.h"

#include <gtest/gtest.h>

#include "policy/sentence.h"
#include "policy/testing.h"

namespace huilu::policy {
namespace {

constexpr std::string_view head =
    "documents: {S0: {name: document}}\nclauses: [{id: S0-1, doc: S0}]\n"
    "params:\n  many:\n    type: int\n    title: 数\n    clause: S0-1\n    bind: period_start\n"
    "    values: [{from: 2019-01-01, value: 3, basis: decision}]\n"
    "  part:\n    type: decimal\n    title: 比例\n    clause: S0-1\n    bind: period_start\n"
    "    values: [{from: 2019-01-01, value: 0.2, basis: decision}]\n"
    "record_types:\n  sheet:\n    title: 表\n    fields:\n"
    "      pages: {type: int, title: 页数}\n"
    "indicators:\n"
    "  sheets: {clause: S0-1, title: 表数, count: {record: sheet}}\n"
    "  pages: {clause: S0-1, title: 页数, sum: pages, of: {record: sheet}}\n"
    "  share: {clause: S0-1, title: 占比, share: {pages: 1}, of: {record: sheet}}\n"
    "  branches: {clause: S0-1, title: 支部数, count: {units: {type: branch}}}\n"
    "matter_types:\n  item:\n    title: 事项\n    pin: version_at_open\n    fields:\n"
    "      what: {type: text, required: true, title: 内容}\n"
    "      part: {type: enum, of: [a, b, c], title: 部分}\n"
    "    roles: {owner: {unit: $it.unit, title: 责任单位}}\n    initial: open\n"
    "    states: {open: 开, shut: {title: 关, final: soft, outcome: solved}}\n"
    "    moves: [{id: shut, title: 关, from: [open], to: shut, by: [owner]}]\n";

// Without places: "pack_shape: expected count, sum, got share".
std::string codes_of(std::string_view key, const std::string& written) {
  const auto loaded =
      testing::load_trial(std::string(head) + std::string(key) +
                          ":\n  one:\n    clause: S0-1\n    title: 一\n    " + written + "\n");
  if (loaded) return "";
  std::string all;
  for (const Refusal& one : loaded.refusals()) {
    std::string text = line(one);
    text = text.substr(text.find(": ") + 2);
    all += (all.empty() ? "" : "; ") + text;
  }
  return all;
}

std::string draw_codes(const std::string& written) {
  return codes_of("draws", "of: {units: {type: branch}}\n    " + written);
}

TEST(Draw, says_how_many_or_which_part) {
  EXPECT_EQ(draw_codes("size: 3"), "");
  EXPECT_EQ(draw_codes("size: {param: many}"), "");
  EXPECT_EQ(draw_codes("share: 0.1"), "");
  EXPECT_EQ(draw_codes("share: {param: part}"), "");
  EXPECT_NE(draw_codes("redraw: reason").find("pack_missing_key"), std::string::npos);
  EXPECT_EQ(draw_codes("size: 0"), "pack_range: expected 1 to 5000, got 0");
  EXPECT_EQ(draw_codes("size: 2.5"), "pack_type: expected int, got 2.5");
  EXPECT_EQ(draw_codes("size: {param: part}"),
            "pack_range: expected 1 to 5000, got part; pack_type: expected int, got part");
  EXPECT_NE(draw_codes("share: 1.5").find("pack_range"), std::string::npos);
}

TEST(Draw, weighs_by_what_is_counted) {
  EXPECT_EQ(draw_codes("size: 3\n    weight: sheets"), "");
  EXPECT_EQ(draw_codes("size: 3\n    weight: pages"), "");
  EXPECT_EQ(draw_codes("size: 3\n    weight: share"), "pack_shape: expected count, sum, got share");
  EXPECT_EQ(draw_codes("size: 3\n    weight: branches"),
            "pack_shape: expected record, matter, got branches");
  EXPECT_NE(draw_codes("size: 3\n    weight: sheet").find("pack_reference: expected sheets"),
            std::string::npos);
}

TEST(Draw, takes_from_units_and_from_nothing_else) {
  EXPECT_NE(codes_of("draws", "of: {record: sheet}\n    size: 1").find("pack_later: got record"),
            std::string::npos);
  EXPECT_NE(codes_of("draws", "of: {units: {type: brench}}\n    size: 1").find("branch"),
            std::string::npos);
  EXPECT_NE(draw_codes("size: 1\n    strata: unit.tags").find("pack_unknown_word"),
            std::string::npos);
}

TEST(Draw, is_read_aloud) {
  const auto loaded = testing::load_trial(
      std::string(head) +
      "draws:\n  one:\n    clause: S0-1\n    title: 一\n    of: {units: {type: branch}}\n"
      "    size: 3\n    weight: sheets\n    strata: unit.parent\n    redraw: reason\n");
  ASSERT_TRUE(loaded.ok()) << testing::lines(loaded.refusals());
  EXPECT_EQ(
      sentence(loaded->draws.front(), *loaded, {core_pack()}, Language::zh_cn),
      "S0-1 一：从单位（类型为党支部）中随机抽取 3 个；“表数”每多一件，机会多一份；按上级单位分层，"
      "各层按单位数分配；写明理由可以重新抽取，原来的保留。");
}

std::string view_codes(const std::string& written) {
  return codes_of("views", "kind: ledger\n    of: {matter: item}\n    " + written);
}

constexpr const char* both_parts =
    "parts: [{id: first, title: 甲, of: a}, {id: second, title: 乙, of: [b, c]}]";

TEST(View, has_each_word_in_exactly_one_part) {
  const auto by_part = [](const std::string& parts) {
    return view_codes("partition: {by: part, " + parts + "}\n    columns: [what, due]");
  };
  EXPECT_EQ(by_part(both_parts), "");
  EXPECT_EQ(by_part("parts: [{id: first, title: 甲, of: [a, b]}]"),
            "pack_missing_key: expected a part of c");
  EXPECT_EQ(
      by_part("parts: [{id: first, title: 甲, of: [a, b]}, {id: second, title: 乙, of: [b, c]}]"),
      "pack_duplicate_key: got b");
  EXPECT_NE(by_part("parts: [{id: first, title: 甲, of: [a, b, c, d]}]").find("pack_unknown_word"),
            std::string::npos);
  EXPECT_EQ(by_part("parts: [{id: first, title: 甲, of: a}, {id: first, title: 乙, of: [b, c]}]"),
            "pack_duplicate_key: got first");
}

TEST(View, shows_what_there_is) {
  const std::string parts = std::string("partition: {by: part, ") + both_parts + "}\n    ";
  EXPECT_EQ(view_codes(parts + "columns: [what, unit, due, state, opened]"), "");
  EXPECT_NE(view_codes(parts + "columns: [whut]").find("pack_reference"), std::string::npos);
  EXPECT_EQ(view_codes(parts + "columns: [what, what]"), "pack_duplicate_key: got what");
  EXPECT_NE(view_codes("partition: {by: what, parts: [{id: first, title: 甲, of: a}]}\n"
                       "    columns: [what]")
                .find("expected enum, got what"),
            std::string::npos);
}

TEST(View, is_refused_where_it_is_not_built) {
  const std::string parts = std::string("\n    of: {matter: item}\n    partition: {by: part, ") +
                            both_parts + "}\n    columns: [what]";
  for (const char* kind : {"matrix", "table", "bars", "figures", "return"})
    EXPECT_EQ(codes_of("views", std::string("kind: ") + kind + parts),
              std::string("pack_later: got ") + kind);
  EXPECT_NE(codes_of("views", "kind: ledger" + parts + "\n    rows: [a]").find("pack_later"),
            std::string::npos);
}

}  // namespace
}  // namespace huilu::policy
