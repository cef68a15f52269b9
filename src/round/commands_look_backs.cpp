#include "round/commands_look_backs.h"

#include <algorithm>

#include "base/hash.h"
#include "base/text.h"
#include "command/parts.h"

namespace huilu::round {

using command::Context;
using command::kept_text;
using command::Need;
using command::Permission;
using command::Reply;
using command::Writing;

namespace {

constexpr std::size_t seed_bytes = 32;

Draw draw_by_chance(std::int64_t n, DrawGround& ground, const Sample& sample,
                    const Context& context, Writing& writing) {
  Draw one;
  one.n = n;
  one.seed = hex(random_bytes(seed_bytes));
  one.counts = ground.counts;
  one.account = context.account;
  one.at = writing.at();
  one.seq = writing.next_sequence();
  draw(ground.candidates, sample, one.seed);
  return one;
}

Reply drawn_reply(int status, const LookBackRound& round, const Draw& draw,
                  const std::vector<Candidate>& candidates) {
  Reply reply = command::reply_of(status, round.id.text(), round.version);
  reply.body.set("seed", draw.seed);
  reply.body.set("candidates", static_cast<std::int64_t>(candidates.size()));
  reply.body.set("drawn", std::int64_t{std::count_if(candidates.begin(), candidates.end(),
                                                     [](const auto& one) { return one.drawn; })});
  reply.body.set("journal", draw.seq);
  return reply;
}

}  // namespace

OpenLookBackRound::OpenLookBackRound(NewLookBackRound asked, DrawGround ground)
    : asked_(std::move(asked)), ground_(std::move(ground)) {
  asked_.name = kept_text(asked_.name);
  std::sort(asked_.types.begin(), asked_.types.end());
}

Need OpenLookBackRound::need() const { return {Permission::round_change, {asked_.unit}}; }

std::vector<std::string> OpenLookBackRound::keys() const {
  return {"look_back_rounds:" + asked_.unit.text()};
}

void OpenLookBackRound::load(store::Connection& connection) {
  rounds_ = queue_look_back_rounds_of(connection, asked_.unit);
}

Refusals OpenLookBackRound::decide(const Context& context) {
  return decide_opening(asked_, ground_.candidates.size(), open_about(*rounds_, asked_.types),
                        context.today);
}

Reply OpenLookBackRound::write(const Context& context, Writing& writing) {
  LookBackRound round;
  round.id = RoundId{writing.issue_id()};
  round.unit = asked_.unit;
  round.name = asked_.name;
  round.types = asked_.types;
  round.until = asked_.until;
  round.sample = asked_.sample;
  round.strata = asked_.strata;
  round.opened = context.today;
  round.opened_by = context.account;
  round.opened_at = writing.at();
  const Draw draw = draw_by_chance(1, ground_, round.sample, context, writing);
  auto entry =
      command::entry_of("look_back_round_opened", round.id.text(), context, round_content(round));
  entry.unit = round.unit;
  entry.fields.push_back({"name", round.name});
  entry.fields.push_back({"candidates", canonical_json(candidates_content(ground_.candidates))});
  entry.fields.push_back({"draw", canonical_json(draw_content(round.id, draw))});
  entry.touched.push_back({"look_back_round", round.id.value, 1});
  round.seq = writing.append(std::move(entry));
  insert_look_back_round(writing, round);
  insert_draw(writing, round.id, draw, ground_.candidates);
  return drawn_reply(201, round, draw, ground_.candidates);
}

OfLookBackRound::OfLookBackRound(const LookBackRound& read, std::int64_t seen)
    : id_(read.id), unit_(read.unit), seen_(seen) {}

Need OfLookBackRound::need() const { return {Permission::round_change, {unit_}}; }

Refusals OfLookBackRound::decide(const Context&) {
  whole_ = reads_.whole();
  if (!whole_) return {command::not_found(id_.text())};
  return decide_about(*whole_);
}

DrawAnew::DrawAnew(const LookBackRound& read, std::int64_t seen, const std::string& reason,
                   DrawGround ground)
    : OfLookBackRound(read, seen), reason_(kept_text(reason)), ground_(std::move(ground)) {}

Refusals DrawAnew::decide_about(const WholeLookBackRound& whole) {
  return decide_drawing(whole, seen_, reason_, ground_.candidates.size());
}

Reply DrawAnew::write(const Context& context, Writing& writing) {
  LookBackRound& round = whole_->round;
  const auto previous = whole_->latest();
  ++round.version;
  ++round.draws;
  Draw draw = draw_by_chance(round.draws, ground_, round.sample, context, writing);
  draw.reason = reason_;
  auto entry =
      command::entry_of("look_back_round_drawn", id_.text(), context, draw_content(round.id, draw));
  entry.unit = round.unit;
  entry.previous = previous;
  entry.fields.push_back({"candidates", canonical_json(candidates_content(ground_.candidates))});
  entry.fields.push_back({"reason", draw.reason});
  entry.touched.push_back({"look_back_round", id_.value, round.version});
  writing.append(std::move(entry));
  insert_draw(writing, round.id, draw, ground_.candidates);
  write_drawn(writing, round);
  return drawn_reply(200, round, draw, ground_.candidates);
}

LockLookBackRound::LockLookBackRound(const LookBackRound& read, std::int64_t seen,
                                     std::vector<MissingReason> missing)
    : OfLookBackRound(read, seen), missing_(std::move(missing)) {
  for (MissingReason& one : missing_) one.reason = kept_text(one.reason);
}

Refusals LockLookBackRound::decide_about(const WholeLookBackRound& whole) {
  return decide_locking(whole, seen_, missing_);
}

Reply LockLookBackRound::write(const Context& context, Writing& writing) {
  LookBackRound& round = whole_->round;
  const auto previous = whole_->latest();
  ++round.version;
  round.locked = context.today;
  round.locked_by = context.account;
  round.locked_at = writing.at();
  round.figures = figures_of(*whole_);
  for (Candidate& one : whole_->candidates) {
    const auto said = std::find_if(missing_.begin(), missing_.end(),
                                   [&](const auto& reason) { return reason.matter == one.matter; });
    if (said != missing_.end()) one.missing = said->reason;
  }
  auto entry =
      command::entry_of("look_back_round_locked", id_.text(), context, lock_content(round));
  entry.unit = round.unit;
  entry.previous = previous;
  entry.fields.push_back({"found", canonical_json(found_content(whole_->candidates))});
  entry.touched.push_back({"look_back_round", id_.value, round.version});
  round.locked_seq = writing.append(std::move(entry));
  write_locked(writing, *whole_);
  Reply reply = command::reply_of(200, id_.text(), round.version);
  reply.body.set("journal", *round.locked_seq);
  return reply;
}

}  // namespace huilu::round
