#include "store/publish.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>

#include "base/fault.h"

namespace huilu::store {

void publish(const std::string& partial, const std::string& folder, const std::string& name) {
  const std::string target = folder + "/" + name;
  if (std::rename(partial.c_str(), target.c_str()) != 0) {
    throw Fault(FaultKind::storage_full, "the file cannot be named " + target);
  }
  const int handle = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool synced = handle >= 0 && fsync(handle) == 0;
  if (handle >= 0) close(handle);
  if (!synced) throw Fault(FaultKind::storage_full, "the folder cannot be synced: " + folder);
}

}  // namespace huilu::store
