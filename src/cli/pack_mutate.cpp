#include <algorithm>

#include "base/value.h"
#include "cli/pack.h"
#include "cli/pack_paths.h"
#include "obligation/mutation.h"
#include "obligation/story.h"
#include "policy/shipped.h"

namespace huilu::cli {

namespace {

Value json_of(const obligation::Mutation& one, const std::string& where) {
  return Value::object(
      {{"where", where}, {"declaration", one.declaration}, {"change", one.change}});
}

}  // namespace

Exit mutate_packs(const PackOptions& options, Console& console) {
  const std::vector<policy::PackSource> sources = find_sources(options, console);
  const policy::PackSet set = policy::load_together(sources, policy::shipped_sources());
  if (!set.findings.empty()) return console.refuse(set.findings);
  std::size_t mutations = 0;
  Value::List survivors;
  for (std::size_t i = 0; i < set.given.size(); ++i) {
    const auto pack = std::find_if(set.packs.begin(), set.packs.end(),
                                   [&](const policy::Pack& one) { return one.id == set.given[i]; });
    // Where a story does not hold as it is, it notices everything.
    Refusals findings = obligation::run_stories(*pack, set.packs).findings;
    for (Refusal& finding : findings)
      finding.where = policy::place_in(sources[set.from[i]], finding.where);
    if (!findings.empty()) return console.refuse(findings);
    const obligation::MutationReport report = obligation::try_mutations(*pack, set.packs);
    mutations += report.mutations;
    for (const obligation::Mutation& one : report.survivors) {
      const std::string where = policy::place_in(sources[set.from[i]], one.place.text());
      if (!console.json())
        console.out() << where << ": " << one.declaration << ": " << one.change << "\n";
      survivors.push_back(json_of(one, where));
    }
  }
  const std::size_t survived = survivors.size();
  if (console.json())
    console.out() << to_json(Value(std::move(survivors))) << "\n";
  else
    console.out() << console.say("mutations_tried",
                                 {{"mutations", std::to_string(mutations)},
                                  {"noticed", std::to_string(mutations - survived)},
                                  {"survived", std::to_string(survived)}})
                  << "\n";
  return survived == 0 ? Exit::done : Exit::findings;
}

}  // namespace huilu::cli
