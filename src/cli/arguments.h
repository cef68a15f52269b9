// What several commands read from their arguments.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/refusal.h"
#include "base/time.h"

namespace huilu::cli {

// Nothing for an empty text; field_type at `where` for one that is no day.
std::optional<Date> read_date(const std::string& text, std::string_view where, Refusals& refusals);

}  // namespace huilu::cli
