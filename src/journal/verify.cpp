#include <charconv>
#include <map>

#include "base/text.h"
#include "journal/journal.h"

namespace huilu::journal {

namespace {

// What a leaf says of its body, remembered until the commitments come by.
struct Body {
  std::int64_t fields = -1;
  Hash root{};
};

std::string_view line_of(std::string_view leaf, std::string_view word) {
  for (const auto line : split(leaf, '\n')) {
    if (line.starts_with(word) && line.substr(word.size()).starts_with(' ')) {
      return line.substr(word.size() + 1);
    }
  }
  return {};
}

class Verification {
 public:
  explicit Verification(store::Connection& connection) : connection_(connection) {}

  Verified run() {
    read_tree_heads();
    check_leaves();
    check_head();
    check_commitments();
    check_stray_openings();
    return std::move(result_);
  }

 private:
  void damage(std::string table, std::string id, std::string what) {
    if (result_.damages.size() < damages_max) {
      result_.damages.push_back({std::move(table), std::move(id), std::move(what)});
    }
  }

  void read_tree_heads() {
    connection_.for_each("select size, root from tree_head order by size", {},
                         [&](const store::Row& row) { heads_[row.integer(0)] = row.text(1); });
  }

  void check_leaves() {
    connection_.for_each("select seq, at, kind, leaf, leaf_hash from journal order by seq", {},
                         [&](const store::Row& row) { check_leaf(row); });
    for (const auto& [size, root] : heads_) {
      damage("tree_head", std::to_string(size), "no such entry in the journal");
    }
  }

  void check_leaf(const store::Row& row) {
    const Sequence seq = row.integer(0);
    const std::string id = std::to_string(seq);
    ++result_.entries;
    if (seq != result_.entries) {
      damage("journal", std::to_string(result_.entries), "missing: the numbers have a gap");
      result_.entries = seq;
      bodies_.resize(static_cast<std::size_t>(seq) - 1);
    }
    const std::string& leaf = row.text(3);
    const Hash hash = leaf_hash(leaf);
    if (bytes_of(hash) != row.text(4)) damage("journal", id, "leaf does not fit leaf_hash");
    if (line_of(leaf, "seq") != id || line_of(leaf, "kind") != row.text(2) ||
        line_of(leaf, "at") != row.instant(1).text()) {
      damage("journal", id, "columns do not fit the leaf");
    }
    bodies_.push_back(body_of(leaf, id));
    tree_.append(hash);
    if (const auto head = heads_.find(seq); head != heads_.end()) {
      if (head->second != bytes_of(tree_.root())) {
        damage("tree_head", id, "root does not fit the leaves");
      }
      heads_.erase(head);
    }
  }

  Body body_of(std::string_view leaf, const std::string& id) {
    Body body;
    const auto line = line_of(leaf, "body");
    const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), body.fields);
    const auto used = static_cast<std::size_t>(end - line.data());
    const auto digits = line.substr(std::min(line.size(), used + 1));
    if (error != std::errc{} || digits.size() != 64) {
      damage("journal", id, "the leaf has no readable body");
      body.fields = -1;
      return body;
    }
    for (std::size_t i = 0; i < body.root.size(); ++i) {
      std::from_chars(digits.data() + 2 * i, digits.data() + 2 * i + 2, body.root[i], 16);
    }
    return body;
  }

  void check_head() {
    const auto rows = connection_.query("select size, peaks, root from journal_head where id = 1");
    const bool same =
        rows.size() == 1 && rows[0].integer(0) == result_.entries &&
        rows[0].text(1) == tree_.bytes() &&
        rows[0].text(2) == (tree_.size() == 0 ? std::string_view() : bytes_of(tree_.root()));
    if (!same) damage("journal_head", "1", "does not fit the leaves");
  }

  void check_commitments() {
    connection_.for_each(
        "select c.seq, c.n, c.field, c.hash, o.salt, o.bytes from commitment c "
        "left join opening o on o.seq = c.seq and o.n = c.n order by c.seq, c.n",
        {}, [&](const store::Row& row) { check_commitment(row); });
    close_body();
    for (++body_; body_ <= result_.entries; ++body_) check_body({});
  }

  void check_commitment(const store::Row& row) {
    const Sequence seq = row.integer(0);
    if (seq != body_) {
      close_body();
      for (++body_; body_ < seq; ++body_) check_body({});
    }
    ++result_.commitments;
    const std::string id = std::to_string(seq) + "." + std::to_string(row.integer(1));
    if (row.text(3).size() != sizeof(Hash)) {
      damage("commitment", id, "is not a hash");
      return;
    }
    hashes_.push_back(hash_from(row.text(3)));
    if (row.is_null(4)) {
      damage("opening", id, "missing");
    } else if (row.text(4).size() != 32 ||
               commitment(row.text(2), row.text(4), row.text(5)) != hashes_.back()) {
      damage("opening", id, "does not fit its commitment");
    }
  }

  void close_body() {
    if (body_ > 0) check_body(hashes_);
    hashes_.clear();
  }

  void check_body(const std::vector<Hash>& hashes) {
    const std::string id = std::to_string(body_);
    if (body_ > static_cast<Sequence>(bodies_.size())) {
      damage("commitment", id, "no such entry in the journal");
      return;
    }
    const Body& body = bodies_[static_cast<std::size_t>(body_ - 1)];
    if (body.fields < 0) return;
    if (body.fields != static_cast<std::int64_t>(hashes.size()) || body.root != root_of(hashes)) {
      damage("commitment", id, "the commitments do not fit the leaf's body");
    }
  }

  void check_stray_openings() {
    connection_.for_each(
        "select o.seq, o.n from opening o left join commitment c on c.seq = o.seq and c.n = o.n "
        "where c.seq is null order by o.seq, o.n",
        {}, [&](const store::Row& row) {
          damage("opening", std::to_string(row.integer(0)) + "." + std::to_string(row.integer(1)),
                 "has no commitment");
        });
  }

  store::Connection& connection_;
  Verified result_;
  CompactTree tree_;
  std::map<Sequence, std::string> heads_;
  std::vector<Body> bodies_;
  Sequence body_ = 0;
  std::vector<Hash> hashes_;
};

}  // namespace

Verified verify(store::Connection& connection) { return Verification(connection).run(); }

}  // namespace huilu::journal
