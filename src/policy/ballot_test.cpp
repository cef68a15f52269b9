#include "policy/ballot.h"

#include <gtest/gtest.h>

#include "policy/sentence.h"
#include "policy/testing.h"

namespace huilu::policy {
namespace {

using testing::findings_of;
using testing::load_trial;

// A type that is done, checked and settled; the ballot follows.
constexpr std::string_view rated_head = R"(documents: {S9: {name: 试}}
params:
  ratio: {type: decimal, title: 比例, clause: S9-1, bind: ballot_close,
    values: [{from: 2019-01-01, value: 0.8, basis: decision}]}
  days: {type: duration, title: 时间, clause: S9-1, bind: clock_start,
    values: [{from: 2019-01-01, value: {days: 5}, basis: decision}]}
clauses: [{id: S9-1, doc: S9, at: "1"}]
matter_types:
  issue:
    pin: version_at_open
    title: 事
    fields: {what: {type: text, title: 内容}, askers: {type: list, of: person, title: 提出人}}
    roles: {owner: {unit: $it.unit, title: 责任}, office: {unit: $it.unit.parent, title: 上级},
      asker: {persons: $it.askers, title: 提出人}}
    initial: found
    states: {found: 已发现, checked: 已核, done: {title: 已办结, final: soft, outcome: solved}}
    moves:
      - {id: check, title: 核验, from: [found], to: checked, by: [office]}
      - {id: redo, title: 返工, from: [checked], to: found, automatic: true}
      - {id: close, title: 办结, from: [checked], to: done, by: [office],
         needs: {holds: {ballot.result: [pass, too_few]}}}
)";

std::string rated(std::string_view ballot) {
  return std::string(rated_head) + "    ballot:\n" + std::string(ballot);
}

constexpr std::string_view sound_ballot = R"(      title: 评价
      clause: S9-1
      voters: asker
      held_by: office
      scale: [good, bad]
      opens: {enter: checked}
      window: {param: days}
      one_per: participant
      pass: {at_least: {param: ratio}, share: [good]}
      min_ballots: 3
      below_min: wait
      if_failed: redo
)";

// With one line of it written otherwise.
std::string with_line(const std::string& key, const std::string& line) {
  std::string text(sound_ballot);
  const auto at = text.find("      " + key + ":");
  text.replace(at, text.find('\n', at) - at, "      " + line);
  return rated(text);
}

TEST(Ballot, is_read_with_its_voters_scale_and_thresholds) {
  const auto pack = load_trial(rated(sound_ballot));
  ASSERT_TRUE(pack.ok()) << testing::lines(pack.refusals());
  const MatterBallot& ballot = *pack->matter_types.at(0).ballot;
  EXPECT_EQ(ballot.voters, std::vector<std::string>{"asker"});
  EXPECT_EQ(ballot.opens, std::vector<std::string>{"checked"});
  ASSERT_EQ(ballot.scale.size(), 2U);
  EXPECT_EQ(ballot.find_grade("bad")->code, "bad");
  EXPECT_EQ(ballot.pass.share, std::vector<std::string>{"good"});
  EXPECT_EQ(std::get<std::int64_t>(ballot.min_ballots.what), 3);
  EXPECT_FALSE(ballot.secret);
  EXPECT_TRUE(pack->matter_types.at(0).find_move("redo")->automatic);
}

TEST(Ballot, what_it_names_is_there) {
  EXPECT_EQ(findings_of(with_line("voters", "voters: [askr, owner]")),
            "pack.yaml:32:16: pack_reference: expected asker, got askr");
  EXPECT_EQ(findings_of(with_line("held_by", "held_by: [asker]")),
            "pack.yaml:33:17: pack_shape: expected a role that does not vote, got asker");
  EXPECT_EQ(findings_of(with_line("opens", "opens: {enter: [chcked, found]}")),
            "pack.yaml:35:23: pack_reference: expected checked, got chcked\n"
            "pack.yaml:35:31: pack_shape: expected a state that a move enters, got found\n"
            "pack.yaml:41:18: pack_shape: expected from: found, got redo\n"
            "pack.yaml:41:18: pack_shape: expected a move out of it, got redo");
  EXPECT_EQ(findings_of(with_line("if_failed", "if_failed: close")),
            "pack.yaml:26:70: pack_shape: expected ballot: if_failed, below_min, got redo\n"
            "pack.yaml:41:18: pack_reference: expected redo, got close");
}

TEST(Ballot, its_numbers_are_of_their_kind) {
  EXPECT_EQ(findings_of(with_line("scale", "scale: [good]")),
            "pack.yaml:34:14: pack_range: expected 2 to 7 words, got 1\n"
            "pack.yaml:38:47: pack_shape: expected some of the words, got all of them");
  EXPECT_EQ(findings_of(with_line("pass", "pass: {at_least: 1.5, share: [good]}")),
            "pack.yaml:38:24: pack_range: expected above 0, at most 1, got 1.5");
  EXPECT_EQ(findings_of(with_line("min_ballots", "min_ballots: {param: ratio}")),
            "pack.yaml:39:20: pack_type: expected int, got decimal");
  EXPECT_EQ(findings_of(with_line("window", "window: {hours: 5}")),
            "pack.yaml:36:15: pack_range: expected days, workdays, months, years, got hours");
}

// An indicator is not told what ballots came to; to count them as none would be wrong.
TEST(Ballot, indicators_do_not_read_it) {
  EXPECT_EQ(findings_of(rated(sound_ballot) +
                        "indicators:\n  liked:\n    clause: S9-1\n    title: 满意率\n"
                        "    share: {ballot.result: pass}\n    of: {matter: issue}\n"),
            "pack.yaml:46:13: pack_shape: expected in needs of a move, got ballot.result");
}

TEST(Ballot, it_reads_as_a_sentence) {
  const auto pack = load_trial(rated(sound_ballot));
  ASSERT_TRUE(pack.ok()) << testing::lines(pack.refusals());
  const std::string text =
      sentence_of_ballot(pack->matter_types.at(0), *pack, {core_pack()}, Language::zh_cn);
  EXPECT_NE(text.find("S9-1"), std::string::npos) << text;
  EXPECT_NE(text.find("所投票数少于 3 的不作判定，等待处理"), std::string::npos) << text;
  EXPECT_NE(text.find("未通过的自动办理“返工”"), std::string::npos) << text;
  EXPECT_NE(text.find("记名保存"), std::string::npos) << text;
}

}  // namespace
}  // namespace huilu::policy
