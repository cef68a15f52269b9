// The nouns of matters: what has to be settled, as it stands (obligation::Matter) and every version
// of it. Used by the room's commands and queries, the API and the demo.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/time.h"
#include "base/value.h"
#include "journal/journal.h"
#include "obligation/facts.h"

namespace huilu::matter {

using obligation::Matter;

// The number that it had in the sheet it was imported from, and the unit in whose ledger.
struct Numbered {
  UnitId ledger;
  std::string number;
};

// A matter as one of its versions left it.
struct Version {
  Matter matter;
  std::optional<Numbered> numbered;
  std::string pack_version;  // of the pack that it was opened under
  std::int64_t version = 0;
  std::string move;  // empty: opened, edited, or a deed
  std::optional<obligation::Deed> deed;
  std::string reason;
  Instant at;
  AccountId account;
  std::string role;  // by which the account may do it
  journal::Sequence seq = 0;

  bool is_opening() const { return version == 1; }
};

// The present version, and what is kept beside it.
struct Stored {
  Version now;
  std::optional<Date> first_due;  // the deadline as it was first set
  std::optional<Date> next_due;   // of its clocks and its deadline: what comes first, while open
  bool is_stale = false;          // what was reviewed has changed since

  // "rectification" of "rectification/rectification".
  std::string pack() const { return now.matter.type.substr(0, now.matter.type.find('/')); }
};

// What the journal commits to: the content as canonical JSON with null in the place of each
// personal part, and the parts one by one.
struct Part {
  std::string pointer;
  std::optional<PersonId> person;
  std::string value;  // JSON
};
struct Committed {
  std::string content;
  std::vector<Part> parts;
};

}  // namespace huilu::matter
