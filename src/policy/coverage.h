// Coverage: which declarations answer to which clause, document by document, and which clauses
// nothing answers to. `huilu pack coverage` prints it and pages of policy show it beside the text.
#pragma once

#include <string>
#include <vector>

#include "policy/pack.h"

namespace huilu::policy {

enum class DeclarationKind {
  obligation,
  bundle,
  campaign,
  parameter,
  record_type,
  check,
  matter_type,
  indicator,
  draw,
  view,
};

inline constexpr std::array<std::string_view, 10> declaration_kind_words = {
    "obligation", "bundle",      "campaign",  "parameter", "record_type",
    "check",      "matter_type", "indicator", "draw",      "view"};

struct Declaration {
  DeclarationKind kind = DeclarationKind::obligation;
  std::string address;  // standing-duties/theme_day; of a campaign the pack
  Label title;
  const Pack* pack = nullptr;
};

struct CoveredClause {
  std::string id;
  std::string at;    // of the imported document: the clause's own id, or of what it lies in
  std::string hole;  // what it lacks, as the pack says; may be empty
  std::vector<Declaration> declarations;  // of every pack that cites it, each once
  std::optional<Left> left;
  std::optional<Label> reason;

  bool is_answered() const { return !declarations.empty() || left; }
};

// One policy document, whatever packs call it.
struct CoveredDocument {
  std::string name;
  std::string hash;                    // of the copy that the packs were written from; may be empty
  std::vector<const Pack*> packs;      // that name it
  std::vector<CoveredClause> clauses;  // as the packs list them; one listed by several comes once
};

// Documents in the order in which the packs name them. The packs must outlive what is returned.
std::vector<CoveredDocument> coverage_of(const std::vector<const Pack*>& packs);

// The declaration read aloud, as read_aloud has it; `packs` have what its pack refers to.
std::string sentence(const Declaration& declaration, const std::vector<Pack>& packs,
                     Language language);

}  // namespace huilu::policy
