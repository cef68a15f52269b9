// Relapses read aloud: what a new matter is compared with, when it is proposed, and who decides.
#include "policy/phrases.h"
#include "policy/sentence.h"

namespace huilu::policy {

namespace {

class RelapseReading {
 public:
  RelapseReading(const MatterType& type, const Phrases& phrases)
      : type_(type), one_(*type.relapse), phrases_(phrases) {}

  std::string text() const {
    const std::string text = phrases_.say(one_.same.empty() ? "relapse" : "relapse.same",
                                          {{"states", states()},
                                           {"length", phrases_.text(one_.within)},
                                           {"same", fields(one_.same)},
                                           {"fields", fields(one_.alike)},
                                           {"share", share()},
                                           {"roles", roles()}});
    return phrases_.say("stop", {{"text", text}});
  }

 private:
  std::string quoted(const std::string& text) const {
    return phrases_.say("quoted", {{"text", text}});
  }

  std::string states() const {
    std::vector<std::string> titles;
    for (const std::string& id : one_.of) {
      const MatterState* const state = type_.find_state(id);
      titles.push_back(quoted(state ? phrases_.title(state->title) : id));
    }
    return phrases_.one_of(titles);
  }

  std::string fields(const std::vector<std::string>& names) const {
    std::vector<std::string> titles;
    for (const std::string& name : names) {
      const Field* const field = type_.find_field(name);
      titles.push_back(field ? phrases_.title(field->title) : name);
    }
    return phrases_.joined(titles, "list");
  }

  std::string roles() const {
    std::vector<std::string> titles;
    for (const std::string& name : one_.by) {
      const MatterRole* const role = type_.find_role(name);
      titles.push_back(role ? phrases_.title(role->title) : name);
    }
    return phrases_.one_of(titles);
  }

  std::string share() const {
    if (const auto* const use = std::get_if<ParameterUse>(&one_.at_least.what))
      return phrases_.text(*use);
    const auto* const written = std::get_if<Decimal>(&one_.at_least.what);
    return phrases_.percent(written ? *written : Decimal{});
  }

  const MatterType& type_;
  const MatterRelapse& one_;
  const Phrases& phrases_;
};

}  // namespace

std::string sentence_of_relapse(const MatterType& type, const Pack& pack,
                                const std::vector<Pack>& packs, Language language) {
  const Phrases phrases(pack, packs, language);
  return phrases.cited(type.relapse->clauses, RelapseReading(type, phrases).text());
}

}  // namespace huilu::policy
