// Checks of names by which one part of a declaration speaks of another: each is declared, and in a
// list each stands once. Used by the checks of a matter type.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "policy/matter_type.h"
#include "policy/reader.h"

namespace huilu::policy {

using Words = std::vector<std::string_view>;

// Of what one may also write alone.
Place item_place(const Node& node, std::size_t index);

// pack_reference where it is none of the words; an empty name was found wrong before.
void check_name(Reading& reading, const std::string& name, const Words& words, const Place& place);

// Likewise each of a list; pack_duplicate_key where one stands twice.
void check_names(Reading& reading, const std::vector<std::string>& names, const Words& words,
                 const Node& node);

// pack_shape where one of the roles is the responsible unit's: nobody judges his own work.
void check_judges(Reading& reading, const MatterType& type, const std::vector<std::string>& roles,
                  const Node& node);

}  // namespace huilu::policy
