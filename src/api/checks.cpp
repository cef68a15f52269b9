#include "api/checks.h"

#include "base/hash.h"

namespace huilu::api {

namespace {

constexpr std::string_view bearer = "Bearer ";
constexpr std::size_t key_min = 16;
constexpr std::size_t key_max = 64;

std::string_view media_type(std::string_view content_type) {
  const auto type = content_type.substr(0, content_type.find(';'));
  return type.substr(0, type.find_last_not_of(' ') + 1);
}

}  // namespace

bool is_write(http::Method method) {
  return method != http::Method::get && method != http::Method::head;
}

// A browser takes the prefix only over TLS; plain HTTP is served on the loopback alone.
std::string_view cookie_name(bool secure) {
  return secure ? "__Host-huilu_session" : "huilu_session";
}

Refusals authenticate(Call& call) {
  const auto authorization = call.request.header("authorization");
  std::string_view token;
  if (authorization.starts_with(bearer)) {
    token = authorization.substr(bearer.size());
  } else if (const auto cookie = call.request.cookie(cookie_name(call.services.secure_cookies))) {
    token = *cookie;
  }
  if (token.empty()) return {{RefusalCode::session_required, "", "", "", ""}};
  auto found = call.services.sessions.find(*call.reader, token);
  if (!found) return found.refusals();
  call.who = std::move(*found);
  return {};
}

Refusals check_origin(const Call& call) {
  if (!is_write(call.request.method) || call.who.how == identity::How::token) return {};
  if (call.request.header("sec-fetch-site") == "same-origin") return {};
  return {{RefusalCode::csrf, "Sec-Fetch-Site", "same-origin",
           std::string(call.request.header("sec-fetch-site")), ""}};
}

Refusals check_key(const Call& call, const Route& route) {
  if (!is_write(route.method) || route.access == Access::open) return {};
  const auto key = call.request.header("idempotency-key");
  if (key.size() >= key_min && key.size() <= key_max) return {};
  return {{RefusalCode::idempotency_key_required, "Idempotency-Key", "16 - 64",
           std::to_string(key.size()), ""}};
}

Refusals read_body(Call& call, const Route& route) {
  if (route.body != BodyKind::json) return {};
  const auto type = media_type(call.request.header("content-type"));
  if (type != "application/json") {
    return {{RefusalCode::content_type, "Content-Type", "application/json", std::string(type), ""}};
  }
  auto body = parse_json(call.request.body);
  if (!body) return body.refusals();
  call.body = std::move(*body);
  return {};
}

command::Request make_road_request(const Call& call) {
  Sha256 hasher;
  const auto add = [&](std::string_view part) {
    hasher.add(std::to_string(part.size())).add(":").add(part);
  };
  add(http::word_of(call.request.method));
  add(call.request.path);
  for (const auto& [name, value] : call.request.query) {
    add(name);
    add(value);
  }
  add(call.request.body_file.empty() ? call.request.body
                                     : record::file_hash(call.request.body_file));
  return {call.who.account, std::string(call.request.header("idempotency-key")),
          std::string(bytes_of(hasher.finish()))};
}

}  // namespace huilu::api
