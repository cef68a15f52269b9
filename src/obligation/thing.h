// Things: what a path of a condition leads through, from a record or a bearer to a text, a number
// or a list. A path that leads nowhere has no value; one that leads through the units of a joint
// record has several.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "obligation/context.h"
#include "policy/test.h"

namespace huilu::obligation {

// Read on a day, as everything of the organisation is.
struct UnitThing {
  const Unit* unit;
  Date day;
};
struct TenureThing {
  const Tenure* tenure;
  Date day;
};
struct MemberThing {
  const Membership* membership;
  policy::MemberAt at;
  Date day;
};
// Whose posts and membership are read.
struct PersonThing {
  PersonId person;
  Date day;
};
// A record as it says in one of its versions.
struct RecordThing {
  RecordId id;
  const RecordVersion* version;
  std::span<const std::string> types;  // those whose fields are meant
  Instant known;                       // references to other records are followed as of here
};

// How the clocks of a matter stand: an object with an object {"result"} for each that was started.
using ClocksOf = std::function<Value()>;

// What was found when it was last looked back at; empty: it was not.
using FoundLast = std::function<std::string()>;

// Whether what was reviewed has changed since; nothing where no review stands.
using StaleNow = std::function<std::optional<bool>()>;

// As its type declares it; null pointer: only its header is known.
struct MatterThing {
  const Matter* matter;
  const policy::MatterType* type;
  Date day;                          // on which its units are read
  const ClocksOf* clocks = nullptr;  // null pointer: nobody asks for them
  const BallotNow* ballot = nullptr;
  const FoundLast* found = nullptr;
  const StaleNow* stale = nullptr;
};

// A Value is a leaf: a text, a number, a boolean, a list, or an object within a list.
using Thing =
    std::variant<Value, UnitThing, TenureThing, MemberThing, PersonThing, RecordThing, MatterThing>;

// The bearer on the context's day; a null Value where it is not there on this day.
Thing bearer_of(const Context& context);

// Every value that the path leads to from the thing, or from where its root says.
std::vector<Value> values_of(Context& context, const Thing& thing, const policy::Path& path);

// The items of a list that the path leads to; what is listed is read on the day of the record that
// lists it.
std::vector<Thing> items_of(Context& context, const Thing& thing, const policy::Path& path);
Thing thing_of(const Context& context, const Thing& of, const Value& item);

// Fields of the type as the record says them; null pointer: none.
const Value* field_of(const RecordVersion& version, const std::string& type,
                      const std::string& field);

// That which the type says a record counts on, otherwise the header's.
Date day_of(const RecordVersion& version, const policy::RecordType& type);

// Since when it was known, without a break, that the record is for the day that it is for now; for
// one that is not known or was taken back the last day that there is.
Date announced_on(const Record& record, const policy::RecordType& type, Instant known);

// By address, among the packs of the facts and core; null pointer: not known.
const policy::RecordType* record_type(const Context& context, std::string_view address);

}  // namespace huilu::obligation
