// How the databases go about what people wait for: every statement that the scenarios' requests run
// is explained by both, and none may read a table that grows from end to end.
#include <gtest/gtest.h>
#include <spdlog/spdlog.h>

#include <filesystem>
#include <map>
#include <regex>
#include <set>

#include "tests/scenarios/runner/play.h"
#include "tests/scenarios/runner/world.h"

namespace huilu::scenario {
namespace {

// Tables that have a handful of rows for ever, and those of what two persons decide for everybody.
const std::set<std::string, std::less<>> small_tables = {
    "journal_head", "record_type",     "schema_version",   "activation",
    "campaign",     "parameter_value", "calendar_revision"};

// An index of a few rows of a table that grows: the units without one above them.
bool is_of_few(const std::string& line) { return line.find("unit_at_the_top") != line.npos; }

// The background round's: once an hour over what an hour left and over the nodes of the trees.
bool is_sweep(const std::string& sql) {
  return sql.starts_with("delete from session where expires_at") ||
         sql.starts_with("delete from sign_in_failure where at1") ||
         sql.starts_with("select d.id from place d where exists") ||
         sql.starts_with("select u.id from unit u where exists");
}

Noted statements_of_all_scenarios(store::Dialect dialect) {
  Noted noted;
  for (const auto& entry :
       std::filesystem::directory_iterator(HUILU_SOURCE_DIR "/tests/scenarios")) {
    if (entry.path().extension() != ".yaml") continue;
    const auto read =
        read_scenario(entry.path(), text_of_file(entry.path()), HUILU_SOURCE_DIR "/tests/fixtures");
    // The one time that ctest plays them straight: their own tests restart between the steps.
    for (const auto& mismatch : play(read.scenario, dialect, Course::straight, &noted).mismatches)
      ADD_FAILURE() << mismatch.text();
  }
  return noted;
}

// "u" → "unit", from what stands after from and join.
std::map<std::string, std::string> aliases_of(const std::string& sql) {
  static const std::regex source(R"((?:from|join|into|update)\s+(\w+)(?:\s+(\w+))?)");
  std::map<std::string, std::string> aliases;
  for (std::sregex_iterator found(sql.begin(), sql.end(), source), end; found != end; ++found) {
    aliases[(*found)[1]] = (*found)[1];
    if ((*found)[2].matched) aliases[(*found)[2]] = (*found)[1];
  }
  return aliases;
}

// A statement with no more than some values in each list: for hundreds PostgreSQL rather goes
// through the whole of an empty table than look for each.
std::pair<std::string, store::Params> with_short_lists(const std::string& sql,
                                                       const store::Params& params) {
  constexpr int most = 16;
  std::string text;
  store::Params kept;
  std::map<std::size_t, std::size_t> numbers;
  int run = 0;  // values of a list so far; 0 outside of one
  std::size_t end = 0;
  for (std::size_t i = 0; i < sql.size();) {
    if (sql[i] != '?') {
      text += sql[i++];
      continue;
    }
    std::size_t length = 0;
    const std::size_t number = std::stoul(sql.substr(i + 1, 6), &length);
    const bool begins = i >= 5 && sql.compare(i - 5, 5, " in (") == 0;
    const bool goes_on = run > 0 && i == end + 2 && sql.compare(end, 2, ", ") == 0;
    run = begins ? 1 : goes_on ? run + 1 : 0;
    i += 1 + length;
    end = i;
    if (run > most) {
      text.resize(text.size() - 2);
      continue;
    }
    const auto [place, is_new] = numbers.emplace(number, kept.size() + 1);
    if (is_new) kept.push_back(params[number - 1]);
    text += '?' + std::to_string(place->second);
  }
  return {text, kept};
}

// Tables that SQLite says it scans: "SCAN u", "SCAN u USING COVERING INDEX …"; a SEARCH has a
// constraint. Tables of the statement itself (with recursive …, a selection in brackets) hold what
// it has just found.
std::vector<std::string> scans_in_sqlite(store::Connection& connection, const std::string& sql,
                                         const store::Params& params) {
  static const std::regex scan(R"(^SCAN (\w+))");
  const auto aliases = aliases_of(sql);
  std::vector<std::string> scans;
  for (const auto row : connection.query("explain query plan " + sql, params)) {
    std::smatch found;
    const std::string& line = row.text(3);
    if (!std::regex_search(line, found, scan)) continue;
    const auto table = aliases.find(found[1]);
    const std::string name = table == aliases.end() ? found[1].str() : table->second;
    const bool own = sql.find("with recursive " + name) != std::string::npos ||
                     (sql + " ").find(") " + name + " ") != std::string::npos;
    const bool small = own || name == "CONSTANT" || small_tables.contains(name) || is_of_few(line);
    if (!small) scans.push_back(line);
  }
  return scans;
}

// With sequential scans, and the joins that want whole tables, switched off PostgreSQL takes one
// only where nothing else is possible, so that empty tables tell as much as full ones. An index
// without a condition is a scan as well.
std::vector<std::string> scans_in_postgres(store::Connection& connection, const std::string& sql,
                                           const store::Params& params) {
  static const std::regex scan(R"((Seq|Index|Index Only|Bitmap Index) Scan.* on (\w+))");
  std::vector<std::string> scans;
  std::string open;  // a node that has no condition yet
  const auto close = [&] {
    if (!open.empty()) scans.push_back(std::exchange(open, ""));
  };
  for (const auto row : connection.query("explain (costs off) " + sql, params)) {
    std::smatch found;
    const std::string& line = row.text(0);
    if (line.find("Index Cond:") != std::string::npos) open.clear();
    if (line.find("->") != std::string::npos) close();
    if (!std::regex_search(line, found, scan)) continue;
    close();
    if (!small_tables.contains(found[2].str()) && !is_of_few(line)) open = line;
  }
  close();
  return scans;
}

class Plans : public ::testing::TestWithParam<store::Dialect> {};

TEST_P(Plans, nothing_that_a_request_asks_reads_a_growing_table_from_end_to_end) {
  const bool postgres = GetParam() == store::Dialect::postgres;
  if (postgres && store::testing::postgres_server().empty()) {
    ASSERT_FALSE(store::testing::postgres_is_required());
    GTEST_SKIP() << "HUILU_TEST_POSTGRES names no server";
  }
  spdlog::set_level(spdlog::level::off);  // some stories are about a store that fails
  const Noted noted = statements_of_all_scenarios(GetParam());
  EXPECT_GT(noted.asked.size(), 100u);
  EXPECT_GT(noted.started.size(), 10u);
  World world(GetParam(), SetClock(Date::of(2026, 3, 2)).now(), {});
  const auto connection = world.backend().installation().database().connect(store::Access::write);
  if (postgres) {
    connection->run_script(
        "set enable_seqscan = off; set enable_mergejoin = off; set enable_hashjoin = off;");
  }
  for (const auto& [sql, params] : noted.asked) {
    // The index reads everything when the program starts, and again where a decision changes what
    // everybody owes.
    if (is_sweep(sql) || noted.started.contains(sql)) continue;
    const auto [text, values] = with_short_lists(sql, params);
    const auto scans = postgres ? scans_in_postgres(*connection, text, values)
                                : scans_in_sqlite(*connection, text, values);
    for (const auto& scan : scans) ADD_FAILURE() << scan << "\n  " << sql;
  }
}

INSTANTIATE_TEST_SUITE_P(On, Plans, store::testing::both_dialects(),
                         store::testing::name_of_dialect);

}  // namespace
}  // namespace huilu::scenario
