#include "cli/pack.h"

#include <algorithm>
#include <iterator>

#include "base/value.h"
#include "policy/pack_set.h"
#include "policy/sentence.h"
#include "policy/uses.h"

namespace huilu::cli {

namespace {

policy::PackSet load(const PackOptions& options, Console& console) {
  std::vector<policy::PackSource> sources;
  for (const std::string& path : options.paths) {
    auto found = policy::find_packs(path);
    if (found.empty()) throw WrongUsage(console.say("no_pack", {{"path", path}}));
    sources.insert(sources.end(), std::make_move_iterator(found.begin()),
                   std::make_move_iterator(found.end()));
  }
  return policy::load_together(sources);
}

bool is_given(const policy::PackSet& set, const policy::Pack& pack) {
  return std::find(set.given.begin(), set.given.end(), pack.id) != set.given.end();
}

}  // namespace

Exit check_packs(const PackOptions& options, Console& console) {
  const policy::PackSet set = load(options, console);
  if (console.json() || !set.findings.empty()) return console.refuse(set.findings);
  std::size_t duties = 0, parameters = 0, assumed = 0;
  for (const policy::Pack& pack : set.packs) {
    if (!is_given(set, pack)) continue;
    duties += pack.obligations.size();
    parameters += pack.parameters.size();
    assumed += policy::assumed_values(pack).size();
  }
  console.out() << console.say("packs_checked", {{"packs", std::to_string(set.given.size())},
                                                 {"obligations", std::to_string(duties)},
                                                 {"parameters", std::to_string(parameters)},
                                                 {"assumed", std::to_string(assumed)}})
                << "\n";
  return Exit::done;
}

namespace {

using policy::ReadDeclaration;

void tell(const std::vector<ReadDeclaration>& declarations, Console& console) {
  for (const ReadDeclaration& one : declarations)
    console.out() << one.address << "  " << one.text << "\n";
}

void add(const std::vector<ReadDeclaration>& declarations, bool is_assumed, Value::List& out) {
  for (const ReadDeclaration& one : declarations)
    out.push_back(Value::object(
        {{"declaration", one.address}, {"sentence", one.text}, {"is_assumed", is_assumed}}));
}

}  // namespace

Exit read_packs(const PackOptions& options, Console& console) {
  const policy::PackSet set = load(options, console);
  if (!set.findings.empty()) return console.refuse(set.findings);
  const auto language = static_cast<policy::Language>(console.language());
  std::vector<ReadDeclaration> assumed;
  Value::List list;
  for (const policy::Pack& pack : set.packs) {
    if (!is_given(set, pack)) continue;
    const auto read = policy::read_aloud(pack, set.packs, language);
    const auto undecided = policy::read_assumed(pack, set.packs, language);
    assumed.insert(assumed.end(), undecided.begin(), undecided.end());
    if (console.json())
      add(read, false, list);
    else
      tell(read, console);
  }
  if (console.json()) {
    add(assumed, true, list);
    console.out() << to_json(Value(std::move(list))) << "\n";
  } else if (!assumed.empty()) {
    console.out() << console.say("assumed_values") << "\n";
    tell(assumed, console);
  }
  return Exit::done;
}

}  // namespace huilu::cli
