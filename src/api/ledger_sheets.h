// A ledger that somebody uploaded, read and looked up as far as reading goes: what each of its rows
// asks for, with every fault that is seen before the road is taken. Used by the import's routes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/call.h"
#include "matter/ledger_import.h"

namespace huilu::api {

struct LedgerUpload {
  UnitId unit;  // whose ledger it is
  std::string type;
  std::string name;   // of the file
  std::string sheet;  // of a workbook; empty: the first that is not hidden
  std::string code_system;
  matter::HeadAsked head;
  bool dry_run = false;
};

// Query of the request, its permission and its type. `pack`: in force at the unit.
struct LedgerRead {
  LedgerUpload asked;
  const policy::Pack* pack = nullptr;
  matter::FactsPointer facts;
  org::Sheet sheet;
  matter::LedgerHead head;

  const policy::MatterType& type() const { return matter::type_in(*pack, asked.type); }
};
Result<LedgerRead> read_ledger_upload(Call& call);

// The command that takes it in.
Answer ledger_import_of(Call& call, const LedgerRead& read);

}  // namespace huilu::api
