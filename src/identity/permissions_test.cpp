#include "identity/permissions.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "identity/testing.h"

namespace huilu::identity {
namespace {

using command::Permission;
using testing::day;
using testing::pick;
using testing::Tree;
using testing::UnitGrant;

// The page's table, copied by hand: conventions, "Roles of the first release". Behind the page's
// columns stands the security administrator, who gives grants (three administrators kept apart).
// A line that begins with a blank goes on with the one before it.
constexpr std::string_view page = R"(
permission
    | branch secretary | unit editor | campaign office | leader | inspector | policy author
    | tree keeper | auditor | system admin | member (self) | security admin
standing.read (figures, units)
    | own subtree | own subtree | subtree | subtree | assigned units | all | no | no | no | no
    | no
explanation.read
    | own | own | subtree | subtree | assigned | counts only | no | no | no | own | no
names of members in lists
    | own branch | own unit | posts only | posts only | posts only | no | own subtree | no | no
    | self | no
record.enter, record.correct
    | own branch | own unit | own unit | no | visits | no | no | no | no | no | no
record.read
    | own subtree | own subtree | subtree | subtree | assigned | no | no | no | no | where named
    | no
exemption.decide (never one's own)
    | no | no | units below | no | no | no | no | no | no | no | no
unit.change, person.change
    | members of own branch | no | no | no | no | no | subtree | no | no | no | no
pack.read / pack.activate
    | yes / no | yes / no | yes / yes, two persons | yes / no | yes / no | yes / propose
    | yes / no | no | no | no | no
campaign.change
    | no | no | yes | no | no | no | no | no | no | no | no
account.change / grant.change / security_log.read
    | no | no | no | no | no | no | no | no / no / yes | yes / no / no | no | no / yes / no
)";

// What the page's text says beside the table, and the permissions added with their routes.
constexpr std::string_view added = R"(
unit_read | near | near | near | near | near | all | near | all | no | near | all
account_read | no | no | no | no | no | no | no | yes | yes | no | yes
grant_read | no | no | no | no | no | no | no | all | no | no | all
journal_read | no | no | subtree | no | no | no | no | all | no | no | no
opened_names_read | own | own | own | no | no | no | no | all | no | no | no
exemption_ask | own | own | own | no | no | no | no | no | no | no | no
matter_open | own | own | subtree | no | no | no | no | no | no | no | no
matter_change | own | own | own | self | self | no | no | no | no | self | no
matter_read | subtree | subtree | subtree | subtree | assigned | no | no | no | no | self | no
round_change | no | no | subtree | no | no | no | no | no | no | no | no
draw_make | no | no | subtree | no | assigned | no | no | no | no | no | no
draw_read | no | no | subtree | subtree | assigned | no | no | all | no | no | no
period_close | no | no | subtree | no | no | no | no | no | no | no | no
)";

const std::vector<Role> page_roles = {
    Role::branch_secretary, Role::unit_editor,   Role::campaign_office, Role::leader,
    Role::inspector,        Role::policy_author, Role::tree_keeper,     Role::auditor,
    Role::system_admin,     Role::member,        Role::security_admin};

// Where one stands to the unit of the grant.
enum class Position { self, child, grandchild, parent, grandparent, sibling, elsewhere };
using Positions = std::set<Position>;
const Positions everywhere = {Position::self,     Position::child,       Position::grandchild,
                              Position::parent,   Position::grandparent, Position::sibling,
                              Position::elsewhere};

struct Expected {
  Positions at;
  bool anywhere = false;  // held at all
  bool person = false;    // for one's own person
};

// The words of the cells.
Expected meaning_of(std::string_view cell) {
  static const std::map<std::string_view, Expected> words = {
      {"no", {}},
      {"own", {{Position::self}, true}},
      {"own branch", {{Position::self}, true}},
      {"own unit", {{Position::self}, true}},
      {"members of own branch", {{Position::self}, true}},
      {"own subtree", {{Position::self, Position::child, Position::grandchild}, true}},
      {"subtree", {{Position::self, Position::child, Position::grandchild}, true}},
      {"assigned", {{Position::self, Position::child, Position::grandchild}, true}},
      {"assigned units", {{Position::self, Position::child, Position::grandchild}, true}},
      {"units below", {{Position::child, Position::grandchild}, true}},
      {"near",
       {{Position::self, Position::child, Position::grandchild, Position::parent,
         Position::grandparent},
        true}},
      {"all", {everywhere, true}},
      {"yes", {{}, true}},
      {"self", {{}, true, true}},
      {"where named", {{}, true, true}},
  };
  return words.at(cell);
}

// (role, permission) → what the page says.
using Page = std::map<std::pair<Role, Permission>, Expected>;

std::vector<std::string> cells_of(std::string_view line, std::string_view separator) {
  std::vector<std::string> cells;
  while (true) {
    const auto at = line.find(separator);
    cells.push_back(trimmed(line.substr(0, at)));
    if (at == line.npos) return cells;
    line.remove_prefix(at + separator.size());
  }
}

void read_cell(Page& out, Role role, std::string_view row, const std::string& cell) {
  const auto say = [&](Permission permission, std::string_view word) {
    out[{role, permission}] = meaning_of(word);
  };
  const bool member = role == Role::member;
  if (row.starts_with("standing.read")) {
    say(Permission::standing_read, cell);
  } else if (row == "explanation.read") {
    const std::string word = member ? "self" : cell;  // a member's own is his person's
    say(Permission::explanation_read, word == "counts only" ? "no" : word);
    say(Permission::explanation_counts_read, word == "counts only" ? "all" : word);
  } else if (row.starts_with("names of members")) {
    const bool posts = cell == "posts only";
    say(Permission::member_names_read, posts ? "no" : cell);
    say(Permission::post_names_read, posts ? "subtree" : cell);
  } else if (row.starts_with("record.enter")) {
    const bool visits = cell == "visits";
    say(Permission::record_enter, visits ? "no" : cell);
    say(Permission::record_correct, visits ? "no" : cell);
    say(Permission::visit_enter, visits ? "assigned" : cell);
  } else if (row == "record.read") {
    say(Permission::record_read, cell);
  } else if (row.starts_with("exemption.decide")) {
    say(Permission::exemption_decide, cell);
  } else if (row.starts_with("unit.change")) {
    say(Permission::unit_change, cell == "members of own branch" ? "no" : cell);
    say(Permission::person_change, cell);
  } else if (row.starts_with("pack.read")) {
    const auto parts = cells_of(cell, " / ");
    const std::string& activate = parts.back();
    say(Permission::pack_read, parts[0]);
    say(Permission::pack_activate, activate == "yes, two persons" ? "subtree" : "no");
    // Whoever may confirm may propose.
    say(Permission::pack_propose, activate == "propose"            ? "all"
                                  : activate == "yes, two persons" ? "subtree"
                                                                   : "no");
  } else if (row == "campaign.change") {
    say(Permission::campaign_change, cell == "yes" ? "subtree" : "no");
  } else {
    auto parts = cells_of(cell, " / ");
    if (parts.size() == 1) parts.assign(3, parts[0]);
    say(Permission::account_change, parts[0]);
    say(Permission::grant_change, parts[1] == "yes" ? "all" : "no");
    say(Permission::security_log_read, parts[2]);
  }
}

// The lines of a table with their continuations.
std::vector<std::string> rows_of(std::string_view table) {
  std::vector<std::string> rows;
  for (const auto line : split(table, '\n')) {
    if (line.starts_with(' ')) {
      rows.back() += line;
    } else {
      rows.emplace_back(line);
    }
  }
  return rows;
}

Page read_page() {
  Page out;
  for (const auto& line : rows_of(page)) {
    const auto cells = cells_of(line, "|");
    if (cells.size() < 2 || cells[0] == "permission") continue;
    for (std::size_t i = 0; i < page_roles.size(); ++i) {
      read_cell(out, page_roles[i], cells[0], cells.at(i + 1));
    }
  }
  for (const auto& line : rows_of(added)) {
    const auto cells = cells_of(line, "|");
    if (cells.size() < 2) continue;
    const auto permission = std::ranges::find(command::all_permissions(), cells[0],
                                              [](Permission p) { return command::word_of(p); });
    for (std::size_t i = 0; i < page_roles.size(); ++i) {
      out[{page_roles[i], *permission}] = meaning_of(cells.at(i + 1));
    }
  }
  for (const Permission permission : command::all_permissions()) {
    const auto secretary = out.find({Role::branch_secretary, permission});
    if (secretary != out.end()) out[{Role::delegate, permission}] = secretary->second;
  }
  return out;
}

// root → upper → unit → child → grandchild, a sibling of the unit, and a tree of its own.
struct Places {
  Tree tree;
  std::map<Position, int> unit;

  Places() {
    unit[Position::grandparent] = tree.add(0);
    unit[Position::parent] = tree.add(unit[Position::grandparent]);
    unit[Position::self] = tree.add(unit[Position::parent]);
    unit[Position::child] = tree.add(unit[Position::self]);
    unit[Position::grandchild] = tree.add(unit[Position::child]);
    unit[Position::sibling] = tree.add(unit[Position::parent]);
    unit[Position::elsewhere] = tree.add(0);
  }

  Grants grants(Role role, Scope scope) const {
    const int at = is_installation_wide(role) ? 0 : unit.at(Position::self);
    return {testing::grant_in(tree, {role, at, scope})};
  }
};

bool in_ranges(const std::vector<Range>& ranges, std::string_view path) {
  return std::ranges::any_of(ranges, [&](const Range& range) { return range.contains(path); });
}

TEST(Permissions, every_cell_is_as_the_page_says) {
  const Places places;
  const Page expected_page = read_page();
  std::size_t cells = 0;
  for (const auto& [cell, expected] : expected_page) {
    const auto [role, permission] = cell;
    SCOPED_TRACE(std::string(word_of(role)) + " " + std::string(command::word_of(permission)));
    const Grants grants = places.grants(role, Scope::subtree);
    EXPECT_EQ(role_anywhere(grants, permission, day).has_value(), expected.anywhere);
    EXPECT_EQ(holds_for_person(grants, permission, day), expected.person);
    const auto ranges = ranges_of(grants, permission, day);
    for (const auto& [position, unit] : places.unit) {
      const bool may = expected.at.contains(position);
      EXPECT_EQ(role_at(grants, permission, places.tree.path(unit), day).has_value(), may)
          << "position " << static_cast<int>(position);
      EXPECT_EQ(in_ranges(ranges, places.tree.path(unit)), may);
    }
    ++cells;
  }
  // All but signed_in, which everybody has.
  EXPECT_EQ(cells, role_count * (command::all_permissions().size() - 1));
}

TEST(Permissions, a_grant_of_the_unit_alone_reaches_nothing_below) {
  const Places places;
  for (const auto& [cell, expected] : read_page()) {
    const auto [role, permission] = cell;
    if (is_installation_wide(role)) continue;
    const Grants grants = places.grants(role, Scope::self);
    for (const auto& [position, unit] : places.unit) {
      const bool below = position == Position::child || position == Position::grandchild;
      EXPECT_EQ(role_at(grants, permission, places.tree.path(unit), day).has_value(),
                expected.at.contains(position) && !below);
    }
  }
}

TEST(Permissions, a_grant_works_from_its_first_day_until_before_its_last) {
  const Places places;
  Grants grants = places.grants(Role::leader, Scope::subtree);
  grants[0].days = {day, day + 2};
  const std::string& path = places.tree.path(places.unit.at(Position::self));
  const auto may = [&](Date today) {
    EXPECT_EQ(ranges_of(grants, Permission::standing_read, today).empty(),
              !role_anywhere(grants, Permission::standing_read, today));
    return role_at(grants, Permission::standing_read, path, today).has_value();
  };
  EXPECT_FALSE(may(day + -1));
  EXPECT_TRUE(may(day));
  EXPECT_TRUE(may(day + 1));
  EXPECT_FALSE(may(day + 2));
  grants[0].days.until.reset();
  EXPECT_TRUE(may(day + 20'000));
}

TEST(Permissions, without_a_grant_there_is_nothing_but_being_signed_in) {
  const Places places;
  for (const Permission permission : command::all_permissions()) {
    EXPECT_FALSE(role_anywhere({}, permission, day));
    EXPECT_TRUE(ranges_of({}, permission, day).empty());
  }
  EXPECT_EQ(permissions_of({}, day), std::vector{Permission::signed_in});
  EXPECT_FALSE(levels_below({}, places.tree.path(1), day));
}

TEST(Permissions, ones_own_right_comes_before_a_delegates) {
  const Places places;
  Grants grants = places.grants(Role::delegate, Scope::self);
  const std::string& path = places.tree.path(places.unit.at(Position::self));
  EXPECT_EQ(role_at(grants, Permission::record_enter, path, day), Role::delegate);
  grants.push_back(places.grants(Role::branch_secretary, Scope::self)[0]);
  EXPECT_EQ(role_at(grants, Permission::record_enter, path, day), Role::branch_secretary);
}

// Ending a grant asks for the permission without naming a unit (commands.h).
TEST(Permissions, grants_are_changed_over_the_whole_installation_or_not_at_all) {
  for (const Role role : all_roles()) {
    const Reach reach = reach_of(role, Permission::grant_change);
    EXPECT_TRUE(reach == Reach::none || reach == Reach::all);
  }
}

// A grant whose unit is gone has no path and must not look like one over the installation.
TEST(Permissions, only_roles_of_the_installation_reach_every_unit) {
  for (const Role role : all_roles()) {
    for (const Permission permission : command::all_permissions()) {
      EXPECT_TRUE(reach_of(role, permission) != Reach::all || is_installation_wide(role));
    }
  }
}

TEST(Permissions, names_are_counted_down_from_the_nearest_grant) {
  const Places places;
  const auto levels = [&](Role role, Scope scope, Position position) {
    return levels_below(places.grants(role, scope), places.tree.path(places.unit.at(position)),
                        day);
  };
  EXPECT_EQ(levels(Role::leader, Scope::subtree, Position::grandparent), 0);
  EXPECT_EQ(levels(Role::leader, Scope::subtree, Position::self), 0);
  EXPECT_EQ(levels(Role::leader, Scope::subtree, Position::child), 1);
  EXPECT_EQ(levels(Role::leader, Scope::subtree, Position::grandchild), 2);
  EXPECT_EQ(levels(Role::leader, Scope::subtree, Position::sibling), std::nullopt);
  EXPECT_EQ(levels(Role::leader, Scope::self, Position::child), std::nullopt);
  EXPECT_EQ(levels(Role::policy_author, Scope::subtree, Position::grandparent), 0);
  EXPECT_EQ(levels(Role::policy_author, Scope::subtree, Position::grandchild), 4);
  EXPECT_EQ(levels(Role::system_admin, Scope::subtree, Position::self), std::nullopt);
}

// The oracle: by parents instead of paths, by the page instead of the table.
bool naive(const Page& expected_page, const Tree& tree, const std::vector<UnitGrant>& grants,
           Permission permission, int unit) {
  return std::ranges::any_of(grants, [&](const UnitGrant& grant) {
    const Positions& at = expected_page.at({grant.role, permission}).at;
    if (day < grant.days.from || (grant.days.until && day >= *grant.days.until)) return false;
    if (grant.unit == 0) return at == everywhere;
    const auto down = tree.levels(unit, grant.unit);
    if (down == 0) return at.contains(Position::self);
    if (down) return grant.scope == Scope::subtree && at.contains(Position::child);
    const auto up = tree.levels(grant.unit, unit);
    return up && at.contains(Position::parent);
  });
}

TEST(Permissions, lists_and_checks_agree_with_a_naive_reading_on_random_trees) {
  auto random = testing::seeded();
  const Page expected_page = read_page();
  const auto& permissions = command::all_permissions();
  std::size_t allowed = 0;
  std::size_t asked = 0;
  for (int round = 0; round < 10'000; ++round) {
    const Tree tree = testing::random_tree(random, pick(random, 1, 14));
    std::vector<UnitGrant> unit_grants;
    Grants grants;
    for (int i = pick(random, 0, 4); i > 0; --i) {
      unit_grants.push_back(testing::random_grant(random, tree));
      grants.push_back(testing::grant_in(tree, unit_grants.back()));
    }
    // Not signed_in, which is the first and stands on no page.
    const auto permission = permissions[static_cast<std::size_t>(
        pick(random, 1, static_cast<int>(permissions.size()) - 1))];
    const auto ranges = ranges_of(grants, permission, day);
    for (std::size_t i = 1; i < ranges.size(); ++i) {
      ASSERT_LT(ranges[i - 1].until, ranges[i].from);
    }
    for (int unit = 1; unit <= tree.size(); ++unit) {
      const bool may = naive(expected_page, tree, unit_grants, permission, unit);
      ASSERT_EQ(role_at(grants, permission, tree.path(unit), day).has_value(), may);
      ASSERT_EQ(in_ranges(ranges, tree.path(unit)), may);
      allowed += may ? 1 : 0;
      ++asked;
    }
  }
  EXPECT_GT(allowed, asked / 50);  // the rounds have asked something
  EXPECT_LT(allowed, asked / 2);
}

TEST(Permissions, a_sibling_sees_nothing_of_its_sibling) {
  auto random = testing::seeded();
  for (int round = 0; round < 1'000; ++round) {
    Tree tree = testing::random_tree(random, pick(random, 1, 10));
    const int parent = pick(random, 1, tree.size());
    const int mine = tree.add(parent);
    const int other = tree.add(parent);
    const int below_other = tree.add(other);
    for (const Role role : all_roles()) {
      if (is_installation_wide(role)) continue;
      const Grants grants = {testing::grant_in(tree, {role, mine})};
      for (const Permission permission : command::all_permissions()) {
        ASSERT_FALSE(role_at(grants, permission, tree.path(other), day));
        ASSERT_FALSE(role_at(grants, permission, tree.path(below_other), day));
        ASSERT_FALSE(in_ranges(ranges_of(grants, permission, day), tree.path(below_other)));
      }
    }
  }
}

}  // namespace
}  // namespace huilu::identity
