// The way of an answer: Reply takes it from the handler's thread to the connection, and the texts
// here are what a connection says by itself. Belongs to server.cpp, which alone includes it.
#pragma once

#include <fmt/format.h>

#include <boost/beast/http/status.hpp>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/refusal.h"
#include "http/files.h"
#include "http/http.h"

namespace huilu::http {

// What a Reply wakes when the answer is there; callable from any thread.
class Waiter {
 public:
  virtual ~Waiter() = default;
  virtual void wake() = 0;
};

class Reply {
 public:
  TemporaryFile file;  // the body, where it was streamed; lives as long as the handler may read it

  // From any thread. Only the first answer counts, and none after take().
  void answer(Response response) {
    const std::lock_guard lock(guard_);
    if (taken_ || response_) return;
    response_ = std::move(response);
    if (waiter_) waiter_->wake();
  }

  // False: the answer is there already. Else the waiter is woken once, if it comes before take().
  bool wait(std::shared_ptr<Waiter> waiter) {
    const std::lock_guard lock(guard_);
    if (response_) return false;
    waiter_ = std::move(waiter);
    return true;
  }

  std::optional<Response> take() {
    const std::lock_guard lock(guard_);
    taken_ = true;
    waiter_.reset();
    return std::exchange(response_, std::nullopt);
  }

 private:
  std::mutex guard_;
  bool taken_ = false;
  std::optional<Response> response_;
  std::shared_ptr<Waiter> waiter_;
};

inline std::string_view reason_of(int status) {
  using boost::beast::http::int_to_status;
  const auto reason =
      boost::beast::http::obsolete_reason(int_to_status(static_cast<unsigned>(status)));
  return {reason.data(), reason.size()};
}

// A problem document (RFC 9457) for what never reached a handler.
inline Response problem(int status, std::string_view code = {}) {
  Response response;
  response.status = status;
  response.headers = {{"Content-Type", "application/problem+json"},
                      {"Cache-Control", "no-store"},
                      {"X-Content-Type-Options", "nosniff"}};
  if (status == 503) response.headers.emplace_back("Retry-After", "1");
  const auto type = code.empty() ? "about:blank" : fmt::format("/problems/{}", code);
  response.body =
      fmt::format(R"({{"type":"{}","title":"{}","status":{},"code":"{}","refusals":[]}})", type,
                  reason_of(status), status, code);
  return response;
}

inline Response problem(RefusalCode code) {
  return problem(kind_of(code).status, kind_of(code).name);
}

struct Framing {
  bool head_only = false;  // the request was HEAD
  bool keep = false;       // another request may follow
  bool http_1_0 = false;   // where keeping has to be said
};

inline bool has_body(int status) { return status >= 200 && status != 204 && status != 304; }

inline std::string head_of(const Response& response, std::uint64_t length, Framing framing) {
  std::string head;
  head.reserve(256);
  fmt::format_to(std::back_inserter(head), "HTTP/1.1 {} {}\r\n", response.status,
                 reason_of(response.status));
  for (const auto& [name, value] : response.headers) {
    head.append(name).append(": ");
    // A line break in a value would let its author write headers of his own.
    for (const char c : value) head += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    head += "\r\n";
  }
  if (has_body(response.status)) {
    fmt::format_to(std::back_inserter(head), "Content-Length: {}\r\n", length);
  }
  if (!framing.keep) head += "Connection: close\r\n";
  if (framing.keep && framing.http_1_0) head += "Connection: keep-alive\r\n";
  head += "\r\n";
  return head;
}

}  // namespace huilu::http
