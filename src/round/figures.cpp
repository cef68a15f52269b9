#include "round/figures.h"

#include <algorithm>

namespace huilu::round {

namespace {

constexpr int long_late_days = 30;

const Standing* stood_in(const Whole& whole, MatterId matter) {
  const Row* const row = whole.find_row(matter);
  if (row == nullptr) return nullptr;
  return row->locked ? &*row->locked : &row->taken;
}

// How many are late, silent, answered.
Value rows_value(const Counted& counted) {
  std::int64_t open = 0, late = 0, silent = 0, asked = 0, progress = 0, none = 0, unanswered = 0;
  std::int64_t waiting = 0;
  for (const Present& one : counted.rows) {
    open += one.standing.is_open() ? 1 : 0;
    late += one.standing.is_late ? 1 : 0;
    silent += is_silent(one.standing, counted.whole.round.silent_days, counted.today) ? 1 : 0;
    waiting += one.is_waiting ? 1 : 0;
  }
  for (const Row& row : counted.whole.rows) {
    const Line* const line = counted.whole.find_line(row.matter);
    asked += row.asks.empty() ? 0 : 1;
    progress += line != nullptr && line->kind == LineKind::progress ? 1 : 0;
    none += line != nullptr && line->kind == LineKind::none ? 1 : 0;
    unanswered += line == nullptr && !row.asks.empty() ? 1 : 0;
  }
  return Value::object({{"all", static_cast<std::int64_t>(counted.rows.size())},
                        {"open", open},
                        {"late", late},
                        {"silent", silent},
                        {"asked", asked},
                        {"progress", progress},
                        {"none", none},
                        {"unanswered", unanswered},
                        {"waiting", waiting},
                        {"later", static_cast<std::int64_t>(counted.later.size())}});
}

// By state, and apart from it how far they are.
void add_ledger(const Counted& counted, Value& out) {
  constexpr std::size_t kinds = policy::completion_words.size();
  std::array<std::int64_t, kinds> completed{};
  std::int64_t behind = 0, waiting = 0;
  Value::List states;
  for (const auto& [address, by_state] : counted.counts) {
    const auto type = counted.types.find(address);
    for (const auto& [state, count] : by_state) {
      states.push_back(Value::object(
          {{"type", address}, {"state", state}, {"count", count.all}, {"late", count.overdue}}));
      if (type == counted.types.end()) continue;
      const auto completion = type->second->completion_of(state);
      const auto* const found = type->second->find_state(state);
      const bool is_final = found != nullptr && found->final.has_value();
      completed[static_cast<std::size_t>(completion)] += count.all;
      if (completion == policy::Completion::under_way) behind += count.overdue;
      if (completion == policy::Completion::done && !is_final) waiting += count.all;
    }
  }
  Value completion = Value::object({});
  for (std::size_t i = 0; i < kinds; ++i)
    completion.set(std::string(policy::completion_words[i]), completed[i]);
  // Of those under way, and of those that are done.
  completion.set("behind", behind);
  completion.set("waiting", waiting);
  out.set("states", std::move(states));
  out.set("completion", std::move(completion));
}

Value promised_value(const Whole& previous) {
  std::int64_t kept = 0;
  for (const Task& task : previous.tasks) kept += task.is_done() ? 1 : 0;
  return Value::object(
      {{"tasks", static_cast<std::int64_t>(previous.tasks.size())}, {"done", kept}});
}

// What came, went and came back since the round before: each matter is new in one round only.
CountedMatters since_of(const Counted& counted) {
  CountedMatters out;
  if (counted.previous == nullptr) return out;
  for (const auto* list : {&counted.rows, &counted.later, &counted.before})
    for (const Present& one : *list) {
      const Standing* const stood = stood_in(*counted.previous, one.matter);
      const bool is_open = one.standing.is_open();
      const bool was_open = stood != nullptr && stood->is_open();
      if (stood == nullptr) out["added"].push_back(one.matter);
      if (stood != nullptr && !was_open && is_open) out["reopened"].push_back(one.matter);
      if (is_open || (stood != nullptr && !was_open)) continue;
      out[one.standing.outcome == "solved" ? "struck_off" : "settled"].push_back(one.matter);
    }
  return out;
}

Value since_value(const Counted& counted) {
  if (counted.previous == nullptr) return {};
  const Whole& previous = *counted.previous;
  auto since = since_of(counted);
  const auto count = [&](const std::string& name) {
    return static_cast<std::int64_t>(since[name].size());
  };
  return Value::object({{"round", previous.round.id.text()},
                        {"on", previous.round.locked.value_or(previous.round.opened).text()},
                        {"added", count("added")},
                        {"reopened", count("reopened")},
                        {"struck_off", count("struck_off")},
                        {"settled", count("settled")},
                        {"promised", promised_value(previous)}});
}

}  // namespace

Value figures_of(const Counted& counted) {
  Value out = Value::object({{"on", counted.today.text()}, {"rows", rows_value(counted)}});
  add_ledger(counted, out);
  out.set("since", since_value(counted));
  return out;
}

CountedMatters matters_counted(const Counted& counted, const std::vector<InLedger>& ledger) {
  CountedMatters out = since_of(counted);
  for (const Present& one : counted.later) out["later"].push_back(one.matter);
  for (const InLedger& one : ledger) {
    const auto type = counted.types.find(one.type);
    if (type == counted.types.end()) continue;
    const auto completion = type->second->completion_of(one.state);
    out[std::string(policy::completion_words[static_cast<std::size_t>(completion)])].push_back(
        one.matter);
    if (completion == policy::Completion::under_way && one.is_late)
      out["behind"].push_back(one.matter);
  }
  for (auto& [name, matters] : out) std::sort(matters.begin(), matters.end());
  return out;
}

std::vector<Worth> worth_of(const Whole& whole, const Whole* previous, const Row& row,
                            const Standing& now, Date today) {
  std::vector<Worth> out;
  if (!now.is_open()) return out;
  if (now.due && today - *now.due > long_late_days) out.push_back(Worth::long_late);
  const Line* const line = whole.find_line(row.matter);
  const bool is_late = std::find(row.asks.begin(), row.asks.end(), Ask::late) != row.asks.end();
  if (line == nullptr && is_late && today > whole.round.cutoff) out.push_back(Worth::no_answer);
  const bool is_none = line != nullptr && line->kind == LineKind::none;
  if (is_none && is_silent(now, whole.round.silent_days, today)) out.push_back(Worth::no_progress);
  if (previous == nullptr) return out;
  const bool is_broken =
      std::any_of(previous->tasks.begin(), previous->tasks.end(), [&](const Task& task) {
        return task.matter == row.matter && !task.is_done() && task.due < today;
      });
  if (is_broken) out.push_back(Worth::promise_broken);
  const Standing* const stood = stood_in(*previous, row.matter);
  if (stood != nullptr && !stood->is_open()) out.push_back(Worth::reopened);
  return out;
}

}  // namespace huilu::round
