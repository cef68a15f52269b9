// Value: what a JSON text says, without floats. Used for bodies of requests, fields of records and
// journal openings. Numbers are 64-bit integers; a text with a fraction or an exponent is refused
// (rates are integers in basis points, decimals are texts).
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.h"

namespace huilu {

class Value {
 public:
  using Member = std::pair<std::string, Value>;
  using List = std::vector<Value>;
  struct Object {
    std::vector<Member> members;  // in the order written; keys are unique
  };

  Value() = default;                                              // null
  Value(bool value) : state_(value) {}                            // NOLINT: literals read best
  Value(std::int64_t value) : state_(value) {}                    // NOLINT: as what they are
  Value(int value) : state_(static_cast<std::int64_t>(value)) {}  // NOLINT
  Value(std::string value) : state_(std::move(value)) {}          // NOLINT
  Value(std::string_view value) : state_(std::string(value)) {}   // NOLINT
  Value(const char* value) : state_(std::string(value)) {}        // NOLINT
  Value(List value) : state_(std::move(value)) {}                 // NOLINT
  Value(Object value) : state_(std::move(value)) {}               // NOLINT
  static Value object(std::initializer_list<Member> members);

  bool is_null() const { return state_.index() == 0; }
  const bool* boolean() const { return std::get_if<bool>(&state_); }
  const std::int64_t* integer() const { return std::get_if<std::int64_t>(&state_); }
  const std::string* text() const { return std::get_if<std::string>(&state_); }
  const List* list() const { return std::get_if<List>(&state_); }
  List* list() { return std::get_if<List>(&state_); }
  const Object* object() const { return std::get_if<Object>(&state_); }
  Object* object() { return std::get_if<Object>(&state_); }

  const Value* find(std::string_view key) const;  // member of an object, or null pointer
  void set(std::string key, Value value);         // makes null an object; replaces a member

  bool operator==(const Value& other) const;  // objects compare without regard to order

 private:
  std::variant<std::monostate, bool, std::int64_t, std::string, List, Object> state_;
};

// Reads strict JSON (UTF-8, no duplicate keys, at most 32 levels). The refusal's `where` is the
// byte offset for syntax, a pointer for a duplicate key. Codes: malformed_json, nesting_too_deep,
// not_utf8.
Result<Value> parse_json(std::string_view text);

// Compact JSON in the members' order.
std::string to_json(const Value& value);

// The bytes that a commitment covers: keys sorted by bytes, NFC texts, no blanks.
std::string canonical_json(const Value& value);

// The value that a JSON pointer leads to, for putting a part back in its place; null pointer where
// there is none.
Value* at_pointer(Value& root, std::string_view pointer);

// Appends `text` as a JSON string with quotes.
void append_json_string(std::string& out, std::string_view text);

}  // namespace huilu
