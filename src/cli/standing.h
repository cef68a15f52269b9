// `huilu explain` and `huilu standing`: the same answers as the API's, for whoever has the data
// folder. Both only read, evaluate from the tables, and may be asked about any day.
#pragma once

#include <string>

#include "cli/installation.h"

namespace huilu::cli {

struct AskOptions {
  Location location;
  std::string unit;    // of standing
  std::string bearer;  // of explain: u12, t5, p9
  std::string obligation;
  std::string period;
  std::string at;        // a day; default today
  std::string known_at;  // a day, an instant or a number of the journal; default now
};

Exit explain(const AskOptions& options, Console& console);
// One line for each duty in force and period that contains the day, or of the period given.
Exit show_standing(const AskOptions& options, Console& console);

}  // namespace huilu::cli
