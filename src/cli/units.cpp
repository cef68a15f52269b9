#include "cli/units.h"

#include "cli/import.h"
#include "org/queries.h"

namespace huilu::cli {

Result<UnitId> find_unit(store::Connection& connection, const std::string& text,
                         std::string_view where, Date today) {
  std::optional<org::UnitView> found;
  if (const auto id = UnitId::parse(text)) {
    found = org::unit_on(connection, *id, today);
  } else if (const auto colon = text.find(':'); colon != std::string::npos) {
    found = org::unit_by_code(connection, text.substr(0, colon), text.substr(colon + 1), today);
  } else {
    found = org::unit_by_code(connection, std::string(own_codes), text, today);
  }
  if (!found) return Refusal{RefusalCode::unknown_unit, std::string(where), "", text, ""};
  return found->id;
}

}  // namespace huilu::cli
