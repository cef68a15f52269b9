#include "compliance/index.h"

#include <algorithm>
#include <array>
#include <mutex>
#include <shared_mutex>

#include "compliance/asking.h"
#include "compliance/load_facts.h"
#include "compliance/reading.h"
#include "compliance/world.h"
#include "journal/queries.h"

namespace huilu::compliance {

namespace {

constexpr std::array<std::string_view, 10> followed = {
    "record", "unit",       "place",           "membership",        "post",
    "tenure", "activation", "parameter_value", "calendar_revision", "campaign"};

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
  state_->replace(state_->loaded(snapshot));
}

bool Index::follows(std::string_view table) const {
  return table == "leave" || std::find(followed.begin(), followed.end(), table) != followed.end();
}

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
    out.bytes += ledger->sheet.bytes();
  }
  out.facts = world.facts().facts();
  out.bytes += world.facts().bytes() + world.organisation().bytes();
  out.load_us = world.load_us();
  out.evaluate_us = world.evaluate_us();
  return out;
}

}  // namespace huilu::compliance
