#include "policy/merge_check.h"

#include <gtest/gtest.h>

#include "policy/sentence.h"
#include "policy/testing.h"

namespace huilu::policy {
namespace {

using testing::findings_of;
using testing::load_trial;

// `moves`: lines of a list.
std::string merging(std::string_view moves, std::string_view merged = "final: soft") {
  return std::string(R"(documents: {S9: {name: 试}}
clauses: [{id: S9-1, doc: S9, at: "1"}]
matter_types:
  issue:
    pin: version_at_open
    title: 事
    fields: {what: {type: text, required: true, title: 内容},
      raised: {type: list, of: person, title: 提出人}, answered: {type: date, title: 答复日}}
    roles: {owner: {unit: $it.unit, title: 责任}, office: {unit: $it.unit.parent, title: 上级}}
    initial: found
    states: {found: 已发现, done: {title: 已办结, final: soft, outcome: solved},
      merged: {title: 已并入, )") +
         std::string(merged) + ", outcome: duplicate}}\n    moves:\n" +
         "      - {id: close, title: 办结, from: [found], to: done, by: [office]}\n" +
         "      - {id: again, title: 重办, from: [done], to: found, by: [office]}\n" +
         std::string(moves);
}

constexpr std::string_view merge =
    "      - {id: merge, title: 并入, from: [found], to: merged, by: [office], fields: [into],\n"
    "         combines: raised, clears: answered}\n";
constexpr std::string_view part =
    "      - {id: part, title: 单列, from: [merged], to: found, by: [office]}\n";

TEST(Merge, is_a_move_that_asks_into_which_one) {
  const auto pack = load_trial(merging(std::string(merge) + std::string(part)));
  ASSERT_TRUE(pack.ok()) << testing::lines(pack.refusals());
  const MatterType& type = pack->matter_types.at(0);
  EXPECT_TRUE(type.has_merges());
  EXPECT_TRUE(type.find_move("merge")->merges());
  EXPECT_FALSE(type.find_move("part")->merges());
  EXPECT_EQ(type.find_move("merge")->combines, std::vector<std::string>{"raised"});
  const std::string said = sentence(*type.find_move("merge"), type, *pack, {}, Language::zh_cn);
  EXPECT_NE(said.find("并入后不再单独计数"), std::string::npos) << said;
  EXPECT_NE(said.find("提出人加上这一件的"), std::string::npos) << said;
  EXPECT_NE(said.find("答复日清空"), std::string::npos) << said;
}

TEST(Merge, leads_to_a_duplicate_that_can_be_taken_out_again) {
  const std::string all(merge);
  EXPECT_EQ(findings_of(merging(all + std::string(part), "final: hard")),
            "pack.yaml:23:51: pack_shape: expected final: soft, got merged\n"
            "pack.yaml:25:37: pack_shape: expected final: soft, got merged");
  EXPECT_EQ(findings_of(merging(all)),
            "pack.yaml:23:51: pack_shape: expected a move from it to a state without final, got "
            "merged");
  EXPECT_EQ(findings_of(merging(
                "      - {id: merge, title: 并入, from: [found], to: done, by: [office], "
                "fields: [into]}\n"
                "      - {id: lose, title: 重复, from: [found], to: merged, by: [office]}\n" +
                std::string(part))),
            "pack.yaml:23:51: pack_shape: expected outcome: duplicate, got done\n"
            "pack.yaml:24:9: pack_missing_key: expected fields: [into], got lose");
}

TEST(Merge, is_of_what_is_open_and_goes_nowhere_but_back) {
  EXPECT_EQ(findings_of(merging(
                "      - {id: merge, title: 并入, from: [found, done], to: merged, by: [office], "
                "fields: [into]}\n"
                "      - {id: settle, title: 办结, from: [merged], to: done, by: [office]}\n" +
                std::string(part))),
            "pack.yaml:23:46: pack_shape: expected a state without final, got done\n"
            "pack.yaml:24:53: pack_shape: expected a state without final, got done");
}

TEST(Merge, puts_lists_together_and_asks_once_more_for_what_may_be_empty) {
  EXPECT_EQ(
      findings_of(merging(
          "      - {id: merge, title: 并入, from: [found], to: merged, by: [office], "
          "fields: [into],\n"
          "         combines: [rased, what, raised, raised], clears: [what, raised, what]}\n" +
          std::string(part))),
      "pack.yaml:24:21: pack_reference: expected raised, got rased\n"
      "pack.yaml:24:28: pack_type: expected list, got text\n"
      "pack.yaml:24:42: pack_duplicate_key: got raised\n"
      "pack.yaml:24:60: pack_shape: expected a field that is not required and not combined, "
      "got what\n"
      "pack.yaml:24:66: pack_shape: expected a field that is not required and not combined, "
      "got raised\n"
      "pack.yaml:24:74: pack_duplicate_key: got what");
  EXPECT_EQ(findings_of(merging(std::string(merge) + std::string(part) +
                                "      - {id: note, title: 记, from: [found], to: found, "
                                "by: [office], combines: raised}\n")),
            "pack.yaml:26:80: pack_missing_key: expected fields: [into], got note");
}

}  // namespace
}  // namespace huilu::policy
