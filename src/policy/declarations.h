// The forms of a pack's declarations, one function for each top-level key that has one. `load_pack`
// reads with them; a new kind of declaration is a new line here.
#pragma once

#include "policy/reader.h"
#include "policy/record_type.h"
#include "policy/vocabulary.h"

namespace huilu::policy {

// Names of record types in `of` stay as written; `load_pack` resolves them.
Form<RecordType> record_type_form();
Form<Vocabulary> vocabulary_form();

}  // namespace huilu::policy
