// Fractions: what figures are reckoned in, exactly. Four of five are 0.8, whatever a machine makes
// of it.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>

namespace huilu::obligation {

// In lowest terms, `den` above 0.
struct Fraction {
  std::int64_t num = 0;
  std::int64_t den = 1;

  bool operator==(const Fraction&) const = default;
};

// Nothing where a number is too large, or where it would be divided by 0.
std::optional<Fraction> fraction(std::int64_t num, std::int64_t den);
std::optional<Fraction> plus(const Fraction& a, const Fraction& b);
std::optional<Fraction> minus(const Fraction& a, const Fraction& b);
std::optional<Fraction> times(const Fraction& a, const Fraction& b);
std::optional<Fraction> divided(const Fraction& a, const Fraction& b);
std::strong_ordering order(const Fraction& a, const Fraction& b);
// Whole numbers: the one below, the one above, the nearest.
std::int64_t floor_of(const Fraction& value);
std::int64_t ceil_of(const Fraction& value);
std::int64_t nearest_to(const Fraction& value);  // of two the one above
// "12", "12.5": at most so many digits after the point, the last one rounded half up.
std::string text_of(const Fraction& value, int digits = 6);

}  // namespace huilu::obligation
