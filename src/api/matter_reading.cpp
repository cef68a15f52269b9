#include "api/matter_reading.h"

#include <algorithm>

#include "ballot/queries.h"
#include "compliance/load_facts.h"
#include "matter/queries.h"

namespace huilu::api {

namespace {

using command::Permission;
using obligation::Change;

// A matter is seen where its unit's matters are, where its roles are, by persons in a role, and by
// those who are asked to rate it.
bool may_read_matter(const Call& call, const matter::Read& read) {
  const auto may_read = [&](UnitId unit) {
    return call.check(Permission::matter_read, {unit}).empty();
  };
  if (may_read(read.stored.now.matter.unit)) return true;
  const auto life = read.life(call.today, call.services.clock.now());
  const auto account = identity::find_account(*call.reader, call.who.account);
  for (const auto& role : obligation::roles_of(life, read.stored.now.matter)) {
    if (role.unit && may_read(*role.unit)) return true;
    if (account && account->person &&
        std::ranges::find(role.persons, *account->person) != role.persons.end()) {
      return true;
    }
  }
  return account && account->person &&
         ballot::may_vote_on(*call.reader, read.stored.now.matter.id, *account->person);
}

}  // namespace

matter::FactsPointer matter_facts(const Call& call, const std::vector<UnitId>& units) {
  auto facts = compliance::load_policy(*call.reader, call.services.packs);
  compliance::load_organisation(*call.reader, units, facts);
  return std::make_shared<const obligation::Facts>(std::move(facts));
}

std::optional<matter::Read> read_matter(const Call& call, MatterId id, const Change& change) {
  auto stored = matter::find(*call.reader, id);
  if (!stored) return {};
  const auto& now = stored->now;
  const auto& pack = matter::pack_of(call.services.packs, now.matter.type, now.pack_version);
  const auto& type = matter::type_in(pack, now.matter.type);
  auto units = matter::units_of(now.matter, type);
  for (const UnitId unit : matter::units_of(obligation::edited(now.matter, change), type)) {
    units.push_back(unit);
  }
  auto read =
      matter::read_with_history(*call.reader, matter_facts(call, units), pack, std::move(*stored));
  ballot::attach(*call.reader, read);
  return may_read_matter(call, read) ? std::optional(std::move(read)) : std::nullopt;
}

}  // namespace huilu::api
