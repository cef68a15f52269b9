#include "cli/bench_ledger.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <utility>

#include "base/value.h"
#include "cli/installation.h"
#include "compliance/load_facts.h"
#include "compliance/queries.h"
#include "demo/flow.h"
#include "matter/commands.h"
#include "matter/queries.h"

namespace huilu::cli {

namespace {

constexpr std::size_t ledger_argument_count = 3;
constexpr int ledger_matters_max = 10'000'000;

class LedgerBench {
 public:
  LedgerBench(Installation& installation, std::size_t matters)
      : installation_(installation),
        matters_(matters),
        reader_(installation.readers().lend()),
        flow_(installation.road()),
        today_(installation.clock().today()),
        units_(compliance::every_unit(*reader_)),
        policy_(compliance::load_policy(*reader_, installation.packs())) {}

  Value run() {
    std::int64_t opening = 0, moving = 0, moves = 0;
    for (std::size_t first = 0; first < matters_; first += piece) {
      const std::size_t last = std::min(first + piece, matters_);
      opening += microseconds([&] { open(first, last); });
      moving += microseconds([&] {
        moves += move([](int kind) { return kind < settled ? "drop" : "plan"; },
                      [](int kind) { return kind < settled + planned; });
        moves += move([](int) { return "start"; }, [](int kind) { return kind == settled; });
      });
    }
    return Value::object({{"matters", static_cast<std::int64_t>(matters_)},
                          {"units", static_cast<std::int64_t>(units_.size())},
                          {"open_us", opening},
                          {"moves", moves},
                          {"move_us", moving}});
  }

 private:
  static constexpr std::size_t piece = 1000;  // matters that are opened, read and moved together
  static constexpr std::string_view issue = "rectification/rectification";
  // Of sixteen matters eight are settled, two are planned, one of these is begun.
  static constexpr int kinds = 16, settled = 8, planned = 2;
  // Last days are spread over these, a quarter of them before today.
  static constexpr int days_spread = 400, days_late = 100;

  template <class Work>
  static std::int64_t microseconds(Work work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    const auto took = std::chrono::steady_clock::now() - start;
    return std::chrono::duration_cast<std::chrono::microseconds>(took).count();
  }

  // The units of a piece lie all over the tree.
  UnitId unit_of(std::size_t number) const {
    const std::size_t stride = std::max<std::size_t>(1, units_.size() / matters_);
    return units_[number * stride % units_.size()];
  }

  matter::FactsPointer facts_of(const std::vector<UnitId>& units) {
    auto facts = policy_;
    compliance::load_organisation(*reader_, units, facts);
    return std::make_shared<const obligation::Facts>(std::move(facts));
  }

  void open(std::size_t first, std::size_t last) {
    std::vector<UnitId> units = {units_.front()};
    for (std::size_t i = first; i < last; ++i) units.push_back(unit_of(i));
    const auto facts = facts_of(units);
    opened_.assign(last - first, {});
    for (std::size_t i = first; i < last; ++i) {
      const UnitId unit = unit_of(i);
      matter::NewMatter asked{std::string(issue), unit, {}, {}, {}};
      asked.change.due = today_ + (static_cast<int>(i) * 7 % days_spread - days_late);
      asked.change.fields = Value::object({{"problem", "第" + std::to_string(i) + "件"},
                                           {"origin", "superior"},
                                           {"kind", "specific"},
                                           {"office", units_.front().text()}});
      const auto* const pack =
          matter::pack_in_force(*facts, issue, unit, today_, installation_.clock().now());
      if (pack == nullptr) throw Fault(FaultKind::internal, "rectification is not in force");
      flow_.send(std::make_unique<matter::OpenMatter>(facts, *pack, std::move(asked)), {},
                 [&to = opened_[i - first]](const Value& reply) {
                   to = MatterId::parse(*reply.find("id")->text()).value();
                 });
    }
    flow_.drain();
  }

  obligation::Change change_for(std::string_view move) const {
    obligation::Change change;
    if (move == "drop") change.reason = "measurement";
    if (move == "plan") {
      change.fields = Value::object({{"measures", Value::List{"修补"}},
                                     {"standard", "不积水"},
                                     {"fix_type", "at_once"},
                                     {"horizon", "near"},
                                     {"lead", units_.front().text()}});
    }
    return change;
  }

  // Those of the piece whose kind is chosen; how many.
  std::int64_t move(const char* (*move_of)(int), bool (*is_chosen)(int)) {
    std::vector<MatterId> ids;
    std::vector<std::string> moves;
    for (std::size_t i = 0; i < opened_.size(); ++i) {
      const int kind = static_cast<int>(i % kinds);
      if (!is_chosen(kind)) continue;
      ids.push_back(opened_[i]);
      moves.emplace_back(move_of(kind));
    }
    auto stored = matter::find_all(*reader_, ids);
    std::vector<UnitId> units = {units_.front()};
    for (const auto& one : stored) {
      const auto& now = one.now;
      const auto& pack = matter::pack_of(installation_.packs(), now.matter.type, now.pack_version);
      for (const UnitId unit :
           matter::units_of(now.matter, matter::type_in(pack, now.matter.type))) {
        units.push_back(unit);
      }
    }
    auto reads = matter::read_with_histories(*reader_, facts_of(units), installation_.packs(),
                                             std::move(stored));
    for (std::size_t i = 0; i < reads.size(); ++i) {
      const auto seen = reads[i].stored.now.version;
      flow_.send(std::make_unique<matter::MoveMatter>(std::move(reads[i]), moves[i],
                                                      change_for(moves[i]), seen, AccountId{},
                                                      today_, installation_.clock().now()));
    }
    flow_.drain();
    return static_cast<std::int64_t>(ids.size());
  }

  Installation& installation_;
  const std::size_t matters_;
  store::Pool::Lease reader_;
  demo::Flow flow_;
  const Date today_;
  const std::vector<UnitId> units_;
  const obligation::Facts policy_;
  std::vector<MatterId> opened_;  // of the piece
};

}  // namespace

Exit bench_ledger(const std::vector<std::string>& arguments, Console& console) {
  if (arguments.size() != ledger_argument_count)
    throw WrongUsage("bench ledger DATA POSTGRES MATTERS");
  const int matters = std::clamp(std::atoi(arguments[2].c_str()), 1, ledger_matters_max);
  const SystemClock clock;
  Installation installation({arguments[0], arguments[1]}, clock);
  LedgerBench bench(installation, static_cast<std::size_t>(matters));
  console.out() << to_json(bench.run()) << "\n";
  return Exit::done;
}

}  // namespace huilu::cli
