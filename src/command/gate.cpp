#include "command/gate.h"

namespace huilu::command {

Refusals in_words_of(const Command& command, Refusals refusals) {
  for (Refusal& refusal : refusals) {
    const auto unit = UnitId::parse(refusal.where);
    if (!unit) continue;
    const std::string where = command.where_of(*unit);
    const bool hidden = refusal.code == RefusalCode::not_found;
    if (hidden && command.shows(*unit)) {
      refusal = {RefusalCode::not_permitted, where, std::string(word_of(command.need().permission)),
                 "", ""};
    } else {
      refusal.where = where;
      if (hidden && !where.empty()) refusal.code = RefusalCode::unknown_unit;
    }
  }
  return refusals;
}

}  // namespace huilu::command
