#include <fmt/format.h>

#include <map>

#include "base/hash.h"
#include "base/text.h"
#include "document/queries.h"
#include "journal/comparison.h"

namespace huilu::document {

namespace {

using journal::Comparison;
using store::Row;

class Verification {
 public:
  explicit Verification(store::Connection& connection)
      : connection_(connection), compare_(connection) {}

  std::vector<journal::Damage> run() {
    read_clauses();
    check_versions();
    check_latest();
    compare_.count("document_version", "", "document_imported");
    for (const auto& [version, clauses] : clauses_)
      compare_.damage("document_clause", version, "clauses of no version");
    return compare_.damages();
  }

 private:
  static std::string name_of(DocumentId id, std::int64_t version) {
    return fmt::format("{}.{}", id.text(), version);
  }

  void read_clauses() {
    connection_.for_each(
        "select document, version, id, content from document_clause order by document, version, n",
        {}, [&](const Row& row) {
          const std::string version = name_of(row.id<DocumentId>(0), row.integer(1));
          auto content = parse_json(row.text(3));
          if (!content) compare_.damage("document_clause", version, "not JSON");
          clauses_[version].push_back({row.text(2), content ? std::move(*content) : Value()});
        });
  }

  void check_versions() {
    const std::string sql = fmt::format(
        "select t.document, d.name, t.version, t.hash, t.file_name, t.bytes, t.reading, "
        "t.imported_by, t.imported_at, {}, {}, {} from document_version t "
        "left join document d on d.id = t.document order by t.document, t.version",
        Comparison::opening_of("content"), Comparison::opening_of("actor"),
        Comparison::instant_of());
    connection_.for_each(sql, {}, [&](const Row& row) {
      const auto id = row.id<DocumentId>(0);
      const std::string version = name_of(id, row.integer(2));
      const std::string hash = row.text(3);
      compare_.content("document_version", version, row, 9,
                       version_content(id, row.text_or_null(1).value_or(""), row.integer(2), hash,
                                       row.text(4), row.text(6), clauses_[version]));
      clauses_.erase(version);
      if (hash != "sha256:" + hex(bytes_of(sha256(row.text(5)))))
        compare_.damage("document_version", version, "the bytes have another hash");
      compare_.actor("document_version", version, row, 10, row.id<AccountId>(7));
      compare_.instant("document_version", version, row, 11, row.instant(8));
    });
  }

  void check_latest() {
    connection_.for_each(
        "select d.id from document d where d.version <> coalesce((select max(v.version) from "
        "document_version v where v.document = d.id), 0) order by d.id",
        {}, [&](const Row& row) {
          compare_.damage("document", row.id<DocumentId>(0).text(), "not its latest version");
        });
  }

  store::Connection& connection_;
  Comparison compare_;
  std::map<std::string, std::vector<StoredClause>> clauses_;
};

}  // namespace

std::vector<journal::Damage> verify(store::Connection& connection) {
  return Verification(connection).run();
}

}  // namespace huilu::document
