#include "policy/matter_type.h"

#include <gtest/gtest.h>

#include "policy/sentence.h"
#include "policy/testing.h"

namespace huilu::policy {
namespace {

using testing::findings_of;
using testing::load_trial;

// A type whose parts are given; what is left out is sound. The type stands on line 9.
struct TypeParts {
  std::string fields =
      "{what: {type: text, required: true, title: t}, lead: {type: unit, title: t}, "
      "who: {type: person, title: t}, count: {type: int, title: t}}";
  std::string roles = "{owner: {unit: $it.unit, title: o}, lead: {unit: $it.lead, title: l}}";
  std::string initial = "open";
  std::string states = "{open: a, done: {title: b, final: soft, outcome: solved}}";
  std::string moves = "[{id: close, title: c, from: [open], to: done, by: [owner]}]";
  std::string more;
};

std::string written_type(const TypeParts& parts) {
  return "documents: {S9: {name: 试}}\nmatter_types:\n  issue:\n    pin: version_at_open\n"
         "    title: t\n    fields: " +
         parts.fields + "\n    roles: " + parts.roles + "\n    initial: " + parts.initial +
         "\n    states: " + parts.states + "\n    moves: " + parts.moves + "\n" + parts.more;
}

std::string faults_of_type(const TypeParts& parts) { return findings_of(written_type(parts)); }

TypeParts type_with_roles(std::string roles) {
  TypeParts parts;
  parts.roles = std::move(roles);
  return parts;
}
TypeParts type_with_states(std::string states) {
  TypeParts parts;
  parts.states = std::move(states);
  return parts;
}
// One more move between the two states.
TypeParts type_with_move(const std::string& move) {
  TypeParts parts;
  parts.moves = "[{id: close, title: c, from: [open], to: done, by: [owner]}, {" + move + "}]";
  return parts;
}

TEST(MatterType, a_type_is_read_with_its_roles_states_and_moves) {
  const auto pack = load_trial(written_type(type_with_move(
      "id: again, title: d, from: [done], to: open, by: [lead, owner], fields: [what, reason], "
      "needs: {holds: {lead: {present: true}}, say: s}, not_same_person_as: close, "
      "sets: {unit: lead, count: 3, who: null}, tells: [owner]")));
  ASSERT_TRUE(pack.ok()) << testing::lines(pack.refusals());
  const MatterType& type = pack->matter_types.at(0);
  EXPECT_EQ(type.address, "trial/issue");
  EXPECT_EQ(type.find_state("done")->final, Final::soft);
  EXPECT_EQ(type.find_state("done")->outcome, Outcome::solved);
  EXPECT_EQ(type.find_role("lead")->path.text(), "$it.lead");
  const Move& again = *type.find_move("again");
  EXPECT_EQ(again.sets.at(0).role, "lead");
  EXPECT_EQ(again.by, (std::vector<std::string>{"lead", "owner"}));
  EXPECT_EQ(again.not_same_person_as, std::vector<std::string>{"close"});
}

TEST(MatterType, roles_lead_to_units_posts_and_persons) {
  EXPECT_EQ(faults_of_type(type_with_roles("{owner: {unit: $it.unit.parent, title: t}}")), "");
  EXPECT_EQ(faults_of_type(type_with_roles("{owner: {post: secretary, of: $it.unit, title: t}}")),
            "");
  EXPECT_EQ(faults_of_type(type_with_roles("{owner: {persons: $it.who, title: t}}")), "");
  EXPECT_EQ(faults_of_type(type_with_roles("{owner: {unit: $it.who, title: t}}")),
            "pack.yaml:14:27: pack_type: expected unit, got person");
  EXPECT_EQ(faults_of_type(type_with_roles("{owner: {persons: $it.unit, title: t}}")),
            "pack.yaml:14:30: pack_type: expected person, got unit");
  EXPECT_EQ(faults_of_type(type_with_roles("{owner: {post: secretery, of: $it.unit, title: t}}")),
            "pack.yaml:14:27: pack_unknown_word: expected secretary, got secretery");
  EXPECT_EQ(faults_of_type(type_with_roles("{owner: {post: secretary, title: t}}")),
            "pack.yaml:14:20: pack_missing_key: expected of");
  EXPECT_EQ(faults_of_type(type_with_roles("{owner: {unit: $it.untis, title: t}}")).substr(0, 33),
            "pack.yaml:14:27: pack_reference: ");
  EXPECT_EQ(faults_of_type(type_with_roles("{owner: {nearest: {type: branch}, title: t}}")),
            "pack.yaml:14:21: pack_later: got nearest");
}

TEST(MatterType, every_state_is_reached_and_left) {
  EXPECT_EQ(faults_of_type(type_with_states(
                "{open: a, lost: c, done: {title: b, final: soft, outcome: solved}}")),
            "pack.yaml:16:29: pack_shape: expected a move to it, got lost\n"
            "pack.yaml:16:29: pack_shape: expected a move from it, got lost");
  EXPECT_EQ(faults_of_type(type_with_states("{open: a, done: b}")),
            "pack.yaml:16:29: pack_shape: expected a move from it, got done");
  EXPECT_EQ(faults_of_type(type_with_states(
                "{open: {title: a, final: hard, outcome: partly}, done: {title: b, "
                "final: soft, outcome: solved}}")),
            "pack.yaml:15:14: pack_shape: expected a state without final, got open\n"
            "pack.yaml:17:41: pack_shape: expected final: soft, got open");
  EXPECT_EQ(faults_of_type(type_with_states("{open: a, done: {title: b, final: soft}}")),
            "pack.yaml:16:29: pack_missing_key: expected outcome");
  TypeParts initial;
  initial.initial = "opne";
  EXPECT_EQ(faults_of_type(initial), "pack.yaml:15:14: pack_reference: expected open, got opne");
}

TEST(MatterType, what_a_move_names_is_there) {
  EXPECT_EQ(
      faults_of_type(type_with_move("id: close, title: d, from: [opne], to: doen, by: [ownr], "
                                    "fields: [waht], tells: [led], not_same_person_as: cloze")),
      "pack.yaml:17:78: pack_duplicate_key: expected pack.yaml:17:13, got close\n"
      "pack.yaml:17:102: pack_reference: expected open, got opne\n"
      "pack.yaml:17:113: pack_reference: expected done, got doen\n"
      "pack.yaml:17:124: pack_reference: expected owner, got ownr\n"
      "pack.yaml:17:140: pack_reference: expected what, got waht\n"
      "pack.yaml:17:155: pack_reference: expected lead, got led\n"
      "pack.yaml:17:181: pack_reference: got cloze");
  EXPECT_EQ(
      faults_of_type(type_with_move("id: again, title: d, from: [done], to: open, by: [lead], "
                                    "needs: {holds: {state: opne}}")),
      "pack.yaml:17:154: pack_unknown_word: expected open, got opne");
  EXPECT_EQ(
      faults_of_type(type_with_move("id: again, title: d, from: [done], to: open, by: [lead], "
                                    "needs: {at_least: 1, of: {record: lesson}}")),
      "pack.yaml:17:138: pack_later: got at_least");
  EXPECT_EQ(
      faults_of_type(type_with_move("id: again, title: d, from: [done], to: open, by: [lead], "
                                    "needs: {at_most: 0, of: {matter: issue, where: {parent: $it, "
                                    "outcome: {present: false}}}}")),
      "");
  EXPECT_EQ(faults_of_type(type_with_move(
                "id: again, title: d, from: [done], to: open, by: [lead], "
                "needs: {at_most: 0, of: {matter: any, where: {parent: $it, outcome: solved}}}")),
            "");
  EXPECT_EQ(
      faults_of_type(
          type_with_move("id: again, title: d, from: [done], to: open, by: [lead], needs: "
                         "{at_most: 0, of: {matter: any, where: {parent: $it, what: t}}}")),
      "pack.yaml:17:190: pack_reference: expected unit, parent, campaign, opened, due, state, "
      "outcome, evidence, clock, ballot, look_back, stale, into, relapse_of, relapsed_as, got "
      "what");
  EXPECT_EQ(faults_of_type(
                type_with_move("id: again, title: d, from: [done], to: open, by: [lead], "
                               "needs: {at_most: 0, of: {matter: isue, where: {state: done}}}")),
            "pack.yaml:17:138: pack_missing_key: expected where: {parent: $it}\n"
            "pack.yaml:17:164: pack_reference: expected issue, got isue");
  EXPECT_EQ(
      faults_of_type(type_with_move("id: again, title: d, from: [done], to: open, by: [lead], "
                                    "sets: {count: lots, what: lead, unti: lead}")),
      "pack.yaml:17:145: pack_type: expected integer, got lots\n"
      "pack.yaml:17:157: pack_type: expected text, got lead\n"
      "pack.yaml:17:169: pack_reference: expected unit, got unti");
  EXPECT_EQ(
      faults_of_type(type_with_move("id: again, title: d, from: [done], to: open, by: [lead], "
                                    "automatic: true")),
      "pack.yaml:17:123: pack_shape: expected automatic: false, got by\n"
      "pack.yaml:17:142: pack_shape: expected ballot: if_failed, below_min, got again");
}

TEST(MatterType, a_field_is_none_of_the_header_and_later_words_are_told_as_such) {
  TypeParts parts;
  parts.fields = "{due: {type: date, title: t}, what: {type: text, not_after: today, title: t}}";
  parts.roles = "{owner: {unit: $it.unit, title: o}}";
  parts.moves = "[{id: close, title: c, from: [open], to: done, by: [owner], opens: {}}]";
  EXPECT_EQ(faults_of_type(parts),
            "pack.yaml:13:14: pack_duplicate_key: expected the header's word, got due\n"
            "pack.yaml:13:73: pack_unknown_key: got not_after\n"
            "pack.yaml:17:72: pack_later: got opens");
}

TEST(MatterType, papers_show_what_is_there) {
  TypeParts parts;
  parts.more =
      "    sheets:\n      form: {title: f, fields: [what, unit, due, clock], blanks: {head: h}}\n";
  const auto pack = load_trial(written_type(parts));
  ASSERT_TRUE(pack.ok()) << testing::lines(pack.refusals());
  const MatterSheet& sheet = pack->matter_types.at(0).sheets.at(0);
  EXPECT_EQ(sheet.name, "form");
  EXPECT_EQ(sheet.fields, (std::vector<std::string>{"what", "unit", "due", "clock"}));
  EXPECT_EQ(sheet.blanks.at(0).name, "head");
  EXPECT_EQ(sheet.blanks.at(0).title.in(Language::zh_cn), "h");
  const std::vector<Pack> core = {core_pack()};
  const auto text = sentence(pack->matter_types.at(0), *pack, core, Language::zh_cn);
  EXPECT_NE(text.find("可打印“f”"), std::string::npos) << text;
  parts.more =
      "    sheets:\n      form: {title: f, fields: [waht, what, what]}\n      bare: {title: f}\n";
  EXPECT_EQ(faults_of_type(parts),
            "pack.yaml:19:33: pack_reference: expected what, got waht\n"
            "pack.yaml:19:45: pack_duplicate_key: got what\n"
            "pack.yaml:20:13: pack_missing_key: expected fields");
}

TEST(MatterType, rounds_ask_units_and_a_state_says_how_far_a_matter_is) {
  TypeParts parts;
  parts.states = "{open: a, done: {title: b, final: soft, outcome: solved}}";
  parts.more = "    round: {line: owner, lead: lead, progress: [what]}\n";
  EXPECT_EQ(faults_of_type(parts), "");
  parts.more = "    round: {lead: laed, progress: [waht]}\n";
  EXPECT_EQ(faults_of_type(parts),
            "pack.yaml:18:12: pack_missing_key: expected line\n"
            "pack.yaml:18:19: pack_reference: expected lead, got laed\n"
            "pack.yaml:18:36: pack_reference: expected what, got waht");
  parts.roles = "{owner: {persons: $it.who, title: o}}";
  parts.more = "    round: {line: owner}\n";
  EXPECT_EQ(faults_of_type(parts), "pack.yaml:18:19: pack_type: expected unit, got persons");
  EXPECT_EQ(faults_of_type(type_with_states(
                "{open: {title: a, completion: dropped}, "
                "done: {title: b, final: soft, outcome: solved, completion: done}}")),
            "pack.yaml:16:43: pack_range: expected not_started, under_way, nearly_done, done, got "
            "dropped\n"
            "pack.yaml:16:112: pack_shape: expected a state without final, got done");
  const auto pack = load_trial(written_type(type_with_states(
      "{open: {title: a, completion: done}, done: {title: b, final: soft, outcome: partly}}")));
  ASSERT_TRUE(pack.ok()) << testing::lines(pack.refusals());
  const MatterType& type = pack->matter_types.at(0);
  EXPECT_EQ(type.completion_of("open"), Completion::done);
  EXPECT_EQ(type.completion_of("done"), Completion::nearly_done);
}

TEST(MatterType, nobody_reviews_his_own) {
  EXPECT_EQ(
      faults_of_type(type_with_move("id: again, title: d, from: [done], to: open, "
                                    "by: [owner, lead], reviews: [waht, evidence, evidence]")),
      "pack.yaml:17:124: pack_shape: expected a role that is not the responsible unit's, got "
      "owner\n"
      "pack.yaml:17:148: pack_reference: expected what, got waht\n"
      "pack.yaml:17:164: pack_duplicate_key: got evidence");
}

TEST(MatterType, it_reads_as_sentences) {
  const auto pack = load_trial(written_type(type_with_move(
      "id: again, title: d, from: [done], to: open, by: [lead], fields: [what, reason], "
      "needs: {holds: {state: done}}, not_same_person_as: close, sets: {unit: lead, who: null}, "
      "tells: [owner]")));
  ASSERT_TRUE(pack.ok()) << testing::lines(pack.refusals());
  const MatterType& type = pack->matter_types.at(0);
  const std::vector<Pack> core = {core_pack()};
  EXPECT_EQ(sentence(type, *pack, core, Language::zh_cn),
            "“t”登记 t（必填）、t、t、t；“o”为该事项的责任单位；“l”为该事项的 t；开立时为“a”；"
            "“b”为办结（已解决），可重新启动。");
  EXPECT_EQ(sentence(*type.find_move("again"), type, *pack, core, Language::zh_cn),
            "“d”：l 把“b”转为“a”，须填 t、理由，须状态为“b”，不得与办理“c”的为同一人，"
            "责任单位改为 l，清空 t，并告知 o。");
}

}  // namespace
}  // namespace huilu::policy
