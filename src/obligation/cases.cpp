#include "obligation/cases.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "obligation/condition.h"
#include "obligation/count.h"
#include "obligation/organisation.h"
#include "obligation/parameters.h"

namespace huilu::obligation {

namespace {

constexpr std::size_t people_in_pairs_max = 30;  // their number grows with the square

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
      if (!version || version->state != RecordState::entered) continue;
      const auto& types = version->types;
      if (std::find(types.begin(), types.end(), address) == types.end()) continue;
      Thing thing = RecordThing{id, version, {&type->address, 1}, context_.known};
      const auto day = type->lasts ? day_of_lasting(*version, thing) : day_of_act(*version, *type);
      if (!day || !holds(context_, thing, each_.records.where)) continue;
      found_.push_back({std::move(thing), id.text(), {}, *day, record.versions.front().at});
    }
  }

  std::optional<Date> date_in(const RecordVersion& version, std::string_view field) {
    const Value* const value = field_of(version, each_.records.names.front(), std::string(field));
    return value && value->text() ? Date::parse(*value->text()) : std::nullopt;
  }

  // While the duty was asked for and the bearer was there.
  std::optional<Date> day_of_act(const RecordVersion& version, const policy::RecordType& type) {
    Date day = version.date;
    if (type.counts_on != "date") day = date_in(version, type.counts_on).value_or(day);
    const auto& days = case_.scope.days;
    const bool is_there = std::any_of(days.begin(), days.end(),
                                      [&](const Interval& one) { return one.contains(day); });
    if (day > context_.at || !case_.period.contains(day) || !is_there) return {};
    return day < case_.asked_from ? std::nullopt : std::optional(day);
  }

  // In force on the day that is asked about, or when the period ended.
  std::optional<Date> day_of_lasting(const RecordVersion& version, const Thing& thing) {
    Date on = std::min(context_.at, case_.period.last_day());
    if (each_.records.active) {
      const auto asked = day_of(context_, thing, *each_.records.active);
      if (!asked) context_.notes.fail("active: no date");
      on = asked.value_or(on);
    }
    const Interval span{date_in(version, "from").value_or(version.date), date_in(version, "until")};
    if (!span.contains(on)) return {};
    return std::max(span.from, case_.period.from);
  }

  void find_members() {
    std::set<PersonId> persons;
    for (const Membership& one : context_.facts.memberships) persons.insert(one.person);
    for (const PersonId person : persons) {
      const Membership* const one =
          membership_on(context_.facts, person, policy::MemberAt::home, context_.day);
      if (!one) continue;
      Thing thing = MemberThing{one, policy::MemberAt::home, context_.day};
      if (!holds(context_, thing, each_.members)) continue;
      found_.push_back(
          {std::move(thing), person.text(), {}, std::max(one->span.from, case_.period.from), {}});
    }
  }

  // As they are held on the day.
  void find_posts() {
    for (const Tenure& one : context_.facts.tenures) {
      if (!one.span.contains(context_.day)) continue;
      Thing thing = TenureThing{&one, context_.day};
      if (!holds(context_, thing, each_.posts)) continue;
      found_.push_back(
          {std::move(thing), one.id.text(), {}, std::max(one.span.from, case_.period.from), {}});
    }
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
             std::max(first->second, second->second),
             {}});
  }

  void find_values() {
    const policy::Setting* const setting = bound(context_, each_.values);
    const auto* const items =
        setting ? std::get_if<std::vector<policy::ListItem>>(setting) : nullptr;
    if (setting && !items) context_.notes.fail(each_.values.name + " is no list");
    if (!items) return;
    for (const policy::ListItem& item : *items)
      found_.push_back({Value(item.id), item.id, item.title, case_.period.from, {}});
  }

  Context& context_;
  const Case& case_;
  const policy::ForEach& each_;
  std::vector<It> found_;
};

class Judging {
 public:
  Judging(Context& context, const Case& one) : context_(context), case_(one) {}

  Judgement judged() {
    for (It& it : cases_of(context_, case_)) judge_one(std::move(it));
    put_together();
    return std::move(out_);
  }

 private:
  void judge_one(It it) {
    JudgedCase judged{std::move(it), case_};
    Context context = context_;
    context.it = &judged.it;
    const bool had_value = !context.notes.no_value;
    const policy::Obligation& duty = *case_.obligation;
    const auto timetable = timetable_of(context, duty, case_.deferral ? &*case_.deferral : nullptr);
    TestResult part;
    if (timetable) {
      Case& one = judged.one;
      one.timetable = *timetable;
      // What happens on a day of its own is reckoned from there.
      if (duty.for_each->is_dated)
        one.period = {case_.period.name, judged.it.day,
                      std::max(timetable->schedule.act, judged.it.day) + 1};
      one.ended = end_within(one);
      part = count(context, one, duty.needs);
      if (one.ended != NotApplicable::none && !is_done(part.result) && part.result != Class::over)
        part.result = Class::not_applicable;
    }
    // Without a value in force nothing was asked of this one.
    if (had_value && context.notes.no_value) {
      context.notes.no_value = false;
      lacks_value_ = true;
      part.result = Class::not_applicable;
    }
    part.id = judged.it.id;
    part.title = judged.it.title;
    out_.test.parts.push_back(std::move(part));
    out_.cases.push_back(std::move(judged));
  }

  void put_together() {
    TestResult& all = out_.test;
    all.kind = policy::TestKind::all_of;
    all.result = all_of(all.parts);
    for (const TestResult& part : all.parts) {
      all.need += part.result == Class::not_applicable ? 0 : 1;
      all.have += is_done(part.result) || part.result == Class::within ? 1 : 0;
      all.have_late += part.result == Class::met_late ? 1 : 0;
      all.entered_late = all.entered_late || (part.result == Class::met && part.entered_late);
    }
    all.scaled_away =
        !all.parts.empty() && std::all_of(all.parts.begin(), all.parts.end(),
                                          [](const TestResult& part) { return part.scaled_away; });
    out_.timetable = case_.timetable;
    if (all.result != Class::not_applicable) {
      if (const Timetable* const found = deciding(all, out_.cases, context_.at))
        out_.timetable = *found;
      return;
    }
    out_.why_not = all.parts.empty() ? NotApplicable::no_case
                   : lacks_value_    ? NotApplicable::no_value
                                     : NotApplicable::no_record;
    for (const JudgedCase& judged : out_.cases)
      if (judged.one.ended != NotApplicable::none) out_.why_not = judged.one.ended;
  }

  Context& context_;
  const Case& case_;
  Judgement out_;
  bool lacks_value_ = false;
};

}  // namespace

std::vector<It> cases_of(Context& context, const Case& one) { return Finding(context, one).all(); }

const Timetable* deciding(const TestResult& whole, const std::vector<JudgedCase>& cases, Date at) {
  const bool is_open = !is_done(whole.result);
  const Timetable* chosen = nullptr;
  const auto order = [&](const Timetable& one) {
    const Schedule& dates = one.schedule;
    const int pressing = static_cast<int>(phase_on(dates, at));
    return std::tuple(is_open ? -pressing : 0, is_open ? dates.enter.days : -dates.enter.days,
                      is_open ? dates.act.days : -dates.act.days, dates);
  };
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const Timetable& one = cases[i].one.timetable;
    if (whole.parts[i].result != whole.result) continue;
    if (!chosen || order(one) < order(*chosen)) chosen = &one;
  }
  return chosen;
}

Judgement judge(Context& context, const Case& one) {
  if (one.obligation->for_each) return Judging(context, one).judged();
  Judgement out;
  out.test = count(context, one, one.obligation->needs);
  out.timetable = one.timetable;
  if (out.test.result == Class::not_applicable) out.why_not = NotApplicable::no_record;
  return out;
}

}  // namespace huilu::obligation
