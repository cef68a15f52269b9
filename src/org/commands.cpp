#include "org/commands.h"

#include <map>

#include "base/check.h"
#include "base/value.h"
#include "org/content.h"
#include "org/history.h"
#include "org/paths.h"
#include "org/tables.h"
#include "org/tables_reads.h"

namespace huilu::org {

namespace {

using command::Need;
using command::Permission;
using command::Reply;
using command::Writing;

Reply reply_of(const Unit& unit, int status = 200) {
  return {status, Value::object({{"unit", unit.id.text()}, {"version", unit.version}})};
}

void number_relations(Unit& unit, Writing& writing) {
  for (auto& relation : unit.relations) {
    if (relation.id == 0) relation.id = writing.issue_id();
  }
}

// Rows and journal entry of a unit that becomes `after`.
void write_change(std::string_view kind, const Unit& before, Unit& after, const Context& context,
                  Writing& writing) {
  number_relations(after, writing);
  journal::Entry entry = entry_of(kind, after, "unit", after.id.value, after.id, context.account);
  after.seq = writing.append(std::move(entry));
  update_unit(writing.rows, before, after, context.today);
}

// Has the next version of a unit and the one before it.
class UnitCommand : public command::Command {
 public:
  bool alone() const override { return true; }

 protected:
  void load_unit(store::Connection& connection, UnitId unit) {
    load_ = UnitLoad(connection, "u.id = ?1", {unit});
  }
  const std::optional<Unit>& loaded() { return before_ = load_.unit(); }
  Refusals keep(Result<Unit> next) {
    if (!next.ok()) return next.take_refusals();
    after_ = std::move(*next);
    return {};
  }
  Reply change(std::string_view kind, const Context& context, Writing& writing) {
    write_change(kind, *before_, after_, context, writing);
    return reply_of(after_);
  }

  UnitLoad load_;
  std::optional<Unit> before_;
  Unit after_;
};

class Create : public UnitCommand {
 public:
  Create(CreateUnit change, const Vocabulary& words) : change_(std::move(change)), words_(words) {}
  std::string_view name() const override { return "create_unit"; }
  Need need() const override {
    Need need{Permission::unit_change, {}};
    if (change_.parent) need.units.push_back(*change_.parent);
    return need;
  }
  std::string where_of(UnitId) const override { return "/parent"; }

  void load(store::Connection& connection) override {
    parent_ = queue_standing(connection, change_.parent);
    same_code_ = queue_same_code(connection, change_.code_system, change_.code);
    seat_ = queue_place(connection, change_.seat);
  }

  Refusals decide(const Context& context) override {
    const CreateFacts facts{standing_from(parent_), seat_ && !seat_->empty(),
                            first_id<UnitId>(same_code_)};
    if (facts.parent) parent_path_ = facts.parent->path;
    return keep(org::decide(change_, facts, words_, context));
  }

  Reply write(const Context& context, Writing& writing) override {
    after_.id = UnitId{writing.issue_id()};
    number_relations(after_, writing);
    after_.parent = change_.parent;
    after_.path = parent_path_ + label_of(after_.id.value);
    after_.seq = writing.append(
        entry_of("unit_created", after_, "unit", after_.id.value, after_.id, context.account));
    insert_unit(writing.rows, after_, context.today);
    return reply_of(after_, 201);
  }

 private:
  CreateUnit change_;
  const Vocabulary& words_;
  store::Pending parent_, same_code_, seat_;
  std::string parent_path_;
};

class Rename : public UnitCommand {
 public:
  explicit Rename(RenameUnit change) : change_(std::move(change)) {}
  std::string_view name() const override { return "rename_unit"; }
  Need need() const override { return {Permission::unit_change, {change_.unit}}; }
  void load(store::Connection& connection) override { load_unit(connection, change_.unit); }
  Refusals decide(const Context&) override { return keep(org::decide(change_, loaded())); }
  Reply write(const Context& context, Writing& writing) override {
    return change("unit_renamed", context, writing);
  }

 private:
  RenameUnit change_;
};

class ChangeKind : public UnitCommand {
 public:
  ChangeKind(ChangeUnitKind change, const Vocabulary& words)
      : change_(std::move(change)), words_(words) {}
  std::string_view name() const override { return "change_unit_kind"; }
  Need need() const override { return {Permission::unit_change, {change_.unit}}; }
  void load(store::Connection& connection) override { load_unit(connection, change_.unit); }
  Refusals decide(const Context&) override { return keep(org::decide(change_, loaded(), words_)); }
  Reply write(const Context& context, Writing& writing) override {
    return change("unit_kind_changed", context, writing);
  }

 private:
  ChangeUnitKind change_;
  const Vocabulary& words_;
};

class ChangeDetails : public UnitCommand {
 public:
  explicit ChangeDetails(ChangeUnitDetails change) : change_(std::move(change)) {}
  std::string_view name() const override { return "change_unit_details"; }
  Need need() const override { return {Permission::unit_change, {change_.unit}}; }
  void load(store::Connection& connection) override {
    load_unit(connection, change_.unit);
    same_code_ = queue_same_code(connection, change_.code_system, change_.code);
  }
  Refusals decide(const Context&) override {
    return keep(org::decide(change_, loaded(), first_id<UnitId>(same_code_)));
  }
  Reply write(const Context& context, Writing& writing) override {
    return change("unit_details_changed", context, writing);
  }

 private:
  ChangeUnitDetails change_;
  store::Pending same_code_;
};

class Move : public UnitCommand {
 public:
  explicit Move(MoveUnit change) : change_(std::move(change)) {}
  std::string_view name() const override { return "move_unit"; }
  Need need() const override {
    Need need{Permission::unit_change, {change_.unit}};
    if (change_.from) need.units.push_back(*change_.from);
    if (change_.to) need.units.push_back(*change_.to);
    return need;
  }
  std::string where_of(UnitId unit) const override {
    return unit == change_.to ? "/parent" : std::string();
  }

  void load(store::Connection& connection) override {
    load_unit(connection, change_.unit);
    to_ = queue_standing(connection, change_.to);
    above_ = queue_above(connection, change_.to, change_.date);
  }

  Refusals decide(const Context& context) override {
    const MoveFacts facts{standing_from(to_), affiliations_from(above_)};
    if (facts.to) to_path_ = facts.to->path;
    return keep(org::decide(change_, loaded(), facts, context));
  }

  Reply write(const Context& context, Writing& writing) override {
    const auto now = nearest_value(after_.parents, day_of_copy(after_, context.today));
    // A new parent that still stands below in today's paths waits for settle_tree, which moves it
    // away first.
    if (now != after_.parent && now == change_.to && !to_path_.starts_with(after_.path)) {
      const auto rewrites =
          plan_rewrites({{after_.id.value, after_.path, now.value_or(UnitId{}).value, to_path_}});
      CHECK(rewrites);
      after_.parent = now;
      rewrite_paths(writing.rows, "unit", *rewrites);
    }
    return change("unit_moved", context, writing);
  }

 private:
  MoveUnit change_;
  store::Pending to_, above_;
  std::string to_path_;
};

class Relate : public UnitCommand {
 public:
  explicit Relate(RelateUnit change) : change_(std::move(change)) {}
  std::string_view name() const override { return "relate_unit"; }
  Need need() const override { return {Permission::unit_change, {change_.unit}}; }

  void load(store::Connection& connection) override {
    load_unit(connection, change_.unit);
    target_ = queue_target(connection, change_.target);
  }

  Refusals decide(const Context&) override {
    RelateFacts facts;
    if (!target_->empty()) facts.target = span_from((*target_)[0], 0);
    return keep(org::decide(change_, loaded(), facts));
  }

  Reply write(const Context& context, Writing& writing) override {
    return change("unit_related", context, writing);
  }

 private:
  RelateUnit change_;
  store::Pending target_;
};

class EndRelation : public UnitCommand {
 public:
  explicit EndRelation(EndUnitRelation change) : change_(change) {}
  std::string_view name() const override { return "end_unit_relation"; }
  Need need() const override { return {Permission::unit_change, {change_.unit}}; }
  void load(store::Connection& connection) override { load_unit(connection, change_.unit); }
  Refusals decide(const Context&) override { return keep(org::decide(change_, loaded())); }
  Reply write(const Context& context, Writing& writing) override {
    return change("unit_relation_ended", context, writing);
  }

 private:
  EndUnitRelation change_;
};

class Close : public UnitCommand {
 public:
  explicit Close(CloseUnit change) : change_(change) {}
  std::string_view name() const override { return "close_unit"; }
  Need need() const override { return {Permission::unit_change, {change_.unit}}; }

  void load(store::Connection& connection) override {
    load_unit(connection, change_.unit);
    closing_ = ClosingLoad(connection, change_.unit, change_.date);
  }

  Refusals decide(const Context&) override {
    return keep(org::decide(change_, loaded(), closing_.facts()));
  }

  Reply write(const Context& context, Writing& writing) override {
    for (const auto& tenure : all_of(closing_.tenures, tenure_from)) {
      end("tenure_ended", "tenure", tenure, context, writing);
    }
    for (const auto& post : all_of(closing_.posts, post_from)) {
      end("post_ended", "post", post, context, writing);
    }
    for (const auto& employment : all_of(closing_.employments, employment_from)) {
      end("employment_ended", "employment", employment, context, writing);
    }
    return change("unit_closed", context, writing);
  }

 private:
  static std::int64_t number(std::int64_t id) { return id; }
  template <char Prefix>
  static std::int64_t number(Id<Prefix> id) {
    return id.value;
  }

  template <class T>
  void end(std::string_view kind, std::string_view table, T row, const Context& context,
           Writing& writing) {
    row.span.until = change_.date;
    ++row.version;
    row.seq =
        writing.append(entry_of(kind, row, table, number(row.id), change_.unit, context.account));
    end_row(writing.rows, table, number(row.id), row.span, row.version, row.seq);
  }

  CloseUnit change_;
  ClosingLoad closing_;
};

class Settle : public command::Command {
 public:
  explicit Settle(Date today) : today_(today) {}
  std::string_view name() const override { return "settle_tree"; }
  Need need() const override { return {Permission::unit_change, {}}; }
  bool alone() const override { return true; }

  void load(store::Connection& connection) override {
    load_ = UnitLoad(connection, units_due, {today_});
    parents_ = queue_parents_of_due(connection, today_);
  }

  Refusals decide(const Context&) override {
    units_ = load_.units();
    std::map<std::int64_t, std::string> paths;
    for (const auto row : *parents_) paths[row.integer(0)] = row.text(1);
    std::vector<Relocation> relocations;
    for (auto& unit : units_) {
      const auto now = nearest_value(unit.parents, day_of_copy(unit, today_));
      if (now == unit.parent) continue;
      const std::int64_t parent = now.value_or(UnitId{}).value;
      relocations.push_back({unit.id.value, unit.path, parent, parent ? paths.at(parent) : ""});
      unit.parent = now;
    }
    auto rewrites = plan_rewrites(relocations);
    CHECK(rewrites);  // every move was checked against circles on every later day
    rewrites_ = std::move(*rewrites);
    return {};
  }

  Reply write(const Context&, Writing& writing) override {
    if (units_.empty()) return {200, Value::object({{"units", 0}})};
    Value::List list;
    journal::Entry entry;
    entry.kind = "tree_settled";
    entry.subject = "-";
    for (const auto& unit : units_) {
      list.push_back(unit.id.text());
      entry.touched.push_back({"unit", unit.id.value, unit.version});
      update_copy(writing.rows, unit, today_);
    }
    rewrite_paths(writing.rows, "unit", rewrites_);
    const Value content = Value::object({{"date", today_.text()}, {"units", std::move(list)}});
    entry.fields = {{"content", canonical_json(content)}};
    writing.append(std::move(entry));
    return {200, Value::object({{"units", static_cast<std::int64_t>(units_.size())}})};
  }

 private:
  Date today_;
  UnitLoad load_;
  store::Pending parents_;
  std::vector<Unit> units_;
  std::vector<PathRewrite> rewrites_;
};

}  // namespace

CommandPtr make_command(CreateUnit change, const Vocabulary& words) {
  return std::make_unique<Create>(std::move(change), words);
}
CommandPtr make_command(RenameUnit change) { return std::make_unique<Rename>(std::move(change)); }
CommandPtr make_command(ChangeUnitKind change, const Vocabulary& words) {
  return std::make_unique<ChangeKind>(std::move(change), words);
}
CommandPtr make_command(ChangeUnitDetails change) {
  return std::make_unique<ChangeDetails>(std::move(change));
}
CommandPtr make_command(MoveUnit change) { return std::make_unique<Move>(change); }
CommandPtr make_command(RelateUnit change) { return std::make_unique<Relate>(change); }
CommandPtr make_command(EndUnitRelation change) { return std::make_unique<EndRelation>(change); }
CommandPtr make_command(CloseUnit change) { return std::make_unique<Close>(change); }
CommandPtr settle_tree(Date today) { return std::make_unique<Settle>(today); }

}  // namespace huilu::org
