#include "base/time.h"

#include <charconv>

#include <fmt/format.h>

#include "base/check.h"

namespace huilu {

namespace {

constexpr std::int64_t day_ms = 24LL * 60 * 60 * 1000;

std::int64_t floor_div(std::int64_t a, std::int64_t b) {
  return a / b - (a % b != 0 && (a % b < 0) != (b < 0));
}

std::optional<int> digits(std::string_view text) {
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return {};
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

std::chrono::year_month_day Date::ymd() const {
  return std::chrono::sys_days{std::chrono::days{days}};
}

std::string Date::text() const {
  const auto date = ymd();
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::optional<Date> Date::parse(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return {};
  const auto year = digits(text.substr(0, 4));
  const auto month = digits(text.substr(5, 2));
  const auto day = digits(text.substr(8, 2));
  if (!year || !month || !day || *year == 0) return {};
  const std::chrono::year_month_day date{std::chrono::year{*year},
                                         std::chrono::month{static_cast<unsigned>(*month)},
                                         std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return {};
  return Date{static_cast<std::int32_t>(std::chrono::sys_days{date}.time_since_epoch().count())};
}

Date Date::of(int year, unsigned month, unsigned day) {
  const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{month},
                                         std::chrono::day{day}};
  CHECK(date.ok());
  return Date{static_cast<std::int32_t>(std::chrono::sys_days{date}.time_since_epoch().count())};
}

std::string Instant::text() const {
  const std::int64_t day = floor_div(ms, day_ms);
  const std::int64_t rest = ms - day * day_ms;
  return fmt::format("{}T{:02}:{:02}:{:02}.{:03}Z", Date{static_cast<std::int32_t>(day)}.text(),
                     rest / 3'600'000, rest / 60'000 % 60, rest / 1000 % 60, rest % 1000);
}

std::optional<Instant> Instant::parse(std::string_view text) {
  constexpr std::int64_t day_ms = 86'400'000;
  const auto date = Date::parse(text.substr(0, std::min<std::size_t>(text.size(), 10)));
  if (!date || text.size() != 24) return {};
  const auto number = [&](std::size_t at, std::size_t size) {
    std::int64_t value = -1;
    std::from_chars(text.data() + at, text.data() + at + size, value);
    return value;
  };
  Instant read{date->days * day_ms +
               ((number(11, 2) * 60 + number(14, 2)) * 60 + number(17, 2)) * 1000 + number(20, 3)};
  // What cannot be written again as it stands was not one: 24:00, a blank, a sign.
  return read.text() == text ? std::optional(read) : std::nullopt;
}

Date Zone::date_of(Instant at) const {
  return Date{static_cast<std::int32_t>(floor_div(at.ms + minutes * 60'000LL, day_ms))};
}

Instant SystemClock::now() const {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return Instant{std::chrono::duration_cast<std::chrono::milliseconds>(since).count() +
                 shift_days_ * day_ms};
}

SetClock::SetClock(Date day) : at_(Instant{day.days * day_ms + 4 * 3'600'000}) {}

}  // namespace huilu
