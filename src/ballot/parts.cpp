#include "ballot/parts.h"

#include <algorithm>
#include <map>
#include <set>

#include "ballot/rules.h"

namespace huilu::ballot {

std::optional<Ballot> stored_from(const store::Rows& rows) {
  if (rows.empty()) return {};
  return ballot_from(rows[0]);
}

void check_open(const std::optional<Ballot>& stored, Date today, Refusals& refusals) {
  const bool is_open = stored && stored->is_open() && today <= stored->until;
  if (!is_open) command::refuse(refusals, RefusalCode::wrong_state, "/ballot");
}

void check_holder(const matter::Read& read, const obligation::Actor& actor, Date today, Instant now,
                  Refusals& refusals) {
  const auto& names = read.type().ballot->held_by;
  const auto roles = obligation::roles_of(read.life(today, now), read.stored.now.matter);
  const bool holds = std::ranges::any_of(roles, [&](const obligation::RoleNow& role) {
    return std::ranges::find(names, role.role->name) != names.end() && actor.plays(role);
  });
  if (holds) return;
  std::string expected;
  for (const std::string& name : names) expected += (expected.empty() ? "" : ", ") + name;
  command::refuse(refusals, RefusalCode::role_required, "/ballot", expected);
}

std::vector<UnitId> holder_units(const matter::Read& read, Date today, Instant now) {
  const auto& names = read.type().ballot->held_by;
  std::set<UnitId> units;
  for (const auto& role : obligation::roles_of(read.life(today, now), read.stored.now.matter)) {
    if (role.unit && std::ranges::find(names, role.role->name) != names.end()) {
      units.insert(*role.unit);
    }
  }
  return {units.begin(), units.end()};
}

journal::Entry entry_of(std::string_view kind, const Ballot& ballot, UnitId unit,
                        const command::Context& context, const Value& content) {
  auto entry = command::entry_of(kind, ballot.id.text(), context, content);
  entry.unit = unit;
  entry.touched.push_back({"ballot", ballot.id.value, 1});
  return entry;
}

Votes counted(const std::vector<VoteRow>& votes, const std::vector<Paper>& papers,
              std::int64_t& on_paper) {
  std::map<std::string, std::string> last;  // rows are in the order of n
  for (const VoteRow& one : votes) last[one.slot] = one.grade;
  Votes counted;
  for (const auto& [slot, grade] : last) ++counted[grade];
  on_paper = 0;
  for (const Paper& paper : papers) {
    if (paper.decision != PaperDecision::confirm) continue;
    on_paper += obligation::number_of(paper.votes);
    for (const auto& [grade, number] : paper.votes) counted[grade] += number;
  }
  return counted;
}

void write_outcome(const Ballot& ballot, UnitId unit, const Outcome& outcome,
                   const std::vector<VoteRow>& votes, const command::Context& context,
                   command::Writing& writing) {
  Value::List rows;
  if (ballot.is_secret && outcome.result != BallotResult::stopped) {
    for (const VoteRow& one : votes) rows.push_back(Value::List{one.slot, one.n, one.grade});
    rewrite_votes(writing, ballot.id, votes);
  }
  const Value content = outcome_content(ballot.id, outcome, std::move(rows));
  write_ended(writing, ballot.id, outcome.result, canonical_json(content), context.account,
              writing.next_sequence());
  auto entry = entry_of("ballot_ended", ballot, unit, context, content);
  entry.previous = ballot.seq;
  writing.append(std::move(entry));
}

}  // namespace huilu::ballot
