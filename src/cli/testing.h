// For tests of the command line: the program in this process, with what it said.
#pragma once

#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "cli/installation.h"
#include "cli/program.h"
#include "store/testing.h"

namespace huilu::cli::testing {

struct Said {
  Exit exit;
  std::string out;
  std::string err;
};

inline Said run(std::vector<std::string> arguments, const std::string& input = {}) {
  std::istringstream in(input);
  std::ostringstream out, err;
  Console console(in, out, err);
  console.use_language(words::Language::en);
  const Exit exit = run_program(std::move(arguments), console);
  return {exit, out.str(), err.str()};
}

inline bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// A data folder of its own, with a database of either kind.
class OnBoth : public store::testing::DatabaseTest {
 protected:
  Location location() {
    const bool postgres = dialect() == store::Dialect::postgres;
    return {fresh().folder(), postgres ? fresh().url() : std::string()};
  }

  Said run_here(std::vector<std::string> arguments, const std::string& input = {}) {
    return run_at(location(), std::move(arguments), input);
  }

  static Said run_at(const Location& at, std::vector<std::string> arguments,
                     const std::string& input = {}) {
    arguments.insert(arguments.end(), {"--data", at.data, "--log-level", "off"});
    if (!at.postgres.empty()) arguments.insert(arguments.end(), {"--postgres", at.postgres});
    return run(std::move(arguments), input);
  }
};

}  // namespace huilu::cli::testing
