// A matter with clocks that a test writes, followed day by day.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "obligation/clock.h"
#include "obligation/deed.h"
#include "obligation/organisation.h"
#include "policy/testing.h"

namespace huilu::obligation::testing {

inline constexpr std::string_view clock_head = R"(
documents: {S0: {name: document}}
clauses: [{id: S0-1, doc: S0, at: "1"}]
params:
  grace: {type: duration, title: t, clause: S0-1, bind: clock_start,
    values: [{from: 2018-01-01, value: {workdays: 5}, basis: assumed}]}
matter_types:
  issue:
    title: t
    pin: version_at_open
    fields: {note: {type: text, title: t}}
    roles: {owner: {unit: $it.unit, title: t}, office: {unit: $it.unit, title: t}}
    initial: found
    states: {found: t, fixing: t, waiting: t, rework: t,
      done: {title: t, final: soft, outcome: solved}}
    moves:
      - {id: fix, title: t, from: [found, waiting, rework, done], to: fixing, by: [owner]}
      - {id: wait, title: t, from: [fixing], to: waiting, by: [owner]}
      - {id: again, title: t, from: [fixing, done], to: rework, by: [owner]}
      - {id: finish, title: t, from: [fixing], to: done, by: [owner]}
    clocks:
)";

// A matter of the type above, with clocks that a test writes; days are those on which something is
// done.
class Told {
 public:
  explicit Told(const std::string& clocks) : pack_(load(clocks)) {
    facts_.calendar = policy::core_pack().revisions;
    matter_.id = MatterId{1};
    matter_.type = type().address;
    matter_.unit = UnitId{1};
    matter_.state = "found";
    matter_.fields = Value(Value::Object{});
  }

  Told& on(std::string_view day, std::string_view state, std::optional<Deed> deed = {}) {
    const Date date = *Date::parse(day);
    if (steps_.empty()) matter_.opened = date;
    matter_.state = state;
    steps_.push_back(
        {matter_, steps_.empty() || deed ? "" : "move", std::move(deed), end_of_day(date)});
    return *this;
  }
  Told& due(std::string_view day) {
    matter_.due = Date::parse(day);
    return *this;
  }
  Told& note(std::string text) {
    matter_.fields.set("note", text.empty() ? Value() : Value(std::move(text)));
    return *this;
  }
  // Only these calendars are published, and those of `later` on a day.
  Told& calendars(std::initializer_list<std::string_view> ids) {
    std::erase_if(facts_.calendar, [&](const calendar::Revision& one) {
      return std::find(ids.begin(), ids.end(), one.id) == ids.end();
    });
    return *this;
  }
  Told& publish(std::string_view day, std::string id, std::string_view rest) {
    const Date date = *Date::parse(rest);
    facts_.calendar.push_back(
        {std::move(id), date.year(), *Date::parse(day), "", {{date, date + 1}}, {}});
    return *this;
  }

  Lifecycle life(std::string_view today, std::string_view known = {}) const {
    const Date date = *Date::parse(today);
    const Date by = known.empty() ? date : *Date::parse(known);
    return {facts_, pack_, type(), date, end_of_day(by), nullptr, &steps_};
  }
  std::vector<ClockNow> all(std::string_view today, std::string_view known = {}) const {
    return clocks_of(life(today, known), steps_);
  }
  ClockNow at(std::string_view today, std::string_view known = {}) const {
    return all(today, known).at(0);
  }
  // "running 2019-10-14 5"
  std::string says(std::string_view today, std::string_view known = {}) const {
    const ClockNow now = at(today, known);
    return std::string(clock_status_words[static_cast<std::size_t>(now.status)]) + ' ' +
           (now.due ? now.due->text() : "none") + ' ' + std::to_string(now.left);
  }
  // "near 2024-03-07, late 2024-03-11": those reached by a day.
  std::string reached(std::string_view today) const {
    std::string all;
    for (const RungNow& one : at(today).rungs)
      if (one.reached)
        all += (all.empty() ? "" : ", ") + one.rung->id + ' ' + one.reached->text() +
               (one.is_premature ? " premature" : "") + (one.is_open ? " proposed" : "");
    return all;
  }
  const Matter& matter() const { return matter_; }
  Facts& facts() { return facts_; }

 private:
  const policy::MatterType& type() const { return pack_.matter_types.at(0); }
  static policy::Pack load(const std::string& clocks) {
    auto loaded = policy::testing::load_trial(std::string(clock_head) + clocks);
    if (!loaded) ADD_FAILURE() << policy::testing::lines(loaded.refusals());
    CHECK(loaded.ok());
    return std::move(loaded).value();
  }

  policy::Pack pack_;
  Facts facts_;
  Matter matter_;
  std::vector<MatterStep> steps_;
};

inline std::string budget_of(const std::string& budget, const std::string& more = {}) {
  return "      a: {title: t, start: {enter: fixing}, stop: {enter: done}, budget: {" + budget +
         '}' + more + "}\n";
}

inline std::string laddered(const std::string& rungs, const std::string& budget = "workdays: 5",
                            const std::string& more = {}) {
  return budget_of(budget, more) + "    ladder: {a: [" + rungs + "]}\n";
}

inline Actor worker() {
  Actor actor;
  actor.units = {UnitId{1}};
  return actor;
}

inline std::string codes(const Refusals& refusals) {
  std::string all;
  for (const Refusal& one : refusals)
    all += (all.empty() ? "" : " ") + std::string(kind_of(one.code).name) + one.where;
  return all;
}

inline Told with_unit(const std::string& clocks) {
  Told told(clocks);
  Unit unit;
  unit.id = UnitId{1};
  unit.span = {*Date::parse("2000-01-01"), {}};
  told.facts().units[unit.id] = unit;
  return told;
}

}  // namespace huilu::obligation::testing
