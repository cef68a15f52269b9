#include <algorithm>
#include <set>

#include "ballot/parts.h"
#include "ballot/rules.h"
#include "base/hash.h"
#include "base/text.h"

namespace huilu::ballot {

namespace {

using command::Context;
using command::Reply;
using command::Writing;

constexpr std::size_t reason_characters_max = 500;

void check_persons(const std::vector<PersonId>& persons, const std::vector<Voter>& voters,
                   Refusals& refusals) {
  std::set<PersonId> seen;
  for (std::size_t i = 0; i < persons.size(); ++i) {
    const std::string where = "/persons/" + std::to_string(i);
    const auto voter = std::ranges::find(voters, persons[i], &Voter::person);
    if (voter == voters.end()) {
      command::refuse(refusals, RefusalCode::not_a_voter, where, "", persons[i].text());
    } else if (voter->voted_on) {
      command::refuse(refusals, RefusalCode::vote_on_paper, where, "", persons[i].text());
    } else if (!seen.insert(persons[i]).second) {
      command::refuse(refusals, RefusalCode::duplicate, where, "", persons[i].text());
    }
  }
}

void check_files(const std::vector<FileId>& files, const store::Rows& known, Refusals& refusals) {
  if (files.empty()) command::refuse(refusals, RefusalCode::field_required, "/files", "files");
  std::set<FileId> found;
  for (const store::Row row : known) found.insert(row.id<FileId>(0));
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (!found.contains(files[i])) {
      command::refuse(refusals, RefusalCode::unknown_file, "/files/" + std::to_string(i), "",
                      files[i].text());
    }
  }
}

}  // namespace

EnterPaper::EnterPaper(matter::Read read, Ballot ballot, NewPaper asked, AccountId account,
                       Date today, Instant now)
    : read_(std::move(read)),
      ballot_(std::move(ballot)),
      asked_(std::move(asked)),
      account_(account),
      today_(today),
      role_units_(read_.role_units(today, now)) {}

// Nobody on the sheet votes in the same batch.
std::vector<std::string> EnterPaper::keys() const {
  std::vector<std::string> keys = {"papers:" + ballot_.id.text()};
  for (const PersonId person : asked_.persons) {
    keys.push_back("vote:" + ballot_.id.text() + ":" + person.text());
  }
  return keys;
}

void EnterPaper::load(store::Connection& connection) {
  row_ = queue_ballot(connection, ballot_.id);
  voters_ = queue_voters(connection, ballot_.id);
  files_ = queue_known_files(connection, asked_.files);
  actor_.queue(connection, account_, today_, role_units_, {});
}

Refusals EnterPaper::decide(const Context& context) {
  Refusals refusals;
  const auto& type = read_.type();
  check_holder(read_, actor_.actor(context.today), context.today, context.now, refusals);
  if (!type.ballot->paper) command::refuse(refusals, RefusalCode::wrong_state, "/ballot");
  if (refusals.empty()) check_open(stored_from(*row_), context.today, refusals);
  if (!refusals.empty()) return refusals;
  refusals = obligation::check_paper(type, asked_.votes, asked_.persons.size());
  check_persons(asked_.persons, voters_from(*voters_), refusals);
  check_files(asked_.files, *files_, refusals);
  return refusals;
}

Reply EnterPaper::write(const Context& context, Writing& writing) {
  Paper paper;
  paper.id = writing.issue_id();
  paper.votes = asked_.votes;
  paper.persons = static_cast<std::int64_t>(asked_.persons.size());
  paper.entered_by = context.account;
  paper.entered_at = writing.at();
  paper.files = asked_.files;
  const auto seq = writing.next_sequence();
  insert_paper(writing, ballot_.id, paper, asked_.persons,
               holder_units(read_, context.today, context.now), context.today, seq);
  auto entry = entry_of("paper_entered", ballot_, ballot_.unit, context,
                        paper_content(ballot_.id, paper.id, paper.votes, paper.persons));
  Value::List files;
  for (const FileId file : asked_.files) files.push_back(file.text());
  entry.fields.push_back({"files", canonical_json(Value(std::move(files)))});
  for (std::size_t i = 0; i < asked_.persons.size(); ++i) {
    entry.fields.push_back({"voter /" + std::to_string(i), asked_.persons[i].text()});
  }
  writing.append(std::move(entry));
  return {201, Value::object({{"id", std::to_string(paper.id)}, {"journal", seq}})};
}

DecidePaper::DecidePaper(matter::Read read, Ballot ballot, Paper paper, bool confirms,
                         std::string reason, AccountId account, Date today, Instant now)
    : read_(std::move(read)),
      ballot_(std::move(ballot)),
      paper_(std::move(paper)),
      confirms_(confirms),
      reason_(command::kept_text(reason)),
      account_(account),
      today_(today),
      role_units_(read_.role_units(today, now)) {}

std::vector<std::string> DecidePaper::keys() const { return {"papers:" + ballot_.id.text()}; }

void DecidePaper::load(store::Connection& connection) {
  row_ = queue_ballot(connection, ballot_.id);
  papers_ = queue_papers(connection, ballot_.id);
  actor_.queue(connection, account_, today_, role_units_, {{"paper", paper_.entered_by}});
}

Refusals DecidePaper::decide(const Context& context) {
  Refusals refusals;
  check_holder(read_, actor_.actor(context.today), context.today, context.now, refusals);
  if (refusals.empty()) check_open(stored_from(*row_), context.today, refusals);
  if (!refusals.empty()) return refusals;
  const auto papers = papers_from(*papers_);
  const auto now = std::ranges::find(papers, paper_.id, &Paper::id);
  if (now == papers.end() || now->decision) {
    command::refuse(refusals, RefusalCode::wrong_state, "/paper");
  }
  const auto made = actor_.made();
  if (confirms_ && !made.empty() && made.front().by_actor) {
    command::refuse(refusals, RefusalCode::move_same_person, "/paper");
  }
  command::append(refusals, command::check_length(reason_, confirms_ ? 0 : 1, reason_characters_max,
                                                  "/reason"));
  return refusals;
}

Reply DecidePaper::write(const Context& context, Writing& writing) {
  const auto seq = writing.next_sequence();
  write_decided(writing, ballot_.id, paper_.id, confirms_, context.account, reason_, seq);
  auto entry =
      entry_of(confirms_ ? "paper_confirmed" : "paper_refused", ballot_, ballot_.unit, context,
               decision_content(ballot_.id, paper_.id, confirms_ ? "confirm" : "refuse"));
  entry.fields.push_back({"reason", reason_});
  writing.append(std::move(entry));
  return {200, Value::object({{"id", std::to_string(paper_.id)}, {"journal", seq}})};
}

FileEvidence::FileEvidence(matter::Read read, Ballot ballot, std::string evidence,
                           AccountId account, Date today, Instant now)
    : read_(std::move(read)),
      ballot_(std::move(ballot)),
      evidence_(std::move(evidence)),
      account_(account),
      today_(today),
      role_units_(read_.role_units(today, now)) {}

std::vector<std::string> FileEvidence::keys() const { return {"papers:" + ballot_.id.text()}; }

void FileEvidence::load(store::Connection& connection) {
  row_ = queue_ballot(connection, ballot_.id);
  actor_.queue(connection, account_, today_, role_units_, {});
}

Refusals FileEvidence::decide(const Context& context) {
  Refusals refusals;
  check_holder(read_, actor_.actor(context.today), context.today, context.now, refusals);
  const auto stored = stored_from(*row_);
  const bool has_ended =
      stored && stored->outcome && stored->outcome->result != BallotResult::stopped;
  if (!has_ended || stored->evidence) {
    command::refuse(refusals, RefusalCode::wrong_state, "/ballot");
  }
  return refusals;
}

Reply FileEvidence::write(const Context& context, Writing& writing) {
  const auto seq = writing.next_sequence();
  write_filed(writing, ballot_.id, evidence_, context.account, seq);
  writing.append(entry_of("ballot_evidence_filed", ballot_, ballot_.unit, context,
                          filed_content(ballot_.id, evidence_)));
  return {200, Value::object({{"id", ballot_.id.text()},
                              {"sha256", hex(bytes_of(sha256(evidence_)))},
                              {"journal", seq}})};
}

}  // namespace huilu::ballot
