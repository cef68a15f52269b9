#include "cli/arguments.h"

#include "cli/import.h"
#include "org/queries.h"

namespace huilu::cli {

Result<UnitId> find_unit(Installation& installation, const std::string& text) {
  auto lease = installation.readers().lend();
  const Date today = installation.clock().today();
  std::optional<org::UnitView> found;
  if (const auto id = UnitId::parse(text)) {
    found = org::unit_on(*lease, *id, today);
  } else if (const auto colon = text.find(':'); colon != std::string::npos) {
    found = org::unit_by_code(*lease, text.substr(0, colon), text.substr(colon + 1), today);
  } else {
    found = org::unit_by_code(*lease, std::string(own_codes), text, today);
  }
  if (!found) return Refusal{RefusalCode::unknown_unit, "--unit", "", text, ""};
  return found->id;
}

std::optional<Date> read_date(const std::string& text, std::string_view where, Refusals& refusals) {
  const auto date = Date::parse(text);
  if (!date && !text.empty()) {
    refusals.push_back({RefusalCode::field_type, std::string(where), "YYYY-MM-DD", text, ""});
  }
  return date;
}

}  // namespace huilu::cli
