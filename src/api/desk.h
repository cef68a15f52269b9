// Whose desk is looked at: the units where the caller works, the posts that he holds, and who he
// is. With the routes of what waits there and of what he is told.
#pragma once

#include <optional>

#include "api/call.h"
#include "api/routes.h"
#include "matter/commands.h"
#include "matter/waits.h"

namespace huilu::api {

// With a unit: only what he has to do for it, which he must work at.
matter::Desk desk_of(Call& call, std::optional<UnitId> unit);

std::vector<Route> waiting_routes();
std::vector<Route> notice_routes();

}  // namespace huilu::api
