// Records: enter, read, correct, take back; and the types that a record can have.
#include <algorithm>

#include "api/routes.h"
#include "api/views.h"
#include "record/commands.h"
#include "record/rules.h"

namespace huilu::api {

namespace {

using command::Permission;

Answer types(Call& call) {
  Value::List items;
  for (const auto* type : call.services.catalog.all()) {
    items.push_back(record_type_view(*type->declared, call.language));
  }
  return Answer::of(listed(call, std::move(items), ""));
}

Answer enter(Call& call) {
  Refusals refusals;
  auto content = record::content_from(call.body, {}, refusals);
  if (refusals.empty()) {
    refusals = record::check_content(content, call.services.catalog, call.today);
  }
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  return Answer::run(
      std::make_unique<record::EnterRecord>(call.services.catalog, std::move(content)));
}

// Names stay in the branch: shown where the account may read names at one of the record's units.
Names names_for(Call& call, const record::Version& version) {
  for (const UnitId unit : version.content.units) {
    if (call.check(Permission::member_names_read, {unit}).empty()) return Names::shown;
  }
  return Names::hidden;
}

// A record is seen by who may read at one of its units, and by the persons it names.
bool readable(Call& call, const record::Version& version) {
  for (const UnitId unit : version.content.units) {
    if (call.check(Permission::record_read, {unit}).empty()) return true;
  }
  return false;
}

std::optional<record::Version> read_record(Call& call) {
  const auto id = call.id<RecordId>("id");
  if (!id) return {};
  auto version = record::version_of(*call.reader, *id);
  return version && readable(call, *version) ? std::move(version) : std::nullopt;
}

Answer record_with_names(Call& call, const record::Version& version) {
  Value view = record_view(version, names_for(call, version));
  view.set("as_of", as_of(call));
  return Answer::of(std::move(view));
}

Answer read(Call& call) {
  const auto version = read_record(call);
  return version ? record_with_names(call, *version) : Answer::no(RefusalCode::not_found);
}

Answer versions(Call& call) {
  const auto current = read_record(call);
  if (!current) return Answer::no(RefusalCode::not_found);
  Value::List items;
  const Names names = names_for(call, *current);
  for (const auto& version : record::history_of(*call.reader, current->record)) {
    items.push_back(record_view(version, names));
  }
  return Answer::of(listed(call, std::move(items), ""));
}

Answer list(Call& call) {
  Refusals refusals;
  Query query(call, refusals);
  record::Filter filter;
  const auto unit = query.id<UnitId>("unit");
  const bool subtree = query.flag("subtree");
  const auto type = query.text("type");
  filter.from = query.date("from");
  filter.until = query.date("until");
  filter.limit = query.integer("limit", 50, 1, 500);
  filter.cursor = query.text("cursor").value_or("");
  query.finish();
  if (!unit && refusals.empty()) {
    refusals.push_back({RefusalCode::field_required, "/unit", "u1", "", ""});
  }
  if (type) {
    const auto* found = call.services.catalog.find(*type);
    if (found == nullptr) {
      refusals.push_back({RefusalCode::unknown_record_type, "/type",
                          call.services.catalog.expected(*type), *type, ""});
    } else {
      filter.type = found->id;
    }
  }
  if (refusals.empty()) refusals = call.check(Permission::record_read, {*unit}, "/unit");
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  if (subtree) {
    filter.path = org::unit_on(*call.reader, *unit, call.today)->path;
  } else {
    filter.unit = unit;
  }
  const auto found = record::list(*call.reader, call.services.catalog, filter);
  if (!found) return Answer::no(found.refusals());
  Value::List items;
  for (const auto& version : found->items) {
    items.push_back(record_view(version, names_for(call, version)));
  }
  return Answer::of(listed(call, std::move(items), found->next_cursor));
}

// What both revisions need: the version that was seen and why.
struct Revision {
  std::int64_t version = 0;
  std::string reason;
};

Revision read_revision(Members& in) {
  return {in.integer("version", 1, INT64_MAX), in.text("reason", 200)};
}

// Only what is given changes; the rest stays as it was entered.
Value merged(const record::Content& now, const Value& changes) {
  Value::List types, units, present;
  for (const auto& type : now.types) types.push_back(type);
  for (const UnitId unit : now.units) units.push_back(unit.text());
  for (const PersonId person : now.present) present.push_back(person.text());
  Value body = Value::object({{"types", std::move(types)},
                              {"units", std::move(units)},
                              {"date", now.date.text()},
                              {"place", now.place},
                              {"present", std::move(present)},
                              {"fields", now.fields}});
  for (const auto& [key, value] : changes.object()->members) {
    if (key == "fields" && value.object() != nullptr) {
      Value fields = now.fields;
      for (const auto& [address, given] : value.object()->members) fields.set(address, given);
      body.set("fields", std::move(fields));
    } else if (key != "version" && key != "reason") {
      body.set(key, value);
    }
  }
  return body;
}

// Fields of types that the record no longer has go with them.
void drop_unused_fields(Value& body) {
  const Value* types = body.find("types");
  const Value* fields = body.find("fields");
  if (types->list() == nullptr || fields->object() == nullptr) return;
  Value kept{Value::Object{}};
  for (const auto& [address, value] : fields->object()->members) {
    const auto& list = *types->list();
    if (std::find(list.begin(), list.end(), Value(address)) != list.end()) {
      kept.set(address, value);
    }
  }
  body.set("fields", std::move(kept));
}

Answer correct(Call& call) {
  auto version = read_record(call);
  if (!version) return Answer::no(RefusalCode::not_found);
  Refusals refusals;
  Members in(call.body, "", refusals);
  const auto revision = read_revision(in);
  if (call.body.object() == nullptr) return Answer::no(std::move(refusals));
  Value body = merged(version->content, call.body);
  if (call.body.find("types") != nullptr && call.body.find("fields") == nullptr) {
    drop_unused_fields(body);
  }
  auto content = record::content_from(body, {}, refusals);
  if (refusals.empty()) {
    refusals = record::check_content(content, call.services.catalog, call.today);
  }
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  return Answer::run(std::make_unique<record::ReviseRecord>(call.services.catalog,
                                                            std::move(*version), revision.version,
                                                            std::move(content), revision.reason));
}

Answer take_back(Call& call) {
  auto version = read_record(call);
  if (!version) return Answer::no(RefusalCode::not_found);
  Refusals refusals;
  Members in(call.body, "", refusals);
  const auto revision = read_revision(in);
  in.finish();
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  return Answer::run(std::make_unique<record::ReviseRecord>(
      call.services.catalog, std::move(*version), revision.version, std::nullopt, revision.reason));
}

}  // namespace

std::vector<Route> record_routes() {
  using http::Method;
  constexpr auto in = Access::signed_in;
  constexpr auto none = BodyKind::none;
  constexpr auto json = BodyKind::json;
  return {
      {Method::get, "/record-types", in, Permission::signed_in, Asked::nowhere, none, "",
       "RecordTypeList", 200, "The types that a record can have, with their fields", types},
      {Method::post, "/records", in, Permission::record_enter, Asked::body_units, json, "NewRecord",
       "RecordChanged", 201, "Enter a record; a date ahead makes a plan", enter},
      {Method::get, "/records", in, Permission::record_read, Asked::body_units, none, "",
       "RecordList", 200, "Records of a unit or its subtree, newest date first", list},
      {Method::get, "/records/{id}", in, Permission::record_read, Asked::lists, none, "", "Record",
       200, "A record as it stands", read},
      {Method::get, "/records/{id}/versions", in, Permission::record_read, Asked::lists, none, "",
       "RecordVersions", 200, "Every version of a record, oldest first", versions},
      {Method::post, "/records/{id}/corrections", in, Permission::record_correct, Asked::lists,
       json, "RecordCorrection", "RecordChanged", 200, "A new version; what is not given stays",
       correct},
      {Method::post, "/records/{id}/void", in, Permission::record_correct, Asked::lists, json,
       "RecordVoid", "RecordChanged", 200, "Take a record back, with a reason", take_back},
  };
}

}  // namespace huilu::api
