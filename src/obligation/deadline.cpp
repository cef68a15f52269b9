#include "obligation/deadline.h"

#include <algorithm>

namespace huilu::obligation {

namespace {

using calendar::Deadline;
using calendar::Roll;
using calendar::Term;
using calendar::TermUnit;
using calendar::WorkingDays;

bool counts_workdays(const Basis& basis) {
  return basis.term && basis.term->unit == TermUnit::workdays;
}

Deadline rolled(const WorkingDays& calendar, Date end) {
  Deadline deadline{calendar.next_worked(end), {}, false};
  for (Date day = end; day <= deadline.day; day = day + 1)
    deadline.provisional = deadline.provisional || !calendar.is_known(day);
  return deadline;
}

// What is left of a term behind the pauses: so many days from a day on.
struct Rest {
  Date from;
  int count = 0;  // of working days
  Date end = {};  // of calendar days
  bool rolls = false;
  bool is_paused = false;
};

Deadline end_with(const Rest& rest, const Basis& basis, const WorkingDays& calendar) {
  if (counts_workdays(basis))
    return calendar::after(calendar, rest.from, {TermUnit::workdays, rest.count});
  return rest.rolls ? rolled(calendar, rest.end) : Deadline{rest.end, {}, false};
}

void take(const Pause& pause, const Basis& basis, const WorkingDays& calendar, Rest& rest) {
  const Date until = pause.until.value_or(pause.from);
  if (counts_workdays(basis)) {
    rest.count = std::max(0, rest.count - worked_between(calendar, rest.from, pause.from));
    rest.from = until;
  } else if (until > pause.from) {
    rest.end = std::max(rest.end + (until - pause.from), until);
    rest.rolls = true;
  }
  rest.is_paused = !pause.until;
}

Rest rest_of(const Basis& basis, const WorkingDays& calendar) {
  Rest rest{basis.from};
  if (counts_workdays(basis)) {
    rest.count = basis.term->count;
  } else if (basis.term) {
    rest.end = calendar::after(calendar, basis.from, *basis.term, Roll::none).day;
    rest.rolls = basis.term->count > 0;
  } else {
    rest.end = *basis.day;
  }
  for (const Pause& pause : basis.pauses) {
    if (pause.from > end_with(rest, basis, calendar).day) break;
    take(pause, basis, calendar, rest);
  }
  return rest;
}

}  // namespace

std::optional<Deadline> deadline_of(const Basis& basis, const WorkingDays& calendar) {
  if (!basis.term && !basis.day) return {};
  const Rest rest = rest_of(basis, calendar);
  if (rest.is_paused) return {};
  return end_with(rest, basis, calendar);
}

int left_at_pause(const Basis& basis, const WorkingDays& calendar) {
  if ((!basis.term && !basis.day) || basis.pauses.empty()) return 0;
  const Rest rest = rest_of(basis, calendar);
  return counts_workdays(basis) ? rest.count : std::max(0, rest.end - basis.pauses.back().from);
}

bool revise(Deadline& deadline, const Deadline& revised, Date published) {
  if (published > deadline.day) return false;
  if (!deadline.provisional && revised.day <= deadline.day) return false;
  const bool moves = deadline.day != revised.day;
  deadline = revised;
  return moves;
}

}  // namespace huilu::obligation
