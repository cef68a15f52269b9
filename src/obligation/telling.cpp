#include "obligation/telling.h"

#include <algorithm>

#include "obligation/expecting.h"
#include "obligation/organisation.h"
#include "obligation/periods.h"
#include "policy/declarations.h"
#include "policy/finding.h"
#include "policy/scalar.h"

namespace huilu::obligation {

namespace {

using policy::Node;
using policy::NodeKind;

constexpr std::array<std::string_view, 16> actions = {
    "record", "plan", "void",      "correct",  "exempt", "defer",  "withdraw", "appoint",
    "leave",  "join", "move_unit", "calendar", "param",  "expect", "open",     "edit"};
constexpr std::array<std::string_view, 4> later_actions = {"ballot", "split", "merge", "pause"};
constexpr std::array<std::string_view, 2> leave_words = {"exempt", "defer"};
constexpr std::int64_t hour_ms = 3'600'000;

struct Told {
  std::string name, obligation, check, indicator, draw, view;
  Node bearer, period, given, story;
};

policy::Form<Told> story_form() {
  return policy::map_of<Told>({
      policy::required("name", &Told::name, policy::text()),
      policy::optional("obligation", &Told::obligation, policy::id()),
      policy::optional("check", &Told::check, policy::id()),
      policy::optional("indicator", &Told::indicator, policy::id()),
      policy::optional("draw", &Told::draw, policy::id()),
      policy::optional("view", &Told::view, policy::id()),
      policy::optional("bearer", &Told::bearer, policy::raw()),
      policy::optional("period", &Told::period, policy::raw()),
      policy::optional("given", &Told::given, policy::raw()),
      policy::required("story", &Told::story, policy::raw()),
      policy::later<Told>("matter"),
      policy::later<Told>("bundle"),
      policy::later<Told>("case"),
  });
}

template <std::size_t count>
bool holds(const std::array<std::string_view, count>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// 2026-03-05T01:02:03Z, with or without .004.
std::optional<Instant> instant_from(std::string_view text) {
  if (!policy::is_instant(text)) return {};
  const auto number = [&](std::size_t at, std::size_t digits) {
    std::int64_t value = 0;
    for (const char c : text.substr(at, digits)) value = value * 10 + (c - '0');
    return value;
  };
  constexpr std::size_t with_fraction = 24;
  const Date day = *Date::parse(text.substr(0, 10));
  return Instant{day.days * 24 * hour_ms + number(11, 2) * hour_ms + number(14, 2) * 60'000 +
                 number(17, 2) * 1000 + (text.size() == with_fraction ? number(20, 3) : 0)};
}

}  // namespace

Telling::Telling(const policy::Pack& pack, const std::vector<policy::Pack>& known,
                 policy::Reading& reading, StoryReport& report, Expectations& expectations)
    : pack_(pack),
      reading_(reading),
      stage_(pack, known, reading),
      report_(report),
      expectations_(expectations),
      news_(pack, known, stage_) {}

void Telling::tell(const Node& story) {
  const std::size_t before = reading_.findings().size();
  Told told;
  story_form().read(reading_, story, told);
  find_subject(story, {told.obligation, told.check, told.indicator, told.draw, told.view});
  stage_.give(told.given.kind == NodeKind::null ? pack_.fixtures : told.given);
  if (reading_.findings().size() == before) {
    bearer_ = told.bearer;
    news_.begin(told.story);
    const bool is_found =
        check_ || draw_ ||
        (indicator_ ? find_measured_period(told.period) : find_period(told.period));
    if (is_found) tell_lines(told.story);
  }
  if (reading_.findings().size() != before && failed_ == 0) ++report_.failed;
}

// What the story looks at: a duty of a bearer, a check, the figure of a unit, a ledger or a draw.
void Telling::find_subject(const Node& story, const Subject& named) {
  const auto unknown = [&](const Node& node, const auto& declarations, const std::string& name) {
    std::vector<std::string_view> names;
    for (const auto& one : declarations) names.push_back(one.name);
    reading_.report(RefusalCode::pack_reference, node.place,
                    names.empty() ? "" : policy::nearest_or_all(name, names), name);
  };
  duty_ = pack_.find_obligation(named.duty);
  check_ = pack_.find_check(named.check);
  indicator_ = pack_.find_indicator(named.indicator);
  draw_ = pack_.find_draw(named.draw);
  view_ = pack_.find_view(named.view);
  if (view_) indicator_ = &view_->counted;
  policy::reading::one_of_keys(reading_, story,
                               {"obligation", "check", "indicator", "draw", "view"});
  const auto look = [&](const char* key, const std::string& name, bool found, const auto& all) {
    if (!name.empty() && !found) unknown(story.below(key), all, name);
  };
  look("obligation", named.duty, duty_ != nullptr, pack_.obligations);
  look("check", named.check, check_ != nullptr, pack_.checks);
  look("indicator", named.indicator, indicator_ != nullptr, pack_.indicators);
  look("draw", named.draw, draw_ != nullptr, pack_.draws);
  look("view", named.view, view_ != nullptr, pack_.views);
  if (!story.find("check") && !story.find("bearer") && !story.cut)
    reading_.report(RefusalCode::pack_missing_key, story.place, "bearer", "");
}

// A campaign or a phase need not be named: there is one in a story.
bool Telling::find_period(const Node& node) {
  const policy::Every& every = duty_->every;
  const CampaignId campaign{1};
  const auto kind = calendar_kind(every.kind);
  std::string expected(policy::every_kind_words[static_cast<std::size_t>(every.kind)]);
  if (every.kind == policy::EveryKind::campaign) period_ = campaign_name(campaign);
  if (every.kind == policy::EveryKind::phase) {
    period_ = phase_name(campaign, every.phase);
    expected = every.phase;
  }
  if (every.years > 1) {
    const Date first = Date::of(static_cast<int>(every.first_year), 1, 1);
    expected = periods_between(every, first, first + 1).front().name;
  }
  if (every.kind >= policy::EveryKind::once) period_ = expected;
  if (node.kind == NodeKind::null) {
    if (kind) reading_.report(RefusalCode::pack_missing_key, bearer_.place, "period", "");
    return !kind;
  }
  const auto name = PeriodName::parse(node.text);
  if (kind ? name && is_of(every, *name) : node.text == expected) {
    if (kind) period_ = node.text;
    return true;
  }
  reading_.report(RefusalCode::pack_range, node.place, expected, node.describe());
  return false;
}

void Telling::tell_lines(const Node& story) {
  if (!policy::reading::is_list(reading_, story)) return;
  for (const Node& line : story.items) {
    if (!policy::reading::is_map(reading_, line)) continue;
    const policy::Member* const action = action_of(line);
    if (!action || !find_time(line)) continue;
    act(line, *action);
    ++lines_;
  }
  if (expectations_here_ == 0 && !story.cut)
    reading_.report(RefusalCode::pack_no_test, story.place, "expect", "");
}

const policy::Member* Telling::action_of(const Node& line) {
  const policy::Member* found = nullptr;
  for (const policy::Member& member : line.members) {
    if (holds(later_actions, member.key)) {
      policy::reading::later_key(reading_, member);
      return nullptr;
    }
    if (holds(actions, member.key) && !found) found = &member;
  }
  if (!found && !line.cut)
    reading_.report(RefusalCode::pack_missing_key, line.place,
                    policy::reading::list_of_words({actions.begin(), actions.end()}), "");
  return found;
}

// Lines follow each other; what one says is known from it on.
bool Telling::find_time(const Node& line) {
  const Node* const written = line.find("day");
  const Node* const exact = line.find("at");
  const std::size_t before = reading_.findings().size();
  Instant now;
  if (exact) {
    const auto at = instant_from(exact->text);
    if (!at) reading_.report_type(*exact, "instant YYYY-MM-DDThh:mm:ssZ");
    now = at.value_or(Instant{});
  } else if (written) {
    Date day;
    policy::date().read(reading_, *written, day);
    now = {end_of_day(day).ms + 1 - 12 * hour_ms + static_cast<std::int64_t>(lines_)};
  } else if (!line.cut) {
    reading_.report(RefusalCode::pack_missing_key, line.place, "day", "");
  }
  if (reading_.findings().size() != before) return false;
  if (lines_ > 0 && now < now_) {
    reading_.report(RefusalCode::pack_range, line.place, "not before " + today().text(),
                    zone.date_of(now).text());
    return false;
  }
  now_ = now;
  known_ = exact ? now : end_of_day(zone.date_of(now));
  return true;
}

Date Telling::today() const { return zone.date_of(now_); }

void Telling::act(const Node& line, const policy::Member& action) {
  const std::string& key = action.key;
  if (check_) return tell_checked(line, action);
  if (key == "record" || key == "plan" || key == "correct")
    return void(stage_.enter(line, key, now_, home()));
  if (key == "expect") return expect_line(line, action.value);
  if (key == "appoint") return stage_.appoint(line, today());
  if (key == "join") return stage_.join(line, today());
  if (key == "open") return stage_.open_matter(line, now_, home());
  if (key == "edit") return stage_.edit_matter(line, now_);
  if (key == "param") return news_.decide(line, now_);
  if (key == "calendar") return news_.publish(line, today());
  if (key == "leave") return leave(line, action.value);
  if (key == "move_unit") return move_unit(line, action.value);
  if (!duty_ && (key == "exempt" || key == "defer" || key == "withdraw"))
    return reading_.report(RefusalCode::pack_shape, action.place, "obligation", key);
  if (key == "exempt" || key == "defer") return grant(line, key);
  only(line, key, {"reason"});
  if (key == "void") return stage_.void_record(action.value, now_);
  withdraw(action.value);
}

void Telling::only(const Node& line, std::string_view action, std::vector<std::string_view> more) {
  check_keys(line, action, std::move(more), reading_);
}

std::optional<Bearer> Telling::bearer() {
  if (!duty_) return {};
  if (duty_->who.kind == policy::BearerKind::unit) {
    const auto unit = stage_.unit(bearer_);
    return unit ? std::optional(Bearer{*unit, {}, {}}) : std::nullopt;
  }
  if (duty_->who.kind == policy::BearerKind::post) {
    const Tenure* const tenure = stage_.tenure(bearer_);
    return tenure ? std::optional(Bearer{{}, tenure->id, {}}) : std::nullopt;
  }
  const auto person = stage_.person(bearer_);
  return person ? std::optional(Bearer{{}, {}, *person}) : std::nullopt;
}

std::optional<UnitId> Telling::home() {
  if (!duty_) return bearer_.kind == NodeKind::null ? std::nullopt : stage_.unit(bearer_);
  const auto whose = bearer();
  if (!whose) return {};
  const UnitId unit =
      home_of(stage_.facts, *whose, *duty_, calendar::Period{"", today(), today() + 1}, today());
  return unit ? std::optional(unit) : std::nullopt;
}

void Telling::expect_line(const Node& line, const Node& expected) {
  if (draw_)
    only(line, "expect", {"seed"});
  else if (indicator_)
    only(line, "expect", {"looking_back", "of"});
  else
    only(line, "expect", {"looking_back"});
  ++expectations_here_;
  Date at = today();
  Instant known = known_;
  if (const Node* const back = line.find("looking_back")) {
    policy::date().read(reading_, *back, at);
    if (at > today())
      reading_.report(RefusalCode::pack_range, back->place, "not after " + today().text(),
                      at.text());
    known = end_of_day(at);
  }
  if (draw_) return expect_drawn(line, expected, at);
  if (indicator_) return expect_measured(line, expected, at);
  const auto whose = bearer();
  if (!whose) return;
  if (duty_->of_campaign())
    if (const auto unit = home()) stage_.launch_campaign(stage_.top_of(*unit));
  const Explanation found = evaluate(stage_.facts, {duty_->address, *whose, period_, at, known});
  const Expected result = expect(stage_, expected, found);
  report_.assertions += result.assertions;
  report_.failed += result.failed;
  failed_ += result.failed;
  if (result.verdict) expectations_.verdicts[duty_->name].insert(*result.verdict);
}

void Telling::grant(const Node& line, const std::string& key) {
  only(line, key, {"act", "enter"});
  const bool exempts = key == "exempt";
  const auto& declared = exempts ? duty_->exempt : duty_->defer;
  const Node& reason = line.below(key);
  if (!declared)
    return reading_.report(RefusalCode::pack_reference, reason.place, key + " of " + duty_->name,
                           key);
  const auto& reasons = declared->reasons;
  if (std::find(reasons.begin(), reasons.end(), reason.text) == reasons.end())
    return policy::reading::unknown_word(reading_, reason, {reasons.begin(), reasons.end()});
  const auto whose = bearer();
  if (!whose) return;
  Leave leave;
  leave.id = static_cast<std::int64_t>(stage_.facts.leaves.size()) + 1;
  leave.kind = exempts ? LeaveKind::exempt : LeaveKind::defer;
  leave.obligation = duty_->address;
  leave.bearer = whose->text();
  leave.period = period_;
  leave.reason = reason.text;
  leave.at = now_;
  if (const Node* const act = line.find("act"))
    policy::date().read(reading_, *act, leave.act.emplace());
  if (const Node* const enter = line.find("enter"))
    policy::date().read(reading_, *enter, leave.enter.emplace());
  stage_.facts.leaves.push_back(std::move(leave));
}

void Telling::withdraw(const Node& kind) {
  LeaveKind wanted{};
  policy::word<LeaveKind>(leave_words).read(reading_, kind, wanted);
  for (Leave& one : stage_.facts.leaves)
    if (one.kind == wanted && !one.withdrawn) one.withdrawn = now_;
}

void Telling::leave(const Node& line, const Node& name) {
  only(line, "leave", {"unit", "kind"});
  const auto whom = stage_.person(name);
  const Node* const place = line.find("unit");
  const auto unit = place ? stage_.unit(*place) : std::nullopt;
  const Node* const kind = line.find("kind");
  if (!whom) return;
  const auto end = [&](Interval& span) {
    if (span.contains(today())) span.until = today();
  };
  for (Tenure& one : stage_.facts.tenures)
    if (one.person == *whom && (!unit || one.unit == *unit) && (!kind || one.kind == kind->text))
      end(one.span);
  if (kind) return;
  for (Membership& one : stage_.facts.memberships)
    if (one.person == *whom && (!unit || one.unit == *unit)) end(one.span);
}

void Telling::move_unit(const Node& line, const Node& name) {
  only(line, "move_unit", {"to"});
  const auto unit = stage_.unit(name);
  const Node* const to = line.find("to");
  if (!to) reading_.report(RefusalCode::pack_missing_key, line.place, "to", "");
  const auto parent = to ? stage_.unit(*to) : std::nullopt;
  if (!unit || !parent) return;
  auto& parents = stage_.facts.units[*unit].parents;
  parents.back().span.until = today();
  parents.push_back({*parent, {today(), {}}});
}

}  // namespace huilu::obligation
