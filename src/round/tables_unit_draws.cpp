#include "round/tables_unit_draws.h"

#include <fmt/format.h>

#include "base/fault.h"

namespace huilu::round {

namespace {

using enum store::ColumnType;

const store::Table unit_draw_table{"unit_draw",
                                   {{"id", integer},
                                    {"unit", integer},
                                    {"declared", text},
                                    {"pack_version", text},
                                    {"name", text},
                                    {"drawn", text},
                                    {"draws", integer},
                                    {"version", integer},
                                    {"seq", integer}}};
const store::Table made_table{"unit_draw_made",
                              {{"draw", integer},
                               {"n", integer},
                               {"seed", text},
                               {"size", integer},
                               {"reason", text},
                               {"account", integer},
                               {"at", integer},
                               {"seq", integer}}};
const store::Table drawn_unit_table{"unit_draw_unit",
                                    {{"draw", integer},
                                     {"n", integer},
                                     {"unit", integer},
                                     {"stratum", text},
                                     {"weight", integer},
                                     {"tickets", integer},
                                     {"place", integer}}};

constexpr std::string_view unit_columns = "unit, stratum, weight, tickets, place";

DrawnUnit drawn_unit_from(const store::Row& row) {
  DrawnUnit out;
  out.of = {row.id<UnitId>(0), row.text(1), row.integer_or_null(2), row.integer(3)};
  out.place = static_cast<std::size_t>(row.integer(4));
  return out;
}

}  // namespace

const std::string unit_draw_columns =
    "d.id, d.unit, d.declared, d.pack_version, d.name, d.drawn, d.draws, d.version, d.seq";

UnitDraw unit_draw_from(const store::Row& row) {
  UnitDraw out;
  out.id = row.id<DrawId>(0);
  out.unit = row.id<UnitId>(1);
  out.declared = row.text(2);
  out.pack_version = row.text(3);
  out.name = row.text(4);
  out.drawn = row.date(5);
  out.draws = row.integer(6);
  out.version = row.integer(7);
  out.seq = row.integer(8);
  return out;
}

void UnitDrawReads::queue(store::Connection& connection, DrawId id) {
  draw_ = connection.queue_query(
      fmt::format("select {} from unit_draw d where d.id = ?1", unit_draw_columns), {id});
  made_ = connection.queue_query(
      "select n, seed, size, reason, account, at, seq from unit_draw_made where draw = ?1 "
      "order by n",
      {id});
  units_ = connection.queue_query(
      fmt::format("select {} from unit_draw_unit where draw = ?1 and n = (select d.draws from "
                  "unit_draw d where d.id = ?1) order by unit",
                  unit_columns),
      {id});
}

std::optional<WholeUnitDraw> UnitDrawReads::whole() const {
  if (draw_->empty()) return {};
  WholeUnitDraw whole;
  whole.draw = unit_draw_from((*draw_)[0]);
  for (const auto row : *made_)
    whole.made.push_back({row.integer(0), row.text(1), row.integer(2), row.text(3),
                          row.id<AccountId>(4), row.instant(5), row.integer(6)});
  if (whole.made.empty()) throw Fault(FaultKind::damaged, "a draw that was never made");
  for (const auto row : *units_) whole.units.push_back(drawn_unit_from(row));
  return whole;
}

std::optional<WholeUnitDraw> find_unit_draw(store::Connection& connection, DrawId id) {
  UnitDrawReads reads;
  reads.queue(connection, id);
  connection.flush();
  return reads.whole();
}

std::vector<DrawnUnit> units_of(store::Connection& connection, DrawId id, std::int64_t n) {
  std::vector<DrawnUnit> out;
  for (const auto row : connection.query(
           fmt::format("select {} from unit_draw_unit where draw = ?1 and n = ?2 order by unit",
                       unit_columns),
           {id, n}))
    out.push_back(drawn_unit_from(row));
  return out;
}

std::vector<UnitDraw> unit_draws_of(store::Connection& connection, UnitId unit, DrawId before,
                                    int limit) {
  std::vector<UnitDraw> out;
  for (const auto row :
       connection.query(fmt::format("select {} from unit_draw d where d.unit = ?1 and d.id < ?2 "
                                    "order by d.id desc limit ?3",
                                    unit_draw_columns),
                        {unit, before ? before : DrawId{INT64_MAX}, limit}))
    out.push_back(unit_draw_from(row));
  return out;
}

void insert_unit_draw(command::Writing& writing, const UnitDraw& draw) {
  writing.rows.insert(unit_draw_table, {draw.id, draw.unit, draw.declared, draw.pack_version,
                                        draw.name, draw.drawn, draw.draws, draw.version, draw.seq});
}

void insert_made(command::Writing& writing, DrawId draw, const MadeDraw& made,
                 const std::vector<DrawnUnit>& units) {
  writing.rows.insert(made_table, {draw, made.n, made.seed, made.size, made.reason, made.account,
                                   made.at, made.seq});
  for (const DrawnUnit& one : units)
    writing.rows.insert(drawn_unit_table, {draw, made.n, one.of.unit, one.of.stratum, one.of.weight,
                                           one.of.tickets, static_cast<std::int64_t>(one.place)});
}

void write_redrawn(command::Writing& writing, const UnitDraw& draw) {
  writing.rows.before(
      "update unit_draw set draws = ?2, version = ?3, pack_version = ?4 where id = ?1",
      {draw.id, draw.draws, draw.version, draw.pack_version});
}

}  // namespace huilu::round
