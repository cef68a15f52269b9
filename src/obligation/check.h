// Checks judged: whether a record may be saved, planned, ended or changed as it stands in the
// facts. Pure; the road asks it inside its transaction with what the tables say, stories with what
// they told. The record's newest version is as it would be afterwards; the one before it, if any,
// is what is there now.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "obligation/evaluate.h"

namespace huilu::obligation {

struct CheckResult {
  bool holds = true;
  TestResult test;               // need, have; `counted`: what was found in its sets
  std::vector<RecordId> others;  // found there beside the record itself, by day
  std::vector<BoundParameter> parameters;
  std::string error;  // why it could not be judged; then it does not hold
};

// Does the step from one version to the next concern the check? A null pointer: there is none yet.
bool concerns(const policy::Check& check, const RecordVersion* before, const RecordVersion& after);

// Nothing where the check does not concern the record, where its `when` does not hold, or where a
// parameter has no value on the record's day. `pack` declares the check and is in force.
std::optional<CheckResult> judge(const Facts& facts, const policy::Pack& pack,
                                 const policy::Check& check, RecordId record, Date today);

// The day of a record by which versions of packs and parameters are chosen: that on which it
// counts, of a lasting one the day on which it begins.
Date day_of_record(const RecordVersion& version, const policy::RecordType& type);

// The words that are shown where it does not hold.
std::string said(const Facts& facts, const policy::Pack& pack, const policy::Check& check,
                 const CheckResult& result, policy::Language language);

}  // namespace huilu::obligation
