#include "round/queries_look_backs.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "matter/commands.h"

namespace huilu::round {

namespace {

using store::Params;

// A settled matter as the tables say it, before its type is asked.
struct Settled {
  MatterId matter;
  UnitId unit;
  std::string type, state, pack_version, parent, due;
};

std::vector<Settled> settled_in(store::Connection& connection, std::string_view path,
                                const std::vector<std::string>& types) {
  Params params = {path};
  std::string places;
  for (const auto& type : types) {
    params.emplace_back(type);
    places += fmt::format("{}?{}", places.empty() ? "" : ", ", params.size());
  }
  std::vector<Settled> out;
  for (const auto row : connection.query(
           fmt::format("select m.id, m.unit, m.type, m.state, m.pack_version, u.parent, l.due "
                       "from unit u cross join matter m cross join matter_look_back l "
                       "where m.unit = u.id and u.path >= ?1 and u.path < ?1 || '~' "
                       "and m.type in ({}) and m.outcome is not null and l.matter = m.id "
                       "and l.n = (select max(k.n) from matter_look_back k "
                       "where k.matter = m.id) order by m.id",
                       places.empty() ? "null" : places),
           params)) {
    const auto parent = row.id_or_null<UnitId>(5);
    out.push_back({row.id<MatterId>(0), row.id<UnitId>(1), row.text(2), row.text(3), row.text(4),
                   parent ? parent->text() : std::string(), row.text(6)});
  }
  return out;
}

bool is_settled(const policy::MatterType& type, const std::string& state) {
  return type.look_back && std::find(type.look_back->starts.begin(), type.look_back->starts.end(),
                                     state) != type.look_back->starts.end();
}

// The units of the roles that may look, but for the responsible one's.
std::vector<UnitId> lookers_of(const policy::MatterType& type, const obligation::Lifecycle& life,
                               const matter::Matter& subject) {
  std::set<UnitId> units;
  const auto& by = type.look_back->by;
  for (const auto& role : obligation::roles_of(life, subject)) {
    const bool may = std::find(by.begin(), by.end(), role.role->name) != by.end();
    if (may && role.unit && *role.unit != subject.unit) units.insert(*role.unit);
  }
  return {units.begin(), units.end()};
}

void add_lookers(const Ground& ground, std::vector<Candidate>& candidates) {
  std::vector<MatterId> ids;
  for (const Candidate& one : candidates) ids.push_back(one.matter);
  const auto matters = matter::find_all(ground.connection, ids);
  std::set<UnitId> units;
  for (const auto& one : matters) {
    const auto& subject = one.now.matter;
    const auto& pack = matter::pack_of(ground.packs, subject.type, one.now.pack_version);
    const auto named = matter::units_of(subject, matter::type_in(pack, subject.type));
    units.insert(named.begin(), named.end());
  }
  const auto facts = ground.facts_of({units.begin(), units.end()});
  auto at = candidates.begin();
  for (const auto& one : matters) {
    const auto& subject = one.now.matter;
    while (at != candidates.end() && at->matter < subject.id) ++at;
    if (at == candidates.end() || at->matter != subject.id) continue;
    const auto& pack = matter::pack_of(ground.packs, subject.type, one.now.pack_version);
    const auto& type = matter::type_in(pack, subject.type);
    at->lookers = lookers_of(type, {facts, pack, type, ground.today, ground.now}, subject);
  }
}

}  // namespace

std::vector<LookBackRound> list(store::Connection& connection, const LookBackRoundFilter& filter) {
  Params params = {filter.before ? filter.before : RoundId{INT64_MAX}, filter.limit};
  std::string where;
  if (filter.unit) {
    params.emplace_back(*filter.unit);
    where += " and r.unit = ?3";
  } else if (filter.looker) {
    params.emplace_back(*filter.looker);
    where +=
        " and exists (select 1 from look_back_looker k where k.unit = ?3 and k.round = r.id "
        "and k.n = r.draws)";
  }
  if (filter.open) where += *filter.open ? " and r.locked is null" : " and r.locked is not null";
  std::vector<LookBackRound> out;
  for (const auto row : connection.query(
           fmt::format(
               "select {} from look_back_round r where r.id < ?1{} order by r.id desc limit ?2",
               look_back_round_columns, where),
           params)) {
    out.push_back(look_back_round_from(row));
  }
  return out;
}

LookBackNumbers numbers_of(store::Connection& connection, const LookBackRound& round,
                           std::optional<UnitId> looker) {
  Params params = {round.id, round.draws};
  if (looker) params.emplace_back(*looker);
  const auto rows = connection.query(
      fmt::format(
          "select count(*), sum(case when {} then 1 else 0 end) from look_back_candidate c where "
          "c.round = ?1 and c.n = ?2 and c.drawn = 1{}",
          round.locked ? "c.found is not null"
                       : "exists (select 1 from matter_version v where v.matter = c.matter and "
                         "v.deed = 'looked_back' and v.seq > (select r.seq from look_back_round r "
                         "where r.id = ?1))",
          looker ? " and exists (select 1 from look_back_looker k where k.round = c.round and "
                   "k.n = c.n and k.matter = c.matter and k.unit = ?3)"
                 : ""),
      params);
  return {rows[0].integer(0), rows[0].integer_or_null(1).value_or(0)};
}

DrawGround draw_ground(const Ground& ground, std::string_view path, UnitId unit,
                       const std::vector<std::string>& types, Strata strata, Date until) {
  std::map<std::string, TypeCount> counts;
  for (const auto& type : types) counts[type].type = type;
  for (const auto& [type, states] :
       matter::counts_of(ground.connection, path, {types.begin(), types.end()}, ground.today)) {
    for (const auto& [state, count] : states) counts[type].all += count.all;
  }
  DrawGround out;
  for (const Settled& one : settled_in(ground.connection, path, types)) {
    const auto& pack = matter::pack_of(ground.packs, one.type, one.pack_version);
    if (!is_settled(matter::type_in(pack, one.type), one.state)) continue;
    TypeCount& count = counts[one.type];
    ++count.closed;
    // "~", without a value, may be looked at whenever.
    if (one.due != "~" && one.due > until.text()) {
      ++count.too_early;
      continue;
    }
    std::string stratum;
    if (strata == Strata::type) stratum = one.type;
    if (strata == Strata::parent) stratum = one.unit == unit ? unit.text() : one.parent;
    out.candidates.push_back(
        {one.matter, one.unit, one.type, std::move(stratum), {}, false, {}, {}});
  }
  for (auto& [type, count] : counts) out.counts.push_back(std::move(count));
  if (out.candidates.size() <= candidates_max) add_lookers(ground, out.candidates);
  return out;
}

}  // namespace huilu::round
