// Cut at every point: a change is begun, and at the n-th thing that it does with the store the
// store fails, the answer to the commit is lost, or the process ends as by kill -9; for n = 1, 2, 3
// until it gets through. Whatever came of it, the same request under the same key has one effect,
// and the journal fits the tables. A problem that is struck off with its evidence is looked at as
// well before it is asked again: all of it is there, or nothing.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <spdlog/spdlog.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <fstream>

#include "tests/scenarios/runner/asking.h"

namespace huilu::scenario {
namespace {

using store::Access;
using store::Dialect;
using store::testing::Happening;
using store::testing::Moment;

constexpr int points_max = 200;  // more than any change has
constexpr int commit_unknown_exit = 3;
constexpr int beside_the_road_exit = 4;

enum class Cut { killed, unavailable, full, broken, commit_lost };
constexpr std::array<const char*, 5> cut_words = {"Killed", "Unavailable", "Full", "Broken",
                                                  "CommitLost"};

// Falls at the n-th point where it can, once.
class Fall {
 public:
  Fall(Cut cut, int at) : cut_(cut), left_(at) {}

  void tell(const Happening& happening) {
    if (happening.access != Access::write || !can_fall_at(happening.moment)) return;
    if (--left_ != 0) return;
    fell_ = true;
    fall();
  }
  bool fell() const { return fell_; }
  int left() const { return left_; }

 private:
  // What is committed cannot fail any more. Who is killed as he reads leaves what he would have
  // left at the write before it, and each process takes a moment to start.
  bool can_fall_at(Moment moment) const {
    if (cut_ == Cut::commit_lost) return moment >= Moment::committing;
    if (cut_ == Cut::killed && moment == Moment::reading) return false;
    return moment != Moment::connecting && (moment != Moment::committed || cut_ == Cut::killed);
  }

  void fall() const {
    switch (cut_) {
      case Cut::killed:
        ::raise(SIGKILL);
        return;
      case Cut::unavailable:
        throw Fault(FaultKind::unavailable, "cut");
      case Cut::full:
        throw Fault(FaultKind::storage_full, "cut");
      case Cut::broken:
        throw Fault(FaultKind::internal, "cut");
      case Cut::commit_lost:
        throw store::CommitUnknown("cut");
    }
  }

  const Cut cut_;
  std::atomic<int> left_;
  std::atomic<bool> fell_ = false;
};

int status_of(Cut cut) { return cut == Cut::full ? 507 : cut == Cut::broken ? 500 : 503; }

constexpr std::string_view ground = R"(ground: small
accounts:
  he: {grants: [{role: tree_keeper, unit: county}, {role: branch_secretary, unit: east_a}]}
steps:
  - as: he
    do: POST /records
    with: {types: [core/good_deed], units: [east_a], date: 2026-03-01,
           fields: {core/good_deed: {deed: 修桥}}}
    named: deed
)";

// One change, made anew for each n: $n is a number, $day a day of its own.
constexpr std::array<std::string_view, 5> changes = {
    R"(
  - do: POST /records
    with: {types: [core/theme_party_day], units: [east_a], date: $day, present: [east_a1, east_a2],
           fields: {core/theme_party_day: {summary: 学习}}}
)",
    R"(
  - do: POST /records/{deed}/corrections
    with: {version: $n, reason: 又改了, place: "第$n处"}
)",
    R"(
  - do: POST /files?name=$n.txt
    raw: 第$n份
)",
    R"(
  - do: POST /units/{west}/name
    with: {version: $n, name: "西坪镇委$n"}
)",
    R"(
  - do: POST /people
    with: {name: "新同志$n"}
)"};

// A problem, made anew for each n: an office has it struck off whose evidence a branch brought.
constexpr std::string_view ledger_ground = R"(ground: small
packs:
  - {id: rectification, in_force: 2026-01-01}
accounts:
  chen: {role: branch_secretary, unit: east_a}
  ban: {role: campaign_office, unit: county}
)";
constexpr std::string_view problem = R"(
  - as: chen
    do: POST /files?name=$n.txt
    raw: 第$n份照片
    named: photo$n
  - as: ban
    do: POST /matters
    with: {type: rectification/rectification, unit: east_a, due: 2026-06-30,
           fields: {problem: "第$n处破损", origin: superior, kind: specific, office: county}}
    named: problem$n
  - as: chen
    do: POST /matters/{problem$n}/moves
    with: {version: 1, move: plan,
           fields: {measures: [修补], standard: 不积水, fix_type: at_once, horizon: near,
                    lead: county}}
  - as: chen
    do: POST /matters/{problem$n}/moves
    with: {version: 2, move: start}
  - as: chen
    do: POST /matters/{problem$n}/moves
    with: {version: 3, move: claim_done, fields: {result: 已修补}}
  - as: ban
    do: POST /matters/{problem$n}/moves
    with: {version: 4, move: verify, reason: 属实}
)";
constexpr std::string_view striking = R"(
  - as: ban
    do: POST /matters/{problem$n}/moves
    with: {version: 5, move: strike, evidence: [photo$n]}
)";
constexpr std::string_view look = R"(
  - as: ban
    do: GET /matters/{problem$n}
)";

void replace_all(std::string& text, std::string_view from, const std::string& to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

std::vector<Step> steps_of(std::string_view steps, int n) {
  std::string text = "steps:" + std::string(steps);
  replace_all(text, "$n", std::to_string(n));
  replace_all(text, "$day", (Date::of(2025, 1, 1) + n).text());
  auto read = read_scenario("change", text, {});
  CHECK(read.faults.empty());
  return std::move(read.scenario.steps);
}

Step step_of(std::string_view change, int n) {
  Step step = std::move(steps_of(change, n).front());
  step.key = fmt::format("the-{}-of-{}", n, std::hash<std::string_view>()(change));
  return step;
}

// A request as the process that is cut gets it.
void write_request(const http::Request& request, const std::string& path) {
  Value::List headers, query;
  for (const auto& [name, value] : request.headers) headers.push_back(Value::List{name, value});
  for (const auto& [name, value] : request.query) query.push_back(Value::List{name, value});
  std::ofstream(path) << to_json(Value::object({{"path", request.path},
                                                {"headers", std::move(headers)},
                                                {"query", std::move(query)},
                                                {"body", request.body}}));
}

std::vector<http::Header> pairs_of(const Value& list) {
  std::vector<http::Header> pairs;
  for (const Value& pair : *list.list()) {
    pairs.emplace_back(*(*pair.list())[0].text(), *(*pair.list())[1].text());
  }
  return pairs;
}

http::Request read_request(const std::string& path) {
  const auto value = parse_json(text_of_file(path)).value();
  http::Request request;
  request.method = http::Method::post;
  request.path = *value.find("path")->text();
  request.headers = pairs_of(*value.find("headers"));
  request.query = pairs_of(*value.find("query"));
  request.body = *value.find("body")->text();
  return request;
}

// In the process that is cut. 0 when it got through; another number when it lives on, because what
// fell was a write that no request waits for.
int ask_and_fall(const cli::Location& location, const std::string& request, Cut cut, int n) {
  cli::BackendOptions options;
  options.location = location;
  Fall fall(cut, n);
  std::atomic<bool> ready = false;
  const SetClock clock(Date::of(2026, 3, 2));
  cli::Backend backend(options, clock,
                       std::make_unique<store::testing::WatchedDatabase>(
                           cli::open_database(options.location), [&](const Happening& happening) {
                             if (ready) fall.tell(happening);
                           }));
  ready = true;
  hand_over(backend, read_request(request)).get();
  return fall.fell() ? beside_the_road_exit : 0;
}

class CutTest : public ::testing::TestWithParam<std::tuple<Dialect, Cut>> {
 protected:
  void SetUp() override {
    if (dialect() == Dialect::postgres && store::testing::postgres_server().empty()) {
      ASSERT_FALSE(store::testing::postgres_is_required());
      GTEST_SKIP() << "HUILU_TEST_POSTGRES names no server";
    }
    spdlog::set_level(spdlog::level::off);
    const auto read = read_scenario("ground", on_ground(), HUILU_SOURCE_DIR "/tests/fixtures");
    world_.emplace(dialect(), SetClock(Date::of(2026, 3, 2)).now(), std::vector<std::string>{});
    asking_.emplace(*world_, names_, lay_ground(read.scenario, *world_, names_));
    for (const Step& step : read.scenario.steps) take(step);
  }

  virtual std::string_view on_ground() const { return ground; }

  // A step that nothing happens to.
  Value take(const Step& step) {
    asking_->speak_as(step.as);
    const auto answered = asking_->ask(step);
    EXPECT_LT(answered.status, 300) << step.request << " " << to_json(answered.body);
    asking_->bind_names(step, answered.body);
    return answered.body;
  }

  Dialect dialect() const { return std::get<0>(GetParam()); }
  Cut cut() const { return std::get<1>(GetParam()); }

  // On SQLite nothing may be acknowledged after a commit that failed: the program ends.
  bool ends_the_process() const {
    return cut() == Cut::killed || (cut() == Cut::commit_lost && dialect() == Dialect::sqlite);
  }

  // Each process takes a moment to start: the first changes go through every part of the road.
  std::size_t changes_to_cut() const { return ends_the_process() ? 3 : changes.size(); }

  // True when it fell.
  bool cut_here(const Step& step, int n) {
    Fall fall(cut(), n);
    world_->tell([&](const Happening& happening) { fall.tell(happening); });
    const auto answered = asking_->ask(step);
    world_->tell({});
    if (fall.fell() && cut() != Cut::commit_lost) {
      EXPECT_EQ(answered.status, status_of(cut()));
    } else if (!fall.fell()) {
      EXPECT_LT(answered.status, 300) << to_json(answered.body);
    }
    return fall.fell();
  }

  std::string written_request(const Step& step) {
    std::string path = world_->options().location.data + "/" + step.key + ".json";
    write_request(asking_->request_of(step), path);
    return path;
  }

  // Whether it fell. This process has no thread besides, and its world is ended. A copy of it has
  // the shipped packs read already.
  bool fall_in_a_process(const std::string& request, const cli::Location& location, int n) const {
    const pid_t child = ::fork();
    if (child == 0) ::_exit(ask_and_fall(location, request, cut(), n));
    EXPECT_GT(child, 0);
    int status = 0;
    EXPECT_EQ(::waitpid(child, &status, 0), child);
    if (cut() == Cut::killed && WIFSIGNALED(status)) {
      EXPECT_EQ(WTERMSIG(status), SIGKILL);
      return true;
    }
    EXPECT_TRUE(WIFEXITED(status));
    const int exit = WEXITSTATUS(status);
    const bool lost = exit == commit_unknown_exit || exit == beside_the_road_exit;
    EXPECT_TRUE(exit == 0 || (cut() == Cut::commit_lost && lost)) << exit;
    return exit != 0;
  }

  bool cut_in_a_process(const Step& step, int n) {
    const std::string request = written_request(step);
    world_->end();
    const bool fell = fall_in_a_process(request, world_->options().location, n);
    world_->start();
    return fell;
  }

  // Asked again under its key it answers as it did, and all of this made one entry.
  void expect_one_effect(const Step& step, std::int64_t journal_before) {
    const auto first = asking_->ask(step);
    EXPECT_LT(first.status, 300) << to_json(first.body);
    const auto second = asking_->ask(step);
    EXPECT_EQ(to_json(first.body), to_json(second.body));
    EXPECT_EQ(journal_size(), journal_before + 1);
  }

  void expect_no_damage() {
    for (const auto& damage : world_->damages()) {
      ADD_FAILURE() << damage.table << " " << damage.id << ": " << damage.what;
    }
  }

  std::int64_t number(std::string_view sql) {
    auto reader = world_->backend().installation().readers().lend();
    return reader->query(sql)[0].integer(0);
  }
  std::int64_t journal_size() { return number("select size from journal_head"); }

  Names names_;
  std::optional<World> world_;
  std::optional<Asking> asking_;
};

TEST_P(CutTest, a_change_that_is_cut_anywhere_has_one_effect) {
  for (std::size_t i = 0; i < changes_to_cut(); ++i) {
    const std::string_view change = changes[i];
    bool fell = true;
    int n = 0;
    while (fell && !HasFailure()) {
      ASSERT_LT(++n, points_max);
      SCOPED_TRACE(fmt::format("cut at {} of {}", n, change));
      const Step step = step_of(change, n);
      const auto before = journal_size();
      fell = ends_the_process() ? cut_in_a_process(step, n) : cut_here(step, n);
      expect_one_effect(step, before);
    }
    EXPECT_GT(n, cut() == Cut::commit_lost ? 2 : 5) << change;
  }
  expect_no_damage();
}

class StrikingCutTest : public CutTest {
 protected:
  std::string_view on_ground() const override { return ledger_ground; }

  // The one that is struck off first is of another kind: otherwise the others are held against it.
  void prepare(int n) {
    std::string steps(problem);
    if (n == 0) replace_all(steps, "kind: specific", "kind: common");
    for (const Step& step : steps_of(steps, n)) take(step);
  }

  // At how many points it can be cut.
  int points() {
    prepare(0);
    Fall none(cut(), points_max);
    const Step step = step_of(striking, 0);
    world_->tell([&](const Happening& happening) { none.tell(happening); });
    take(step);
    world_->tell({});
    return points_max - none.left();
  }

  // The n-th problem is cut at the n-th point.
  void cut_all(int count) {
    std::vector<std::string> requests;
    for (int n = 1; n <= count; ++n) {
      const Step step = step_of(striking, n);
      asking_->speak_as(step.as);
      if (ends_the_process())
        requests.push_back(written_request(step));
      else
        EXPECT_TRUE(cut_here(step, n)) << n;
    }
    if (!ends_the_process()) return;
    world_->end();
    for (int n = 1; n <= count; ++n) {
      const auto& request = requests[static_cast<std::size_t>(n - 1)];
      EXPECT_TRUE(fall_in_a_process(request, world_->options().location, n)) << n;
    }
    world_->start();
  }

  // What the tables have of a problem: versions, whether it is settled, evidence, for whom it
  // waits.
  struct Seen {
    std::int64_t versions, settled, evidence, waits;
    bool operator==(const Seen&) const = default;
  };
  Seen seen(int n) {
    const std::string name = fmt::format("{{problem{}}}", n);
    const std::string id = names_.filled(name).substr(1);
    const auto count = [&](const std::string& from) {
      return number("select count(*) from " + from + " = " + id);
    };
    return {count("matter_version where matter"),
            count("matter where outcome is not null and version = 6 and id"),
            count("matter_file where matter"), count("matter_wait where matter")};
  }

  // Of everything: entries, and replies that are kept under a key.
  std::pair<std::int64_t, std::int64_t> entries_and_replies() {
    return {journal_size(), number("select count(*) from idempotency")};
  }

  // Settled, with its evidence, by one move.
  void expect_struck_off(int n) {
    const Value body = take(steps_of(look, n).front());
    EXPECT_EQ(*body.find("version")->integer(), 6) << to_json(body);
    EXPECT_EQ(*body.find("state")->text(), "closed");
    EXPECT_EQ(body.find("evidence")->list()->size(), 1u);
    EXPECT_EQ(body.find("timeline")->list()->size(), 6u);
  }
};

TEST_P(StrikingCutTest, a_problem_is_struck_off_with_its_evidence_or_not_at_all) {
  const int count = points();
  EXPECT_GE(count, cut() == Cut::commit_lost ? 2 : 5);
  for (int n = 1; n <= count; ++n) prepare(n);
  const Seen before = seen(1);
  // It waits for who looks again whether it holds: the lead and the office.
  const Seen after = {6, 1, 1, 1};
  EXPECT_TRUE(before.versions == 5 && before.evidence == 0 && before.waits > 0);
  const auto [entries, replies] = entries_and_replies();
  cut_all(count);
  std::int64_t done = 0;
  for (int n = 1; n <= count; ++n) {
    const Seen now = seen(n);
    EXPECT_TRUE(now == before || now == after) << n;
    done += now == after ? 1 : 0;
  }
  EXPECT_EQ(entries_and_replies(), std::pair(entries + done, replies + done));
  expect_no_damage();
  for (int n = 1; n <= count; ++n) {
    const Step step = step_of(striking, n);
    asking_->speak_as(step.as);
    const bool is_done = seen(n) == after;
    expect_one_effect(step, journal_size() - (is_done ? 1 : 0));
    EXPECT_TRUE(seen(n) == after) << n;
    expect_struck_off(n);
  }
  expect_no_damage();
}

std::string name_of(const ::testing::TestParamInfo<std::tuple<Dialect, Cut>>& tested) {
  const auto [dialect, cut] = tested.param;
  return std::string(dialect == Dialect::postgres ? "Postgres" : "Sqlite") +
         cut_words[static_cast<std::size_t>(cut)];
}

const auto everywhere = ::testing::Combine(
    store::testing::both_dialects(),
    ::testing::Values(Cut::killed, Cut::unavailable, Cut::full, Cut::broken, Cut::commit_lost));
INSTANTIATE_TEST_SUITE_P(On, CutTest, everywhere, name_of);
INSTANTIATE_TEST_SUITE_P(On, StrikingCutTest, everywhere, name_of);

}  // namespace
}  // namespace huilu::scenario
