#include "command/gate.h"

namespace huilu::command {

Refusals in_words_of(const Command& command, Refusals refusals) {
  for (Refusal& refusal : refusals) {
    const auto unit = UnitId::parse(refusal.where);
    const std::string where = unit ? command.where_of(*unit) : std::string();
    if (where.empty()) continue;
    refusal.where = where;
    if (refusal.code == RefusalCode::not_found) refusal.code = RefusalCode::unknown_unit;
  }
  return refusals;
}

}  // namespace huilu::command
