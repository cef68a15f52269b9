// What every sentence of a pack is made of: condition → set → test. A condition speaks about one
// thing, a set chooses facts by a condition, a test counts a set or holds a condition. The parser
// fills these, the checker resolves their names, the evaluator (room obligation) and the reader
// (policy/sentence.h) walk them. There is no other expression in the language.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/time.h"
#include "base/value.h"
#include "policy/duration.h"
#include "policy/label.h"
#include "policy/parameter.h"
#include "policy/yaml.h"

namespace huilu::policy {

// Where a path starts: at the thing that the condition speaks about, or at a reference.
enum class Root { thing, bearer, it, period, actor, campaign };

inline constexpr std::array<std::string_view, 6> root_words = {"",        "$bearer", "$it",
                                                               "$period", "$actor",  "$campaign"};

// `visitor`, `unit.parent`, `$bearer.holder`.
struct Path {
  Root root = Root::thing;
  std::vector<std::string> steps;
  Place place;

  bool operator==(const Path& other) const { return root == other.root && steps == other.steps; }
  std::string text() const;
};

// {param: p} or {param: p, for: path}.
struct ParameterUse {
  std::string name;  // within the pack
  std::optional<Path> key;
  Place place;
};

// A moment that dates are reckoned from.
struct Anchor;
using AnchorPointer = std::shared_ptr<const Anchor>;

// A duration written out, or one that a parameter holds.
using DurationUse = std::variant<Duration, ParameterUse>;
using MonthDayUse = std::variant<MonthDay, ParameterUse>;

enum class Moment { period_start, period_end, case_, known, campaign_start, campaign_end, today };

inline constexpr std::array<std::string_view, 7> moment_words = {
    "period_start", "period_end", "case", "known", "campaign_start", "campaign_end", "today"};

struct AfterAnchor {
  AnchorPointer anchor;
  DurationUse by;
};
struct BeforeAnchor {
  AnchorPointer anchor;
  DurationUse by;
};
enum class YearOf { this_, next };
struct YearDay {
  MonthDayUse day;
  YearOf of = YearOf::this_;  // the year of the period's start, or the one after it
};

struct Anchor {
  std::variant<Moment, Date, Path, AfterAnchor, BeforeAnchor, YearDay> what = Moment::period_end;
  Place place;
};

// The right side of a comparison. A Value is a text (also of a decimal: "12.5"), an integer or a
// boolean; in a loaded pack what is compared with a date is an Anchor.
struct Operand {
  std::variant<Value, Path, ParameterUse, Anchor> what;
  Place place;  // without a file: it could not be read
};

enum class Comparison {
  equal,  // path: value; path: [a, b] has several operands and means one of them
  ne,
  lt,
  le,
  gt,
  ge,
  between,  // two operands, both included
  present,  // one operand: a boolean
  has,
  has_all,
  size,  // `inner`: a condition on the number; the paths of its lines are empty
  some,  // some, all, none, first, last: `inner` on items of a list; empty paths: on the item
         // itself
  all,
  none,
  first,
  last,
  within,
};

inline constexpr std::array<std::string_view, 17> comparison_words = {
    "equal",   "ne",   "lt",   "le",  "gt",   "ge",    "between", "present", "has",
    "has_all", "size", "some", "all", "none", "first", "last",    "within"};

struct Condition;

// One line of a condition. Several comparisons of one path are several lines.
struct Comparing {
  Path path;
  Comparison comparison = Comparison::equal;
  std::vector<Operand> operands;
  std::shared_ptr<const Condition> inner;
  Place place;
};

// All of its parts must hold; an empty condition holds.
struct Condition {
  std::vector<Comparing> lines;
  std::vector<std::vector<Condition>> any_of;
  std::vector<Condition> not_;
  Place place;
};

// A condition whose failure is told, in these words.
struct Quality {
  Condition condition;
  Label say;
};

enum class SetSource {
  record,
  matter,
  units,
  posts,
  members,
  cases,
  ballots,
  items,
  values,
  pairs
};

inline constexpr std::array<std::string_view, 10> set_source_words = {
    "record", "matter",  "units", "posts",  "members",
    "cases",  "ballots", "items", "values", "pairs"};

struct During {
  Anchor from;
  Anchor until;  // both days are included
};

struct Set {
  SetSource source = SetSource::record;
  std::vector<std::string> names;  // of record, matter, cases, ballots: addresses, resolved
  Condition where;                 // candidates; of units, posts, members: the condition itself
  std::vector<Quality> counts_if;
  std::optional<During> during;
  std::optional<Anchor> active;  // of lasting records
  std::optional<Path> items;     // of items
  Place place;                   // of the source's name
};

// A number that a test compares with.
struct Threshold {
  std::variant<std::int64_t, Decimal, ParameterUse> what;
  Place place;  // without a file: it could not be read
};

enum class TestKind { at_least, at_most, exactly, holds, all_of, any_of };

inline constexpr std::array<std::string_view, 6> test_kind_words = {
    "at_least", "at_most", "exactly", "holds", "all_of", "any_of"};

struct Test {
  TestKind kind = TestKind::at_least;
  Threshold threshold;      // of the three that count
  Set of;                   // of the three that count
  std::optional<Path> sum;  // of these at most one
  std::optional<Path> distinct;
  std::optional<Condition> share;
  Condition holds;          // of holds
  std::vector<Test> parts;  // of all_of, any_of
  std::string id;
  std::optional<Label> say;
  Place place;

  bool counts() const { return kind <= TestKind::exactly; }
};

}  // namespace huilu::policy
