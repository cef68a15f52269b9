#include "api/round_views.h"

#include <algorithm>

#include "api/enactment_views.h"
#include "compliance/load_facts.h"
#include "org/queries.h"

namespace huilu::api {

namespace {

using command::Permission;
using round::Row;
using round::Whole;

template <class Enum, std::size_t count>
Value words_list(const std::vector<Enum>& values,
                 const std::array<std::string_view, count>& words) {
  Value::List out;
  for (const Enum one : values) out.push_back(words[static_cast<std::size_t>(one)]);
  return out;
}

const policy::MatterType& type_of_row(const Call& call, const round::Stands& row) {
  const auto& now = row.stored.now;
  return matter::type_in(matter::pack_of(call.services.packs, now.matter.type, now.pack_version),
                         now.matter.type);
}

// As the meeting sees it: a later version alone changes nothing.
bool has_changed(const round::Standing& locked, const round::Standing& now) {
  return locked.state != now.state || locked.outcome != now.outcome || locked.due != now.due ||
         locked.is_late != now.is_late || locked.evidence != now.evidence;
}

}  // namespace

std::string round_path(const Call& call, UnitId unit) {
  const auto found = org::unit_on(*call.reader, unit, call.today);
  return found ? found->path : "~";
}

std::vector<std::string> round_types(const Call& call) {
  const auto facts = compliance::load_policy(*call.reader, call.services.packs);
  std::vector<std::string> types;
  for (const auto* type : matter::types_in_force(facts, call.today, call.services.clock.now())) {
    if (type->round) types.push_back(type->address);
  }
  return types;
}

round::Ground round_ground(const Call& call) {
  const auto facts_of = [&call](const std::vector<UnitId>& units) {
    auto facts = compliance::load_policy(*call.reader, call.services.packs);
    compliance::load_organisation(*call.reader, units, facts);
    return facts;
  };
  return {*call.reader, call.services.packs, facts_of, call.today, call.services.clock.now()};
}

round::Ledger round_now(const Call& call, Whole whole) {
  const std::string path = round_path(call, whole.round.unit);
  return round::ledger_of(round_ground(call), std::move(whole), path);
}

RoundSight::RoundSight(const Call& call, const round::Round& round)
    : call_(call), whole_(call.check(Permission::matter_read, {round.unit}).empty()) {}

bool RoundSight::sees(UnitId unit) {
  const auto found = seen_.find(unit);
  if (found != seen_.end()) return found->second;
  const bool sees = call_.check(Permission::matter_read, {unit}).empty();
  return seen_.emplace(unit, sees).first->second;
}

bool RoundSight::sees_any(const Whole& whole) {
  if (whole_) return true;
  return std::any_of(whole.rows.begin(), whole.rows.end(),
                     [&](const Row& row) { return sees(row); }) ||
         std::any_of(whole.tasks.begin(), whole.tasks.end(),
                     [&](const round::Task& task) { return sees(task.unit); });
}

bool RoundViews::may(Permission permission, UnitId unit) {
  const auto found = allowed_.find({permission, unit});
  if (found != allowed_.end()) return found->second;
  const bool allowed = call_.check(permission, {unit}).empty();
  return allowed_.emplace(std::pair(permission, unit), allowed).first->second;
}

// Where holders of posts are named, so is who said something.
Value RoundViews::account_name(AccountId account, UnitId unit) {
  if (!account || !may(Permission::post_names_read, unit)) return {};
  const auto known = accounts_.find(account);
  if (known != accounts_.end()) return known->second;
  const auto found = identity::find_account(*call_.reader, account);
  return accounts_.emplace(account, found ? Value(found->display_name) : Value()).first->second;
}

Value RoundViews::head(const round::Round& round, std::optional<UnitId> party) {
  Value::List types;
  for (const auto& address : round.types) {
    Value title = address;
    for (const auto& pack : call_.services.packs)
      for (const auto& type : pack.matter_types)
        if (type.address == address) title = label_in(type.title, call_.language);
    types.push_back(Value::object({{"type", address}, {"title", std::move(title)}}));
  }
  if (sight_.whole()) units_.load({round.unit});
  units_.open_to_parties({round.unit});
  const auto counted = round::numbers_of(*call_.reader, round.id, party);
  return Value::object({{"id", round.id.text()},
                        {"unit", units_.view(round.unit)},
                        {"name", round.name},
                        {"types", std::move(types)},
                        {"cutoff", round.cutoff.text()},
                        {"near_days", round.near_days},
                        {"silent_days", round.silent_days},
                        {"previous", id_or_null(round.previous)},
                        {"opened", round.opened.text()},
                        {"locked", date_or_null(round.locked)},
                        {"rows", counted.rows},
                        {"asked", counted.asked},
                        {"unanswered", counted.unanswered},
                        {"version", round.version}});
}

void RoundViews::load_names(const round::Ledger& now) {
  std::vector<matter::Stored> stored;
  std::vector<UnitId> units = {now.whole.round.unit};
  for (const auto& row : now.rows) stored.push_back(row.stored);
  for (const Row& row : now.whole.rows) {
    units.push_back(row.line_unit);
    units.push_back(row.lead_unit);
  }
  for (const auto* whole : {&now.whole, now.previous ? &*now.previous : nullptr})
    for (const auto& task : whole == nullptr ? std::vector<round::Task>{} : whole->tasks)
      units.push_back(task.unit);
  matters_.load(stored);
  units_.load(units);
  // A round names those who have a part in it to each other.
  units_.open_to_parties(units);
}

Value RoundViews::lead_view(const round::Ledger& now, UnitId lead) {
  std::int64_t rows = 0, asked = 0, late = 0;
  for (std::size_t i = 0; i < now.whole.rows.size(); ++i) {
    const Row& row = now.whole.rows[i];
    if (row.lead_unit != lead) continue;
    ++rows;
    asked += row.asks.empty() ? 0 : 1;
    late += shown(now, i).is_late ? 1 : 0;
  }
  const auto* const confirmed = now.whole.standing_confirmation(lead);
  const auto unanswered = static_cast<std::int64_t>(now.whole.unanswered(lead).size());
  Value confirmation;
  if (confirmed != nullptr) {
    confirmation = Value::object({{"at", confirmed->at.text()},
                                  {"by", actor_or_null(confirmed->account)},
                                  {"by_name", account_name(confirmed->account, lead)}});
  }
  const bool was = std::any_of(now.whole.confirmations.begin(), now.whole.confirmations.end(),
                               [&](const auto& one) { return one.lead_unit == lead; });
  return Value::object(
      {{"unit", units_.view(lead)},
       {"is_office", lead == now.whole.round.unit},
       {"rows", rows},
       {"asked", asked},
       {"unanswered", unanswered},
       {"late", late},
       {"confirmed", std::move(confirmation)},
       {"outdated", confirmed == nullptr && was},
       {"may_confirm", now.whole.round.is_open() && confirmed == nullptr && unanswered == 0 &&
                           may(Permission::matter_change, lead)}});
}

Value RoundViews::task_view(const round::Round& round, const round::Task& task) {
  Value::List reports;
  for (const auto& one : task.reports) {
    reports.push_back(Value::object({{"done", one.done},
                                     {"said", one.said},
                                     {"at", one.at.text()},
                                     {"by", actor_or_null(one.account)},
                                     {"by_name", account_name(one.account, task.unit)}}));
  }
  const bool is_done = task.is_done();
  return Value::object({{"round", round.id.text()},
                        {"n", task.n},
                        {"matter", id_or_null(task.matter)},
                        {"unit", units_.view(task.unit)},
                        {"due", task.due.text()},
                        {"said", task.said},
                        {"decided", task.at.text()},
                        {"done", is_done},
                        {"late", !is_done && task.due < call_.today},
                        {"reports", std::move(reports)},
                        {"may_report", !is_done && may(Permission::matter_change, task.unit)},
                        {"may_return", is_done && may(Permission::round_change, round.unit)}});
}

Value::List RoundViews::tasks_view(const Whole& whole) {
  Value::List out;
  for (const auto& task : whole.tasks) {
    const Row* const row = task.matter ? whole.find_row(*task.matter) : nullptr;
    if (sight_.whole() || sight_.sees(task.unit) || (row != nullptr && sight_.sees(*row)))
      out.push_back(task_view(whole.round, task));
  }
  return out;
}

Value RoundViews::whole(const round::Ledger& now) {
  load_names(now);
  const round::Round& round = now.whole.round;
  Value view = head(round);
  auto leads = now.whole.leads();
  const auto positions = round::positions_of(*call_.reader, leads);
  std::sort(leads.begin(), leads.end(), [&](UnitId a, UnitId b) {
    return std::pair(positions.at(a), a) < std::pair(positions.at(b), b);
  });
  Value::List lead_views;
  for (const UnitId lead : leads) {
    const bool has_part =
        sight_.whole() || sight_.sees(lead) ||
        std::any_of(now.whole.rows.begin(), now.whole.rows.end(), [&](const Row& row) {
          return row.lead_unit == lead && sight_.sees(row.line_unit);
        });
    if (has_part) lead_views.push_back(lead_view(now, lead));
  }
  std::int64_t changed = 0;
  for (std::size_t i = 0; i < now.rows.size(); ++i) {
    const auto& locked = now.whole.rows[i].locked;
    changed += locked && has_changed(*locked, now.rows[i].standing) ? 1 : 0;
  }
  const bool is_office = may(Permission::round_change, round.unit);
  Value figures;
  if (sight_.whole()) figures = round.figures ? *round.figures : now.figures(call_.today);
  view.set("whole", sight_.whole());
  view.set("opened_by_name", account_name(round.opened_by, round.unit));
  view.set("locked_at", round.locked_at ? Value(round.locked_at->text()) : Value());
  view.set("locked_by_name",
           round.locked_by ? account_name(*round.locked_by, round.unit) : Value());
  view.set("lock_reason", text_or_null(round.lock_reason));
  view.set("figures", std::move(figures));
  view.set("changed_since", sight_.whole() && !round.is_open() ? Value(changed) : Value());
  view.set("leads", std::move(lead_views));
  view.set("tasks", tasks_view(now.whole));
  view.set("promised", now.previous ? Value(tasks_view(*now.previous)) : Value(Value::List{}));
  view.set("may_lock", is_office && round.is_open());
  view.set("may_decide", is_office && !now.is_followed);
  view.set("as_of", as_of(call_));
  return view;
}

const round::Standing& RoundViews::shown(const round::Ledger& now, std::size_t index) const {
  const auto& locked = now.whole.rows[index].locked;
  return locked ? *locked : now.rows[index].standing;
}

bool RoundViews::shows(const round::Ledger& now, std::size_t index, const Page& page) {
  const Row& row = now.whole.rows[index];
  if (!sight_.sees(row)) return false;
  if (page.unit && row.line_unit != *page.unit) return false;
  if (page.lead && row.lead_unit != *page.lead) return false;
  const round::Standing& standing = shown(now, index);
  const Date day = now.whole.round.locked.value_or(call_.today);
  if (page.only == "asks") return !row.asks.empty();
  if (page.only == "unanswered")
    return !row.asks.empty() && now.whole.find_line(row.matter) == nullptr;
  if (page.only == "late") return standing.is_late;
  if (page.only == "silent") return round::is_silent(standing, now.whole.round.silent_days, day);
  if (page.only == "changed")
    return row.locked && has_changed(*row.locked, now.rows[index].standing);
  if (page.only == "worth")
    return !round::worth_of(now.whole, now.previous ? &*now.previous : nullptr, row, standing, day)
                .empty();
  return true;
}

Value RoundViews::line_view(const round::Line* line, UnitId unit) {
  if (line == nullptr) return {};
  return Value::object({{"version", line->version},
                        {"kind", round::line_words[static_cast<std::size_t>(line->kind)]},
                        {"said", line->said},
                        {"at", line->at.text()},
                        {"by", actor_or_null(line->account)},
                        {"by_name", account_name(line->account, unit)}});
}

Value RoundViews::standing_view(const policy::MatterType& type, const round::Standing& standing) {
  const auto completion = type.completion_of(standing.state);
  const std::string word(policy::completion_words[static_cast<std::size_t>(completion)]);
  const auto* const state = type.find_state(standing.state);
  return Value::object(
      {{"state", standing.state},
       {"state_title", state == nullptr ? Value() : Value(label_in(state->title, call_.language))},
       {"open", standing.is_open()},
       {"completion", word},
       {"completion_title", words::text(call_.language, "sentence.completion." + word)},
       // Done, and not yet struck off.
       {"waiting", completion == policy::Completion::done && standing.is_open()},
       {"due", date_or_null(standing.due)},
       {"late", standing.is_late},
       {"last_progress", standing.last_progress.text()},
       {"evidence", standing.evidence}});
}

Value RoundViews::row_view(const round::Ledger& now, std::size_t index) {
  const Row& row = now.whole.rows[index];
  const auto& stands = now.rows[index];
  const auto& type = type_of_row(call_, stands);
  const round::Standing& standing = shown(now, index);
  const Date day = now.whole.round.locked.value_or(call_.today);
  const Whole* const previous = now.previous ? &*now.previous : nullptr;
  const Row* const before = previous == nullptr ? nullptr : previous->find_row(row.matter);
  const round::Standing* stood = nullptr;
  if (before != nullptr) stood = before->locked ? &*before->locked : &before->taken;
  Value::List tasks;
  for (const auto& task : now.whole.tasks)
    if (task.matter == row.matter) tasks.push_back(task.n);
  const bool is_changed = row.locked && has_changed(*row.locked, stands.standing);
  return Value::object(
      {{"matter", matters_.matter(stands.stored)},
       {"line_unit", units_.view(row.line_unit)},
       {"lead_unit", units_.view(row.lead_unit)},
       {"asks", words_list(row.asks, round::ask_words)},
       {"standing", standing_view(type, standing)},
       {"taken", standing_view(type, row.taken)},
       {"since_locked", is_changed ? standing_view(type, stands.standing) : Value()},
       {"silent", round::is_silent(standing, now.whole.round.silent_days, day)},
       {"quiet_days", std::int64_t{day - standing.last_progress}},
       {"evidence_since", standing.evidence - (stood == nullptr ? 0 : stood->evidence)},
       {"line", line_view(now.whole.find_line(row.matter), row.line_unit)},
       {"said_before",
        line_view(previous == nullptr ? nullptr : previous->find_line(row.matter), row.line_unit)},
       {"worth",
        words_list(round::worth_of(now.whole, previous, row, standing, day), round::worth_words)},
       {"tasks", std::move(tasks)},
       {"may_write", now.whole.round.is_open() && may(Permission::matter_change, row.line_unit)}});
}

RoundViews::Rows RoundViews::rows(const round::Ledger& now, const Page& page) {
  load_names(now);
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < now.whole.rows.size(); ++i)
    if (shows(now, i, page)) found.push_back(i);
  const auto positions = round::positions_of(*call_.reader, now.whole.leads());
  // By lead unit in official order, then what is due first; nobody is sorted by how bad it is.
  const auto key = [&](std::size_t i) {
    const Row& row = now.whole.rows[i];
    return std::tuple(positions.at(row.lead_unit), row.lead_unit,
                      shown(now, i).due.value_or(Date{INT32_MAX}), row.matter);
  };
  std::sort(found.begin(), found.end(),
            [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
  Rows out;
  const std::size_t until = std::min(found.size(), page.from + page.limit);
  for (std::size_t i = page.from; i < until; ++i) out.items.push_back(row_view(now, found[i]));
  if (until < found.size()) out.next = until;
  return out;
}

}  // namespace huilu::api
