#include "campaign/types.h"

#include <algorithm>

#include "base/check.h"

namespace huilu::campaign {

Interval Launched::window() const {
  CHECK(!batches.empty());
  Interval window = batches.front().window;
  for (const Batch& batch : batches) {
    window.from = std::min(window.from, batch.window.from);
    window.until = std::max(*window.until, *batch.window.until);
  }
  return window;
}

}  // namespace huilu::campaign
