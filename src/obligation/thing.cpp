#include "obligation/thing.h"

#include <algorithm>

#include "obligation/cases.h"
#include "obligation/organisation.h"

namespace huilu::obligation {

namespace {

using Things = std::vector<Thing>;

Value texts(const std::vector<std::string>& words) {
  Value::List list;
  for (const std::string& word : words) list.emplace_back(word);
  return list;
}

template <class IdType>
Value id_list(const std::vector<IdType>& ids) {
  Value::List list;
  for (const IdType id : ids) list.emplace_back(id.text());
  return list;
}

void add_unit(const Context& context, UnitId id, Date day, Things& out) {
  if (const Unit* const unit = find_unit(context.facts, id)) out.emplace_back(UnitThing{unit, day});
}

void follow(Context& context, const UnitThing& at, const std::string& step, Things& out) {
  if (step == "unit") return void(out.emplace_back(at));
  if (step == "name") return void(out.emplace_back(Value(at.unit->name)));
  if (step == "from") return void(out.emplace_back(Value(at.unit->span.from.text())));
  if (step == "parent") {
    const Unit* const parent = parent_on(context.facts, *at.unit, at.day);
    if (parent) out.emplace_back(UnitThing{parent, at.day});
    return;
  }
  const Kind* const kind = value_on(at.unit->kinds, day_within(*at.unit, at.day));
  if (!kind) return;
  if (step == "type") return void(out.emplace_back(Value(kind->type)));
  if (step == "level") return void(out.emplace_back(Value(kind->level)));
  if (step == "tags") return void(out.emplace_back(texts(kind->tags)));
  if (step == "rank") {
    if (!kind->rank.empty()) out.emplace_back(Value(kind->rank));
    return;
  }
  context.notes.fail("a unit has no " + step);
}

void follow(Context& context, const TenureThing& at, const std::string& step, Things& out) {
  if (step == "kind") return void(out.emplace_back(Value(at.tenure->kind)));
  if (step == "holder") return void(out.emplace_back(PersonThing{at.tenure->person, at.day}));
  if (step == "acting") return void(out.emplace_back(Value(at.tenure->acting)));
  if (step == "from") return void(out.emplace_back(Value(at.tenure->span.from.text())));
  if (step == "unit") return add_unit(context, at.tenure->unit, at.day, out);
  context.notes.fail("a post has no " + step);
}

void follow(Context& context, const PersonThing& at, const std::string& step, Things& out) {
  if (step == "home") {
    const Membership* const home =
        membership_on(context.facts, at.person, policy::MemberAt::home, at.day);
    if (home) add_unit(context, home->unit, at.day, out);
    return;
  }
  if (step != "unit") return context.notes.fail("a person has no " + step);
  for (const Tenure& tenure : context.facts.tenures)
    if (tenure.person == at.person && tenure.span.contains(at.day))
      add_unit(context, tenure.unit, at.day, out);
}

void follow(Context& context, const MemberThing& at, const std::string& step, Things& out) {
  const Membership& membership = *at.membership;
  if (step == "kind")
    return void(
        out.emplace_back(Value(membership.probationary ? "probationary_member" : "full_member")));
  if (step == "probationary") return void(out.emplace_back(Value(membership.probationary)));
  if (step == "floating") return void(out.emplace_back(Value(membership.floating)));
  if (step == "from") return void(out.emplace_back(Value(membership.span.from.text())));
  if (step == "home") return add_unit(context, membership.unit, at.day, out);
  if (step == "unit") return add_unit(context, unit_of(membership, at.at), at.day, out);
  if (step == "host") {
    if (membership.host) add_unit(context, *membership.host, at.day, out);
    return;
  }
  context.notes.fail("a member has no " + step);
}

// What a reference among the fields leads to; a record that was taken back leads nowhere.
void follow_record(Context& context, RecordId id, const policy::Field& field, Instant known,
                   Things& out) {
  const auto found = context.facts.records.find(id);
  if (found == context.facts.records.end()) {
    context.notes.fail(id.text() + " is not among the facts");
    return;
  }
  const RecordVersion* const version = found->second.known(known);
  if (!version || version->state == RecordState::void_) return;
  const policy::RecordType* const type = record_type(context, field.target);
  if (!type) return context.notes.fail("no record type " + field.target);
  const auto has = std::find(version->types.begin(), version->types.end(), type->address);
  if (has != version->types.end())
    out.emplace_back(RecordThing{id, version, {&type->address, 1}, known});
}

void add_value(Context& context, const RecordThing& at, const policy::Field* field,
               const Value& value, Things& out) {
  if (value.is_null()) return;
  if (!field || !value.text()) return void(out.emplace_back(value));
  const std::string& text = *value.text();
  if (field->type == policy::FieldType::unit) {
    const auto unit = UnitId::parse(text);
    if (unit && find_unit(context.facts, *unit))
      return add_unit(context, *unit, at.version->date, out);
  }
  if (field->type == policy::FieldType::person)
    if (const auto person = PersonId::parse(text))
      return void(out.emplace_back(PersonThing{*person, at.version->date}));
  const auto record = field->type == policy::FieldType::ref ? RecordId::parse(text) : std::nullopt;
  if (record) return follow_record(context, *record, *field, at.known, out);
  out.emplace_back(value);
}

void follow_announced(Context& context, const RecordThing& at, const policy::RecordType& type,
                      Things& out) {
  const auto found = context.facts.records.find(at.id);
  if (found == context.facts.records.end()) return;
  out.emplace_back(Value(announced_on(found->second, type, at.known).text()));
}

void follow(Context& context, const RecordThing& at, const std::string& step, Things& out) {
  const RecordVersion& version = *at.version;
  if (step == "unit") {
    for (const UnitId unit : version.units) {
      if (find_unit(context.facts, unit))
        add_unit(context, unit, version.date, out);
      else
        out.emplace_back(Value(unit.text()));
    }
    return;
  }
  if (step == "units") return void(out.emplace_back(id_list(version.units)));
  if (step == "date") return void(out.emplace_back(Value(version.date.text())));
  if (step == "present") return void(out.emplace_back(id_list(version.present)));
  if (step == "place") {
    if (!version.place.empty()) out.emplace_back(Value(version.place));
    return;
  }
  for (const std::string& address : at.types) {
    const Value* const value = field_of(version, address, step);
    const policy::RecordType* const type = record_type(context, address);
    if (value) return add_value(context, at, type ? type->find_field(step) : nullptr, *value, out);
    if (step == "announced" && type && !type->find_field(step))
      follow_announced(context, at, *type, out);
  }
}

void add_of_matter(Context& context, const MatterThing& at, const policy::Field& field,
                   const Value& value, Things& out) {
  const bool is_unit = field.type == policy::FieldType::unit;
  const auto unit = is_unit && value.text() ? UnitId::parse(*value.text()) : std::nullopt;
  if (unit && find_unit(context.facts, *unit)) return add_unit(context, *unit, at.day, out);
  if (!value.is_null()) out.emplace_back(value);
}

void follow(Context& context, const MatterThing& at, const std::string& step, Things& out) {
  const Matter& matter = *at.matter;
  if (step == "unit") return add_unit(context, matter.unit, at.day, out);
  if (step == "opened") return void(out.emplace_back(Value(matter.opened.text())));
  if (step == "state") return void(out.emplace_back(Value(matter.state)));
  if (step == "evidence") return void(out.emplace_back(id_list(matter.evidence)));
  const auto add = [&](const auto& text, bool is_there) {
    if (is_there) out.emplace_back(Value(text()));
  };
  if (step == "due") return add([&] { return matter.due->text(); }, matter.due.has_value());
  if (step == "outcome") return add([&] { return matter.outcome; }, !matter.outcome.empty());
  if (step == "parent")
    return add([&] { return matter.parent->text(); }, matter.parent.has_value());
  if (step == "into") return add([&] { return matter.into->text(); }, matter.into.has_value());
  if (step == "relapse_of")
    return add([&] { return matter.relapse_of->text(); }, matter.relapse_of.has_value());
  if (step == "relapsed_as")
    return add([&] { return matter.relapsed_as->text(); }, matter.relapsed_as.has_value());
  if (step == "campaign")
    return add([&] { return matter.campaign->text(); }, matter.campaign.has_value());
  if (step == "clock" && at.clocks) return void(out.emplace_back((*at.clocks)()));
  if (step == "ballot") {
    if (!at.ballot || at.ballot->result == BallotResult::stopped) return;
    return void(out.emplace_back(Value::object(
        {{"result", ballot_result_words[static_cast<std::size_t>(at.ballot->result)]}})));
  }
  if (step == "look_back") {
    const std::string found = at.found ? (*at.found)() : std::string();
    if (!found.empty()) out.emplace_back(Value(found));
    return;
  }
  if (step == "stale") {
    const auto stale = at.stale ? (*at.stale)() : std::nullopt;
    return add([&] { return *stale; }, stale.has_value());
  }
  const policy::Field* const field = at.type ? at.type->find_field(step) : nullptr;
  const Value* const value = field ? matter.fields.find(step) : nullptr;
  if (value) return add_of_matter(context, at, *field, *value, out);
  if (!field) context.notes.fail("a matter has no " + step);
}

void follow(Context& context, const Value& at, const std::string& step, Things& out) {
  (void)context;
  const Value* const member = at.object() ? at.find(step) : nullptr;
  if (member && !member->is_null()) out.emplace_back(*member);
}

Value leaf(const Thing& thing) {
  struct Leaf {
    Value operator()(const Value& value) const { return value; }
    Value operator()(const UnitThing& at) const { return at.unit->id.text(); }
    Value operator()(const TenureThing& at) const { return at.tenure->id.text(); }
    Value operator()(const MemberThing& at) const { return at.membership->person.text(); }
    Value operator()(const PersonThing& at) const { return at.person.text(); }
    Value operator()(const RecordThing& at) const { return at.id.text(); }
    Value operator()(const MatterThing& at) const { return at.matter->id.text(); }
  };
  return std::visit(Leaf{}, thing);
}

Thing period_thing(const Context& context) {
  return Value::object({{"name", context.period.name},
                        {"from", context.period.from.text()},
                        {"until", context.period.until.text()}});
}

Thing campaign_thing(const Context& context) {
  if (!context.campaign || !context.window) return Value();
  return Value::object({{"unit", context.campaign->unit.text()},
                        {"from", context.window->from.text()},
                        {"until", end_of(*context.window).text()}});
}

Thing start_of(Context& context, const Thing& thing, policy::Root root) {
  switch (root) {
    case policy::Root::thing:
      return thing;
    case policy::Root::bearer:
      return bearer_of(context);
    case policy::Root::it:  // a duty without for_each has one case: the bearer
      return context.it ? context.it->thing : bearer_of(context);
    case policy::Root::period:
      return period_thing(context);
    case policy::Root::campaign:
      return campaign_thing(context);
    case policy::Root::actor:
      break;
  }
  context.notes.fail("a duty has no $actor");
  return Value();
}

}  // namespace

Thing bearer_of(const Context& context) {
  const Bearer& bearer = context.bearer;
  if (bearer.unit) {
    const Unit* const unit = find_unit(context.facts, bearer.unit);
    return unit ? Thing(UnitThing{unit, context.day}) : Thing(Value());
  }
  if (bearer.tenure) {
    const Tenure* const tenure = find_tenure(context.facts, bearer.tenure);
    return tenure ? Thing(TenureThing{tenure, context.day}) : Thing(Value());
  }
  const Membership* const membership =
      membership_on(context.facts, bearer.person, context.member_at, context.day);
  if (membership) return MemberThing{membership, context.member_at, context.day};
  return Value(bearer.person.text());
}

std::vector<Value> values_of(Context& context, const Thing& thing, const policy::Path& path) {
  Things at = {start_of(context, thing, path.root)};
  for (const std::string& step : path.steps) {
    Things next;
    for (const Thing& one : at)
      std::visit([&](const auto& known) { follow(context, known, step, next); }, one);
    at = std::move(next);
  }
  std::vector<Value> values;
  for (const Thing& one : at) {
    Value value = leaf(one);
    if (!value.is_null()) values.push_back(std::move(value));
  }
  return values;
}

Thing thing_of(const Context& context, const Thing& of, const Value& item) {
  if (!item.text()) return item;
  const auto* const record = std::get_if<RecordThing>(&of);
  const Date day = record ? record->version->date : context.day;
  if (const auto person = PersonId::parse(*item.text())) return PersonThing{*person, day};
  const auto id = UnitId::parse(*item.text());
  const Unit* const unit = id ? find_unit(context.facts, *id) : nullptr;
  if (unit) return UnitThing{unit, day};
  const auto named = record ? RecordId::parse(*item.text()) : std::nullopt;
  const auto found = named ? context.facts.records.find(*named) : context.facts.records.end();
  if (found == context.facts.records.end()) return item;
  const RecordVersion* const version = found->second.known(record->known);
  if (!version || version->state == RecordState::void_) return item;
  return RecordThing{*named, version, version->types, record->known};
}

std::vector<Thing> items_of(Context& context, const Thing& thing, const policy::Path& path) {
  const Thing start = start_of(context, thing, path.root);
  Things items;
  for (const Value& value : values_of(context, thing, path)) {
    if (!value.list()) {
      items.push_back(thing_of(context, start, value));
      continue;
    }
    for (const Value& item : *value.list()) items.push_back(thing_of(context, start, item));
  }
  return items;
}

const Value* field_of(const RecordVersion& version, const std::string& type,
                      const std::string& field) {
  const Value* const fields = version.fields.object() ? version.fields.find(type) : nullptr;
  const Value* const value = fields && fields->object() ? fields->find(field) : nullptr;
  return value && !value->is_null() ? value : nullptr;
}

Date day_of(const RecordVersion& version, const policy::RecordType& type) {
  if (type.counts_on == "date") return version.date;
  const Value* const value = field_of(version, type.address, type.counts_on);
  const auto day = value && value->text() ? Date::parse(*value->text()) : std::nullopt;
  return day.value_or(version.date);
}

Date announced_on(const Record& record, const policy::RecordType& type, Instant known) {
  std::optional<Date> since, stands_for;
  for (const RecordVersion& version : record.versions) {
    if (version.at > known) continue;
    const auto& types = version.types;
    const bool is_one = version.state != RecordState::void_ &&
                        std::find(types.begin(), types.end(), type.address) != types.end();
    const auto day = is_one ? std::optional(day_of(version, type)) : std::nullopt;
    if (day != stands_for) since = zone.date_of(version.at);
    stands_for = day;
  }
  return since && stands_for ? *since : last_date;
}

const policy::RecordType* record_type(const Context& context, std::string_view address) {
  const auto in = [&](const policy::Pack& pack) -> const policy::RecordType* {
    for (const policy::RecordType& type : pack.record_types)
      if (type.address == address) return &type;
    return nullptr;
  };
  if (const auto* type = in(context.pack)) return type;
  for (const Activation& activation : context.facts.activations)
    if (const auto* type = activation.pack ? in(*activation.pack) : nullptr) return type;
  return in(policy::core_pack());
}

}  // namespace huilu::obligation
