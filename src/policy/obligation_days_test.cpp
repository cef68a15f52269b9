#include <gtest/gtest.h>

#include "policy/duty_testing.h"

namespace huilu::policy {
namespace {

TEST(EveryCheck, periods_of_other_kinds) {
  const std::string count = "{at_least: 1, of: {record: act, where: {unit: $bearer}}}";
  const auto found = [&](std::string_view every, std::string_view needs = "",
                         std::string_view due = "") {
    return testing::findings_of_duties(
        "  duty:\n    every: " + std::string(every) + "\n    who: {unit: {type: branch}}\n" +
        "    needs: " + (needs.empty() ? count : std::string(needs)) + "\n" +
        (due.empty() ? "" : "    due: " + std::string(due) + "\n") +
        "    clause: S0-1\n    title: t\n    missing: counts_as_zero\n");
  };
  EXPECT_EQ(found("{years: 5, from: 2021}"), "");
  EXPECT_EQ(found("{years: 5}"), "pack.yaml:10:12: pack_missing_key: expected from");
  EXPECT_EQ(found("{years: 1, from: 2021}"),
            "pack.yaml:10:20: pack_range: expected integer 2 to 50, got 1");
  EXPECT_EQ(found("{year: 5}"), "pack.yaml:10:13: pack_unknown_key: expected years, got year");
  EXPECT_EQ(found("{years: 5, from: 2021, rolling: {days: 3}}"),
            "pack.yaml:10:35: pack_shape: expected one of phase, anniversary, years, cumulative, "
            "window, rolling, after_last, got years, rolling");
  EXPECT_EQ(found("{window: {from: {month_day: \"03-01\"}, until: {month_day: \"05-31\"}}}"), "");
  EXPECT_EQ(found("{window: {from: case, until: period_end}}"),
            "pack.yaml:10:28: pack_shape: expected period_start, period_end, YYYY-MM-DD, got case");
  EXPECT_EQ(found("{rolling: {months: 6}}"), "");
  EXPECT_EQ(found("{rolling: {hours: 6}}"),
            "pack.yaml:10:22: pack_range: expected days, workdays, months, years, got hours");
  EXPECT_EQ(found("{rolling: {months: 6}}", "", "{warn: {days: 3}}"),
            "pack.yaml:13:10: pack_shape: expected a period, got due");
  EXPECT_EQ(found("{after_last: {months: 6}}", "", "{warn: {days: 3}}"), "");
  EXPECT_EQ(found("{after_last: {months: 6}}", "", "{act: period_end}"),
            "pack.yaml:13:16: pack_shape: expected a period, got act");
  EXPECT_EQ(
      found("{after_last: {months: 6}}", "{at_least: 2, of: {record: act}}"),
      "pack.yaml:12:12: pack_shape: expected at_least: 1, of: {record: type}, got after_last");
  EXPECT_EQ(found("{cumulative: year}", "{at_most: 2, of: {record: act}}"), "");
  EXPECT_EQ(found("{cumulative: year}"),
            "pack.yaml:12:12: pack_shape: expected at_most, got at_least");
  EXPECT_EQ(found("{cumulative: month}"),
            "pack.yaml:10:25: pack_unknown_word: expected year, got month\n"
            "pack.yaml:12:12: pack_shape: expected at_most, got at_least");
  EXPECT_EQ(found("{anniversary: $it.from, leap: feb28}"),
            "pack.yaml:10:12: pack_missing_key: expected for_each");
}

TEST(EveryCheck, a_group_has_several_duties_that_count_records) {
  const auto duty = [](const std::string& name, const std::string& more) {
    return "  " + name +
           ":\n    who: {unit: {type: branch}}\n    every: year\n    clause: S0-1\n"
           "    title: t\n    missing: counts_as_zero\n" +
           more;
  };
  const std::string needs = "    needs: {at_least: 1, of: {record: act, where: {unit: $bearer}}}\n";
  const std::string shared = "    sharing: {exclusive: acts}\n";
  EXPECT_EQ(testing::findings_of_duties(duty("a", needs + shared) + duty("b", needs + shared)), "");
  EXPECT_EQ(testing::findings_of_duties(duty("a", needs + shared)),
            "pack.yaml:16:26: pack_reference: expected another duty of the same bearers with "
            "exclusive: acts, got acts");
  const std::string limit = "    needs: {at_most: 1, of: {record: act, where: {unit: $bearer}}}\n";
  EXPECT_EQ(testing::findings_of_duties(duty("a", limit + shared) + duty("b", needs + shared)),
            "pack.yaml:16:26: pack_shape: expected at_least: number, of: {record: type}, got "
            "exclusive");
  const std::string unless = "    sharing: {exclusive: acts, unless: {param: times}}\n";
  EXPECT_EQ(testing::findings_of_duties(duty("a", needs + unless) + duty("b", needs + shared)),
            "pack.yaml:16:40: pack_type: expected bool, got int");
}

using testing::Duty;
using testing::findings_of_duties;
using testing::findings_of_duty;
using testing::Judged;

TEST(ObligationCheck, days_of_a_duty) {
  const std::vector<Judged> table = {
      {"{act: period_end, enter: {after: period_end, by: {param: grace}}, warn: {days: 60}}", ""},
      {"{from: {after: period_end, by: {days: 1}}, act: {month_day: 01-31, of: next}}", ""},
      {"{act: {month_day: {param: report_day}}, after_act: too_late}", ""},
      {"{act: {before: period_end, by: {workdays: 5}}, enter: 2020-01-31}", ""},
      {"{act: {after: $bearer.from, by: {months: 6}}}", ""},
      {"{act: periodend}",
       "pack.yaml:13:16: pack_unknown_word: expected period_end, got periodend"},
      {"{act: 2020-02-30}", "pack.yaml:13:16: pack_type: expected date YYYY-MM-DD, got 2020-02-30"},
      {"{act: {month_day: 02-29}}", "pack.yaml:13:28: pack_type: expected \"MM-DD\", got 02-29"},
      {"{act: {month_day: {param: grace}}}",
       "pack.yaml:13:28: pack_type: expected month_day, got duration"},
      {"{act: {after: period_end, by: {hours: 5}}}",
       "pack.yaml:13:16: pack_range: expected days, workdays, months, years, got hours"},
      {"{act: {after: period_end, by: {param: soon}}}",
       "pack.yaml:13:40: pack_range: expected days, workdays, months, years, got hours"},
      {"{act: {after: period_end, by: {param: answer}}}",
       "pack.yaml:13:40: pack_shape: expected bind: period_start, bind: period_end, got bind: "
       "clock_start"},
      {"{act: {after: period_end, by: {param: times}}}",
       "pack.yaml:13:40: pack_type: expected duration, got int"},
      {"{act: {after: period_end, by: {days: 5, roll: none}}}",
       "pack.yaml:13:50: pack_later: got roll"},
      {"{act: {after: period_end, before: period_end, by: {days: 5}}}",
       "pack.yaml:13:36: pack_unknown_key: expected after, by, got before"},
      {"{act: {by: {days: 5}}}",
       "pack.yaml:13:16: pack_missing_key: expected after, before, month_day"},
      {"{act: case}",
       "pack.yaml:13:16: pack_shape: expected period_start, period_end, YYYY-MM-DD, got case"},
      {"{act: known}",
       "pack.yaml:13:16: pack_shape: expected period_start, period_end, YYYY-MM-DD, got known"},
      {"{act: clock_start}", "pack.yaml:13:16: pack_later: got clock_start"},
      {"{act: today}",
       "pack.yaml:13:16: pack_shape: expected period_start, period_end, YYYY-MM-DD, got today"},
      {"{act: campaign_end}",
       "pack.yaml:13:16: pack_shape: expected period_start, period_end, YYYY-MM-DD, got "
       "campaign_end"},
      {"{act: $bearer}", "pack.yaml:13:16: pack_type: expected date, got unit"},
      {"{act: $bearer.form}", "pack.yaml:13:16: pack_reference: expected from, got $bearer.form"},
      {"{warn: {hours: 2}}",
       "pack.yaml:13:17: pack_range: expected days, workdays, months, years, got hours"},
      {"{warn: {param: soon}}",
       "pack.yaml:13:17: pack_range: expected days, workdays, months, years, got hours"},
      {"{warn: 60}", "pack.yaml:13:17: pack_type: expected map, got 60"},
      {"{act: period_end, after_act: late}",
       "pack.yaml:13:39: pack_unknown_word: expected counts_late, too_late, got late"},
      {"{act: period_end, pause_while: {}}", "pack.yaml:13:28: pack_later: got pause_while"},
  };
  for (const auto& [written, findings] : table)
    EXPECT_EQ(findings_of_duty({.due = written}), findings) << written;
}

TEST(ObligationCheck, periods) {
  const std::vector<Judged> table = {
      {"campaign", ""},
      {"{phase: study}", ""},
      {"{phase: studies}", "pack.yaml:11:20: pack_reference: expected study, got studies"},
      {"phase", "pack.yaml:11:12: pack_type: expected {phase: id}, got phase"},
      {"yaer", "pack.yaml:11:12: pack_unknown_word: expected year, got yaer"},
      {"always", "pack.yaml:13:10: pack_shape: expected a period, got due"},
      {"{rolling: {days: 30}}", "pack.yaml:13:10: pack_shape: expected a period, got due"},
      {"once", "pack.yaml:11:12: pack_missing_key: expected due: {act: date}"},
  };
  for (const auto& [written, findings] : table)
    EXPECT_EQ(findings_of_duty({.every = written}), findings) << written;
  EXPECT_EQ(findings_of_duty({.every = "once", .due = "{act: 2020-01-01}"}), "");
  EXPECT_EQ(findings_of_duty({.every = "once", .due = "{act: period_end}"}),
            "pack.yaml:11:12: pack_missing_key: expected due: {act: date}");
  EXPECT_EQ(findings_of_duty({.every = "campaign",
                              .needs = "{at_least: 1, of: {record: act, where: {date: {le: "
                                       "campaign_end}, unit: $campaign.unit}}}",
                              .due = "{act: {before: campaign_end, by: {days: 3}}}"}),
            "");
}

TEST(ObligationCheck, the_other_keys_of_a_duty) {
  const std::vector<Judged> table = {
      {"clause: [S0-1]\n    first_period: pro_rata\n    pro_rata: {round: ceil}\n"
       "    visible: {names: unit}\n    note: about\n    guide: g\n    message: \"{need} {due}\"",
       ""},
      {"exempt: {reasons: [other], approver: unit.parent}\n    clause: S0-1\n"
       "    defer: {reasons: [other], approver: unit.parent.parent, at_most: {months: 3}}",
       ""},
      {"note: about", "pack.yaml:10:5: pack_missing_key: expected clause"},
      {"clause: S0-3", "pack.yaml:14:13: pack_reference: expected S0-1, got S0-3"},
      {"clause: S0-2", "pack.yaml:14:13: pack_no_value: expected params: {clause: S0-2}, got S0-2"},
      {"clause: S0-1\n    for_each: {values: {param: topics}}", ""},
      {"clause: S0-1\n    sharing: {exclusive: a}\n    if_failed: {}\n    counted_as: case",
       "pack.yaml:15:26: pack_reference: expected another duty of the same bearers with "
       "exclusive: a, got a\n"
       "pack.yaml:16:5: pack_later: got if_failed\n"
       "pack.yaml:17:5: pack_later: got counted_as"},
      {"clause: S0-1\n    exempt: {reasons: [], approver: unit.rank}",
       "pack.yaml:15:23: pack_range: expected at least 1 item, got 0 items\n"
       "pack.yaml:15:37: pack_type: expected unit, got word"},
      {"clause: S0-1\n    exempt: {reasons: [other], approver: superior}",
       "pack.yaml:15:42: pack_reference: expected type, level, rank, tags, parent, from, unit, got "
       "superior"},
      {"clause: S0-1\n    exempt: {reasons: [other], approver: unit.parent, at_most: {days: 1}}",
       "pack.yaml:15:55: pack_unknown_key: expected reasons, approver, scope, got at_most"},
      {"clause: S0-1\n    defer: {reasons: [other], approver: unit.parent, at_most: {hours: 1}}",
       "pack.yaml:15:63: pack_range: expected days, workdays, months, years, got hours"},
      {"clause: S0-1\n    pro_rata: {of: days, round: up}",
       "pack.yaml:15:20: pack_unknown_word: expected membership_days, got days\n"
       "pack.yaml:15:33: pack_unknown_word: expected floor, ceil, got up"},
      {"clause: S0-1\n    exempt: {reasons: [ill], approver: unit.parent}",
       "pack.yaml:15:24: pack_unknown_word: expected illness, age, away, long_sick_leave, "
       "parental_leave, "
       "emergency_posting, secondment, study_away, emergency, relocation, reorganisation, "
       "election, campaign, other, got ill"},
      {"clause: S0-1\n    first_period: later",
       "pack.yaml:15:19: pack_unknown_word: expected skip, pro_rata, full, got later"},
      {"clause: S0-1\n    message: \"{nedd}\"",
       "pack.yaml:15:14: pack_unknown_word: expected need, got nedd"},
      {"clause: S0-1\n    every: year",
       "pack.yaml:15:5: pack_duplicate_key: expected pack.yaml:11:5, got every"},
  };
  for (const auto& [written, findings] : table)
    EXPECT_EQ(findings_of_duty({.more = written}), findings) << written;
}

}  // namespace
}  // namespace huilu::policy
