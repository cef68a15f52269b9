#include "cli/round.h"

#include <spdlog/spdlog.h>

#include "org/commands.h"

namespace huilu::cli {

namespace {

constexpr std::int64_t minute_ms = 60'000;
constexpr std::int64_t hour_ms = 60 * minute_ms;
constexpr std::int64_t day_ms = 24 * hour_ms;

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

Round::Round(const api::Services& services) : clock_(services.clock), turn_(services) {
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
      turn_.take();
    } catch (const Fault& fault) {
      spdlog::error("the background round failed: {}", fault.what());
    }
    lock.lock();
    wake_.wait_for(lock, until_next(clock_.now()), [this] { return stopping_; });
  }
  lock.unlock();
  try {
    turn_.finish();
  } catch (const Fault& fault) {
    spdlog::error("the last round failed: {}", fault.what());
  }
}

void Turn::take() {
  settle_tree();
  if (services_.watch != nullptr) watch_index();
  write_sessions();
}

void Turn::finish() {
  write_sessions();
  if (services_.watch != nullptr) services_.watch->save();
}

void Turn::watch_index() {
  auto& watch = *services_.watch;
  const Instant now = services_.clock.now();
  const Date today = services_.clock.today();
  watch.begin_day(today);
  watch.compare_one();
  if (now.ms - history_written_.ms >= hour_ms) {
    watch.write_history(today, [&](const auto& rows) {
      services_.side_writer.with(
          [&](store::Connection& connection) { compliance::write_history(connection, rows); });
    });
    watch.save();
    history_written_ = now;
  }
  watch.measure();
}

void Turn::settle_tree() {
  const Date today = services_.clock.today();
  if (settled_ == today) return;
  const auto outcome = services_.road.run(org::settle_tree(today), {AccountId{}, "", ""});
  log_outcome(outcome);
  if (outcome.fault.empty()) settled_ = today;
}

void Turn::write_sessions() {
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
