#include "identity/permissions.h"

#include <algorithm>
#include <array>

namespace huilu::identity {

namespace {

using command::Permission;

// The columns of the table; a delegate reads the secretary's.
constexpr std::size_t column_count = role_count - 1;

constexpr Reach no = Reach::none;
constexpr Reach per = Reach::person;
constexpr Reach ins = Reach::installation;
constexpr Reach own = Reach::own;
constexpr Reach sub = Reach::granted;  // "own subtree", "subtree"
constexpr Reach asg = Reach::granted;  // "assigned units": an inspector is assigned by his grants
constexpr Reach bel = Reach::below;
constexpr Reach nea = Reach::near;
constexpr Reach all = Reach::all;

// In the order of Role.
constexpr std::array<std::size_t, role_count> column_of = {0, 1, 0, 2, 3, 4, 5, 6, 7, 8, 9, 10};

struct Line {
  Permission permission;
  std::array<Reach, column_count> reaches;
};

// Where the conventions limit a cell ("counts only", "posts only", "visits", "propose") the
// limited right is a permission of its own, so that the gate alone decides and no room can forget
// the limit.
using P = Permission;
// clang-format off
constexpr Line table[] = {
    // columns: branch secretary, unit editor, campaign office, leader, inspector, policy author,
    //          tree keeper, auditor, system admin, security admin, member
    {P::signed_in,               {nea, nea, nea, nea, nea, all, nea, all, ins, all, nea}},
    {P::standing_read,           {sub, sub, sub, sub, asg, all, no,  no,  no,  no,  no}},
    {P::explanation_read,        {own, own, sub, sub, asg, no,  no,  no,  no,  no,  per}},
    {P::explanation_counts_read, {own, own, sub, sub, asg, all, no,  no,  no,  no,  per}},
    {P::unit_read,               {nea, nea, nea, nea, nea, all, nea, all, no,  all, nea}},
    {P::member_names_read,       {own, own, no,  no,  no,  no,  sub, no,  no,  no,  per}},
    {P::post_names_read,         {own, own, sub, sub, asg, no,  sub, no,  no,  no,  per}},
    {P::record_enter,            {own, own, own, no,  no,  no,  no,  no,  no,  no,  no}},
    {P::record_correct,          {own, own, own, no,  no,  no,  no,  no,  no,  no,  no}},
    {P::visit_enter,             {own, own, own, no,  asg, no,  no,  no,  no,  no,  no}},
    {P::record_read,             {sub, sub, sub, sub, asg, no,  no,  no,  no,  no,  per}},
    {P::exemption_ask,           {own, own, own, no,  no,  no,  no,  no,  no,  no,  no}},
    {P::exemption_decide,        {no,  no,  bel, no,  no,  no,  no,  no,  no,  no,  no}},
    {P::matter_open,             {own, own, sub, no,  no,  no,  no,  no,  no,  no,  no}},
    {P::matter_change,           {own, own, own, per, per, no,  no,  no,  no,  no,  per}},
    {P::matter_read,             {sub, sub, sub, sub, asg, no,  no,  no,  no,  no,  per}},
    {P::round_change,            {no,  no,  sub, no,  no,  no,  no,  no,  no,  no,  no}},
    {P::draw_make,               {no,  no,  sub, no,  asg, no,  no,  no,  no,  no,  no}},
    {P::draw_read,               {no,  no,  sub, sub, asg, no,  no,  all, no,  no,  no}},
    {P::unit_change,             {no,  no,  no,  no,  no,  no,  sub, no,  no,  no,  no}},
    {P::person_change,           {own, no,  no,  no,  no,  no,  sub, no,  no,  no,  no}},
    {P::pack_read,               {ins, ins, ins, ins, ins, ins, ins, no,  no,  no,  no}},
    {P::pack_activate,           {no,  no,  sub, no,  no,  no,  no,  no,  no,  no,  no}},
    {P::pack_propose,            {no,  no,  sub, no,  no,  all, no,  no,  no,  no,  no}},
    {P::campaign_change,         {no,  no,  sub, no,  no,  no,  no,  no,  no,  no,  no}},
    {P::period_close,            {no,  no,  sub, no,  no,  no,  no,  no,  no,  no,  no}},
    {P::account_change,          {no,  no,  no,  no,  no,  no,  no,  no,  ins, no,  no}},
    {P::account_read,            {no,  no,  no,  no,  no,  no,  no,  ins, ins, ins, no}},
    {P::grant_change,            {no,  no,  no,  no,  no,  no,  no,  no,  no,  all, no}},
    {P::grant_read,              {no,  no,  no,  no,  no,  no,  no,  all, no,  all, no}},
    {P::security_log_read,       {no,  no,  no,  no,  no,  no,  no,  ins, no,  no,  no}},
    {P::journal_read,            {no,  no,  sub, no,  no,  no,  no,  all, no,  no,  no}},
    {P::opened_names_read,       {own, own, own, no,  no,  no,  no,  all, no,  no,  no}},
};
// clang-format on

#define PERMISSION(name) +1
constexpr std::size_t permission_count = 0
#include "command/permissions.def"
    ;
#undef PERMISSION

constexpr bool is_in_order() {
  std::size_t next = 0;
  for (const Line& line : table) {
    if (static_cast<std::size_t>(line.permission) != next++) return false;
  }
  return next == permission_count;
}
static_assert(is_in_order(), "a line each, in the order of permissions.def");

bool is_at_or_below(std::string_view path, std::string_view top) { return path.starts_with(top); }
bool is_below(std::string_view path, std::string_view top) {
  return path.size() > top.size() && is_at_or_below(path, top);
}

bool spans(const Grant& grant, std::string_view path) {
  return grant.scope == Scope::self ? path == *grant.path : is_at_or_below(path, *grant.path);
}

bool reaches(const Grant& grant, Reach reach, std::string_view path) {
  if (reach == Reach::all) return true;
  if (!grant.path) return false;
  switch (reach) {
    case Reach::own:
      return path == *grant.path;
    case Reach::granted:
      return spans(grant, path);
    case Reach::below:
      return spans(grant, path) && path != *grant.path;
    case Reach::near:
      return spans(grant, path) || is_below(*grant.path, path);
    default:
      return false;
  }
}

// '0' is the smallest character of a label, '~' is above the largest.
Range unit_alone(std::string_view path) { return {std::string(path), std::string(path) + '0'}; }
Range units_below(std::string_view path) {
  return {std::string(path) + '0', std::string(path) + '~'};
}

void add_ranges(const Grant& grant, Reach reach, std::vector<Range>& out) {
  if (reach == Reach::all) return out.push_back({"", "~"});
  if (!grant.path) return;
  const std::string& path = *grant.path;
  const bool has_unit = reach == Reach::own || reach == Reach::granted || reach == Reach::near;
  const bool has_below = reach == Reach::granted || reach == Reach::below || reach == Reach::near;
  if (has_unit) out.push_back(unit_alone(path));
  if (has_below && grant.scope == Scope::subtree) out.push_back(units_below(path));
  if (reach != Reach::near) return;
  for (std::size_t size = path_label; size < path.size(); size += path_label) {
    out.push_back(unit_alone(std::string_view(path).substr(0, size)));
  }
}

std::vector<Range> joined(std::vector<Range> ranges) {
  std::ranges::sort(ranges, {}, &Range::from);
  std::vector<Range> out;
  for (Range& range : ranges) {
    if (out.empty() || out.back().until < range.from) {
      out.push_back(std::move(range));
    } else {
      out.back().until = std::max(out.back().until, range.until);
    }
  }
  return out;
}

template <class Gives>
std::optional<Role> first_role(const Grants& grants, Date today, Gives gives) {
  std::optional<Role> first;
  for (const Grant& grant : grants) {
    if (grant.days.contains(today) && gives(grant)) {
      first = std::min(first.value_or(grant.role), grant.role);
    }
  }
  return first;
}

}  // namespace

Reach reach_of(Role role, Permission permission) {
  return table[static_cast<std::size_t>(permission)]
      .reaches[column_of[static_cast<std::size_t>(role)]];
}

std::optional<Role> role_anywhere(const Grants& grants, Permission permission, Date today) {
  return first_role(grants, today, [&](const Grant& grant) {
    return reach_of(grant.role, permission) != Reach::none;
  });
}

std::optional<Role> role_at(const Grants& grants, Permission permission, std::string_view path,
                            Date today) {
  return first_role(grants, today, [&](const Grant& grant) {
    return reaches(grant, reach_of(grant.role, permission), path);
  });
}

bool holds_for_person(const Grants& grants, Permission permission, Date today) {
  return std::ranges::any_of(grants, [&](const Grant& grant) {
    return grant.days.contains(today) && reach_of(grant.role, permission) == Reach::person;
  });
}

std::vector<Range> ranges_of(const Grants& grants, Permission permission, Date today) {
  std::vector<Range> ranges;
  for (const Grant& grant : grants) {
    if (grant.days.contains(today)) {
      add_ranges(grant, reach_of(grant.role, permission), ranges);
    }
  }
  return joined(std::move(ranges));
}

std::optional<int> levels_below(const Grants& grants, std::string_view path, Date today) {
  std::optional<int> nearest;
  for (const Grant& grant : grants) {
    const Reach reach = reach_of(grant.role, Permission::unit_read);
    if (!grant.days.contains(today) || !reaches(grant, reach, path)) continue;
    const std::size_t top = grant.path ? grant.path->size() : path_label;
    const std::size_t below_top = path.size() > top ? path.size() - top : 0;
    const int levels = static_cast<int>(below_top / path_label);
    nearest = std::min(nearest.value_or(levels), levels);
  }
  return nearest;
}

std::vector<Permission> permissions_of(const Grants& grants, Date today) {
  std::vector<Permission> held;
  for (const Permission permission : command::all_permissions()) {
    if (permission == Permission::signed_in || role_anywhere(grants, permission, today)) {
      held.push_back(permission);
    }
  }
  return held;
}

}  // namespace huilu::identity
