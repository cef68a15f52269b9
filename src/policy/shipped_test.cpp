#include "policy/shipped.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "policy/testing.h"

namespace huilu::policy {
namespace {

const std::string packs_folder = HUILU_SOURCE_DIR "/packs";

std::vector<PackFile> pack(std::string_view id, std::string_view text = "") {
  return {{"pack.yaml", "pack: " + std::string(id) + "\n" + std::string(text)}};
}

std::string order_of(std::vector<std::vector<PackFile>> packs) {
  std::string order;
  for (const auto& files : in_order(std::move(packs)))
    order += files.at(0).bytes.substr(6, files.at(0).bytes.find('\n') - 6) + " ";
  return order;
}

TEST(PacksInOrder, each_comes_after_those_that_it_names) {
  EXPECT_EQ(order_of({pack("b", "x: a/visit"), pack("a"), pack("c", "x: [b/duty, a/visit]")}),
            "a b c ");
  EXPECT_EQ(order_of({pack("c"), pack("core"), pack("b")}), "core c b ");
}

TEST(PacksInOrder, a_circle_keeps_its_place) {
  EXPECT_EQ(order_of({pack("a", "x: b/visit"), pack("b", "x: a/visit"), pack("c")}), "c a b ");
}

TEST(PacksInOrder, two_versions_of_a_pack_do_not_wait_for_each_other) {
  EXPECT_EQ(order_of({pack("a", "x: a/visit"), pack("a", "y: a/visit")}), "a a ");
}

// Before anything that is embedded is used, so that a mistake is told and not a failed CHECK.
TEST(ShippedPacks, every_folder_loads_and_is_part_of_the_program) {
  std::vector<std::vector<PackFile>> sources;
  for (const auto& entry : std::filesystem::directory_iterator(packs_folder))
    sources.push_back(read_pack_folder(entry.path()));
  std::vector<Pack> packs;
  for (const auto& files : in_order(std::move(sources))) {
    auto loaded = load_pack(files, packs);
    ASSERT_TRUE(loaded.ok()) << testing::lines(loaded.refusals());
    packs.push_back(std::move(*loaded));
  }
  ASSERT_EQ(shipped_packs().size(), packs.size());
  EXPECT_EQ(shipped_packs().front().id, "core");
  for (const Pack& embedded : shipped_packs()) {
    const auto same = std::find_if(packs.begin(), packs.end(),
                                   [&](const Pack& pack) { return pack.id == embedded.id; });
    ASSERT_NE(same, packs.end()) << embedded.id;
    EXPECT_EQ(same->hash, embedded.hash) << embedded.id;
  }
}

// A number of the policy is a parameter; one may be the document's own word.
TEST(ShippedPacks, a_number_that_is_not_one_is_a_parameter) {
  for (const Pack& pack : shipped_packs())
    for (const Obligation& obligation : pack.obligations)
      if (const auto* written = std::get_if<std::int64_t>(&obligation.needs.threshold.what)) {
        EXPECT_EQ(*written, 1) << obligation.address;
      }
}

TEST(ShippedPacks, what_nobody_decided_is_to_be_reviewed) {
  for (const Pack& pack : shipped_packs())
    for (const Parameter& parameter : pack.parameters)
      for (const ParameterValue& value : parameter.values) {
        const bool assumed = value.basis == Basis::assumed;
        EXPECT_EQ(assumed, parameter.review_by.has_value()) << parameter.name;
        EXPECT_EQ(assumed, value.ref.empty()) << parameter.name;
      }
}

TEST(ShippedPacks, every_parameter_and_record_type_of_a_pack_with_duties_is_used) {
  for (const Pack& pack : shipped_packs()) {
    if (pack.obligations.empty()) continue;
    std::string text;
    for (const PackFile& file : pack.files)
      if (file.path.find('/') == std::string::npos) text += file.bytes;
    for (const Parameter& parameter : pack.parameters)
      EXPECT_NE(text.find("{param: " + parameter.name + "}"), std::string::npos) << parameter.name;
    for (const RecordType& type : pack.record_types)
      EXPECT_TRUE(text.find("record: " + type.name) != std::string::npos ||
                  text.find(", " + type.name + "]") != std::string::npos)
          << type.address;
  }
}

}  // namespace
}  // namespace huilu::policy
