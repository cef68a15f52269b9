// The program: arguments in, exit code out. What nobody expected ends here.
#include <sys/stat.h>

#include <exception>
#include <iostream>
#include <string>
#include <vector>

#include "cli/program.h"

int main(int count, char** arguments) {
  ::umask(077);  // databases, attachments and backups are nobody else's to read
  huilu::cli::Console console(std::cin, std::cout, std::cerr);
  try {
    return static_cast<int>(huilu::cli::run_program(
        std::vector<std::string>(arguments + 1, arguments + count), console));
  } catch (const std::exception& error) {
    console.tell(console.say("fault", {{"what", error.what()}}));
  } catch (...) {
    console.tell(console.say("fault", {{"what", "unknown"}}));
  }
  return static_cast<int>(huilu::cli::Exit::fault);
}
