#include "campaign/rules.h"

#include <algorithm>

#include <fmt/format.h>

#include "command/parts.h"
#include "obligation/periods.h"

namespace huilu::campaign {

namespace {

using command::append;
using command::check_reason;
using command::refuse;

std::vector<Batch> declared_batches(const policy::Campaign& campaign) {
  std::vector<Batch> out;
  for (const policy::Batch& batch : campaign.batches) out.push_back({batch.id, batch.window});
  if (out.empty()) out.push_back({std::string(whole), campaign.window});
  return out;
}

std::string ids_of(const std::vector<Batch>& batches) {
  std::string out;
  for (const Batch& batch : batches) out += (out.empty() ? "" : ", ") + batch.id;
  return out;
}

std::string packs_with_campaign(const std::vector<policy::Pack>& packs) {
  std::string out;
  for (const policy::Pack& pack : packs) {
    if (pack.campaign) out += (out.empty() ? "" : ", ") + pack.id;
  }
  return out;
}

// The batches of the pack with the dates that were given.
std::vector<Batch> planned(const policy::Campaign& campaign, const std::vector<Batch>& given) {
  std::vector<Batch> batches = declared_batches(campaign);
  for (Batch& batch : batches) {
    const auto found = std::ranges::find(given, batch.id, &Batch::id);
    if (found != given.end()) batch.window = found->window;
  }
  return batches;
}

Interval window_of(const std::vector<Batch>& batches) {
  Launched launched;
  launched.batches = batches;
  return launched.window();
}

// What is in force at the unit, newest first, as the evaluator orders it.
std::vector<obligation::Activation> versions_at(const std::string& path, const std::string& pack,
                                                const std::vector<policy::Pack>& packs,
                                                const std::vector<enactment::InForce>& facts,
                                                Instant now) {
  std::vector<obligation::Activation> out;
  for (const enactment::InForce& fact : facts) {
    if (fact.pack != pack || !path.starts_with(fact.path)) continue;
    if (fact.withdrawn && *fact.withdrawn <= now) continue;
    for (const policy::Pack& one : packs) {
      if (one.id != pack || one.version != fact.pack_version) continue;
      out.push_back({&one, fact.span, fact.unit, fact.at, fact.withdrawn});
    }
  }
  std::ranges::sort(out, obligation::is_newer);
  return out;
}

// The version in force when its own first batch begins.
std::optional<Plan> find_plan(const NewCampaign& asked,
                              const std::vector<obligation::Activation>& versions) {
  for (const obligation::Activation& version : versions) {
    if (!version.pack->campaign) continue;
    Plan plan{version.pack, planned(*version.pack->campaign, asked.batches)};
    const Date begins = window_of(plan.batches).from;
    const auto newest = std::ranges::find_if(
        versions, [begins](const auto& one) { return obligation::in_force(one).contains(begins); });
    if (newest != versions.end() && newest->pack == version.pack) return plan;
  }
  return {};
}

void check_given(const NewCampaign& asked, const policy::Campaign& campaign, Refusals& refusals) {
  const std::vector<Batch> declared = declared_batches(campaign);
  for (std::size_t i = 0; i < asked.batches.size(); ++i) {
    const Batch& batch = asked.batches[i];
    const std::string where = fmt::format("/batches/{}", i);
    if (std::ranges::find(declared, batch.id, &Batch::id) == declared.end()) {
      refuse(refusals, RefusalCode::unknown_word, where + "/id", ids_of(declared), batch.id);
    }
    const auto end = asked.batches.begin() + static_cast<std::ptrdiff_t>(i);
    if (std::find_if(asked.batches.begin(), end,
                     [&](const Batch& other) { return other.id == batch.id; }) != end) {
      refuse(refusals, RefusalCode::duplicate, where + "/id", "", batch.id);
    }
    if (*batch.window.until <= batch.window.from) {
      refuse(refusals, RefusalCode::date_order, where + "/until",
             "after " + batch.window.from.text(), batch.window.until->text());
    }
  }
}

bool overlap(const Interval& a, const Interval& b) {
  return a.from < *b.until && b.from < *a.until;
}

bool in_one_line(std::string_view a, std::string_view b) {
  return a.starts_with(b) || b.starts_with(a);
}

}  // namespace

Result<Plan> decide_launch(const NewCampaign& asked, const std::vector<policy::Pack>& packs,
                           const LaunchSurroundings& surroundings, Instant now) {
  Refusals refusals;
  if (!surroundings.path) {
    refuse(refusals, RefusalCode::unknown_unit, "/unit", "", asked.unit.text());
  }
  const auto known = std::ranges::find_if(
      packs, [&](const policy::Pack& pack) { return pack.id == asked.pack && pack.campaign; });
  if (known == packs.end()) {
    refuse(refusals, RefusalCode::unknown_pack, "/pack", packs_with_campaign(packs), asked.pack);
    return refusals;
  }
  const auto versions =
      versions_at(surroundings.path.value_or(""), asked.pack, packs, surroundings.in_force, now);
  const auto plan = find_plan(asked, versions);
  check_given(asked, plan ? *plan->pack->campaign : *known->campaign, refusals);
  if (!refusals.empty()) return refusals;
  if (!plan) {
    refuse(refusals, RefusalCode::pack_not_in_force, "/pack", "", asked.pack);
    return refusals;
  }
  for (const Other& other : surroundings.others) {
    if (in_one_line(other.path, *surroundings.path) &&
        overlap(other.window, window_of(plan->batches))) {
      refuse(refusals, RefusalCode::campaign_running, "/unit", "", other.id.text(),
             "/api/v1/campaigns/" + other.id.text());
    }
  }
  if (!refusals.empty()) return refusals;
  return *plan;
}

Refusals decide_placement(const NewPlacement& asked, const PlacementSurroundings& surroundings) {
  Refusals refusals = check_reason(asked.reason);
  const Launched& launched = surroundings.launched;
  if (launched.ended_on) refuse(refusals, RefusalCode::wrong_state, "", "", "ended");
  const bool known = asked.batch.empty() || std::ranges::find(launched.batches, asked.batch,
                                                              &Batch::id) != launched.batches.end();
  if (!known) {
    refuse(refusals, RefusalCode::unknown_word, "/batch", ids_of(launched.batches), asked.batch);
  }
  if (!surroundings.unit_path) {
    refuse(refusals, RefusalCode::unknown_unit, "/unit", "", asked.unit.text());
  } else if (!surroundings.unit_path->starts_with(surroundings.campaign_path.value_or("-"))) {
    refuse(refusals, RefusalCode::unit_not_in_campaign, "/unit", launched.unit.text(),
           asked.unit.text());
  }
  const Date end = *launched.window().until;
  if (asked.from >= end) {
    refuse(refusals, RefusalCode::date_order, "/from", "before " + end.text(), asked.from.text());
  }
  return refusals;
}

Refusals decide_end(const Launched& launched, std::int64_t seen, Date date,
                    std::string_view reason) {
  Refusals refusals = check_reason(reason);
  command::check_version(launched.version, seen, refusals);
  if (launched.ended_on) refuse(refusals, RefusalCode::wrong_state, "", "", "ended");
  const Interval window = launched.window();
  if (date <= window.from || date > *window.until) {
    refuse(refusals, RefusalCode::date_order, "/date",
           (window.from + 1).text() + ".." + window.until->text(), date.text());
  }
  return refusals;
}

Value launched_content(const Launched& launched) {
  Value::List batches;
  for (const Batch& batch : launched.batches) {
    batches.push_back(Value::object({{"id", batch.id},
                                     {"from", batch.window.from.text()},
                                     {"until", batch.window.until->text()}}));
  }
  return Value::object({{"campaign", launched.id.text()},
                        {"pack", launched.pack},
                        {"version", launched.pack_version},
                        {"unit", launched.unit.text()},
                        {"batches", std::move(batches)}});
}

Value placement_content(const Placement& placement) {
  return Value::object({{"campaign", placement.campaign.text()},
                        {"placement", placement.id},
                        {"unit", placement.unit.text()},
                        {"batch", placement.batch},
                        {"from", placement.from.text()}});
}

Value ended_content(CampaignId id, std::string_view ended_on) {
  return Value::object({{"campaign", id.text()}, {"ended_on", ended_on}});
}

}  // namespace huilu::campaign
