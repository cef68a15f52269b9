#include "enactment/known_packs.h"

#include <algorithm>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "base/fault.h"
#include "enactment/queries.h"
#include "policy/finding.h"

namespace huilu::enactment {

namespace {

policy::Pack* find(std::vector<policy::Pack>& packs, const KeptPack& kept) {
  const auto found = std::ranges::find_if(packs, [&](const policy::Pack& pack) {
    return pack.id == kept.pack && pack.version == kept.pack_version;
  });
  return found == packs.end() ? nullptr : &*found;
}

// A version that was in force must be readable; of any other the log says that it is not.
std::optional<policy::Pack> give_up(const KeptPack& kept, FaultKind kind, std::string_view why) {
  const std::string said =
      fmt::format("the kept pack {} {} cannot be read: {}", kept.pack, kept.pack_version, why);
  if (kept.was_in_force) throw Fault(kind, said);
  spdlog::warn("{}", said);
  return {};
}

std::optional<policy::Pack> load(const KeptPack& kept, const std::vector<policy::Pack>& known,
                                 store::Connection& connection) {
  const auto files = kept_files(connection, kept.pack, kept.pack_version);
  if (policy::hash_of(files) != kept.hash) {
    return give_up(kept, FaultKind::damaged, "it does not fit its hash");
  }
  auto pack = policy::load_pack(files, known);
  if (!pack) return give_up(kept, FaultKind::internal, policy::line(pack.refusals().front()));
  return std::move(*pack);
}

}  // namespace

std::vector<policy::Pack> known_packs(std::vector<policy::Pack> offered,
                                      store::Connection& connection) {
  std::vector<policy::Pack> packs = std::move(offered);
  for (const KeptPack& kept : kept_packs(connection)) {
    policy::Pack* const present = find(packs, kept);
    if (present != nullptr && present->hash == kept.hash) continue;
    auto pack = load(kept, packs, connection);
    if (!pack) continue;
    if (present == nullptr) {
      packs.push_back(std::move(*pack));
      continue;
    }
    spdlog::warn("pack {} {} is offered with other bytes than those kept here; these count",
                 kept.pack, kept.pack_version);
    *present = std::move(*pack);
  }
  return packs;
}

}  // namespace huilu::enactment
