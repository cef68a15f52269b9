#include "compliance/organisation.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "base/check.h"
#include "compliance/queries_index.h"
#include "org/tables.h"

namespace huilu::compliance {

namespace {

constexpr std::int32_t open_end = std::numeric_limits<std::int32_t>::max();

obligation::Dated<obligation::Kind> kind_from(const store::Row& row) {
  return {{row.text(1), static_cast<int>(row.integer(2)), row.text_or_null(3).value_or(""),
           org::tags_from(row.text(4))},
          org::span_from(row, 5)};
}

// A history of kinds as a text, without the first and the last day, which are the unit's.
std::string key_of(const Kinds& kinds) {
  std::string key;
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    const auto& [kind, span] = kinds[i];
    if (i > 0) key += "@" + std::to_string(span.from.days);
    key += kind.type + " " + std::to_string(kind.level) + " " + kind.rank + " " +
           org::joined_tags(kind.tags) + "\n";
  }
  return key;
}

// One row of a history of parents or seats.
struct LinkRow {
  Slot parent = no_slot;
  Interval span;
};

// Where it stood on no day it stands below nobody; what it was last it stays.
Stretches stretches_of(const std::vector<LinkRow>& rows, const Interval& life) {
  Stretches out;
  const auto add = [&](Date from, Slot parent) {
    if (out.empty() || out.back().parent != parent) out.push_back({from, parent});
  };
  Date at = life.from;
  for (const auto& [parent, span] : rows) {
    if (at < span.from) add(at, no_slot);
    add(span.from, parent);
    if (span.until) at = *span.until;
  }
  const bool ended = !rows.empty() && rows.back().span.until &&
                     (!life.until || *rows.back().span.until < *life.until);
  if (ended) add(at, no_slot);
  if (out.empty()) out.push_back({life.from, no_slot});
  return out;
}

// Rows that come by unit, one unit's together.
class Grouped {
 public:
  using Done = std::function<void(std::int64_t unit, const std::vector<LinkRow>& rows)>;
  explicit Grouped(Done done) : done_(std::move(done)) {}

  void add(std::int64_t unit, const LinkRow& row) {
    if (unit != unit_) finish();
    unit_ = unit;
    rows_.push_back(row);
  }
  void finish() {
    if (!rows_.empty()) done_(unit_, rows_);
    rows_.clear();
  }

 private:
  Done done_;
  std::int64_t unit_ = 0;
  std::vector<LinkRow> rows_;
};

}  // namespace

Organisation::Organisation(std::size_t large)
    : by_affiliation_(nullptr, affiliation_, large), by_seat_(&seats_, place_tree_, large) {}

Slot Organisation::find(UnitId unit) const {
  const auto at = std::lower_bound(ids_.begin(), ids_.end(), unit);
  return at == ids_.end() || *at != unit ? no_slot : slots_[at - ids_.begin()];
}

Slot Organisation::find(PlaceId place) const {
  const auto at = std::lower_bound(place_ids_.begin(), place_ids_.end(), place);
  return at == place_ids_.end() || *at != place ? no_slot
                                                : static_cast<Slot>(at - place_ids_.begin());
}

std::uint32_t Organisation::number_of(Kinds kinds) {
  const auto [found, is_new] =
      kind_numbers_.try_emplace(key_of(kinds), static_cast<std::uint32_t>(kinds_.size()));
  if (is_new) {
    kinds.front().span.from = {};
    kinds.back().span.until = std::nullopt;
    kinds_.push_back(std::move(kinds));
  }
  return found->second;
}

std::uint32_t Organisation::profile_of(const UnitRow& row) {
  const ProfileKey key{std::max(row.span.from, clip_).days,
                       row.span.until ? row.span.until->days : open_end,
                       row.go_live ? std::max(*row.go_live, clip_).days : clip_.days, row.kinds};
  const auto [found, is_new] = profile_numbers_.try_emplace(key, profile_count_);
  if (is_new) ++profile_count_;
  return found->second;
}

obligation::Unit Organisation::unit(Slot slot) const {
  const UnitRow& row = rows_[slot];
  obligation::Unit unit{row.id, "", row.span, row.go_live, kinds_[row.kinds], {}};
  unit.kinds.front().span.from = row.span.from;
  unit.kinds.back().span.until = row.span.until;
  const auto parents = affiliation_.history(slot);
  for (std::size_t i = 0; i < parents.size(); ++i) {
    const Slot parent = parents[i].parent;
    unit.parents.push_back(
        {parent == no_slot ? std::nullopt : std::optional(id(parent)),
         {i == 0 ? row.span.from : parents[i].from,
          i + 1 < parents.size() ? std::optional(parents[i + 1].from) : row.span.until}});
  }
  return unit;
}

bool Organisation::changes_between(Slot unit, Date day, Date until) const {
  const UnitRow& row = rows_[unit];
  const auto within = [&](std::optional<Date> date) {
    return date && *date > day && *date <= until;
  };
  if (within(row.span.from) || within(row.span.until) || within(row.go_live)) return true;
  const Kinds& kinds = kinds_[row.kinds];
  return std::any_of(kinds.begin() + 1, kinds.end(),
                     [&](const auto& kind) { return within(kind.span.from); });
}

void Organisation::load(store::Connection& connection, Date today, Date clip) {
  clip_ = clip;
  load_units(connection);
  load_places(connection, today);
  load_links(connection, today);
  split_ = static_cast<Slot>(units());
  by_affiliation_.number_rows(units(), units());
  by_seat_.number_rows(units(), places());
}

void Organisation::load_units(store::Connection& connection) {
  std::vector<UnitRow> rows;
  for_each_unit(connection, nullptr, [&](const store::Row& row) {
    rows.push_back({row.id<UnitId>(0), org::span_from(row, 1), row.date_or_null(3), 0});
  });
  std::size_t at = 0;
  Kinds kinds;
  const auto keep = [&] {
    if (!kinds.empty()) rows[at].kinds = number_of(std::move(kinds));
    kinds.clear();
  };
  for_each_kind(connection, nullptr, [&](const store::Row& row) {
    if (rows[at].id != row.id<UnitId>(0)) {
      keep();
      while (rows[at].id != row.id<UnitId>(0)) ++at;
    }
    kinds.push_back(kind_from(row));
  });
  keep();

  std::vector<Slot> order(rows.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](Slot a, Slot b) {
    const std::uint32_t first = rows[a].kinds, second = rows[b].kinds;
    if (first == second) return false;
    return std::tie(kinds_[first].back().value.type, first) <
           std::tie(kinds_[second].back().value.type, second);
  });
  rows_.reserve(rows.size());
  ids_.reserve(rows.size());
  slots_.resize(rows.size());
  for (const Slot from : order) {
    slots_[from] = static_cast<Slot>(rows_.size());
    rows_.push_back(rows[from]);
    profiles_.push_back(profile_of(rows[from]));
  }
  for (const UnitRow& row : rows) ids_.push_back(row.id);
}

void Organisation::load_places(store::Connection& connection, Date today) {
  std::vector<std::pair<PlaceId, PlaceId>> in_order;  // with their parents
  for_each_place(connection, nullptr, [&](const store::Row& row) {
    in_order.emplace_back(row.id<PlaceId>(0), row.id_or_null<PlaceId>(1).value_or(PlaceId{}));
  });
  for (const auto& [place, parent] : in_order) place_ids_.push_back(place);
  std::sort(place_ids_.begin(), place_ids_.end());
  place_tree_.grow(places(), places());
  for (const auto& [place, parent] : in_order) {
    place_tree_.set(find(place), {{Date{}, parent ? find(parent) : no_slot}}, today);
  }
}

void Organisation::load_links(store::Connection& connection, Date today) {
  affiliation_.grow(units(), units());
  seats_.grow(units(), places());
  // Most have one stretch; the others wait in a map until all are set in official order.
  std::vector<Slot> parent(units(), no_slot), seat(units(), no_slot);
  std::map<Slot, Stretches> parents, seats;
  const auto keep = [&](std::vector<Slot>& one, std::map<Slot, Stretches>& several) {
    return [&](std::int64_t id, const std::vector<LinkRow>& rows) {
      const Slot unit = find(UnitId{id});
      auto stretches = stretches_of(rows, span(unit));
      one[unit] = stretches.front().parent;
      if (stretches.size() > 1) several.emplace(unit, std::move(stretches));
    };
  };
  Grouped parent_rows(keep(parent, parents));
  for_each_parent(connection, nullptr, [&](const store::Row& row) {
    const auto id = row.id_or_null<UnitId>(1);
    parent_rows.add(row.integer(0), {id ? find(*id) : no_slot, org::span_from(row, 2)});
  });
  parent_rows.finish();
  Grouped seat_rows(keep(seat, seats));
  for_each_seat(connection, nullptr, [&](const store::Row& row) {
    seat_rows.add(row.integer(0), {find(row.id<PlaceId>(1)), org::span_from(row, 2)});
  });
  seat_rows.finish();

  const auto set = [&](Links& links, Slot unit, Slot one,
                       const std::map<Slot, Stretches>& several) {
    const auto found = several.find(unit);
    links.set(unit, found == several.end() ? Stretches{{span(unit).from, one}} : found->second,
              today);
  };
  for_each_unit_in_order(connection, [&](const store::Row& row) {
    const Slot unit = find(row.id<UnitId>(0));
    set(affiliation_, unit, parent[unit], parents);
    set(seats_, unit, seat[unit], seats);
  });
}

std::optional<std::vector<UnitAsRead>> Organisation::read(store::Connection& connection,
                                                          const std::set<UnitId>& units) {
  std::map<std::int64_t, UnitAsRead> read;
  std::map<std::int64_t, Kinds> kinds;
  bool complete = true;
  for_each_unit(connection, &units, [&](const store::Row& row) {
    read[row.integer(0)].row = {row.id<UnitId>(0), org::span_from(row, 1), row.date_or_null(3), 0};
  });
  for_each_kind(connection, &units,
                [&](const store::Row& row) { kinds[row.integer(0)].push_back(kind_from(row)); });
  for (auto& [id, history] : kinds) read[id].row.kinds = number_of(std::move(history));
  // A parent may be new as well: then it takes the next slot, in the order of ids.
  std::map<std::int64_t, Slot> later;
  for (const auto& [id, unit] : read) {
    if (find(unit.row.id) == no_slot) later.emplace(id, rows_.size() + later.size());
  }
  if (!later.empty() && !ids_.empty() && later.begin()->first < ids_.back().value) return {};
  const auto slot = [&](UnitId id) {
    const auto found = later.find(id.value);
    const Slot at = found == later.end() ? find(id) : found->second;
    complete = complete && at != no_slot;
    return at;
  };
  Grouped parents([&](std::int64_t id, const std::vector<LinkRow>& rows) {
    read[id].parents = stretches_of(rows, read[id].row.span);
  });
  for_each_parent(connection, &units, [&](const store::Row& row) {
    const auto id = row.id_or_null<UnitId>(1);
    parents.add(row.integer(0), {id ? slot(*id) : no_slot, org::span_from(row, 2)});
  });
  parents.finish();
  Grouped seats([&](std::int64_t id, const std::vector<LinkRow>& rows) {
    read[id].seats = stretches_of(rows, read[id].row.span);
  });
  for_each_seat(connection, &units, [&](const store::Row& row) {
    const Slot place = find(row.id<PlaceId>(1));
    complete = complete && place != no_slot;
    seats.add(row.integer(0), {place, org::span_from(row, 2)});
  });
  seats.finish();
  if (!complete) return {};
  std::vector<UnitAsRead> out;
  for (auto& [id, unit] : read) {
    if (unit.parents.empty()) unit.parents = {{unit.row.span.from, no_slot}};
    if (unit.seats.empty()) unit.seats = {{unit.row.span.from, no_slot}};
    out.push_back(std::move(unit));
  }
  return out;
}

Slot Organisation::add(const UnitAsRead& unit) {
  CHECK(ids_.empty() || ids_.back() < unit.row.id);
  const auto slot = static_cast<Slot>(units());
  ids_.push_back(unit.row.id);
  slots_.push_back(slot);
  rows_.push_back(unit.row);
  profiles_.push_back(profile_of(unit.row));
  affiliation_.grow(units(), units());
  seats_.grow(units(), places());
  by_affiliation_.grow(units());
  return slot;
}

void Organisation::set_row(Slot unit, const UnitRow& row) {
  rows_[unit] = row;
  profiles_[unit] = profile_of(row);
}

void Organisation::set_parents(Slot unit, const Stretches& parents, Date today) {
  affiliation_.set(unit, parents, today);
}

void Organisation::set_seats(Slot unit, const Stretches& seats, Date today) {
  seats_.set(unit, seats, today);
}

std::vector<Slot> Organisation::slots_of(const std::vector<UnitId>& units) const {
  std::vector<Slot> slots;
  for (const UnitId unit : units) slots.push_back(find(unit));
  return slots;
}

void Organisation::set_order(UnitId parent, const std::vector<UnitId>& children) {
  const Slot slot = find(parent);
  if (slot != no_slot) affiliation_.set_order(slot, slots_of(children));
}

void Organisation::set_order(PlaceId place, const std::vector<UnitId>& units) {
  const Slot slot = find(place);
  if (slot != no_slot) seats_.set_order(slot, slots_of(units));
}

bool Organisation::places_changed(store::Connection& connection,
                                  const std::set<PlaceId>& places) const {
  bool changed = false;
  for_each_place(connection, &places, [&](const store::Row& row) {
    const Slot place = find(row.id<PlaceId>(0));
    const auto parent = row.id_or_null<PlaceId>(1);
    changed =
        changed || place == no_slot || place_tree_.now(place) != (parent ? find(*parent) : no_slot);
  });
  return changed;
}

std::size_t Organisation::bytes() const {
  return rows_.capacity() * sizeof(UnitRow) +
         units() * (sizeof(UnitId) + 2 * sizeof(Slot)) +  // ids, slots, profiles
         (2 * units() + places()) * 2 * sizeof(Slot) +    // links and their lists
         (units() + places()) * sizeof(Slot) +            // rows
         places() * sizeof(PlaceId);
}

}  // namespace huilu::compliance
