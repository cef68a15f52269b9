#include "cli/round.h"

#include <spdlog/spdlog.h>

#include "org/commands.h"

namespace huilu::cli {

namespace {

constexpr std::int64_t minute_ms = 60'000;
constexpr std::int64_t hour_ms = 60 * minute_ms;
constexpr std::int64_t day_ms = 24 * hour_ms;
constexpr std::int64_t snapshot_every_ms = 10 * minute_ms;

// A minute, or less when the day changes before.
std::chrono::milliseconds until_next(Instant now) {
  const std::int64_t of_day = (now.ms + Zone{}.minutes * minute_ms) % day_ms;
  return std::chrono::milliseconds(std::min(minute_ms, day_ms - of_day));
}

void log_outcome(const command::Outcome& outcome) {
  if (!outcome.fault.empty()) spdlog::error("the tree was not settled: {}", outcome.fault);
  for (const auto& refusal : outcome.refusals) {
    spdlog::error("the tree was not settled: {} {}", kind_of(refusal.code).name, refusal.where);
  }
}

}  // namespace

Round::Round(const api::Services& services, compliance::Watch& watch)
    : services_(services), watch_(watch), snapshot_saved_(services.clock.now()) {
  thread_ = std::thread([this] { run(); });
}

Round::~Round() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void Round::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    lock.unlock();
    try {
      settle_tree();
      watch_index();
      write_sessions();
    } catch (const Fault& fault) {
      spdlog::error("the background round failed: {}", fault.what());
    }
    lock.lock();
    wake_.wait_for(lock, until_next(services_.clock.now()), [this] { return stopping_; });
  }
  lock.unlock();
  try {
    write_sessions();
  } catch (const Fault& fault) {
    spdlog::error("when sessions were last seen was not written: {}", fault.what());
  }
}

void Round::settle_tree() {
  const Date today = services_.clock.today();
  if (settled_ == today) return;
  const auto outcome = services_.road.run(org::settle_tree(today), {AccountId{}, "", ""});
  log_outcome(outcome);
  if (outcome.fault.empty()) settled_ = today;
}

void Round::watch_index() {
  const Instant now = services_.clock.now();
  watch_.begin_day(services_.clock.today());
  watch_.compare_one();
  if (now.ms - history_written_.ms >= hour_ms) {
    watch_.write_history(services_.clock.today(), [&](const auto& rows) {
      services_.side_writer.with(
          [&](store::Connection& connection) { compliance::write_history(connection, rows); });
    });
    history_written_ = now;
  }
  if (now.ms - snapshot_saved_.ms >= snapshot_every_ms) {
    watch_.save_snapshot();
    snapshot_saved_ = now;
  }
}

void Round::write_sessions() {
  const Instant now = services_.clock.now();
  services_.side_writer.with([&](store::Connection& connection) {
    services_.sessions.write_seen(connection);
    if (now.ms - purged_.ms >= hour_ms) {
      services_.sessions.purge(connection);
      purged_ = now;
    }
  });
}

}  // namespace huilu::cli
