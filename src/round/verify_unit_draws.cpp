#include <fmt/format.h>

#include "base/fault.h"
#include "journal/comparison.h"
#include "round/tables_unit_draws.h"

namespace huilu::round {

namespace {

using journal::Comparison;

class UnitDrawVerification {
 public:
  explicit UnitDrawVerification(store::Connection& connection)
      : connection_(connection), compare_(connection) {}

  std::vector<journal::Damage> run() {
    check_heads();
    for (const UnitDraw& draw : draws_) check_made(draw);
    compare_.count("unit_draw", "", "unit_draw_made");
    compare_.count("unit_draw_made", "where n > 1", "unit_draw_made_anew");
    return compare_.damages();
  }

 private:
  static std::string opening(std::string_view field, std::string_view seq) {
    return Comparison::opening_of(field, seq);
  }

  void check_heads() {
    const std::string sql = fmt::format(
        "select {}, {}, {}, (select count(*) from unit_draw_made m where m.draw = d.id) "
        "from unit_draw d order by d.id",
        unit_draw_columns, opening("content", "d.seq"), opening("name", "d.seq"));
    connection_.for_each(sql, {}, [&](const store::Row& row) { check_head(row); });
  }

  void check_head(const store::Row& row) {
    const std::string id = row.id<DrawId>(0).text();
    UnitDraw draw;
    try {
      draw = unit_draw_from(row);
    } catch (const Fault&) {
      return compare_.damage("unit_draw", id, "cannot be read");
    }
    draws_.push_back(draw);
    compare_.content("unit_draw", id, row, 9, unit_draw_content(draw));
    compare_.text("unit_draw", id, row, 10, draw.name);
    if (row.integer(11) != draw.draws || draw.version != draw.draws)
      compare_.damage("unit_draw", id, "its version does not count");
  }

  void check_made(const UnitDraw& draw) {
    const auto rows = connection_.query(
        fmt::format("select t.n, t.seed, t.size, t.reason, t.account, t.at, {}, {}, {}, {}, {}, {} "
                    "from unit_draw_made t where t.draw = ?1 order by t.n",
                    opening("content", "t.seq"), opening("draw", "t.seq"),
                    opening("units", "t.seq"), opening("reason", "t.seq"),
                    opening("actor", "t.seq"), Comparison::instant_of()),
        {draw.id});
    for (const auto row : rows) check_made(draw, row);
  }

  void check_made(const UnitDraw& draw, const store::Row& row) {
    const MadeDraw made = {row.integer(0), row.text(1), row.integer(2), row.text(3), {}, {}, 0};
    const std::string id = draw.id.text() + "/" + std::to_string(made.n);
    const auto units = units_of(connection_, draw.id, made.n);
    const bool is_first = made.n == 1;
    compare_.content("unit_draw_made", id, row, is_first ? 7 : 6, made_content(draw, made));
    compare_.content("unit_draw_unit", id, row, 8, units_content(units));
    if (!is_first) compare_.text("unit_draw_made", id, row, 9, made.reason);
    compare_.actor("unit_draw_made", id, row, 10, row.id<AccountId>(4));
    compare_.instant("unit_draw_made", id, row, 11, row.instant(5));
    std::vector<obligation::Drawable> from;
    for (const DrawnUnit& one : units) from.push_back(one.of);
    if (units_content(drawn_units(from, made.seed, made.size)) != units_content(units))
      compare_.damage("unit_draw_unit", id, "is not what its seed draws");
  }

  store::Connection& connection_;
  Comparison compare_;
  std::vector<UnitDraw> draws_;
};

}  // namespace

std::vector<journal::Damage> verify_unit_draws(store::Connection& connection) {
  return UnitDrawVerification(connection).run();
}

}  // namespace huilu::round
