// EditedText: the characters of a document while rules change them, each with the raw bytes that it
// came from. Rules hand in what they change; what stands at the end is the normalised text and the
// list of repairs that leads back.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "document/encoding.h"

namespace huilu::document {

// Units [begin, end) of the present text become `with`.
struct Edit {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::u16string with;
  std::string rule;
};

class EditedText {
 public:
  explicit EditedText(Decoded decoded);

  const std::u16string& text() const { return text_; }
  std::string utf8(std::size_t begin, std::size_t end) const;
  // Of units [begin, end); where they are none, the place between their neighbours.
  Range raw(std::size_t begin, std::size_t end) const;

  void apply(std::vector<Edit> edits);  // in order, not overlapping

  // By place; a change inside a later and wider one is part of that.
  std::vector<Repair> repairs() const;

 private:
  struct Change {
    Range raw;
    std::u16string with;
    std::string rule;
  };

  Decoded original_;
  std::u16string text_;
  std::vector<Range> from_;  // of each unit
  std::vector<Change> changes_;
};

// Applies repairs backwards: the raw bytes of a normalised text, without looking at them.
std::string restore(Encoding encoding, std::string_view text, const std::vector<Repair>& repairs);

// Applies the repairs that lie inside `range` to these raw bytes, as UTF-8.
std::string normalise(Encoding encoding, std::string_view raw, Range range,
                      const std::vector<Repair>& repairs);

// Where each UTF-16 unit of that text came from, and at the end where the last one ends.
std::vector<std::size_t> raw_offsets(const Document& document, Range range);

}  // namespace huilu::document
