#include "journal/journal.h"

#include <fmt/format.h>

#include "base/check.h"
#include "base/text.h"

namespace huilu::journal {

namespace {

using store::Bytes;
using store::ColumnType;
using store::Table;

const Table journal_table{"journal",
                          {{"seq", ColumnType::integer},
                           {"at", ColumnType::integer},
                           {"kind", ColumnType::text},
                           {"leaf", ColumnType::text},
                           {"leaf_hash", ColumnType::bytes}}};
const Table tree_head_table{
    "tree_head",
    {{"size", ColumnType::integer}, {"at", ColumnType::integer}, {"root", ColumnType::bytes}}};
const Table commitment_table{"commitment",
                             {{"seq", ColumnType::integer},
                              {"n", ColumnType::integer},
                              {"field", ColumnType::text},
                              {"hash", ColumnType::bytes}}};
const Table opening_table{"opening",
                          {{"seq", ColumnType::integer},
                           {"n", ColumnType::integer},
                           {"salt", ColumnType::bytes},
                           {"bytes", ColumnType::bytes}}};
const Table touched_table{"touched",
                          {{"seq", ColumnType::integer},
                           {"n", ColumnType::integer},
                           {"table_name", ColumnType::text},
                           {"id", ColumnType::integer},
                           {"version", ColumnType::integer}}};

Bytes bytes(const Hash& hash) { return {std::string(bytes_of(hash))}; }

}  // namespace

std::string_view head_query(store::Dialect dialect) {
  return dialect == store::Dialect::postgres
             ? "select size, peaks, next_id from journal_head where id = 1 for update"
             : "select size, peaks, next_id from journal_head where id = 1";
}

Head head_from(const store::Rows& rows) {
  if (rows.size() != 1) throw Fault(FaultKind::damaged, "journal_head has no row");
  const auto row = rows[0];
  const auto size = row.integer(0);
  return {size, CompactTree(static_cast<std::uint64_t>(size), row.text(1)), row.integer(2)};
}

std::optional<Hash> root_at(store::Connection& connection, Sequence size) {
  const auto rows = connection.query("select root from tree_head where size = ?1", {size});
  if (rows.empty() || rows[0].text(0).size() != sizeof(Hash)) return {};
  return hash_from(rows[0].text(0));
}

Hash commitment(std::string_view field, std::string_view salt, std::string_view bytes) {
  CHECK(salt.size() == 32);
  static constexpr std::string_view scheme{"commit/v1\0", 10};
  std::string length(8, '\0');
  for (int i = 0; i < 8; ++i) {
    length[static_cast<std::size_t>(i)] =
        static_cast<char>(static_cast<std::uint64_t>(bytes.size()) >> (8 * (7 - i)));
  }
  thread_local Sha256 hasher;
  return hasher.add(scheme)
      .add(field)
      .add(std::string_view("\0", 1))
      .add(salt)
      .add(length)
      .add(bytes)
      .finish();
}

std::string actor_text(AccountId actor) { return actor ? actor.text() : "-"; }

std::string leaf_text(Sequence sequence, Instant at, const Entry& entry, std::size_t fields,
                      const Hash& body) {
  return fmt::format(
      "huilu-leaf/v1\nseq {}\nat {}\nkind {}\nunit {}\nsubject {}\nprevious {}\nbody {} {}\n",
      sequence, at.text(), entry.kind, entry.unit ? entry.unit->text() : "-",
      entry.subject.empty() ? "-" : entry.subject,
      entry.previous ? std::to_string(*entry.previous) : "-", fields, hex(bytes_of(body)));
}

Appender::Appender(Head head, Instant at) : head_(std::move(head)), at_(at) {}

std::int64_t Appender::issue_ids(std::int64_t count) {
  CHECK(count > 0);
  issued_ = true;
  const std::int64_t first = head_.next_id;
  head_.next_id += count;
  return first;
}

void Appender::add_commitment(std::int64_t n, const Field& field, std::vector<Hash>& hashes) {
  std::string salt = random_bytes(32);
  hashes.push_back(commitment(field.name, salt, field.bytes));
  rows_.insert(commitment_table, {next_sequence(), n, field.name, bytes(hashes.back())});
  rows_.insert(opening_table, {next_sequence(), n, Bytes{std::move(salt)}, Bytes{field.bytes}});
}

Sequence Appender::append(Entry entry) {
  std::vector<Hash> hashes;
  hashes.reserve(entry.fields.size() + 1);
  add_commitment(0, {"actor", actor_text(entry.actor)}, hashes);
  for (const Field& field : entry.fields) {
    add_commitment(static_cast<std::int64_t>(hashes.size()), field, hashes);
  }
  std::string leaf = leaf_text(next_sequence(), at_, entry, hashes.size(), root_of(hashes));
  const Hash hash = leaf_hash(leaf);
  rows_.insert(journal_table, {next_sequence(), at_, entry.kind, std::move(leaf), bytes(hash)});
  std::int64_t n = 0;
  for (const Touched& touched : entry.touched) {
    rows_.insert(touched_table, {next_sequence(), n++, touched.table, touched.id, touched.version});
    touched_.push_back(touched);
  }
  head_.tree.append(hash);
  appended_ = true;
  return ++head_.size;
}

void Appender::write(store::RowBuffer& rows) {
  if (!issued_ && !appended_) return;
  if (appended_) rows_.insert(tree_head_table, {head_.size, at_, bytes(head_.tree.root())});
  const Hash root = head_.tree.root();
  rows_.after(
      "update journal_head set size = ?1, peaks = ?2, root = ?3, next_id = ?4 where id = 1",
      {head_.size, Bytes{head_.tree.bytes()},
       Bytes{head_.size == 0 ? std::string() : std::string(bytes_of(root))}, head_.next_id});
  rows.take(std::move(rows_));
}

}  // namespace huilu::journal
