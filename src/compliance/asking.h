// Asking the evaluator: the bearers of one home, with facts from the tables, for duties that the
// index does not count itself, for what only the evaluator can say, and for whoever holds the index
// against it.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "compliance/sheet.h"
#include "obligation/evaluate.h"
#include "store/store.h"

namespace huilu::compliance {

// A duty in a period.
struct Asked {
  std::string obligation;
  calendar::Period period;
  std::optional<std::set<PersonId>>
      persons;  // only of these; their own records are all it looks at
};

// Whoever among the facts is counted in the home's row of the duty in the period.
std::vector<obligation::Bearer> bearers_at(const obligation::Facts& facts, UnitId home,
                                           const policy::Obligation& obligation, const Asked& asked,
                                           Date today);

class Asking {
 public:
  // As of today and what is known at its end; `policy` is copied.
  Asking(store::Connection& connection, const obligation::Facts& policy, Date today);

  // What the home has in each duty and period asked about, in their order.
  std::vector<std::vector<Answered>> of(UnitId home, const std::vector<Asked>& asked);
  // The first day after today on which the last answers may become others by the clock alone.
  std::optional<Date> next_change() const { return next_change_; }

 private:
  void load(UnitId home, const std::vector<Asked>& asked);
  std::vector<Answered> answer(UnitId home, const Asked& asked);
  void add_days(const obligation::Explanation& found);
  void find_next_change();

  store::Connection& connection_;
  obligation::Facts facts_;
  Date today_;
  obligation::Evaluator evaluator_;
  std::vector<Date> case_days_;  // on which a case with dates of its own becomes another
  std::optional<Date> next_change_;
};

}  // namespace huilu::compliance
