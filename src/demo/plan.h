// The plan of a demo: everything that will be entered, as values, made from a seed without a
// database. Things name each other by their position in the plan's lists; a parent always stands
// before its children. carry_out.h enters it; tests count it.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/time.h"
#include "base/value.h"
#include "identity/types.h"
#include "org/types.h"

namespace huilu::demo {

using Index = std::size_t;

// How large the invented country is. The default is the district of the design; a test makes a
// smaller one.
struct Shape {
  int cities = 1;
  int counties = 1;  // in all
  int towns = 12;
  int villages = 15;  // a town
  int schools = 40;
  int hospitals = 4;
  int firms = 5;
  int departments = 28;
  bool above_county = false;  // the organs of the province and the cities too
  // So many counties, from the first one, have people and records; the others have organisations.
  int counties_with_people = 1;
};
Shape district_shape();
Shape province_shape();
Shape small_shape();  // a town with three villages

// Tags of units that the shipped packs ask for.
inline constexpr std::string_view leadership_tag = "leadership";  // led by a group of leaders
inline constexpr std::string_view committee_tag = "committee";    // a branch that has one
inline constexpr std::string_view groups_tag = "groups";          // a branch that has Party groups
inline constexpr std::string_view in_service_tag =
    "in_service";  // its members serve where they live
inline constexpr std::string_view training_tag = "training_organiser";
inline constexpr std::string_view inspects_tag = "inspects";

struct PlannedPlace {
  std::string name;
  std::string code;
  int level = 0;
  std::optional<Index> parent;
};

// Where a branch stands: decides the size of its roll and what its year looks like.
enum class Milieu {
  none,  // no members
  village,
  community,
  organ,
  police,
  school,
  hospital,
  state_firm,
  private_firm,
  retired,
};

struct PlannedRelation {
  org::RelationKind kind{};
  Index unit = 0;
};

struct PlannedUnit {
  std::string name;
  org::Kind kind;
  std::optional<Index> parent;
  std::optional<Index> seat;
  std::int64_t official_order = 0;
  Date from;
  std::optional<Date> go_live;
  std::vector<PlannedRelation> relations;
  Milieu milieu = Milieu::none;
  bool with_people = false;   // has posts, and where it is a branch a roll and records
  std::optional<Index> desk;  // the account that types for it
};

struct PlannedMembership {
  Index unit = 0;
  org::MembershipKind kind = org::MembershipKind::full_member;
  bool floating = false;
  std::optional<Index> host;
  Date since;
};

struct PlannedPerson {
  std::string name;
  std::optional<PlannedMembership> membership;
  std::optional<Index> employer;
  Date employed_since;
};

struct PlannedPost {
  Index unit = 0;
  std::string kind;
  std::string title;
  std::int64_t official_order = 0;
  Date from;
  std::optional<Index> holder;
  Date held_since;
};

struct PlannedContact {  // the unit with which the holder of the post keeps contact
  Index unit = 0;
  Index post = 0;
};

struct PlannedGrant {
  identity::Role role{};
  std::optional<Index> unit;
  identity::Scope scope = identity::Scope::subtree;
};

struct PlannedAccount {
  std::string name;
  std::string display_name;
  std::optional<Index> person;
  bool has_password = false;  // the accounts that are shown
  std::vector<PlannedGrant> grants;
};

// What a record says. Texts "@p12", "@u12" and "@r12" in the fields stand for a person, a unit and
// an earlier record.
struct PlannedContent {
  std::vector<std::string> types;
  std::vector<Index> units;
  Date date;
  std::string place;
  std::vector<Index> present;
  Value fields{Value::Object{}};
  std::map<std::string, std::string> check_reasons =
      {};  // those that are not asked for are dropped
};

struct Enter {
  Index record = 0;  // its number among all Enter steps
  Index account = 0;
  PlannedContent content;
};
struct Correct {
  Index record = 0;
  Index account = 0;
  PlannedContent content;
  std::string reason;
};
struct Void {
  Index record = 0;
  Index account = 0;
  std::string reason;
};
// Replaces the membership that the person has, if any: admission, full membership, transfer.
struct Enrol {
  Index person = 0;
  PlannedMembership membership;
};
struct LeavePost {
  Index post = 0;
  Date date;
};
struct TakePost {
  Index post = 0;
  Index person = 0;
  Date date;
};
struct CloseBranch {
  Index unit = 0;
  Date date;
};

// What one account proposes and another confirms.
struct TwoPersons {
  Index proposer = 0;
  Index confirmer = 0;
};
struct ImportText {  // of a policy document that packs cite, in words of our own
  Index account = 0;
  std::string document;  // "document-000"
};
struct PutInForce {  // everywhere
  TwoPersons by;
  std::string pack;
  Date from;
  std::string reason;
};
struct DecideValue {
  TwoPersons by;
  std::string parameter;
  Value value;
  Date from;
  std::string ref;
};
struct Launch {
  Index account = 0;
  std::string pack;
  Index unit = 0;
  std::vector<std::pair<std::string, Interval>> batches;
};
struct PlaceInBatch {
  Index account = 0;
  Index unit = 0;
  std::string batch;
  Date from;
  std::string reason;
};

// Whose duty it is: one of the three.
struct PlannedBearer {
  std::optional<Index> unit;
  std::optional<Index> post;  // whoever holds it then
  std::optional<Index> person;
};
struct AskLeave {
  Index leave = 0;  // its number among all AskLeave steps
  Index account = 0;
  std::string obligation;
  PlannedBearer bearer;
  std::string period;       // "campaign" is the one that was launched
  std::optional<Date> act;  // of a deferral; absent: an exemption
  std::string reason;
  std::string note;
};
struct DecideLeave {
  Index leave = 0;
  Index account = 0;
  bool approve = true;
  std::string note;
};

struct OpenMatter {
  Index matter = 0;  // its number among all OpenMatter steps
  Index account = 0;
  std::string type;
  Index unit = 0;
  Value fields{Value::Object{}};  // units as "@u12"
};
struct MoveMatter {
  Index matter = 0;
  Index account = 0;
  std::string move;
  Value fields{Value::Object{}};
  std::optional<Date> due;
  std::string reason;
  std::string found = {};  // instead of a move: by looking back
};

// A round of the ledger; what it took in is known when it is carried out.
struct HoldRound {
  enum What { open, answer_all, answer_half, confirm, lock, decide, report };
  What what = open;
  Index round = 0;  // its number among those that are opened
  Index account = 0;
  Index unit = 0;    // of open, and the lead unit of confirm
  Date day;          // of open the cut-off; of decide by when
  std::string name;  // of open
};

// A round of look-backs of all that is settled and may be looked at until its last day.
struct HoldLookBacks {
  Index account = 0;
  Index unit = 0;
  Date until;
  std::string name;
};

struct Step {
  Instant at;
  std::variant<Enter, Correct, Void, Enrol, LeavePost, TakePost, CloseBranch, ImportText,
               PutInForce, DecideValue, Launch, PlaceInBatch, AskLeave, DecideLeave, OpenMatter,
               MoveMatter, HoldRound, HoldLookBacks>
      what;
};

// The campaign in two batches: the first is over, the second runs.
struct PlannedCampaign {
  Interval first;
  Interval second;
  std::optional<Index> early;  // a committee whose branches are placed into the first batch
};

struct Plan {
  Shape shape;
  Instant made;
  Date go_live;        // of nearly all units; the set-up lies before it
  Date later_go_live;  // of the development zone
  Date next_wave;      // of units without people: after the demo
  PlannedCampaign campaign;
  std::vector<PlannedPlace> places;
  std::vector<PlannedUnit> units;
  std::vector<PlannedPerson> persons;
  std::vector<PlannedPost> posts;
  std::vector<PlannedContact> contacts;
  std::vector<PlannedAccount> accounts;
  std::vector<Step> steps;             // in the order of time
  Index records = 0;                   // Enter steps
  Index leaves = 0;                    // AskLeave steps
  Index matters = 0;                   // OpenMatter steps
  std::vector<Index> matter_accounts;  // of each, who works for the unit

  std::vector<std::vector<Index>> rolls;            // of each unit, its members at the set-up
  std::vector<std::pair<Index, Index>> candidates;  // a person who joins during the year; where
  std::optional<Index> secretary_branch;            // of the account that is shown
  std::optional<Index> department;
  std::optional<Index> committee;   // of the first county, above all that has people
  std::optional<Index> government;  // likewise
  // Accounts: who decides for the county, who writes policy, who types for the leaders.
  Index office = 0;
  Index confirmer = 0;  // of policy for the whole installation
  Index author = 0;
  Index leaders_desk = 0;
};

bool is_branch(const PlannedUnit& unit);  // branch, joint_branch, temporary_branch
bool has_tag(const PlannedUnit& unit, std::string_view tag);
// A committee, a group of leaders, the county's government, who trains or inspects: has records,
// and no roll of its own.
bool keeps_leaders_records(const Plan& plan, Index unit);
bool is_leader(const Plan& plan, const PlannedPost& post);  // of the county's committee, government

// The first day of the month a year before the demo is made.
Date go_live_of(Instant made);
PlannedCampaign campaign_of(Date today);
Date first_of_month(Date day);
Instant at_time(Date day, int minutes, int seconds = 0);  // in China, minutes since midnight

Plan make_plan(std::uint64_t seed, const Shape& shape, Instant made);

// The parts of it, in this order; each reads what the earlier ones planned.
void plan_units(Plan& plan, std::uint64_t seed);  // places and units
void plan_people(Plan& plan, std::uint64_t seed);
void plan_accounts(Plan& plan);
void plan_year(Plan& plan, std::uint64_t seed);

}  // namespace huilu::demo
