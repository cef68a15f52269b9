#include "org/verify.h"

#include <string>
#include <unordered_map>

#include "base/hash.h"
#include "org/content.h"
#include "org/paths.h"
#include "org/tables.h"

namespace huilu::org {

namespace {

constexpr std::int64_t units_at_once = 5'000;

// What rows must find among the openings of their entries. A bulk entry's fields carry the row's
// subject, a single one's do not.
class Expectations {
 public:
  void add(journal::Sequence seq, const std::string& field, const std::string& subject,
           const std::string& bytes, std::string table) {
    const std::string hash(bytes_of(sha256(bytes)));
    const std::size_t index = rows_.size();
    rows_.push_back({std::move(table), subject, field, false});
    by_key_.emplace(std::to_string(seq) + " " + field + " " + hash, index);
    by_key_.emplace(std::to_string(seq) + " " + field + " " + subject + " " + hash, index);
  }

  void read_openings(store::Connection& connection) {
    connection.for_each(
        "select c.seq, c.field, o.bytes from commitment c "
        "join opening o on o.seq = c.seq and o.n = c.n where c.n > 0 order by c.seq, c.n",
        {}, [&](const store::Row& row) {
          const std::string hash(bytes_of(sha256(row.text(2))));
          const auto found =
              by_key_.find(std::to_string(row.integer(0)) + " " + row.text(1) + " " + hash);
          if (found != by_key_.end()) rows_[found->second].found = true;
        });
  }

  void report(std::vector<journal::Damage>& damages) const {
    for (const auto& row : rows_) {
      if (!row.found) damages.push_back({row.table, row.subject, row.field + " ≠ journal"});
    }
  }

 private:
  struct Expected {
    std::string table;
    std::string subject;
    std::string field;
    bool found;
  };
  std::vector<Expected> rows_;
  std::unordered_map<std::string, std::size_t> by_key_;
};

template <class From>
void expect_rows(store::Connection& connection, Expectations& expectations,
                 std::string_view columns, const char* table, const char* alias, From from) {
  connection.for_each(
      "select " + std::string(columns) + " from " + table + " " + alias + " order by 1", {},
      [&](const store::Row& row) {
        const auto value = from(row);
        expectations.add(value.seq, "content", subject_of(value), content_of(value), table);
      });
}

void expect_units(store::Connection& connection, Expectations& expectations) {
  const auto last = connection.query("select max(id) from unit")[0].integer_or_null(0).value_or(0);
  for (std::int64_t at = 0; at < last; at += units_at_once) {
    const UnitLoad load(connection, "u.id > ?1 and u.id <= ?2", {at, at + units_at_once});
    connection.flush();
    for (const auto& unit : load.units()) {
      expectations.add(unit.seq, "content", subject_of(unit), content_of(unit), "unit");
    }
  }
}

void expect_persons(store::Connection& connection, Expectations& expectations) {
  connection.for_each("select " + std::string(person_columns) + " from person p order by p.id", {},
                      [&](const store::Row& row) {
                        const Person person = person_from(row);
                        for (const auto& field : fields_of(person)) {
                          expectations.add(person.seq, field.name, subject_of(person), field.bytes,
                                           "person");
                        }
                      });
}

// Derived, but what permissions rest on.
void check_paths(store::Connection& connection, const std::string& table,
                 std::vector<journal::Damage>& damages) {
  connection.for_each("select n.id, n.path, coalesce(p.path, '') from " + table + " n left join " +
                          table + " p on p.id = n.parent order by n.id",
                      {}, [&](const store::Row& row) {
                        if (row.text(1) != row.text(2) + label_of(row.integer(0))) {
                          damages.push_back({table, std::to_string(row.integer(0)),
                                             "path ≠ parent's path + label"});
                        }
                      });
}

}  // namespace

std::vector<journal::Damage> verify(store::Connection& connection) {
  std::vector<journal::Damage> damages;
  Expectations expectations;
  expect_units(connection, expectations);
  expect_persons(connection, expectations);
  expect_rows(connection, expectations, membership_columns, "membership", "m", membership_from);
  expect_rows(connection, expectations, employment_columns, "employment", "e", employment_from);
  expect_rows(connection, expectations, post_columns, "post", "o", post_from);
  expect_rows(connection, expectations, tenure_columns, "tenure", "t", tenure_from);
  expectations.read_openings(connection);
  expectations.report(damages);
  check_paths(connection, "unit", damages);
  check_paths(connection, "place", damages);
  return damages;
}

}  // namespace huilu::org
