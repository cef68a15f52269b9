#include "policy/clock.h"

#include <gtest/gtest.h>

#include "policy/sentence.h"
#include "policy/testing.h"

namespace huilu::policy {
namespace {

using testing::findings_of;
using testing::load_trial;

// A type that is found, fixed, checked and solved; clocks and ladder follow.
constexpr std::string_view clocked_head = R"(documents: {S9: {name: 试}}
params:
  answer: {type: duration, title: 答复, clause: S9-1, bind: clock_start,
    values: [{from: 2019-01-01, value: {workdays: 5}, basis: assumed}]}
  hours: {type: duration, title: 时, clause: S9-1, bind: case,
    values: [{from: 2019-01-01, value: {hours: 5}, basis: assumed}]}
clauses: [{id: S9-1, doc: S9, at: "1"}]
matter_types:
  issue:
    pin: version_at_open
    title: 事
    fields: {what: {type: text, title: 内容}, next: {type: date, title: 下次日期}}
    roles: {owner: {unit: $it.unit, title: 责任}, office: {unit: $it.unit.parent, title: 上级}}
    initial: found
    states: {found: 已发现, fixing: 整改中, waiting: 暂缓, checked: 已核,
      done: {title: 已办结, final: soft, outcome: solved}}
    moves:
      - {id: fix, title: 整改, from: [found, checked, waiting], to: fixing, by: [owner]}
      - {id: wait, title: 等待, from: [fixing], to: waiting, by: [owner]}
      - {id: check, title: 核验, from: [fixing], to: checked, by: [office]}
      - {id: close, title: 办结, from: [checked], to: done, by: [office]}
)";

std::string clocked(std::string_view rest) { return std::string(clocked_head) + std::string(rest); }

std::string faults_of_clocks(std::string_view rest) { return findings_of(clocked(rest)); }

constexpr std::string_view sound = R"(    clocks:
      answer: {title: 答复, start: {enter: found}, stop: {enter: fixing}, budget: {param: answer}}
      fix:
        title: 整改
        clause: S9-1
        start: {enter: fixing}
        stop: {enter: [checked, done]}
        restart: {move: wait}
        until_field: due
        pause_while: {any_of: [{state: waiting}, {next: {present: true}}]}
        on_enter: {waiting: {days: 10}}
        extend: {by: [owner], approve: [office], fields: [reason], at_most: {months: 3}, times: 2}
    ladder:
      answer:
        - {rung: near, title: 临期, at: {before: {workdays: 1}}, tell: [owner]}
        - {rung: late, title: 逾期, at: {workdays: 0}, tell: [owner, office]}
        - {rung: high, title: 长期逾期, clause: S9-1, at: {workdays: 3}, propose: supervise,
           signed_by: office, acknowledge: {by: [owner], within: {workdays: 2}}}
        - {rung: silent, title: 未签收, at: {unacknowledged: high}, propose: interview,
           signed_by: office, acknowledge: {by: [owner, office]}, seen_by: [owner]}
    urgent: {clause: S9-1, when: {next: {present: true}}, budgets: {answer: {workdays: 1}}}
)";

TEST(Clock, is_read_with_its_turns_limit_and_ladder) {
  const auto pack = load_trial(clocked(sound));
  ASSERT_TRUE(pack.ok()) << testing::lines(pack.refusals());
  const MatterType& type = pack->matter_types.at(0);
  const MatterClock& fix = *type.find_clock("fix");
  EXPECT_EQ(fix.until_field, "due");
  EXPECT_EQ(fix.stop.states, (std::vector<std::string>{"checked", "done"}));
  EXPECT_EQ(fix.restart->moves, std::vector<std::string>{"wait"});
  EXPECT_EQ(fix.on_enter.at(0).state, "waiting");
  EXPECT_EQ(fix.extend->times, 2);
  EXPECT_EQ(fix.extend->ask, ExtensionAsk::before_expiry);
  ASSERT_EQ(type.rungs_of("answer").size(), 4U);
  EXPECT_TRUE(type.find_rung("answer", "near")->is_before);
  EXPECT_EQ(type.find_rung("answer", "high")->propose, EscalationStep::supervise);
  EXPECT_TRUE(type.rungs_of("fix").empty());
}

TEST(Clock, what_it_names_is_there) {
  EXPECT_EQ(faults_of_clocks(
                "    clocks:\n"
                "      fix: {title: t, start: {enter: fxing}, stop: {move: [chek, chek]}, budget: "
                "{param: anser}, on_enter: {watiing: {hours: 2}}, extend: {by: [ownr], approve: "
                "[ofice], fields: [raeson]}}\n"
                "    ladder:\n"
                "      fxi: [{rung: a, title: t, at: {days: 1}, tell: [ofice]}]\n"),
            "pack.yaml:30:38: pack_reference: expected fixing, got fxing\n"
            "pack.yaml:30:60: pack_reference: expected check, got chek\n"
            "pack.yaml:30:66: pack_reference: expected check, got chek\n"
            "pack.yaml:30:66: pack_duplicate_key: got chek\n"
            "pack.yaml:30:82: pack_reference: expected answer, got anser\n"
            "pack.yaml:30:118: pack_reference: expected waiting, got watiing\n"
            "pack.yaml:30:118: pack_range: expected days, workdays, months, years, got hours\n"
            "pack.yaml:30:145: pack_reference: expected owner, got ownr\n"
            "pack.yaml:30:162: pack_reference: expected office, got ofice\n"
            "pack.yaml:30:179: pack_reference: expected reason, got raeson\n"
            "pack.yaml:32:12: pack_reference: expected fix, got fxi\n"
            "pack.yaml:32:55: pack_reference: expected office, got ofice");
}

TEST(Clock, can_stop_and_does_not_stop_where_it_starts) {
  EXPECT_EQ(faults_of_clocks("    clocks:\n"
                             "      late: {title: t, start: {move: close}, stop: {move: fix}, "
                             "budget: {days: 3}}\n"),
            "pack.yaml:30:52: pack_shape: expected a way to it, got late");
  EXPECT_EQ(
      faults_of_clocks("    clocks:\n"
                       "      a: {title: t, start: {enter: fixing}, stop: {move: [fix, check]}, "
                       "budget: {days: 3}}\n"),
      "pack.yaml:30:51: pack_shape: expected another turn than start, got fix");
}

TEST(Clock, has_one_limit_of_days_and_pauses_by_what_changes) {
  EXPECT_EQ(faults_of_clocks("    clocks:\n"
                             "      a: {title: t, start: {enter: fixing}, stop: {move: check}}\n"),
            "pack.yaml:30:10: pack_missing_key: expected budget, until_field");
  EXPECT_EQ(
      faults_of_clocks(
          "    clocks:\n"
          "      a: {title: t, start: {enter: fixing, move: fix}, stop: {record: x}, "
          "budget: {param: hours}, until_field: waht, pause_while: {next: {le: today}}}\n"),
      "pack.yaml:30:44: pack_shape: expected one of enter, move, got enter, move\n"
      "pack.yaml:30:63: pack_later: got record\n"
      "pack.yaml:30:83: pack_range: expected days, workdays, months, years, got hours\n"
      "pack.yaml:30:99: pack_shape: expected one of budget, until_field, got budget, until_field\n"
      "pack.yaml:30:112: pack_reference: expected due, next, got waht\n"
      "pack.yaml:30:143: pack_shape: expected case, YYYY-MM-DD, got today");
}

TEST(Ladder, proposes_what_somebody_signs_and_grows_sterner) {
  EXPECT_EQ(
      faults_of_clocks(
          "    clocks:\n"
          "      a: {title: t, start: {enter: fixing}, stop: {move: check}, budget: {days: 3}}\n"
          "    ladder:\n      a:\n"
          "        - {rung: near, title: t, at: {before: {days: 1}}, propose: remind, signed_by: "
          "office}\n"
          "        - {rung: near, title: t, at: {days: 1}, propose: interview}\n"
          "        - {rung: c, title: t, at: {days: 1}}\n"
          "        - {rung: d, title: t, at: {days: 1}, tell: [office], signed_by: office}\n"
          "        - {rung: e, title: t, at: {days: 9}, propose: supervise, signed_by: offce}\n"
          "        - {rung: f, title: t, at: {hours: 9}, propose: remnid, signed_by: office}\n"),
      "pack.yaml:33:68: pack_shape: expected at: duration, got before\n"
      "pack.yaml:34:11: pack_missing_key: expected signed_by\n"
      "pack.yaml:34:18: pack_duplicate_key: expected pack.yaml:33:11, got near\n"
      "pack.yaml:35:11: pack_missing_key: expected tell, propose\n"
      "pack.yaml:36:73: pack_shape: expected propose, got signed_by\n"
      "pack.yaml:37:55: pack_shape: expected interview, got supervise\n"
      "pack.yaml:37:77: pack_reference: expected office, got offce\n"
      "pack.yaml:38:35: pack_range: expected days, workdays, months, years, got hours\n"
      "pack.yaml:38:56: pack_unknown_word: expected remind, got remnid");
}

TEST(Clock, how_it_stands_is_asked_by_moves_alone) {
  const auto with = [](const std::string& needs, const std::string& pause) {
    std::string text = clocked(
        "    clocks:\n"
        "      answer: {title: t, start: {enter: found}, stop: {enter: "
        "fixing}, budget: {param: answer}" +
        pause + "}\n");
    const std::string close = "to: done, by: [office]";
    text.replace(text.find(close), close.size(), close + ", needs: {holds: {" + needs + "}}");
    return findings_of(text);
  };
  EXPECT_EQ(with("clock.answer.result: [late, running]", ""), "");
  EXPECT_EQ(with("clock.answr.result: late", ""),
            "pack.yaml:28:89: pack_reference: expected answer, got clock.answr.result");
  EXPECT_EQ(with("clock.answer.result: lat", ""),
            "pack.yaml:28:110: pack_unknown_word: expected late, got lat");
  EXPECT_EQ(with("state: checked", ", pause_while: {clock.answer.result: late}"),
            "pack.yaml:30:111: pack_shape: expected in needs of a move, got clock.answer.result");
}

TEST(Clock, reads_as_sentences) {
  const auto pack = load_trial(clocked(sound));
  ASSERT_TRUE(pack.ok()) << testing::lines(pack.refusals());
  const MatterType& type = pack->matter_types.at(0);
  const std::vector<Pack> core = {core_pack()};
  const auto read = [&](std::string_view clock, Language language) {
    return sentence(*type.find_clock(clock), type, *pack, core, language);
  };
  EXPECT_EQ(read("answer", Language::zh_cn),
            "“答复”：自进入“已发现”起，期限 5 个工作日（假定），进入“整改中”即停止。");
  EXPECT_EQ(
      read("fix", Language::zh_cn),
      "S9-1 "
      "“整改”：自进入“整改中”起，期限为完成时限，进入“已核”或“已办结”即停止；办理“等待”时重新计时；"
      "（状态为“暂缓”或填有下次日期）期间暂停计时；进入“暂缓”后另计 10 "
      "天；责任可在到期前申请延期，由上级中的另一人批准，须填理由，每次至多延 3 个月，至多 2 次。");
  EXPECT_EQ(read("fix", Language::en),
            "S9-1 “matter_types.issue.clocks.fix.title”: from when it enters "
            "“matter_types.issue.states.fixing.title”, by the day of the field deadline; it stops "
            "when it enters “matter_types.issue.states.checked.title” or "
            "“matter_types.issue.states.done.title”; the time begins anew when it makes the move "
            "“matter_types.issue.moves.wait.title”; it is paused while (state is "
            "“matter_types.issue.states.waiting.title” or matter_types.issue.fields.next.title is "
            "filled in); after entering “matter_types.issue.states.waiting.title” there are 10 "
            "days anew; matter_types.issue.roles.owner.title may ask for more time before it "
            "expires, which another person of matter_types.issue.roles.office.title approves, with "
            "reason, at most 3 months each time, 2 at most in number.");
  const auto rung = [&](std::string_view id) {
    return sentence(*type.find_rung("answer", id), *type.find_clock("answer"), type, *pack, core,
                    Language::zh_cn);
  };
  EXPECT_EQ(rung("near"), "“临期”：时限“答复”到期前 1 个工作日，提醒责任。");
  EXPECT_EQ(rung("late"), "“逾期”：时限“答复”到期未完成的，提醒责任、上级。");
  EXPECT_EQ(rung("high"),
            "S9-1 “长期逾期”：时限“答复”到期后满 3 个工作日仍未完成的，建议挂牌督办，由上级签批，"
            "送达后由责任在 2 个工作日内签收。");
  EXPECT_EQ(rung("silent"),
            "“未签收”：“长期逾期”送达后逾期还没有签收的，建议约谈，由上级签批，"
            "送达后由责任、上级签收，除签批和收到的单位外，只有责任看得到。");
  EXPECT_EQ(sentence_of_urgency(type, *pack, core, Language::zh_cn),
            "S9-1 紧急的：填有下次日期；有关通知不分时间立即发出；时限“答复”为 1 个工作日。");
}

TEST(Ladder, a_step_reaches_units_and_silence_is_that_of_an_earlier_one) {
  EXPECT_EQ(
      faults_of_clocks(
          "    clocks:\n"
          "      a: {title: t, start: {enter: fixing}, stop: {move: check}, budget: {days: 3}}\n"
          "    ladder:\n      a:\n"
          "        - {rung: a, title: t, at: {unacknowledged: c}, propose: remind, signed_by: "
          "office, acknowledge: {by: [ownr], within: {hours: 2}}, seen_by: [ofice]}\n"
          "        - {rung: b, title: t, at: {days: 1}, tell: [office], acknowledge: {by: "
          "[owner]}, "
          "seen_by: [owner]}\n"
          "        - {rung: c, title: t, at: {days: 1}, propose: remind, signed_by: office, "
          "acknowledge: {by: [owner]}}\n"
          "        - {rung: d, title: t, at: {unacknowledged: c}, tell: [office]}\n"),
      "pack.yaml:33:52: pack_reference: got c\n"
      "pack.yaml:33:111: pack_reference: expected owner, got ownr\n"
      "pack.yaml:33:126: pack_range: expected days, workdays, months, years, got hours\n"
      "pack.yaml:33:149: pack_reference: expected office, got ofice\n"
      "pack.yaml:34:75: pack_shape: expected propose, got acknowledge\n"
      "pack.yaml:34:99: pack_shape: expected propose, got seen_by\n"
      "pack.yaml:36:52: pack_reference: expected a, got c");
}

TEST(Urgency, gives_time_to_clocks_that_have_some) {
  const std::string clocks =
      "    clocks:\n"
      "      a: {title: t, start: {enter: fixing}, stop: {move: check}, until_field: due}\n"
      "      b: {title: t, start: {enter: fixing}, stop: {move: check}, budget: {days: 3}}\n";
  EXPECT_EQ(faults_of_clocks(clocks + "    urgent: {when: {next: {present: true}}, budgets: "
                                      "{a: {days: 1}, b: {hours: 1}}}\n"),
            "pack.yaml:32:58: pack_reference: expected b, got a\n"
            "pack.yaml:32:72: pack_range: expected days, workdays, months, years, got hours");
}

}  // namespace
}  // namespace huilu::policy
