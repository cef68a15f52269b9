#include "api/matter_reads.h"

#include <algorithm>
#include <map>

#include "ballot/queries.h"
#include "compliance/load_facts.h"
#include "matter/queries.h"
#include "obligation/deed.h"

namespace huilu::api {

using command::Permission;
using obligation::Change;

matter::FactsPointer facts_at(const Call& call, const std::vector<UnitId>& units) {
  auto facts = compliance::load_policy(*call.reader, call.services.packs);
  compliance::load_organisation(*call.reader, units, facts);
  return std::make_shared<const obligation::Facts>(std::move(facts));
}

Change read_matter_change(Members& in) {
  Change change;
  if (const Value* const fields = in.object("fields")) change.fields = *fields;
  change.due = in.optional_date("due");
  change.evidence = in.ids<FileId>("evidence", 100);
  change.reason = in.optional_text("reason", 500).value_or("");
  return change;
}

matter::NewMatter read_new_matter(Members& in) {
  matter::NewMatter asked;
  asked.type = in.text("type", 200);
  asked.unit = in.id<UnitId>("unit");
  asked.campaign = in.optional_id<CampaignId>("campaign");
  asked.change = read_matter_change(in);
  return asked;
}

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
  for (const UnitId unit : obligation::reached_so_far(read.steps)) {
    if (may_read(unit)) return true;
  }
  return account && account->person &&
         ballot::may_vote_on(*call.reader, read.stored.now.matter.id, *account->person);
}

namespace {

// Those that it names as it stands, and as the change would leave it.
std::vector<UnitId> units_around(const Call& call, const matter::Stored& stored,
                                 const Change& change) {
  const auto& now = stored.now;
  const auto& pack = matter::pack_of(call.services.packs, now.matter.type, now.pack_version);
  const auto& type = matter::type_in(pack, now.matter.type);
  auto units = matter::units_of(now.matter, type);
  for (const UnitId unit : matter::units_of(obligation::edited(now.matter, change), type)) {
    units.push_back(unit);
  }
  return units;
}

}  // namespace

std::optional<matter::Read> read_matter(const Call& call, MatterId id, const Change& change) {
  return std::move(read_matters(call, {{id, change}}).front());
}

std::vector<std::optional<matter::Read>> read_matters(const Call& call,
                                                      const std::vector<MatterAsked>& asked) {
  std::vector<MatterId> ids;
  for (const auto& one : asked) ids.push_back(one.id);
  std::map<MatterId, matter::Stored> stored;
  for (auto& one : matter::find_all(*call.reader, ids)) {
    stored.emplace(one.now.matter.id, std::move(one));
  }
  std::vector<UnitId> units;
  std::vector<MatterId> others;  // that stay where one of these is merged, or may have come back
  for (const auto& one : asked) {
    const auto found = stored.find(one.id);
    if (found == stored.end()) continue;
    for (const UnitId unit : units_around(call, found->second, one.change)) units.push_back(unit);
    const auto& into = found->second.now.matter.into;
    if (one.change.into) others.push_back(*one.change.into);
    if (into) others.push_back(*into);
    const auto& alike = found->second.now.matter.alike;
    others.insert(others.end(), alike.begin(), alike.end());
  }
  for (const auto& one : matter::find_all(*call.reader, others)) {
    for (const UnitId unit : units_around(call, one, {})) units.push_back(unit);
  }
  const auto facts = facts_at(call, units);
  std::vector<std::optional<matter::Read>> out;
  for (const auto& one : asked) {
    out.emplace_back();
    const auto found = stored.find(one.id);
    if (found == stored.end()) continue;
    const auto& now = found->second.now;
    const auto& pack = matter::pack_of(call.services.packs, now.matter.type, now.pack_version);
    auto read = matter::read_with_history(*call.reader, facts, pack, found->second);
    ballot::attach(*call.reader, read);
    if (may_read_matter(call, read)) out.back() = std::move(read);
  }
  return out;
}

}  // namespace huilu::api
