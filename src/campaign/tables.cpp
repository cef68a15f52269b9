#include "campaign/tables.h"

#include <algorithm>

#include <fmt/format.h>

#include "enactment/tables.h"

namespace huilu::campaign {

namespace {

using enum store::ColumnType;
using store::Row;

}  // namespace

const store::Table campaign_table{"campaign",
                                  {{"id", integer},
                                   {"pack", text},
                                   {"pack_version", text},
                                   {"unit", integer},
                                   {"launched_by", integer},
                                   {"launched_at", integer},
                                   {"version", integer},
                                   {"seq", integer}}};
const store::Table campaign_batch_table{"campaign_batch",
                                        {{"campaign", integer},
                                         {"n", integer},
                                         {"batch", text},
                                         {"from_date", text},
                                         {"until_date", text}}};
const store::Table campaign_placement_table{"campaign_placement",
                                            {{"id", integer},
                                             {"campaign", integer},
                                             {"unit", integer},
                                             {"batch", text},
                                             {"from_date", text},
                                             {"reason", text},
                                             {"placed_by", integer},
                                             {"placed_at", integer},
                                             {"seq", integer}}};

const std::string launched_columns =
    "c.id, c.pack, c.pack_version, c.unit, c.launched_by, c.launched_at, c.ended_on, c.ended_by, "
    "c.ended_at, c.end_reason, c.version, c.seq, c.ended_seq";
const std::string placement_columns =
    "id, campaign, unit, batch, from_date, reason, placed_by, placed_at, seq";

Launched launched_from(const Row& row) {
  Launched out;
  out.id = row.id<CampaignId>(0);
  out.pack = row.text(1);
  out.pack_version = row.text(2);
  out.unit = row.id<UnitId>(3);
  out.launched_by = row.id<AccountId>(4);
  out.launched_at = row.instant(5);
  out.ended_on = row.date_or_null(6);
  out.ended_by = row.id_or_null<AccountId>(7);
  if (!row.is_null(8)) out.ended_at = row.instant(8);
  out.end_reason = row.text_or_null(9).value_or("");
  out.version = row.integer(10);
  out.seq = row.integer(11);
  out.ended_seq = row.integer_or_null(12);
  return out;
}

Placement placement_from(const Row& row) {
  return {row.integer(0), row.id<CampaignId>(1), row.id<UnitId>(2), row.text(3),   row.date(4),
          row.text(5),    row.id<AccountId>(6),  row.instant(7),    row.integer(8)};
}

void LaunchedLoad::queue(store::Connection& connection, CampaignId id) {
  row = connection.queue_query(
      fmt::format("select {} from campaign c where c.id = ?1", launched_columns), {id});
  batches = connection.queue_query(
      "select batch, from_date, until_date from campaign_batch where campaign = ?1 order by n",
      {id});
}

std::vector<Batch> batches_from(const store::Rows& rows) {
  std::vector<Batch> batches;
  for (const Row row : rows) batches.push_back({row.text(0), {row.date(1), row.date(2)}});
  return batches;
}

std::optional<Launched> LaunchedLoad::launched() const {
  if (row->empty()) return {};
  Launched out = launched_from((*row)[0]);
  out.batches = batches_from(*batches);
  return out;
}

void LaunchLoad::queue(store::Connection& connection, const std::string& pack, UnitId unit) {
  in_force = enactment::queue_in_force(connection);
  path = queue_path(connection, unit);
  others = connection.queue_query(
      "select c.id, u.path, min(b.from_date), max(b.until_date), c.ended_on from campaign c "
      "join unit u on u.id = c.unit join campaign_batch b on b.campaign = c.id "
      "where c.pack = ?1 group by c.id, u.path, c.ended_on order by c.id",
      {pack});
}

LaunchSurroundings LaunchLoad::surroundings() const {
  LaunchSurroundings out{enactment::in_force_from(*in_force), path_from(*path), {}};
  for (const Row row : *others) {
    const Date until = row.date(3);
    const Date ended = row.date_or_null(4).value_or(until);
    out.others.push_back(
        {row.id<CampaignId>(0), row.text(1), {row.date(2), std::min(until, ended)}});
  }
  return out;
}

store::Pending queue_path(store::Connection& connection, UnitId unit) {
  return connection.queue_query("select path from unit where id = ?1", {unit});
}

std::optional<std::string> path_from(const store::Rows& rows) {
  if (rows.empty()) return {};
  return rows[0].text(0);
}

void insert_launched(command::Writing& writing, const Launched& launched) {
  writing.rows.insert(campaign_table,
                      {launched.id, launched.pack, launched.pack_version, launched.unit,
                       launched.launched_by, launched.launched_at, launched.version, launched.seq});
  std::int64_t n = 0;
  for (const Batch& batch : launched.batches) {
    writing.rows.insert(campaign_batch_table,
                        {launched.id, ++n, batch.id, batch.window.from, batch.window.until});
  }
}

void insert_placement(command::Writing& writing, const Placement& placement) {
  writing.rows.insert(
      campaign_placement_table,
      {placement.id, placement.campaign, placement.unit, placement.batch, placement.from,
       placement.reason, placement.placed_by, placement.placed_at, placement.seq});
}

void write_ended(command::Writing& writing, const Launched& launched, Date ended_on, AccountId by,
                 std::string_view reason, journal::Sequence sequence) {
  writing.rows.before(
      "update campaign set ended_on = ?2, ended_by = ?3, ended_at = ?4, end_reason = ?5, "
      "version = ?6, ended_seq = ?7 where id = ?1",
      {launched.id, ended_on, by, writing.at(), reason, launched.version + 1, sequence});
}

}  // namespace huilu::campaign
