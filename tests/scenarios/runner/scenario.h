// Scenario: a story as it is written down, a YAML file of packs, a tree, people, accounts and steps
// with what is expected of them. Read strictly, with every fault and its place; played by play.h.
// tests/scenarios/README.md describes the words.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/refusal.h"
#include "base/time.h"
#include "policy/yaml.h"

namespace huilu::scenario {

using policy::Node;
using policy::Place;

struct Division {    // a place of the second tree
  std::string name;  // in the scenario; its code in the installation, as for the others
  std::string title;
  std::string parent;
};

struct Unit {
  std::string name;
  std::string title;
  std::string type;
  std::int64_t level = 9;
  std::string parent;
  std::string seat;
  std::optional<Date> from;
  std::optional<Date> go_live;
};

struct Person {
  std::string name;
  std::string title;
  std::string branch;
  bool probationary = false;
  std::optional<Date> joined;
};

struct Post {
  std::string name;
  std::string unit;
  std::string kind;
  std::string title;
  std::string holder;
  std::optional<Date> from;
  std::optional<Date> held_since;
};

// What stands before the first step.
struct Ground {
  std::vector<Division> places;
  std::vector<Unit> tree;
  std::vector<Person> people;
  std::vector<Post> posts;
};

struct Grant {
  std::string role;
  std::string unit;
  std::vector<std::string> units;  // the same at each of them
  std::string scope = "subtree";
  std::optional<Date> from;
  std::optional<Date> until;
};

struct Account {
  std::string name;
  std::vector<Grant> grants;
  Grant grant;           // one written without a list; no role: none
  std::string person;    // whose it is
  std::string password;  // then it signs in and has a cookie; otherwise it has a bearer token
  bool machine = false;
};

struct Pack {
  std::string id;
  // Path in the pack, text; none: shipped, or in the folder `packs` of the fixtures.
  std::vector<std::pair<std::string, std::string>> files;
  std::optional<Date> in_force;  // from when; absent: only its record types are used
  Node findings;                 // what it is found with; then it is not installed
  std::optional<Place> findings_key;
};

struct Step {
  Place place;
  std::optional<Date> date;  // noon of that day
  std::string at;            // or an instant
  std::string as;
  std::string request;  // "POST /records/{day}/void"
  Node with;            // the body
  std::string raw;      // or its text
  std::string bytes;    // or its bytes as hex
  std::string file;     // or a file of the fixtures
  std::int64_t padded_to = 0;
  Node headers;
  std::string key;  // Idempotency-Key
  std::int64_t times = 1;
  std::string named;   // what the id in the reply is called from here on
  Node keep;           // name: pointer into the reply
  std::string later;   // the answer is awaited by the step that names it
  std::string answer;  // that step
  std::string store;   // well, held, unavailable, full, broken
  Node expect;
  std::optional<Place> expect_key;  // of the key, where there is one; its value may be missing
};

struct Scenario {
  std::string path;
  Date start;
  Ground ground;
  std::vector<Account> accounts;
  std::vector<Pack> packs;
  std::vector<Step> steps;
};

// Findings stand in `faults` and the scenario is then not to be played.
struct Read {
  Scenario scenario;
  Refusals faults;
};

// `fixtures`: the folder of shared trees, each a folder with a ground.yaml.
Read read_scenario(const std::string& path, std::string_view text,
                   const std::filesystem::path& fixtures);

// The whole of a file; a Fault when it cannot be read.
std::string text_of_file(const std::filesystem::path& path);

// Codes of refusals that the file expects somewhere, those that its packs are found with included.
std::vector<std::string> codes_expected(const Scenario& scenario);

}  // namespace huilu::scenario
