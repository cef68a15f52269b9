#include "policy/field_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/members.h"
#include "base/text.h"
#include "policy/finding.h"
#include "policy/reader.h"
#include "policy/scalar.h"

namespace huilu::policy {

namespace {

// What kind of thing stood there; its content may be personal.
std::string kind_of_value(const Value& value) {
  if (value.is_null()) return "null";
  if (value.boolean()) return "bool";
  if (value.integer()) return "integer";
  if (value.text()) return "text";
  return value.list() ? "list" : "object";
}

// A word as it was typed, but only where it looks like one: a sentence may name somebody.
std::string word_or_kind(const std::string& word) { return is_id(word) ? word : "text"; }

bool is_left_out(const Value* value) {
  if (!value || value->is_null()) return true;
  if (value->text()) return trimmed(*value->text()).empty();
  return value->list() && value->list()->empty();
}

std::vector<std::string_view> codes_of(const std::vector<Term>& words) {
  std::vector<std::string_view> codes;
  for (const Term& term : words) codes.push_back(term.code);
  return codes;
}

class ValueCheck {
 public:
  explicit ValueCheck(Refusals& refusals) : refusals_(refusals) {}

  void check(const Field& field, const Value& value, const std::string& where) {
    switch (field.type) {
      case FieldType::text:
        return text(field, value, where);
      case FieldType::int_:
        return integer(field, value, where);
      case FieldType::decimal:
        return decimal(field, value, where);
      case FieldType::bool_:
        if (!value.boolean()) type("true, false", value, where);
        return;
      case FieldType::date:
        return written(is_date, "date YYYY-MM-DD", value, where);
      case FieldType::instant:
        return written(is_instant, "instant YYYY-MM-DDThh:mm:ssZ", value, where);
      case FieldType::period:
        return period(field, value, where);
      case FieldType::duration:
        return duration(value, where);
      case FieldType::enum_:
        return word(field, value, where);
      case FieldType::set:
      case FieldType::list:
        return items(field, value, where);
      case FieldType::person:
        return id<PersonId>(value, where);
      case FieldType::unit:
        return id<UnitId>(value, where);
      case FieldType::post:
        return id<PostId>(value, where);
      case FieldType::file:
        return id<FileId>(value, where);
      case FieldType::ref:
        return id<RecordId>(value, where);
    }
  }

 private:
  void refuse(RefusalCode code, std::string expected, std::string got, const std::string& where) {
    refusals_.push_back({code, where, std::move(expected), std::move(got), {}});
  }
  void type(std::string expected, const Value& value, const std::string& where) {
    refuse(RefusalCode::field_type, std::move(expected), kind_of_value(value), where);
  }

  void range(std::int64_t found, std::int64_t min, std::int64_t max, const std::string& unit,
             const std::string& where) {
    if (found < min || found > max)
      refuse(RefusalCode::field_range, fmt::format("{} to {}{}", min, max, unit),
             std::to_string(found), where);
  }

  void text(const Field& field, const Value& value, const std::string& where) {
    if (!value.text()) return type("text", value, where);
    range(static_cast<std::int64_t>(count_characters(*value.text())), field.min.value_or(0),
          field.max.value_or(text_characters_max), " characters", where);
  }

  void integer(const Field& field, const Value& value, const std::string& where) {
    if (!value.integer()) return type("integer", value, where);
    range(*value.integer(), field.min.value_or(-integer_max), field.max.value_or(integer_max), "",
          where);
  }

  void decimal(const Field& field, const Value& value, const std::string& where) {
    const auto millionths = value.text() ? decimal_millionths(*value.text()) : std::nullopt;
    if (!millionths) return type("decimal as text, \"1.5\"", value, where);
    const std::int64_t min = field.min.value_or(-integer_max);
    const std::int64_t max = field.max.value_or(integer_max);
    if (*millionths < min * one_in_millionths || *millionths > max * one_in_millionths)
      refuse(RefusalCode::field_range, fmt::format("{} to {}", min, max), *value.text(), where);
  }

  void written(bool (*is_valid)(std::string_view), std::string expected, const Value& value,
               const std::string& where) {
    if (!value.text() || !is_valid(*value.text())) type(std::move(expected), value, where);
  }

  void period(const Field& field, const Value& value, const std::string& where) {
    const auto kind = value.text() ? period_kind_of(*value.text()) : std::nullopt;
    if (!kind) return type("period 2026, 2026-H1, 2026-Q3, 2026-11, 2026-W47", value, where);
    if (field.period && *kind != *field.period)
      refuse(RefusalCode::field_type,
             std::string(period_kind_words[static_cast<std::size_t>(*field.period)]),
             std::string(period_kind_words[static_cast<std::size_t>(*kind)]), where);
  }

  void duration(const Value& value, const std::string& where) {
    const Value::Object* const object = value.object();
    if (!object || object->members.size() != 1) return type("duration {\"days\": 5}", value, where);
    const auto& [unit, count] = object->members.front();
    if (std::find(duration_units.begin(), duration_units.end(), unit) == duration_units.end())
      return refuse(RefusalCode::unknown_word,
                    nearest_or_all(unit, {duration_units.begin(), duration_units.end()}),
                    word_or_kind(unit), where);
    if (!count.integer()) return type("integer", count, where + pointer_step(unit));
    range(*count.integer(), 0, duration_count_max, "", where + pointer_step(unit));
  }

  void word(const Field& field, const Value& value, const std::string& where) {
    if (!value.text()) return type("text", value, where);
    const std::vector<std::string_view> codes = codes_of(field.words);
    if (std::find(codes.begin(), codes.end(), *value.text()) == codes.end())
      refuse(RefusalCode::unknown_word, nearest_or_all(*value.text(), codes),
             word_or_kind(*value.text()), where);
  }

  void items(const Field& field, const Value& value, const std::string& where) {
    if (!value.list()) return type("list", value, where);
    range(static_cast<std::int64_t>(value.list()->size()), field.min.value_or(0),
          field.max.value_or(list_items_max), " items", where);
    const Field item = field.item_field();
    std::set<std::string> seen;
    for (std::size_t i = 0; i < value.list()->size(); ++i) {
      const Value& one = (*value.list())[i];
      check(item, one, where + pointer_step(std::to_string(i)));
      if (field.type == FieldType::set && !seen.insert(canonical_json(one)).second)
        refuse(RefusalCode::field_range, "each item once", "an item twice",
               where + pointer_step(std::to_string(i)));
    }
  }

  template <class IdType>
  void id(const Value& value, const std::string& where) {
    if (!value.text() || !IdType::parse(*value.text()))
      type(fmt::format("id {}12", IdType::prefix), value, where);
  }

  // Far beyond any count, and a decimal of this size still fits 64 bits in millionths.
  static constexpr std::int64_t integer_max = 1'000'000'000'000;

  Refusals& refusals_;
};

const Field* find_field(const std::vector<Field>& declared, std::string_view name) {
  const auto found = std::find_if(declared.begin(), declared.end(),
                                  [&](const Field& field) { return field.name == name; });
  return found == declared.end() ? nullptr : &*found;
}

void check_not_after(const std::vector<Field>& declared, const Field& field, const Value& fields,
                     const std::string& pointer, Date today, Refusals& refusals) {
  const Value* const written = fields.find(field.name);
  const auto date = written && written->text() ? Date::parse(*written->text()) : std::nullopt;
  if (!date || field.not_after.empty()) return;
  const std::string where = pointer + pointer_step(field.name);
  const Field* const other = find_field(declared, field.not_after);
  if (!other) {
    if (*date > today)
      refusals.push_back(
          {RefusalCode::date_in_future, where, "not after " + today.text(), date->text(), {}});
    return;
  }
  const Value* const limit = fields.find(other->name);
  const auto last = limit && limit->text() ? Date::parse(*limit->text()) : std::nullopt;
  if (last && *date > *last)
    refusals.push_back(
        {RefusalCode::date_order, where, "not after " + last->text(), date->text(), {}});
}

void check_lasting(const Value& fields, const std::string& pointer, Refusals& refusals) {
  const auto day = [&](std::string_view name) {
    const Value* const value = fields.find(name);
    return value && value->text() ? Date::parse(*value->text()) : std::nullopt;
  };
  const auto from = day("from"), until = day("until");
  if (from && until && *until <= *from)
    refusals.push_back({RefusalCode::date_order,
                        pointer + pointer_step("until"),
                        "after " + from->text(),
                        until->text(),
                        {}});
}

}  // namespace

Refusals check_value(const Field& field, const Value& value, const std::string& pointer) {
  Refusals refusals;
  ValueCheck(refusals).check(field, value, pointer);
  return refusals;
}

Refusals check_fields(const std::vector<Field>& declared, const Value& fields,
                      const std::string& pointer, Date today) {
  Refusals refusals;
  if (!fields.is_null() && !fields.object()) {
    refusals.push_back({RefusalCode::field_type, pointer, "object", kind_of_value(fields), {}});
    return refusals;
  }
  std::vector<std::string_view> names;
  for (const Field& field : declared) names.push_back(field.name);
  if (fields.object())
    for (const auto& [name, value] : fields.object()->members)
      if (!find_field(declared, name))
        refusals.push_back({RefusalCode::unknown_field,
                            pointer + pointer_step(name),
                            nearest_or_all(name, names),
                            word_or_kind(name),
                            {}});
  ValueCheck check(refusals);
  for (const Field& field : declared) {
    const Value* const value = fields.find(field.name);
    const std::string where = pointer + pointer_step(field.name);
    if (field.required && is_left_out(value))
      refusals.push_back({RefusalCode::field_required, where, field.name, "", {}});
    else if (value && !value->is_null())
      check.check(field, *value, where);
    check_not_after(declared, field, fields, pointer, today, refusals);
  }
  return refusals;
}

Refusals check_fields(const RecordType& type, const Value& fields, const std::string& pointer,
                      Date today) {
  Refusals refusals = check_fields(type.fields, fields, pointer, today);
  if (type.lasts && fields.object()) check_lasting(fields, pointer, refusals);
  return refusals;
}

Refusals check_date(const RecordType& type, Date date, const std::string& pointer, Date today) {
  if (date > today)
    return {{RefusalCode::date_in_future, pointer, "not after " + today.text(), date.text(), {}}};
  if (!type.back_dated_days_max || today - date <= *type.back_dated_days_max) return {};
  const Date first = today + -static_cast<int>(*type.back_dated_days_max);
  return {{RefusalCode::date_before_limit, pointer, "from " + first.text(), date.text(), {}}};
}

}  // namespace huilu::policy
