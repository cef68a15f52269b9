#include "round/queries.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/fault.h"
#include "base/text.h"
#include "identity/types.h"
#include "obligation/context.h"
#include "store/lists.h"

namespace huilu::round {

namespace {

using store::Params;

std::vector<MatterId> ids_from(const store::Rows& rows) {
  std::vector<MatterId> ids;
  for (const auto row : rows) ids.push_back(row.id<MatterId>(0));
  return ids;
}

// "?3, ?4" of these types, with the parameters appended.
std::string placed(const std::vector<std::string>& types, Params& params) {
  std::string places;
  for (const auto& type : types) {
    params.emplace_back(type);
    places += fmt::format("{}?{}", places.empty() ? "" : ", ", params.size());
  }
  return places.empty() ? "null" : places;
}

// The day on which a line last said that there was progress.
std::map<MatterId, Date> said_of(store::Connection& connection, const std::vector<MatterId>& ids) {
  const auto asked = store::queue_in(connection,
                                     "select matter, max(at) from round_line where kind = "
                                     "'progress' and matter in ({ids}) group by matter",
                                     Params(ids.begin(), ids.end()));
  connection.flush();
  std::map<MatterId, Date> said;
  for (const auto& rows : asked)
    for (const auto row : *rows)
      said[row.id<MatterId>(0)] = obligation::zone.date_of(row.instant(1));
  return said;
}

}  // namespace

std::optional<Whole> find(store::Connection& connection, RoundId id) {
  WholeReads reads;
  reads.queue(connection, id);
  connection.flush();
  return reads.whole();
}

std::vector<Round> list(store::Connection& connection, const Filter& filter) {
  Params params = {filter.before ? filter.before : RoundId{INT64_MAX}, filter.limit};
  std::string where;
  if (filter.unit) {
    params.emplace_back(*filter.unit);
    where += " and r.unit = ?3";
  } else if (filter.party) {
    params.emplace_back(*filter.party);
    where +=
        " and (exists (select 1 from round_row w where w.line_unit = ?3 and w.round = r.id) "
        "or exists (select 1 from round_row w where w.lead_unit = ?3 and w.round = r.id) "
        "or exists (select 1 from round_task t where t.unit = ?3 and t.round = r.id))";
  }
  if (filter.open) where += *filter.open ? " and r.locked is null" : " and r.locked is not null";
  std::vector<Round> out;
  for (const auto row : connection.query(
           fmt::format("select {} from round r where r.id < ?1{} order by r.id desc limit ?2",
                       round_columns, where),
           params)) {
    out.push_back(round_from(row));
  }
  return out;
}

Numbers numbers_of(store::Connection& connection, RoundId id, std::optional<UnitId> party) {
  Params params = {id};
  if (party) params.emplace_back(*party);
  const auto rows = connection.query(
      fmt::format("select w.asks, (select count(*) from round_line l where l.round = w.round "
                  "and l.matter = w.matter) from round_row w where w.round = ?1{}",
                  party ? " and (w.line_unit = ?2 or w.lead_unit = ?2)" : ""),
      params);
  Numbers out;
  for (const auto row : rows) {
    ++out.rows;
    if (row.text(0).empty()) continue;
    ++out.asked;
    out.unanswered += row.integer(1) == 0 ? 1 : 0;
  }
  return out;
}

std::optional<RoundId> follower_of(store::Connection& connection, RoundId id) {
  const auto rows = queue_followers(connection, id);
  connection.flush();
  if (rows->empty()) return {};
  return (*rows)[0].id<RoundId>(0);
}

std::vector<MatterId> open_matters(store::Connection& connection, std::string_view path,
                                   const std::vector<std::string>& types) {
  Params params = {path, static_cast<std::int64_t>(rows_max) + 1};
  const std::string places = placed(types, params);
  return ids_from(connection.query(
      fmt::format("select m.id from unit u cross join matter m where m.unit = u.id "
                  "and u.path >= ?1 and u.path < ?1 || '~' and m.type in ({}) "
                  "and m.outcome is null order by m.id limit ?2",
                  places),
      params));
}

std::vector<MatterId> settled_since(store::Connection& connection, std::string_view path,
                                    const std::vector<std::string>& types, Date from) {
  Params params = {path, from};
  const std::string places = placed(types, params);
  return ids_from(connection.query(
      fmt::format("select m.id from unit u cross join matter m where m.unit = u.id "
                  "and u.path >= ?1 and u.path < ?1 || '~' and m.type in ({}) "
                  "and m.opened >= ?2 and m.outcome is not null order by m.id",
                  places),
      params));
}

std::vector<InLedger> all_in_ledger(store::Connection& connection, std::string_view path,
                                    const std::vector<std::string>& types, Date today) {
  Params params = {path};
  const std::string places = placed(types, params);
  std::vector<InLedger> all;
  for (const auto row : connection.query(
           fmt::format("select m.id, m.type, m.state, m.due_key from unit u cross join matter m "
                       "where m.unit = u.id and u.path >= ?1 and u.path < ?1 || '~' "
                       "and m.type in ({}) order by m.id",
                       places),
           params)) {
    all.push_back({row.id<MatterId>(0), row.text(1), row.text(2), row.text(3) < today.text()});
  }
  return all;
}

std::vector<MatterId> counted_in(store::Connection& connection, RoundId id,
                                 std::string_view figure) {
  const auto rows = connection.query(
      "select matters from round_counted where round = ?1 and figure = ?2", {id, figure});
  std::vector<MatterId> matters;
  if (rows.empty()) return matters;
  const std::string text = rows[0].text(0);
  for (const std::string_view one : split(text, ' ')) {
    const auto matter = MatterId::parse(one);
    if (!matter) throw Fault(FaultKind::damaged, "a figure of a round counts what is no matter");
    matters.push_back(*matter);
  }
  return matters;
}

std::vector<Stands> stand_of(store::Connection& connection, const obligation::Facts& facts,
                             const std::vector<policy::Pack>& packs,
                             std::vector<matter::Stored> matters, UnitId office, Date today,
                             Instant now) {
  std::vector<MatterId> ids;
  for (const auto& one : matters) ids.push_back(one.now.matter.id);
  const auto histories = matter::histories_of(connection, ids);
  const auto said = said_of(connection, ids);
  std::vector<Stands> out;
  for (auto& stored : matters) {
    const auto& subject = stored.now.matter;
    const auto& pack = matter::pack_of(packs, subject.type, stored.now.pack_version);
    const auto& type = matter::type_in(pack, subject.type);
    const obligation::Lifecycle life{facts, pack, type, today, now};
    const auto told = said.find(subject.id);
    const Date last =
        last_progress(type, histories.at(subject.id),
                      told == said.end() ? std::nullopt : std::optional(told->second));
    const auto part = part_of(type, obligation::roles_of(life, subject), subject.unit, office);
    auto standing = standing_of(stored, last, today);
    const bool is_waiting =
        standing.is_open() && type.completion_of(standing.state) == policy::Completion::done;
    out.push_back({std::move(stored), std::move(standing), part, is_waiting});
  }
  return out;
}

std::map<UnitId, Position> positions_of(store::Connection& connection,
                                        const std::vector<UnitId>& units) {
  constexpr std::size_t label = identity::path_label;
  const auto own = store::queue_in(connection, "select id, path from unit where id in ({ids})",
                                   Params(units.begin(), units.end()));
  connection.flush();
  std::map<UnitId, std::string> paths;
  std::set<std::string> wanted;
  for (const auto& rows : own) {
    for (const auto row : *rows) {
      const std::string path = row.text(1);
      for (std::size_t size = label; size <= path.size(); size += label)
        wanted.insert(path.substr(0, size));
      paths[row.id<UnitId>(0)] = path;
    }
  }
  const auto above =
      store::queue_in(connection, "select path, official_order from unit where path in ({ids})",
                      Params(wanted.begin(), wanted.end()));
  connection.flush();
  std::map<std::string, std::int64_t> orders;
  for (const auto& rows : above)
    for (const auto row : *rows) orders[row.text(0)] = row.integer_or_null(1).value_or(INT64_MAX);
  std::map<UnitId, Position> out;
  for (const auto& [unit, path] : paths) {
    Position position;
    for (std::size_t size = label; size <= path.size(); size += label) {
      const auto found = orders.find(path.substr(0, size));
      position.emplace_back(found == orders.end() ? INT64_MAX : found->second,
                            path.substr(size - label, label));
    }
    out[unit] = std::move(position);
  }
  return out;
}

}  // namespace huilu::round
