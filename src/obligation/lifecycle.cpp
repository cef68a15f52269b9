#include "obligation/lifecycle.h"

#include <algorithm>

#include "base/members.h"
#include "base/text.h"
#include "obligation/cases.h"
#include "obligation/condition.h"
#include "obligation/parameters.h"
#include "obligation/periods.h"
#include "policy/field_check.h"
#include "policy/finding.h"

namespace huilu::obligation {

namespace {

constexpr std::string_view fields_pointer = "/fields";

// What is read of one matter: conditions and paths, with the matter as $it.
class MatterContext {
 public:
  MatterContext(const Lifecycle& life, const Matter& matter)
      : life_(life),
        calendars_(life.facts),
        it_{MatterThing{&matter, &life.type, life.today}, "", {}, matter.opened, life.now},
        context_{life.facts,
                 calendars_,
                 life.pack,
                 Bearer{matter.unit, {}, {}},
                 policy::MemberAt::home,
                 {std::string(always_name), life.today, life.today + 1},
                 nullptr,
                 {},
                 life.today,
                 life.today,
                 life.now,
                 Reach::all,
                 notes_,
                 &it_} {
    for (const Campaign& one : life.facts.campaigns)
      if (matter.campaign && one.id == *matter.campaign) {
        context_.campaign = &one;
        context_.window = one.batches.front().window;
      }
  }
  MatterContext(const MatterContext&) = delete;
  MatterContext& operator=(const MatterContext&) = delete;

  std::vector<Value> values(const policy::Path& path) {
    return values_of(context_, it_.thing, path);
  }

  // What cannot be read does not hold.
  bool holds(const policy::Test& test) {
    const auto part_holds = [&](const policy::Test& part) { return holds(part); };
    if (test.kind == policy::TestKind::all_of)
      return std::all_of(test.parts.begin(), test.parts.end(), part_holds);
    if (test.kind == policy::TestKind::any_of)
      return std::any_of(test.parts.begin(), test.parts.end(), part_holds);
    if (test.counts()) return counts(test);
    if (test.kind != policy::TestKind::holds) return false;
    const bool found = obligation::holds(context_, it_.thing, test.holds);
    const bool clear = notes_.error.empty() && !notes_.no_value;
    notes_ = {};
    return found && clear;
  }

  // The parts that fail, as deep as they are told apart.
  void collect_unmet(const policy::Test& test, std::vector<const policy::Test*>& out) {
    if (holds(test)) return;
    if (test.say || !test.id.empty() || test.parts.empty()) return out.push_back(&test);
    for (const policy::Test& part : test.parts) collect_unmet(part, out);
  }

 private:
  bool counts(const policy::Test& test) {
    std::int64_t found = 0;
    static const std::vector<Matter> none;
    for (const Matter& one : life_.below ? *life_.below : none) {
      const auto& names = test.of.names;
      if (std::find(names.begin(), names.end(), one.type) == names.end()) continue;
      const policy::MatterType* const type =
          life_.pack.find_matter_type(one.type.substr(one.type.find('/') + 1));
      const Thing thing = MatterThing{&one, type, life_.today};
      if (obligation::holds(context_, thing, test.of.where)) ++found;
    }
    const auto needed = number(test.threshold);
    const bool clear = notes_.error.empty() && !notes_.no_value && needed;
    notes_ = {};
    if (!clear) return false;
    if (test.kind == policy::TestKind::at_least) return found >= *needed;
    return test.kind == policy::TestKind::at_most ? found <= *needed : found == *needed;
  }

  std::optional<std::int64_t> number(const policy::Threshold& threshold) {
    if (const auto* const written = std::get_if<std::int64_t>(&threshold.what)) return *written;
    const auto* const use = std::get_if<policy::ParameterUse>(&threshold.what);
    const policy::Setting* const setting = use ? bound(context_, *use) : nullptr;
    const auto* const value = setting ? std::get_if<std::int64_t>(setting) : nullptr;
    return value ? std::optional(*value) : std::nullopt;
  }

  const Lifecycle& life_;
  Notes notes_;
  Calendars calendars_;
  It it_;
  Context context_;
};

bool is_filled(const Value* value) {
  if (!value || value->is_null()) return false;
  if (value->text()) return !trimmed(*value->text()).empty();
  return !(value->list() && value->list()->empty());
}

std::string listed(const std::vector<std::string>& words) {
  std::string all;
  for (const std::string& word : words) all += (all.empty() ? "" : ", ") + word;
  return all;
}

void refuse(Refusals& out, RefusalCode code, std::string where, std::string expected = {},
            std::string got = {}) {
  out.push_back({code, std::move(where), std::move(expected), std::move(got), {}});
}

// `unit` is given with the move that asks for it: it is always filled.
bool is_given(std::string_view field, const Matter& after, const Change& change) {
  if (field == "unit") return change.unit.has_value();
  if (field == "due") return after.due.has_value();
  if (field == "reason") return !trimmed(change.reason).empty();
  if (field == "evidence") return !after.evidence.empty();
  return is_filled(after.fields.find(field));
}

std::string pointer_to(std::string_view field) {
  const bool is_header =
      std::find(policy::matter_header_words.begin(), policy::matter_header_words.end(), field) !=
      policy::matter_header_words.end();
  return is_header ? '/' + std::string(field) : std::string(fields_pointer) + pointer_step(field);
}

// What the fields say as they would be; what is required of a type stays filled.
void check_written(const Lifecycle& life, const Matter& after, Refusals& out) {
  for (Refusal& refusal : policy::check_fields(life.type.fields, after.fields,
                                               std::string(fields_pointer), life.today))
    out.push_back(std::move(refusal));
}

bool was_made_by_actor(const std::vector<Made>& made, std::string_view move) {
  return std::any_of(made.begin(), made.end(),
                     [&](const Made& one) { return one.move == move && one.by_actor; });
}

const policy::MatterState* state_of(const Lifecycle& life, const Matter& matter) {
  return life.type.find_state(matter.state);
}

}  // namespace

std::vector<RoleNow> roles_of(const Lifecycle& life, const Matter& matter) {
  MatterContext context(life, matter);
  std::vector<RoleNow> all;
  for (const policy::MatterRole& role : life.type.roles) {
    RoleNow now{&role, {}, {}};
    for (const Value& value : context.values(role.path)) {
      const Value::List one = value.list() ? *value.list() : Value::List{value};
      for (const Value& item : one) {
        if (!item.text()) continue;
        if (role.kind == policy::RoleKind::persons) {
          if (const auto person = PersonId::parse(*item.text())) now.persons.push_back(*person);
        } else if (const auto unit = UnitId::parse(*item.text())) {
          now.unit = unit;
        }
      }
    }
    all.push_back(std::move(now));
  }
  return all;
}

bool Actor::plays(const RoleNow& now) const {
  if (is_program) return true;
  switch (now.role->kind) {
    case policy::RoleKind::unit:
      return now.unit && std::find(units.begin(), units.end(), *now.unit) != units.end();
    case policy::RoleKind::post:
      return now.unit && std::any_of(posts.begin(), posts.end(), [&](const Post& post) {
               return post.unit == *now.unit && post.kind == now.role->post;
             });
    case policy::RoleKind::persons:
      break;
  }
  return person && std::find(now.persons.begin(), now.persons.end(), person) != now.persons.end();
}

Refusals check_opening(const Lifecycle& life, const Matter& matter) {
  Refusals refusals;
  check_written(life, matter, refusals);
  return refusals;
}

Refusals check_move(const Lifecycle& life, const Matter& matter, std::string_view id,
                    const Change& change, const Actor& actor, const std::vector<Made>& made,
                    Asking asking) {
  Refusals refusals;
  const policy::Move* const move = life.type.find_move(id);
  if (!move) {
    std::vector<std::string_view> ids;
    for (const policy::Move& one : life.type.moves) ids.push_back(one.id);
    refuse(refusals, RefusalCode::unknown_word, "/move", policy::nearest_or_all(id, ids),
           std::string(id));
    return refusals;
  }
  if (std::find(move->from.begin(), move->from.end(), matter.state) == move->from.end()) {
    refuse(refusals, RefusalCode::wrong_state, "/move", listed(move->from), matter.state);
    return refusals;
  }
  const auto roles = roles_of(life, matter);
  const bool plays = std::any_of(roles.begin(), roles.end(), [&](const RoleNow& role) {
    return std::find(move->by.begin(), move->by.end(), role.role->name) != move->by.end() &&
           actor.plays(role);
  });
  if (!plays) refuse(refusals, RefusalCode::role_required, "/move", listed(move->by));
  if (!move->not_same_person_as.empty() && was_made_by_actor(made, move->not_same_person_as))
    refuse(refusals, RefusalCode::move_same_person, "/move", move->not_same_person_as);
  const Matter after = edited(matter, change);
  if (asking == Asking::whole) {
    check_written(life, after, refusals);
    for (const std::string& field : move->fields)
      if (!is_given(field, after, change))
        refuse(refusals, RefusalCode::field_required, pointer_to(field), field);
    if (change.unit &&
        std::find(move->fields.begin(), move->fields.end(), "unit") == move->fields.end())
      refuse(refusals, RefusalCode::unknown_field, "/unit");
    if (change.due &&
        std::find(move->fields.begin(), move->fields.end(), "due") == move->fields.end())
      refuse(refusals, RefusalCode::unknown_field, "/due");
  }
  if (move->needs) {
    std::vector<const policy::Test*> failed;
    MatterContext(life, after).collect_unmet(*move->needs, failed);
    std::vector<std::string> ids;
    for (const policy::Test* const one : failed)
      ids.push_back(one->id.empty() ? move->id : one->id);
    if (!failed.empty()) refuse(refusals, RefusalCode::move_needs, "/move", listed(ids));
  }
  return refusals;
}

std::vector<policy::Label> unmet(const Lifecycle& life, const Matter& matter,
                                 const policy::Move& move, const Change& change) {
  std::vector<policy::Label> says;
  if (!move.needs) return says;
  const Matter after = edited(matter, change);
  std::vector<const policy::Test*> failed;
  MatterContext(life, after).collect_unmet(*move.needs, failed);
  for (const policy::Test* const one : failed)
    if (one->say) says.push_back(*one->say);
  return says;
}

Refusals check_edit(const Lifecycle& life, const Matter& matter, const Change& change,
                    const std::vector<std::string>& demanded) {
  Refusals refusals;
  const policy::MatterState* const state = state_of(life, matter);
  if (!state || state->final) {
    std::vector<std::string> open;
    for (const policy::MatterState& one : life.type.states)
      if (!one.final) open.push_back(one.id);
    refuse(refusals, RefusalCode::wrong_state, "", listed(open), matter.state);
    return refusals;
  }
  const Matter after = edited(matter, change);
  check_written(life, after, refusals);
  for (const std::string& field : demanded)
    if (life.type.find_field(field) && !is_filled(after.fields.find(field)))
      refuse(refusals, RefusalCode::field_required, pointer_to(field), field);
  if (change.due && matter.due)
    refuse(refusals, RefusalCode::wrong_state, "/due", "", matter.due->text());
  return refusals;
}

Matter edited(const Matter& matter, const Change& change) {
  Matter after = matter;
  if (change.fields.object())
    for (const auto& [name, value] : change.fields.object()->members) after.fields.set(name, value);
  if (change.unit) after.unit = *change.unit;
  if (change.due) after.due = change.due;
  for (const FileId file : change.evidence)
    if (std::find(after.evidence.begin(), after.evidence.end(), file) == after.evidence.end())
      after.evidence.push_back(file);
  return after;
}

Matter moved(const Lifecycle& life, const Matter& matter, std::string_view id,
             const Change& change) {
  const policy::Move& move = *life.type.find_move(id);
  Matter after = edited(matter, change);
  MatterContext context(life, after);
  Change set;
  for (const policy::Assignment& one : move.sets) {
    Value value;
    if (!one.role.empty()) {
      for (const RoleNow& role : roles_of(life, after))
        if (role.role->name == one.role && role.unit) value = role.unit->text();
    } else if (const auto* const path = std::get_if<policy::Path>(&one.value.what)) {
      const auto values = context.values(*path);
      if (!values.empty()) value = values.front();
    } else if (const auto* const literal = std::get_if<Value>(&one.value.what)) {
      value = *literal;
    }
    const auto text = value.text() ? *value.text() : std::string();
    if (one.field == "unit")
      set.unit = UnitId::parse(text);
    else if (one.field == "due")
      set.due = text == "today" ? life.today : Date::parse(text);
    else
      set.fields.set(one.field, std::move(value));
  }
  Matter result = edited(after, set);
  result.state = move.to;
  const policy::MatterState* const to = life.type.find_state(move.to);
  result.outcome = to && to->final && to->outcome
                       ? std::string(policy::outcome_words[static_cast<std::size_t>(*to->outcome)])
                       : std::string();
  return result;
}

}  // namespace huilu::obligation
