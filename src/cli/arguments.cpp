#include "cli/arguments.h"

namespace huilu::cli {

std::optional<Date> read_date(const std::string& text, std::string_view where, Refusals& refusals) {
  const auto date = Date::parse(text);
  if (!date && !text.empty()) {
    refusals.push_back({RefusalCode::field_type, std::string(where), "YYYY-MM-DD", text, ""});
  }
  return date;
}

}  // namespace huilu::cli
