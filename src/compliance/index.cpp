#include "compliance/index.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <mutex>
#include <shared_mutex>

#include "compliance/reading.h"
#include "compliance/snapshot_file.h"
#include "compliance/world.h"
#include "journal/queries.h"

namespace huilu::compliance {

namespace {

constexpr std::array<std::string_view, 11> followed = {
    "record", "unit",       "place",           "membership",        "post",
    "tenure", "activation", "parameter_value", "calendar_revision", "campaign",
    "leave"};

bool is_followed(std::string_view table) {
  return std::find(followed.begin(), followed.end(), table) != followed.end();
}

// Of these a snapshot holds what was made of them: a change makes it useless.
constexpr std::array<std::string_view, 6> structure = {
    "unit", "place", "activation", "parameter_value", "calendar_revision", "campaign"};

bool is_of_structure(const journal::Touched& row) {
  const bool named = std::find(structure.begin(), structure.end(), row.table) != structure.end();
  return named || (row.id == 0 && is_followed(row.table));
}

// What an entry is known by; empty where there is none.
std::string hash_of_entry(store::Connection& snapshot, journal::Sequence at) {
  const auto entries = journal::entries_after(snapshot, at - 1, 1);
  return entries.empty() || entries.front().sequence != at ? "" : entries.front().hash;
}

}  // namespace

struct Index::State {
  const std::vector<policy::Pack>& packs;
  const record::Catalog& catalog;
  const Clock& clock;
  const Options options;

  std::mutex changing;  // one thread changes the world at a time
  mutable std::shared_mutex mutex;
  std::unique_ptr<World> world;
  journal::Sequence seen = 0;  // of the newest snapshot

  std::unique_ptr<World> loaded(store::Connection& snapshot) {
    auto made = std::make_unique<World>(packs, catalog, mutex, options);
    made->load(snapshot, clock.today());
    return made;
  }
  // What a file has to begin with.
  std::string fingerprint() const {
    std::string text = fmt::format("{} {} {} {}", options.program, options.years_before,
                                   options.only_open, options.large);
    for (const auto& pack : packs) text += " " + pack.id + " " + pack.version + " " + pack.hash;
    return text;
  }
  std::unique_ptr<World> restored(store::Connection& snapshot) {
    SnapshotReader in(options.snapshot);
    if (in.take_text() != fingerprint()) throw Unusable("another program wrote it");
    const auto at = in.take<journal::Sequence>();
    if (in.take_text() != hash_of_entry(snapshot, at)) throw Unusable("it is of another journal");
    const auto first = journal::first_touched(snapshot);
    if (at < seen && (first == 0 || first > at + 1)) throw Unusable("it is too old");
    auto touched = journal::touched_between(snapshot, at, seen);
    if (std::any_of(touched.rows.begin(), touched.rows.end(), is_of_structure)) {
      throw Unusable("units or what is in force changed since");
    }
    std::erase_if(touched.rows, [](const auto& row) { return !is_followed(row.table); });
    auto made = std::make_unique<World>(packs, catalog, mutex, options);
    made->restore(in, snapshot);
    in.finish();
    // A world goes on to later days and never back.
    if (made->today() > clock.today()) throw Unusable("it is of a later day");
    if (!made->begin_day(snapshot, clock.today()) || !made->follow(snapshot, touched.rows)) {
      throw Unusable("too much changed since");
    }
    return made;
  }
  std::unique_ptr<World> restored_or_loaded(store::Connection& snapshot) {
    if (options.snapshot.empty()) return loaded(snapshot);
    try {
      return restored(snapshot);
    } catch (const Unusable& why) {
      spdlog::info("the index loads from the tables; of {}: {}", options.snapshot, why.what());
    }
    return loaded(snapshot);
  }
  void replace(std::unique_ptr<World> made) {
    const std::unique_lock lock(mutex);
    world.swap(made);
  }
};

Index::Index(const std::vector<policy::Pack>& packs, const record::Catalog& catalog,
             const Clock& clock, const Options& options)
    : state_(new State{packs, catalog, clock, options, {}, {}, nullptr, 0}) {}

Index::Index(const std::vector<policy::Pack>& packs, const record::Catalog& catalog,
             const Clock& clock)
    : Index(packs, catalog, clock, Options{}) {}

Index::~Index() = default;

void Index::load(store::Connection& snapshot) {
  const std::lock_guard changing(state_->changing);
  state_->seen = journal::read_head(snapshot).size;
  state_->replace(state_->restored_or_loaded(snapshot));
}

void Index::save(store::Connection& snapshot, journal::Sequence published) const {
  if (state_->options.snapshot.empty()) return;
  SnapshotWriter out(state_->options.snapshot);
  out.put_text(state_->fingerprint());
  out.put(published);
  out.put_text(hash_of_entry(snapshot, published));
  {
    const std::lock_guard changing(state_->changing);
    state_->world->save(out);
  }
  out.finish();  // the disk takes its time
}

bool Index::follows(std::string_view table) const { return is_followed(table); }

void Index::follow(store::Connection& snapshot, const std::vector<journal::Touched>& touched) {
  const std::lock_guard changing(state_->changing);
  state_->seen = std::max(state_->seen, journal::read_head(snapshot).size);
  const bool kept = state_->world && state_->world->begin_day(snapshot, state_->clock.today()) &&
                    state_->world->follow(snapshot, touched);
  if (!kept) state_->replace(state_->loaded(snapshot));
}

bool Index::begin_day(store::Connection& snapshot, Date today) {
  const std::lock_guard changing(state_->changing);
  const journal::Sequence size = journal::read_head(snapshot).size;
  if (size < state_->seen) return false;
  if (!state_->world->begin_day(snapshot, today)) state_->replace(state_->loaded(snapshot));
  return true;
}

Date Index::kept_from() const {
  const std::shared_lock lock(state_->mutex);
  return state_->world->kept_from(state_->clock.today());
}

std::vector<ColumnView> Index::columns(Date from, Date until) const {
  const std::shared_lock lock(state_->mutex);
  return Reading(*state_->world, state_->clock.today()).columns(from, until);
}

std::optional<Standing> Index::standing(Tree tree, Node node, const std::string& obligation,
                                        const std::string& period) const {
  const std::shared_lock lock(state_->mutex);
  return Reading(*state_->world, state_->clock.today()).standing(tree, node, obligation, period);
}

std::vector<Standing> Index::standings(Tree tree, const std::vector<Node>& nodes,
                                       const std::vector<ColumnView>& columns) const {
  const std::shared_lock lock(state_->mutex);
  return Reading(*state_->world, state_->clock.today()).standings(tree, nodes, columns);
}

std::vector<Node> Index::children(Tree tree, Node node) const {
  const std::shared_lock lock(state_->mutex);
  return Reading(*state_->world, state_->clock.today()).children(tree, node);
}

std::vector<BehindLine> Index::behind(Tree tree, Node node, const std::string& obligation,
                                      const std::string& period,
                                      const std::vector<obligation::Verdict>& verdicts,
                                      std::size_t skip, std::size_t limit) const {
  const std::shared_lock lock(state_->mutex);
  return Reading(*state_->world, state_->clock.today())
      .behind(tree, node, obligation, period, verdicts, skip, limit);
}

std::vector<std::string> Index::compare(store::Connection& snapshot,
                                        const std::vector<UnitId>& homes) const {
  const std::lock_guard changing(state_->changing);
  return state_->world->compare(snapshot, homes);
}

Index::Measures Index::measures() const {
  const std::lock_guard changing(state_->changing);
  Measures out;
  const World& world = *state_->world;
  for (const auto& ledger : world.book().ledgers()) {
    out.columns += ledger->sheet.columns().size();
    out.cells += ledger->sheet.cells();
    out.sheet_bytes += ledger->sheet.bytes();
  }
  out.facts = world.facts_count();
  out.bytes = out.sheet_bytes + world.fact_bytes() + world.organisation().bytes();
  out.load_us = world.load_us();
  out.evaluate_us = world.evaluate_us();
  return out;
}

}  // namespace huilu::compliance
