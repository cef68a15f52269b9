// The nouns of records: what was done, entered once, of one or several types, by one or several
// units. A record is a row of versions; each says everything, so that a version can be read alone.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "base/time.h"
#include "base/value.h"
#include "journal/journal.h"

namespace huilu::record {

enum class State {
  planned,  // lies ahead; never counts
  entered,
  void_,  // taken back, with a reason; never counts
};
std::string_view word_of(State state);
State state_from(std::string_view word);  // of a row; a Fault when it is none

// What a record says.
struct Content {
  std::vector<std::string> types;  // addresses: "core/theme_party_day"
  std::vector<UnitId> units;
  Date date;
  std::string place;
  std::vector<PersonId> present;
  Value fields;  // address of the type → object
  // Why it stands although a check of a pack does not hold; address of the check → text.
  std::map<std::string, std::string> check_reasons;

  bool operator==(const Content&) const = default;
};

// From a request's body; unknown members are refused but for `extra`, which the caller reads.
Content content_from(const Value& body, const std::vector<std::string_view>& extra,
                     Refusals& refusals);

struct Version {
  RecordId record;
  std::int64_t version = 0;
  State state = State::entered;
  Content content;
  std::string reason;  // of a correction or a void
  Instant at;
  AccountId account;
  std::string role;  // by which the account entered it; "delegate": on behalf of the unit
  journal::Sequence seq = 0;
};

// What the journal commits to: the content as canonical JSON with null in the place of each
// personal part, and the parts one by one.
struct Part {
  std::string pointer;
  std::optional<PersonId> person;
  std::string value;  // JSON

  bool operator==(const Part&) const = default;
};
struct Committed {
  std::string content;
  std::vector<Part> parts;
};

}  // namespace huilu::record
