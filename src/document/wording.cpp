#include "document/wording.h"

#include <algorithm>

#include "base/check.h"
#include "base/embedded.h"
#include "policy/yaml.h"

namespace huilu {
extern const std::vector<EmbeddedFile> embedded_wording;
}

namespace huilu::document {

namespace {

using policy::Node;

const std::string& text_of(const Node& node, std::string_view key) {
  const Node* found = node.find(key);
  CHECK(found != nullptr && found->kind == policy::NodeKind::scalar);
  return found->text;
}

FramePlace place_named(const std::string& name) {
  return name == "head" ? FramePlace::head : name == "tail" ? FramePlace::tail : FramePlace::any;
}

FrameExtent extent_named(const std::string& name) {
  return name == "start" ? FrameExtent::start
         : name == "end" ? FrameExtent::end
                         : FrameExtent::whole;
}

std::vector<FrameRule> frame_of(const Node& list) {
  std::vector<FrameRule> out;
  for (const Node& node : list.items) {
    std::vector<std::string> fields;
    if (const Node* named = node.find("fields"))
      for (const Node& field : named->items) fields.push_back(field.text);
    out.push_back({text_of(node, "rule"), place_named(text_of(node, "where")),
                   extent_named(text_of(node, "as")), Pattern(text_of(node, "pattern")),
                   std::move(fields)});
  }
  return out;
}

std::vector<NumberingKind> numbering_of(const Node& list) {
  std::vector<NumberingKind> out;
  for (const Node& node : list.items)
    out.push_back({text_of(node, "kind"), std::stoi(text_of(node, "rank")),
                   Pattern(text_of(node, "pattern"))});
  return out;
}

std::vector<HoleRule> holes_of(const Node& list) {
  std::vector<HoleRule> out;
  for (const Node& node : list.items)
    out.push_back({text_of(node, "kind"), Pattern(text_of(node, "pattern"))});
  return out;
}

Wording read() {
  const auto file =
      std::find_if(embedded_wording.begin(), embedded_wording.end(),
                   [](const EmbeddedFile& one) { return one.path == "splitting.yaml"; });
  CHECK(file != embedded_wording.end());
  const policy::YamlFile yaml = policy::read_yaml(file->path, file->bytes);
  CHECK(yaml.findings.empty());
  const Node& root = yaml.root;
  const auto pattern = [&](std::string_view key) { return Pattern(text_of(root, key)); };
  return {pattern("gloss"),
          pattern("toned"),
          frame_of(root.below("frame")),
          numbering_of(root.below("numbering")),
          holes_of(root.below("holes")),
          holes_of(root.below("dateline_holes")),
          pattern("bare_numeral"),
          pattern("sentence_end"),
          pattern("heading_line"),
          pattern("dashed_heading"),
          pattern("subtitle"),
          std::stoul(text_of(root, "run_in_characters_max")),
          pattern("tells"),
          pattern("closing_subject"),
          pattern("closing_matter"),
          pattern("closing_heading"),
          pattern("speaker"),
          pattern("not_a_speaker"),
          pattern("narrator"),
          pattern("citation"),
          pattern("placeholder"),
          pattern("sum"),
          pattern("number"),
          pattern("date"),
          pattern("relative_day")};
}

}  // namespace

const Wording& wording() {
  static const Wording read_once = read();
  return read_once;
}

}  // namespace huilu::document
