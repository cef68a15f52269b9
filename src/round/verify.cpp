#include <fmt/format.h>

#include <algorithm>

#include "base/fault.h"
#include "base/text.h"
#include "journal/comparison.h"
#include "round/queries.h"
#include "round/queries_look_backs.h"
#include "round/tables_unit_draws.h"

namespace huilu::round {

namespace {

using journal::Comparison;

// Rows as they are written and not as they are read: what cannot be read is damaged too.
class Verification {
 public:
  explicit Verification(store::Connection& connection)
      : connection_(connection), compare_(connection) {}

  std::vector<journal::Damage> run() {
    check_rounds();
    check_rows();
    check_lines();
    check_confirmations();
    check_tasks();
    check_reports();
    compare_.count("round", "", "round_opened");
    compare_.count("round", "where locked is not null", "round_locked");
    compare_.count("round_line", "", "round_line_written");
    compare_.count("round_confirmation", "", "round_confirmed");
    compare_.count("round_task", "", "round_task_decided");
    compare_.count("round_report", "", "round_task_reported");
    check_versions();
    check_counted();
    return compare_.damages();
  }

 private:
  static std::string joined(const std::vector<std::string>& columns) {
    std::string all;
    for (const auto& one : columns) all += (all.empty() ? "" : ", ") + one;
    return all;
  }

  void check_rounds() {
    const std::string sql = fmt::format(
        "select {}, {} from round r order by r.id", round_columns,
        joined({Comparison::opening_of("content", "r.seq"), Comparison::opening_of("name", "r.seq"),
                Comparison::opening_of("actor", "r.seq"), Comparison::instant_of("r.seq"),
                Comparison::opening_of("content", "r.locked_seq"),
                Comparison::opening_of("reason", "r.locked_seq"),
                Comparison::opening_of("actor", "r.locked_seq"),
                Comparison::instant_of("r.locked_seq")}));
    connection_.for_each(sql, {}, [&](const store::Row& row) {
      const std::string id = row.id<RoundId>(0).text();
      Round round;
      try {
        round = round_from(row);
      } catch (const Fault&) {
        return compare_.damage("round", id, "cannot be read");
      }
      compare_.content("round", id, row, 19, round_content(round));
      compare_.text("round", id, row, 20, round.name);
      compare_.actor("round", id, row, 21, round.opened_by);
      compare_.instant("round", id, row, 22, round.opened_at);
      if (!round.locked) return;
      if (!round.figures || !round.locked_by || !round.locked_at)
        return compare_.damage("round", id, "is locked by half");
      compare_.content("round", id, row, 23, lock_content(round.id, *round.locked, *round.figures));
      compare_.text("round", id, row, 24, round.lock_reason);
      compare_.actor("round", id, row, 25, *round.locked_by);
      compare_.instant("round", id, row, 26, *round.locked_at);
    });
  }

  // All rows of a round are one opening, and one more when it is locked.
  void check_rows() {
    std::vector<std::pair<RoundId, bool>> rounds;
    connection_.for_each(
        "select id, locked from round order by id", {},
        [&](const store::Row& row) { rounds.emplace_back(row.id<RoundId>(0), !row.is_null(1)); });
    for (const auto& [id, is_locked] : rounds) check_rows(id, is_locked);
  }

  void check_rows(RoundId id, bool is_locked) {
    std::optional<Whole> whole;
    try {
      whole = find(connection_, id);
    } catch (const Fault&) {
    }
    if (!whole) return compare_.damage("round_row", id.text(), "cannot be read");
    const auto rows = connection_.query(fmt::format("select {}, {} from round r where r.id = ?1",
                                                    Comparison::opening_of("rows", "r.seq"),
                                                    Comparison::opening_of("rows", "r.locked_seq")),
                                        {id});
    compare_.content("round_row", id.text(), rows[0], 0, rows_content(whole->rows, false));
    if (is_locked)
      compare_.content("round_row", id.text(), rows[0], 1, rows_content(whole->rows, true));
  }

  void check_lines() {
    check_said("round_line", "t.matter, t.version, t.kind",
               [](const store::Row& row, RoundId round) {
                 Line line;
                 line.matter = row.id<MatterId>(4);
                 line.version = row.integer(5);
                 line.kind = row.text(6) == line_words[1] ? LineKind::none : LineKind::progress;
                 return line_content(round, line);
               });
  }

  void check_tasks() {
    check_said("round_task", "t.n, t.matter, t.unit, t.due",
               [](const store::Row& row, RoundId round) {
                 Task task;
                 task.n = row.integer(4);
                 task.matter = row.id_or_null<MatterId>(5);
                 task.unit = row.id<UnitId>(6);
                 task.due = row.date(7);
                 return task_content(round, task);
               });
  }

  void check_reports() {
    check_said("round_report", "t.n, t.version, t.done", [](const store::Row& row, RoundId round) {
      Report report;
      report.version = row.integer(5);
      report.done = row.integer(6) == 1;
      return report_content(round, row.integer(4), report);
    });
  }

  // What somebody wrote: its content, its words, who and when.
  template <class Content>
  void check_said(std::string_view table, std::string_view columns, Content content) {
    const std::size_t own =
        static_cast<std::size_t>(std::count(columns.begin(), columns.end(), ',') + 1);
    const std::string sql = fmt::format(
        "select t.round, t.said, t.account, t.at, {}, {} from {} t order by t.seq", columns,
        joined({Comparison::opening_of("content"), Comparison::opening_of("said"),
                Comparison::opening_of("actor"), Comparison::instant_of()}),
        table);
    connection_.for_each(sql, {}, [&](const store::Row& row) {
      const auto round = row.id<RoundId>(0);
      const std::string id = round.text() + "/" + std::to_string(row.integer(4));
      compare_.content(table, id, row, 4 + own, content(row, round));
      compare_.text(table, id, row, 5 + own, row.text(1));
      compare_.actor(table, id, row, 6 + own, row.id<AccountId>(2));
      compare_.instant(table, id, row, 7 + own, row.instant(3));
    });
  }

  void check_confirmations() {
    const std::string sql = fmt::format(
        "select t.round, t.lead_unit, t.account, t.at, {} from round_confirmation t order by t.seq",
        joined({Comparison::opening_of("content"), Comparison::opening_of("actor"),
                Comparison::instant_of()}));
    connection_.for_each(sql, {}, [&](const store::Row& row) {
      const auto round = row.id<RoundId>(0);
      const auto lead = row.id<UnitId>(1);
      const std::string id = round.text() + "/" + lead.text();
      compare_.content("round_confirmation", id, row, 4, confirmation_content(round, lead));
      compare_.actor("round_confirmation", id, row, 5, row.id<AccountId>(2));
      compare_.instant("round_confirmation", id, row, 6, row.instant(3));
    });
  }

  // Its version counts what happened to it.
  void check_versions() {
    connection_.for_each(
        "select r.id, r.version, (select count(*) from round_line l where l.round = r.id), "
        "(select count(*) from round_confirmation c where c.round = r.id), "
        "(select count(*) from round_task t where t.round = r.id), "
        "(select count(*) from round_report p where p.round = r.id), r.locked from round r "
        "order by r.id",
        {}, [&](const store::Row& row) {
          std::int64_t happened = row.is_null(6) ? 1 : 2;
          for (std::size_t i = 2; i < 6; ++i) happened += row.integer(i);
          if (happened != row.integer(1))
            compare_.damage("round", row.id<RoundId>(0).text(), "its version does not count");
        });
  }

  // A figure is the number of the matters that it counted.
  void check_counted() {
    connection_.for_each(
        "select c.round, c.figure, c.matters, r.figures from round_counted c "
        "left join round r on r.id = c.round order by c.round, c.figure",
        {}, [&](const store::Row& row) {
          const std::string figure = row.text(1);
          const std::string id = row.id<RoundId>(0).text() + "/" + figure;
          const auto figures = row.is_null(3) ? Result<Value>(Value()) : parse_json(row.text(3));
          const Value* number = nullptr;
          for (const std::string_view group : {"rows", "since", "completion"}) {
            const Value* const of = figures ? figures->find(group) : nullptr;
            if (number == nullptr && of != nullptr) number = of->find(figure);
          }
          const auto counted = static_cast<std::int64_t>(split(row.text(2), ' ').size());
          if (number == nullptr || number->integer() == nullptr || *number->integer() != counted)
            compare_.damage("round_counted", id, "is another number than its figure");
        });
  }

  store::Connection& connection_;
  Comparison compare_;
};

}  // namespace

std::vector<journal::Damage> verify(store::Connection& connection) {
  auto damages = Verification(connection).run();
  for (auto& one : verify_look_backs(connection)) damages.push_back(std::move(one));
  for (auto& one : verify_unit_draws(connection)) damages.push_back(std::move(one));
  return damages;
}

}  // namespace huilu::round
