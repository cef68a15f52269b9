// Schema: the format of a pack as a JSON Schema, for editors that complete keys and explain them.
// Made from the shapes of the forms that packs are read with (policy/shape.h); what keys mean is
// said by the words room under "schema.". `huilu pack schema` prints it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/value.h"
#include "policy/label.h"
#include "policy/shape.h"

namespace huilu::policy {

// Draft 7. Of pack.yaml and of the files that hold one of its top-level keys; stories are lists of
// their own and not among them. Checks that only a reading of the whole pack can make are left out.
Value json_schema(Language language);

// What a key of a map means: the text of "schema.<map>.<key>", otherwise of "schema.<key>". Empty
// where there is none.
std::string key_meaning(Language language, std::string_view map, std::string_view key);

// Every key of every map, as (map, key), each once.
std::vector<std::pair<std::string, std::string>> keys_of(const ShapePointer& shape);

}  // namespace huilu::policy
