// Matter types read aloud: what is asked and who plays which part; and each move by itself.
#include "policy/phrases.h"
#include "policy/sentence.h"

namespace huilu::policy {

namespace {

class MatterReading {
 public:
  MatterReading(const MatterType& type, const Phrases& phrases)
      : type_(type), phrases_(phrases), subject_(subject_of_matter(type)) {}

  std::string text() const {
    std::vector<std::string> parts = {
        phrases_.say("matter_type", {{"title", phrases_.title(type_.title)},
                                     {"fields", list(type_.fields, [&](const Field& field) {
                                        return phrases_.field(field);
                                      })}})};
    for (const MatterRole& one : type_.roles) parts.push_back(role(one));
    parts.push_back(phrases_.say("matter.initial", {{"state", state(type_.initial)}}));
    for (const MatterState& one : type_.states)
      if (one.final) parts.push_back(final(one));
    if (!type_.sheets.empty())
      parts.push_back(
          phrases_.say("matter.sheets", {{"sheets", list(type_.sheets, [&](const auto& one) {
                                            return quoted(phrases_.title(one.title));
                                          })}}));
    for (const MatterState& one : type_.states)
      if (one.completion) parts.push_back(completion(one));
    if (type_.round) parts.push_back(round(*type_.round));
    return phrases_.say("stop", {{"text", phrases_.joined(parts, "clause")}});
  }

  std::string text(const Move& one) const { return phrases_.say("stop", {{"text", move(one)}}); }

 private:
  template <class List, class Say>
  std::string list(const List& all, const Say& say) const {
    std::vector<std::string> texts;
    for (const auto& one : all) texts.push_back(say(one));
    return phrases_.joined(texts, "list");
  }

  std::string quoted(const std::string& text) const {
    return phrases_.say("quoted", {{"text", text}});
  }

  std::string state(const std::string& id) const {
    const MatterState* const found = type_.find_state(id);
    return quoted(found ? phrases_.title(found->title) : id);
  }

  std::string title_of_role(const std::string& name) const {
    const MatterRole* const found = type_.find_role(name);
    return found ? phrases_.title(found->title) : name;
  }

  std::string role(const MatterRole& one) const {
    const std::string path = phrases_.path(one.path, subject_);
    const std::string kind(role_kind_words[static_cast<std::size_t>(one.kind)]);
    return phrases_.say("role." + kind, {{"title", phrases_.title(one.title)},
                                         {"path", path},
                                         {"post", phrases_.title_of("post_kinds", one.post)}});
  }

  std::string final(const MatterState& one) const {
    return phrases_.say(
        "final." + std::string(final_words[static_cast<std::size_t>(*one.final)]),
        {{"state", state(one.id)},
         {"outcome", phrases_.say("outcome." + std::string(outcome_words[static_cast<std::size_t>(
                                                   one.outcome.value_or(Outcome::solved))]))}});
  }

  std::string completion(const MatterState& one) const {
    const auto word = completion_words[static_cast<std::size_t>(*one.completion)];
    return phrases_.say("completion",
                        {{"state", state(one.id)},
                         {"completion", quoted(phrases_.say("completion." + std::string(word)))}});
  }

  std::string round(const MatterRound& one) const {
    std::vector<std::string> parts = {
        phrases_.say(one.lead.empty() ? "round.alone" : "round.led",
                     {{"line", title_of_role(one.line)}, {"lead", title_of_role(one.lead)}})};
    if (!one.progress.empty())
      parts.push_back(phrases_.say(
          "round.progress",
          {{"fields", list(one.progress, [&](const auto& name) { return name_of_field(name); })}}));
    return phrases_.joined(parts, "comma");
  }

  std::string name_of_field(const std::string& name) const {
    const Field* const field = type_.find_field(name);
    return field ? phrases_.title(field->title) : phrases_.say("property.matter." + name);
  }

  std::string set(const Assignment& one) const {
    const auto* const nothing = std::get_if<Value>(&one.value.what);
    if (nothing && nothing->is_null())
      return phrases_.say("move.empties", {{"field", name_of_field(one.field)}});
    std::string value = one.role.empty() ? std::string() : title_of_role(one.role);
    if (const auto* const path = std::get_if<Path>(&one.value.what))
      value = phrases_.path(*path, subject_);
    if (const auto* const literal = std::get_if<Value>(&one.value.what); literal && value.empty())
      value = written(one.field, *literal);
    return phrases_.say("move.sets", {{"field", name_of_field(one.field)}, {"value", value}});
  }

  std::string written(const std::string& name, const Value& literal) const {
    if (!literal.text()) return to_json(literal);
    const Field* const field = type_.find_field(name);
    if (field)
      for (const Term& term : field->words)
        if (term.code == *literal.text()) return phrases_.title(term.title);
    return *literal.text();
  }

  std::string move(const Move& one) const {
    std::vector<std::string> parts = {
        phrases_.say(one.automatic ? "move.automatic" : "move",
                     {{"title", phrases_.title(one.title)},
                      {"by", list(one.by, [&](const auto& name) { return title_of_role(name); })},
                      {"from", list(one.from, [&](const auto& id) { return state(id); })},
                      {"to", state(one.to)}})};
    if (!one.fields.empty())
      parts.push_back(phrases_.say(
          "move.fields",
          {{"fields", list(one.fields, [&](const auto& name) { return name_of_field(name); })}}));
    if (one.needs) parts.push_back(phrases_.test(*one.needs, subject_));
    if (!one.not_same_person_as.empty()) {
      const auto made = list(one.not_same_person_as, [&](const auto& id) {
        const Move* const other = type_.find_move(id);
        return quoted(other ? phrases_.title(other->title) : id);
      });
      parts.push_back(phrases_.say("move.another", {{"move", made}}));
    }
    if (!one.reviews.empty())
      parts.push_back(phrases_.say(
          "move.reviews",
          {{"fields", list(one.reviews, [&](const auto& name) { return name_of_field(name); })}}));
    for (const Assignment& assignment : one.sets) parts.push_back(set(assignment));
    const auto of_other = [&](const std::vector<std::string>& fields, std::string_view said) {
      if (!fields.empty())
        parts.push_back(phrases_.say(
            said,
            {{"fields", list(fields, [&](const auto& name) { return name_of_field(name); })}}));
    };
    if (one.merges()) parts.push_back(phrases_.say("move.merges"));
    of_other(one.combines, "move.combines");
    of_other(one.clears, "move.clears");
    if (!one.tells.empty())
      parts.push_back(phrases_.say(
          "move.tells",
          {{"roles", list(one.tells, [&](const auto& name) { return title_of_role(name); })}}));
    return phrases_.joined(parts, "comma");
  }

  const MatterType& type_;
  const Phrases& phrases_;
  const Subject subject_;
};

}  // namespace

std::string sentence(const MatterType& type, const Pack& pack, const std::vector<Pack>& packs,
                     Language language) {
  const Phrases phrases(pack, packs, language);
  return phrases.cited(type.clauses, MatterReading(type, phrases).text());
}

std::string sentence(const Move& move, const MatterType& type, const Pack& pack,
                     const std::vector<Pack>& packs, Language language) {
  const Phrases phrases(pack, packs, language);
  return phrases.cited(move.clauses, MatterReading(type, phrases).text(move));
}

}  // namespace huilu::policy
