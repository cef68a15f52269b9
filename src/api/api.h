// The signed-in API under /api/v1, with /healthz and /metrics at the root. One request's way: size
// → session (401) → CSRF (403) → key and body → handler → (road) → answer. Handlers run on workers,
// so that the threads of the network never wait for the database.
#pragma once

#include <chrono>
#include <memory>

#include "api/call.h"
#include "http/http.h"

namespace huilu::api {

struct ApiOptions {
  std::size_t workers = 4;
  std::size_t queue_max = 1024;                  // beyond it: busy
  std::chrono::milliseconds journal_wait{2000};  // for Huilu-Journal-Min; then index_behind
};

class Api {
 public:
  Api(Services services, ApiOptions options = {});
  // Finishes what its own threads have. The answer to a command that the road still holds may come
  // later, for as long as the road and the clock are there.
  ~Api();

  http::BodyPlan plan(const http::Request& head) const;
  void handle(http::Request request, const http::Responder& respond);
  // For /metrics.
  void count_connections_with(std::function<http::Counters()> counters);

 private:
  struct State;
  std::shared_ptr<State> state_;
};

// The OpenAPI document, made from the routes and schemas.json.
const std::string& openapi_document();

}  // namespace huilu::api
