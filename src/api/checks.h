// What every request passes before its handler: who asks, whether a browser was tricked into
// asking, and whether key and body can be read. Each answers with refusals; dispatch.cpp calls them
// in order.
#pragma once

#include "api/routes.h"

namespace huilu::api {

std::string_view cookie_name(bool secure);
// Bearer token or cookie, whichever the request has.
Refusals authenticate(Call& call);
// A write with a cookie must come from a page of this origin.
Refusals check_origin(const Call& call);
Refusals check_key(const Call& call, const Route& route);
Refusals read_body(Call& call, const Route& route);
// Account, key and the hash of method, path, query and body.
command::Request make_road_request(const Call& call);

bool is_write(http::Method method);

}  // namespace huilu::api
