#include "demo/demo.h"

#include <sys/stat.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "base/check.h"
#include "base/fault.h"
#include "base/value.h"
#include "demo/carry_out.h"
#include "demo/numbered.h"
#include "demo/plan.h"
#include "org/places.h"
#include "org/queries.h"

namespace huilu::demo {

namespace {

constexpr std::array<std::string_view, 2> size_words = {"district", "province"};
constexpr std::array<std::string_view, 6> stage_words = {"planning", "places",   "units",
                                                         "people",   "accounts", "records"};
// The set-up goes before the go-live day: organisations first, then people, then accounts.
constexpr int units_before = -14;
constexpr int people_before = -10;
constexpr int accounts_before = -6;

// Only its owner may read it, from its first byte on.
void write_private(const std::string& path, const std::string& text) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  bool well = file >= 0 && ::fchmod(file, 0600) == 0 &&
              ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
              ::fsync(file) == 0;
  if (file >= 0) well = ::close(file) == 0 && well;
  if (!well) throw Fault(FaultKind::internal, "cannot write " + path);
}

void write_mark(const Options& options, const Ground& ground) {
  Value mark = Value::object({{"seed", std::to_string(options.seed)},
                              {"made_on", Zone{}.date_of(ground.clock.made()).text()},
                              {"size", word_of(options.size)}});
  if (options.real_places) mark.set("real_places", *options.real_places);
  write_private(ground.data + "/demo.json", to_json(mark) + "\n");
}

void write_accounts(const std::vector<DemoAccount>& accounts, const Ground& ground) {
  std::string text;
  for (const auto& account : accounts) text += account.name + " " + account.password + "\n";
  write_private(ground.data + "/demo-accounts.txt", text);
}

Refusals check_empty(const Ground& ground) {
  const auto reader = ground.database.connect(store::Access::read);
  const auto roots =
      org::children_of(*reader, std::nullopt, Zone{}.date_of(ground.clock.made()), {1, ""});
  if (roots.items.empty()) return {};
  return {{RefusalCode::duplicate, "--data", "", roots.items.front().name,
           "/units/" + roots.items.front().id.text()}};
}

Made counted(const Plan& plan) {
  Made made;
  made.places = static_cast<std::int64_t>(plan.places.size());
  made.units = static_cast<std::int64_t>(plan.units.size());
  made.records = static_cast<std::int64_t>(plan.records);
  for (const auto& unit : plan.units) made.branches += is_branch(unit) ? 1 : 0;
  for (const auto& person : plan.persons) made.members += person.membership ? 1 : 0;
  return made;
}

void wait_until(HistoryClock& clock, Date day, int hour) {
  clock.advance(std::max(clock.now(), at_time(day, hour * 60)));
}

Shape shape_of(Size size) { return size == Size::district ? district_shape() : province_shape(); }

}  // namespace

std::string_view word_of(Size size) { return size_words[static_cast<std::size_t>(size)]; }

std::string_view word_of(Stage stage) { return stage_words[static_cast<std::size_t>(stage)]; }

HistoryClock::HistoryClock(Instant made)
    : made_(made), at_(at_time(go_live_of(made) + units_before, 9 * 60).ms) {}

void HistoryClock::advance(Instant at) {
  CHECK(at >= now() && at <= made_);
  at_ = at.ms;
}

Made carry_out(const Plan& plan, Places places, Ground ground, const Progress& progress) {
  CarryOut carrying(plan, places == Places::imported ? org::statistics_2023 : demo_codes, ground,
                    progress);
  if (places == Places::of_the_plan) carrying.enter_places();
  carrying.enter_units();
  wait_until(ground.clock, plan.go_live + people_before, 9);
  carrying.enter_people();
  wait_until(ground.clock, plan.go_live + accounts_before, 14);
  Made made = counted(plan);
  made.accounts = carrying.enter_accounts();
  write_accounts(made.accounts, ground);
  carrying.enter_year();
  ground.clock.advance(ground.clock.made());
  return made;
}

Result<Made> make(const Options& options, Ground ground, const Progress& progress) {
  if (Refusals refusals = check_empty(ground); !refusals.empty()) return refusals;
  progress(Stage::planning, 0, 1);
  if (!options.real_places) {
    write_mark(options, ground);
    const Plan plan = make_plan(options.seed, shape_of(options.size), ground.clock.made());
    progress(Stage::planning, 1, 1);
    return carry_out(plan, Places::of_the_plan, ground, progress);
  }
  auto files = places_at(org::read_place_folder(options.places_folder), *options.real_places);
  if (!files.ok()) return files.take_refusals();
  write_mark(options, ground);
  const auto imported = org::import_places(
      ground.road, *files, std::string(org::statistics_2023),
      [&](std::int64_t done, std::int64_t total) { progress(Stage::places, done, total); });
  if (!imported.ok()) return imported.refusals();
  const Plan plan = plan_numbered(*files, ground.clock.made());
  progress(Stage::planning, 1, 1);
  return carry_out(plan, Places::imported, ground, progress);
}

}  // namespace huilu::demo
