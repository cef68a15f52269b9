#include "matter/reckoning.h"

#include "matter/tables.h"

namespace huilu::matter {

std::vector<Reckoned> reckoned_otherwise(store::Connection& connection,
                                         const obligation::Facts& facts,
                                         const std::vector<policy::Pack>& packs,
                                         const std::vector<Stored>& matters, Date today,
                                         Instant now) {
  std::vector<MatterId> ids;
  for (const Stored& one : matters) ids.push_back(one.now.matter.id);
  const auto histories = histories_of(connection, ids);
  std::map<MatterId, std::vector<obligation::Wait>> kept;
  for (auto& [id, waits] : kept_waits(connection, ids)) kept[id] = std::move(waits);
  std::vector<Reckoned> rows;
  for (const Stored& one : matters) {
    const Matter& matter = one.now.matter;
    const policy::Pack& pack = pack_of(packs, matter.type, one.now.pack_version);
    const auto steps = steps_of(histories.at(matter.id));
    Kept now_kept =
        kept_now({facts, pack, type_in(pack, matter.type), today, now, nullptr, &steps});
    if (now_kept.next_due != one.next_due || now_kept.waits != kept[matter.id] ||
        now_kept.is_stale != one.is_stale) {
      rows.push_back({matter.id, one.now.version, std::move(now_kept)});
    }
  }
  return rows;
}

void keep_reckoned(store::Connection& connection, const std::vector<Reckoned>& rows) {
  for (const Reckoned& one : rows) write_kept(connection, one.id, one.version, one.kept);
}

}  // namespace huilu::matter
