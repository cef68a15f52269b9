#include "exemption/queries.h"

#include <fmt/format.h>

#include "exemption/tables.h"
#include "identity/queries.h"
#include "store/lists.h"

namespace huilu::exemption {

namespace {

using store::Params;
using store::Row;

Granted granted_from(const Row& row) {
  const Leave leave = leave_from(row);
  return {leave.home,
          {leave.id.value, leave.kind, leave.obligation, leave.bearer.text(), leave.period,
           leave.act, leave.enter, leave.reason, *leave.decided_at, leave.withdrawn_at}};
}

std::string granted_where(std::string_view condition) {
  return fmt::format("select {} from leave l where l.decision = 'approve' and {}", leave_columns,
                     condition);
}

std::vector<Granted> granted_in(store::Connection& connection, std::string_view column,
                                const Params& values) {
  const auto asked = store::queue_in(
      connection, granted_where(fmt::format("{} in ({{ids}}) order by l.id", column)), values);
  connection.flush();
  std::vector<Granted> out;
  for (const auto& rows : asked) {
    for (const Row row : *rows) out.push_back(granted_from(row));
  }
  return out;
}

std::string_view condition_of(State state) {
  switch (state) {
    case State::asked:
      return "l.decision is null and l.withdrawn_at is null";
    case State::approved:
      return "l.decision = 'approve' and l.withdrawn_at is null";
    case State::refused:
      return "l.decision = 'refuse' and l.withdrawn_at is null";
    case State::withdrawn:
      break;
  }
  return "l.withdrawn_at is not null";
}

}  // namespace

std::vector<Granted> all_leaves(store::Connection& connection) {
  std::vector<Granted> out;
  connection.for_each(granted_where("1 = 1 order by l.id"), {},
                      [&](const Row& row) { out.push_back(granted_from(row)); });
  return out;
}

std::vector<Granted> leaves_at(store::Connection& connection, const std::vector<UnitId>& homes) {
  return granted_in(connection, "l.home_unit", Params(homes.begin(), homes.end()));
}

std::vector<Granted> leaves_of(store::Connection& connection,
                               const std::vector<obligation::Bearer>& bearers) {
  Params texts;
  for (const auto& bearer : bearers) texts.emplace_back(bearer.text());
  return granted_in(connection, "l.bearer", texts);
}

std::optional<Granted> leave_of(store::Connection& connection, LeaveId id) {
  const auto rows = connection.query(granted_where("l.id = ?1"), {id});
  if (rows.empty()) return {};
  return granted_from(rows[0]);
}

std::optional<Leave> find(store::Connection& connection, LeaveId id) {
  const auto rows = queue_leave(connection, id);
  connection.flush();
  if (rows->empty()) return {};
  return leave_from((*rows)[0]);
}

std::vector<Leave> list(store::Connection& connection, const Filter& filter) {
  Params params = {filter.after, filter.limit};
  const std::string where = identity::path_condition(filter.ranges, "u.path", params);
  const std::string sql = fmt::format(
      "select {} from leave l join unit u on u.id = l.home_unit "
      "where l.id > ?1 and {} and {} order by l.id limit ?2",
      leave_columns, where, filter.state ? condition_of(*filter.state) : "1 = 1");
  std::vector<Leave> out;
  for (const Row row : connection.query(sql, params)) out.push_back(leave_from(row));
  return out;
}

std::map<obligation::Bearer, std::string> names_of(store::Connection& connection,
                                                   const std::vector<obligation::Bearer>& bearers) {
  Params tenures, persons;
  for (const auto& bearer : bearers) {
    if (bearer.tenure) tenures.emplace_back(bearer.tenure);
    if (bearer.person) persons.emplace_back(bearer.person);
  }
  const auto holders = store::queue_in(
      connection,
      "select t.id, p.name from tenure t join person p on p.id = t.person where t.id in ({ids})",
      tenures);
  const auto members =
      store::queue_in(connection, "select id, name from person where id in ({ids})", persons);
  connection.flush();
  std::map<obligation::Bearer, std::string> names;
  for (const auto& rows : holders) {
    for (const Row row : *rows) names[{{}, row.id<TenureId>(0), {}}] = row.text(1);
  }
  for (const auto& rows : members) {
    for (const Row row : *rows) names[{{}, {}, row.id<PersonId>(0)}] = row.text(1);
  }
  return names;
}

}  // namespace huilu::exemption
