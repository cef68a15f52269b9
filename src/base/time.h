// Date, Instant and Clock. Dates are local calendar days, instants are UTC milliseconds; intervals
// are half-open. Nothing but SystemClock reads the system clock (tools/tidy.mjs checks it).
#pragma once

#include <atomic>
#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace huilu {

// A calendar day, 0001-01-01 to 9999-12-31, counted from 1970-01-01.
struct Date {
  std::int32_t days = 0;

  constexpr auto operator<=>(const Date&) const = default;
  constexpr Date operator+(int n) const { return {days + n}; }
  constexpr int operator-(Date other) const { return days - other.days; }

  std::string text() const;  // 2026-03-05
  std::chrono::year_month_day ymd() const;
  int year() const { return static_cast<int>(ymd().year()); }
  static std::optional<Date> parse(std::string_view text);
  static Date of(int year, unsigned month, unsigned day);
};

// Half-open: from <= day < until; an absent until is open.
struct Interval {
  Date from;
  std::optional<Date> until;

  bool contains(Date day) const { return from <= day && (!until || day < *until); }
};

struct Instant {
  std::int64_t ms = 0;

  constexpr auto operator<=>(const Instant&) const = default;
  std::string text() const;                                    // 2026-03-05T01:02:03.004Z
  static std::optional<Instant> parse(std::string_view text);  // the same, exactly
};

// Offset from UTC. China has had one zone without daylight saving since 1992.
struct Zone {
  int minutes = 8 * 60;

  Date date_of(Instant at) const;
};

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
  Date today(Zone zone = {}) const { return zone.date_of(now()); }
};

// The machine's clock, moved by a whole number of days where a demo asks for another today.
class SystemClock : public Clock {
 public:
  explicit SystemClock(int shift_days = 0) : shift_days_(shift_days) {}
  Instant now() const override;

 private:
  int shift_days_;
};

// A clock that stands still until it is told, for tests and simulations; by any thread.
class SetClock : public Clock {
 public:
  explicit SetClock(Instant at) : at_(at) {}
  explicit SetClock(Date day);  // noon in China on that day
  Instant now() const override { return at_; }
  void set(Instant at) { at_ = at; }

 private:
  std::atomic<Instant> at_;
};

}  // namespace huilu
