// What a path of a condition leads to: the properties of units, posts and members (data, one line a
// property) and the header and fields of record types. The checker asks it whether a path exists
// and what it may be compared with; the reader (policy/sentence.h) what to call it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy/matter_type.h"
#include "policy/record_type.h"
#include "policy/test.h"
#include "policy/vocabulary.h"

namespace huilu::policy {

enum class Leads {
  nothing,  // no such path; a finding was made
  other,    // what cannot be compared: a file, a duration, an instant
  text,
  integer,
  decimal,
  boolean,
  date,
  period,  // the name of one
  word,    // of a list
  unit,
  post,
  member,
  person,
  record,
  a_period,    // with name, from, until
  a_campaign,  // with unit, from, until
  a_pair,      // of persons, with both
  a_matter,    // with its header and the fields of its type
  clocks,      // of a matter, by id
  a_clock,     // with result
  a_ballot,    // of a matter: with result
  a_case,      // of a duty, with verdict
};

struct PathType {
  Leads leads = Leads::nothing;
  bool list = false;    // a list or set of these
  bool one_of = false;  // one of the record's units is meant
  bool is_protected = false;
  bool of_person = false;  // a unit of a person: it is only known of those of the bearer's unit
  std::vector<std::string_view> words;        // of a word: those that may stand here
  std::vector<std::string_view> later_words;  // that no fact of this release can have
  std::string_view property;           // the list of core that a word is of: ranks …; or tags
  bool ordered = false;                // of a word: its list is an order
  std::string record;                  // of a record: its type's address
  const Field* field = nullptr;        // where it is one
  const MatterType* matter = nullptr;  // of a matter, and of the word that its state is

  bool operator==(const PathType& other) const;  // may the two be compared?
};

// `property` of a word that is an item of a parameter's list: compared by its id.
inline constexpr std::string_view items_property = "items";

std::string describe(const PathType& type);  // for findings: "text", "unit", "list"
PathType type_of(Leads leads);
PathType type_of_record(const std::string& address);
PathType type_of_matter(const MatterType& type);
// In the place of a type, of `needs`: a matter of whatever type, also of another pack. It has what
// every matter has.
inline constexpr std::string_view any_matter_type = "any";

// `property` of a matter's state and outcome.
inline constexpr std::string_view states_property = "states";
inline constexpr std::string_view outcomes_property = "outcomes";
// And of how a clock stands, and a ballot.
// And of what a duty's case is judged as, and of how a clock stands.
inline constexpr std::string_view verdicts_property = "verdicts";
inline constexpr std::string_view clock_results_property = "clock_results";
inline constexpr std::string_view ballot_results_property = "ballot_results";
// And of what a look-back found.
inline constexpr std::string_view look_back_outcomes_property = "look_back_outcomes";

using FindRecordType = std::function<const RecordType*(std::string_view address)>;

class PathTypes {
 public:
  PathTypes(const Vocabulary& words, FindRecordType find) : words_(words), find_(std::move(find)) {}

  // One step on; nothing where there is no such property or field.
  std::optional<PathType> step(const PathType& from, std::string_view word) const;
  const RecordType* record_type(std::string_view address) const { return find_(address); }
  // Every word that can follow.
  std::vector<std::string> words_after(const PathType& from) const;

 private:
  std::optional<PathType> field_type(const Field& field) const;

  const Vocabulary& words_;
  FindRecordType find_;
};

// What the keys of a parameter's table are: unit.type, unit.rank, or kind of a post. Nothing where
// `by` is none of these.
std::optional<PathType> table_key(const PathTypes& types, std::string_view by);

// Properties of the language that this release does not know.
bool is_later_property(std::string_view word);

}  // namespace huilu::policy
