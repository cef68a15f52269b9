// `huilu verify`: compares what is kept twice, journal with tables with attachments, and names
// every row that does not fit. Reads one snapshot, so a server may go on meanwhile; changes
// nothing.
#pragma once

#include <string>
#include <vector>

#include "cli/installation.h"
#include "journal/journal.h"

namespace huilu::cli {

// With the attachments and packs of the location. Also what the database itself finds wrong.
journal::Verified verify_database(store::Database& database, const Location& location);

Exit tell_damages(const journal::Verified& verified, Console& console);

Exit verify(const Location& location, Console& console);

}  // namespace huilu::cli
