#include "cli/bench_move.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <utility>

#include "base/value.h"
#include "cli/installation.h"
#include "org/commands.h"
#include "org/queries.h"

namespace huilu::cli {

namespace {

constexpr std::size_t argument_count = 6;
constexpr int runs_max = 10'000;

struct Units {
  UnitId unit;
  std::array<UnitId, 2> parents;
};

UnitId unit_named(Installation& installation, const std::string& system, const std::string& code,
                  Date today) {
  const auto found = org::unit_by_code(*installation.readers().lend(), system, code, today);
  if (!found) throw Fault(FaultKind::internal, "there is no unit " + system + ":" + code);
  return found->id;
}

// The time from the command's entry into the queue until it is committed and everything follows it.
std::int64_t microseconds_of_move(Installation& installation, const Units& units, UnitId to,
                                  Date today) {
  const auto now = org::unit_on(*installation.readers().lend(), units.unit, today);
  CHECK(now);
  auto command = org::make_command(org::MoveUnit{units.unit, now->version, now->parent, to, today});
  const auto start = std::chrono::steady_clock::now();
  const auto reply = installation.run(std::move(command));
  const auto end = std::chrono::steady_clock::now();
  if (!reply) {
    const auto& refusal = reply.refusals().front();
    throw Fault(FaultKind::internal,
                std::string(kind_of(refusal.code).name) + " at " + refusal.where);
  }
  return std::chrono::duration_cast<std::chrono::microseconds>(end - start).count();
}

}  // namespace

Exit bench_move(const std::vector<std::string>& arguments, Console& console) {
  if (arguments.size() != argument_count) {
    throw WrongUsage("bench move DATA CODE_SYSTEM UNIT PARENT OTHER_PARENT RUNS");
  }
  const int runs = std::clamp(std::atoi(arguments[5].c_str()), 1, runs_max);
  const SystemClock clock;
  const Date today = clock.today();
  Installation installation({arguments[0], ""}, clock);
  const auto named = [&](std::size_t i) {
    return unit_named(installation, arguments[1], arguments[i], today);
  };
  const Units units{named(2), {named(3), named(4)}};

  std::vector<std::int64_t> times;
  for (int run = 0; run < runs; ++run) {
    const auto parent = org::unit_on(*installation.readers().lend(), units.unit, today)->parent;
    const UnitId to = parent == units.parents[0] ? units.parents[1] : units.parents[0];
    times.push_back(microseconds_of_move(installation, units, to, today));
  }
  std::sort(times.begin(), times.end());
  console.out() << to_json(Value::object({{"runs", runs},
                                          {"median_us", times[times.size() / 2]},
                                          {"least_us", times.front()},
                                          {"most_us", times.back()}}))
                << "\n";
  return Exit::done;
}

}  // namespace huilu::cli
