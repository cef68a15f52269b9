// A blocking client that sends what it is told, byte for byte, and a server on a free port; for the
// tests of this room and for those that talk to a whole server.
#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

#include "http/http.h"

namespace huilu::http::testing {

struct Answer {
  int status = 0;  // 0: the connection closed before an answer was complete
  std::string head;
  std::string body;
};

// The value of the header in a head as it was sent; "" if absent.
inline std::string header_in(const std::string& head, const std::string& name) {
  const auto at = head.find("\r\n" + name + ": ");
  if (at == std::string::npos) return {};
  const auto start = at + name.size() + 4;
  return head.substr(start, head.find("\r\n", start) - start);
}

// The same of an answer that was not sent.
inline std::string header_of(const Response& response, std::string_view name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return {};
}

class Client {
 public:
  explicit Client(std::uint16_t port, const char* from = "127.0.0.1", int receive_bytes = 0)
      : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const timeval patience{20, 0};  // so that a broken server fails the test and not its runner
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    if (receive_bytes) {
      ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_bytes, sizeof receive_bytes);
    }
    auto address = address_of(from, 0);
    EXPECT_EQ(::bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    address = address_of("127.0.0.1", port);
    connected_ = ::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;
  ~Client() { close(); }

  bool is_connected() const { return connected_; }
  int socket() const { return socket_; }

  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  void finish_sending() { ::shutdown(socket_, SHUT_WR); }

  // Closes with a reset, as a client that crashed.
  void reset() {
    const linger now{1, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    close();
  }

  // Whether something, be it the end, came within the time.
  bool has_news(int milliseconds) {
    pollfd one{socket_, POLLIN, 0};
    return ::poll(&one, 1, milliseconds) > 0;
  }

  std::string read(std::size_t size) {
    while (received_.size() < size && fill()) {
    }
    return take(std::min(size, received_.size()));
  }

  Answer read_answer(bool head_only = false) {
    Answer answer;
    std::size_t end = 0;
    while ((end = received_.find("\r\n\r\n")) == std::string::npos) {
      if (!fill()) return answer;
    }
    answer.head = take(end + 4);
    const std::string length = header_in(answer.head, "Content-Length");
    const std::size_t size = head_only || length.empty() ? 0 : std::stoul(length);
    answer.body = read(size);
    if (answer.body.size() == size) answer.status = std::stoi(answer.head.substr(9, 3));
    return answer;
  }

  Answer ask(std::string_view request) {
    send(request);
    return read_answer();
  }

  // Waits for the end; true if nothing came before it.
  bool is_closed() {
    const bool more = fill();
    return !more && received_.empty();
  }

 private:
  static sockaddr_in address_of(const char* text, std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    ::inet_pton(AF_INET, text, &address.sin_addr);
    return address;
  }

  void close() {
    if (socket_ >= 0) ::close(std::exchange(socket_, -1));
  }

  bool fill() {
    char bytes[16 * 1024];
    const auto size = ::recv(socket_, bytes, sizeof bytes, 0);
    if (size <= 0) {
      EXPECT_FALSE(size < 0 && errno == EAGAIN) << "the server left the client waiting";
      return false;
    }
    received_.append(bytes, static_cast<std::size_t>(size));
    return true;
  }

  std::string take(std::size_t size) {
    std::string out = received_.substr(0, size);
    received_.erase(0, size);
    return out;
  }

  int socket_;
  bool connected_ = false;
  std::string received_;
};

inline std::string get(const std::string& target) {
  return "GET " + target + " HTTP/1.1\r\nHost: test\r\n\r\n";
}

inline std::string post(const std::string& target, const std::string& body) {
  return "POST " + target +
         " HTTP/1.1\r\nHost: test\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
         body;
}

inline Options quick_options() {
  Options options;
  options.port = 0;
  return options;
}

// Answers with the path, the body after it.
inline void echo(const Request& request, const Responder& respond) {
  Response response;
  response.status = request.body_too_large ? 413 : 200;
  response.body = request.path + request.body;
  respond(std::move(response));
}

class Served {
 public:
  explicit Served(
      Options options = quick_options(), Handler handler = echo,
      Planner planner = [](const Request&) { return BodyPlan{}; })
      : server(std::move(options), std::move(planner), std::move(handler)) {
    server.start();
    port = server.port();
  }

  Server server;
  std::uint16_t port = 0;
};

}  // namespace huilu::http::testing
