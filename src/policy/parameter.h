// Parameters: the only place in a pack for a number that a policy decides. Each value is dated and
// names the clause and the basis that it rests on. Checker, evaluator and the pages of policy read
// them; a loaded pack promises that values are in order of `from` and of the parameter's type.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/time.h"
#include "policy/duration.h"
#include "policy/label.h"
#include "policy/yaml.h"

namespace huilu::policy {

enum class ParameterType { int_, decimal, bool_, date, month_day, duration, text, list };

inline constexpr std::array<std::string_view, 8> parameter_type_words = {
    "int", "decimal", "bool", "date", "month_day", "duration", "text", "list"};

// Where a value comes from: the document itself, a public rule, somebody's decision, or nowhere
// yet.
enum class Basis { seed, public_, decision, assumed };

inline constexpr std::array<std::string_view, 4> basis_words = {"seed", "public", "decision",
                                                                "assumed"};

// The day whose value counts.
enum class Bind { period_start, period_end, case_, clock_start, ballot_close };

inline constexpr std::array<std::string_view, 5> bind_words = {"period_start", "period_end", "case",
                                                               "clock_start", "ballot_close"};

struct MonthDay {
  unsigned month = 1;
  unsigned day = 1;

  bool operator==(const MonthDay&) const = default;
};

// A decimal in millionths, so that thresholds compare exactly.
struct Decimal {
  std::int64_t millionths = 0;

  auto operator<=>(const Decimal&) const = default;
};

struct ListItem {
  std::string id;
  Label title;
  std::vector<std::string> clauses;
  std::string added_by;  // the pack that it came from with `extends`; empty: the pack itself
  Place place = {};

  bool operator==(const ListItem& other) const { return id == other.id; }
};

using Setting = std::variant<std::int64_t, Decimal, bool, Date, MonthDay, Duration, std::string,
                             std::vector<ListItem>>;

// A value of a parameter from a day on. Of a table: one setting a key, `else` among them.
struct ParameterValue {
  Date from;
  std::optional<Setting> value;  // absent: from here on there is none
  std::vector<std::pair<std::string, Setting>> table;
  Basis basis = Basis::assumed;
  std::string ref;
  Label note;  // empty: none
  std::vector<std::string> clauses;
  Place place;
};

struct Parameter {
  std::string name;
  Label title;
  std::optional<Label> unit;  // of the number: 次/年
  std::vector<std::string> clauses;
  ParameterType type = ParameterType::int_;
  std::string by;  // of a table: the path that gives the key; empty: no table
  Bind bind = Bind::period_start;
  std::vector<ParameterValue> values;  // by from
  std::optional<Date> review_by;
  Place place;

  // The value in force on a day; null pointer before the first and where it ended.
  const ParameterValue* value_on(Date day) const;
};

// The key of a table's setting for everything that has none of its own.
inline constexpr std::string_view otherwise_key = "else";

// Every setting that it ever has, those of tables among them.
std::vector<const Setting*> settings_of(const Parameter& parameter);

}  // namespace huilu::policy
