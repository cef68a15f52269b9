// Frame: which paragraphs and parts of them are the document, and which only stand around it (paths
// of a site, datelines, footers, notices that something is hidden). The first step of splitting.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "document/pattern.h"

namespace huilu::document {

// The number at the start of a block: "(三)" is kind bracketed, number 3.
struct Marker {
  std::string kind;
  int rank = 0;
  int number = 0;
  std::string label;     // "(三)", "9"
  std::size_t size = 0;  // units up to the text after it
};

// A paragraph, or a sentence where the text has lost its paragraphs.
struct Block {
  Span span;
  int line = 0;
  bool is_sentence = false;
  std::vector<Span> notices;  // cut just before it
  std::optional<Marker> marker;
};

struct Cut {
  Span span;
  std::string rule;
};

struct Frame {
  std::vector<Block> blocks;
  std::vector<Cut> cuts;      // by place
  std::vector<Span> notices;  // after the last block
  std::optional<Span> title;
  std::vector<std::pair<std::string, std::string>> metadata;
};

// `shadow` is simplified(text).
Frame frame_of(std::u16string_view text, std::u16string_view shadow);

Span trimmed(std::u16string_view text, Span span);
std::vector<Span> sentences(std::u16string_view shadow, Span span);  // with their final marks

// The marker by its punctuation, if there is one.
std::optional<Marker> marker_at(std::u16string_view text, std::u16string_view shadow, Span span);

int number_of(std::u16string_view digits);  // 十二, 12 or ⑫; 0 where it is none
std::string chinese_number(int number);     // 1 to 99

}  // namespace huilu::document
