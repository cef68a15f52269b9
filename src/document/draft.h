// Draft: the duties that a document's clauses may hold, read from their words. Proposals only: each
// names the clause and the words it was read from, and a number that the text lacks stays missing.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/value.h"
#include "document/types.h"

namespace huilu::document {

// A word of a list and the words that said it; empty where nothing did.
struct Reading {
  std::string id;     // "year"
  std::string words;  // 每年
};

struct Proposal {
  std::string clause;
  Range raw;          // of the words
  std::string words;  // the segment it was read from
  Reading actor;
  Reading action;
  Reading frequency;
  Reading deadline;
  Reading count;                   // at_least, at_most
  std::optional<int> number;       // of the count
  bool number_is_missing = false;  // there is a hole where it stood
};

// In the order of the text.
std::vector<Proposal> draft_duties(const Document& document);

Value as_value(const std::vector<Proposal>& proposals);

}  // namespace huilu::document
