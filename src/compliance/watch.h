// Watch: keeps the index honest and its history written while a server runs. The background round
// calls it: a random home is compared with the evaluator, and figures of inner nodes that became
// different are kept for trends.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "compliance/index.h"
#include "compliance/tables.h"
#include "store/store.h"

namespace huilu::compliance {

class Watch {
 public:
  // `published` tells how far the index has followed. All must outlive it.
  Watch(Index& index, store::Pool& readers, std::function<journal::Sequence()> published);

  // Opens the periods that have begun. Cheap when they are open.
  void begin_day(Date today);
  // Differences are logged as errors and counted.
  void compare_one();
  // Rows of today for nodes whose figures are not as they were last written.
  void write_history(Date today, const std::function<void(const std::vector<HistoryRow>&)>& write);
  // Asking the index may wait for the database; what was measured last is there at once.
  // The index to its file, where it has one; what the disk does not take is told to the log.
  void save();
  void measure();
  Index::Measures measures() const;

  std::atomic<std::uint64_t> compared{0};
  std::atomic<std::uint64_t> differences{0};

 private:
  void write_node(Tree tree, Node node, const std::vector<ColumnView>& columns, Date today,
                  std::vector<HistoryRow>& out);
  void keep_columns(const std::vector<ColumnView>& columns);

  Index& index_;
  store::Pool& readers_;
  std::function<journal::Sequence()> published_;
  mutable std::mutex measures_mutex_;
  Index::Measures measures_;
  std::mt19937_64 random_;
  std::optional<Date> begun_;
  // What was last written of each inner node, a digest for each of `columns_` (0: nothing yet). Of
  // a country these are some million figures.
  std::vector<std::pair<std::string, std::string>> columns_;  // obligation, period
  std::map<std::pair<Tree, Node>, std::vector<std::uint64_t>> written_;
};

}  // namespace huilu::compliance
