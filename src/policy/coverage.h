// Coverage: which declarations answer to which clause, document by document, and which clauses
// nothing answers to. `huilu pack coverage` prints it and pages of policy show it beside the text.
#pragma once

#include <string>
#include <vector>

#include "policy/pack.h"

namespace huilu::policy {

enum class DeclarationKind { obligation, bundle, campaign, parameter, record_type, matter_type };

inline constexpr std::array<std::string_view, 6> declaration_kind_words = {
    "obligation", "bundle", "campaign", "parameter", "record_type", "matter_type"};

struct Declaration {
  DeclarationKind kind = DeclarationKind::obligation;
  std::string address;  // standing-duties/theme_day; of a campaign the pack
  Label title;
};

struct CoveredClause {
  std::string id;
  std::vector<Declaration> declarations;  // of every pack that cites it, each once
  std::optional<Left> left;
  std::optional<Label> reason;

  bool is_answered() const { return !declarations.empty() || left; }
};

// One policy document, whatever packs call it.
struct CoveredDocument {
  std::string name;
  std::vector<CoveredClause> clauses;  // as the packs list them; one listed by several comes once
};

// Documents in the order in which the packs name them.
std::vector<CoveredDocument> coverage_of(const std::vector<const Pack*>& packs);

}  // namespace huilu::policy
