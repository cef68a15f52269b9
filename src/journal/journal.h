// The journal: the append-only list of everything that happened. An entry is a leaf of a Merkle
// tree; what it says about content stands in commitments (salted hashes) whose openings (salt and
// bytes) are kept beside, so that one opening can be erased without changing a leaf.
//
// The road (command/run.cpp) is the only writer: one Appender a batch, in the batch's transaction.
// Tables hold content and are the truth; the journal is evidence that content was not changed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "base/ids.h"
#include "base/time.h"
#include "journal/merkle.h"
#include "store/store.h"

namespace huilu::journal {

// Number of an entry: 1, 2, 3 … without gaps. The tree's size after entry n is n.
using Sequence = std::int64_t;

// What one commitment covers. The field "content" holds canonical JSON; personal fields and free
// texts are one commitment each.
struct Field {
  std::string name;
  std::string bytes;
};

// A row that followers have to read again. Not hashed, not public, may be erased.
struct Touched {
  std::string_view table;
  std::int64_t id = 0;
  std::int64_t version = 0;
};

struct Entry {
  std::string_view kind;             // the past: record_entered, unit_moved
  std::optional<UnitId> unit;        // whom it concerns
  std::string subject;               // "r118.1", or "-"
  std::optional<Sequence> previous;  // the subject's entry before this one
  AccountId actor;                   // 0: the program itself, from the command line
  std::vector<Field> fields;         // committed after the actor, in this order
  std::vector<Touched> touched;
};

// The head row, read under its lock as the first statement of a batch.
struct Head {
  Sequence size = 0;
  CompactTree tree;
  std::int64_t next_id = 1;
};

// "select … from journal_head", with `for update` where the dialect has it.
std::string_view head_query(store::Dialect dialect);
Head head_from(const store::Rows& rows);

// The root that was kept for this size; absent where no batch ended there.
std::optional<Hash> root_at(store::Connection& connection, Sequence size);

// commit/v1: SHA-256("commit/v1" ‖ 0 ‖ field ‖ 0 ‖ salt ‖ length as 8 bytes, big end first ‖
// bytes). `salt` has 32 bytes.
Hash commitment(std::string_view field, std::string_view salt, std::string_view bytes);

// What the commitment "actor" covers: "a12", or "-" of the program itself.
std::string actor_text(AccountId actor);

// The leaf's text: fixed lines, readable on paper, see docs/data.md.
std::string leaf_text(Sequence sequence, Instant at, const Entry& entry, std::size_t fields,
                      const Hash& body);

// Takes a batch's entries and writes leaves, commitments, openings, touched rows, the tree head and
// the head row once.
class Appender {
 public:
  Appender(Head head, Instant at);

  Instant at() const { return at_; }
  std::int64_t issue_id() { return issue_ids(1); }
  std::int64_t issue_ids(std::int64_t count);  // the first of `count` consecutive ids
  Sequence append(Entry entry);
  Sequence next_sequence() const { return head_.size + 1; }
  Sequence size() const { return head_.size; }
  Hash root() const { return head_.tree.root(); }
  void write(store::RowBuffer& rows);  // once, after the last entry
  const std::vector<Touched>& touched() const { return touched_; }

 private:
  void add_commitment(std::int64_t n, const Field& field, std::vector<Hash>& hashes);

  Head head_;
  Instant at_;
  bool issued_ = false;
  bool appended_ = false;
  store::RowBuffer rows_;
  std::vector<Touched> touched_;
};

// Verification lists no more than these.
inline constexpr std::size_t damages_max = 1000;

// One damage that verification found: where, and what does not fit.
struct Damage {
  std::string table;
  std::string id;
  std::string what;
};

struct Verified {
  Sequence entries = 0;
  std::int64_t commitments = 0;
  std::vector<Damage> damages;
};

// Sequence without gaps, every leaf against its hash, every kept tree head and the head row against
// the leaves, each leaf's body against its commitments, each opening against its commitment.
// Rows against openings are compared by the rooms that own the rows.
Verified verify(store::Connection& connection);

}  // namespace huilu::journal
