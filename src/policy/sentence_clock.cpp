// Clocks and ladders read aloud: from when, how long, until when; and who is told or asked to sign.
#include "policy/phrases.h"
#include "policy/sentence.h"

namespace huilu::policy {

namespace {

class ClockReading {
 public:
  ClockReading(const MatterType& type, const Phrases& phrases)
      : type_(type), phrases_(phrases), subject_(subject_of_matter(type)) {}

  std::string text(const MatterClock& one) const {
    std::vector<std::string> parts = {phrases_.say("clock", {{"title", phrases_.title(one.title)},
                                                             {"start", turn(one.start)},
                                                             {"limit", limit(one)},
                                                             {"stop", turn(one.stop)}})};
    if (one.restart) parts.push_back(phrases_.say("clock.restart", {{"turn", turn(*one.restart)}}));
    if (one.pause_while)
      parts.push_back(phrases_.say(
          "clock.pause", {{"condition", phrases_.condition(*one.pause_while, subject_)}}));
    for (const EntryBudget& entry : one.on_enter)
      parts.push_back(phrases_.say("clock.on_enter", {{"state", state(entry.state)},
                                                      {"length", phrases_.text(entry.budget)}}));
    if (one.extend) parts.push_back(extension(*one.extend));
    return phrases_.say("stop", {{"text", phrases_.joined(parts, "clause")}});
  }

  std::string text(const Rung& rung, const MatterClock& clock) const {
    const auto* const written = std::get_if<Duration>(&rung.at);
    const bool is_at_once = !rung.is_before && written && written->count == 0;
    const std::string when = !rung.unacknowledged.empty() ? "rung.unacknowledged"
                             : is_at_once                 ? "rung.at_once"
                             : rung.is_before             ? "rung.before"
                                                          : "rung.after";
    const Rung* const earlier = type_.find_rung(clock.id, rung.unacknowledged);
    std::vector<std::string> parts = {
        phrases_.say(when, {{"title", phrases_.title(rung.title)},
                            {"clock", phrases_.title(clock.title)},
                            {"length", phrases_.text(rung.at)},
                            {"rung", earlier ? phrases_.title(earlier->title) : ""}})};
    if (!rung.tell.empty())
      parts.push_back(phrases_.say("rung.tell", {{"roles", roles(rung.tell)}}));
    if (rung.propose)
      parts.push_back(phrases_.say(
          "rung.propose",
          {{"step",
            phrases_.say(
                "escalation." +
                std::string(escalation_step_words[static_cast<std::size_t>(*rung.propose)]))},
           {"role", title_of_role(rung.signed_by)}}));
    if (rung.acknowledge) parts.push_back(acknowledgement(*rung.acknowledge));
    if (!rung.seen_by.empty())
      parts.push_back(phrases_.say("rung.seen_by", {{"roles", roles(rung.seen_by)}}));
    return phrases_.say("stop", {{"text", phrases_.joined(parts, "comma")}});
  }

  std::string text(const Urgency& one) const {
    std::vector<std::string> parts = {
        phrases_.say("urgent", {{"condition", phrases_.condition(one.when, subject_)}})};
    for (const UrgentBudget& budget : one.budgets) {
      const MatterClock* const clock = type_.find_clock(budget.clock);
      parts.push_back(phrases_.say("urgent.budget",
                                   {{"clock", clock ? phrases_.title(clock->title) : budget.clock},
                                    {"length", phrases_.text(budget.budget)}}));
    }
    return phrases_.say("stop", {{"text", phrases_.joined(parts, "clause")}});
  }

 private:
  std::string acknowledgement(const Acknowledgement& one) const {
    if (!one.within) return phrases_.say("rung.acknowledge", {{"roles", roles(one.by)}});
    return phrases_.say("rung.acknowledge_within",
                        {{"roles", roles(one.by)}, {"length", phrases_.text(*one.within)}});
  }

  template <class Say>
  std::string list(const std::vector<std::string>& all, const Say& say) const {
    std::vector<std::string> texts;
    for (const std::string& one : all) texts.push_back(say(one));
    return phrases_.one_of(texts);
  }

  std::string quoted(const std::string& text) const {
    return phrases_.say("quoted", {{"text", text}});
  }

  std::string state(const std::string& id) const {
    const MatterState* const found = type_.find_state(id);
    return quoted(found ? phrases_.title(found->title) : id);
  }

  std::string move(const std::string& id) const {
    const Move* const found = type_.find_move(id);
    return quoted(found ? phrases_.title(found->title) : id);
  }

  std::string title_of_role(const std::string& name) const {
    const MatterRole* const found = type_.find_role(name);
    return found ? phrases_.title(found->title) : name;
  }

  std::string roles(const std::vector<std::string>& names) const {
    std::vector<std::string> titles;
    for (const std::string& name : names) titles.push_back(title_of_role(name));
    return phrases_.joined(titles, "list");
  }

  std::string name_of_field(const std::string& name) const {
    const Field* const field = type_.find_field(name);
    return field ? phrases_.title(field->title) : phrases_.say("property.matter." + name);
  }

  std::string turn(const Turn& one) const {
    if (!one.states.empty())
      return phrases_.say(
          "turn.enter", {{"states", list(one.states, [&](const auto& id) { return state(id); })}});
    return phrases_.say("turn.move",
                        {{"moves", list(one.moves, [&](const auto& id) { return move(id); })}});
  }

  std::string limit(const MatterClock& one) const {
    if (one.budget) return phrases_.say("clock.budget", {{"length", phrases_.text(*one.budget)}});
    return phrases_.say("clock.until", {{"field", name_of_field(one.until_field)}});
  }

  std::string extension(const Extension& one) const {
    std::vector<std::string> parts = {phrases_.say(
        "extend." + std::string(extension_ask_words[static_cast<std::size_t>(one.ask)]),
        {{"by", list(one.by, [&](const auto& name) { return title_of_role(name); })},
         {"approve", list(one.approve, [&](const auto& name) { return title_of_role(name); })}})};
    if (!one.fields.empty()) {
      std::vector<std::string> titles;
      for (const std::string& name : one.fields) titles.push_back(name_of_field(name));
      parts.push_back(phrases_.say("move.fields", {{"fields", phrases_.joined(titles, "list")}}));
    }
    if (one.at_most)
      parts.push_back(phrases_.say("extend.at_most", {{"length", phrases_.text(*one.at_most)}}));
    if (one.times)
      parts.push_back(phrases_.say("extend.times", {{"times", std::to_string(*one.times)}}));
    return phrases_.joined(parts, "comma");
  }

  const MatterType& type_;
  const Phrases& phrases_;
  const Subject subject_;
};

}  // namespace

std::string sentence(const MatterClock& clock, const MatterType& type, const Pack& pack,
                     const std::vector<Pack>& packs, Language language) {
  const Phrases phrases(pack, packs, language);
  return phrases.cited(clock.clauses, ClockReading(type, phrases).text(clock));
}

std::string sentence_of_urgency(const MatterType& type, const Pack& pack,
                                const std::vector<Pack>& packs, Language language) {
  const Phrases phrases(pack, packs, language);
  return phrases.cited(type.urgent->clauses, ClockReading(type, phrases).text(*type.urgent));
}

std::string sentence(const Rung& rung, const MatterClock& clock, const MatterType& type,
                     const Pack& pack, const std::vector<Pack>& packs, Language language) {
  const Phrases phrases(pack, packs, language);
  return phrases.cited(rung.clauses, ClockReading(type, phrases).text(rung, clock));
}

}  // namespace huilu::policy
