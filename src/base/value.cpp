#include "base/value.h"

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/src.hpp>
#include <limits>

#include "base/text.h"

namespace huilu {

namespace {

namespace json = boost::json;

constexpr std::size_t depth_max = 32;

// Builds a Value from the parser's events; stops at the first thing that a body may not hold.
class Builder {
 public:
  static constexpr std::size_t max_object_size = std::numeric_limits<std::size_t>::max();
  static constexpr std::size_t max_array_size = std::numeric_limits<std::size_t>::max();
  static constexpr std::size_t max_key_size = std::numeric_limits<std::size_t>::max();
  static constexpr std::size_t max_string_size = std::numeric_limits<std::size_t>::max();

  Value root;

  bool on_document_begin(json::error_code&) { return true; }
  bool on_document_end(json::error_code&) { return true; }
  bool on_object_begin(json::error_code&) { return open(Value::Object{}); }
  bool on_array_begin(json::error_code&) { return open(Value::List{}); }
  bool on_object_end(std::size_t, json::error_code&) { return open_.pop_back(), true; }
  bool on_array_end(std::size_t, json::error_code&) { return open_.pop_back(), true; }
  bool on_key_part(json::string_view part, std::size_t, json::error_code&) {
    return text_.append(part.data(), part.size()), true;
  }
  bool on_key(json::string_view part, std::size_t, json::error_code&) {
    text_.append(part.data(), part.size());
    key_ = std::exchange(text_, {});
    return true;
  }
  bool on_string_part(json::string_view part, std::size_t, json::error_code&) {
    return text_.append(part.data(), part.size()), true;
  }
  bool on_string(json::string_view part, std::size_t, json::error_code&) {
    text_.append(part.data(), part.size());
    return add(std::exchange(text_, {})), true;
  }
  bool on_number_part(json::string_view, json::error_code&) { return true; }
  bool on_int64(std::int64_t value, json::string_view, json::error_code&) {
    return add(value), true;
  }
  bool on_uint64(std::uint64_t, json::string_view, json::error_code& error) {
    return refuse(error);
  }
  bool on_double(double, json::string_view, json::error_code& error) { return refuse(error); }
  bool on_bool(bool value, json::error_code&) { return add(value), true; }
  bool on_null(json::error_code&) { return add({}), true; }
  bool on_comment_part(json::string_view, json::error_code&) { return true; }
  bool on_comment(json::string_view, json::error_code&) { return true; }

 private:
  static bool refuse(json::error_code& error) {
    error = json::error::syntax;
    return false;
  }

  Value& add(Value value) {
    if (open_.empty()) return root = std::move(value);
    if (Value::List* list = open_.back()->list()) return list->emplace_back(std::move(value));
    auto& members = open_.back()->object()->members;
    return members.emplace_back(std::exchange(key_, {}), std::move(value)).second;
  }

  // The pointers stay good: a container only grows while none of its children is open.
  bool open(Value value) {
    open_.push_back(&add(std::move(value)));
    return true;
  }

  std::vector<Value*> open_;
  std::string text_;
  std::string key_;
};

// The pointer of the first key that an object holds twice, or nothing.
std::string duplicate_key(const Value& value, const std::string& pointer) {
  if (const auto* list = value.list()) {
    for (std::size_t i = 0; i < list->size(); ++i) {
      auto found = duplicate_key((*list)[i], pointer + "/" + std::to_string(i));
      if (!found.empty()) return found;
    }
  }
  const auto* object = value.object();
  if (object == nullptr) return {};
  std::vector<std::string_view> keys;
  for (const auto& [key, member] : object->members) {
    keys.push_back(key);
    auto found = duplicate_key(member, pointer + "/" + key);
    if (!found.empty()) return found;
  }
  std::sort(keys.begin(), keys.end());
  const auto twice = std::adjacent_find(keys.begin(), keys.end());
  return twice == keys.end() ? std::string() : pointer + "/" + std::string(*twice);
}

void write(std::string& out, const Value& value, bool canonical);

void write_members(std::string& out, const std::vector<Value::Member>& members, bool canonical) {
  std::vector<const Value::Member*> order;
  order.reserve(members.size());
  for (const auto& member : members) order.push_back(&member);
  if (canonical) {
    std::sort(order.begin(), order.end(),
              [](const auto* a, const auto* b) { return a->first < b->first; });
  }
  out += '{';
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (i > 0) out += ',';
    append_json_string(out, order[i]->first);
    out += ':';
    write(out, order[i]->second, canonical);
  }
  out += '}';
}

void write(std::string& out, const Value& value, bool canonical) {
  if (value.is_null()) {
    out += "null";
  } else if (const bool* boolean = value.boolean()) {
    out += *boolean ? "true" : "false";
  } else if (const std::int64_t* integer = value.integer()) {
    out += std::to_string(*integer);
  } else if (const std::string* text = value.text()) {
    append_json_string(out, canonical ? to_nfc(*text) : *text);
  } else if (const Value::List* list = value.list()) {
    out += '[';
    for (std::size_t i = 0; i < list->size(); ++i) {
      if (i > 0) out += ',';
      write(out, (*list)[i], canonical);
    }
    out += ']';
  } else {
    write_members(out, value.object()->members, canonical);
  }
}

}  // namespace

Value Value::object(std::initializer_list<Member> members) {
  return Object{std::vector<Member>(members)};
}

const Value* Value::find(std::string_view key) const {
  const Object* self = object();
  if (self == nullptr) return nullptr;
  for (const auto& [name, value] : self->members) {
    if (name == key) return &value;
  }
  return nullptr;
}

void Value::set(std::string key, Value value) {
  if (is_null()) state_ = Object{};
  auto& members = object()->members;
  for (auto& [name, old] : members) {
    if (name == key) {
      old = std::move(value);
      return;
    }
  }
  members.emplace_back(std::move(key), std::move(value));
}

bool Value::operator==(const Value& other) const {
  if (state_.index() != other.state_.index()) return false;
  if (const auto* self = object()) {
    const auto& theirs = other.object()->members;
    return self->members.size() == theirs.size() &&
           std::all_of(self->members.begin(), self->members.end(), [&](const Member& member) {
             const Value* found = other.find(member.first);
             return found != nullptr && member.second == *found;
           });
  }
  if (const auto* self = list()) return *self == *other.list();
  if (const auto* self = text()) return *self == *other.text();
  if (const auto* self = integer()) return *self == *other.integer();
  if (const auto* self = boolean()) return *self == *other.boolean();
  return true;
}

Result<Value> parse_json(std::string_view text) {
  if (!is_utf8(text)) return Refusal{RefusalCode::not_utf8, "", "UTF-8", "", ""};
  json::parse_options options;
  options.max_depth = depth_max;
  json::basic_parser<Builder> parser(options);
  json::error_code error;
  const std::size_t used = parser.write_some(false, text.data(), text.size(), error);
  if (error == json::error::too_deep) {
    return Refusal{RefusalCode::nesting_too_deep, std::to_string(used), std::to_string(depth_max),
                   "", ""};
  }
  if (error || used < text.size()) {
    return Refusal{RefusalCode::malformed_json, std::to_string(used), "JSON", "", ""};
  }
  Value root = std::move(parser.handler().root);
  const std::string duplicate = duplicate_key(root, "");
  if (!duplicate.empty()) {
    return Refusal{RefusalCode::malformed_json, duplicate, "unique keys", "", ""};
  }
  return root;
}

void append_json_string(std::string& out, std::string_view text) {
  static constexpr char digits[] = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (byte < 0x20 || byte == 0x7f) {
      out += "\\u00";
      out += digits[byte >> 4];
      out += digits[byte & 15];
    } else {
      out += c;
    }
  }
  out += '"';
}

std::string to_json(const Value& value) {
  std::string out;
  write(out, value, false);
  return out;
}

std::string canonical_json(const Value& value) {
  std::string out;
  write(out, value, true);
  return out;
}

Value* at_pointer(Value& root, std::string_view pointer) {
  Value* value = &root;
  for (const auto step : split(pointer.substr(1), '/')) {
    std::string key(step);
    for (const auto& [escape, plain] : {std::pair{"~1", "/"}, std::pair{"~0", "~"}}) {
      for (std::size_t at = 0; (at = key.find(escape, at)) != std::string::npos; ++at) {
        key.replace(at, 2, plain);
      }
    }
    if (Value::List* list = value->list()) {
      const auto index = static_cast<std::size_t>(std::stoul(key));
      if (index >= list->size()) return nullptr;
      value = &(*list)[index];
    } else {
      if (value->object() == nullptr) return nullptr;
      auto& members = value->object()->members;
      const auto found = std::find_if(members.begin(), members.end(),
                                      [&](const Value::Member& m) { return m.first == key; });
      if (found == members.end()) return nullptr;
      value = &found->second;
    }
  }
  return value;
}

}  // namespace huilu
