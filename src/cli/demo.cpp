#include "cli/demo.h"

#include <fmt/format.h>

#include "demo/demo.h"

namespace huilu::cli {

namespace {

void show(const demo::Made& made, const Location& location, Console& console) {
  console.out() << console.say("demo_made", {{"places", std::to_string(made.places)},
                                             {"units", std::to_string(made.units)},
                                             {"branches", std::to_string(made.branches)},
                                             {"members", std::to_string(made.members)},
                                             {"records", std::to_string(made.records)}})
                << "\n"
                << console.say("demo_accounts", {{"file", location.demo_accounts()}}) << "\n";
  for (const auto& account : made.accounts) {
    console.out() << fmt::format("  {:<12} {}\n", account.name, account.password);
  }
}

}  // namespace

Exit make_demo(const DemoOptions& options, Console& console) {
  demo::Options wanted;
  wanted.seed = options.seed;
  if (options.province) wanted.size = demo::Size::province;
  if (!options.real_places.empty()) {
    wanted.real_places = options.real_places;
    wanted.places_folder = options.places;
  }
  demo::HistoryClock clock(SystemClock().now());
  Installation installation(options.location, clock);
  const auto made = demo::make(
      wanted,
      {installation.database(), installation.road(), installation.catalog(), installation.packs(),
       policy::core_pack().vocabulary, clock, options.location.data},
      [&](demo::Stage stage, std::int64_t done, std::int64_t total) {
        console.progress(console.say("demo_stage." + std::string(word_of(stage))), done, total);
      });
  if (!made) return console.refuse(made.refusals());
  console.end_progress();
  show(*made, options.location, console);
  return Exit::done;
}

}  // namespace huilu::cli
