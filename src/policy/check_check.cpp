#include <algorithm>

#include "policy/check.h"
#include "policy/obligation_check.h"

namespace huilu::policy {

namespace {

constexpr std::string_view narrowed = "where: {host: $it.host}";

bool leads_to_one(const PathType& type) {
  return type.leads == Leads::unit || type.leads == Leads::person || type.leads == Leads::record;
}

}  // namespace

void ObligationCheck::check(Check& check, const Node& node) {
  const RecordType* const type =
      check.before.record_type.empty() ? nullptr : types_.record_type(check.before.record_type);
  Reach reach;
  reach.has_it = type != nullptr;
  if (type) reach.it = type_of_record(type->address);
  reach.thing = reach.it;
  reach.has_parameters = true;
  reach.has_case_day = type != nullptr;
  reach.may_be_today = true;
  if (type) check_act(check.before, *type);
  if (type) of(reach).check(check.when);
  this->check(check.needs, reach);
  check_narrowed(check.needs, reach);
  if (check.say)
    of(reach).check_words(*check.say, node.below("say").place,
                          {"need", "have", "missing", "others"});
}

void ObligationCheck::check_act(const Before& before, const RecordType& type) {
  if (before.act == Act::plan && !type.plannable)
    reading_.report(RefusalCode::pack_shape, before.place, "plannable: true", type.name);
  if (before.act == Act::end && !type.lasts)
    reading_.report(RefusalCode::pack_shape, before.place, "lasts: true", type.name);
}

// The records that a set is chosen from are found by what the record in hand names: nobody reads
// all that there are while somebody waits to save one.
void ObligationCheck::check_narrowed(const Test& test, const Reach& reach) {
  for (const Test& part : test.parts) check_narrowed(part, reach);
  if (!test.counts() || test.of.names.empty()) return;
  const Set& set = test.of;
  const bool lasts = std::any_of(set.names.begin(), set.names.end(), [&](const std::string& name) {
    const RecordType* const type = types_.record_type(name);
    return type && type->lasts;
  });
  if (lasts && !set.active)
    reading_.report(RefusalCode::pack_missing_key, set.place, "active: $it.from", "");
  const Comparing* const line = narrowing(set);
  if (!line)
    return reading_.report(RefusalCode::pack_missing_key, set.place, std::string(narrowed), "");
  Reach of_record = reach;
  of_record.thing = type_of_record(set.names.front());
  const PathType type = of(of_record).check(line->path);
  if (type.leads != Leads::nothing && !leads_to_one(type))
    reading_.report(RefusalCode::pack_type, line->place, "unit, person, ref", describe(type));
}

}  // namespace huilu::policy
