// Checks: what a pack asks before a record is saved, planned, ended or changed, at the moment of
// acting. Parsed and checked here, judged in the room obligation, enforced by the room record, read
// aloud by policy/sentence.h. A loaded pack promises that every name in one resolves, and that its
// sets are narrowed so that few records have to be read.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy/test.h"

namespace huilu::policy {

// What is about to happen to the record. `save`: it is entered, planned or corrected; `plan`: it
// stands as a plan afterwards; `end`: a lasting record gets the day on which it ends, or another;
// `change`: one that is there already is corrected.
enum class Act { save, plan, end, change };

inline constexpr std::array<std::string_view, 4> act_words = {"save", "plan", "end", "change"};

// What follows where the test does not hold: it is refused; it is refused unless a reason is given,
// which is kept with the record; it is said, and nothing else.
enum class Otherwise { refuse, reason, warn };

inline constexpr std::array<std::string_view, 3> otherwise_words = {"refuse", "reason", "warn"};

struct Before {
  Act act = Act::save;
  std::string record_type;  // address
  Place place;
};

// In `when`, `needs` and `say` the record is as it would be afterwards, and sets include it so.
struct Check {
  std::string name;     // "contact_point_once"
  std::string address;  // "standing-duties/contact_point_once"
  std::vector<std::string> clauses;
  Label title;
  std::optional<Label> guide;
  Before before;
  Condition when;  // about the record; empty: always
  Test needs;
  Otherwise otherwise = Otherwise::refuse;
  std::optional<Label> say;  // {need} {have} {missing} {others}; absent: the title
  Place place;
};

// What the words of a check are filled with.
struct CheckWords {
  std::string need;
  std::string have;
  std::string missing;
  std::vector<std::string> others;  // the other records of its sets, as they may be named
};
// The words that are shown where it fails.
std::string said(const Check& check, const CheckWords& words, Language language);

// The line by which the record in hand narrows a set: `host: $it.host`, of a unit, a person or a
// record; of a path of one step and $it with at most one. Null pointer: there is none.
const Comparing* narrowing(const Set& set);

}  // namespace huilu::policy
