#include <algorithm>
#include <set>

#include "ballot/parts.h"
#include "ballot/queries.h"
#include "ballot/rules.h"
#include "base/hash.h"

namespace huilu::ballot {

namespace {

using command::Context;
using command::Reply;
using command::Writing;
using obligation::Change;

constexpr std::size_t slot_key_bytes = 32;

class MoveWithBallot : public command::Command {
 public:
  MoveWithBallot(matter::Read read, const policy::Move& move, Change change, std::int64_t seen,
                 AccountId account, Date today, Instant now,
                 std::optional<matter::Survivor> survivor)
      : read_(read),
        today_(today),
        now_(now),
        after_(obligation::moved(read_.life(today, now), read_.stored.now.matter, move.id, change)),
        opens_(obligation::opens_ballot(read_.type(), read_.stored.now.matter.state, move.to)),
        stops_(obligation::stops_ballot(read_.type(), move.to)),
        inner_(std::move(read), move.id, std::move(change), seen, account, today, now,
               std::move(survivor)) {}

  std::string_view name() const override { return inner_.name(); }
  command::Need need() const override { return inner_.need(); }
  std::vector<std::string> keys() const override { return inner_.keys(); }
  bool alone() const override { return stops_; }  // no vote is cast meanwhile

  void load(store::Connection& connection) override {
    inner_.load(connection);
    open_ = queue_open(connection, read_.stored.now.matter.id);
    named_.clear();
    asked_.clear();
    if (opens_) queue_voters_by_role(connection);
  }

  Refusals decide(const Context& context) override { return inner_.decide(context); }

  Reply write(const Context& context, Writing& writing) override {
    Reply reply = inner_.write(context, writing);
    if (stops_) {
      for (const store::Row row : *open_) {
        Outcome outcome;
        outcome.result = BallotResult::stopped;
        write_outcome(ballot_from(row), after_.unit, outcome, {}, context, writing);
      }
    }
    if (opens_) open(*reply.body.find("version")->integer(), context, writing);
    return reply;
  }

 private:
  void queue_voters_by_role(store::Connection& connection) {
    const auto& names = read_.type().ballot->voters;
    for (const auto& role : obligation::roles_of(read_.life(today_, now_), after_)) {
      if (std::ranges::find(names, role.role->name) == names.end()) continue;
      named_.insert(role.persons.begin(), role.persons.end());
      if (!role.unit) continue;
      if (role.role->kind == policy::RoleKind::unit) {
        asked_.push_back(queue_members(connection, *role.unit, today_));
      } else if (role.role->kind == policy::RoleKind::post) {
        asked_.push_back(queue_holders(connection, *role.unit, role.role->post, today_));
      }
    }
  }

  void open(std::int64_t version, const Context& context, Writing& writing) {
    std::set<PersonId> voters = named_;
    for (const auto& rows : asked_) {
      for (const PersonId person : persons_from(*rows)) voters.insert(person);
    }
    const auto until = obligation::last_day_of_ballot(read_.life(context.today, context.now),
                                                      after_, context.today);
    if (voters.empty() || !until) return;
    Ballot ballot;
    ballot.id = BallotId{writing.issue_id()};
    ballot.matter = read_.stored.now.matter.id;
    ballot.version = version;
    ballot.unit = after_.unit;
    ballot.opened = context.today;
    ballot.until = *until;
    ballot.is_secret = read_.type().ballot->secret;
    ballot.voters = static_cast<std::int64_t>(voters.size());
    if (ballot.is_secret) ballot.slot_key = random_bytes(slot_key_bytes);
    ballot.seq = writing.next_sequence();
    insert_opened(writing, ballot, {voters.begin(), voters.end()});
    auto entry = entry_of("ballot_opened", ballot, ballot.unit, context, opened_content(ballot));
    std::size_t n = 0;
    for (const PersonId person : voters) {
      entry.fields.push_back({"voter /" + std::to_string(n++), person.text()});
    }
    writing.append(std::move(entry));
  }

  matter::Read read_;
  Date today_;
  Instant now_;
  matter::Matter after_;
  bool opens_;
  bool stops_;
  matter::MoveMatter inner_;
  store::Pending open_;
  std::set<PersonId> named_;
  std::vector<store::Pending> asked_;
};

}  // namespace

std::unique_ptr<command::Command> moving(matter::Read read, std::string move, Change change,
                                         std::int64_t seen, AccountId account, Date today,
                                         Instant now, const std::vector<policy::Pack>& packs) {
  auto survivor = matter::survivor_of(read, move, change, packs);
  if (survivor) survivor->attach = attach;
  const policy::Move* const declared = read.type().ballot ? read.type().find_move(move) : nullptr;
  if (declared == nullptr) {
    return std::make_unique<matter::MoveMatter>(std::move(read), std::move(move), std::move(change),
                                                seen, account, today, now, std::move(survivor));
  }
  const policy::Move& found = *declared;
  return std::make_unique<MoveWithBallot>(std::move(read), found, std::move(change), seen, account,
                                          today, now, std::move(survivor));
}

}  // namespace huilu::ballot
