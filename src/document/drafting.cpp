#include "document/drafting.h"

#include "document/word_lists.h"

namespace huilu::document {

namespace {

using YamlNode = policy::Node;

std::vector<Word> words_of(const YamlNode& list) {
  std::vector<Word> out;
  for (const YamlNode& node : list.items) out.push_back({text_of(node, "id"), pattern_of(node)});
  return out;
}

std::vector<ActorWord> actors_of(const YamlNode& list) {
  std::vector<ActorWord> out;
  for (const YamlNode& node : list.items)
    out.push_back({text_of(node, "id"), text_of(node, "title"), pattern_of(node),
                   optional_text_of(node, "who")});
  return out;
}

std::vector<ActionWord> actions_of(const YamlNode& list) {
  std::vector<ActionWord> out;
  for (const YamlNode& node : list.items)
    out.push_back({text_of(node, "id"), text_of(node, "en"), pattern_of(node)});
  return out;
}

}  // namespace

const Drafting& drafting() {
  static const Drafting read_once = [] {
    const YamlNode root = word_list("drafting.yaml");
    return Drafting{actors_of(root.below("actors")),   actions_of(root.below("actions")),
                    pattern_of(root, "ignored"),       words_of(root.below("frequencies")),
                    words_of(root.below("deadlines")), words_of(root.below("counts"))};
  }();
  return read_once;
}

}  // namespace huilu::document
