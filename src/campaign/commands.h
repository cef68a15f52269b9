// The changes of campaigns: launch one, place a unit into another batch, end one. Used by the API,
// the command line and the demo through the road.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "campaign/rules.h"
#include "campaign/tables.h"
#include "command/command.h"

namespace huilu::campaign {

// campaign_change at the unit. Replies 201 {"id", "version"}.
class LaunchCampaign : public command::Command {
 public:
  // The packs must outlive it.
  LaunchCampaign(const std::vector<policy::Pack>& packs, NewCampaign asked)
      : packs_(packs), asked_(std::move(asked)) {}

  std::string_view name() const override { return "launch_campaign"; }
  command::Need need() const override;
  std::string where_of(UnitId) const override { return "/unit"; }
  bool alone() const override { return true; }
  void load(store::Connection& connection) override;
  Refusals decide(const command::Context& context) override;
  command::Reply write(const command::Context& context, command::Writing& writing) override;

 private:
  const std::vector<policy::Pack>& packs_;
  NewCampaign asked_;
  std::optional<Plan> plan_;
  LaunchLoad load_;
};

// campaign_change at the campaign's unit, which the caller has read. Replies 201 {"id", "version"}
// of the campaign.
class PlaceUnit : public command::Command {
 public:
  PlaceUnit(const Launched& read, NewPlacement asked);

  std::string_view name() const override { return "place_unit"; }
  command::Need need() const override;
  bool alone() const override { return true; }
  void load(store::Connection& connection) override;
  Refusals decide(const command::Context& context) override;
  command::Reply write(const command::Context& context, command::Writing& writing) override;

 private:
  CampaignId campaign_;
  UnitId organiser_;
  NewPlacement asked_;
  std::optional<Launched> launched_;
  LaunchedLoad load_;
  store::Pending organiser_path_, unit_path_;
};

// campaign_change at the campaign's unit, which the caller has read. Replies {"id", "version"}.
class EndCampaign : public command::Command {
 public:
  // `date` is the first day after it.
  EndCampaign(const Launched& read, std::int64_t version, Date date, std::string reason);

  std::string_view name() const override { return "end_campaign"; }
  command::Need need() const override;
  bool alone() const override { return true; }
  void load(store::Connection& connection) override;
  Refusals decide(const command::Context& context) override;
  command::Reply write(const command::Context& context, command::Writing& writing) override;

 private:
  CampaignId campaign_;
  UnitId organiser_;
  std::int64_t version_;
  Date date_;
  std::string reason_;
  std::optional<Launched> launched_;
  LaunchedLoad load_;
};

}  // namespace huilu::campaign
