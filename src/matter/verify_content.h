// What a version says, read back from its opening; used by the verifications of matters.
#pragma once

#include <string>
#include <string_view>

#include "base/value.h"
#include "matter/types.h"

namespace huilu::matter {

// Empty where there is no such text.
inline std::string text_in(const Value& content, std::string_view key) {
  const Value* const member = content.find(key);
  return member == nullptr || member->text() == nullptr ? std::string() : *member->text();
}

// No id where there is no such matter.
inline MatterId matter_in(const Value& content, std::string_view key) {
  return MatterId::parse(text_in(content, key)).value_or(MatterId{});
}

}  // namespace huilu::matter
