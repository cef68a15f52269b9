// How a parameter's value is written in a request, a reply and a row: JSON by the parameter's type.
// 3 · "0.5" · true · "2026-03-05" · "01-31" · {"workdays": 5} · "text" · [{"id", "title": {"zh-CN",
// "zh-TW", "en"}, "clauses"}]; of a table an object of these; null: from here on there is none.
#pragma once

#include <string>

#include "base/refusal.h"
#include "base/value.h"
#include "policy/parameter.h"

namespace huilu::enactment {

Value view_of(const policy::Setting& setting);
Value view_of(const policy::ParameterValue& value);

// Sets `value` or `table` of `out`. Codes: field_type, field_required, field_range, unknown_field.
void read_value(const Value& given, const policy::Parameter& parameter, const std::string& where,
                policy::ParameterValue& out, Refusals& refusals);

// For a row: with the type, so that it can be read without the pack.
Value stored_form(const policy::ParameterValue& value);
void restore(const Value& stored, policy::ParameterValue& out);

}  // namespace huilu::enactment
