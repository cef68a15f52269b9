// The nouns of enactment (施行): versions of packs that are in force here, values that were decided
// for their parameters, and calendars that were imported. Used by its commands and queries, the API
// and everything that evaluates.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/ids.h"
#include "base/time.h"
#include "calendar/working_days.h"
#include "journal/journal.h"
#include "policy/parameter.h"

namespace huilu::enactment {

// How far something that two persons decide has come.
enum class State { proposed, in_force, withdrawn };

std::string_view word_of(State state);

// Who did a step, when, and the journal's entry of it.
struct Step {
  AccountId by;
  Instant at;
  journal::Sequence seq = 0;
};

// The steps of what is proposed by one and confirmed by another.
struct Steps {
  Step proposed;
  std::optional<Step> confirmed;
  std::optional<Step> withdrawn;
  std::string withdraw_reason;

  State state() const;
};

struct Activation {
  ActivationId id;
  std::string pack;
  std::string pack_version;
  std::optional<UnitId> unit;  // it and what lies below; none: everywhere
  Interval span;
  std::string reason;
  Steps steps;
  std::optional<Date> ended_on;  // of a withdrawn one; none: as if it had never been
  std::int64_t version = 1;
};

struct Decided {
  DecidedId id;
  std::string pack;
  std::string parameter;
  policy::ParameterValue value;  // `ref` and `note` are the decision's, `basis` is decision
  bool retroactive = false;
  Steps steps;
  std::int64_t version = 1;

  std::string address() const { return pack + "/" + parameter; }
};

// What is proposed by one and confirmed by another, whichever it is.
enum class Proposal { activation, parameter_value };

struct Proposed {
  Proposal what = Proposal::activation;
  std::int64_t id = 0;
  std::string subject;         // "v12"
  std::optional<UnitId> unit;  // none: it concerns the whole installation
  Interval span;
  Steps steps;
  std::int64_t version = 1;
};
Proposed proposed(const Activation& activation);
Proposed proposed(const Decided& decided);

struct ImportedRevision {
  std::int64_t id = 0;
  calendar::Revision revision;
  Step imported;
};

}  // namespace huilu::enactment
