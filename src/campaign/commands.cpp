#include "campaign/commands.h"

#include "command/parts.h"

namespace huilu::campaign {

namespace {

using command::Context;
using command::entry_of;
using command::kept_text;
using command::Need;
using command::Permission;
using command::Reply;
using command::reply_of;
using command::Writing;

}  // namespace

Need LaunchCampaign::need() const { return {Permission::campaign_change, {asked_.unit}}; }

void LaunchCampaign::load(store::Connection& connection) {
  load_.queue(connection, asked_.pack, asked_.unit);
}

Refusals LaunchCampaign::decide(const Context& context) {
  auto plan = decide_launch(asked_, packs_, load_.surroundings(), context.now);
  if (!plan) return plan.take_refusals();
  plan_ = std::move(*plan);
  return {};
}

Reply LaunchCampaign::write(const Context& context, Writing& writing) {
  Launched launched;
  launched.id = CampaignId{writing.issue_id()};
  launched.pack = plan_->pack->id;
  launched.pack_version = plan_->pack->version;
  launched.unit = asked_.unit;
  launched.batches = plan_->batches;
  launched.launched_by = context.account;
  launched.launched_at = writing.at();
  auto entry =
      entry_of("campaign_launched", launched.id.text(), context, launched_content(launched));
  entry.unit = launched.unit;
  entry.touched.push_back({"campaign", launched.id.value, 1});
  launched.seq = writing.append(std::move(entry));
  insert_launched(writing, launched);
  return reply_of(201, launched.id.text(), 1);
}

PlaceUnit::PlaceUnit(const Launched& read, NewPlacement asked)
    : campaign_(read.id), organiser_(read.unit), asked_(std::move(asked)) {
  asked_.reason = kept_text(asked_.reason);
}

Need PlaceUnit::need() const { return {Permission::campaign_change, {organiser_}}; }

void PlaceUnit::load(store::Connection& connection) {
  load_.queue(connection, campaign_);
  organiser_path_ = queue_path(connection, organiser_);
  unit_path_ = queue_path(connection, asked_.unit);
}

Refusals PlaceUnit::decide(const Context&) {
  launched_ = load_.launched();
  if (!launched_) return {command::not_found(campaign_.text())};
  return decide_placement(asked_,
                          {*launched_, path_from(*organiser_path_), path_from(*unit_path_)});
}

Reply PlaceUnit::write(const Context& context, Writing& writing) {
  Placement placement{writing.issue_id(), campaign_,    asked_.unit,
                      asked_.batch,       asked_.from,  asked_.reason,
                      context.account,    writing.at(), 0};
  auto entry =
      entry_of("campaign_unit_placed", campaign_.text(), context, placement_content(placement));
  entry.unit = asked_.unit;
  entry.previous = launched_->seq;
  entry.fields.push_back({"reason", asked_.reason});
  entry.touched.push_back({"campaign", campaign_.value, launched_->version});
  placement.seq = writing.append(std::move(entry));
  insert_placement(writing, placement);
  return reply_of(201, campaign_.text(), launched_->version);
}

EndCampaign::EndCampaign(const Launched& read, std::int64_t version, Date date, std::string reason)
    : campaign_(read.id),
      organiser_(read.unit),
      version_(version),
      date_(date),
      reason_(kept_text(reason)) {}

Need EndCampaign::need() const { return {Permission::campaign_change, {organiser_}}; }

void EndCampaign::load(store::Connection& connection) { load_.queue(connection, campaign_); }

Refusals EndCampaign::decide(const Context&) {
  launched_ = load_.launched();
  if (!launched_) return {command::not_found(campaign_.text())};
  return decide_end(*launched_, version_, date_, reason_);
}

Reply EndCampaign::write(const Context& context, Writing& writing) {
  auto entry =
      entry_of("campaign_ended", campaign_.text(), context, ended_content(campaign_, date_.text()));
  entry.unit = organiser_;
  entry.previous = launched_->seq;
  entry.fields.push_back({"reason", reason_});
  entry.touched.push_back({"campaign", campaign_.value, launched_->version + 1});
  write_ended(writing, *launched_, date_, context.account, reason_,
              writing.append(std::move(entry)));
  return reply_of(200, campaign_.text(), launched_->version + 1);
}

}  // namespace huilu::campaign
