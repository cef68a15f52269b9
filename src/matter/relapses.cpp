#include "matter/relapses.h"

#include <algorithm>

#include "command/parts.h"
#include "matter/queries.h"
#include "matter/versions.h"

namespace huilu::matter {

namespace {

using command::Context;
using obligation::DeedKind;
using obligation::Settled;

constexpr std::size_t held_against_most = 200;  // settled ones of a unit, the newest
constexpr std::size_t looked_into = 20;         // of which it is read since when they are

obligation::Deed deed_of(DeedKind kind, MatterId other) {
  obligation::Deed deed;
  deed.kind = kind;
  deed.other = other;
  return deed;
}

}  // namespace

std::vector<Settled> settled_like(store::Connection& connection, const policy::MatterType& type,
                                  const Matter& matter) {
  if (!type.relapse) return {};
  std::vector<std::pair<std::int64_t, Stored>> alike;
  for (Stored& one : find_all(connection, newest_in(connection, matter.unit, type.address,
                                                    type.relapse->of, held_against_most))) {
    const auto likeness = obligation::likeness(type, matter, one.now.matter);
    if (likeness > 0) alike.emplace_back(likeness, std::move(one));
  }
  std::ranges::stable_sort(alike, std::greater<>(), [](const auto& one) { return one.first; });
  if (alike.size() > looked_into) alike.resize(looked_into);
  std::vector<MatterId> ids;
  for (const auto& [likeness, one] : alike) ids.push_back(one.now.matter.id);
  const auto histories = histories_of(connection, ids);
  std::vector<Settled> settled;
  for (auto& [likeness, one] : alike) {
    const Date since = obligation::settled_since(steps_of(histories.at(one.now.matter.id)));
    settled.push_back({std::move(one.now.matter), since});
  }
  return settled;
}

std::vector<MatterId> proposed_relapses(const obligation::Lifecycle& life, const Matter& matter,
                                        const std::vector<Settled>& settled) {
  auto ids = obligation::likely_relapses(life, matter, settled);
  if (ids.size() > proposed_most) ids.resize(proposed_most);
  return ids;
}

SayRelapse::SayRelapse(Read read, Asked asked, std::int64_t seen, AccountId account, Date today,
                       Instant now, const std::vector<policy::Pack>& packs)
    : read_(std::move(read)),
      asked_(std::move(asked)),
      seen_(seen),
      account_(account),
      today_(today),
      packs_(packs),
      role_units_(read_.role_units(today, now)) {
  change_.reason = asked_.reason;
  change_ = kept(std::move(change_));
  role_units_.push_back(read_.stored.now.matter.unit);  // whose people do not judge it
}

std::vector<std::string> SayRelapse::keys() const {
  auto keys = keys_of(read_);
  keys.push_back(keys_of(asked_.other, {}).front());
  return keys;
}

void SayRelapse::load(store::Connection& connection) {
  newest_ = queue_newest(connection, read_.stored.now.matter.id);
  earlier_.reset();
  if (auto stored = find(connection, asked_.other)) {
    const auto& pack = pack_of(packs_, stored->now.matter.type, stored->now.pack_version);
    earlier_ = read_with_history(connection, read_.facts, pack, std::move(*stored));
  }
  actor_.queue(connection, account_, today_, role_units_, {});
}

Refusals SayRelapse::decide(const Context& context) {
  CHECK(context.account == account_);
  Refusals refusals = check_newest(*newest_, read_.stored.now, seen_);
  if (!refusals.empty()) return refusals;
  refusals = command::check_length(change_.reason, 0, reason_characters_max, "/reason");
  command::append(refusals,
                  obligation::check_relapse(read_.life(context.today, context.now),
                                            read_.stored.now.matter, asked_.other, asked_.confirms,
                                            change_, actor_.actor(context.today)));
  return refusals;
}

command::Reply SayRelapse::write(const Context& context, command::Writing& writing) {
  const Matter& before = read_.stored.now.matter;
  const bool stood = before.relapse_of == asked_.other;
  const auto kind = asked_.confirms ? DeedKind::relapse_confirmed : DeedKind::relapse_denied;
  Version version = read_.stored.now;
  version.matter = obligation::with_relapse(before, asked_.other, asked_.confirms);
  version.move.clear();
  version.deed = deed_of(kind, asked_.other);
  version.reason = change_.reason;
  const std::string entry =
      "matter_" + std::string(obligation::deed_words[static_cast<std::size_t>(kind)]);
  if (!asked_.confirms && !stood)
    return write_next(entry, std::move(version), read_, context, writing);
  Version earlier = earlier_->stored.now;
  earlier.matter = obligation::with_relapsed(earlier_->steps, before.id, asked_.confirms);
  earlier.move.clear();
  earlier.deed =
      deed_of(asked_.confirms ? DeedKind::relapsed : DeedKind::relapse_undone, before.id);
  earlier.reason = change_.reason;
  return write_both(entry, {std::move(version), read_}, {std::move(earlier), *earlier_}, context,
                    writing);
}

}  // namespace huilu::matter
