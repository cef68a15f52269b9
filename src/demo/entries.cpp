#include <algorithm>

#include "demo/texts.h"
#include "demo/year.h"

namespace huilu::demo {

namespace {

constexpr int slot_minutes = 10;  // what is typed within a slot is committed together

}  // namespace

// The slots begin at odd seconds, as people do.
Instant Year::in_slot(Date day, int minute) const {
  const int slot = minute / slot_minutes;
  const int odd = (day.days * 37 + slot * 101) % (slot_minutes * 60);
  return at_time(day, slot * slot_minutes, odd);
}

// A desk takes its branches one after another, on an afternoon near the end of the month.
Instant Year::desk_time(const Branch& branch, Date day) {
  const Date month = first_of_month(day);
  Date desk_day = day_in(month, 24 + static_cast<int>(branch.account % 4));
  while (is_weekend(desk_day)) desk_day = desk_day + 1;
  if (desk_day <= day) {
    desk_day = day_in(month_after(month), 2 + static_cast<int>(branch.account % 5));
    while (is_weekend(desk_day)) desk_day = desk_day + 1;
  }
  return in_slot(desk_day, 14 * 60 + static_cast<int>(branch.unit * 3 % 180));
}

Instant Year::entry_time(const Branch& branch, Date day) {
  const int chance = dice_.between(1, 100);
  if (chance <= 5) {  // forgotten, and brought in weeks later
    return in_slot(day + dice_.between(18, 55), dice_.between(9 * 60, 17 * 60));
  }
  if (!branch.at_once) return desk_time(branch, day);
  if (chance <= 60) return in_slot(day, dice_.between(20 * 60 + 30, 22 * 60 + 30));
  return in_slot(day + dice_.between(1, 4), dice_.between(8 * 60 + 30, 21 * 60 + 30));
}

void Year::enter(Branch& branch, PlannedContent content) {
  for (const auto& type : content.types) {
    const std::string word = type.substr(type.find('/') + 1);
    if (!branch.used.insert({word, content.date}).second && word != "group_meeting") return;
  }
  const Instant at = entry_time(branch, content.date);
  if (at > plan_.made) return;  // it was done, and is not typed yet
  enter_at(at, branch.account, std::move(content));
}

Index Year::enter_at(Instant at, Index account, PlannedContent content) {
  const Index record = plan_.records++;
  PlannedContent copy = content;
  step(at, Enter{record, account, std::move(content)});
  maybe_revise(at, account, copy);
  return record;
}

// Of a thousand records six are corrected and two are taken back, within days; what visits refer to
// is only corrected.
void Year::maybe_revise(Instant at, Index account, const PlannedContent& content) {
  const int chance = dice_.between(1, 1000);
  const Index record = plan_.records - 1;
  const Date day = Zone{}.date_of(at) + dice_.between(1, 9);
  const Instant when = in_slot(day, dice_.between(9 * 60, 21 * 60));
  if (chance > 8 || when > plan_.made) return;
  const bool is_point = content.types.front() == "standing-duties/contact_point";
  if (chance <= 2 && !is_point) {
    step(when, Void{record, account, std::string(void_reason(dice_))});
    return;
  }
  PlannedContent corrected = content;
  if (corrected.present.size() > 2) {
    corrected.present.pop_back();
  } else {
    corrected.place += "二楼";
  }
  step(when, Correct{record, account, std::move(corrected), std::string(correction_reason(dice_))});
}

}  // namespace huilu::demo
