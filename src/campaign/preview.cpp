#include "campaign/preview.h"

#include <algorithm>
#include <set>
#include <unordered_map>
#include <vector>

#include "campaign/queries.h"
#include "obligation/periods.h"

namespace huilu::campaign {

namespace {

using obligation::Unit;

// What tells units of one kind apart; selectors seldom ask for it.
bool asks_for_one(const policy::Condition& condition) {
  const auto any = [](const auto& conditions) {
    return std::ranges::any_of(conditions, asks_for_one);
  };
  return std::ranges::any_of(condition.lines,
                             [](const policy::Comparing& line) {
                               const auto& steps = line.path.steps;
                               return !steps.empty() &&
                                      (steps.back() == "name" || steps.back() == "from");
                             }) ||
         std::ranges::any_of(condition.any_of, any) || any(condition.not_);
}

bool asks_for_one(const obligation::Facts& policy, const std::string& pack) {
  return std::ranges::any_of(policy.activations, [&](const obligation::Activation& one) {
    return one.pack->id == pack && one.pack->campaign &&
           std::ranges::any_of(one.pack->campaign->batches,
                               [](const policy::Batch& batch) { return asks_for_one(batch.who); });
  });
}

// The kinds of a unit and of all above it decide its batch, and where somebody placed one of them.
// So each such chain is asked once; units come in the order of their paths, those above first.
class Counting {
 public:
  Counting(const obligation::Facts& policy, const obligation::Campaign& campaign, Date today,
           Instant now)
      : campaign_(campaign),
        today_(today),
        now_(now),
        each_alone_(asks_for_one(policy, campaign.pack)) {
    facts_.activations = policy.activations;
    facts_.decided = policy.decided;
    facts_.calendar = policy.calendar;
    for (const auto& placed : campaign.placed) placed_.insert(placed.unit);
  }

  void add(const UnitToday& unit, bool takes_part) {
    while (!chain_.empty() && !unit.path.starts_with(chain_.back().path)) chain_.pop_back();
    chain_.push_back({unit.path, unit.unit, key_of(unit)});
    if (takes_part) count(chain_.back().key);
  }

  Parts parts() { return std::move(parts_); }

 private:
  struct Link {
    std::string path;
    Unit unit;
    std::string key;
  };

  std::string key_of(const UnitToday& unit) const {
    const obligation::Kind& kind = unit.unit.kinds.front().value;
    std::string key = chain_.empty() ? std::string() : chain_.back().key + "|";
    key += kind.type + " " + std::to_string(kind.level) + " " + kind.rank;
    for (const auto& tag : kind.tags) key += " " + tag;
    if (each_alone_ || placed_.contains(unit.unit.id)) key += " " + unit.unit.id.text();
    return key;
  }

  void count(const std::string& key) {
    const auto [known, is_new] = batches_.try_emplace(key);
    if (is_new) known->second = ask();
    if (known->second) {
      ++parts_.units[*known->second];
    } else {
      ++parts_.in_none;
    }
  }

  std::optional<std::string> ask() {
    facts_.units.clear();
    for (const Link& link : chain_) facts_.units.emplace(link.unit.id, link.unit);
    const auto* batch = obligation::batch_of(facts_, campaign_, chain_.back().unit, today_, now_);
    if (batch == nullptr) return {};
    return batch->id;
  }

  const obligation::Campaign& campaign_;
  Date today_;
  Instant now_;
  bool each_alone_;
  obligation::Facts facts_;
  std::set<UnitId> placed_;
  std::vector<Link> chain_;  // from the root down to the unit
  std::unordered_map<std::string, std::optional<std::string>> batches_;
  Parts parts_;
};

}  // namespace

Parts count_parts(store::Connection& connection, const obligation::Facts& policy,
                  const obligation::Campaign& campaign, const std::string& path, Date today,
                  Instant now) {
  Counting counting(policy, campaign, today, now);
  for_each_unit_today(connection, path, [&](const UnitToday& unit) {
    counting.add(unit, unit.path.starts_with(path));
  });
  return counting.parts();
}

}  // namespace huilu::campaign
