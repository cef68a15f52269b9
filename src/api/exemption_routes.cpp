// Exemptions and deferrals: asked for at the bearer's unit, decided above it.
#include <map>

#include "api/enactment_views.h"
#include "api/names.h"
#include "api/routes.h"
#include "compliance/duty.h"
#include "compliance/load_facts.h"
#include "exemption/commands.h"
#include "exemption/queries.h"
#include "org/queries.h"

namespace huilu::api {

namespace {

using command::Permission;
using exemption::Leave;

template <class Enum, std::size_t count>
std::string words_of(const std::array<Enum, count>& all) {
  std::string words;
  for (const Enum one : all) {
    words += (words.empty() ? "" : ", ") + std::string(exemption::word_of(one));
  }
  return words;
}

exemption::NewLeave read_leave(Members& in) {
  exemption::NewLeave asked;
  const auto word = in.text("kind", 16);
  if (const auto kind = exemption::kind_from(word)) {
    asked.kind = *kind;
  } else if (!word.empty()) {
    in.refuse(RefusalCode::unknown_word, "kind",
              words_of(std::array{exemption::LeaveKind::exempt, exemption::LeaveKind::defer}),
              word);
  }
  asked.obligation = in.text("obligation", 200);
  const auto bearer = in.text("bearer", 32);
  if (const auto parsed = obligation::Bearer::parse(bearer)) {
    asked.bearer = *parsed;
  } else if (!bearer.empty()) {
    in.refuse(RefusalCode::field_type, "bearer", "u1, t1, p1", bearer);
  }
  asked.period = in.text("period", 64);
  asked.reason = in.text("reason", 64);
  asked.note = in.optional_text("note", 500).value_or("");
  asked.act = in.optional_date("act");
  asked.enter = in.optional_date("enter");
  return asked;
}

// The units in whose rows the bearer may be counted.
std::vector<UnitId> homes_of(const Call& call, const obligation::Bearer& bearer) {
  if (bearer.unit) return {bearer.unit};
  return compliance::units_of(*call.reader, bearer);
}

// Empty where the account may ask at one of them. Whoever may not even see them is told that the
// bearer is not there.
Refusals check_asking(const Call& call, const std::vector<UnitId>& homes,
                      const obligation::Bearer& bearer) {
  auto refusals = call.check(Permission::exemption_ask, {});
  if (!refusals.empty()) return refusals;
  refusals = {{RefusalCode::not_found, "", "", "", ""}};
  for (const UnitId home : homes) {
    refusals = call.check(Permission::exemption_ask, {home});
    if (refusals.empty()) return {};
  }
  if (refusals.front().code == RefusalCode::not_found) {
    return {{RefusalCode::unknown_bearer, "/bearer", "", bearer.text(), ""}};
  }
  return refusals;
}

// What the duty says today.
Result<exemption::Terms> read_terms(const Call& call, const exemption::NewLeave& asked,
                                    const std::vector<UnitId>& homes) {
  auto facts = compliance::load_policy(*call.reader, call.services.packs);
  compliance::load_units(*call.reader, homes, compliance::Names::left_out, facts);
  return exemption::terms_of(std::move(facts), asked, call.today, call.services.clock.now());
}

Answer ask(Call& call) {
  Refusals refusals;
  Members in(call.body, "", refusals);
  auto asked = read_leave(in);
  in.finish();
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  const auto homes = homes_of(call, asked.bearer);
  refusals = check_asking(call, homes, asked.bearer);
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  auto terms = read_terms(call, asked, homes);
  if (!terms) return Answer::no(terms.take_refusals());
  return Answer::run(std::make_unique<exemption::AskLeave>(std::move(asked), std::move(*terms)));
}

// A leave is seen where records are: below what one was granted.
std::optional<Leave> read_visible(const Call& call) {
  const auto id = call.id<LeaveId>("id");
  auto leave = id ? exemption::find(*call.reader, *id) : std::nullopt;
  if (!leave || !call.check(Permission::record_read, {leave->home}).empty()) return {};
  return leave;
}

exemption::NewLeave asked_for(const Leave& leave) {
  return {leave.kind, leave.obligation, leave.bearer, leave.period,
          leave.act,  leave.enter,      leave.reason, leave.note};
}

Answer decide(Call& call) {
  Refusals refusals;
  Members in(call.body, "", refusals);
  exemption::NewDecision asked;
  asked.seen = in.integer("version", 1, INT64_MAX);
  const auto word = in.text("decision", 16);
  if (const auto decision = exemption::decision_from(word)) {
    asked.decision = *decision;
  } else if (!word.empty()) {
    in.refuse(RefusalCode::unknown_word, "decision",
              words_of(std::array{exemption::Decision::approve, exemption::Decision::refuse}),
              word);
  }
  asked.note = in.optional_text("note", 500).value_or("");
  in.finish();
  if (refusals.empty()) refusals = call.check(Permission::exemption_decide, {});
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  auto leave = read_visible(call);
  if (!leave) return Answer::no(RefusalCode::not_found);
  // Units move: home and approver are those of today. A duty that no longer concerns the bearer
  // leaves them as they were when it was asked.
  exemption::Addressed addressed{leave->home, leave->approver};
  const auto terms = read_terms(call, asked_for(*leave), homes_of(call, leave->bearer));
  if (terms.ok()) addressed = {terms->home, terms->approver};
  return Answer::run(std::make_unique<exemption::DecideLeave>(std::move(*leave), addressed,
                                                              std::move(asked), call.who.account));
}

Answer withdraw_exemption(Call& call) {
  Refusals refusals;
  Members in(call.body, "", refusals);
  const auto version = in.integer("version", 1, INT64_MAX);
  auto reason = in.text("reason", 200);
  in.finish();
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  // Who asks for leave may take it back, and who decides it may too.
  const bool may_ask = call.check(Permission::exemption_ask, {}).empty();
  if (!may_ask) refusals = call.check(Permission::exemption_decide, {});
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  auto leave = read_visible(call);
  if (!leave) return Answer::no(RefusalCode::not_found);
  const bool asks_there = call.check(Permission::exemption_ask, {leave->home}).empty();
  const auto permission = asks_there ? Permission::exemption_ask : Permission::exemption_decide;
  return Answer::run(std::make_unique<exemption::WithdrawLeave>(std::move(*leave), version,
                                                                std::move(reason), permission));
}

// How leaves are shown to one account: names of units as far as they are open, of persons where
// the table of roles says, and what was written about them only to who asks and who decides.
class LeaveView {
 public:
  LeaveView(Call& call, const std::vector<Leave>& leaves) : call_(call), units_(call) {
    std::vector<obligation::Bearer> bearers;
    std::vector<UnitId> units;
    for (const Leave& leave : leaves) {
      bearers.push_back(leave.bearer);
      units.push_back(leave.home);
      units.push_back(leave.approver);
    }
    units_.load(units);
    persons_ = exemption::names_of(*call.reader, bearers);
  }

  Value operator()(const Leave& leave) {
    const auto duty = compliance::find_duty(call_.services.packs, leave.obligation);
    Value title;
    if (duty) title = label_in(duty.obligation->title, call_.language);
    const bool close = is_close(leave.home);
    const auto said = [&](const std::string& text) { return close ? Value(text) : Value(); };
    return Value::object({{"id", leave.id.text()},
                          {"kind", exemption::word_of(leave.kind)},
                          {"obligation", leave.obligation},
                          {"title", std::move(title)},
                          {"bearer", leave.bearer.text()},
                          {"name", name_of(leave)},
                          {"unit", units_.view(leave.home)},
                          {"approver", units_.view(leave.approver)},
                          {"period", leave.period},
                          {"act", date_or_null(leave.act)},
                          {"enter", date_or_null(leave.enter)},
                          {"reason", leave.reason},
                          {"note", said(leave.note)},
                          {"state", exemption::word_of(leave.state())},
                          {"asked", Value::object({{"by", actor_or_null(leave.asked_by)},
                                                   {"at", leave.asked_at.text()}})},
                          {"decided", decided_view(leave, said(leave.decision_note))},
                          {"withdrawn", withdrawn_view(leave, said(leave.withdraw_reason))},
                          {"version", leave.version}});
  }

 private:
  bool is_close(UnitId home) const {
    return call_.check(Permission::exemption_ask, {home}).empty() ||
           call_.check(Permission::exemption_decide, {home}).empty();
  }

  Value name_of(const Leave& leave) {
    if (leave.bearer.unit) return units_.name_of(leave.bearer.unit);
    const auto permission =
        leave.bearer.tenure ? Permission::post_names_read : Permission::member_names_read;
    const auto found = persons_.find(leave.bearer);
    if (found == persons_.end() || !call_.check(permission, {leave.home}).empty()) return {};
    return found->second;
  }

  static Value decided_view(const Leave& leave, Value note) {
    if (!leave.decision) return {};
    return Value::object({{"decision", exemption::word_of(*leave.decision)},
                          {"by", actor_or_null(*leave.decided_by)},
                          {"at", leave.decided_at->text()},
                          {"note", std::move(note)}});
  }

  static Value withdrawn_view(const Leave& leave, Value reason) {
    if (!leave.withdrawn_at) return {};
    return Value::object({{"by", actor_or_null(*leave.withdrawn_by)},
                          {"at", leave.withdrawn_at->text()},
                          {"reason", std::move(reason)}});
  }

  Call& call_;
  UnitNames units_;
  std::map<obligation::Bearer, std::string> persons_;
};

// Of a unit and all below it, or of all that one sees.
Result<std::vector<identity::Range>> ranges_for(const Call& call, std::optional<UnitId> unit) {
  if (unit) {
    auto refusals = call.check(Permission::record_read, {*unit});
    if (!refusals.empty()) return refusals;
    const std::string path = org::unit_on(*call.reader, *unit, call.today)->path;
    return std::vector<identity::Range>{{path, path + "~"}};
  }
  auto visible = identity::visible_subtrees(*call.reader, call.who.account, Permission::record_read,
                                            call.today);
  if (!visible) return visible.take_refusals();
  return std::move(visible->ranges);
}

Answer list_exemptions(Call& call) {
  Refusals refusals;
  Query query(call, refusals);
  exemption::Filter filter;
  const auto unit = query.id<UnitId>("unit");
  filter.state = exemption::state_from(
      query.word("state", {"all", "asked", "approved", "refused", "withdrawn"}));
  filter.after = query.id<LeaveId>("cursor").value_or(LeaveId{});
  filter.limit = query.integer("limit", 50, 1, 500);
  query.finish();
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  auto ranges = ranges_for(call, unit);
  if (!ranges) return Answer::no(ranges.take_refusals());
  filter.ranges = std::move(*ranges);
  const auto rows = exemption::list(*call.reader, filter);
  LeaveView view(call, rows);
  Value::List items;
  for (const Leave& leave : rows) items.push_back(view(leave));
  const bool full = rows.size() == static_cast<std::size_t>(filter.limit);
  return Answer::of(listed(call, std::move(items), full ? rows.back().id.text() : ""));
}

Answer show_exemption(Call& call) {
  if (auto refusals = call.check(Permission::record_read, {}); !refusals.empty()) {
    return Answer::no(std::move(refusals));
  }
  const auto leave = read_visible(call);
  if (!leave) return Answer::no(RefusalCode::not_found);
  Value view = LeaveView(call, {*leave})(*leave);
  view.set("as_of", as_of(call));
  return Answer::of(std::move(view));
}

}  // namespace

std::vector<Route> exemption_routes() {
  using enum http::Method;
  constexpr auto in = Access::signed_in;
  constexpr auto none = BodyKind::none;
  constexpr auto json = BodyKind::json;
  return {
      {get, "/exemptions", in, Permission::record_read, Asked::body_units, none, "",
       "ExemptionList", 200, "Exemptions and deferrals of a unit's subtree, by id", list_exemptions,
       nullptr, "unit state limit cursor"},
      {get, "/exemptions/{id}", in, Permission::record_read, Asked::lists, none, "", "Exemption",
       200, "One of them", show_exemption},
      {post, "/exemptions", in, Permission::exemption_ask, Asked::body_units, json, "NewExemption",
       "ExemptionChanged", 201, "Ask for an exemption or a deferral", ask},
      {post, "/exemptions/{id}/decision", in, Permission::exemption_decide, Asked::lists, json,
       "ExemptionDecision", "ExemptionChanged", 200, "Approve or refuse it; never one's own",
       decide},
      {post, "/exemptions/{id}/withdrawal", in, Permission::exemption_ask, Asked::lists, json,
       "Withdrawal", "ExemptionChanged", 200, "Take it back", withdraw_exemption},
  };
}

}  // namespace huilu::api
