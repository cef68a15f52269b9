// Counting: which duties the index counts by itself, and what it remembers of
// a record for them. A rule looks at one set of records of the bearer's own: the unit's, or those
// that say that the member was there; everything that such a set asks of a record alone becomes
// bits of its facts, asked once when the record is read. Of every other duty the facts only tell
// whether there is anything to ask the evaluator about.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "compliance/dependence.h"
#include "compliance/fact_store.h"
#include "obligation/context.h"
#include "record/catalog.h"

namespace huilu::compliance {

// Bits of a fact beside those of conditions.
inline constexpr std::uint64_t entered_bit = std::uint64_t{1} << 22;  // not planned, not void
inline constexpr std::uint64_t odd_bit = std::uint64_t{1} << 21;      // only the evaluator can say
inline constexpr std::uint64_t planned_bit = std::uint64_t{1} << 20;
inline constexpr int condition_bits = 20;

// How an obligation of units or members is counted, in one version of its pack.
struct Rule {
  bool exact = false;  // by facts alone; otherwise the evaluator is asked where there are any
  bool own = false;    // its records are all of the bearer's own: without facts there is nothing
  std::vector<std::uint16_t> sources;  // of all its sets; of an exact rule one
  policy::TestKind kind = policy::TestKind::at_least;
  std::uint64_t candidate = 0;  // bits that make a record one that may count
  std::uint64_t good = 0;       // bits that it needs to count
  bool distinct_days = false;
  policy::Missing missing = policy::Missing::counts_as_zero;
  Dependence dependence;
};

// Of one record, by subject; of each newest version first.
struct RecordFacts {
  std::map<UnitId, std::vector<Fact>> of_units;
  std::map<PersonId, std::vector<Fact>> of_persons;
};

class Counting {
 public:
  // Of every obligation of units and members in the activations of `policy`, or of those with
  // `only` these addresses; policy and catalog must outlive it.
  Counting(const obligation::Facts& policy, const record::Catalog& catalog,
           const std::set<std::string>* only = nullptr);
  ~Counting();

  const Rule& rule(const policy::Obligation& obligation) const { return rules_.at(&obligation); }

  std::size_t sources() const { return sources_.size(); }
  // Sources that a fact of the table belongs to by its type's number.
  struct Use {
    std::uint16_t source = 0;
    bool needs_content = false;  // the row alone does not tell the bits, or whose they are
    bool of_present = false;     // facts of whoever was present, not of the unit
  };
  const std::vector<Use>& uses(std::int64_t type) const;
  RecordFacts facts_of(const obligation::Record& record);

 private:
  struct Source;
  struct Compiling;

  // Of one source.
  void add_facts(const obligation::Record& record,
                 const std::vector<const obligation::RecordVersion*>& versions,
                 std::uint16_t number, RecordFacts& out);
  // Bits of one version for one source; nothing where it is none of its records.
  std::optional<Fact> fact_of(const obligation::Record& record,
                              const obligation::RecordVersion& version, const Source& source,
                              std::uint16_t number);
  bool holds(const obligation::Record& record, const obligation::RecordVersion& version,
             const std::string& type, const policy::Pack& pack, const policy::Condition& condition,
             bool& odd);

  const obligation::Facts& policy_;
  const record::Catalog& catalog_;
  obligation::Calendars calendars_;
  std::vector<std::unique_ptr<Source>> sources_;
  std::map<const policy::Obligation*, Rule> rules_;
  std::map<std::int64_t, std::vector<Use>> uses_;
};

}  // namespace huilu::compliance
