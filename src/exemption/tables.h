// The SQL of the commands of leaves: what they load, and what they write into the road's batch.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "command/command.h"
#include "exemption/rules.h"
#include "exemption/types.h"
#include "store/store.h"

namespace huilu::exemption {

extern const store::Table leave_table;

// What leave_from reads.
extern const std::string leave_columns;
Leave leave_from(const store::Row& row);

store::Pending queue_leave(store::Connection& connection, LeaveId id);

// Leaves of the same kind for the same bearer, duty and period that are asked for or approved.
store::Pending queue_same(store::Connection& connection, const NewLeave& asked);
std::vector<LeaveId> same_from(const store::Rows& rows);
// The person whose duty it is; nothing for a unit.
store::Pending queue_person_of(store::Connection& connection, const obligation::Bearer& bearer);
std::optional<PersonId> person_from(const store::Rows& rows);

void insert_leave(command::Writing& writing, const Leave& leave);
// With the home unit and the approver of the day of the decision.
void write_decided(command::Writing& writing, const Leave& leave, Decision decision, AccountId by,
                   std::string_view note, journal::Sequence sequence);
void write_withdrawn(command::Writing& writing, const Leave& leave, AccountId by,
                     std::string_view reason, journal::Sequence sequence);

}  // namespace huilu::exemption
