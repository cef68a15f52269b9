// The tree in the tables: paths after random creates, moves, closes and settlings equal a naive
// recomputation from unit_parent, on both databases, whatever the order of the changes.
#include <chrono>
#include <cstdlib>
#include <map>
#include <random>

#include "org/paths.h"
#include "org/queries.h"
#include "org/testing.h"

namespace huilu::org::testing {

namespace {

TEST(Paths, a_label_has_seven_digits_and_gives_its_id_back) {
  EXPECT_EQ(label_of(1), "0000001");
  EXPECT_EQ(label_of(31), "000000v");
  EXPECT_EQ(label_of(32), "0000010");
  EXPECT_EQ(id_of_label(label_of(34'359'738'367)), 34'359'738'367);
  EXPECT_EQ(ids_of_path(label_of(7) + label_of(9)), (std::vector<std::int64_t>{7, 9}));
  EXPECT_LT(label_of(99), label_of(100));
  EXPECT_LT(label_of(5) + label_of(7), path_end(label_of(5)));
}

TEST(Paths, a_node_may_go_below_one_that_leaves_its_subtree_on_the_same_day) {
  const std::string a = label_of(1), b = label_of(2);
  // b was below a; now b is a root and a stands below it.
  const auto rewrites = plan_rewrites({{1, a, 2, a + b}, {2, a + b, 0, ""}});
  ASSERT_TRUE(rewrites);
  EXPECT_EQ(rewritten(a, *rewrites), b + a);
  EXPECT_EQ(rewritten(a + b, *rewrites), b);
  EXPECT_EQ(rewritten(a + b + label_of(3), *rewrites), b + label_of(3));
  EXPECT_EQ(rewritten(a + label_of(4), *rewrites), b + a + label_of(4));
}

TEST(Paths, two_nodes_below_each_other_have_no_plan) {
  EXPECT_FALSE(plan_rewrites({{1, label_of(1), 2, label_of(2)}, {2, label_of(2), 1, label_of(1)}}));
}

class TreeTest : public OrgTest {
 protected:
  struct Row {
    std::optional<UnitId> parent;
    std::string path;
  };

  // What unit says, and what unit_parent says of the same day.
  std::map<UnitId, Row> stored() {
    std::map<UnitId, Row> rows;
    for (const auto row : connection().query("select id, parent, path from unit")) {
      rows[row.id<UnitId>(0)] = {row.id_or_null<UnitId>(1), row.text(2)};
    }
    return rows;
  }

  std::map<UnitId, Row> recomputed(Date today) {
    std::map<UnitId, std::vector<std::pair<std::optional<UnitId>, Interval>>> histories;
    for (const auto row : connection().query("select unit, parent, from_date, until_date from "
                                             "unit_parent order by unit, from_date")) {
      histories[row.id<UnitId>(0)].push_back({row.id_or_null<UnitId>(1), span_from(row, 2)});
    }
    std::map<UnitId, Row> rows;
    for (const auto& [unit, history] : histories) {
      auto parent =
          today < history.front().second.from ? history.front().first : history.back().first;
      for (const auto& [candidate, span] : history) {
        if (span.contains(today)) parent = candidate;
      }
      rows[unit].parent = parent;
    }
    for (auto& [unit, row] : rows) {
      std::optional<UnitId> at = unit;
      for (int depth = 0; at && depth < 100; ++depth, at = rows.at(*at).parent) {
        row.path = label_of(at->value) + row.path;
      }
    }
    return rows;
  }

  void expect_paths(Date today) {
    const auto is = stored();
    const auto should = recomputed(today);
    ASSERT_EQ(is.size(), should.size());
    for (const auto& [unit, row] : is) {
      EXPECT_EQ(row.parent, should.at(unit).parent) << unit.text();
      EXPECT_EQ(row.path, should.at(unit).path) << unit.text();
    }
  }

  void expect_histories_without_overlap() {
    const auto rows = connection().query(
        "select a.unit from unit_parent a join unit_parent b on b.unit = a.unit "
        "and b.from_date > a.from_date where a.until_date is null or a.until_date > b.from_date");
    EXPECT_TRUE(rows.empty());
  }
};

INSTANTIATE_TEST_SUITE_P(On, TreeTest, store::testing::both_dialects(),
                         store::testing::name_of_dialect);

unsigned seed_of_run() {
  const char* given = std::getenv("HUILU_SEED");
  return given ? static_cast<unsigned>(std::strtoul(given, nullptr, 10)) : std::random_device{}();
}

TEST_P(TreeTest, paths_equal_a_recomputation_after_random_changes) {
  const unsigned seed = seed_of_run();
  std::cout << "HUILU_SEED=" << seed << '\n';
  std::mt19937 random(seed);
  const auto below = [&](std::size_t n) { return random() % n; };
  Date today = day("2026-01-01");
  set_today(today);
  std::vector<UnitId> units = {create("root")};
  std::map<std::string, int> outcomes;
  for (int step = 0; step < 250; ++step) {
    const UnitId unit = units[below(units.size())];
    const Date date = today + (static_cast<int>(below(80)) - 40);
    const auto choice = below(10);
    if (choice < 3 || units.size() < 8) {
      CreateUnit change;
      change.name = "unit " + std::to_string(step);
      change.kind = {"branch", 9, std::nullopt, {}};
      change.parent = unit;
      change.from = date;
      const auto outcome = run(make_command(change, words()));
      ASSERT_EQ(outcome.fault, "");
      if (!outcome.refusals.empty()) continue;
      units.push_back(*UnitId::parse(*outcome.reply.body.find("unit")->text()));
      ++outcomes["created"];
    } else if (choice < 8) {
      const Unit now = unit_of(unit);
      const std::optional<UnitId> to =
          below(12) == 0 ? std::nullopt : std::optional(units[below(units.size())]);
      const auto outcome =
          run(make_command(MoveUnit{unit, now.version, parent_on(now, date), to, date}));
      ASSERT_EQ(outcome.fault, "");
      ++outcomes[outcome.refusals.empty() ? "moved"
                                          : std::string(kind_of(outcome.refusals[0].code).name)];
    } else if (choice == 8) {
      const auto outcome = run(make_command(CloseUnit{unit, unit_of(unit).version, date}));
      ASSERT_EQ(outcome.fault, "");
      if (outcome.refusals.empty()) ++outcomes["closed"];
    } else {
      today = today + static_cast<int>(below(5));
      set_today(today);
      done(settle_tree(today));
      ASSERT_NO_FATAL_FAILURE(expect_paths(today));
    }
  }
  done(settle_tree(today));
  expect_paths(today);
  expect_histories_without_overlap();
  EXPECT_GT(outcomes["moved"], 5);
  EXPECT_GT(outcomes["created"], 5);
  for (int later = 0; later < 50; ++later) {
    today = today + 1;
    set_today(today);
    done(settle_tree(today));
  }
  expect_paths(today);
  EXPECT_TRUE(connection().query("select id from unit where next_change <= ?1", {today}).empty());
}

TEST_P(TreeTest, a_move_of_today_is_seen_at_once_and_a_coming_one_after_settling) {
  const UnitId root = create("root");
  const UnitId a = create("a", root);
  const UnitId b = create("b", root);
  const UnitId leaf = create("leaf", a, "branch");
  move(a, b, day("2026-03-02"));
  EXPECT_EQ(unit_of(leaf).path, unit_of(b).path + label_of(a.value) + label_of(leaf.value));

  move(leaf, root, day("2026-04-01"));
  EXPECT_EQ(unit_of(leaf).parent, a);
  done(settle_tree(day("2026-03-31")));
  EXPECT_EQ(unit_of(leaf).parent, a);
  set_today(day("2026-04-01"));
  done(settle_tree(day("2026-04-01")));
  EXPECT_EQ(unit_of(leaf).parent, root);
  EXPECT_EQ(unit_of(leaf).path, unit_of(root).path + label_of(leaf.value));
}

TEST_P(TreeTest, units_that_change_places_on_a_coming_day_are_settled_in_the_right_order) {
  const UnitId root = create("root");
  const UnitId a = create("a", root);
  const UnitId b = create("b", a);
  const UnitId leaf = create("leaf", b, "branch");
  move(b, root, day("2026-04-01"));
  move(a, b, day("2026-04-01"));
  EXPECT_EQ(unit_of(a).parent, root);
  set_today(day("2026-04-01"));
  done(settle_tree(day("2026-04-01")));
  expect_paths(day("2026-04-01"));
  EXPECT_EQ(unit_of(a).path, unit_of(b).path + label_of(a.value));
  EXPECT_EQ(unit_of(leaf).path, unit_of(b).path + label_of(leaf.value));
}

TEST_P(TreeTest, a_move_is_right_even_before_yesterdays_moves_are_settled) {
  const UnitId root = create("root");
  const UnitId a = create("a", root);
  const UnitId b = create("b", a);
  move(b, root, day("2026-04-01"));
  set_today(day("2026-04-02"));  // nobody has settled
  move(a, b, day("2026-04-02"));
  done(settle_tree(day("2026-04-02")));
  expect_paths(day("2026-04-02"));
  EXPECT_EQ(unit_of(a).path, unit_of(b).path + label_of(a.value));
}

TEST_P(TreeTest, the_path_of_a_past_date_is_that_of_the_past_tree_with_its_names) {
  const UnitId root = create("市委");
  const UnitId a = create("甲县委", root);
  const UnitId b = create("乙县委", root);
  const UnitId town = create("镇党委", a);
  move(town, b, day("2024-07-01"));
  done(make_command(RenameUnit{a, unit_of(a).version, "甲区委", day("2025-01-01")}));
  const auto names = [&](Date on) {
    std::string text;
    for (const auto& step : affiliation_path(connection(), town, on)) text += "/" + step.name;
    return text;
  };
  EXPECT_EQ(names(day("2024-06-30")), "/市委/甲县委/镇党委");
  EXPECT_EQ(names(day("2024-07-01")), "/市委/乙县委/镇党委");
  EXPECT_EQ(names(day("2019-12-31")), "");
  EXPECT_EQ(unit_on(connection(), a, day("2024-12-31"))->name, "甲县委");
  EXPECT_EQ(unit_on(connection(), a, day("2025-01-01"))->name, "甲区委");
  const auto named = units_named(connection(), {a, UnitId{99999}}, day("2024-12-31"));
  ASSERT_EQ(named.size(), 1U);
  EXPECT_EQ(named.at(a).name, "甲县委");
  EXPECT_EQ(unit_on(connection(), a, day("2024-06-30"))->has_children, true);
  EXPECT_EQ(unit_on(connection(), a, day("2024-07-01"))->has_children, false);
}

TEST_P(TreeTest, a_move_entered_into_the_past_leaves_later_moves_as_they_are) {
  const UnitId root = create("root");
  const UnitId a = create("a", root);
  const UnitId b = create("b", root);
  const UnitId c = create("c", root);
  const UnitId leaf = create("leaf", a, "branch");
  move(leaf, b, day("2025-01-01"));
  move(leaf, c, day("2023-01-01"));
  EXPECT_EQ(unit_of(leaf).parent, b);
  EXPECT_EQ(parent_on(unit_of(leaf), day("2022-12-31")), a);
  EXPECT_EQ(parent_on(unit_of(leaf), day("2023-01-01")), c);
  EXPECT_EQ(parent_on(unit_of(leaf), day("2024-12-31")), c);
  EXPECT_EQ(parent_on(unit_of(leaf), day("2025-01-01")), b);
}

// How long the move of a county takes; printed, because a time is no reason to fail a build.
TEST_P(TreeTest, a_county_of_6000_units_is_moved) {
  const UnitId root = create("省委");
  const UnitId from = create("甲市委", root);
  const UnitId to = create("乙市委", root);
  const UnitId county = create("县委", from);
  const auto writer = database().connect(store::Access::write);
  const std::int64_t first = 1'000'000;
  {
    // Below the road, because only the move is of interest.
    store::Transaction transaction(*writer, store::Access::write);
    store::RowBuffer rows;
    const std::string base = unit_of(county).path;
    for (std::int64_t i = 0; i < 6000; ++i) {
      Unit unit;
      unit.id = UnitId{first + i};
      unit.parent = i < 20 ? county : UnitId{first + i % 20};
      unit.path = base + (i < 20 ? "" : label_of(first + i % 20)) + label_of(unit.id.value);
      unit.span = {day("2020-01-01"), std::nullopt};
      unit.names = {{"村党支部" + std::to_string(i), unit.span}};
      unit.kinds = {{{"branch", 5, std::nullopt, {}}, unit.span}};
      unit.parents = {{unit.parent, unit.span}};
      unit.version = 1;
      insert_unit(rows, unit, day("2026-03-02"));
    }
    rows.write_to(*writer);
    transaction.commit();
  }
  const Unit now = unit_of(county);
  MoveUnit change{county, now.version, from, to, day("2026-03-02")};
  const auto start = std::chrono::steady_clock::now();
  done(make_command(change));
  const auto took = std::chrono::steady_clock::now() - start;
  std::cout << "move of a county with 6000 units: "
            << std::chrono::duration<double, std::milli>(took).count() << " ms\n";
  expect_paths(day("2026-03-02"));
}

}  // namespace

}  // namespace huilu::org::testing
