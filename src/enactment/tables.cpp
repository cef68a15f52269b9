#include "enactment/tables.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/fault.h"
#include "enactment/forms.h"

namespace huilu::enactment {

namespace {

using enum store::ColumnType;
using store::Row;

constexpr std::string_view steps_columns =
    "proposed_by, proposed_at, seq, confirmed_by, confirmed_at, confirmed_seq, withdrawn_by, "
    "withdrawn_at, withdrawn_seq, withdraw_reason, version";

Step step_from(const Row& row, std::size_t column) {
  return {row.id<AccountId>(column), row.instant(column + 1), row.integer(column + 2)};
}

std::optional<Step> step_or_null(const Row& row, std::size_t column) {
  if (row.is_null(column + 1)) return {};
  return step_from(row, column);
}

Steps steps_from(const Row& row, std::size_t column) {
  return {step_from(row, column), step_or_null(row, column + 3), step_or_null(row, column + 6),
          row.text_or_null(column + 9).value_or("")};
}

Value parsed(const std::string& json) {
  auto value = parse_json(json);
  if (!value) throw Fault(FaultKind::damaged, "a row of enactment that is not JSON");
  return std::move(*value);
}

Interval cut(const Interval& span, Date end) {
  return {span.from, span.until ? std::min(*span.until, end) : end};
}

void add_in_force(const Activation& activation, std::string path, std::vector<InForce>& out) {
  const Steps& steps = activation.steps;
  InForce fact{activation.id,
               activation.pack,
               activation.pack_version,
               activation.span,
               activation.unit.value_or(UnitId{}),
               std::move(path),
               steps.confirmed->at,
               {}};
  if (steps.withdrawn) fact.withdrawn = steps.withdrawn->at;
  out.push_back(fact);
  if (!activation.ended_on || *activation.ended_on <= activation.span.from) return;
  fact.span = cut(activation.span, *activation.ended_on);
  fact.at = steps.withdrawn->at;
  fact.withdrawn.reset();
  out.push_back(std::move(fact));
}

}  // namespace

std::string_view table_of(Proposal what) {
  return what == Proposal::activation ? "activation" : "parameter_value";
}

const store::Table pack_version_table{
    "pack_version", {{"pack", text}, {"pack_version", text}, {"hash", bytes}, {"seq", integer}}};
const store::Table pack_file_table{
    "pack_file", {{"pack", text}, {"pack_version", text}, {"path", text}, {"bytes", bytes}}};
const store::Table activation_table{"activation",
                                    {{"id", integer},
                                     {"pack", text},
                                     {"pack_version", text},
                                     {"unit", integer},
                                     {"from_date", text},
                                     {"until_date", text},
                                     {"reason", text},
                                     {"proposed_by", integer},
                                     {"proposed_at", integer},
                                     {"version", integer},
                                     {"seq", integer}}};
const store::Table parameter_value_table{"parameter_value",
                                         {{"id", integer},
                                          {"pack", text},
                                          {"parameter", text},
                                          {"from_date", text},
                                          {"value", text},
                                          {"retroactive", integer},
                                          {"reference", text},
                                          {"note", text},
                                          {"proposed_by", integer},
                                          {"proposed_at", integer},
                                          {"version", integer},
                                          {"seq", integer}}};
const store::Table calendar_revision_table{"calendar_revision",
                                           {{"id", integer},
                                            {"revision", text},
                                            {"year", integer},
                                            {"published", text},
                                            {"source", text},
                                            {"days", text},
                                            {"imported_by", integer},
                                            {"imported_at", integer},
                                            {"seq", integer}}};

const std::string activation_columns =
    "id, pack, pack_version, unit, from_date, until_date, reason, ended_on, " +
    std::string(steps_columns);
const std::string decided_columns =
    "id, pack, parameter, from_date, value, retroactive, reference, note, " +
    std::string(steps_columns);
const std::string revision_columns =
    "id, revision, year, published, source, days, imported_by, imported_at, seq";

Activation activation_from(const Row& row) {
  Activation out;
  out.id = row.id<ActivationId>(0);
  out.pack = row.text(1);
  out.pack_version = row.text(2);
  out.unit = row.id_or_null<UnitId>(3);
  out.span = {row.date(4), row.date_or_null(5)};
  out.reason = row.text(6);
  out.ended_on = row.date_or_null(7);
  out.steps = steps_from(row, 8);
  out.version = row.integer(18);
  return out;
}

Decided decided_from(const Row& row) {
  Decided out;
  out.id = row.id<DecidedId>(0);
  out.pack = row.text(1);
  out.parameter = row.text(2);
  out.value.from = row.date(3);
  restore(parsed(row.text(4)), out.value);
  out.value.basis = policy::Basis::decision;
  out.retroactive = row.integer(5) != 0;
  out.value.ref = row.text(6);
  out.value.note = policy::Label::as_written(row.text(7));
  out.steps = steps_from(row, 8);
  out.version = row.integer(18);
  return out;
}

ImportedRevision revision_from(const Row& row) {
  ImportedRevision out;
  out.id = row.integer(0);
  out.revision.id = row.text(1);
  out.revision.year = static_cast<int>(row.integer(2));
  out.revision.published = row.date(3);
  out.revision.source = row.text(4);
  restore_days(parsed(row.text(5)), out.revision);
  out.imported = step_from(row, 6);
  return out;
}

store::Pending queue_proposed(store::Connection& connection, Proposal what, std::int64_t id) {
  const bool activation = what == Proposal::activation;
  return connection.queue_query(
      fmt::format("select {} from {} where id = ?1",
                  activation ? activation_columns : decided_columns, table_of(what)),
      {id});
}

std::optional<Proposed> proposed_from(const store::Rows& rows, Proposal what) {
  if (rows.empty()) return {};
  return what == Proposal::activation ? proposed(activation_from(rows[0]))
                                      : proposed(decided_from(rows[0]));
}

store::Pending queue_activations_of(store::Connection& connection, std::string_view pack) {
  return connection.queue_query(
      fmt::format("select {} from activation where pack = ?1 order by id", activation_columns),
      {pack});
}

std::vector<Activation> activations_from(const store::Rows& rows) {
  std::vector<Activation> out;
  for (const Row row : rows) out.push_back(activation_from(row));
  return out;
}

store::Pending queue_in_force(store::Connection& connection) {
  return connection.queue_query(
      fmt::format("select {}, (select u.path from unit u where u.id = activation.unit) "
                  "from activation where confirmed_at is not null order by confirmed_at, id",
                  activation_columns),
      {});
}

std::vector<InForce> in_force_from(const store::Rows& rows) {
  std::vector<InForce> out;
  for (const Row row : rows) {
    add_in_force(activation_from(row), row.text_or_null(19).value_or(""), out);
  }
  return out;
}

store::Pending queue_waiting(store::Connection& connection, std::string_view pack,
                             std::string_view parameter) {
  return connection.queue_query(
      "select id, from_date from parameter_value where pack = ?1 and parameter = ?2 "
      "and confirmed_at is null and withdrawn_at is null order by id",
      {pack, parameter});
}

store::Pending queue_revision_names(store::Connection& connection) {
  return connection.queue_query("select revision from calendar_revision order by id", {});
}

store::Pending queue_pack_hash(store::Connection& connection, std::string_view pack,
                               std::string_view pack_version) {
  return connection.queue_query(
      "select hash from pack_version where pack = ?1 and pack_version = ?2", {pack, pack_version});
}

store::Pending queue_unit(store::Connection& connection, UnitId unit) {
  return connection.queue_query("select id, path from unit where id = ?1", {unit});
}

store::Pending queue_roots(store::Connection& connection) {
  return connection.queue_query("select id from unit where parent is null order by id", {});
}

std::vector<UnitId> roots_from(const store::Rows& rows) {
  std::vector<UnitId> roots;
  for (const Row row : rows) roots.push_back(row.id<UnitId>(0));
  return roots;
}

store::Pending queue_accounts_of_same_person(store::Connection& connection, AccountId account) {
  return connection.queue_query(
      "select b.id from account a join account b on b.person = a.person "
      "where a.id = ?1 order by b.id",
      {account});
}

std::vector<AccountId> accounts_from(const store::Rows& rows) {
  std::vector<AccountId> accounts;
  for (const Row row : rows) accounts.push_back(row.id<AccountId>(0));
  return accounts;
}

void write_confirmed(command::Writing& writing, Proposal what, std::int64_t id,
                     std::int64_t version, AccountId by, journal::Sequence sequence) {
  writing.rows.before(
      fmt::format("update {} set confirmed_by = ?2, confirmed_at = ?3, version = ?4, "
                  "confirmed_seq = ?5 where id = ?1",
                  table_of(what)),
      {id, by, writing.at(), version, sequence});
}

void write_withdrawn(command::Writing& writing, Proposal what, std::int64_t id,
                     std::int64_t version, AccountId by, std::string_view reason,
                     journal::Sequence sequence) {
  writing.rows.before(
      fmt::format("update {} set withdrawn_by = ?2, withdrawn_at = ?3, withdraw_reason = ?4, "
                  "version = ?5, withdrawn_seq = ?6 where id = ?1",
                  table_of(what)),
      {id, by, writing.at(), reason, version, sequence});
}

void write_ended_on(command::Writing& writing, ActivationId id, Date ended_on) {
  writing.rows.before("update activation set ended_on = ?2 where id = ?1", {id, ended_on});
}

}  // namespace huilu::enactment
