#include "document/stored.h"

#include "base/fault.h"
#include "base/hash.h"
#include "base/text.h"
#include "document/split.h"

namespace huilu::document {

namespace {

std::string text_in(const Value& value, std::string_view key) {
  const Value* found = value.find(key);
  if (found == nullptr || found->text() == nullptr)
    throw Fault(FaultKind::damaged, "a row of document_clause without " + std::string(key));
  return *found->text();
}

std::size_t number_in(const Value& value, std::string_view key) {
  const Value* found = value.find(key);
  if (found == nullptr || found->integer() == nullptr || *found->integer() < 0)
    throw Fault(FaultKind::damaged, "a row of document_clause without " + std::string(key));
  return static_cast<std::size_t>(*found->integer());
}

Value content_of(const std::vector<Hole>& holes) {
  Value::List out;
  for (const Hole& hole : holes)
    out.push_back(Value::object({{"kind", hole.kind},
                                 {"from", static_cast<std::int64_t>(hole.raw.from)},
                                 {"until", static_cast<std::int64_t>(hole.raw.until)},
                                 {"before", hole.before},
                                 {"after", hole.after}}));
  return out;
}

Clause clause_from(const StoredClause& stored) {
  const Value& in = stored.content;
  Clause out;
  out.id = stored.id;
  out.path = text_in(in, "path");
  out.heading = text_in(in, "heading");
  out.text = text_in(in, "text");
  out.raw = {number_in(in, "from"), number_in(in, "until")};
  out.line = static_cast<int>(number_in(in, "line"));
  const Value* holes = in.find("holes");
  if (holes == nullptr || holes->list() == nullptr) return out;
  for (const Value& hole : *holes->list())
    out.holes.push_back({text_in(hole, "kind"),
                         {number_in(hole, "from"), number_in(hole, "until")},
                         text_in(hole, "before"),
                         text_in(hole, "after")});
  return out;
}

}  // namespace

Value content_of(const Clause& clause) {
  return Value::object({{"path", clause.path},
                        {"heading", clause.heading},
                        {"text", clause.text},
                        {"from", static_cast<std::int64_t>(clause.raw.from)},
                        {"until", static_cast<std::int64_t>(clause.raw.until)},
                        {"line", clause.line},
                        {"holes", content_of(clause.holes)}});
}

Value reading_of(const Document& document) {
  const Value whole = as_value(document);
  return Value::object(
      {{"document", *whole.find("document")}, {"repairs", *whole.find("repairs")}});
}

Document document_from(const Stored& stored) {
  auto read = split_document(stored.bytes, stored.file_name);
  if (!read) throw Fault(FaultKind::damaged, "document " + stored.name + " cannot be read");
  Document out = std::move(*read);
  out.clauses.clear();
  for (const StoredClause& clause : stored.clauses) out.clauses.push_back(clause_from(clause));
  return out;
}

Value version_content(DocumentId id, const std::string& name, std::int64_t version,
                      const std::string& hash, const std::string& file_name,
                      const std::string& reading, const std::vector<StoredClause>& clauses) {
  Sha256 sum;
  for (const StoredClause& clause : clauses)
    sum.add(clause.id).add(std::string_view("\0", 1)).add(canonical_json(clause.content)).add("\n");
  return Value::object({{"document", id.text()},
                        {"name", name},
                        {"version", version},
                        {"hash", hash},
                        {"file_name", file_name},
                        {"reading", hex(bytes_of(sha256(reading)))},
                        {"clauses", hex(bytes_of(sum.finish()))}});
}

}  // namespace huilu::document
