#include "api/system.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "api/api.h"

namespace huilu::api {

namespace {

http::Response text_response(int status, std::string_view type, std::string body) {
  return {status, {{"Content-Type", std::string(type)}}, std::move(body), "", {}};
}

// 200 while the database answers, otherwise 503; never waits for it.
http::Response health(const Call& call) {
  const bool healthy = call.services.road.healthy();
  const Value body = Value::object({{"status", healthy ? "ok" : "database_unavailable"},
                                    {"version", HUILU_VERSION},
                                    {"demo", !call.services.demo_accounts.empty()},
                                    {"journal", call.services.road.published()}});
  return text_response(healthy ? 200 : 503, "application/json", to_json(body));
}

// A histogram in the text format of Prometheus; its greatest value beside it.
void add_delays(std::string& out, std::string_view name, const command::Delays::Counts& delays) {
  const auto seconds = [](std::int64_t us) {
    return fmt::format("{}.{:06}", us / 1'000'000, us % 1'000'000);
  };
  out += fmt::format("# TYPE huilu_{} histogram\n", name);
  std::uint64_t below = 0;
  for (std::size_t i = 0; i < delays.buckets.size(); ++i) {
    below += delays.buckets[i];
    const bool last = i == command::Delays::ends.size();
    out += fmt::format("huilu_{}_bucket{{le=\"{}\"}} {}\n", name,
                       last ? "+Inf" : seconds(command::Delays::ends[i]), below);
  }
  out += fmt::format("huilu_{}_sum {}\nhuilu_{}_count {}\n", name, seconds(delays.sum_us), name,
                     delays.count);
  out +=
      fmt::format("# TYPE huilu_{0}_max gauge\nhuilu_{0}_max {1}\n", name, seconds(delays.max_us));
}

http::Response metrics(const Call& call, const std::function<http::Counters()>& connections) {
  const auto road = call.services.road.counters();
  const auto http = connections ? connections() : http::Counters{};
  std::string out;
  const auto add = [&](std::string_view name, std::string_view kind, auto value) {
    out += fmt::format("# TYPE huilu_{} {}\nhuilu_{} {}\n", name, kind, name, value);
  };
  add("commands_total", "counter", road.commands);
  add("commands_refused_total", "counter", road.refused);
  add("commands_failed_total", "counter", road.faults);
  add("batches_total", "counter", road.batches);
  add("commands_waiting", "gauge", road.waiting);
  add("journal_published", "gauge", call.services.road.published());
  add_delays(out, "commit_visible_seconds", road.visible);
  if (const auto* watch = call.services.watch) {
    add("compliance_compared_total", "counter", watch->compared.load());
    add("compliance_differences_total", "counter", watch->differences.load());
    const auto measures = watch->measures();
    add("compliance_columns", "gauge", measures.columns);
    add("compliance_cells", "gauge", measures.cells);
    add("compliance_facts", "gauge", measures.facts);
    add("compliance_bytes", "gauge", measures.bytes);
  }
  if (const auto* outbox = call.services.outbox_gauges) {
    add("outbox_waiting", "gauge", outbox->waiting.load());
    add("outbox_dead", "gauge", outbox->dead.load());
    const std::int64_t oldest = outbox->oldest_ms.load();
    const std::int64_t late = oldest > 0 ? call.services.clock.now().ms - oldest : 0;
    add("outbox_oldest_seconds", "gauge", std::max<std::int64_t>(late, 0) / 1000);
    add("outbox_delivered_total", "counter", outbox->delivered.load());
    add("outbox_failed_total", "counter", outbox->failed.load());
  }
  add("http_requests_total", "counter", http.requests);
  add("http_connections_open", "gauge", http.connections_open);
  add("http_connections_refused_total", "counter", http.connections_refused);
  add("http_timeouts_total", "counter", http.timeouts);
  return text_response(200, "text/plain; version=0.0.4", std::move(out));
}

// The accounts of a demo, which its sign-in page lists; elsewhere there is no file and no account.
http::Response demo_accounts(const Call& call) {
  std::ifstream in(call.services.demo_accounts);
  Value::List items;
  for (std::string name, password; in >> name >> password;) {
    items.push_back(Value::object({{"name", name}, {"password", password}}));
  }
  return text_response(200, "application/json",
                       to_json(Value::object({{"items", std::move(items)}})));
}

}  // namespace

std::optional<http::Response> system_response(const Call& call,
                                              const std::function<http::Counters()>& connections) {
  const auto& [method, path] = std::pair(call.request.method, call.request.path);
  if (method != http::Method::get && method != http::Method::head) return {};
  if (path == "/healthz") return health(call);
  if (path == "/metrics") return metrics(call, connections);
  if (path == "/api/v1/openapi.json") {
    return http::Response{200, {{"Content-Type", "application/json"}}, "", "", openapi_document()};
  }
  if (path == "/api/v1/demo-accounts") return demo_accounts(call);
  return {};
}

}  // namespace huilu::api
