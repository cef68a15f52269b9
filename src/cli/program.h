// Program: `huilu` itself, from its arguments to its exit code. main.cpp calls it; tests do so in
// their own process.
#pragma once

#include <string>
#include <vector>

#include "cli/console.h"

namespace huilu::cli {

// `arguments` without the program's name. Throws nothing but what no command expects.
Exit run_program(std::vector<std::string> arguments, Console& console);

}  // namespace huilu::cli
