// `huilu document …`: what becomes of a policy document before anybody imports it. Needs no data
// folder.
#pragma once

#include <string>

#include "cli/console.h"

namespace huilu::cli {

struct DocumentOptions {
  std::string path;
};

// Every clause with its holes, the repairs, and what somebody should look at.
Exit split_document(const DocumentOptions& options, Console& console);

}  // namespace huilu::cli
