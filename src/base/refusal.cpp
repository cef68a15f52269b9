#include "base/refusal.h"

namespace huilu {

const std::vector<RefusalKind>& all_refusals() {
  static const std::vector<RefusalKind> kinds = {
#define REFUSAL(code, category, status, exit) {RefusalCode::code, #code, #category, status, exit},
#include "base/refusals.def"
#undef REFUSAL
  };
  return kinds;
}

const RefusalKind& kind_of(RefusalCode code) {
  return all_refusals()[static_cast<std::size_t>(code)];
}

}  // namespace huilu
