#include "policy/look_back.h"

#include <gtest/gtest.h>

#include "policy/sentence.h"
#include "policy/testing.h"

namespace huilu::policy {
namespace {

using testing::findings_of;
using testing::load_trial;

constexpr std::string_view struck_head = R"(documents: {S9: {name: 试}}
params:
  days: {type: duration, title: 时间, clause: S9-1, bind: clock_start,
    values: [{from: 2019-01-01, value: {days: 90}, basis: decision}]}
  ratio: {type: decimal, title: 比例, clause: S9-1, bind: case,
    values: [{from: 2019-01-01, value: 0.8, basis: decision}]}
clauses: [{id: S9-1, doc: S9, at: "1"}]
matter_types:
  issue:
    pin: version_at_open
    title: 事
    fields: {what: {type: text, title: 内容}}
    roles: {owner: {unit: $it.unit, title: 责任}, office: {unit: $it.unit.parent, title: 上级}}
    initial: found
    states: {found: 已发现, gone: {title: 撤, final: hard, outcome: not_ours},
      done: {title: 已办结, final: soft, outcome: solved},
      kept: {title: 长期, final: soft, outcome: long_term}}
    moves:
      - {id: drop, title: 撤, from: [found], to: gone, by: [office]}
      - {id: keep, title: 长, from: [found], to: kept, by: [office]}
      - {id: close, title: 办结, from: [found], to: done, by: [office]}
      - {id: again, title: 重办, from: [done], to: found, by: [office],
         needs: {holds: {look_back: [relapsed]}}}
)";

std::string struck(std::string_view start, std::string_view after, std::string_view by,
                   std::string_view outcomes) {
  return std::string(struck_head) +
         "    look_back:\n      clause: S9-1\n      start: {enter: " + std::string(start) +
         "}\n      after: " + std::string(after) + "\n      by: " + std::string(by) +
         "\n      outcomes: " + std::string(outcomes) + "\n";
}

constexpr std::string_view some_outcomes = "[holds, partly, relapsed]";

TEST(LookBack, is_read_with_its_day_its_roles_and_what_may_be_found) {
  const auto pack = load_trial(struck("done", "{param: days}", "office", some_outcomes));
  ASSERT_TRUE(pack.ok()) << testing::lines(pack.refusals());
  const MatterLookBack& one = *pack->matter_types.at(0).look_back;
  EXPECT_EQ(one.starts, std::vector<std::string>{"done"});
  EXPECT_EQ(one.by, std::vector<std::string>{"office"});
  EXPECT_EQ(one.outcomes.back(), LookBackOutcome::relapsed);
}

TEST(LookBack, is_of_what_is_settled_and_can_be_taken_up_again) {
  EXPECT_EQ(findings_of(struck("[dnoe, found, gone, kept]", "{days: 5}", "office", some_outcomes)),
            "pack.yaml:33:23: pack_reference: expected done, got dnoe\n"
            "pack.yaml:33:29: pack_shape: expected final: soft, got found\n"
            "pack.yaml:33:36: pack_shape: expected final: soft, got gone\n"
            "pack.yaml:33:42: pack_shape: expected a move from it, got kept");
}

TEST(LookBack, is_never_the_responsible_units) {
  EXPECT_EQ(findings_of(struck("done", "{days: 5}", "[owner, ofice]", some_outcomes)),
            "pack.yaml:35:12: pack_shape: expected a role that is not the responsible unit's, got "
            "owner\n"
            "pack.yaml:35:19: pack_reference: expected office, got ofice");
}

TEST(LookBack, its_length_and_outcomes_are_of_their_kind) {
  EXPECT_EQ(findings_of(struck("done", "{hours: 5}", "office", some_outcomes)),
            "pack.yaml:34:14: pack_range: expected days, workdays, months, years, got hours");
  EXPECT_EQ(findings_of(struck("done", "{param: ratio}", "office", some_outcomes)),
            "pack.yaml:34:14: pack_type: expected duration, got decimal");
  EXPECT_EQ(findings_of(struck("done", "{days: 5}", "office", "[relapsed, relapsed]")),
            "pack.yaml:36:17: pack_shape: expected holds and another outcome\n"
            "pack.yaml:36:28: pack_duplicate_key: got relapsed");
  EXPECT_EQ(findings_of(struck("done", "{days: 5}", "office", "[holds, partly]")),
            "pack.yaml:30:38: pack_unknown_word: expected holds, partly, got relapsed");
}

// A look-back is read where a move hangs on it, and nowhere else.
TEST(LookBack, indicators_do_not_read_it) {
  EXPECT_EQ(findings_of(struck("done", "{days: 5}", "office", some_outcomes) +
                        "indicators:\n  back:\n    clause: S9-1\n    title: 反弹率\n"
                        "    share: {look_back: relapsed}\n    of: {matter: issue}\n"),
            "pack.yaml:41:13: pack_shape: expected in needs of a move, got look_back");
}

TEST(LookBack, it_reads_as_a_sentence) {
  const auto pack = load_trial(struck("done", "{param: days}", "office", some_outcomes));
  ASSERT_TRUE(pack.ok()) << testing::lines(pack.refusals());
  const std::vector<Pack> core = {core_pack()};
  const MatterType& type = pack->matter_types.at(0);
  EXPECT_EQ(
      sentence_of_look_back(type, *pack, core, Language::zh_cn),
      "S9-1 进入“已办结”后满 90 天（决定），由上级回头看，结果为“成果巩固”、“部分巩固”或“反弹”；"
      "责任单位的人和办结的本人不得回头看。");
  const std::string move = sentence(*type.find_move("again"), type, *pack, core, Language::zh_cn);
  EXPECT_NE(move.find("须回头看结果为反弹"), std::string::npos) << move;
}

}  // namespace
}  // namespace huilu::policy
