// Setup: where messages go and with which secrets, as the administrator of the server wrote it into
// a file (docs/operate/outbox.md). Users choose among what it offers and can name no server.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "outbox/types.h"

namespace huilu::outbox {

struct MailServer {
  std::string url;
  std::string from;
  std::string user;
  std::string password;
  std::string ca_file;
};
struct Webhook {
  std::string url;
  std::string secret;
  std::string ca_file;
};

struct Setup {
  std::string link;  // of this installation's pages, without a slash at its end
  std::string key;   // seal_key_bytes; addresses are sealed with it. Empty without mail
  std::optional<MailServer> mail;
  std::optional<Webhook> webhook;
  int tries_max = 10;
  std::chrono::seconds retry{30};    // after the first try; then twice as long each time
  std::chrono::seconds timeout{20};  // of one try

  bool offers(Channel channel) const {
    return channel == Channel::mail ? mail.has_value()
                                    : channel == Channel::webhook && webhook.has_value();
  }
  std::string host() const;  // of `link`
};

// What stands in a file beside the setup's, or in a variable of the environment; nothing: not
// there.
using Source = std::function<std::optional<std::string>(const std::string& name)>;

// From JSON. Every fault at once, with its pointer; `file` resolves names against the setup's
// folder. Secrets never stand in the text itself: in files that it names, or in the variables
// HUILU_OUTBOX_KEY, HUILU_MAIL_PASSWORD and HUILU_WEBHOOK_SECRET.
Result<Setup> read_setup(std::string_view json, const Source& file, const Source& variable);

}  // namespace huilu::outbox
