// What an account has to do and by when: its duties and what waits for it on the ledger, as its own
// list of things to do says. Used by its calendar feed and by the digest of a working day.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/call.h"
#include "compliance/explain.h"

namespace huilu::api {

struct Due {
  std::string key;
  std::string title;  // in the call's language: labels of packs, and the number of a matter
  std::string path;   // of its page
  std::optional<Date> day;
};

// As the account of the call sees them today; at most some hundreds of matters.
std::vector<Due> what_is_due(Call& call);
// The same of many calls with one reader, in their order: what several of them have to do is looked
// through once.
std::vector<std::vector<Due>> what_is_due(std::vector<Call>& calls);

// The units for which the account may enter records, and its own person.
compliance::Whose own_duties(Call& call);

}  // namespace huilu::api
