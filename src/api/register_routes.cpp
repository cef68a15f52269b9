// Registers: what lasts, as it is in force on a day, by the record types that say so (contact
// points, sites). Who may not read names of members sees a person by the posts held there.
#include <algorithm>
#include <map>

#include "api/names.h"
#include "api/routes.h"
#include "api/views.h"
#include "org/queries.h"
#include "record/queries.h"

namespace huilu::api {

namespace {

using command::Permission;
using policy::Field;
using policy::FieldType;
using record::Version;

struct Asking {
  UnitId unit;
  const record::Catalog::Type* type = nullptr;
  Date on;
  bool all = false;  // those that are over or have not begun, too
  record::Filter filter;
};

// Dates of an entry; without a first one it begins with the record.
Interval span_of(const Version& version, const std::string& address) {
  const Value* const fields = version.content.fields.find(address);
  const auto date = [&](std::string_view name) -> std::optional<Date> {
    const Value* const value = fields == nullptr ? nullptr : fields->find(name);
    if (value == nullptr || value->text() == nullptr) return {};
    return Date::parse(*value->text());
  };
  return {date("from").value_or(version.content.date), date("until")};
}

class Entries {
 public:
  Entries(Call& call, const Asking& asking) : call_(call), asking_(asking), units_(call) {}

  Value view(const Version& version) {
    open_ = is_open(version);
    const std::string& address = asking_.type->name;
    const Interval span = span_of(version, address);
    Value::List units;
    for (const UnitId unit : version.content.units) units.push_back(units_.view(unit));
    Value fields{Value::Object{}};
    for (const Field& field : asking_.type->declared->fields) {
      if (field.name == "from" || field.name == "until") continue;
      const Value* const given = version.content.fields.find(address);
      const Value* const value = given == nullptr ? nullptr : given->find(field.name);
      fields.set(field.name, value == nullptr ? Value() : field_view(version, field, *value));
    }
    return Value::object({{"record", version.record.text()},
                          {"version", version.version},
                          {"units", std::move(units)},
                          {"from", span.from.text()},
                          {"until", date_or_null(span.until)},
                          {"fields", std::move(fields)}});
  }

 private:
  bool is_open(const Version& version) const {
    const auto& units = version.content.units;
    return std::any_of(units.begin(), units.end(), [&](UnitId unit) {
      return call_.check(Permission::member_names_read, {unit}).empty();
    });
  }

  Value field_view(const Version& version, const Field& field, const Value& value) {
    if (field.is_protected) return {};
    if (const Value::List* const list = value.list()) {
      Value::List items;
      const Field item = field.item_field();
      for (const Value& one : *list) items.push_back(field_view(version, item, one));
      return items;
    }
    switch (field.type) {
      case FieldType::person:
        return person_view(version, value);
      case FieldType::unit:
        if (const auto unit = value.text() ? UnitId::parse(*value.text()) : std::nullopt)
          return units_.view(*unit);
        return {};
      case FieldType::text:
      case FieldType::file:
        return open_ ? value : Value();
      default:
        return value;
    }
  }

  // The posts that the person holds in the entry's units on the day.
  Value person_view(const Version& version, const Value& value) {
    const auto person = value.text() ? PersonId::parse(*value.text()) : std::nullopt;
    if (!person) return {};
    Value::List titles;
    Value name;
    for (const UnitId unit : version.content.units) {
      for (const org::PostLine& line : posts_of(unit)) {
        for (const auto& holder : line.holders) {
          if (holder.tenure.person == *person) titles.push_back(line.post.title);
        }
      }
    }
    if (open_) {
      if (const auto found = org::person_of(*call_.reader, *person)) name = found->name;
    }
    return Value::object({{"name", std::move(name)}, {"posts", std::move(titles)}});
  }

  const std::vector<org::PostLine>& posts_of(UnitId unit) {
    const auto found = posts_.find(unit);
    if (found != posts_.end()) return found->second;
    return posts_[unit] = org::posts_of(*call_.reader, unit, asking_.on);
  }

  Call& call_;
  const Asking& asking_;
  UnitNames units_;
  std::map<UnitId, std::vector<org::PostLine>> posts_;
  bool open_ = false;
};

Refusals read_asking(Call& call, Asking& asking) {
  Refusals refusals;
  Query query(call, refusals);
  const auto unit = query.id<UnitId>("unit");
  const auto type = query.text("type");
  const bool subtree = query.flag("subtree");
  asking.on = query.date("on").value_or(call.today);
  asking.all = query.flag("all");
  asking.filter.limit = query.integer("limit", 50, 1, 500);
  asking.filter.cursor = query.text("cursor").value_or("");
  query.finish();
  if (!unit) refusals.push_back({RefusalCode::field_required, "/unit", "u1", "", ""});
  if (!type) refusals.push_back({RefusalCode::field_required, "/type", "", "", ""});
  if (!refusals.empty()) return refusals;
  asking.unit = *unit;
  asking.type = call.services.catalog.find(*type);
  if (asking.type == nullptr || !asking.type->declared || !asking.type->declared->lasts) {
    return {{RefusalCode::unknown_record_type, "/type", call.services.catalog.expected(*type),
             *type, ""}};
  }
  asking.filter.type = asking.type->id;
  if (auto no = call.check(Permission::record_read, {*unit}, "/unit"); !no.empty()) return no;
  if (subtree)
    asking.filter.path = org::unit_on(*call.reader, *unit, call.today)->path;
  else
    asking.filter.unit = unit;
  return {};
}

// A page holds fewer where some of its records are over; the next one goes on behind them.
Answer list_register(Call& call) {
  Asking asking;
  if (auto no = read_asking(call, asking); !no.empty()) return Answer::no(std::move(no));
  const auto found = record::list(*call.reader, call.services.catalog, asking.filter);
  if (!found) return Answer::no(found.refusals());
  Entries entries(call, asking);
  Value::List items;
  for (const Version& version : found->items) {
    if (asking.all || span_of(version, asking.type->name).contains(asking.on))
      items.push_back(entries.view(version));
  }
  return Answer::of(listed(call, std::move(items), found->next_cursor));
}

}  // namespace

std::vector<Route> register_routes() {
  return {
      {http::Method::get, "/registers", Access::signed_in, Permission::record_read,
       Asked::body_units, BodyKind::none, "", "RegisterList", 200,
       "Entries of a lasting record type that are in force on a day, of a unit or its subtree",
       list_register, nullptr, "unit type subtree on all limit cursor"},
  };
}

}  // namespace huilu::api
