// How the command line names a unit: u12, CODE of its own codes, or SYSTEM:CODE.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"
#include "store/store.h"

namespace huilu::cli {

// unknown_unit at `where`.
Result<UnitId> find_unit(store::Connection& connection, const std::string& text,
                         std::string_view where, Date today);

}  // namespace huilu::cli
