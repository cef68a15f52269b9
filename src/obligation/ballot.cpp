#include "obligation/ballot.h"

#include <algorithm>
#include <set>

#include "base/members.h"
#include "obligation/matter_context.h"
#include "policy/finding.h"
#include "policy/scalar.h"

namespace huilu::obligation {

namespace {

constexpr std::int64_t votes_most = 100'000;

bool opens_in(const policy::MatterType& type, std::string_view state) {
  return type.ballot && std::find(type.ballot->opens.begin(), type.ballot->opens.end(), state) !=
                            type.ballot->opens.end();
}

}  // namespace

std::int64_t number_of(const Votes& votes) {
  std::int64_t all = 0;
  for (const auto& [grade, number] : votes) all += number;
  return all;
}

bool opens_ballot(const policy::MatterType& type, std::string_view from, std::string_view to) {
  return from != to && opens_in(type, to);
}

bool stops_ballot(const policy::MatterType& type, std::string_view to) {
  return !opens_in(type, to);
}

std::optional<Date> last_day_of_ballot(const Lifecycle& life, const Matter& matter, Date opened) {
  MatterContext context(life, matter);
  const auto length = context.length(life.type.ballot->window, opened);
  if (!length.term) return {};
  return calendar::after(context.calendar_known_on(opened), opened, *length.term).day;
}

std::vector<PersonId> voters_by(const RoleNow& role, const std::vector<Membership>& memberships,
                                const std::vector<Tenure>& tenures, Date day) {
  if (role.role->kind == policy::RoleKind::persons) return role.persons;
  std::vector<PersonId> voters;
  if (!role.unit) return voters;
  if (role.role->kind == policy::RoleKind::unit) {
    for (const Membership& one : memberships)
      if (one.unit == *role.unit && one.span.contains(day)) voters.push_back(one.person);
    return voters;
  }
  for (const Tenure& one : tenures)
    if (one.unit == *role.unit && one.kind == role.role->post && one.span.contains(day))
      voters.push_back(one.person);
  return voters;
}

std::vector<PersonId> voters_of(const Lifecycle& life, const Matter& matter,
                                const std::vector<Membership>& memberships,
                                const std::vector<Tenure>& tenures) {
  std::set<PersonId> voters;
  const auto& names = life.type.ballot->voters;
  for (const RoleNow& role : roles_of(life, matter)) {
    if (std::find(names.begin(), names.end(), role.role->name) == names.end()) continue;
    for (const PersonId person : voters_by(role, memberships, tenures, life.today))
      voters.insert(person);
  }
  return {voters.begin(), voters.end()};
}

BallotJudged judge(const Lifecycle& life, const Matter& matter, const Votes& votes) {
  const policy::MatterBallot& ballot = *life.type.ballot;
  MatterContext context(life, matter);
  const auto share = context.measure(ballot.pass.at_least);
  const auto least = context.measure(ballot.min_ballots);
  BallotJudged judged{BallotResult::unknown, share.value, least.value,
                      share.is_assumed || least.is_assumed};
  if (!share.value || !least.value) return judged;
  const std::int64_t all = number_of(votes);
  if (all < *least.value || all == 0) {
    judged.result = BallotResult::too_few;
    return judged;
  }
  std::int64_t favourable = 0;
  for (const std::string& grade : ballot.pass.share)
    if (const auto found = votes.find(grade); found != votes.end()) favourable += found->second;
  const bool passes = favourable * policy::one_in_millionths >= *share.value * all;
  judged.result = passes ? BallotResult::pass : BallotResult::fail;
  return judged;
}

const policy::Move* follows(const policy::MatterType& type, BallotResult result) {
  if (result == BallotResult::fail) return type.find_move(type.ballot->if_failed);
  if (result == BallotResult::too_few) return type.find_move(type.ballot->below_min);
  return nullptr;
}

Refusals check_grade(const policy::MatterType& type, std::string_view grade,
                     std::string_view where) {
  Refusals refusals;
  if (type.ballot->find_grade(grade)) return refusals;
  std::vector<std::string_view> words;
  for (const policy::Term& one : type.ballot->scale) words.push_back(one.code);
  refuse(refusals, RefusalCode::unknown_word, std::string(where),
         policy::nearest_or_all(grade, words), std::string(grade));
  return refusals;
}

Refusals check_paper(const policy::MatterType& type, const Votes& votes, std::size_t persons) {
  Refusals refusals;
  for (const auto& [grade, number] : votes) {
    const std::string where = "/votes" + pointer_step(grade);
    for (Refusal& one : check_grade(type, grade, where)) refusals.push_back(std::move(one));
    if (number < 0 || number > votes_most)
      refuse(refusals, RefusalCode::field_range, where, "0.." + std::to_string(votes_most),
             std::to_string(number));
  }
  if (persons == 0) refuse(refusals, RefusalCode::field_required, "/persons");
  const std::int64_t all = number_of(votes);
  if (refusals.empty() && all != static_cast<std::int64_t>(persons))
    refuse(refusals, RefusalCode::ballot_paper_sum, "/votes", std::to_string(persons),
           std::to_string(all));
  return refusals;
}

}  // namespace huilu::obligation
