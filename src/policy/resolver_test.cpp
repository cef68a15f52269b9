#include "policy/resolver.h"

#include <gtest/gtest.h>

#include "policy/sentence.h"
#include "policy/testing.h"

namespace huilu::policy {
namespace {

using testing::findings_of;
using testing::load_trial;

struct Judged {
  std::string_view written;
  std::string_view findings;  // empty: it is a pack
};

constexpr std::string_view cited =
    "documents: {S0: {name: d}}\nclauses: [{id: S0-1, doc: S0}]\n";  // lines 8 and 9

TEST(Parameters, are_of_their_type_and_cite_a_clause) {
  const std::vector<Judged> table = {
      {"{type: int, values: [{from: 2019-01-01, value: 2, basis: seed, clause: S0-1}]}", ""},
      {"{type: text, values: [{from: 2019-01-01, value: about, basis: public, ref: r}]}", ""},
      {"{type: bool, values: [{from: 2019-01-01, value: true, basis: seed}]}", ""},
      {"{type: date, values: [{from: 2018-01-01, value: 2019-05-01, basis: seed}]}", ""},
      {"{type: month_day, values: [{from: 2019-01-01, value: \"03-31\", basis: seed}]}", ""},
      {"{type: int, values: [{from: 2019-01-01, value: null, note: none yet}]}", ""},
      {"{type: int, by: unit.rank, values: [{from: 2019-01-01, value: {none: 1, township: 1, "
       "county: 2, bureau: 2, province: 3}, basis: seed}]}",
       ""},
      {"{type: int, values: [{from: 2019-01-01, value: 2.5, basis: seed}]}",
       "pack.yaml:11:53: pack_type: expected integer -2147483648 to 2147483647, got 2.5"},
      {"{type: decimal, values: [{from: 2019-01-01, value: half, basis: seed}]}",
       "pack.yaml:11:57: pack_type: expected decimal, got half"},
      {"{type: duration, values: [{from: 2019-01-01, value: {weeks: 2}, basis: seed}]}",
       "pack.yaml:11:59: pack_unknown_key: expected hours, workhours, days, workdays, months, "
       "years, got weeks"},
      {"{type: numbr, values: [{from: 2019-01-01, value: 2, basis: seed}]}",
       "pack.yaml:11:13: pack_unknown_word: expected int, decimal, bool, date, month_day, "
       "duration, text, list, got numbr"},
      {"{type: int, values: [{from: 2019-01-01, value: 2}]}",
       "pack.yaml:11:27: pack_missing_key: expected basis"},
      {"{type: int, values: [{from: 2019-01-01, basis: seed}]}",
       "pack.yaml:11:27: pack_missing_key: expected value"},
      {"{type: int, values: [{from: 2019-01-01, value: 2, basis: guessed}]}",
       "pack.yaml:11:63: pack_unknown_word: expected seed, public, decision, assumed, got guessed"},
      {"{type: int, values: [{from: 2019-01-02, value: 2, basis: seed}]}",
       "pack.yaml:11:27: pack_no_value: expected from 2019-01-01, got x"},
      {"{type: int, values: [{from: 2019-01-01, value: 2, basis: seed}, {from: 2019-01-01, value: "
       "3, basis: seed}]}",
       "pack.yaml:11:70: pack_duplicate_key: expected pack.yaml:11:27, got 2019-01-01"},
      {"{type: int, values: [{from: 2019-01-01, value: 2, basis: seed, clause: S0-2}]}",
       "pack.yaml:11:27: pack_reference: expected S0-1, got S0-2"},
      {"{type: int, values: []}",
       "pack.yaml:11:26: pack_range: expected at least 1 item, got 0 items"},
      {"{type: int}", "pack.yaml:11:6: pack_missing_key: expected values"},
      {"{type: list, values: [{from: 2019-01-01, value: [{id: a, title: a}, {id: a, title: b}], "
       "basis: seed}]}",
       "pack.yaml:11:79: pack_duplicate_key: got a"},
      {"{type: list, values: [{from: 2019-01-01, value: [{id: a, clause: S0-2}], basis: seed}]}",
       "pack.yaml:11:28: pack_reference: expected S0-1, got S0-2"},
      {"{type: int, by: unit.level, values: [{from: 2019-01-01, value: {else: 1}, basis: seed}]}",
       "pack.yaml:11:22: pack_unknown_word: expected unit.type, unit.rank, kind, got unit.level"},
      {"{type: int, by: unit.rank, values: [{from: 2019-01-01, value: {conty: 1, else: 2}, basis: "
       "seed}]}",
       "pack.yaml:11:42: pack_unknown_word: expected county, got conty"},
      {"{type: int, by: unit.rank, values: [{from: 2019-01-01, value: {county: 1}, basis: seed}]}",
       "pack.yaml:11:42: pack_missing_key: expected else"},
      {"{type: int, by: kind, values: [{from: 2019-01-01, value: 3, basis: seed}]}",
       "pack.yaml:11:63: pack_type: expected map, got 3"},
      {"{type: int, review_by: soon, values: [{from: 2019-01-01, value: 3, basis: seed}]}",
       "pack.yaml:11:29: pack_type: expected date YYYY-MM-DD, got soon"},
  };
  for (const auto& [written, findings] : table) {
    const std::string open(written.substr(0, written.size() - 1));
    EXPECT_EQ(findings_of(std::string(cited) + "params:\n  x: " + open +
                          ", title: t, clause: S0-1, bind: period_start}\n"),
              findings)
        << written;
  }
  EXPECT_EQ(findings_of("params: {x: {type: int, title: t, values: [{from: 2019-01-01, value: 2, "
                        "basis: seed}]}}\n"),
            "pack.yaml:8:13: pack_missing_key: expected clause\n"
            "pack.yaml:8:13: pack_missing_key: expected bind");
}

TEST(Campaigns, have_windows_batches_and_phases) {
  const std::vector<Judged> table = {
      {"window: {from: 2019-06-01, until: 2020-02-01}", ""},
      {"window: {from: 2019-06-01, until: 2020-02-01}, batches: [{id: first, title: a, who: {unit: "
       "{rank: {ge: county}}}, window: {from: 2019-06-01, until: 2019-09-01}, late_joiner: full}]",
       ""},
      {"window: {from: 2019-06-01, until: 2020-02-01}, phases: [{id: study, title: a, window: "
       "{from: campaign_start, until: {after: campaign_start, by: {days: 30}}}}]",
       ""},
      {"window: {from: 2019-06-01}", "pack.yaml:8:30: pack_missing_key: expected until"},
      {"batches: []", "pack.yaml:8:11: pack_missing_key: expected window"},
      {"window: {from: 2019-06-01, until: 2020-02-01}, batches: [{id: first, title: a, who: {unit: "
       "{}}, window: {from: 2019-05-01, until: 2019-09-01}}]",
       "pack.yaml:8:126: pack_range: expected 2019-06-01 to 2020-02-01, got 2019-05-01 to "
       "2019-09-01"},
      {"window: {from: 2019-06-01, until: 2020-02-01}, batches: [{id: a, title: a, who: {unit: {}},"
       " window: {from: 2019-06-01, until: 2019-09-01}}, {id: a, title: a, who: {unit: {}}, "
       "window: {from: 2019-09-01, until: 2019-10-01}}]",
       "pack.yaml:8:167: pack_duplicate_key: expected pack.yaml:8:84, got a"},
      {"window: {from: 2019-06-01, until: 2020-02-01}, batches: [{id: a, title: a, who: {post: {}},"
       " window: {from: 2019-06-01, until: 2019-09-01}}]",
       "pack.yaml:8:103: pack_unknown_key: expected unit, got post"},
      {"window: {from: 2019-06-01, until: 2020-02-01}, batches: [{id: a, title: a, who: {unit: "
       "{tpye: branch}}, window: {from: 2019-06-01, until: 2019-09-01}}]",
       "pack.yaml:8:110: pack_reference: expected type, got tpye"},
      {"window: {from: 2019-06-01, until: 2020-02-01}, phases: [{id: study, title: a, window: "
       "{from: period_start, until: campaign_end}}]",
       "pack.yaml:8:115: pack_shape: expected campaign_start, campaign_end, YYYY-MM-DD, got "
       "period_start"},
      {"window: {from: 2019-06-01, until: 2020-02-01}, phases: [{id: study, title: a, window: "
       "{from: campaign_start, until: {after: campaign_start, by: {param: x}}}}]",
       "pack.yaml:8:166: pack_shape: expected a value that is written out, got x"},
      {"window: {from: 2019-06-01, until: 2020-02-01}, organiser: {}, strands: [], goals: []",
       "pack.yaml:8:69: pack_later: got organiser"},
      {"window: {from: 2019-06-01, until: 2020-02-01}, strands: [{id: study, title: a}]",
       "pack.yaml:8:79: pack_missing_key: expected obligations: {strand: study}"},
      {"window: {from: 2019-06-01, until: 2020-02-01}, goals: [{id: a, title: a}, {id: a, title: "
       "b, clause: S0-9}]",
       "pack.yaml:8:77: pack_missing_key: expected obligations: {goal: a}\n"
       "pack.yaml:8:96: pack_missing_key: expected obligations: {goal: a}\n"
       "pack.yaml:8:101: pack_duplicate_key: expected pack.yaml:8:82, got a\n"
       "pack.yaml:8:122: pack_reference: got S0-9"},
  };
  for (const auto& [written, findings] : table)
    EXPECT_EQ(findings_of("campaign: {title: t, " + std::string(written) + "}\n"), findings)
        << written;
}

// Each duty serves one strand and one goal of its campaign, so that the parts add up.
TEST(Campaigns, have_strands_and_goals_that_duties_serve) {
  const std::string campaign =
      "campaign:\n  title: t\n  window: {from: 2019-06-01, until: 2020-02-01}\n"
      "  strands: [{id: study, title: a, clause: S0-1}, {id: research, title: b}]\n"
      "  goals: [{id: theory, title: c}]\n";
  const auto duty = [](const char* name, const char* every, const char* serves) {
    return "  " + std::string(name) +
           ": {title: a, clause: S0-1, who: {unit: {}}, every: " + every +
           ", needs: {at_least: 1, of: {record: visit, where: {unit: $bearer}}}, " +
           "missing: counts_as_zero" + serves + "}\n";
  };
  const auto found = [&](const std::string& duties) {
    return findings_of(std::string(cited) + campaign + "obligations:\n" + duties);
  };
  const std::string rest = duty("other", "campaign", ", strand: research");
  EXPECT_EQ(found(duty("one", "campaign", ", strand: study, goal: theory") + rest), "");
  EXPECT_EQ(found(duty("one", "campaign", ", strand: studie, goal: theory") + rest),
            "pack.yaml:13:13: pack_missing_key: expected obligations: {strand: study}\n"
            "pack.yaml:16:167: pack_reference: expected study, got studie");
  EXPECT_EQ(found(duty("one", "year", ", strand: study, goal: theory") + rest),
            "pack.yaml:16:163: pack_shape: expected every: campaign, {phase: id}, got strand\n"
            "pack.yaml:16:176: pack_shape: expected every: campaign, {phase: id}, got goal");
  EXPECT_EQ(
      findings_of(std::string(cited) + "obligations:\n" + duty("one", "year", ", strand: study")),
      "pack.yaml:11:163: pack_reference: expected campaign: {strands}, got study");

  const auto loaded =
      testing::load_trial(std::string(cited) + campaign + "obligations:\n" +
                          duty("one", "campaign", ", strand: study, goal: theory") + rest);
  ASSERT_TRUE(loaded.ok());
  EXPECT_EQ(find_aim(loaded->campaign->strands, "research")->title.in(Language::zh_cn), "b");
  EXPECT_EQ(find_aim(loaded->campaign->strands, "theory"), nullptr);
  const auto read = [&](Language language) {
    return sentence(*loaded->campaign, *loaded, {core_pack()}, language);
  };
  EXPECT_NE(read(Language::zh_cn).find("同时推进、不分先后：“a”、“b”；目标：“c”"),
            std::string::npos)
      << read(Language::zh_cn);
  const std::string one = sentence(loaded->obligations[0], *loaded, {core_pack()}, Language::zh_cn);
  EXPECT_NE(one.find("属于“a”；服务于目标“c”"), std::string::npos) << one;
}

TEST(Bundles, name_duties_that_there_are) {
  const std::string duty =
      "{title: t, clause: S0-1, who: {unit: {type: branch}}, every: year, needs: {at_least: 1, of: "
      "{record: theme_party_day, where: {unit: $bearer}}}, missing: counts_as_zero}\n";
  const std::string duties =
      std::string(cited) + "obligations:\n  talk: " + duty + "  talks: " + duty + "bundles:\n";
  const std::vector<Judged> table = {
      {"both: {title: t, per: {unit: {type: branch}}, all_of: [talk, trial/talks], fold: all}", ""},
      {"both: {title: t, per: {unit: {}}, all_of: [talk], fold: {at_least: 0.8}}", ""},
      {"both: {title: t, per: {unit: {}}, all_of: [talk, takls]}",
       "pack.yaml:14:52: pack_reference: expected trial/talks, got takls"},
      {"both: {title: t, per: {unit: {}}, all_of: [talk, talk]}",
       "pack.yaml:14:52: pack_duplicate_key: got talk"},
      {"both: {title: t, per: {unit: {tpye: branch}}, all_of: [talk]}",
       "pack.yaml:14:33: pack_reference: expected type, got tpye"},
      {"both: {title: t, per: {post: {}}, all_of: [talk]}",
       "pack.yaml:14:26: pack_unknown_key: expected unit, got post"},
      {"both: {title: t, per: {unit: {}}, all_of: []}",
       "pack.yaml:14:45: pack_range: expected at least 1 item, got 0 items"},
      {"both: {title: t, per: {unit: {}}, all_of: [talk, both]}",
       "pack.yaml:14:52: pack_later: got both"},
      {"both: {title: t, per: {unit: {}}, all_of: [talk, {title: t, all_of: [talks]}]}",
       "pack.yaml:14:52: pack_later: got all_of"},
      {"both: {title: t, per: {unit: {}}, all_of: [talk], fold: {at_least: 1.5}}",
       "pack.yaml:14:70: pack_range: expected more than 0, at most 1, got 1.5"},
      {"both: {title: t, per: {unit: {}}, all_of: [talk], fold: most}",
       "pack.yaml:14:59: pack_unknown_word: expected all, got most"},
      {"talk: {title: t, per: {unit: {}}, all_of: [talks]}",
       "pack.yaml:14:9: pack_duplicate_key: expected pack.yaml:11:9, got talk"},
  };
  for (const auto& [written, findings] : table)
    EXPECT_EQ(findings_of(duties + "  " + std::string(written) + "\n"), findings) << written;
}

TEST(RecordTypes, have_conditions_on_their_own_fields) {
  const std::vector<Judged> table = {
      {"counts_if: [{topic: {present: true}, say: a}, {present: {size: {ge: 3}}, say: b}]", ""},
      {"counts_if: [{topci: {present: true}, say: a}]",
       "pack.yaml:9:139: pack_reference: expected topic, got topci"},
      {"counts_if: [{unit: $bearer, say: a}]", "pack.yaml:9:145: pack_reference: got $bearer"},
      {"counts_if: [{number: {ge: {param: x}}, say: a}]",
       "pack.yaml:9:152: pack_shape: expected a value that is written out, got x"},
      {"counts_if: [{date: {ge: period_start}, say: a}]",
       "pack.yaml:9:150: pack_shape: expected YYYY-MM-DD, got period_start"},
      {"counts_if: {topic: {present: true}}", "pack.yaml:9:137: pack_type: expected list, got map"},
  };
  for (const auto& [written, findings] : table)
    EXPECT_EQ(findings_of("record_types:\n  act: {title: t, fields: {topic: {type: text, title: t},"
                          " number: {type: int, title: t, show_if: {topic: {present: true}}}}, " +
                          std::string(written) + "}\n"),
              findings)
        << written;
  EXPECT_EQ(findings_of("record_types: {act: {title: t, fields: {topic: {type: text, title: t, "
                        "show_if: {tpoic: {present: true}}}}}}\n"),
            "pack.yaml:8:81: pack_reference: expected topic, got tpoic");
}

TEST(Revisions, say_which_days_rest_and_which_are_worked) {
  const auto loaded = load_trial(
      "calendar_revisions:\n"
      "  - {id: \"2019-1\", year: 2019, published: 2018-12-06, source: notice, rest: "
      "[2018-12-30..2019-01-01, 2019-05-01], makeup: [2018-12-29]}\n");
  ASSERT_TRUE(loaded.ok()) << testing::lines(loaded.refusals());
  const calendar::Revision& revision = loaded->revisions.at(0);
  EXPECT_EQ(revision.id, "2019-1");
  EXPECT_EQ(revision.year, 2019);
  EXPECT_EQ(revision.published, Date::of(2018, 12, 6));
  EXPECT_EQ(revision.rest.at(0).from, Date::of(2018, 12, 30));
  EXPECT_EQ(revision.rest.at(0).until, Date::of(2019, 1, 2));
  EXPECT_EQ(revision.rest.at(1).until, Date::of(2019, 5, 2));
  EXPECT_EQ(revision.makeup, std::vector<Date>{Date::of(2018, 12, 29)});
}

TEST(Revisions, are_refused_where_they_contradict_themselves) {
  const std::vector<Judged> table = {
      {"rest: [2019-05-03..2019-05-01], makeup: []",
       "pack.yaml:9:66: pack_range: expected not before 2019-05-03, got 2019-05-01"},
      {"rest: [2019-05-01-2019-05-04], makeup: []",
       "pack.yaml:9:66: pack_type: expected date or date..date, got 2019-05-01-2019-05-04"},
      {"rest: [2019-05-01..2019-05-04], makeup: [2019-05-04]",
       "pack.yaml:9:100: pack_shape: expected rest, makeup, got 2019-05-04"},
      {"rest: [2021-05-01], makeup: [2017-05-04]",
       "pack.yaml:9:66: pack_range: expected 2018 to 2020, got 2021-05-01\n"
       "pack.yaml:9:88: pack_range: expected 2018 to 2020, got 2017-05-04"},
      {"rest: [[2019-05-01, 2019-05-04]], makeup: []",
       "pack.yaml:9:66: pack_type: expected date or date..date, got list"},
      {"rest: [2019-05-01]", "pack.yaml:9:5: pack_missing_key: expected makeup"},
  };
  for (const auto& [written, findings] : table)
    EXPECT_EQ(findings_of("calendar_revisions:\n  - {id: a, year: 2019, published: 2018-12-06, "
                          "source: s, " +
                          std::string(written) + "}\n"),
              findings)
        << written;
  const std::string one =
      "{id: a, year: 2019, published: 2018-12-06, source: s, rest: [], makeup: []}";
  EXPECT_EQ(findings_of("calendar_revisions:\n  - " + one + "\n  - " + one + "\n"),
            "pack.yaml:10:10: pack_duplicate_key: expected pack.yaml:9:10, got a");
}

}  // namespace
}  // namespace huilu::policy
