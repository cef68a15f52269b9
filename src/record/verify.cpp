#include <algorithm>
#include <filesystem>
#include <set>

#include "base/fault.h"
#include "base/text.h"
#include "record/files.h"
#include "record/queries.h"
#include "record/rules.h"

namespace huilu::record {

namespace {

using Pairs = std::set<std::pair<std::int64_t, std::int64_t>>;

class Verification {
 public:
  Verification(store::Connection& connection, const Catalog& catalog)
      : connection_(connection), catalog_(catalog) {}

  std::vector<journal::Damage> run(const std::string& files) {
    check_versions();
    check_parts();
    check_current();
    check_facts();
    check_named();
    check_files(files);
    return std::move(damages_);
  }

 private:
  void damage(std::string table, std::string id, std::string what) {
    if (damages_.size() < journal::damages_max) {
      damages_.push_back({std::move(table), std::move(id), std::move(what)});
    }
  }

  // The row's content is what was committed, and its columns are copies of it.
  void check_versions() {
    connection_.for_each(
        "select v.record, v.version, v.state, v.date, v.content, o.bytes from record_version v "
        "left join opening o on o.seq = v.seq and o.n = v.n order by v.record, v.version",
        {}, [&](const store::Row& row) {
          const std::string id = row.id<RecordId>(0).text() + "." + std::to_string(row.integer(1));
          if (row.is_null(5) || row.text(4) != row.text(5)) {
            damage("record_version", id, "content does not fit its opening");
            unreadable_.insert(row.integer(0));
            return;
          }
          const Value content = parse_json(row.text(4)).value();
          if (*content.find("state") != Value(row.text(2)) ||
              *content.find("date") != Value(row.text(3))) {
            damage("record_version", id, "columns do not fit the content");
          }
        });
  }

  void check_parts() {
    connection_.for_each(
        "select p.record, p.version, p.n, p.pointer, p.person, p.value, o.bytes, c.field "
        "from record_part p join record_version v on v.record = p.record and v.version = p.version "
        "left join opening o on o.seq = v.seq and o.n = p.n "
        "left join commitment c on c.seq = v.seq and c.n = p.n order by p.record, p.version, p.n",
        {}, [&](const store::Row& row) {
          const auto value = parse_json(row.text(5));
          const auto person =
              !value || value->text() == nullptr ? std::nullopt : PersonId::parse(*value->text());
          const bool fits = !row.is_null(6) && row.text(5) == row.text(6) &&
                            row.text(7) == "part " + row.text(3) &&
                            person == row.id_or_null<PersonId>(4);
          if (!fits) {
            unreadable_.insert(row.integer(0));
            damage("record_part",
                   row.id<RecordId>(0).text() + "." + std::to_string(row.integer(1)) + "/" +
                       std::to_string(row.integer(2)),
                   "does not fit its opening");
          }
        });
  }

  // The header names the newest version and its state.
  void check_current() {
    connection_.for_each(
        "select r.id, r.version, r.state, v.state, "
        "(select max(n.version) from record_version n where n.record = r.id) "
        "from record r left join record_version v on v.record = r.id and v.version = r.version "
        "order by r.id",
        {}, [&](const store::Row& row) {
          const bool fits = !row.is_null(3) && row.text(2) == row.text(3) &&
                            row.integer_or_null(4) == row.integer(1);
          if (!fits) damage("record", row.id<RecordId>(0).text(), "does not fit its versions");
        });
  }

  // Facts and identities are what the current versions say: counted from both sides.
  void check_facts() {
    std::set<std::int64_t> wrong;
    std::int64_t expected_facts = 0, expected_identities = 0;
    connection_.for_each(
        "select v.record, v.content, v.version from record r join record_version v "
        "on v.record = r.id and v.version = r.version where r.state <> 'void' order by r.id",
        {}, [&](const store::Row& row) {
          current_.push_back({row.integer(0), row.integer(2)});
        });
    for (const auto& [record, version] : current_) {
      if (unreadable_.contains(record)) continue;
      const auto read = version_of(connection_, RecordId{record}, version);
      const auto facts = facts_of(read->content, catalog_);
      const auto hashes = identity_hashes(read->content, catalog_);
      expect_named(record, read->content);
      expected_facts += static_cast<std::int64_t>(facts.size());
      expected_identities += static_cast<std::int64_t>(hashes.size());
      for (const Fact& fact : facts) {
        const auto found = connection_.query(
            "select planned, at from record_unit "
            "where unit = ?1 and type = ?2 and counts_on = ?3 and record = ?4",
            {fact.unit, fact.type, fact.counts_on, record});
        if (found.empty() || (found[0].integer(0) == 1) != (read->state == State::planned) ||
            found[0].instant(1) != read->at) {
          wrong.insert(record);
        }
      }
      for (const auto& hash : hashes) {
        const auto found = connection_.query("select record from record_identity where hash = ?1",
                                             {store::Bytes{hash}});
        if (found.empty() || found[0].integer(0) != record) {
          damage("record_identity", RecordId{record}.text(), "missing or of another record");
        }
      }
    }
    for (const auto record : wrong) {
      damage("record_unit", RecordId{record}.text(), "does not fit the record");
    }
    if (!unreadable_.empty()) return;  // what they say is not known, so the sums are not either
    check_count("record_unit", expected_facts);
    check_count("record_identity", expected_identities);
  }

  // Every unit and record that some version names beside its own units of today, and no other.
  void check_named() {
    for (const auto& [record, version] : earlier_versions()) {
      if (unreadable_.contains(record)) continue;
      const auto read = version_of(connection_, RecordId{record}, version);
      for (const UnitId unit : read->content.units) named_units_.emplace(unit.value, record);
      expect_named(record, read->content);
    }
    compare_pairs("record_named_unit", "unit", named_units_);
    compare_pairs("record_reference", "named", named_records_);
  }

  std::vector<std::pair<std::int64_t, std::int64_t>> earlier_versions() {
    std::vector<std::pair<std::int64_t, std::int64_t>> versions;
    connection_.for_each(
        "select v.record, v.version from record r join record_version v "
        "on v.record = r.id and v.version < r.version where r.version > 1",
        {}, [&](const store::Row& row) { versions.emplace_back(row.integer(0), row.integer(1)); });
    return versions;
  }

  void expect_named(std::int64_t record, const Content& content) {
    const Mentioned mentioned = mentioned_in(content, catalog_);
    for (const UnitId unit : mentioned.units_in_fields()) named_units_.emplace(unit.value, record);
    for (const auto& [named, where] : mentioned.records)
      named_records_.emplace(named.value, record);
  }

  void compare_pairs(const std::string& table, const std::string& column, const Pairs& expected) {
    Pairs found;
    connection_.for_each("select " + column + ", record from " + table, {},
                         [&](const store::Row& row) {
                           if (unreadable_.contains(row.integer(1))) return;
                           found.emplace(row.integer(0), row.integer(1));
                         });
    std::vector<std::pair<std::int64_t, std::int64_t>> wrong;
    std::set_symmetric_difference(expected.begin(), expected.end(), found.begin(), found.end(),
                                  std::back_inserter(wrong));
    for (const auto& [named, record] : wrong) {
      damage(table, RecordId{record}.text(), "does not fit what the record names");
    }
  }

  void check_count(const std::string& table, std::int64_t expected) {
    const auto rows = connection_.query("select count(*) from " + table);
    if (rows[0].integer(0) != expected) {
      damage(table, "-",
             std::to_string(rows[0].integer(0)) + " rows, the records say " +
                 std::to_string(expected));
    }
  }

  void check_files(const std::string& folder) {
    const FileFolder files(folder);
    connection_.for_each(
        "select f.id, f.sha256, f.size, f.media_type, f.name, o.bytes, p.bytes from file f "
        "left join opening o on o.seq = f.seq and o.n = 1 "
        "left join opening p on p.seq = f.seq and p.n = 2 order by f.id",
        {}, [&](const store::Row& row) {
          const std::string id = row.id<FileId>(0).text();
          const StoredFile file{row.text(1), row.integer(2), row.text(3), row.text(4)};
          if (row.is_null(5) || row.text(5) != canonical_json(file_content(file)) ||
              row.is_null(6) || row.text(6) != canonical_json(Value(file.name))) {
            damage("file", id, "does not fit its opening");
          }
          const std::string path = files.path_of(file.sha256);
          if (!std::filesystem::exists(path)) {
            damage("attachment", id, "missing: " + path);
          } else if (file_hash(path) != file.sha256) {
            damage("attachment", id, "bytes do not fit the hash: " + path);
          }
        });
  }

  store::Connection& connection_;
  const Catalog& catalog_;
  std::set<std::int64_t> unreadable_;  // records whose content or parts are damaged
  std::vector<std::pair<std::int64_t, std::int64_t>> current_;
  Pairs named_units_, named_records_;  // what is named → the record that names it
  std::vector<journal::Damage> damages_;
};

}  // namespace

std::vector<journal::Damage> verify(store::Connection& connection, const Catalog& catalog,
                                    const std::string& files) {
  return Verification(connection, catalog).run(files);
}

}  // namespace huilu::record
