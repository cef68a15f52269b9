// The book: every duty in every period that is kept, each on a sheet, with the terms by which
// bearers are judged. Made from what is in force, the organisation and the facts in memory; the
// evaluator is asked only where these cannot say. Only the thread that follows uses it, but for the
// sheets, which readers read; filling shares its ledgers out among threads of its own.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "compliance/counting.h"
#include "compliance/holders.h"
#include "compliance/organisation.h"
#include "compliance/people.h"
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
  Slot alone = no_slot;  // a unit that is like no other

  auto operator<=>(const TermsKey&) const = default;
};

// Members for whom one answer holds: of each membership what the duty can see.
struct MembershipKey {
  TermsKey unit;
  TermsKey host;
  Date from;
  Date until;
  std::uint32_t flags = 0;
  std::uint32_t unit_of = 0;  // which membership is the first with that unit, and with that host
  std::uint32_t host_of = 0;

  auto operator<=>(const MembershipKey&) const = default;
};
using MemberKey = std::vector<MembershipKey>;

using TermsPointer = std::unique_ptr<const Terms>;

struct Ledger {
  Sheet sheet;
  const policy::Obligation* newest = nullptr;  // as its last version says
  Dependence dependence;                       // of any version of the duty
  std::set<std::string> types;                 // of records that any of its sets counts
  bool own = true;                             // only records of the bearer's own unit or person
  bool by_person = false;  // of members: only records that name whom it asks about

  // Terms as they were asked for; null pointers: not yet.
  std::vector<TermsPointer> of_profile;
  std::map<TermsKey, TermsPointer> of_key;
  std::map<Slot, TermsPointer> of_unit;
  std::map<MemberKey, TermsPointer> of_members;
  std::map<Slot, TermsPointer> of_person;

  bool of_units() const { return sheet.bearer() == policy::BearerKind::unit; }
  bool is_of_members() const { return sheet.bearer() == policy::BearerKind::member; }
  void forget_members() {
    of_members.clear();
    of_person.clear();
  }
};

// As they were decided.
struct Leaves {
  using BySlot = std::map<Slot, std::vector<obligation::Leave>>;
  BySlot of_units;
  BySlot of_persons;
  std::map<TenureId, std::vector<obligation::Leave>> of_tenures;
};

// What is judged by. All must outlive the book.
struct Basis {
  const Organisation& organisation;
  const FactStore& unit_facts;
  const People& people;
  const FactStore& person_facts;
  const Holders& holders;
  const Leaves& leaves;
};

// What a home has in a duty: counted here, and besides what only the evaluator can say.
struct HomeAnswer {
  std::vector<Answered> counted;
  std::set<PersonId> ask;  // persons to ask about
  bool ask_all = false;    // everybody; then nothing was counted
};

class Book {
 public:
  // `catalog` and `only` must outlive it. `only`: addresses of the duties it keeps; a null pointer:
  // all of them.
  Book(obligation::Facts policy, const record::Catalog& catalog, const Basis& basis,
       const std::set<std::string>* only = nullptr);

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
  HomeAnswer answer(Ledger& ledger, Slot home, Date today);
  // Whoever may have bearers of a duty of members or posts.
  std::vector<Slot> homes_of(const Ledger& ledger) const;
  // By home; of each ledger what is left to ask.
  using ToAsk = std::map<Slot, std::vector<std::pair<Ledger*, HomeAnswer>>>;
  // Every home at once, of ledgers without counts, on several threads; whatever is left to ask is
  // added to `asked` and put on no sheet.
  void fill(const std::vector<Ledger*>& ledgers, Date today, ToAsk& asked);

  // Terms of this unit, or of everybody, that may have become others.
  void forget_terms(Slot unit);
  void forget_member(Slot person);
  void forget_members();
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
    const policy::Obligation* newest = nullptr;
    std::vector<const policy::Obligation*> versions;
    std::set<std::string> parameters;  // "pack/name", of any version; "pack/": all of the pack
  };

  bool is_tailored(const policy::Pack& pack) const;
  void find_duties(const std::set<std::string>* only);
  bool is_by_person(const Duty& duty) const;
  void add_parameters(const policy::Pack& pack, const policy::Obligation& obligation,
                      std::set<std::string>& out) const;
  bool is_placed_alone(const Ledger& ledger, Slot unit) const;
  bool is_alone(const Ledger& ledger, Slot unit) const;
  bool is_by_profile(const Ledger& ledger) const;
  TermsKey key_of(const Ledger& ledger, Slot unit) const;
  void fill_units(const std::vector<Ledger*>& ledgers, Date today, ToAsk& asked);
  void fill_one(Ledger& ledger, Slot unit, Date today, ToAsk& asked);
  TermsPointer make_terms(Ledger& ledger, Slot unit, bool alone, Date today);
  void add_unit(Slot unit, bool with_above);
  void add_person(Slot person, bool with_above);
  Terms asked_terms(const Ledger& ledger, const obligation::Bearer& bearer, Date today);

  // Members and posts.
  class Roll;
  void fill_home(Ledger& ledger, Slot home, Date today, ToAsk& asked);
  HomeAnswer answer_members(Ledger& ledger, Slot home, Date today);
  bool has_leave(const Ledger& ledger, const Leaves::BySlot& leaves, Slot bearer) const;
  const Terms& terms_of_member(Ledger& ledger, Slot person, Date today);
  HomeAnswer answer_posts(Ledger& ledger, Slot home, Date today);
  std::optional<std::vector<Fact>> facts_of_tenure(const Ledger& ledger,
                                                   const obligation::Tenure& tenure,
                                                   const Terms& terms) const;
  Terms terms_of_tenure(const Ledger& ledger, const obligation::Tenure& tenure, Date today);
  TermsPointer make_member_terms(Ledger& ledger, Slot person, Date today);
  MemberKey key_of_member(const Ledger& ledger, Slot person) const;
  Slot home_of(const Ledger& ledger, Slot person, Date today) const;

  std::mutex making_;         // of terms: whoever makes them has these to itself
  obligation::Facts policy_;  // its units are those of the question
  const record::Catalog& catalog_;
  const Basis basis_;
  const Organisation& organisation_;
  obligation::Calendars calendars_;
  Counting counting_;
  std::vector<Duty> duties_;
  std::set<UnitId> named_;  // units that a campaign or an activation names
  std::vector<std::unique_ptr<Ledger>> ledgers_;
  std::map<std::pair<std::string, std::string>, Ledger*> by_name_;
};

}  // namespace huilu::compliance
