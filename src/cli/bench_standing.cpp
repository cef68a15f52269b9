#include "cli/bench_standing.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <utility>

#include "base/value.h"
#include "cli/installation.h"
#include "compliance/index.h"
#include "enactment/commands.h"
#include "enactment/queries.h"
#include "org/commands.h"
#include "org/queries.h"
#include "record/commands.h"
#include "record/queries.h"

namespace huilu::cli {

namespace {

using compliance::Index;
using compliance::Tree;
using SteadyClock = std::chrono::steady_clock;

constexpr std::size_t open_argument_count = 4;
constexpr std::size_t standing_argument_count = 8;
constexpr int standing_runs_max = 10'000;

template <class Work>
std::int64_t microseconds(Work work) {
  const auto start = SteadyClock::now();
  work();
  return std::chrono::duration_cast<std::chrono::microseconds>(SteadyClock::now() - start).count();
}

Value spread_of(std::vector<std::int64_t> times) {
  std::sort(times.begin(), times.end());
  const auto at = [&](std::size_t per_mille) {
    return times[(times.size() - 1) * per_mille / 1000];
  };
  return Value::object({{"runs", static_cast<std::int64_t>(times.size())},
                        {"median_us", at(500)},
                        {"p99_us", at(990)},
                        {"most_us", times.back()}});
}

// Of this process, in kB; the most that it ever held.
std::int64_t most_resident_kb() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) return std::atoll(line.c_str() + 6);
  }
  return 0;
}

class StandingBench {
 public:
  StandingBench(const std::vector<std::string>& arguments, const Clock& clock)
      : arguments_(arguments),
        clock_(clock),
        runs_(arguments.size() < standing_argument_count
                  ? 0
                  : std::clamp(std::atoi(arguments[7].c_str()), 1, standing_runs_max)) {}

  Value run() {
    put_in_force();
    if (runs_ == 0) {
      return Value::object({{"open", measure_open()}, {"most_resident_kb", most_resident_kb()}});
    }
    const auto open = measure_open();
    const auto loads = measure_loads();
    Installation installation(location(), clock_, Installation::Follow::figures);
    installation_ = &installation;
    const auto table = measure_table();
    const auto writes = measure_writes();
    const auto moves = measure_moves();
    const auto decided = measure_decision();
    const auto midnight = microseconds([&] {
      auto reader = installation.readers().lend();
      const store::Transaction snapshot(*reader, store::Access::read);
      installation.index()->begin_day(*reader, clock_.today() + 1);
    });
    return Value::object({{"open", open},
                          {"loads", loads},
                          {"table", table},
                          {"writes", writes},
                          {"moves", moves},
                          {"decision_us", decided},
                          {"midnight_us", midnight},
                          {"most_resident_kb", most_resident_kb()}});
  }

 private:
  Location location() const { return {arguments_[0], "", {arguments_[1]}}; }

  UnitId unit_named(std::size_t argument) {
    const auto found = org::unit_by_code(*installation_->readers().lend(), arguments_[2],
                                         arguments_[argument], clock_.today());
    if (!found) throw Fault(FaultKind::internal, "there is no unit " + arguments_[argument]);
    return found->id;
  }

  Value done(std::unique_ptr<command::Command> command) {
    const auto reply = installation_->run(std::move(command));
    if (reply) return reply->body;
    const auto& refusal = reply.refusals().front();
    throw Fault(FaultKind::internal,
                std::string(kind_of(refusal.code).name) + " at " + refusal.where);
  }

  void put_in_force() {
    Installation installation(location(), clock_);
    installation_ = &installation;
    // What is named stands last of what is offered; after it stands what was kept from before.
    const auto& pack = installation.packs().at(load_packs(location()).size() - 1);
    const std::vector<UnitId> roots = {unit_named(3)};
    const auto body = done(std::make_unique<enactment::ProposeActivation>(
        installation.packs(),
        enactment::NewActivation{
            pack.id, pack.version, {}, {Date::of(2000, 1, 1), {}}, "measurement"},
        roots));
    const auto proposed = enactment::find_activation(
        *installation.readers().lend(), *ActivationId::parse(*body.find("id")->text()));
    done(std::make_unique<enactment::ConfirmProposal>(enactment::proposed(*proposed), 1, roots));
  }

  // Of the periods that hold this day alone.
  Value measure_open() {
    Installation installation(location(), clock_);
    Index::Options options;
    options.only_open = true;
    auto reader = installation.readers().lend();
    const store::Transaction snapshot(*reader, store::Access::read);
    Index index(installation.packs(), installation.catalog(), clock_, options);
    index.load(*reader);
    return shown(index.measures());
  }

  static Value shown(const Index::Measures& measures) {
    return Value::object({{"facts_us", measures.load_us},
                          {"evaluate_us", measures.evaluate_us},
                          {"columns", static_cast<std::int64_t>(measures.columns)},
                          {"cells", static_cast<std::int64_t>(measures.cells)},
                          {"facts", static_cast<std::int64_t>(measures.facts)},
                          {"sheet_bytes", static_cast<std::int64_t>(measures.sheet_bytes)},
                          {"bytes", static_cast<std::int64_t>(measures.bytes)}});
  }

  // An index of its own, twice: without a file and with one.
  Value measure_loads() {
    Installation installation(location(), clock_);
    Index::Options options;
    options.snapshot = arguments_[0] + "/bench.snapshot";
    options.program = "bench";
    auto reader = installation.readers().lend();
    const store::Transaction snapshot(*reader, store::Access::read);
    Index index(installation.packs(), installation.catalog(), clock_, options);
    const auto whole = microseconds([&] { index.load(*reader); });
    const auto measures = index.measures();
    const auto saved = microseconds([&] { index.save(*reader, installation.road().published()); });
    Index again(installation.packs(), installation.catalog(), clock_, options);
    const auto restored = microseconds([&] { again.load(*reader); });
    return Value::object({{"from_tables_us", whole},
                          {"save_us", saved},
                          {"from_file_us", restored},
                          {"used_file", again.measures().evaluate_us == 0},
                          {"made", shown(measures)}});
  }

  // The root's children by the duties whose period holds the last day of last year.
  Value measure_table() {
    const Index& index = *installation_->index();
    const int year = clock_.today().year() - 1;
    const auto columns = index.columns(Date::of(year, 12, 31), Date::of(year + 1, 1, 1));
    const auto nodes = index.children(Tree::affiliation, {unit_named(3), {}});
    std::vector<compliance::Standing> cells;
    std::vector<std::int64_t> times;
    for (int i = 0; i < runs_; ++i) {
      times.push_back(
          microseconds([&] { cells = index.standings(Tree::affiliation, nodes, columns); }));
    }
    Value::List rows;
    for (std::size_t row = 0; row < nodes.size(); ++row) {
      Value::List numbers;
      for (std::size_t i = 0; i < columns.size(); ++i) {
        const auto& cell = cells[row * columns.size() + i];
        numbers.push_back(Value::List{cell.counts.due, cell.done()});
      }
      rows.push_back(Value::object({{"code", code_of(nodes[row].unit)}, {"cells", numbers}}));
    }
    Value::List names;
    for (const auto& column : columns) names.emplace_back(column.obligation + " " + column.period);
    return Value::object({{"time", spread_of(times)}, {"columns", names}, {"rows", rows}});
  }

  std::string code_of(UnitId unit) {
    const auto now = org::unit_on(*installation_->readers().lend(), unit, clock_.today());
    return now && now->code ? *now->code : "";
  }

  // Entered, corrected, taken back: from a commit until every figure above is right.
  Value measure_writes() {
    const UnitId branch = unit_named(6);
    const auto& catalog = installation_->catalog();
    for (int i = 0; i < runs_; ++i) {
      record::Content content;
      content.types = {"bench/type_1"};
      content.units = {branch};
      content.date = clock_.today() + -(i % 300);
      content.fields = Value::object({{"bench/type_1", Value::object({{"value", i}})}});
      const auto body = done(std::make_unique<record::EnterRecord>(catalog, content));
      const auto id = *RecordId::parse(*body.find("id")->text());
      auto now = *record::version_of(*installation_->readers().lend(), id);
      content.date = content.date + -30;
      done(std::make_unique<record::ReviseRecord>(catalog, std::move(now), 1, content, "r"));
      now = *record::version_of(*installation_->readers().lend(), id);
      done(std::make_unique<record::ReviseRecord>(catalog, std::move(now), 2, std::nullopt, "r"));
    }
    const auto visible = installation_->road().counters().visible;
    Value::List buckets;
    for (const auto count : visible.buckets) buckets.emplace_back(static_cast<std::int64_t>(count));
    return Value::object({{"count", static_cast<std::int64_t>(visible.count)},
                          {"mean_us", visible.sum_us / static_cast<std::int64_t>(visible.count)},
                          {"most_us", visible.max_us},
                          {"buckets", buckets}});
  }

  // A county to another city and back, from the queue to every figure.
  Value measure_moves() {
    const UnitId county = unit_named(4);
    const UnitId other = unit_named(5);
    const auto parent_now = [&] {
      return *org::unit_on(*installation_->readers().lend(), county, clock_.today());
    };
    const UnitId home = *parent_now().parent;
    std::vector<std::int64_t> times;
    for (int i = 0; i < 10; ++i) {
      const auto now = parent_now();
      const UnitId to = *now.parent == home ? other : home;
      times.push_back(microseconds([&] {
        done(org::make_command(org::MoveUnit{county, now.version, now.parent, to, clock_.today()}));
      }));
    }
    return spread_of(times);
  }

  // A value that reaches back over every month that is kept, from its confirmation to every figure.
  std::int64_t measure_decision() {
    const std::vector<UnitId> roots = {unit_named(3)};
    const auto body = done(std::make_unique<enactment::ProposeValue>(
        installation_->packs(),
        enactment::NewDecided{"bench/monthly", Value(2), Date::of(2000, 1, 1), "measurement",
                              "for the measurement", true},
        roots));
    const auto proposed = enactment::find_decided(*installation_->readers().lend(),
                                                  *DecidedId::parse(*body.find("id")->text()));
    return microseconds([&] {
      done(std::make_unique<enactment::ConfirmProposal>(enactment::proposed(*proposed), 1, roots));
    });
  }

  const std::vector<std::string>& arguments_;
  const Clock& clock_;
  const int runs_;
  Installation* installation_ = nullptr;
};

}  // namespace

Exit bench_standing(const std::vector<std::string>& arguments, Console& console) {
  if (arguments.size() != standing_argument_count && arguments.size() != open_argument_count) {
    throw WrongUsage(
        "bench standing DATA PACK_FOLDER CODE_SYSTEM ROOT [COUNTY OTHER_CITY BRANCH RUNS]");
  }
  const SystemClock clock;
  console.out() << to_json(StandingBench(arguments, clock).run()) << "\n";
  return Exit::done;
}

}  // namespace huilu::cli
