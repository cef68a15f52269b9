// Backend: a running server without its network: the installation and everything that answers
// requests. `serve` puts it behind HTTP; the scenarios ask it in their own process.
#pragma once

#include <memory>
#include <string>

#include "api/api.h"
#include "cli/installation.h"
#include "identity/passwords.h"
#include "identity/sessions.h"
#include "outbox/delivery.h"

namespace huilu::cli {

struct BackendOptions {
  Location location;
  bool secure_cookies = false;  // served over TLS, by this program or a proxy before it
  api::ApiOptions api;
  std::optional<outbox::Setup> outbox = {};  // nothing: nothing leaves the house
};

class Backend {
 public:
  // `database`: instead of the one that the location names.
  Backend(const BackendOptions& options, const Clock& clock,
          std::unique_ptr<store::Database> database = {});

  Installation& installation() { return installation_; }
  const api::Services& services() const { return services_; }
  api::Api& api() { return api_; }
  outbox::Gauges& outbox_gauges() { return gauges_; }

  // Where uploads go until they are attachments: on the file system of the attachments, so that
  // taking one is a rename.
  const std::string& incoming() const { return incoming_; }

 private:
  Installation installation_;
  identity::Passwords passwords_;
  identity::Sessions sessions_;
  command::Jobs jobs_;
  api::SideWriter side_writer_;
  compliance::Watch watch_;
  std::string incoming_;
  std::optional<outbox::Setup> outbox_;
  outbox::Gauges gauges_;
  compliance::Evaluations evaluations_;
  api::Services services_;
  api::Api api_;
};

}  // namespace huilu::cli
