#include "obligation/look_back.h"

#include <algorithm>

#include "obligation/matter_context.h"
#include "policy/finding.h"

namespace huilu::obligation {

namespace {

constexpr std::string_view outcome_pointer = "/outcome";

bool starts_in(const policy::MatterType& type, const std::string& state) {
  const auto& starts = type.look_back->starts;
  return std::find(starts.begin(), starts.end(), state) != starts.end();
}

void reckon(const Lifecycle& life, const Matter& matter, LookBackNow& one) {
  MatterContext context(life, matter);
  const auto length = context.length(life.type.look_back->after, one.since);
  one.is_assumed = length.is_assumed;
  if (!length.term) return;
  const auto due = calendar::after(context.calendar_known_on(life.today), one.since, *length.term);
  one.due = due.day;
  one.is_provisional = due.provisional;
}

void check_outcome(const Lifecycle& life, const LookBackNow& now, std::string_view outcome,
                   Refusals& out) {
  std::vector<std::string_view> words;
  for (const policy::LookBackOutcome one : life.type.look_back->outcomes)
    words.push_back(policy::look_back_outcome_words[static_cast<std::size_t>(one)]);
  if (std::find(words.begin(), words.end(), outcome) == words.end())
    return refuse(out, RefusalCode::unknown_word, std::string(outcome_pointer),
                  policy::nearest_or_all(outcome, words), std::string(outcome));
  const bool is_good = outcome == "holds" || outcome == "partly";
  if (is_good && now.due && life.today < *now.due)
    refuse(out, RefusalCode::field_range, std::string(outcome_pointer), now.due->text() + "..",
           life.today.text());
}

}  // namespace

std::vector<LookBackNow> look_backs_of(const Lifecycle& life,
                                       const std::vector<MatterStep>& history) {
  std::vector<LookBackNow> all;
  if (!life.type.look_back) return all;
  for (std::size_t i = 0; i < history.size(); ++i) {
    const MatterStep& step = history[i];
    if (step.at > life.now || zone.date_of(step.at) > life.today) break;
    const bool was_there = i > 0 && starts_in(life.type, history[i - 1].matter.state);
    if (starts_in(life.type, step.matter.state) && !was_there) {
      LookBackNow one;
      one.entered = i;
      one.since = zone.date_of(step.at);
      reckon(life, step.matter, one);
      all.push_back(std::move(one));
    }
    if (step.deed && step.deed->kind == DeedKind::looked_back && !all.empty()) {
      all.back().done = i;
      all.back().found = step.deed->found;
    }
  }
  return all;
}

std::string found_last(const Lifecycle& life, const std::vector<MatterStep>& history) {
  // No day is reckoned: a time that asks for what was found would ask for ever.
  std::string found;
  for (std::size_t i = 0; i < history.size(); ++i) {
    const MatterStep& step = history[i];
    if (step.at > life.now || zone.date_of(step.at) > life.today) break;
    const bool was_there = i > 0 && starts_in(life.type, history[i - 1].matter.state);
    if (starts_in(life.type, step.matter.state) && !was_there) found.clear();
    if (step.deed && step.deed->kind == DeedKind::looked_back) found = step.deed->found;
  }
  return found;
}

std::optional<LookBackNow> awaited_look_back(const Lifecycle& life, const Matter& matter,
                                             const std::vector<MatterStep>& history) {
  if (!life.type.look_back || !starts_in(life.type, matter.state)) return {};
  auto all = look_backs_of(life, history);
  if (all.empty() || all.back().done) return {};
  return std::move(all.back());
}

Refusals check_looking_back(const Lifecycle& life, const Matter& matter, std::string_view outcome,
                            const Change& change, const Actor& actor, bool settled_it,
                            Asking asking) {
  Refusals refusals;
  if (!life.type.look_back || !starts_in(life.type, matter.state)) {
    refuse(refusals, RefusalCode::wrong_state, std::string(outcome_pointer),
           life.type.look_back ? listed(life.type.look_back->starts) : "", matter.state);
    return refusals;
  }
  const auto all = look_backs_of(life, *life.history);
  check_role_of_another(life, matter, life.type.look_back->by, actor, outcome_pointer, refusals);
  if (settled_it && !all.empty())
    refuse(refusals, RefusalCode::move_same_person, std::string(outcome_pointer),
           (*life.history)[all.back().entered].move);
  if (asking == Asking::form) return refusals;
  if (!all.empty()) check_outcome(life, all.back(), outcome, refusals);
  if (!is_given("reason", {}, change))
    refuse(refusals, RefusalCode::field_required, "/reason", "reason");
  return refusals;
}

}  // namespace huilu::obligation
