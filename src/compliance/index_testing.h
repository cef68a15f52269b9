// For the tests of the index: a small installation with a pack of many kinds of duty, the index
// following it, and short ways to do whatever changes a figure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "campaign/commands.h"
#include "campaign/queries.h"
#include "compliance/index.h"
#include "compliance/testing.h"
#include "enactment/commands.h"
#include "exemption/commands.h"
#include "exemption/queries.h"
#include "policy/testing.h"

namespace huilu::compliance::testing {

// Duties of units, posts and members, counted by the index itself and asked of the evaluator.
inline constexpr std::string_view duties =
    "documents: {S9: {name: 试}}\nclauses: [{id: S9-1, doc: S9}]\n"
    "params:\n"
    "  talks: {type: int, title: t, clause: S9-1, bind: period_start, "
    "values: [{from: 2019-01-01, value: 1, basis: decision, ref: r}]}\n"
    "  grace: {type: duration, title: t, clause: S9-1, bind: period_end, "
    "values: [{from: 2019-01-01, value: {workdays: 5}, basis: decision, ref: r}]}\n"
    "  subjects: {type: list, title: t, clause: S9-1, bind: period_start, "
    "values: [{from: 2019-01-01, value: [{id: open, title: o}, {id: closed, title: c}], "
    "basis: decision, ref: r}]}\n"
    "record_types:\n"
    "  talk:\n"
    "    plannable: true\n"
    "    fields:\n"
    "      kind: {type: enum, of: [open, closed], required: true}\n"
    "      hours: {type: int, min: 0, max: 100}\n"
    "      speaker: {type: person}\n"
    "  paper:\n"
    "    when: signed\n"
    "    fields:\n"
    "      signed: {type: date, required: true}\n"
    "  post_box:\n"
    "    lasts: true\n"
    "    fields:\n"
    "      from: {type: date, required: true}\n"
    "      until: {type: date}\n"
    "      keeper: {type: unit}\n"
    "  visit:\n"
    "    fields:\n"
    "      host: {type: unit}\n"
    "      box: {type: ref, of: post_box}\n"
    "  walk:\n"
    "    fields:\n"
    "      way: {type: text}\n"
    "obligations:\n"
    "  talk_quarterly:\n"
    "    clause: S9-1\n    who: {unit: {type: branch}}\n    every: quarter\n"
    "    needs: {at_least: {param: talks}, of: {record: talk, where: {unit: $bearer}}}\n"
    "    due: {enter: {after: period_end, by: {param: grace}}, warn: {days: 20}}\n"
    "    missing: counts_as_zero\n"
    "    exempt: {reasons: [other], approver: unit.parent}\n"
    "    defer: {reasons: [other], approver: unit.parent, at_most: {months: 6}}\n"
    "  open_talk_yearly:\n"
    "    clause: S9-1\n    who: {unit: {type: branch}}\n    every: year\n"
    "    needs:\n"
    "      at_least: 2\n"
    "      of:\n"
    "        record: talk\n"
    "        where: {unit: $bearer, kind: open}\n"
    "        counts_if: [{hours: {ge: 2}, say: too short}]\n"
    "      distinct: date\n"
    "    due: {act: {month_day: \"10-31\", of: this}, warn: {days: 60}}\n"
    "    missing: unknown\n"
    "    pro_rata: {of: membership_days, round: ceil, min: 1}\n"
    "    exempt: {reasons: [other], approver: unit.parent}\n"
    "  papers_quota:\n"
    "    clause: S9-1\n    who: {unit: {type: branch}}\n    every: half\n"
    "    needs: {at_most: 1, of: {record: paper, where: {unit: $bearer}}}\n"
    "    missing: counts_as_zero\n    first_period: full\n"
    "  talk_or_paper:\n"
    "    clause: S9-1\n    who: {unit: {tags: {has: busy}}, in_scope: {at_least: {days: 30}}}\n"
    "    every: half\n"
    "    needs:\n"
    "      any_of:\n"
    "        - {id: by_talk, at_least: 2, of: {record: talk, where: {unit: $bearer}}}\n"
    "        - {id: by_paper, at_least: 1, of: {record: paper, where: {unit: $bearer}}}\n"
    "    missing: counts_as_zero\n    first_period: pro_rata\n"
    "  box_below_busy:\n"
    "    clause: S9-1\n    who: {unit: {type: branch, parent.tags: {has: busy}}}\n"
    "    every: half\n"
    "    needs: {exactly: 1, of: {record: post_box, where: {unit: $bearer}}}\n"
    "    missing: not_applicable\n    first_period: full\n"
    "  visited:\n"
    "    clause: S9-1\n    who: {unit: {type: branch}}\n    every: half\n"
    "    needs: {at_least: 1, of: {record: visit, where: {host: $bearer}}}\n"
    "    missing: counts_as_zero\n    first_period: full\n"
    "  box_visited:\n"
    "    clause: S9-1\n    who: {unit: {type: branch}}\n    every: half\n"
    "    needs: {at_least: 1, of: {record: visit, where: {box.keeper: $bearer}}}\n"
    "    missing: counts_as_zero\n    first_period: full\n"
    "  secretary_speaks:\n"
    "    clause: S9-1\n    who: {post: {kind: secretary, unit.type: branch}}\n"
    "    every: half\n"
    "    needs: {at_least: 1, of: {record: talk, where: {speaker: $bearer.holder}}}\n"
    "    due: {enter: {after: period_end, by: {param: grace}}}\n"
    "    missing: counts_as_zero\n    pro_rata: {of: membership_days, round: floor, min: 1}\n"
    "  member_attends:\n"
    "    clause: S9-1\n"
    "    who: {member: {any_of: [{floating: false}, {host: {present: true}}]}, "
    "at: host_else_home}\n"
    "    every: half\n"
    "    needs: {at_least: 1, of: {record: talk, "
    "where: {present: {has: $bearer}}}}\n"
    "    missing: counts_as_zero\n"
    "    exempt: {reasons: [other], approver: unit.parent}\n"
    "  campaign_talk:\n"
    "    clause: S9-1\n    who: {unit: {type: branch}}\n    every: campaign\n"
    "    needs: {at_least: 1, of: {record: talk, where: {unit: $bearer}}}\n"
    "    due: {act: {before: campaign_end, by: {days: 10}}}\n"
    "    missing: counts_as_zero\n    first_period: full\n"
    "campaign:\n"
    "  clause: S9-1\n  title: c\n"
    "  window: {from: 2025-09-01, until: 2026-05-01}\n"
    "  batches:\n"
    "    - {id: one, title: b, who: {unit: {tags: {has: busy}}}, "
    "window: {from: 2025-09-01, until: 2026-01-01}, late_joiner: shortened}\n"
    "    - {id: two, title: b, who: {unit: {type: branch}}, "
    "window: {from: 2026-01-01, until: 2026-05-01}, late_joiner: full}\n";

// Duties with cases, which the index asks the evaluator about; they stand before the campaign's.
inline constexpr std::string_view duties_with_cases =
    "  member_goes_out:\n"
    "    clause: S9-1\n"
    "    who: {member: {home.tags: {has: busy}}, in_scope: {at_least: {days: 30}}}\n"
    "    every: quarter\n"
    "    needs: {at_least: 1, of: {record: [visit, walk], where: {present: {has: $bearer}}}}\n"
    "    missing: counts_as_zero\n"
    "  member_speaks:\n"
    "    clause: S9-1\n    who: {member: {floating: false}}\n    every: always\n"
    "    needs:\n"
    "      any_of:\n"
    "        - {id: is_new, holds: {from: {gt: {before: today, by: {days: 60}}}}}\n"
    "        - id: spoke\n"
    "          at_least: 1\n"
    "          of: {record: talk, where: {speaker: $bearer, date: {ge: $bearer.from}}}\n"
    "    missing: counts_as_zero\n"
    "  member_in_campaign:\n"
    "    clause: S9-1\n    who: {member: {floating: false}}\n    every: campaign\n"
    "    needs: {at_least: 1, of: {record: walk, where: {present: {has: $bearer}}}}\n"
    "    missing: counts_as_zero\n"
    "  each_subject:\n"
    "    clause: S9-1\n    who: {unit: {type: branch}}\n    every: half\n"
    "    for_each: {values: {param: subjects}}\n"
    "    needs: {at_least: 1, of: {record: talk, where: {unit: $bearer, kind: $it}}}\n"
    "    due: {enter: {after: period_end, by: {param: grace}}, warn: {days: 20}}\n"
    "    missing: counts_as_zero\n"
    "    exempt: {reasons: [other], approver: unit.parent}\n"
    "    defer: {reasons: [other], approver: unit.parent, at_most: {months: 6}}\n"
    "  each_member_heard:\n"
    "    clause: S9-1\n    who: {unit: {type: branch}}\n    every: quarter\n"
    "    for_each: {members: {home: $bearer, floating: false}}\n"
    "    needs: {at_least: 1, of: {record: talk, where: {present: {has: $it}}}}\n"
    "    missing: counts_as_zero\n    first_period: full\n"
    "  each_box:\n"
    "    clause: S9-1\n    who: {unit: {type: branch}}\n    every: year\n"
    "    for_each: {record: post_box, where: {unit: $bearer}}\n"
    "    needs: {at_least: 1, of: {record: paper, where: {unit: $bearer}}}\n"
    "    due: {act: {after: case, by: {days: 60}}}\n"
    "    missing: counts_as_zero\n    first_period: full\n"
    "  each_pair:\n"
    "    clause: S9-1\n    who: {unit: {type: branch}}\n    every: half\n"
    "    for_each: {pairs: {members: {home: $bearer}}}\n"
    "    needs: {at_least: 1, of: {record: talk, where: {present: {has_all: $it.both}}}}\n"
    "    missing: counts_as_zero\n    first_period: full\n"
    "  each_secretary:\n"
    "    clause: S9-1\n    who: {unit: {type: branch}}\n    every: quarter\n"
    "    for_each: {posts: {kind: secretary, unit: $bearer}}\n"
    "    needs: {at_least: 1, of: {record: talk, where: {speaker: $it.holder}}}\n"
    "    missing: counts_as_zero\n    first_period: full\n"
    "  always_a_box:\n"
    "    clause: S9-1\n    who: {unit: {type: branch}}\n    every: always\n"
    "    needs: {at_least: 1, of: {record: post_box, where: {unit: $bearer}}}\n"
    "    missing: counts_as_zero\n"
    "  talk_lately:\n"
    "    clause: S9-1\n    who: {unit: {type: branch}}\n    every: always\n"
    "    needs:\n"
    "      at_least: {param: talks}\n"
    "      of:\n"
    "        record: talk\n"
    "        where: {unit: $bearer}\n"
    "        during: {from: {before: today, by: {days: 60}}, until: today}\n"
    "    missing: counts_as_zero\n"
    "    exempt: {reasons: [other], approver: unit.parent}\n"
    "  each_paper:\n"
    "    clause: S9-1\n    who: {unit: {type: branch}}\n"
    "    for_each: {record: paper, where: {unit: $bearer}}\n"
    "    needs: {at_least: 1, of: {record: talk, where: {unit: $bearer}}}\n"
    "    due: {act: {after: case, by: {days: 20}}, enter: {after: case, by: {days: 40}}, "
    "warn: {days: 5}}\n"
    "    missing: counts_as_zero\n"
    "  talk_below:\n"
    "    clause: S9-1\n"
    "    who: {unit: {type: [local_committee, primary_committee, branch]}}\n"
    "    for_each: {record: talk, where: {unit.parent: $bearer}, "
    "announced: {before: case, by: {days: 3}}}\n"
    "    needs: {at_least: 1, of: {items: $it.present, where: {unit: $bearer}}}\n"
    "    due: {enter: {after: case, by: {days: 10}}}\n"
    "    missing: counts_as_zero\n"
    "  papers_below:\n"
    "    clause: S9-1\n"
    "    who: {unit: {type: [local_committee, primary_committee]}}\n"
    "    every: half\n"
    "    needs: {at_least: 2, of: {record: paper, where: {unit: {within: $bearer}}}}\n"
    "    missing: counts_as_zero\n"
    "    first_period: full\n"
    "  new_secretary:\n"
    "    clause: S9-1\n"
    "    who: {unit: {type: branch}}\n"
    "    for_each: {posts: {kind: secretary, unit: $bearer}}\n"
    "    needs: {at_least: 1, of: {record: talk, where: {speaker: $it.holder}}}\n"
    "    due: {act: {after: case, by: {days: 30}}}\n"
    "    missing: counts_as_zero\n"
    "  roll_day:\n"
    "    clause: S9-1\n"
    "    who: {unit: {type: branch}}\n"
    "    for_each: {members: {home: $bearer}}\n"
    "    every: {anniversary: $it.from, leap: mar1}\n"
    "    needs: {at_least: 1, of: {record: talk, where: {present: {has: $it}}}}\n"
    "    due: {from: {before: case, by: {days: 30}}, act: {after: case, by: {days: 30}}}\n"
    "    missing: counts_as_zero\n"
    "  paper_again:\n"
    "    clause: S9-1\n"
    "    who: {unit: {type: branch}}\n"
    "    every: {after_last: {days: 60}}\n"
    "    needs: {at_least: 1, of: {record: paper, where: {unit: $bearer}}}\n"
    "    due: {warn: {days: 10}}\n"
    "    missing: counts_as_zero\n"
    "  talks_rolling:\n"
    "    clause: S9-1\n"
    "    who: {unit: {type: branch}}\n"
    "    every: {rolling: {months: 2}}\n"
    "    needs: {at_least: {param: talks}, of: {record: talk, where: {unit: $bearer}}}\n"
    "    missing: counts_as_zero\n"
    "  winter_talk:\n"
    "    clause: S9-1\n"
    "    who: {unit: {type: branch}}\n"
    "    every: {window: {from: {month_day: \"11-15\"}, until: {month_day: \"02-15\", of: next}}}\n"
    "    needs: {at_least: {param: talks}, of: {record: talk, where: {unit: $bearer}}}\n"
    "    missing: counts_as_zero\n"
    "    first_period: pro_rata\n"
    "  papers_so_far:\n"
    "    clause: S9-1\n"
    "    who: {unit: {type: branch}}\n"
    "    every: {cumulative: year}\n"
    "    needs: {at_most: 1, of: {record: paper, where: {unit: $bearer}}}\n"
    "    missing: counts_as_zero\n"
    "    first_period: full\n"
    "  papers_of_term:\n"
    "    clause: S9-1\n"
    "    who: {unit: {type: branch}}\n"
    "    every: {years: 2, from: 2025}\n"
    "    needs: {at_least: 3, of: {record: paper, where: {unit: $bearer}}}\n"
    "    missing: counts_as_zero\n"
    "    first_period: full\n"
    "  one_talk:\n"
    "    clause: S9-1\n"
    "    who: {unit: {type: branch}}\n"
    "    every: quarter\n"
    "    needs: {at_least: {param: talks}, of: {record: talk, where: {unit: $bearer}}}\n"
    "    sharing: {exclusive: talks}\n"
    "    missing: counts_as_zero\n"
    "    first_period: full\n"
    "  open_talk:\n"
    "    clause: S9-1\n"
    "    who: {unit: {type: branch}}\n"
    "    every: half\n"
    "    needs: {at_least: 1, of: {record: talk, where: {unit: $bearer, kind: open}}}\n"
    "    due: {act: {before: period_end, by: {days: 100}}}\n"
    "    sharing: {exclusive: talks}\n"
    "    missing: counts_as_zero\n"
    "    first_period: full\n"
    "    exempt: {reasons: [other], approver: unit.parent}\n";

class IndexTest : public ComplianceTest {
 protected:
  std::vector<store::Migration> migrations() const override {
    return store::testing::schema_of(
        {"journal", "command", "identity", "org", "record", "enactment", "campaign", "exemption"});
  }

  virtual std::string duties_here() const { return std::string(duties); }
  static std::string all_duties() {
    std::string text(duties);
    return text.insert(text.find("  campaign_talk:\n"), duties_with_cases);
  }

  void SetUp() override {
    ComplianceTest::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    use_pack(policy::testing::trial(duties_here(), {policy::core_pack()}));
    root_ = create("县委", {}, "local_committee");
    east_ = create("东镇委", root_);
    west_ = create("西镇委", root_);
    a_ = branch("甲支部", east_);
    b_ = branch("乙支部", east_);
    c_ = branch("丙支部", west_);
    activate();
  }

  void activate(const std::string& version = "1.0.0") {
    const auto body = done(std::make_unique<enactment::ProposeActivation>(
        packs_,
        enactment::NewActivation{"trial", version, {}, {day("2019-01-01"), {}}, "for the test"},
        std::vector<UnitId>{root_}));
    const auto activation =
        enactment::find_activation(connection(), *ActivationId::parse(*body.find("id")->text()));
    done(std::make_unique<enactment::ConfirmProposal>(enactment::proposed(*activation), 1,
                                                      std::vector<UnitId>{root_}));
  }

  // The index loads and follows from here on.
  void start() {
    index_.emplace(packs_, *catalog_, clock_, with_file());
    index_->load(connection());
    restart({&*index_});
  }

  // Another index with the file that the running one was saved to.
  Index::Options with_file() const {
    Index::Options options;
    options.large = large_;
    options.snapshot = folder_of_index_.path() + "/index.snapshot";
    options.program = "this one";
    return options;
  }
  void save() { index_->save(connection(), road_->published()); }

  void begin(const char* date) {
    set_today(day(date));
    EXPECT_TRUE(index_->begin_day(connection(), day(date)));
  }

  std::string talk(const std::vector<UnitId>& units, const std::string& date,
                   const std::string& kind = "open", int hours = 2, const std::string& speaker = "",
                   const std::string& present = "") {
    std::string names;
    for (const UnitId unit : units) names += (names.empty() ? "\"" : ",\"") + unit.text() + "\"";
    return R"({"types":["trial/talk"],"units":[)" + names + R"(],"date":")" + date +
           R"(","present":[)" + present + R"(],"fields":{"trial/talk":{"kind":")" + kind +
           R"(","hours":)" + std::to_string(hours) +
           (speaker.empty() ? "" : R"(,"speaker":")" + speaker + "\"") + "}}}";
  }

  std::optional<obligation::Verdict> worst(UnitId node, const std::string& duty,
                                           const std::string& period) {
    const auto standing = index_->standing(Tree::affiliation, {node, {}}, "trial/" + duty, period);
    return standing ? standing->worst() : std::nullopt;
  }

  std::vector<UnitId> every_unit() { return {root_, east_, west_, a_, b_, c_}; }

  UnitId root_, east_, west_, a_, b_, c_;
  std::size_t large_ = 64;
  store::testing::TemporaryFolder folder_of_index_;
  std::optional<Index> index_;
};

}  // namespace huilu::compliance::testing
