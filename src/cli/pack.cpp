#include "cli/pack.h"

#include <algorithm>
#include <iterator>

#include "base/value.h"
#include "cli/pack_paths.h"
#include "obligation/story.h"
#include "policy/finding.h"
#include "policy/schema.h"
#include "policy/sentence.h"
#include "policy/shipped.h"
#include "policy/uses.h"

namespace huilu::cli {

std::vector<policy::PackSource> find_sources(const PackOptions& options, Console& console) {
  std::vector<policy::PackSource> sources;
  for (const std::string& path : options.paths) {
    auto found = policy::find_packs(path);
    if (found.empty()) throw WrongUsage(console.say("no_pack", {{"path", path}}));
    sources.insert(sources.end(), std::make_move_iterator(found.begin()),
                   std::make_move_iterator(found.end()));
  }
  return sources;
}

policy::PackSet load_packs(const PackOptions& options, Console& console) {
  return policy::load_together(find_sources(options, console), policy::shipped_sources());
}

bool is_given(const policy::PackSet& set, const policy::Pack& pack) {
  return std::find(set.given.begin(), set.given.end(), pack.id) != set.given.end();
}

Exit check_packs(const PackOptions& options, Console& console) {
  const policy::PackSet set = load_packs(options, console);
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

Exit test_packs(const PackOptions& options, Console& console) {
  const std::vector<policy::PackSource> sources = find_sources(options, console);
  const policy::PackSet set = policy::load_together(sources, policy::shipped_sources());
  Refusals findings = set.findings;
  std::size_t stories = 0, assertions = 0, failed = 0;
  for (std::size_t i = 0; i < set.given.size(); ++i) {
    const auto pack = std::find_if(set.packs.begin(), set.packs.end(),
                                   [&](const policy::Pack& one) { return one.id == set.given[i]; });
    const obligation::StoryReport report = obligation::run_stories(*pack, set.packs);
    stories += report.stories;
    assertions += report.assertions;
    failed += report.failed;
    for (Refusal finding : report.findings) {
      finding.where = policy::place_in(sources[set.from[i]], finding.where);
      findings.push_back(std::move(finding));
    }
  }
  policy::sort_by_place(findings);
  const Exit exit = console.refuse(findings);
  if (!console.json())
    console.out() << console.say("stories_told", {{"stories", std::to_string(stories)},
                                                  {"assertions", std::to_string(assertions)},
                                                  {"failed", std::to_string(failed)}})
                  << "\n";
  return exit;
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
  const policy::PackSet set = load_packs(options, console);
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

Exit print_schema(Console& console) {
  const auto language = static_cast<policy::Language>(console.language());
  console.out() << to_json(policy::json_schema(language)) << "\n";
  return Exit::done;
}

}  // namespace huilu::cli
