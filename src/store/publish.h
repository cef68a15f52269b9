// publish: gives a finished file its name, so that a name never stands for half a file. Used by the
// backups of both drivers. The file's own bytes are already synced.
#pragma once

#include <string>

namespace huilu::store {

void publish(const std::string& partial, const std::string& folder, const std::string& name);

}  // namespace huilu::store
