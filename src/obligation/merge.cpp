#include "obligation/merge.h"

#include <algorithm>
#include <utility>

#include "obligation/ballot.h"
#include "obligation/matter_context.h"

namespace huilu::obligation {

namespace {

constexpr std::string_view into_pointer = "/into";

template <class T>
bool is_among(const std::vector<T>& all, const T& one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

Value::List items_in(const Matter& matter, const std::string& field) {
  const Value* const value = matter.fields.find(field);
  return value && value->list() ? *value->list() : Value::List{};
}

bool is_settled(const MergeSide& side) {
  const policy::MatterState* const state = side.life.type.find_state(side.matter.state);
  return !state || state->final;
}

void refuse_settled(const MergeSide& stays, Refusals& out) {
  refuse(out, RefusalCode::merge_settled, std::string(into_pointer), "", stays.matter.id.text());
}

// What stands in both, each once, what was there first.
Matter put_together(const Matter& one, const policy::Move& move, const Matter& stays) {
  Matter after = stays;
  for (const std::string& field : move.combines) {
    Value::List all = items_in(stays, field);
    const std::size_t had = all.size();
    for (const Value& item : items_in(one, field))
      if (!is_among(all, item)) all.push_back(item);
    if (all.size() > had) after.fields.set(field, std::move(all));
  }
  for (const std::string& field : move.clears)
    if (is_filled(after.fields.find(field))) after.fields.set(field, Value());
  return after;
}

std::vector<PersonId> voters_in(const Lifecycle& life, const Matter& matter) {
  std::vector<PersonId> persons;
  for (const RoleNow& role : roles_of(life, matter))
    if (is_among(life.type.ballot->voters, role.role->name))
      persons.insert(persons.end(), role.persons.begin(), role.persons.end());
  return persons;
}

// Its rating was opened or has ended: those who are added now would not be asked.
bool leaves_voters_out(const MergeSide& stays, const Matter& after) {
  const auto& type = stays.life.type;
  if (!type.ballot || !stays.life.ballot || !opens_ballot(type, "", stays.matter.state))
    return false;
  if (stays.life.ballot->result == BallotResult::stopped) return false;
  const auto before = voters_in(stays.life, stays.matter);
  const auto now = voters_in(stays.life, after);
  return std::any_of(now.begin(), now.end(), [&](PersonId one) { return !is_among(before, one); });
}

std::vector<ClockNow> clocks_at(const MergeSide& side) {
  return side.life.history ? clocks_of(side.life, *side.life.history) : std::vector<ClockNow>();
}

// Its deadlines since somebody last set its own: that one, and those of what was merged into it.
struct Deadlines {
  std::optional<Date> own;
  std::vector<std::pair<MatterId, Date>> taken;

  std::optional<Date> least() const {
    std::optional<Date> found = own;
    for (const auto& [other, until] : taken)
      if (!found || until < *found) found = until;
    return found;
  }
  bool drop(MatterId other) {
    return std::erase_if(taken, [&](const auto& one) { return one.first == other; }) > 0;
  }
};

Deadlines deadlines_in(const std::vector<MatterStep>& history) {
  Deadlines found;
  std::optional<Date> last;
  for (const MatterStep& step : history) {
    const bool is_merge = step.deed && (step.deed->kind == DeedKind::merged_in ||
                                        step.deed->kind == DeedKind::merge_undone);
    if (is_merge && step.deed->other) {
      found.drop(*step.deed->other);
      if (step.deed->kind == DeedKind::merged_in && step.deed->until)
        found.taken.emplace_back(*step.deed->other, *step.deed->until);
    } else if (step.matter.due != last) {
      found = {step.matter.due, {}};
    }
    last = step.matter.due;
  }
  return found;
}

// The step by which it was merged in the last time.
std::optional<std::size_t> merged_at(const std::vector<MatterStep>& history, MatterId other) {
  for (std::size_t i = history.size(); i-- > 1;) {
    const auto& deed = history[i].deed;
    if (deed && deed->kind == DeedKind::merged_in && deed->other == other) return i;
  }
  return {};
}

// The move that merged it the last time.
const policy::Move* merging_move(const MergeSide& one) {
  const auto& history = *one.life.history;
  for (std::size_t i = history.size(); i-- > 0;)
    if (const auto* const move = one.life.type.find_move(history[i].move); move && move->merges())
      return move;
  return nullptr;
}

// What the other brought and nobody else has, as far as it still stands there.
Value::List without_brought(const MergeSide& one, const MergeSide& stays, const std::string& field,
                            std::size_t merged) {
  const auto& history = *stays.life.history;
  const auto had = items_in(history[merged - 1].matter, field);
  Value::List brought;
  for (const Value& item : items_in(history[merged].matter, field))
    if (!is_among(had, item)) brought.push_back(item);
  Value::List left;
  for (const Value& item : items_in(stays.matter, field)) {
    bool keeps = !is_among(brought, item);
    for (const Matter& other : stays.life.merged ? *stays.life.merged : std::vector<Matter>())
      keeps = keeps || (other.id != one.matter.id && is_among(items_in(other, field), item));
    if (keeps) left.push_back(item);
  }
  return left;
}

// What the field said before a merge emptied it; nothing where somebody else did, or it was empty.
const Value* value_before_merges(const std::vector<MatterStep>& history, const std::string& field) {
  for (std::size_t i = history.size(); i-- > 1;) {
    if (is_filled(history[i].matter.fields.find(field))) return nullptr;
    const Value* const before = history[i - 1].matter.fields.find(field);
    if (!is_filled(before)) continue;
    const auto& deed = history[i].deed;
    return deed && deed->kind == DeedKind::merged_in ? before : nullptr;
  }
  return nullptr;
}

}  // namespace

Refusals check_merging(const MergeSide& one, const policy::Move& move, const MergeSide& stays,
                       const Actor& actor) {
  Refusals refusals;
  const auto no = [&](RefusalCode code, std::string got = {}) {
    refuse(refusals, code, std::string(into_pointer), "", std::move(got));
  };
  if (one.matter.id == stays.matter.id || one.matter.type != stays.matter.type) {
    no(RefusalCode::merge_type, stays.matter.id.text());
    return refusals;
  }
  if (is_settled(stays)) refuse_settled(stays, refusals);
  if (one.life.merged && !one.life.merged->empty())
    no(RefusalCode::merge_chain, one.life.merged->front().id.text());
  const auto& below = one.life.below ? *one.life.below : std::vector<Matter>();
  const auto open = std::find_if(below.begin(), below.end(), [&](const Matter& child) {
    return child.parent == one.matter.id && child.outcome.empty();
  });
  if (open != below.end()) no(RefusalCode::merge_below, open->id.text());
  if (one.matter.parent && one.matter.parent != stays.matter.parent &&
      one.matter.parent != stays.matter.id)
    no(RefusalCode::merge_apart, one.matter.parent->text());
  const Matter after = put_together(one.matter, move, stays.matter);
  if (leaves_voters_out(stays, after)) no(RefusalCode::merge_rated, stays.matter.id.text());
  check_role(stays.life, stays.matter, move.by, actor, into_pointer, refusals);
  Refusals written;
  check_written(stays.life, after, written);
  for (Refusal& refusal : written) {
    refusal.where = std::string(into_pointer) + refusal.where;
    refusals.push_back(std::move(refusal));
  }
  return refusals;
}

Refusals check_unmerging(const policy::Move& move, const MergeSide& stays, const Actor& actor) {
  Refusals refusals;
  if (is_settled(stays)) refuse_settled(stays, refusals);
  check_role(stays.life, stays.matter, move.by, actor, into_pointer, refusals);
  return refusals;
}

Deed merging_deed(const MergeSide& one, const MergeSide& stays) {
  Deed deed;
  deed.kind = DeedKind::merged_in;
  deed.other = one.matter.id;
  deed.until = one.matter.due;
  std::optional<Date> followed;
  const auto theirs = clocks_at(stays);
  for (const ClockNow& clock : clocks_at(one)) {
    if (!clock.is_ticking() || !clock.due) continue;
    if (clock.clock->until_field == "due" && (!followed || *clock.due < *followed))
      followed = clock.due;
    const bool runs = std::any_of(theirs.begin(), theirs.end(), [&](const ClockNow& other) {
      return other.clock->id == clock.clock->id && other.is_ticking();
    });
    if (runs) deed.dues.push_back({clock.clock->id, *clock.due});
  }
  if (followed) deed.until = followed;
  return deed;
}

Matter merged_in(const MergeSide& one, const policy::Move& move, const MergeSide& stays,
                 const Deed& deed) {
  Matter after = put_together(one.matter, move, stays.matter);
  if (deed.until && (!after.due || *deed.until < *after.due)) after.due = deed.until;
  return after;
}

Matter merge_undone(const MergeSide& one, const MergeSide& stays) {
  Matter after = stays.matter;
  const auto& history = *stays.life.history;
  Deadlines deadlines = deadlines_in(history);
  if (deadlines.drop(one.matter.id)) after.due = deadlines.least();
  const auto merged = merged_at(history, one.matter.id);
  const policy::Move* const move = merging_move(one);
  if (!merged || !move) return after;
  for (const std::string& field : move->combines) {
    auto left = without_brought(one, stays, field, *merged);
    if (left.size() < items_in(after, field).size()) after.fields.set(field, std::move(left));
  }
  const auto& merged_now = stays.life.merged ? *stays.life.merged : std::vector<Matter>();
  const bool others = std::any_of(merged_now.begin(), merged_now.end(),
                                  [&](const Matter& other) { return other.id != one.matter.id; });
  for (const std::string& field : move->clears) {
    const Value* const before = others ? nullptr : value_before_merges(history, field);
    if (before) after.fields.set(field, *before);
  }
  return after;
}

}  // namespace huilu::obligation
