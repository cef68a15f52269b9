// How a record writes dates, instants, periods and decimals: texts, checked here for their form.
// Used by the check of fields; nothing is computed with them here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "policy/record_type.h"

namespace huilu::policy {

bool is_date(std::string_view text);     // 2026-03-05
bool is_instant(std::string_view text);  // 2026-03-05T01:02:03Z, with or without .004

// 2026, 2026-H1, 2026-Q3, 2026-11, 2026-W47; a week must be one that the ISO year has.
std::optional<PeriodKind> period_kind_of(std::string_view text);

inline constexpr std::int64_t one_in_millionths = 1'000'000;

// "-12.5" with at most 12 digits before and 6 after the point, no needless zeros before it.
std::optional<std::int64_t> decimal_millionths(std::string_view text);
std::string decimal_text(std::int64_t millionths);  // without needless zeros: "12.5"

}  // namespace huilu::policy
