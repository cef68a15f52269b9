#include "cli/round.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <set>

#include "ballot/commands.h"
#include "ballot/queries.h"
#include "compliance/load_facts.h"
#include "enactment/queries.h"
#include "matter/look_backs.h"
#include "matter/reckoning.h"
#include "matter/rules.h"
#include "notice/follow.h"
#include "org/commands.h"
#include "outbox/write.h"

namespace huilu::cli {

namespace {

constexpr std::int64_t minute_ms = 60'000;
constexpr std::int64_t hour_ms = 60 * minute_ms;
constexpr std::int64_t day_ms = 24 * hour_ms;
constexpr std::int64_t notices_kept_ms = 180 * day_ms;
constexpr int matters_in_a_turn = 500;
constexpr int ballots_in_a_turn = 200;

// A minute, or less when the day changes before.
std::chrono::milliseconds until_next(Instant now) {
  const std::int64_t of_day = (now.ms + Zone{}.minutes * minute_ms) % day_ms;
  return std::chrono::milliseconds(std::min(minute_ms, day_ms - of_day));
}

struct Slice {
  std::vector<matter::Stored> items;
  std::optional<std::string> next;  // where to go on; nothing: all were seen
};

Slice slice_from(store::Connection& reader, const std::string& cursor) {
  const std::string settled = "settled ";  // before the cursor of those that are
  if (!cursor.starts_with(settled)) {
    matter::Filter filter;
    filter.due_from = Date::of(1, 1, 1);
    filter.sort = matter::Sort::due;
    filter.limit = matters_in_a_turn;
    filter.cursor = cursor;
    auto found = matter::list(reader, filter);
    return {std::move(found->items), found->next_cursor.empty() ? settled : found->next_cursor};
  }
  matter::LookBackFilter filter;
  filter.limit = matters_in_a_turn;
  filter.cursor = cursor.substr(settled.size());
  const auto page = matter::open_look_backs(reader, filter);
  std::vector<MatterId> ids;
  for (const auto& one : page->items) ids.push_back(one.matter);
  std::ranges::sort(ids);
  Slice slice{matter::find_all(reader, ids), {}};
  if (!page->next_cursor.empty()) slice.next = settled + page->next_cursor;
  return slice;
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
  reckon_matters();
  end_ballots();
  tell_notices();
  send_digests();
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

// A slice of the open matters with a last day, and of the settled ones that are to be looked at
// again; the next turn goes on.
void Turn::reckon_matters() {
  auto reader = services_.readers.lend();
  const Date today = services_.clock.today();
  const std::pair with = {enactment::newest_decision(*reader), today};
  if (reckoned_with_ != with) {
    reckoned_with_ = with;
    reckoned_to_ = "";
  }
  if (!reckoned_to_) return;
  auto facts = compliance::load_policy(*reader, services_.packs);
  const auto slice = slice_from(*reader, *reckoned_to_);
  std::set<UnitId> units;
  for (const auto& one : slice.items) {
    const auto& now = one.now;
    const auto& pack = matter::pack_of(services_.packs, now.matter.type, now.pack_version);
    const auto& type = matter::type_in(pack, now.matter.type);
    for (const UnitId unit : matter::units_of(now.matter, type)) units.insert(unit);
  }
  compliance::load_organisation(*reader, {units.begin(), units.end()}, facts);
  const auto rows = matter::reckoned_otherwise(*reader, facts, services_.packs, slice.items, today,
                                               services_.clock.now());
  if (!rows.empty()) {
    services_.side_writer.with(
        [&](store::Connection& connection) { matter::keep_reckoned(connection, rows); });
  }
  reckoned_to_ = slice.next;
}

// Another server may have been first, or somebody may have moved the matter meanwhile; then there
// is nothing to do, or the next turn does it.
void Turn::end_ballots() {
  const Date today = services_.clock.today();
  auto reader = services_.readers.lend();
  auto overdue = ballot::overdue(*reader, today, ballots_in_a_turn);
  if (overdue.empty()) return;
  const auto policy = compliance::load_policy(*reader, services_.packs);
  for (auto& ballot : overdue) {
    auto stored = matter::find(*reader, ballot.matter);
    if (!stored) continue;
    const auto& now = stored->now;
    const auto& pack = matter::pack_of(services_.packs, now.matter.type, now.pack_version);
    auto facts = policy;
    compliance::load_organisation(
        *reader, matter::units_of(now.matter, matter::type_in(pack, now.matter.type)), facts);
    auto read = matter::read_with_history(
        *reader, std::make_shared<const obligation::Facts>(std::move(facts)), pack,
        std::move(*stored));
    ballot::attach(*reader, read);
    const auto outcome =
        services_.road.run(std::make_unique<ballot::EndBallot>(std::move(read), std::move(ballot),
                                                               today, services_.clock.now()),
                           {AccountId{}, "", ""});
    if (!outcome.fault.empty()) spdlog::error("a ballot was not ended: {}", outcome.fault);
  }
}

// What the journal has since the last turn, and once a day the rungs that are reached.
void Turn::tell_notices() {
  const Date today = services_.clock.today();
  for (bool goes_on = true; goes_on;) {
    auto reader = services_.readers.lend();
    const store::Transaction snapshot(*reader, store::Access::read);
    const notice::World world{services_.packs, today, services_.clock.now(), rungs_told_ != today,
                              [&](const std::vector<UnitId>& units) {
                                auto facts = compliance::load_policy(*reader, services_.packs);
                                compliance::load_organisation(*reader, units, facts);
                                return facts;
                              }};
    const auto step = notice::next_step(*reader, world);
    goes_on = step.goes_on;
    if (step.is_empty()) {
      rungs_told_ = today;
      return;
    }
    const bool was_first = services_.side_writer.with([&](store::Connection& connection) {
      return notice::write_notices(
          connection, step.from, step.to, step.tellings, today,
          [&](store::Connection& same, const std::vector<notice::ToldAtOnce>& told) {
            if (services_.outbox == nullptr) return;
            outbox::write_notices(same, *services_.outbox, told, step.to, services_.clock.now());
          });
    });
    if (!was_first) return;  // another process tells; the next turn looks again
    rungs_told_ = today;
  }
}

void Turn::send_digests() {
  const Date today = services_.clock.today();
  if (digests_made_ != today && write_digests(services_, hours_)) digests_made_ = today;
}

void Turn::write_sessions() {
  const Instant now = services_.clock.now();
  services_.side_writer.with([&](store::Connection& connection) {
    services_.sessions.write_seen(connection);
    if (now.ms - purged_.ms >= hour_ms) {
      services_.sessions.purge(connection);
      notice::forget_before(connection, {now.ms - notices_kept_ms});
      outbox::forget_before(connection, {now.ms - notices_kept_ms});
      purged_ = now;
    }
  });
}

}  // namespace huilu::cli
