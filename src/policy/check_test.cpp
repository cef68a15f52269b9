#include "policy/check.h"

#include <gtest/gtest.h>

#include "policy/duty_testing.h"

namespace huilu::policy {
namespace {

using testing::Judged;

// A check with other lines in place of its own; `before` stands on line 10.
struct Written {
  std::string before = "{save: point}";
  std::string when = "{}";
  std::string needs =
      "{at_most: 1, of: {record: point, where: {host: $it.host}, active: $it.from}}";
  std::string otherwise = "reason";
  std::string more = "clause: S0-1";
};

std::string findings_of_check(const Written& written) {
  std::string text = "checks:\n  once:\n    before: " + written.before +
                     "\n    when: " + written.when + "\n    needs: " + written.needs +
                     "\n    otherwise: " + written.otherwise + "\n    title: t\n    " +
                     written.more + "\n" + std::string(testing::surroundings);
  text.insert(text.find("campaign:"),
              "  plan: {title: a, plannable: true, fields: {host: {title: a, type: unit}}}\n");
  text.insert(text.find("record_types:"),
              "  limit:\n    {title: a, type: int, clause: S0-1, bind: case,\n"
              "     values: [{from: 2019-01-01, value: 2, basis: assumed}]}\n");
  return testing::findings_of(text);
}

TEST(Check, what_it_stands_before) {
  const std::vector<Judged> table = {
      {"{save: point}", ""},
      {"{end: point}", ""},
      {"{change: point}", ""},
      {"{plan: point}", "pack.yaml:10:20: pack_shape: expected plannable: true, got point"},
      {"{save: pont}", "pack.yaml:10:20: pack_reference: expected trial/point, got pont"},
      {"{safe: point}", "pack.yaml:10:14: pack_unknown_key: expected save, got safe"},
      {"{}", "pack.yaml:10:13: pack_missing_key: expected save, plan, end, change"},
      {"{save: point, end: point}",
       "pack.yaml:10:27: pack_shape: expected one of save, plan, end, change, got save, end"},
      {"{close: campaign}", "pack.yaml:10:14: pack_later: got close"},
  };
  for (const auto& [written, findings] : table) {
    Written one;
    one.before = written;
    EXPECT_EQ(findings_of_check(one), findings) << written;
  }
  Written ended;
  ended.before = "{end: plan}";
  ended.needs = "{holds: {host: {present: true}}}";
  EXPECT_EQ(findings_of_check(ended),
            "pack.yaml:10:19: pack_shape: expected lasts: true, got plan");
}

TEST(Check, what_follows) {
  const std::vector<Judged> table = {
      {"refuse", ""},
      {"warn", ""},
      {"refuze", "pack.yaml:13:16: pack_unknown_word: expected refuse, got refuze"},
      {"{approval: burden_office}", "pack.yaml:13:17: pack_later: got approval"},
      {"{propose: step}", "pack.yaml:13:17: pack_later: got propose"},
  };
  for (const auto& [written, findings] : table) {
    Written one;
    one.otherwise = written;
    EXPECT_EQ(findings_of_check(one), findings) << written;
  }
}

TEST(Check, what_it_needs) {
  const std::vector<Judged> table = {
      {"{holds: {until: {ge: {after: $it.from, by: {years: 1}}}}}", ""},
      {"{at_most: {param: limit}, of: {record: act, where: {lecturer: $it.holder}}}", ""},
      {"{at_most: 1, of: {record: act, where: {point: $it}}}", ""},
      {"{at_most: 1, of: {record: act, where: {unit: $it.unit}, during: {from: {before: case, by: "
       "{days: 3}}, until: today}}}",
       ""},
      {"{at_most: {param: times}, of: {record: act, where: {lecturer: $it.holder}}}",
       "pack.yaml:12:22: pack_shape: expected bind: case, got bind: period_start"},
      {"{at_most: 1, of: {record: point, where: {host: $it.host}}}",
       "pack.yaml:12:38: pack_missing_key: expected active: $it.from"},
      {"{at_most: 1, of: {record: point, active: $it.from}}",
       "pack.yaml:12:38: pack_missing_key: expected where: {host: $it.host}"},
      {"{at_most: 1, of: {record: act, where: {done: $it.from}}}",
       "pack.yaml:12:57: pack_type: expected unit, person, ref, got date"},
      {"{at_most: 1, of: {record: point, where: {host: $it.hots}, active: $it.from}}",
       "pack.yaml:12:59: pack_reference: expected host, got $it.hots"},
      {"{at_most: 1, of: {record: point, where: {host: $bearer}, active: $it.from}}",
       "pack.yaml:12:38: pack_missing_key: expected where: {host: $it.host}\n"
       "pack.yaml:12:59: pack_reference: got $bearer"},
      {"{at_most: 1, of: {record: act, where: {point: $it}, during: {from: period_start, until: "
       "today}}}",
       "pack.yaml:12:79: pack_shape: expected case, today, YYYY-MM-DD, got period_start"},
  };
  for (const auto& [written, findings] : table) {
    Written one;
    one.needs = written;
    EXPECT_EQ(findings_of_check(one), findings) << written;
  }
}

TEST(Check, words_conditions_and_clauses) {
  Written one;
  one.when = "{holdr: {present: true}}";
  one.more = "clause: S0-9\n    say: \"{others} {due}\"";
  EXPECT_EQ(findings_of_check(one),
            "pack.yaml:11:12: pack_reference: expected holder, got holdr\n"
            "pack.yaml:15:13: pack_reference: expected S0-1, got S0-9\n"
            "pack.yaml:16:10: pack_unknown_word: expected need, have, missing, others, got due");
  one = {};
  one.more = "clause: S0-2";
  EXPECT_EQ(findings_of_check(one),
            "pack.yaml:15:13: pack_no_value: expected params: {clause: S0-2}, got S0-2");
}

TEST(Check, its_words_are_filled) {
  Check check;
  check.title.texts = {"题", "題", "title"};
  EXPECT_EQ(said(check, {}, Language::en), "title");
  check.say = Label{{"有{others},共 {have}/{need}，缺{missing}{", "", "{others}; {other}"}};
  const CheckWords words = {"2", "3", "0", {"甲", "乙"}};
  EXPECT_EQ(said(check, words, Language::zh_cn), "有甲、乙,共 3/2，缺0{");
  EXPECT_EQ(said(check, words, Language::en), "甲, 乙; {other}");
}

}  // namespace
}  // namespace huilu::policy
