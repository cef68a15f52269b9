#include "notice/follow.h"

#include <algorithm>
#include <set>

#include "journal/queries.h"
#include "matter/queries.h"
#include "matter/rules.h"
#include "notice/queries.h"
#include "notice/rules.h"

namespace huilu::notice {

namespace {

// Entries in one step; and how far back a rung that was reached is looked for, in days. What was
// told already is not told again.
constexpr journal::Sequence entries_most = 500;
constexpr int rungs_back = 14;

class Following {
 public:
  Following(store::Connection& snapshot, const World& world) : snapshot_(snapshot), world_(world) {}

  Step step() {
    out_.from = followed_to(snapshot_);
    const journal::Sequence head = journal::read_head(snapshot_).size;
    out_.to = std::min(head, out_.from + entries_most);
    out_.goes_on = out_.to < head;
    if (out_.to > out_.from) {
      const auto touched = journal::touched_between(snapshot_, out_.from, out_.to);
      tell_versions(touched);
      tell_reminders(touched);
    }
    if (world_.with_rungs) tell_rungs();
    if (tellings_.empty()) return std::move(out_);
    const calendar::WorkingDays calendar(world_.facts_of({}).calendar, world_.today);
    for (Telling& one : tellings_) {
      const Instant release = release_of(one.kind, one.at, calendar, one.is_urgent);
      out_.tellings.push_back({std::move(one), release});
    }
    return std::move(out_);
  }

 private:
  // Every version that these entries made, as it was then. A row that was touched twice is listed
  // once, with its newest version: those before it are told as well.
  void tell_versions(const journal::TouchedRows& touched) {
    std::vector<MatterId> ids;
    for (const auto& row : touched.rows) {
      if (row.table == "matter") ids.push_back(MatterId{row.id});
    }
    const auto histories = matter::histories_of(snapshot_, ids);
    std::set<UnitId> units;
    for (const auto& [id, history] : histories) {
      for (const auto& one : history) {
        const auto& type = matter::type_in(pack_of(one), one.matter.type);
        for (const UnitId unit : matter::units_of(one.matter, type)) units.insert(unit);
      }
    }
    if (histories.empty()) return;
    const auto facts = world_.facts_of({units.begin(), units.end()});
    for (const auto& [id, history] : histories) {
      for (std::size_t i = 0; i < history.size(); ++i) {
        if (history[i].seq > out_.from && history[i].seq <= out_.to) {
          tell(facts, {history.begin(), history.begin() + static_cast<std::ptrdiff_t>(i + 1)});
        }
      }
    }
  }

  const policy::Pack& pack_of(const matter::Version& version) const {
    return matter::pack_of(world_.packs, version.matter.type, version.pack_version);
  }

  void tell(const obligation::Facts& facts, const std::vector<matter::Version>& history) {
    const auto& last = history.back();
    const auto& pack = pack_of(last);
    const auto steps = matter::steps_of(history);
    const obligation::Lifecycle life{
        facts,   pack,  matter::type_in(pack, last.matter.type), Zone{}.date_of(last.at), last.at,
        nullptr, &steps};
    for (Telling& one : tellings_of(life, history)) tellings_.push_back(std::move(one));
  }

  // Whom the matter waits for now is reminded.
  void tell_reminders(const journal::TouchedRows& touched) {
    for (const auto& row : touched.rows) {
      const MatterId matter{row.id};
      const auto given =
          row.table == "reminder" ? reminder(snapshot_, matter, row.version) : std::nullopt;
      if (!given) continue;
      const std::string key = matter.text() + " reminder " + std::to_string(row.version);
      for (const Waiter& waiter : waiters_of(snapshot_, matter, world_.today)) {
        tellings_.push_back({Kind::reminded, matter, key, waiter.to, given->account, given->at});
      }
    }
  }

  void tell_rungs() {
    for (const Waiter& waiter :
         reached_between(snapshot_, world_.today + -rungs_back, world_.today)) {
      tellings_.push_back({waiter.kind == "told" ? Kind::told : Kind::waiting, waiter.matter,
                           waiter.matter.text() + " " + waiter.clock + "." + waiter.rung + "." +
                               std::to_string(waiter.generation),
                           waiter.to, AccountId{}, world_.now});
    }
  }

  store::Connection& snapshot_;
  const World& world_;
  Step out_;
  std::vector<Telling> tellings_;
};

}  // namespace

Step next_step(store::Connection& snapshot, const World& world) {
  return Following(snapshot, world).step();
}

}  // namespace huilu::notice
