#include "command/run.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdlib>
#include <deque>
#include <future>
#include <mutex>
#include <set>
#include <thread>
#include <unordered_set>

#include "command/batch.h"
#include "command/follow.h"

namespace huilu::command {

namespace {

constexpr std::int64_t day_ms = 24LL * 60 * 60 * 1000;
constexpr std::int64_t replies_kept_ms = 7 * day_ms;
constexpr std::int64_t sweep_every_ms = day_ms / 24;

void exit_after_failed_sync(const std::string& why) {
  spdlog::critical("nothing more can be acknowledged, ending: {}", why);
  std::_Exit(3);
}

// Names a key while its command is under way.
std::string flight_of(const Request& request) { return request.account.text() + ":" + request.key; }

Outcome failed(FaultKind kind, std::string what) {
  Outcome outcome;
  outcome.fault = std::move(what);
  outcome.fault_kind = kind;
  return outcome;
}

Outcome refused(Refusal refusal) {
  Outcome outcome;
  outcome.refusals = {std::move(refusal)};
  return outcome;
}

bool connection_failed(const Fault& fault) {
  return fault.kind() == FaultKind::unavailable || fault.kind() == FaultKind::timeout;
}

}  // namespace

struct Road::State {
  State(store::Database& database_, const Gate& gate_, const Clock& clock_,
        std::vector<Follower*> followers, journal::Sequence loaded, RoadOptions options_)
      : database(database_),
        gate(gate_),
        clock(clock_),
        options(std::move(options_)),
        following(database_, std::move(followers), loaded) {
    if (!options.on_fatal) options.on_fatal = exit_after_failed_sync;
  }

  // The queue.
  Batch take();
  bool fits(const Passage& passage, const Batch& batch, std::set<std::string>& taken) const;

  // The writer's thread.
  void write_until_stopped();
  void run_batch(Batch batch);
  void attempt(Batch& batch);
  void resolve(Batch& batch, const Written& written, const Fault& fault);
  void one_by_one(Batch& batch);
  void fail(Batch& batch, const Fault& fault);
  void fail_with_all_waiting(Batch& batch, const Fault& fault);
  void deliver(Batch& batch, const Written& written);
  void answer(Passage& passage);
  void connect();
  void sweep();

  // The thread that follows other processes.
  void poll_until_stopped();

  store::Database& database;
  const Gate& gate;
  const Clock& clock;
  RoadOptions options;
  Following following;
  std::unique_ptr<store::Connection> connection;
  Instant swept{};

  std::mutex mutex;
  std::condition_variable work;
  std::condition_variable stop_polling;
  std::deque<Passage> waiting;
  std::unordered_set<std::string> in_flight;
  bool stopping = false;

  std::atomic<bool> healthy{true};
  std::atomic<std::uint64_t> commands{0}, refused_count{0}, faults{0}, batches{0};
  Delays visible;
  std::thread writer;
  std::thread poller;
};

Road::Road(store::Database& database, const Gate& gate, const Clock& clock,
           std::vector<Follower*> followers, journal::Sequence loaded, RoadOptions options)
    : state_(std::make_unique<State>(database, gate, clock, std::move(followers), loaded,
                                     std::move(options))) {
  state_->writer = std::thread([this] { state_->write_until_stopped(); });
  state_->poller = std::thread([this] { state_->poll_until_stopped(); });
}

Road::~Road() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->stopping = true;
  }
  state_->work.notify_all();
  state_->stop_polling.notify_all();
  state_->writer.join();
  state_->poller.join();
}

void Road::submit(std::unique_ptr<Command> command, Request request, Done done) {
  Passage passage{std::move(command), std::move(request), std::move(done), {}, {}, {}};
  {
    const std::lock_guard lock(state_->mutex);
    const bool full = state_->waiting.size() >= state_->options.queue_max || state_->stopping;
    const bool flying = !full && !passage.request.key.empty() &&
                        !state_->in_flight.insert(flight_of(passage.request)).second;
    if (!full && !flying) {
      state_->waiting.push_back(std::move(passage));
      state_->work.notify_one();
      return;
    }
    passage.outcome = refused({full ? RefusalCode::busy : RefusalCode::in_flight, "", "", "", ""});
  }
  passage.done(std::move(passage.outcome));
}

Outcome Road::run(std::unique_ptr<Command> command, Request request) {
  std::promise<Outcome> promise;
  submit(std::move(command), std::move(request),
         [&](Outcome outcome) { promise.set_value(std::move(outcome)); });
  return promise.get_future().get();
}

journal::Sequence Road::published() const { return state_->following.published(); }

bool Road::wait_for(journal::Sequence number, std::chrono::milliseconds at_most) {
  return state_->following.wait_for(number, at_most);
}

bool Road::healthy() const { return state_->healthy; }

Road::Counters Road::counters() const {
  const std::lock_guard lock(state_->mutex);
  return {state_->commands, state_->refused_count,  state_->faults,
          state_->batches,  state_->waiting.size(), state_->visible.counts()};
}

// What is waiting, at most batch_max; never waits for more. Two commands that share a key do not
// meet in one batch; one that was passed over keeps its keys, so that nobody overtakes it.
Batch Road::State::take() {
  std::unique_lock lock(mutex);
  work.wait(lock, [&] { return stopping || !waiting.empty(); });
  Batch batch;
  std::set<std::string> taken;
  for (auto it = waiting.begin(); it != waiting.end() && batch.size() < options.batch_max;) {
    const bool alone = it->command->alone();
    if (alone && it != waiting.begin()) break;
    if (fits(*it, batch, taken)) {
      batch.push_back(std::move(*it));
      it = waiting.erase(it);
    } else {
      ++it;
    }
    if (alone) break;
  }
  return batch;
}

bool Road::State::fits(const Passage& passage, const Batch& batch,
                       std::set<std::string>& taken) const {
  bool free = true;
  for (auto& key : passage.command->keys()) {
    if (!taken.insert(std::move(key)).second) free = false;
  }
  return free || batch.empty();
}

void Road::State::write_until_stopped() {
  for (;;) {
    Batch batch = take();
    if (batch.empty()) return;  // stopping, and nothing waits
    run_batch(std::move(batch));
    sweep();
  }
}

void Road::State::run_batch(Batch batch) {
  try {
    attempt(batch);
  } catch (const Fault& fault) {
    healthy = !connection_failed(fault);
    if (connection && !connection->usable()) connection.reset();
    if (connection_failed(fault)) {
      fail_with_all_waiting(batch, fault);
    } else if (fault.kind() == FaultKind::storage_full || batch.size() == 1) {
      fail(batch, fault);
    } else {
      one_by_one(batch);
    }
  }
}

// One transaction. A Fault out of here means that nothing was written.
void Road::State::attempt(Batch& batch) {
  connect();
  Written written;
  try {
    store::Transaction transaction(*connection, store::Access::write);
    written = pass(batch, *connection, gate, clock);
    if (written.anything()) {
      connection->queue_notify();
      transaction.commit();
    }
  } catch (const store::CommitUnknown& fault) {
    connection.reset();
    resolve(batch, written, fault);
    return;
  }
  healthy = true;
  deliver(batch, written);
}

// The commit's answer was lost. On SQLite the disk failed to sync: what is on it is unknown until
// the program starts again. On PostgreSQL the batch is looked for under the head's lock.
void Road::State::resolve(Batch& batch, const Written& written, const Fault& fault) {
  if (database.dialect() == store::Dialect::sqlite) {
    options.on_fatal(fault.what());
    throw Fault(FaultKind::unavailable, fault.what());
  }
  spdlog::warn("commit without an answer, looking it up: {}", fault.what());
  connect();
  if (was_committed(written, *connection)) {
    deliver(batch, written);
  } else {
    throw Fault(FaultKind::unavailable, fault.what());
  }
}

// One bad command fails alone.
void Road::State::one_by_one(Batch& batch) {
  for (Passage& passage : batch) {
    Batch single;
    single.push_back(std::move(passage));
    run_batch(std::move(single));
  }
}

void Road::State::fail(Batch& batch, const Fault& fault) {
  spdlog::error("batch of {} failed: {}", batch.size(), fault.what());
  for (Passage& passage : batch) {
    passage.outcome = failed(fault.kind(), fault.what());
    answer(passage);
  }
}

// Without a database nobody has to wait for his own timeout. Whoever comes after the first of these
// answers tries anew.
void Road::State::fail_with_all_waiting(Batch& batch, const Fault& fault) {
  {
    const std::lock_guard lock(mutex);
    std::move(waiting.begin(), waiting.end(), std::back_inserter(batch));
    waiting.clear();
  }
  fail(batch, fault);
}

void Road::State::deliver(Batch& batch, const Written& written) {
  ++batches;
  if (written.anything()) {
    const auto committed = std::chrono::steady_clock::now();
    try {
      following.own_commit(written.before, written.through, written.touched);
      visible.add(std::chrono::steady_clock::now() - committed);
    } catch (const Fault& fault) {
      // It is committed; the projections catch up with the next poll.
      spdlog::error("following the journal failed: {}", fault.what());
    }
  }
  for (Passage& passage : batch) answer(passage);
}

void Road::State::answer(Passage& passage) {
  ++commands;
  if (!passage.outcome.refusals.empty()) ++refused_count;
  if (!passage.outcome.fault.empty()) ++faults;
  if (!passage.request.key.empty()) {
    const std::lock_guard lock(mutex);
    in_flight.erase(flight_of(passage.request));
  }
  passage.done(std::move(passage.outcome));
}

void Road::State::connect() {
  if (connection && connection->usable()) return;
  connection = database.connect(store::Access::write);
}

// Replies are kept for seven days.
void Road::State::sweep() {
  const Instant now = clock.now();
  if (now.ms - swept.ms < sweep_every_ms || !connection) return;
  swept = now;
  try {
    store::Transaction transaction(*connection, store::Access::write);
    connection->execute("delete from idempotency where at < ?1", {now.ms - replies_kept_ms});
    transaction.commit();
  } catch (const Fault& fault) {
    spdlog::warn("old replies were not swept: {}", fault.what());
    connection.reset();
  }
}

void Road::State::poll_until_stopped() {
  std::unique_lock lock(mutex);
  while (!stop_polling.wait_for(lock, options.poll, [&] { return stopping; })) {
    lock.unlock();
    try {
      following.catch_up();
      healthy = true;
    } catch (const Fault& fault) {
      if (healthy.exchange(false)) spdlog::error("the database does not answer: {}", fault.what());
    }
    lock.lock();
  }
}

}  // namespace huilu::command
