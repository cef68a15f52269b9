// The SQL of the commands of leaves: what they load, and what they write into the road's batch.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "command/command.h"
#include "exemption/types.h"
#include "store/store.h"

namespace huilu::exemption {

extern const store::Table leave_table;

// What leave_from reads.
extern const std::string leave_columns;
Leave leave_from(const store::Row& row);

store::Pending queue_leave(store::Connection& connection, LeaveId id);

void insert_leave(command::Writing& writing, const Leave& leave);
// With the home unit and the approver of the day of the decision.
void write_decided(command::Writing& writing, const Leave& leave, Decision decision, AccountId by,
                   std::string_view note, journal::Sequence sequence);
void write_withdrawn(command::Writing& writing, const Leave& leave, AccountId by,
                     std::string_view reason, journal::Sequence sequence);

}  // namespace huilu::exemption
