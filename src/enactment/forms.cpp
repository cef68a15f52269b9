#include "enactment/forms.h"

#include <charconv>
#include <limits>

#include <fmt/format.h>

#include "base/fault.h"
#include "base/members.h"
#include "base/text.h"
#include "policy/scalar.h"

namespace huilu::enactment {

namespace {

using policy::Decimal;
using policy::Duration;
using policy::ListItem;
using policy::MonthDay;
using policy::ParameterType;
using policy::Setting;

constexpr std::size_t text_max = 2000;
constexpr std::int64_t count_max = 1'000'000'000;

std::string decimal_text(Decimal decimal) {
  const std::int64_t size = decimal.millionths < 0 ? -decimal.millionths : decimal.millionths;
  std::string text =
      fmt::format("{}{}.{:06}", decimal.millionths < 0 ? "-" : "", size / policy::one_in_millionths,
                  size % policy::one_in_millionths);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

std::string month_day_text(MonthDay day) { return fmt::format("{:02}-{:02}", day.month, day.day); }

// A leap year, so that the 29th of February can be meant.
std::optional<MonthDay> month_day_from(std::string_view text) {
  const auto date = Date::parse("2024-" + std::string(text));
  if (text.size() != 5 || !date) return {};
  const auto ymd = date->ymd();
  return MonthDay{static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day())};
}

Value view_of_item(const ListItem& item) {
  Value title{Value::Object{}};
  for (std::size_t i = 0; i < policy::language_tags.size(); ++i) {
    title.set(std::string(policy::language_tags[i]), item.title.texts[i]);
  }
  Value::List clauses(item.clauses.begin(), item.clauses.end());
  return Value::object(
      {{"id", item.id}, {"title", std::move(title)}, {"clauses", std::move(clauses)}});
}

struct ViewOf {
  Value operator()(std::int64_t number) const { return number; }
  Value operator()(Decimal decimal) const { return decimal_text(decimal); }
  Value operator()(bool flag) const { return flag; }
  Value operator()(Date date) const { return date.text(); }
  Value operator()(MonthDay day) const { return month_day_text(day); }
  Value operator()(const Duration& duration) const {
    const auto unit = policy::duration_units[static_cast<std::size_t>(duration.unit)];
    return Value::object({{std::string(unit), duration.count}});
  }
  Value operator()(const std::string& text) const { return text; }
  Value operator()(const std::vector<ListItem>& items) const {
    Value::List list;
    for (const ListItem& item : items) list.push_back(view_of_item(item));
    return list;
  }
};

// Reads one setting of a type; faults go to the refusals, and then nothing is returned.
class Reader {
 public:
  Reader(ParameterType type, Refusals& refusals) : type_(type), refusals_(refusals) {}

  std::optional<Setting> read(const Value& given, const std::string& where) {
    switch (type_) {
      case ParameterType::int_:
        return integer(given, where);
      case ParameterType::bool_:
        if (const bool* flag = given.boolean()) return *flag;
        return wrong(where, "true, false");
      case ParameterType::duration:
        return duration(given, where);
      case ParameterType::list:
        return list(given, where);
      default:
        return text(given, where);
    }
  }

 private:
  std::nullopt_t wrong(const std::string& where, std::string expected,
                       RefusalCode code = RefusalCode::field_type) {
    refusals_.push_back({code, where, std::move(expected), "", ""});
    return std::nullopt;
  }

  std::optional<Setting> integer(const Value& given, const std::string& where) {
    const std::int64_t* number = given.integer();
    if (number == nullptr) return wrong(where, "integer");
    if (*number < 0 || *number > count_max) {
      return wrong(where, fmt::format("0..{}", count_max), RefusalCode::field_range);
    }
    return *number;
  }

  std::optional<Setting> text(const Value& given, const std::string& where) {
    const std::string* written = given.text();
    const std::string_view word = written == nullptr ? std::string_view() : *written;
    if (type_ == ParameterType::decimal) {
      if (const auto millionths = policy::decimal_millionths(word)) return Decimal{*millionths};
      return wrong(where, "decimal as text, \"1.5\"");
    }
    if (type_ == ParameterType::date) {
      if (const auto date = Date::parse(word)) return *date;
      return wrong(where, "YYYY-MM-DD");
    }
    if (type_ == ParameterType::month_day) {
      if (const auto day = month_day_from(word)) return *day;
      return wrong(where, "MM-DD");
    }
    if (written == nullptr) return wrong(where, "text");
    if (trimmed(word).empty() || count_characters(word) > text_max) {
      return wrong(where, fmt::format("1 to {} characters", text_max), RefusalCode::field_range);
    }
    return to_nfc(word);
  }

  std::optional<Setting> duration(const Value& given, const std::string& where) {
    const Value::Object* object = given.object();
    if (object == nullptr || object->members.size() != 1) return wrong(where, R"({"workdays":5})");
    const auto& [unit, count] = object->members.front();
    for (std::size_t i = 0; i < policy::duration_units.size(); ++i) {
      if (policy::duration_units[i] != unit) continue;
      const std::int64_t* number = count.integer();
      if (number == nullptr) return wrong(where + pointer_step(unit), "integer");
      if (*number < 0 || *number > policy::duration_count_max) {
        return wrong(where + pointer_step(unit), fmt::format("0..{}", policy::duration_count_max),
                     RefusalCode::field_range);
      }
      return Duration{static_cast<policy::DurationUnit>(i), *number};
    }
    return wrong(where + pointer_step(unit),
                 fmt::format("{}", fmt::join(policy::duration_units, ", ")),
                 RefusalCode::unknown_field);
  }

  std::optional<Setting> list(const Value& given, const std::string& where) {
    const Value::List* list = given.list();
    if (list == nullptr) return wrong(where, "list");
    std::vector<ListItem> items;
    const std::size_t before = refusals_.size();
    for (std::size_t i = 0; i < list->size(); ++i) {
      const std::string at = where + "/" + std::to_string(i);
      items.push_back(item((*list)[i], at));
      for (std::size_t k = 0; k < i; ++k) {
        if (items[k].id == items[i].id) {
          refusals_.push_back({RefusalCode::duplicate, at + "/id", "", items[i].id, ""});
        }
      }
    }
    if (refusals_.size() > before) return std::nullopt;
    return items;
  }

  ListItem item(const Value& given, const std::string& where) {
    ListItem item;
    Members in(given, where, refusals_);
    item.id = in.text("id", 64);
    if (const Value* title = in.object("title")) {
      Members labels(*title, in.at("title"), refusals_);
      for (std::size_t i = 0; i < policy::language_tags.size(); ++i) {
        item.title.texts[i] = to_nfc(labels.text(policy::language_tags[i], text_max));
      }
      labels.finish();
    } else {
      in.refuse(RefusalCode::field_required, "title");
    }
    item.clauses = in.texts("clauses");
    in.finish();
    return item;
  }

  ParameterType type_;
  Refusals& refusals_;
};

void read_table(const Value& given, ParameterType type, const std::string& where,
                policy::ParameterValue& out, Refusals& refusals) {
  const Value::Object* object = given.object();
  if (object == nullptr) {
    refusals.push_back({RefusalCode::field_type, where, "object", "", ""});
    return;
  }
  Reader reader(type, refusals);
  for (const auto& [key, member] : object->members) {
    if (auto setting = reader.read(member, where + pointer_step(key))) {
      out.table.emplace_back(key, std::move(*setting));
    }
  }
}

Value table_view(const policy::ParameterValue& value) {
  Value table{Value::Object{}};
  for (const auto& [key, setting] : value.table) table.set(key, view_of(setting));
  return table;
}

std::string_view type_word(const Setting& setting) {
  return policy::parameter_type_words[setting.index()];
}

ParameterType type_from(std::string_view word) {
  for (std::size_t i = 0; i < policy::parameter_type_words.size(); ++i) {
    if (policy::parameter_type_words[i] == word) return static_cast<ParameterType>(i);
  }
  throw Fault(FaultKind::damaged, "a parameter's value of no type");
}

Date date_in(const Value* value) {
  const std::string* text = value == nullptr ? nullptr : value->text();
  const auto date = text == nullptr ? std::nullopt : Date::parse(*text);
  if (!date) throw Fault(FaultKind::damaged, "a calendar's day that is none");
  return *date;
}

}  // namespace

Value view_of(const Setting& setting) { return std::visit(ViewOf{}, setting); }

Value view_of(const policy::ParameterValue& value) {
  if (!value.table.empty()) return table_view(value);
  return value.value ? view_of(*value.value) : Value();
}

void read_value(const Value& given, const policy::Parameter& parameter, const std::string& where,
                policy::ParameterValue& out, Refusals& refusals) {
  if (given.is_null()) return;
  if (!parameter.by.empty()) return read_table(given, parameter.type, where, out, refusals);
  out.value = Reader(parameter.type, refusals).read(given, where);
}

Value stored_form(const policy::ParameterValue& value) {
  if (!value.table.empty()) {
    return Value::object(
        {{"type", type_word(value.table.front().second)}, {"table", table_view(value)}});
  }
  if (!value.value) return Value(Value::Object{});
  return Value::object({{"type", type_word(*value.value)}, {"value", view_of(*value.value)}});
}

void restore(const Value& stored, policy::ParameterValue& out) {
  const Value* type = stored.find("type");
  if (type == nullptr) return;
  policy::Parameter parameter;
  parameter.type = type_from(*type->text());
  const Value* table = stored.find("table");
  if (table != nullptr) parameter.by = "table";
  Refusals refusals;
  read_value(table != nullptr ? *table : *stored.find("value"), parameter, "", out, refusals);
  if (!refusals.empty()) throw Fault(FaultKind::damaged, "a parameter's value of another type");
}

Value days_form(const calendar::Revision& revision) {
  Value::List rest, makeup;
  for (const Interval& span : revision.rest) {
    rest.push_back(Value::object({{"from", span.from.text()}, {"until", span.until->text()}}));
  }
  for (const Date day : revision.makeup) makeup.push_back(day.text());
  return Value::object({{"rest", std::move(rest)}, {"makeup", std::move(makeup)}});
}

void restore_days(const Value& stored, calendar::Revision& out) {
  const Value* rest = stored.find("rest");
  const Value* makeup = stored.find("makeup");
  if (rest == nullptr || makeup == nullptr || !rest->list() || !makeup->list()) {
    throw Fault(FaultKind::damaged, "a calendar's days that are none");
  }
  for (const Value& span : *rest->list()) {
    out.rest.push_back({date_in(span.find("from")), date_in(span.find("until"))});
  }
  for (const Value& day : *makeup->list()) out.makeup.push_back(date_in(&day));
}

}  // namespace huilu::enactment
