// `huilu pack simulate`: what a version of a pack would do on the data of an installation before
// anybody puts it in force. Only reads.
#pragma once

#include <string>

#include "cli/installation.h"

namespace huilu::cli {

struct SimulateOptions {
  Location location;
  std::string path;  // the pack: a folder, or one file
  std::string on;    // a day; default today
  std::string unit;  // u12, CODE or SYSTEM:CODE: it and what lies below it; default everywhere
  int homes = 10;    // listed of a duty in a period
};

// With findings in the pack these, and nothing is simulated.
Exit simulate_pack(const SimulateOptions& options, Console& console);

}  // namespace huilu::cli
