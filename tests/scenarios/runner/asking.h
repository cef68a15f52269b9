// Asking: the requests of a scenario's steps, made as the accounts would make them, and the
// answers.
#pragma once

#include <future>
#include <map>
#include <string>
#include <vector>

#include "tests/scenarios/runner/ground.h"
#include "tests/scenarios/runner/names.h"
#include "tests/scenarios/runner/scenario.h"
#include "tests/scenarios/runner/world.h"

namespace huilu::scenario {

struct Answered {
  int status = 0;
  Value headers;  // names in lower case
  Value body;     // JSON, or a text
};

// What holds for every answer, whatever was asked; empty when all of it does.
std::vector<std::string> broken_rules(const Answered& answered);

// 2026-03-05T01:02:03Z, with or without milliseconds.
std::optional<Instant> instant_from(std::string_view text);

class Asking {
 public:
  Asking(World& world, Names& names, std::map<std::string, Credentials> credentials)
      : world_(world), names_(names), credentials_(std::move(credentials)) {}

  void speak_as(const std::string& account);  // or nobody

  Answered ask(const Step& step);    // as often as it says; the last answer
  void ask_later(const Step& step);  // returns when it waits for the store
  Answered answer(const std::string& later);
  bool nothing_under_way() const { return later_.empty(); }

  // What the step calls what came, for the steps after it.
  void bind_names(const Step& step, const Value& body);

  http::Request request_of(const Step& step);

 private:
  void add_body(const Step& step, http::Request& request) const;
  void add_credentials(http::Request& request);
  void sign_in(Credentials& credentials);

  World& world_;
  Names& names_;
  std::map<std::string, Credentials> credentials_;
  std::string speaker_ = "nobody";
  std::int64_t asked_ = 0;
  std::map<std::string, std::future<http::Response>> later_;
};

}  // namespace huilu::scenario
