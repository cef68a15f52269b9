// `huilu pack activate` and `huilu import calendar`: what an operator puts in force on a fresh
// installation. As the program itself, which proposes and confirms; later two accounts do that.
#pragma once

#include <string>

#include "cli/installation.h"

namespace huilu::cli {

struct EnactOptions {
  Location location;
  std::string pack;
  std::string version;  // empty: the last one that is known
  std::string from;     // empty: today
  std::string until;
  std::string unit;
  std::string reason;
  std::string path;  // of a calendar
};

Exit activate_pack(const EnactOptions& options, Console& console);
// A file with `calendar_revisions`, as packs/core/calendar.yaml. What is known already is passed
// over.
Exit import_calendar(const EnactOptions& options, Console& console);

}  // namespace huilu::cli
