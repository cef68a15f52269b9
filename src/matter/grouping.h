// Grouping: an existing matter is put below a parent, or taken out again. Its parent is part of
// what its versions say, so each is a version of it; what the parent needs to be settled stays as
// its type declares.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "matter/commands.h"

namespace huilu::matter {

struct AskedGroup {
  std::optional<MatterId> parent;  // none: it is taken out, or
  UnitId unit;                     // of the parent
  std::string reason;
  bool opens_parent = false;  // its parent is opened for it
};

// matter_open at the unit of the matter and at that of the parent. Replies as a move. Codes beside
// those of an edit: wrong_state of what is settled, and at /parent of what is below nobody;
// unknown_matter, group_cycle, group_settled, group_taken at /parent.
class GroupMatter : public command::Command {
 public:
  GroupMatter(Read read, AskedGroup asked, std::int64_t seen);

  std::string_view name() const override { return "group_matter"; }
  command::Need need() const override;
  std::string where_of(UnitId unit) const override;
  bool shows(UnitId) const override { return true; }  // who groups matters has read them
  std::vector<std::string> keys() const override;
  void load(store::Connection& connection) override;
  Refusals decide(const command::Context& context) override;
  command::Reply write(const command::Context& context, command::Writing& writing) override;

  MatterId matter() const { return read_.stored.now.matter.id; }
  // Of one whose parent is opened for it: before it is written.
  void put_below(MatterId parent) { asked_.parent = parent; }

 private:
  Refusals check_parent() const;

  Read read_;
  AskedGroup asked_;
  std::int64_t seen_;
  store::Pending newest_, above_;
};

// A parent is opened and matters are put below it, all of them or nothing. matter_open at the units
// of all. Codes: those of OpenMatter at /open/…, those of GroupMatter at /items/N/…. Replies 201
// {"id", "version", "state", "journal", "items": [{"id", "version", "state"}]}.
class OpenGroup : public command::Command {
 public:
  OpenGroup(std::unique_ptr<OpenMatter> parent, std::vector<std::unique_ptr<GroupMatter>> members);

  std::string_view name() const override { return "open_group"; }
  command::Need need() const override;
  std::string where_of(UnitId unit) const override;
  bool shows(UnitId) const override { return true; }  // who groups matters has read them
  std::vector<std::string> keys() const override;
  void load(store::Connection& connection) override;
  Refusals decide(const command::Context& context) override;
  command::Reply write(const command::Context& context, command::Writing& writing) override;

 private:
  std::unique_ptr<OpenMatter> parent_;
  std::vector<std::unique_ptr<GroupMatter>> members_;
};

}  // namespace huilu::matter
