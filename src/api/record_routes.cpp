// Records: enter, read, correct, take back; and the types that a record can have.
#include <algorithm>

#include "api/names.h"
#include "api/routes.h"
#include "api/views.h"
#include "compliance/explain.h"
#include "compliance/sentences.h"
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

// What the content lacks, in words, and what it would count for.
Value effects_view(Call& call, const Refusals& missing, const compliance::Effects& effects) {
  const auto side = [](const obligation::Explanation& one) {
    Value::List marks;
    for (const auto mark : one.marks) marks.push_back(obligation::word_of(mark));
    return Value::object({{"verdict", obligation::word_of(one.verdict)},
                          {"have", compliance::number_view(one.test.have, one.test.decimal)},
                          {"need", compliance::number_view(one.test.need, one.test.decimal)},
                          {"marks", std::move(marks)}});
  };
  Value::List items, lacks;
  for (const auto& effect : effects.items) {
    const compliance::Duty duty = compliance::duty_of(call.services.packs, effect.after);
    const bool named = call.check(Permission::member_names_read, {effect.home}).empty();
    const compliance::Explained explained{
        effect.after, effects.facts, effect.home,
        named ? compliance::Shown::everything : compliance::Shown::without_names};
    const compliance::Sentences sentences(explained, duty, call.language);
    const auto name = sentences.name_of(effect.bearer);
    const auto unit = effects.facts.units.find(effect.home);
    items.push_back(Value::object(
        {{"obligation", effect.after.question.obligation},
         {"title", duty
                       ? Value(duty.obligation->title.in(compliance::label_language(call.language)))
                       : Value()},
         {"period", effect.after.question.period},
         {"bearer", Value::object({{"id", effect.bearer.text()},
                                   {"name", name.empty() ? Value() : Value(name)}})},
         {"unit",
          Value::object(
              {{"id", effect.home.text()},
               {"name", unit == effects.facts.units.end() ? Value() : Value(unit->second.name)}})},
         {"counts", !effect.rejected},
         {"why", effect.rejected ? effect.rejected->why : std::string()},
         {"say", effect.rejected ? sentences.why_rejected(*effect.rejected) : std::string()},
         {"before", side(effect.before)},
         {"after", side(effect.after)}}));
  }
  for (const auto& refusal : missing) {
    lacks.push_back(
        Value::object({{"field", refusal.where}, {"say", words::message(call.language, refusal)}}));
  }
  return Value::object({{"would_count", std::move(items)}, {"missing", std::move(lacks)}});
}

// As the road will answer when it is sent.
Refusals may_enter(Call& call, const record::Content& content) {
  const auto question = call.services.gate.ask(*call.reader, call.who.account,
                                               {Permission::record_enter, content.units});
  call.reader->flush();
  auto no = question->answer(call.today);
  if (no.empty()) return no;
  return command::in_words_of(record::EnterRecord(call.services.catalog, content), std::move(no));
}

// What packs would say to it.
Value checks_view(Call& call, const record::Content& content) {
  const auto* checks = call.services.catalog.checks();
  const auto loaded = checks ? checks->load(*call.reader, content, nullptr) : nullptr;
  std::vector<record::FailedCheck> failed;
  if (loaded)
    failed = loaded->failed(content, record::state_on(content, call.today), call.today,
                            call.services.clock.now());
  return record::failed_view(failed, compliance::label_language(call.language));
}

// A form that is not filled yet is answered too: only what cannot be read as a record is refused.
Answer dry_run(Call& call, const record::Content& content) {
  const auto missing = record::check_content(content, call.services.catalog, call.today);
  const bool unreadable = std::any_of(missing.begin(), missing.end(), [](const Refusal& refusal) {
    return refusal.code == RefusalCode::unknown_record_type;
  });
  if (unreadable) return Answer::no(missing);
  if (auto no = may_enter(call, content); !no.empty()) return Answer::no(std::move(no));
  const store::Transaction snapshot(*call.reader, store::Access::read);
  const auto effects =
      compliance::would_count(*call.reader, call.services.packs, call.services.catalog, content,
                              call.today, call.services.clock.now());
  Value view = effects_view(call, missing, effects);
  view.set("checks", missing.empty() ? checks_view(call, content) : Value(Value::List()));
  view.set("as_of", as_of(call));
  return Answer::of(std::move(view));
}

Answer enter(Call& call) {
  Refusals refusals;
  Query query(call, refusals);
  const bool only_asking = query.flag("dry_run");
  query.finish();
  auto content = record::content_from(call.body, {}, refusals);
  if (refusals.empty() && only_asking) return dry_run(call, content);
  if (refusals.empty()) {
    refusals = record::check_content(content, call.services.catalog, call.today);
  }
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  return Answer::run(std::make_unique<record::EnterRecord>(
      call.services.catalog, std::move(content), compliance::label_language(call.language)));
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

void add_unit_names(Value& view, const record::Version& version, UnitNames& units) {
  Value::List names, within;
  for (const UnitId unit : version.content.units) {
    names.push_back(units.name_of(unit));
    within.push_back(units.within(unit));
  }
  view.set("unit_names", std::move(names));
  view.set("units_within", std::move(within));
}

Answer record_with_names(Call& call, const record::Version& version) {
  Value view = record_view(version, names_for(call, version));
  UnitNames units(call);
  add_unit_names(view, version, units);
  view.set("as_of", as_of(call));
  return Answer::of(std::move(view));
}

Answer show_record(Call& call) {
  const auto version = read_record(call);
  return version ? record_with_names(call, *version) : Answer::no(RefusalCode::not_found);
}

Answer versions(Call& call) {
  const auto current = read_record(call);
  if (!current) return Answer::no(RefusalCode::not_found);
  Value::List items;
  const Names names = names_for(call, *current);
  UnitNames units(call);
  for (const auto& version : record::history_of(*call.reader, current->record)) {
    items.push_back(record_view(version, names));
    add_unit_names(items.back(), version, units);
  }
  return Answer::of(listed(call, std::move(items), ""));
}

Answer list_records(Call& call) {
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
  std::vector<UnitId> named;
  for (const auto& version : found->items) {
    named.insert(named.end(), version.content.units.begin(), version.content.units.end());
  }
  UnitNames units(call);
  units.load(named);
  for (const auto& version : found->items) {
    items.push_back(record_view(version, names_for(call, version)));
    add_unit_names(items.back(), version, units);
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
  return Answer::run(std::make_unique<record::ReviseRecord>(
      call.services.catalog, std::move(*version), revision.version, std::move(content),
      revision.reason, compliance::label_language(call.language)));
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
       "RecordChanged", 201, "Enter a record; a date ahead makes a plan", enter, nullptr, "dry_run",
       "WouldCount"},
      {Method::get, "/records", in, Permission::record_read, Asked::body_units, none, "",
       "RecordList", 200, "Records of a unit or its subtree, newest date first", list_records},
      {Method::get, "/records/{id}", in, Permission::record_read, Asked::lists, none, "", "Record",
       200, "A record as it stands", show_record},
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
