// Mutation: whether the stories beside a pack would notice if it said something else. One
// threshold, period, selector or limit after another is changed, and the stories are told again; a
// change that all of them survive names what no story looks at. `huilu pack mutate` prints these.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "policy/pack.h"

namespace huilu::obligation {

// One change of a pack.
struct Mutation {
  std::string declaration;  // address: standing-duties/theme_day; of a parameter pack/name
  std::string change;       // in the words of the language: "every: month -> quarter"
  policy::Place place;      // of what was changed, or of its declaration
};

struct MutationReport {
  std::size_t mutations = 0;
  std::vector<Mutation> survivors;  // no story noticed them
};

// Every change that is tried, in the order of the declarations.
std::vector<Mutation> mutations_of(const policy::Pack& pack);

// The pack with one of them.
policy::Pack mutated(const policy::Pack& pack, std::size_t mutation);

// `known` as for run_stories, and all stories hold. Only those of the duties that a change can
// reach are told.
MutationReport try_mutations(const policy::Pack& pack, const std::vector<policy::Pack>& known);

}  // namespace huilu::obligation
