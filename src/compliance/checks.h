// The checks of packs in force, asked before a record is saved: which of them concern it, what the
// tables say about the records that they look at, and which do not hold. Implements what the room
// record asks for.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "policy/pack.h"
#include "record/checks.h"

namespace huilu::compliance {

// A check with the version of the pack that declares it.
struct DeclaredCheck {
  const policy::Pack* pack;
  const policy::Check* check;
};

class PolicyChecks : public record::Checks {
 public:
  // The packs, in every version that may be in force, must outlive it.
  explicit PolicyChecks(const std::vector<policy::Pack>& packs);

  std::vector<std::string> keys(const record::Content& content) const override;
  std::unique_ptr<record::Checking> load(store::Connection& connection,
                                         const record::Content& content,
                                         const record::Version* before) const override;

 private:
  const std::vector<policy::Pack>& packs_;
  std::map<std::string, std::vector<DeclaredCheck>> of_type_;  // that such a record is checked by
  std::map<std::string, std::vector<DeclaredCheck>> looking_at_;  // whose sets have the type
};

}  // namespace huilu::compliance
