#include "notice/rules.h"

#include <set>

#include "obligation/matter_context.h"
#include "obligation/review.h"

namespace huilu::notice {

namespace {

using obligation::Arrival;
using obligation::DeedKind;

constexpr std::int64_t minute_ms = 60'000;
constexpr std::int64_t opens_ms = (8 * 60 + 30) * minute_ms;
constexpr std::int64_t closes_ms = 18 * 60 * minute_ms;

class Tellings {
 public:
  Tellings(const obligation::Lifecycle& life, const std::vector<matter::Version>& history)
      : life_(life),
        now_(history.back()),
        is_urgent_(obligation::is_urgent(life, history.back().matter)) {}

  std::vector<Telling> of(const std::vector<matter::Version>& history) {
    if (now_.deed) {
      of(*now_.deed);
    } else if (now_.is_opening() || !now_.move.empty()) {
      of_move(history.size());
    }
    of_review();
    return std::move(tellings_);
  }

 private:
  // The key tells the version once to each, whatever part he has in it.
  void add(Kind kind, const std::vector<std::string>& roles) {
    for (const auto& role : obligation::roles_named(life_, now_.matter, roles)) {
      if (role.unit) add(kind, Recipient{*role.unit, role.role->post, {}});
      for (const PersonId person : role.persons) add(kind, Recipient{{}, {}, person});
    }
  }
  void add(Kind kind, const Recipient& to) {
    if (!told_.insert(to).second) return;
    tellings_.push_back({kind, now_.matter.id,
                         now_.matter.id.text() + "." + std::to_string(now_.version), to,
                         now_.account, now_.at, is_urgent_});
  }

  void of(const obligation::Deed& deed) {
    // Whoever answers for the one that stays learns that it is for more people now.
    if (deed.kind == DeedKind::merged_in) add(Kind::merged, Recipient{now_.matter.unit, {}, {}});
    const bool is_told = deed.kind == DeedKind::merge_undone || deed.kind == DeedKind::relapsed ||
                         deed.kind == DeedKind::relapse_undone;
    if (is_told) add(Kind::told, Recipient{now_.matter.unit, {}, {}});
    if (deed.kind == DeedKind::step_signed)
      for (const UnitId unit : deed.units) add(Kind::waiting, Recipient{unit, {}, {}});
    const auto* const clock = life_.type.find_clock(deed.clock);
    if (clock == nullptr || !clock->extend) return;
    if (deed.kind == DeedKind::extension_asked) add(Kind::waiting, clock->extend->approve);
    if (deed.kind == DeedKind::extension_granted || deed.kind == DeedKind::extension_refused)
      add(Kind::extension_decided, clock->extend->by);
  }

  void of_move(std::size_t versions) {
    const auto arrival = obligation::arrival_of(life_.type, *life_.history, versions - 1);
    const auto* const move = life_.type.find_move(now_.move);
    const auto& awaited = obligation::awaited_in(life_.type, now_.matter.state);
    const auto* const state = life_.type.find_state(now_.matter.state);
    const bool is_settled = state != nullptr && state->final.has_value();
    // Whose responsibility it is now, or has ended, learns it whether the pack says so or not.
    const Kind settled = now_.matter.into ? Kind::merged : Kind::struck_off;
    if (is_settled) add(settled, Recipient{now_.matter.unit, {}, {}});
    if (arrival == Arrival::assigned) add(Kind::assigned, awaited);
    if (arrival == Arrival::returned) add(Kind::returned, awaited);
    if (move != nullptr) add(is_settled ? settled : Kind::told, move->tells);
    if (arrival != Arrival::stayed) add(Kind::waiting, awaited);
    if (now_.is_opening() && !now_.matter.alike.empty()) of_relapse();
  }

  // Whoever says whether it is a relapse; nobody of the responsible unit does.
  void of_relapse() {
    for (const auto& role : obligation::roles_named(life_, now_.matter, life_.type.relapse->by)) {
      if (role.unit && role.unit != now_.matter.unit)
        add(Kind::waiting, Recipient{*role.unit, role.role->post, {}});
      for (const PersonId person : role.persons) add(Kind::waiting, Recipient{{}, {}, person});
    }
  }

  // Whoever reviews learns that somebody changed what was reviewed, once for a review.
  void of_review() {
    const auto review = obligation::review_of(life_, *life_.history);
    if (!review || review->since != life_.history->size() - 1) return;
    const auto* const move = life_.type.find_move((*life_.history)[review->step].move);
    if (move != nullptr) add(Kind::stale, move->by);
  }

  const obligation::Lifecycle& life_;
  const matter::Version& now_;
  const bool is_urgent_;
  std::set<Recipient> told_;
  std::vector<Telling> tellings_;
};

Instant opening_of(Date day) {
  constexpr std::int64_t day_ms = 24 * 60 * minute_ms;
  return {(day - Date::of(1970, 1, 1)) * day_ms - Zone{}.minutes * minute_ms + opens_ms};
}

}  // namespace

std::vector<Telling> tellings_of(const obligation::Lifecycle& life,
                                 const std::vector<matter::Version>& history) {
  return Tellings(life, history).of(history);
}

Instant release_of(Kind kind, Instant at, const calendar::WorkingDays& calendar, bool is_urgent) {
  if (is_urgent) return at;
  const Date day = Zone{}.date_of(at);
  const Instant opens = opening_of(day);
  if (calendar.is_worked(day)) {
    if (at.ms <= opens.ms) return opens;
    const bool is_open = at.ms < opens.ms - opens_ms + closes_ms;
    if (is_open && is_immediate(kind)) return at;
  }
  return opening_of(calendar.next_worked(day + 1));
}

Date next_reminder(Date last, const calendar::WorkingDays& calendar) {
  return calendar::after(calendar, last, {calendar::TermUnit::workdays, reminder_workdays}).day;
}

}  // namespace huilu::notice
