#include "base/pattern.h"

#include <regex>

namespace huilu {

namespace {

constexpr std::size_t longest = 128;

}  // namespace

struct Pattern::Compiled {
  std::regex expression;
};

Pattern::Pattern(const char* expression)
    : compiled_(std::make_shared<Compiled>(Compiled{std::regex(expression)})) {}

bool Pattern::matches(std::string_view text) const {
  return text.size() <= longest &&
         std::regex_match(text.begin(), text.end(), compiled_->expression);
}

bool Pattern::found_in(std::string_view text) const {
  return text.size() <= longest &&
         std::regex_search(text.begin(), text.end(), compiled_->expression);
}

}  // namespace huilu
