// What is served without a session and outside the table of routes: /healthz, /metrics, the
// OpenAPI document and a demo's accounts.
#pragma once

#include <functional>
#include <optional>

#include "api/call.h"

namespace huilu::api {

std::optional<http::Response> system_response(const Call& call,
                                              const std::function<http::Counters()>& connections);

}  // namespace huilu::api
