// Damage: places where a text was read in the wrong encoding. They are marked; where the bytes tell
// what stood there, a repair is offered and never applied.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "document/pattern.h"

namespace huilu::document {

struct Damage {
  Span span;
  std::u16string offer;  // U+25A1 □ for a character that is lost; empty: nothing to offer
};

// `text` is the whole normalised text: what else stands in it tells which characters are likely.
std::vector<Damage> damages_of(std::u16string_view text);

}  // namespace huilu::document
