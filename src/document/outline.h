// Outline: from blocks to the tree of clauses. Numbers place a block, the text between them belongs
// to the number before it; what the numbers lack is said and never filled in.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "document/frame.h"

namespace huilu::document {

struct Node {
  int parent = -1;  // index; -1 is the document
  Marker marker;    // rank 0: a paragraph without a number
  Span span;        // empty where the node has no text of its own
  Span heading;
  int line = 0;
  bool has_clause = true;     // false: only a level, such as what comes before the first number
  bool is_synthetic = false;  // its heading is missing
  bool is_paragraph = false;
  std::vector<Span> notices;  // passages that are missing just before or in it
  std::string id;
  std::string path;
};

// Something about the outline that somebody should decide or know, in words of notes.
struct Remark {
  std::string kind;  // break, heading, numbering_gap, repeated_number
  std::size_t node = 0;
  std::string text;
  bool is_inferred = false;
};

struct Outline {
  std::vector<Node> nodes;  // in the order of the text; ids and paths are set
  std::vector<Remark> remarks;
  std::vector<Span> notices;  // before the first or after the last node
};

Outline outline_of(std::u16string_view text, std::u16string_view shadow, Frame& frame);

}  // namespace huilu::document
