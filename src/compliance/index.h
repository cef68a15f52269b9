// The compliance index: for every unit, duty and period what records and decisions did, rolled up
// over both trees, in memory. It loads from the tables in one snapshot, follows the journal, and
// answers for today as it is known today; every other day is the evaluator's. Nothing that only the
// clock changes is stored: a cell holds a class, and a verdict is made of it when somebody reads.
// Readers are many and wait less than a millisecond; one thread follows.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/time.h"
#include "command/run.h"
#include "compliance/standing.h"
#include "obligation/evaluate.h"
#include "policy/pack.h"
#include "record/catalog.h"
#include "store/store.h"

namespace huilu::compliance {

// One duty in one period, as the index keeps it.
struct ColumnView {
  std::string obligation;  // address
  std::string period;      // 2026-11, campaign:c3
  Date from;
  Date until;
  policy::BearerKind bearer = policy::BearerKind::unit;
  obligation::Schedule schedule;  // of most of its bearers
  bool ended = false;             // the period lies before today
};

struct BehindLine {
  UnitId home;                               // whose row it stands in
  std::optional<obligation::Bearer> bearer;  // of a duty of units: the unit
  Standing standing;                         // of the home: one cell, or its members and posts
  obligation::Verdict worst = obligation::Verdict::open;
};

class Index : public command::Follower {
 public:
  struct Options {
    int years_before = 1;    // whose periods are kept besides those of the present year
    bool only_open = false;  // no period that is over, whatever the years; for measurements
    std::size_t large = 64;  // units below a node for which counts are kept
    std::string snapshot;    // the file it is kept in; empty: none
    std::string program;     // whose snapshots it reads: others may judge differently
  };

  // All must outlive it. `clock` says which day it is.
  Index(const std::vector<policy::Pack>& packs, const record::Catalog& catalog, const Clock& clock,
        const Options& options);
  Index(const std::vector<policy::Pack>& packs, const record::Catalog& catalog, const Clock& clock);
  ~Index() override;

  // As of the snapshot: from its file and what was touched since, or else from the tables.
  void load(store::Connection& snapshot);
  // To its file, as of what it has followed; `published` is a number of the journal before that.
  // Followers wait meanwhile, readers do not. A Fault where the disk does not take it.
  void save(store::Connection& snapshot, journal::Sequence published) const;
  bool follows(std::string_view table) const override;
  void follow(store::Connection& snapshot, const std::vector<journal::Touched>& touched) override;
  // Opens the periods that have begun; called when a day begins, and by readers that notice first.
  // False, and nothing done, where the snapshot is older than what the index follows.
  bool begin_day(store::Connection& snapshot, Date today);

  // Periods that end after this day are kept; older ones are the evaluator's.
  Date kept_from() const;
  // Duties and periods that share a day with [from, until), duties in the order of their packs.
  std::vector<ColumnView> columns(Date from, Date until) const;

  // Of the whole node; of one column over all its schedules. Nothing for an unknown node or column.
  std::optional<Standing> standing(Tree tree, Node node, const std::string& obligation,
                                   const std::string& period) const;
  // Row-major: nodes × columns, in one lock.
  std::vector<Standing> standings(Tree tree, const std::vector<Node>& nodes,
                                  const std::vector<ColumnView>& columns) const;
  std::vector<Node> children(Tree tree, Node node) const;

  // Homes below the node that have somebody with one of these verdicts, worst first and then in
  // official order; from the `skip`th on, at most `limit`.
  std::vector<BehindLine> behind(Tree tree, Node node, const std::string& obligation,
                                 const std::string& period,
                                 const std::vector<obligation::Verdict>& verdicts, std::size_t skip,
                                 std::size_t limit) const;

  // Homes whose cells differ from the evaluator's answer, as sentences for the log; for tests, the
  // background round (one random home) and `huilu verify`. What the snapshot has and the index has
  // not followed yet may differ.
  std::vector<std::string> compare(store::Connection& snapshot,
                                   const std::vector<UnitId>& homes) const;

  struct Measures {
    std::size_t columns = 0;
    std::size_t cells = 0;
    std::size_t facts = 0;
    std::size_t sheet_bytes = 0;   // of cells and counts
    std::size_t bytes = 0;         // of these, the facts and the organisation
    std::int64_t load_us = 0;      // reading facts from the tables
    std::int64_t evaluate_us = 0;  // from facts in memory to all counts; 0: from its file
  };
  Measures measures() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace huilu::compliance
