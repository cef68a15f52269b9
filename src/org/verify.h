// Verification of the room's tables: each unit, person, membership, employment, post and tenure
// against the opening of its last journal entry, which must hold the same content. Asked by `huilu
// verify` after the journal itself was found sound.
#pragma once

#include <vector>

#include "journal/journal.h"

namespace huilu::org {

std::vector<journal::Damage> verify(store::Connection& connection);

}  // namespace huilu::org
