// `huilu verify`: compares what is kept twice, journal with tables with attachments, and names
// every row that does not fit. Reads one snapshot, so a server may go on meanwhile; changes
// nothing.
#pragma once

#include <string>
#include <vector>

#include "cli/installation.h"
#include "journal/journal.h"

namespace huilu::cli {

// `files` is the folder of attachments. Also what the database itself finds wrong.
journal::Verified verify_database(store::Database& database, const std::string& files);

Exit tell_damages(const journal::Verified& verified, Console& console);

Exit verify(const Location& location, Console& console);

}  // namespace huilu::cli
