#include "compliance/dependence.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/text.h"

namespace huilu::compliance {

namespace {

using policy::Condition;
using policy::Path;

constexpr int deepest = 64;

// What two units of one profile have in common.
constexpr std::array<std::string_view, 5> shared_steps = {"unit", "type", "level", "tags", "rank"};
// What a membership says besides its dates.
constexpr std::array<std::string_view, 5> member_steps = {"kind", "probationary", "floating",
                                                          "home", "host"};

template <std::size_t Size>
bool is_one_of(const std::array<std::string_view, Size>& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

class Walk {
 public:
  explicit Walk(const policy::Pack& pack) : pack_(pack) {}

  void obligation(const policy::Obligation& one) {
    of_members_ = one.who.kind == policy::BearerKind::member;
    about_bearer(one.who.condition);
    if (one.who.in_scope && one.who.in_scope->at_least) duration(*one.who.in_scope->at_least);
    // What serves another duty may do so since a day on which that one began.
    out_.today = one.is_always() || one.sharing;
    if (one.for_each) for_each(*one.for_each);
    every(one.every);
    if (one.sharing && one.sharing->unless) parameter(*one.sharing->unless);
    Below below;
    add_below(one, below);
    out_.below = below.levels;
    test(one.needs);
    for (const auto* anchor : {&one.due.from, &one.due.act, &one.due.enter}) {
      if (*anchor) this->anchor(**anchor);
    }
    if (one.due.warn) duration(*one.due.warn);
    if (!one.of_campaign()) return;
    out_.above = true;
    if (!pack_.campaign) return;
    for (const policy::Batch& batch : pack_.campaign->batches) about_bearer(batch.who);
    for (const policy::Phase& phase : pack_.campaign->phases) {
      anchor(phase.from);
      anchor(phase.until);
    }
  }

  const Dependence& found() const { return out_; }

 private:
  // Of a unit; or of something else, where only the units above it matter.
  enum class About { bearer, record };

  void path(const Path& one, About about) {
    const auto& steps = one.steps;
    if (std::find(steps.begin(), steps.end(), "parent") != steps.end()) out_.above = true;
    // Where somebody holds a post, and whose member he is.
    if (about == About::record && steps.size() > 1 &&
        (steps.back() == "unit" || steps.back() == "home"))
      out_.members = true;
    const bool of_bearer = one.root == policy::Root::bearer || one.root == policy::Root::it ||
                           (one.root == policy::Root::thing && about == About::bearer);
    if (!of_bearer) return;
    for (const std::string& step : steps) {
      if (step == "parent" || is_one_of(shared_steps, step)) continue;
      if (!of_members_ || !(step == "from" || is_one_of(member_steps, step))) {
        out_.itself = true;
      } else if (step == "from") {
        out_.dates = true;
      }
    }
  }

  void parameter(const policy::ParameterUse& use) {
    if (use.key) path(*use.key, About::bearer);
    const policy::Parameter* const found = pack_.find_parameter(use.name);
    if (!found || found->by.empty()) return;
    Path by;
    for (const std::string_view step : split(found->by, '.')) by.steps.emplace_back(step);
    path(by, About::bearer);
  }

  void duration(const policy::DurationUse& use) {
    if (const auto* found = std::get_if<policy::ParameterUse>(&use)) parameter(*found);
  }

  void anchor(const policy::Anchor& one) {
    if (const auto* moment = std::get_if<policy::Moment>(&one.what)) {
      out_.today = out_.today || *moment == policy::Moment::today;
    } else if (const auto* found = std::get_if<Path>(&one.what)) {
      path(*found, About::bearer);
    } else if (const auto* after = std::get_if<policy::AfterAnchor>(&one.what)) {
      anchor(*after->anchor);
      duration(after->by);
    } else if (const auto* before = std::get_if<policy::BeforeAnchor>(&one.what)) {
      anchor(*before->anchor);
      duration(before->by);
    } else if (const auto* year_day = std::get_if<policy::YearDay>(&one.what)) {
      if (const auto* use = std::get_if<policy::ParameterUse>(&year_day->day)) parameter(*use);
    }
  }

  void about_bearer(const Condition& one) { condition(one, About::bearer); }

  void condition(const Condition& one, About about) {
    for (const policy::Comparing& line : one.lines) {
      path(line.path, about);
      out_.above = out_.above || line.comparison == policy::Comparison::within;
      for (const policy::Operand& operand : line.operands) {
        if (const auto* found = std::get_if<Path>(&operand.what)) path(*found, about);
        if (const auto* use = std::get_if<policy::ParameterUse>(&operand.what)) parameter(*use);
        if (const auto* day = std::get_if<policy::Anchor>(&operand.what)) anchor(*day);
      }
      // What is said of an item of a list is not said of a unit.
      if (line.inner) items(*line.inner);
    }
    for (const auto& group : one.any_of) {
      for (const Condition& part : group) condition(part, about);
    }
    for (const Condition& part : one.not_) condition(part, about);
  }

  // Which may be people, of whom their units are asked.
  void items(const Condition& one) {
    condition(one, About::record);
    out_.members =
        out_.members || std::any_of(one.lines.begin(), one.lines.end(),
                                    [](const auto& line) { return !line.path.steps.empty(); });
  }

  void every(const policy::Every& one) {
    if (one.window) {
      anchor(one.window->from);
      anchor(one.window->until);
    }
    if (one.rolling) duration(*one.rolling);
    if (one.after_last) duration(*one.after_last);
  }

  void for_each(const policy::ForEach& one) {
    condition(one.records.where, About::record);
    if (one.records.active) anchor(*one.records.active);
    if (one.announced) anchor(*one.announced);
    out_.members = one.kind == policy::EachKind::members || one.kind == policy::EachKind::posts ||
                   one.kind == policy::EachKind::pairs;
    condition(one.members, About::record);
    condition(one.posts, About::record);
    if (one.kind == policy::EachKind::values) parameter(one.values);
  }

  void test(const policy::Test& one) {
    for (const policy::Test& part : one.parts) test(part);
    about_bearer(one.holds);
    if (!one.counts()) return;
    if (const auto* use = std::get_if<policy::ParameterUse>(&one.threshold.what)) parameter(*use);
    if (one.of.items) items(one.of.where);
    condition(one.of.where, About::record);
    for (const policy::Quality& quality : one.of.counts_if) {
      condition(quality.condition, About::record);
    }
    if (one.of.during) {
      anchor(one.of.during->from);
      anchor(one.of.during->until);
    }
    if (one.of.active) anchor(*one.of.active);
    if (one.share) condition(*one.share, About::record);
  }

  const policy::Pack& pack_;
  bool of_members_ = false;
  Dependence out_;
};

// How far below the bearer the records of a line are; 0: its own.
int levels_of(const policy::Comparing& line) {
  const bool names_bearer =
      line.path.root == policy::Root::thing &&
      std::any_of(line.operands.begin(), line.operands.end(), [](const policy::Operand& operand) {
        const auto* const path = std::get_if<Path>(&operand.what);
        return path && path->root == policy::Root::bearer;
      });
  if (!names_bearer) return 0;
  if (line.comparison == policy::Comparison::within) return deepest;
  const auto& steps = line.path.steps;
  return static_cast<int>(std::count(steps.begin(), steps.end(), "parent"));
}

int levels_of(const Condition& one) {
  int levels = 0;
  for (const policy::Comparing& line : one.lines) levels = std::max(levels, levels_of(line));
  for (const auto& group : one.any_of)
    for (const Condition& part : group) levels = std::max(levels, levels_of(part));
  for (const Condition& part : one.not_) levels = std::max(levels, levels_of(part));
  return levels;
}

void add_below(const policy::Set& set, Below& out) {
  const int levels = levels_of(set.where);
  if (levels == 0) return;
  out.levels = std::max(out.levels, levels);
  out.types.insert(set.names.begin(), set.names.end());
}

void add_below(const policy::Test& test, Below& out) {
  add_below(test.of, out);
  for (const policy::Test& part : test.parts) add_below(part, out);
}

}  // namespace

Dependence joined(const Dependence& a, const Dependence& b) {
  return {a.above || b.above,     a.itself || b.itself,       a.today || b.today,
          a.members || b.members, std::max(a.below, b.below), a.dates || b.dates};
}

void add_below(const policy::Obligation& obligation, Below& out) {
  if (obligation.for_each) add_below(obligation.for_each->records, out);
  add_below(obligation.needs, out);
}

Dependence dependence_of(const policy::Pack& pack, const policy::Obligation& obligation) {
  Walk walk(pack);
  walk.obligation(obligation);
  return walk.found();
}

}  // namespace huilu::compliance
