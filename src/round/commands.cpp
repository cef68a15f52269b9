#include "round/commands.h"

#include <algorithm>

#include "command/parts.h"

namespace huilu::round {

using command::Context;
using command::kept_text;
using command::Need;
using command::Permission;
using command::Reply;
using command::Writing;

OpenRound::OpenRound(NewRound asked, std::vector<Row> rows)
    : asked_(std::move(asked)), rows_(std::move(rows)) {
  asked_.name = kept_text(asked_.name);
  std::sort(asked_.types.begin(), asked_.types.end());
}

Need OpenRound::need() const { return {Permission::round_change, {asked_.unit}}; }

std::vector<std::string> OpenRound::keys() const { return {"rounds:" + asked_.unit.text()}; }

void OpenRound::load(store::Connection& connection) {
  rounds_ = queue_rounds_of(connection, asked_.unit);
}

Refusals OpenRound::decide(const Context& context) {
  previous_ = newest_about(*rounds_, asked_.types);
  return decide_opening(asked_, rows_.size(), previous_, context.today);
}

Reply OpenRound::write(const Context& context, Writing& writing) {
  Whole whole;
  Round& round = whole.round;
  round.id = RoundId{writing.issue_id()};
  round.unit = asked_.unit;
  round.name = asked_.name;
  round.types = asked_.types;
  round.cutoff = asked_.cutoff;
  round.near_days = asked_.near_days;
  round.silent_days = asked_.silent_days;
  round.opened = context.today;
  round.opened_by = context.account;
  round.opened_at = writing.at();
  std::optional<Date> since;
  if (previous_) {
    round.previous = previous_->id;
    since = previous_->locked;
  }
  whole.rows = rows_;
  std::int64_t asked = 0;
  for (Row& row : whole.rows) {
    // Of what is done nothing more is to be said by whoever did it.
    if (!row.is_waiting) row.asks = asks_of(row.taken, terms_of(round, since));
    asked += row.asks.empty() ? 0 : 1;
  }
  auto entry = command::entry_of("round_opened", round.id.text(), context, round_content(round));
  entry.unit = round.unit;
  entry.fields.push_back({"name", round.name});
  entry.fields.push_back({"rows", canonical_json(rows_content(whole.rows, false))});
  entry.touched.push_back({"round", round.id.value, 1});
  round.seq = writing.append(std::move(entry));
  insert_round(writing, whole);
  Reply reply = command::reply_of(201, round.id.text(), 1);
  reply.body.set("rows", static_cast<std::int64_t>(whole.rows.size()));
  reply.body.set("asked", asked);
  reply.body.set("journal", round.seq);
  return reply;
}

Refusals OfRound::decide(const Context& context) {
  whole_ = reads_.whole();
  if (!whole_) return {command::not_found(id_.text())};
  return decide_about(*whole_, context);
}

Reply OfRound::appended(std::string_view kind, const Value& content,
                        std::vector<journal::Field> fields, UnitId unit, const Context& context,
                        Writing& writing, int status) {
  const std::int64_t version = ++whole_->round.version;
  auto entry = command::entry_of(kind, id_.text(), context, content);
  entry.unit = unit;
  entry.previous = whole_->latest();
  for (auto& field : fields) entry.fields.push_back(std::move(field));
  entry.touched.push_back({"round", id_.value, version});
  const auto sequence = writing.append(std::move(entry));
  Reply reply = command::reply_of(status, id_.text(), version);
  reply.body.set("journal", sequence);
  return reply;
}

WriteLine::WriteLine(RoundId id, UnitId line_unit, NewLine asked)
    : OfRound(id), line_unit_(line_unit), asked_(std::move(asked)) {
  asked_.said = kept_text(asked_.said);
}

Need WriteLine::need() const { return {Permission::matter_change, {line_unit_}}; }

Refusals WriteLine::decide_about(const Whole& whole, const Context&) {
  return decide_line(whole, asked_);
}

Reply WriteLine::write(const Context& context, Writing& writing) {
  Line line{asked_.matter, asked_.seen + 1,        asked_.kind, asked_.said, context.account,
            writing.at(),  writing.next_sequence()};
  Reply reply = appended("round_line_written", line_content(id_, line), {{"said", line.said}},
                         line_unit_, context, writing);
  insert_line(writing, id_, line);
  write_version(writing, whole().round);
  reply.body.set("line", line.version);
  return reply;
}

Need ConfirmLines::need() const { return {Permission::matter_change, {lead_}}; }

Refusals ConfirmLines::decide_about(const Whole& whole, const Context&) {
  return decide_confirmation(whole, lead_);
}

Reply ConfirmLines::write(const Context& context, Writing& writing) {
  const Confirmation one{lead_, context.account, writing.at(), writing.next_sequence()};
  Reply reply =
      appended("round_confirmed", confirmation_content(id_, lead_), {}, lead_, context, writing);
  insert_confirmation(writing, id_, one);
  write_version(writing, whole().round);
  return reply;
}

LockRound::LockRound(const Round& read, std::int64_t seen, std::string reason,
                     std::vector<Standing> rows, Value figures, CountedMatters counted)
    : OfRound(read.id),
      unit_(read.unit),
      read_version_(read.version),
      seen_(seen),
      reason_(kept_text(reason)),
      rows_(std::move(rows)),
      figures_(std::move(figures)),
      counted_(std::move(counted)) {}

Need LockRound::need() const { return {Permission::round_change, {unit_}}; }

// The figures were counted beside the batch: a line that came meanwhile is not in them.
Refusals LockRound::decide_about(const Whole& whole, const Context&) {
  Refusals refusals = decide_locking(whole, seen_, reason_);
  if (refusals.empty() && whole.round.version != read_version_)
    command::check_version(whole.round.version, read_version_, refusals);
  return refusals;
}

Reply LockRound::write(const Context& context, Writing& writing) {
  Whole locked = whole();
  for (std::size_t i = 0; i < locked.rows.size(); ++i) locked.rows[i].locked = rows_.at(i);
  locked.round.locked_seq = writing.next_sequence();
  Reply reply =
      appended("round_locked", lock_content(id_, context.today, figures_),
               {{"reason", reason_}, {"rows", canonical_json(rows_content(locked.rows, true))}},
               unit_, context, writing);
  locked.round.version = whole().round.version;
  locked.round.locked = context.today;
  locked.round.locked_by = context.account;
  locked.round.lock_reason = reason_;
  locked.round.figures = figures_;
  write_locked(writing, locked);
  insert_counted(writing, id_, counted_);
  return reply;
}

DecideTask::DecideTask(const Round& read, NewTask asked)
    : OfRound(read.id), unit_(read.unit), asked_(std::move(asked)) {
  asked_.said = kept_text(asked_.said);
}

Need DecideTask::need() const { return {Permission::round_change, {unit_}}; }

void DecideTask::load(store::Connection& connection) {
  OfRound::load(connection);
  followers_ = queue_followers(connection, id_);
  known_ = queue_unit(connection, asked_.unit);
}

Refusals DecideTask::decide_about(const Whole& whole, const Context& context) {
  Refusals refusals = decide_task(whole, asked_, !followers_->empty(), context.today);
  if (known_->empty())
    command::refuse(refusals, RefusalCode::unknown_unit, "/unit", "", asked_.unit.text());
  return refusals;
}

Reply DecideTask::write(const Context& context, Writing& writing) {
  const std::int64_t n = static_cast<std::int64_t>(whole().tasks.size()) + 1;
  const Task task{n,           asked_.matter,   asked_.unit,  asked_.due,
                  asked_.said, context.account, writing.at(), writing.next_sequence(),
                  {}};
  Reply reply = appended("round_task_decided", task_content(id_, task), {{"said", task.said}},
                         task.unit, context, writing, 201);
  insert_task(writing, id_, task);
  write_version(writing, whole().round);
  reply.body.set("n", n);
  return reply;
}

ReportTask::ReportTask(const Round& read, UnitId task_unit, NewReport asked)
    : OfRound(read.id), unit_(read.unit), task_unit_(task_unit), asked_(std::move(asked)) {
  asked_.said = kept_text(asked_.said);
}

Need ReportTask::need() const {
  if (asked_.done) return {Permission::matter_change, {task_unit_}};
  return {Permission::round_change, {unit_}};
}

Refusals ReportTask::decide_about(const Whole& whole, const Context&) {
  return decide_report(whole, asked_);
}

Reply ReportTask::write(const Context& context, Writing& writing) {
  const auto& reports = whole().find_task(asked_.n)->reports;
  const Report report{static_cast<std::int64_t>(reports.size()) + 1,
                      asked_.done,
                      asked_.said,
                      context.account,
                      writing.at(),
                      writing.next_sequence()};
  Reply reply = appended("round_task_reported", report_content(id_, asked_.n, report),
                         {{"said", report.said}}, task_unit_, context, writing);
  insert_report(writing, id_, asked_.n, report);
  write_version(writing, whole().round);
  return reply;
}

}  // namespace huilu::round
