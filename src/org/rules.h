// The rules of units: what creating, renaming, changing, moving, relating and closing a unit makes
// of it, or why not. Pure: the loaded state, the vocabulary and the context are arguments, the
// result is the whole unit as it will be. Used by commands and imports; all refusals of an input
// are collected.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "command/command.h"
#include "org/types.h"
#include "policy/vocabulary.h"

namespace huilu::org {

// The changes, as they are asked for. `version` is the one that the asker has seen.

struct CreateUnit {
  std::string name;
  Kind kind;
  std::optional<UnitId> parent;  // none: a root; only the program makes roots
  std::optional<PlaceId> seat;
  std::optional<std::string> code;
  std::optional<std::string> code_system;
  std::optional<std::int64_t> official_order;
  std::optional<Date> go_live;
  Date from;
};

struct RenameUnit {
  UnitId unit;
  std::int64_t version = 0;
  std::string name;
  Date date;
};

struct ChangeUnitKind {
  UnitId unit;
  std::int64_t version = 0;
  Kind kind;
  Date date;
};

// What has no history: replaced as a whole.
struct ChangeUnitDetails {
  UnitId unit;
  std::int64_t version = 0;
  std::optional<std::string> code;
  std::optional<std::string> code_system;
  std::optional<std::int64_t> official_order;
  std::optional<Date> go_live;
};

// `from` is the parent that the unit has on the date: the permission is needed there too.
struct MoveUnit {
  UnitId unit;
  std::int64_t version = 0;
  std::optional<UnitId> from;
  std::optional<UnitId> to;
  Date date;
};

// Kinds of which a unit has one at a time replace the one before.
struct RelateUnit {
  UnitId unit;
  std::int64_t version = 0;
  RelationKind kind{};
  Target target;
  Date date;
};

struct EndUnitRelation {
  UnitId unit;
  std::int64_t version = 0;
  std::int64_t relation = 0;
  Date date;
};

struct CloseUnit {
  UnitId unit;
  std::int64_t version = 0;
  Date date;
};

// What a rule has to know of another unit.
struct Standing {
  UnitId id;
  Interval span;
  std::string path;
};

// A row of the affiliation history.
struct Affiliation {
  UnitId unit;
  std::optional<UnitId> parent;
  Interval span;
};

// The affiliations of all days, to walk upwards.
class Affiliations {
 public:
  void add(const Affiliation& affiliation);
  // True when `unit`, put below `parent` over `span`, would stand below itself on some day of it.
  bool make_cycle(UnitId unit, UnitId parent, const Interval& span) const;

 private:
  std::multimap<UnitId, Affiliation> rows_;
};

struct CreateFacts {
  std::optional<Standing> parent;  // of CreateUnit::parent
  bool seat_known = false;
  std::optional<UnitId> same_code;  // the unit that has this code
};

struct MoveFacts {
  std::optional<Standing> to;
  // Every affiliation, on or after the date, of the new parent and of all that was ever above it.
  Affiliations above;
};

struct RelateFacts {
  std::optional<Interval> target;  // of the unit, place or post; none: unknown
};

// What would be left hanging after the closing day.
struct CloseFacts {
  std::int64_t children = 0;
  std::int64_t members = 0;
  std::vector<Date> starts;  // first days of posts, tenures, employments that are not over by then
};

using command::Context;
using policy::Vocabulary;

Result<Unit> decide(const CreateUnit& change, const CreateFacts& facts, const Vocabulary& words,
                    const Context& context);
// Below, `unit` is what was loaded; without it the answer is unknown_unit.
Result<Unit> decide(const RenameUnit& change, const std::optional<Unit>& unit);
Result<Unit> decide(const ChangeUnitKind& change, const std::optional<Unit>& unit,
                    const Vocabulary& words);
Result<Unit> decide(const ChangeUnitDetails& change, const std::optional<Unit>& unit,
                    std::optional<UnitId> same_code);
Result<Unit> decide(const MoveUnit& change, const std::optional<Unit>& unit, const MoveFacts& facts,
                    const Context& context);
Result<Unit> decide(const RelateUnit& change, const std::optional<Unit>& unit,
                    const RelateFacts& facts);
Result<Unit> decide(const EndUnitRelation& change, const std::optional<Unit>& unit);
Result<Unit> decide(const CloseUnit& change, const std::optional<Unit>& unit,
                    const CloseFacts& facts);

// Single values, for imports that know a cell instead of a pointer.
Refusals check_name(const std::string& name, const std::string& where);
Refusals check_kind(const Kind& kind, const Vocabulary& words, const std::string& pointer);
std::string cleaned(std::string_view text);  // NFC, without blanks around it
Kind cleaned(Kind kind);                     // tags in order and once; the rank none left out

// The day whose values today's copy shows: today, or the nearest day of the unit's life.
Date day_of_copy(const Unit& unit, Date today);
std::optional<UnitId> parent_on(const Unit& unit, Date day);
std::optional<PlaceId> seat_on(const Unit& unit, Date day);
// The first day after today on which today's copy must be made anew.
std::optional<Date> next_change(const Unit& unit, Date today);

}  // namespace huilu::org
