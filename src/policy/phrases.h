// Phrases: the parts of a pack as words of a language: values, lengths, dates, paths, conditions,
// tests. Sentences (policy/sentence.h) are made of them, and so are explanations. Words stand in
// the room words under "sentence."; titles come from the packs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "policy/obligation.h"
#include "policy/pack.h"
#include "policy/path_type.h"
#include "words/words.h"

namespace huilu::policy {

// Whom a condition is about, and who $bearer is.
struct Subject {
  PathType thing;
  std::optional<BearerKind> bearer;
  PathType it = {};  // of a duty with cases: what $it is
};

Subject subject_of(BearerKind kind);                // the bearer itself
Subject subject_of_matter(const MatterType& type);  // paths and $it begin at the matter
Subject subject_of_record(const std::string& address, std::optional<BearerKind> bearer = {});
// The bearer of the duty, and what its cases are.
Subject subject_of(const Obligation& obligation);

class Phrases {
 public:
  // `packs` have the record types that the pack names, core among them; both must outlive it.
  Phrases(const Pack& pack, const std::vector<Pack>& packs, Language language);

  std::string say(std::string_view key, words::Values values = {}) const;
  // "a，b，且c", "a、b和c", "a、b或c".
  std::string all_of(const std::vector<std::string>& parts) const;
  std::string both(const std::vector<std::string>& parts) const;
  std::string one_of(const std::vector<std::string>& parts) const;
  std::string joined(const std::vector<std::string>& parts, std::string_view joiner) const;
  const std::string& title(const Label& label) const { return label.in(language_); }
  // The title of a word of core: ("ranks", "county").
  std::string title_of(std::string_view list, std::string_view code) const;
  std::string title_of_tag(const std::string& tag) const;
  std::string clauses(const std::vector<std::string>& ids) const;
  std::string title_of_record_type(const std::string& address) const;
  // Of a set: what its conditions are about, and what that is called.
  std::string title_of(const Set& set) const;

  std::string text(const Duration& duration) const;
  std::string text(const MonthDay& day) const;
  // `counts`: a number without a unit of its own counts records.
  std::string text(const Setting& setting, const Parameter& parameter, bool counts = false) const;
  std::string text(const Interval& interval) const;
  // Every value that it has: "2 次（2021 年起，假定）、3 次（2024 年起，决定）".
  std::string values(const Parameter& parameter, bool counts = false) const;
  std::string value(const Parameter& parameter, const ParameterValue& value, bool counts = false,
                    const std::vector<std::string>& remarks = {}) const;
  std::string text(const ParameterUse& use) const;
  std::string text(const DurationUse& use) const;

  std::string day(const Anchor& anchor, const Subject& subject) const;       // 当期结束之日
  std::string deadline(const Anchor& anchor, const Subject& subject) const;  // 当期结束前
  std::string path(const Path& path, const Subject& subject) const;
  std::string condition(const Condition& condition, const Subject& subject) const;
  std::string test(const Test& test, const Subject& subject) const;
  std::string number(const Test& test) const;       // of a test that counts
  std::string measured(const Set& set) const;       // of an indicator
  Subject subject_of_one_in(const Set& set) const;  // likewise: one of them
  std::string percent(Decimal share) const;
  std::string each(const ForEach& each, const Subject& subject) const;  // 每名党员
  std::string field(const Field& field) const;  // its title, with what marks it
  // "S0-6.6 …" where there is a clause.
  std::string cited(const std::vector<std::string>& clauses, const std::string& text) const;

 private:
  struct Walked;
  Walked walk(const Path& path, const Subject& subject) const;
  std::string name_of(const PathType& from, const std::string& step, const PathType& to) const;
  std::string root(const Path& path, const Subject& subject) const;
  std::string line(const Comparing& line, const Subject& subject) const;
  std::string compared(const Comparing& line, const std::string& path, const PathType& type,
                       const Subject& subject) const;
  std::string inner(const Comparing& line, const std::string& path, const PathType& type,
                    const Subject& subject) const;
  std::string items(const Condition& condition, const std::string& path, const PathType& type,
                    const Subject& subject) const;
  std::string operand(const Operand& operand, const PathType& type, const Subject& subject) const;
  std::string written(const Value& value, const PathType& type) const;
  std::string counting(const Test& test, const Subject& subject) const;
  std::string set(const Set& set, const Subject& subject) const;
  std::string set_of_items(const Set& set, const Subject& subject) const;
  Subject subject_of_one(const Set& set, const Subject& subject) const;
  const MatterType* find_matter_type(const std::string& address) const;
  std::string ended(const std::vector<std::string>& parts, std::string_view joiner,
                    std::string_view last) const;
  std::string table(const Parameter& parameter, const ParameterValue& value, bool counts) const;
  std::string since(const Parameter& parameter, const ParameterValue& value) const;

  const Pack& pack_;
  const std::vector<Pack>& packs_;
  Language language_;
  const Vocabulary& words_;
  PathTypes types_;
};

}  // namespace huilu::policy
