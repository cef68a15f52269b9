// Look-backs read aloud: when, by whom, and what may be found.
#include "policy/phrases.h"
#include "policy/sentence.h"

namespace huilu::policy {

std::string sentence_of_look_back(const MatterType& type, const Pack& pack,
                                  const std::vector<Pack>& packs, Language language) {
  const Phrases phrases(pack, packs, language);
  const MatterLookBack& one = *type.look_back;
  const auto quoted = [&](const std::string& text) {
    return phrases.say("quoted", {{"text", text}});
  };
  std::vector<std::string> states, roles, outcomes;
  for (const std::string& id : one.starts) {
    const MatterState* const state = type.find_state(id);
    states.push_back(quoted(state ? phrases.title(state->title) : id));
  }
  for (const std::string& name : one.by) {
    const MatterRole* const role = type.find_role(name);
    roles.push_back(role ? phrases.title(role->title) : name);
  }
  for (const LookBackOutcome outcome : one.outcomes)
    outcomes.push_back(quoted(phrases.say(
        "look_back." + std::string(look_back_outcome_words[static_cast<std::size_t>(outcome)]))));
  const std::string text = phrases.say("look_back", {{"states", phrases.one_of(states)},
                                                     {"length", phrases.text(one.after)},
                                                     {"roles", phrases.one_of(roles)},
                                                     {"outcomes", phrases.one_of(outcomes)}});
  return phrases.cited(one.clauses, phrases.say("stop", {{"text", text}}));
}

}  // namespace huilu::policy
