#include "document/wording.h"

#include "document/word_lists.h"

namespace huilu::document {

namespace {

using YamlNode = policy::Node;

FramePlace place_named(const std::string& name) {
  return name == "head" ? FramePlace::head : name == "tail" ? FramePlace::tail : FramePlace::any;
}

FrameExtent extent_named(const std::string& name) {
  return name == "start" ? FrameExtent::start
         : name == "end" ? FrameExtent::end
                         : FrameExtent::whole;
}

std::vector<FrameRule> frame_of(const YamlNode& list) {
  std::vector<FrameRule> out;
  for (const YamlNode& node : list.items) {
    std::vector<std::string> fields;
    if (const YamlNode* named = node.find("fields"))
      for (const YamlNode& field : named->items) fields.push_back(field.text);
    out.push_back({text_of(node, "rule"), place_named(text_of(node, "where")),
                   extent_named(text_of(node, "as")), pattern_of(node), std::move(fields)});
  }
  return out;
}

std::vector<NumberingKind> numbering_of(const YamlNode& list) {
  std::vector<NumberingKind> out;
  for (const YamlNode& node : list.items)
    out.push_back({text_of(node, "kind"), std::stoi(text_of(node, "rank")), pattern_of(node)});
  return out;
}

std::vector<HoleRule> holes_of(const YamlNode& list) {
  std::vector<HoleRule> out;
  for (const YamlNode& node : list.items) out.push_back({text_of(node, "kind"), pattern_of(node)});
  return out;
}

Wording read() {
  const YamlNode root = word_list("splitting.yaml");
  const auto pattern = [&](std::string_view key) { return pattern_of(root, key); };
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
