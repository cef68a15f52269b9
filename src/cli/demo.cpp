#include "cli/demo.h"

#include <fmt/format.h>

#include <optional>

#include "cli/installation.h"
#include "command/follow.h"
#include "compliance/tables.h"
#include "compliance/watch.h"
#include "demo/demo.h"
#include "journal/queries.h"

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

// The figures of the last weeks' ends, as a server that had run all the time would have kept them.
// The index follows a week at once, which costs a tenth of following every record.
class WeeklyFigures {
 public:
  WeeklyFigures(Installation& installation, Date from)
      : installation_(installation),
        from_(from),
        writer_(installation.database().connect(store::Access::write)) {}

  void keep() {
    const Date today = installation_.clock().today();
    if (today <= from_) return;
    if (following_) {
      following_->catch_up();
    } else {
      load();
    }
    watch_->begin_day(today);
    watch_->write_history(today,
                          [&](const auto& rows) { compliance::write_history(*writer_, rows); });
  }

 private:
  void load() {
    const auto connection = installation_.database().connect(store::Access::read);
    store::Transaction snapshot(*connection, store::Access::read);
    const auto loaded = journal::read_head(*connection).size;
    compliance::Index::Options options;
    options.only_open = true;
    index_.emplace(installation_.packs(), installation_.catalog(), installation_.clock(), options);
    index_->load(*connection);
    following_.emplace(installation_.database(), std::vector<command::Follower*>{&*index_}, loaded);
    watch_.emplace(*index_, installation_.readers(), [&] { return following_->published(); });
  }

  Installation& installation_;
  Date from_;
  std::unique_ptr<store::Connection> writer_;
  std::optional<compliance::Index> index_;
  std::optional<command::Following> following_;
  std::optional<compliance::Watch> watch_;
};

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
  WeeklyFigures figures(installation, Zone{}.date_of(clock.made()) + -7 * options.weeks);
  const auto made = demo::make(
      wanted,
      {installation.database(), installation.road(), installation.catalog(), installation.packs(),
       policy::core_pack().vocabulary, clock, options.location.data, [&] { figures.keep(); }},
      [&](demo::Stage stage, std::int64_t done, std::int64_t total) {
        console.progress(console.say("demo_stage." + std::string(word_of(stage))), done, total);
      });
  if (!made) return console.refuse(made.refusals());
  console.end_progress();
  show(*made, options.location, console);
  return Exit::done;
}

}  // namespace huilu::cli
