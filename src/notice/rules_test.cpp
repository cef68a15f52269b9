#include "notice/commands.h"

#include <gtest/gtest.h>

namespace huilu::notice {

namespace {

Instant at(std::string_view text) { return *Instant::parse(text); }

// A week of which Thursday is a rest day and Saturday a make-up day.
calendar::WorkingDays week() {
  calendar::Revision revision;
  revision.id = "2026-1";
  revision.year = 2026;
  revision.published = Date::of(2025, 11, 1);
  revision.rest = {{Date::of(2026, 3, 5), Date::of(2026, 3, 6)}};
  revision.makeup = {Date::of(2026, 3, 7)};
  return {{revision}, Date::of(2026, 3, 1)};
}

std::string released(Kind kind, std::string_view happened) {
  return release_of(kind, at(happened), week()).text();
}

TEST(ReleaseTest, what_is_immediate_is_shown_at_once_in_the_hours_of_work) {
  EXPECT_EQ(released(Kind::assigned, "2026-03-02T01:00:00.000Z"), "2026-03-02T01:00:00.000Z");
  EXPECT_EQ(released(Kind::returned, "2026-03-02T09:59:59.999Z"), "2026-03-02T09:59:59.999Z");
}

TEST(ReleaseTest, before_the_opening_hour_it_waits_for_it) {
  EXPECT_EQ(released(Kind::assigned, "2026-03-02T00:29:00.000Z"), "2026-03-02T00:30:00.000Z");
  EXPECT_EQ(released(Kind::told, "2026-03-01T16:01:00.000Z"), "2026-03-02T00:30:00.000Z");
}

TEST(ReleaseTest, after_six_and_on_rest_days_nothing_is_sent) {
  EXPECT_EQ(released(Kind::struck_off, "2026-03-02T10:00:00.000Z"), "2026-03-03T00:30:00.000Z");
  EXPECT_EQ(released(Kind::assigned, "2026-03-05T03:00:00.000Z"), "2026-03-06T00:30:00.000Z");
  EXPECT_EQ(released(Kind::assigned, "2026-03-08T03:00:00.000Z"), "2026-03-09T00:30:00.000Z");
}

TEST(ReleaseTest, a_make_up_day_is_a_working_day) {
  EXPECT_EQ(released(Kind::assigned, "2026-03-07T03:00:00.000Z"), "2026-03-07T03:00:00.000Z");
}

TEST(ReleaseTest, everything_else_is_in_the_digest_of_the_next_working_day) {
  EXPECT_EQ(released(Kind::told, "2026-03-02T01:00:00.000Z"), "2026-03-03T00:30:00.000Z");
  EXPECT_EQ(released(Kind::reminded, "2026-03-04T01:00:00.000Z"), "2026-03-06T00:30:00.000Z");
}

TEST(ReleaseTest, what_is_urgent_is_shown_at_any_hour) {
  const auto urgent = [](Kind kind, std::string_view happened) {
    return release_of(kind, at(happened), week(), true).text();
  };
  EXPECT_EQ(urgent(Kind::told, "2026-03-05T14:00:00.000Z"), "2026-03-05T14:00:00.000Z");
  EXPECT_EQ(urgent(Kind::assigned, "2026-03-08T03:00:00.000Z"), "2026-03-08T03:00:00.000Z");
}

TEST(ReminderTest, the_same_matter_takes_three_working_days) {
  EXPECT_EQ(next_reminder(Date::of(2026, 3, 2), week()), Date::of(2026, 3, 6));
  const Reminded once{1, Date::of(2026, 3, 2)};
  const auto refusals = check_reminder(once, Date::of(2026, 3, 4), week(), "/matters/0");
  ASSERT_EQ(refusals.size(), 1U);
  EXPECT_EQ(refusals[0].code, RefusalCode::wrong_state);
  EXPECT_EQ(refusals[0].expected, "2026-03-06");
  EXPECT_TRUE(check_reminder(once, Date::of(2026, 3, 6), week(), "/matters/0").empty());
  EXPECT_TRUE(check_reminder({}, Date::of(2026, 3, 2), week(), "/matters/0").empty());
}

}  // namespace

}  // namespace huilu::notice
