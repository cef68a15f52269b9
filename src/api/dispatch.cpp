#include <spdlog/spdlog.h>

#include <algorithm>
#include <charconv>

#include "api/api.h"
#include "api/checks.h"
#include "api/problem.h"
#include "api/routes.h"
#include "api/system.h"
#include "api/workers.h"
#include "http/packing.h"

namespace huilu::api {

namespace {

constexpr std::string_view prefix = "/api/v1";
constexpr std::uint64_t json_limit = 1 << 20;
constexpr std::uint64_t file_limit = 64ull << 20;

http::Response json_response(int status, const Value& body) {
  http::Response response;
  response.status = status;
  if (status != 204) {
    response.headers.emplace_back("Content-Type", "application/json");
    response.body = to_json(body);
  }
  return response;
}

http::Response response_of(Answer answer) {
  auto response = answer.file.empty() ? json_response(answer.status, answer.body)
                                      : http::Response{answer.status, {}, {}, answer.file, {}};
  for (auto& header : answer.headers) response.headers.push_back(std::move(header));
  return response;
}

}  // namespace

// Whatever somebody calls back later holds it: passwords and the road may answer after the Api.
struct Api::State : std::enable_shared_from_this<Api::State> {
  State(Services services_, ApiOptions options)
      : services(std::move(services_)),
        journal_wait(options.journal_wait),
        workers(options.workers, options.queue_max) {
    for (std::size_t i = 0; i < all_routes().size(); ++i) {
      const Route& route = all_routes()[i];
      router.add(route.method, std::string(prefix) + std::string(route.path), i);
    }
  }

  void later(const CallPointer& call, const http::Responder& respond, std::function<void()> work);
  void process(const CallPointer& call, const http::Responder& respond);
  void process_route(const CallPointer& call, const Route& route, const http::Responder& respond);
  Refusals admit(Call& call, const Route& route);
  Refusals wait_for_journal(const Call& call);
  void finish(const CallPointer& call, Answer answer, const http::Responder& respond);
  void run(const CallPointer& call, Answer answer, const http::Responder& respond);
  void log_denial(const CallPointer& call, const Refusals& refusals);
  void send(const Call& call, http::Response response, const http::Responder& respond);

  Services services;
  const std::chrono::milliseconds journal_wait;
  http::Router router;
  std::function<http::Counters()> connections;
  Workers denials{1, 1024};  // writes the security log, so that no refusal waits for the disk
  Workers workers;
};

Api::Api(Services services, ApiOptions options)
    : state_(std::make_shared<State>(std::move(services), options)) {}

Api::~Api() {
  state_->workers.finish();
  state_->denials.finish();
}

void Api::count_connections_with(std::function<http::Counters()> counters) {
  state_->connections = std::move(counters);
}

http::BodyPlan Api::plan(const http::Request& head) const {
  const auto match = state_->router.find(head.method, head.path);
  const bool file =
      match.kind == http::Match::Kind::found && all_routes()[match.route].body == BodyKind::file;
  return {file ? file_limit : json_limit, file};
}

void Api::handle(http::Request request, const http::Responder& respond) {
  auto call = std::make_shared<Call>(state_->services, std::move(request));
  call->language = words::language_from(call->request.header("accept-language"));
  call->today = state_->services.clock.today();
  // At once: these must answer while every worker waits for the database.
  if (auto response = system_response(*call, state_->connections)) {
    return state_->send(*call, std::move(*response), respond);
  }
  if (call->request.path.starts_with(calendar_prefix)) {
    return state_->later(call, respond, [state = state_, call, respond] {
      auto lease = state->services.readers.lend();
      call->reader = &*lease;
      state->send(*call, calendar_response(*call), respond);
    });
  }
  state_->later(call, respond, [state = state_, call, respond] { state->process(call, respond); });
}

void Api::State::process(const CallPointer& call, const http::Responder& respond) {
  auto match = router.find(call->request.method, call->request.path);
  if (match.kind != http::Match::Kind::found) {
    const auto code = match.kind == http::Match::Kind::no_path ? RefusalCode::not_found
                                                               : RefusalCode::method_not_allowed;
    auto response = problem({{code, "", "", "", ""}}, call->language);
    for (const auto method : match.allowed) {
      response.headers.emplace_back("Allow", http::word_of(method));
    }
    return send(*call, std::move(response), respond);
  }
  call->parameters = std::move(match.parameters);
  process_route(call, all_routes()[match.route], respond);
}

void Api::State::process_route(const CallPointer& call, const Route& route,
                               const http::Responder& respond) {
  auto lease = services.readers.lend();
  call->reader = &*lease;
  if (auto refusals = admit(*call, route); !refusals.empty()) {
    return finish(call, Answer::no(std::move(refusals)), respond);
  }
  if (route.async_handler == nullptr) return finish(call, route.handler(*call), respond);
  route.async_handler(
      *call, [self = shared_from_this(), call, respond](std::function<Answer(Call&)> rest) {
        self->later(call, respond, [self, call, respond, rest = std::move(rest)] {
          auto own = self->services.readers.lend();
          call->reader = &*own;
          self->finish(call, rest(*call), respond);
        });
      });
}

// Runs `work` on a worker; a Fault becomes the answer.
void Api::State::later(const CallPointer& call, const http::Responder& respond,
                       std::function<void()> work) {
  const bool taken =
      workers.post([self = shared_from_this(), call, respond, work = std::move(work)] {
        try {
          work();
        } catch (const Fault& fault) {
          spdlog::error("request failed: {}", fault.what());
          self->send(*call, problem(fault.kind(), call->language), respond);
        }
      });
  if (!taken) send(*call, problem({{RefusalCode::busy, "", "", "", ""}}, call->language), respond);
}

// Size, session, origin, key, body: in this order.
Refusals Api::State::admit(Call& call, const Route& route) {
  if (call.request.body_too_large) {
    return {{RefusalCode::body_too_large, "",
             std::to_string(route.body == BodyKind::file ? file_limit : json_limit), "", ""}};
  }
  if (route.access == Access::signed_in) {
    if (auto refusals = authenticate(call); !refusals.empty()) return refusals;
    if (auto refusals = check_origin(call); !refusals.empty()) return refusals;
  }
  if (auto refusals = check_key(call, route); !refusals.empty()) return refusals;
  if (auto refusals = read_body(call, route); !refusals.empty()) return refusals;
  // Now: a handler may take the uploaded file away.
  if (is_write(route.method)) call.road_request = make_road_request(call);
  return wait_for_journal(call);
}

Refusals Api::State::wait_for_journal(const Call& call) {
  const auto text = call.request.header("huilu-journal-min");
  if (text.empty()) return {};
  journal::Sequence number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) {
    return {{RefusalCode::field_type, "Huilu-Journal-Min", "integer", "", ""}};
  }
  if (services.road.wait_for(number, journal_wait)) return {};
  return {{RefusalCode::index_behind, "Huilu-Journal-Min",
           std::to_string(services.road.published()), std::to_string(number), ""}};
}

void Api::State::finish(const CallPointer& call, Answer answer, const http::Responder& respond) {
  if (answer.refusals.empty() && answer.command) {
    return run(call, std::move(answer), respond);
  }
  if (!answer.refusals.empty()) {
    log_denial(call, answer.refusals);
    return send(*call, problem(answer.refusals, call->language), respond);
  }
  send(*call, response_of(std::move(answer)), respond);
}

// The gate is asked here once, so that what is not allowed never waits in the queue; the road asks
// it again inside the batch.
void Api::State::run(const CallPointer& call, Answer answer, const http::Responder& respond) {
  if (call->reader != nullptr) {
    const auto question =
        services.gate.ask(*call->reader, call->who.account, answer.command->need());
    call->reader->flush();
    auto refusals = command::in_words_of(*answer.command, question->answer(call->today));
    if (!refusals.empty()) return finish(call, Answer::no(std::move(refusals)), respond);
  }
  auto complete = std::move(answer.complete);
  services.road.submit(
      std::move(answer.command), call->road_request,
      [self = shared_from_this(), call, respond,
       complete = std::move(complete)](command::Outcome outcome) {
        if (!outcome.refusals.empty()) {
          return self->send(*call, problem(outcome.refusals, call->language), respond);
        }
        if (!outcome.fault.empty()) {
          return self->send(*call, problem(outcome.fault_kind, call->language), respond);
        }
        if (complete && !outcome.repeated) complete(outcome.reply.body);
        self->send(*call, json_response(outcome.reply.status, outcome.reply.body), respond);
      });
}

// Denials are security events; what the database cannot take is in the program's log alone.
void Api::State::log_denial(const CallPointer& call, const Refusals& refusals) {
  const RefusalCode code = refusals.front().code;
  if (code != RefusalCode::not_permitted && code != RefusalCode::csrf) return;
  const bool taken = denials.post([this, call, code] {
    try {
      services.side_writer.with([&](store::Connection& connection) {
        services.sessions.log_denied(
            connection, call->who.account ? std::optional(call->who.account) : std::nullopt,
            std::string(http::word_of(call->request.method)) + " " +
                std::string(kind_of(code).name),
            call->request.peer);
      });
    } catch (const Fault& fault) {
      spdlog::error("a denial was not logged: {}", fault.what());
    }
  });
  if (!taken) spdlog::error("a denial was not logged: too many at once");
}

void Api::State::send(const Call& call, http::Response response, const http::Responder& respond) {
  auto& headers = response.headers;
  headers.emplace_back("Huilu-Journal", std::to_string(services.road.published()));
  const bool says_how_kept = std::ranges::any_of(
      headers, [](const http::Header& header) { return header.first == "Cache-Control"; });
  if (!says_how_kept) headers.emplace_back("Cache-Control", "no-store");
  headers.emplace_back("X-Content-Type-Options", "nosniff");
  headers.emplace_back("Referrer-Policy", "no-referrer");
  headers.emplace_back("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
  headers.emplace_back("Cross-Origin-Resource-Policy", "same-origin");
  if (call.services.secure_cookies) {
    headers.emplace_back("Strict-Transport-Security", "max-age=31536000");
  }
  http::pack(response, call.request.header("accept-encoding"));
  respond(std::move(response));
}

}  // namespace huilu::api
