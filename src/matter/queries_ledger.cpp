#include "matter/queries.h"

#include <algorithm>

#include "base/value.h"
#include "matter/waits.h"
#include "store/lists.h"

namespace huilu::matter {

namespace {

void keep_called(const std::vector<store::Pending>& answers, const std::set<std::string>& names,
                 std::vector<Called>& out) {
  for (const auto& rows : answers) {
    for (const auto row : *rows) {
      if (names.contains(row.text(2))) {
        out.push_back({row.id<UnitId>(0), row.id<PersonId>(1), row.text(2)});
      }
    }
  }
}

}  // namespace

std::vector<std::pair<std::string, std::string>> remembered_columns(store::Connection& connection,
                                                                    UnitId ledger,
                                                                    std::string_view type) {
  std::vector<std::pair<std::string, std::string>> out;
  const auto rows = connection.query(
      "select content from ledger_import where unit = ?1 and type = ?2 order by seq desc limit 1",
      {ledger, type});
  const auto content = rows.empty() ? Result<Value>(Value()) : parse_json(rows[0].text(0));
  const Value* const columns = content ? content->find("columns") : nullptr;
  if (columns == nullptr || columns->object() == nullptr) return out;
  for (const auto& [heading, target] : columns->object()->members) {
    if (target.text() != nullptr) out.emplace_back(heading, *target.text());
  }
  return out;
}

namespace {

// Where the page after this one begins.
std::string cursor_after(const Filter& filter, const Stored& one) {
  const std::string id = one.now.matter.id.text();
  if (filter.sort != Sort::due) return id;
  return (one.next_due ? one.next_due->text() : std::string(no_due)) + "." + id;
}

}  // namespace

Result<Listed> list_those(store::Connection& connection, Filter filter, const Keeping& keeps,
                          const Reading& reading) {
  const auto limit = static_cast<std::size_t>(filter.limit);
  filter.limit = std::min(500, reading.searched);
  Listed out;
  for (int searched = 0;; filter.cursor = out.next_cursor) {
    auto page = list(connection, filter, reading);
    if (!page) return page.take_refusals();
    for (auto& one : page->items) {
      if (!keeps(one)) continue;
      if (out.items.size() == limit) {
        out.next_cursor = cursor_after(filter, out.items.back());
        return out;
      }
      out.items.push_back(std::move(one));
    }
    out.next_cursor = page->next_cursor;
    searched += filter.limit;
    if (out.next_cursor.empty() || searched >= reading.searched) return out;
  }
}

std::map<MatterId, std::int64_t> child_counts(store::Connection& connection,
                                              const std::vector<MatterId>& ids) {
  std::map<MatterId, std::int64_t> counts;
  const auto parts = store::queue_in(connection,
                                     "select parent, count(*) from matter where parent in ({ids}) "
                                     "group by parent",
                                     store::Params(ids.begin(), ids.end()));
  connection.flush();
  for (const auto& rows : parts) {
    for (const auto row : *rows) counts[row.id<MatterId>(0)] = row.integer(1);
  }
  return counts;
}

std::vector<Called> persons_called(store::Connection& connection, const Sought& sought,
                                   const std::set<std::string>& names, Date today) {
  const std::string day = "'" + today.text() + "'";
  const auto held = [&](const std::string& table) {
    return " and " + table + ".from_date <= " + day + " and (" + table + ".until_date is null or " +
           table + ".until_date > " + day + ")";
  };
  const auto ask = [&](const std::string& sql, const std::vector<UnitId>& units) {
    return store::queue_in(connection, sql, {units.begin(), units.end()});
  };
  const auto members =
      ask("select t.unit, p.id, p.name from membership t join person p on p.id = t.person "
          "where t.unit in ({ids})" +
              held("t"),
          sought.members_of);
  const auto staff =
      ask("select t.unit, p.id, p.name from employment t join person p on p.id = t.person "
          "where t.unit in ({ids})" +
              held("t"),
          sought.members_of);
  const auto holders =
      ask("select o.unit, p.id, p.name from post o join tenure t on t.post = o.id "
          "join person p on p.id = t.person where o.unit in ({ids})" +
              held("t"),
          sought.holders_of);
  connection.flush();
  std::vector<Called> out;
  for (const auto* answers : {&members, &staff, &holders}) keep_called(*answers, names, out);
  return out;
}

}  // namespace huilu::matter
