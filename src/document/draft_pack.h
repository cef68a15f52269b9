// A draft pack: the skeleton that an author goes on from. It checks without findings, holds a
// record type for each proposal and a duty where the clause says how often or how much, and never a
// number that the text does not have: that is a parameter, marked as assumed.
#pragma once

#include <string>
#include <vector>

#include "base/time.h"
#include "document/draft.h"
#include "policy/pack.h"

namespace huilu::document {

struct DraftOptions {
  std::string id = "draft";  // of the pack
  Date from;                 // first day in force
};

// pack.yaml and i18n/*.yaml. The document's words stand in comments beside what was read from them.
std::vector<policy::PackFile> draft_pack(const Document& document,
                                         const std::vector<Proposal>& proposals,
                                         const DraftOptions& options);

}  // namespace huilu::document
