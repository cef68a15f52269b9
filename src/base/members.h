// Members: reads a JSON object member by member and collects every fault with its pointer. Absent
// and null are the same for optional members; members that nobody asked for are refused.
//
//   Members in(body, "", refusals);
//   const auto unit = in.id<UnitId>("unit");
//   const auto until = in.optional_date("until");
//   in.finish();
//
// After a fault the value is a default one: ask refusals.empty() before using any.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "base/refusal.h"
#include "base/time.h"
#include "base/value.h"

namespace huilu {

// One step of a JSON pointer, escaped.
std::string pointer_step(std::string_view key);

class Members {
 public:
  Members(const Value& value, std::string pointer, Refusals& refusals);

  std::string text(std::string_view key, std::size_t characters_max = 2000);
  std::optional<std::string> optional_text(std::string_view key, std::size_t characters_max = 2000);
  std::optional<std::int64_t> optional_integer(std::string_view key, std::int64_t min,
                                               std::int64_t max);
  std::int64_t integer(std::string_view key, std::int64_t min, std::int64_t max);
  bool flag(std::string_view key, bool otherwise);
  Date date(std::string_view key);
  std::optional<Date> optional_date(std::string_view key);
  std::vector<std::string> texts(std::string_view key, std::size_t items_max = 500);

  template <class IdType>
  IdType id(std::string_view key) {
    const auto found = optional_id<IdType>(key);
    if (!found && !faulty(key)) refuse(RefusalCode::field_required, key);
    return found.value_or(IdType{});
  }
  template <class IdType>
  std::optional<IdType> optional_id(std::string_view key) {
    const Value* member = find(key);
    if (member == nullptr) return {};
    return read_id<IdType>(*member, at(key));
  }
  // An absent list is empty.
  template <class IdType>
  std::vector<IdType> ids(std::string_view key, std::size_t items_max = 2000) {
    std::vector<IdType> out;
    const Value::List* items = list(key, items_max);
    for (std::size_t i = 0; items != nullptr && i < items->size(); ++i) {
      const auto id = read_id<IdType>((*items)[i], at(key) + "/" + std::to_string(i));
      if (id) out.push_back(*id);
    }
    return out;
  }

  const Value* value(std::string_view key) { return find(key); }
  const Value::List* list(std::string_view key, std::size_t items_max = 2000);
  const Value* object(std::string_view key);  // null pointer: absent, or a fault

  std::string at(std::string_view key) const { return pointer_ + pointer_step(key); }
  void refuse(RefusalCode code, std::string_view key, std::string expected = {},
              std::string got = {});
  void finish();  // unknown members, with the known ones as what was expected

 private:
  const Value* find(std::string_view key);
  bool faulty(std::string_view key) const;

  template <class IdType>
  std::optional<IdType> read_id(const Value& member, const std::string& where) {
    const std::string* text = member.text();
    auto id = text == nullptr ? std::nullopt : IdType::parse(*text);
    if (!id) {
      refusals_.push_back(
          {RefusalCode::field_type, where, std::string(1, IdType::prefix) + "1", "", ""});
    }
    return id;
  }

  const Value& value_;
  std::string pointer_;
  Refusals& refusals_;
  std::vector<std::string> known_;
};

}  // namespace huilu
