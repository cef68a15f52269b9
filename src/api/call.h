// Call and Answer: what a route's handler gets and gives. A handler reads arguments and either
// answers at once or hands a command to the road; how that becomes HTTP is in dispatch.cpp.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/members.h"
#include "base/value.h"
#include "command/jobs.h"
#include "command/run.h"
#include "compliance/evaluations.h"
#include "compliance/index.h"
#include "compliance/watch.h"
#include "http/http.h"
#include "http/router.h"
#include "identity/queries.h"
#include "identity/sessions.h"
#include "org/directory.h"
#include "outbox/delivery.h"
#include "policy/pack.h"
#include "record/catalog.h"
#include "record/files.h"
#include "store/store.h"
#include "words/words.h"

namespace huilu::api {

// One connection for what is written beside the road: sessions, failures, the security log.
class SideWriter {
 public:
  explicit SideWriter(store::Database& database) : database_(database) {}

  template <class Work>
  auto with(Work work) {
    const std::lock_guard lock(mutex_);
    if (!connection_ || !connection_->usable()) {
      connection_ = database_.connect(store::Access::write);
    }
    return work(*connection_);
  }

 private:
  store::Database& database_;
  std::mutex mutex_;
  std::unique_ptr<store::Connection> connection_;
};

// Everything that handlers use; made once in main's composition.
struct Services {
  store::Database& database;
  store::Pool& readers;
  SideWriter& side_writer;
  command::Road& road;
  const command::Gate& gate;
  const Clock& clock;
  identity::Sessions& sessions;
  identity::Passwords& passwords;
  const std::vector<policy::Pack>& packs;
  const record::Catalog& catalog;
  const record::FileFolder& files;
  org::Directory& directory;
  command::Jobs& jobs;
  compliance::Evaluations& evaluations;
  bool secure_cookies = false;         // served over TLS, by this program or a proxy before it
  std::string demo_accounts;           // path of the file that lists them; empty: not a demo
  compliance::Index* index = nullptr;  // without it everything is evaluated
  compliance::Watch* watch = nullptr;
  const outbox::Setup* outbox = nullptr;  // without it nothing leaves the house
  const outbox::Gauges* outbox_gauges = nullptr;
};

struct Call {
  Call(const Services& all, http::Request asked) : services(all), request(std::move(asked)) {}

  const Services& services;
  http::Request request;
  std::vector<std::pair<std::string, std::string>> parameters;  // of the path
  Value body;
  command::Request road_request;  // of a write
  identity::Identity who{AccountId{}, "", identity::How::session, ""};
  words::Language language{};
  Date today;
  store::Connection* reader = nullptr;  // during a synchronous handler

  std::string_view parameter(std::string_view name) const;
  template <class IdType>
  std::optional<IdType> id(std::string_view name) const {
    return IdType::parse(parameter(name));
  }
  // Refusals when the account may not; empty otherwise. `where` names the units in the request.
  Refusals check(command::Permission permission, std::vector<UnitId> units,
                 std::string_view where = {}) const;
};
using CallPointer = std::shared_ptr<Call>;

struct Answer {
  int status = 200;
  Value body;
  Refusals refusals;                          // not empty: a problem
  std::unique_ptr<command::Command> command;  // goes down the road; its reply is the answer
  // Adds to the reply of the command what must not be kept with it.
  std::function<void(Value&)> complete;
  std::vector<http::Header> headers;
  std::string file;  // sent instead of a body

  static Answer of(Value body, int status = 200);
  static Answer no(Refusals refusals);
  static Answer no(RefusalCode code, std::string where = {}, std::string expected = {},
                   std::string got = {});
  static Answer run(std::unique_ptr<command::Command> command);
};

using Handler = Answer (*)(Call&);
// For work that waits elsewhere (Argon2id): the handler reads and returns; what it continues with
// runs on a worker later, with a reader of its own.
using Continue = std::function<void(std::function<Answer(Call&)>)>;
using AsyncHandler = void (*)(Call&, Continue);

// Query parameters, read like the members of a body; faults stand at "/<name>".
class Query {
 public:
  Query(const Call& call, Refusals& refusals) : call_(call), refusals_(refusals) {}

  std::optional<std::string> text(std::string_view name);
  std::optional<Date> date(std::string_view name);
  int integer(std::string_view name, int otherwise, int min, int max);
  bool flag(std::string_view name);
  std::string word(std::string_view name, const std::vector<std::string_view>& words);  // or first
  template <class IdType>
  std::optional<IdType> id(std::string_view name) {
    const auto found = text(name);
    if (!found) return {};
    const auto parsed = IdType::parse(*found);
    if (!parsed) refuse(name, std::string(1, IdType::prefix) + "1");
    return parsed;
  }
  void finish();  // parameters that nobody asked for are refused

 private:
  void refuse(std::string_view name, std::string expected);

  const Call& call_;
  Refusals& refusals_;
  std::vector<std::string_view> known_;
};

// {"items", "next_cursor", "as_of"}.
Value listed(const Call& call, Value::List items, const std::string& next_cursor);
// {"at", "known_at", "journal"} of what was just read.
Value as_of(const Call& call);

}  // namespace huilu::api
