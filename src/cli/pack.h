// `huilu pack …`: what an author asks of packs before anybody uses them. Needs no data folder; core
// is in the program.
#pragma once

#include <string>
#include <vector>

#include "cli/console.h"

namespace huilu::cli {

struct PackOptions {
  std::vector<std::string> paths;  // packs, or folders of packs
  std::string document;            // what is drafted from
  std::string id = "draft";        // of the drafted pack
  std::string out;                 // folder it is written to; empty: none is
};

// Every finding; and when there is none, how much there is.
Exit check_packs(const PackOptions& options, Console& console);
// Tells the stories that stand beside the packs; the last line is how many there were.
Exit test_packs(const PackOptions& options, Console& console);
// Changes one threshold, period, selector or limit after another and tells the stories again;
// findings: the changes that no story notices. The last line is how many there were.
Exit mutate_packs(const PackOptions& options, Console& console);
// Each declaration as a sentence, and the values that nobody has decided yet.
Exit read_packs(const PackOptions& options, Console& console);
// Each clause with what answers to it; findings: a clause without declaration and without reason.
// The last line is how many there were.
Exit show_coverage(const PackOptions& options, Console& console);

// The format of packs as a JSON Schema for editors, described in the console's language.
Exit print_schema(Console& console);

// Proposals for a pack, each with the clause and the words that it was read from; with --out a
// skeleton that `check` reads.
Exit draft_from(const PackOptions& options, Console& console);

}  // namespace huilu::cli
