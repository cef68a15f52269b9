// Draws and views read aloud: what is drawn from what and how, and what a ledger is cut into.
#include "policy/phrases.h"
#include "policy/scalar.h"
#include "policy/sentence.h"

namespace huilu::policy {

namespace {

std::string amount_of(const Draw& draw, const Phrases& phrases) {
  const auto* const written = std::get_if<Decimal>(&draw.amount);
  const auto* const use = std::get_if<ParameterUse>(&draw.amount);
  std::string amount;
  if (use)
    amount = phrases.text(*use);
  else
    amount = draw.is_share ? phrases.percent(*written) : decimal_text(written->millionths);
  return use || draw.is_share ? amount : phrases.say("draw.size", {{"number", amount}});
}

std::string chances_of(const Draw& draw, const Pack& pack, const Phrases& phrases) {
  for (const Indicator& one : pack.indicators)
    if (one.address == draw.weight)
      return phrases.say(
          "draw.weight",
          {{"indicator", phrases.say("quoted", {{"text", phrases.title(one.title)}})}});
  return phrases.say("draw.even");
}

const MatterType* type_among(const Pack& pack, const std::vector<Pack>& packs,
                             const std::string& address) {
  for (const MatterType& type : pack.matter_types)
    if (type.address == address) return &type;
  for (const Pack& one : packs)
    for (const MatterType& type : one.matter_types)
      if (type.address == address) return &type;
  return nullptr;
}

std::string title_of_word(const MatterType* type, const Path& by, const std::string& code,
                          const Phrases& phrases) {
  const Field* const field = type ? type->find_field(by.steps.front()) : nullptr;
  if (field)
    for (const Term& word : field->words)
      if (word.code == code) return phrases.title(word.title);
  return code;
}

std::string title_of_column(const MatterType* type, const std::string& column,
                            const Phrases& phrases) {
  const Field* const field = type ? type->find_field(column) : nullptr;
  return field ? phrases.title(field->title) : phrases.say("property.matter." + column);
}

}  // namespace

std::string sentence(const Draw& draw, const Pack& pack, const std::vector<Pack>& packs,
                     Language language) {
  const Phrases phrases(pack, packs, language);
  std::vector<std::string> parts = {phrases.say("draw", {{"title", phrases.title(draw.title)},
                                                         {"units", phrases.measured(draw.of.of)},
                                                         {"amount", amount_of(draw, phrases)}}),
                                    chances_of(draw, pack, phrases)};
  if (draw.strata != DrawStrata::none) {
    const auto word = draw_strata_words[static_cast<std::size_t>(draw.strata)];
    parts.push_back(
        phrases.say("draw.strata", {{"strata", phrases.say("property." + std::string(word))}}));
  }
  parts.push_back(phrases.say(draw.may_redraw ? "draw.redraw" : "draw.once"));
  return phrases.cited(draw.clauses,
                       phrases.say("stop", {{"text", phrases.joined(parts, "clause")}}));
}

std::string sentence(const View& view, const Pack& pack, const std::vector<Pack>& packs,
                     Language language) {
  const Phrases phrases(pack, packs, language);
  const MatterType* const type = type_among(pack, packs, view.counted.of.names.front());
  std::vector<std::string> groups, columns;
  for (const ViewGroup& group : view.partition.parts) {
    std::vector<std::string> words;
    for (const std::string& code : group.of)
      words.push_back(title_of_word(type, view.partition.by, code, phrases));
    groups.push_back(phrases.say("view.part", {{"title", phrases.title(group.title)},
                                               {"number", std::to_string(words.size())},
                                               {"words", phrases.joined(words, "list")}}));
  }
  for (const std::string& column : view.columns)
    columns.push_back(title_of_column(type, column, phrases));
  const std::vector<std::string> parts = {
      phrases.say("view.ledger", {{"title", phrases.title(view.title)},
                                  {"set", phrases.measured(view.counted.of)},
                                  {"by", phrases.path(view.partition.by,
                                                      phrases.subject_of_one_in(view.counted.of))},
                                  {"parts", phrases.joined(groups, "list")}}),
      phrases.say("view.columns", {{"columns", phrases.joined(columns, "list")}}),
      phrases.say("view.rest")};
  return phrases.cited(view.clauses,
                       phrases.say("stop", {{"text", phrases.joined(parts, "clause")}}));
}

}  // namespace huilu::policy
