// Supposition: what holds for everybody if something else were in force than what is: a version of
// a pack in the place of today's, over the same days and at the same units, or another value of a
// parameter, over the last years. Nothing is written. Used by simulations and by whoever explains
// one of their changes.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "obligation/facts.h"
#include "policy/pack.h"

namespace huilu::compliance {

struct SupposedValue {
  std::string parameter;  // "standing-duties/theme_days"
  policy::ParameterValue value;
};

// One of the two.
struct Supposition {
  const policy::Pack* pack = nullptr;
  std::optional<SupposedValue> value;
};

class Supposed {
 public:
  // `policy` as load_policy gives it, `packs` as they are known, and both must outlive it. A pack
  // that is nowhere in force is supposed to be everywhere, from the year before `on`.
  Supposed(const obligation::Facts& policy, const std::vector<policy::Pack>& packs,
           const Supposition& supposition, Date on);
  Supposed(const Supposed&) = delete;
  Supposed& operator=(const Supposed&) = delete;

  const obligation::Facts& facts() const { return facts_; }
  // The supposed version first, then what is known of other packs.
  const std::vector<policy::Pack>& packs() const { return packs_; }
  // Addresses of the duties that may be judged otherwise, and why: see policy/difference.h.
  const std::map<std::string, std::vector<std::string>>& differing() const { return differing_; }

 private:
  void put_in_force(const std::vector<policy::Pack>& packs, const policy::Pack& pack, Date on);
  void find_differing(const std::vector<const policy::Pack*>& before);
  void decide(const SupposedValue& value, Date on);

  obligation::Facts facts_;
  std::vector<policy::Pack> packs_;
  std::map<std::string, std::vector<std::string>> differing_;
};

}  // namespace huilu::compliance
