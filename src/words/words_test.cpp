#include "words/words.h"

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>
#include <vector>

#include "base/text.h"

namespace huilu::words {
namespace {

constexpr Language languages[] = {Language::zh_cn, Language::zh_tw, Language::en};

std::string key_of(const RefusalKind& kind) { return "refusal." + std::string(kind.name); }

std::multiset<std::string> placeholders_of(const std::string& pattern) {
  std::multiset<std::string> names;
  for (std::size_t open = pattern.find('{'); open != std::string::npos;
       open = pattern.find('{', open + 1)) {
    names.insert(pattern.substr(open, pattern.find('}', open) - open + 1));
  }
  return names;
}

// "`field_type`" in a table's first column → 422 in the second.
std::map<std::string, int> documented_codes() {
  std::ifstream file(HUILU_SOURCE_DIR "/docs/reference/refusals.md");
  EXPECT_TRUE(file.is_open());
  std::map<std::string, int> codes;
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with("| `")) continue;
    const auto cells = split(line, '|');
    EXPECT_EQ(cells.size(), 6u) << line;
    if (cells.size() != 6) continue;
    const std::string code = trimmed(cells[1]);
    for (const std::size_t words : {3u, 4u}) EXPECT_FALSE(trimmed(cells[words]).empty()) << line;
    EXPECT_TRUE(codes.emplace(code.substr(1, code.size() - 2), std::stoi(trimmed(cells[2]))).second)
        << "twice: " << line;
  }
  return codes;
}

TEST(Words, every_refusal_has_a_title_and_a_message_in_every_language) {
  for (const Language language : languages) {
    for (const RefusalKind& kind : all_refusals()) {
      EXPECT_TRUE(all_texts(language).contains(key_of(kind) + ".title")) << kind.name;
      EXPECT_TRUE(all_texts(language).contains(key_of(kind))) << kind.name;
    }
  }
}

TEST(Words, every_refusal_key_belongs_to_a_code_and_a_known_part) {
  std::set<std::string> known;
  for (const RefusalKind& kind : all_refusals()) {
    for (const char* part : {"", ".title", ".expected", ".got", ".expected_got"}) {
      known.insert(key_of(kind) + part);
    }
  }
  for (const auto& [key, unused] : all_texts(Language::en)) {
    if (key.starts_with("refusal.")) {
      EXPECT_TRUE(known.contains(key)) << key;
    }
  }
}

TEST(Words, the_languages_have_the_same_keys) {
  for (const Language language : {Language::zh_tw, Language::en}) {
    for (const auto& [key, unused] : all_texts(Language::zh_cn)) {
      EXPECT_TRUE(all_texts(language).contains(key)) << tag_of(language) << " lacks " << key;
    }
    for (const auto& [key, unused] : all_texts(language)) {
      EXPECT_TRUE(all_texts(Language::zh_cn).contains(key)) << "zh-CN lacks " << key;
    }
  }
}

TEST(Words, no_text_is_empty_and_each_has_the_same_placeholders_in_every_language) {
  for (const Language language : languages) {
    for (const auto& [key, pattern] : all_texts(language)) {
      EXPECT_FALSE(trimmed(pattern).empty()) << key;
      EXPECT_EQ(placeholders_of(pattern), placeholders_of(all_texts(Language::zh_cn).at(key)))
          << tag_of(language) << " " << key;
    }
  }
}

TEST(Words, a_message_leaves_no_placeholder_open_whatever_the_refusal_knows) {
  for (const Language language : languages) {
    for (const RefusalKind& kind : all_refusals()) {
      EXPECT_EQ(title(language, kind.code).find('{'), std::string::npos) << kind.name;
      for (const char* expected : {"", "E"}) {
        for (const char* got : {"", "G"}) {
          const std::string said = message(language, {kind.code, "/x", expected, got, ""});
          EXPECT_EQ(said.find_first_of("{}"), std::string::npos) << said;
          EXPECT_EQ(said.find("refusal."), std::string::npos) << said;
        }
      }
    }
  }
}

TEST(Words, a_variant_names_exactly_what_its_key_says) {
  using Names = std::multiset<std::string>;
  for (const auto& [key, pattern] : all_texts(Language::en)) {
    if (!key.starts_with("refusal.")) continue;
    const auto parts = split(key, '.');
    const std::string_view part = parts.size() > 2 ? parts[2] : std::string_view();
    const Names names = part == "expected"       ? Names{"{expected}"}
                        : part == "got"          ? Names{"{got}"}
                        : part == "expected_got" ? Names{"{expected}", "{got}"}
                                                 : Names{};
    EXPECT_EQ(placeholders_of(pattern), names) << key;
  }
}

TEST(Words, a_message_says_what_was_expected_and_found_in_the_words_of_the_language) {
  const Refusal long_text{RefusalCode::field_range, "/name", "1 to 200 characters",
                          "201 characters", ""};
  EXPECT_EQ(message(Language::zh_cn, long_text),
            "此项不在允许的范围内，允许：1 至 200 个字符；填的是：201 个字符。"
            "请修改。");
  EXPECT_EQ(message(Language::zh_tw, long_text),
            "此欄不在允許的範圍內，允許：1 至 200 個字元；所填為：201 個字元。"
            "請修改。");
  const Refusal ahead{RefusalCode::date_in_future, "/date", "not after 2026-11-21", "2026-12-01",
                      ""};
  EXPECT_EQ(message(Language::zh_cn, ahead),
            "日期（2026-12-01）在今天之后，"
            "还没有发生的事不能登记为已做。允许：不晚于 2026-11-21。");
  EXPECT_EQ(message(Language::en, {RefusalCode::not_permitted, "", "record_enter", "", ""}),
            "Your role does not allow this; it needs the permission: enter records. "
            "If you need it, ask the security administrator for a grant.");
}

TEST(Words, names_that_must_be_typed_are_not_translated) {
  const std::string said =
      message(Language::zh_cn, {RefusalCode::unknown_word, "/type", "text, month", "month", ""});
  EXPECT_EQ(said, "“month”不是可选的值。可选：text, month。");
}

TEST(Words, a_phrase_without_a_text_stays_as_it_is) {
  EXPECT_EQ(message(Language::zh_cn, {RefusalCode::field_range, "/level", "0..5, 9", "7", ""}),
            "此项不在允许的范围内，允许：0..5, 9；填的是：7。请修改。");
}

TEST(Words, what_is_known_but_has_no_variant_is_left_out) {
  EXPECT_EQ(message(Language::en, {RefusalCode::field_required, "/date", "date", "", ""}),
            "This must be filled in. Fill it in and send it again.");
}

TEST(Words, an_unknown_key_is_its_own_text) {
  EXPECT_EQ(text(Language::en, "nothing.of.the.kind"), "nothing.of.the.kind");
}

TEST(Words, a_value_with_braces_is_not_filled_again) {
  EXPECT_EQ(text(Language::en, "refusal.unknown_word.expected_got",
                 {{"got", "{expected}"}, {"expected", "{got}"}}),
            "“{expected}” is not one of the choices. Possible: {got}.");
  EXPECT_EQ(text(Language::en, "refusal.unknown_word.expected"),
            "This is not one of the choices. Possible: {expected}.");
}

TEST(Words, the_language_is_the_wanted_one_that_comes_first) {
  const std::vector<std::pair<std::string_view, Language>> table = {
      {"", Language::zh_cn},
      {"*", Language::zh_cn},
      {"de, fr;q=0.5", Language::zh_cn},
      {"zh", Language::zh_cn},
      {"zh-CN,zh;q=0.9,en;q=0.8", Language::zh_cn},
      {"zh-TW,zh;q=0.9,en;q=0.8", Language::zh_tw},
      {"zh-HK", Language::zh_tw},
      {"zh-MO", Language::zh_tw},
      {"ZH-hant-sg", Language::zh_tw},
      {"zh-Hans-TW", Language::zh_cn},
      {"zh-SG", Language::zh_cn},
      {"en", Language::en},
      {"en-GB;q=0.8, zh-TW;q=0.7", Language::en},
      {"en;q=0.5, zh-TW", Language::zh_tw},
      {"de, en;q=0.3, zh;q=0.2", Language::en},
      {"en;q=0, zh-TW;q=0.001", Language::zh_tw},
      {"en ; q=0.9 , zh-TW ; q=1.000", Language::zh_tw},
      {"en;Q=0.1, zh-TW;q=0.2", Language::zh_tw},
      {"english", Language::zh_cn},
      {"en;q=2, zh-TW;q=0.1", Language::zh_tw},
      {"en;q=0.1234, zh-TW;q=0.1", Language::zh_tw},
      {"en;q=0.-1, zh-TW;q=0.1", Language::zh_tw},
      {"en;q=, zh-TW;q=0.1", Language::zh_tw},
      {",,;;-,en", Language::en},
  };
  for (const auto& [header, language] : table) {
    EXPECT_EQ(tag_of(language_from(header)), tag_of(language)) << header;
  }
}

TEST(Words, the_reference_lists_exactly_the_codes_with_their_status) {
  std::map<std::string, int> codes;
  for (const RefusalKind& kind : all_refusals()) codes.emplace(kind.name, kind.status);
  EXPECT_EQ(documented_codes(), codes);
}

// The enumerations of rooms above this one, as their sources write them: def files and schemas.
std::string source(const std::string& path) {
  std::ifstream file(HUILU_SOURCE_DIR "/" + path);
  EXPECT_TRUE(file.is_open()) << path;
  std::stringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

TEST(Words, every_permission_and_role_has_a_word) {
  const Texts& texts = all_texts(Language::en);
  std::size_t permissions = 0;
  const std::string list = source("src/command/permissions.def");
  for (const auto line : split(list, '\n')) {
    if (!line.starts_with("PERMISSION(")) continue;
    const std::string name(line.substr(11, line.find(')') - 11));
    EXPECT_TRUE(texts.contains("permission." + name)) << name;
    ++permissions;
  }
  EXPECT_GT(permissions, 0u);

  const std::string schema = source("src/identity/schema/0010_identity.sql");
  const std::size_t begin = schema.find("role text not null check (role in (");
  ASSERT_NE(begin, std::string::npos);
  const std::string check = schema.substr(begin, schema.find("))", begin) - begin);
  const auto pieces = split(check, '\'');
  EXPECT_GT(pieces.size(), 2u);
  for (std::size_t i = 1; i < pieces.size(); i += 2) {
    EXPECT_TRUE(texts.contains("role." + std::string(pieces[i]))) << pieces[i];
  }
}

}  // namespace
}  // namespace huilu::words
