#include "ballot/parts.h"
#include "ballot/rules.h"

namespace huilu::ballot {

using command::Context;
using command::Reply;
using command::Writing;

Vote::Vote(Ballot ballot, const policy::MatterType& type, std::optional<PersonId> person,
           AccountId account, std::string grade)
    : ballot_(std::move(ballot)),
      type_(type),
      person_(person.value_or(PersonId{})),
      account_(account),
      grade_(std::move(grade)) {}

std::vector<std::string> Vote::keys() const {
  return {"vote:" + ballot_.id.text() + ":" + person_.text()};
}

void Vote::load(store::Connection& connection) {
  row_ = queue_ballot(connection, ballot_.id);
  voter_ = queue_voter(connection, ballot_.id, account_);
  last_ = queue_last_vote(connection, ballot_.id, ballot_.slot_of(person_));
}

Refusals Vote::decide(const Context& context) {
  Refusals refusals;
  check_open(stored_from(*row_), context.today, refusals);
  if (!refusals.empty()) return refusals;
  const auto voter = voter_from(*voter_);
  if (!voter || voter->person != person_) {
    command::refuse(refusals, RefusalCode::not_a_voter, "");
  } else if (voter->paper) {
    command::refuse(refusals, RefusalCode::vote_on_paper, "");
  } else {
    refusals = obligation::check_grade(type_, grade_, "/grade");
  }
  return refusals;
}

// What is secret is not in the journal until the ballot ends: only that somebody voted is.
Reply Vote::write(const Context& context, Writing& writing) {
  const auto seq = writing.next_sequence();
  CastVote vote{ballot_.id,
                ballot_.slot_of(person_),
                last_vote_from(*last_) + 1,
                grade_,
                person_,
                context.today,
                {},
                {},
                {}};
  if (!ballot_.is_secret) {
    vote.account = context.account;
    vote.at = writing.at();
    vote.seq = seq;
  }
  insert_vote(writing, vote);
  auto entry =
      entry_of(ballot_.is_secret ? "vote_taken" : "vote_cast", ballot_, ballot_.unit, context,
               ballot_.is_secret ? Value::object({{"ballot", ballot_.id.text()}})
                                 : vote_content(ballot_.id, vote.n));
  entry.fields.push_back({"voter", person_.text()});
  if (!ballot_.is_secret) entry.fields.push_back({"grade", grade_});
  writing.append(std::move(entry));
  const Date voted_on = voter_from(*voter_)->voted_on.value_or(context.today);
  return {200, Value::object(
                   {{"id", ballot_.id.text()}, {"voted_on", voted_on.text()}, {"journal", seq}})};
}

}  // namespace huilu::ballot
