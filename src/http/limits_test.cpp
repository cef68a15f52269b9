#include <thread>

#include "http/testing.h"

namespace huilu::http {
namespace {

using std::chrono::milliseconds;
using testing::Client;
using testing::echo;
using testing::get;
using testing::header_in;
using testing::post;
using testing::quick_options;
using testing::Served;

constexpr milliseconds brief(100);

BodyPlan ten_bytes(const Request&) { return BodyPlan{10, false}; }

TEST(Limits, a_body_over_its_limit_is_the_handlers_to_refuse) {
  for (const bool chunked : {false, true}) {
    Served served(quick_options(), echo, ten_bytes);
    Client client(served.port);
    const std::string head = "POST /x HTTP/1.1\r\nHost: t\r\n";
    const auto answer =
        client.ask(chunked ? head + "Transfer-Encoding: chunked\r\n\r\n8\r\n12345678\r\n3\r\nabc"
                           : head + "Content-Length: 11\r\n\r\n");
    EXPECT_EQ(answer.status, 413) << chunked;
    EXPECT_EQ(answer.body, "/x");
    EXPECT_EQ(header_in(answer.head, "Connection"), "close");
    EXPECT_TRUE(client.is_closed());
  }
}

TEST(Limits, a_body_at_its_limit_is_taken) {
  Served served(quick_options(), echo, ten_bytes);
  Client client(served.port);
  EXPECT_EQ(client.ask(post("/x", "1234567890")).body, "/x1234567890");
  EXPECT_EQ(client
                .ask("POST /x HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n"
                     "5\r\n12345\r\n5\r\n67890\r\n0\r\n\r\n")
                .body,
            "/x1234567890");
}

// Without the lingering close a reset would stop the client, and on some systems take the answer.
TEST(Limits, a_client_that_sends_everything_first_still_reads_413) {
  Served served(quick_options(), echo, ten_bytes);
  Client client(served.port);
  EXPECT_TRUE(client.send(post("/x", std::string(12 << 20, 'x'))));
  client.finish_sending();
  EXPECT_EQ(client.read_answer().status, 413);
}

TEST(Limits, a_client_that_would_continue_is_refused_before_it_sends) {
  Served served(quick_options(), echo, ten_bytes);
  Client client(served.port);
  EXPECT_EQ(client
                .ask("POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 11\r\n"
                     "Expect: 100-continue\r\n\r\n")
                .status,
            413);
}

TEST(Limits, a_head_that_is_too_large_is_431) {
  Served served;
  Client many(served.port);
  std::string head = "GET / HTTP/1.1\r\nHost: t\r\n";
  for (int i = 0; head.size() < 20'000; ++i) head += "X-" + std::to_string(i) + ": some value\r\n";
  EXPECT_EQ(many.ask(head + "\r\n").status, 431);
  Client endless(served.port);
  EXPECT_EQ(endless.ask("GET /" + std::string(20'000, 'x')).status, 431);
  Client allowed(served.port);
  EXPECT_EQ(
      allowed.ask("GET / HTTP/1.1\r\nHost: t\r\nX: " + std::string(8'000, 'x') + "\r\n\r\n").status,
      200);
}

TEST(Limits, a_head_that_drips_is_cut_at_its_deadline) {
  Options options = quick_options();
  options.head_timeout = brief;
  Served served(options);
  Client client(served.port);
  client.send("GET / HTTP/1.1\r\nHost: t\r\nX: ");
  // Each byte would renew a deadline that only looks at inactivity.
  int drops = 0;
  while (drops < 1000 && !client.has_news(10) && client.send("x")) ++drops;
  EXPECT_LT(drops, 1000);
  served.server.drain();
  EXPECT_EQ(served.server.counters().timeouts, 1u);
  EXPECT_EQ(served.server.counters().requests, 0u);
}

TEST(Limits, silence_is_cut_before_and_between_requests_and_in_a_body) {
  Options options = quick_options();
  options.head_timeout = options.idle_timeout = options.body_timeout = brief;
  Served served(options);
  Client silent(served.port);
  EXPECT_TRUE(silent.is_closed());
  Client idle(served.port);
  EXPECT_EQ(idle.ask(get("/")).status, 200);
  EXPECT_TRUE(idle.is_closed());
  Client half(served.port);
  half.send("POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 10\r\n\r\nhalf");
  EXPECT_TRUE(half.is_closed());
  served.server.drain();
  EXPECT_EQ(served.server.counters().timeouts, 3u);
}

TEST(Limits, a_client_that_does_not_read_is_cut) {
  const std::string content(64 << 20, 'x');
  Options options = quick_options();
  options.write_timeout = brief;
  options.drain_timeout = milliseconds(20'000);
  Served served(options, [&](const Request&, const Responder& respond) {
    Response response;
    response.static_body = content;
    respond(std::move(response));
  });
  Client client(served.port, "127.0.0.1", 4096);
  client.send(get("/"));
  EXPECT_TRUE(client.has_news(20'000));
  served.server.drain();  // returns when the connection is gone
  EXPECT_EQ(served.server.counters().timeouts, 1u);
}

TEST(Limits, more_connections_than_allowed_get_503) {
  Options options = quick_options();
  options.connections_max = 2;
  options.connections_per_peer_max = 1;
  Served served(options);
  Client first(served.port);
  EXPECT_EQ(first.ask(get("/")).status, 200);
  Client same_peer(served.port);
  EXPECT_EQ(same_peer.read_answer().status, 503);
  EXPECT_TRUE(same_peer.is_closed());
  Client other_peer(served.port, "127.0.0.2");
  EXPECT_EQ(other_peer.ask(get("/")).status, 200);
  Client third_peer(served.port, "127.0.0.3");
  EXPECT_EQ(third_peer.ask(get("/")).status, 503);
  EXPECT_EQ(served.server.counters().connections_refused, 2u);
  EXPECT_EQ(served.server.counters().connections_open, 2u);
}

TEST(Limits, a_place_that_was_left_is_free_again) {
  Options options = quick_options();
  options.connections_per_peer_max = 1;
  Served served(options);
  for (int i = 0; i < 20; ++i) {
    Client client(served.port);
    ASSERT_EQ(client.ask("GET / HTTP/1.0\r\n\r\n").status, 200);
    ASSERT_TRUE(client.is_closed());
    while (served.server.counters().connections_open > 0) std::this_thread::yield();
  }
}

TEST(Limits, what_two_readers_could_understand_differently_is_400) {
  Served served;
  const std::string lines = "POST / HTTP/1.1\r\nHost: t\r\n";
  const std::string cases[] = {
      lines + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      lines + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
      lines + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
      lines + "Content-Length: 5, 6\r\n\r\nabcdef",
      lines + "Content-Length: +5\r\n\r\nabcde",
      lines + "Content-Length: -5\r\n\r\nabcde",
      lines + "Content-Length: 0x5\r\n\r\nabcde",
      lines + "Content-Length: 5 5\r\n\r\nabcde",
      lines + "Content-Length:\r\n\r\nabcde",
      lines + "Content-Length: 99999999999999999999\r\n\r\nabcde",
      lines + "Content-Length : 5\r\n\r\nabcde",
      lines + " Content-Length: 5\r\n\r\nabcde",
      lines + "Transfer-Encoding: gzip\r\n\r\n",
      lines + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
      lines + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
      lines + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      lines + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
      lines +
          "Transfer-Encoding: \x0b"
          "chunked\r\n\r\n0\r\n\r\n",
      lines + "Transfer-Encoding:\r\n\r\n0\r\n\r\n",
      lines + "Transfer-Encoding: chunked\r\n\r\nx\r\n\r\n",
      lines + "Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n",
      lines + "Transfer-Encoding: chunked\r\n\r\n0x1\r\na\r\n0\r\n\r\n",
      lines + "Transfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n0\r\n\r\n",
      lines + "Transfer-Encoding: chunked\r\n\r\n11111111111111111\r\na\r\n0\r\n\r\n",
      lines + "Transfer-Encoding: chunked\r\n\r\n1\na\n0\n\n\r\n\r\n",
      "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      lines + "Host: other\r\n\r\n",
      "GET / HTTP/1.1\r\n\r\n",
      "GET / HTTP/1.1\nHost: t\n\n\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: t\r\nX: a\nY: b\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: t\r\nX: a\rY: b\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: t\r\nX: a" + std::string(1, '\0') + "b\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: t\r\nNo colon\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: t\r\n: no name\r\n\r\n",
      "GET  / HTTP/1.1\r\nHost: t\r\n\r\n",
      "GET / HTTP/2.0\r\nHost: t\r\n\r\n",
      "GET / HTTP/1.2\r\nHost: t\r\n\r\n",
      "GET /\r\n\r\n",
      "\x16\x03\x01\x02\r\n\r\n",
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
      "OPTIONS * HTTP/1.1\r\nHost: t\r\n\r\n",
      "CONNECT t:443 HTTP/1.1\r\nHost: t\r\n\r\n",
      get("/../etc/passwd"),
      get("/a/%2e%2E/b"),
      get("/a%00b"),
      get("/%ff"),
      get("/%zz"),
      get("/?x=%ff"),
  };
  for (const auto& request : cases) {
    Client client(served.port);
    client.send(request);
    const auto answer = client.read_answer();
    EXPECT_EQ(answer.status, 400) << request;
    EXPECT_EQ(header_in(answer.head, "Content-Type"), "application/problem+json");
    EXPECT_TRUE(client.is_closed()) << request;
  }
}

}  // namespace
}  // namespace huilu::http
