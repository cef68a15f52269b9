// Binding: which value of a parameter counts for a period. The pack's value of the day that `bind`
// names, under the value that the installation decided. A decision counts when it was made by that
// day, or reaches back expressly.
#pragma once

#include <optional>
#include <vector>

#include "obligation/thing.h"

namespace huilu::obligation {

// Null pointer and a note where no value is in force; the note names an error where one was made.
// The key of a table is read on `thing`, by default on the bearer.
const policy::Setting* bound(Context& context, const policy::ParameterUse& use);
const policy::Setting* bound(Context& context, const policy::ParameterUse& use, const Thing& thing);

// Terms of days, working days, months and years; nothing, with a note, where there is none.
std::optional<calendar::Term> term_of(Context& context, const policy::DurationUse& use);

// Every parameter of the test that does not depend on a record is bound, so that one without a
// value is found before anything is counted.
void bind_all(Context& context, const policy::Test& test);

}  // namespace huilu::obligation
