// The SQL of the commands of matters: what they load, and what they write into the road's batch.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "command/command.h"
#include "matter/rules.h"
#include "store/store.h"

namespace huilu::matter {

extern const store::Table matter_table;
extern const store::Table matter_version_table;
extern const store::Table ledger_import_table;
extern const store::Table matter_part_table;
extern const store::Table matter_named_unit_table;
extern const store::Table matter_file_table;

// The reads behind Known, queued together.
class KnownReads {
 public:
  void queue(store::Connection& connection, const Mentioned& mentioned);
  Known known() const;

 private:
  std::vector<store::Pending> units_, unit_types_, persons_, posts_, files_, records_;
};

// The newest version: its number, move and account.
store::Pending queue_newest(store::Connection& connection, MatterId id);
struct Newest {
  std::int64_t version = 0;  // 0: no such matter
  std::string move;
  AccountId account;
};
Newest newest_from(const store::Rows& rows);

// Of these numbers in a unit's ledger, those that there are: number, matter.
std::vector<store::Pending> queue_numbers(store::Connection& connection, UnitId ledger,
                                          std::string_view type,
                                          const std::vector<std::string>& numbers);

// A row when there is such a matter.
store::Pending queue_exists(store::Connection& connection, std::optional<MatterId> id);
// This one and those above it, with their outcomes, from below.
store::Pending queue_above(store::Connection& connection, MatterId id);
// The posts that the account's person holds on a day.
store::Pending queue_posts_of(store::Connection& connection, AccountId account, Date day);
std::vector<obligation::Actor::Post> posts_from(const store::Rows& rows);

// The version's rows and what is kept beside them. `kept`: as of the version; `before`: the version
// that it follows, null pointer of an opening; `field`: the number of its content among the fields
// of the entry.
void write_version(command::Writing& writing, const Version& version, const Committed& committed,
                   const policy::MatterType& type, const Kept& kept, const Version* before,
                   std::int64_t field = 1);

// What is kept of a matter that nobody has changed since `version`.
void write_kept(store::Connection& connection, MatterId id, std::int64_t version, const Kept& kept);

}  // namespace huilu::matter
