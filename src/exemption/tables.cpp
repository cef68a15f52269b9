#include "exemption/tables.h"

#include <fmt/format.h>

#include "base/fault.h"

namespace huilu::exemption {

namespace {

using enum store::ColumnType;
using store::Row;

template <class T>
T read_or_fault(const std::optional<T>& found) {
  if (!found) throw Fault(FaultKind::damaged, "a row of leave with a word that is none");
  return *found;
}

std::optional<Instant> instant_or_null(const Row& row, std::size_t column) {
  if (row.is_null(column)) return {};
  return row.instant(column);
}

}  // namespace

const store::Table leave_table{"leave",
                               {{"id", integer},
                                {"kind", text},
                                {"obligation", text},
                                {"bearer", text},
                                {"home_unit", integer},
                                {"approver", integer},
                                {"period", text},
                                {"act_date", text},
                                {"enter_date", text},
                                {"reason", text},
                                {"note", text},
                                {"asked_by", integer},
                                {"asked_at", integer},
                                {"version", integer},
                                {"seq", integer}}};

const std::string leave_columns =
    "l.id, l.kind, l.obligation, l.bearer, l.home_unit, l.approver, l.period, l.act_date, "
    "l.enter_date, l.reason, l.note, l.asked_by, l.asked_at, l.decision, l.decided_by, "
    "l.decided_at, l.decision_note, l.withdrawn_by, l.withdrawn_at, l.withdraw_reason, l.version, "
    "l.seq, l.decided_seq, l.withdrawn_seq";

Leave leave_from(const Row& row) {
  Leave out;
  out.id = row.id<LeaveId>(0);
  out.kind = read_or_fault(kind_from(row.text(1)));
  out.obligation = row.text(2);
  out.bearer = read_or_fault(obligation::Bearer::parse(row.text(3)));
  out.home = row.id<UnitId>(4);
  out.approver = row.id<UnitId>(5);
  out.period = row.text(6);
  out.act = row.date_or_null(7);
  out.enter = row.date_or_null(8);
  out.reason = row.text(9);
  out.note = row.text(10);
  out.asked_by = row.id<AccountId>(11);
  out.asked_at = row.instant(12);
  if (const auto word = row.text_or_null(13)) out.decision = decision_from(*word);
  out.decided_by = row.id_or_null<AccountId>(14);
  out.decided_at = instant_or_null(row, 15);
  out.decision_note = row.text_or_null(16).value_or("");
  out.withdrawn_by = row.id_or_null<AccountId>(17);
  out.withdrawn_at = instant_or_null(row, 18);
  out.withdraw_reason = row.text_or_null(19).value_or("");
  out.version = row.integer(20);
  out.seq = row.integer(21);
  out.decided_seq = row.integer_or_null(22);
  out.withdrawn_seq = row.integer_or_null(23);
  return out;
}

store::Pending queue_leave(store::Connection& connection, LeaveId id) {
  return connection.queue_query(
      fmt::format("select {} from leave l where l.id = ?1", leave_columns), {id});
}

store::Pending queue_same(store::Connection& connection, const NewLeave& asked) {
  return connection.queue_query(
      "select id from leave where bearer = ?1 and obligation = ?2 and period = ?3 and kind = ?4 "
      "and withdrawn_at is null and (decision is null or decision = 'approve') order by id",
      {asked.bearer.text(), asked.obligation, asked.period, word_of(asked.kind)});
}

std::vector<LeaveId> same_from(const store::Rows& rows) {
  std::vector<LeaveId> same;
  for (const Row row : rows) same.push_back(row.id<LeaveId>(0));
  return same;
}

store::Pending queue_person_of(store::Connection& connection, const obligation::Bearer& bearer) {
  return connection.queue_query(
      "select person from tenure where id = ?1 union all select id from person where id = ?2",
      {bearer.tenure, bearer.person});
}

std::optional<PersonId> person_from(const store::Rows& rows) {
  if (rows.empty()) return {};
  return rows[0].id<PersonId>(0);
}

void insert_leave(command::Writing& writing, const Leave& leave) {
  writing.rows.insert(
      leave_table, {leave.id, word_of(leave.kind), leave.obligation, leave.bearer.text(),
                    leave.home, leave.approver, leave.period, leave.act, leave.enter, leave.reason,
                    leave.note, leave.asked_by, leave.asked_at, leave.version, leave.seq});
}

void write_decided(command::Writing& writing, const Leave& leave, Decision decision, AccountId by,
                   std::string_view note, journal::Sequence sequence) {
  writing.rows.before(
      "update leave set decision = ?2, decided_by = ?3, decided_at = ?4, decision_note = ?5, "
      "home_unit = ?6, approver = ?7, version = ?8, decided_seq = ?9 where id = ?1",
      {leave.id, word_of(decision), by, writing.at(), note, leave.home, leave.approver,
       leave.version + 1, sequence});
}

void write_withdrawn(command::Writing& writing, const Leave& leave, AccountId by,
                     std::string_view reason, journal::Sequence sequence) {
  writing.rows.before(
      "update leave set withdrawn_by = ?2, withdrawn_at = ?3, withdraw_reason = ?4, version = ?5, "
      "withdrawn_seq = ?6 where id = ?1",
      {leave.id, by, writing.at(), reason, leave.version + 1, sequence});
}

}  // namespace huilu::exemption
