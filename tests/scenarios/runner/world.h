// World: one installation that a scenario is played in: a fresh database of either kind, a data
// folder, a clock that stands still, and the whole program but for its network. It can be ended and
// started again, and its store can be made to hang or fail.
#pragma once

#include <condition_variable>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "cli/backend.h"
#include "cli/round.h"
#include "store/testing.h"
#include "store/watched.h"

namespace huilu::scenario {

// What the store does with writes.
enum class StoreMood {
  well,
  held,         // they wait until it is another one
  unavailable,  // as a database that is down
  full,
  broken,
};
std::optional<StoreMood> store_mood_from(std::string_view word);

// Hands the request over as the network would; the whole of its body stands in `body`.
std::future<http::Response> hand_over(cli::Backend& backend, http::Request request);

class World {
 public:
  // `packs`: folders beside core, each after what it uses.
  World(store::Dialect dialect, Instant now, std::vector<std::string> packs);
  ~World();

  cli::Backend& backend() { return *backend_; }
  const cli::BackendOptions& options() const { return options_; }
  void end();
  void start();

  Instant now() const { return clock_.now(); }
  // Takes the turns of the background round that the way there brings.
  void set_clock(Instant at);

  void set_store(StoreMood mood);
  bool store_is_well() const { return mood_ == StoreMood::well; }
  // Returns when somebody waits for the store that is held.
  void await_writer();

  // Also tells `watch`, one thread at a time, of all that is done with the store; nothing: no
  // longer.
  void tell(store::testing::Watch watch);

  std::future<http::Response> send(http::Request request) {
    return hand_over(*backend_, std::move(request));
  }

  // The journal and every table against it.
  std::vector<journal::Damage> damages();

 private:
  void watch(const store::testing::Happening& happening);

  store::testing::TestDatabase database_;
  SetClock clock_;
  cli::BackendOptions options_;
  std::unique_ptr<cli::Backend> backend_;
  std::optional<cli::Turn> turn_;

  std::mutex mutex_;
  std::condition_variable changed_;
  StoreMood mood_ = StoreMood::well;
  int waiting_ = 0;
  store::testing::Watch told_;
};

}  // namespace huilu::scenario
