// The room's tables: what is inserted, and the reads that commands queue.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "record/rules.h"
#include "store/store.h"

namespace huilu::record {

extern const store::Table record_type_table;
extern const store::Table record_table;
extern const store::Table record_version_table;
extern const store::Table record_part_table;
extern const store::Table record_unit_table;
extern const store::Table record_named_unit_table;
extern const store::Table record_reference_table;
extern const store::Table record_identity_table;
extern const store::Table record_file_table;
extern const store::Table file_table;

struct RegisteredType {
  std::int64_t id;
  std::string name;
};
std::vector<RegisteredType> registered_types(store::Connection& connection);
store::Pending queue_registered_types(store::Connection& connection);

// The reads behind Known, queued together.
class KnownReads {
 public:
  void queue(store::Connection& connection, const Mentioned& mentioned,
             const std::vector<std::string>& identity_hashes);
  Known known() const;

 private:
  std::vector<store::Pending> units_, persons_, posts_, files_, records_, identities_;
};

store::Pending queue_current_version(store::Connection& connection, RecordId record);
struct Current {
  std::int64_t version = 0;  // 0: no such record
  State state = State::entered;
};
Current current_from(const store::Rows& rows);

// A version's rows with its entry's number; n is the commitment of its content, parts follow it.
struct VersionRow {
  RecordId record;
  std::int64_t version = 1;
  State state = State::entered;
  Date date;
  Instant at;
  AccountId account;
  std::string_view role;
  journal::Sequence seq = 0;
  std::int64_t n = 1;
};
void insert_version(store::RowBuffer& rows, const VersionRow& row, const Committed& committed);
void insert_facts(store::RowBuffer& rows, RecordId record, const std::vector<Fact>& facts,
                  State state, Instant at);
// Units as they are named otherwise than as the record's own of today.
void insert_named_units(store::RowBuffer& rows, RecordId record, const std::vector<UnitId>& units);
// The units and records that its fields name.
void insert_named(store::RowBuffer& rows, RecordId record, const Mentioned& mentioned);
void insert_identities(store::RowBuffer& rows, RecordId record,
                       const std::vector<std::string>& hashes);
void insert_file_uses(store::RowBuffer& rows, RecordId record, const Mentioned& mentioned);
void remove_facts(store::RowBuffer& rows, RecordId record, const std::vector<Fact>& facts);
void remove_identities(store::RowBuffer& rows, RecordId record,
                       const std::vector<std::string>& hashes);
void remove_file_uses(store::RowBuffer& rows, RecordId record, const Mentioned& mentioned);
void update_record(store::RowBuffer& rows, RecordId record, std::int64_t version, State state);

// How many rows of a file are in, see import.h.
store::Pending queue_rows_imported(store::Connection& connection, const std::string& file_hash);
std::int64_t rows_imported(store::Connection& connection, const std::string& file_hash);
void set_rows_imported(store::RowBuffer& rows, const std::string& file_hash, std::int64_t rows_all,
                       std::int64_t rows_done, journal::Sequence seq);
std::unordered_map<std::string, UnitId> units_by_code(store::Connection& connection,
                                                      const std::string& code_system);

}  // namespace huilu::record
