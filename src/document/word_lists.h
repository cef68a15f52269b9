// Reading the word lists that come with the program: a file of data/, which is CHECKed to be whole.
#pragma once

#include <string>
#include <string_view>

#include "document/pattern.h"
#include "policy/yaml.h"

namespace huilu::document {

policy::Node word_list(std::string_view file);  // "splitting.yaml"

const std::string& text_of(const policy::Node& node, std::string_view key);  // a scalar
std::string optional_text_of(const policy::Node& node, std::string_view key);
Pattern pattern_of(const policy::Node& node, std::string_view key = "pattern");

}  // namespace huilu::document
