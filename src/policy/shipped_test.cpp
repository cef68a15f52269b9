#include "policy/shipped.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "policy/pack_set.h"
#include "policy/testing.h"

namespace huilu::policy {
namespace {

const std::string packs_folder = HUILU_SOURCE_DIR "/packs";

// Before anything that is embedded is used, so that a mistake is told and not a failed CHECK.
TEST(ShippedPacks, every_folder_loads_and_is_part_of_the_program) {
  const PackSet set = load_together(find_packs(packs_folder));
  ASSERT_EQ(testing::lines(set.findings), "");
  ASSERT_EQ(shipped_packs().size(), set.packs.size());
  EXPECT_EQ(shipped_packs().front().id, "core");
  for (std::size_t i = 0; i < set.packs.size(); ++i) {
    EXPECT_EQ(shipped_packs()[i].id, set.packs[i].id);
    EXPECT_EQ(shipped_packs()[i].hash, set.packs[i].hash) << set.packs[i].id;
  }
}

void expect_one_or_parameter(const Test& test, const std::string& address) {
  for (const Test& part : test.parts) expect_one_or_parameter(part, address);
  const bool counts = test.kind == TestKind::at_least || test.kind == TestKind::at_most ||
                      test.kind == TestKind::exactly;
  const auto* const written = std::get_if<std::int64_t>(&test.threshold.what);
  EXPECT_TRUE(!counts || !written || *written == 1) << address;
}

// A number of the policy is a parameter; one may be the document's own word.
TEST(ShippedPacks, a_number_that_is_not_one_is_a_parameter) {
  for (const Pack& pack : shipped_packs())
    for (const Obligation& obligation : pack.obligations)
      expect_one_or_parameter(obligation.needs, obligation.address);
}

TEST(ShippedPacks, what_nobody_decided_is_to_be_reviewed) {
  for (const Pack& pack : shipped_packs())
    for (const Parameter& parameter : pack.parameters)
      for (const ParameterValue& value : parameter.values) {
        const bool assumed = value.basis == Basis::assumed;
        EXPECT_EQ(assumed, parameter.review_by.has_value()) << parameter.name;
        // What the document itself says is found by the clause.
        EXPECT_TRUE(value.basis == Basis::seed || assumed == value.ref.empty()) << parameter.name;
      }
}

// What is shown in a language is in that language: no note of an English page is Chinese.
TEST(ShippedPacks, every_note_of_a_value_is_translated) {
  int notes = 0;
  for (const Pack& pack : shipped_packs())
    for (const Parameter& parameter : pack.parameters)
      for (const ParameterValue& value : parameter.values) {
        const std::string& english = value.note.in(Language::en);
        const bool is_ours = std::none_of(english.begin(), english.end(), [](unsigned char c) {
          return c >= 0xE4 && c <= 0xE9;  // a Han character begins so
        });
        EXPECT_TRUE(is_ours) << pack.id << '/' << parameter.name << ": " << english;
        if (!english.empty()) ++notes;
      }
  EXPECT_GT(notes, 50);
}

TEST(ShippedPacks, every_tag_that_a_duty_names_has_a_title) {
  int named = 0;
  for (const Pack& pack : shipped_packs())
    for (const Obligation& obligation : pack.obligations)
      for (const Comparing& one : obligation.who.condition.lines) {
        if (one.path.steps.empty() || one.path.steps.back() != "tags") continue;
        for (const Operand& operand : one.operands) {
          const auto* const value = std::get_if<Value>(&operand.what);
          if (value == nullptr || value->text() == nullptr) continue;
          EXPECT_NE(find_tag(pack, shipped_packs(), *value->text()), nullptr)
              << obligation.address << ": " << *value->text();
          ++named;
        }
      }
  EXPECT_GT(named, 30);
}

bool cites(const std::vector<std::string>& clauses, const std::string& clause) {
  return std::find(clauses.begin(), clauses.end(), clause) != clauses.end();
}

// Some clauses ask for no more than that something is kept.
bool answers_alone(const Pack& pack, const RecordType& type) {
  return std::any_of(type.clauses.begin(), type.clauses.end(), [&](const std::string& clause) {
    return std::none_of(pack.obligations.begin(), pack.obligations.end(),
                        [&](const Obligation& duty) { return cites(duty.clauses, clause); });
  });
}

TEST(ShippedPacks, every_parameter_and_record_type_of_a_pack_with_duties_is_used) {
  for (const Pack& pack : shipped_packs()) {
    if (pack.obligations.empty()) continue;
    std::string text;
    for (const PackFile& file : pack.files)
      if (file.path.find('/') == std::string::npos) text += file.bytes;
    for (const Parameter& parameter : pack.parameters) {
      if (origin_of(parameter.place)) continue;
      EXPECT_NE(text.find("{param: " + parameter.name + "}"), std::string::npos) << parameter.name;
    }
    for (const RecordType& type : pack.record_types)
      EXPECT_TRUE(text.find("record: " + type.name) != std::string::npos ||
                  text.find(", " + type.name + "]") != std::string::npos ||
                  text.find("ref, of: " + type.name) != std::string::npos ||
                  answers_alone(pack, type))
          << type.address;
  }
}

}  // namespace
}  // namespace huilu::policy
