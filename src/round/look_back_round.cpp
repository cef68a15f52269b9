#include "round/look_back_round.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/fault.h"
#include "base/text.h"
#include "command/parts.h"
#include "policy/look_back.h"

namespace huilu::round {

namespace {

using command::append;
using command::check_length;
using command::refuse;

constexpr std::size_t look_back_name_max = 60;
constexpr std::size_t missing_characters_max = 200;
constexpr int until_days_max = 366;
constexpr std::size_t listed_max = 10;

std::string listed_matters(const std::vector<MatterId>& matters) {
  std::string text;
  for (std::size_t i = 0; i < std::min(listed_max, matters.size()); ++i)
    text += (text.empty() ? "" : ", ") + matters[i].text();
  return matters.size() > listed_max ? text + " …" : text;
}

void check_open(const LookBackRound& round, Refusals& refusals) {
  if (!round.is_open())
    refuse(refusals, RefusalCode::wrong_state, "", "open", "locked " + round.locked->text());
}

void check_amount(const Sample& sample, std::size_t candidates, Refusals& refusals) {
  const bool is_percent = sample.kind == SampleKind::percent;
  const auto most = is_percent ? 100 : static_cast<std::int64_t>(drawn_max);
  if (sample.kind != SampleKind::all && (sample.amount < 1 || sample.amount > most))
    refuse(refusals, RefusalCode::field_range, is_percent ? "/percent" : "/size",
           "1 to " + std::to_string(most), std::to_string(sample.amount));
  else if (candidates > candidates_max || size_of(sample, candidates) > drawn_max)
    refuse(refusals, RefusalCode::field_range, "/types",
           "at most " + std::to_string(drawn_max) + " of " + std::to_string(candidates_max),
           std::to_string(candidates));
}

Value types_list(const std::vector<std::string>& texts) {
  return Value::List(texts.begin(), texts.end());
}

std::int64_t count_in(const Value& value, std::string_view key) {
  const Value* const member = value.find(key);
  if (member == nullptr || member->integer() == nullptr)
    throw Fault(FaultKind::damaged, "a draw without a number");
  return *member->integer();
}

// One line of the figures.
struct FigureLine {
  TypeCount there;
  std::int64_t candidates = 0, drawn = 0, missing = 0;
  std::map<std::string, std::int64_t> found;

  void add(const Candidate& one) {
    ++candidates;
    if (!one.drawn) return;
    ++drawn;
    if (one.looked)
      ++found[one.looked->found];
    else
      ++missing;
  }
  std::int64_t of(const std::string& outcome) const {
    const auto at = found.find(outcome);
    return at == found.end() ? 0 : at->second;
  }
  Value value() const {
    Value::List outcomes;
    for (const auto word : policy::look_back_outcome_words)
      outcomes.push_back(Value::object({{"count", of(std::string(word))}, {"outcome", word}}));
    return Value::object({{"all", there.all},
                          {"candidates", candidates},
                          {"closed", there.closed},
                          {"drawn", drawn},
                          {"found", std::move(outcomes)},
                          {"looked", drawn - missing},
                          {"missing", missing},
                          {"stands", there.closed - of("relapsed") - of("not_done")},
                          {"too_early", there.too_early},
                          {"type", there.type.empty() ? Value() : Value(there.type)}});
  }
};

}  // namespace

const Candidate* WholeLookBackRound::find_row(MatterId matter) const {
  const auto found = std::find_if(candidates.begin(), candidates.end(),
                                  [&](const Candidate& one) { return one.matter == matter; });
  return found == candidates.end() ? nullptr : &*found;
}

std::vector<MatterId> WholeLookBackRound::missing() const {
  std::vector<MatterId> out;
  for (const Candidate& one : candidates)
    if (one.drawn && !one.looked) out.push_back(one.matter);
  return out;
}

journal::Sequence WholeLookBackRound::latest() const {
  journal::Sequence latest = std::max(round.seq, round.locked_seq.value_or(0));
  for (const Draw& one : draws) latest = std::max(latest, one.seq);
  return latest;
}

Refusals decide_opening(const NewLookBackRound& asked, std::size_t candidates,
                        const std::optional<LookBackRound>& open, Date today) {
  Refusals refusals = check_length(asked.name, 1, look_back_name_max, "/name");
  const bool is_day = asked.until >= today && asked.until <= today + until_days_max;
  if (!is_day)
    refuse(refusals, RefusalCode::date_order, "/until",
           today.text() + " to " + (today + until_days_max).text(), asked.until.text());
  check_amount(asked.sample, candidates, refusals);
  if (open)
    refuse(refusals, RefusalCode::round_open, "", "", open->name,
           "/api/v1/look-back-rounds/" + open->id.text());
  else if (candidates == 0 && is_day)
    refuse(refusals, RefusalCode::round_empty, "");
  return refusals;
}

Refusals decide_drawing(const WholeLookBackRound& whole, std::int64_t seen, std::string_view reason,
                        std::size_t candidates) {
  Refusals refusals;
  check_open(whole.round, refusals);
  if (!refusals.empty()) return refusals;
  command::check_version(whole.round.version, seen, refusals);
  append(refusals, command::check_reason(reason));
  check_amount(whole.round.sample, candidates, refusals);
  if (candidates == 0) refuse(refusals, RefusalCode::round_empty, "");
  return refusals;
}

Refusals decide_locking(const WholeLookBackRound& whole, std::int64_t seen,
                        const std::vector<MissingReason>& reasons) {
  Refusals refusals;
  check_open(whole.round, refusals);
  if (!refusals.empty()) return refusals;
  command::check_version(whole.round.version, seen, refusals);
  const auto missing = whole.missing();
  std::set<MatterId> unsaid(missing.begin(), missing.end());
  for (std::size_t i = 0; i < reasons.size(); ++i) {
    const std::string where = "/missing/" + std::to_string(i);
    append(refusals, check_length(reasons[i].reason, 1, missing_characters_max, where + "/reason"));
    if (unsaid.erase(reasons[i].matter) == 0)
      refuse(refusals, RefusalCode::unknown_matter, where + "/matter", "",
             reasons[i].matter.text());
  }
  if (!unsaid.empty())
    refuse(refusals, RefusalCode::round_unanswered, "/missing", "",
           listed_matters({unsaid.begin(), unsaid.end()}));
  return refusals;
}

Value figures_of(const WholeLookBackRound& whole) {
  std::map<std::string, FigureLine> lines;
  FigureLine total;
  for (const TypeCount& one : whole.draws.back().counts) {
    lines[one.type].there = one;
    total.there.all += one.all;
    total.there.closed += one.closed;
    total.there.too_early += one.too_early;
  }
  for (const Candidate& one : whole.candidates) {
    lines[one.type].add(one);
    total.add(one);
  }
  Value::List types;
  for (const auto& [type, line] : lines) types.push_back(line.value());
  return Value::object({{"total", total.value()}, {"types", std::move(types)}});
}

Value round_content(const LookBackRound& round) {
  return Value::object({{"amount", round.sample.amount},
                        {"opened", round.opened.text()},
                        {"round", round.id.text()},
                        {"sample", sample_words[static_cast<std::size_t>(round.sample.kind)]},
                        {"strata", strata_words[static_cast<std::size_t>(round.strata)]},
                        {"types", types_list(round.types)},
                        {"unit", round.unit.text()},
                        {"until", round.until.text()}});
}

Value draw_content(RoundId round, const Draw& draw) {
  return Value::object({{"counts", counts_value(draw.counts)},
                        {"n", draw.n},
                        {"round", round.text()},
                        {"seed", draw.seed}});
}

Value candidates_content(const std::vector<Candidate>& candidates) {
  Value::List list;
  for (const Candidate& one : candidates) {
    list.push_back(Value::object({{"drawn", one.drawn},
                                  {"matter", one.matter.text()},
                                  {"stratum", one.stratum},
                                  {"type", one.type},
                                  {"unit", one.unit.text()}}));
  }
  return list;
}

Value lock_content(const LookBackRound& round) {
  return Value::object(
      {{"figures", *round.figures}, {"locked", round.locked->text()}, {"round", round.id.text()}});
}

Value found_content(const std::vector<Candidate>& candidates) {
  Value::List list;
  for (const Candidate& one : candidates) {
    if (!one.drawn) continue;
    list.push_back(Value::object({{"found", one.looked ? Value(one.looked->found) : Value()},
                                  {"matter", one.matter.text()},
                                  {"missing", one.missing.empty() ? Value() : Value(one.missing)},
                                  {"version", one.looked ? Value(one.looked->version) : Value()}}));
  }
  return list;
}

Value counts_value(const std::vector<TypeCount>& counts) {
  Value::List list;
  for (const TypeCount& one : counts)
    list.push_back(Value::object({{"all", one.all},
                                  {"closed", one.closed},
                                  {"too_early", one.too_early},
                                  {"type", one.type}}));
  return list;
}

std::vector<TypeCount> counts_from(std::string_view json) {
  const auto value = parse_json(json);
  if (!value || value->list() == nullptr)
    throw Fault(FaultKind::damaged, "the counts of a draw are not JSON");
  std::vector<TypeCount> counts;
  for (const Value& one : *value->list()) {
    const Value* const type = one.find("type");
    if (type == nullptr || type->text() == nullptr)
      throw Fault(FaultKind::damaged, "a count of a draw without its type");
    counts.push_back(
        {*type->text(), count_in(one, "all"), count_in(one, "closed"), count_in(one, "too_early")});
  }
  return counts;
}

void draw(std::vector<Candidate>& candidates, const Sample& sample, std::string_view seed) {
  std::vector<obligation::InDraw> list;
  for (const Candidate& one : candidates) list.push_back({one.matter.text(), one.stratum});
  const auto lots =
      obligation::drawn_of(list, obligation::look_back_lots, seed, size_of(sample, list.size()));
  for (std::size_t i = 0; i < candidates.size(); ++i) candidates[i].drawn = lots[i].place > 0;
}

}  // namespace huilu::round
