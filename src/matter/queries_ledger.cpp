#include "matter/queries.h"

#include "base/value.h"
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
