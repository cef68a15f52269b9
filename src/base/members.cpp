#include "base/members.h"

#include <algorithm>

#include "base/text.h"

namespace huilu {

std::string pointer_step(std::string_view key) {
  std::string out = "/";
  for (const char c : key) {
    if (c == '~') {
      out += "~0";
    } else if (c == '/') {
      out += "~1";
    } else {
      out += c;
    }
  }
  return out;
}

Members::Members(const Value& value, std::string pointer, Refusals& refusals)
    : value_(value), pointer_(std::move(pointer)), refusals_(refusals) {
  if (value_.object() == nullptr) {
    refusals_.push_back({RefusalCode::field_type, pointer_, "object", "", ""});
  }
}

const Value* Members::find(std::string_view key) {
  known_.emplace_back(key);
  const Value* member = value_.find(key);
  return member == nullptr || member->is_null() ? nullptr : member;
}

bool Members::faulty(std::string_view key) const {
  const std::string where = at(key);
  return value_.object() == nullptr ||
         std::any_of(refusals_.begin(), refusals_.end(),
                     [&](const Refusal& refusal) { return refusal.where == where; });
}

void Members::refuse(RefusalCode code, std::string_view key, std::string expected,
                     std::string got) {
  refusals_.push_back({code, at(key), std::move(expected), std::move(got), ""});
}

std::optional<std::string> Members::optional_text(std::string_view key,
                                                  std::size_t characters_max) {
  const Value* member = find(key);
  if (member == nullptr) return {};
  if (member->text() == nullptr) {
    refuse(RefusalCode::field_type, key, "text");
    return {};
  }
  if (count_characters(*member->text()) > characters_max) {
    refuse(RefusalCode::field_range, key, "<= " + std::to_string(characters_max),
           std::to_string(count_characters(*member->text())));
  }
  return to_nfc(*member->text());
}

std::string Members::text(std::string_view key, std::size_t characters_max) {
  const auto found = optional_text(key, characters_max);
  if ((!found || trimmed(*found).empty()) && !faulty(key)) refuse(RefusalCode::field_required, key);
  return found.value_or("");
}

std::optional<std::int64_t> Members::optional_integer(std::string_view key, std::int64_t min,
                                                      std::int64_t max) {
  const Value* member = find(key);
  if (member == nullptr) return {};
  if (member->integer() == nullptr) {
    refuse(RefusalCode::field_type, key, "integer");
    return {};
  }
  const std::int64_t number = *member->integer();
  if (number < min || number > max) {
    refuse(RefusalCode::field_range, key, std::to_string(min) + " - " + std::to_string(max),
           std::to_string(number));
  }
  return number;
}

std::int64_t Members::integer(std::string_view key, std::int64_t min, std::int64_t max) {
  const auto found = optional_integer(key, min, max);
  if (!found && !faulty(key)) refuse(RefusalCode::field_required, key);
  return found.value_or(0);
}

bool Members::flag(std::string_view key, bool otherwise) {
  const Value* member = find(key);
  if (member == nullptr) return otherwise;
  if (member->boolean() == nullptr) {
    refuse(RefusalCode::field_type, key, "true, false");
    return otherwise;
  }
  return *member->boolean();
}

std::optional<Date> Members::optional_date(std::string_view key) {
  const Value* member = find(key);
  if (member == nullptr) return {};
  const auto date = member->text() == nullptr ? std::nullopt : Date::parse(*member->text());
  if (!date) refuse(RefusalCode::field_type, key, "YYYY-MM-DD");
  return date;
}

Date Members::date(std::string_view key) {
  const auto found = optional_date(key);
  if (!found && !faulty(key)) refuse(RefusalCode::field_required, key);
  return found.value_or(Date{});
}

const Value::List* Members::list(std::string_view key, std::size_t items_max) {
  const Value* member = find(key);
  if (member == nullptr) return nullptr;
  const Value::List* items = member->list();
  if (items == nullptr) {
    refuse(RefusalCode::field_type, key, "list");
  } else if (items->size() > items_max) {
    refuse(RefusalCode::field_range, key, "<= " + std::to_string(items_max),
           std::to_string(items->size()));
    return nullptr;
  }
  return items;
}

std::vector<std::string> Members::texts(std::string_view key, std::size_t items_max) {
  std::vector<std::string> out;
  const Value::List* items = list(key, items_max);
  for (std::size_t i = 0; items != nullptr && i < items->size(); ++i) {
    if (const std::string* text = (*items)[i].text()) {
      out.push_back(to_nfc(*text));
    } else {
      refusals_.push_back(
          {RefusalCode::field_type, at(key) + "/" + std::to_string(i), "text", "", ""});
    }
  }
  return out;
}

const Value* Members::object(std::string_view key) {
  const Value* member = find(key);
  if (member != nullptr && member->object() == nullptr) {
    refuse(RefusalCode::field_type, key, "object");
    return nullptr;
  }
  return member;
}

void Members::finish() {
  if (value_.object() == nullptr) return;
  std::string expected;
  for (const auto& key : known_) expected += (expected.empty() ? "" : ", ") + key;
  for (const auto& [key, member] : value_.object()->members) {
    if (std::find(known_.begin(), known_.end(), key) == known_.end()) {
      refusals_.push_back({RefusalCode::unknown_field, at(key), expected, "", ""});
    }
  }
}

}  // namespace huilu
