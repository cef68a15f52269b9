// One connection: reads requests, hands them to the handler, writes the replies in their order and
// keeps every deadline. It runs on a strand of its own, so that nothing needs a lock but Reply.
// Belongs to server.cpp, which alone includes it.
#pragma once

#include <fcntl.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <boost/asio.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <cerrno>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/http.h"
#include "http/parser.h"
#include "http/reply.h"

namespace huilu::http {

namespace asio = boost::asio;
namespace beast = boost::beast;

using Strand = asio::strand<asio::io_context::executor_type>;
using Socket = asio::basic_stream_socket<asio::ip::tcp, Strand>;
using Stream = beast::basic_stream<asio::ip::tcp, Strand>;
using SecureStream = asio::ssl::stream<Stream&>;
template <class T>
using Awaitable = asio::awaitable<T, Strand>;
using Timer = asio::basic_waitable_timer<std::chrono::steady_clock,
                                         asio::wait_traits<std::chrono::steady_clock>, Strand>;

inline auto into(Error& error) {
  return asio::redirect_error(asio::use_awaitable_t<Strand>{}, error);
}

// What all connections of a server have in common.
struct Shared {
  Options options;
  Planner planner;
  Handler handler;
  std::atomic<bool> draining = false;
  std::atomic<std::uint64_t> requests = 0;
  std::atomic<std::uint64_t> timeouts = 0;
};

class Connection final : public Waiter, public std::enable_shared_from_this<Connection> {
 public:
  Connection(Socket socket, std::string peer, Shared& shared, asio::ssl::context* tls)
      : stream_(std::move(socket)),
        reply_timer_(stream_.get_executor()),
        shared_(shared),
        peer_(std::move(peer)) {
    if (tls) tls_ = std::make_unique<SecureStream>(stream_, *tls);
  }

  Awaitable<void> run();
  Awaitable<void> turn_away();  // says that there are too many, and closes
  Strand strand() { return stream_.get_executor(); }
  const std::string& peer() const { return peer_; }

  // From any thread.
  void wake() override;
  void close_if_idle();
  void cut();

 private:
  static constexpr std::size_t idle_bytes = 2 * 1024;
  static constexpr std::size_t body_bytes = 64 * 1024;
  static constexpr std::size_t piece_bytes = 256 * 1024;
  static constexpr std::size_t linger_bytes = 16 * 1024 * 1024;
  static constexpr std::chrono::seconds linger_time{2};

  enum class Next { request, close, linger };

  Awaitable<bool> shake_hands();
  Awaitable<bool> wait_for_bytes();
  Awaitable<Next> serve();
  Awaitable<std::size_t> read_some(asio::mutable_buffer room, Error& error);
  Awaitable<Error> read(Parser& parser, std::size_t bytes_max);
  Awaitable<Error> read_body(Parser& parser, Reply& reply);
  Awaitable<Next> refuse(Error error);
  Awaitable<std::optional<Response>> ask_handler(Request request, std::shared_ptr<Reply> reply);
  Awaitable<bool> send(const Response& response, Framing framing);  // lives until it is sent
  Awaitable<Error> send_file(std::string head, Descriptor file, std::uint64_t length);
  Awaitable<Error> send_bytes(std::string head, std::string_view body);
  Awaitable<Error> write(std::string_view first, std::string_view second);
  Awaitable<void> linger(std::chrono::milliseconds time, std::size_t bytes);
  Awaitable<void> close(Next how);
  bool failed(Error error);

  Stream stream_;
  std::unique_ptr<SecureStream> tls_;
  Timer reply_timer_;
  beast::flat_buffer buffer_;
  Shared& shared_;
  std::string peer_;
  bool idle_ = true;
  bool cut_ = false;
  bool served_ = false;
};

inline void Connection::wake() {
  asio::post(strand(), [self = shared_from_this()] { self->reply_timer_.cancel(); });
}

inline void Connection::close_if_idle() {
  asio::post(strand(), [self = shared_from_this()] {
    if (self->idle_) self->stream_.close();
  });
}

inline void Connection::cut() {
  asio::post(strand(), [self = shared_from_this()] {
    self->cut_ = true;
    self->stream_.close();
    self->reply_timer_.cancel();
  });
}

inline bool Connection::failed(Error error) {
  if (error == beast::error::timeout) ++shared_.timeouts;
  return static_cast<bool>(error);
}

inline Awaitable<void> Connection::run() {
  Next next = Next::request;
  if (tls_) {
    const bool open = co_await shake_hands();
    if (!open) next = Next::close;
  }
  while (next == Next::request) {
    const bool open = co_await wait_for_bytes();
    if (!open) break;
    next = co_await serve();
  }
  co_await close(next);
}

inline Awaitable<bool> Connection::shake_hands() {
  Error error;
  stream_.expires_after(shared_.options.head_timeout);
  co_await tls_->async_handshake(asio::ssl::stream_base::server, into(error));
  co_return !failed(error);
}

// Between requests a connection holds one small buffer and nothing else.
inline Awaitable<bool> Connection::wait_for_bytes() {
  if (buffer_.size() > 0) co_return true;
  if (shared_.draining) co_return false;
  if (buffer_.capacity() > idle_bytes) buffer_.shrink_to_fit();
  Error error;
  const auto& options = shared_.options;
  stream_.expires_after(served_ ? options.idle_timeout : options.head_timeout);
  idle_ = true;
  const auto room = buffer_.prepare(idle_bytes);
  const auto size = co_await read_some(room, error);
  idle_ = false;
  if (failed(error)) co_return false;
  buffer_.commit(size);
  co_return true;
}

inline Awaitable<std::size_t> Connection::read_some(asio::mutable_buffer room, Error& error) {
  if (tls_) return tls_->async_read_some(room, into(error));
  return stream_.async_read_some(room, into(error));
}

// Feeds the parser until the head or, once a body is expected, the request is complete. The
// deadline was set by the caller and is not renewed by the bytes that arrive.
inline Awaitable<Error> Connection::read(Parser& parser, std::size_t bytes_max) {
  Error error = beast_http::error::need_more;
  for (;;) {
    if (buffer_.size() > 0) {
      buffer_.consume(parser.put(buffer_.data(), error));
      if (error && error != beast_http::error::need_more) co_return error;
      if (parser.is_done() || (!parser.eager() && parser.is_header_done())) co_return Error{};
      if (!error) continue;
    }
    if (buffer_.size() >= bytes_max) co_return beast_http::error::header_limit;
    const auto room = buffer_.prepare(bytes_max - buffer_.size());
    const auto size = co_await read_some(room, error);
    if (failed(error)) co_return error;
    buffer_.commit(size);
  }
}

inline Awaitable<Connection::Next> Connection::serve() {
  stream_.expires_after(shared_.options.head_timeout);
  Parser parser;
  Error error = co_await read(parser, head_bytes_max);
  if (error) co_return co_await refuse(error);
  ++shared_.requests;
  served_ = true;
  parser.request.peer = peer_;
  const auto reply = std::make_shared<Reply>();
  if (!parser.is_done()) {
    error = co_await read_body(parser, *reply);
    if (error) co_return co_await refuse(error);
  }

  Framing framing;
  framing.head_only = parser.request.method == Method::head;
  framing.http_1_0 = parser.is_http_1_0();
  const bool unread = parser.request.body_too_large;
  auto response = co_await ask_handler(std::move(parser.request), reply);
  if (cut_) co_return Next::close;
  const bool answered = response.has_value();
  if (!answered) response = problem(RefusalCode::busy);
  framing.keep = answered && !unread && parser.keep_alive() && !shared_.draining;
  const bool sent = co_await send(*response, framing);
  if (!sent) co_return Next::close;
  if (framing.keep) co_return Next::request;
  co_return unread || buffer_.size() > 0 ? Next::linger : Next::close;
}

inline Awaitable<Error> Connection::read_body(Parser& parser, Reply& reply) {
  const auto& options = shared_.options;
  const BodyPlan plan = shared_.planner(parser.request);
  Request& request = parser.request;
  if (parser.is_larger_than(plan.limit)) {
    request.body_too_large = true;
    co_return Error{};
  }
  if (plan.to_file && !reply.file.create(options.temporary_folder)) co_return disk_error();
  parser.expect_body(plan.limit, plan.to_file ? &reply.file : nullptr);
  stream_.expires_after(options.body_timeout);
  const bool asks = beast::iequals(request.header("expect"), "100-continue");
  if (asks && buffer_.size() == 0 && !parser.is_http_1_0()) {
    const Error error = co_await write("HTTP/1.1 100 Continue\r\n\r\n", {});
    if (error) co_return error;
    stream_.expires_after(options.body_timeout);
  }
  const Error error = co_await read(parser, body_bytes);
  if (error == beast_http::error::body_limit) {
    request.body_too_large = true;
    request.body = std::string();
    reply.file.remove();
    co_return Error{};
  }
  request.body_file = reply.file.path();
  co_return error;
}

// What cannot be handed to the handler. A connection that broke or was too slow gets no answer.
inline Awaitable<Connection::Next> Connection::refuse(Error error) {
  Response response;
  if (error == disk_error()) {
    response = problem(RefusalCode::storage_full);
  } else if (error == beast_http::error::header_limit) {
    response = problem(431);
  } else if (error.category() == beast_http::make_error_code(beast_http::error{}).category()) {
    response = problem(400);
  } else {
    co_return Next::close;
  }
  const bool sent = co_await send(response, Framing{});
  co_return sent ? Next::linger : Next::close;
}

inline Awaitable<std::optional<Response>> Connection::ask_handler(Request request,
                                                                  std::shared_ptr<Reply> reply) {
  try {
    shared_.handler(std::move(request), [reply](Response r) { reply->answer(std::move(r)); });
  } catch (const std::exception& fault) {
    spdlog::error("http: the handler failed: {}", fault.what());
    reply->answer(problem(RefusalCode::internal_fault));
  }
  // Set before the wait begins: an answer from another thread cancels it at any time after.
  reply_timer_.expires_after(shared_.options.reply_timeout);
  if (reply->wait(shared_from_this())) {
    Error error;
    co_await reply_timer_.async_wait(into(error));
    if (!error) ++shared_.timeouts;
  }
  co_return reply->take();
}

inline Awaitable<bool> Connection::send(const Response& response, Framing framing) {
  const bool whole = has_body(response.status) && !framing.head_only;
  if (response.file.empty()) {
    const auto body =
        response.static_body.empty() ? std::string_view(response.body) : response.static_body;
    const Error error = co_await send_bytes(head_of(response, body.size(), framing),
                                            whole ? body : std::string_view());
    co_return !failed(error);
  }
  Descriptor file(::open(response.file.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat about {};
  if (!file || ::fstat(file.value(), &about) != 0 || !S_ISREG(about.st_mode)) {
    spdlog::error("http: a file to be sent cannot be opened: {}", response.file);
    const Response fault = problem(RefusalCode::internal_fault);
    co_return co_await send(fault, framing);
  }
  const auto length = static_cast<std::uint64_t>(about.st_size);
  const Error error =
      co_await send_file(head_of(response, length, framing), std::move(file), whole ? length : 0);
  co_return !failed(error);
}

inline Awaitable<Error> Connection::send_bytes(std::string head, std::string_view body) {
  Error error = co_await write(head, body.substr(0, piece_bytes));
  for (std::size_t at = piece_bytes; at < body.size() && !error; at += piece_bytes) {
    error = co_await write(body.substr(at, piece_bytes), {});
  }
  co_return error;
}

inline Awaitable<Error> Connection::send_file(std::string head, Descriptor file,
                                              std::uint64_t length) {
  std::string piece(std::min<std::uint64_t>(length, piece_bytes), '\0');
  Error error = co_await write(head, {});
  while (length > 0 && !error) {
    const auto size =
        ::read(file.value(), piece.data(), std::min<std::uint64_t>(length, piece_bytes));
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0) co_return disk_error();  // shorter than promised: only closing tells it
    length -= static_cast<std::uint64_t>(size);
    error = co_await write({piece.data(), static_cast<std::size_t>(size)}, {});
  }
  co_return error;
}

inline Awaitable<Error> Connection::write(std::string_view first, std::string_view second) {
  const std::array buffers{asio::buffer(first.data(), first.size()),
                           asio::buffer(second.data(), second.size())};
  stream_.expires_after(shared_.options.write_timeout);
  Error error;
  if (tls_) {
    co_await asio::async_write(*tls_, buffers, into(error));
  } else {
    co_await asio::async_write(stream_, buffers, into(error));
  }
  co_return error;
}

// The client may still be sending. Closing with unread bytes makes the kernel reset the connection
// and take our answer with it, so the rest is read away within bounds.
inline Awaitable<void> Connection::linger(std::chrono::milliseconds time, std::size_t bytes) {
  Error error;
  std::vector<char> rest(16 * 1024);
  stream_.socket().shutdown(asio::socket_base::shutdown_send, error);
  stream_.expires_after(time);
  for (std::size_t read = 0; !error && read < bytes;) {
    read += co_await stream_.async_read_some(asio::buffer(rest), into(error));
  }
}

inline Awaitable<void> Connection::turn_away() {
  const Response response = problem(RefusalCode::busy);
  co_await send(response, Framing{});
  co_await linger(std::chrono::milliseconds(500), piece_bytes);
}

inline Awaitable<void> Connection::close(Next how) {
  if (tls_ && stream_.socket().is_open()) {
    Error ignored;
    stream_.expires_after(linger_time);
    co_await tls_->async_shutdown(into(ignored));
  }
  if (how == Next::linger) co_await linger(linger_time, linger_bytes);
  stream_.close();
}

}  // namespace huilu::http
