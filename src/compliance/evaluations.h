// Evaluations: tables of another day, made once for all who ask the same. The evaluator takes
// seconds for one; a page asks for a node and for its children at once, and asks again where the
// answer came too late for a reply.
#pragma once

#include <functional>
#include <future>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "compliance/figures.h"

namespace huilu::compliance {

// Rows for exactly these nodes.
struct NodesTable {
  std::vector<Node> nodes;
  Table table;

  // Other nodes have nothing in any column.
  Table of(const std::vector<Node>& wanted) const;
};

class Evaluations {
 public:
  // What is equal has the same answer: as known at a moment, or else now, with this journal;
  // in the tree of a day, or else of each period.
  struct Question {
    Node top;
    Date on;
    Date today;
    std::optional<Instant> known;
    std::optional<Date> tree_on;
    std::int64_t journal = 0;
    Selection selection;

    bool operator==(const Question&) const = default;
  };

  // Kept, waited for where somebody is making it, or made here. Where `make` throws, nothing is
  // kept, and for who waits it is std::future_error.
  std::shared_ptr<const NodesTable> ask(const Question& question,
                                        const std::function<NodesTable()>& make);

 private:
  using Made = std::shared_future<std::shared_ptr<const NodesTable>>;
  struct Kept {
    Question question;
    Made made;
  };

  // What is being made, or nothing where `promised` stands in its place now.
  std::optional<Made> find_or_promise(const Question& question, const Made& promised);
  void forget(const Question& question);

  std::mutex mutex_;
  std::list<Kept> kept_;  // the latest first
};

}  // namespace huilu::compliance
