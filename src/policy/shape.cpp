#include "policy/shape.h"

#include "policy/duration.h"

namespace huilu::policy::shape {

namespace {

ShapePointer of(Shape one) { return std::make_shared<const Shape>(std::move(one)); }

ShapePointer plain(ShapeKind kind) {
  Shape one;
  one.kind = kind;
  return of(std::move(one));
}

}  // namespace

ShapePointer anything() { return plain(ShapeKind::anything); }

ShapePointer text(std::string pattern) {
  Shape one;
  one.kind = ShapeKind::text;
  one.pattern = std::move(pattern);
  return of(std::move(one));
}

ShapePointer integer(std::int64_t min, std::int64_t max) {
  Shape one;
  one.kind = ShapeKind::integer;
  one.min = min;
  one.max = max;
  return of(std::move(one));
}

ShapePointer decimal() { return plain(ShapeKind::decimal); }
ShapePointer boolean() { return plain(ShapeKind::boolean); }
ShapePointer date() { return text("^[0-9]{4}-[0-9]{2}-[0-9]{2}$"); }
ShapePointer id() { return text("^[a-z][a-z0-9_]*$"); }

ShapePointer word(std::vector<std::string> words) {
  Shape one;
  one.kind = ShapeKind::word;
  one.words = std::move(words);
  return of(std::move(one));
}

ShapePointer list(ShapePointer item, std::size_t least) {
  Shape one;
  one.kind = ShapeKind::list;
  one.item = std::move(item);
  one.least = least;
  return of(std::move(one));
}

ShapePointer map(std::vector<ShapeKey> keys, std::string name) {
  Shape one;
  one.kind = ShapeKind::map;
  one.keys = std::move(keys);
  one.name = std::move(name);
  return of(std::move(one));
}

ShapePointer names(ShapePointer item, std::string pattern) {
  Shape one;
  one.kind = ShapeKind::map;
  one.item = std::move(item);
  one.pattern = std::move(pattern);
  return of(std::move(one));
}

ShapePointer choice(std::vector<ShapePointer> choices) {
  Shape one;
  one.kind = ShapeKind::choice;
  one.choices = std::move(choices);
  return of(std::move(one));
}

ShapePointer duration() {
  std::vector<ShapeKey> keys;
  for (const std::string_view unit : duration_units)
    keys.push_back({std::string(unit), false, integer(0, duration_count_max)});
  return exactly_one({duration_units.begin(), duration_units.end()},
                     map(std::move(keys), "duration"));
}

ShapePointer exactly_one(std::vector<std::string> keys, const ShapePointer& one) {
  Shape copy = *one;
  copy.exactly_one = std::move(keys);
  return of(std::move(copy));
}

ShapePointer with_key(ShapeKey key, const ShapePointer& one) {
  Shape copy = *one;
  copy.keys.push_back(std::move(key));
  return of(std::move(copy));
}

ShapePointer named(std::string_view name, const ShapePointer& one) {
  Shape copy = *one;
  copy.name = name;
  return of(std::move(copy));
}

ShapePointer again(std::string_view name, ShapePointer (*make)()) {
  Shape one;
  one.name = name;
  one.make = make;
  return of(std::move(one));
}

}  // namespace huilu::policy::shape
