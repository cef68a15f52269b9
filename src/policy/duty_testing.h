// For the tests of the checker: one duty, written in pieces, with everything that it may refer to.
#pragma once

#include <string>
#include <string_view>

#include "policy/testing.h"

namespace huilu::policy::testing {

// What the duties below may refer to; it stands after them, so that they begin on line 10.
inline constexpr std::string_view surroundings = R"(
documents: {S0: {name: document-000}}
clauses: [{id: S0-1, doc: S0}, {id: S0-2, doc: S0, hole: number}]
params:
  times:
    {title: a, type: int, clause: S0-1, bind: period_start,
     values: [{from: 2019-01-01, value: 2, basis: seed}]}
  part:
    {title: a, type: decimal, clause: S0-1, bind: period_start,
     values: [{from: 2019-01-01, value: 1.5, basis: seed}]}
  grace:
    {title: a, type: duration, clause: S0-1, bind: period_end,
     values: [{from: 2019-01-01, value: {workdays: 5}, basis: seed}]}
  soon:
    {title: a, type: duration, clause: S0-1, bind: period_end,
     values: [{from: 2019-01-01, value: {hours: 5}, basis: seed}]}
  answer:
    {title: a, type: duration, clause: S0-1, bind: clock_start,
     values: [{from: 2019-01-01, value: {days: 5}, basis: seed}]}
  report_day:
    {title: a, type: month_day, clause: S0-1, bind: period_start,
     values: [{from: 2019-01-01, value: 01-31, basis: seed}]}
  by_rank:
    {title: a, type: int, by: unit.rank, clause: S0-1, bind: period_start,
     values: [{from: 2019-01-01, value: {county: 2, else: 1}, basis: seed}]}
  by_kind:
    {title: a, type: int, by: kind, clause: S0-1, bind: period_start,
     values: [{from: 2019-01-01, value: {secretary: 2, else: 1}, basis: seed}]}
  topics:
    {title: a, type: list, clause: S0-1, bind: period_start,
     values: [{from: 2019-01-01, value: [{id: a, title: a}], basis: seed}]}
record_types:
  point:
    title: a
    lasts: true
    fields:
      holder: {title: a, type: person}
      host: {title: a, type: unit}
      from: {title: a, type: date, required: true}
      until: {title: a, type: date}
  act:
    title: a
    fields:
      kind: {title: a, type: enum, of: [talk, class]}
      topics: {title: a, type: set, of: [theory, history]}
      hours: {title: a, type: decimal}
      listeners: {title: a, type: int}
      lecturer: {title: a, type: person}
      point: {title: a, type: ref, of: point}
      points: {title: a, type: list, of: point}
      done: {title: a, type: date}
      public: {title: a, type: bool}
      file: {title: a, type: file}
      secret: {title: a, type: text, protected: true}
      term: {title: a, type: period}
campaign:
  title: a
  window: {from: 2019-06-01, until: 2020-02-01}
  phases: [{id: study, title: a, window: {from: campaign_start, until: campaign_end}}]
)";

inline std::string findings_of_duties(std::string_view duties) {
  return findings_of("obligations:\n" + std::string(duties) + std::string(surroundings));
}

// Of a duty of branches that demands one act a year, with other lines in place of its own.
struct Duty {
  std::string_view who = "{unit: {type: branch}}";
  std::string_view every = "year";
  std::string needs = "{at_least: 1, of: {record: act, where: {unit: $bearer}}}";
  std::string_view due = "{}";
  std::string_view more = "clause: S0-1";
};

inline std::string findings_of_duty(const Duty& duty) {
  const auto line = [](std::string_view key, std::string_view value) {
    return "    " + std::string(key) + std::string(value) + "\n";
  };
  return findings_of_duties("  duty:\n" + line("who: ", duty.who) + line("every: ", duty.every) +
                            line("needs: ", duty.needs) + line("due: ", duty.due) +
                            line("", duty.more) + line("missing: ", "counts_as_zero") +
                            line("title: ", "t"));
}

// What is written in one place of the duty, and what is found; nothing: it is a pack.
struct Judged {
  std::string_view written;
  std::string_view findings;
};

}  // namespace huilu::policy::testing
