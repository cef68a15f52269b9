// Facts: everything that a verdict can depend on, in one plain structure without a database. The
// compliance room fills it from the tables for the bearers that are asked about, a story of a pack
// fills it line by line, and tests by hand. The evaluator reads nothing else.
//
// Two axes: every fact carries the dates in which it is true, and records, decisions and settings
// also the instant from which they are known. The organisation is read as it is known today.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "base/time.h"
#include "base/value.h"
#include "calendar/period.h"
#include "calendar/working_days.h"
#include "policy/pack.h"

namespace huilu::obligation {

template <class T>
struct Dated {
  T value;
  Interval span;
};
template <class T>
using Dates = std::vector<Dated<T>>;  // by from, not overlapping

template <class T>
const T* value_on(const Dates<T>& history, Date day) {
  for (const auto& entry : history) {
    if (entry.span.contains(day)) return &entry.value;
  }
  return nullptr;
}

struct Kind {
  std::string type;
  int level = 9;
  std::string rank;  // empty: none
  std::vector<std::string> tags;

  bool operator==(const Kind&) const = default;
};

struct Unit {
  UnitId id;
  std::string name;
  Interval span;
  std::optional<Date> go_live;
  Dates<Kind> kinds;
  Dates<std::optional<UnitId>> parents;
};

struct Membership {
  PersonId person;
  UnitId unit;
  bool probationary = false;
  bool floating = false;
  std::optional<UnitId> host;
  Interval span;
};

// A post as somebody holds it: what a duty of a post is borne by.
struct Tenure {
  TenureId id;
  PostId post;
  UnitId unit;
  std::string kind;  // of the post: secretary …
  PersonId person;
  bool acting = false;
  Interval span;
};

enum class RecordState { planned, entered, void_ };

struct RecordVersion {
  std::int64_t version = 1;
  RecordState state = RecordState::entered;
  std::vector<std::string> types;  // addresses
  std::vector<UnitId> units;
  Date date;
  std::string place;
  std::vector<PersonId> present;
  Value fields;  // address → object
  Instant at;    // from here on known
};

struct Record {
  RecordId id;
  std::vector<RecordVersion> versions;  // oldest first

  // The latest version known at an instant; null pointer: none yet.
  const RecordVersion* known(Instant at) const;
};

// Something to be settled, as it stands now.
struct Matter {
  MatterId id;
  std::string type;  // address
  UnitId unit;       // the responsible one
  std::optional<MatterId> parent;
  std::optional<CampaignId> campaign;
  Date opened;
  std::optional<Date> due;
  std::string state;
  std::string outcome;                // empty where the state is not final
  std::vector<FileId> evidence;       // of every move so far
  Value fields;                       // an object
  std::optional<MatterId> into = {};  // the one that it was merged into
  std::vector<MatterId> alike = {};  // settled ones of its unit that it was like when it was opened
  std::optional<MatterId> relapse_of = {};   // of these the one that somebody said came back
  std::optional<MatterId> relapsed_as = {};  // the later one with which it came back
};

// What a ballot came to. `stopped`: the matter was taken back before it ended.
enum class BallotResult { open, pass, fail, too_few, unknown, stopped };

inline constexpr std::array<std::string_view, 6> ballot_result_words = {
    "open", "pass", "fail", "too_few", "unknown", "stopped"};

// How the ballot stands that was opened when the matter last entered a state that opens one.
struct BallotNow {
  BallotResult result = BallotResult::open;
  bool has_evidence = false;  // the written evidence is filed
};

// What was done to a matter beside moving and editing it: more time was asked for, or decided
// about; a step that a ladder proposes was signed or dismissed; it was looked at again; another one
// was merged into it, or taken out of it again; somebody said that it is a relapse of an earlier
// one, or that it is not; it relapsed, or whoever said so took it back; a unit that a signed step
// reached said that it has it.
enum class DeedKind {
  extension_asked,
  extension_granted,
  extension_refused,
  step_signed,
  step_dismissed,
  looked_back,
  merged_in,
  merge_undone,
  relapse_confirmed,
  relapse_denied,
  relapsed,
  relapse_undone,
  step_acknowledged,
};

inline constexpr std::array<std::string_view, 13> deed_words = {
    "extension_asked",   "extension_granted", "extension_refused", "step_signed",
    "step_dismissed",    "looked_back",       "merged_in",         "merge_undone",
    "relapse_confirmed", "relapse_denied",    "relapsed",          "relapse_undone",
    "step_acknowledged"};

// The last day that a clock of a merged matter had.
struct ClockDue {
  std::string clock;
  Date until;

  friend bool operator==(const ClockDue&, const ClockDue&) = default;
};

struct Deed {
  DeedKind kind = DeedKind::extension_asked;
  std::string clock = {};
  std::string rung = {};        // of a step
  std::int64_t generation = 0;  // of the clock, of a step
  std::optional<Date> until =
      {};                  // of an extension: the last day; of a merged matter: its deadline
  std::string found = {};  // of a look-back: a word of policy/look_back.h
  std::optional<MatterId> other = {};  // that was merged into it, or taken out of it; of a relapse
  std::vector<ClockDue> dues = {};     // of the one that was merged, of clocks that run on both
  std::vector<UnitId> units = {};      // that a signed step reached; of these the one that has it
};

// A matter as one of its versions left it, with what led there. The first opened it.
struct MatterStep {
  Matter matter;
  std::string move = {};  // empty: opened, edited, or a deed
  std::optional<Deed> deed = {};
  Instant at;
};

enum class LeaveKind { exempt, defer };

// All that became of a matter, under the version of the pack that it was opened under.
struct MatterHistory {
  std::string pack_version;
  std::vector<MatterStep> steps;  // oldest first

  // As it stood at an instant; null pointer: it was not opened yet.
  const Matter* known(Instant at) const;
};

// An exemption or a deferral that somebody decided.
struct Leave {
  std::int64_t id = 0;
  LeaveKind kind = LeaveKind::exempt;
  std::string obligation;     // address
  std::string bearer;         // "u12", "t5", "p9"
  std::string period;         // name
  std::optional<Date> act;    // of a deferral: the new last day for doing it
  std::optional<Date> enter;  // and for entering it
  std::string reason;
  Instant at;                        // of the decision
  std::optional<Instant> withdrawn;  // from here on it no longer holds
};

// A campaign as it was launched: a pack's defaults with the dates that the launch set.
struct Campaign {
  CampaignId id;
  std::string pack;
  UnitId unit;  // the organiser: it and what lies below take part
  struct Batch {
    std::string id;
    Interval window;  // until is set
  };
  std::vector<Batch> batches;  // at least one
  // Units that are in another batch than the selector says, from a day on; batch "" is in none.
  struct Placed {
    UnitId unit;  // with all below it
    std::string batch;
    Date from;
  };
  std::vector<Placed> placed;
  Instant at;
  std::optional<Date> ended;
};

// A version of a pack that is in force over a span of days: its duties of periods that start there.
struct Activation {
  const policy::Pack* pack = nullptr;
  Interval span;
  UnitId unit;  // where: it and what lies below; none: everywhere
  Instant at;
  std::optional<Instant> withdrawn;
};

// A value that this installation decided for a parameter, over those in the pack.
struct Decided {
  std::string parameter;  // "standing-duties/theme_days"
  policy::ParameterValue value;
  bool retroactive = false;  // also for periods that began before it was decided
  Instant at;
};

struct Facts {
  std::vector<Activation> activations;
  std::vector<Decided> decided;
  std::vector<calendar::Revision> calendar;
  std::vector<Campaign> campaigns;
  std::vector<Leave> leaves;

  std::map<UnitId, Unit> units;  // with those above the ones asked about
  std::vector<Membership> memberships;
  std::vector<Tenure> tenures;
  std::map<PersonId, std::string> persons;  // names, where the caller may show them
  std::map<RecordId, Record> records;
  std::map<MatterId, MatterHistory> matters;  // that sets count
};

// A unit, a tenure or a person, by prefix as in the API.
struct Bearer {
  UnitId unit;  // one of the three is set
  TenureId tenure;
  PersonId person;

  std::string text() const;
  static std::optional<Bearer> parse(std::string_view text);
  auto operator<=>(const Bearer&) const = default;
};

}  // namespace huilu::obligation
