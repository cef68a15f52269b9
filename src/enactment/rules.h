// What enactment decides, without a database: which pack may be put in force when and where, which
// value a parameter may be given, who may confirm what another proposed, what a calendar may say.
// Used by its commands.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/refusal.h"
#include "base/value.h"
#include "command/command.h"
#include "enactment/queries.h"
#include "enactment/types.h"
#include "policy/pack.h"

namespace huilu::enactment {

// The version as a pack calls it; null pointer where it is not known here.
const policy::Pack* find_pack(const std::vector<policy::Pack>& packs, std::string_view pack,
                              std::string_view pack_version);

struct NewActivation {
  std::string pack;
  std::string pack_version;
  std::optional<UnitId> unit;
  Interval span;
  std::string reason;
};

struct ActivationSurroundings {
  const policy::Pack* pack = nullptr;  // null: not known
  std::string known;                   // what is known, for the refusal
  std::optional<std::string> kept;     // the hash under which the version is kept here
  bool unit_exists = false;
  std::string unit_path;         // of the unit; empty: everywhere
  std::vector<Activation> same;  // of the same pack
  std::vector<InForce> in_force;
};

Refusals decide_activation(const NewActivation& asked, const ActivationSurroundings& surroundings);

struct NewDecided {
  std::string parameter;  // "standing-duties/theme_days"
  Value value;            // as in enactment/forms.h
  Date from;
  std::string ref;
  std::string note;
  bool retroactive = false;
};

// Every declaration of the parameter in the versions known here.
std::vector<const policy::Parameter*> declarations_of(const std::vector<policy::Pack>& packs,
                                                      std::string_view address);

// The value read, or why it cannot be: unknown_parameter, what the value lacks, dates, texts.
Result<policy::ParameterValue> decide_value(const NewDecided& asked,
                                            const std::vector<policy::Pack>& packs, Date today);

// Someone who acts on what another proposed.
struct Second {
  AccountId account;         // 0: the program, which may do both
  bool same_person = false;  // another account of the one who proposed
};
Refusals decide_confirmation(const Proposed& proposed, std::int64_t seen, const Second& second);

// From `ended_on` on, which only an activation in force has; otherwise as if it had never been. A
// value in force is not withdrawn but overridden by another one.
struct Withdrawal {
  std::int64_t seen = 0;
  std::string reason;
  std::optional<Date> ended_on;
};
Refusals decide_withdrawal(const Proposed& proposed, const Withdrawal& withdrawal);

// `taken`: names of revisions that packs or earlier imports have.
Refusals decide_revision(const calendar::Revision& revision, const std::vector<std::string>& taken,
                         Date today);

// The field "content" of the entries; rows say the same (verify.cpp).
Value activation_content(ActivationId id, const NewActivation& activation, std::string_view hash);
Value decided_content(DecidedId id, std::string_view address, const policy::ParameterValue& value,
                      bool retroactive);
Value revision_content(const calendar::Revision& revision);
Value confirmed_content(const Proposed& proposed);
Value withdrawn_content(const Proposed& proposed, const std::optional<Date>& ended_on);

}  // namespace huilu::enactment
