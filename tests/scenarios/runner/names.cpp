#include "tests/scenarios/runner/names.h"

#include <set>

#include "identity/types.h"
#include "policy/pack.h"
#include "policy/reader.h"

namespace huilu::scenario {

namespace {

std::set<std::string, std::less<>> words_of_the_language() {
  std::set<std::string, std::less<>> words = {"self", "subtree", "anything"};
  for (const auto role : identity::all_roles()) words.emplace(identity::word_of(role));
  const auto& vocabulary = policy::core_pack().vocabulary;
  for (const auto& codes : {vocabulary.unit_types.codes(), vocabulary.post_kinds.codes(),
                            vocabulary.membership_kinds.codes()}) {
    words.insert(codes.begin(), codes.end());
  }
  return words;
}

}  // namespace

void Names::bind(const std::string& name, const Value& meant) {
  static const auto taken = words_of_the_language();
  if (taken.contains(name)) throw Miswritten(name + " is a word of the language, not a name");
  if (!meanings_.emplace(name, meant).second) throw Miswritten(name + " is bound already");
  if (meant.text() != nullptr) names_.emplace(*meant.text(), name);
}

std::string Names::meaning(const std::string& name) const {
  const auto found = meanings_.find(name);
  if (found == meanings_.end()) throw Miswritten("nothing is called " + name);
  const Value& meant = found->second;
  return meant.integer() != nullptr ? std::to_string(*meant.integer()) : *meant.text();
}

std::string Names::filled(std::string_view text) const {
  std::string out;
  while (true) {
    const auto open = text.find('{');
    out += text.substr(0, open);
    if (open == std::string_view::npos) return out;
    const auto close = text.find('}', open);
    if (close == std::string_view::npos) throw Miswritten("a brace without its end");
    out += meaning(std::string(text.substr(open + 1, close - open - 1)));
    text.remove_prefix(close + 1);
  }
}

Value Names::value_of(const policy::Node& node) const {
  if (node.kind == policy::NodeKind::map) {
    Value object{Value::Object{}};
    for (const auto& member : node.members) object.set(member.key, value_of(member.value));
    return object;
  }
  if (node.kind == policy::NodeKind::list) {
    Value::List items;
    for (const auto& item : node.items) items.push_back(value_of(item));
    return items;
  }
  if (node.kind == policy::NodeKind::scalar && !node.quoted) {
    const auto found = meanings_.find(node.text);
    if (found != meanings_.end()) return found->second;
  }
  return policy::is_plain_text(node) ? filled(node.text) : policy::value_of(node);
}

std::string Names::written(const std::string& text) const {
  const auto found = names_.find(text);
  if (found != names_.end()) return found->second;
  const auto slash = text.rfind('/');
  const auto last = slash == std::string::npos ? names_.end() : names_.find(text.substr(slash + 1));
  return last == names_.end() ? text : text.substr(0, slash + 1) + "{" + last->second + "}";
}

}  // namespace huilu::scenario
