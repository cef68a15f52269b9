// What a cell of somebody's ledger says, read as a field of a matter type: dates as they are
// written in Chinese, words of a list in any language, several measures in one cell. Pure; what
// units and persons are called was looked up by the caller.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "base/refusal.h"
#include "base/time.h"
#include "base/value.h"
#include "policy/record_type.h"

namespace huilu::matter {

// 2026-03-05, 2026/3/5, 2026.3.5, 20260305, 2026年3月5日, 二〇二六年三月五日, 2026年3月底前,
// 2026年底. Not what leaves the day or the year open: 2026年3月, 3月5日.
std::optional<Date> day_from(std::string_view text);

// The lines of a cell, or the parts between marks; without the numbers that they begin with.
std::vector<std::string> items_of(std::string_view text, bool lines_alone);

// Who bears a name as it is written in a cell; several: it is not clear who.
struct CellNames {
  std::function<std::vector<UnitId>(const std::string&)> units;
  std::function<std::vector<PersonId>(const std::string&)> persons;
};

// Whether a cell can say such a value at all.
bool is_readable(const policy::Field& field);

// Codes: field_type, unknown_word, unknown_unit, unknown_person, name_ambiguous, all at `where`.
// What the field limits is for policy::check_fields to say.
Value value_of_cell(const policy::Field& field, const std::string& text, const std::string& where,
                    const CellNames& names, Refusals& refusals);
std::optional<UnitId> unit_of_cell(const std::string& text, const std::string& where,
                                   const CellNames& names, Refusals& refusals);

}  // namespace huilu::matter
