#include "round/rules.h"

#include <algorithm>

#include "command/parts.h"
#include "obligation/context.h"

namespace huilu::round {

namespace {

using command::append;
using command::check_length;
using command::refuse;
using matter::Version;

constexpr std::size_t name_characters_max = 60;
constexpr std::size_t said_characters_max = 1000;
constexpr int cutoff_days_max = 92;
constexpr std::int64_t near_days_max = 60;
constexpr std::int64_t silent_days_max = 365;
constexpr int task_days_max = 366;

bool differs(const Value& before, const Value& after, const std::string& field) {
  const Value* const one = before.find(field);
  const Value* const other = after.find(field);
  const Value nothing;
  return (one == nullptr ? nothing : *one) != (other == nullptr ? nothing : *other);
}

bool is_progress(const policy::MatterType& type, const Version& before, const Version& after) {
  if (before.matter.state != after.matter.state) return true;
  if (after.matter.evidence.size() > before.matter.evidence.size()) return true;
  if (!type.round) return false;
  return std::any_of(type.round->progress.begin(), type.round->progress.end(),
                     [&](const std::string& field) {
                       return differs(before.matter.fields, after.matter.fields, field);
                     });
}

void check_open(const Round& round, Refusals& refusals) {
  if (!round.is_open())
    refuse(refusals, RefusalCode::wrong_state, "", "open", "locked " + round.locked->text());
}

void check_range(std::int64_t value, std::int64_t max, const char* where, Refusals& refusals) {
  if (value < 0 || value > max)
    refuse(refusals, RefusalCode::field_range, where, "0 to " + std::to_string(max),
           std::to_string(value));
}

std::string listed(const std::vector<MatterId>& matters) {
  constexpr std::size_t shown = 10;
  std::string text;
  for (std::size_t i = 0; i < std::min(shown, matters.size()); ++i)
    text += (text.empty() ? "" : ", ") + matters[i].text();
  return matters.size() > shown ? text + " …" : text;
}

Value text_list(const std::vector<std::string>& texts) {
  return Value::List(texts.begin(), texts.end());
}

}  // namespace

Date last_progress(const policy::MatterType& type, const std::vector<Version>& history,
                   std::optional<Date> said) {
  Date last = said.value_or(Date{INT32_MIN});
  const Version* before = nullptr;
  for (const Version& one : history) {
    const Date day = obligation::zone.date_of(one.at);
    // A matter that is entered afterwards was there on the day that it names.
    if (before == nullptr)
      last = std::max(last, std::min(day, one.matter.opened));
    else if (is_progress(type, *before, one))
      last = std::max(last, day);
    before = &one;
  }
  return last;
}

Standing standing_of(const matter::Stored& stored, Date last, Date today) {
  Standing out;
  out.version = stored.now.version;
  out.state = stored.now.matter.state;
  out.outcome = stored.now.matter.outcome;
  if (out.is_open()) out.due = stored.next_due;
  out.is_late = out.due && *out.due < today;
  out.last_progress = last;
  out.evidence = static_cast<std::int64_t>(stored.now.matter.evidence.size());
  return out;
}

Terms terms_of(const Round& round, std::optional<Date> since) {
  return {round.opened, round.cutoff, round.near_days, round.silent_days, since};
}

bool is_silent(const Standing& standing, std::int64_t silent_days, Date today) {
  return standing.is_open() && today - standing.last_progress > silent_days;
}

std::vector<Ask> asks_of(const Standing& standing, const Terms& terms) {
  std::vector<Ask> asks;
  if (!standing.is_open()) return asks;
  if (standing.due && *standing.due < terms.opened) asks.push_back(Ask::late);
  const bool silent = terms.since ? standing.last_progress <= *terms.since
                                  : is_silent(standing, terms.silent_days, terms.opened);
  if (silent) asks.push_back(Ask::silent);
  const bool near = standing.due && *standing.due >= terms.opened &&
                    *standing.due <= terms.cutoff + static_cast<int>(terms.near_days);
  if (near) asks.push_back(Ask::due_soon);
  return asks;
}

Part part_of(const policy::MatterType& type, const std::vector<obligation::RoleNow>& roles,
             UnitId responsible, UnitId office) {
  const auto unit_of = [&](const std::string& name) -> std::optional<UnitId> {
    for (const auto& role : roles)
      if (role.role->name == name) return role.unit;
    return {};
  };
  Part part{responsible, office};
  if (!type.round) return part;
  part.line_unit = unit_of(type.round->line).value_or(responsible);
  const auto lead = unit_of(type.round->lead);
  if (lead && *lead != part.line_unit) part.lead_unit = *lead;
  return part;
}

Refusals decide_opening(const NewRound& asked, std::size_t rows, const std::optional<Round>& newest,
                        Date today) {
  Refusals refusals = check_length(asked.name, 1, name_characters_max, "/name");
  if (asked.cutoff < today || asked.cutoff > today + cutoff_days_max)
    refuse(refusals, RefusalCode::date_order, "/cutoff",
           today.text() + " to " + (today + cutoff_days_max).text(), asked.cutoff.text());
  check_range(asked.near_days, near_days_max, "/near_days", refusals);
  check_range(asked.silent_days, silent_days_max, "/silent_days", refusals);
  if (newest && newest->is_open())
    refuse(refusals, RefusalCode::round_open, "", "", newest->name,
           "/api/v1/rounds/" + newest->id.text());
  else if (rows == 0)
    refuse(refusals, RefusalCode::round_empty, "");
  if (rows > rows_max)
    refuse(refusals, RefusalCode::field_range, "/types",
           "at most " + std::to_string(rows_max) + " matters", std::to_string(rows));
  return refusals;
}

Refusals decide_line(const Whole& whole, const NewLine& asked) {
  Refusals refusals;
  check_open(whole.round, refusals);
  if (whole.find_row(asked.matter) == nullptr) {
    refuse(refusals, RefusalCode::unknown_matter, "/matter", "", asked.matter.text());
    return refusals;
  }
  const Line* const before = whole.find_line(asked.matter);
  command::check_version(before == nullptr ? 0 : before->version, asked.seen, refusals);
  append(refusals, check_length(asked.said, 1, said_characters_max, "/said"));
  return refusals;
}

Refusals decide_confirmation(const Whole& whole, UnitId lead) {
  Refusals refusals;
  check_open(whole.round, refusals);
  const auto leads = whole.leads();
  if (std::find(leads.begin(), leads.end(), lead) == leads.end()) {
    refuse(refusals, RefusalCode::unknown_unit, "/lead", "", lead.text());
    return refusals;
  }
  const auto missing = whole.unanswered(lead);
  if (!missing.empty())
    refuse(refusals, RefusalCode::round_unanswered, "/lead", std::to_string(missing.size()),
           listed(missing));
  if (whole.standing_confirmation(lead) != nullptr)
    refuse(refusals, RefusalCode::wrong_state, "/lead", "", "confirmed");
  return refusals;
}

Refusals decide_locking(const Whole& whole, std::int64_t seen, std::string_view reason) {
  Refusals refusals;
  check_open(whole.round, refusals);
  if (!refusals.empty()) return refusals;
  command::check_version(whole.round.version, seen, refusals);
  append(refusals, check_length(reason, 0, said_characters_max, "/reason"));
  if (!reason.empty()) return refusals;
  const auto missing = whole.unanswered();
  const auto leads = whole.leads();
  const auto unconfirmed = std::count_if(leads.begin(), leads.end(), [&](UnitId lead) {
    // The office stands by its own set when it locks.
    return lead != whole.round.unit && whole.standing_confirmation(lead) == nullptr;
  });
  if (!missing.empty() || unconfirmed > 0)
    refuse(refusals, RefusalCode::round_unanswered, "/reason",
           std::to_string(missing.size()) + " + " + std::to_string(unconfirmed), listed(missing));
  return refusals;
}

Refusals decide_task(const Whole& whole, const NewTask& asked, bool is_followed, Date today) {
  Refusals refusals;
  if (is_followed) refuse(refusals, RefusalCode::wrong_state, "", "the newest round", "followed");
  if (asked.matter && whole.find_row(*asked.matter) == nullptr)
    refuse(refusals, RefusalCode::unknown_matter, "/matter", "", asked.matter->text());
  if (asked.due < today || asked.due > today + task_days_max)
    refuse(refusals, RefusalCode::date_order, "/due",
           today.text() + " to " + (today + task_days_max).text(), asked.due.text());
  append(refusals, check_length(asked.said, 1, said_characters_max, "/said"));
  return refusals;
}

Refusals decide_report(const Whole& whole, const NewReport& asked) {
  const Task* const task = whole.find_task(asked.n);
  if (task == nullptr) return {command::not_found(std::to_string(asked.n))};
  Refusals refusals = check_length(asked.said, 1, said_characters_max, "/said");
  if (task->is_done() == asked.done)
    refuse(refusals, RefusalCode::wrong_state, "/done", asked.done ? "open" : "done",
           asked.done ? "done" : "open");
  return refusals;
}

Value round_content(const Round& round) {
  return Value::object({{"cutoff", round.cutoff.text()},
                        {"near_days", round.near_days},
                        {"opened", round.opened.text()},
                        {"previous", round.previous ? Value(round.previous->text()) : Value()},
                        {"round", round.id.text()},
                        {"silent_days", round.silent_days},
                        {"types", text_list(round.types)},
                        {"unit", round.unit.text()}});
}

Value rows_content(const std::vector<Row>& rows, bool locked) {
  Value::List list;
  for (const Row& row : rows) {
    Value one = Value::object({{"matter", row.matter.text()}});
    if (locked) {
      one.set("locked", row.locked ? standing_value(*row.locked) : Value());
    } else {
      one.set("asks", asks_text(row.asks));
      one.set("lead_unit", row.lead_unit.text());
      one.set("line_unit", row.line_unit.text());
      one.set("taken", standing_value(row.taken));
    }
    list.push_back(std::move(one));
  }
  return list;
}

Value line_content(RoundId round, const Line& line) {
  return Value::object({{"kind", line_words[static_cast<std::size_t>(line.kind)]},
                        {"matter", line.matter.text()},
                        {"round", round.text()},
                        {"version", line.version}});
}

Value confirmation_content(RoundId round, UnitId lead) {
  return Value::object({{"lead_unit", lead.text()}, {"round", round.text()}});
}

Value lock_content(RoundId round, Date day, const Value& figures) {
  return Value::object({{"figures", figures}, {"locked", day.text()}, {"round", round.text()}});
}

Value task_content(RoundId round, const Task& task) {
  return Value::object({{"due", task.due.text()},
                        {"matter", task.matter ? Value(task.matter->text()) : Value()},
                        {"n", task.n},
                        {"round", round.text()},
                        {"unit", task.unit.text()}});
}

Value report_content(RoundId round, std::int64_t n, const Report& report) {
  return Value::object(
      {{"done", report.done}, {"n", n}, {"round", round.text()}, {"version", report.version}});
}

}  // namespace huilu::round
