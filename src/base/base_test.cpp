#include <gtest/gtest.h>

#include "base/hash.h"
#include "base/ids.h"
#include "base/pattern.h"
#include "base/text.h"
#include "base/time.h"
#include "base/value.h"

namespace huilu {
namespace {

TEST(Date, reads_only_days_that_exist) {
  EXPECT_EQ(Date::parse("1970-01-01")->days, 0);
  EXPECT_EQ(Date::parse("2024-02-29")->text(), "2024-02-29");
  for (const char* bad : {"2023-02-29", "2026-13-01", "2026-1-1", "0000-01-01", "", "2026-01-0x"})
    EXPECT_FALSE(Date::parse(bad)) << bad;
}

TEST(Date, is_the_local_day_in_china) {
  EXPECT_EQ(Zone{}.date_of(Instant{16 * 3'600'000 - 1}).text(), "1970-01-01");
  EXPECT_EQ(Zone{}.date_of(Instant{16 * 3'600'000}).text(), "1970-01-02");
  EXPECT_EQ(Zone{}.date_of(Instant{-8 * 3'600'000 - 1}).text(), "1969-12-31");
  EXPECT_EQ(SetClock(Date::of(2026, 11, 22)).today().text(), "2026-11-22");
}

TEST(Instant, is_written_in_utc) {
  EXPECT_EQ(Instant{0}.text(), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(Instant{1'772'672'523'004}.text(), "2026-03-05T01:02:03.004Z");
}

TEST(Id, is_read_only_as_it_is_written) {
  EXPECT_EQ(UnitId::parse("u12"), UnitId{12});
  EXPECT_EQ(UnitId{12}.text(), "u12");
  for (const char* bad : {"12", "p12", "u", "u0", "u012", "u-1", "u1x", "u99999999999999999999"})
    EXPECT_FALSE(UnitId::parse(bad)) << bad;
}

TEST(Value, reads_and_writes_json) {
  const std::string text = R"({"b":[1,-2,true,null],"a":{"名":"支部\n\"x\""}})";
  const auto value = parse_json(text);
  ASSERT_TRUE(value.ok());
  EXPECT_EQ(to_json(*value), text);
  EXPECT_EQ(canonical_json(*value), R"({"a":{"名":"支部\n\"x\""},"b":[1,-2,true,null]})");
}

TEST(Value, is_canonical_in_nfc) {
  EXPECT_EQ(canonical_json(Value("e\u0301")), "\"\u00e9\"");
  EXPECT_EQ(canonical_json(Value("回路")), "\"回路\"");
}

TEST(Value, compares_objects_without_order) {
  EXPECT_EQ(*parse_json(R"({"a":1,"b":[2]})"), *parse_json(R"({"b":[2],"a":1})"));
  EXPECT_FALSE(*parse_json(R"({"a":1})") == *parse_json(R"({"a":2})"));
}

TEST(Value, refuses_what_is_not_strict_json) {
  const auto code = [](std::string_view text) { return parse_json(text).refusals()[0].code; };
  for (const char* bad : {"", "{", "[1,]", "1.5", "1e3", "{\"a\":1,\"a\":2}", "[01]", "nul",
                          "99999999999999999999", "{} {}", "'a'", "[{\"x\":{\"y\":1,\"y\":1}}]"})
    EXPECT_EQ(code(bad), RefusalCode::malformed_json) << bad;
  EXPECT_EQ(code("\"\xff\""), RefusalCode::not_utf8);
  EXPECT_EQ(code(std::string_view("\"a\0\"", 4)), RefusalCode::not_utf8);
  EXPECT_EQ(code(std::string(1'000'000, '[')), RefusalCode::nesting_too_deep);
  EXPECT_EQ(parse_json(R"({"x":{"y":1,"y":1}})").refusals()[0].where, "/x/y");
}

TEST(Text, folds_names_for_search) {
  EXPECT_EQ(folded("棲湖區 ＡＢ c"), "栖湖区abc");
  EXPECT_EQ(folded("東華"), "东华");
}

TEST(Text, gives_the_first_letters_of_each_reading) {
  EXPECT_EQ(pinyin_initials("栖湖A1"), (std::vector<std::string>{"q", "h", "a", "1"}));
  EXPECT_EQ(pinyin_initials("重庆"), (std::vector<std::string>{"cz", "q"}));
}

TEST(Text, sorts_names_by_pinyin) {
  EXPECT_LT(sort_key("安"), sort_key("北"));
  EXPECT_LT(sort_key("北"), sort_key("中"));
  EXPECT_EQ(sort_key("清河").find('\0'), std::string::npos);
}

TEST(Text, trims_blanks_of_every_width) {
  EXPECT_EQ(trimmed(" \u3000\t支部 一\u00a0\r\n"), "支部 一");
  EXPECT_EQ(trimmed("\u3000"), "");
}

TEST(Pattern, matches_the_whole_text_or_finds_a_part_and_refuses_what_is_long) {
  const Pattern digits("[0-9]+");
  EXPECT_TRUE(digits.matches("0815"));
  EXPECT_FALSE(digits.matches("0815a"));
  EXPECT_TRUE(digits.found_in("0815a"));
  EXPECT_TRUE(digits.matches(std::string(128, '1')));
  EXPECT_FALSE(digits.matches(std::string(129, '1')));
}

TEST(Hash, agrees_with_the_published_vector) {
  EXPECT_EQ(hex(bytes_of(sha256("abc"))),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256("abc"), Sha256().add("a").add("bc").finish());
}

TEST(Hash, random_bytes_do_not_repeat) {
  EXPECT_NE(random_bytes(32), random_bytes(32));
  EXPECT_EQ(random_bytes(10'000).size(), 10'000u);
  EXPECT_TRUE(equal_in_constant_time("ab", "ab"));
  EXPECT_FALSE(equal_in_constant_time("ab", "ac"));
}

}  // namespace
}  // namespace huilu
