// The SQL of imports: what the command loads, and what it writes into the road's batch.
#pragma once

#include <optional>
#include <string>

#include "command/command.h"
#include "document/stored.h"
#include "store/store.h"

namespace huilu::document {

struct StoredLoad {
  store::Pending version, clauses, ids;
};

StoredLoad queue_stored(store::Connection& connection, const std::string& name);
std::optional<Stored> stored_from(const StoredLoad& load);

// A new version; the document itself where it is its first.
void write_version(command::Writing& writing, const Stored& stored, const std::string& reading,
                   AccountId by, journal::Sequence sequence);

}  // namespace huilu::document
