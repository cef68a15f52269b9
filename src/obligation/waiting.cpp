#include "obligation/waiting.h"

#include <algorithm>

#include "obligation/look_back.h"
#include "obligation/relapse.h"
#include "obligation/review.h"

namespace huilu::obligation {

namespace {

using Names = std::vector<std::string>;

bool has(const Names& all, const std::string& one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

bool share(const Names& one, const Names& other) {
  return std::any_of(one.begin(), one.end(), [&](const auto& name) { return has(other, name); });
}

// The step that brought the matter into the state in which it stands.
std::size_t entering(const std::vector<MatterStep>& history) {
  std::size_t at = history.size() - 1;
  while (at > 0 && history[at - 1].matter.state == history[at].matter.state) --at;
  return at;
}

// Whether it holds only when the clock is late: `clock.claim.result: late` among what must hold.
bool needs_late(const policy::Condition& condition, const std::string& clock) {
  return std::any_of(
      condition.lines.begin(), condition.lines.end(), [&](const policy::Comparing& line) {
        if (line.path.text() != "clock." + clock + ".result" ||
            line.comparison != policy::Comparison::equal || line.operands.size() != 1)
          return false;
        const auto* const value = std::get_if<Value>(&line.operands.front().what);
        return value && value->text() && *value->text() == "late";
      });
}
bool needs_late(const policy::Test& test, const std::string& clock) {
  if (test.kind == policy::TestKind::holds) return needs_late(test.holds, clock);
  return test.kind == policy::TestKind::all_of &&
         std::any_of(test.parts.begin(), test.parts.end(),
                     [&](const policy::Test& part) { return needs_late(part, clock); });
}

// Whether it holds for what a look-back found: `look_back: relapsed` among what must hold.
bool needs_found(const policy::Test& test, const std::string& found) {
  if (test.kind == policy::TestKind::all_of)
    return std::any_of(test.parts.begin(), test.parts.end(),
                       [&](const policy::Test& part) { return needs_found(part, found); });
  if (test.kind != policy::TestKind::holds) return false;
  return std::any_of(
      test.holds.lines.begin(), test.holds.lines.end(), [&](const policy::Comparing& line) {
        return line.path.text() == "look_back" && line.comparison == policy::Comparison::equal &&
               std::any_of(line.operands.begin(), line.operands.end(),
                           [&](const policy::Operand& operand) {
                             const auto* const value = std::get_if<Value>(&operand.what);
                             return value && value->text() && *value->text() == found;
                           });
      });
}

// Whether it holds only for what changed after its review: `stale: true` among what must hold.
bool needs_stale(const policy::Test& test) {
  if (test.kind == policy::TestKind::all_of)
    return std::any_of(test.parts.begin(), test.parts.end(), needs_stale);
  if (test.kind != policy::TestKind::holds) return false;
  return std::any_of(
      test.holds.lines.begin(), test.holds.lines.end(), [](const policy::Comparing& line) {
        if (line.path.text() != "stale" || line.comparison != policy::Comparison::equal ||
            line.operands.size() != 1)
          return false;
        const auto* const value = std::get_if<Value>(&line.operands.front().what);
        return value && value->boolean() && *value->boolean();
      });
}

class Waits {
 public:
  Waits(const Lifecycle& life, const Matter& matter)
      : life_(life), matter_(matter), roles_(roles_of(life, matter)) {}

  std::vector<Wait> of(const std::vector<ClockNow>& clocks) {
    const auto* const state = life_.type.find_state(matter_.state);
    if (!state) return {};
    if (life_.history && life_.type.relapse) add_relapse();
    if (state->final) {
      if (life_.history && life_.type.look_back) add_look_back();
      return std::move(waits_);
    }
    const auto& awaited = awaited_in(life_.type, matter_.state);
    add(awaited, {.kind = kind_of_move(awaited), .from = matter_.opened});
    if (life_.history) add_when_stale();
    for (const ClockNow& clock : clocks) add(clock);
    return std::move(waits_);
  }

 private:
  WaitKind kind_of_move(const Names& awaited) const {
    const auto& moves = life_.type.moves;
    const bool is_check = std::any_of(moves.begin(), moves.end(), [&](const policy::Move& move) {
      return has(move.from, matter_.state) && !move.not_same_person_as.empty() &&
             share(move.by, awaited);
    });
    if (is_check) return WaitKind::check;
    if (!life_.history || life_.history->empty()) return WaitKind::move;
    const auto arrival = arrival_of(life_.type, *life_.history, entering(*life_.history));
    return arrival == Arrival::returned ? WaitKind::returned : WaitKind::move;
  }

  // A settled matter waits to be looked at again, never by the responsible unit; where that found
  // something, it waits for whoever may take it up for that.
  void add_look_back() {
    const auto all = look_backs_of(life_, *life_.history);
    if (all.empty()) return;
    const LookBackNow& last = all.back();
    if (!last.done && last.due)
      add(life_.type.look_back->by,
          {.kind = WaitKind::look_back, .from = *last.due, .due = last.due});
    drop_own();
    if (!last.done) return;
    const Date found_on = zone.date_of((*life_.history)[*last.done].at);
    for (const policy::Move& move : life_.type.moves)
      if (has(move.from, matter_.state) && !move.automatic && move.needs &&
          needs_found(*move.needs, last.found))
        add(move.by, {.kind = WaitKind::move, .from = found_on});
  }

  // What it was like when it was opened waits for whoever says whether it is back; never for the
  // responsible unit.
  void add_relapse() {
    const auto all = relapses_of(*life_.history);
    const bool waits = std::any_of(all.begin(), all.end(), [](const RelapseNow& one) {
      return one.stands == RelapseStands::proposed;
    });
    if (!waits || matter_.relapse_of) return;
    add(life_.type.relapse->by, {.kind = WaitKind::relapse, .from = matter_.opened});
    drop_own();
  }

  void drop_own() {
    std::erase_if(waits_, [&](const Wait& wait) { return wait.unit == matter_.unit; });
  }

  // What changed after its review waits for whoever may look at it again.
  void add_when_stale() {
    const auto review = review_of(life_, *life_.history);
    if (!review || !review->is_stale()) return;
    const Date from = zone.date_of((*life_.history)[*review->since].at);
    for (const policy::Move& move : life_.type.moves)
      if (has(move.from, matter_.state) && move.needs && needs_stale(*move.needs)) {
        Names others = move.by;  // for whom it does not wait anyway
        std::erase_if(others, [&](const auto& name) {
          return has(awaited_in(life_.type, matter_.state), name);
        });
        add(others, {.kind = WaitKind::check, .from = from});
      }
  }

  void add(const ClockNow& clock) {
    const auto* const asked = clock.waiting();
    if (asked && clock.clock->extend)
      add(clock.clock->extend->approve,
          {.kind = WaitKind::extension, .clock = clock.clock->id, .from = asked->on});
    if (clock.is_ticking() && clock.due) add_when_late(clock);
    for (const RungNow& rung : clock.rungs)
      if (rung.generation == clock.generation && clock.is_ticking()) add(clock, rung);
    for (const RungNow& rung : clock.rungs) add_unacknowledged(clock, rung);
  }

  // A move that is there for a clock that ran out waits from then on.
  void add_when_late(const ClockNow& clock) {
    for (const policy::Move& move : life_.type.moves)
      if (has(move.from, matter_.state) && move.needs && needs_late(*move.needs, clock.clock->id))
        add(move.by, {.kind = WaitKind::move, .clock = clock.clock->id, .from = *clock.due + 1});
  }

  // Whether the deadline has moved since or not: the unit has the paper, or says that it has.
  void add_unacknowledged(const ClockNow& clock, const RungNow& now) {
    for (const Receipt& one : now.receipts)
      if (!one.on)
        keep({.kind = WaitKind::acknowledge,
              .clock = clock.clock->id,
              .rung = now.rung->id,
              .generation = now.generation,
              .from = *now.decided,
              .unit = one.unit,
              .due = now.acknowledge_by});
  }

  void add(const ClockNow& clock, const RungNow& now) {
    const auto day = now.reached ? now.reached : now.day;
    if (!day) return;
    const auto wait = [&](WaitKind kind) {
      return Wait{.kind = kind,
                  .clock = clock.clock->id,
                  .rung = now.rung->id,
                  .generation = now.generation,
                  .from = *day};
    };
    add(now.rung->tell, wait(WaitKind::told));
    if (now.rung->propose && !now.is_held && !now.decided && (!now.reached || now.is_open))
      add({now.rung->signed_by}, wait(WaitKind::step));
  }

  void add(const Names& names, const Wait& wait) {
    for (const RoleNow& role : roles_) {
      if (!has(names, role.role->name)) continue;
      Wait one = wait;
      if (role.unit) {
        one.unit = *role.unit;
        one.post = role.role->post;
        keep(one);
      }
      for (const PersonId person : role.persons) {
        one.person = person;
        keep(one);
      }
    }
  }

  void keep(const Wait& wait) {
    if (std::find(waits_.begin(), waits_.end(), wait) == waits_.end()) waits_.push_back(wait);
  }

  const Lifecycle& life_;
  const Matter& matter_;
  const std::vector<RoleNow> roles_;
  std::vector<Wait> waits_;
};

}  // namespace

const Names& awaited_in(const policy::MatterType& type, std::string_view id) {
  static const Names nobody;
  const auto* const state = type.find_state(id);
  if (!state || state->final) return nobody;
  const auto found =
      std::find_if(type.moves.begin(), type.moves.end(), [&](const policy::Move& move) {
        return !move.automatic && move.to != id && has(move.from, std::string(id));
      });
  return found == type.moves.end() ? nobody : found->by;
}

std::vector<Wait> waits_of(const Lifecycle& life, const Matter& matter,
                           const std::vector<ClockNow>& clocks) {
  return Waits(life, matter).of(clocks);
}

Arrival arrival_of(const policy::MatterType& type, const std::vector<MatterStep>& history,
                   std::size_t step) {
  const MatterStep& now = history[step];
  if (step == 0) return Arrival::assigned;
  const MatterStep& before = history[step - 1];
  if (now.matter.unit != before.matter.unit) return Arrival::assigned;
  if (now.matter.state == before.matter.state) return Arrival::stayed;
  const auto* const state = type.find_state(now.matter.state);
  if (state && state->final) return Arrival::settled;
  const auto* const earlier = type.find_state(before.matter.state);
  const policy::Move* const move = type.find_move(now.move);
  if (!move || share(move->by, awaited_in(type, now.matter.state))) return Arrival::moved;
  const bool was_there =
      std::any_of(history.begin(), history.begin() + static_cast<std::ptrdiff_t>(step),
                  [&](const MatterStep& one) { return one.matter.state == now.matter.state; });
  const bool reopens = earlier && earlier->final;
  return was_there || reopens ? Arrival::returned : Arrival::moved;
}

std::vector<RoleNow> roles_named(const Lifecycle& life, const Matter& matter,
                                 const std::vector<std::string>& names) {
  auto roles = roles_of(life, matter);
  std::erase_if(roles, [&](const RoleNow& one) { return !has(names, one.role->name); });
  return roles;
}

}  // namespace huilu::obligation
