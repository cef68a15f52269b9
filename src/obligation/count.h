// Counting: what a test of a duty finds among the records, which of them count and since when,
// which do not and why.
#pragma once

#include "obligation/case.h"

namespace huilu::obligation {

// How one record stands to a set, as it was known at an instant.
enum class Standing {
  silent,    // not a candidate: another type, another bearer, another time
  rejected,  // a candidate that does not count
  late,      // counts, done after the last day for it
  in_time,
};

struct Fit {
  Standing standing = Standing::silent;
  Date day;           // the day that counts
  std::string why;    // of a rejected one, as in RejectedRecord
  policy::Label say;  // of one rejected for its quality
  std::string type;   // the address by which it is a candidate

  bool counts() const { return standing >= Standing::late; }
};

Fit fit_of(Context& context, const Case& one, const policy::Test& test, const Record& record,
           Instant known);

// The days on which what a set counts is done: its own, the last ones of a duty that has to be done
// again, otherwise the period. Nothing where an anchor leads to no date.
std::optional<Interval> during_of(Context& context, const Case& one, const policy::Test& test);

// `test` is the duty's, or a part of it.
TestResult count(Context& context, const Case& one, const policy::Test& test);

// A test made of others: what their results are together, in any order.
Class all_of(const std::vector<TestResult>& parts);
Class any_of(const std::vector<TestResult>& parts);

}  // namespace huilu::obligation
