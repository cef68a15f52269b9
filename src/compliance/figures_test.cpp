// Figures: the index and the evaluator fill the same table on both databases; another day, what
// was known then, and past periods with their past tree are the evaluator's.
#include "compliance/figures.h"

#include "compliance/closing.h"
#include "compliance/commands.h"
#include "compliance/index_testing.h"
#include "compliance/load_facts.h"
#include "compliance/queries_closing.h"
#include "compliance/tables.h"
#include "compliance/watch.h"
#include "journal/queries.h"
#include "obligation/context.h"
#include "obligation/organisation.h"
#include "store/explaining.h"

namespace huilu::compliance::testing {

namespace {

using obligation::Verdict;

class FiguresTest : public IndexTest {
 protected:
  std::vector<store::Migration> migrations() const override {
    return store::testing::schema_of({"journal", "command", "identity", "org", "record",
                                      "enactment", "campaign", "exemption", "compliance"});
  }

  void SetUp() override {
    IndexTest::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    make_places();
    for (const auto& [unit, name] : {std::pair{a_, "林一"}, {a_, "林二"}, {b_, "周三"}}) {
      members_.push_back(person(name));
      join(members_.back(), unit, "2021-01-01");
    }
    appoint(members_.front(), a_, "2025-01-01");
  }

  // A district place with two towns; the branches sit in the first.
  void make_places() {
    const auto writer = database().connect(store::Access::write);
    std::string path;
    for (const std::int64_t id : {900'001, 900'002, 900'003}) {
      const std::string label = org::label_of(id);
      const bool top = id == 900'001;
      if (top) path = label;
      writer->execute(
          "insert into place (id, name, level, parent, path, sort_key, pseudo, version, seq) "
          "values (?1, 'p', 9, ?2, ?3, ?4, 0, 1, 1)",
          {id, top ? store::Param() : store::Param(900'001), top ? path : path + label,
           store::Bytes{"p"}});
      places_.push_back(PlaceId{id});
    }
    for (const UnitId unit : {a_, b_}) {
      org::RelateUnit seat{
          unit, unit_of(unit).version, org::RelationKind::seated_in, {}, day("2020-01-01")};
      seat.target.place = places_[1];
      done(org::make_command(std::move(seat)));
    }
  }

  std::string names(const std::vector<std::size_t>& members) {
    std::string out;
    for (const std::size_t i : members) {
      out += (out.empty() ? "\"" : ",\"") + members_[i].text() + "\"";
    }
    return out;
  }

  Selection year(int number) {
    return {Date::of(number, 1, 1), Date::of(number + 1, 1, 1), true, "", {}};
  }

  std::unique_ptr<Figures> on(const char* date, const char* known = nullptr) {
    return figures_on(connection(), packs_, day(date),
                      known == nullptr ? obligation::end_of_day(obligation::last_date)
                                       : obligation::end_of_day(day(known)));
  }

  Standing cell(Figures& figures, UnitId unit, const std::string& duty, const std::string& period) {
    Selection selection = selection_of(period, {"trial/" + duty}, clock_.today());
    selection.period = period;
    const auto table = figures.table(Tree::affiliation, {{unit, {}}}, selection);
    EXPECT_EQ(table.columns.size(), 1U) << duty << " " << period;
    return table.columns.empty() ? Standing() : table.rows.front().front();
  }

  void do_much() {
    enter(talk({a_}, "2026-01-15", "open", 2, members_[0].text(), names({0, 1})));
    enter(talk({a_, b_}, "2026-02-01", "open", 1));
    enter(talk({c_}, "2025-11-20"));
    const auto voided = enter(talk({b_}, "2026-02-10"));
    take_back(voided);
    enter(R"({"types":["trial/paper"],"units":[")" + c_.text() +
          R"("],"date":"2026-02-01","fields":{"trial/paper":{"signed":"2026-02-01"}}})");
    enter(R"({"types":["trial/paper"],"units":[")" + c_.text() +
          R"("],"date":"2026-02-02","fields":{"trial/paper":{"signed":"2026-02-02"}}})");
  }

  std::vector<PlaceId> places_;
  std::vector<PersonId> members_;
};

INSTANTIATE_TEST_SUITE_P(On, FiguresTest, store::testing::both_dialects(),
                         store::testing::name_of_dialect);

std::string text_of(const Table& table) {
  std::string out;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const auto& column = table.columns[i];
    out += column.obligation + " " + column.period + " " + column.schedule.act.text() + " " +
           column.schedule.enter.text() + (column.ended ? " ended" : "") + ":";
    for (const auto& row : table.rows) {
      const auto& one = row[i];
      for (const auto number : {one.counts.due, one.done(), one.counts.met_late,
                                one.counts.entered_late, one.counts.exempt, one.counts.unknown,
                                one.failed, one.in_grace, one.at_risk, one.open}) {
        out += " " + std::to_string(number);
      }
      out += " |";
    }
    out += "\n";
  }
  return out;
}

TEST_P(FiguresTest, the_index_and_the_evaluator_fill_the_same_table) {
  do_much();
  start();
  const auto evaluated = on("2026-03-02");
  const auto indexed = figures_of(*index_);
  const std::vector<Node> units = {{root_, {}}, {east_, {}}, {west_, {}}, {a_, {}}, {c_, {}}};
  const std::vector<Node> seats = {{{}, places_[0]}, {{}, places_[1]}, {{}, places_[2]}, {b_, {}}};
  for (const auto& [tree, nodes] :
       {std::pair(Tree::affiliation, units), std::pair(Tree::seat, seats)}) {
    for (const Selection& selection :
         {Selection{day("2026-03-02"), day("2026-03-03")}, year(2026), year(2025)}) {
      const auto table = evaluated->table(tree, nodes, selection);
      EXPECT_GT(table.columns.size(), 5U);
      EXPECT_EQ(text_of(indexed->table(tree, nodes, selection)), text_of(table));
    }
  }
}

TEST_P(FiguresTest, the_index_and_the_evaluator_name_the_same_homes_worst_first) {
  do_much();
  start();
  const auto evaluated = on("2026-03-02");
  const auto indexed = figures_of(*index_);
  for (const char* duty : {"talk_quarterly", "papers_quota", "member_attends"}) {
    const std::string period = std::string(duty) == "talk_quarterly" ? "2025-Q4" : "2026-H1";
    Behind asked{Tree::affiliation,
                 {root_, {}},
                 std::string("trial/") + duty,
                 period,
                 {Verdict::failed, Verdict::open},
                 0,
                 10};
    const auto text = [](const std::vector<BehindLine>& lines) {
      std::string out;
      for (const auto& line : lines) {
        out += line.home.text() + " " + std::string(obligation::word_of(line.worst)) +
               (line.bearer ? " " + line.bearer->text() : "") + "\n";
      }
      return out;
    };
    const auto whole = text(evaluated->behind(asked));
    EXPECT_FALSE(whole.empty()) << duty;
    EXPECT_EQ(text(indexed->behind(asked)), whole) << duty;
    std::string paged;
    asked.limit = 1;
    for (;; ++asked.skip) {
      const auto page = text(evaluated->behind(asked));
      if (page.empty()) break;
      paged += page;
    }
    EXPECT_EQ(paged, whole) << duty;
  }
}

TEST_P(FiguresTest, another_day_sees_what_was_done_and_known_by_then) {
  set_today(day("2026-03-10"));
  enter(talk({a_}, "2026-01-15"));
  set_today(day("2026-04-20"));
  enter(talk({b_}, "2026-03-30"));
  const auto quarter = [&](const char* date, const char* known) {
    return cell(*on(date, known), east_, "talk_quarterly", "2026-Q1");
  };
  EXPECT_EQ(quarter("2026-04-20", "2026-04-20").done(), 2);
  EXPECT_EQ(quarter("2026-04-20", "2026-04-20").counts.entered_late, 1);
  EXPECT_EQ(quarter("2026-04-20", "2026-04-19").done(), 1);
  EXPECT_EQ(quarter("2026-04-20", "2026-04-19").failed, 1);
  EXPECT_EQ(quarter("2026-04-20", "2026-03-09").failed, 2);
  EXPECT_EQ(quarter("2026-04-01", "2026-04-19").in_grace, 1) << "that day, as known later";
  EXPECT_EQ(quarter("2026-03-01", "2026-03-09").open, 2);
}

TEST_P(FiguresTest, a_past_period_keeps_its_tree_and_an_open_one_follows) {
  set_today(day("2026-05-01"));
  move(b_, west_, day("2026-04-15"));
  const auto now = on("2026-05-01");
  EXPECT_EQ(cell(*now, east_, "talk_quarterly", "2026-Q1").counts.due, 2);
  EXPECT_EQ(cell(*now, west_, "talk_quarterly", "2026-Q1").counts.due, 1);
  EXPECT_EQ(cell(*now, east_, "talk_quarterly", "2026-Q2").counts.due, 1);
  EXPECT_EQ(cell(*now, west_, "talk_quarterly", "2026-Q2").counts.due, 2);
}

TEST_P(FiguresTest, a_selection_takes_duties_and_periods_by_name) {
  do_much();
  const auto figures = on("2026-03-02");
  const auto table =
      figures->table(Tree::affiliation, {{root_, {}}},
                     selection_of("2026", {"trial/talk_quarterly"}, day("2026-03-02")));
  ASSERT_EQ(table.columns.size(), 1U) << "the second quarter has not begun";
  EXPECT_EQ(table.columns[0].period, "2026-Q1");
  EXPECT_EQ(table.columns[0].schedule.act, day("2026-03-31"));
  EXPECT_GT(table.columns[0].schedule.enter, day("2026-03-31"));
}

TEST_P(FiguresTest, evaluating_reads_no_table_whole) {
  do_much();
  store::testing::Explaining explaining(database().connect(store::Access::read));
  // What holds for everybody is read whole: packs in force, values, campaigns, revisions.
  const auto figures = figures_on(explaining, packs_, day("2026-03-02"),
                                  obligation::end_of_day(obligation::last_date));
  const auto of_policy = explaining.scans().size();
  figures->table(Tree::affiliation, {{root_, {}}}, year(2026));
  figures->table(Tree::seat, {{{}, places_[0]}}, year(2026));
  figures->behind(
      {Tree::affiliation, {root_, {}}, "trial/talk_quarterly", "2026-Q1", {Verdict::open}, 0, 10});
  const auto& scans = explaining.scans();
  EXPECT_EQ(
      std::vector<std::string>(scans.begin() + static_cast<std::ptrdiff_t>(of_policy), scans.end()),
      std::vector<std::string>());
}

class ClosingTest : public FiguresTest {
 protected:
  Closing close(const std::string& period, Date until) {
    ToClose asked{root_, "县委", period, {}, clock_.today(), 7};
    const std::vector<Row> rows = {{east_, "东镇委"}, {west_, "西镇委"}};
    const auto table = now(period, {{root_, {}}, {east_, {}}, {west_, {}}});
    const auto policy = load_policy(connection(), packs_);
    const auto body = done(std::make_unique<ClosePeriod>(
        root_, period, until, frozen(asked, rows, table, policy, packs_)));
    const auto id = body.find("id");
    return id == nullptr ? Closing()
                         : find_closing(connection(), *ClosingId::parse(*id->text())).value();
  }

  Table now(const std::string& period, const std::vector<Node>& nodes) {
    const auto figures = figures_on(connection(), packs_, clock_.today(), clock_.now());
    return figures->table(Tree::affiliation, nodes, selection_of(period, {}, clock_.today()));
  }
};

INSTANTIATE_TEST_SUITE_P(On, ClosingTest, store::testing::both_dialects(),
                         store::testing::name_of_dialect);

Value cell_of(const Value& row, const Value& columns, const std::string& duty) {
  for (std::size_t i = 0; i < columns.list()->size(); ++i) {
    if (*(*columns.list())[i].find("obligation") == Value("trial/" + duty)) {
      return (*row.find("cells")->list())[i];
    }
  }
  ADD_FAILURE() << duty;
  return {};
}

TEST_P(ClosingTest, a_closed_period_keeps_its_figures_and_shows_what_came_later) {
  set_today(day("2026-04-02"));
  enter(talk({a_}, "2026-01-15"));
  const auto closing = close("2026-Q1", day("2026-04-01"));
  EXPECT_EQ(*closing.content.find("journal"), Value(7));
  EXPECT_EQ((*closing.content.find("packs")->list())[0],
            Value::object({{"id", "trial"}, {"version", "1.0.0"}}));
  enter(talk({b_}, "2026-03-20"));
  const auto view = compared(closing, now("2026-Q1", nodes_of(closing)));
  const auto& columns = *view.find("columns");
  const auto total = cell_of(*view.find("total"), columns, "talk_quarterly");
  EXPECT_EQ(*total.find("frozen")->find("done"), Value(1));
  EXPECT_EQ(*total.find("now")->find("done"), Value(2));
  EXPECT_EQ(*total.find("changed_since"), Value(true));
  const auto& rows = *view.find("rows")->list();
  EXPECT_EQ(*cell_of(rows[0], columns, "talk_quarterly").find("changed_since"), Value(true));
  EXPECT_EQ(*cell_of(rows[1], columns, "talk_quarterly").find("changed_since"), Value(false));
}

TEST_P(ClosingTest, time_alone_changes_nothing_since) {
  set_today(day("2026-04-02"));
  const auto closing = close("2026-Q1", day("2026-04-01"));
  set_today(day("2026-06-01"));
  const auto view = compared(closing, now("2026-Q1", nodes_of(closing)));
  const auto total = cell_of(*view.find("total"), *view.find("columns"), "talk_quarterly");
  EXPECT_EQ(*total.find("frozen")->find("in_grace"), Value(3));
  EXPECT_EQ(*total.find("now")->find("failed"), Value(3));
  EXPECT_EQ(*total.find("changed_since"), Value(false));
}

TEST_P(ClosingTest, a_period_that_is_not_over_is_not_closed) {
  set_today(day("2026-03-31"));
  EXPECT_EQ(refused(std::make_unique<ClosePeriod>(root_, "2026-Q1", day("2026-04-01"),
                                                  Value::object({}))),
            "period_not_over /period");
}

TEST_P(ClosingTest, a_statement_that_was_changed_behind_its_back_is_found) {
  set_today(day("2026-04-02"));
  const auto closing = close("2026-Q1", day("2026-04-01"));
  EXPECT_TRUE(verify(connection()).empty());
  database()
      .connect(store::Access::write)
      ->execute("update period_close set period = '2026-Q2' where id = ?1", {closing.id});
  ASSERT_EQ(verify(connection()).size(), 1U);
  EXPECT_EQ(verify(connection())[0].id, closing.id.text());
}

TEST_P(ClosingTest, statements_of_a_unit_are_listed_page_by_page) {
  set_today(day("2026-07-02"));
  const auto first = close("2026-Q1", day("2026-04-01"));
  const auto second = close("2026-Q2", day("2026-07-01"));
  const auto page = list_closings(connection(), root_, {}, 1);
  ASSERT_EQ(page.size(), 1U);
  EXPECT_EQ(page[0].id, first.id);
  const auto rest = list_closings(connection(), root_, first.id, 5);
  ASSERT_EQ(rest.size(), 1U);
  EXPECT_EQ(rest[0].id, second.id);
  EXPECT_TRUE(list_closings(connection(), east_, {}, 5).empty());
}

TEST_P(ClosingTest, the_watch_compares_and_keeps_how_figures_went) {
  enter(talk({a_}, "2026-01-15"));
  start();
  store::Pool readers(database());
  Watch watch(*index_, readers, [this] { return road_->published(); });
  ASSERT_TRUE(road_->wait_for(journal::read_head(connection()).size, std::chrono::seconds(10)));
  for (int i = 0; i < 20; ++i) watch.compare_one();
  EXPECT_EQ(watch.compared, 20U);
  EXPECT_EQ(watch.differences, 0U);
  const auto writer = database().connect(store::Access::write);
  std::size_t written = 0, quarterly = 0;
  const auto write = [&](const std::vector<HistoryRow>& rows) {
    written += rows.size();
    for (const auto& row : rows) {
      EXPECT_NE(row.standing, Standing{}) << row.obligation;
      quarterly += row.obligation == "trial/talk_quarterly" ? 1 : 0;
    }
    write_history(*writer, rows);
  };
  watch.write_history(day("2026-03-02"), write);
  EXPECT_GT(written, 0U);
  const auto before = written;
  watch.write_history(day("2026-03-03"), write);
  EXPECT_EQ(written, before) << "nothing became different";
  const auto of_the_quarter = quarterly;
  EXPECT_GT(of_the_quarter, 0U);
  watch.write_history(day("2026-02-10"), write);
  watch.write_history(day("2026-03-03"), write);
  EXPECT_EQ(quarterly, of_the_quarter) << "another month, the same quarter";
  enter(talk({b_}, "2026-02-15"));
  watch.write_history(day("2026-03-04"), write);
  const auto points = history_of(connection(), Tree::affiliation, {east_, {}},
                                 "trial/talk_quarterly", "2026-Q1", day("2026-01-01"));
  ASSERT_EQ(points.size(), 2U);
  EXPECT_EQ(points[0].day, day("2026-03-02"));
  EXPECT_EQ(points[0].done, 1);
  EXPECT_EQ(points[1].day, day("2026-03-04"));
  EXPECT_EQ(points[1].done, 2);
  EXPECT_EQ(points[1].due, 2);
  const auto seats = history_of(connection(), Tree::seat, {{}, places_[0]}, "trial/talk_quarterly",
                                "", day("2026-03-03"));
  ASSERT_EQ(seats.size(), 1U);
  EXPECT_EQ(seats[0].done, 2);
}

}  // namespace

}  // namespace huilu::compliance::testing
