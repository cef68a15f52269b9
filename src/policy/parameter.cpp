#include "policy/parameter.h"

#include <algorithm>
#include <limits>

#include "policy/declarations.h"
#include "policy/extension.h"
#include "policy/scalar.h"

namespace huilu::policy {

const ParameterValue* Parameter::value_on(Date day) const {
  const ParameterValue* latest = nullptr;
  for (const ParameterValue& value : values)
    if (value.from <= day) latest = &value;
  return latest && (latest->value || !latest->table.empty()) ? latest : nullptr;
}

std::vector<const Setting*> settings_of(const Parameter& parameter) {
  std::vector<const Setting*> settings;
  for (const ParameterValue& value : parameter.values) {
    if (value.value) settings.push_back(&*value.value);
    for (const auto& entry : value.table) settings.push_back(&entry.second);
  }
  return settings;
}

namespace {

// What `value` is read as: one of the alternatives of a Setting.
template <class T>
Form<Setting> setting(Form<T> form) {
  const std::string expected = form.expected;
  ShapePointer shape = form.shape;
  return {[form = std::move(form)](Reading& reading, const Node& node, Setting& out) {
            form.read(reading, node, out.emplace<T>());
          },
          expected, std::move(shape)};
}

Form<std::vector<ListItem>> items_form() {
  const auto item =
      named("list_item", map_of<ListItem>(
                             {
                                 required("id", &ListItem::id, id()),
                                 label("title", &ListItem::title),
                                 optional("clause", &ListItem::clauses, one_or_list(token())),
                             },
                             [](Reading&, const Node& node, ListItem& one) {
                               one.added_by = origin_of(node.place).pack;
                               one.place = node.place;
                             }));
  return {[item](Reading& reading, const Node& node, std::vector<ListItem>& out) {
            list_of(item).read(reading, node, out);
            for (std::size_t i = 0; i < out.size(); ++i) {
              const auto before = out.begin() + static_cast<std::ptrdiff_t>(i);
              if (!out[i].id.empty() && std::find(out.begin(), before, out[i]) != before)
                reading.report(RefusalCode::pack_duplicate_key, node.below(i).below("id").place, "",
                               out[i].id);
            }
          },
          "list", shape::list(item.shape)};
}

Form<Setting> setting_form(ParameterType type) {
  constexpr std::int64_t lowest = std::numeric_limits<std::int32_t>::min();
  constexpr std::int64_t highest = std::numeric_limits<std::int32_t>::max();
  switch (type) {
    case ParameterType::int_:
      return setting(integer(lowest, highest));
    case ParameterType::decimal:
      return setting(decimal());
    case ParameterType::bool_:
      return setting(boolean());
    case ParameterType::date:
      return setting(date());
    case ParameterType::month_day:
      return setting(month_day());
    case ParameterType::duration:
      return setting(duration());
    case ParameterType::text:
      return setting(text());
    case ParameterType::list:
      break;
  }
  return setting(items_form());
}

// Of a table: a map from keys to settings.
void read_table(Reading& reading, const Node& node, const Form<Setting>& form,
                ParameterValue& out) {
  if (!reading::is_map(reading, node)) return;
  for (const Member& member : node.members) {
    const Reading::Step step(reading, member.key);
    auto& [key, value] = out.table.emplace_back();
    id().read(reading, reading::key_node(member), key);
    form.read(reading, member.value, value);
  }
  if (out.table.empty() && !node.cut)
    reading.report(RefusalCode::pack_range, node.place, "at least 1 item", "0 items");
}

// `value` must be written, if only as null: from here on there is none.
void read_value(Reading& reading, const Node& owner, const Form<Setting>& form, bool is_table,
                ParameterValue& out) {
  const Node* const written = owner.find("value");
  const Reading::Step step(reading, "value");
  if (!written) {
    if (!owner.cut) reading.report(RefusalCode::pack_missing_key, owner.place, "value", "");
  } else if (written->kind == NodeKind::null) {
    return;
  } else if (is_table) {
    read_table(reading, *written, form, out);
  } else {
    form.read(reading, *written, out.value.emplace());
  }
  if (!owner.find("basis") && !owner.cut)
    reading.report(RefusalCode::pack_missing_key, owner.place, "basis", "");
}

constexpr const char* any_id = "^[a-z][a-z0-9_]*$";

Form<ParameterValue> value_form(ParameterType type, bool is_table) {
  const auto form = setting_form(type);
  return named("value",
               map_of<ParameterValue>(
                   {
                       required("from", &ParameterValue::from, date()),
                       unkept<ParameterValue>("value", Presence::optional, raw()),
                       optional("basis", &ParameterValue::basis, word<Basis>(basis_words)),
                       optional("ref", &ParameterValue::ref, text()),
                       remark("note", &ParameterValue::note),
                       optional("clause", &ParameterValue::clauses, one_or_list(token())),
                   },
                   [form, is_table](Reading& reading, const Node& node, ParameterValue& value) {
                     value.place = node.place;
                     read_value(reading, node, form, is_table, value);
                   }));
}

// Of values of whatever type, as a description of the format knows no other key's value.
ShapePointer values_shape() {
  std::vector<ShapePointer> settings;
  for (std::size_t i = 0; i < parameter_type_words.size(); ++i)
    settings.push_back(setting_form(static_cast<ParameterType>(i)).shape);
  settings.push_back(shape::names(shape::choice(settings), any_id));
  const auto value = value_form(ParameterType::int_, false).shape;
  Shape copy = *value;
  for (ShapeKey& key : copy.keys)
    if (key.name == "value") key.shape = shape::choice(settings);
  return shape::list(std::make_shared<const Shape>(std::move(copy)), 1);
}

// Values are of the parameter's type, which stands before them in the list of keys.
void read_values(Reading& reading, const Node& owner, const Node* written, Parameter& out) {
  const Node* const type = owner.find("type");
  const auto word = parameter_type_words[static_cast<std::size_t>(out.type)];
  if (!written || !type || type->text != word) {
    if (written) reading.leave_unread();
    return;
  }
  some_of(value_form(out.type, owner.find("by") != nullptr)).read(reading, *written, out.values);
  std::stable_sort(
      out.values.begin(), out.values.end(),
      [](const ParameterValue& a, const ParameterValue& b) { return a.from < b.from; });
  for (std::size_t i = 1; i < out.values.size(); ++i)
    if (out.values[i].from == out.values[i - 1].from && out.values[i].from != Date{})
      reading.report(RefusalCode::pack_duplicate_key, out.values[i].place,
                     out.values[i - 1].place.text(), out.values[i].from.text());
}

}  // namespace

Form<Decimal> decimal() {
  return {[](Reading& reading, const Node& node, Decimal& out) {
            const auto millionths = node.kind == NodeKind::scalar && !node.quoted
                                        ? decimal_millionths(node.text)
                                        : std::nullopt;
            if (!millionths) return reading.report_type(node, "decimal");
            out.millionths = *millionths;
          },
          "decimal", shape::decimal()};
}

Form<MonthDay> month_day() {
  return {[](Reading& reading, const Node& node, MonthDay& out) {
            // Any year without a 29 February will do: the day must be there every year.
            const auto day = node.kind == NodeKind::scalar && node.text.size() == 5
                                 ? Date::parse("2001-" + node.text)
                                 : std::nullopt;
            if (!day) return reading.report_type(node, "\"MM-DD\"");
            out.month = static_cast<unsigned>(day->ymd().month());
            out.day = static_cast<unsigned>(day->ymd().day());
          },
          "\"MM-DD\"", shape::text("^[0-9]{2}-[0-9]{2}$")};
}

Form<Parameter> parameter_form() {
  return named(
      "parameter",
      map_of<Parameter>(
          {
              required("type", &Parameter::type, word<ParameterType>(parameter_type_words)),
              label("title", &Parameter::title),
              label("unit", &Parameter::unit),
              required("clause", &Parameter::clauses, one_or_list(token())),
              optional("by", &Parameter::by, text()),
              required("bind", &Parameter::bind, word<Bind>(bind_words)),
              {"values", Presence::required, "list of values", read_values, values_shape()},
              optional("review_by", &Parameter::review_by, date()),
              unkept<Parameter>("note", Presence::optional, text()),
          },
          [](Reading&, const Node& node, Parameter& parameter) { parameter.place = node.place; }));
}

}  // namespace huilu::policy
