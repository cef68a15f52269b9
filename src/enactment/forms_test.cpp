#include "enactment/forms.h"

#include <gtest/gtest.h>

#include "policy/testing.h"

namespace huilu::enactment {
namespace {

using policy::ParameterType;

policy::Parameter parameter(ParameterType type, std::string by = {}) {
  policy::Parameter out;
  out.type = type;
  out.by = std::move(by);
  return out;
}

struct Case {
  const char* name;
  policy::Parameter parameter;
  const char* json;
};

const Case cases[] = {
    {"int", parameter(ParameterType::int_), "3"},
    {"decimal", parameter(ParameterType::decimal), R"("0.85")"},
    {"whole decimal", parameter(ParameterType::decimal), R"("-12")"},
    {"bool", parameter(ParameterType::bool_), "true"},
    {"date", parameter(ParameterType::date), R"("2026-03-05")"},
    {"month_day", parameter(ParameterType::month_day), R"("02-29")"},
    {"duration", parameter(ParameterType::duration), R"({"workdays":5})"},
    {"text", parameter(ParameterType::text), R"("结合本职")"},
    {"list", parameter(ParameterType::list),
     R"([{"id":"a","title":{"zh-CN":"甲","zh-TW":"甲","en":"A"},"clauses":["S9-1"]}])"},
    {"table", parameter(ParameterType::int_, "unit.type"), R"({"branch":2,"else":1})"},
    {"none", parameter(ParameterType::int_), "null"},
};

TEST(Forms, a_value_reads_back_as_it_was_shown_and_stored) {
  for (const Case& one : cases) {
    Refusals refusals;
    policy::ParameterValue value;
    read_value(*parse_json(one.json), one.parameter, "/value", value, refusals);
    EXPECT_TRUE(refusals.empty()) << one.name << policy::testing::lines(refusals);
    EXPECT_EQ(to_json(view_of(value)), one.json) << one.name;
    policy::ParameterValue again;
    restore(*parse_json(canonical_json(stored_form(value))), again);
    EXPECT_EQ(view_of(again), view_of(value)) << one.name;
  }
}

struct Wrong {
  policy::Parameter parameter;
  const char* json;
  const char* told;
};

const Wrong wrongs[] = {
    {parameter(ParameterType::int_), R"("3")", "/value: field_type"},
    {parameter(ParameterType::int_), "-1", "/value: field_range"},
    {parameter(ParameterType::decimal), "1", "/value: field_type"},
    {parameter(ParameterType::bool_), "1", "/value: field_type"},
    {parameter(ParameterType::date), R"("2026-02-30")", "/value: field_type"},
    {parameter(ParameterType::month_day), R"("13-01")", "/value: field_type"},
    {parameter(ParameterType::month_day), R"("1-1")", "/value: field_type"},
    {parameter(ParameterType::duration), "5", "/value: field_type"},
    {parameter(ParameterType::duration), R"({"weeks":5})", "/value/weeks: unknown_field"},
    {parameter(ParameterType::duration), R"({"days":"5"})", "/value/days: field_type"},
    {parameter(ParameterType::text), R"(" ")", "/value: field_range"},
    {parameter(ParameterType::list), R"({"id":"a"})", "/value: field_type"},
    {parameter(ParameterType::list), R"([{"id":"a"}])", "/value/0/title: field_required"},
    {parameter(ParameterType::int_, "unit.type"), "3", "/value: field_type"},
    {parameter(ParameterType::int_, "unit.type"), R"({"branch":"2"})", "/value/branch: field_type"},
};

TEST(Forms, what_does_not_fit_the_type_is_refused_where_it_stands) {
  for (const Wrong& one : wrongs) {
    Refusals refusals;
    policy::ParameterValue value;
    read_value(*parse_json(one.json), one.parameter, "/value", value, refusals);
    ASSERT_EQ(refusals.size(), 1U) << one.json;
    EXPECT_EQ(refusals[0].where + ": " + std::string(kind_of(refusals[0].code).name), one.told);
  }
}

}  // namespace
}  // namespace huilu::enactment
