// The book: every duty in every period that is kept, each on a sheet, with the terms by which units
// are judged. Made from what is in force, the organisation and the facts in memory; the evaluator
// is asked only where these cannot say. Only the thread that follows uses it, but for the sheets,
// which readers read; filling shares its ledgers out among threads of its own.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "compliance/counting.h"
#include "compliance/organisation.h"
#include "compliance/sheet.h"
#include "compliance/terms.h"
#include "obligation/facts.h"

namespace huilu::compliance {

// Units for which one answer holds.
struct TermsKey {
  std::uint32_t profile = 0;
  Slot parent = no_slot;
  Date from;
  Date go_live;

  auto operator<=>(const TermsKey&) const = default;
};

using TermsPointer = std::unique_ptr<const Terms>;

struct Ledger {
  Sheet sheet;
  Dependence dependence;        // of any version of the duty
  std::set<std::string> types;  // of records that any of its sets counts
  bool own = true;              // only records of the bearer's own unit or person

  // Terms as they were asked for; null pointers: not yet.
  std::vector<TermsPointer> of_profile;
  std::map<TermsKey, TermsPointer> of_key;
  std::map<Slot, TermsPointer> of_unit;

  bool of_units() const { return sheet.bearer() == policy::BearerKind::unit; }
};

// Of units, as they were decided.
using Leaves = std::map<Slot, std::vector<obligation::Leave>>;

class Book {
 public:
  // All but `policy` and `only` must outlive it. `only`: addresses of the duties it keeps; a null
  // pointer: all of them.
  Book(obligation::Facts policy, const record::Catalog& catalog, const Organisation& organisation,
       const FactStore& facts, const Leaves& leaves, const std::set<std::string>* only = nullptr);

  const obligation::Facts& policy() const { return policy_; }
  Counting& counting() { return counting_; }
  const std::vector<std::unique_ptr<Ledger>>& ledgers() const { return ledgers_; }
  Ledger* find(const std::string& obligation, const std::string& period) const;

  // Whether a decision on one of these parameters ("pack/name") may change what the duty asks for.
  bool is_decided_by(const std::set<std::string>& parameters, const std::string& obligation) const;

  // Whether another campaign may change what the duty asks for: it is of one, or shares records
  // with duties that may be.
  bool looks_at_campaigns(const std::string& obligation) const;

  // Ledgers that are not kept yet, of periods that begin before `until` and end after `from`.
  std::vector<std::unique_ptr<Ledger>> opened(Date from, Date until) const;
  void keep(std::vector<std::unique_ptr<Ledger>> ledgers);  // in the order of duties
  void drop_before(Date from);                              // periods that ended

  const Terms& terms(Ledger& ledger, Slot unit, Date today);
  // What a unit has in its own duty; nothing where the evaluator has to be asked.
  std::optional<std::vector<Answered>> answer(Ledger& ledger, Slot unit, Date today);
  using Asked = std::map<Slot, std::vector<Ledger*>>;
  // Every unit at once, of ledgers of units without counts, on several threads; those to ask about
  // are added to `asked`.
  void fill(const std::vector<Ledger*>& ledgers, Date today, Asked& asked);

  // Terms of this unit, or of everybody, that may have become others.
  void forget_terms(Slot unit);
  void forget_terms_of_profiles(const std::set<std::uint32_t>& profiles);
  void forget_terms_above();

 private:
  struct Duty {
    std::string address;
    policy::BearerKind bearer;
    Dependence dependence;
    std::set<std::string> types;
    bool own = true;
    bool campaigns = false;
    std::vector<const policy::Obligation*> versions;
    std::set<std::string> parameters;  // "pack/name", of any version; "pack/": all of the pack
  };

  void find_duties(const std::set<std::string>* only);
  void add_parameters(const policy::Pack& pack, const policy::Obligation& obligation,
                      std::set<std::string>& out) const;
  bool is_alone(const Ledger& ledger, Slot unit) const;
  bool is_by_profile(const Ledger& ledger) const;
  void fill_share(const std::vector<Ledger*>& ledgers, Date today, Asked& asked);
  void fill_one(Ledger& ledger, Slot unit, Date today, Asked& asked);
  TermsPointer make_terms(Ledger& ledger, Slot unit, bool alone, Date today);
  void add_unit(Slot unit, bool with_above);

  std::mutex making_;         // of terms: whoever makes them has these to itself
  obligation::Facts policy_;  // its units are those of the question
  const record::Catalog& catalog_;
  const Organisation& organisation_;
  const FactStore& facts_;
  obligation::Calendars calendars_;
  Counting counting_;
  std::vector<Duty> duties_;
  std::set<UnitId> named_;  // units that a campaign or an activation names
  const Leaves& leaves_;
  std::vector<std::unique_ptr<Ledger>> ledgers_;
  std::map<std::pair<std::string, std::string>, Ledger*> by_name_;
};

}  // namespace huilu::compliance
