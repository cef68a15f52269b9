#include "policy/obligation_check.h"

#include <gtest/gtest.h>

#include "policy/duty_testing.h"

namespace huilu::policy {
namespace {

using testing::Duty;
using testing::findings_of;
using testing::findings_of_duties;
using testing::findings_of_duty;
using testing::Judged;

TEST(ObligationCheck, conditions_of_the_bearer) {
  const std::vector<Judged> table = {
      {"{unit: {}}", ""},
      {"{unit: {type: [branch, joint_branch], rank: {ge: county}, tags: {has: rural}}}", ""},
      {"{unit: {parent.type: general_branch, level: town}}", ""},
      {"{unit: {not: {tags: {has: rural}}, any_of: [{type: branch}, {rank: none}]}}", ""},
      {"{unit: {type: brnach}}", "pack.yaml:10:24: pack_unknown_word: expected branch, got brnach"},
      {"{unit: {type: {ge: branch}}}",
       "pack.yaml:10:25: pack_shape: expected equal, ne, present, got ge"},
      {"{unit: {rank: {ge: conty}}}",
       "pack.yaml:10:29: pack_unknown_word: expected county, got conty"},
      {"{unit: {tags: rural}}",
       "pack.yaml:10:24: pack_shape: expected has, has_all, size, some, all, none, first, last, "
       "present, got equal"},
      {"{unit: {tags: {has: Rural-1}}}",
       "pack.yaml:10:30: pack_type: expected id [a-z][a-z0-9_]*, got Rural-1"},
      {"{unit: {tpye: branch}}", "pack.yaml:10:18: pack_reference: expected type, got tpye"},
      {"{unit: {parent: {type: branch}}}",
       "pack.yaml:10:27: pack_unknown_key: expected ne, lt, le, gt, ge, between, present, has, "
       "has_all, size, some, all, none, first, last, within, got type"},
      {"{unit: {parent: branch_a}}", "pack.yaml:10:26: pack_type: expected unit, got branch_a"},
      {"{unit: {parent: $bearer}}", "pack.yaml:10:26: pack_reference: got $bearer"},
      {"{unit: {member_count: {ge: 7}}}", "pack.yaml:10:18: pack_later: got member_count"},
      {"{unit: {type: branch}, post: {kind: secretary}}",
       "pack.yaml:10:33: pack_shape: expected one of unit, post, member, got unit, post"},
      {"{unti: {type: branch}}", "pack.yaml:10:11: pack_unknown_key: expected unit, got unti"},
      {"{at: home}", "pack.yaml:10:10: pack_missing_key: expected unit, post, member"},
      {"{unit: {type: branch}, at: home}",
       "pack.yaml:10:37: pack_shape: expected member, got unit"},
      {"{unit: {type: branch}, in_scope: {at_least: {months: 2}}}",
       "pack.yaml:10:54: pack_range: expected days, got months"},
      {"{unit: {type: branch}, in_scope: {at_least: {param: grace}}}",
       "pack.yaml:10:54: pack_range: expected days, got workdays"},
      {"{unit: {type: branch}, in_scope: {day: period_end, at_least: {days: 3}}}",
       "pack.yaml:10:61: pack_shape: expected one of at_least, day, got day, at_least"},
      {"{unit: {type: branch}, in_scope: {at_least: {days: 90}}, may_be_empty: true}", ""},
      {"{unit: {Type: branch}}", "pack.yaml:10:18: pack_type: expected path a.b, got Type"},
      {"{unit: {type: []}}", "pack.yaml:10:24: pack_type: expected value, got list"},
      {"{unit: {type: {}}}", "pack.yaml:10:24: pack_type: expected value, got map"},
      {"{unit: {type: }}", "pack.yaml:10:18: pack_type: expected value, got null"},
      {"{unit: {any_of: []}}",
       "pack.yaml:10:26: pack_range: expected at least 1 item, got 0 items"},
      {"{unit: {rank: {ge: [county, bureau]}}}",
       "pack.yaml:10:29: pack_type: expected value, got list"},
      {"{unit: {from: {ge: 2019-13-01}}}",
       "pack.yaml:10:29: pack_type: expected date YYYY-MM-DD, got 2019-13-01"},
      {"{unit: {from: {between: [2019-01-01, period_start]}}}", ""},
      {"{unit: {from: {between: [2019-01-01]}}}",
       "pack.yaml:10:34: pack_type: expected list of two values, got list"},
      {"{unit: {type: {in: branch}}}",
       "pack.yaml:10:25: pack_unknown_key: expected ne, lt, le, gt, ge, between, present, has, "
       "has_all, size, some, all, none, first, last, within, got in"},
      {"{unit: {type: {largest: {}}}}", "pack.yaml:10:25: pack_later: got largest"},
  };
  for (const auto& [written, findings] : table)
    EXPECT_EQ(findings_of_duty({.who = written}), findings) << written;
}

TEST(ObligationCheck, posts_and_members) {
  const std::vector<Judged> table = {
      {"{post: {kind: secretary, unit.type: branch, acting: false}, merge_posts: true}", ""},
      {"{post: {kind: secretery}}",
       "pack.yaml:10:24: pack_unknown_word: expected secretary, got secretery"},
      {"{post: {type: branch}}",
       "pack.yaml:10:18: pack_reference: expected kind, unit, holder, acting, from, got type"},
      {"{post: {acting: yes_}}", "pack.yaml:10:26: pack_type: expected true, false, got yes_"},
      {"{post: {holder: $bearer}}", "pack.yaml:10:26: pack_reference: got $bearer"},
      {"{post: {kind: secretary}, at: host}",
       "pack.yaml:10:40: pack_shape: expected member, got post"},
      {"{member: {kind: full_member, floating: false}, at: host_else_home}", ""},
      {"{member: {kind: floating_member}}", "pack.yaml:10:26: pack_later: got floating_member"},
      {"{member: {kind: members}}",
       "pack.yaml:10:26: pack_unknown_word: expected full_member, probationary_member, got "
       "members"},
      {"{member: {unit.parent.rank: {ge: county}}, merge_posts: true}",
       "pack.yaml:10:66: pack_shape: expected post, got member"},
      {"{member: {status: normal}}",
       "pack.yaml:10:20: pack_reference: expected kind, probationary, floating, unit, home, host, "
       "from, got status"},
  };
  for (const auto& [written, findings] : table)
    EXPECT_EQ(findings_of_duty({.who = written, .needs = "{at_least: 1, of: {record: act}}"}),
              findings)
        << written;
}

TEST(ObligationCheck, tests_and_their_thresholds) {
  const std::vector<Judged> table = {
      {"{at_most: 0, of: {record: act}}", ""},
      {"{exactly: {param: times}, of: {record: core/theme_party_day}}", ""},
      {"{at_least: 2, of: {record: theme_party_day}, distinct: date}", ""},
      {"{at_least: 1.5, of: {record: act}, sum: hours}", ""},
      {"{at_least: {param: part}, of: {record: act}, sum: hours}", ""},
      {"{at_least: 0.8, of: {record: act}, share: {kind: talk}}", ""},
      {"{all_of: [{at_least: 1, of: {record: act}, id: a, say: b}, {any_of: [{at_most: 2, of: "
       "{record: act}}]}]}",
       ""},
      {"{holds: {rank: {present: true}}}", ""},
      {"{at_least: {param: by_rank, for: $bearer.rank}, of: {record: act}}", ""},
      {"{at_least: {param: by_rank}, of: {record: act}}", ""},
      {"{at_least: {param: by_rank, for: $bearer.type}, of: {record: act}}",
       "pack.yaml:12:23: pack_type: expected unit.rank, got $bearer.type"},
      {"{at_least: {param: by_kind}, of: {record: act}}",
       "pack.yaml:12:23: pack_reference: expected type, level, rank, tags, parent, from, unit, got "
       "kind"},
      {"{at_least: {param: times, for: $bearer.rank}, of: {record: act}}",
       "pack.yaml:12:23: pack_shape: expected a parameter with by, got times"},
  };
  for (const auto& [written, findings] : table)
    EXPECT_EQ(findings_of_duty({.needs = std::string(written)}), findings) << written;
}

TEST(ObligationCheck, tests_that_cannot_be_judged) {
  const std::vector<Judged> table = {
      {"{at_least: 0, of: {record: act}}",
       "pack.yaml:12:23: pack_range: expected more than 0, got 0"},
      {"{at_least: -1, of: {record: act}}",
       "pack.yaml:12:23: pack_range: expected integer 0 to 1000000, got -1"},
      {"{at_least: many, of: {record: act}}",
       "pack.yaml:12:23: pack_type: expected integer 0 to 1000000, got many"},
      {"{at_least: 1.5, of: {record: act}}",
       "pack.yaml:12:23: pack_type: expected integer, got decimal"},
      {"{at_least: {param: part}, of: {record: act}}",
       "pack.yaml:12:23: pack_type: expected int, got decimal"},
      {"{at_least: {param: grace}, of: {record: act}}",
       "pack.yaml:12:23: pack_type: expected int, got duration"},
      {"{at_least: {param: tims}, of: {record: act}}",
       "pack.yaml:12:23: pack_reference: expected times, got tims"},
      {"{at_least: 1.2, of: {record: act}, share: {kind: talk}}",
       "pack.yaml:12:23: pack_range: expected more than 0, at most 1, got 1.2"},
      {"{exactly: 0.5, of: {record: act}, share: {kind: talk}}",
       "pack.yaml:12:12: pack_shape: expected at_least, at_most, got exactly, share"},
      {"{at_least: 1, at_most: 2, of: {record: act}}",
       "pack.yaml:12:26: pack_shape: expected one of at_least, at_most, exactly, holds, all_of, "
       "any_of, got at_least, at_most"},
      {"{of: {record: act}}",
       "pack.yaml:12:12: pack_missing_key: expected at_least, at_most, exactly, holds, all_of, "
       "any_of"},
      {"{at_lest: 1, of: {record: act}}",
       "pack.yaml:12:13: pack_unknown_key: expected at_least, got at_lest"},
      {"{at_least: 1}", "pack.yaml:12:12: pack_missing_key: expected of"},
      {"{holds: {rank: none}, of: {record: act}}",
       "pack.yaml:12:34: pack_shape: expected at_least, at_most, exactly, got of"},
      {"{at_least: 1, of: {record: act}, sum: hours, distinct: date}",
       "pack.yaml:12:57: pack_shape: expected one of sum, distinct, share, got sum, distinct"},
      {"{at_least: 1, of: {record: act}, sum: kind}",
       "pack.yaml:12:50: pack_type: expected int, decimal, got enum"},
      {"{at_least: 1, of: {record: act}, sum: hour}",
       "pack.yaml:12:50: pack_reference: expected hours, got hour"},
      {"{at_least: 1, of: {record: act}, distinct: topics}",
       "pack.yaml:12:55: pack_type: expected one value, got set"},
      {"{at_least: 1, of: {record: act}, distinct: file}",
       "pack.yaml:12:55: pack_type: expected one value, got file"},
      {"{at_least: 1, of: {record: atc}}",
       "pack.yaml:12:39: pack_reference: expected trial/act, got atc"},
      {"{at_least: 1, of: {record: core/visits}}",
       "pack.yaml:12:39: pack_reference: expected core/visit, got core/visits"},
      {"{at_least: 1, of: {record: theme_partyday}}",
       "pack.yaml:12:39: pack_reference: expected core/theme_party_day, got theme_partyday"},
      {"{at_least: 1, of: {}}",
       "pack.yaml:12:30: pack_missing_key: expected record, matter, items"},
      {"{at_least: 1, of: {matter: act}}", "pack.yaml:12:39: pack_later: got matter"},
      {"{at_least: 1, of: {record: act, cases: duty}}", "pack.yaml:12:44: pack_later: got cases"},
      {"{at_least: {indicator: x}, of: {record: act}}",
       "pack.yaml:12:24: pack_later: got indicator"},
      {"{all_of: []}", "pack.yaml:12:21: pack_range: expected at least 1 item, got 0 items"},
      {"{any_of: [{id: a, at_least: 1, of: {record: act}}, {id: a, at_most: 1, of: {record: "
       "act}}]}",
       "pack.yaml:12:63: pack_duplicate_key: expected pack.yaml:12:22, got a"},
      {"{at_least: 1, of: {record: act}, say: \"{need} {nede}\"}",
       "pack.yaml:12:12: pack_unknown_word: expected need, got nede"},
  };
  for (const auto& [written, findings] : table)
    EXPECT_EQ(findings_of_duty({.needs = std::string(written)}), findings) << written;
}

std::string findings_of_where(std::string_view condition) {
  return findings_of_duty(
      {.needs = "{at_least: 1, of: {record: act, where: {" + std::string(condition) + "}}}"});
}

TEST(ObligationCheck, conditions_of_records) {
  const std::vector<Judged> table = {
      {"unit: $bearer, units: {has: $bearer}, unit.type: branch", ""},
      {"unit: {within: $bearer}, unit.parent: $bearer, present: {size: {ge: 3}}, place: {present: "
       "true}",
       ""},
      {"kind: [talk, class], topics: {has_all: [theory, history], some: theory}", ""},
      {"hours: {ge: 1.5}, listeners: {between: [1, {param: times}]}, public: true", ""},
      {"done: {ge: {after: period_start, by: {months: 1}}}, date: {lt: 2030-01-01}", ""},
      {"point.host: $bearer, point.holder: {present: true}, term: $period.name", ""},
      {"kind: {param: topics}, any_of: [{kind: {ne: talk}}], term: 2026-Q1", ""},
      {"any_of: [{kind: talk}, {topics: {has: theory}}], not: {public: true}", ""},
      {"kind: tlak", "pack.yaml:12:58: pack_unknown_word: expected talk, got tlak"},
      {"kidn: talk", "pack.yaml:12:52: pack_reference: expected kind, got kidn"},
      {"kind: {has: talk}", "pack.yaml:12:59: pack_shape: expected equal, ne, present, got has"},
      {"kind: {ge: talk}", "pack.yaml:12:59: pack_shape: expected equal, ne, present, got ge"},
      {"topics: theory",
       "pack.yaml:12:60: pack_shape: expected has, has_all, size, some, all, none, first, last, "
       "present, got equal"},
      {"topics: {has: thoery}", "pack.yaml:12:66: pack_unknown_word: expected theory, got thoery"},
      {"topics: {size: theory}", "pack.yaml:12:67: pack_type: expected integer, got theory"},
      {"topics: {size: {gte: 1}}", "pack.yaml:12:68: pack_unknown_key: expected gt, got gte"},
      {"topics: {first: {title: a}}", "pack.yaml:12:69: pack_later: got title"},
      {"points: {some: {host: $bearer}}", ""},
      {"topics.title: a", "pack.yaml:12:52: pack_reference: got topics.title"},
      {"hours: long", "pack.yaml:12:59: pack_type: expected decimal, got long"},
      {"hours: {param: grace}", "pack.yaml:12:59: pack_type: expected int, decimal, got duration"},
      {"listeners: 1.5", "pack.yaml:12:63: pack_type: expected integer, got 1.5"},
      {"public: talk", "pack.yaml:12:60: pack_type: expected true, false, got talk"},
  };
  for (const auto& [written, findings] : table)
    EXPECT_EQ(findings_of_where(written), findings) << written;
}

TEST(ObligationCheck, what_records_refer_to) {
  const std::vector<Judged> table = {
      {"lecturer: $bearer", "pack.yaml:12:62: pack_type: expected person, got unit"},
      {"lecturer: wang", "pack.yaml:12:62: pack_type: expected person, got wang"},
      {"unit: $bearer.parent.rank", "pack.yaml:12:58: pack_type: expected unit, got word"},
      {"unit: $bearer.holder",
       "pack.yaml:12:58: pack_reference: expected type, level, rank, tags, parent, from, unit, got "
       "$bearer.holder"},
      {"unit: {param: times}", "pack.yaml:12:58: pack_type: expected unit, got times"},
      {"point: $bearer", "pack.yaml:12:59: pack_type: expected ref, got unit"},
      {"point.hold: $bearer",
       "pack.yaml:12:52: pack_reference: expected unit, units, date, place, present, holder, host, "
       "from, until, announced, got point.hold"},
      {"file: a", "pack.yaml:12:58: pack_shape: expected present, got equal"},
      {"file: {present: yes_}", "pack.yaml:12:68: pack_type: expected true, false, got yes_"},
      {"secret: a",
       "pack.yaml:12:52: pack_range: expected a field that is not protected, got secret"},
      {"date: someday", "pack.yaml:12:58: pack_type: expected date YYYY-MM-DD, got someday"},
      {"date: {le: today}",
       "pack.yaml:12:63: pack_shape: expected period_start, period_end, YYYY-MM-DD, got today"},
      {"date: {le: campaign_end}",
       "pack.yaml:12:63: pack_shape: expected period_start, period_end, YYYY-MM-DD, got "
       "campaign_end"},
      {"date: {after: case, by: {days: 1}}",
       "pack.yaml:12:66: pack_shape: expected period_start, period_end, YYYY-MM-DD, got case"},
      {"date: {ge: {after: period_start, by: {hours: 1}}}",
       "pack.yaml:12:63: pack_range: expected days, workdays, months, years, got hours"},
      {"date: {ge: {after: period_start}}", "pack.yaml:12:63: pack_missing_key: expected by"},
      {"date: $bearer", "pack.yaml:12:58: pack_type: expected date, got unit"},
      {"term: later", "pack.yaml:12:58: pack_type: expected period, got later"},
      {"lecturer: $it", "pack.yaml:12:62: pack_reference: expected $bearer, got $it"},
      {"lecturer: $actor", "pack.yaml:12:62: pack_reference: expected $bearer, got $actor"},
      {"lecturer: $baerer", "pack.yaml:12:62: pack_unknown_word: expected $bearer, got $baerer"},
      {"lecturer: $campaign.unit",
       "pack.yaml:12:62: pack_reference: expected $bearer, got $campaign"},
      {"point: {within: $bearer}", "pack.yaml:12:60: pack_shape: expected a unit, got within"},
      {"planned: true", "pack.yaml:12:52: pack_later: got planned"},
      {"kind: {indicator: x}", "pack.yaml:12:59: pack_later: got indicator"},
      {"kind.: talk", "pack.yaml:12:52: pack_type: expected path a.b, got kind."},
  };
  for (const auto& [written, findings] : table)
    EXPECT_EQ(findings_of_where(written), findings) << written;
}

TEST(ObligationCheck, sets_beyond_their_condition) {
  const std::vector<Judged> table = {
      {"record: act, counts_if: [{kind: talk, say: no talk}, {not: {public: true}, say: b}]", ""},
      {"record: act, during: {from: 2019-01-01, until: period_end}", ""},
      {"record: point, active: period_end", ""},
      {"record: point, active: today", ""},
      {"record: act, counts_if: [{say: no talk}]",
       "pack.yaml:12:56: pack_missing_key: expected condition"},
      {"record: act, counts_if: [{knid: talk, say: no talk}]",
       "pack.yaml:12:57: pack_reference: expected kind, got knid"},
      {"record: act, counts_if: [{kind: talk, say: \"{kind} {date} {have}\"}]", ""},
      {"record: act, counts_if: [{kind: talk, say: \"{others}\"}]",
       "pack.yaml:12:56: pack_unknown_word: expected unit, units, date, place, present, kind, "
       "topics, hours, listeners, lecturer, point, points, done, public, file, secret, term, "
       "announced, need, "
       "have, missing, due, got others"},
      {"record: act, during: {from: period_start}",
       "pack.yaml:12:52: pack_missing_key: expected until"},
      {"record: act, active: period_end",
       "pack.yaml:12:52: pack_shape: expected lasts: true, got act"},
      {"record: act, wehre: {kind: talk}",
       "pack.yaml:12:44: pack_unknown_key: expected where, got wehre"},
  };
  for (const auto& [written, findings] : table)
    EXPECT_EQ(findings_of_duty({.needs = "{at_least: 1, of: {" + std::string(written) + "}}"}),
              findings)
        << written;
}

}  // namespace
}  // namespace huilu::policy
