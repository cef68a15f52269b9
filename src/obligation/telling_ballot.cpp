// Lines of a matter's story about its ballot: votes that are cast, or entered from paper by one
// person and confirmed by another, the evidence that is filed, and what it comes to.
#include <algorithm>

#include "obligation/matter_context.h"
#include "obligation/telling_matter.h"
#include "policy/declarations.h"
#include "policy/finding.h"

namespace huilu::obligation {

namespace {

using policy::Member;
using policy::Node;
using policy::NodeKind;

constexpr std::array<std::string_view, 6> ballot_expectations = {"result", "voters", "votes",
                                                                 "opened", "until",  "evidence"};

void check_keys_of(const Node& line, std::vector<std::string_view> keys, policy::Reading& reading) {
  for (const std::string_view key : {"day", "actor", "expect"}) keys.push_back(key);
  for (const Member& member : line.members)
    if (std::find(keys.begin(), keys.end(), member.key) == keys.end())
      policy::reading::unknown_key(reading, member, keys);
}

std::string none_or(const std::optional<Date>& day) { return day ? day->text() : "none"; }

}  // namespace

Votes MatterTelling::Ballot::all() const {
  Votes all = paper;
  for (const auto& [person, grade] : votes) ++all[grade];
  return all;
}

void MatterTelling::follow_ballot(std::string_view from) {
  if (!type_->ballot || from.empty()) return;
  if (ballot_ && ballot_->now.result == BallotResult::open && stops_ballot(*type_, matter_->state))
    ballot_->now.result = BallotResult::stopped;
  if (!opens_ballot(*type_, from, matter_->state)) return;
  ballot_.reset();
  Ballot opened;
  opened.opened = today_;
  opened.until = last_day_of_ballot(life(), *matter_, today_);
  opened.voters = voters_of(life(), *matter_, stage_.facts.memberships, stage_.facts.tenures);
  if (!opened.voters.empty() && opened.until) ballot_ = std::move(opened);
}

// It is judged at the end of its last day, and what follows is done on the next.
void MatterTelling::end_ballot(Date day) {
  if (!ballot_ || ballot_->now.result != BallotResult::open || day <= *ballot_->until) return;
  const BallotJudged judged = judge(life_on(*ballot_->until), *matter_, ballot_->all());
  ballot_->now.result = judged.result;
  const policy::Move* const move = follows(*type_, judged.result);
  if (!move || std::find(move->from.begin(), move->from.end(), matter_->state) == move->from.end())
    return;
  const Date now = today_;
  today_ = *ballot_->until + 1;
  stands(moved(life(), *matter_, move->id, {}), move->id, {}, {});
  moves_.made.insert(type_->name + '.' + move->id);
  today_ = now;
}

void MatterTelling::tell_ballot(const Node& line) {
  if (!type_->ballot)
    return reading_.report(RefusalCode::pack_reference, line.place, "a type with a ballot",
                           type_->name);
  if (const Node* const grade = line.find("ballot")) return cast(line, *grade);
  if (const Node* const votes = line.find("paper")) return enter_paper(line, *votes);
  if (line.find("confirm")) return confirm_paper(line);
  file_evidence(line);
}

void MatterTelling::cast(const Node& line, const Node& grade) {
  check_keys_of(line, {"ballot"}, reading_);
  const auto person = actor_of(line);
  if (!person || !policy::reading::is_scalar(reading_, grade, "word of the scale")) return;
  Attempt attempt;
  if (!ballot_ || ballot_->now.result != BallotResult::open)
    refuse(attempt.refusals, RefusalCode::wrong_state, "/ballot");
  else if (std::find(ballot_->voters.begin(), ballot_->voters.end(), *person) ==
           ballot_->voters.end())
    refuse(attempt.refusals, RefusalCode::not_a_voter, "");
  else if (ballot_->on_paper.contains(*person) || ballot_->waiting_from.contains(*person))
    refuse(attempt.refusals, RefusalCode::vote_on_paper, "");
  else
    attempt.refusals = check_grade(*type_, grade.text, "/grade");
  if (attempt.refusals.empty()) ballot_->votes[*person] = grade.text;
  expect(line, attempt, true);
}

Refusals MatterTelling::check_holder(PersonId person) const {
  Refusals refusals;
  if (!ballot_)
    refuse(refusals, RefusalCode::wrong_state, "/ballot");
  else
    check_role(life(), *matter_, type_->ballot->held_by, actor(person), "/ballot", refusals);
  return refusals;
}

// {satisfied: 2, unsatisfied: 1}
void MatterTelling::enter_paper(const Node& line, const Node& votes) {
  check_keys_of(line, {"paper", "persons"}, reading_);
  const auto person = actor_of(line);
  const Node& persons = line.below("persons");
  if (!person || !policy::reading::is_map(reading_, votes) ||
      !policy::reading::is_list(reading_, persons))
    return;
  Votes entered;
  for (const Member& member : votes.members)
    policy::integer(0, 100'000).read(reading_, member.value, entered[member.key]);
  std::set<PersonId> from;
  for (const Node& one : persons.items)
    if (const auto id = stage_.person(one)) from.insert(*id);
  Attempt attempt{check_holder(*person), {}};
  if (attempt.refusals.empty() &&
      (!type_->ballot->paper || ballot_->now.result != BallotResult::open))
    refuse(attempt.refusals, RefusalCode::wrong_state, "/ballot");
  if (attempt.refusals.empty()) attempt.refusals = check_paper(*type_, entered, from.size());
  for (const PersonId one : from) {
    if (!ballot_) break;
    if (std::find(ballot_->voters.begin(), ballot_->voters.end(), one) == ballot_->voters.end())
      refuse(attempt.refusals, RefusalCode::not_a_voter, "/persons");
    else if (ballot_->votes.contains(one) || ballot_->on_paper.contains(one))
      refuse(attempt.refusals, RefusalCode::vote_on_paper, "/persons");
  }
  if (attempt.refusals.empty()) {
    ballot_->waiting = std::move(entered);
    ballot_->waiting_from = std::move(from);
    ballot_->entered_by = person;
  }
  expect(line, attempt, true);
}

void MatterTelling::confirm_paper(const Node& line) {
  check_keys_of(line, {"confirm"}, reading_);
  const auto person = actor_of(line);
  if (!person) return;
  Attempt attempt{check_holder(*person), {}};
  const bool waits =
      ballot_ && ballot_->now.result == BallotResult::open && !ballot_->waiting_from.empty();
  if (attempt.refusals.empty() && !waits)
    refuse(attempt.refusals, RefusalCode::wrong_state, "/ballot");
  if (waits && ballot_->entered_by == person)
    refuse(attempt.refusals, RefusalCode::move_same_person, "/ballot");
  if (attempt.refusals.empty()) {
    for (const auto& [grade, number] : ballot_->waiting) ballot_->paper[grade] += number;
    ballot_->on_paper.insert(ballot_->waiting_from.begin(), ballot_->waiting_from.end());
    ballot_->waiting.clear();
    ballot_->waiting_from.clear();
  }
  expect(line, attempt, true);
}

// {file: evidence}
void MatterTelling::file_evidence(const Node& line) {
  check_keys_of(line, {"file"}, reading_);
  const auto person = actor_of(line);
  if (!person) return;
  Attempt attempt{check_holder(*person), {}};
  const bool has_ended = ballot_ && ballot_->now.result != BallotResult::open &&
                         ballot_->now.result != BallotResult::stopped;
  if (attempt.refusals.empty() && (!has_ended || ballot_->now.has_evidence))
    refuse(attempt.refusals, RefusalCode::wrong_state, "/ballot");
  if (attempt.refusals.empty()) ballot_->now.has_evidence = true;
  expect(line, attempt, true);
}

std::string MatterTelling::value_of_ballot(std::string_view key) const {
  if (!ballot_) return "none";
  if (key == "result")
    return std::string(ballot_result_words[static_cast<std::size_t>(ballot_->now.result)]);
  if (key == "voters") return std::to_string(ballot_->voters.size());
  if (key == "votes") return std::to_string(number_of(ballot_->all()));
  if (key == "opened") return ballot_->opened.text();
  if (key == "until") return none_or(ballot_->until);
  return ballot_->now.has_evidence ? "true" : "false";
}

// pass, or {result: open, votes: 3}
void MatterTelling::expect_ballot(const Node& node) {
  const auto hold = [&](std::string_view key, const Node& wanted) {
    const std::string found = value_of_ballot(key);
    check(wanted.text == found, "ballot " + std::string(key), wanted, found);
    if (key == "result" && wanted.text == found)
      moves_.judged.insert(type_->name + ".ballot." + found);
  };
  if (node.kind != NodeKind::map) return hold("result", node);
  const std::vector<std::string_view> keys(ballot_expectations.begin(), ballot_expectations.end());
  for (const Member& one : node.members)
    if (std::find(keys.begin(), keys.end(), one.key) == keys.end())
      policy::reading::unknown_key(reading_, one, keys);
    else
      hold(one.key, one.value);
}

}  // namespace huilu::obligation
