// Holders in memory: who holds, held or will hold which posts where. Read from the tables, whole or
// some persons again.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "obligation/facts.h"
#include "store/store.h"

namespace huilu::compliance {

class Holders {
 public:
  void load(store::Connection& connection);
  void follow(store::Connection& connection, const std::set<PersonId>& persons);

  const std::vector<obligation::Tenure>& tenures_of(PersonId person) const;  // by id
  const std::set<PersonId>& at(UnitId unit) const;
  std::set<UnitId> homes_of(PersonId person) const;
  std::vector<UnitId> homes() const;
  // Whose holding of a post begins or ends after `day`, up to `until`.
  std::set<PersonId> changing_between(Date day, Date until) const;

 private:
  void add(obligation::Tenure tenure);

  std::map<PersonId, std::vector<obligation::Tenure>> by_person_;
  std::map<UnitId, std::set<PersonId>> by_unit_;
};

}  // namespace huilu::compliance
