// What is served without a session and outside the table of routes: /healthz, /metrics, the
// OpenAPI document, a demo's accounts, and calendar feeds.
#pragma once

#include <functional>
#include <optional>

#include "api/call.h"

namespace huilu::api {

// The address of a calendar feed, which shows by its token whose it is. It reads the database, so a
// worker answers it.
inline constexpr std::string_view calendar_prefix = "/calendar/";
http::Response calendar_response(Call& call);

std::optional<http::Response> system_response(const Call& call,
                                              const std::function<http::Counters()>& connections);

}  // namespace huilu::api
