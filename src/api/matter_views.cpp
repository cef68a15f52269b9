#include "api/matter_views.h"

#include <algorithm>
#include <set>

#include "api/enactment_views.h"
#include "api/views.h"
#include "base/check.h"
#include "compliance/duty.h"
#include "obligation/deed.h"
#include "obligation/matter_context.h"
#include "obligation/review.h"

namespace huilu::api {

namespace {

using command::Permission;
using policy::FieldType;

Value text_list(const std::vector<std::string>& texts) {
  return Value::List(texts.begin(), texts.end());
}

Value optional_label(const std::optional<policy::Label>& label, words::Language language) {
  return label ? Value(label_in(*label, language)) : Value();
}

template <class Enum, std::size_t count>
Value optional_word(const std::array<std::string_view, count>& words,
                    const std::optional<Enum>& value) {
  return value ? Value(words[static_cast<std::size_t>(*value)]) : Value();
}

Value states_view(const policy::MatterType& type, words::Language language) {
  Value::List states;
  for (const auto& one : type.states) {
    const std::string completion(
        policy::completion_words[static_cast<std::size_t>(type.completion_of(one.id))]);
    states.push_back(Value::object(
        {{"id", one.id},
         {"title", label_in(one.title, language)},
         {"final", optional_word(policy::final_words, one.final)},
         {"outcome", optional_word(policy::outcome_words, one.outcome)},
         {"completion", completion},
         {"completion_title", words::text(language, "sentence.completion." + completion)}}));
  }
  return states;
}

// Its clocks, and of which more time may be asked for with what.
Value clocks_view(const policy::MatterType& type, words::Language language) {
  Value::List clocks;
  for (const auto& one : type.clocks) {
    clocks.push_back(Value::object(
        {{"id", one.id},
         {"title", label_in(one.title, language)},
         {"extension", one.extend.has_value()},
         {"fields", one.extend ? text_list(one.extend->fields) : Value(Value::List{})}}));
  }
  return clocks;
}

Value sheets_view(const policy::MatterType& type, words::Language language) {
  Value::List sheets;
  for (const auto& one : type.sheets) {
    Value::List blanks;
    for (const auto& blank : one.blanks) {
      blanks.push_back(
          Value::object({{"name", blank.name}, {"title", label_in(blank.title, language)}}));
    }
    sheets.push_back(Value::object({{"name", one.name},
                                    {"title", label_in(one.title, language)},
                                    {"guide", optional_label(one.guide, language)},
                                    {"fields", text_list(one.fields)},
                                    {"blanks", std::move(blanks)}}));
  }
  return sheets;
}

bool is_person(const policy::Field& field) {
  return field.type == FieldType::person || field.item == FieldType::person;
}

std::string titles_of(const policy::MatterType& type, const std::vector<std::string>& roles,
                      words::Language language) {
  std::string titles;
  for (const auto& name : roles) {
    const auto* const role = type.find_role(name);
    const std::string title = role ? label_in(role->title, language) : name;
    titles = titles.empty() ? title
                            : words::text(language, "sentence.list", {{"a", titles}, {"b", title}});
  }
  return titles;
}

// {"from", "to"} where they differ, otherwise null.
Value change_view(Value from, Value to) {
  if (from == to) return {};
  return Value::object({{"from", std::move(from)}, {"to", std::move(to)}});
}

}  // namespace

Value matter_type_view(const policy::MatterType& type, words::Language language) {
  Value::List roles, moves;
  for (const auto& one : type.roles) {
    roles.push_back(
        Value::object({{"name", one.name},
                       {"title", label_in(one.title, language)},
                       {"kind", policy::role_kind_words[static_cast<std::size_t>(one.kind)]}}));
  }
  for (const auto& one : type.moves) {
    moves.push_back(Value::object({{"id", one.id},
                                   {"title", label_in(one.title, language)},
                                   {"guide", optional_label(one.guide, language)},
                                   {"clauses", text_list(one.clauses)},
                                   {"from", text_list(one.from)},
                                   {"to", one.to},
                                   {"by", text_list(one.by)},
                                   {"fields", text_list(one.fields)}}));
  }
  return Value::object({{"name", type.address},
                        {"title", label_in(type.title, language)},
                        {"guide", optional_label(type.guide, language)},
                        {"clauses", text_list(type.clauses)},
                        {"fields", fields_view(type.fields, language)},
                        {"roles", std::move(roles)},
                        {"initial", type.initial},
                        {"states", states_view(type, language)},
                        {"in_rounds", type.round.has_value()},
                        {"in_look_backs", type.look_back.has_value()},
                        {"in_relapses", type.relapse.has_value()},
                        {"moves", std::move(moves)},
                        {"clocks", clocks_view(type, language)},
                        {"sheets", sheets_view(type, language)}});
}

const policy::MatterType& MatterViews::type_of(const matter::Version& version) const {
  const auto& pack =
      matter::pack_of(call_.services.packs, version.matter.type, version.pack_version);
  return matter::type_in(pack, version.matter.type);
}

std::vector<UnitId> MatterViews::units_of(const matter::Stored& stored) const {
  return matter::units_of(stored.now.matter, type_of(stored.now));
}

void MatterViews::load(const std::vector<matter::Stored>& stored) {
  std::vector<UnitId> units;
  for (const auto& one : stored) {
    const auto own = units_of(one);
    units.insert(units.end(), own.begin(), own.end());
  }
  units_.load(units);
  std::vector<MatterId> ids;
  for (const auto& one : stored) ids.push_back(one.now.matter.id);
  load_around(ids);
}

void MatterViews::load_around(const std::vector<MatterId>& ids) {
  auto found = notice::reminded_of(*call_.reader, ids);
  auto hanging = matter::hanging_on(*call_.reader, ids);
  for (const MatterId id : ids) {
    reminded_[id] = found[id];
    hanging_[id] = hanging[id];
  }
}

// Those responsible hold posts; the type may keep them to the unit itself.
bool MatterViews::shows_persons(const policy::MatterType& type, UnitId unit) {
  const Sight& sight = sight_at(unit);
  return sight.members || (sight.posts && type.visible.names >= policy::Scope::line);
}

const MatterViews::Sight& MatterViews::sight_at(UnitId unit) {
  const auto found = sights_.find(unit);
  if (found != sights_.end()) return found->second;
  const bool members = call_.check(Permission::member_names_read, {unit}).empty();
  const bool posts = call_.check(Permission::post_names_read, {unit}).empty();
  return sights_.emplace(unit, Sight{members, posts}).first->second;
}

Value MatterViews::fields_view(const policy::MatterType& type, const Value& fields, UnitId unit) {
  // What was emptied is not there; null is what the caller may not see.
  Value shown{Value::Object{}};
  CHECK(fields.object() != nullptr);
  for (const auto& [name, value] : fields.object()->members) {
    if (!value.is_null()) shown.set(name, value);
  }
  const bool persons = shows_persons(type, unit);
  const bool close = sight_at(unit).members;
  for (const auto& field : type.fields) {
    const bool hidden = (field.is_protected && !close) || (is_person(field) && !persons);
    if (hidden && shown.find(field.name) != nullptr) shown.set(field.name, Value());
  }
  return shown;
}

// Where holders of posts are named, so is who made a move.
Value MatterViews::account_name(const policy::MatterType& type, UnitId unit, AccountId account) {
  if (!account || !shows_persons(type, unit)) return {};
  const auto known = accounts_.find(account);
  if (known != accounts_.end()) return known->second;
  const auto found = identity::find_account(*call_.reader, account);
  return accounts_.emplace(account, found ? Value(found->display_name) : Value()).first->second;
}

Value MatterViews::matter(const matter::Stored& stored) {
  const auto& [version, first_due, next_due, is_stale] = stored;
  const auto& matter = version.matter;
  const auto& type = type_of(version);
  const auto* const state = type.find_state(matter.state);
  const bool is_open = state != nullptr && !state->final;
  Value::List evidence, units;
  for (const FileId file : matter.evidence) evidence.push_back(file.text());
  const auto parties = units_of(stored);
  units_.open_to_parties(parties);
  if (!reminded_.contains(matter.id)) load_around({matter.id});
  const auto& reminded = reminded_[matter.id];
  const auto& hanging = hanging_[matter.id];
  for (const UnitId unit : parties) units.push_back(units_.view(unit));
  return Value::object(
      {{"id", matter.id.text()},
       {"number", version.numbered ? Value(version.numbered->number) : Value()},
       {"type", matter.type},
       {"type_title", label_in(type.title, call_.language)},
       {"pack_version", version.pack_version},
       {"unit", units_.view(matter.unit)},
       {"parent", id_or_null(matter.parent)},
       {"into", id_or_null(matter.into)},
       {"relapse_of", id_or_null(matter.relapse_of)},
       {"relapsed_as", id_or_null(matter.relapsed_as)},
       {"merged_count", hanging.merged},
       {"below_count", hanging.below},
       {"campaign", id_or_null(matter.campaign)},
       {"opened", matter.opened.text()},
       {"due", date_or_null(matter.due)},
       {"first_due", date_or_null(first_due)},
       {"next_due", date_or_null(next_due)},
       {"overdue", next_due && *next_due < call_.today},
       {"stale", is_stale},
       {"state", matter.state},
       {"state_title", state == nullptr ? Value() : Value(label_in(state->title, call_.language))},
       {"is_open", is_open},
       {"outcome", matter.outcome.empty() ? Value() : Value(matter.outcome)},
       {"fields", fields_view(type, matter.fields, matter.unit)},
       {"units", std::move(units)},
       {"evidence", std::move(evidence)},
       {"reminded", reminded.times},
       {"reminded_on", date_or_null(reminded.last)},
       {"version", version.version},
       {"changed_at", version.at.text()},
       {"changed_by", actor_or_null(version.account)}});
}

Value MatterViews::role_view(const obligation::RoleNow& role, bool shows) {
  Value::List persons, names;
  const auto named =
      shows ? org::persons_named(*call_.reader, role.persons) : std::map<PersonId, std::string>();
  for (const PersonId person : role.persons) {
    const auto found = named.find(person);
    persons.push_back(shows ? Value(person.text()) : Value());
    names.push_back(found == named.end() ? Value() : Value(found->second));
  }
  return Value::object(
      {{"name", role.role->name},
       {"title", label_in(role.role->title, call_.language)},
       {"kind", policy::role_kind_words[static_cast<std::size_t>(role.role->kind)]},
       {"unit", role.unit ? units_.view(*role.unit) : Value()},
       {"post", role.role->post.empty() ? Value() : Value(role.role->post)},
       {"persons", std::move(persons)},
       {"names", std::move(names)}});
}

// What a version did: the move, what it changed, who, when, why.
Value MatterViews::step_view(const policy::MatterType& type, const matter::Version& version,
                             const matter::Version* before) {
  const auto* const move = type.find_move(version.move);
  Value::List changed, added;
  const auto& now = version.matter;
  static const Value nothing{Value::Object{}};
  const Value& earlier = before == nullptr ? nothing : before->matter.fields;
  const auto of = [](const Value& fields, const std::string& name) {
    const Value* const found = fields.find(name);
    return found == nullptr ? Value() : *found;
  };
  for (const auto& field : type.fields) {
    if (of(now.fields, field.name) != of(earlier, field.name)) changed.push_back(field.name);
  }
  const std::size_t had = before == nullptr ? 0 : before->matter.evidence.size();
  for (std::size_t i = had; i < now.evidence.size(); ++i) added.push_back(now.evidence[i].text());
  const auto due = [](const matter::Version& one) { return date_or_null(one.matter.due); };
  return Value::object(
      {{"version", version.version},
       {"kind", version.is_opening()   ? "opened"
                : version.deed         ? "deed"
                : version.move.empty() ? "edited"
                                       : "moved"},
       {"deed", version.deed ? deed_view(type, *version.deed) : Value()},
       {"move", version.move.empty() ? Value() : Value(version.move)},
       {"title", move == nullptr ? Value() : Value(label_in(move->title, call_.language))},
       {"from", before == nullptr ? Value() : Value(before->matter.state)},
       {"to", now.state},
       {"at", version.at.text()},
       {"by", actor_or_null(version.account)},
       {"by_name", account_name(type, now.unit, version.account)},
       {"reason", version.reason.empty() ? Value() : Value(version.reason)},
       {"due", change_view(before == nullptr ? Value() : due(*before), due(version))},
       {"unit", before == nullptr || before->matter.unit == now.unit
                    ? Value()
                    : Value::object({{"from", units_.view(before->matter.unit)},
                                     {"to", units_.view(now.unit)}})},
       {"parent", before == nullptr
                      ? Value()
                      : change_view(id_or_null(before->matter.parent), id_or_null(now.parent))},
       {"into", before == nullptr
                    ? Value()
                    : change_view(id_or_null(before->matter.into), id_or_null(now.into))},
       {"fields", std::move(changed)},
       {"evidence", std::move(added)},
       {"journal", version.seq}});
}

// In the words of the pack: which roles, which earlier move, what is not there yet.
Value::List MatterViews::why_not(const matter::Read& read, const policy::Move& move,
                                 Refusals refusals, const obligation::Change& change) const {
  Value::List why;
  const auto& type = read.type();
  for (Refusal& refusal : refusals) {
    if (refusal.code == RefusalCode::role_required) {
      refusal.expected = titles_of(type, move.by, call_.language);
    }
    if (refusal.code == RefusalCode::move_same_person) {
      const auto* const earlier = type.find_move(refusal.expected);
      if (earlier != nullptr) refusal.expected = label_in(earlier->title, call_.language);
    }
    std::string say = words::message(call_.language, refusal);
    if (refusal.code == RefusalCode::move_needs) {
      const auto says = obligation::unmet(read.life(call_.today, call_.services.clock.now()),
                                          read.stored.now.matter, move, change);
      std::string all;
      for (const auto& one : says) all += (all.empty() ? "" : " ") + label_in(one, call_.language);
      if (!all.empty()) say = std::move(all);
    }
    why.push_back(Value::object({{"code", kind_of(refusal.code).name}, {"say", std::move(say)}}));
  }
  return why;
}

Value MatterViews::move_view(const matter::Read& read, const policy::Move& move,
                             const obligation::Actor& actor,
                             const std::vector<obligation::Made>& made) const {
  auto refusals = obligation::check_move(read.life(call_.today, call_.services.clock.now()),
                                         read.stored.now.matter, move.id, {}, actor, made,
                                         obligation::Asking::form);
  const bool allowed = refusals.empty();
  return Value::object({{"id", move.id},
                        {"title", label_in(move.title, call_.language)},
                        {"guide", optional_label(move.guide, call_.language)},
                        {"to", move.to},
                        {"fields", text_list(move.fields)},
                        {"clauses", text_list(move.clauses)},
                        {"allowed", allowed},
                        {"why", why_not(read, move, std::move(refusals))}});
}

Value MatterViews::review_view(const matter::Read& read, const obligation::Lifecycle& life) {
  const auto review = obligation::review_of(life, read.steps);
  if (!review) return {};
  const auto& type = read.type();
  const auto& version = read.history[review->step];
  Value::List changed;
  for (const auto& name : review->changed) {
    const auto* const field = type.find_field(name);
    const Value title =
        field ? Value(label_in(field->title, call_.language))
              : Value(words::text(call_.language, "sentence.property.matter." + name));
    changed.push_back(Value::object({{"name", name}, {"title", title}}));
  }
  const auto* const move = type.find_move(version.move);
  return Value::object(
      {{"version", version.version},
       {"title", label_in(move->title, call_.language)},
       {"at", version.at.text()},
       {"by_name", account_name(type, version.matter.unit, version.account)},
       {"changed", std::move(changed)},
       {"since", review->since ? Value(read.history[*review->since].at.text()) : Value()}});
}

Value MatterViews::whole(const matter::Read& read, const obligation::Actor& actor,
                         const std::vector<obligation::Made>& made,
                         const std::set<std::string>& by_asker) {
  const auto& type = read.type();
  const auto& now = read.stored.now.matter;
  Value view = matter(read.stored);
  const bool shows = shows_persons(type, now.unit);
  Value::List roles, clocks, timeline, moves;
  const auto life = read.life(call_.today, call_.services.clock.now());
  for (const auto& role : obligation::roles_of(life, now)) roles.push_back(role_view(role, shows));
  const Acting acting{read, life, actor, by_asker};
  units_.open_to_parties(obligation::reached_so_far(read.steps));
  for (const auto& clock : obligation::clocks_of(life, read.steps)) {
    clocks.push_back(clock_view(acting, clock));
  }
  const auto& history = read.history;
  for (std::size_t i = 0; i < history.size(); ++i) {
    const auto& deed = history[i].deed;
    if (deed && !sees_step(acting, deed->clock, deed->rung)) continue;
    timeline.push_back(step_view(type, history[i], i == 0 ? nullptr : &history[i - 1]));
  }
  for (const auto& move : type.moves) {
    const bool leads_on = std::ranges::find(move.from, now.state) != move.from.end();
    if (leads_on && !move.automatic) {
      moves.push_back(move_view(read, move, actor, made));
    }
  }
  const auto* const state = type.find_state(now.state);
  const bool may_edit =
      state != nullptr && !state->final && call_.check(Permission::matter_open, {now.unit}).empty();
  add_related(read.stored, view);
  view.set("roles", std::move(roles));
  view.set("clocks", std::move(clocks));
  view.set("urgent", obligation::is_urgent(life, now));
  view.set("review", review_view(read, life));
  view.set("look_back", look_back_view(read, life, actor, made));
  view.set("relapse", relapse_view(read, life, actor));
  view.set("timeline", std::move(timeline));
  view.set("moves", std::move(moves));
  view.set("may_edit", may_edit);
  return view;
}

}  // namespace huilu::api
