// Year: the records of a year as branches really keep them, and when they were typed. Used by
// plan_year; incidents.cpp has what happens once (mergers, a vacancy, an evening of invention),
// campaign.cpp what the campaign asks, leaders.cpp the year of those who lead, duties.cpp what is
// owed for one thing after another, decisions.cpp what is put in force, launched, exempted and
// deferred, ledger.cpp the problems that are put right.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
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

struct Secretary {
  Index person = 0;
  Interval span;
};

struct Branch {
  Index unit = 0;
  Index account = 0;
  std::vector<OnRoll> roll;
  std::vector<Index> guests;           // on the roll of another, and here in fact
  std::vector<Index> groups;           // party_group units
  std::vector<Secretary> secretaries;  // one after the other
  bool has_committee = false;
  int diligence = 95;          // of a hundred duties so many are done
  int fixed_day = 10;          // of the theme day, in the month
  bool at_once = true;         // typed soon afterwards, not on the desk's day
  int constitution_month = 7;  // of its theme day on the Party constitution
  int discipline_month = 9;
  Interval window;                 // of its batch in the campaign
  std::set<Date> campaign_months;  // whose theme day serves the campaign too
  std::optional<Date> deferred;    // until then, its special meeting
  std::set<Date> excused_months;   // without a theme day
  std::set<Index> volunteers;      // in the campaign, so far
  std::set<Index> helpers;         // likewise, with a good deed
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
  std::vector<std::string> types_of(const Branch& branch, Date month);
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
  Value theme(const Branch& branch, Date day);
  std::optional<Index> secretary_on(const Branch& branch, Date day) const;

  // entries.cpp: when it is typed, corrected, voided.
  void enter(Branch& branch, PlannedContent content);
  Index enter_at(Instant at, Index account, PlannedContent content);
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

  // campaign.cpp
  void meet_campaign();
  void plan_special_meeting(Branch& branch);
  void plan_making_up(Branch& branch);
  void plan_trainings();
  void plan_courses(const Interval& window, const std::vector<int>& days);
  void remember_service(Branch& branch, const PlannedContent& content);

  // leaders.cpp
  void plan_leaders();
  void plan_group(Index unit);
  void plan_committee_year();
  void plan_government_year();
  void plan_leader(Index post, int number);
  std::vector<Index> plan_contact_points(Index post);
  void plan_visits(Index post, const std::vector<Index>& points, int number);
  std::optional<Index> enter_for_leaders(Date day, PlannedContent content);
  std::optional<Date> this_year(int month, int day) const;

  // duties.cpp
  void plan_duties();
  void plan_branch_duties(Branch& branch, Dice& dice);
  void plan_pledge(const Branch& branch, Dice& dice);
  void plan_talks(Index unit, Index account, Dice& dice);
  void plan_registrations(const Branch& branch, Dice& dice);
  void plan_group_duties(Index unit, Dice& dice);
  void plan_meetings(Index unit, Dice& dice);
  void plan_feedback(Index unit, Dice& dice);
  void plan_research(Dice& dice);
  void plan_books(Index post, Dice& dice);
  void plan_notices(Dice& dice);
  void plan_courses_and_checks();
  std::vector<Index> holders_of(Index unit) const;
  bool remember_talk(Index one, Index other, Date day);
  std::optional<Index> keep(Index account, Date day, PlannedContent content);

  // decisions.cpp
  void plan_decisions(std::uint64_t seed);
  void plan_in_force();
  void plan_launch();
  void plan_excused_theme_days(Dice& dice);
  void plan_deferred_meetings(Dice& dice);
  void plan_excused_members(Dice& dice);
  void plan_undecided(Dice& dice);
  void plan_excused_secretary();
  std::vector<Branch*> ordinary_branches(Dice& dice);
  void ask(Date day, AskLeave leave, std::optional<bool> approve, std::string note);

  // ledger.cpp
  class Ledger;
  void plan_ledger(std::uint64_t seed);
  // rounds.cpp
  void plan_rounds(Index checker);

  const PlannedUnit& at(Index unit) const { return plan_.units[unit]; }
  void step(Instant at, decltype(Step::what) what) { plan_.steps.push_back({at, std::move(what)}); }

  Plan& plan_;
  std::uint64_t seed_;
  Dice dice_;
  Date today_;
  std::vector<Branch> branches_;
  std::vector<Index> points_of_last_;  // records: the contact points of the leader before
  std::set<std::tuple<Index, Index, Date>> talked_;  // two people, the earlier one first
  std::optional<Index> excused_post_;
};

std::string mark(char kind, Index index);  // "@p12"
PlannedContent record_of(Index unit, Date day, const std::string& type, Value fields);
int month_of(Date day);        // 1 to 12
Date month_after(Date month);  // the first day of the next month
Date day_in(Date month, int day);
bool is_weekend(Date day);

}  // namespace huilu::demo
