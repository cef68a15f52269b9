// Ballots read aloud: who votes on what, for how long, when it is passed, and what follows.
#include "policy/phrases.h"
#include "policy/sentence.h"

namespace huilu::policy {

namespace {

class BallotReading {
 public:
  BallotReading(const MatterType& type, const Phrases& phrases)
      : type_(type), ballot_(*type.ballot), phrases_(phrases) {}

  std::string text() const {
    std::vector<std::string> parts = {
        phrases_.say("ballot", {{"title", phrases_.title(ballot_.title)},
                                {"states", states()},
                                {"voters", voters()},
                                {"scale", grades(codes_of_scale())},
                                {"length", phrases_.text(ballot_.window)}}),
        phrases_.say(ballot_.secret ? "ballot.secret" : "ballot.named"),
        phrases_.say("ballot.pass", {{"grades", grades(ballot_.pass.share)},
                                     {"share", share(ballot_.pass.at_least)}})};
    parts.push_back(ballot_.below_min == below_min_wait
                        ? phrases_.say("ballot.wait", {{"least", number(ballot_.min_ballots)}})
                        : phrases_.say("ballot.below", {{"least", number(ballot_.min_ballots)},
                                                        {"move", move(ballot_.below_min)}}));
    parts.push_back(phrases_.say("ballot.failed", {{"move", move(ballot_.if_failed)}}));
    parts.push_back(phrases_.say(ballot_.paper ? "ballot.held_with_paper" : "ballot.held",
                                 {{"roles", roles(ballot_.held_by)}}));
    if (ballot_.evidence == BallotEvidence::required)
      parts.push_back(phrases_.say("ballot.evidence"));
    return phrases_.say("stop", {{"text", phrases_.joined(parts, "clause")}});
  }

 private:
  std::string quoted(const std::string& text) const {
    return phrases_.say("quoted", {{"text", text}});
  }

  std::vector<std::string> codes_of_scale() const {
    std::vector<std::string> codes;
    for (const Term& one : ballot_.scale) codes.push_back(one.code);
    return codes;
  }

  std::string grades(const std::vector<std::string>& codes) const {
    std::vector<std::string> titles;
    for (const std::string& code : codes) {
      const Term* const term = ballot_.find_grade(code);
      titles.push_back(quoted(term ? phrases_.title(term->title) : code));
    }
    return phrases_.one_of(titles);
  }

  std::string states() const {
    std::vector<std::string> titles;
    for (const std::string& id : ballot_.opens) {
      const MatterState* const state = type_.find_state(id);
      titles.push_back(quoted(state ? phrases_.title(state->title) : id));
    }
    return phrases_.one_of(titles);
  }

  std::string role(const std::string& name) const {
    const MatterRole* const found = type_.find_role(name);
    return found ? phrases_.title(found->title) : name;
  }

  std::string roles(const std::vector<std::string>& names) const {
    std::vector<std::string> titles;
    for (const std::string& name : names) titles.push_back(role(name));
    return phrases_.joined(titles, "list");
  }

  // Of a unit those on its roll vote, of a post those who hold it.
  std::string voters() const {
    std::vector<std::string> titles;
    for (const std::string& name : ballot_.voters) {
      const MatterRole* const found = type_.find_role(name);
      const bool is_unit = found && found->kind == RoleKind::unit;
      titles.push_back(is_unit ? phrases_.say("ballot.members", {{"role", role(name)}})
                               : role(name));
    }
    return phrases_.joined(titles, "list");
  }

  std::string move(const std::string& id) const {
    const Move* const found = type_.find_move(id);
    return quoted(found ? phrases_.title(found->title) : id);
  }

  std::string share(const Threshold& threshold) const {
    if (const auto* const use = std::get_if<ParameterUse>(&threshold.what))
      return phrases_.text(*use);
    const auto* const written = std::get_if<Decimal>(&threshold.what);
    return phrases_.percent(written ? *written : Decimal{});
  }

  std::string number(const Threshold& threshold) const {
    if (const auto* const use = std::get_if<ParameterUse>(&threshold.what))
      return phrases_.text(*use);
    const auto* const written = std::get_if<std::int64_t>(&threshold.what);
    return std::to_string(written ? *written : 0);
  }

  const MatterType& type_;
  const MatterBallot& ballot_;
  const Phrases& phrases_;
};

}  // namespace

std::string sentence_of_ballot(const MatterType& type, const Pack& pack,
                               const std::vector<Pack>& packs, Language language) {
  const Phrases phrases(pack, packs, language);
  return phrases.cited(type.ballot->clauses, BallotReading(type, phrases).text());
}

}  // namespace huilu::policy
