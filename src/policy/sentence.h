// Sentences: every declaration of a pack read aloud in one sentence, so that its author can hold it
// against the clause. Nothing that decides a verdict is left out, unless it is the language's
// default. `huilu pack read` prints them, and pages of policy show them.
#pragma once

#include <string>
#include <vector>

#include "policy/pack.h"

namespace huilu::policy {

// `packs` have the record types that the pack names, core among them.
std::string sentence(const Obligation& obligation, const Pack& pack, const std::vector<Pack>& packs,
                     Language language);
std::string sentence(const Check& check, const Pack& pack, const std::vector<Pack>& packs,
                     Language language);
std::string sentence(const Parameter& parameter, const Pack& pack, const std::vector<Pack>& packs,
                     Language language);
std::string sentence(const RecordType& type, const Pack& pack, const std::vector<Pack>& packs,
                     Language language);
std::string sentence(const MatterType& type, const Pack& pack, const std::vector<Pack>& packs,
                     Language language);
// One move; the type's own sentence leaves them out.
std::string sentence(const Move& move, const MatterType& type, const Pack& pack,
                     const std::vector<Pack>& packs, Language language);
std::string sentence(const MatterClock& clock, const MatterType& type, const Pack& pack,
                     const std::vector<Pack>& packs, Language language);
std::string sentence(const Rung& rung, const MatterClock& clock, const MatterType& type,
                     const Pack& pack, const std::vector<Pack>& packs, Language language);
// The type has one.
std::string sentence_of_ballot(const MatterType& type, const Pack& pack,
                               const std::vector<Pack>& packs, Language language);
std::string sentence_of_urgency(const MatterType& type, const Pack& pack,
                                const std::vector<Pack>& packs, Language language);
std::string sentence_of_relapse(const MatterType& type, const Pack& pack,
                                const std::vector<Pack>& packs, Language language);
std::string sentence_of_look_back(const MatterType& type, const Pack& pack,
                                  const std::vector<Pack>& packs, Language language);
std::string sentence(const Indicator& indicator, const Pack& pack, const std::vector<Pack>& packs,
                     Language language);
std::string sentence(const Draw& draw, const Pack& pack, const std::vector<Pack>& packs,
                     Language language);
std::string sentence(const View& view, const Pack& pack, const std::vector<Pack>& packs,
                     Language language);
std::string sentence(const Campaign& campaign, const Pack& pack, const std::vector<Pack>& packs,
                     Language language);
std::string sentence(const Bundle& bundle, const Pack& pack, const std::vector<Pack>& packs,
                     Language language);

// What is taken from another pack, and what is made of it.
std::string sentence(const Parent& parent, const Pack& pack, const std::vector<Pack>& packs,
                     Language language);
// "taken from “…” 2.0.0": which pack a declaration was taken from, and whether the value is this
// pack's; empty: it is the pack's own.
std::string said_origin(const Place& declaration, const Place& value, const Pack& pack,
                        Language language);

// The same in brackets, to stand after the declaration's sentence.
std::string aside_of_origin(const Place& declaration, const Pack& pack, Language language);

// One declaration with its sentence.
struct ReadDeclaration {
  // standing-duties/theme_days; of a campaign the pack; of a move rectification/item.plan, of a
  // clock rectification/item.clock.answer, of a rung of its ladder
  // rectification/item.clock.answer.late; of its ballot rectification/item.ballot, of
  // its look-back rectification/item.look_back.
  std::string address;
  std::string text;
};

// The pack's title and days, what it extends, then every declaration: duties, checks, indicators,
// bundles, campaign, parameters, record types, matter types, each in the order written.
std::vector<ReadDeclaration> read_aloud(const Pack& pack, const std::vector<Pack>& packs,
                                        Language language);

// The values of the pack that nobody has decided, with the duties that they decide.
std::vector<ReadDeclaration> read_assumed(const Pack& pack, const std::vector<Pack>& packs,
                                          Language language);

}  // namespace huilu::policy
