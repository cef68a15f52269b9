// Reads of the journal, for followers, for auditors and for proofs.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "journal/journal.h"

namespace huilu::journal {

struct EntryView {
  Sequence sequence = 0;
  Instant at;
  std::string kind;
  std::string leaf;
  std::string hash;  // 32 bytes
};
std::vector<EntryView> entries_after(store::Connection& connection, Sequence after, int limit);

struct HeadView {
  Sequence size = 0;
  Hash root{};
};
HeadView read_head(store::Connection& connection);

// What entries touched: each row once, with its newest version, by table. Not to be copied, the
// rows look at the names.
struct TouchedRows {
  std::deque<std::string> tables;
  std::vector<Touched> rows;

  TouchedRows() = default;
  TouchedRows(TouchedRows&&) = default;
};
// By the entries (after, through].
TouchedRows touched_between(store::Connection& connection, Sequence after, Sequence through);
// The first entry of which touched rows are kept; 0: there are none.
Sequence first_touched(store::Connection& connection);

// That the commitment n of an entry is under its body: what proves one row of a bulk entry.
struct FieldProof {
  std::string leaf;
  std::string field;
  Hash commitment{};
  std::int64_t n = 0;
  std::int64_t size = 0;  // of the body's tree
  Proof path;
  Hash body{};
};
std::optional<FieldProof> prove_field(store::Connection& connection, Sequence sequence,
                                      std::int64_t n);
bool verify_field(const FieldProof& proof);

}  // namespace huilu::journal
