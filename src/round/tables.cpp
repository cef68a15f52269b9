#include "round/tables.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/fault.h"
#include "base/text.h"

namespace huilu::round {

namespace {

using enum store::ColumnType;

std::string joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const auto& one : texts) all += (all.empty() ? "" : " ") + one;
  return all;
}

Row row_from(const store::Row& row) {
  Row out;
  out.matter = row.id<MatterId>(0);
  out.line_unit = row.id<UnitId>(1);
  out.lead_unit = row.id<UnitId>(2);
  out.asks = asks_from(row.text(3));
  out.taken = standing_from(row.text(4));
  if (!row.is_null(5)) out.locked = standing_from(row.text(5));
  return out;
}

Line line_from(const store::Row& row) {
  return {row.id<MatterId>(0),
          row.integer(1),
          row.text(2) == line_words[1] ? LineKind::none : LineKind::progress,
          row.text(3),
          row.id<AccountId>(4),
          row.instant(5),
          row.integer(6)};
}

}  // namespace

const store::Table round_table{"round",
                               {{"id", integer},
                                {"unit", integer},
                                {"name", text},
                                {"types", text},
                                {"cutoff", text},
                                {"near_days", integer},
                                {"silent_days", integer},
                                {"previous", integer},
                                {"opened", text},
                                {"opened_by", integer},
                                {"opened_at", integer},
                                {"version", integer},
                                {"seq", integer}}};
const store::Table round_row_table{"round_row",
                                   {{"round", integer},
                                    {"matter", integer},
                                    {"line_unit", integer},
                                    {"lead_unit", integer},
                                    {"asks", text},
                                    {"taken", text}}};
const store::Table round_line_table{"round_line",
                                    {{"round", integer},
                                     {"matter", integer},
                                     {"version", integer},
                                     {"kind", text},
                                     {"said", text},
                                     {"account", integer},
                                     {"at", integer},
                                     {"seq", integer}}};
const store::Table round_confirmation_table{"round_confirmation",
                                            {{"round", integer},
                                             {"lead_unit", integer},
                                             {"account", integer},
                                             {"at", integer},
                                             {"seq", integer}}};
const store::Table round_task_table{"round_task",
                                    {{"round", integer},
                                     {"n", integer},
                                     {"matter", integer},
                                     {"unit", integer},
                                     {"due", text},
                                     {"said", text},
                                     {"account", integer},
                                     {"at", integer},
                                     {"seq", integer}}};
const store::Table round_report_table{"round_report",
                                      {{"round", integer},
                                       {"n", integer},
                                       {"version", integer},
                                       {"done", integer},
                                       {"said", text},
                                       {"account", integer},
                                       {"at", integer},
                                       {"seq", integer}}};

const store::Table round_counted_table{"round_counted",
                                       {{"round", integer}, {"figure", text}, {"matters", text}}};

const std::string round_columns =
    "r.id, r.unit, r.name, r.types, r.cutoff, r.near_days, r.silent_days, r.previous, r.opened, "
    "r.opened_by, r.opened_at, r.locked, r.locked_by, r.locked_at, r.lock_reason, r.figures, "
    "r.version, r.seq, r.locked_seq";

Round round_from(const store::Row& row) {
  Round out;
  out.id = row.id<RoundId>(0);
  out.unit = row.id<UnitId>(1);
  out.name = row.text(2);
  for (const auto word : split(row.text(3), ' ')) out.types.emplace_back(word);
  out.cutoff = row.date(4);
  out.near_days = row.integer(5);
  out.silent_days = row.integer(6);
  out.previous = row.id_or_null<RoundId>(7);
  out.opened = row.date(8);
  out.opened_by = row.id<AccountId>(9);
  out.opened_at = row.instant(10);
  out.locked = row.date_or_null(11);
  out.locked_by = row.id_or_null<AccountId>(12);
  if (!row.is_null(13)) out.locked_at = row.instant(13);
  out.lock_reason = row.text_or_null(14).value_or("");
  if (const auto figures = row.text_or_null(15)) {
    auto parsed = parse_json(*figures);
    if (!parsed) throw Fault(FaultKind::damaged, "the figures of a round are not JSON");
    out.figures = std::move(*parsed);
  }
  out.version = row.integer(16);
  out.seq = row.integer(17);
  out.locked_seq = row.integer_or_null(18);
  return out;
}

void WholeReads::queue(store::Connection& connection, RoundId id) {
  round_ = connection.queue_query(
      fmt::format("select {} from round r where r.id = ?1", round_columns), {id});
  rows_ = connection.queue_query(
      "select matter, line_unit, lead_unit, asks, taken, locked from round_row where round = ?1 "
      "order by matter",
      {id});
  lines_ = connection.queue_query(
      "select l.matter, l.version, l.kind, l.said, l.account, l.at, l.seq from round_line l "
      "where l.round = ?1 and l.version = (select max(n.version) from round_line n "
      "where n.round = l.round and n.matter = l.matter) order by l.matter",
      {id});
  confirmations_ = connection.queue_query(
      "select lead_unit, account, at, seq from round_confirmation where round = ?1 order by seq",
      {id});
  tasks_ = connection.queue_query(
      "select n, matter, unit, due, said, account, at, seq from round_task where round = ?1 "
      "order by n",
      {id});
  reports_ = connection.queue_query(
      "select n, version, done, said, account, at, seq from round_report where round = ?1 "
      "order by n, version",
      {id});
}

std::optional<Whole> WholeReads::whole() const {
  if (round_->empty()) return {};
  Whole whole;
  whole.round = round_from((*round_)[0]);
  for (const auto row : *rows_) whole.rows.push_back(row_from(row));
  for (const auto row : *lines_) whole.lines.push_back(line_from(row));
  for (const auto row : *confirmations_) {
    whole.confirmations.push_back(
        {row.id<UnitId>(0), row.id<AccountId>(1), row.instant(2), row.integer(3)});
  }
  for (const auto row : *tasks_) {
    whole.tasks.push_back({row.integer(0),
                           row.id_or_null<MatterId>(1),
                           row.id<UnitId>(2),
                           row.date(3),
                           row.text(4),
                           row.id<AccountId>(5),
                           row.instant(6),
                           row.integer(7),
                           {}});
  }
  for (const auto row : *reports_) {
    const auto task = std::find_if(whole.tasks.begin(), whole.tasks.end(),
                                   [&](const Task& one) { return one.n == row.integer(0); });
    if (task == whole.tasks.end()) throw Fault(FaultKind::damaged, "a report on no task");
    task->reports.push_back({row.integer(1), row.integer(2) == 1, row.text(3), row.id<AccountId>(4),
                             row.instant(5), row.integer(6)});
  }
  return whole;
}

store::Pending queue_rounds_of(store::Connection& connection, UnitId unit) {
  return connection.queue_query(
      fmt::format("select {} from round r where r.unit = ?1 order by r.id desc limit 50",
                  round_columns),
      {unit});
}

std::optional<Round> newest_about(const store::Rows& rows, const std::vector<std::string>& types) {
  for (const auto row : rows) {
    Round round = round_from(row);
    const bool shares = std::any_of(types.begin(), types.end(), [&](const std::string& type) {
      return std::find(round.types.begin(), round.types.end(), type) != round.types.end();
    });
    if (shares) return round;
  }
  return {};
}

store::Pending queue_followers(store::Connection& connection, RoundId id) {
  return connection.queue_query("select id from round where previous = ?1", {id});
}

store::Pending queue_unit(store::Connection& connection, UnitId unit) {
  return connection.queue_query("select id from unit where id = ?1 and until_date is null", {unit});
}

void insert_round(command::Writing& writing, const Whole& whole) {
  const Round& round = whole.round;
  writing.rows.insert(round_table,
                      {round.id, round.unit, round.name, joined(round.types), round.cutoff,
                       round.near_days, round.silent_days, round.previous, round.opened,
                       round.opened_by, round.opened_at, round.version, round.seq});
  for (const Row& row : whole.rows) {
    writing.rows.insert(round_row_table,
                        {round.id, row.matter, row.line_unit, row.lead_unit, asks_text(row.asks),
                         canonical_json(standing_value(row.taken))});
  }
}

void insert_line(command::Writing& writing, RoundId round, const Line& line) {
  writing.rows.insert(round_line_table, {round, line.matter, line.version,
                                         line_words[static_cast<std::size_t>(line.kind)], line.said,
                                         line.account, line.at, line.seq});
}

void insert_confirmation(command::Writing& writing, RoundId round, const Confirmation& one) {
  writing.rows.insert(round_confirmation_table,
                      {round, one.lead_unit, one.account, one.at, one.seq});
}

void insert_task(command::Writing& writing, RoundId round, const Task& task) {
  writing.rows.insert(round_task_table, {round, task.n, task.matter, task.unit, task.due, task.said,
                                         task.account, task.at, task.seq});
}

void insert_report(command::Writing& writing, RoundId round, std::int64_t n, const Report& report) {
  writing.rows.insert(round_report_table,
                      {round, n, report.version, std::int64_t{report.done ? 1 : 0}, report.said,
                       report.account, report.at, report.seq});
}

void write_version(command::Writing& writing, const Round& round) {
  writing.rows.before("update round set version = ?2 where id = ?1", {round.id, round.version});
}

void write_locked(command::Writing& writing, const Whole& whole) {
  const Round& round = whole.round;
  writing.rows.before(
      "update round set locked = ?2, locked_by = ?3, locked_at = ?4, lock_reason = ?5, "
      "figures = ?6, version = ?7, locked_seq = ?8 where id = ?1",
      {round.id, round.locked, round.locked_by, writing.at(), round.lock_reason,
       canonical_json(*round.figures), round.version, round.locked_seq});
  for (const Row& row : whole.rows) {
    writing.rows.before("update round_row set locked = ?3 where round = ?1 and matter = ?2",
                        {round.id, row.matter, canonical_json(standing_value(*row.locked))});
  }
}

void insert_counted(command::Writing& writing, RoundId round, const CountedMatters& counted) {
  for (const auto& [figure, matters] : counted) {
    std::string ids;
    for (const MatterId matter : matters) ids += (ids.empty() ? "" : " ") + matter.text();
    if (!ids.empty()) writing.rows.insert(round_counted_table, {round, figure, ids});
  }
}

}  // namespace huilu::round
