#include "document/word_lists.h"

#include <algorithm>

#include "base/check.h"
#include "base/embedded.h"

namespace huilu {
extern const std::vector<EmbeddedFile> embedded_wording;
}

namespace huilu::document {

policy::Node word_list(std::string_view file) {
  const auto found = std::find_if(embedded_wording.begin(), embedded_wording.end(),
                                  [&](const EmbeddedFile& one) { return one.path == file; });
  CHECK(found != embedded_wording.end());
  policy::YamlFile yaml = policy::read_yaml(found->path, found->bytes);
  CHECK(yaml.findings.empty());
  return std::move(yaml.root);
}

const std::string& text_of(const policy::Node& node, std::string_view key) {
  const policy::Node* found = node.find(key);
  CHECK(found != nullptr && found->kind == policy::NodeKind::scalar);
  return found->text;
}

std::string optional_text_of(const policy::Node& node, std::string_view key) {
  const policy::Node* found = node.find(key);
  return found == nullptr ? std::string() : found->text;
}

Pattern pattern_of(const policy::Node& node, std::string_view key) {
  return Pattern(text_of(node, key));
}

}  // namespace huilu::document
