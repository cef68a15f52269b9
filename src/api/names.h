// Names stay near: names of units are open two levels below what is granted; deeper ones need a
// reason, given with the request, which the unit sees.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "api/call.h"
#include "org/queries.h"

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

  // In one read with what stands above them, so that nothing here asks for one of them again.
  void load(const std::vector<UnitId>& units);
  Value name_of(UnitId unit);
  // Where its name is not open: the nearest unit above it whose name is. Otherwise null.
  Value within(UnitId unit);
  // {"id", "name", "within"}
  Value view(UnitId unit);
  // A thing names those who have a part in it to each other: theirs are open from here on to who
  // was granted something at one of them.
  void open_to_parties(const std::vector<UnitId>& parties);

 private:
  struct Known {
    org::UnitLine line;
    bool open = false;
  };
  const std::optional<Known>& find(UnitId unit);

  Call& call_;
  identity::OpenNames open_;
  std::map<UnitId, std::optional<Known>> known_;
};

}  // namespace huilu::api
