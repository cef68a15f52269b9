#include <gtest/gtest.h>

#include "policy/duty_testing.h"
#include "policy/sentence.h"

namespace huilu::policy {
namespace {

using testing::findings_of_duties;
using testing::Judged;

// A duty of branches, whose key `for_each` stands on line 11.
std::string found(
    std::string_view for_each, std::string_view more = "    every: year\n",
    std::string_view needs = "{at_least: 1, of: {record: act, where: {unit: $bearer}}}",
    std::string_view who = "{unit: {type: branch}}") {
  return findings_of_duties(
      "  duty:\n    for_each: " + std::string(for_each) + "\n    who: " + std::string(who) +
      "\n    needs: " + std::string(needs) + "\n    clause: S0-1\n    title: t\n" +
      "    missing: counts_as_zero\n" + std::string(more));
}

TEST(ForEachCheck, sources) {
  const std::vector<Judged> table = {
      {"{values: {param: topics}}", ""},
      {"{members: {home: $bearer}}", ""},
      {"{record: point, where: {host: $bearer}}", ""},
      {"{record: point, where: {host: $bearer}, active: period_end}", ""},
      {"{record: act, where: {unit: $bearer, kind: talk}}", ""},
      {"{valeus: {param: topics}}",
       "pack.yaml:10:16: pack_unknown_key: expected values, got valeus"},
      {"{}", "pack.yaml:10:15: pack_missing_key: expected record, members, posts, pairs, values"},
      {"{values: {param: topics}, members: {home: $bearer}}",
       "pack.yaml:10:41: pack_shape: expected one of record, members, posts, pairs, values, got "
       "values, members"},
      {"{values: {param: times}}", "pack.yaml:10:24: pack_type: expected list, got int"},
      {"{values: {param: topic}}", "pack.yaml:10:24: pack_reference: expected topics, got topic"},
      {"{values: {param: topics}, where: {unit: $bearer}}",
       "pack.yaml:10:48: pack_shape: expected record, got where"},
      {"{record: acts, where: {unit: $bearer}}",
       "pack.yaml:10:24: pack_reference: expected trial/act, got acts"},
      {"{record: act, where: {unti: $bearer}}",
       "pack.yaml:10:37: pack_reference: expected unit, got unti"},
      {"{record: act}", "pack.yaml:10:15: pack_missing_key: expected where: {unit: $bearer}"},
      {"{record: act, where: {unit.parent: $bearer}}", ""},
      {"{record: act, where: {unit.parent.parent: $bearer}}", ""},
      {"{record: act, where: {unit.parent.type: branch}}",
       "pack.yaml:10:15: pack_missing_key: expected where: {unit: $bearer}"},
      {"{members: {home.parent: $bearer}}",
       "pack.yaml:10:15: pack_missing_key: expected members: {home: $bearer}"},
      {"{record: act, where: {unit: $bearer}, active: today}",
       "pack.yaml:10:61: pack_shape: expected lasts: true, got act"},
      {"{members: {probationary: false}}",
       "pack.yaml:10:15: pack_missing_key: expected members: {home: $bearer}"},
      {"{units: {parent: $bearer}}", "pack.yaml:10:16: pack_later: got units"},
      {"{posts: {kind: secretary, unit: $bearer}}", ""},
      {"{pairs: {posts: {kind: secretary, unit: $bearer}}}", ""},
      {"{pairs: {members: {home: $bearer}}}", ""},
      {"{posts: {kind: secretary}}",
       "pack.yaml:10:15: pack_missing_key: expected posts: {unit: $bearer}"},
      {"{pairs: {}}", "pack.yaml:10:23: pack_missing_key: expected members, posts"},
      {"{pairs: {posts: {unit: $bearer}, members: {home: $bearer}}}",
       "pack.yaml:10:48: pack_shape: expected one of members, posts, got posts, members"},
      {"{record: act, where: {unit: $bearer}, announced: {before: case, by: {days: 3}}}", ""},
      {"{record: act, where: {unit: $bearer}, announced: {befor: case, by: {days: 3}}}",
       "pack.yaml:10:65: pack_unknown_key: expected before, got befor"},
      {"{record: point, where: {host: $bearer}, announced: case}",
       "pack.yaml:10:66: pack_shape: expected a record type without lasts, got announced"},
      {"{members: {home: $bearer}, announced: case}",
       "pack.yaml:10:53: pack_shape: expected record, got announced"},
  };
  for (const Judged& row : table) EXPECT_EQ(found(row.written), row.findings) << row.written;
}

TEST(ForEachCheck, what_is_owed_for_something_else_needs_a_unit_for_members) {
  EXPECT_EQ(found("{members: {home: $bearer}}", "    every: year\n",
                  "{at_least: 1, of: {record: act, where: {lecturer: $bearer.holder}}}",
                  "{post: {kind: secretary}}"),
            "pack.yaml:10:15: pack_shape: expected who: unit, got post");
}

TEST(ForEachCheck, what_happens_on_a_day_says_by_when) {
  const std::string_view acts = "{record: act, where: {unit: $bearer}}";
  const std::string_view good = "    due: {act: {after: case, by: {days: 30}}}\n";
  EXPECT_EQ(found(acts, good), "");
  EXPECT_EQ(found(acts, ""),
            "pack.yaml:10:5: pack_missing_key: expected due: {act: {after: case}}");
  EXPECT_EQ(found("{values: {param: topics}}", ""),
            "pack.yaml:10:5: pack_missing_key: expected every");
  EXPECT_EQ(found(acts, "", "{holds: {kind: talk}}"), "");
  EXPECT_EQ(found(acts, std::string(good) + "    first_period: full\n"),
            "pack.yaml:17:19: pack_shape: expected for_each without days, got first_period");
  EXPECT_EQ(found(acts, std::string(good) + "    every: campaign\n"),
            "pack.yaml:17:12: pack_shape: expected year, half, quarter, month, got campaign");
}

TEST(ForEachCheck, what_lasts_is_owed_for_once_when_no_period_is_written) {
  const std::string_view good = "    due: {act: {after: case, by: {days: 30}}}\n";
  const auto missing = "pack.yaml:10:5: pack_missing_key: expected due: {act: {after: case}}";
  for (const std::string_view each : {"{posts: {unit: $bearer}}", "{members: {home: $bearer}}",
                                      "{record: point, where: {host: $bearer}}"}) {
    EXPECT_EQ(found(each, good), "") << each;
    EXPECT_EQ(found(each, ""), missing) << each;
  }
  EXPECT_EQ(found("{pairs: {posts: {unit: $bearer}}}", ""),
            "pack.yaml:10:5: pack_missing_key: expected every");
  EXPECT_EQ(found("{record: point, where: {host: $bearer}, active: period_end}", good),
            "pack.yaml:10:63: pack_shape: expected every, got active");
}

TEST(ForEachCheck, an_anniversary_is_a_date_of_what_lasts) {
  const auto every = [](std::string_view written) {
    return "    every: {" + std::string(written) +
           "}\n    due: {act: {after: case, by: {days: 7}}}\n";
  };
  const std::string_view members = "{members: {home: $bearer}}";
  const std::string good = every("anniversary: $it.from, leap: feb28");
  EXPECT_EQ(found(members, good), "");
  EXPECT_EQ(found("{record: point, where: {host: $bearer}}", good), "");
  EXPECT_EQ(found("{posts: {unit: $bearer}}", every("anniversary: $it.from, leap: mar1")), "");
  EXPECT_EQ(found(members, every("anniversary: $it.from")),
            "pack.yaml:16:12: pack_missing_key: expected leap: feb28, leap: mar1");
  EXPECT_EQ(found(members, every("anniversary: $it.from, leap: feb29")),
            "pack.yaml:16:42: pack_unknown_word: expected feb28, got feb29");
  EXPECT_EQ(found(members, every("leap: feb28, years: 3, from: 2021")),
            "pack.yaml:16:19: pack_shape: expected anniversary, got leap");
  EXPECT_EQ(found(members, every("anniversary: $it.home, leap: feb28")),
            "pack.yaml:16:26: pack_type: expected date of $it, got unit");
  EXPECT_EQ(found(members, every("anniversary: $bearer.from, leap: feb28")),
            "pack.yaml:16:26: pack_type: expected date of $it, got date");
  EXPECT_EQ(
      found("{record: act, where: {unit: $bearer}}", every("anniversary: $it.date, leap: feb28")),
      "pack.yaml:10:15: pack_shape: expected members, posts, record with lasts: true, got "
      "record");
}

TEST(ForEachCheck, items_of_a_list_are_a_set) {
  const auto about = [](std::string_view set) {
    return found("{record: act, where: {unit: $bearer}}", "",
                 "{at_least: 1, of: {" + std::string(set) + "}}");
  };
  EXPECT_EQ(about("items: $it.topics"), "");
  EXPECT_EQ(about("items: $it.topics, where: theory"), "");
  EXPECT_EQ(about("items: $it.topics, where: [theory, history]"), "");
  EXPECT_EQ(about("items: $it.topics, where: theorie"),
            "pack.yaml:12:57: pack_unknown_word: expected theory, got theorie");
  EXPECT_EQ(about("items: $it.present, where: {unit: $bearer}"), "");
  EXPECT_EQ(about("items: $it.present, where: {home: $bearer}"), "");
  EXPECT_EQ(about("items: $it.present, where: {unit: $bearer.parent}"),
            "pack.yaml:12:65: pack_range: expected $bearer, got unit");
  EXPECT_EQ(about("items: $it.present, where: {unit.type: branch}"),
            "pack.yaml:12:70: pack_range: expected $bearer, got unit.type");
  EXPECT_EQ(about("items: $it.units, where: {type: branch}"), "");
  EXPECT_EQ(about("items: $it.lecturer"), "pack.yaml:12:38: pack_type: expected list, got person");
  EXPECT_EQ(about("items: topics"),
            "pack.yaml:12:38: pack_reference: expected $it, $bearer, got topics");
  EXPECT_EQ(about("items: $it.topics, during: {from: case, until: case}"),
            "pack.yaml:12:58: pack_shape: expected record, got during");
  EXPECT_EQ(about("record: act, where: theory"),
            "pack.yaml:10:5: pack_missing_key: expected due: {act: {after: case}}\n"
            "pack.yaml:12:51: pack_type: expected map, got theory");
}

TEST(ForEachCheck, it_is_what_is_yielded) {
  const auto needs = [](std::string_view where) {
    return "{at_least: 1, of: {record: act, where: {unit: $bearer, " + std::string(where) + "}}}";
  };
  const std::string_view points = "{record: point, where: {host: $bearer}}";
  const std::string every = "    every: year\n";
  EXPECT_EQ(found(points, every, needs("point: $it")), "");
  EXPECT_EQ(found(points, every, needs("lecturer: $it.holder")), "");
  EXPECT_EQ(found(points, every, needs("point: $it.holdr")),
            "pack.yaml:12:74: pack_reference: expected holder, got $it.holdr");
  EXPECT_EQ(found(points, every, needs("lecturer: $it")),
            "pack.yaml:12:77: pack_type: expected person, got record");
  EXPECT_EQ(found("{members: {home: $bearer}}", every, needs("lecturer: $it")), "");
  EXPECT_EQ(found("{posts: {unit: $bearer}}", every, needs("lecturer: $it.holder")), "");
  const std::string_view pairs = "{pairs: {members: {home: $bearer}}}";
  EXPECT_EQ(found(pairs, every, needs("present: {has_all: $it.both}")), "");
  EXPECT_EQ(found(pairs, every, needs("present: {has_all: $it.all}")),
            "pack.yaml:12:86: pack_reference: expected both, got $it.all");
  EXPECT_EQ(found("{values: {param: topics}}", every, needs("place: $it")), "");
  // The item `a` is none of the words that the field has.
  EXPECT_EQ(found("{values: {param: topics}}", every, needs("topics: {has: $it}")),
            "pack.yaml:12:81: pack_unknown_word: expected theory, history, got a");
  EXPECT_EQ(found("{values: {param: topics}}", every, needs("listeners: $it")),
            "pack.yaml:12:78: pack_type: expected int, got word");
  EXPECT_EQ(found(points, every, "{holds: {holder: {present: true}}}"), "");
  EXPECT_EQ(found(points, every, "{holds: {hldr: {present: true}}}"),
            "pack.yaml:12:21: pack_reference: expected unit, units, date, place, present, "
            "holder, host, from, until, announced, got hldr");
  EXPECT_EQ(found(points, every + "    due: {act: {after: case, by: {days: 9}}}\n"), "");
  EXPECT_EQ(
      found("{values: {param: topics}}", every + "    due: {act: {after: case, by: {days: 9}}}\n"),
      "pack.yaml:17:24: pack_shape: expected period_start, period_end, YYYY-MM-DD, got case");
}

TEST(ForEachCheck, what_is_owed_always_has_no_period) {
  const std::string_view topics = "{values: {param: topics}}";
  const std::string always = "    every: always\n";
  EXPECT_EQ(found(topics, always), "");
  EXPECT_EQ(found(topics, always,
                  "{at_least: 1, of: {record: act, where: {unit: $bearer}, during: {from: {before: "
                  "today, by: {days: 30}}, until: today}}}"),
            "");
  EXPECT_EQ(found(topics, always + "    due: {}\n    first_period: full\n"),
            "pack.yaml:17:10: pack_shape: expected a period, got due\n"
            "pack.yaml:18:19: pack_shape: expected a period, got first_period");
  EXPECT_EQ(
      found(topics, "    every: year\n",
            "{at_least: 1, of: {record: point, where: {host: $bearer}, during: {from: today, "
            "until: today}}}"),
      "pack.yaml:12:85: pack_shape: expected period_start, period_end, YYYY-MM-DD, got today\n"
      "pack.yaml:12:99: pack_shape: expected period_start, period_end, YYYY-MM-DD, got today");
  EXPECT_EQ(found("{record: act, where: {unit: $bearer}}", always + "    due: {act: case}\n"),
            "pack.yaml:16:12: pack_shape: expected year, half, quarter, month, got always\n"
            "pack.yaml:17:10: pack_shape: expected a period, got due");
}

std::string read(std::string_view for_each, std::string_view more, std::string_view needs,
                 Language language) {
  const auto pack =
      testing::load_trial("obligations:\n  duty:\n    for_each: " + std::string(for_each) +
                          "\n    who: {unit: {type: branch}}\n    needs: " + std::string(needs) +
                          "\n    clause: S0-1\n    title: 事\n    missing: counts_as_zero\n" +
                          std::string(more) + std::string(testing::surroundings));
  if (!pack) return testing::lines(pack.refusals());
  return sentence(pack->obligations.front(), *pack, {core_pack()}, language);
}

TEST(ForEachSentence, says_for_what_one_by_one) {
  EXPECT_EQ(
      read("{values: {param: topics}}", "    every: year\n",
           "{at_least: 1, of: {record: act, where: {unit: $bearer, place: $it}}}", Language::zh_cn),
      "S0-1 事：党支部，每年，就“a”的每一项（a（原文）），“a”（单位为本单位，且地点为该项）"
      "至少 1 次；当期内完成；无记录按 0 计。");
  EXPECT_EQ(
      read("{members: {home: $bearer}}", "    every: year\n",
           "{at_least: 1, of: {record: act, where: {present: {has: $it}}}}", Language::en),
      "S0-1 obligations.duty.title: Party branch, every year, for each member on the roll (home "
      "branch is this unit): “record_types.act.title” (people present include the member in "
      "question) at least 1; it must be done within the period; no record counts as 0.");
  EXPECT_EQ(
      read("{record: act, where: {unit: $bearer}}", "", "{holds: {kind: talk}}", Language::zh_cn),
      "S0-1 事：党支部，每一次“a”（单位为本单位），须 a 为 record_types.act.fields.kind.of.talk；"
      "不迟于事项之日完成；无记录按 0 计。");
  EXPECT_EQ(
      read("{record: point, where: {host: $bearer}}", "    every: year\n",
           "{at_least: 1, of: {record: act, where: {point: $it, lecturer: $it.holder}}}",
           Language::zh_tw),
      "S0-1 obligations.duty.title：黨支部，每年，名冊中有效的每一項「record_types.point.title」"
      "（record_types.point.fields.host.title 為本單位），「record_types.act.title」"
      "（record_types.act.fields.point.title 為該紀錄，且 record_types.act.fields.lecturer.title "
      "為該紀錄的 record_types.point.fields.holder.title）至少 1 次；當期內完成；無紀錄按 0 計。");
}

TEST(ForEachSentence, says_at_all_times_and_every_two) {
  EXPECT_EQ(read("{pairs: {posts: {kind: secretary, unit: $bearer}}}", "    every: always\n",
                 "{at_least: 1, of: {record: act, where: {present: {has_all: $it.both}}}}",
                 Language::zh_cn),
            "S0-1 "
            "事：党支部，始终，对其中每两人（职务为书记，且所在单位为本单位），“a”（参加人含这一对"
            "的两人）"
            "至少 1 次；无记录按 0 计。");
  EXPECT_EQ(
      read("{posts: {unit: $bearer}}", "    every: half\n",
           "{at_least: 1, of: {record: act, where: {lecturer: $it.holder}}}", Language::en),
      "S0-1 obligations.duty.title: Party branch, every half-year, for each post (unit is this "
      "unit): “record_types.act.title” (record_types.act.fields.lecturer.title is holder of the "
      "post in question) at least 1; it must be done within the period; no record counts as 0.");
}

}  // namespace
}  // namespace huilu::policy
