// Wording: the patterns of data/splitting.yaml, compiled once. What a document is recognised by is
// data, so that another habit of spelling is a line there and nothing here.
#pragma once

#include <string>
#include <vector>

#include "document/pattern.h"

namespace huilu::document {

enum class FramePlace { head, tail, any };
enum class FrameExtent { whole, start, end };

// What stands around a text and is no clause of it.
struct FrameRule {
  std::string rule;
  FramePlace where;
  FrameExtent extent;
  Pattern pattern;
  std::vector<std::string> fields;  // metadata: name of group 1, 2 …
};

struct NumberingKind {
  std::string kind;
  int rank;
  Pattern pattern;  // group 1 is the number
};

struct HoleRule {
  std::string kind;
  Pattern pattern;  // each group is a place where something is missing
};

struct Wording {
  Pattern gloss;  // groups: character, brackets with the reading, reading
  Pattern toned;
  std::vector<FrameRule> frame;
  std::vector<NumberingKind> numbering;
  std::vector<HoleRule> holes;
  std::vector<HoleRule> dateline_holes;
  Pattern bare_numeral;
  Pattern sentence_end;
  Pattern heading_line;
  Pattern dashed_heading;
  Pattern subtitle;
  std::size_t run_in_characters_max;
  Pattern tells;
  Pattern closing_subject;
  Pattern closing_matter;
  Pattern closing_heading;
  Pattern speaker;
  Pattern not_a_speaker;
  Pattern narrator;
  Pattern citation;
  Pattern placeholder;
  Pattern sum;
  Pattern number;
  Pattern date;
  Pattern relative_day;
};

const Wording& wording();

}  // namespace huilu::document
