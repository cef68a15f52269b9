#include "enactment/queries.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/fault.h"
#include "enactment/forms.h"
#include "enactment/tables.h"

namespace huilu::enactment {

namespace {

using store::Row;

// The condition on the steps that makes a state.
std::string_view condition_of(std::optional<State> state) {
  if (!state) return "1 = 1";
  switch (*state) {
    case State::proposed:
      return "confirmed_at is null and withdrawn_at is null";
    case State::in_force:
      return "confirmed_at is not null and withdrawn_at is null";
    case State::withdrawn:
      break;
  }
  return "withdrawn_at is not null";
}

template <class Item, class From>
std::vector<Item> items_of(const store::Rows& rows, From from) {
  std::vector<Item> items;
  items.reserve(rows.size());
  for (const Row row : rows) items.push_back(from(row));
  return items;
}

template <class Item, class From>
std::optional<Item> first_of(const store::Rows& rows, From from) {
  if (rows.empty()) return {};
  return from(rows[0]);
}

}  // namespace

std::vector<InForce> activations(store::Connection& connection) {
  const store::Pending rows = queue_in_force(connection);
  connection.flush();
  return in_force_from(*rows);
}

std::vector<Decided> decided_values(store::Connection& connection) {
  return items_of<Decided>(
      connection.query(fmt::format("select {} from parameter_value where confirmed_at is not null "
                                   "order by confirmed_at, id",
                                   decided_columns)),
      decided_from);
}

std::vector<calendar::Revision> calendar_revisions(store::Connection& connection) {
  return items_of<calendar::Revision>(
      connection.query(
          fmt::format("select {} from calendar_revision order by published, id", revision_columns)),
      [](const Row& row) { return revision_from(row).revision; });
}

std::int64_t newest_decision(store::Connection& connection) {
  const auto newest = [&](std::string_view sql) {
    return connection.query(sql)[0].integer_or_null(0).value_or(0);
  };
  return std::max(newest("select max(confirmed_seq) from parameter_value"),
                  newest("select max(seq) from calendar_revision"));
}

std::optional<Activation> find_activation(store::Connection& connection, ActivationId id) {
  return first_of<Activation>(
      connection.query(fmt::format("select {} from activation where id = ?1", activation_columns),
                       {id}),
      activation_from);
}

std::optional<Decided> find_decided(store::Connection& connection, DecidedId id) {
  return first_of<Decided>(
      connection.query(fmt::format("select {} from parameter_value where id = ?1", decided_columns),
                       {id}),
      decided_from);
}

std::vector<Activation> list_activations(store::Connection& connection, std::optional<State> state,
                                         ActivationId after, int limit) {
  return items_of<Activation>(
      connection.query(fmt::format("select {} from activation where id > ?1 and {} "
                                   "order by id limit ?2",
                                   activation_columns, condition_of(state)),
                       {after, limit}),
      activation_from);
}

std::vector<Decided> list_decided(store::Connection& connection, std::optional<State> state,
                                  DecidedId after, int limit) {
  return items_of<Decided>(
      connection.query(fmt::format("select {} from parameter_value where id > ?1 and {} "
                                   "order by id limit ?2",
                                   decided_columns, condition_of(state)),
                       {after, limit}),
      decided_from);
}

std::vector<ImportedRevision> list_revisions(store::Connection& connection, std::int64_t after,
                                             int limit) {
  return items_of<ImportedRevision>(
      connection.query(fmt::format("select {} from calendar_revision where id > ?1 "
                                   "order by id limit ?2",
                                   revision_columns),
                       {after, limit}),
      revision_from);
}

std::vector<UnitId> root_units(store::Connection& connection) {
  const store::Pending rows = queue_roots(connection);
  connection.flush();
  return roots_from(*rows);
}

std::vector<KeptPack> kept_packs(store::Connection& connection) {
  return items_of<KeptPack>(
      connection.query("select k.pack, k.pack_version, k.hash, "
                       "cast(case when exists (select 1 from activation a where a.pack = k.pack "
                       "and a.pack_version = k.pack_version and a.confirmed_at is not null) "
                       "then 1 else 0 end as bigint) from pack_version k order by k.seq, k.pack"),
      [](const Row& row) {
        return KeptPack{row.text(0), row.text(1), row.text(2), row.integer(3) != 0};
      });
}

std::vector<policy::PackFile> kept_files(store::Connection& connection, std::string_view pack,
                                         std::string_view pack_version) {
  return items_of<policy::PackFile>(
      connection.query("select path, bytes from pack_file where pack = ?1 and pack_version = ?2 "
                       "order by path",
                       {pack, pack_version}),
      [](const Row& row) {
        return policy::PackFile{row.text(0), row.text(1)};
      });
}

}  // namespace huilu::enactment
