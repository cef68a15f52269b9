// Catalog: the record types in force, by address and by the number that facts name them with, and
// what packs ask before a record is saved. Made at start from the packs and the table record_type;
// read by every command and query of the room.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "command/command.h"
#include "policy/pack.h"
#include "record/checks.h"
#include "store/store.h"

namespace huilu::record {

class Catalog {
 public:
  struct Type {
    std::int64_t id = 0;
    const policy::RecordType* declared = nullptr;  // null: registered by a pack that is not loaded
    std::string name;
  };

  // The packs must outlive the catalog.
  Catalog(const std::vector<policy::Pack>& packs, store::Connection& connection);

  const Type* find(std::string_view address) const;
  const Type* find(std::int64_t id) const;
  std::vector<const Type*> all() const;                  // of the loaded packs, in their order
  std::string expected(std::string_view address) const;  // nearest address, or all of them

  // What packs ask before a record is saved, which must outlive the catalog; until then nothing is.
  void ask(const Checks& checks) { checks_ = &checks; }
  const Checks* checks() const { return checks_; }

 private:
  std::vector<Type> types_;
  std::map<std::string, std::size_t, std::less<>> by_name_;
  std::map<std::int64_t, std::size_t> by_id_;
  const Checks* checks_ = nullptr;
};

// Gives a number to each declared type that has none; a no-op when all have one.
class RegisterRecordTypes : public command::Command {
 public:
  explicit RegisterRecordTypes(const std::vector<policy::Pack>& packs);

  std::string_view name() const override { return "register_record_types"; }
  command::Need need() const override { return {command::Permission::pack_activate, {}}; }
  bool alone() const override { return true; }
  void load(store::Connection& connection) override;
  Refusals decide(const command::Context& context) override;
  command::Reply write(const command::Context& context, command::Writing& writing) override;

 private:
  std::vector<std::string> names_;
  store::Pending known_;
  std::vector<std::string> missing_;
};

}  // namespace huilu::record
