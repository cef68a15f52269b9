#include "policy/coverage.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "policy/sentence.h"
#include "policy/shipped.h"
#include "policy/testing.h"

namespace huilu::policy {
namespace {

constexpr std::string_view clauses_and_duties = R"(
documents: {D1: {name: first}, D2: {name: second}}
clauses:
  - {id: D1-1, doc: D1, at: "1.2", hole: number}
  - {id: D1-2, doc: D1, left: bare_fact, reason: 只记事实}
  - {id: D1-3, doc: D1}
  - {id: D2-1, doc: D2, left: later, reason: 另有安排}
params:
  times:
    title: 次数
    type: list
    clause: D1-1
    bind: period_start
    values:
      - {from: 2019-01-01, basis: seed, value: [{id: one, title: 一, clause: D1-2}]}
record_types:
  visit: {clause: D1-1, title: 走访, fields: {}}
obligations:
  visits:
    clause: [D1-1, D1-1]
    title: 走访
    who: {unit: {type: branch}}
    every: year
    needs: {at_least: 1, of: {record: visit, where: {unit: $bearer}}}
    missing: counts_as_zero
)";

std::string declared(const CoveredClause& clause) {
  std::string all;
  for (const Declaration& one : clause.declarations)
    all += std::string(declaration_kind_words[static_cast<std::size_t>(one.kind)]) + ' ' +
           one.address + '\n';
  return all;
}

TEST(Coverage, each_clause_has_what_cites_it_by_document) {
  const auto pack = testing::load_trial(clauses_and_duties);
  ASSERT_TRUE(pack.ok()) << testing::lines(pack.refusals());
  const auto documents = coverage_of({&*pack});
  ASSERT_EQ(documents.size(), 2U);
  EXPECT_EQ(documents[0].name, "first");
  const auto& first = documents[0].clauses;
  ASSERT_EQ(first.size(), 3U);
  EXPECT_EQ(declared(first[0]),
            "obligation trial/visits\nparameter trial/times\nrecord_type trial/visit\n");
  EXPECT_EQ(declared(first[1]), "parameter trial/times\n");  // an item of its list
  EXPECT_EQ(first[1].left, Left::bare_fact);
  EXPECT_FALSE(first[2].is_answered());
  const auto& second = documents[1].clauses;
  ASSERT_EQ(second.size(), 1U);
  EXPECT_TRUE(second[0].is_answered());
  EXPECT_EQ(second[0].reason->in(Language::zh_cn), "另有安排");
}

TEST(Coverage, a_clause_says_where_it_stands_and_a_declaration_reads_aloud) {
  const auto pack = testing::load_trial(clauses_and_duties);
  ASSERT_TRUE(pack.ok());
  const auto documents = coverage_of({&*pack});
  EXPECT_EQ(documents[0].packs, (std::vector<const Pack*>{&*pack}));
  const CoveredClause& clause = documents[0].clauses[0];
  EXPECT_EQ(clause.at, "1.2");
  EXPECT_EQ(clause.hole, "number");
  const std::vector<Pack> packs = {core_pack(), *pack};
  const auto read = read_aloud(*pack, packs, Language::zh_cn);
  for (const Declaration& one : clause.declarations) {
    const auto same = [&](const ReadDeclaration& found) {
      return found.address == one.address && found.text == sentence(one, packs, Language::zh_cn);
    };
    EXPECT_TRUE(std::any_of(read.begin(), read.end(), same)) << one.address;
  }
}

TEST(Coverage, a_clause_of_two_packs_comes_once_with_what_both_declare) {
  const auto one = testing::load_trial(clauses_and_duties);
  ASSERT_TRUE(one.ok());
  Pack other = *one;
  other.id = "other";
  other.documents.front().id = "X";  // the name is the document's, not the id
  for (Clause& clause : other.clauses)
    if (clause.doc == "D1") clause.doc = "X";
  other.obligations.front().address = "other/visits";
  other.parameters.clear();
  other.record_types.clear();
  const auto documents = coverage_of({&*one, &other});
  ASSERT_EQ(documents.size(), 2U);
  ASSERT_EQ(documents[0].clauses.size(), 3U);
  EXPECT_EQ(documents[0].clauses[0].declarations.size(), 4U);
}

TEST(Coverage, what_is_left_has_a_reason_and_a_reason_says_how_it_is_left) {
  const auto said = [](std::string_view keys) {
    return testing::findings_of("documents: {D1: {name: d}}\nclauses:\n  - {id: D1-1, doc: D1, " +
                                std::string(keys) + "}\n");
  };
  EXPECT_EQ(said("left: later"), "pack.yaml:10:5: pack_missing_key: expected reason");
  EXPECT_EQ(said("reason: 另有安排"), "pack.yaml:10:5: pack_missing_key: expected left");
  EXPECT_EQ(said("left: latre, reason: 另有安排"),
            "pack.yaml:10:31: pack_unknown_word: expected later, got latre");
}

TEST(Coverage, every_clause_of_the_shipped_packs_is_answered) {
  std::vector<const Pack*> packs;
  for (const Pack& pack : shipped_packs()) packs.push_back(&pack);
  const auto documents = coverage_of(packs);
  EXPECT_GE(documents.size(), 4U);
  for (const CoveredDocument& document : documents)
    for (const CoveredClause& clause : document.clauses)
      EXPECT_TRUE(clause.is_answered()) << document.name << ' ' << clause.id;
  for (const CoveredDocument& document : documents)
    for (const CoveredClause& clause : document.clauses)
      for (const Declaration& one : clause.declarations)
        EXPECT_NE(sentence(one, shipped_packs(), Language::zh_cn), "") << one.address;
}

}  // namespace
}  // namespace huilu::policy
