#include "policy/scalar.h"

#include <algorithm>
#include <charconv>

#include "base/time.h"

namespace huilu::policy {

namespace {

// A number of exactly `digits` digits, within the limits.
std::optional<int> number(std::string_view text, std::size_t digits, int min, int max) {
  int value = 0;
  if (text.size() != digits || text[0] < '0' || text[0] > '9') return {};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return {};
  if (value < min || value > max) return {};
  return value;
}

bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// ISO 8601: a year has week 53 if it begins on a Thursday, or is a leap year begun on a Wednesday.
int weeks_of(int year) {
  const std::chrono::weekday first(std::chrono::sys_days(Date::of(year, 1, 1).ymd()));
  const bool is_leap = std::chrono::year(year).is_leap();
  return first == std::chrono::Thursday || (is_leap && first == std::chrono::Wednesday) ? 53 : 52;
}

}  // namespace

bool is_date(std::string_view text) { return Date::parse(text).has_value(); }

bool is_instant(std::string_view text) {
  if (text.size() < 20 || text.back() != 'Z' || text[10] != 'T' || text[13] != ':' ||
      text[16] != ':')
    return false;
  const std::string_view fraction = text.substr(19, text.size() - 20);
  const bool whole = fraction.empty();
  if (!whole && (fraction.size() != 4 || fraction[0] != '.' || !all_digits(fraction.substr(1))))
    return false;
  return is_date(text.substr(0, 10)) && number(text.substr(11, 2), 2, 0, 23) &&
         number(text.substr(14, 2), 2, 0, 59) && number(text.substr(17, 2), 2, 0, 59);
}

std::optional<PeriodKind> period_kind_of(std::string_view text) {
  const auto year = number(text.substr(0, 4), 4, 1, 9999);
  if (!year) return {};
  if (text.size() == 4) return PeriodKind::year;
  if (text[4] != '-' || text.size() < 7) return {};
  const std::string_view part = text.substr(5);
  if (part[0] == 'H' && number(part.substr(1), 1, 1, 2)) return PeriodKind::half;
  if (part[0] == 'Q' && number(part.substr(1), 1, 1, 4)) return PeriodKind::quarter;
  if (part[0] == 'W' && number(part.substr(1), 2, 1, weeks_of(*year))) return PeriodKind::week;
  if (number(part, 2, 1, 12)) return PeriodKind::month;
  return {};
}

std::optional<std::int64_t> decimal_millionths(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const std::size_t point = std::min(text.find('.'), text.size());
  const std::string_view whole = text.substr(0, point);
  std::string_view fraction;
  if (point < text.size()) {
    fraction = text.substr(point + 1);
    if (fraction.empty()) return {};
  }
  if (whole.empty() || whole.size() > 12 || (whole.size() > 1 && whole[0] == '0')) return {};
  if (fraction.size() > 6 || !all_digits(whole) || !all_digits(fraction)) return {};
  std::int64_t millionths = 0;
  for (const char c : whole) millionths = millionths * 10 + (c - '0');
  for (std::size_t i = 0; i < 6; ++i)
    millionths = millionths * 10 + (i < fraction.size() ? fraction[i] - '0' : 0);
  return negative ? -millionths : millionths;
}

std::string decimal_text(std::int64_t millionths) {
  const std::int64_t size = millionths < 0 ? -millionths : millionths;
  std::string text = (millionths < 0 ? "-" : "") + std::to_string(size / one_in_millionths);
  if (size % one_in_millionths == 0) return text;
  const std::string fraction = std::to_string(one_in_millionths + size % one_in_millionths);
  text += '.' + fraction.substr(1);
  return text.substr(0, text.find_last_not_of('0') + 1);
}

}  // namespace huilu::policy
