#include "obligation/relapse.h"

#include <algorithm>

#include "base/likeness.h"
#include "obligation/matter_context.h"

namespace huilu::obligation {

namespace {

constexpr std::string_view other_pointer = "/other";

// A text, or texts of a list one below the other.
std::string text_in(const Matter& matter, const std::string& field) {
  const Value* const value = matter.fields.find(field);
  if (!value) return {};
  if (value->text()) return *value->text();
  std::string all;
  for (const Value& item : value->list() ? *value->list() : Value::List())
    if (item.text()) all += (all.empty() ? "" : "\n") + *item.text();
  return all;
}

TextPairs texts_of(const policy::MatterType& type, const Matter& one, const Matter& other) {
  TextPairs pairs;
  for (const std::string& field : type.relapse->alike)
    pairs.emplace_back(text_in(one, field), text_in(other, field));
  return pairs;
}

// What only one of them says tells nothing.
bool differ(const policy::MatterType& type, const Matter& one, const Matter& other) {
  const auto& same = type.relapse->same;
  return std::any_of(same.begin(), same.end(), [&](const std::string& field) {
    const Value* const mine = one.fields.find(field);
    const Value* const theirs = other.fields.find(field);
    return is_filled(mine) && is_filled(theirs) && *mine != *theirs;
  });
}

bool is_recent(const Lifecycle& life, const Matter& matter, const Settled& settled) {
  MatterContext context(life, matter);
  const auto length = context.length(life.type.relapse->within, settled.since);
  if (!length.term) return false;
  const auto last =
      calendar::after(context.calendar_known_on(life.today), settled.since, *length.term);
  return settled.since <= matter.opened && matter.opened <= last.day;
}

}  // namespace

Alike alike(const policy::MatterType& type, const Matter& one, const Matter& other) {
  Alike out;
  for (const std::string& field : type.relapse->same) {
    const Value* const mine = one.fields.find(field);
    const Value* const theirs = other.fields.find(field);
    if (is_filled(mine) && is_filled(theirs) && *mine == *theirs) out.same.push_back(field);
  }
  auto likeness = likeness_of(texts_of(type, one, other));
  out.millionths = likeness.millionths;
  out.common = std::move(likeness.common);
  return out;
}

std::int64_t likeness(const policy::MatterType& type, const Matter& one, const Matter& other) {
  return differ(type, one, other) ? 0 : likeness_in_millionths(texts_of(type, one, other));
}

Date settled_since(const std::vector<MatterStep>& history) {
  std::size_t at = history.size() - 1;
  while (at > 0 && history[at - 1].matter.state == history[at].matter.state) --at;
  return zone.date_of(history[at].at);
}

std::vector<MatterId> likely_relapses(const Lifecycle& life, const Matter& matter,
                                      const std::vector<Settled>& settled) {
  if (!life.type.relapse) return {};
  const auto& of = life.type.relapse->of;
  const auto least = MatterContext(life, matter).measure(life.type.relapse->at_least);
  std::vector<std::pair<std::int64_t, MatterId>> found;
  for (const Settled& one : settled) {
    const Matter& other = one.matter;
    if (other.id == matter.id || other.type != matter.type || other.unit != matter.unit ||
        std::find(of.begin(), of.end(), other.state) == of.end() || !is_recent(life, matter, one))
      continue;
    const std::int64_t alike = likeness(life.type, matter, other);
    if (least.value && alike >= *least.value) found.emplace_back(alike, other.id);
  }
  std::sort(found.begin(), found.end(), [](const auto& one, const auto& other) {
    return one.first != other.first ? one.first > other.first : one.second > other.second;
  });
  std::vector<MatterId> ids;
  for (const auto& [likeness, id] : found) ids.push_back(id);
  return ids;
}

std::vector<RelapseNow> relapses_of(const std::vector<MatterStep>& history) {
  std::vector<RelapseNow> all;
  if (history.empty()) return all;
  for (const MatterId id : history.back().matter.alike) all.push_back({id});
  for (std::size_t i = 0; i < history.size(); ++i) {
    const auto& deed = history[i].deed;
    const bool confirms = deed && deed->kind == DeedKind::relapse_confirmed;
    if (!confirms && (!deed || deed->kind != DeedKind::relapse_denied)) continue;
    for (RelapseNow& one : all) {
      if (one.other != deed->other) continue;
      one.stands = confirms ? RelapseStands::confirmed : RelapseStands::denied;
      one.decided = i;
    }
  }
  return all;
}

Refusals check_relapse(const Lifecycle& life, const Matter& matter, MatterId other, bool confirms,
                       const Change& change, const Actor& actor, Asking asking) {
  Refusals refusals;
  const auto no = [&](RefusalCode code, std::string got) {
    refuse(refusals, code, std::string(other_pointer), "", std::move(got));
  };
  const auto all = life.type.relapse ? relapses_of(*life.history) : std::vector<RelapseNow>();
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const RelapseNow& one) { return one.other == other; });
  if (found == all.end()) {
    no(RefusalCode::unknown_matter, other.text());
    return refusals;
  }
  const auto wanted = confirms ? RelapseStands::confirmed : RelapseStands::denied;
  if (found->stands == wanted) no(RefusalCode::wrong_state, other.text());
  if (confirms && matter.relapse_of && matter.relapse_of != other)
    no(RefusalCode::wrong_state, matter.relapse_of->text());
  check_role_of_another(life, matter, life.type.relapse->by, actor, other_pointer, refusals);
  if (asking == Asking::whole && !is_given("reason", {}, change))
    refuse(refusals, RefusalCode::field_required, "/reason", "reason");
  return refusals;
}

Matter with_relapse(const Matter& matter, MatterId other, bool confirms) {
  Matter after = matter;
  if (confirms)
    after.relapse_of = other;
  else if (after.relapse_of == other)
    after.relapse_of.reset();
  return after;
}

Matter with_relapsed(const std::vector<MatterStep>& earlier, MatterId later, bool confirms) {
  Matter after = earlier.back().matter;
  if (confirms) {
    after.relapsed_as = later;
    return after;
  }
  if (after.relapsed_as != later) return after;
  // Others with which it came back since it was settled.
  std::vector<MatterId> standing;
  for (const MatterStep& step : earlier) {
    if (step.deed && step.deed->other && step.deed->kind == DeedKind::relapsed)
      standing.push_back(*step.deed->other);
    if (step.deed && step.deed->other && step.deed->kind == DeedKind::relapse_undone)
      std::erase(standing, *step.deed->other);
    if (!step.matter.relapsed_as) standing.clear();
  }
  std::erase(standing, later);
  after.relapsed_as = standing.empty() ? std::nullopt : std::optional(standing.back());
  return after;
}

}  // namespace huilu::obligation
