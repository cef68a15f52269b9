// Names stay near: names of units are open two levels below what is granted; deeper ones need a
// reason, given with the request, which the unit sees.
#pragma once

#include <map>

#include "api/call.h"

namespace huilu::api {

// Empty when the unit may be named to this session today. A `Huilu-Reason` header opens what lies
// below `opened` for the session, with its trace. Codes: not_found, reason_required, field_range.
Refusals open_names(Call& call, UnitId unit, UnitId opened);
inline Refusals open_names(Call& call, UnitId unit) { return open_names(call, unit, unit); }

// Names that stand beside ids in an answer, null where they are not open; each unit of a page is
// looked up once.
class UnitNames {
 public:
  explicit UnitNames(Call& call);
  Value name_of(UnitId unit);

 private:
  Call& call_;
  identity::OpenNames open_;
  std::map<UnitId, Value> names_;
};

}  // namespace huilu::api
