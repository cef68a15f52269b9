#include "obligation/clock.h"

#include <algorithm>
#include <utility>

#include "obligation/matter_context.h"

namespace huilu::obligation {

namespace {

using calendar::Deadline;
using policy::MatterClock;
using policy::Turn;

template <class T>
bool has(const std::vector<T>& all, const T& one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

// Plays the history of a matter to one of its clocks, in the order in which it came about.
class ClockReplay {
 public:
  ClockReplay(const Lifecycle& life, const MatterClock& clock, Calendars& calendars)
      : life_(life), calendars_(calendars), clock_(clock), known_(zone.date_of(life.now)) {
    now_.clock = &clock;
  }

  void play(const MatterStep& step, const MatterStep* before, std::size_t index) {
    const Date day = zone.date_of(step.at);
    advance(day, before == nullptr);
    index_ = index;
    matter_ = &step.matter;
    if (step.deed) play(*step.deed, day);
    play_turn(step, before, day);
    follow_field(step, day, step.deed && step.deed->other ? DueCause::merged : DueCause::set);
    play_pause(step, day);
  }

  ClockNow end() {
    advance(life_.today, false);
    if (now_.status == ClockStatus::running && due_ && life_.today > due_->day)
      now_.status = ClockStatus::expired;
    if (due_ && now_.status != ClockStatus::paused) now_.due = due_->day;
    now_.is_provisional = now_.due && due_->provisional;
    now_.counts_workdays = basis_.term && basis_.term->unit == calendar::TermUnit::workdays;
    now_.left = days_left();
    finish_rungs();
    return std::move(now_);
  }

 private:
  const calendar::WorkingDays& calendar() { return calendars_.known_on(std::min(last_, known_)); }
  bool runs() const { return now_.status == ClockStatus::running; }
  bool was_started() const { return now_.status != ClockStatus::not_started; }
  bool has_stopped() const {
    return now_.status == ClockStatus::in_time || now_.status == ClockStatus::late;
  }

  // Up to a day: calendars are published in the morning, everything else happens during the day.
  void advance(Date day, bool is_first) {
    if (is_first) last_ = day;
    for (const Date published : calendars_.published(last_, std::min(day, known_))) {
      climb(published + -1);
      last_ = published;
      if (!runs() || !due_) continue;
      const auto revised = deadline_of(basis_, calendar());
      if (revised && revise(*due_, *revised, published)) note_due(published, DueCause::calendar);
    }
    climb(day);
    last_ = std::max(last_, day);
  }

  void note_due(Date on, DueCause cause) {
    if (!now_.first_due) now_.first_due = due_->day;
    now_.changes.push_back({on, due_->day, cause});
  }

  // The deadline as its basis says now.
  void reckon(Date on, DueCause cause) {
    due_ = deadline_of(basis_, calendar());
    if (due_) note_due(on, cause);
  }

  // A deadline that somebody decided; what waits for a decision about an earlier one is done with.
  void begin(Basis basis, Date on, DueCause cause) {
    if (cause != DueCause::merged) {
      own_.reset();
      taken_.clear();
    }
    ++now_.generation;
    now_.started = on;
    now_.stopped.reset();
    for (Asked& one : now_.asked) one.is_waiting = false;
    const bool is_paused = now_.status == ClockStatus::paused;
    if (is_paused) close_pause(on);
    basis_ = std::move(basis);
    if (!is_paused) now_.status = ClockStatus::running;
    due_.reset();
    if (is_paused) open_pause(on);
    measure_rungs();
    if (!is_paused) reckon(on, cause);
  }

  Basis budgeted(const policy::DurationUse& budget, Date on) {
    const auto length = MatterContext(life_, *matter_).length(budget, on);
    bound_on_ = on;
    now_.is_assumed = length.is_assumed;
    return {on, length.term, {}};
  }

  Basis until(std::optional<Date> day, Date on) {
    bound_on_ = on;
    now_.is_assumed = false;
    return {on, {}, day};
  }

  std::optional<Date> field_of(const Matter& matter) const {
    if (clock_.until_field == "due") return matter.due;
    const Value* const value = matter.fields.find(clock_.until_field);
    return value && value->text() ? Date::parse(*value->text()) : std::nullopt;
  }

  static bool happens(const Turn& turn, const MatterStep& step, bool enters) {
    return (!step.move.empty() && has(turn.moves, step.move)) ||
           (enters && has(turn.states, step.matter.state));
  }

  void play_turn(const MatterStep& step, const MatterStep* before, Date day) {
    const bool enters = !before || before->matter.state != step.matter.state;
    const policy::MatterState* const state = life_.type.find_state(step.matter.state);
    const policy::DurationUse* budget = nullptr;
    for (const policy::EntryBudget& entry : clock_.on_enter)
      if (enters && entry.state == step.matter.state) budget = &entry.budget;
    const bool starts = happens(clock_.start, step, enters);
    const bool restarts = clock_.restart && happens(*clock_.restart, step, enters);
    const bool settles = enters && state && state->final && !budget && !starts && !restarts;
    if (settles || happens(clock_.stop, step, enters)) return stop(day);
    const bool begins = was_started() ? restarts : starts;
    if (budget || begins) return restart(basis_from(budget, step.matter, day), day);
    if (starts && has_stopped()) go_on(day);
  }

  // Of the time that a state gives, otherwise as the clock says.
  Basis basis_from(const policy::DurationUse* budget, const Matter& matter, Date day) {
    if (!clock_.until_field.empty()) seen_ = field_of(matter);
    if (!budget && clock_.budget) budget = &budget_of(matter);
    return budget ? budgeted(*budget, day) : until(seen_, day);
  }

  const policy::DurationUse& budget_of(const Matter& matter) const {
    if (is_urgent(life_, matter))
      for (const policy::UrgentBudget& one : life_.type.urgent->budgets)
        if (one.clock == clock_.id) return one.budget;
    return *clock_.budget;
  }

  void restart(Basis basis, Date day) {
    const DueCause cause = was_started() ? DueCause::anew : DueCause::started;
    if (now_.status == ClockStatus::paused) {
      close_pause(day);
      now_.status = ClockStatus::running;
    }
    begin(std::move(basis), day, cause);
  }

  void stop(Date day) {
    if (now_.status == ClockStatus::paused) {
      close_pause(day);
      now_.status = ClockStatus::in_time;
    } else if (runs()) {
      now_.status = due_ && day > due_->day ? ClockStatus::late : ClockStatus::in_time;
    } else {
      return;
    }
    now_.stopped = day;
  }

  // The deadline that it had is the one that it has.
  void go_on(Date day) {
    now_.status = ClockStatus::running;
    now_.stopped.reset();
    const auto revised = due_ ? deadline_of(basis_, calendar()) : std::nullopt;
    if (revised) revise(*due_, *revised, day);
    if (due_) note_due(day, DueCause::goes_on);
  }

  // The day of the field was written anew.
  void follow_field(const MatterStep& step, Date day, DueCause cause) {
    if (clock_.until_field.empty() || !was_started() || has_stopped()) return;
    const auto field = field_of(step.matter);
    if (field == seen_) return;
    const bool is_first = !basis_.day && !basis_.term;
    seen_ = field;
    if (is_first) --now_.generation;  // there was no deadline yet
    begin(until(field, day), day, cause);
  }

  void play_pause(const MatterStep& step, Date day) {
    if (!clock_.pause_while || !was_started() || has_stopped()) return;
    const bool pauses = MatterContext(life_, step.matter).holds(*clock_.pause_while);
    if (runs() && pauses && !(due_ && day > due_->day)) {
      now_.status = ClockStatus::paused;
      open_pause(day);
    } else if (now_.status == ClockStatus::paused && !pauses) {
      close_pause(day);
      now_.status = ClockStatus::running;
      reckon(day, DueCause::resumed);
    }
  }

  void open_pause(Date day) {
    basis_.pauses.push_back({day, {}});
    if (own_) own_->pauses.push_back({day, {}});
    now_.paused_since = day;
  }

  void close_pause(Date day) {
    if (!basis_.pauses.empty()) basis_.pauses.back().until = day;
    if (own_ && !own_->pauses.empty()) own_->pauses.back().until = day;
    if (now_.paused_since) now_.pauses.push_back({*now_.paused_since, day});
    now_.paused_since.reset();
  }

  // Of two matters that became one the earlier deadline counts.
  void take_in(const Deed& deed, Date day) {
    const auto found = std::find_if(deed.dues.begin(), deed.dues.end(),
                                    [&](const ClockDue& one) { return one.clock == clock_.id; });
    if (found == deed.dues.end() || !runs()) return;
    if (!own_) own_ = basis_;
    taken_.emplace_back(*deed.other, found->until);
    if (!due_ || found->until < due_->day) hold_to(found->until, day);
  }

  // And when they are two again, that of those which are left.
  void give_back(const Deed& deed, Date day) {
    const auto left = std::remove_if(taken_.begin(), taken_.end(),
                                     [&](const auto& one) { return one.first == *deed.other; });
    if (left == taken_.end()) return;
    taken_.erase(left, taken_.end());
    std::optional<Date> least;
    for (const auto& [other, until] : taken_)
      if (!least || until < *least) least = until;
    if (!runs()) {
      if (!least && own_) basis_ = std::exchange(own_, std::nullopt).value();
      return;
    }
    const auto own = deadline_of(*own_, calendar());
    if (least && (!own || *least < own->day)) return hold_to(*least, day);
    const Basis basis = *own_;
    if (!due_ || !own || own->day != due_->day) begin(basis, day, DueCause::merged);
    if (!least) own_.reset();
    see_field();
  }

  void hold_to(Date due, Date day) {
    if (!due_ || due_->day != due) begin(until(due, day), day, DueCause::merged);
    see_field();
  }

  // What the field says now is heeded already.
  void see_field() {
    if (!clock_.until_field.empty()) seen_ = field_of(*matter_);
  }

  void play(const Deed& deed, Date day) {
    if (deed.kind == DeedKind::merged_in) return take_in(deed, day);
    if (deed.kind == DeedKind::merge_undone) return give_back(deed, day);
    if (deed.clock != clock_.id) return;
    switch (deed.kind) {
      case DeedKind::extension_asked:
        now_.asked.push_back({day, deed.until.value_or(day),
                              due_ ? std::optional(due_->day) : std::nullopt, index_});
        return;
      case DeedKind::extension_granted:
      case DeedKind::extension_refused:
        return decide(deed.kind == DeedKind::extension_granted, day);
      case DeedKind::step_signed:
      case DeedKind::step_dismissed:
        return decide_step(deed, day);
      case DeedKind::step_acknowledged:
        return acknowledge(deed, day);
      case DeedKind::looked_back:
      case DeedKind::merged_in:
      case DeedKind::merge_undone:
      case DeedKind::relapse_confirmed:
      case DeedKind::relapse_denied:
      case DeedKind::relapsed:
      case DeedKind::relapse_undone:
        return;
    }
  }

  RungNow* find_rung(std::string_view rung, std::int64_t generation) {
    const auto found = std::find_if(now_.rungs.begin(), now_.rungs.end(), [&](const RungNow& one) {
      return one.rung->id == rung && one.generation == generation;
    });
    return found == now_.rungs.end() ? nullptr : &*found;
  }

  void decide_step(const Deed& deed, Date day) {
    RungNow* const now = find_rung(deed.rung, deed.generation);
    if (!now) return;
    now->decided = day;
    now->is_signed = deed.kind == DeedKind::step_signed;
    if (!now->is_signed) return;
    for (const UnitId unit : deed.units) now->receipts.push_back({unit});
    const auto& declared = now->rung->acknowledge;
    if (now->receipts.empty() || !declared || !declared->within) return;
    const auto length = MatterContext(life_, *matter_).length(*declared->within, day);
    now->is_acknowledge_by_assumed = length.is_assumed;
    if (length.term) now->acknowledge_by = calendar::after(calendar(), day, *length.term).day;
  }

  void acknowledge(const Deed& deed, Date day) {
    RungNow* const now = find_rung(deed.rung, deed.generation);
    if (!now) return;
    for (Receipt& one : now->receipts)
      if (!one.on && has(deed.units, one.unit)) {
        one.on = day;
        one.step = index_;
      }
  }

  void decide(bool granted, Date day) {
    const auto found = std::find_if(now_.asked.begin(), now_.asked.end(),
                                    [](const Asked& one) { return one.is_waiting; });
    if (found == now_.asked.end()) return;
    found->decided = day;
    found->is_granted = granted;
    found->is_waiting = false;
    if (!granted) return;
    if (!clock_.until_field.empty()) seen_ = found->until;
    begin(until(found->until, day), day, DueCause::extended);
  }

  // How long before or after the deadline each rung is.
  void measure_rungs() {
    lengths_.clear();
    for (const policy::Rung& rung : life_.type.rungs_of(clock_.id))
      lengths_.push_back(MatterContext(life_, *matter_).length(rung.at, bound_on_));
  }

  // The first day on which it stands. Reminders come on working days.
  std::optional<Date> day_of(const policy::Rung& rung, const MatterContext::Length& length) {
    const auto& calendar = this->calendar();
    if (!rung.unacknowledged.empty()) {
      const RungNow* const earlier = find_rung(rung.unacknowledged, now_.generation);
      if (!earlier || !earlier->acknowledge_by || !earlier->is_unacknowledged()) return {};
      return calendar.next_worked(*earlier->acknowledge_by + 1);
    }
    if (!length.term || !due_) return {};
    if (rung.is_before)
      return calendar.previous_worked(calendar::before(calendar, due_->day, *length.term).day);
    return calendar.next_worked(
        calendar::after(calendar, due_->day, *length.term, calendar::Roll::none).day + 1);
  }

  // Its time, or that of the clock, is a value that nobody has decided.
  bool is_held(std::size_t rung) {
    const policy::Rung& declared = life_.type.rungs_of(clock_.id)[rung];
    const RungNow* const earlier = find_rung(declared.unacknowledged, now_.generation);
    return declared.propose && (now_.is_assumed || lengths_[rung].is_assumed ||
                                (earlier && earlier->is_acknowledge_by_assumed));
  }

  bool was_reached(const policy::Rung& rung) const {
    return std::any_of(now_.rungs.begin(), now_.rungs.end(), [&](const RungNow& one) {
      return one.rung == &rung && one.generation == now_.generation;
    });
  }

  // Each rung once for a deadline, however it moves afterwards.
  void climb(Date until) {
    if (!runs()) return;
    const auto& rungs = life_.type.rungs_of(clock_.id);
    for (std::size_t i = 0; i < rungs.size(); ++i) {
      const auto day = was_reached(rungs[i]) ? std::nullopt : day_of(rungs[i], lengths_[i]);
      if (!day || *day > until) continue;
      RungNow reached{&rungs[i], now_.generation, {}, std::max(*day, last_)};
      reached.is_held = is_held(i);
      now_.rungs.push_back(reached);
    }
  }

  void finish_rungs() {
    const auto& rungs = life_.type.rungs_of(clock_.id);
    const bool ticks = now_.is_ticking();
    for (std::size_t i = 0; i < rungs.size(); ++i) {
      const auto day = ticks ? day_of(rungs[i], lengths_[i]) : std::nullopt;
      if (ticks && !was_reached(rungs[i])) {
        now_.rungs.push_back({&rungs[i], now_.generation, {}, {}});
        now_.rungs.back().is_held = is_held(i);
      }
      for (RungNow& one : now_.rungs) {
        if (one.rung != &rungs[i] || one.generation != now_.generation) continue;
        one.day = day;
        one.is_premature = one.reached && day && *day > life_.today;
        one.is_open = one.reached && one.rung->propose && !one.is_held && !one.decided && ticks &&
                      !one.is_premature;
      }
    }
  }

  int days_left() {
    if (now_.status == ClockStatus::paused) return left_at_pause(basis_, calendar());
    if (!now_.is_ticking() || !now_.due) return 0;
    const Date due = *now_.due;
    if (!now_.counts_workdays) return due - life_.today;
    return due >= life_.today ? worked_between(calendar(), life_.today, due)
                              : -worked_between(calendar(), due, life_.today);
  }

  const Lifecycle& life_;
  Calendars& calendars_;
  const MatterClock& clock_;
  const Date known_;  // no calendar that was published later is looked at
  const Matter* matter_ = nullptr;
  std::size_t index_ = 0;
  Date last_;                                     // up to which everything has happened
  Basis basis_;                                   // of the present deadline
  std::optional<Basis> own_;                      // of its own, while others were merged into it
  std::vector<std::pair<MatterId, Date>> taken_;  // and theirs
  std::optional<Deadline> due_;
  std::optional<Date> seen_;                    // what the field said that the deadline follows
  Date bound_on_;                               // the day whose values of parameters count
  std::vector<MatterContext::Length> lengths_;  // of the rungs
  ClockNow now_;
};

}  // namespace

bool RungNow::is_unacknowledged() const {
  return std::any_of(receipts.begin(), receipts.end(), [](const Receipt& one) { return !one.on; });
}

const Asked* ClockNow::waiting() const {
  const auto found =
      std::find_if(asked.begin(), asked.end(), [](const Asked& one) { return one.is_waiting; });
  return found == asked.end() ? nullptr : &*found;
}

std::int64_t ClockNow::granted() const {
  return std::count_if(asked.begin(), asked.end(), [](const Asked& one) { return one.is_granted; });
}

std::vector<ClockNow> clocks_of(const Lifecycle& life, const std::vector<MatterStep>& history) {
  Calendars calendars(life.facts);
  Lifecycle quiet = life;
  quiet.history = nullptr;  // budgets and pauses do not ask for clocks
  std::vector<ClockNow> all;
  for (const MatterClock& clock : life.type.clocks) {
    ClockReplay replay(quiet, clock, calendars);
    const MatterStep* before = nullptr;
    for (std::size_t i = 0; i < history.size(); ++i) {
      const MatterStep& step = history[i];
      if (step.at > life.now || zone.date_of(step.at) > life.today) break;
      replay.play(step, before, i);
      before = &step;
    }
    all.push_back(before ? replay.end() : ClockNow{&clock});
  }
  return all;
}

Value results_of(const std::vector<ClockNow>& clocks) {
  constexpr std::array<std::string_view, 6> results = {"",     "running", "paused",
                                                       "late", "in_time", "late"};
  Value all{Value::Object{}};
  for (const ClockNow& one : clocks)
    if (one.status != ClockStatus::not_started)
      all.set(one.clock->id,
              Value::object({{"result", results[static_cast<std::size_t>(one.status)]}}));
  return all;
}

std::optional<Date> next_due(const Lifecycle& life, const Matter& matter,
                             const std::vector<ClockNow>& clocks) {
  const policy::MatterState* const state = life.type.find_state(matter.state);
  if (!state || state->final) return {};
  std::optional<Date> next;
  const auto take = [&](std::optional<Date> due) {
    if (due && (!next || *due < *next)) next = due;
  };
  bool is_followed = false;
  for (const ClockNow& one : clocks) {
    if (one.clock->until_field == "due" && one.status != ClockStatus::not_started)
      is_followed = true;
    if (one.is_ticking()) take(one.due);
  }
  if (!is_followed) take(matter.due);
  return next;
}

}  // namespace huilu::obligation
