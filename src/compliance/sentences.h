// Sentences: an explanation in words, in the three languages of the product: the verdict, what was
// needed and by which parameter, what counted and what did not, the dates with their steps, the
// clauses, and what would turn it. Screens, exports and the command line say it in the same words.
#pragma once

#include <string>
#include <vector>

#include "compliance/duty.h"
#include "compliance/views.h"

namespace huilu::compliance {

class Sentences {
 public:
  // All must outlive it.
  Sentences(const Explained& explained, const Duty& duty, words::Language language);

  // One line: the duty, the period, the verdict and why.
  // May it be said for whom or what a duty with cases is owed?
  bool may_name_cases() const;
  // "Li, Wang": for whom or what the case of a duty with cases is owed; its id where nobody may
  // know.
  std::string name_of_case(std::size_t index) const;
  std::string headline() const;
  // The rest, a sentence each, in the order of the drawer.
  std::vector<std::string> lines() const;

  // Of a unit; of a person only where names are shown, otherwise empty.
  std::string name_of(const obligation::Bearer& bearer) const;
  std::string why_rejected(const obligation::RejectedRecord& record) const;
  std::string title_of(const obligation::BoundParameter& parameter) const;
  std::string value_of(const obligation::BoundParameter& parameter) const;
  std::string fix(const obligation::Explanation::Fix& fix) const;

 private:
  const policy::Parameter* declared_of(const obligation::BoundParameter& bound) const;
  std::string origin_of(const obligation::BoundParameter& bound) const;
  std::string verdict_word() const;
  std::string amount(std::int64_t number, bool decimal) const;
  std::string need() const;
  std::string because() const;
  std::string still_to_do() const;
  void add_scope(std::vector<std::string>& out) const;
  void add_parameters(std::vector<std::string>& out) const;
  void add_test(const obligation::TestResult& test, std::vector<std::string>& out) const;
  void add_cases(std::vector<std::string>& out) const;
  void add_dates(std::vector<std::string>& out) const;
  void add_clauses(std::vector<std::string>& out) const;
  std::string say(std::string_view key, words::Values values = {}) const;
  std::string joined(const std::vector<std::string>& items) const;

  const Explained& explained_;
  const obligation::Explanation& one_;
  const Duty& duty_;
  words::Language language_;
};

// "2026年11月", "2026年第三季度", "专题期间": a period as it is said.
std::string period_title(const std::string& name, words::Language language);

}  // namespace huilu::compliance
