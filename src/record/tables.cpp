#include "record/tables.h"

#include <algorithm>

#include "store/lists.h"

namespace huilu::record {

namespace {

using enum store::ColumnType;

template <class IdType>
store::Params ids_of(const std::vector<std::pair<IdType, std::string>>& mentioned) {
  std::vector<IdType> ids;
  for (const auto& [id, where] : mentioned) ids.push_back(id);
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return {ids.begin(), ids.end()};
}

template <class IdType>
void collect(const std::vector<store::Pending>& reads, std::set<IdType>& out) {
  for (const auto& rows : reads) {
    for (const auto row : *rows) out.insert(row.id<IdType>(0));
  }
}

}  // namespace

const store::Table record_type_table{"record_type",
                                     {{"id", integer}, {"name", text}, {"seq", integer}}};
const store::Table record_table{"record", {{"id", integer}, {"version", integer}, {"state", text}}};
const store::Table record_version_table{"record_version",
                                        {{"record", integer},
                                         {"version", integer},
                                         {"state", text},
                                         {"date", text},
                                         {"at", integer},
                                         {"account", integer},
                                         {"role", text},
                                         {"seq", integer},
                                         {"n", integer},
                                         {"content", text}}};
const store::Table record_part_table{"record_part",
                                     {{"record", integer},
                                      {"version", integer},
                                      {"n", integer},
                                      {"pointer", text},
                                      {"person", integer},
                                      {"value", text}}};
const store::Table record_unit_table{"record_unit",
                                     {{"unit", integer},
                                      {"type", integer},
                                      {"counts_on", text},
                                      {"record", integer},
                                      {"planned", integer},
                                      {"at", integer}}};
const store::Table record_named_unit_table{"record_named_unit",
                                           {{"unit", integer}, {"record", integer}},
                                           "on conflict (unit, record) do nothing"};
const store::Table record_reference_table{"record_reference",
                                          {{"named", integer}, {"record", integer}},
                                          "on conflict (named, record) do nothing"};
const store::Table record_identity_table{"record_identity", {{"hash", bytes}, {"record", integer}}};
const store::Table record_file_table{"record_file", {{"file", integer}, {"record", integer}}};
const store::Table file_table{"file",
                              {{"id", integer},
                               {"sha256", bytes},
                               {"size", integer},
                               {"media_type", text},
                               {"name", text},
                               {"account", integer},
                               {"at", integer},
                               {"seq", integer}}};

std::vector<RegisteredType> registered_types(store::Connection& connection) {
  std::vector<RegisteredType> out;
  for (const auto row : connection.query("select id, name from record_type order by id")) {
    out.push_back({row.integer(0), row.text(1)});
  }
  return out;
}

store::Pending queue_registered_types(store::Connection& connection) {
  return connection.queue_query("select id, name from record_type order by id", {});
}

void KnownReads::queue(store::Connection& connection, const Mentioned& mentioned,
                       const std::vector<std::string>& identity_hashes) {
  units_ = queue_in(connection, "select id, from_date, until_date from unit where id in ({ids})",
                    ids_of(mentioned.units));
  persons_ =
      queue_in(connection, "select id from person where id in ({ids})", ids_of(mentioned.persons));
  posts_ = queue_in(connection, "select id from post where id in ({ids})", ids_of(mentioned.posts));
  files_ = queue_in(connection, "select id from file where id in ({ids})", ids_of(mentioned.files));
  records_ = queue_in(connection,
                      "select v.record, v.content from record r join record_version v "
                      "on v.record = r.id and v.version = r.version "
                      "where r.state <> 'void' and r.id in ({ids})",
                      ids_of(mentioned.records));
  store::Params hashes;
  for (const auto& hash : identity_hashes) hashes.push_back(store::Bytes{hash});
  identities_ = queue_in(connection,
                         "select hash, record from record_identity where hash in ({ids})", hashes);
}

Known KnownReads::known() const {
  Known out;
  for (const auto& rows : units_) {
    for (const auto row : *rows) {
      out.units[row.id<UnitId>(0)] = {row.date(1), row.date_or_null(2)};
    }
  }
  collect(persons_, out.persons);
  collect(posts_, out.posts);
  collect(files_, out.files);
  for (const auto& rows : records_) {
    for (const auto row : *rows) {
      out.records[row.id<RecordId>(0)] = restored(row.text(1), {}).content.types;
    }
  }
  for (const auto& rows : identities_) {
    for (const auto row : *rows) out.identities[row.text(0)] = row.id<RecordId>(1);
  }
  return out;
}

store::Pending queue_current_version(store::Connection& connection, RecordId record) {
  return connection.queue_query("select version, state from record where id = ?1", {record});
}

Current current_from(const store::Rows& rows) {
  if (rows.empty()) return {};
  return {rows[0].integer(0), state_from(rows[0].text(1))};
}

void insert_version(store::RowBuffer& rows, const VersionRow& row, const Committed& committed) {
  rows.insert(record_version_table, {row.record, row.version, word_of(row.state), row.date, row.at,
                                     row.account, row.role, row.seq, row.n, committed.content});
  std::int64_t n = row.n;
  for (const Part& part : committed.parts) {
    rows.insert(record_part_table,
                {row.record, row.version, ++n, part.pointer, part.person, part.value});
  }
}

void insert_facts(store::RowBuffer& rows, RecordId record, const std::vector<Fact>& facts,
                  State state, Instant at) {
  for (const Fact& fact : facts) {
    rows.insert(record_unit_table, {fact.unit, fact.type, fact.counts_on, record,
                                    state == State::planned ? 1 : 0, at});
  }
}

void insert_named_units(store::RowBuffer& rows, RecordId record, const std::vector<UnitId>& units) {
  for (const UnitId unit : units) rows.insert(record_named_unit_table, {unit, record});
}

void insert_named(store::RowBuffer& rows, RecordId record, const Mentioned& mentioned) {
  insert_named_units(rows, record, mentioned.units_in_fields());
  for (const auto& id : ids_of(mentioned.records)) {
    rows.insert(record_reference_table, {id, record});
  }
}

void insert_identities(store::RowBuffer& rows, RecordId record,
                       const std::vector<std::string>& hashes) {
  for (const auto& hash : hashes) rows.insert(record_identity_table, {store::Bytes{hash}, record});
}

void insert_file_uses(store::RowBuffer& rows, RecordId record, const Mentioned& mentioned) {
  for (const auto& id : ids_of(mentioned.files)) rows.insert(record_file_table, {id, record});
}

void remove_facts(store::RowBuffer& rows, RecordId record, const std::vector<Fact>& facts) {
  for (const Fact& fact : facts) {
    rows.before(
        "delete from record_unit "
        "where unit = ?1 and type = ?2 and counts_on = ?3 and record = ?4",
        {fact.unit, fact.type, fact.counts_on, record});
  }
}

void remove_identities(store::RowBuffer& rows, RecordId record,
                       const std::vector<std::string>& hashes) {
  for (const auto& hash : hashes) {
    rows.before("delete from record_identity where hash = ?1 and record = ?2",
                {store::Bytes{hash}, record});
  }
}

void remove_file_uses(store::RowBuffer& rows, RecordId record, const Mentioned& mentioned) {
  for (const auto& id : ids_of(mentioned.files)) {
    rows.before("delete from record_file where file = ?1 and record = ?2", {id, record});
  }
}

void update_record(store::RowBuffer& rows, RecordId record, std::int64_t version, State state) {
  rows.after("update record set version = ?2, state = ?3 where id = ?1",
             {record, version, word_of(state)});
}

store::Pending queue_rows_imported(store::Connection& connection, const std::string& file_hash) {
  return connection.queue_query("select rows_done from record_import where file_hash = ?1",
                                {store::Bytes{file_hash}});
}

std::int64_t rows_imported(store::Connection& connection, const std::string& file_hash) {
  const auto rows = queue_rows_imported(connection, file_hash);
  connection.flush();
  return rows->empty() ? 0 : (*rows)[0].integer(0);
}

void set_rows_imported(store::RowBuffer& rows, const std::string& file_hash, std::int64_t rows_all,
                       std::int64_t rows_done, journal::Sequence seq) {
  rows.after(
      "insert into record_import (file_hash, row_count, rows_done, seq) values (?1, ?2, ?3, ?4) "
      "on conflict (file_hash) do update set rows_done = excluded.rows_done, seq = excluded.seq",
      {store::Bytes{file_hash}, rows_all, rows_done, seq});
}

std::unordered_map<std::string, UnitId> units_by_code(store::Connection& connection,
                                                      const std::string& code_system) {
  std::unordered_map<std::string, UnitId> units;
  connection.for_each(
      "select code, id from unit where code_system = ?1", {code_system},
      [&](const store::Row& row) { units.emplace(row.text(0), row.id<UnitId>(1)); });
  return units;
}

}  // namespace huilu::record
