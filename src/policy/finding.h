// A finding is a Refusal about a pack: code pack_*, `where` as path:line:column, `expected` and
// `got` as technical words. Sentences in three languages are made of these elsewhere; `line` is the
// plain form for logs and tests.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/refusal.h"

namespace huilu::policy {

// "records.yaml:12:5: pack_unknown_word: expected branch, got brnach"
std::string line(const Refusal& finding);

// The word that was probably meant (few edits away), or empty.
std::string_view nearest_word(std::string_view word, const std::vector<std::string_view>& words);

// For `expected`: the nearest word, or all words separated by commas.
std::string nearest_or_all(std::string_view word, const std::vector<std::string_view>& words);

// By file, line and column.
void sort_by_place(Refusals& findings);

}  // namespace huilu::policy
