#include "policy/coverage.h"

#include <algorithm>

#include "policy/sentence.h"

namespace huilu::policy {

namespace {

// Gathers one pack's clauses and what cites them.
class Gathering {
 public:
  Gathering(const Pack& pack, std::vector<CoveredDocument>& documents)
      : pack_(pack), documents_(documents) {}

  void gather() {
    for (const Document& document : pack_.documents) add(document);
    for (const Clause& clause : pack_.clauses) add(clause);
    for (const Obligation& one : pack_.obligations)
      cite(one.clauses, {DeclarationKind::obligation, one.address, one.title, &pack_});
    for (const Check& one : pack_.checks)
      cite(one.clauses, {DeclarationKind::check, one.address, one.title, &pack_});
    for (const Indicator& one : pack_.indicators)
      cite(one.clauses, {DeclarationKind::indicator, one.address, one.title, &pack_});
    for (const Draw& one : pack_.draws)
      cite(one.clauses, {DeclarationKind::draw, one.address, one.title, &pack_});
    for (const View& one : pack_.views)
      cite(one.clauses, {DeclarationKind::view, one.address, one.title, &pack_});
    for (const Bundle& one : pack_.bundles)
      cite(one.clauses, {DeclarationKind::bundle, one.address, one.title, &pack_});
    if (pack_.campaign) cite(*pack_.campaign);
    for (const Parameter& one : pack_.parameters) cite(one);
    for (const RecordType& one : pack_.record_types)
      cite(one.clauses, {DeclarationKind::record_type, one.address, one.title, &pack_});
    for (const MatterType& one : pack_.matter_types) cite(one);
  }

 private:
  std::string name_of(const std::string& document) const {
    for (const Document& one : pack_.documents)
      if (one.id == document) return one.name;
    return document;
  }

  void add(const Document& document) {
    CoveredDocument& covered = find_document(document.name);
    if (covered.hash.empty()) covered.hash = document.hash;
    covered.packs.push_back(&pack_);
  }

  void add(const Clause& clause) {
    CoveredClause& covered = find(clause);
    if (covered.at.empty()) covered.at = clause.at;
    if (covered.hole.empty()) covered.hole = clause.hole;
    if (covered.left || !clause.left) return;
    covered.left = clause.left;
    covered.reason = clause.reason;
  }

  CoveredDocument& find_document(const std::string& name) {
    const auto found = std::find_if(documents_.begin(), documents_.end(),
                                    [&](const CoveredDocument& one) { return one.name == name; });
    if (found != documents_.end()) return *found;
    documents_.push_back({name, {}, {}, {}});
    return documents_.back();
  }

  CoveredClause& find(const Clause& clause) {
    auto& clauses = find_document(name_of(clause.doc)).clauses;
    const auto found = std::find_if(clauses.begin(), clauses.end(),
                                    [&](const CoveredClause& one) { return one.id == clause.id; });
    if (found != clauses.end()) return *found;
    clauses.push_back({clause.id, {}, {}, {}, {}, {}});
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

  // A campaign, with what its strands and goals cite.
  void cite(const Campaign& campaign) {
    const Declaration declaration = {DeclarationKind::campaign, pack_.id, campaign.title, &pack_};
    cite(campaign.clauses, declaration);
    for (const auto* const aims : {&campaign.strands, &campaign.goals})
      for (const Aim& aim : *aims) cite(aim.clauses, declaration);
  }

  // A parameter, with what its values and the items of its lists cite.
  void cite(const Parameter& parameter) {
    const Declaration declaration = {DeclarationKind::parameter, pack_.id + '/' + parameter.name,
                                     parameter.title, &pack_};
    cite(parameter.clauses, declaration);
    for (const ParameterValue& value : parameter.values) cite(value.clauses, declaration);
    for (const Setting* const setting : settings_of(parameter))
      if (const auto* const items = std::get_if<std::vector<ListItem>>(setting))
        for (const ListItem& item : *items) cite(item.clauses, declaration);
  }

  // A matter type, with what its moves, clocks and rungs cite.
  void cite(const MatterType& type) {
    const Declaration declaration = {DeclarationKind::matter_type, type.address, type.title,
                                     &pack_};
    cite(type.clauses, declaration);
    for (const Move& move : type.moves) cite(move.clauses, declaration);
    for (const MatterClock& clock : type.clocks) cite(clock.clauses, declaration);
    if (type.urgent) cite(type.urgent->clauses, declaration);
    if (type.ballot) cite(type.ballot->clauses, declaration);
    if (type.look_back) cite(type.look_back->clauses, declaration);
    if (type.relapse) cite(type.relapse->clauses, declaration);
    for (const Ladder& ladder : type.ladders)
      for (const Rung& rung : ladder.rungs) cite(rung.clauses, declaration);
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

std::string sentence(const Declaration& declaration, const std::vector<Pack>& packs,
                     Language language) {
  const Pack& pack = *declaration.pack;
  const auto of = [&](const auto& declared) { return sentence(declared, pack, packs, language); };
  const std::string name = declaration.address.substr(declaration.address.find('/') + 1);
  switch (declaration.kind) {
    case DeclarationKind::obligation:
      return of(*pack.find_obligation(name));
    case DeclarationKind::campaign:
      return of(*pack.campaign);
    case DeclarationKind::parameter:
      return of(*pack.find_parameter(name));
    case DeclarationKind::record_type:
      return of(*pack.find_record_type(name));
    case DeclarationKind::check:
      return of(*pack.find_check(name));
    case DeclarationKind::indicator:
      return of(*pack.find_indicator(name));
    case DeclarationKind::draw:
      return of(*pack.find_draw(name));
    case DeclarationKind::view:
      return of(*pack.find_view(name));
    case DeclarationKind::matter_type:
      return of(*pack.find_matter_type(name));
    case DeclarationKind::bundle:
      break;
  }
  return of(*std::find_if(pack.bundles.begin(), pack.bundles.end(),
                          [&](const Bundle& one) { return one.address == declaration.address; }));
}

}  // namespace huilu::policy
