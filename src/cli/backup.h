// `huilu backup` and `huilu restore`: a folder with a consistent copy of the database, every
// attachment that it names, and a manifest that says which journal it must hold. A backup is taken
// while the server runs: the database first, then the files, which are never changed or removed.
#pragma once

#include <string>

#include "cli/installation.h"

namespace huilu::cli {

// `folder` appears under its name when it is complete. `link`: attachments as hard links where the
// file system is the same, which costs no space and does not survive damage of the disk.
Exit backup(const Location& location, const std::string& folder, bool link, Console& console);

// Into a data folder (and with PostgreSQL a database) that is empty; verified before it gets its
// name.
Exit restore(const std::string& folder, const Location& location, Console& console);

}  // namespace huilu::cli
