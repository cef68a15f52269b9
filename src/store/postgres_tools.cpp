#include "store/postgres_tools.h"

#include <fcntl.h>
#include <libpq-fe.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <map>
#include <memory>

#include "base/fault.h"

namespace huilu::store {
namespace {

// Ours, with what the URL says in libpq's variables (PGHOST, PGPASSWORD …).
std::vector<std::string> environment_for(const std::string& url) {
  std::map<std::string, std::string> variables;
  for (char** entry = environ; *entry; ++entry) {
    const std::string_view text = *entry;
    const auto equals = text.find('=');
    if (equals == text.npos) continue;
    variables[std::string(text.substr(0, equals))] = text.substr(equals + 1);
  }
  for (auto& part : url_parts(url)) {
    if (!part.variable.empty()) variables[part.variable] = std::move(part.value);
  }
  std::vector<std::string> environment;
  for (const auto& [name, value] : variables) environment.push_back(name + "=" + value);
  return environment;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> list;
  for (auto& text : texts) list.push_back(text.data());
  list.push_back(nullptr);
  return list;
}

// The beginning of what the program says on its standard error, until it closes it.
std::string read_complaint(int handle) {
  std::string complaint;
  char buffer[1024];
  while (true) {
    const auto size = read(handle, buffer, sizeof buffer);
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0) break;
    if (complaint.size() < 4096) complaint.append(buffer, static_cast<std::size_t>(size));
  }
  return complaint.substr(0, complaint.find_last_not_of('\n') + 1);
}

}  // namespace

std::vector<UrlPart> url_parts(const std::string& url) {
  const std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption*)> options(
      PQconninfoParse(url.c_str(), nullptr), &PQconninfoFree);
  if (!options) throw Fault(FaultKind::internal, "the URL of the PostgreSQL server is not valid");
  std::vector<UrlPart> parts;
  for (const auto* option = options.get(); option->keyword; ++option) {
    if (!option->val) continue;
    parts.push_back({option->keyword, option->envvar ? option->envvar : "", option->val});
  }
  return parts;
}

void run_postgres_tool(const std::string& url, std::vector<std::string> command) {
  auto environment = environment_for(url);
  const auto variables = pointers(environment);
  const auto arguments = pointers(command);
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) throw Fault(FaultKind::unavailable, "no pipe can be made");
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
  pid_t process = 0;
  const int failed = posix_spawnp(&process, command[0].c_str(), &actions, nullptr, arguments.data(),
                                  variables.data());
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
  const std::string complaint = failed ? std::strerror(failed) : read_complaint(ends[0]);
  close(ends[0]);
  int status = 0;
  while (!failed && waitpid(process, &status, 0) < 0 && errno == EINTR) {
  }
  if (failed || status != 0) {
    throw Fault(failed ? FaultKind::unavailable : FaultKind::internal,
                command[0] + " failed: " + complaint);
  }
}

}  // namespace huilu::store
