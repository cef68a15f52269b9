// What the room decides beside the lifecycle (obligation/lifecycle.h): which version of a type a
// matter is opened under, what it may name, how it is committed to. Pure.
#pragma once

#include <map>
#include <set>
#include <string_view>
#include <vector>

#include "matter/types.h"
#include "matter/waits.h"
#include "obligation/clock.h"
#include "policy/pack.h"

namespace huilu::matter {

// The pack in force at the unit that declares the type; null pointer: none does.
const policy::Pack* pack_in_force(const obligation::Facts& facts, std::string_view type,
                                  UnitId unit, Date today, Instant now);
// Every type in force somewhere, once, by address; of several versions the latest.
std::vector<const policy::MatterType*> types_in_force(const obligation::Facts& facts, Date today,
                                                      Instant now);
// The version that the matter keeps. A Fault where the installation has lost it.
const policy::Pack& pack_of(const std::vector<policy::Pack>& packs, std::string_view type,
                            std::string_view version);
const policy::MatterType& type_in(const policy::Pack& pack, std::string_view type);

// What must be in the tables, and where the request names it.
struct Mentioned {
  std::vector<std::pair<UnitId, std::string>> units;
  std::map<std::string, std::vector<std::string>> kinds;  // where only such units may be named
  std::vector<std::pair<PersonId, std::string>> persons;
  std::vector<std::pair<PostId, std::string>> posts;
  std::vector<std::pair<FileId, std::string>> files;
  std::vector<std::pair<RecordId, std::string>> records;
};
Mentioned mentioned_in(const policy::MatterType& type, const obligation::Change& change);

struct Known {
  std::map<UnitId, Interval> units;
  std::map<UnitId, std::map<Date, std::string>> unit_types;  // from a day on
  std::set<PersonId> persons;
  std::set<PostId> posts;
  std::set<FileId> files;
  std::set<RecordId> records;
};
// unknown_unit, unit_closed (the responsible unit), unknown_word (a unit of another type than the
// field permits), unknown_person, unknown_post, unknown_file, unknown_record.
Refusals check_known(const Mentioned& mentioned, const Known& known, Date today);

// The types of units that a field may name; none: any.
std::vector<std::string> kinds_of(const policy::Field& field);
// The units that it names in its fields, and its own.
std::vector<UnitId> units_of(const Matter& matter, const policy::MatterType& type);
// Fields that earlier moves asked for.
std::vector<std::string> demanded_by(const policy::MatterType& type,
                                     const std::vector<std::string>& moves);

// For its clocks.
obligation::MatterStep step_of(const Version& version);
std::vector<obligation::MatterStep> steps_of(const std::vector<Version>& history);
// What is kept after the last of these steps; `facts` as of its day.
Kept kept_after(const obligation::Facts& facts, const policy::Pack& pack,
                const policy::MatterType& type, const std::vector<obligation::MatterStep>& steps);
std::vector<KeptLookBack> kept_look_backs(const obligation::Lifecycle& life);
// The same on a later day.
Kept kept_now(const obligation::Lifecycle& life);

Committed committed_form(const Version& version, const policy::MatterType& type);
// The matter and the reason, from the rows.
void restore(std::string_view content, const std::vector<Part>& parts, Version& version);

}  // namespace huilu::matter
