// scenarios [--store sqlite|postgres] [--course straight|restarted] PATH...: plays scenarios, files
// or folders of them, on every store and in both courses unless one is named, and says what is not
// as it is written. With HUILU_REWRITE=1 the expectations become what came; review is the diff.
#include <spdlog/spdlog.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "store/testing.h"
#include "tests/scenarios/runner/play.h"

namespace huilu::scenario {

namespace {

namespace fs = std::filesystem;
using store::Dialect;

constexpr int skipped = 77;  // what ctest takes for "skipped"

struct Options {
  std::vector<Dialect> stores = {Dialect::sqlite, Dialect::postgres};
  std::vector<Course> courses = {Course::straight, Course::restarted};
  std::vector<std::string> paths;
};

std::string_view word_of(Dialect dialect) {
  return dialect == Dialect::sqlite ? "sqlite" : "postgres";
}
std::string_view word_of(Course course) {
  return course == Course::straight ? "straight" : "restarted";
}

template <class T>
std::vector<T> only(const std::vector<T>& all, std::string_view word) {
  std::vector<T> found;
  std::copy_if(all.begin(), all.end(), std::back_inserter(found),
               [&](T each) { return word_of(each) == word; });
  return found;
}

void add_path(const fs::path& path, std::vector<std::string>& paths) {
  if (!fs::is_directory(path)) return paths.push_back(path.string());
  for (const auto& entry : fs::directory_iterator(path)) {
    if (entry.path().extension() == ".yaml") paths.push_back(entry.path().string());
  }
  std::sort(paths.begin(), paths.end());
}

// Nothing when the command line is wrong.
std::optional<Options> options_from(const std::vector<std::string>& words) {
  Options options;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool store = words[i] == "--store", course = words[i] == "--course";
    if (!store && !course) {
      add_path(words[i], options.paths);
      continue;
    }
    if (++i == words.size()) return {};
    if (store) options.stores = only(options.stores, words[i]);
    if (course) options.courses = only(options.courses, words[i]);
  }
  if (options.stores.empty() || options.courses.empty() || options.paths.empty()) return {};
  return options;
}

// The number of mismatches.
std::size_t play_file(const std::string& path, Dialect dialect, Course course, bool rewriting) {
  const auto text = text_of_file(path);
  const auto read = read_scenario(path, text, HUILU_SOURCE_DIR "/tests/fixtures");
  for (const Refusal& fault : read.faults) {
    std::cout << fault.where << ": " << kind_of(fault.code).name << ": expected " << fault.expected
              << ", got " << fault.got << "\n";
  }
  if (!read.faults.empty()) return read.faults.size();
  const auto played = play(read.scenario, dialect, course);
  for (const Mismatch& mismatch : played.mismatches) {
    std::cout << mismatch.text() << "  [" << word_of(dialect) << ", " << word_of(course) << "]\n";
  }
  if (rewriting && !played.replacements.empty()) {
    std::ofstream(path, std::ios::binary) << replaced(text, played.replacements);
    std::cout << path << ": rewritten\n";
  }
  return played.mismatches.size();
}

int play_all(Options options) {
  const bool rewriting = std::getenv("HUILU_REWRITE") != nullptr;
  if (rewriting) options.courses = {Course::straight};
  if (store::testing::postgres_server().empty() && !store::testing::postgres_is_required()) {
    std::erase(options.stores, Dialect::postgres);
    if (options.stores.empty()) {
      std::cout << "HUILU_TEST_POSTGRES names no server\n";
      return skipped;
    }
  }
  if (rewriting) options.stores.resize(1);
  std::size_t plays = 0, mismatches = 0, failed = 0;
  for (const auto& path : options.paths) {
    for (const Dialect dialect : options.stores) {
      for (const Course course : options.courses) {
        const auto found = play_file(path, dialect, course, rewriting);
        ++plays;
        mismatches += found;
        failed += found > 0 ? 1 : 0;
      }
    }
  }
  std::cout << options.paths.size() << " scenarios, " << plays << " plays, " << failed
            << " failed, " << mismatches << " mismatches\n";
  return failed == 0 ? 0 : 1;
}

}  // namespace
}  // namespace huilu::scenario

int main(int argc, char** argv) {
  spdlog::set_level(spdlog::level::off);
  const auto options =
      huilu::scenario::options_from(std::vector<std::string>(argv + 1, argv + argc));
  if (!options) {
    std::cerr << "scenarios [--store sqlite|postgres] [--course straight|restarted] PATH...\n";
    return 2;
  }
  return huilu::scenario::play_all(*options);
}
