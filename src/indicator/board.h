// Board: the figures of a unit with all below it, and of its rows, as of a day. Everything that is
// counted is read once, in as many statements as there are types; then all figures are put together
// in memory. So the cost is that of reading the facts of the subtree in the period, and does not
// grow with the rows. Asks no gate.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "obligation/measure.h"
#include "obligation/sampling.h"
#include "store/store.h"

namespace huilu::indicator {

struct Asked {
  UnitId node;
  Date within;  // a day of the period that is asked about
  Date at;
  Instant known;
  bool as_of_now = true;                     // what is known now is asked for
  std::vector<std::string> indicators = {};  // addresses, also of views; empty: all indicators
};

// More facts than can be put together while somebody waits.
inline constexpr std::size_t facts_max = 60'000;

// The versions of packs that are in force there, in the order of the packs.
std::vector<const policy::Pack*> packs_in_force(const obligation::Facts& facts, UnitId node,
                                                Date at, Instant known);

class Board {
 public:
  // `packs` outlive it. Duties are counted by `cases`.
  Board(store::Connection& connection, const std::vector<policy::Pack>& packs, const Asked& asked,
        obligation::CasesOf cases);
  Board(const Board&) = delete;
  Board& operator=(const Board&) = delete;
  ~Board();

  struct Line {
    const policy::Pack* pack = nullptr;
    const policy::Indicator* indicator = nullptr;
  };
  // Of the versions in force at the node on the day, in the order of their packs.
  const std::vector<Line>& lines() const { return lines_; }
  // There are more facts than `facts_max`: nothing was read, and there are no figures.
  bool is_too_large() const { return too_large_; }

  calendar::Period period_of(const Line& line);
  obligation::Figure figure(const Line& line, UnitId node);
  std::vector<const obligation::MeasuredFact*> behind(const Line& line, UnitId node);
  std::vector<const obligation::UncountedFact*> uncounted(const Line& line, UnitId node);
  // Of a draw of one of these packs; what it weighs by is among `indicators`.
  obligation::Sampling sampling(const policy::Pack& pack, const policy::Draw& draw);
  const obligation::Facts& facts() const { return facts_; }

 private:
  struct Needs;

  void find_lines();
  void add_needs(const policy::Pack& pack, const policy::Indicator& indicator, Needs& needs);
  void load(store::Connection& connection, const Needs& needs);
  obligation::Measuring& measuring(const policy::Pack& pack);

  Asked asked_;
  obligation::CasesOf cases_;
  obligation::Facts facts_;
  std::vector<Line> lines_;
  std::map<std::string, std::unique_ptr<obligation::Measuring>> measuring_;  // by pack
  bool too_large_ = false;
};

}  // namespace huilu::indicator
