#include <gtest/gtest.h>

#include "base/text.h"
#include "matter/cells.h"
#include "matter/ledger_import.h"
#include "matter/ledger_sheet.h"
#include "policy/testing.h"

namespace huilu::matter {
namespace {

std::string told(const Refusals& refusals) {
  std::string out;
  for (const auto& one : refusals) {
    out += (out.empty() ? "" : "; ") + std::string(kind_of(one.code).name) + " " + one.where;
  }
  return out;
}

TEST(Cells, days_are_read_as_they_are_written) {
  const std::pair<std::string_view, std::string_view> read[] = {
      {"2026-03-05", "2026-03-05"},
      {"2026/3/5", "2026-03-05"},
      {"2026.3.5", "2026-03-05"},
      {"20260305", "2026-03-05"},
      {"２０２６年３月５日", "2026-03-05"},
      {"2026年3月5日（周四）", "2026-03-05"},
      {"2026-03-05 星期四", "2026-03-05"},
      {"2026年3月5号前", "2026-03-05"},
      {"2026年2月底前", "2026-02-28"},
      {"2028年2月底前完成", "2028-02-29"},
      {"2026年12月末", "2026-12-31"},
      {"2026年底", "2026-12-31"},
      {"二〇二六年十二月三十一日", "2026-12-31"},
      {"二〇二六年三月十日", "2026-03-10"},
      {"2026年十月二十日之前", "2026-10-20"}};
  for (const auto& [text, day] : read) {
    const auto found = day_from(text);
    EXPECT_EQ(found ? found->text() : "none", day) << text;
  }
  for (const std::string_view text :
       {"", "长期坚持", "3月5日", "2026年3月", "2026-02-30", "2026年13月底", "5/3/2026", "2026-3",
        "2026-3-5-7", "二十二十年一月一日"}) {
    EXPECT_FALSE(day_from(text)) << text;
  }
}

TEST(Cells, several_things_stand_in_one_cell) {
  using Items = std::vector<std::string>;
  EXPECT_EQ(items_of("1. 修补路面\n2、清沟，疏通\n\n", true), (Items{"修补路面", "清沟，疏通"}));
  EXPECT_EQ(items_of("修补1.5公里；清沟", true), (Items{"修补1.5公里", "清沟"}));
  EXPECT_EQ(items_of("1.5公里\n2.5公里", true), (Items{"1.5公里", "2.5公里"}));
  EXPECT_EQ(items_of("住建局、卫健局，财政局", false), (Items{"住建局", "卫健局", "财政局"}));
}

// A type as a pack declares it.
const policy::Pack& ledger_pack() {
  static const policy::Pack pack = policy::testing::load_trial(R"(
matter_types:
  issue:
    title: t
    pin: version_at_open
    fields:
      what: {type: text, required: true, max: 20, title: 具体问题}
      origin: {type: enum, of: [own, above], title: 问题来源}
      measures: {type: list, of: text, title: 整改措施}
      lead: {type: unit, title: 牵头单位}
      who: {type: person, title: 责任人}
      count: {type: int, title: 数量}
      urgent: {type: bool, title: 紧急}
      paper: {type: file, title: 附件}
    roles: {owner: {unit: $it.unit, title: 承办部门}}
    initial: open
    states: {open: t, closed: {title: t, final: soft, outcome: solved}}
    moves: [{id: close, title: t, from: [open], to: closed, by: [owner]}]
)")
                                       .value();
  return pack;
}
const policy::MatterType& issue() { return type_in(ledger_pack(), "trial/issue"); }

org::Sheet sheet_of(const std::string& text) { return org::read_csv(text, "l.csv").value(); }

std::string columns_of(const LedgerHead& head) {
  std::string out;
  for (const auto& one : head.columns) {
    out += (out.empty() ? "" : " ") + (one.target.empty() ? "?" : one.target) + "/" +
           std::string(found_words[static_cast<std::size_t>(one.found)]);
  }
  return out;
}

TEST(LedgerSheet, its_head_is_found_below_its_title_and_columns_by_their_headings) {
  const auto sheet = sheet_of(
      "某区整改台账\n填表单位：住建局,,2026年3月\n"
      "编号,具体问题（原文）,问题来源,承办部门,整改措施及时限,完成时限,备注\n"
      "1,路,own,a,b,2026-06-30,\n");
  const auto head = head_of(sheet, issue(), {});
  EXPECT_EQ(sheet.rows[head.row].number, 3);
  EXPECT_EQ(columns_of(head),
            ":number/known what/known origin/known :unit/known measures/similar :due/known "
            "?/not_found");
  EXPECT_EQ(head.columns[1].samples, std::vector<std::string>{"路"});
}

TEST(LedgerSheet, what_was_said_goes_before_what_is_remembered_and_that_before_what_is_known) {
  const auto sheet = sheet_of("编号,具体问题,说明,来源\n1,a,b,c\n");
  HeadAsked asked;
  asked.said = {{"说明", "what"}};
  asked.remembered = {{"说明", "measures"}, {"来源", "origin"}};
  EXPECT_EQ(columns_of(head_of(sheet, issue(), asked)),
            ":number/known ?/not_found what/said origin/remembered");
}

TEST(LedgerSheet, numbers_of_ours_are_known_whatever_their_column_is_called) {
  EXPECT_EQ(columns_of(head_of(sheet_of("编号,版本,数量\ni12,3,4\ni13,1,5\n"), issue(), {})),
            ":id/known :version/known count/known");
}

TEST(LedgerSheet, lines_of_measures_belong_to_the_problem_above_them) {
  const auto sheet = sheet_of("编号,具体问题,整改措施\n1,路,修\n,,清\n2,桥,查\n");
  const auto table = read_ledger(sheet, head_of(sheet, issue(), {}), issue());
  ASSERT_TRUE(table.ok());
  ASSERT_EQ(table->rows.size(), 2U);
  EXPECT_EQ(*table->rows[0].find("measures"), "修\n清");
  EXPECT_EQ(table->rows[1].line, 4);
}

TEST(LedgerSheet, columns_that_do_not_fit_are_told_all_at_once) {
  const auto sheet = sheet_of("来源,来源二,数量\nown,own,3\n");
  HeadAsked asked;
  asked.said = {{"来源", "origin"}, {"来源二", "origin"}, {"数量", "cuont"}};
  const auto table = read_ledger(sheet, head_of(sheet, issue(), asked), issue());
  ASSERT_FALSE(table.ok());
  EXPECT_EQ(told(table.refusals()),
            "import_column l.csv:1:4; import_column l.csv:1:8; import_column l.csv:1:1");
  const auto empty = sheet_of("编号,具体问题\n");
  EXPECT_EQ(told(read_ledger(empty, head_of(empty, issue(), {}), issue()).refusals()),
            "import_file l.csv");
}

LedgerAsked row_of(const std::string& text, const LedgerNames& names = {}) {
  const auto sheet = sheet_of(text);
  const auto table = read_ledger(sheet, head_of(sheet, issue(), {}), issue());
  EXPECT_TRUE(table.ok()) << told(table.refusals());
  return understood(table->rows.front(), issue(), UnitId{1}, names);
}

TEST(LedgerRows, cells_become_fields) {
  LedgerNames names;
  names.units = {{"镇/住建局", {UnitId{3}}}, {"卫健局", {UnitId{4}}}};
  names.persons[{UnitId{3}, "陈"}] = {PersonId{7}};
  const auto row = row_of(
      "编号,具体问题,问题来源,责任单位,整改措施,牵头单位,责任人,数量,紧急,完成时限\n"
      "甲-1,路,ABOVE,镇/住建局,1.修；2.清,卫健局,陈,１２,是,2026年6月底前\n",
      names);
  EXPECT_EQ(told(row.faults), "");
  EXPECT_EQ(row.number, "甲-1");
  EXPECT_EQ(row.unit, UnitId{3});
  EXPECT_EQ(row.change.due, Date::of(2026, 6, 30));
  EXPECT_EQ(row.change.fields, Value::object({{"what", "路"},
                                              {"origin", "above"},
                                              {"measures", Value::List{"修", "清"}},
                                              {"lead", "u4"},
                                              {"who", "p7"},
                                              {"count", 12},
                                              {"urgent", true}}));
}

TEST(LedgerRows, every_fault_of_a_row_is_told_with_its_cell) {
  LedgerNames names;
  names.units = {{"住建局", {UnitId{3}, UnitId{4}}}};
  names.persons[{UnitId{5}, "陈"}] = {PersonId{7}, PersonId{8}};
  const auto row = row_of(
      "编号,具体问题,问题来源,责任单位,牵头单位,责任人,数量,紧急,完成时限\n"
      ",路,别处,住建局,无此局,陈,许多,也许,长期\n",
      names);
  EXPECT_EQ(told(row.faults),
            "field_required l.csv:2:1; name_ambiguous l.csv:2:7; unknown_word l.csv:2:4; "
            "unknown_unit l.csv:2:11; field_type l.csv:2:17; field_type l.csv:2:20; "
            "unknown_person l.csv:2:15; field_type l.csv:2:23");
  // What a person is called stands in no answer.
  for (const auto& one : row.faults) EXPECT_NE(one.got, "陈");
}

TEST(LedgerRows, a_name_that_two_bear_at_one_unit_is_nobodys) {
  LedgerNames names;
  names.persons[{UnitId{1}, "陈"}] = {PersonId{7}, PersonId{8}};
  const auto row = row_of("编号,具体问题,责任人\n1,路,陈\n", names);
  EXPECT_EQ(told(row.faults), "name_ambiguous l.csv:2:5");
}

TEST(LedgerRows, only_what_becomes_different_is_a_change) {
  Matter matter;
  matter.fields = Value::object({{"what", "路"}, {"count", 3}});
  matter.due = Date::of(2026, 6, 30);
  obligation::Change asked;
  asked.fields = Value::object({{"what", "路"}, {"count", 4}});
  asked.due = matter.due;
  const auto change = differing(matter, asked);
  EXPECT_EQ(change.fields, Value::object({{"count", 4}}));
  EXPECT_FALSE(change.due);
}

}  // namespace
}  // namespace huilu::matter
