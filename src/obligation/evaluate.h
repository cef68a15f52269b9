// The naive evaluator: facts, a question, and the answer with its whole explanation. Pure and
// written to be obviously right, not fast: it is the oracle that the compliance index is held
// against, and the answer to every question about another day or about what was known then.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "obligation/facts.h"
#include "obligation/verdict.h"

namespace huilu::obligation {

// `at` and `known` are ends of days in the pack's zone, or `known` any instant.
struct Question {
  std::string obligation;  // address
  Bearer bearer;
  std::string period;  // 2026-11, campaign:c3
  Date at;
  Instant known;
};

// Why a period does not concern a bearer; `none` where it does.
enum class NotApplicable {
  none,
  not_in_force,   // no version of the pack with this duty at the period's start
  not_in_scope,   // the selector did not match, or not long enough
  not_collected,  // before the unit's go-live day: shown in words of its own
  first_period,   // the duty or the bearer began within it, and it is skipped
  closed,         // the unit ended before the end of the period
  vacant,
  no_value,         // a parameter that it needs has no value in force
  not_in_campaign,  // in no batch
  left,             // the member or holder left before the end of the period
  no_record,        // nothing was entered, and the duty says that then it does not apply
  no_case,          // there was none of what it is owed for
};

inline constexpr std::array<std::string_view, 12> not_applicable_words = {
    "none",   "not_in_force", "not_in_scope",    "not_collected", "first_period", "closed",
    "vacant", "no_value",     "not_in_campaign", "left",          "no_record",    "no_case"};

struct CountedRecord {
  RecordId record;
  std::int64_t version = 1;
  Date date;                  // the day that counts
  Instant entered;            // since it counts without a break
  bool late = false;          // done after `act`
  bool entered_late = false;  // done in time, entered after `enter`
  std::int64_t amount = 1;    // what it adds: 1, or of `sum` the value in millionths
};

struct RejectedRecord {
  RecordId record;
  Date date;
  // planned | void | outside_period | too_late | not_distinct | quality | nonconforming | lapsed |
  // serves_other
  std::string why;
  policy::Label say = {};   // of quality: the pack's words
  std::string serves = {};  // of serves_other: the address of the duty that it counts for
  // Of what should be the first or last item of a list: where it is, from 1; 0: nowhere.
  std::optional<std::int64_t> place = {};
};

// A parameter as it was bound.
struct BoundParameter {
  std::string address;
  policy::Setting value;
  policy::Basis basis = policy::Basis::assumed;
  Date from;
  Date bound_on;
  std::vector<std::string> clauses;
  policy::Label note;  // empty: none
};

// One test of `needs`, with what it found; all_of and any_of have parts.
struct TestResult {
  policy::TestKind kind = policy::TestKind::at_least;
  std::string id;       // of a case what it is owed for: an item's own, r12, p9
  policy::Label title;  // of a case that is an item; otherwise empty
  // In units, or in millionths where `decimal`.
  std::int64_t need = 0;
  std::int64_t have = 0;  // in time and late
  std::int64_t have_late = 0;
  bool decimal = false;
  Class result = Class::short_;
  bool entered_late = false;        // met only with what was entered late
  bool scaled_away = false;         // pro-rata left nothing of the need
  std::vector<std::string> met_by;  // of any_of: the ids of the parts that are done, sorted
  std::vector<CountedRecord> counted;
  std::vector<RejectedRecord> rejected;
  std::vector<TestResult> parts;
};

// One of the cases of a duty with for_each; its records stand in the part of the test that has its
// id.
struct CaseResult {
  std::string id;
  Date day;
  Schedule schedule;
  Class the_class = Class::not_applicable;
  Verdict verdict = Verdict::not_applicable;
};

struct DeadlineSteps {
  std::vector<Date> act;
  std::vector<Date> enter;
};

struct Explanation {
  Question question;
  const policy::Obligation* obligation = nullptr;
  std::string pack_version;
  calendar::Period period;
  Interval span;  // the bearer's part of the period
  Schedule schedule;
  DeadlineSteps steps;
  std::string calendar_revision;

  Verdict verdict = Verdict::not_applicable;
  Class the_class = Class::not_applicable;
  Phase phase = Phase::running;
  Cause cause = Cause::none;
  NotApplicable why_not = NotApplicable::none;
  std::vector<Mark> marks;

  // Each line of the selector with the value found: {"unit.type", "branch"}.
  std::vector<std::pair<std::string, std::string>> in_scope_because;
  TestResult test;                // with for_each: all of the cases, a part each
  std::vector<CaseResult> cases;  // with for_each, as the parts of `test`
  std::vector<BoundParameter> parameters;
  std::optional<Leave> leave;  // that was decided for it

  // What went wrong while judging, in technical words; then the class is unknown.
  std::string error;

  // What would turn it: so many more fitting records, done within these days (both included) and
  // entered on the day that is asked about or, where they lie ahead, on the day itself. Then the
  // verdict on that day is `gives`.
  struct Fix {
    struct Part {  // of a test made of others: what each of them lacks
      std::string id;
      std::int64_t missing = 0;
      bool decimal = false;
      Date from;
      Date until;
    };
    std::int64_t missing = 0;  // in the unit of `test`; 0 of a test made of others: see `parts`
    Date from;
    Date until;
    Verdict gives = Verdict::met;
    std::vector<Mark> marks;
    std::vector<RecordId> mend;  // rejected for their quality: each mended is one that counts
    std::vector<Part> parts;     // all of them are needed
  };
  // By what is done, or was done, in time; absent where nothing can or need be done.
  std::optional<Fix> fix;
  // By doing it now, where the last day for it is over and late acts count.
  std::optional<Fix> fix_late;
};

// An error in the facts, or in a pack that was not checked, is `unknown` with the words that say
// so, never met.
Explanation evaluate(const Facts& facts, const Question& question);

class Calendars;

// For many questions about the same facts, which must outlive it.
class Evaluator {
 public:
  explicit Evaluator(const Facts& facts);
  ~Evaluator();
  Evaluator(const Evaluator&) = delete;
  Evaluator& operator=(const Evaluator&) = delete;

  Explanation evaluate(const Question& question);
  Calendars& calendars() { return *calendars_; }

 private:
  const Facts& facts_;
  std::unique_ptr<Calendars> calendars_;
};

// Every obligation in force on a day somewhere, those of the version that began last first.
std::vector<const policy::Obligation*> obligations_on(const Facts& facts, Date day, Instant known);

// The periods of an obligation that begin before `until` and end after `from`, in order.
std::vector<calendar::Period> periods_of(const Facts& facts, const policy::Obligation& obligation,
                                         Date from, Date until, Instant known);

// Whoever may owe the duty in the period: units, tenures or persons among the facts.
std::vector<Bearer> bearers_of(const Facts& facts, const policy::Obligation& obligation,
                               const calendar::Period& period, Instant known);

// The unit in whose row the bearer is counted: itself, the post's, the member's branch.
UnitId home_of(const Facts& facts, const Bearer& bearer, const policy::Obligation& obligation,
               const calendar::Period& period, Date at);

}  // namespace huilu::obligation
