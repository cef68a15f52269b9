#include "compliance/standing.h"

namespace huilu::compliance {

namespace {

using obligation::Class;
using obligation::Verdict;

void add_times(Counts& to, const Counts& other, std::int64_t times) {
  to.due += times * other.due;
  to.met += times * other.met;
  to.met_late += times * other.met_late;
  to.exempt += times * other.exempt;
  to.unknown += times * other.unknown;
  to.within += times * other.within;
  to.over += times * other.over;
  to.entered_late += times * other.entered_late;
}

}  // namespace

Counts& Counts::operator+=(const Counts& other) {
  add_times(*this, other, 1);
  return *this;
}

Counts& Counts::operator-=(const Counts& other) {
  add_times(*this, other, -1);
  return *this;
}

void Standing::add(Class the_class, obligation::Phase phase, std::int64_t bearers) {
  switch (the_class) {
    case Class::not_applicable:
      return;
    case Class::exempt:
      counts.exempt += bearers;
      return;
    case Class::unknown:
      counts.unknown += bearers;
      break;
    case Class::met:
      counts.met += bearers;
      break;
    case Class::met_late:
      counts.met_late += bearers;
      break;
    case Class::within:
      counts.within += bearers;
      break;
    case Class::over:
      counts.over += bearers;
      break;
    case Class::short_:
      break;
  }
  counts.due += bearers;
  switch (obligation::verdict_of(the_class, phase)) {
    case Verdict::failed:
      failed += bearers;
      break;
    case Verdict::in_grace:
      in_grace += bearers;
      break;
    case Verdict::at_risk:
      at_risk += bearers;
      break;
    case Verdict::open:
      open += bearers;
      break;
    default:
      break;
  }
}

Standing& Standing::operator+=(const Standing& other) {
  counts += other.counts;
  failed += other.failed;
  in_grace += other.in_grace;
  at_risk += other.at_risk;
  open += other.open;
  return *this;
}

std::int64_t Standing::of(Verdict verdict) const {
  switch (verdict) {
    case Verdict::failed:
      return failed;
    case Verdict::unknown:
      return counts.unknown;
    case Verdict::in_grace:
      return in_grace;
    case Verdict::at_risk:
      return at_risk;
    case Verdict::open:
      return open;
    case Verdict::met_late:
      return counts.met_late;
    case Verdict::exempt:
      return counts.exempt;
    case Verdict::not_applicable:
      return 0;
    case Verdict::met:
      break;
  }
  return counts.due - failed - counts.unknown - in_grace - at_risk - open - counts.met_late;
}

std::int64_t Standing::done() const { return of(Verdict::met) + counts.met_late; }

std::optional<Verdict> Standing::worst() const {
  for (int i = 0; i < static_cast<int>(Verdict::not_applicable); ++i) {
    const auto verdict = static_cast<Verdict>(i);
    if (of(verdict) > 0) return verdict;
  }
  return {};
}

}  // namespace huilu::compliance
