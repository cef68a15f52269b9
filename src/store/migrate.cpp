#include <algorithm>
#include <charconv>
#include <map>

#include "base/check.h"
#include "base/hash.h"
#include "base/text.h"
#include "store/store.h"

namespace huilu::store {
namespace {

constexpr std::string_view version_table = R"(
create table if not exists schema_version (
  number bigint primary key,
  name text not null,
  sha256 text not null,
  release text not null
){strict};
)";

struct Applied {
  std::string name;
  std::string sha256;
  std::string release;
};

std::string for_dialect(std::string text, Dialect dialect) {
  const bool sqlite = dialect == Dialect::sqlite;
  const std::pair<std::string_view, std::string_view> words[] = {
      {"{bytes}", sqlite ? "blob" : "bytea"},
      {"{text}", sqlite ? "text" : "text collate \"C\""},
      {"{strict}", sqlite ? " strict" : ""},
      {"bigint", sqlite ? "integer" : "bigint"},  // a strict table does not know the other word
      {"{keyed}", sqlite ? " strict, without rowid" : ""},
  };
  for (const auto& [word, meaning] : words) {
    for (auto at = text.find(word); at != text.npos; at = text.find(word, at + meaning.size())) {
      text.replace(at, word.size(), meaning);
    }
  }
  return text;
}

std::string title(int number, std::string_view name) {
  const std::string digits = std::to_string(number);
  const std::string zeros(digits.size() < 4 ? 4 - digits.size() : 0, '0');
  return zeros + digits + "_" + std::string(name);
}

std::map<int, Applied> read_applied(Connection& connection) {
  std::map<int, Applied> applied;
  const Rows rows =
      connection.query("select number, name, sha256, release from schema_version order by number");
  for (const Row row : rows) {
    applied[static_cast<int>(row.integer(0))] = {row.text(1), row.text(2), row.text(3)};
  }
  return applied;
}

void check_applied(const std::map<int, Applied>& applied,
                   const std::vector<Migration>& migrations) {
  for (const auto& [number, was] : applied) {
    const auto known =
        std::find_if(migrations.begin(), migrations.end(),
                     [wanted = number](const auto& m) { return m.number == wanted; });
    if (known == migrations.end()) {
      throw Fault(FaultKind::internal, "the database was made by Huilu " + was.release +
                                           " (schema " + title(number, was.name) +
                                           "), this program is Huilu " HUILU_VERSION
                                           " and does not know that schema");
    }
    if (hex(bytes_of(sha256(known->sql))) != was.sha256) {
      throw Fault(FaultKind::internal, "the migration " + title(number, was.name) +
                                           " has changed since Huilu " + was.release +
                                           " applied it to this database");
    }
  }
}

// The first that is not applied yet; a null pointer when there is none.
const Migration* next_of(const std::map<int, Applied>& applied,
                         const std::vector<Migration>& migrations) {
  for (const auto& migration : migrations) {
    if (applied.contains(migration.number)) continue;
    if (!applied.empty() && migration.number < applied.rbegin()->first) {
      throw Fault(FaultKind::internal, "the migration " + title(migration.number, migration.name) +
                                           " comes before " +
                                           std::to_string(applied.rbegin()->first) +
                                           ", which this database already has");
    }
    return &migration;
  }
  return nullptr;
}

bool has_version_table(Connection& connection) {
  const auto tables =
      connection.dialect() == Dialect::sqlite
          ? connection.query("select 1 from sqlite_schema where name = 'schema_version'")
          : connection.query(
                "select 1 from pg_tables where schemaname = current_schema() "
                "and tablename = 'schema_version'");
  return !tables.empty();
}

// Two processes may start at once: each step takes the lock and looks again.
bool migrate_one(Connection& connection, const std::vector<Migration>& migrations) {
  Transaction transaction(connection, Access::write);
  if (connection.dialect() == Dialect::postgres) {
    connection.run_script("set local lock_timeout = 0; select pg_advisory_xact_lock(7205759403);");
  }
  connection.run_script(for_dialect(std::string(version_table), connection.dialect()));
  const auto applied = read_applied(connection);
  check_applied(applied, migrations);
  const Migration* next = next_of(applied, migrations);
  if (next) {
    connection.run_script(for_dialect(next->sql, connection.dialect()));
    connection.execute(
        "insert into schema_version (number, name, sha256, release) values (?1, ?2, ?3, ?4)",
        {next->number, next->name, hex(bytes_of(sha256(next->sql))), HUILU_VERSION});
  }
  transaction.commit();
  return next != nullptr;
}

}  // namespace

std::vector<Migration> migrations_from(const std::vector<EmbeddedFile>& files) {
  std::vector<Migration> migrations;
  for (const auto& file : files) {
    auto name = file.path.substr(file.path.rfind('/') + 1);
    CHECK(name.ends_with(".sql"));
    name.remove_suffix(4);
    int number = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
    const auto digits = static_cast<std::size_t>(end - name.data());
    CHECK(error == std::errc{} && digits == 4 && name.size() > 5 && name[4] == '_');
    migrations.push_back({number, std::string(name.substr(5)), std::string(file.bytes)});
  }
  std::sort(migrations.begin(), migrations.end(),
            [](const auto& a, const auto& b) { return a.number < b.number; });
  for (std::size_t i = 1; i < migrations.size(); ++i) {
    CHECK(migrations[i - 1].number != migrations[i].number);
  }
  return migrations;
}

void migrate(Database& database, const std::vector<Migration>& migrations) {
  const auto connection = database.connect(Access::write);
  while (migrate_one(*connection, migrations)) {
  }
}

SchemaState schema_state(Database& database, const std::vector<Migration>& migrations) {
  const auto connection = database.connect(Access::read);
  if (!has_version_table(*connection)) return SchemaState::empty;
  const auto applied = read_applied(*connection);
  check_applied(applied, migrations);
  return next_of(applied, migrations) ? SchemaState::behind : SchemaState::current;
}

std::vector<std::string> damages_of_file(Connection& connection) {
  std::vector<std::string> damages;
  if (connection.dialect() != Dialect::sqlite) return damages;
  for (const Row row : connection.query("pragma integrity_check(100)")) {
    if (row.text(0) != "ok") damages.push_back(row.text(0));
  }
  return damages;
}

}  // namespace huilu::store
