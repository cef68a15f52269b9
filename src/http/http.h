// HTTP without a domain: requests and replies as plain values, and the server that carries them.
// Beast stays inside server.cpp.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace huilu::http {

enum class Method { get, head, post, put, patch, delete_, other };
std::string_view word_of(Method method);  // "GET"

using Header = std::pair<std::string, std::string>;

struct Request {
  Method method = Method::get;
  std::string path;             // decoded, without the query; "/api/v1/units/u12"
  std::vector<Header> query;    // decoded pairs in the order written
  std::vector<Header> headers;  // names in lower case
  std::string body;             // whole, at most the limit
  std::string body_file;        // a temporary file instead of `body` where a route streams
  bool body_too_large = false;  // the body was refused by its size and not read
  std::string peer;             // address of the other side, without port

  std::string_view header(std::string_view lower_case_name) const;  // "" if absent
  std::optional<std::string_view> parameter(std::string_view name) const;
  std::optional<std::string_view> cookie(std::string_view name) const;
};

struct Response {
  int status = 200;
  std::vector<Header> headers;
  std::string body;
  std::string file;                   // a path to send instead of `body`
  std::string_view static_body = {};  // bytes that outlive the server, instead of `body`
};

// Called exactly once for each request, from any thread.
using Responder = std::function<void(Response)>;
using Handler = std::function<void(Request, Responder)>;

// How large a body may be and where it goes, asked once the head is there and before the body.
struct BodyPlan {
  std::uint64_t limit = 1 << 20;
  bool to_file = false;
};
using Planner = std::function<BodyPlan(const Request& head)>;

struct Options {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;    // 0: any free one, see Server::port
  std::string tls_certificate;  // PEM files; both or none
  std::string tls_key;
  std::string temporary_folder = "/tmp";  // for bodies that go to a file
  std::size_t threads = 2;
  std::size_t connections_max = 20'000;
  std::size_t connections_per_peer_max = 10'000;
  std::chrono::milliseconds head_timeout{10'000};  // for the whole head, not renewed by bytes
  std::chrono::milliseconds body_timeout{60'000};  // for the whole body
  std::chrono::milliseconds idle_timeout{60'000};
  std::chrono::milliseconds write_timeout{30'000};  // for each 256 KB of a reply
  std::chrono::milliseconds reply_timeout{9'000};   // the handler's; then 503
  std::chrono::milliseconds drain_timeout{10'000};
};

struct Counters {
  std::uint64_t requests = 0;
  std::uint64_t connections_open = 0;
  std::uint64_t connections_refused = 0;
  std::uint64_t timeouts = 0;
};

class Server {
 public:
  Server(Options options, Planner planner, Handler handler);
  ~Server();

  void start();                // listens; throws a Fault when the address is taken
  std::uint16_t port() const;  // the one that was bound
  // Stops accepting, answers what was accepted, closes; returns when done or at the drain timeout.
  void drain();
  Counters counters() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Removes the bodies that a server which was killed left in the temporary folder; those of servers
// that live are left alone. How many there were.
std::size_t sweep_bodies(const std::string& folder);

// Decoding that both the server and its tests use.
std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_blank);
std::vector<Header> parse_query(std::string_view query);
// Fills path and query from what stands in the request line. False for what none of our clients
// sends: broken escapes, control characters, text that is not UTF-8, "." and ".." as segments.
bool parse_target(std::string_view target, Request& request);

}  // namespace huilu::http
