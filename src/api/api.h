// The signed-in API under /api/v1, with /healthz and /metrics at the root. One request's way: size
// → session (401) → CSRF (403) → key and body → handler → (road) → answer. Handlers run on workers,
// so that the threads of the network never wait for the database.
#pragma once

#include <memory>

#include "api/call.h"
#include "http/http.h"

namespace huilu::api {

struct ApiOptions {
  std::size_t workers = 4;
  std::size_t queue_max = 1024;  // beyond it: busy
};

class Api {
 public:
  Api(Services services, ApiOptions options = {});
  ~Api();  // finishes what was accepted

  http::BodyPlan plan(const http::Request& head) const;
  void handle(http::Request request, http::Responder respond);
  // For /metrics.
  void count_connections_with(std::function<http::Counters()> counters);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// The OpenAPI document, made from the routes and schemas.json.
const std::string& openapi_document();

}  // namespace huilu::api
