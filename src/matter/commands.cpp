#include "matter/commands.h"

#include <algorithm>
#include <map>
#include <set>

#include "command/parts.h"
#include "enactment/tables.h"
#include "matter/queries.h"
#include "matter/relapses.h"
#include "matter/versions.h"
#include "obligation/deed.h"
#include "obligation/merge.h"

namespace huilu::matter {

namespace {

using command::append;
using command::Context;
using command::Need;
using command::Permission;
using command::Reply;
using command::Writing;
using obligation::Change;

std::vector<std::string> moves_of(const Read& read) {
  std::vector<std::string> moves;
  for (const auto& [move, account] : read.made) moves.push_back(move);
  return moves;
}

Read read_of(FactsPointer facts, const policy::Pack& pack, Stored stored,
             std::vector<Version> history, std::vector<Matter> below, std::vector<Matter> merged) {
  Read read{std::move(facts), &pack, std::move(stored), std::move(history), {}, {},
            std::move(below), {},    std::move(merged)};
  read.steps = steps_of(read.history);
  std::map<std::string, AccountId> last;
  for (const Version& one : read.history) {
    if (!one.move.empty()) last[one.move] = one.account;
  }
  read.made.assign(last.begin(), last.end());
  return read;
}

}  // namespace

Read read_with_history(store::Connection& connection, FactsPointer facts, const policy::Pack& pack,
                       Stored stored) {
  const MatterId id = stored.now.matter.id;
  auto history = history_of(connection, id);
  return read_of(std::move(facts), pack, std::move(stored), std::move(history),
                 children_of(connection, id), std::move(merged_into(connection, {id})[id]));
}

std::vector<Read> read_with_histories(store::Connection& connection, const FactsPointer& facts,
                                      const std::vector<policy::Pack>& packs,
                                      std::vector<Stored> stored) {
  std::vector<MatterId> ids;
  for (const Stored& one : stored) ids.push_back(one.now.matter.id);
  auto histories = histories_of(connection, ids);
  auto below = children_of(connection, ids);
  auto merged = merged_into(connection, ids);
  std::vector<Read> out;
  for (Stored& one : stored) {
    const MatterId id = one.now.matter.id;
    const policy::Pack& pack = pack_of(packs, one.now.matter.type, one.now.pack_version);
    out.push_back(read_of(facts, pack, std::move(one), std::move(histories[id]),
                          std::move(below[id]), std::move(merged[id])));
  }
  return out;
}

std::vector<UnitId> Read::role_units(Date today, Instant now) const {
  std::set<UnitId> units;
  for (const auto& role : obligation::roles_of(life(today, now), stored.now.matter)) {
    if (role.unit) units.insert(*role.unit);
  }
  for (const UnitId unit : obligation::reached_so_far(steps)) units.insert(unit);
  return {units.begin(), units.end()};
}

OpenMatter::OpenMatter(FactsPointer facts, const policy::Pack& pack, NewMatter asked)
    : facts_(std::move(facts)),
      pack_(pack),
      type_(type_in(pack, asked.type)),
      asked_(std::move(asked)) {
  asked_.change = kept(std::move(asked_.change));
  asked_.change.unit = asked_.unit;
  mentioned_ = mentioned_in(type_, asked_.change);
}

Need OpenMatter::need() const { return {Permission::matter_open, {asked_.unit}}; }

std::string OpenMatter::where_of(UnitId unit) const { return unit == asked_.unit ? "/unit" : ""; }

std::vector<std::string> OpenMatter::keys() const { return keys_of({}, asked_.parent); }

void OpenMatter::load(store::Connection& connection) {
  reads_.queue(connection, mentioned_);
  parent_ = queue_exists(connection, asked_.parent);
  if (!type_.relapse) return;
  Matter asked;
  asked.type = type_.address;
  asked.fields = Value(Value::Object{});
  settled_ = settled_like(connection, type_, obligation::edited(asked, asked_.change));
}

Refusals OpenMatter::decide(const Context& context) {
  matter_ = {};
  matter_.type = type_.address;
  matter_.parent = asked_.parent;
  matter_.campaign = asked_.campaign;
  matter_.opened = context.today;
  matter_.state = type_.initial;
  matter_.fields = Value(Value::Object{});
  matter_ = obligation::edited(matter_, asked_.change);
  Refusals refusals =
      obligation::check_opening({*facts_, pack_, type_, context.today, context.now}, matter_);
  if (asked_.parent && parent_->empty()) {
    command::refuse(refusals, RefusalCode::unknown_matter, "/parent", "", asked_.parent->text());
  }
  if (refusals.empty()) append(refusals, check_known(mentioned_, reads_.known(), context.today));
  if (refusals.empty()) {
    matter_.alike =
        proposed_relapses({*facts_, pack_, type_, context.today, context.now}, matter_, settled_);
  }
  return refusals;
}

Reply OpenMatter::write(const Context& context, Writing& writing) {
  Version version;
  version.matter = matter_;
  version.matter.id = MatterId{writing.issue_id()};
  version.pack_version = pack_.version;
  version.reason = asked_.change.reason;
  return write_first("matter_opened", std::move(version), *facts_, pack_, context, writing);
}

void ActorReads::queue(store::Connection& connection, AccountId account, Date day,
                       const std::vector<UnitId>& units,
                       const std::vector<std::pair<std::string, AccountId>>& earlier) {
  account_ = account;
  units_ = units;
  earlier_ = earlier;
  standing_ = identity::queue_standing(connection, account, units);
  posts_ = queue_posts_of(connection, account, day);
  same_.clear();
  for (const auto& [move, who] : earlier) {
    same_.push_back(enactment::queue_accounts_of_same_person(connection, who));
  }
}

obligation::Actor ActorReads::actor(Date today) const {
  obligation::Actor actor;
  actor.is_program = !account_;
  const auto standing = identity::standing_from(*standing_);
  for (const UnitId unit : units_) {
    const std::string* const path = standing.path_of(unit);
    if (path != nullptr &&
        identity::role_at(standing.grants, Permission::matter_change, *path, today)) {
      actor.units.push_back(unit);
    }
  }
  actor.posts = posts_from(*posts_);
  actor.person = standing.person.value_or(PersonId{});
  return actor;
}

std::vector<obligation::Made> ActorReads::made() const {
  std::vector<obligation::Made> made;
  for (std::size_t i = 0; i < earlier_.size(); ++i) {
    const auto& [move, who] = earlier_[i];
    const auto accounts = enactment::accounts_from(*same_[i]);
    const bool same = who == account_ || std::ranges::find(accounts, account_) != accounts.end();
    made.push_back({move, account_ && same});
  }
  return made;
}

std::optional<Survivor> survivor_of(const Read& read, std::string_view move, const Change& change,
                                    const std::vector<policy::Pack>& packs) {
  const policy::Move* const declared = read.type().find_move(move);
  if (declared == nullptr) return {};
  const auto id = declared->merges() ? change.into : read.stored.now.matter.into;
  return id ? std::optional(Survivor{*id, &packs, {}}) : std::nullopt;
}

MoveMatter::MoveMatter(Read read, std::string move, Change change, std::int64_t seen,
                       AccountId account, Date today, Instant now, std::optional<Survivor> survivor)
    : read_(std::move(read)),
      move_(std::move(move)),
      change_(kept(std::move(change))),
      seen_(seen),
      account_(account),
      today_(today),
      now_(now),
      survivor_(std::move(survivor)),
      role_units_(read_.role_units(today, now)),
      mentioned_(mentioned_in(read_.type(), change_)) {}

bool MoveMatter::merges() const {
  const policy::Move* const move = read_.type().find_move(move_);
  return move != nullptr && move->merges();
}

std::vector<std::string> MoveMatter::keys() const {
  auto keys = keys_of(read_);
  if (survivor_) keys.push_back(keys_of(survivor_->id, {}).front());
  return keys;
}

void MoveMatter::load(store::Connection& connection) {
  newest_ = queue_newest(connection, read_.stored.now.matter.id);
  reads_.queue(connection, mentioned_);
  if (survivor_) load_survivor(connection);
  actor_.queue(connection, account_, today_, role_units_, read_.made);
}

// Also what was merged into the one that is asked about, which may be of this moment.
void MoveMatter::load_survivor(store::Connection& connection) {
  stays_.reset();
  const MatterId id = read_.stored.now.matter.id;
  read_.merged = std::move(merged_into(connection, {id})[id]);
  read_.below = children_of(connection, id);
  auto stored = find(connection, survivor_->id);
  if (!stored) return;
  const auto& pack = pack_of(*survivor_->packs, stored->now.matter.type, stored->now.pack_version);
  stays_ = read_with_history(connection, read_.facts, pack, std::move(*stored));
  if (survivor_->attach) survivor_->attach(connection, *stays_);
  std::set<UnitId> units(role_units_.begin(), role_units_.end());
  for (const UnitId unit : stays_->role_units(today_, now_)) units.insert(unit);
  role_units_.assign(units.begin(), units.end());
}

Refusals MoveMatter::check_survivor(const Context& context) const {
  if (!merges() && !read_.stored.now.matter.into) return {};
  if (!stays_) {
    const auto id = merges() ? change_.into : read_.stored.now.matter.into;
    return {{RefusalCode::unknown_matter, "/into", "", id ? id->text() : "", ""}};
  }
  const auto life = read_.life(context.today, context.now);
  const auto life_of_other = stays_->life(context.today, context.now);
  const obligation::MergeSide one{life, read_.stored.now.matter};
  const obligation::MergeSide other{life_of_other, stays_->stored.now.matter};
  const policy::Move& move = *read_.type().find_move(move_);
  const auto actor = actor_.actor(context.today);
  return merges() ? obligation::check_merging(one, move, other, actor)
                  : obligation::check_unmerging(move, other, actor);
}

Refusals MoveMatter::decide(const Context& context) {
  CHECK(context.account == account_);
  Refusals refusals = check_newest(*newest_, read_.stored.now, seen_);
  if (!refusals.empty()) return refusals;
  refusals = command::check_length(change_.reason, 0, reason_characters_max, "/reason");
  append(refusals,
         obligation::check_move(read_.life(context.today, context.now), read_.stored.now.matter,
                                move_, change_, actor_.actor(context.today), actor_.made()));
  if (refusals.empty()) append(refusals, check_survivor(context));
  if (refusals.empty()) append(refusals, check_known(mentioned_, reads_.known(), context.today));
  return refusals;
}

Reply MoveMatter::write(const Context& context, Writing& writing) {
  const Version& before = read_.stored.now;
  Version version = before;
  version.matter =
      obligation::moved(read_.life(context.today, context.now), before.matter, move_, change_);
  version.move = move_;
  version.deed.reset();
  version.reason = change_.reason;
  if (stays_) return write_with_survivor(std::move(version), context, writing);
  return write_next("matter_moved", std::move(version), read_, context, writing);
}

Reply MoveMatter::write_with_survivor(Version version, const Context& context, Writing& writing) {
  const auto life = read_.life(context.today, context.now);
  const auto life_of_other = stays_->life(context.today, context.now);
  const obligation::MergeSide one{life, read_.stored.now.matter};
  const obligation::MergeSide other{life_of_other, stays_->stored.now.matter};
  Version stays = stays_->stored.now;
  stays.move.clear();
  stays.reason = change_.reason;
  obligation::Deed deed;
  if (merges()) {
    deed = obligation::merging_deed(one, other);
    stays.matter = obligation::merged_in(one, *read_.type().find_move(move_), other, deed);
  } else {
    deed.kind = obligation::DeedKind::merge_undone;
    deed.other = one.matter.id;
    stays.matter = obligation::merge_undone(one, other);
  }
  const std::string kind =
      "matter_" + std::string(obligation::deed_words[static_cast<std::size_t>(deed.kind)]);
  stays.deed = std::move(deed);
  return write_both(kind, {std::move(version), read_}, {std::move(stays), *stays_}, context,
                    writing);
}

EditMatter::EditMatter(Read read, Change change, std::int64_t seen)
    : read_(std::move(read)),
      change_(kept(std::move(change))),
      seen_(seen),
      mentioned_(mentioned_in(read_.type(), change_)) {}

Need EditMatter::need() const { return {Permission::matter_open, {read_.stored.now.matter.unit}}; }

std::vector<std::string> EditMatter::keys() const { return keys_of(read_); }

void EditMatter::load(store::Connection& connection) {
  newest_ = queue_newest(connection, read_.stored.now.matter.id);
  reads_.queue(connection, mentioned_);
}

Refusals EditMatter::decide(const Context& context) {
  Refusals refusals = check_newest(*newest_, read_.stored.now, seen_);
  if (!refusals.empty()) return refusals;
  refusals = command::check_length(change_.reason, 0, reason_characters_max, "/reason");
  append(refusals,
         obligation::check_edit(read_.life(context.today, context.now), read_.stored.now.matter,
                                change_, demanded_by(read_.type(), moves_of(read_))));
  if (refusals.empty()) append(refusals, check_known(mentioned_, reads_.known(), context.today));
  return refusals;
}

Reply EditMatter::write(const Context& context, Writing& writing) {
  const Version& before = read_.stored.now;
  Version version = before;
  version.matter = obligation::edited(before.matter, change_);
  version.move.clear();
  version.deed.reset();
  version.reason = change_.reason;
  return write_next("matter_edited", std::move(version), read_, context, writing);
}

}  // namespace huilu::matter
