#include "policy/coverage.h"

#include <algorithm>

namespace huilu::policy {

namespace {

// Gathers one pack's clauses and what cites them.
class Gathering {
 public:
  Gathering(const Pack& pack, std::vector<CoveredDocument>& documents)
      : pack_(pack), documents_(documents) {}

  void gather() {
    for (const Clause& clause : pack_.clauses) add(clause);
    for (const Obligation& one : pack_.obligations)
      cite(one.clauses, {DeclarationKind::obligation, one.address, one.title});
    for (const Bundle& one : pack_.bundles)
      cite(one.clauses, {DeclarationKind::bundle, one.address, one.title});
    if (pack_.campaign)
      cite(pack_.campaign->clauses, {DeclarationKind::campaign, pack_.id, pack_.campaign->title});
    for (const Parameter& one : pack_.parameters) cite(one);
    for (const RecordType& one : pack_.record_types)
      cite(one.clauses, {DeclarationKind::record_type, one.address, one.title});
    for (const MatterType& one : pack_.matter_types) cite(one);
  }

 private:
  std::string name_of(const std::string& document) const {
    for (const Document& one : pack_.documents)
      if (one.id == document) return one.name;
    return document;
  }

  void add(const Clause& clause) {
    CoveredClause& covered = find(clause);
    if (covered.left || !clause.left) return;
    covered.left = clause.left;
    covered.reason = clause.reason;
  }

  CoveredClause& find(const Clause& clause) {
    const std::string name = name_of(clause.doc);
    auto document = std::find_if(documents_.begin(), documents_.end(),
                                 [&](const CoveredDocument& one) { return one.name == name; });
    if (document == documents_.end())
      document = documents_.insert(documents_.end(), CoveredDocument{name, {}});
    auto& clauses = document->clauses;
    const auto found = std::find_if(clauses.begin(), clauses.end(),
                                    [&](const CoveredClause& one) { return one.id == clause.id; });
    if (found != clauses.end()) return *found;
    clauses.push_back({clause.id, {}, {}, {}});
    return clauses.back();
  }

  void cite(const std::vector<std::string>& clauses, const Declaration& declaration) {
    for (const Clause& clause : pack_.clauses) {
      if (std::find(clauses.begin(), clauses.end(), clause.id) == clauses.end()) continue;
      auto& declarations = find(clause).declarations;
      if (std::none_of(declarations.begin(), declarations.end(), [&](const Declaration& one) {
            return one.kind == declaration.kind && one.address == declaration.address;
          }))
        declarations.push_back(declaration);
    }
  }

  // A parameter, with what its values and the items of its lists cite.
  void cite(const Parameter& parameter) {
    const Declaration declaration = {DeclarationKind::parameter, pack_.id + '/' + parameter.name,
                                     parameter.title};
    cite(parameter.clauses, declaration);
    for (const ParameterValue& value : parameter.values) cite(value.clauses, declaration);
    for (const Setting* const setting : settings_of(parameter))
      if (const auto* const items = std::get_if<std::vector<ListItem>>(setting))
        for (const ListItem& item : *items) cite(item.clauses, declaration);
  }

  // A matter type, with what its moves cite.
  void cite(const MatterType& type) {
    const Declaration declaration = {DeclarationKind::matter_type, type.address, type.title};
    cite(type.clauses, declaration);
    for (const Move& move : type.moves) cite(move.clauses, declaration);
  }

  const Pack& pack_;
  std::vector<CoveredDocument>& documents_;
};

}  // namespace

std::vector<CoveredDocument> coverage_of(const std::vector<const Pack*>& packs) {
  std::vector<CoveredDocument> documents;
  for (const Pack* const pack : packs) Gathering(*pack, documents).gather();
  return documents;
}

}  // namespace huilu::policy
