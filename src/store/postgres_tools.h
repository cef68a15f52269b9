// The programs that come with PostgreSQL, run for copies of a database, and what a URL says. Used
// by postgres.cpp only. Where to connect, the password above all, travels in their environment and
// not in arguments, which everybody on the machine can read.
#pragma once

#include <string>
#include <vector>

namespace huilu::store {

// What a URL says: libpq's keyword, the variable that stands for it (may be empty), the value.
struct UrlPart {
  std::string keyword;
  std::string variable;
  std::string value;
};
std::vector<UrlPart> url_parts(const std::string& url);

// Finds the program on the PATH, waits for its end; a Fault with its complaint when it fails.
void run_postgres_tool(const std::string& url, std::vector<std::string> command);

}  // namespace huilu::store
