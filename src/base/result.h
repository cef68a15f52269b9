// Result<T>: a value, or the refusals that say why there is none.
#pragma once

#include <utility>
#include <variant>

#include "base/check.h"
#include "base/refusal.h"

namespace huilu {

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}     // NOLINT: a value is
  Result(Refusals why) : state_(std::in_place_index<1>, std::move(why)) {}  // NOLINT: a result,
  Result(Refusal why) : state_(std::in_place_index<1>, Refusals{std::move(why)}) {}  // NOLINT: both

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  T& value() & { return CHECK(ok()), std::get<0>(state_); }
  const T& value() const& { return CHECK(ok()), std::get<0>(state_); }
  T&& value() && { return CHECK(ok()), std::get<0>(std::move(state_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  const Refusals& refusals() const { return CHECK(!ok()), std::get<1>(state_); }
  Refusals&& take_refusals() { return CHECK(!ok()), std::get<1>(std::move(state_)); }

 private:
  std::variant<T, Refusals> state_;
};

}  // namespace huilu
