#include "campaign/queries.h"

#include <map>

#include <fmt/format.h>

#include "base/text.h"
#include "campaign/tables.h"

namespace huilu::campaign {

namespace {

using store::Params;
using store::Row;

obligation::Campaign fact_of(const Launched& launched) {
  obligation::Campaign fact;
  fact.id = launched.id;
  fact.pack = launched.pack;
  fact.unit = launched.unit;
  for (const Batch& batch : launched.batches) fact.batches.push_back({batch.id, batch.window});
  fact.at = launched.launched_at;
  fact.ended = launched.ended_on;
  return fact;
}

// `which` is a condition on c.id.
std::vector<Launched> read(store::Connection& connection, const std::string& which,
                           const Params& params) {
  std::vector<Launched> out;
  std::map<CampaignId, std::size_t> at;
  for (const Row row : connection.query(
           fmt::format("select {} from campaign c where {}", launched_columns, which), params)) {
    out.push_back(launched_from(row));
    at.emplace(out.back().id, out.size() - 1);
  }
  if (out.empty()) return out;
  for (const Row row :
       connection.query("select campaign, batch, from_date, until_date from campaign_batch "
                        "where campaign >= ?1 and campaign <= ?2 order by campaign, n",
                        {out.front().id, out.back().id})) {
    const auto found = at.find(row.id<CampaignId>(0));
    if (found == at.end()) continue;
    out[found->second].batches.push_back({row.text(1), {row.date(2), row.date(3)}});
  }
  return out;
}

std::vector<obligation::Campaign> facts(store::Connection& connection, const std::string& which,
                                        const Params& params) {
  std::vector<obligation::Campaign> out;
  for (const Launched& launched : read(connection, which, params)) {
    out.push_back(fact_of(launched));
    for (Placement& placed : placements(connection, launched.id)) {
      out.back().placed.push_back({placed.unit, std::move(placed.batch), placed.from});
    }
  }
  return out;
}

}  // namespace

std::vector<obligation::Campaign> campaigns(store::Connection& connection) {
  return facts(connection, "1 = 1 order by c.id", {});
}

std::optional<obligation::Campaign> campaign_of(store::Connection& connection, CampaignId id) {
  auto found = facts(connection, "c.id = ?1", {id});
  if (found.empty()) return {};
  return std::move(found.front());
}

std::optional<Launched> find(store::Connection& connection, CampaignId id) {
  auto found = read(connection, "c.id = ?1", {id});
  if (found.empty()) return {};
  return std::move(found.front());
}

std::vector<Launched> list(store::Connection& connection, CampaignId after, int limit) {
  return read(connection, "c.id > ?1 order by c.id limit ?2", {after, limit});
}

std::vector<Placement> placements(store::Connection& connection, CampaignId id) {
  std::vector<Placement> out;
  for (const Row row : connection.query(
           fmt::format("select {} from campaign_placement where campaign = ?1 order by id",
                       placement_columns),
           {id})) {
    out.push_back(placement_from(row));
  }
  return out;
}

void for_each_unit_today(store::Connection& connection, const std::string& path,
                         const std::function<void(const UnitToday&)>& each) {
  connection.for_each(
      fmt::format("with recursive above (id) as (select parent from unit where path = ?1 "
                  "union all select u.parent from unit u join above a on u.id = a.id) "
                  "select {0} from unit where path >= ?1 and path < ?1 || '~' "
                  "union all select {0} from unit where id in (select id from above) "
                  "order by path",
                  "path, id, name, type, level, rank, tags, parent, from_date, until_date"),
      {path}, [&](const Row& row) {
        obligation::Kind kind{
            row.text(3), static_cast<int>(row.integer(4)), row.text_or_null(5).value_or(""), {}};
        for (const auto tag : split(row.text(6), ' ')) {
          if (!tag.empty()) kind.tags.emplace_back(tag);
        }
        UnitToday unit{row.text(0), {}};
        unit.unit.id = row.id<UnitId>(1);
        unit.unit.name = row.text(2);
        unit.unit.span = {row.date(8), row.date_or_null(9)};
        unit.unit.kinds = {{std::move(kind), unit.unit.span}};
        unit.unit.parents = {{row.id_or_null<UnitId>(7), unit.unit.span}};
        each(unit);
      });
}

}  // namespace huilu::campaign
