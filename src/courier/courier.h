// Courier: carries one message out of the house, by HTTPS or by SMTP under TLS, and says what came
// of it. No word of the domain, and no choice of its own where a message goes: addresses of
// servers are what an administrator configured. Tests put another Courier in its place.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace huilu::courier {

// delivered: the other side has said that it has it. refused: it has said that it never will.
// failed: surely not delivered, another time perhaps. unknown: it was sent and the answer is lost.
enum class Outcome { delivered, refused, failed, unknown };

struct Receipt {
  Outcome outcome = Outcome::failed;
  std::string reason;  // http_503, smtp_550, no_connection, …; never a text of the other side
};

// A POST to an https address.
struct Post {
  std::string url;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  std::string ca_file;  // PEM of whom the server's certificate is from; empty: the system's
};

// A mail to one address by a server of submission: smtps://host:465, or smtp://host:587, which has
// to offer STARTTLS.
struct Mail {
  std::string url;
  std::string user;  // empty: without signing in
  std::string password;
  std::string from;
  std::string to;
  std::string text;  // head and body (RFC 5322), lines end with CRLF
  std::string ca_file;
};

class Courier {
 public:
  virtual ~Courier() = default;
  // From any thread; neither throws nor takes longer than the courier was made for.
  virtual Receipt post(const Post& post) = 0;
  virtual Receipt mail(const Mail& mail) = 0;
};

// By the network: no redirects, no proxy, no other protocol than the two, certificates are checked,
// an answer of more than 64 KB is cut off, and link-local addresses (where clouds keep their
// metadata) are never connected to. `at_most` is for one message from beginning to end.
std::unique_ptr<Courier> network_courier(std::chrono::milliseconds at_most);

}  // namespace huilu::courier
