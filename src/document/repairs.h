// Repairs: what is changed before a text is read. Each rule removes or replaces something that
// carries no meaning, and none depends on what the text says.
#pragma once

#include "document/edited_text.h"

namespace huilu::document {

// Byte order mark, line breaks, blanks that do not break, characters that nobody sees, readings in
// brackets behind their character, a comma before another mark. Widths stay as they are.
void repair(EditedText& text);

}  // namespace huilu::document
