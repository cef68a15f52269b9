#include "feed/ical.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "base/text.h"
#include "feed/rules.h"

namespace huilu::feed {
namespace {

const Instant now = *Instant::parse("2026-03-05T00:30:00.000Z");

std::string unfolded(std::string text) {
  for (std::size_t at; (at = text.find("\r\n ")) != std::string::npos;) text.erase(at, 3);
  return text;
}

// Any text of characters of one to four octets.
rc::Gen<std::string> texts() {
  const auto character = rc::gen::element<std::string>("a", ",", ";", "\\", "\n", " ", "é", "党",
                                                       "。", "𠮷", ":", "\"");
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(character),
                      [](const std::vector<std::string>& characters) {
                        std::string text;
                        for (const auto& one : characters) text += one;
                        return text;
                      });
}

TEST(Ical, a_folded_line_has_at_most_75_octets_and_no_character_is_cut) {
  EXPECT_TRUE(rc::check("folding", [] {
    const auto repeated = *rc::gen::inRange(1, 30);
    const std::string part = *texts();
    std::string line;
    for (int i = 0; i < repeated; ++i) line += part;
    std::erase(line, '\n');
    const std::string folded = folded_line(line);
    RC_ASSERT(std::string_view(folded).ends_with("\r\n"));
    std::string_view rest = folded;
    while (!rest.empty()) {
      const auto end = rest.find("\r\n");
      RC_ASSERT(end <= 75U);
      RC_ASSERT(is_utf8(rest.substr(0, end)));
      rest.remove_prefix(end + 2);
    }
    RC_ASSERT(unfolded(folded) == line + "\r\n");
  }));
  EXPECT_EQ(folded_line(std::string(75, 'a')), std::string(75, 'a') + "\r\n");
  EXPECT_EQ(folded_line(std::string(76, 'a')), std::string(75, 'a') + "\r\n a\r\n");
  EXPECT_EQ(folded_line(std::string(74, 'a') + "党"), std::string(74, 'a') + "\r\n 党\r\n");
  EXPECT_EQ(folded_line(""), "\r\n");
}

TEST(Ical, bytes_that_are_no_text_are_folded_too) {
  EXPECT_TRUE(rc::check("folding ends", [](const std::string& bytes) {
    for (const auto line : split(folded_line(bytes), '\n')) RC_ASSERT(line.size() <= 76U);
  }));
  EXPECT_GT(folded_line(std::string(500, '\x80')).size(), 500U);
}

TEST(Ical, an_escaped_text_says_the_same_and_ends_no_line) {
  EXPECT_TRUE(rc::check("escaping", [] {
    const std::string text = *texts();
    const std::string escaped = escaped_text(text);
    std::string back;
    for (std::size_t i = 0; i < escaped.size(); ++i) {
      RC_ASSERT(escaped[i] != '\n' && escaped[i] != '\r');
      if (escaped[i] != '\\') {
        RC_ASSERT(escaped[i] != ',' && escaped[i] != ';');
        back += escaped[i];
        continue;
      }
      ++i;
      back += escaped[i] == 'n' ? '\n' : escaped[i];
    }
    RC_ASSERT(back == text);
  }));
  EXPECT_EQ(escaped_text("a\r\nb\tc"), "a\\nbc");
}

TEST(Ical, a_calendar_is_what_the_standard_says) {
  const Event open{"i12", "ab@huilu", "整改事项 i12", "/matters/i12", Date::of(2026, 2, 28), 2,
                   now,   {}};
  Event gone = open;
  gone.uid = "cd@huilu";
  gone.gone_at = now;
  EXPECT_EQ(calendar_text("回路：到期日", "https://h.example", {open, gone}),
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Huilu//Deadlines//EN\r\n"
            "CALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\nX-WR-CALNAME:回路：到期日\r\n"
            "REFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n"
            "BEGIN:VEVENT\r\nUID:ab@huilu\r\nDTSTAMP:20260305T003000Z\r\n"
            "LAST-MODIFIED:20260305T003000Z\r\nSEQUENCE:2\r\nDTSTART;VALUE=DATE:20260228\r\n"
            "DTEND;VALUE=DATE:20260301\r\nSUMMARY:整改事项 i12\r\n"
            "URL:https://h.example/matters/i12\r\nSTATUS:CONFIRMED\r\nTRANSP:TRANSPARENT\r\n"
            "END:VEVENT\r\n"
            "BEGIN:VEVENT\r\nUID:cd@huilu\r\nDTSTAMP:20260305T003000Z\r\n"
            "LAST-MODIFIED:20260305T003000Z\r\nSEQUENCE:2\r\nDTSTART;VALUE=DATE:20260228\r\n"
            "DTEND;VALUE=DATE:20260301\r\nSUMMARY:整改事项 i12\r\n"
            "URL:https://h.example/matters/i12\r\nSTATUS:CANCELLED\r\nTRANSP:TRANSPARENT\r\n"
            "END:VEVENT\r\nEND:VCALENDAR\r\n");
}

TEST(FeedRules, an_event_keeps_its_uid_and_counts_its_changes) {
  const auto due = [](Date day) {
    return std::vector<Deadline>{{"i12", "整改事项 i12", "/matters/i12", day}};
  };
  const auto later = [](int days) { return Instant{now.ms + days * std::int64_t{86'400'000}}; };
  auto first = changes_of({}, due(Date::of(2026, 3, 9)), now);
  ASSERT_EQ(first.written.size(), 1U);
  const std::string uid = first.events[0].uid;
  EXPECT_EQ(uid.size(), 32U + 6U);
  EXPECT_TRUE(changes_of(first.events, due(Date::of(2026, 3, 9)), later(1)).written.empty());
  auto moved = changes_of(first.events, due(Date::of(2026, 3, 10)), later(1));
  ASSERT_EQ(moved.written.size(), 1U);
  EXPECT_EQ(moved.events[0].uid, uid);
  EXPECT_EQ(moved.events[0].sequence, 1);
  EXPECT_EQ(moved.events[0].changed_at, later(1));
  auto gone = changes_of(moved.events, {}, later(2));
  EXPECT_EQ(gone.events[0].gone_at, later(2));
  EXPECT_EQ(gone.events[0].sequence, 2);
  EXPECT_TRUE(changes_of(gone.events, {}, later(20)).written.empty());
  auto back = changes_of(gone.events, due(Date::of(2026, 3, 10)), later(3));
  EXPECT_FALSE(back.events[0].gone_at);
  EXPECT_EQ(back.events[0].sequence, 3);
  auto forgotten = changes_of(gone.events, {}, later(33));
  EXPECT_EQ(forgotten.forgotten, std::vector<std::string>{"i12"});
  EXPECT_TRUE(forgotten.events.empty());
}

}  // namespace
}  // namespace huilu::feed
