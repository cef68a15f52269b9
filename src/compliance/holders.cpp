#include "compliance/holders.h"

#include <algorithm>

#include "compliance/load_facts.h"
#include "compliance/queries_index.h"
#include "obligation/organisation.h"

namespace huilu::compliance {

void Holders::add(obligation::Tenure tenure) {
  by_unit_[tenure.unit].insert(tenure.person);
  by_person_[tenure.person].push_back(std::move(tenure));
}

void Holders::load(store::Connection& connection) {
  for_each_tenure(connection, nullptr, [&](const store::Row& row) { add(tenure_from(row)); });
}

void Holders::follow(store::Connection& connection, const std::set<PersonId>& persons) {
  for (const PersonId person : persons) {
    for (const UnitId unit : homes_of(person)) by_unit_[unit].erase(person);
    by_person_.erase(person);
  }
  for_each_tenure(connection, &persons, [&](const store::Row& row) { add(tenure_from(row)); });
}

const std::vector<obligation::Tenure>& Holders::tenures_of(PersonId person) const {
  static const std::vector<obligation::Tenure> none;
  const auto found = by_person_.find(person);
  return found == by_person_.end() ? none : found->second;
}

const std::set<PersonId>& Holders::at(UnitId unit) const {
  static const std::set<PersonId> nobody;
  const auto found = by_unit_.find(unit);
  return found == by_unit_.end() ? nobody : found->second;
}

std::set<UnitId> Holders::homes_of(PersonId person) const {
  std::set<UnitId> homes;
  for (const auto& tenure : tenures_of(person)) homes.insert(tenure.unit);
  return homes;
}

std::vector<UnitId> Holders::homes() const {
  std::vector<UnitId> homes;
  for (const auto& [unit, persons] : by_unit_) {
    if (!persons.empty()) homes.push_back(unit);
  }
  return homes;
}

std::set<PersonId> Holders::changing_between(Date day, Date until) const {
  const auto begins = [&](Date one) { return one > day && one <= until; };
  std::set<PersonId> persons;
  for (const auto& [person, tenures] : by_person_) {
    if (std::any_of(tenures.begin(), tenures.end(), [&](const auto& tenure) {
          return begins(tenure.span.from) || begins(obligation::end_of(tenure.span));
        })) {
      persons.insert(person);
    }
  }
  return persons;
}

}  // namespace huilu::compliance
