// The room's decisions. Pure: content, types, what the tables know and today's date are arguments.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/refusal.h"
#include "record/catalog.h"
#include "record/types.h"

namespace huilu::record {

// A fact as sets of records count it: this unit, this type, this date.
struct Fact {
  UnitId unit;
  std::int64_t type = 0;
  Date counts_on;

  auto operator<=>(const Fact&) const = default;
};

// What must be in the tables for a content to be accepted, and where the content names it.
struct Mentioned {
  std::vector<std::pair<UnitId, std::string>> units;
  std::vector<std::pair<PersonId, std::string>> persons;
  std::vector<std::pair<PostId, std::string>> posts;
  std::vector<std::pair<FileId, std::string>> files;
  std::vector<std::pair<RecordId, std::string>> records;
  std::map<RecordId, std::string> record_types;  // the type that a mentioned record must have

  std::vector<UnitId> units_in_fields() const;  // each once
};
Mentioned mentioned_in(const Content& content, const Catalog& catalog);

// What the tables know of what was mentioned.
struct Known {
  std::map<UnitId, Interval> units;
  std::set<PersonId> persons;
  std::set<PostId> posts;
  std::set<FileId> files;
  std::map<RecordId, std::vector<std::string>> records;  // not void → its types
  std::map<std::string, RecordId> identities;            // hash → the record that has it
};

// Types whose records only come by import are refused when they are typed.
enum class Origin { entered, imported };

// What can be said from the content alone: types, header, fields. All faults at once.
Refusals check_content(const Content& content, const Catalog& catalog, Date today,
                       Origin origin = Origin::entered);

// What only the tables can say; `self` is the record that is corrected.
Refusals check_known(const Content& content, const Mentioned& mentioned, const Known& known,
                     RecordId self);

// A date ahead makes a plan.
State state_on(const Content& content, Date today);

std::vector<Fact> facts_of(const Content& content, const Catalog& catalog);
std::vector<std::string> identity_hashes(const Content& content, const Catalog& catalog);

// The bytes that the journal commits to, and back from the rows.
Committed committed_form(const Content& content, State state, const std::string& reason,
                         const Catalog& catalog);
struct Restored {
  Content content;
  State state = State::entered;
  std::string reason;
};
Restored restored(const std::string& content, const std::vector<Part>& parts);

}  // namespace huilu::record
