// How parameters' values and calendars' days are written in requests, replies and rows.
//
// A value is JSON by its parameter's type:
// 3 · "0.5" · true · "2026-03-05" · "01-31" · {"workdays": 5} · "text" · [{"id", "title": {"zh-CN",
// "zh-TW", "en"}, "clauses"}]; of a table an object of these; null: from here on there is none.
#pragma once

#include <string>

#include "base/refusal.h"
#include "base/value.h"
#include "calendar/working_days.h"
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

// {"makeup": ["2020-02-01"], "rest": [{"from", "until"}, …]}, half-open like every interval.
Value days_form(const calendar::Revision& revision);
// A Fault where it is none: rows are read with it.
void restore_days(const Value& stored, calendar::Revision& out);

}  // namespace huilu::enactment
