// Checks what an obligation says: its bearers, its test, its dates, its leaves; and the campaign,
// bundles and conditions of record types, which are made of the same parts. Names of record types
// are resolved before. Used by policy/resolver.h.
#pragma once

#include "policy/condition_check.h"

namespace huilu::policy {

class ObligationCheck {
 public:
  ObligationCheck(Reading& reading, const PathTypes& types, const Pack& pack,
                  const Vocabulary& words)
      : reading_(reading), types_(types), pack_(pack), words_(words) {}

  // `node` is the declaration, for places.
  void check(Obligation& obligation, const Node& node);
  void check(Campaign& campaign);
  void check(Bundle& bundle);
  void check(RecordType& type);

 private:
  ConditionCheck of(const Reach& reach) const { return {reading_, types_, pack_, reach}; }
  void check_every(const Obligation& obligation, const Node& node);
  // What it yields, and what may then be said; finds nothing wrong twice.
  Reach check_for_each(Obligation& obligation, const Reach& reach, const Node& node);
  PathType check_records(ForEach& each, const Reach& reach);
  PathType check_people(const Obligation& obligation, const Reach& reach, bool of_posts);
  PathType check_values(const ForEach& each, const Reach& reach);
  void date_cases(Obligation& obligation);
  void check_announced(ForEach& each, const Reach& reach);
  void check_days(Obligation& obligation, const Reach& reach, const Node& node);
  void check_sharing(const Obligation& obligation, const Reach& reach, const Node& node);
  void check_items(Test& test, Reach reach);
  void check_anniversary(const Obligation& obligation, const Reach& reach);
  void check_dated(const Obligation& obligation, const Node& node);
  void check_always(const Obligation& obligation, const Node& node);
  void check_who(Obligation& obligation, Reach reach, const Node& node);
  void check(Test& test, const Reach& reach);
  void check(Set& set, Reach reach);
  void check_threshold(const Test& test, const Reach& reach);
  void check_number(const Test& test, std::int64_t millionths, const std::string& written);
  void check_of(const Test& test, const Reach& of_record);
  void check_due(Obligation& obligation, const Reach& reach, const Node& node);
  void check_leave(const Leave& leave, const Reach& reach, const Node& node);

  Reading& reading_;
  const PathTypes& types_;
  const Pack& pack_;
  const Vocabulary& words_;
};

}  // namespace huilu::policy
