#include "obligation/fraction.h"

#include <fmt/format.h>

#include <cstdint>

namespace huilu::obligation {

namespace {

__extension__ using Wide = __int128;

std::optional<Fraction> narrowed(Wide num, Wide den) {
  if (den == 0) return {};
  if (den < 0) num = -num, den = -den;
  Wide a = num < 0 ? -num : num, b = den;
  while (b != 0) {
    const Wide rest = a % b;
    a = b;
    b = rest;
  }
  num /= a;
  den /= a;
  constexpr Wide most = INT64_MAX;
  if (num > most || num < -most || den > most) return {};
  return Fraction{static_cast<std::int64_t>(num), static_cast<std::int64_t>(den)};
}

}  // namespace

std::optional<Fraction> fraction(std::int64_t num, std::int64_t den) { return narrowed(num, den); }

std::optional<Fraction> plus(const Fraction& a, const Fraction& b) {
  return narrowed(Wide{a.num} * b.den + Wide{b.num} * a.den, Wide{a.den} * b.den);
}

std::optional<Fraction> minus(const Fraction& a, const Fraction& b) {
  return plus(a, {-b.num, b.den});
}

std::optional<Fraction> times(const Fraction& a, const Fraction& b) {
  return narrowed(Wide{a.num} * b.num, Wide{a.den} * b.den);
}

std::optional<Fraction> divided(const Fraction& a, const Fraction& b) {
  return narrowed(Wide{a.num} * b.den, Wide{a.den} * b.num);
}

std::strong_ordering order(const Fraction& a, const Fraction& b) {
  const Wide left = Wide{a.num} * b.den, right = Wide{b.num} * a.den;
  return left < right   ? std::strong_ordering::less
         : left > right ? std::strong_ordering::greater
                        : std::strong_ordering::equal;
}

std::int64_t floor_of(const Fraction& value) {
  return value.num / value.den - (value.num % value.den < 0 ? 1 : 0);
}

std::int64_t ceil_of(const Fraction& value) {
  return value.num / value.den + (value.num % value.den > 0 ? 1 : 0);
}

std::int64_t nearest_to(const Fraction& value) {
  const auto shifted = plus(value, {1, 2});
  return shifted ? floor_of(*shifted) : floor_of(value);
}

std::string text_of(const Fraction& value, int digits) {
  std::int64_t scale = 1;
  for (int i = 0; i < digits; ++i) scale *= 10;
  const auto scaled = times(value, {scale, 1});
  if (!scaled) return std::to_string(floor_of(value));
  const std::int64_t rounded = nearest_to(*scaled);
  const std::int64_t size = rounded < 0 ? -rounded : rounded;
  std::string text = fmt::format("{}{}", rounded < 0 ? "-" : "", size / scale);
  if (size % scale == 0) return text;
  text += fmt::format(".{:0{}}", size % scale, digits);
  return text.substr(0, text.find_last_not_of('0') + 1);
}

}  // namespace huilu::obligation
