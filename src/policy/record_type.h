// Record types: what a pack says about one kind of record. The record room checks entries against
// them (policy/field_check.h), forms are drawn from them, obligations count by them. A loaded pack
// promises that every name in a type (of a field, a record type, a clause) resolves.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/value.h"
#include "policy/duration.h"
#include "policy/label.h"
#include "policy/test.h"
#include "policy/yaml.h"

namespace huilu::policy {

// In the order of `field_type_words`, which are the words in YAML.
enum class FieldType {
  text,
  int_,
  decimal,
  bool_,
  date,
  instant,
  period,
  duration,
  enum_,
  set,
  list,
  person,
  unit,
  post,
  file,
  ref,
};

inline constexpr std::array<std::string_view, 16> field_type_words = {
    "text", "int", "decimal", "bool",   "date", "instant", "period", "duration",
    "enum", "set", "list",    "person", "unit", "post",    "file",   "ref"};

inline std::string_view word_of(FieldType type) {
  return field_type_words[static_cast<std::size_t>(type)];
}

enum class PeriodKind { year, half, quarter, month, week };

inline constexpr std::array<std::string_view, 5> period_kind_words = {"year", "half", "quarter",
                                                                      "month", "week"};

// The common header of every record: asked once, whatever its types; a type never declares these.
inline constexpr std::array<std::string_view, 4> header_words = {"units", "date", "place",
                                                                 "present"};

struct Field {
  std::string name;
  Label title;
  FieldType type = FieldType::text;
  std::optional<FieldType> item;     // of a set or list; enum_ for a list of `words`
  std::vector<Term> words;           // of an enum, or of a set or list of words
  std::string target;                // of a ref or its list: the record type's address
  std::optional<PeriodKind> period;  // of a period; absent: any kind
  bool required = false;
  std::optional<std::int64_t> min;  // int, decimal: the value; text: characters; set, list: items
  std::optional<std::int64_t> max;
  std::string not_after;             // of a date: "entered", "today" or a date field; may be empty
  Value default_value;               // what a form offers; null: nothing
  std::optional<Condition> show_if;  // on the record
  std::optional<Duration> keep;      // retention
  bool is_protected = false;         // stored apart, with a key of its own

  Field item_field() const;  // one item of a set or list, as a field of its own
};

enum class Source { entered, imported, derived };
enum class Author { named, hidden, none };
enum class Scope { self, unit, line, public_ };
inline constexpr std::array<std::string_view, 4> scope_words = {"self", "unit", "line", "public"};
enum class Correction { append_only };

struct Visible {
  Scope names = Scope::line;
  Scope counts = Scope::line;
};

// Without it the record counts provisionally until the duration is over.
struct Evidence {
  std::string field;
  Duration by;
};

struct FormSection {
  Label title;
  std::vector<std::string> fields;
};

struct RecordType {
  std::string name;     // "theme_party_day"
  std::string address;  // "core/theme_party_day", the word in a record's `types`
  std::vector<std::string> clauses;
  Label title;
  std::optional<Label> guide;
  std::string counts_on;  // YAML `when`: "date" of the header, or a field of type date or period
  bool lasts = false;     // has fields `from` and `until`
  bool plannable = false;
  std::vector<Field> fields;  // in the order of the form
  // Header words and field names. Two records that agree in all of them are the same one.
  std::vector<std::string> identity;
  std::vector<Quality> counts_if;  // what every duty expects of it; else it is listed, uncounted
  std::optional<Evidence> evidence;
  Source source = Source::entered;
  Author author = Author::named;
  Visible visible;
  Correction correction = Correction::append_only;
  std::vector<FormSection> form;  // empty: the form follows the order of `fields`
  // How many days before the entry the header's date may lie; absent: any number.
  std::optional<std::int64_t> back_dated_days_max;
  Place place;

  const Field* find_field(std::string_view field) const;
};

}  // namespace huilu::policy
