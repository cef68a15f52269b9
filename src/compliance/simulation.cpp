#include "compliance/simulation.h"

#include <algorithm>
#include <memory>
#include <set>

#include "compliance/asking.h"
#include "compliance/book.h"
#include "compliance/fact_rows.h"
#include "compliance/load_facts.h"
#include "exemption/queries.h"
#include "obligation/context.h"
#include "obligation/periods.h"

namespace huilu::compliance {

namespace {

using obligation::Bearer;
using obligation::Verdict;
using policy::BearerKind;

constexpr std::size_t large_holders = 64;     // of an organisation whose counts nobody asks for
constexpr std::size_t explained_of_turn = 2;  // bearers
constexpr std::size_t reasons_max = 6;

// Today's policy, or the supposed one, with the duties that may differ in memory.
class Side {
 public:
  Side(const obligation::Facts& policy, const std::vector<policy::Pack>& packs,
       store::Connection& snapshot, const Organisation& organisation, const Leaves& leaves,
       const std::set<std::string>& duties)
      : catalog_(packs, snapshot),
        people_(organisation),
        book_(policy, catalog_, {organisation, facts_, people_, person_facts_, holders_, leaves},
              &duties) {}

  void open(Date on) { book_.keep(book_.opened(on, on + 1)); }
  void load(store::Connection& snapshot, const Organisation& organisation) {
    facts_.grow(organisation.units());
    FactLoading(organisation, people_, book_.counting(), facts_, person_facts_).all(snapshot);
  }
  const std::vector<std::unique_ptr<Ledger>>& ledgers() const { return book_.ledgers(); }
  Ledger* find(const std::string& obligation, const std::string& period) const {
    return book_.find(obligation, period);
  }
  // Of a unit in its own duty; nothing where the evaluator has to be asked.
  std::optional<Verdict> verdict(Ledger* ledger, Slot unit, Date on) {
    if (ledger == nullptr) return Verdict::not_applicable;
    const auto found = judge(book_.terms(*ledger, unit, on), facts_.of(unit), on);
    if (!found) return {};
    const auto the_class = found->judged.the_class;
    if (the_class == obligation::Class::not_applicable) return Verdict::not_applicable;
    return obligation::verdict_of(the_class, obligation::phase_on(found->terms->schedule, on));
  }

 private:
  record::Catalog catalog_;
  FactStore facts_;
  // Of nobody: persons are judged one by one, because their turns are asked for.
  People people_;
  FactStore person_facts_;
  Holders holders_;
  Book book_;
};

// A duty in a period, with what is counted of it.
struct Compared {
  DutyChange change;
  calendar::Period period;
  Ledger* today = nullptr;  // null pointer: not on this side
  Ledger* supposed = nullptr;

  struct Home {
    HomeChange line;
    std::int64_t judged = 0;
  };
  std::map<Turn, std::int64_t> turns;
  std::map<Turn, std::vector<std::pair<UnitId, Bearer>>> examples;
  std::map<UnitId, Home> homes;

  bool is_of_units() const {
    return (!today || today->of_units()) && (!supposed || supposed->of_units());
  }

  void add(UnitId home, const Bearer& bearer, Turn turn) {
    if (turn == Turn{}) return;
    ++turns[turn];
    Home& its = homes[home];
    ++its.judged;
    if (!turn.is_change()) return;
    auto& some = examples[turn];
    if (some.size() < explained_of_turn) some.emplace_back(home, bearer);
    HomeChange& line = its.line;
    const bool first = line.changed++ == 0;
    if (first || turn.supposed < line.worst.supposed) {
      line.home = home;
      line.bearer = bearer;
      line.worst = turn;
    }
  }
};

// Whoever is judged by the evaluator, on both sides, one home after another.
class BothSides {
 public:
  BothSides(store::Connection& snapshot, const obligation::Facts& today,
            const obligation::Facts& supposed, Date on)
      : snapshot_(snapshot),
        on_(on),
        known_(obligation::end_of_day(on)),
        today_(today),
        supposed_(supposed),
        evaluator_today_(today_),
        evaluator_supposed_(supposed_) {}

  void take(UnitId home) {
    drop();
    load_units(snapshot_, {home}, Names::left_out, today_);
    supposed_.units = today_.units;
    supposed_.memberships = today_.memberships;
    supposed_.tenures = today_.tenures;
    supposed_.records = today_.records;
    supposed_.leaves = today_.leaves;
  }

  // Bearers of the home that was taken; its home is the supposed duty's where there is one.
  std::set<Bearer> bearers(UnitId home, const std::string& obligation,
                           const calendar::Period& period) const {
    std::set<Bearer> out;
    const auto add = [&](const obligation::Facts& facts, const obligation::Duty& duty) {
      for (const Bearer& one :
           bearers_at(facts, home, *duty.obligation, {obligation, period, {}}, on_))
        out.insert(one);
    };
    const auto now = obligation::any_duty(today_, obligation, known_);
    const auto then = obligation::any_duty(supposed_, obligation, known_);
    if (then) add(supposed_, then);
    if (now && (!then || now.obligation->who.kind != then.obligation->who.kind)) add(today_, now);
    return out;
  }

  Turn turn(const std::string& obligation, const std::string& period, const Bearer& bearer) {
    return {explain_today(obligation, period, bearer).verdict,
            explain_supposed(obligation, period, bearer).verdict};
  }
  obligation::Explanation explain_today(const std::string& obligation, const std::string& period,
                                        const Bearer& bearer) {
    return evaluator_today_.evaluate({obligation, bearer, period, on_, known_});
  }
  obligation::Explanation explain_supposed(const std::string& obligation, const std::string& period,
                                           const Bearer& bearer) {
    return evaluator_supposed_.evaluate({obligation, bearer, period, on_, known_});
  }
  const obligation::Facts& today() const { return today_; }
  const obligation::Facts& supposed() const { return supposed_; }

 private:
  void drop() {
    today_.units.clear();
    today_.memberships.clear();
    today_.tenures.clear();
    today_.records.clear();
    today_.leaves.clear();
  }

  store::Connection& snapshot_;
  const Date on_;
  const Instant known_;
  obligation::Facts today_;
  obligation::Facts supposed_;
  obligation::Evaluator evaluator_today_;
  obligation::Evaluator evaluator_supposed_;
};

class Simulating {
 public:
  Simulating(store::Connection& snapshot, const obligation::Facts& policy,
             const std::vector<policy::Pack>& packs, const Supposed& supposed,
             const SimulationOptions& options)
      : snapshot_(snapshot),
        policy_(policy),
        packs_(packs),
        supposed_(supposed),
        options_(options),
        organisation_(large_holders),
        members_(organisation_) {
    for (const auto& [address, keys] : supposed.differing()) duties_.insert(address);
  }

  Simulation run() {
    Simulation out;
    if (duties_.empty()) return out;
    load();
    std::map<Slot, std::vector<Compared*>> asked;
    for (Compared& one : compared_) judge_in_memory(one, asked);
    evaluate(asked, out);
    find_reasons();
    for (Compared& one : compared_) {
      finish(one);
      out.judged += one.change.judged();
      out.duties.push_back(std::move(one.change));
    }
    return out;
  }

 private:
  void load() {
    organisation_.load(snapshot_, options_.on, Date::of(options_.on.year() - 1, 1, 1));
    for (auto& granted : exemption::all_leaves(snapshot_)) {
      const auto bearer = Bearer::parse(granted.leave.bearer);
      const Slot unit = bearer && bearer->unit ? organisation_.find(bearer->unit) : no_slot;
      if (unit != no_slot) leaves_.of_units[unit].push_back(std::move(granted.leave));
    }
    if (options_.below) top_ = organisation_.find(options_.below);
    side_today_ =
        std::make_unique<Side>(policy_, packs_, snapshot_, organisation_, leaves_, duties_);
    side_supposed_ = std::make_unique<Side>(supposed_.facts(), supposed_.packs(), snapshot_,
                                            organisation_, leaves_, duties_);
    const auto sides = {side_supposed_.get(), side_today_.get()};
    for (Side* const side : sides) {
      side->open(options_.on);
      if (counts_in_memory()) side->load(snapshot_, organisation_);
    }
    for (const Side* const side : sides) {
      for (const auto& ledger : side->ledgers()) add(*ledger);
    }
  }

  bool counts_in_memory() const { return options_.on == options_.today; }

  void add(const Ledger& ledger) {
    const std::string& obligation = ledger.sheet.obligation();
    const calendar::Period& period = ledger.sheet.period();
    const bool there = std::any_of(compared_.begin(), compared_.end(), [&](const Compared& one) {
      return one.change.obligation == obligation && one.change.period == period.name;
    });
    if (there) return;
    Compared one;
    one.change.obligation = obligation;
    one.change.period = period.name;
    one.change.from = period.from;
    one.change.until = period.until;
    one.change.bearer = ledger.sheet.bearer();
    one.change.differing = supposed_.differing().at(obligation);
    one.period = period;
    one.today = side_today_->find(obligation, period.name);
    one.supposed = side_supposed_->find(obligation, period.name);
    compared_.push_back(std::move(one));
  }

  bool is_asked_for(Slot unit) const {
    return !options_.below ||
           (top_ != no_slot && organisation_.by_affiliation().is_below(unit, top_, options_.on));
  }

  void judge_in_memory(Compared& one, std::map<Slot, std::vector<Compared*>>& asked) {
    if (!one.is_of_units()) {
      for (const Slot home : homes_of_people(one))
        if (is_asked_for(home)) asked[home].push_back(&one);
      return;
    }
    for (Slot unit = 0; unit < organisation_.units(); ++unit) {
      if (!is_asked_for(unit)) continue;
      const auto now =
          counts_in_memory() ? side_today_->verdict(one.today, unit, options_.on) : std::nullopt;
      const auto then = now ? side_supposed_->verdict(one.supposed, unit, options_.on) : now;
      if (!then) {
        asked[unit].push_back(&one);
        continue;
      }
      const UnitId id = organisation_.id(unit);
      one.add(id, Bearer{id, {}, {}}, {*now, *then});
    }
  }

  std::set<Slot> homes_of_people(const Compared& one) {
    std::set<Slot> out;
    for (const Ledger* const ledger : {one.today, one.supposed}) {
      if (!ledger) continue;
      if (ledger->of_units()) {
        for (Slot unit = 0; unit < organisation_.units(); ++unit) out.insert(unit);
      } else if (ledger->sheet.bearer() == BearerKind::member) {
        if (members_.persons() == 0) members_.load(snapshot_);
        for (const Slot home : members_.homes()) out.insert(home);
      } else {
        if (holders_.homes().empty()) holders_.load(snapshot_);
        for (const UnitId home : holders_.homes())
          if (const Slot slot = organisation_.find(home); slot != no_slot) out.insert(slot);
      }
    }
    return out;
  }

  void evaluate(const std::map<Slot, std::vector<Compared*>>& asked, Simulation& out) {
    if (asked.empty()) return;
    BothSides both(snapshot_, policy_, supposed_.facts(), options_.on);
    std::int64_t done = 0;
    for (const auto& [slot, duties] : asked) {
      if (options_.progress) options_.progress(done++, static_cast<std::int64_t>(asked.size()));
      const UnitId home = organisation_.id(slot);
      both.take(home);
      for (Compared* const one : duties) {
        const std::string& obligation = one->change.obligation;
        for (const Bearer& bearer : both.bearers(home, obligation, one->period)) {
          const Turn turn = both.turn(obligation, one->change.period, bearer);
          out.evaluated += turn == Turn{} ? 0 : 1;
          one->add(home, bearer, turn);
        }
      }
    }
  }

  // A few bearers of each change, home by home.
  void find_reasons() {
    struct Example {
      Compared* duty;
      Turn turn;
      Bearer bearer;
    };
    std::map<UnitId, std::vector<Example>> by_home;
    for (Compared& one : compared_) {
      for (const auto& [turn, count] : one.turns) one.change.turns.push_back({turn, count, {}});
      for (const auto& [turn, examples] : one.examples)
        for (const auto& [home, bearer] : examples) by_home[home].push_back({&one, turn, bearer});
    }
    if (by_home.empty()) return;
    BothSides both(snapshot_, policy_, supposed_.facts(), options_.on);
    for (const auto& [home, examples] : by_home) {
      both.take(home);
      for (const Example& example : examples) {
        auto& turns = example.duty->change.turns;
        const auto its = std::find_if(turns.begin(), turns.end(), [&](const TurnCount& one) {
          return one.turn == example.turn;
        });
        for (Reason& reason : reasons(both, home, *example.duty, example.bearer)) {
          auto& because = its->because;
          if (because.size() < reasons_max &&
              std::find(because.begin(), because.end(), reason) == because.end())
            because.push_back(std::move(reason));
        }
      }
    }
  }

  std::vector<Reason> reasons(BothSides& both, UnitId home, const Compared& duty,
                              const Bearer& bearer) const {
    const std::string& obligation = duty.change.obligation;
    const auto now = both.explain_today(obligation, duty.change.period, bearer);
    const auto then = both.explain_supposed(obligation, duty.change.period, bearer);
    return reasons_between({now, both.today(), home, Shown::counts}, duty_of(packs_, now),
                           {then, both.supposed(), home, Shown::counts},
                           duty_of(supposed_.packs(), then), duty.change.differing,
                           options_.language);
  }

  // Verdicts worst first, homes likewise and among equals as they stand in the organisation.
  void finish(Compared& one) const {
    std::sort(one.change.turns.begin(), one.change.turns.end(),
              [](const TurnCount& a, const TurnCount& b) {
                return std::tie(a.turn.supposed, b.turn.today) <
                       std::tie(b.turn.supposed, a.turn.today);
              });
    auto& homes = one.change.homes;
    for (auto& [home, its] : one.homes) {
      if (its.line.changed == 0) continue;
      its.line.judged = its.judged;
      homes.push_back(its.line);
    }
    one.change.homes_changed = static_cast<std::int64_t>(homes.size());
    std::sort(homes.begin(), homes.end(), [&](const HomeChange& a, const HomeChange& b) {
      const Slot of_a = organisation_.find(a.home), of_b = organisation_.find(b.home);
      return std::tie(a.worst.supposed, b.worst.today, b.changed, of_a) <
             std::tie(b.worst.supposed, a.worst.today, a.changed, of_b);
    });
    if (homes.size() > options_.homes_max) homes.resize(options_.homes_max);
  }

  store::Connection& snapshot_;
  const obligation::Facts& policy_;
  const std::vector<policy::Pack>& packs_;
  const Supposed& supposed_;
  const SimulationOptions& options_;
  std::set<std::string> duties_;
  Organisation organisation_;
  Leaves leaves_;
  People members_;   // read where they are asked for
  Holders holders_;  // likewise
  Slot top_ = no_slot;
  std::unique_ptr<Side> side_today_;
  std::unique_ptr<Side> side_supposed_;
  std::vector<Compared> compared_;
};

template <class Takes>
std::int64_t sum(const std::vector<TurnCount>& turns, Takes takes) {
  std::int64_t out = 0;
  for (const TurnCount& one : turns) out += takes(one.turn) ? one.bearers : 0;
  return out;
}

}  // namespace

std::int64_t DutyChange::judged() const {
  return sum(turns, [](const Turn&) { return true; });
}

std::int64_t DutyChange::changed() const {
  return sum(turns, [](const Turn& turn) { return turn.is_change(); });
}

std::int64_t DutyChange::newly_owing() const {
  return sum(turns, [](const Turn& turn) { return turn.today == Verdict::not_applicable; });
}

std::int64_t DutyChange::no_longer_owing() const {
  return sum(turns, [](const Turn& turn) { return turn.supposed == Verdict::not_applicable; });
}

Simulation simulate(store::Connection& snapshot, const obligation::Facts& policy,
                    const std::vector<policy::Pack>& packs, const Supposed& supposed,
                    const SimulationOptions& options) {
  return Simulating(snapshot, policy, packs, supposed, options).run();
}

}  // namespace huilu::compliance
