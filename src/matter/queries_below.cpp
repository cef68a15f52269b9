#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "matter/queries.h"
#include "store/lists.h"

namespace huilu::matter {

namespace {

using store::Params;
using store::Row;

// "2026-03-31.i12"
struct BelowPosition {
  std::string due_key;
  MatterId id;
};

std::optional<BelowPosition> below_position_from(const std::string& cursor) {
  if (cursor.empty()) return BelowPosition{};
  const std::size_t cut = cursor.find('.');
  const auto id = cut == std::string::npos
                      ? std::nullopt
                      : MatterId::parse(std::string_view(cursor).substr(cut + 1));
  if (!id) return {};
  return BelowPosition{cursor.substr(0, cut), *id};
}

void count_by(const std::vector<store::Pending>& parts, std::int64_t HangingOn::*member,
              std::map<MatterId, HangingOn>& out) {
  for (const auto& rows : parts) {
    for (const Row row : *rows) out[row.id<MatterId>(0)].*member = row.integer(1);
  }
}

}  // namespace

std::map<MatterId, HangingOn> hanging_on(store::Connection& connection,
                                         const std::vector<MatterId>& ids) {
  const Params params(ids.begin(), ids.end());
  const auto merged = store::queue_in(connection,
                                      "select merged_into, count(*) from matter where merged_into "
                                      "in ({ids}) group by merged_into",
                                      params);
  const auto below = store::queue_in(
      connection, "select parent, count(*) from matter where parent in ({ids}) group by parent",
      params);
  connection.flush();
  std::map<MatterId, HangingOn> out;
  count_by(merged, &HangingOn::merged, out);
  count_by(below, &HangingOn::below, out);
  return out;
}

Result<BelowPage> page_below(store::Connection& connection, const BelowFilter& filter) {
  const auto at = below_position_from(filter.cursor);
  if (!at) return Refusal{RefusalCode::field_type, "/cursor", "next_cursor", "", ""};
  Params params = {filter.parent, at->due_key, at->id, filter.limit + 1};
  std::string more;
  if (filter.outcome && filter.outcome->empty()) more = " and m.outcome is null";
  if (filter.outcome && !filter.outcome->empty()) {
    params.emplace_back(*filter.outcome);
    more = " and m.outcome = ?5";
  }
  if (filter.due_before) {
    params.emplace_back(*filter.due_before);
    more += fmt::format(" and m.due_key < ?{}", params.size());
  }
  BelowPage page;
  std::vector<MatterId> ids;
  std::string last;
  for (const Row row : connection.query(
           fmt::format("select m.id, m.due_key from matter m where m.parent = ?1 "
                       "and (m.due_key, m.id) > (?2, ?3){} order by m.due_key, m.id limit ?4",
                       more),
           params)) {
    if (ids.size() == static_cast<std::size_t>(filter.limit)) {
      page.next_cursor = std::move(last);
      break;
    }
    ids.push_back(row.id<MatterId>(0));
    last = row.text(1) + "." + ids.back().text();
  }
  page.items = find_all(connection, ids);
  return page;
}

std::vector<OutcomeCount> counts_below(store::Connection& connection, MatterId parent, Date today) {
  std::vector<OutcomeCount> counts;
  for (const Row row :
       connection.query("select coalesce(m.outcome, ''), count(*), "
                        "sum(case when m.due_key < ?2 then 1 else 0 end) from matter m "
                        "where m.parent = ?1 group by coalesce(m.outcome, '') order by 1",
                        {parent, today})) {
    counts.push_back({row.text(0), row.integer(1), row.integer(2)});
  }
  return counts;
}

std::vector<MatterId> newest_in(store::Connection& connection, UnitId unit, std::string_view type,
                                const std::vector<std::string>& states, std::size_t most) {
  std::vector<MatterId> ids;
  for (const auto& state : states) {
    const auto rows = connection.query(
        "select id from matter where unit = ?1 and type = ?2 and state = ?3 "
        "order by id desc limit ?4",
        {unit, type, state, static_cast<std::int64_t>(most)});
    for (const Row row : rows) ids.push_back(row.id<MatterId>(0));
  }
  std::ranges::sort(ids, std::greater<>());
  if (ids.size() > most) ids.resize(most);
  return ids;
}

}  // namespace huilu::matter
