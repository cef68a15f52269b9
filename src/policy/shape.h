// Shape: how a value of the language is written, as data. Each Form carries its own, made of the
// same lists of keys and words that it reads with, so that a description of the format for editors
// (policy/schema.h) cannot say anything else than what is read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace huilu::policy {

enum class ShapeKind {
  anything,
  text,     // `pattern`: that it fits; empty: any
  integer,  // from `min` to `max`
  decimal,
  boolean,
  word,   // one of `words`
  list,   // of `item`, at least `least`
  map,    // of `keys`; where there is an `item` also of others, whose names fit `pattern`
  choice  // one of `choices`
};

struct Shape;
using ShapePointer = std::shared_ptr<const Shape>;

struct ShapeKey {
  std::string name;
  bool is_required = false;
  ShapePointer shape;
};

struct Shape {
  ShapeKind kind = ShapeKind::anything;
  std::string pattern;
  std::int64_t min = 0;
  std::int64_t max = 0;
  std::vector<std::string> words;
  std::vector<ShapeKey> keys;
  std::vector<std::string> exactly_one;  // of its keys stands there
  ShapePointer item;
  std::size_t least = 0;
  std::vector<ShapePointer> choices;
  // What its keys are looked up by in the words room; empty: the keys by themselves.
  std::string name;
  // Of a shape that holds itself: `name` is enough where it comes again, `make` gives the rest.
  ShapePointer (*make)() = nullptr;
};

namespace shape {

ShapePointer anything();
ShapePointer text(std::string pattern = {});
ShapePointer integer(std::int64_t min, std::int64_t max);
ShapePointer decimal();
ShapePointer boolean();
ShapePointer date();
ShapePointer id();
ShapePointer word(std::vector<std::string> words);
ShapePointer list(ShapePointer item, std::size_t least = 0);
ShapePointer map(std::vector<ShapeKey> keys, std::string name = {});
// A map from names that fit the pattern.
ShapePointer names(ShapePointer item, std::string pattern);
ShapePointer choice(std::vector<ShapePointer> choices);
ShapePointer duration();
ShapePointer named(std::string_view name, const ShapePointer& one);
ShapePointer exactly_one(std::vector<std::string> keys, const ShapePointer& one);
// Another key beside those that it has.
ShapePointer with_key(ShapeKey key, const ShapePointer& one);
ShapePointer again(std::string_view name, ShapePointer (*make)());

}  // namespace shape

}  // namespace huilu::policy
