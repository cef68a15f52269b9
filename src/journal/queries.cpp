#include "journal/queries.h"

#include "base/text.h"

namespace huilu::journal {

std::vector<EntryView> entries_after(store::Connection& connection, Sequence after, int limit) {
  std::vector<EntryView> out;
  for (const auto row :
       connection.query("select seq, at, kind, leaf, leaf_hash from journal where seq > ?1 "
                        "order by seq limit ?2",
                        {after, limit})) {
    out.push_back({row.integer(0), row.instant(1), row.text(2), row.text(3), row.text(4)});
  }
  return out;
}

TouchedRows touched_between(store::Connection& connection, Sequence after, Sequence through) {
  TouchedRows touched;
  connection.for_each(
      "select table_name, id, max(version) from touched where seq > ?1 and seq <= ?2 "
      "group by table_name, id order by table_name, id",
      {after, through}, [&](const store::Row& row) {
        auto& tables = touched.tables;
        if (tables.empty() || tables.back() != row.text(0)) tables.push_back(row.text(0));
        touched.rows.push_back({tables.back(), row.integer(1), row.integer(2)});
      });
  return touched;
}

Sequence first_touched(store::Connection& connection) {
  const auto rows = connection.query("select seq from touched order by seq limit 1");
  return rows.empty() ? 0 : rows[0].integer(0);
}

HeadView read_head(store::Connection& connection) {
  const auto rows = connection.query("select size, root from journal_head where id = 1");
  if (rows.empty()) throw Fault(FaultKind::damaged, "journal_head has no row");
  const auto size = rows[0].integer(0);
  return {size, size == 0 ? root_of({}) : hash_from(rows[0].text(1))};
}

std::optional<FieldProof> prove_field(store::Connection& connection, Sequence sequence,
                                      std::int64_t n) {
  const auto entry = connection.query("select leaf from journal where seq = ?1", {sequence});
  const auto rows =
      connection.query("select field, hash from commitment where seq = ?1 order by n", {sequence});
  if (entry.empty() || n < 0 || n >= static_cast<std::int64_t>(rows.size())) return {};
  std::vector<Hash> hashes;
  for (const auto row : rows) hashes.push_back(hash_from(row.text(1)));
  const auto index = static_cast<std::size_t>(n);
  return FieldProof{entry[0].text(0),
                    rows[index].text(0),
                    hashes[index],
                    n,
                    static_cast<std::int64_t>(rows.size()),
                    inclusion_proof(hashes, index),
                    root_of(hashes)};
}

bool verify_field(const FieldProof& proof) {
  const std::string body =
      "body " + std::to_string(proof.size) + " " + hex(bytes_of(proof.body)) + "\n";
  return proof.leaf.ends_with(body) &&
         verify_inclusion(proof.commitment, static_cast<std::uint64_t>(proof.n),
                          static_cast<std::uint64_t>(proof.size), proof.path, proof.body);
}

}  // namespace huilu::journal
