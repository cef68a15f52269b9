// Answers about single bearers, evaluated from the tables: why a verdict is what it is, what is
// still to be done in some units, and what a record that is being typed would count for.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compliance/load_facts.h"
#include "obligation/evaluate.h"
#include "record/catalog.h"
#include "record/types.h"

namespace huilu::compliance {

// A moment of knowledge as it is written: a day (its end), an instant, or the number of a journal
// entry. Nothing when it is none of these.
std::optional<Instant> moment_of(store::Connection& connection, const std::string& text);

struct Answer {
  obligation::Facts facts;
  obligation::Explanation explanation;
  UnitId home;  // in whose row the bearer is counted
};
// Nothing for a bearer or a duty that nobody knows.
std::optional<Answer> explain(store::Connection& connection, const std::vector<policy::Pack>& packs,
                              const obligation::Question& question, Names names);

// The same as if this were in force: see compliance/supposition.h.
std::optional<Answer> explain_by(store::Connection& connection, const obligation::Facts& policy,
                                 const obligation::Question& question, Names names);

// Whose duties: of everybody in these units, and of one person wherever he bears one.
struct Whose {
  std::vector<UnitId> homes;
  PersonId person;
};

// What can still be done for one duty in one period; of duties of members one line for a branch.
struct ToDo {
  const policy::Obligation* obligation = nullptr;
  std::string period;
  UnitId home;
  std::optional<obligation::Bearer> bearer;  // absent: several members, counted
  obligation::Verdict verdict = obligation::Verdict::open;
  std::int64_t need = 0;
  std::int64_t have = 0;
  std::int64_t missing = 0;
  bool decimal = false;
  obligation::Schedule schedule;
  std::vector<obligation::Mark> marks;

  Date next_date(Date today) const;  // the nearest of its dates
};
struct ToDoList {
  obligation::Facts facts;
  std::vector<ToDo> items;  // by the nearest date
};
ToDoList to_do(store::Connection& connection, const std::vector<policy::Pack>& packs,
               const Whose& whose, Date today, Instant now);
// The same of many, in the order given; a home that several have is looked through once.
struct ToDoLists {
  obligation::Facts facts;
  std::vector<std::vector<ToDo>> items;
};
ToDoLists to_do_of_many(store::Connection& connection, const std::vector<policy::Pack>& packs,
                        const std::vector<Whose>& asking, Date today, Instant now);

// What a record does to one bearer's duty.
struct WouldCount {
  obligation::Explanation before;
  obligation::Explanation after;
  obligation::Bearer bearer;
  UnitId home;
  std::optional<obligation::RejectedRecord> rejected;  // absent: it counts
};
struct Effects {
  obligation::Facts facts;
  std::vector<WouldCount> items;
};
Effects would_count(store::Connection& connection, const std::vector<policy::Pack>& packs,
                    const record::Catalog& catalog, const record::Content& content, Date today,
                    Instant now);

}  // namespace huilu::compliance
