// Console: how a command talks to whoever typed it. Results go to standard output; findings, one
// line each, and progress to standard error, or with --json findings as one array to standard
// output. In the language of the terminal. Tests give it texts instead of the terminal.
#pragma once

#include <chrono>
#include <cstdint>
#include <istream>
#include <optional>
#include <ostream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "base/refusal.h"
#include "words/words.h"

namespace huilu::cli {

// What `main` returns.
enum class Exit { done = 0, findings = 1, wrong_usage = 2, fault = 3, damaged = 4 };

// What is wrong with the command line itself; thrown by commands, told by run_program.
class WrongUsage : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// From LC_ALL, LC_MESSAGES or LANG; English where they name no language of ours.
words::Language language_of_environment();
std::optional<words::Language> language_named(std::string_view tag);  // "zh-CN", "zh_TW", "en"

class Console {
 public:
  Console(std::istream& in, std::ostream& out, std::ostream& err);

  std::ostream& out() { return out_; }
  std::ostream& err() { return err_; }
  bool json() const { return json_; }
  void use_json(bool json) { json_ = json; }
  words::Language language() const { return language_; }
  void use_language(words::Language language) { language_ = language; }

  // A text of the words room under "cli.".
  std::string say(std::string_view key, words::Values values = {}) const;

  // Prints "where: code: message" for each.
  Exit refuse(const Refusals& refusals);
  // Prints `what` as a finding of its own.
  void tell(std::string_view what);

  // Cheap to call often: a terminal sees a line that changes, a file a line now and then.
  void progress(std::string_view what, std::int64_t done, std::int64_t total);
  void end_progress();  // the line that changes is left as it is

  // Twice from the terminal without showing it, or the first line of the input.
  std::string password(bool from_input);

 private:
  std::istream& in_;
  std::ostream& out_;
  std::ostream& err_;
  words::Language language_;
  bool json_ = false;
  bool terminal_;
  bool line_open_ = false;
  std::chrono::steady_clock::time_point told_;
};

}  // namespace huilu::cli
