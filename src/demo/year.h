// Year: the records of a year as branches really keep them, and when they were typed. Used by
// plan_year; incidents.cpp has what happens once (mergers, a vacancy, an evening of invention).
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "demo/dice.h"
#include "demo/plan.h"

namespace huilu::demo {

struct OnRoll {
  Index person = 0;
  Interval span;
  bool floating = false;
};

struct Branch {
  Index unit = 0;
  Index account = 0;
  std::vector<OnRoll> roll;
  std::vector<Index> groups;  // party_group units
  std::optional<Index> secretary;
  bool has_committee = false;
  int diligence = 95;   // of a hundred duties so many are done
  int fixed_day = 10;   // of the theme day, in the month
  bool at_once = true;  // typed soon afterwards, not on the desk's day
  std::optional<Date> closed;
  std::optional<Date> slack_from;               // from then on hardly anything
  bool invented = false;                        // its records come from an evening
  std::set<std::pair<std::string, Date>> used;  // one record of a type a day
};

class Year {
 public:
  Year(Plan& plan, std::uint64_t seed);
  void plan();

 private:
  // year.cpp: what is done, month by month.
  void meet_branches();
  void plan_month(Branch& branch, Date month);
  void plan_theme_day(Branch& branch, Date month);
  void plan_committee(Branch& branch, Date month, Date theme_day);
  void plan_groups(Branch& branch, Date month);
  void plan_works(Branch& branch, Date month);
  void plan_life_meeting(Branch& branch, Date month);
  Date theme_day_of(const Branch& branch, Date month);
  bool done(const Branch& branch, Date day, int percent);
  int of_august(Date month, int percent, int august) const;

  // contents.cpp: what a record says.
  PlannedContent sitting(const Branch& branch, Date day, std::vector<std::string> types);
  Value fields_of(const Branch& branch, const std::string& type, const PlannedContent& content);
  std::vector<Index> present(const Branch& branch, Date day);
  std::vector<Index> roll_on(const Branch& branch, Date day) const;
  std::string place_of(const Branch& branch) const;
  Value talk(const Branch& branch, Date day);

  // entries.cpp: when it is typed, corrected, voided.
  void enter(Branch& branch, PlannedContent content);
  void enter_at(Instant at, Index account, PlannedContent content);
  Instant entry_time(const Branch& branch, Date day);
  Instant desk_time(const Branch& branch, Date day);
  Instant in_slot(Date day, int minute) const;
  void maybe_revise(Instant at, Index account, const PlannedContent& content);

  // incidents.cpp
  void plan_enrolments();
  void plan_mergers();
  void merge(Branch& from, Branch& into, Date day);
  void plan_vacancy();
  void plan_successions();
  void plan_invented_evening();
  void plan_joint_records();
  void plan_ahead();
  Branch* branch_of(Index unit);
  std::optional<Index> secretary_post(Index unit) const;

  const PlannedUnit& at(Index unit) const { return plan_.units[unit]; }
  void step(Instant at, decltype(Step::what) what) { plan_.steps.push_back({at, std::move(what)}); }

  Plan& plan_;
  Dice dice_;
  Date today_;
  std::vector<Branch> branches_;
};

Date first_of_month(Date day);
Date month_after(Date month);  // the first day of the next month
Date day_in(Date month, int day);
bool is_weekend(Date day);

}  // namespace huilu::demo
