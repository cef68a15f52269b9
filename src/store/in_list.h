// Lists in statements: "… in (?1, ?2, …)" for any number of values, so that whoever reads many rows
// by id prepares few texts.
#pragma once

#include <string_view>
#include <vector>

#include "store/store.h"

namespace huilu::store {

// `select` ends in "in ("; what follows the list comes as `rest`, and its own parameters as `first`
// (?1 …). One statement for every 128 values, each with a power of two of places; the last value
// fills the rest.
std::vector<Pending> queue_in(Connection& connection, std::string_view select, const Params& values,
                              std::string_view rest = {}, const Params& first = {});

}  // namespace huilu::store
