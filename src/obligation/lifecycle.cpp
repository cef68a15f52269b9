#include "obligation/lifecycle.h"

#include <algorithm>

#include "obligation/matter_context.h"
#include "policy/finding.h"

namespace huilu::obligation {

namespace {

bool was_made_by_actor(const std::vector<Made>& made, std::string_view move) {
  return std::any_of(made.begin(), made.end(),
                     [&](const Made& one) { return one.move == move && one.by_actor; });
}

const policy::MatterState* state_of(const Lifecycle& life, const Matter& matter) {
  return life.type.find_state(matter.state);
}

// What is being rated is not settled, and what was rated is settled with the evidence of it.
void check_ballot(const Lifecycle& life, const policy::Move& move, Refusals& out) {
  const policy::MatterState* const to = life.type.find_state(move.to);
  if (!to || !to->final || !life.type.ballot || !life.ballot) return;
  const bool needs_evidence = life.type.ballot->evidence == policy::BallotEvidence::required;
  if (life.ballot->result == BallotResult::open)
    refuse(out, RefusalCode::ballot_open, "/move");
  else if (needs_evidence && life.ballot->result != BallotResult::stopped &&
           !life.ballot->has_evidence)
    refuse(out, RefusalCode::ballot_evidence, "/move");
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
  check_role(life, matter, move->by, actor, "/move", refusals);
  for (const std::string& earlier : move->not_same_person_as)
    if (was_made_by_actor(made, earlier))
      refuse(refusals, RefusalCode::move_same_person, "/move", earlier);
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
    if (change.into && !move->merges()) refuse(refusals, RefusalCode::unknown_field, "/into");
  }
  if (move->needs) {
    std::vector<const policy::Test*> failed;
    MatterContext(life, after).collect_unmet(*move->needs, failed);
    std::vector<std::string> ids;
    for (const policy::Test* const one : failed)
      ids.push_back(one->id.empty() ? move->id : one->id);
    if (!failed.empty()) refuse(refusals, RefusalCode::move_needs, "/move", listed(ids));
  }
  check_ballot(life, *move, refusals);
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
  result.into = move.merges() ? change.into : std::nullopt;
  const policy::MatterState* const from = life.type.find_state(matter.state);
  const policy::MatterState* const to = life.type.find_state(move.to);
  // Taken up again it answers for itself; the next time that it is settled is another.
  if (from && from->final && to && !to->final) result.relapsed_as.reset();
  result.outcome = to && to->final && to->outcome
                       ? std::string(policy::outcome_words[static_cast<std::size_t>(*to->outcome)])
                       : std::string();
  return result;
}

}  // namespace huilu::obligation
