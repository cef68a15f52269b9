#include "cli/pack_simulate.h"

#include <chrono>

#include "cli/arguments.h"
#include "cli/units.h"
#include "compliance/load_facts.h"
#include "compliance/sentences.h"
#include "compliance/simulation_view.h"
#include "enactment/known_packs.h"
#include "obligation/periods.h"
#include "org/queries.h"
#include "policy/pack_set.h"

namespace huilu::cli {

namespace {

using compliance::DutyChange;
using compliance::Simulation;

// The pack at the path; its findings are refused with the path in front.
Result<policy::Pack> read_pack(const std::string& path, const std::vector<policy::Pack>& known,
                               Console& console) {
  const auto sources = policy::find_packs(path);
  if (sources.size() != 1) throw WrongUsage(console.say("no_pack", {{"path", path}}));
  auto pack = policy::load_pack(sources.front().files, known);
  if (pack) return pack;
  Refusals findings = pack.take_refusals();
  for (Refusal& finding : findings)
    finding.where = policy::place_in(sources.front(), finding.where);
  return findings;
}

class Telling {
 public:
  Telling(store::Connection& snapshot, const compliance::SimulationOptions& options,
          Console& console)
      : snapshot_(snapshot), options_(options), console_(console) {}

  void tell(const DutyChange& change, const compliance::Duty& duty) {
    const std::string title =
        duty ? duty.obligation->title.in(compliance::label_language(console_.language()))
             : change.obligation;
    std::string keys;
    for (const auto& key : change.differing) keys += (keys.empty() ? "" : ", ") + key;
    line(0, "duty",
         {{"duty", title},
          {"period", compliance::period_title(change.period, console_.language())},
          {"judged", std::to_string(change.judged())},
          {"changed", std::to_string(change.changed())},
          {"newly", std::to_string(change.newly_owing())},
          {"less", std::to_string(change.no_longer_owing())},
          {"keys", keys}});
    for (const auto& one : change.turns) {
      line(1, "turn",
           {{"today", verdict(one.turn.today)},
            {"supposed", verdict(one.turn.supposed)},
            {"bearers", std::to_string(one.bearers)}});
      for (const auto& reason : one.because) console_.out() << "      " << reason.text << "\n";
    }
    tell_homes(change);
  }

  Value name_of(UnitId unit) const {
    const auto found = org::unit_on(snapshot_, unit, options_.on);
    return found ? Value(found->name) : Value();
  }

  void line(int depth, std::string_view key, words::Values values) const {
    console_.out() << std::string(static_cast<std::size_t>(depth) * 2, ' ')
                   << words::text(console_.language(), "simulation." + std::string(key), values)
                   << "\n";
  }

 private:
  void tell_homes(const DutyChange& change) const {
    for (const auto& one : change.homes) {
      const Value name = name_of(one.home);
      line(2, "home",
           {{"unit", name.text() ? *name.text() : one.home.text()},
            {"today", verdict(one.worst.today)},
            {"supposed", verdict(one.worst.supposed)},
            {"changed", std::to_string(one.changed)},
            {"judged", std::to_string(one.judged)}});
    }
    const auto more = change.homes_changed - static_cast<std::int64_t>(change.homes.size());
    if (more > 0) line(2, "more", {{"units", std::to_string(more)}});
  }

  std::string verdict(obligation::Verdict verdict) const {
    return words::text(console_.language(), "verdict." + std::string(obligation::word_of(verdict)));
  }

  store::Connection& snapshot_;
  const compliance::SimulationOptions& options_;
  Console& console_;
};

std::string version_today(const obligation::Facts& policy, const std::string& id, Date on,
                          const Console& console) {
  const auto* active = obligation::version_on(policy, id, {}, on, obligation::end_of_day(on));
  return active == nullptr ? words::text(console.language(), "simulation.nowhere")
                           : active->pack->version;
}

Result<compliance::SimulationOptions> read_options(const SimulateOptions& options,
                                                   store::Connection& snapshot, Date today,
                                                   const Console& console) {
  Refusals refusals;
  compliance::SimulationOptions out;
  out.today = today;
  out.on = read_date(options.on, "--on", refusals).value_or(today);
  if (out.on > today)
    refusals.push_back(
        {RefusalCode::date_in_future, "--on", "not after " + today.text(), out.on.text(), ""});
  out.homes_max = static_cast<std::size_t>(options.homes);
  out.language = console.language();
  if (!options.unit.empty()) {
    const auto unit = find_unit(snapshot, options.unit, "--unit", out.on);
    if (unit) {
      out.below = *unit;
    } else {
      refusals.push_back(unit.refusals().front());
    }
  }
  if (!refusals.empty()) return refusals;
  return out;
}

}  // namespace

Exit simulate_pack(const SimulateOptions& asked, Console& console) {
  const auto start = std::chrono::steady_clock::now();
  const SystemClock clock;
  const auto database = open_present_database(asked.location);
  const auto connection = database->connect(store::Access::read);
  const store::Transaction snapshot(*connection, store::Access::read);
  const auto packs = enactment::known_packs(load_packs(asked.location), *connection);
  const auto pack = read_pack(asked.path, packs, console);
  if (!pack) return console.refuse(pack.refusals());
  auto options = read_options(asked, *connection, clock.today(), console);
  if (!options) return console.refuse(options.refusals());
  const auto policy = compliance::load_policy(*connection, packs);
  const compliance::Supposed supposed(policy, packs, {&*pack, {}}, options->on);
  options->progress = [&](std::int64_t done, std::int64_t total) {
    console.progress("simulate", done, total);
  };
  const Simulation simulation =
      compliance::simulate(*connection, policy, packs, supposed, *options);
  console.end_progress();
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(
                      std::chrono::steady_clock::now() - start)
                      .count();
  Telling telling(*connection, *options, console);
  if (console.json()) {
    Value view = compliance::simulation_view(simulation, packs, supposed, *options,
                                             [&](UnitId unit) { return telling.name_of(unit); });
    view.set("pack", pack->id);
    view.set("version", pack->version);
    view.set("ms", static_cast<std::int64_t>(ms));
    console.out() << to_json(view) << "\n";
    return Exit::done;
  }
  telling.line(0, "head_pack",
               {{"pack", pack->id},
                {"version", pack->version},
                {"today", version_today(policy, pack->id, options->on, console)},
                {"on", options->on.text()}});
  bool any = false;
  for (const DutyChange& change : simulation.duties) {
    if (change.judged() == 0) continue;
    any = true;
    telling.tell(change, compliance::duty_of_change(change, packs, supposed));
  }
  if (!any) telling.line(0, "none", {});
  telling.line(0, "total",
               {{"judged", std::to_string(simulation.judged)},
                {"evaluated", std::to_string(simulation.evaluated)},
                {"ms", std::to_string(ms)}});
  return Exit::done;
}

}  // namespace huilu::cli
