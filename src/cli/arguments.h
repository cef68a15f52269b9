// What several commands read from their arguments: units by id or code, days.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cli/installation.h"

namespace huilu::cli {

// u12, CODE or SYSTEM:CODE; unknown_unit at "--unit".
Result<UnitId> find_unit(Installation& installation, const std::string& text);

// Nothing for an empty text; field_type at `where` for one that is no day.
std::optional<Date> read_date(const std::string& text, std::string_view where, Refusals& refusals);

}  // namespace huilu::cli
