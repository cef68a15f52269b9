#include "obligation/news.h"

#include <algorithm>
#include <set>

#include "obligation/context.h"
#include "policy/declarations.h"
#include "policy/finding.h"

namespace huilu::obligation {

namespace {

using policy::Node;
using policy::NodeKind;

}  // namespace

void check_keys(const Node& line, std::string_view action, std::vector<std::string_view> more,
                policy::Reading& reading) {
  for (const std::string_view key : {std::string_view("day"), std::string_view("at"), action})
    more.push_back(key);
  for (const policy::Member& member : line.members)
    if (std::find(more.begin(), more.end(), member.key) == more.end())
      policy::reading::unknown_key(reading, member, more);
}

News::News(const policy::Pack& pack, const std::vector<policy::Pack>& known, Stage& stage)
    : pack_(pack), stage_(stage), reading_(stage.reading) {
  for (const policy::Pack& one : known)
    if (one.id != pack.id)
      revisions_.insert(revisions_.end(), one.revisions.begin(), one.revisions.end());
  revisions_.insert(revisions_.end(), pack.revisions.begin(), pack.revisions.end());
}

// A revision that a line of the story publishes is not known before.
void News::begin(const Node& story) {
  std::set<std::string> told;
  for (const Node& line : story.items)
    if (const Node* const id = line.find("calendar")) told.insert(id->text);
  for (const calendar::Revision& revision : revisions_)
    if (!told.contains(revision.id)) stage_.facts.calendar.push_back(revision);
}

void News::publish(const Node& line, Date today) {
  check_keys(line, "calendar", {}, reading_);
  const Node& id = line.below("calendar");
  std::vector<std::string_view> ids;
  for (const calendar::Revision& one : revisions_) {
    ids.push_back(one.id);
    if (one.id != id.text) continue;
    stage_.facts.calendar.push_back(one);
    stage_.facts.calendar.back().published = today;
    return;
  }
  reading_.report(RefusalCode::pack_reference, id.place, policy::nearest_or_all(id.text, ids),
                  id.describe());
}

void News::decide(const Node& line, Instant now) {
  check_keys(line, "param", {"value", "from", "basis", "retroactive"}, reading_);
  const Node& name = line.below("param");
  const policy::Parameter* const parameter = pack_.find_parameter(name.text);
  if (!parameter) {
    std::vector<std::string_view> names;
    for (const policy::Parameter& one : pack_.parameters) names.push_back(one.name);
    return reading_.report(RefusalCode::pack_reference, name.place,
                           policy::nearest_or_all(name.text, names), name.describe());
  }
  Decided decided{pack_.id + '/' + parameter->name, {}, false, now};
  decided.value.from = zone.date_of(now);
  decided.value.basis = policy::Basis::decision;
  if (const Node* const from = line.find("from"))
    policy::date().read(reading_, *from, decided.value.from);
  if (const Node* const basis = line.find("basis"))
    policy::word<policy::Basis>(policy::basis_words).read(reading_, *basis, decided.value.basis);
  if (const Node* const retroactive = line.find("retroactive"))
    policy::boolean().read(reading_, *retroactive, decided.retroactive);
  const Node* const value = line.find("value");
  if (!value) return reading_.report(RefusalCode::pack_missing_key, line.place, "value", "");
  if (value->kind == NodeKind::map && !parameter->by.empty()) {
    for (const policy::Member& member : value->members)
      read_setting(*parameter, member.value,
                   decided.value.table.emplace_back(member.key, policy::Setting{}).second);
  } else if (value->kind != NodeKind::null) {
    read_setting(*parameter, *value, decided.value.value.emplace());
  }
  stage_.facts.decided.push_back(std::move(decided));
}

void News::read_setting(const policy::Parameter& parameter, const Node& node,
                        policy::Setting& out) {
  constexpr std::int64_t highest = 1'000'000'000;
  switch (parameter.type) {
    case policy::ParameterType::int_:
      return policy::integer(-highest, highest).read(reading_, node, out.emplace<std::int64_t>());
    case policy::ParameterType::decimal:
      return policy::decimal().read(reading_, node, out.emplace<policy::Decimal>());
    case policy::ParameterType::bool_:
      return policy::boolean().read(reading_, node, out.emplace<bool>());
    case policy::ParameterType::date:
      return policy::date().read(reading_, node, out.emplace<Date>());
    case policy::ParameterType::month_day:
      return policy::month_day().read(reading_, node, out.emplace<policy::MonthDay>());
    case policy::ParameterType::duration:
      return policy::duration().read(reading_, node, out.emplace<policy::Duration>());
    case policy::ParameterType::text:
      return policy::text().read(reading_, node, out.emplace<std::string>());
    case policy::ParameterType::list:
      break;
  }
  std::vector<std::string> ids;
  policy::list_of(policy::id()).read(reading_, node, ids);
  auto& items = out.emplace<std::vector<policy::ListItem>>();
  for (std::string& id : ids) items.push_back({std::move(id), {}, {}, {}});
}

}  // namespace huilu::obligation
