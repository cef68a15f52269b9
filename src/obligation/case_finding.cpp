// What a duty with for_each is owed for, found among the facts.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <tuple>
#include <utility>

#include "obligation/cases.h"
#include "obligation/condition.h"
#include "obligation/organisation.h"
#include "obligation/parameters.h"

namespace huilu::obligation {

namespace {

constexpr std::size_t people_in_pairs_max = 30;  // their number grows with the square

// The same day of another year.
Date anniversary(Date day, int year, policy::Leap leap) {
  const auto month = static_cast<unsigned>(day.ymd().month());
  const auto number = static_cast<unsigned>(day.ymd().day());
  const bool is_leap_day = month == 2 && number == 29;
  if (!is_leap_day || std::chrono::year(year).is_leap()) return Date::of(year, month, number);
  return leap == policy::Leap::feb28 ? Date::of(year, 2, 28) : Date::of(year, 3, 1);
}

template <class T, class Order>
std::vector<const T*> in_order(const std::vector<T>& all, const Order& order) {
  std::vector<const T*> sorted;
  sorted.reserve(all.size());
  for (const T& one : all) sorted.push_back(&one);
  std::sort(sorted.begin(), sorted.end(),
            [&](const T* a, const T* b) { return order(*a) < order(*b); });
  return sorted;
}

class Finding {
 public:
  Finding(Context& context, const Case& one)
      : context_(context), case_(one), each_(*one.obligation->for_each) {}

  std::vector<It> all() {
    switch (each_.kind) {
      case policy::EachKind::record:
        find_records();
        break;
      case policy::EachKind::members:
        find_members();
        break;
      case policy::EachKind::posts:
        find_posts();
        break;
      case policy::EachKind::pairs:
        find_pairs();
        break;
      case policy::EachKind::values:
        find_values();
        break;
    }
    std::stable_sort(found_.begin(), found_.end(),
                     [](const It& a, const It& b) { return a.day < b.day; });
    return std::move(found_);
  }

 private:
  void find_records() {
    const std::string& address = each_.records.names.front();
    const policy::RecordType* const type = record_type(context_, address);
    if (!type) return context_.notes.fail("no record type " + address);
    for (const auto& [id, record] : context_.facts.records) {
      const RecordVersion* const version = record.known(context_.known);
      if (!version || version->state == RecordState::void_) continue;
      if (version->state == RecordState::planned && !each_.announced) continue;
      const auto& types = version->types;
      if (std::find(types.begin(), types.end(), address) == types.end()) continue;
      It it;
      it.thing = RecordThing{id, version, {&type->address, 1}, context_.known};
      it.id = id.text();
      it.entered = record.versions.front().at;
      it.is_plan = version->state == RecordState::planned;
      const bool is_one = type->lasts ? lasts(*version, it) : happens(record, *version, *type, it);
      if (is_one && holds(context_, it.thing, each_.records.where)) found_.push_back(std::move(it));
    }
  }

  std::optional<Date> date_in(const RecordVersion& version, std::string_view field) {
    const Value* const value = field_of(version, each_.records.names.front(), std::string(field));
    return value && value->text() ? Date::parse(*value->text()) : std::nullopt;
  }

  // In the period, while the duty was asked for and the bearer was there.
  bool is_asked_on(Date day) const {
    const auto& days = case_.scope.days;
    const bool is_there = std::any_of(days.begin(), days.end(),
                                      [&](const Interval& one) { return one.contains(day); });
    return is_there && case_.period.contains(day) && day >= case_.asked_from;
  }

  // What was announced in time is there before it happens.
  bool happens(const Record& record, const RecordVersion& version, const policy::RecordType& type,
               It& it) {
    it.day = day_of(version, type);
    if (!is_asked_on(it.day) || (it.day > context_.at && !each_.announced)) return false;
    if (!each_.announced) return true;
    Context context = context_;
    context.it = &it;
    const auto last = day_of(context, it.thing, *each_.announced);
    if (!last) context_.notes.fail("announced: no date");
    return last && announced_on(record, type, context_.known) <= *last;
  }

  bool lasts(const RecordVersion& version, It& it) {
    const Interval span{date_in(version, "from").value_or(version.date), date_in(version, "until")};
    if (!each_.is_dated) return is_active(span, it);
    it.until = span.until;
    return comes_round(span, it);
  }

  // The day it began, or that day in the year of the period; as long as it lasts on it.
  bool comes_round(const Interval& span, It& it) {
    it.day = span.from;
    if (each_.on_start) return span.from <= context_.at && is_asked_on(span.from);
    Context context = context_;
    context.it = &it;
    const auto first = day_of(context, it.thing, {*case_.obligation->every.anniversary, {}});
    if (!first) return false;
    it.day = anniversary(*first, case_.period.from.year(), case_.obligation->every.leap);
    return *first < it.day && span.contains(it.day) && is_asked_on(it.day);
  }

  // In force on the day that is asked about, or when the period ended.
  bool is_active(const Interval& span, It& it) {
    Date on = std::min(context_.at, case_.period.last_day());
    if (each_.records.active) {
      const auto asked = day_of(context_, it.thing, *each_.records.active);
      if (!asked) context_.notes.fail("active: no date");
      on = asked.value_or(on);
    }
    it.day = std::max(span.from, case_.period.from);
    return span.contains(on);
  }

  void find_members() {
    const auto& all = context_.facts.memberships;
    const auto order = [](const Membership& one) {
      return std::tuple(one.person, one.span.from, one.unit);
    };
    for (const Membership* const one : in_order(all, order)) {
      const auto on_roll = [&](Date day) {
        return membership_on(context_.facts, one->person, policy::MemberAt::home, day) == one;
      };
      const auto thing_on = [&](Date day) { return MemberThing{one, policy::MemberAt::home, day}; };
      find_lasting(one->span, one->person.text(), each_.members, on_roll, thing_on);
    }
  }

  // As they are held on the day.
  void find_posts() {
    for (const Tenure* const one :
         in_order(context_.facts.tenures, [](const Tenure& tenure) { return tenure.id; })) {
      const auto is_held = [&](Date day) { return one->span.contains(day); };
      const auto thing_on = [&](Date day) { return TenureThing{one, day}; };
      find_lasting(one->span, one->id.text(), each_.posts, is_held, thing_on);
    }
  }

  // A member or a post: as it is on the day that is asked about, or on a day of its own.
  template <class IsThere, class ThingOn>
  void find_lasting(const Interval& span, std::string id, const policy::Condition& condition,
                    const IsThere& is_there, const ThingOn& thing_on) {
    It it;
    it.thing = thing_on(context_.day);
    it.id = std::move(id);
    Date on = context_.day;
    if (each_.is_dated) {
      it.thing = thing_on(span.from);
      it.until = span.until;
      if (!comes_round(span, it)) return;
      on = it.day;
      it.thing = thing_on(on);
    } else {
      it.day = std::max(span.from, case_.period.from);
    }
    if (is_there(on) && holds(context_, it.thing, condition)) found_.push_back(std::move(it));
  }

  // Every two of the members or holders; whoever holds several posts is one.
  void find_pairs() {
    if (each_.pairs_posts)
      find_posts();
    else
      find_members();
    std::map<PersonId, Date> people;
    for (const It& one : std::exchange(found_, {})) {
      const auto* const tenure = std::get_if<TenureThing>(&one.thing);
      const auto* const member = std::get_if<MemberThing>(&one.thing);
      const PersonId person = tenure ? tenure->tenure->person : member->membership->person;
      const auto [known, is_new] = people.emplace(person, one.day);
      if (!is_new) known->second = std::min(known->second, one.day);
    }
    if (people.size() > people_in_pairs_max)
      return context_.notes.fail(
          fmt::format("pairs of {} people, at most {}", people.size(), people_in_pairs_max));
    for (auto first = people.begin(); first != people.end(); ++first)
      for (auto second = std::next(first); second != people.end(); ++second)
        found_.push_back(
            {Value::object({{"both", Value::List{first->first.text(), second->first.text()}}}),
             first->first.text() + '+' + second->first.text(),
             {},
             std::max(first->second, second->second)});
  }

  void find_values() {
    const policy::Setting* const setting = bound(context_, each_.values);
    const auto* const items =
        setting ? std::get_if<std::vector<policy::ListItem>>(setting) : nullptr;
    if (setting && !items) context_.notes.fail(each_.values.name + " is no list");
    if (!items) return;
    for (const policy::ListItem& item : *items)
      found_.push_back({Value(item.id), item.id, item.title, case_.period.from});
  }

  Context& context_;
  const Case& case_;
  const policy::ForEach& each_;
  std::vector<It> found_;
};

}  // namespace

std::vector<It> cases_of(Context& context, const Case& one) { return Finding(context, one).all(); }

}  // namespace huilu::obligation
