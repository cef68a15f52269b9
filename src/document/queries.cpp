#include "document/queries.h"

#include "base/value.h"
#include "document/tables.h"

namespace huilu::document {

namespace {

std::string title_in(std::string_view reading) {
  const auto read = parse_json(reading);
  const Value* const document = read ? read->find("document") : nullptr;
  const Value* const title = document == nullptr ? nullptr : document->find("title");
  return title == nullptr || title->text() == nullptr ? std::string() : *title->text();
}

}  // namespace

std::vector<DocumentRow> documents(store::Connection& connection, DocumentId after, int limit) {
  std::vector<DocumentRow> out;
  connection.for_each(
      "select d.id, d.name, d.version, v.hash, v.imported_at, "
      "(select count(*) from document_clause c where c.document = d.id and c.version = d.version), "
      "v.reading "
      "from document d join document_version v on v.document = d.id and v.version = d.version "
      "where d.id > ?1 order by d.id limit ?2",
      {after, limit}, [&](const store::Row& row) {
        out.push_back({row.id<DocumentId>(0), row.text(1), row.integer(2), row.text(3),
                       row.integer(5), row.instant(4), title_in(row.text(6))});
      });
  return out;
}

std::optional<Stored> find_document(store::Connection& connection, const std::string& name) {
  const StoredLoad load = queue_stored(connection, name);
  connection.flush();
  return stored_from(load);
}

std::optional<Stored> find_document(store::Connection& connection, DocumentId id) {
  const auto rows = connection.query("select name from document where id = ?1", {id});
  if (rows.empty()) return {};
  return find_document(connection, rows[0].text(0));
}

}  // namespace huilu::document
