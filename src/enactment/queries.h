// Reads of enactment: what evaluation needs, shaped like obligation/facts.h, and the lists of the
// API. Asks no gate: whoever calls has asked it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "enactment/types.h"
#include "policy/pack.h"
#include "store/store.h"

namespace huilu::enactment {

// What was in force over which days, and from when until when this was known. An activation that
// was withdrawn from a day on is two of these.
struct InForce {
  ActivationId id;
  std::string pack;
  std::string pack_version;
  Interval span;
  UnitId unit;       // none: everywhere
  std::string path;  // of the unit today; empty: everywhere
  Instant at;
  std::optional<Instant> withdrawn;
};

// Confirmed ones, in the order of confirmation.
std::vector<InForce> activations(store::Connection& connection);
// Confirmed ones, in the order of confirmation.
std::vector<Decided> decided_values(store::Connection& connection);
// Imported ones, by date of publication; those in packs are not among them.
std::vector<calendar::Revision> calendar_revisions(store::Connection& connection);

// The newest entry by which a value was decided or a calendar published here; 0: none. Who keeps
// what hangs on these knows by it that nothing has to be read again.
std::int64_t newest_decision(store::Connection& connection);

std::optional<Activation> find_activation(store::Connection& connection, ActivationId id);
std::optional<Decided> find_decided(store::Connection& connection, DecidedId id);

// Pages in the order of ids, after `after`; with `state` only those.
std::vector<Activation> list_activations(store::Connection& connection, std::optional<State> state,
                                         ActivationId after, int limit);
std::vector<Decided> list_decided(store::Connection& connection, std::optional<State> state,
                                  DecidedId after, int limit);
std::vector<ImportedRevision> list_revisions(store::Connection& connection, std::int64_t after,
                                             int limit);

// The units without a unit above them: what concerns the installation is asked for at these.
std::vector<UnitId> root_units(store::Connection& connection);

// A version of a pack as it was proposed here.
struct KeptPack {
  std::string pack;
  std::string pack_version;
  std::string hash;  // 32 bytes
  bool was_in_force = false;
};
std::vector<KeptPack> kept_packs(store::Connection& connection);  // in the order of first proposal
std::vector<policy::PackFile> kept_files(store::Connection& connection, std::string_view pack,
                                         std::string_view pack_version);

// Rows against openings, and kept packs against their hash, for `huilu verify`.
std::vector<journal::Damage> verify(store::Connection& connection);

}  // namespace huilu::enactment
