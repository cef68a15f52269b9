#include "policy/yaml.h"

#include <gtest/gtest.h>

#include "policy/finding.h"

namespace huilu::policy {
namespace {

std::string yaml_findings_of(std::string_view bytes) {
  std::string text;
  for (const Refusal& finding : read_yaml("a.yaml", bytes).findings)
    text += (text.empty() ? "" : "\n") + line(finding);
  return text;
}

TEST(Yaml, gives_each_node_its_place_in_characters) {
  const YamlFile file = read_yaml("a.yaml", "一: [甲, \"b\"]\ntwo:\n  党员: {c: 3}\n");
  ASSERT_TRUE(file.findings.empty());
  const Node& list = *file.root.find("一");
  EXPECT_EQ(list.place.text(), "a.yaml:1:4");
  EXPECT_EQ(list.items[1].place.text(), "a.yaml:1:8");
  EXPECT_TRUE(list.items[1].quoted);
  EXPECT_FALSE(list.items[0].quoted);
  const Node& member = *file.root.find("two")->find("党员");
  EXPECT_EQ(member.find("c")->place.text(), "a.yaml:3:11");
  EXPECT_EQ(member.find("c")->text, "3");
  EXPECT_EQ(file.root.find("two")->members[0].place.text(), "a.yaml:3:3");
  EXPECT_EQ(file.root.find("three"), nullptr);
}

TEST(Yaml, an_empty_value_stands_at_its_key_and_is_null_like_null_itself) {
  const YamlFile file = read_yaml("a.yaml", "a:\nb: null\nc: \"null\"\n");
  ASSERT_TRUE(file.findings.empty());
  EXPECT_EQ(file.root.find("a")->kind, NodeKind::null);
  EXPECT_EQ(file.root.find("a")->place.text(), "a.yaml:1:1");
  EXPECT_EQ(file.root.find("b")->kind, NodeKind::null);
  EXPECT_EQ(file.root.find("b")->place.text(), "a.yaml:2:4");
  EXPECT_EQ(file.root.find("c")->kind, NodeKind::scalar);
}

TEST(Yaml, reads_windows_line_ends_a_byte_order_mark_and_block_texts) {
  const YamlFile file = read_yaml("a.yaml",
                                  "\xEF\xBB\xBF"
                                  "a: 1\r\nb: |\r\n  x\r\n");
  EXPECT_TRUE(file.findings.empty());
  EXPECT_EQ(file.root.find("b")->place.text(), "a.yaml:2:4");
  EXPECT_TRUE(file.root.find("b")->quoted);
}

struct Refused {
  std::string_view bytes;
  std::string_view finding;
};

class YamlRefuses : public ::testing::TestWithParam<Refused> {};

TEST_P(YamlRefuses, with_line_and_column) {
  EXPECT_EQ(yaml_findings_of(GetParam().bytes), GetParam().finding);
}

INSTANTIATE_TEST_SUITE_P(
    Table, YamlRefuses,
    ::testing::Values(
        Refused{"a: 1\nb: 2\na: 3\n", "a.yaml:3:1: pack_duplicate_key: expected a.yaml:1:1, got a"},
        Refused{"a: &x 1\n", "a.yaml:1:4: pack_syntax: expected no anchor, got &x"},
        Refused{"a: &x 1\nb: *x\n",
                "a.yaml:1:4: pack_syntax: expected no anchor, got &x\n"
                "a.yaml:2:4: pack_syntax: expected no alias, got *x"},
        Refused{"a: !!str 1\n", "a.yaml:1:4: pack_syntax: expected no tag, got !!str"},
        Refused{"a: !mine {b: 1}\n", "a.yaml:1:4: pack_syntax: expected no tag, got !mine"},
        Refused{"a: ! b\n", "a.yaml:1:4: pack_syntax: expected no tag, got !"},
        Refused{"<<: {b: 1}\n", "a.yaml:1:1: pack_syntax: expected no merge key, got <<"},
        Refused{"a: 1\n---\nb: 2\n",
                "a.yaml:2:1: pack_syntax: expected one document, got a second document"},
        Refused{"a:\n\tb: 1\n",
                "a.yaml:2:1: pack_syntax: expected no control character, got a tab"},
        Refused{"a: \"x\ty\"\n",
                "a.yaml:1:6: pack_syntax: expected no control character, got a tab"},
        Refused{"a: \"党\x01\"\n",
                "a.yaml:1:6: pack_syntax: expected no control character, got U+0001"},
        Refused{"off: 1\n", "a.yaml:1:1: pack_syntax: expected a word as key, got off"},
        Refused{"{a: 1, Yes: 2}\n", "a.yaml:1:8: pack_syntax: expected a word as key, got Yes"},
        Refused{"null: 1\n", "a.yaml:1:1: pack_syntax: expected a word as key, got null"},
        Refused{"? [a]\n: 1\n", "a.yaml:1:3: pack_syntax: expected a word as key, got list"},
        Refused{"a: \xFF\n", "a.yaml:1:1: pack_syntax: expected UTF-8, got other bytes"},
        Refused{"a: [1, 2\n",
                "a.yaml:2:1: pack_syntax: expected YAML 1.2, got did not find "
                "expected ',' or ']'"},
        Refused{"a: b: c\n",
                "a.yaml:1:5: pack_syntax: expected YAML 1.2, got mapping values are not allowed in "
                "this context"},
        Refused{"a: *x\n", "a.yaml:1:4: pack_syntax: expected no alias, got *x"}));

std::string nested(int levels) {
  return std::string(static_cast<std::size_t>(levels), '[') +
         std::string(static_cast<std::size_t>(levels), ']');
}

TEST(Yaml, reads_32_levels_and_goes_on_after_a_33rd) {
  EXPECT_EQ(yaml_findings_of(nested(32)), "");
  EXPECT_EQ(yaml_findings_of(nested(33)),
            "a.yaml:1:33: pack_range: expected at most 32 levels, got more");
  const YamlFile file = read_yaml("a.yaml", "a: " + nested(40) + "\nb: 1\nb: 2\n");
  ASSERT_EQ(file.findings.size(), 2U);
  EXPECT_EQ(file.findings[0].where, "a.yaml:1:35");
  EXPECT_EQ(file.findings[1].code, RefusalCode::pack_duplicate_key);
  EXPECT_EQ(file.root.find("b")->text, "1");
}

TEST(Yaml, finds_a_bracket_that_closes_nothing) {
  for (const char* bytes : {"a: 1\n]\n", "]", "}", "a: 1\n}\n", ",", "[1] ]"})
    EXPECT_FALSE(read_yaml("a.yaml", bytes).findings.empty()) << bytes;
}

TEST(Yaml, survives_thousands_of_levels) {
  const YamlFile file = read_yaml("a.yaml", std::string(100'000, '['));
  ASSERT_FALSE(file.findings.empty());
  EXPECT_EQ(file.findings[0].code, RefusalCode::pack_range);
}

TEST(Yaml, refuses_a_file_over_one_megabyte_unread) {
  const std::string head = "a: ";
  EXPECT_EQ(yaml_findings_of(head + std::string(yaml_bytes_max - head.size(), 'x')), "");
  EXPECT_EQ(yaml_findings_of(std::string(yaml_bytes_max + 1, '\t')),
            "a.yaml:1:1: pack_range: expected at most 1048576 bytes, got 1048577");
}

TEST(Yaml, keeps_what_was_read_before_the_text_broke_off) {
  const YamlFile file = read_yaml("a.yaml", "a: 1\nb: {c: 2, d: [x, z\n");
  ASSERT_EQ(file.findings.size(), 1U);
  EXPECT_TRUE(file.root.cut);
  EXPECT_EQ(file.root.find("a")->text, "1");
  EXPECT_EQ(file.root.find("b")->find("c")->text, "2");
  EXPECT_TRUE(file.root.find("b")->cut);
  EXPECT_EQ(file.root.find("b")->find("d")->items.size(), 1U);  // z may be half a word
}

TEST(Yaml, keeps_both_of_two_equal_keys_so_that_both_are_checked) {
  const YamlFile file = read_yaml("a.yaml", "a: 1\na: 2\n");
  ASSERT_EQ(file.root.members.size(), 2U);
  EXPECT_EQ(file.root.members[1].value.text, "2");
}

TEST(Finding, names_the_nearest_word_or_all_of_them) {
  const std::vector<std::string_view> words = {"branch", "court", "leading_group"};
  EXPECT_EQ(nearest_word("leading_grop", words), "leading_group");
  EXPECT_EQ(nearest_word("brnach", words), "branch");
  EXPECT_EQ(nearest_word("Branch", words), "branch");
  EXPECT_EQ(nearest_word("university", words), "");
  EXPECT_EQ(nearest_word("", words), "");
  EXPECT_EQ(nearest_word(std::string(200, 'a'), {std::string(200, 'a')}), "");
  EXPECT_EQ(nearest_or_all("university", words), "branch, court, leading_group");
}

TEST(Finding, stands_in_the_order_of_the_text) {
  Refusals findings;
  for (const char* where : {"b.yaml:1:1", "a.yaml:10:2", "a.yaml:9:30", "a.yaml:9:4"})
    findings.push_back({RefusalCode::pack_type, where, "", "", ""});
  sort_by_place(findings);
  std::string order;
  for (const Refusal& finding : findings) order += finding.where + " ";
  EXPECT_EQ(order, "a.yaml:9:4 a.yaml:9:30 a.yaml:10:2 b.yaml:1:1 ");
}

}  // namespace
}  // namespace huilu::policy
