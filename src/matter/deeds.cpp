#include "matter/deeds.h"

#include "command/parts.h"
#include "matter/versions.h"
#include "obligation/deed.h"
#include "obligation/look_back.h"

namespace huilu::matter {

namespace {

using command::Context;
using obligation::DeedKind;

// Of what is made: who asked is not the one who decides.
constexpr std::string_view asking_move = "extension_asked";

bool is_decision(DeedKind kind) {
  return kind == DeedKind::extension_granted || kind == DeedKind::extension_refused;
}

bool is_step(DeedKind kind) {
  return kind == DeedKind::step_signed || kind == DeedKind::step_dismissed ||
         kind == DeedKind::step_acknowledged;
}

}  // namespace

std::optional<AccountId> asker_of(const Read& read, const obligation::ClockNow& clock) {
  const obligation::Asked* const asked = clock.waiting();
  return asked == nullptr ? std::nullopt : std::optional(read.history.at(asked->step).account);
}

DoDeed::DoDeed(Read read, AskedDeed asked, obligation::Change change, std::int64_t seen,
               AccountId account, Date today, Instant now)
    : read_(std::move(read)),
      asked_(std::move(asked)),
      change_(kept(std::move(change))),
      seen_(seen),
      account_(account),
      today_(today),
      role_units_(read_.role_units(today, now)),
      deed_{asked_.kind, asked_.clock, asked_.rung, 0, asked_.until, asked_.found},
      mentioned_(mentioned_in(read_.type(), change_)) {
  std::vector<std::pair<std::string, AccountId>> made;
  for (const auto& clock : obligation::clocks_of(read_.life(today, now), read_.steps)) {
    if (clock.clock->id != asked_.clock) continue;
    if (is_step(asked_.kind)) deed_.generation = clock.generation;
    if (const auto* const waiting = clock.waiting(); waiting != nullptr && is_decision(asked_.kind))
      deed_.until = waiting->until;
    if (const auto asker = asker_of(read_, clock)) made.emplace_back(asking_move, *asker);
  }
  const auto* const rung = read_.type().find_rung(asked_.clock, asked_.rung);
  if (asked_.kind == DeedKind::step_signed && rung != nullptr) {
    deed_.units = obligation::reached_by(read_.life(today, now), read_.stored.now.matter, *rung);
  }
  if (asked_.kind == DeedKind::looked_back) {
    role_units_.push_back(read_.stored.now.matter.unit);  // whose people do not look back
    for (const auto& one : obligation::look_backs_of(read_.life(today, now), read_.steps)) {
      const Version& settled = read_.history.at(one.entered);
      made = {{settled.move, settled.account}};
    }
  }
  read_.made = std::move(made);
}

std::vector<std::string> DoDeed::keys() const { return keys_of(read_); }

void DoDeed::load(store::Connection& connection) {
  newest_ = queue_newest(connection, read_.stored.now.matter.id);
  reads_.queue(connection, mentioned_);
  actor_.queue(connection, account_, today_, role_units_, read_.made);
}

Refusals DoDeed::check(const obligation::Lifecycle& life) {
  const Matter& matter = read_.stored.now.matter;
  const auto actor = actor_.actor(life.today);
  switch (asked_.kind) {
    case DeedKind::extension_asked:
      return obligation::check_asking(life, matter, asked_.clock, *asked_.until, change_, actor);
    case DeedKind::extension_granted:
    case DeedKind::extension_refused: {
      const auto made = actor_.made();
      const bool by_asker = !made.empty() && made.front().by_actor;
      return obligation::check_deciding(life, matter, asked_.clock,
                                        asked_.kind == DeedKind::extension_granted, change_, actor,
                                        by_asker);
    }
    case DeedKind::looked_back: {
      const auto made = actor_.made();
      return obligation::check_looking_back(life, matter, asked_.found, change_, actor,
                                            !made.empty() && made.front().by_actor);
    }
    case DeedKind::step_acknowledged: {
      auto found =
          obligation::check_acknowledging(life, asked_.clock, asked_.rung, asked_.unit, actor);
      deed_.generation = found.generation;
      deed_.units = {found.unit};
      return std::move(found.refusals);
    }
    case DeedKind::step_signed:
    case DeedKind::step_dismissed:
    case DeedKind::merged_in:
    case DeedKind::merge_undone:
    case DeedKind::relapse_confirmed:
    case DeedKind::relapse_denied:
    case DeedKind::relapsed:
    case DeedKind::relapse_undone:
      break;
  }
  return obligation::check_step(life, matter, asked_.clock, asked_.rung,
                                asked_.kind == DeedKind::step_signed, change_, actor);
}

Refusals DoDeed::decide(const Context& context) {
  CHECK(context.account == account_);
  Refusals refusals = check_newest(*newest_, read_.stored.now, seen_);
  if (!refusals.empty()) return refusals;
  refusals = command::check_length(change_.reason, 0, reason_characters_max, "/reason");
  command::append(refusals, check(read_.life(context.today, context.now)));
  if (refusals.empty()) {
    command::append(refusals, check_known(mentioned_, reads_.known(), context.today));
  }
  return refusals;
}

command::Reply DoDeed::write(const Context& context, command::Writing& writing) {
  Version version = read_.stored.now;
  if (!is_step(asked_.kind)) version.matter = obligation::edited(version.matter, change_);
  if (asked_.kind == DeedKind::extension_granted) {
    version.matter = obligation::extended(read_.type(), version.matter, asked_.clock, *deed_.until);
  }
  version.move.clear();
  version.deed = deed_;
  version.reason = change_.reason;
  const std::string kind =
      "matter_" + std::string(obligation::deed_words[static_cast<std::size_t>(deed_.kind)]);
  return write_next(kind, std::move(version), read_, context, writing);
}

}  // namespace huilu::matter
