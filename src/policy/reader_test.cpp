#include "policy/reader.h"

#include <gtest/gtest.h>

#include "policy/finding.h"

namespace huilu::policy {
namespace {

enum class Colour { red, green };
constexpr std::array<std::string_view, 2> colours = {"red", "green"};

struct Thing {
  std::string id;
  std::string name;
  std::int64_t count = 0;
  bool open = false;
  Date day;
  std::optional<Duration> wait;
  Colour colour = Colour::red;
  std::vector<std::string> parts;
  Label title;
};

Form<std::vector<Thing>> things() {
  return by_name(map_of<Thing>({
                     required("name", &Thing::name, text()),
                     optional("count", &Thing::count, integer(0, 9)),
                     optional("open", &Thing::open, boolean()),
                     optional("day", &Thing::day, date()),
                     optional("wait", &Thing::wait, duration()),
                     optional("colour", &Thing::colour, word<Colour>(colours)),
                     optional("parts", &Thing::parts, one_or_list(id())),
                     label("title", &Thing::title),
                 }),
                 &Thing::id);
}

struct Read {
  std::vector<Thing> things;
  std::string findings;
};

Read read(std::string_view bytes, std::string_view i18n) {
  const YamlFile file = read_yaml("a.yaml", bytes);
  Refusals findings = file.findings;
  Texts texts;
  for (const Language language : {Language::zh_cn, Language::zh_tw, Language::en})
    texts.read(language, read_yaml(tag_of(language), i18n).root, findings);
  Reading reading(texts, Language::zh_cn);
  Read out;
  things().read(reading, file.root, out.things);
  findings.insert(findings.end(), reading.findings().begin(), reading.findings().end());
  texts.report_unused(reading.labels(), reading.unread(), findings);
  sort_by_place(findings);
  for (const Refusal& finding : findings)
    out.findings += (out.findings.empty() ? "" : "\n") + line(finding);
  return out;
}

std::string findings_in(std::string_view line_of_thing) {
  return read("x: {name: m, " + std::string(line_of_thing) + "}\n", "x.title: X").findings;
}

TEST(Reader, reads_what_the_keys_declare) {
  const Read out = read(
      "x:\n  name: 名\n  count: 3\n  open: true\n  day: 2026-03-05\n  wait: {workdays: 5}\n"
      "  colour: green\n  parts: a\nx2: {name: \"1\", parts: [a, b]}\n",
      "x.title: X\nx2.title: X2\n");
  EXPECT_EQ(out.findings, "");
  ASSERT_EQ(out.things.size(), 2U);
  const Thing& x = out.things[0];
  EXPECT_EQ(x.id, "x");
  EXPECT_EQ(x.name, "名");
  EXPECT_EQ(x.count, 3);
  EXPECT_TRUE(x.open);
  EXPECT_EQ(x.day, Date::of(2026, 3, 5));
  EXPECT_EQ(x.wait, (Duration{DurationUnit::workdays, 5}));
  EXPECT_EQ(x.colour, Colour::green);
  EXPECT_EQ(x.parts, std::vector<std::string>{"a"});
  EXPECT_EQ(x.title.in(Language::en), "X");
  EXPECT_EQ(out.things[1].parts.size(), 2U);
}

struct Fault {
  std::string_view written;
  std::string_view finding;
};

class ReaderFault : public ::testing::TestWithParam<Fault> {};

TEST_P(ReaderFault, has_code_place_expected_and_got) {
  EXPECT_EQ(findings_in(GetParam().written), GetParam().finding);
}

INSTANTIATE_TEST_SUITE_P(
    Table, ReaderFault,
    ::testing::Values(
        Fault{"colur: red", "a.yaml:1:14: pack_unknown_key: expected colour, got colur"},
        Fault{"count: 10", "a.yaml:1:21: pack_range: expected integer 0 to 9, got 10"},
        Fault{"count: 1.0", "a.yaml:1:21: pack_type: expected integer 0 to 9, got 1.0"},
        Fault{"count: \"1\"", "a.yaml:1:21: pack_type: expected integer 0 to 9, got 1"},
        Fault{"count: 99999999999999999999",
              "a.yaml:1:21: pack_type: expected integer 0 to 9, got 99999999999999999999"},
        Fault{"count: [1]", "a.yaml:1:21: pack_type: expected integer 0 to 9, got list"},
        Fault{"open: yes", "a.yaml:1:20: pack_type: expected true, false, got yes"},
        Fault{"open: on", "a.yaml:1:20: pack_type: expected true, false, got on"},
        Fault{"open: True", "a.yaml:1:20: pack_type: expected true, false, got True"},
        Fault{"open: \"true\"", "a.yaml:1:20: pack_type: expected true, false, got true"},
        Fault{"day: 2026-02-30",
              "a.yaml:1:19: pack_type: expected date YYYY-MM-DD, got 2026-02-30"},
        Fault{"colour: gren", "a.yaml:1:22: pack_unknown_word: expected green, got gren"},
        Fault{"colour: blue", "a.yaml:1:22: pack_unknown_word: expected red, green, got blue"},
        Fault{"colour: {red: 1}", "a.yaml:1:22: pack_type: expected red, green, got map"},
        Fault{"parts: [a, B]", "a.yaml:1:25: pack_type: expected id [a-z][a-z0-9_]*, got B"},
        Fault{"parts: off", "a.yaml:1:21: pack_type: expected id [a-z][a-z0-9_]*, got off"},
        Fault{"parts: [\"no\"]", "a.yaml:1:22: pack_type: expected id [a-z][a-z0-9_]*, got no"},
        Fault{"wait: {day: 5}", "a.yaml:1:21: pack_unknown_key: expected days, got day"},
        Fault{"wait: {days: -1}", "a.yaml:1:27: pack_range: expected integer 0 to 100000, got -1"},
        Fault{"wait: {days: 1, hours: 2}",
              "a.yaml:1:20: pack_type: expected one of hours, workhours, days, workdays, months, "
              "years, got map"},
        Fault{"wait: 5", "a.yaml:1:20: pack_type: expected map, got 5"},
        Fault{"name: 1.0",
              "a.yaml:1:14: pack_duplicate_key: expected a.yaml:1:5, got name\n"
              "a.yaml:1:20: pack_type: expected text in quotes, got 1.0"}));

class NotText : public ::testing::TestWithParam<std::string_view> {};

TEST_P(NotText, needs_quotes_to_be_a_text) {
  const std::string word(GetParam());
  EXPECT_EQ(read("x: {name: " + word + "}\n", "x.title: X").findings,
            "a.yaml:1:11: pack_type: expected text in quotes, got " + word);
  EXPECT_EQ(read("x: {name: \"" + word + "\"}\n", "x.title: X").findings, "");
}

INSTANTIATE_TEST_SUITE_P(Table, NotText,
                         ::testing::Values("1", "-1", "1.0", "1e3", "0x1F", "0o7", ".inf", "12:30",
                                           "yes", "No", "OFF", "true", "1_000", ".5", "5."));

TEST(Reader, versions_and_dates_are_texts_without_quotes) {
  EXPECT_EQ(read("x: {name: 1.0.0}\nz: {name: 2026-01-01}\n", "x.title: X\nz.title: Z").findings,
            "");
}

TEST(Reader, an_empty_text_is_none) {
  EXPECT_EQ(read("x: {name: \" \"}\n", "x.title: X").findings,
            "a.yaml:1:11: pack_type: expected text, got  ");
}

TEST(Reader, finds_every_fault_at_once) {
  EXPECT_EQ(read("x:\n  nam: m\n  count: many\n  open: yes\n  colour: gren\nX: {name: m}\n"
                 "z: [1]\n",
                 "x.title: X\nX.title: X\nx.titel: X\n")
                .findings,
            "a.yaml:2:3: pack_unknown_key: expected name, got nam\n"
            "a.yaml:3:10: pack_type: expected integer 0 to 9, got many\n"
            "a.yaml:4:9: pack_type: expected true, false, got yes\n"
            "a.yaml:5:11: pack_unknown_word: expected green, got gren\n"
            "a.yaml:6:1: pack_type: expected id [a-z][a-z0-9_]*, got X\n"
            "a.yaml:7:4: pack_type: expected map, got list\n"
            "en:3:1: pack_reference: expected x.title, got x.titel\n"
            "zh-CN:3:1: pack_reference: expected x.title, got x.titel\n"
            "zh-TW:3:1: pack_reference: expected x.title, got x.titel");
}

TEST(Reader, an_optional_key_may_be_null_and_a_required_one_may_not) {
  EXPECT_EQ(findings_in("day: null, count: ~"), "");
  EXPECT_EQ(read("x: {name: null}\n", "x.title: X").findings,
            "a.yaml:1:11: pack_type: expected text in quotes, got null");
}

TEST(Reader, says_nothing_more_where_a_fault_was_reported) {
  EXPECT_EQ(read("x: {name: &n m}\nz: {name: *n}\n", "x.title: X\nz.title: Z").findings,
            "a.yaml:1:11: pack_syntax: expected no anchor, got &n\n"
            "a.yaml:2:11: pack_syntax: expected no alias, got *n");
}

TEST(Reader, a_text_that_broke_off_lacks_no_key) {
  const Read out = read("x: {count: 1, parts: [a\n", "x.title: X");
  EXPECT_EQ(out.findings,
            "a.yaml:2:1: pack_syntax: expected YAML 1.2, got did not find expected ',' or ']'");
}

TEST(Reader, a_label_stands_inline_or_in_i18n_and_in_every_language) {
  Refusals findings;
  Texts texts;
  texts.read(Language::zh_cn, read_yaml("zh-CN", "x.title: 甲\n").root, findings);
  texts.read(Language::en, read_yaml("en", "z.title: Z\n").root, findings);
  const YamlFile file = read_yaml("a.yaml", "x: {name: m, title: 乙}\nz: {name: m, title: 丙}\n");
  Reading reading(texts, Language::zh_cn);
  std::vector<Thing> out;
  things().read(reading, file.root, out);
  std::string text;
  for (const Refusal& finding : reading.findings()) text += line(finding) + "\n";
  // The language without a file is found once.
  EXPECT_EQ(text,
            "zh-CN:1:1: pack_duplicate_key: expected a.yaml:1:21, got x.title\n"
            "a.yaml:1:4: pack_no_label: expected i18n/zh-TW.yaml, got x.title\n"
            "a.yaml:1:4: pack_no_label: expected i18n/en.yaml, got x.title\n");
  ASSERT_EQ(out.size(), 2U);
  EXPECT_EQ(out[1].title.in(Language::zh_cn), "丙");
  EXPECT_EQ(out[1].title.in(Language::en), "Z");
}

TEST(Reader, a_literal_becomes_a_value) {
  const YamlFile file = read_yaml("a.yaml", "{a: 1, b: [true, \"true\", x, 01], c: null}");
  EXPECT_EQ(to_json(value_of(file.root)), R"({"a":1,"b":[true,"true","x","01"],"c":null})");
}

}  // namespace
}  // namespace huilu::policy
