#include "matter/queries.h"

#include <fmt/format.h>

#include <algorithm>

#include "matter/rules.h"
#include "org/paths.h"
#include "store/lists.h"

namespace huilu::matter {

namespace {

using store::Params;
using store::Row;

constexpr std::string_view version_columns =
    "v.matter, v.version, v.at, v.account, v.role, v.seq, v.content";

Version version_from(const Row& row, const std::vector<Part>& parts) {
  Version out;
  restore(row.text(6), parts, out);
  out.version = row.integer(1);
  out.at = row.instant(2);
  out.account = row.id<AccountId>(3);
  out.role = row.text(4);
  out.seq = row.integer(5);
  return out;
}

Part part_from(const Row& row) { return {row.text(2), row.id_or_null<PersonId>(3), row.text(4)}; }

// The present versions of these, in the order of the list.
std::vector<Stored> stored_of(store::Connection& connection, const std::vector<MatterId>& ids) {
  const Params params(ids.begin(), ids.end());
  const auto versions =
      store::queue_in(connection,
                      fmt::format("select {}, m.first_due, m.due_key, m.stale from matter m join "
                                  "matter_version v on v.matter = m.id "
                                  "and v.version = m.version where m.id in ({{ids}})",
                                  version_columns),
                      params);
  const auto parts = store::queue_in(
      connection,
      "select p.matter, p.n, p.pointer, p.person, p.value from matter m join matter_part p "
      "on p.matter = m.id and p.version = m.version where m.id in ({ids}) order by p.matter, p.n",
      params);
  connection.flush();
  std::map<MatterId, std::vector<Part>> parts_of;
  for (const auto& rows : parts) {
    for (const Row row : *rows) parts_of[row.id<MatterId>(0)].push_back(part_from(row));
  }
  std::map<MatterId, Stored> found;
  for (const auto& rows : versions) {
    for (const Row row : *rows) {
      const auto id = row.id<MatterId>(0);
      found[id] = {version_from(row, parts_of[id]), row.date_or_null(7), Date::parse(row.text(8)),
                   row.integer(9) != 0};
    }
  }
  std::vector<Stored> out;
  for (const MatterId id : ids) {
    if (const auto one = found.find(id); one != found.end()) out.push_back(one->second);
  }
  return out;
}

}  // namespace

std::optional<Stored> find(store::Connection& connection, MatterId id) {
  auto found = stored_of(connection, {id});
  if (found.empty()) return {};
  return std::move(found.front());
}

std::vector<Stored> find_all(store::Connection& connection, const std::vector<MatterId>& ids) {
  return stored_of(connection, ids);
}

std::vector<Matter> children_of(store::Connection& connection, MatterId id) {
  return std::move(children_of(connection, std::vector<MatterId>{id})[id]);
}

namespace {

// The matters that such a column of theirs leads to, by the one that it leads to.
std::map<MatterId, std::vector<Matter>> related(store::Connection& connection,
                                                const std::string& column,
                                                std::optional<MatterId> Matter::*member,
                                                const std::vector<MatterId>& ids) {
  std::vector<MatterId> found;
  const auto parts = store::queue_in(
      connection, "select id from matter where " + column + " in ({ids}) order by id",
      Params(ids.begin(), ids.end()));
  connection.flush();
  for (const auto& rows : parts) {
    for (const Row row : *rows) found.push_back(row.id<MatterId>(0));
  }
  std::map<MatterId, std::vector<Matter>> out;
  for (Stored& one : stored_of(connection, found)) {
    const MatterId to = *(one.now.matter.*member);
    out[to].push_back(std::move(one.now.matter));
  }
  return out;
}

}  // namespace

std::map<MatterId, std::vector<Matter>> children_of(store::Connection& connection,
                                                    const std::vector<MatterId>& ids) {
  return related(connection, "parent", &Matter::parent, ids);
}

std::map<MatterId, std::vector<Matter>> merged_into(store::Connection& connection,
                                                    const std::vector<MatterId>& ids) {
  return related(connection, "merged_into", &Matter::into, ids);
}

std::map<MatterId, std::vector<Version>> histories_of(store::Connection& connection,
                                                      const std::vector<MatterId>& ids) {
  const Params params(ids.begin(), ids.end());
  const auto versions =
      store::queue_in(connection,
                      fmt::format("select {} from matter_version v where v.matter in ({{ids}}) "
                                  "order by v.matter, v.version",
                                  version_columns),
                      params);
  const auto parts = store::queue_in(
      connection,
      "select matter, n, pointer, person, value, version from matter_part where matter in ({ids}) "
      "order by matter, version, n",
      params);
  connection.flush();
  std::map<std::pair<MatterId, std::int64_t>, std::vector<Part>> parts_of;
  for (const auto& rows : parts) {
    for (const Row row : *rows) {
      parts_of[{row.id<MatterId>(0), row.integer(5)}].push_back(part_from(row));
    }
  }
  std::map<MatterId, std::vector<Version>> out;
  for (const auto& rows : versions) {
    for (const Row row : *rows) {
      const auto id = row.id<MatterId>(0);
      out[id].push_back(version_from(row, parts_of[{id, row.integer(1)}]));
    }
  }
  return out;
}

std::vector<Version> history_of(store::Connection& connection, MatterId id) {
  return std::move(histories_of(connection, {id})[id]);
}

std::set<MatterId> below(store::Connection& connection, UnitId top,
                         const std::set<std::string>& types, bool named) {
  constexpr std::string_view down =
      "with recursive down (unit) as (select id from unit where id = ?1 union "
      "select p.unit from down join unit_parent p on p.parent = down.unit) ";
  std::set<MatterId> ids;
  const auto add = [&](const Row& row) { ids.insert(row.id<MatterId>(0)); };
  for (const std::string& type : types) {
    connection.for_each(std::string(down) +
                            "select m.id from down join matter m on m.unit = down.unit "
                            "where m.type = ?2",
                        {top, type}, add);
    if (!named) continue;
    connection.for_each(std::string(down) +
                            "select m.id from down join matter_named_unit n on n.unit = down.unit "
                            "join matter m on m.id = n.matter where m.type = ?2",
                        {top, type}, add);
  }
  return ids;
}

namespace {

bool has_at_most(store::Connection& connection, std::string_view path, int units) {
  return connection
      .query(
          "select id from unit where path >= ?1 and path < ?1 || '~' "
          "order by path limit 1 offset ?2",
          {path, units})
      .empty();
}

// No unit is outside the subtree: then nothing has to be asked about units. Without the order
// PostgreSQL expects to find one soon wherever it begins, and reads all of them.
bool is_everything(store::Connection& connection, std::string_view path) {
  const auto is_none = [&](std::string_view condition) {
    return connection
        .query(fmt::format("select id from unit where {} order by path limit 1", condition), {path})
        .empty();
  };
  return is_none("path < ?1") && is_none("path >= ?1 || '~'");
}

// A place in the order of a list.
struct MatterPosition {
  std::string due_key;  // of Sort::due
  std::int64_t id = 0;
};

class MatterListing {
 public:
  MatterListing(store::Connection& connection, const Filter& filter, const Reading& reading,
                MatterPosition after)
      : connection_(connection), filter_(filter), reading_(reading), at_(std::move(after)) {}

  // Whoever has few is asked for all of them. Otherwise the ledger is walked, which soon fills a
  // page of whoever has much of it; and who has little of it after all is gathered from there on.
  Listed list() {
    everything_ = !filter_.party && is_everything(connection_, filter_.path);
    const bool few = filter_.parent || filter_.into || filter_.own ||
                     (!everything_ && have_at_most(reading_.small_units));
    if (few || !walk()) gather();
    Listed listed;
    const auto limit = static_cast<std::size_t>(filter_.limit);
    if (found_.size() > limit) {
      found_.resize(limit);
      listed.next_cursor = cursor_of(found_.back());
    }
    std::vector<MatterId> ids;
    for (const MatterPosition& one : found_) ids.push_back(MatterId{one.id});
    listed.items = stored_of(connection_, ids);
    return listed;
  }

 private:
  bool by_due() const { return filter_.sort == Sort::due; }

  std::string cursor_of(const MatterPosition& at) const {
    return by_due() ? at.due_key + "." + MatterId{at.id}.text() : MatterId{at.id}.text();
  }

  // What is asked for beside the units, with its parameters appended.
  std::string conditions(Params& params, bool many_of_type = false) const {
    std::string sql;
    const auto add = [&](std::string_view condition, store::Param param) {
      params.push_back(std::move(param));
      sql += fmt::format(fmt::runtime(condition), params.size());
    };
    if (filter_.type) add(many_of_type ? " and +m.type = ?{}" : " and m.type = ?{}", *filter_.type);
    if (filter_.state) add(" and m.state = ?{}", *filter_.state);
    if (filter_.parent) add(" and m.parent = ?{}", *filter_.parent);
    if (filter_.into) add(" and m.merged_into = ?{}", *filter_.into);
    if (filter_.unmerged) sql += " and m.merged_into is null";
    if (filter_.open) sql += " and m.outcome is null";
    // Written out: the indexes of these few hold nothing else.
    if (filter_.stale) sql += " and m.stale = 1";
    if (filter_.due_before) add(" and m.due_key < ?{}", *filter_.due_before);
    if (filter_.due_from) {
      add(" and m.due_key >= ?{}", *filter_.due_from);
      add(" and m.due_key < ?{}", std::string(no_due));
    }
    return sql;
  }

  std::string after(Params& params) const {
    if (by_due()) params.emplace_back(at_.due_key);
    params.emplace_back(at_.id);
    const std::size_t last = params.size();
    return by_due() ? fmt::format("(m.due_key, m.id) > (?{}, ?{})", last - 1, last)
                    : fmt::format("m.id < ?{}", last);
  }
  std::string_view order() const {
    return by_due() ? " order by m.due_key, m.id" : " order by m.id desc";
  }
  // The same, but of no index: PostgreSQL would walk the whole ledger to save itself the sorting.
  std::string_view order_of_gathered() const {
    return by_due() ? " order by m.due_key || '', m.id" : " order by m.id + 0 desc";
  }

  // Units of the subtree, or matters that name the party.
  bool have_at_most(int count) const {
    if (!filter_.party) return has_at_most(connection_, filter_.path, count);
    return connection_
        .query("select matter from matter_named_unit where unit = ?1 limit 1 offset ?2",
               {*filter_.party, count})
        .empty();
  }

  std::size_t wanted() const { return static_cast<std::size_t>(filter_.limit) + 1; }

  void gather() {
    Params params = {static_cast<std::int64_t>(wanted() - found_.size())};
    std::string from = "unit u cross join matter m where m.unit = u.id";
    if (filter_.party) {
      params.emplace_back(*filter_.party);
      from = "matter_named_unit n cross join matter m where n.unit = ?2 and m.id = n.matter";
    } else {
      params.emplace_back(filter_.path);
      if (filter_.parent || filter_.into) from = "matter m cross join unit u where u.id = m.unit";
      from += filter_.own ? " and u.path = ?2" : " and u.path >= ?2 and u.path < ?2 || '~'";
    }
    const std::string more = conditions(params);
    const std::string behind = after(params);
    for (const Row row :
         connection_.query(fmt::format("select m.id, m.due_key from {} and {}{}{} limit ?1", from,
                                       behind, more, order_of_gathered()),
                           params)) {
      found_.push_back({row.text(1), row.integer(0)});
    }
  }

  // Pieces of the whole ledger in its order, each larger than the one before. False where the page
  // is not full and the rest is better gathered.
  bool walk() {
    const bool many_of_type = must_not_sort_type();
    std::int64_t walked = 0;
    for (std::int64_t piece = reading_.piece;; piece *= 2) {
      Params params = {piece};
      const std::string is_ours = membership(params);
      const std::string more = conditions(params, many_of_type);
      const std::string behind = after(params);
      const auto rows =
          connection_.query(fmt::format("select m.id, m.due_key, {} from matter m where {}{}{} "
                                        "limit ?1",
                                        is_ours, behind, more, order()),
                            params);
      for (const Row row : rows) {
        at_ = {row.text(1), row.integer(0)};
        if (row.integer(2) != 0) found_.push_back(at_);
        if (found_.size() == wanted()) return true;
      }
      if (static_cast<std::int64_t>(rows.size()) < piece) return true;
      walked += piece;
      if (!everything_ && walked >= reading_.walked && have_at_most(reading_.gathered))
        return false;
    }
  }

  // SQLite, which does not count, would take all of a type from an index and sort them; where they
  // are many, the sign keeps it from that.
  bool must_not_sort_type() const {
    return connection_.dialect() == store::Dialect::sqlite && filter_.type && !filter_.state &&
           !connection_
                .query("select id from matter where type = ?1 limit 1 offset ?2",
                       {*filter_.type, reading_.walked})
                .empty();
  }

  // 1 of a matter that is of the subtree, or names the party.
  std::string membership(Params& params) const {
    if (everything_) return "1";
    if (filter_.party) {
      params.emplace_back(*filter_.party);
      return fmt::format(
          "(select count(*) from matter_named_unit n where n.unit = ?{} and n.matter = m.id)",
          params.size());
    }
    params.emplace_back(filter_.path);
    return fmt::format(
        "(select count(*) from unit u where u.id = m.unit and u.path >= ?{0} "
        "and u.path < ?{0} || '~')",
        params.size());
  }

  store::Connection& connection_;
  const Filter& filter_;
  const Reading& reading_;
  MatterPosition at_;
  bool everything_ = false;            // all matters are of the subtree
  std::vector<MatterPosition> found_;  // one more than the page holds, where there are more
};

// Nothing when it is no cursor of ours.
std::optional<MatterPosition> position_from(const Filter& filter) {
  const bool by_due = filter.sort == Sort::due;
  if (filter.cursor.empty()) return MatterPosition{"", by_due ? 0 : INT64_MAX};
  const std::string_view cursor = filter.cursor;
  const std::size_t cut = by_due ? cursor.find('.') : std::string_view::npos;
  if (by_due && cut == std::string_view::npos) return {};
  const auto id = MatterId::parse(by_due ? cursor.substr(cut + 1) : cursor);
  if (!id) return {};
  return MatterPosition{by_due ? std::string(cursor.substr(0, cut)) : "", id->value};
}

}  // namespace

Result<Listed> list(store::Connection& connection, const Filter& filter, const Reading& reading) {
  auto after = position_from(filter);
  if (!after) return Refusal{RefusalCode::field_type, "/cursor", "next_cursor", "", ""};
  return MatterListing(connection, filter, reading, std::move(*after)).list();
}

namespace {

// "?2, ?3" for the types, behind the day on which what is open is late.
std::string types_listed(const std::set<std::string>& types, Params& params) {
  std::string listed;
  for (const std::string& type : types) {
    params.emplace_back(type);
    listed += fmt::format("{}?{}", listed.empty() ? "" : ", ", params.size());
  }
  return listed;
}

// Matters with their units in the subtree, in the order in which there is less to read.
std::string_view counted_from(store::Connection& connection, std::string_view path,
                              const Reading& reading) {
  return has_at_most(connection, path, reading.counted_units) ? "unit u cross join matter m"
                                                              : "matter m cross join unit u";
}

constexpr std::string_view counted = "count(*), sum(case when m.due_key < ?1 then 1 else 0 end)";

}  // namespace

TypeCounts counts_of(store::Connection& connection, std::string_view path,
                     const std::set<std::string>& types, Date today, const Reading& reading) {
  TypeCounts counts;
  if (types.empty()) return counts;
  Params params = {today};
  const std::string listed = types_listed(types, params);
  std::string_view from = "matter m";
  std::string within;
  if (!is_everything(connection, path)) {
    params.emplace_back(path);
    within = fmt::format(" and m.unit = u.id and u.path >= ?{0} and u.path < ?{0} || '~'",
                         params.size());
    from = counted_from(connection, path, reading);
  }
  for (const Row row :
       connection.query(fmt::format("select m.type, m.state, {} from {} where m.type in ({}){} "
                                    "group by m.type, m.state",
                                    counted, from, listed, within),
                        params)) {
    counts[row.text(0)][row.text(1)] = {row.integer(2), row.integer(3)};
  }
  return counts;
}

std::map<std::string, TypeCounts> counts_by_child(store::Connection& connection,
                                                  std::string_view path,
                                                  const std::set<std::string>& types, Date today,
                                                  const Reading& reading) {
  std::map<std::string, TypeCounts> counts;
  if (types.empty()) return counts;
  Params params = {today};
  const std::string listed = types_listed(types, params);
  params.emplace_back(path);
  for (const Row row : connection.query(
           fmt::format(
               "select substr(u.path, 1, {0}), m.type, m.state, {1} from {2} where m.type in "
               "({3}) and m.unit = u.id and u.path >= ?{4} and u.path < ?{4} || '~' "
               "group by 1, 2, 3",
               path.size() + org::label_size, counted, counted_from(connection, path, reading),
               listed, params.size()),
           params)) {
    counts[row.text(0)][row.text(1)][row.text(2)] = {row.integer(3), row.integer(4)};
  }
  return counts;
}

std::map<UnitId, NameableUnit> units_of_kinds(store::Connection& connection,
                                              const std::vector<UnitId>& units,
                                              const std::vector<std::string>& kinds, Date today) {
  const std::string day = "'" + today.text() + "'";
  const auto parts = store::queue_in(
      connection,
      "select k.unit, n.name, k.type from unit_kind k join unit_name n on n.unit = k.unit "
      "where k.unit in ({ids}) and k.from_date <= " +
          day + " and (k.until_date is null or k.until_date > " + day + ") and n.from_date <= " +
          day + " and (n.until_date is null or n.until_date > " + day + ")",
      Params(units.begin(), units.end()));
  connection.flush();
  std::map<UnitId, NameableUnit> out;
  for (const auto& rows : parts) {
    for (const Row row : *rows) {
      const bool fits = kinds.empty() || std::ranges::find(kinds, row.text(2)) != kinds.end();
      if (fits) out[row.id<UnitId>(0)] = {row.text(1), row.text(2)};
    }
  }
  return out;
}

std::vector<UnitId> units_using(store::Connection& connection, FileId file) {
  std::vector<UnitId> units;
  for (const Row row : connection.query(
           "select m.unit from matter_file f join matter m on m.id = f.matter where f.file = ?1",
           {file})) {
    units.push_back(row.id<UnitId>(0));
  }
  return units;
}

}  // namespace huilu::matter
