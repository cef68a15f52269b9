#include <algorithm>

#include "base/value.h"
#include "cli/pack.h"
#include "cli/pack_paths.h"
#include "policy/coverage.h"

namespace huilu::cli {

namespace {

using policy::CoveredClause;
using policy::CoveredDocument;
using policy::Declaration;

std::string_view word_of(policy::DeclarationKind kind) {
  return policy::declaration_kind_words[static_cast<std::size_t>(kind)];
}

std::string_view word_of(policy::Left left) {
  return policy::left_words[static_cast<std::size_t>(left)];
}

// How many clauses are answered in which way; a clause that is left and declared counts as both.
struct Tally {
  std::size_t clauses = 0, declared = 0, unanswered = 0;
  std::array<std::size_t, policy::left_words.size()> left{};

  void add(const CoveredClause& clause) {
    ++clauses;
    if (!clause.declarations.empty()) ++declared;
    if (clause.left) ++left[static_cast<std::size_t>(*clause.left)];
    if (!clause.is_answered()) ++unanswered;
  }
};

std::string told(const Declaration& declaration, const Console& console) {
  const auto language = static_cast<policy::Language>(console.language());
  return console.say(
      "coverage.declaration",
      {{"kind", console.say("declaration." + std::string(word_of(declaration.kind)))},
       {"address", declaration.address},
       {"title", declaration.title.in(language)}});
}

void tell(const CoveredClause& clause, Console& console) {
  const auto language = static_cast<policy::Language>(console.language());
  console.out() << "  " << clause.id;
  if (clause.left)
    console.out() << "  "
                  << console.say("left." + std::string(word_of(*clause.left)),
                                 {{"reason", clause.reason->in(language)}});
  if (!clause.is_answered()) console.out() << "  " << console.say("coverage.none");
  console.out() << "\n";
  for (const Declaration& declaration : clause.declarations)
    console.out() << "    " << told(declaration, console) << "\n";
}

void tell(const Tally& tally, Console& console) {
  const auto left = [&](policy::Left one) {
    return std::to_string(tally.left[static_cast<std::size_t>(one)]);
  };
  console.out() << console.say("coverage.sum", {{"clauses", std::to_string(tally.clauses)},
                                                {"declared", std::to_string(tally.declared)},
                                                {"bare_fact", left(policy::Left::bare_fact)},
                                                {"later", left(policy::Left::later)},
                                                {"no_duty", left(policy::Left::no_duty)},
                                                {"unanswered", std::to_string(tally.unanswered)}})
                << "\n";
}

Value json_of(const CoveredDocument& document, const CoveredClause& clause,
              policy::Language language) {
  Value::List declarations;
  for (const Declaration& one : clause.declarations)
    declarations.push_back(Value::object({{"kind", std::string(word_of(one.kind))},
                                          {"declaration", one.address},
                                          {"title", one.title.in(language)}}));
  Value row = Value::object({{"document", document.name},
                             {"clause", clause.id},
                             {"declarations", std::move(declarations)}});
  if (clause.left) {
    row.set("left", std::string(word_of(*clause.left)));
    row.set("reason", clause.reason->in(language));
  }
  return row;
}

}  // namespace

Exit show_coverage(const PackOptions& options, Console& console) {
  const policy::PackSet set = load_packs(options, console);
  if (!set.findings.empty()) return console.refuse(set.findings);
  std::vector<const policy::Pack*> packs;
  for (const policy::Pack& pack : set.packs)
    if (is_given(set, pack)) packs.push_back(&pack);
  Tally tally;
  Value::List rows;
  for (const CoveredDocument& document : policy::coverage_of(packs)) {
    if (!console.json()) console.out() << document.name << "\n";
    for (const CoveredClause& clause : document.clauses) {
      tally.add(clause);
      if (console.json())
        rows.push_back(
            json_of(document, clause, static_cast<policy::Language>(console.language())));
      else
        tell(clause, console);
    }
  }
  if (console.json())
    console.out() << to_json(Value(std::move(rows))) << "\n";
  else
    tell(tally, console);
  return tally.unanswered == 0 ? Exit::done : Exit::findings;
}

}  // namespace huilu::cli
