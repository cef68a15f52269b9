#include "indicator/queries.h"

namespace huilu::indicator {

namespace {

constexpr std::string_view down =
    "with recursive down (unit) as (select id from unit where id = ?1 union "
    "select p.unit from down join unit_parent p on p.parent = down.unit) ";

}  // namespace

void add_records_of(store::Connection& connection, UnitId top, const std::string& type,
                    Interval days, std::set<RecordId>& out) {
  const std::string until = days.until ? days.until->text() : "~";
  connection.for_each(std::string(down) +
                          "select r.record from record_type t join down on t.name = ?2 "
                          "join record_unit r on r.unit = down.unit and r.type = t.id "
                          "where r.counts_on >= ?3 and r.counts_on < ?4 and r.planned = 0",
                      {top, type, days.from.text(), until},
                      [&](const store::Row& row) { out.insert(row.id<RecordId>(0)); });
}

void add_records_naming(store::Connection& connection, UnitId top, std::set<RecordId>& out) {
  connection.for_each(
      std::string(down) +
          "select n.record from down join record_named_unit n on n.unit = down.unit",
      {top}, [&](const store::Row& row) { out.insert(row.id<RecordId>(0)); });
}

}  // namespace huilu::indicator
