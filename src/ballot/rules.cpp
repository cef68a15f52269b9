#include "ballot/rules.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/fault.h"
#include "base/hash.h"
#include "base/text.h"
#include "policy/scalar.h"

namespace huilu::ballot {

namespace {

Value number_or_null(const std::optional<std::int64_t>& number) {
  return number ? Value(*number) : Value();
}

std::optional<std::int64_t> number_in(const Value& value, std::string_view key) {
  const Value* const member = value.find(key);
  if (member == nullptr || member->integer() == nullptr) return {};
  return *member->integer();
}

std::string word_in_content(const Value& value, std::string_view key) {
  const Value* const member = value.find(key);
  return member == nullptr || member->text() == nullptr ? std::string() : *member->text();
}

std::string_view word_of(BallotResult result) {
  return obligation::ballot_result_words[static_cast<std::size_t>(result)];
}

BallotResult result_from(std::string_view word) {
  const auto& words = obligation::ballot_result_words;
  const auto found = std::ranges::find(words, word);
  if (found == words.end()) throw Fault(FaultKind::damaged, "a ballot's result is no known one");
  return static_cast<BallotResult>(found - words.begin());
}

}  // namespace

std::string Ballot::slot_of(PersonId person) const {
  if (!is_secret) return person.text();
  return hex(bytes_of(Sha256().add(slot_key).add(person.text()).finish()));
}

Value votes_value(const Votes& votes) {
  Value value{Value::Object{}};
  for (const auto& [grade, number] : votes) value.set(grade, number);
  return value;
}

Votes votes_from(const Value& value) {
  Votes votes;
  if (value.object() == nullptr) return votes;
  for (const auto& [grade, number] : value.object()->members) {
    if (number.integer() != nullptr) votes[grade] = *number.integer();
  }
  return votes;
}

Value opened_content(const Ballot& ballot) {
  return Value::object({{"ballot", ballot.id.text()},
                        {"matter", ballot.matter.text()},
                        {"version", ballot.version},
                        {"unit", ballot.unit.text()},
                        {"opened", ballot.opened.text()},
                        {"until", ballot.until.text()},
                        {"secret", ballot.is_secret},
                        {"voters", ballot.voters}});
}

Value vote_content(BallotId ballot, std::int64_t n) {
  return Value::object({{"ballot", ballot.text()}, {"n", n}});
}

Value paper_content(BallotId ballot, std::int64_t paper, const Votes& votes, std::int64_t persons) {
  return Value::object({{"ballot", ballot.text()},
                        {"paper", paper},
                        {"persons", persons},
                        {"votes", votes_value(votes)}});
}

Value decision_content(BallotId ballot, std::int64_t paper, std::string_view decision) {
  return Value::object({{"ballot", ballot.text()}, {"paper", paper}, {"decision", decision}});
}

Value filed_content(BallotId ballot, std::string_view evidence) {
  return Value::object({{"ballot", ballot.text()}, {"sha256", hex(bytes_of(sha256(evidence)))}});
}

Value outcome_content(BallotId ballot, const Outcome& outcome, Value::List rows) {
  return Value::object({{"assumed", outcome.is_assumed},
                        {"ballot", ballot.text()},
                        {"least", number_or_null(outcome.least)},
                        {"move", outcome.move.empty() ? Value() : Value(outcome.move)},
                        {"on_paper", outcome.on_paper},
                        {"result", word_of(outcome.result)},
                        {"rows", std::move(rows)},
                        {"share", number_or_null(outcome.share)},
                        {"votes", votes_value(outcome.votes)}});
}

Outcome outcome_from(std::string_view content) {
  const auto parsed = parse_json(content);
  if (!parsed) throw Fault(FaultKind::damaged, "what a ballot came to is not JSON");
  Outcome outcome;
  outcome.result = result_from(word_in_content(*parsed, "result"));
  if (const Value* const votes = parsed->find("votes")) outcome.votes = votes_from(*votes);
  outcome.on_paper = number_in(*parsed, "on_paper").value_or(0);
  outcome.share = number_in(*parsed, "share");
  outcome.least = number_in(*parsed, "least");
  const Value* const assumed = parsed->find("assumed");
  outcome.is_assumed = assumed != nullptr && assumed->boolean() != nullptr && *assumed->boolean();
  outcome.move = word_in_content(*parsed, "move");
  return outcome;
}

bool is_of_present(const Ballot& last, const policy::MatterType& type,
                   const std::vector<matter::Version>& history) {
  std::int64_t entered = 0;
  std::string state;
  for (const matter::Version& one : history) {
    if (obligation::opens_ballot(type, state, one.matter.state)) entered = one.version;
    state = one.matter.state;
  }
  return entered != 0 && last.version == entered;
}

obligation::BallotNow now_of(const Ballot& ballot) {
  return {ballot.outcome ? ballot.outcome->result : BallotResult::open,
          ballot.evidence.has_value()};
}

bool is_shown(const Votes& votes) { return obligation::number_of(votes) >= shown_from; }

std::string evidence_text(const Ballot& ballot, const policy::MatterType& type,
                          const matter::Matter& matter, const std::vector<Paper>& papers,
                          const std::vector<std::string>& scans) {
  const auto& declared = *type.ballot;
  const auto title = [](const policy::Label& label) { return label.in(policy::Language::zh_cn); };
  const auto say = [](std::string_view key, const words::Values& values) {
    return words::text(words::Language::zh_cn, "ballot.evidence." + std::string(key), values) +
           "\n";
  };
  const Outcome& outcome = *ballot.outcome;
  const std::int64_t all = obligation::number_of(outcome.votes);
  std::string text = say("title", {{"type", title(type.title)},
                                   {"matter", matter.id.text()},
                                   {"ballot", ballot.id.text()},
                                   {"title", title(declared.title)}});
  text += say("days", {{"opened", ballot.opened.text()}, {"until", ballot.until.text()}});
  text += say("voters", {{"voters", std::to_string(ballot.voters)},
                         {"votes", std::to_string(all)},
                         {"paper", std::to_string(outcome.on_paper)}});
  if (is_shown(outcome.votes)) {
    for (const auto& grade : declared.scale) {
      const auto found = outcome.votes.find(grade.code);
      text += say("grade",
                  {{"grade", title(grade.title)},
                   {"votes", std::to_string(found == outcome.votes.end() ? 0 : found->second)}});
    }
  } else {
    text += say("withheld", {{"least", std::to_string(shown_from)}});
  }
  if (outcome.share && outcome.least) {
    text += say("needed", {{"share", policy::decimal_text(*outcome.share * 100)},
                           {"least", std::to_string(*outcome.least)}});
  }
  text += say(
      "result",
      {{"result", words::text(words::Language::zh_cn,
                              "sentence.ballot_result." + std::string(word_of(outcome.result)))}});
  std::int64_t sheets = 0;
  for (const Paper& one : papers) sheets += one.decision == PaperDecision::confirm ? 1 : 0;
  if (sheets > 0) text += say("sheets", {{"sheets", std::to_string(sheets)}});
  for (const std::string& scan : scans) text += say("scan", {{"sha256", scan}});
  return text;
}

}  // namespace huilu::ballot
