// Sharing: of the duties of an exclusive group each record serves one. Which, is decided for all of
// them together, the same whoever asks: as many needs as possible are met, and among those the ones
// that are due first; each by the records that were done first.
#pragma once

#include <map>
#include <string>

#include "obligation/case.h"

namespace huilu::obligation {

struct Shared {
  std::map<RecordId, std::string> served;  // records that serve another duty of the group: which
  bool others_lack = false;                // another duty of the group still needs a record
};

// Of a bearer's case of a duty with `sharing`.
Shared serving_others(Context& context, const Case& one);

}  // namespace huilu::obligation
