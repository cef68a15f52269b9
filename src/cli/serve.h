// `huilu serve`: listens, answers until SIGTERM or SIGINT, finishes what it accepted, and ends.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "cli/installation.h"

namespace huilu::cli {

struct ServeOptions {
  Location location;
  std::string listen = "127.0.0.1:8080";
  std::string tls_certificate;
  std::string tls_key;
  bool behind_proxy = false;  // TLS ends before this program
  std::string today;          // of a demo
  std::string outbox;         // the setup's file; empty: nothing leaves the house
  std::size_t threads = 0;    // 0: as many as processors, at least 2
};

struct Endpoint {
  std::string address;  // of a number, without brackets
  std::uint16_t port = 0;

  bool is_loopback() const;
  std::string url(std::string_view scheme, std::uint16_t bound_port) const;
};
// "127.0.0.1:8080", "[::1]:0", "localhost:8080".
std::optional<Endpoint> endpoint_from(std::string_view text);

Exit serve(const ServeOptions& options, Console& console);

}  // namespace huilu::cli
