// The programs that come with PostgreSQL, run for copies of a database. Used by postgres.cpp only.
// Where to connect, the password above all, travels in their environment and not in arguments that
// everybody on the machine can read.
#pragma once

#include <string>
#include <vector>

namespace huilu::store {

// Finds the program on the PATH, waits for its end; a Fault with its complaint when it fails.
void run_postgres_tool(const std::string& url, std::vector<std::string> command);

}  // namespace huilu::store
