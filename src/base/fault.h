// Fault: the world failed (disk, connection, corrupt file). Thrown, and caught in three places: the
// request, the background round, main. What the input's author can mend is a Refusal instead.
#pragma once

#include <stdexcept>
#include <string>

namespace huilu {

enum class FaultKind {
  unavailable,   // no connection, or it was lost
  timeout,       // the other side did not answer in time
  constraint,    // a unique or foreign key said no: the batch runs again one by one
  storage_full,  // no space: reads go on, writes are answered 507
  damaged,       // a checksum, a page or a file is not what was written
  internal,      // everything else
};

class Fault : public std::runtime_error {
 public:
  Fault(FaultKind kind, const std::string& what) : std::runtime_error(what), kind_(kind) {}
  FaultKind kind() const { return kind_; }

 private:
  FaultKind kind_;
};

}  // namespace huilu
