#include <spdlog/spdlog.h>

#include <algorithm>
#include <condition_variable>
#include <csignal>
#include <mutex>
#include <optional>
#include <thread>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/fault.h"
#include "http/connection.h"
#include "http/http.h"

namespace huilu::http {

namespace {

using Acceptor = asio::basic_socket_acceptor<asio::ip::tcp, Strand>;

constexpr std::size_t turning_away_max = 256;

std::string text_of(const asio::ip::address& address) {
  if (address.is_v6() && address.to_v6().is_v4_mapped()) {
    return make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
  }
  return address.to_string();
}

asio::ssl::context secure_context(const Options& options) {
  asio::ssl::context context(asio::ssl::context::tls_server);
  SSL_CTX_set_min_proto_version(context.native_handle(), TLS1_2_VERSION);
  SSL_CTX_set_options(context.native_handle(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
  SSL_CTX_set_session_cache_mode(context.native_handle(), SSL_SESS_CACHE_OFF);
  Error error;
  context.use_certificate_chain_file(options.tls_certificate, error);
  if (!error) context.use_private_key_file(options.tls_key, asio::ssl::context::pem, error);
  if (error) {
    throw Fault(FaultKind::unavailable, "TLS certificate " + options.tls_certificate + " or key " +
                                            options.tls_key + ": " + error.message());
  }
  return context;
}

void log_fault(const std::exception_ptr& fault) {
  if (!fault) return;
  try {
    std::rethrow_exception(fault);
  } catch (const std::exception& error) {
    spdlog::error("http: a connection failed: {}", error.what());
  }
}

}  // namespace

struct Server::State {
  State(Options options, Planner planner, Handler handler)
      : shared{std::move(options), std::move(planner), std::move(handler)},
        context(static_cast<int>(std::max<std::size_t>(shared.options.threads, 1))) {}

  void listen();
  Awaitable<void> accept();
  void admit(Socket socket);
  bool enter(const std::shared_ptr<Connection>& connection);
  void leave(const std::shared_ptr<Connection>& connection);
  void stop(std::chrono::milliseconds patience);

  Shared shared;
  std::atomic<std::uint64_t> refused = 0;
  std::atomic<std::size_t> turning_away = 0;
  std::uint16_t port = 0;

  std::mutex stopping;  // one drain at a time
  std::mutex guard;     // of what follows
  std::condition_variable all_left;
  std::unordered_set<std::shared_ptr<Connection>> connections;
  std::unordered_map<std::string, std::size_t> peers;

  std::optional<asio::ssl::context> tls;
  asio::io_context context;
  std::optional<Acceptor> acceptor;
  std::vector<std::thread> threads;
};

void Server::State::listen() {
  const auto& options = shared.options;
  if (options.tls_certificate.empty() != options.tls_key.empty()) {
    throw Fault(FaultKind::unavailable, "a TLS certificate and its key are given together");
  }
  if (!options.tls_key.empty()) tls.emplace(secure_context(options));

  Error error;
  const auto address = asio::ip::make_address(options.address, error);
  const asio::ip::tcp::endpoint endpoint(address, options.port);
  acceptor.emplace(asio::make_strand(context));
  if (!error) acceptor->open(endpoint.protocol(), error);
  if (!error) acceptor->set_option(asio::socket_base::reuse_address(true), error);
  if (!error) acceptor->bind(endpoint, error);
  if (!error) acceptor->listen(asio::socket_base::max_listen_connections, error);
  if (error) {
    throw Fault(FaultKind::unavailable, "listening on " + options.address + " port " +
                                            std::to_string(options.port) + ": " + error.message());
  }
  port = acceptor->local_endpoint().port();
}

Awaitable<void> Server::State::accept() {
  Timer pause(acceptor->get_executor());
  while (acceptor->is_open()) {
    Error error;
    auto socket = co_await acceptor->async_accept(asio::make_strand(context), into(error));
    if (!error) {
      admit(std::move(socket));
    } else if (error != asio::error::operation_aborted) {
      // Out of descriptors, mostly: trying again at once would only burn the processor.
      pause.expires_after(std::chrono::milliseconds(50));
      co_await pause.async_wait(into(error));
    }
  }
}

void Server::State::admit(Socket socket) {
  Error error;
  const auto endpoint = socket.remote_endpoint(error);
  if (error) return;  // it is gone already
  socket.set_option(asio::ip::tcp::no_delay(true), error);
  const auto connection = std::make_shared<Connection>(
      std::move(socket), text_of(endpoint.address()), shared, tls ? &*tls : nullptr);
  if (enter(connection)) {
    asio::co_spawn(connection->strand(), connection->run(),
                   [this, connection](const std::exception_ptr& fault) {
                     log_fault(fault);
                     leave(connection);
                   });
    return;
  }
  ++refused;
  // A TLS client could only read an answer after the handshake that the limit is to save.
  if (tls || turning_away >= turning_away_max) return;
  ++turning_away;
  asio::co_spawn(connection->strand(), connection->turn_away(),
                 [this, connection](const std::exception_ptr& fault) {
                   log_fault(fault);
                   --turning_away;
                 });
}

bool Server::State::enter(const std::shared_ptr<Connection>& connection) {
  const std::lock_guard lock(guard);
  if (shared.draining || connections.size() >= shared.options.connections_max) return false;
  auto& from_peer = peers[connection->peer()];
  if (from_peer >= shared.options.connections_per_peer_max) return false;
  ++from_peer;
  connections.insert(connection);
  return true;
}

void Server::State::leave(const std::shared_ptr<Connection>& connection) {
  const std::lock_guard lock(guard);
  connections.erase(connection);
  const auto peer = peers.find(connection->peer());
  if (--peer->second == 0) peers.erase(peer);
  if (connections.empty()) all_left.notify_all();
}

void Server::State::stop(std::chrono::milliseconds patience) {
  const std::lock_guard one_at_a_time(stopping);
  if (threads.empty()) return;
  shared.draining = true;
  Error ignored;
  asio::post(acceptor->get_executor(), [this] {
    Error error;
    acceptor->close(error);
  });
  std::unique_lock lock(guard);
  for (const auto& connection : connections) connection->close_if_idle();
  all_left.wait_for(lock, patience, [this] { return connections.empty(); });
  for (const auto& connection : connections) connection->cut();
  all_left.wait(lock, [this] { return connections.empty(); });
  lock.unlock();
  context.stop();
  for (auto& thread : threads) thread.join();
  threads.clear();
  acceptor->close(ignored);
}

Server::Server(Options options, Planner planner, Handler handler)
    : state_(std::make_unique<State>(std::move(options), std::move(planner), std::move(handler))) {}

Server::~Server() { state_->stop(std::chrono::milliseconds(0)); }

void Server::start() {
  std::signal(SIGPIPE, SIG_IGN);  // a client that closes while we write is an ordinary error
  State& state = *state_;
  state.listen();
  asio::co_spawn(state.acceptor->get_executor(), state.accept(), log_fault);
  for (std::size_t i = 0; i < std::max<std::size_t>(state.shared.options.threads, 1); ++i) {
    state.threads.emplace_back([&state] { state.context.run(); });
  }
}

std::uint16_t Server::port() const { return state_->port; }

void Server::drain() { state_->stop(state_->shared.options.drain_timeout); }

Counters Server::counters() const {
  Counters counters;
  counters.requests = state_->shared.requests;
  counters.timeouts = state_->shared.timeouts;
  counters.connections_refused = state_->refused;
  const std::lock_guard lock(state_->guard);
  counters.connections_open = state_->connections.size();
  return counters;
}

}  // namespace huilu::http
