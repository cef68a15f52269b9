#include "document/tables.h"

#include "base/fault.h"

namespace huilu::document {

namespace {

using enum store::ColumnType;
using store::Row;

const store::Table document_table{
    "document", {{"id", integer}, {"name", text}, {"version", integer}, {"seq", integer}}};
const store::Table version_table{"document_version",
                                 {{"document", integer},
                                  {"version", integer},
                                  {"hash", text},
                                  {"file_name", text},
                                  {"bytes", bytes},
                                  {"reading", text},
                                  {"imported_by", integer},
                                  {"imported_at", integer},
                                  {"seq", integer}}};
const store::Table clause_table{
    "document_clause",
    {{"document", integer}, {"version", integer}, {"n", integer}, {"id", text}, {"content", text}}};

}  // namespace

StoredLoad queue_stored(store::Connection& connection, const std::string& name) {
  return {connection.queue_query(
              "select d.id, d.name, d.version, v.hash, v.file_name, v.bytes from document d "
              "join document_version v on v.document = d.id and v.version = d.version "
              "where d.name = ?1",
              {name}),
          connection.queue_query(
              "select c.id, c.content from document d join document_clause c "
              "on c.document = d.id and c.version = d.version where d.name = ?1 order by c.n",
              {name}),
          connection.queue_query("select distinct c.id from document d join document_clause c "
                                 "on c.document = d.id where d.name = ?1 order by c.id",
                                 {name})};
}

std::optional<Stored> stored_from(const StoredLoad& load) {
  if (load.version->empty()) return {};
  const Row row = (*load.version)[0];
  Stored out;
  out.id = row.id<DocumentId>(0);
  out.name = row.text(1);
  out.version = row.integer(2);
  out.hash = row.text(3);
  out.file_name = row.text(4);
  out.bytes = row.text(5);
  for (const Row clause : *load.clauses) {
    auto content = parse_json(clause.text(1));
    if (!content) throw Fault(FaultKind::damaged, "a row of document_clause that is not JSON");
    out.clauses.push_back({clause.text(0), std::move(*content)});
  }
  for (const Row id : *load.ids) out.ids.insert(id.text(0));
  return out;
}

void write_version(command::Writing& writing, const Stored& stored, const std::string& reading,
                   AccountId by, journal::Sequence sequence) {
  if (stored.version == 1)
    writing.rows.insert(document_table, {stored.id, stored.name, stored.version, sequence});
  else
    writing.rows.before("update document set version = ?2, seq = ?3 where id = ?1",
                        {stored.id, stored.version, sequence});
  writing.rows.insert(version_table,
                      {stored.id, stored.version, stored.hash, stored.file_name,
                       store::Bytes{stored.bytes}, reading, by, writing.at(), sequence});
  std::int64_t n = 0;
  for (const StoredClause& clause : stored.clauses)
    writing.rows.insert(
        clause_table, {stored.id, stored.version, ++n, clause.id, canonical_json(clause.content)});
}

}  // namespace huilu::document
