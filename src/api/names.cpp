#include "api/names.h"

#include <algorithm>

#include "http/http.h"
#include "identity/commands.h"
#include "org/paths.h"

namespace huilu::api {

Refusals open_names(Call& call, UnitId unit, UnitId opened) {
  auto refusals =
      identity::check_names(*call.reader, call.who.account, call.who.session, unit, call.today);
  for (Refusal& refusal : refusals) refusal.where.clear();  // the unit stands in the path
  if (refusals.empty() || refusals.front().code != RefusalCode::reason_required) return refusals;
  const auto reason = http::percent_decoded(call.request.header("huilu-reason"), false);
  if (!reason || reason->empty()) return refusals;
  auto outcome = call.services.road.run(
      std::make_unique<identity::OpenNamesBelow>(opened, call.who.session, *reason),
      {call.who.account, "", ""});
  if (!outcome.fault.empty()) throw Fault(outcome.fault_kind, outcome.fault);
  for (Refusal& refusal : outcome.refusals) refusal.where = "Huilu-Reason";
  return outcome.refusals;
}

UnitNames::UnitNames(Call& call)
    : call_(call),
      open_(identity::open_names(*call.reader, call.who.account, call.who.session, call.today)) {}

void UnitNames::load(const std::vector<UnitId>& units) {
  std::vector<UnitId> wanted;
  for (const UnitId unit : units) {
    if (!known_.contains(unit)) wanted.push_back(unit);
  }
  std::vector<UnitId> above;
  const auto take = [&](const std::vector<UnitId>& asked) {
    const auto found = org::units_named(*call_.reader, asked, call_.today);
    for (const UnitId unit : asked) {
      const auto at = found.find(unit);
      auto& known = known_[unit];
      if (at == found.end()) continue;
      known = Known{at->second, open_.open(at->second.path)};
      if (known->open) continue;
      for (const auto id : org::ids_of_path(known->line.path)) {
        if (!known_.contains(UnitId{id})) above.push_back(UnitId{id});
      }
    }
  };
  if (!wanted.empty()) take(wanted);
  if (!above.empty()) take(std::vector<UnitId>(above));
}

const std::optional<UnitNames::Known>& UnitNames::find(UnitId unit) {
  if (!known_.contains(unit)) load({unit});
  return known_[unit];
}

Value UnitNames::name_of(UnitId unit) {
  const auto& known = find(unit);
  return known && known->open ? Value(known->line.name) : Value();
}

Value UnitNames::within(UnitId unit) {
  const auto& known = find(unit);
  if (!known || known->open) return {};
  auto path = org::ids_of_path(known->line.path);
  for (path.pop_back(); !path.empty(); path.pop_back()) {
    Value name = name_of(UnitId{path.back()});
    if (!name.is_null()) return name;
  }
  return {};
}

Value UnitNames::view(UnitId unit) {
  return Value::object({{"id", unit.text()}, {"name", name_of(unit)}, {"within", within(unit)}});
}

void UnitNames::open_to_parties(const std::vector<UnitId>& parties) {
  load(parties);
  const auto takes_part = [&](UnitId unit) {
    const auto& known = find(unit);
    return known && open_.granted(known->line.path);
  };
  if (std::ranges::none_of(parties, takes_part)) return;
  for (const UnitId unit : parties) {
    if (auto& known = known_[unit]) known->open = true;
  }
}

}  // namespace huilu::api
