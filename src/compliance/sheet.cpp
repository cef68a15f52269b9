#include "compliance/sheet.h"

#include <algorithm>
#include <span>

#include "base/check.h"
#include "compliance/nearest_rows.h"
#include "compliance/snapshot_file.h"

namespace huilu::compliance {

namespace {

constexpr std::size_t columns_max = 65'535;

const RollUp& roll_of(const Organisation& organisation, Tree tree) {
  return tree == Tree::affiliation ? organisation.by_affiliation() : organisation.by_seat();
}

template <class T>
void save_values(SnapshotWriter& out, const SlotArray<T>& values) {
  out.put(values.first());
  out.put_all(values.stretch());
  out.put(values.split());
  out.put_all(values.later());
}

template <class T, class SlotOf>
void restore_values(SnapshotReader& in, SlotArray<T>& values, const SlotOf& slot_of) {
  for (int part = 0; part < 2; ++part) {
    Slot saved = in.take<Slot>();
    for (const T& value : in.take_all<T>()) {
      if (!(value == T{})) values.set(slot_of(saved), value);
      ++saved;
    }
  }
}

}  // namespace

void add_to(std::vector<Answered>& answers, const Answered& one) {
  const auto same = std::find_if(answers.begin(), answers.end(), [&](const Answered& other) {
    return other.schedule == one.schedule;
  });
  if (same == answers.end()) {
    answers.push_back(one);
  } else {
    same->bearers.add(one.bearers);
  }
}

Histogram Cell::histogram() const {
  Histogram histogram;
  if (empty()) return histogram;
  histogram.bearers[static_cast<std::size_t>(the_class())] = 1;
  histogram.bearers[Histogram::entered_late] = entered_late() ? 1 : 0;
  return histogram;
}

std::uint16_t Sheet::column_of(const obligation::Schedule& schedule) {
  const auto found = std::find_if(columns_.begin(), columns_.end(), [&](const Column& column) {
    return column.schedule == schedule;
  });
  if (found == columns_.end()) {
    CHECK(columns_.size() < columns_max);
    columns_.emplace_back();
    columns_.back().schedule = schedule;
    return static_cast<std::uint16_t>(columns_.size() - 1);
  }
  return static_cast<std::uint16_t>(found - columns_.begin());
}

Share Sheet::share_of(const std::vector<Answered>& answers) {
  Share share;
  for (const Answered& answer : answers) {
    share.push_back({column_of(answer.schedule), answer.bearers});
  }
  std::sort(share.begin(), share.end(),
            [](const Part& a, const Part& b) { return a.column < b.column; });
  return share;
}

Share Sheet::share(Slot home) const {
  Share share;
  for_each_part(home, [&](std::uint16_t column, const Histogram& bearers) {
    share.push_back({column, bearers});
  });
  return share;
}

void Sheet::put(Slot home, obligation::Class the_class, bool entered_late, std::uint16_t column) {
  if (column >= Cell::far) far_columns_[home] = column;
  cells_.set(home, Cell(the_class, entered_late, column));
}

void Sheet::put(Slot home, const Share& share) {
  if (bearer_ == policy::BearerKind::unit) {
    far_columns_.erase(home);
    if (share.empty()) return cells_.set(home, Cell{});
    const Part& part = share.front();
    const auto found = std::find(part.bearers.bearers.begin() + 1, part.bearers.bearers.end(), 1);
    const auto the_class = static_cast<obligation::Class>(found - part.bearers.bearers.begin());
    return put(home, the_class, part.bearers.bearers[Histogram::entered_late] != 0, part.column);
  }
  shares_.erase(home);
  Tally tally{};
  const auto fits = [](std::int32_t number) { return number < escape; };
  if (share.size() == 1 && share.front().column == 0 &&
      std::all_of(share.front().bearers.bearers.begin(), share.front().bearers.bearers.end(),
                  fits)) {
    std::copy(share.front().bearers.bearers.begin(), share.front().bearers.bearers.end(),
              tally.begin());
  } else if (!share.empty()) {
    tally[0] = escape;
    shares_[home] = share;
  }
  tallies_.set(home, tally);
}

void Sheet::set(Slot home, const Share& share, const Organisation& organisation, Date today) {
  const Share before = this->share(home);
  if (before == share) return;
  put(home, share);
  const Date day = tree_day(today);
  for (const Tree tree : both_trees) {
    const Slot holder = roll_of(organisation, tree).holder(home, day);
    add_above(tree, holder, day, before, -1, organisation);
    add_above(tree, holder, day, share, 1, organisation);
  }
  const auto number = [](const Part& part) {
    const auto& bearers = part.bearers.bearers;
    std::int64_t sum = 0;
    for (std::size_t i = 1; i < bearers.size(); ++i) sum += bearers[i];
    return sum;
  };
  for (const Part& part : before) columns_[part.column].bearers -= number(part);
  for (const Part& part : share) columns_[part.column].bearers += number(part);
}

void Sheet::add_above(Tree tree, Slot holder, Date day, const Share& parts, std::int32_t times,
                      const Organisation& organisation) {
  const RollUp& roll = roll_of(organisation, tree);
  roll.for_each_row(holder, day, [&](Slot row) {
    for (const Part& part : parts) {
      columns_[part.column].counts[static_cast<std::size_t>(tree)].add(row, part.bearers, times,
                                                                       roll.rows());
    }
  });
}

void Sheet::add_counts(Tree tree, Slot holder, const Organisation& organisation, Date today,
                       std::vector<Histogram>& out) const {
  out.resize(columns_.size());
  roll_of(organisation, tree)
      .visit(
          holder, tree_day(today),
          [&](Slot row) {
            for (std::size_t column = 0; column < columns_.size(); ++column) {
              out[column].add(columns_[column].counts[static_cast<std::size_t>(tree)].at(row));
            }
          },
          [&](Slot unit) {
            for_each_part(unit, [&](std::uint16_t column, const Histogram& bearers) {
              out[column].add(bearers);
            });
          });
}

void Sheet::set_row(Tree tree, Slot row, const std::vector<Histogram>& by_column,
                    std::size_t rows) {
  for (std::size_t column = 0; column < by_column.size(); ++column) {
    if (by_column[column].empty()) continue;
    columns_[column].counts[static_cast<std::size_t>(tree)].add(row, by_column[column], 1, rows);
  }
}

void Sheet::recount(NearestRows& nearest) {
  const Organisation& organisation = nearest.organisation();
  const Date day = tree_day(nearest.today());
  for (Column& column : columns_) column.bearers = 0;
  cells_.shrink();
  tallies_.shrink();
  for (const Tree tree : both_trees) {
    const RollUp& roll = roll_of(organisation, tree);
    auto sums = own_sums(nearest.on(tree, day), roll.rows());
    for (std::size_t column = 0; column < columns_.size(); ++column) {
      const auto own = sums[column];
      for (Slot row = 0; row < roll.rows(); ++row) {
        if (own[row].empty()) continue;
        const Slot above = roll.above(roll.holder_of_row(row), day);
        roll.for_each_row(above, day, [&](Slot at) { sums[column][at].add(own[row]); });
      }
      columns_[column].counts[static_cast<std::size_t>(tree)].assign(sums[column]);
    }
  }
  count_bearers();
}

// By column and row: of those whose nearest row it is.
std::vector<std::vector<Histogram>> Sheet::own_sums(const std::vector<Slot>& nearest,
                                                    std::size_t rows) const {
  std::vector<std::vector<Histogram>> own(columns_.size(), std::vector<Histogram>(rows));
  if (bearer_ == policy::BearerKind::unit) {
    cells_.for_each([&](Slot home, Cell cell) {
      if (cell.empty() || nearest[home] == no_slot) return;
      auto& bearers = own[column_of(home, cell)][nearest[home]].bearers;
      ++bearers[static_cast<std::size_t>(cell.the_class())];
      bearers[Histogram::entered_late] += cell.entered_late() ? 1 : 0;
    });
    return own;
  }
  for_each_home([&](Slot home) {
    if (nearest[home] == no_slot) return;
    for_each_part(home, [&](std::uint16_t column, const Histogram& bearers) {
      own[column][nearest[home]].add(bearers);
    });
  });
  return own;
}

void Sheet::count_bearers() {
  if (bearer_ == policy::BearerKind::unit) {
    cells_.for_each([&](Slot home, Cell cell) {
      if (!cell.empty()) ++columns_[column_of(home, cell)].bearers;
    });
    return;
  }
  for_each_home([&](Slot home) {
    for_each_part(home, [&](std::uint16_t column, const Histogram& bearers) {
      for (std::size_t i = 1; i < bearers.bearers.size(); ++i) {
        columns_[column].bearers += bearers.bearers[i];
      }
    });
  });
}

void Sheet::save(SnapshotWriter& out) const {
  out.put<std::uint64_t>(columns_.size());
  for (const Column& column : columns_) out.put(column.schedule);
  save_values(out, cells_);
  out.put<std::uint64_t>(far_columns_.size());
  for (const auto& [home, column] : far_columns_) {
    out.put(home);
    out.put(column);
  }
  save_values(out, tallies_);
  out.put<std::uint64_t>(shares_.size());
  for (const auto& [home, share] : shares_) {
    out.put(home);
    out.put_all(std::span<const Part>(share));
  }
}

void Sheet::restore(SnapshotReader& in, const std::vector<Slot>& slots) {
  const auto slot_of = [&](Slot saved) {
    if (saved >= slots.size()) throw Unusable("it has other units");
    return slots[saved];
  };
  for (auto left = in.take<std::uint64_t>(); left > 0; --left) {
    columns_.emplace_back();
    columns_.back().schedule = in.take<obligation::Schedule>();
  }
  restore_values(in, cells_, slot_of);
  for (auto left = in.take<std::uint64_t>(); left > 0; --left) {
    const Slot home = slot_of(in.take<Slot>());
    far_columns_[home] = in.take<std::uint16_t>();
  }
  restore_values(in, tallies_, slot_of);
  for (auto left = in.take<std::uint64_t>(); left > 0; --left) {
    const Slot home = slot_of(in.take<Slot>());
    shares_[home] = in.take_all<Part>();
  }
}

std::size_t Sheet::cells() const {
  std::size_t sum = 0;
  for (const Column& column : columns_) sum += static_cast<std::size_t>(column.bearers);
  return sum;
}

std::size_t Sheet::bytes() const {
  std::size_t sum = cells_.bytes() + tallies_.bytes() + far_columns_.size() * 4 * sizeof(Slot) +
                    shares_.size() * 2 * sizeof(Share);
  for (const Column& column : columns_) {
    for (const auto& counts : column.counts) sum += counts.bytes();
  }
  return sum;
}

}  // namespace huilu::compliance
