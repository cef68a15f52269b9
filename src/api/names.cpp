#include "api/names.h"

#include "http/http.h"
#include "identity/commands.h"
#include "org/queries.h"

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

Value UnitNames::name_of(UnitId unit) {
  const auto known = names_.find(unit);
  if (known != names_.end()) return known->second;
  const auto found = org::unit_on(*call_.reader, unit, call_.today);
  Value name = found && open_.open(found->path) ? Value(found->name) : Value();
  return names_.emplace(unit, std::move(name)).first->second;
}

}  // namespace huilu::api
