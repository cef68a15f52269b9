#include "cli/console.h"

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>

#include <fmt/format.h>

#include "base/fault.h"
#include "base/value.h"

namespace huilu::cli {

namespace {

constexpr std::chrono::milliseconds terminal_interval{200};
constexpr std::chrono::seconds file_interval{10};

// The terminal without echo for as long as the object lives.
class Quiet {
 public:
  explicit Quiet(int terminal) : terminal_(terminal) {
    if (::tcgetattr(terminal_, &before_) != 0) return;
    termios quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    changed_ = ::tcsetattr(terminal_, TCSAFLUSH, &quiet) == 0;
  }
  ~Quiet() {
    if (changed_) ::tcsetattr(terminal_, TCSAFLUSH, &before_);
  }
  Quiet(const Quiet&) = delete;
  Quiet& operator=(const Quiet&) = delete;

 private:
  int terminal_;
  termios before_{};
  bool changed_ = false;
};

class Terminal {
 public:
  Terminal() : descriptor_(::open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC)) {}
  ~Terminal() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  explicit operator bool() const { return descriptor_ >= 0; }

  std::string ask(std::string_view question) {
    const Quiet quiet(descriptor_);
    write(question);
    std::string answer;
    for (char c = 0; ::read(descriptor_, &c, 1) == 1 && c != '\n';) answer += c;
    write("\n");
    return answer;
  }

 private:
  void write(std::string_view text) {
    if (::write(descriptor_, text.data(), text.size()) < 0) {
      throw Fault(FaultKind::internal, "the terminal cannot be written to");
    }
  }

  int descriptor_;
};

}  // namespace

words::Language language_of_environment() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value != nullptr && *value != '\0') {
      return language_named(value).value_or(words::Language::en);
    }
  }
  return words::Language::en;
}

std::optional<words::Language> language_named(std::string_view tag) {
  std::string range(tag.substr(0, tag.find_first_of(".@")));
  for (char& c : range) {
    if (c == '_') c = '-';
  }
  if (!range.starts_with("zh") && !range.starts_with("en")) return {};
  return words::language_from(range);
}

Console::Console(std::istream& in, std::ostream& out, std::ostream& err)
    : in_(in),
      out_(out),
      err_(err),
      language_(language_of_environment()),
      terminal_(&err == &std::cerr && ::isatty(STDERR_FILENO) == 1),
      told_(std::chrono::steady_clock::now()) {}

std::string Console::say(std::string_view key, words::Values values) const {
  return words::text(language_, "cli." + std::string(key), values);
}

Exit Console::refuse(const Refusals& refusals) {
  end_progress();
  int exit = 0;
  Value::List list;
  for (const Refusal& refusal : refusals) {
    const RefusalKind& kind = kind_of(refusal.code);
    const std::string message = words::message(language_, refusal);
    exit = std::max(exit, kind.exit);
    if (json_) {
      list.push_back(Value::object({{"code", kind.name},
                                    {"where", refusal.where},
                                    {"message", message},
                                    {"expected", refusal.expected},
                                    {"got", refusal.got}}));
    } else {
      err_ << (refusal.where.empty() ? "" : refusal.where + ": ") << kind.name << ": " << message
           << "\n";
    }
  }
  if (json_) out_ << to_json(Value(std::move(list))) << "\n";
  return static_cast<Exit>(exit);
}

void Console::tell(std::string_view what) {
  end_progress();
  err_ << what << "\n";
}

void Console::progress(std::string_view what, std::int64_t done, std::int64_t total) {
  const auto now = std::chrono::steady_clock::now();
  const bool finished = total > 0 && done >= total;
  const bool due =
      terminal_ ? finished || now - told_ >= terminal_interval : now - told_ >= file_interval;
  if (!due) return;
  told_ = now;
  const std::string line =
      total > 0 ? fmt::format("{} {}/{}", what, done, total) : fmt::format("{} {}", what, done);
  err_ << (terminal_ ? "\r" : "") << line << (terminal_ ? "" : "\n") << std::flush;
  line_open_ = terminal_;
}

void Console::end_progress() {
  if (line_open_) err_ << "\n";
  line_open_ = false;
}

std::string Console::password(bool from_input) {
  if (from_input) {
    std::string line;
    std::getline(in_, line);
    return line;
  }
  Terminal terminal;
  if (!terminal) throw WrongUsage(say("no_terminal"));
  std::string first = terminal.ask(say("password"));
  if (terminal.ask(say("password_again")) != first) throw WrongUsage(say("passwords_differ"));
  return first;
}

}  // namespace huilu::cli
