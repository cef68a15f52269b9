// The SQL of enactment's commands: what they load, and what they write into the road's batch.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "command/command.h"
#include "enactment/queries.h"
#include "enactment/types.h"
#include "store/store.h"

namespace huilu::enactment {

extern const store::Table pack_version_table;
extern const store::Table pack_file_table;
extern const store::Table activation_table;
extern const store::Table parameter_value_table;
extern const store::Table calendar_revision_table;

// What the …_from functions read.
extern const std::string activation_columns;
extern const std::string decided_columns;
extern const std::string revision_columns;
Activation activation_from(const store::Row& row);
Decided decided_from(const store::Row& row);
ImportedRevision revision_from(const store::Row& row);

std::string_view table_of(Proposal what);
store::Pending queue_proposed(store::Connection& connection, Proposal what, std::int64_t id);
std::optional<Proposed> proposed_from(const store::Rows& rows, Proposal what);
// Activations of a pack, and values of a parameter that wait for somebody to confirm them.
store::Pending queue_activations_of(store::Connection& connection, std::string_view pack);
std::vector<Activation> activations_from(const store::Rows& rows);
// Every confirmed activation, for commands of other rooms that need the versions in force.
store::Pending queue_in_force(store::Connection& connection);
std::vector<InForce> in_force_from(const store::Rows& rows);
store::Pending queue_waiting(store::Connection& connection, std::string_view pack,
                             std::string_view parameter);
store::Pending queue_revision_names(store::Connection& connection);

// The hash under which a version of a pack is kept; no row where it is not.
store::Pending queue_pack_hash(store::Connection& connection, std::string_view pack,
                               std::string_view pack_version);
// Its id and path when the unit exists.
store::Pending queue_unit(store::Connection& connection, UnitId unit);
store::Pending queue_roots(store::Connection& connection);
std::vector<UnitId> roots_from(const store::Rows& rows);
// Every account of the one who has this account, by what the roll knows.
store::Pending queue_accounts_of_same_person(store::Connection& connection, AccountId account);
std::vector<AccountId> accounts_from(const store::Rows& rows);

void write_confirmed(command::Writing& writing, Proposal what, std::int64_t id,
                     std::int64_t version, AccountId by, journal::Sequence sequence);
void write_withdrawn(command::Writing& writing, Proposal what, std::int64_t id,
                     std::int64_t version, AccountId by, std::string_view reason,
                     journal::Sequence sequence);
void write_ended_on(command::Writing& writing, ActivationId id, Date ended_on);

}  // namespace huilu::enactment
