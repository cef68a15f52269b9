#include "exemption/rules.h"

#include <algorithm>

#include <fmt/format.h>

#include "command/parts.h"
#include "obligation/case.h"
#include "obligation/parameters.h"
#include "obligation/periods.h"

namespace huilu::exemption {

namespace {

using command::append;
using command::check_length;
using command::check_reason;
using command::check_version;
using command::Permission;
using command::refuse;
using obligation::NotApplicable;

constexpr std::size_t note_characters_max = 500;

bool is_there(const obligation::Facts& facts, const obligation::Bearer& bearer) {
  if (bearer.unit) return facts.units.contains(bearer.unit);
  if (bearer.tenure) {
    return std::ranges::any_of(facts.tenures,
                               [&](const auto& tenure) { return tenure.id == bearer.tenure; });
  }
  return std::ranges::any_of(facts.memberships,
                             [&](const auto& one) { return one.person == bearer.person; });
}

Refusal not_possible(std::string_view why) {
  return {RefusalCode::leave_not_possible, "", "", std::string(why), ""};
}

// The unit that the duty's path leads to from the bearer as it stands today.
std::optional<UnitId> approver_of(obligation::Context& context, const policy::Path& path,
                                  Date today) {
  context.day = today;
  for (const Value& value : obligation::values_of(context, obligation::bearer_of(context), path)) {
    const std::string* text = value.text();
    if (const auto unit = text ? UnitId::parse(*text) : std::nullopt) return unit;
  }
  return {};
}

// How far a deferral may go.
void read_limit(obligation::Context& context, const policy::Leave& leave, Terms& terms) {
  if (!leave.at_most) return;
  const auto term = obligation::term_of(context, *leave.at_most);
  if (!term) return;
  const auto& calendar = context.calendars.known_on(obligation::zone.date_of(context.known));
  terms.latest_act = calendar::after(calendar, terms.act, *term).day;
  terms.latest_enter = calendar::after(calendar, terms.enter, *term).day;
}

std::string words_of(const std::vector<std::string>& words) {
  return fmt::format("{}", fmt::join(words, ", "));
}

void check_later(const std::optional<Date>& asked, Date now, const std::optional<Date>& latest,
                 std::string_view where, Refusals& refusals) {
  if (!asked) return;
  if (*asked <= now) {
    refuse(refusals, RefusalCode::date_order, std::string(where), "after " + now.text(),
           asked->text());
  } else if (latest && *asked > *latest) {
    refuse(refusals, RefusalCode::date_order, std::string(where), "not after " + latest->text(),
           asked->text());
  }
}

void check_dates(const NewLeave& asked, const Terms& terms, Refusals& refusals) {
  if (asked.kind == LeaveKind::exempt) {
    if (asked.act) refuse(refusals, RefusalCode::field_range, "/act", "absent");
    if (asked.enter) refuse(refusals, RefusalCode::field_range, "/enter", "absent");
    return;
  }
  if (!asked.act && !asked.enter) refuse(refusals, RefusalCode::field_required, "/act");
  check_later(asked.act, terms.act, terms.latest_act, "/act", refusals);
  check_later(asked.enter, terms.enter, terms.latest_enter, "/enter", refusals);
  if (asked.act && asked.enter && *asked.enter < *asked.act) {
    refuse(refusals, RefusalCode::date_order, "/enter", "not before " + asked.act->text(),
           asked.enter->text());
  }
}

// The role decides at the unit that the duty names, or above it.
bool decides_at(const identity::Standing& standing, std::string_view approver_path, Date today) {
  return std::ranges::any_of(standing.grants, [&](const identity::Grant& grant) {
    return grant.days.contains(today) && grant.path && approver_path.starts_with(*grant.path) &&
           (grant.scope == identity::Scope::subtree || *grant.path == approver_path) &&
           identity::reach_of(grant.role, Permission::exemption_decide) != identity::Reach::none;
  });
}

// Whoever works at the bearer's own unit decides nothing of it, in whatever role.
bool is_of_unit(const identity::Standing& standing, std::string_view path, Date today) {
  return std::ranges::any_of(standing.grants, [&](const identity::Grant& grant) {
    return grant.days.contains(today) && grant.path && *grant.path == path;
  });
}

}  // namespace

Result<Terms> terms_of(obligation::Facts facts, const NewLeave& asked, Date today, Instant now) {
  if (!obligation::any_duty(facts, asked.obligation, now)) {
    return Refusal{RefusalCode::unknown_obligation, "/obligation", "", asked.obligation, ""};
  }
  if (!is_there(facts, asked.bearer)) {
    return Refusal{RefusalCode::unknown_bearer, "/bearer", "", asked.bearer.text(), ""};
  }
  facts.leaves.clear();
  obligation::Calendars calendars(facts);
  const obligation::Question question{asked.obligation, asked.bearer, asked.period, today, now};
  auto one = obligation::case_of(facts, calendars, question, obligation::Reach::all);
  if (one.why_not == NotApplicable::not_in_force) {
    return Refusal{RefusalCode::unknown_period, "/period", "", asked.period, ""};
  }
  if (!one.notes.error.empty()) return not_possible(one.notes.error);
  if (one.why_not != NotApplicable::none) {
    return not_possible(obligation::not_applicable_words[static_cast<std::size_t>(one.why_not)]);
  }
  const auto& leave =
      asked.kind == LeaveKind::exempt ? one.obligation->exempt : one.obligation->defer;
  if (!leave) return not_possible("not_allowed");
  auto context = obligation::context_of(facts, calendars, one, obligation::Reach::all);
  Terms terms;
  terms.home = one.home;
  terms.reasons = leave->reasons;
  terms.act = one.timetable.schedule.act;
  terms.enter = one.timetable.schedule.enter;
  read_limit(context, *leave, terms);
  const auto approver = approver_of(context, leave->approver, today);
  if (!approver) return not_possible("no_approver");
  terms.approver = *approver;
  return terms;
}

Refusals decide_asking(const NewLeave& asked, const Terms& terms,
                       const std::vector<LeaveId>& same) {
  Refusals refusals;
  if (std::ranges::find(terms.reasons, asked.reason) == terms.reasons.end()) {
    refuse(refusals, RefusalCode::unknown_word, "/reason", words_of(terms.reasons), asked.reason);
  }
  append(refusals, check_length(asked.note, 0, note_characters_max, "/note"));
  check_dates(asked, terms, refusals);
  for (const LeaveId id : same) {
    refuse(refusals, RefusalCode::duplicate, "", "", id.text(), "/api/v1/exemptions/" + id.text());
  }
  return refusals;
}

Refusals decide_decision(const Leave& leave, const NewDecision& asked, const Decider& decider,
                         Date today) {
  Refusals refusals;
  check_version(leave.version, asked.seen, refusals);
  if (leave.state() != State::asked) {
    refuse(refusals, RefusalCode::wrong_state, "", std::string(word_of(State::asked)),
           std::string(word_of(leave.state())));
  }
  if (asked.decision == Decision::refuse) {
    append(refusals, check_reason(asked.note, "/note"));
  } else {
    append(refusals, check_length(asked.note, 0, note_characters_max, "/note"));
  }
  if (!decider.account) return refusals;
  if (!decides_at(decider.standing, decider.approver_path, today)) {
    refuse(refusals, RefusalCode::not_permitted, leave.approver.text(),
           std::string(command::word_of(Permission::exemption_decide)));
  }
  if (decider.is_asker || decider.is_bearer ||
      is_of_unit(decider.standing, decider.home_path, today)) {
    refuse(refusals, RefusalCode::leave_own, "");
  }
  return refusals;
}

Refusals decide_withdrawal(const Leave& leave, std::int64_t seen, std::string_view reason) {
  Refusals refusals = check_reason(reason);
  check_version(leave.version, seen, refusals);
  if (leave.state() != State::asked && leave.state() != State::approved) {
    refuse(refusals, RefusalCode::wrong_state, "", "", std::string(word_of(leave.state())));
  }
  return refusals;
}

Value leave_content(LeaveId id, const NewLeave& asked) {
  return Value::object({{"leave", id.text()},
                        {"kind", word_of(asked.kind)},
                        {"obligation", asked.obligation},
                        {"period", asked.period},
                        {"act", asked.act ? Value(asked.act->text()) : Value()},
                        {"enter", asked.enter ? Value(asked.enter->text()) : Value()},
                        {"reason", asked.reason}});
}

Value addressed_content(const Addressed& addressed) {
  return Value::object({{"home", addressed.home.text()}, {"approver", addressed.approver.text()}});
}

Value decision_content(LeaveId id, Decision decision) {
  return Value::object({{"leave", id.text()}, {"decision", word_of(decision)}});
}

Value withdrawal_content(LeaveId id) { return Value::object({{"leave", id.text()}}); }

}  // namespace huilu::exemption
