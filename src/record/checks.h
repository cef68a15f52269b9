// What packs ask before a record is saved: the room compliance answers it, from what the tables
// say, within the transaction that saves. The catalog has it, so that no command forgets to ask.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "policy/check.h"
#include "record/types.h"
#include "store/store.h"

namespace huilu::record {

// A check of a pack in force that does not hold.
struct FailedCheck {
  std::string address;  // "standing-duties/contact_point_once"
  policy::Label title;
  std::vector<std::string> clauses;
  policy::Otherwise otherwise = policy::Otherwise::refuse;
  policy::Label says;
  std::vector<RecordId> others;  // that it is about beside the record itself
};

// One record, with all that its checks look at.
class Checking {
 public:
  virtual ~Checking() = default;
  // Pure. `content` is as it was loaded for, `state` what it would have.
  virtual std::vector<FailedCheck> failed(const Content& content, State state, Date today,
                                          Instant now) const = 0;
};

class Checks {
 public:
  virtual ~Checks() = default;
  // For command::Command::keys: two records that a check may see together share one.
  virtual std::vector<std::string> keys(const Content& content) const = 0;
  // Reads, and waits for it. `before` is the version that is corrected; a null pointer: none. A
  // null pointer, and nothing read, where no pack says anything about the content's types.
  virtual std::unique_ptr<Checking> load(store::Connection& connection, const Content& content,
                                         const Version* before) const = 0;
};

// What the road refuses: each that fails and is refused, and each that asks for a reason and has
// none. Reasons that nobody asked for are dropped from the content.
Refusals decide_checks(const std::vector<FailedCheck>& failed, Content& content,
                       policy::Language language);

// As the API shows them: what is said and what is asked for.
Value failed_view(const std::vector<FailedCheck>& failed, policy::Language language);

}  // namespace huilu::record
