#include "matter/reckoning.h"

#include "matter/tables.h"

namespace huilu::matter {

std::vector<Reckoned> reckoned_otherwise(store::Connection& connection,
                                         const obligation::Facts& facts,
                                         const std::vector<policy::Pack>& packs,
                                         const std::vector<Stored>& matters, Date today,
                                         Instant now) {
  std::vector<Reckoned> rows;
  for (const Stored& one : matters) {
    const Matter& matter = one.now.matter;
    const policy::Pack& pack = pack_of(packs, matter.type, one.now.pack_version);
    const policy::MatterType& type = type_in(pack, matter.type);
    if (type.clocks.empty()) continue;
    const auto steps = steps_of(history_of(connection, matter.id));
    const obligation::Lifecycle life{facts, pack, type, today, now, nullptr, &steps};
    const auto next = obligation::next_due(life, matter, obligation::clocks_of(life, steps));
    if (next != one.next_due) rows.push_back({matter.id, one.now.version, next});
  }
  return rows;
}

void keep_next_due(store::Connection& connection, const std::vector<Reckoned>& rows) {
  for (const Reckoned& one : rows) {
    write_next_due(connection, one.id, one.version, one.next_due);
  }
}

}  // namespace huilu::matter
