#include "cli/serve.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <csignal>

#include <algorithm>
#include <charconv>
#include <thread>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "base/text.h"
#include "cli/backend.h"
#include "cli/outbox.h"
#include "cli/round.h"
#include "http/assets.h"

namespace huilu {
extern const std::vector<EmbeddedFile> embedded_web;
}

namespace huilu::cli {

namespace {

constexpr std::chrono::seconds database_comes_within{15};

// SIGTERM and SIGINT are waited for on the main thread; every thread made after this inherits that
// they interrupt nothing.
class Signals {
 public:
  Signals() {
    std::signal(SIGPIPE, SIG_IGN);
    sigemptyset(&set_);
    sigaddset(&set_, SIGTERM);
    sigaddset(&set_, SIGINT);
    pthread_sigmask(SIG_BLOCK, &set_, &before_);
  }
  ~Signals() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;

  int wait() {
    int signal = 0;
    while (sigwait(&set_, &signal) != 0) {
    }
    return signal;
  }

  bool came_within(std::chrono::milliseconds time) {
    const timespec at_most{time.count() / 1000, time.count() % 1000 * 1'000'000};
    return sigtimedwait(&set_, nullptr, &at_most) > 0;
  }

 private:
  sigset_t set_{};
  sigset_t before_{};
};

// What the whole of a running server consists of, from the bottom up.
class Running {
 public:
  Running(const ServeOptions& options, const Endpoint& endpoint, const Clock& clock,
          std::optional<outbox::Setup> outbox)
      : backend_(backend_options(options, std::move(outbox)), clock),
        pages_(embedded_web, backend_.services().secure_cookies),
        server_(
            http_options(options, endpoint),
            [this](const http::Request& head) { return backend_.api().plan(head); },
            [this, proxied = options.behind_proxy](http::Request request,
                                                   const http::Responder& respond) {
              if (auto page = pages_.answer(request)) return respond(std::move(*page));
              if (proxied) request.peer = client_of(request);
              backend_.api().handle(std::move(request), respond);
            }) {
    backend_.api().count_connections_with([this] { return server_.counters(); });
    server_.start();
    round_.emplace(backend_.services());
    if (backend_.services().outbox != nullptr)
      leaving_.emplace(backend_.services(), backend_.outbox_gauges());
  }

  std::uint16_t port() const { return server_.port(); }
  void drain() {
    server_.drain();
    leaving_.reset();
    round_.reset();
  }

 private:
  static std::size_t threads_of(const ServeOptions& options) {
    if (options.threads > 0) return options.threads;
    return std::max<std::size_t>(std::thread::hardware_concurrency(), 2);
  }

  static BackendOptions backend_options(const ServeOptions& options,
                                        std::optional<outbox::Setup> outbox) {
    BackendOptions backend;
    backend.location = options.location;
    backend.outbox = std::move(outbox);
    backend.secure_cookies = options.behind_proxy || !options.tls_key.empty();
    backend.api.workers = std::max<std::size_t>(2 * threads_of(options), 4);
    return backend;
  }

  http::Options http_options(const ServeOptions& options, const Endpoint& endpoint) const {
    http::Options http;
    http.address = endpoint.address;
    http.port = endpoint.port;
    http.tls_certificate = options.tls_certificate;
    http.tls_key = options.tls_key;
    http.threads = threads_of(options);
    http.temporary_folder = backend_.incoming();
    return http;
  }

  // The last address is the one that the proxy itself saw; those before it anybody may invent.
  static std::string client_of(const http::Request& request) {
    const auto chain = split(request.header("x-forwarded-for"), ',');
    const std::string last = trimmed(chain.back());
    return last.empty() ? request.peer : last;
  }

  Backend backend_;
  http::Assets pages_;
  http::Server server_;
  std::optional<Round> round_;
  std::optional<Leaving> leaving_;
};

bool may_come_back(const Fault& fault) {
  return fault.kind() == FaultKind::unavailable || fault.kind() == FaultKind::timeout;
}

// A database server may start beside us, and a moment later. Nothing when a signal came first.
void wait_for_database(const Location& location, Signals& signals, bool& stopped) {
  const auto give_up = std::chrono::steady_clock::now() + database_comes_within;
  while (!stopped) {
    try {
      open_database(location)->connect(store::Access::read);
      return;
    } catch (const Fault& fault) {
      if (!may_come_back(fault) || std::chrono::steady_clock::now() >= give_up) throw;
      spdlog::warn("waiting for the database: {}", fault.what());
    }
    stopped = signals.came_within(std::chrono::milliseconds(500));
  }
}

Endpoint checked_endpoint(const ServeOptions& options, const Console& console) {
  const auto endpoint = endpoint_from(options.listen);
  if (!endpoint) throw WrongUsage(console.say("listen_form", {{"got", options.listen}}));
  if (options.tls_certificate.empty() != options.tls_key.empty()) {
    throw WrongUsage(console.say("tls_pair"));
  }
  const bool safe = !options.tls_key.empty() || options.behind_proxy || endpoint->is_loopback();
  if (!safe) throw WrongUsage(console.say("listen_needs_tls", {{"address", endpoint->address}}));
  return *endpoint;
}

SystemClock checked_clock(const ServeOptions& options, const Console& console) {
  if (options.today.empty()) return SystemClock();
  const auto today = Date::parse(options.today);
  if (!today) throw WrongUsage(console.say("date_form", {{"got", options.today}}));
  if (!options.location.is_demo()) throw WrongUsage(console.say("today_needs_demo"));
  return SystemClock(*today - SystemClock().today());
}

}  // namespace

bool Endpoint::is_loopback() const { return address == "::1" || address.starts_with("127."); }

std::string Endpoint::url(std::string_view scheme, std::uint16_t bound_port) const {
  const bool six = address.find(':') != std::string::npos;
  return fmt::format("{}://{}{}{}:{}", scheme, six ? "[" : "", address, six ? "]" : "", bound_port);
}

std::optional<Endpoint> endpoint_from(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos) return {};
  Endpoint endpoint;
  std::string_view host = text.substr(0, colon);
  const std::string_view port = text.substr(colon + 1);
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), endpoint.port);
  if (error != std::errc{} || end != port.data() + port.size()) return {};
  const bool six = host.starts_with('[') && host.ends_with(']');
  if (six) host = host.substr(1, host.size() - 2);
  endpoint.address = host == "localhost" ? "127.0.0.1" : std::string(host);
  std::array<unsigned char, sizeof(in6_addr)> parsed{};
  const int family = six ? AF_INET6 : AF_INET;
  if (inet_pton(family, endpoint.address.c_str(), parsed.data()) != 1) return {};
  return endpoint;
}

Exit serve(const ServeOptions& options, Console& console) {
  const Endpoint endpoint = checked_endpoint(options, console);
  const SystemClock clock = checked_clock(options, console);
  std::optional<outbox::Setup> outbox;
  if (!options.outbox.empty()) outbox = read_outbox(options.outbox, console);
  Signals signals;
  bool stopped = false;
  wait_for_database(options.location, signals, stopped);
  if (stopped) return Exit::done;
  Running running(options, endpoint, clock, std::move(outbox));
  const std::string_view scheme = options.tls_key.empty() ? "http" : "https";
  console.out() << "listening on " << endpoint.url(scheme, running.port()) << "\n" << std::flush;
  const int signal = signals.wait();
  spdlog::info("signal {}: finishing what was accepted", signal);
  running.drain();
  return Exit::done;
}

}  // namespace huilu::cli
