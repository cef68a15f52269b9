#include "round/types.h"

#include <algorithm>
#include <set>

#include "base/fault.h"
#include "base/text.h"

namespace huilu::round {

namespace {

Value text_or_null(const std::string& text) { return text.empty() ? Value() : Value(text); }

std::string text_in(const Value& value, std::string_view key) {
  const Value* const member = value.find(key);
  return member == nullptr || member->text() == nullptr ? std::string() : *member->text();
}

std::int64_t number_in(const Value& value, std::string_view key) {
  const Value* const member = value.find(key);
  if (member == nullptr || member->integer() == nullptr)
    throw Fault(FaultKind::damaged, "a row of a round without a number");
  return *member->integer();
}

template <class List>
auto* find_by(List& list, MatterId matter) {
  const auto found =
      std::find_if(list.begin(), list.end(), [&](const auto& one) { return one.matter == matter; });
  return found == list.end() ? nullptr : &*found;
}

}  // namespace

Value standing_value(const Standing& standing) {
  return Value::object({{"due", standing.due ? Value(standing.due->text()) : Value()},
                        {"evidence", standing.evidence},
                        {"last_progress", standing.last_progress.text()},
                        {"late", standing.is_late},
                        {"outcome", text_or_null(standing.outcome)},
                        {"state", standing.state},
                        {"version", standing.version}});
}

Standing standing_from(std::string_view json) {
  const auto value = parse_json(json);
  if (!value) throw Fault(FaultKind::damaged, "a row of a round is not JSON");
  Standing out;
  out.due = Date::parse(text_in(*value, "due"));
  out.evidence = number_in(*value, "evidence");
  const auto last = Date::parse(text_in(*value, "last_progress"));
  const Value* const late = value->find("late");
  if (!last || late == nullptr || late->boolean() == nullptr)
    throw Fault(FaultKind::damaged, "a row of a round that cannot be read");
  out.last_progress = *last;
  out.is_late = *late->boolean();
  out.outcome = text_in(*value, "outcome");
  out.state = text_in(*value, "state");
  out.version = number_in(*value, "version");
  return out;
}

std::string asks_text(const std::vector<Ask>& asks) {
  std::string text;
  for (const Ask ask : asks)
    text += (text.empty() ? "" : " ") + std::string(ask_words[static_cast<std::size_t>(ask)]);
  return text;
}

std::vector<Ask> asks_from(std::string_view text) {
  std::vector<Ask> asks;
  for (const auto word : split(text, ' ')) {
    const auto found = std::find(ask_words.begin(), ask_words.end(), word);
    if (found != ask_words.end()) asks.push_back(static_cast<Ask>(found - ask_words.begin()));
  }
  return asks;
}

const Row* Whole::find_row(MatterId matter) const { return find_by(rows, matter); }
const Line* Whole::find_line(MatterId matter) const { return find_by(lines, matter); }

const Task* Whole::find_task(std::int64_t n) const {
  const auto found =
      std::find_if(tasks.begin(), tasks.end(), [&](const Task& one) { return one.n == n; });
  return found == tasks.end() ? nullptr : &*found;
}

std::vector<UnitId> Whole::leads() const {
  std::set<UnitId> leads;
  for (const Row& row : rows) leads.insert(row.lead_unit);
  return {leads.begin(), leads.end()};
}

std::vector<MatterId> Whole::unanswered(std::optional<UnitId> lead) const {
  std::vector<MatterId> out;
  for (const Row& row : rows)
    if ((!lead || row.lead_unit == *lead) && !row.asks.empty() && !find_line(row.matter))
      out.push_back(row.matter);
  return out;
}

journal::Sequence Whole::latest() const {
  journal::Sequence latest = std::max(round.seq, round.locked_seq.value_or(0));
  for (const Line& one : lines) latest = std::max(latest, one.seq);
  for (const Confirmation& one : confirmations) latest = std::max(latest, one.seq);
  for (const Task& one : tasks) {
    latest = std::max(latest, one.seq);
    for (const Report& report : one.reports) latest = std::max(latest, report.seq);
  }
  return latest;
}

const Confirmation* Whole::standing_confirmation(UnitId lead) const {
  const Confirmation* newest = nullptr;
  for (const Confirmation& one : confirmations)
    if (one.lead_unit == lead && (newest == nullptr || newest->seq < one.seq)) newest = &one;
  if (newest == nullptr) return nullptr;
  for (const Row& row : rows) {
    if (row.lead_unit != lead) continue;
    const Line* const line = find_line(row.matter);
    if (line != nullptr && line->seq > newest->seq) return nullptr;
  }
  return newest;
}

}  // namespace huilu::round
