// What a new matter is like, for its form. Used by the route that opens matters.
#pragma once

#include "api/call.h"
#include "matter/commands.h"

namespace huilu::api {

// Settled ones of its unit that may have come back with it, and why; nothing is opened.
Answer preview_matter(Call& call, const matter::FactsPointer& facts, const policy::Pack& pack,
                      const matter::NewMatter& asked);

}  // namespace huilu::api
