// Import of somebody's own ledger: matters of a type are opened from the rows of a sheet, and rows
// of what is here already change what they fill in. All or nothing, every fault named by its cell,
// the same sheet again changes nothing. One command; each row is an entry of its own, as if it had
// been opened or edited by hand, and one entry says what was imported. Used by the API.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "matter/commands.h"
#include "matter/ledger_sheet.h"

namespace huilu::matter {

inline constexpr std::size_t ledger_faults_max = 1'000;  // beyond it only their number

// What the cells name, as the caller has looked it up.
struct LedgerNames {
  std::map<std::string, std::vector<UnitId>> units;  // by what is written
  // By unit and name: whoever is called so there.
  std::map<std::pair<UnitId, std::string>, std::set<PersonId>> persons;
};

// A row, as far as it is understood.
struct LedgerAsked {
  LedgerRow row;
  std::optional<MatterId> id;        // of what is here already
  std::optional<std::int64_t> seen;  // the version that was exported
  std::string number;
  UnitId unit;  // responsible; 0: not understood
  obligation::Change change;
  Refusals faults;
};

// Texts that units are called by.
std::set<std::string> units_named_in(const LedgerTable& table, const policy::MatterType& type);
std::set<std::string> persons_named_in(const LedgerTable& table, const policy::MatterType& type);
// The row's unit, or `otherwise` where the sheet has no such column.
LedgerAsked understood(const LedgerRow& row, const policy::MatterType& type, UnitId otherwise,
                       const LedgerNames& names);
// The units at which its persons are looked for: its own, and those that it names.
std::vector<UnitId> units_of_row(const LedgerAsked& asked, const policy::MatterType& type);
// Of fields and the deadline only what becomes different.
obligation::Change differing(const Matter& matter, const obligation::Change& asked);

// What is done with a row, and everything that it is done by.
struct LedgerStep {
  LedgerAsked asked;
  const policy::Pack* pack = nullptr;  // of what is opened
  std::optional<Read> read;            // of what is edited
  std::optional<Stored> there;         // has this number already, or nothing to be changed
  std::vector<std::string> differs;    // fields that the sheet says otherwise, and are left
};

struct LedgerAim {
  std::string type;
  UnitId ledger;
  std::string name;  // of the sheet
  ColumnMap columns;
  bool dry_run = false;
};

// matter_open at every unit of a row. Replies {"created", "changed", "unchanged", "existing",
// "dry_run", "rows": [{"line", "what", "id", "number", "unit", "differs"}]}.
class ImportLedger : public command::Command {
 public:
  ImportLedger(FactsPointer facts, LedgerAim aim, std::vector<LedgerStep> steps);

  std::string_view name() const override { return "import_ledger"; }
  command::Need need() const override;
  std::string where_of(UnitId unit) const override;
  bool alone() const override { return true; }
  void load(store::Connection& connection) override;
  Refusals decide(const command::Context& context) override;
  command::Reply write(const command::Context& context, command::Writing& writing) override;

 private:
  Refusals decide_opening(LedgerStep& step, const command::Context& context);
  Refusals decide_edit(const LedgerStep& step, std::size_t at, const command::Context& context);
  std::string written(std::size_t at, const command::Context& context, command::Writing& writing);
  void write_entry(std::int64_t created, std::int64_t changed, const command::Context& context,
                   command::Writing& writing) const;

  FactsPointer facts_;
  LedgerAim aim_;
  std::vector<LedgerStep> steps_;
  std::vector<Mentioned> mentioned_;  // of each step
  std::vector<Matter> matters_;       // as each step leaves it
  KnownReads reads_;
  Known known_;
  std::map<std::size_t, store::Pending> newest_;
  std::vector<store::Pending> numbers_;
};

}  // namespace huilu::matter
