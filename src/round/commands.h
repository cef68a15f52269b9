// The changes of rounds: open, write a line, confirm, lock, decide a task, report on it. Used by
// the API and the demo through the road. How matters stand was read by the caller; the round itself
// is read in the batch.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "command/command.h"
#include "round/rules.h"
#include "round/tables.h"

namespace huilu::round {

// round_change at the unit. Replies 201 {"id", "version", "rows", "asked", "journal"}.
class OpenRound : public command::Command {
 public:
  // `rows`: the open matters of the ledger, by matter, as they stand; what they ask is added here.
  OpenRound(NewRound asked, std::vector<Row> rows);

  std::string_view name() const override { return "open_round"; }
  command::Need need() const override;
  std::string where_of(UnitId) const override { return "/unit"; }
  std::vector<std::string> keys() const override;
  void load(store::Connection& connection) override;
  Refusals decide(const command::Context& context) override;
  command::Reply write(const command::Context& context, command::Writing& writing) override;

 private:
  NewRound asked_;
  std::vector<Row> rows_;
  std::optional<Round> previous_;
  store::Pending rounds_;
};

// What the commands of one round share.
class OfRound : public command::Command {
 public:
  explicit OfRound(RoundId id) : id_(id) {}

  bool shows(UnitId) const override { return true; }  // who asks has read it
  std::vector<std::string> keys() const override { return {"round:" + id_.text()}; }
  void load(store::Connection& connection) override { reads_.queue(connection, id_); }
  Refusals decide(const command::Context& context) final;

 protected:
  virtual Refusals decide_about(const Whole& whole, const command::Context& context) = 0;
  const Whole& whole() const { return *whole_; }
  // The entry, and the version that follows; replies {"id", "version", "journal"} with `more`.
  command::Reply appended(std::string_view kind, const Value& content,
                          std::vector<journal::Field> fields, UnitId unit,
                          const command::Context& context, command::Writing& writing,
                          int status = 200);

  RoundId id_;

 private:
  WholeReads reads_;
  std::optional<Whole> whole_;
};

// matter_change at the unit that says how far the matter is.
class WriteLine : public OfRound {
 public:
  WriteLine(RoundId id, UnitId line_unit, NewLine asked);

  std::string_view name() const override { return "write_line"; }
  command::Need need() const override;
  command::Reply write(const command::Context& context, command::Writing& writing) override;

 protected:
  Refusals decide_about(const Whole& whole, const command::Context& context) override;

 private:
  UnitId line_unit_;
  NewLine asked_;
};

// matter_change at the lead unit.
class ConfirmLines : public OfRound {
 public:
  ConfirmLines(RoundId id, UnitId lead) : OfRound(id), lead_(lead) {}

  std::string_view name() const override { return "confirm_lines"; }
  command::Need need() const override;
  command::Reply write(const command::Context& context, command::Writing& writing) override;

 protected:
  Refusals decide_about(const Whole& whole, const command::Context& context) override;

 private:
  UnitId lead_;
};

// round_change at the unit of the round. What the figures are counted from was read with `read`.
class LockRound : public OfRound {
 public:
  LockRound(const Round& read, std::int64_t seen, std::string reason, std::vector<Standing> rows,
            Value figures, CountedMatters counted);

  std::string_view name() const override { return "lock_round"; }
  command::Need need() const override;
  command::Reply write(const command::Context& context, command::Writing& writing) override;

 protected:
  Refusals decide_about(const Whole& whole, const command::Context& context) override;

 private:
  UnitId unit_;
  std::int64_t read_version_;
  std::int64_t seen_;
  std::string reason_;
  std::vector<Standing> rows_;  // in the order of the rows
  Value figures_;
  CountedMatters counted_;
};

// round_change at the unit of the round; of an open one, or of the newest that is locked.
class DecideTask : public OfRound {
 public:
  DecideTask(const Round& read, NewTask asked);

  std::string_view name() const override { return "decide_task"; }
  command::Need need() const override;
  void load(store::Connection& connection) override;
  command::Reply write(const command::Context& context, command::Writing& writing) override;

 protected:
  Refusals decide_about(const Whole& whole, const command::Context& context) override;

 private:
  UnitId unit_;
  NewTask asked_;
  store::Pending followers_, known_;
};

// That it is done: matter_change at the unit that has to do it. That it is not: round_change at the
// unit of the round.
class ReportTask : public OfRound {
 public:
  ReportTask(const Round& read, UnitId task_unit, NewReport asked);

  std::string_view name() const override { return "report_task"; }
  command::Need need() const override;
  command::Reply write(const command::Context& context, command::Writing& writing) override;

 protected:
  Refusals decide_about(const Whole& whole, const command::Context& context) override;

 private:
  UnitId unit_;
  UnitId task_unit_;
  NewReport asked_;
};

}  // namespace huilu::round
