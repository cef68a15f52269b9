// Notes: what stands in clauses and can be recognised without understanding them: citations,
// placeholders, numbers, days, who speaks; and what somebody should decide about them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "document/outline.h"
#include "document/types.h"

namespace huilu::document {

// A note before its place is told in raw bytes.
struct SpanNote {
  std::string kind;
  NoteStatus status = NoteStatus::found;
  int node = -1;
  Span span;
  std::vector<std::pair<std::string, std::string>> details;
};

struct Read {
  std::u16string_view text;
  std::u16string_view shadow;
  const Frame& frame;
  const Outline& outline;
};

std::vector<SpanNote> notes_of(const Read& read);

}  // namespace huilu::document
