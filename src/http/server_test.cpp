#include <filesystem>
#include <fstream>
#include <future>
#include <thread>

#include "base/fault.h"
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

// Keeps the responders it is given for the test to use.
struct Holding {
  std::promise<Responder> asked;
  Handler handler() {
    return [this](const Request& request, const Responder& respond) {
      if (request.path != "/slow") return echo(request, respond);
      asked.set_value(respond);
    };
  }
  Responder wait() { return asked.get_future().get(); }
};

Response text(std::string body) {
  Response response;
  response.body = std::move(body);
  return response;
}

Handler answer_with(Response response) {
  return [response](const Request&, const Responder& respond) { respond(response); };
}

struct Folder {
  std::string path = (std::filesystem::temp_directory_path() / "huilu-http-XXXXXX").string();
  Folder() { EXPECT_NE(::mkdtemp(path.data()), nullptr); }
  ~Folder() { std::filesystem::remove_all(path); }
  bool is_empty() const { return std::filesystem::is_empty(path); }
};

std::string content_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(Server, one_connection_carries_several_requests) {
  Served served;
  Client client(served.port);
  EXPECT_EQ(client.ask(get("/one")).body, "/one");
  EXPECT_EQ(client.ask(post("/two", "+body")).body, "/two+body");
  const auto counters = served.server.counters();
  EXPECT_EQ(counters.requests, 2u);
  EXPECT_EQ(counters.connections_open, 1u);
}

TEST(Server, pipelined_requests_are_answered_in_order) {
  Served served;
  Client client(served.port);
  std::string all;
  for (int i = 0; i < 50; ++i) all += post("/" + std::to_string(i), std::string(i * 10, 'x'));
  client.send(all);
  for (int i = 0; i < 50; ++i) {
    ASSERT_EQ(client.read_answer().body, "/" + std::to_string(i) + std::string(i * 10, 'x'));
  }
}

TEST(Server, a_request_that_comes_byte_by_byte_is_one_request) {
  Served served;
  Client client(served.port);
  const std::string request = post("/drip", "12345");
  for (const char c : request) client.send({&c, 1});
  EXPECT_EQ(client.read_answer().body, "/drip12345");
}

TEST(Server, connection_is_kept_as_the_version_and_the_header_say) {
  Served served;
  Client old(served.port);
  EXPECT_EQ(old.ask("GET /a HTTP/1.0\r\n\r\n").status, 200);
  EXPECT_TRUE(old.is_closed());
  Client kept(served.port);
  const auto answer = kept.ask("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_EQ(header_in(answer.head, "Connection"), "keep-alive");
  EXPECT_EQ(kept.ask("GET /b HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n").body, "/b");
  EXPECT_TRUE(kept.is_closed());
}

TEST(Server, the_request_arrives_as_it_was_sent) {
  std::promise<Request> seen;
  Served served(quick_options(), [&](Request request, const Responder& respond) {
    seen.set_value(std::move(request));
    respond({});
  });
  Client(served.port)
      .ask(
          "PATCH /a%20b?x=1&y=%E4%B8%AD HTTP/1.1\r\nHost: t\r\nX-Some-Thing:  Two Words \r\n"
          "Cookie: s=abc\r\n\r\n");
  const Request request = seen.get_future().get();
  EXPECT_EQ(request.method, Method::patch);
  EXPECT_EQ(request.path, "/a b");
  EXPECT_EQ(request.parameter("y"), "中");
  EXPECT_EQ(request.header("x-some-thing"), "Two Words");
  EXPECT_EQ(request.cookie("s"), "abc");
  EXPECT_EQ(request.peer, "127.0.0.1");
}

TEST(Server, head_gets_the_length_but_not_the_body) {
  Served served;
  Client client(served.port);
  client.send("HEAD /12345 HTTP/1.1\r\nHost: t\r\n\r\n" + get("/next"));
  const auto answer = client.read_answer(true);
  EXPECT_EQ(header_in(answer.head, "Content-Length"), "6");
  EXPECT_EQ(client.read_answer().body, "/next");
}

TEST(Server, an_answer_without_content_has_no_length) {
  Response response = text("ignored");
  response.status = 204;
  Served served(quick_options(), answer_with(response));
  Client client(served.port);
  const auto answer = client.ask(get("/"));
  EXPECT_EQ(answer.status, 204);
  EXPECT_EQ(header_in(answer.head, "Content-Length"), "");
  EXPECT_EQ(client.ask(get("/")).status, 204);
}

TEST(Server, a_header_cannot_break_out_of_its_line) {
  Response response;
  response.headers = {{"Location", "/x\r\nSet-Cookie: a=b"}};
  Served served(quick_options(), answer_with(response));
  const auto answer = Client(served.port).ask(get("/"));
  EXPECT_EQ(header_in(answer.head, "Set-Cookie"), "");
  EXPECT_EQ(header_in(answer.head, "Server"), "");
}

TEST(Server, large_answers_come_whole_from_memory_and_from_a_file) {
  std::string content;
  for (int i = 0; content.size() < 1'500'000; ++i) content += std::to_string(i);
  const Folder folder;
  std::ofstream(folder.path + "/file", std::ios::binary) << content;
  Response from_memory;
  from_memory.static_body = content;
  Response from_file;
  from_file.file = folder.path + "/file";
  Served served(quick_options(), [&](const Request& request, const Responder& respond) {
    respond(request.path == "/file" ? from_file : from_memory);
  });
  Client client(served.port);
  EXPECT_TRUE(client.ask(get("/file")).body == content);
  EXPECT_TRUE(client.ask(get("/memory")).body == content);
  client.send("HEAD /file HTTP/1.1\r\nHost: t\r\n\r\n");
  EXPECT_EQ(header_in(client.read_answer(true).head, "Content-Length"),
            std::to_string(content.size()));
}

TEST(Server, a_file_that_is_not_there_is_a_fault) {
  Response response;
  response.file = "/nonexistent/file";
  Served served(quick_options(), answer_with(response));
  const auto answer = Client(served.port).ask(get("/"));
  EXPECT_EQ(answer.status, 500);
  EXPECT_NE(answer.body.find("internal_fault"), std::string::npos);
}

TEST(Server, a_chunked_body_is_joined_and_its_trailers_are_no_headers) {
  Served served(quick_options(), [](const Request& request, const Responder& respond) {
    respond(text(request.body + std::string(request.header("x-late"))));
  });
  Client client(served.port);
  const std::string head = "POST / HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n";
  EXPECT_EQ(client.ask(head + "3\r\nabc\r\n4;x=y\r\ndefg\r\n0\r\nX-Late: no\r\n\r\n").body,
            "abcdefg");
  EXPECT_EQ(client.ask(head + "0\r\n\r\n").status, 200);
}

TEST(Server, a_streamed_body_is_a_file_until_the_answer_unless_it_was_moved) {
  const Folder folder;
  const Folder kept;
  Options options = quick_options();
  options.temporary_folder = folder.path;
  const Handler handler = [&](const Request& request, const Responder& respond) {
    Response response = text(content_of(request.body_file));
    if (request.path == "/keep") {
      std::filesystem::rename(request.body_file, kept.path + "/file");
    }
    respond(std::move(response));
  };
  Served served(options, handler, [](const Request&) { return BodyPlan{1 << 24, true}; });
  const std::string body(300'000, 'z');
  Client client(served.port);
  EXPECT_TRUE(client.ask(post("/drop", body)).body == body);
  EXPECT_TRUE(client.ask(post("/keep", body)).body == body);
  client.send("POST /cut HTTP/1.1\r\nHost: t\r\nContent-Length: 100000\r\n\r\nhalf");
  client.finish_sending();
  EXPECT_TRUE(client.is_closed());
  served.server.drain();
  EXPECT_TRUE(folder.is_empty());
  EXPECT_TRUE(content_of(kept.path + "/file") == body);
}

TEST(Server, a_disk_that_takes_no_body_is_said) {
  Options options = quick_options();
  options.temporary_folder = "/nonexistent";
  Served served(options, echo, [](const Request&) { return BodyPlan{1 << 20, true}; });
  EXPECT_EQ(Client(served.port).ask(post("/", "body")).status, 507);
}

TEST(Server, a_client_that_asks_whether_to_continue_is_told) {
  Served served;
  Client client(served.port);
  client.send("POST /x HTTP/1.1\r\nHost: t\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.read_answer().status, 100);
  EXPECT_EQ(client.ask("ok").body, "/xok");
}

TEST(Server, only_the_first_of_two_answers_counts) {
  Served served(quick_options(), [](const Request& request, const Responder& respond) {
    respond(text("first" + request.path));
    respond(text("second"));
  });
  Client client(served.port);
  EXPECT_EQ(client.ask(get("/1")).body, "first/1");
  EXPECT_EQ(client.ask(get("/2")).body, "first/2");
}

TEST(Server, answers_come_from_any_thread) {
  std::vector<std::thread> workers;
  Served served(quick_options(), [&](const Request& request, const Responder& respond) {
    workers.emplace_back([respond, path = request.path] {
      respond(text(path));
      respond(text("again"));
    });
  });
  Client client(served.port);
  for (int i = 0; i < 100; ++i) {
    const std::string path = "/" + std::to_string(i);
    ASSERT_EQ(client.ask(get(path)).body, path);
  }
  for (auto& worker : workers) worker.join();
}

TEST(Server, a_handler_that_throws_is_a_fault_of_one_request) {
  Served served(quick_options(), [](const Request& request, const Responder& respond) {
    if (request.path == "/bad") throw Fault(FaultKind::internal, "broken on purpose");
    respond({});
  });
  Client client(served.port);
  EXPECT_EQ(client.ask(get("/bad")).status, 500);
  EXPECT_EQ(client.ask(get("/good")).status, 200);
}

TEST(Server, a_handler_that_is_late_leaves_503) {
  Holding holding;
  Options options = quick_options();
  options.reply_timeout = milliseconds(50);
  Served served(options, holding.handler());
  Client client(served.port);
  const auto answer = client.ask(get("/slow"));
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(header_in(answer.head, "Content-Type"), "application/problem+json");
  EXPECT_EQ(header_in(answer.head, "Retry-After"), "1");
  EXPECT_NE(answer.body.find(R"("code":"busy")"), std::string::npos);
  EXPECT_TRUE(client.is_closed());
  holding.wait()(text("late"));
  EXPECT_EQ(served.server.counters().timeouts, 1u);
}

TEST(Server, a_client_that_has_finished_sending_still_gets_its_answer) {
  Holding holding;
  Served served(quick_options(), holding.handler());
  Client client(served.port);
  client.send(get("/slow"));
  client.finish_sending();
  holding.wait()(text("answer"));
  EXPECT_EQ(client.read_answer().body, "answer");
  EXPECT_TRUE(client.is_closed());
}

TEST(Server, a_client_that_goes_in_the_middle_harms_nobody) {
  const std::string content(32 << 20, 'x');
  Response response;
  response.static_body = content;
  Served served(quick_options(), answer_with(response));
  for (int i = 0; i < 5; ++i) {
    Client client(served.port);
    client.send(get("/"));
    EXPECT_EQ(client.read(1000).size(), 1000u);
    client.reset();
  }
  EXPECT_EQ(Client(served.port).ask(get("/")).body.size(), content.size());
}

TEST(Server, draining_answers_what_was_accepted_and_closes_the_rest) {
  Holding holding;
  Served served(quick_options(), holding.handler());
  Client idle(served.port);
  EXPECT_EQ(idle.ask(get("/")).status, 200);
  Client slow(served.port);
  slow.send(get("/slow"));
  const Responder respond = holding.wait();
  auto drained = std::async(std::launch::async, [&] { served.server.drain(); });
  EXPECT_TRUE(idle.is_closed());
  respond(text("answer"));
  const auto answer = slow.read_answer();
  EXPECT_EQ(answer.body, "answer");
  EXPECT_EQ(header_in(answer.head, "Connection"), "close");
  EXPECT_TRUE(slow.is_closed());
  drained.get();
  EXPECT_EQ(served.server.counters().connections_open, 0u);
  EXPECT_FALSE(Client(served.port).is_connected());
}

TEST(Server, draining_ends_at_its_timeout_and_later_answers_go_nowhere) {
  Holding holding;
  Options options = quick_options();
  options.drain_timeout = milliseconds(50);
  Served served(options, holding.handler());
  Client client(served.port);
  client.send(get("/slow"));
  const Responder respond = holding.wait();
  served.server.drain();
  EXPECT_TRUE(client.is_closed());
  respond(text("late"));
}

TEST(Server, an_address_that_is_taken_or_wrong_is_a_fault) {
  Served served;
  Options options = quick_options();
  options.port = served.port;
  Server second(
      options, [](const Request&) { return BodyPlan{}; }, echo);
  EXPECT_THROW(second.start(), Fault);
  options.address = "not an address";
  Server third(
      options, [](const Request&) { return BodyPlan{}; }, echo);
  EXPECT_THROW(third.start(), Fault);
}

}  // namespace
}  // namespace huilu::http
