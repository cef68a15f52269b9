// Two rounds of the county's ledger: one of the month before, locked, with what its meeting
// decided; and one that is open, half answered. Before them a round of look-backs, in which what
// was struck off is being looked at again.
#include <fmt/format.h>

#include "demo/year.h"

namespace huilu::demo {

namespace {

constexpr int first_opened = -36;
constexpr int second_opened = -3;
constexpr int look_backs_opened = -32;  // what is looked at since then counts for it

std::string name_of(Date day, std::string_view what) {
  return fmt::format("{}年{}月{}", day.year(), month_of(day), what);
}

}  // namespace

void Year::plan_rounds(Index checker) {
  const auto hold = [&](int day, int minute, HoldRound what) {
    step(at_time(today_ + day, minute), std::move(what));
  };
  step(at_time(today_ + look_backs_opened, 9 * 60),
       HoldLookBacks{plan_.office, *plan_.committee, today_ + 28,
                     name_of(today_ + look_backs_opened, "销号回头看")});
  const Date first = today_ + (first_opened + 5);
  const Date second = today_ + (second_opened + 6);
  hold(first_opened, 9 * 60,
       {HoldRound::open, 0, plan_.office, *plan_.committee, first, name_of(first, "整改调度")});
  hold(first_opened + 3, 15 * 60, {HoldRound::answer_all, 0, plan_.office, 0, first, ""});
  hold(first_opened + 5, 16 * 60, {HoldRound::confirm, 0, checker, *plan_.department, first, ""});
  hold(first_opened + 6, 9 * 60, {HoldRound::lock, 0, plan_.office, 0, first, ""});
  hold(first_opened + 6, 10 * 60, {HoldRound::decide, 0, plan_.office, 0, first + 15, ""});
  hold(first_opened + 16, 11 * 60, {HoldRound::report, 0, plan_.office, 0, first, ""});
  hold(second_opened, 9 * 60,
       {HoldRound::open, 1, plan_.office, *plan_.committee, second, name_of(second, "整改调度")});
  hold(second_opened + 2, 15 * 60, {HoldRound::answer_half, 1, plan_.office, 0, second, ""});
}

}  // namespace huilu::demo
