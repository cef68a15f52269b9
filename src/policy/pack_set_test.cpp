#include "policy/pack_set.h"

#include <gtest/gtest.h>

#include "policy/testing.h"

namespace huilu::policy {
namespace {

// A pack of that id, with labels in every language.
PackSource source(const std::string& id, std::string_view written,
                  const std::vector<Pack>& known = {core_pack()}) {
  PackSource made{"packs/" + id, testing::trial(written, known)};
  std::string& head = made.files.front().bytes;
  head.replace(head.find("trial"), 5, id);
  return made;
}

constexpr std::string_view act =
    "record_types: {act: {title: t, fields: {topic: {type: text, title: t}}}}\n";
constexpr std::string_view refers =
    "record_types: {other: {title: t, fields: {of: {type: ref, of: one/act, title: t}}}}\n";

Pack pack_one() {
  const auto loaded = load_pack(source("one", act).files, {core_pack()});
  EXPECT_TRUE(loaded.ok());
  return *loaded;
}

std::string ids(const PackSet& set) {
  std::string text;
  for (const Pack& pack : set.packs) text += pack.id + " ";
  return text;
}

TEST(PackSet, loads_each_pack_after_what_it_refers_to) {
  const PackSource one = source("one", act);
  const PackSource two = source("two", refers, {core_pack(), pack_one()});
  const PackSet set = load_together({two, one});
  EXPECT_EQ(testing::lines(set.findings), "");
  EXPECT_EQ(ids(set), "core one two ");
  EXPECT_EQ(set.given, (std::vector<std::string>{"two", "one"}));
}

TEST(PackSet, others_are_loaded_where_they_are_referred_to_and_are_not_given) {
  const PackSource one = source("one", act);
  const PackSource two = source("two", refers, {core_pack(), pack_one()});
  const PackSource alone = source("alone", act);
  const PackSet set = load_together({two}, {alone, one});
  EXPECT_EQ(testing::lines(set.findings), "");
  EXPECT_EQ(ids(set), "core one two ");
  EXPECT_EQ(set.given, std::vector<std::string>{"two"});
  const PackSet own = load_together({two, one}, {source("one", "params: []\n")});
  EXPECT_EQ(testing::lines(own.findings), "");
}

TEST(PackSet, a_reference_into_a_pack_with_faults_is_not_a_fault_of_its_own) {
  const PackSource one = source("one", "params: []\n" + std::string(act));
  const PackSource two = source("two", refers, {core_pack(), pack_one()});
  const PackSet set = load_together({one, two});
  EXPECT_EQ(testing::lines(set.findings),
            "packs/one/pack.yaml:8:9: pack_type: expected map, got list");
  EXPECT_EQ(ids(set), "core ");
}

TEST(PackSet, packs_in_a_circle_are_told) {
  const Pack one = pack_one();
  const PackSource two = source("two", refers, {core_pack(), one});
  const PackSource circle = source(
      "one",
      "record_types: {act: {title: t, fields: {of: {type: ref, of: two/other, title: t}}}}\n",
      {core_pack(), *load_pack(two.files, {core_pack(), one})});
  const PackSet set = load_together({circle, two});
  EXPECT_EQ(set.findings.size(), 2U) << testing::lines(set.findings);
  EXPECT_EQ(ids(set), "core ");
}

TEST(PackSet, one_id_is_one_pack) {
  const PackSet set = load_together({source("one", act), source("one", act)});
  EXPECT_EQ(testing::lines(set.findings), "packs/one/pack.yaml:1:1: pack_duplicate_key: got one");
  EXPECT_EQ(ids(set), "core one ");
}

TEST(PackSet, a_folder_of_packs_takes_the_place_of_the_program_s_core) {
  const auto sources = find_packs(HUILU_SOURCE_DIR "/packs");
  ASSERT_FALSE(sources.empty());
  const PackSet set = load_together(sources);
  EXPECT_EQ(testing::lines(set.findings), "");
  EXPECT_EQ(set.packs.front().id, "core");
  EXPECT_EQ(set.packs.size(), sources.size());
}

TEST(PackSet, findings_of_a_single_file_carry_its_name) {
  const PackSource file{"a/draft.yaml", {{"pack.yaml", "pack: one\n"}}};
  EXPECT_EQ(place_in(file, "pack.yaml:1:1"), "a/draft.yaml:1:1");
  EXPECT_EQ(place_in({"a/", {}}, "i18n/en.yaml:1:1"), "a/i18n/en.yaml:1:1");
}

}  // namespace
}  // namespace huilu::policy
