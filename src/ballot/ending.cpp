#include <algorithm>

#include "ballot/parts.h"
#include "ballot/rules.h"
#include "matter/versions.h"

namespace huilu::ballot {

using command::Context;
using command::Reply;
using command::Writing;

EndBallot::EndBallot(matter::Read read, Ballot ballot, Date today, Instant now)
    : read_(std::move(read)), ballot_(std::move(ballot)), today_(today), now_(now) {}

std::vector<std::string> EndBallot::keys() const { return matter::keys_of(read_); }

void EndBallot::load(store::Connection& connection) {
  row_ = queue_ballot(connection, ballot_.id);
  votes_ = queue_votes(connection, ballot_.id);
  papers_ = queue_papers(connection, ballot_.id);
  newest_ = matter::queue_newest(connection, ballot_.matter);
}

Refusals EndBallot::decide(const Context& context) {
  Refusals refusals;
  const auto stored = stored_from(*row_);
  if (!stored || !stored->is_open() || context.today <= stored->until) {
    command::refuse(refusals, RefusalCode::wrong_state, "/ballot");
    return refusals;
  }
  return matter::check_newest(*newest_, read_.stored.now, read_.stored.now.version);
}

// Judged by what was in force on the last day.
Reply EndBallot::write(const Context& context, Writing& writing) {
  const auto votes = votes_from(*votes_);
  const matter::Matter& matter = read_.stored.now.matter;
  Outcome outcome;
  outcome.votes = counted(votes, papers_from(*papers_), outcome.on_paper);
  const auto judged =
      obligation::judge(read_.life(ballot_.until, context.now), matter, outcome.votes);
  outcome.result = judged.result;
  outcome.share = judged.share;
  outcome.least = judged.least;
  outcome.is_assumed = judged.is_assumed;
  const policy::Move* move = obligation::follows(read_.type(), judged.result);
  if (move != nullptr && std::ranges::find(move->from, matter.state) == move->from.end()) {
    move = nullptr;
  }
  if (move != nullptr) outcome.move = move->id;
  write_outcome(ballot_, matter.unit, outcome, votes, context, writing);
  const auto seq = writing.next_sequence() - 1;
  if (move != nullptr) {
    matter::Version version = read_.stored.now;
    version.matter =
        obligation::moved(read_.life(context.today, context.now), matter, move->id, {});
    version.move = move->id;
    version.deed.reset();
    version.reason.clear();
    matter::write_next("matter_moved", std::move(version), read_, context, writing);
  }
  return {200, Value::object({{"id", ballot_.id.text()}, {"journal", seq}})};
}

}  // namespace huilu::ballot
