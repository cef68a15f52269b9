#include "policy/yaml.h"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <sstream>

#include "base/text.h"

namespace huilu::policy {

std::string Place::text() const { return fmt::format("{}:{}:{}", *file, line, column); }

std::string_view name_of(NodeKind kind) {
  switch (kind) {
    case NodeKind::null:
      return "null";
    case NodeKind::scalar:
      return "text";
    case NodeKind::map:
      return "map";
    case NodeKind::list:
      return "list";
    case NodeKind::unreadable:
      break;
  }
  return "unreadable";
}

const Node* Node::find(std::string_view key) const {
  for (const Member& member : members)
    if (member.key == key) return &member.value;
  return nullptr;
}

const Node& Node::below(std::string_view key) const {
  const Node* const member = find(key);
  return member ? *member : *this;
}

const Node& Node::below(std::size_t index) const {
  return index < items.size() ? items[index] : *this;
}

std::string Node::describe() const {
  return kind == NodeKind::scalar ? text : std::string(name_of(kind));
}

bool is_reserved_word(std::string_view word) {
  static constexpr std::array<std::string_view, 9> reserved = {"y",   "n",    "yes",   "no",  "on",
                                                               "off", "true", "false", "null"};
  return std::any_of(reserved.begin(), reserved.end(), [&](std::string_view other) {
    return word.size() == other.size() &&
           std::equal(word.begin(), word.end(), other.begin(),
                      [](unsigned char a, char b) { return std::tolower(a) == b; });
  });
}

namespace {

// Turns yaml-cpp's events into a tree. yaml-cpp itself accepts everything that is refused here.
class Builder : public YAML::EventHandler {
 public:
  Builder(std::shared_ptr<const std::string> file, std::string_view bytes, YamlFile& out)
      : file_(std::move(file)), bytes_(bytes), out_(out) {
    out_.root.place = place_of(YAML::Mark());
  }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ == 2) find(place_of(mark), "one document", "a second document");
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t) override { add(node(NodeKind::null, mark)); }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    find(place_of(mark), "no alias", source_at(mark));
    add(node(NodeKind::unreadable, mark));
  }

  void OnAnchor(const YAML::Mark& mark, const std::string& name) override {
    find(place_of(mark), "no anchor", "&" + name);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                const std::string& value) override {
    check_tag(mark, tag);
    Node scalar = node(NodeKind::scalar, mark);
    scalar.text = value;
    scalar.quoted = tag != "?";
    add(std::move(scalar));
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {
    open(NodeKind::list, mark, tag);
  }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                  YAML::EmitterStyle::value) override {
    open(NodeKind::map, mark, tag);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapEnd() override { close(); }

  void break_off(const YAML::Mark& mark, const std::string& why) {
    find(place_of(mark), "YAML 1.2", why);
    skipped_levels_ = 0;
    // The last piece before the break may be half of something else.
    if (!frames_.empty()) {
      Node& innermost = frames_.back().node;
      if (!innermost.items.empty()) innermost.items.pop_back();
      if (!innermost.members.empty()) innermost.members.pop_back();
    }
    while (!frames_.empty()) {
      frames_.back().node.cut = true;
      close();
    }
    out_.root.cut = true;
    if (out_.root.kind == NodeKind::null) out_.root.kind = NodeKind::unreadable;
  }

 private:
  struct Frame {
    Node node;
    bool has_key = false;
    std::string key;
    Place key_place;
  };

  // yaml-cpp counts from 0, and columns in bytes.
  Place place_of(const YAML::Mark& mark) const {
    if (mark.is_null()) return {file_, 1, 1};
    const auto end = std::min(static_cast<std::size_t>(mark.pos), bytes_.size());
    const auto begin = end - std::min(end, static_cast<std::size_t>(mark.column));
    const auto characters = count_characters(bytes_.substr(begin, end - begin));
    return {file_, mark.line + 1, static_cast<int>(characters) + 1};
  }

  std::string source_at(const YAML::Mark& mark) const {
    const auto begin = std::min(static_cast<std::size_t>(mark.pos), bytes_.size());
    const auto end = std::min(bytes_.find_first_of(" ,]}\r\n", begin), bytes_.size());
    return std::string(bytes_.substr(begin, end - begin));
  }

  Node node(NodeKind kind, const YAML::Mark& mark) const {
    Node made;
    made.kind = kind;
    made.place = place_of(mark);
    return made;
  }

  void find(const Place& place, std::string expected, std::string got) {
    out_.findings.push_back(
        {RefusalCode::pack_syntax, place.text(), std::move(expected), std::move(got), {}});
  }

  // "?" is a plain scalar or a collection, "!" one in quotes, or a bare ! before a plain one.
  void check_tag(const YAML::Mark& mark, const std::string& tag) {
    const auto at = static_cast<std::size_t>(mark.pos);
    if ((tag != "?" && tag != "!") || (at < bytes_.size() && bytes_[at] == '!'))
      find(place_of(mark), "no tag", source_at(mark));
  }

  void open(NodeKind kind, const YAML::Mark& mark, const std::string& tag) {
    check_tag(mark, tag);
    if (skipped_levels_ > 0 || static_cast<int>(frames_.size()) == yaml_levels_max) {
      if (skipped_levels_++ == 0)
        out_.findings.push_back({RefusalCode::pack_range,
                                 place_of(mark).text(),
                                 fmt::format("at most {} levels", yaml_levels_max),
                                 "more",
                                 {}});
      return;
    }
    frames_.push_back({node(kind, mark), false, {}, {}});
  }

  void close() {
    if (skipped_levels_ > 0) {
      if (--skipped_levels_ == 0) add(node(NodeKind::unreadable, YAML::Mark::null_mark()));
      return;
    }
    Node done = std::move(frames_.back().node);
    frames_.pop_back();
    add(std::move(done));
  }

  void add(Node done) {
    if (documents_ > 1 || skipped_levels_ > 0) return;
    if (frames_.empty()) {
      out_.root = std::move(done);
      return;
    }
    Frame& frame = frames_.back();
    if (frame.node.kind == NodeKind::list) {
      frame.node.items.push_back(std::move(done));
    } else if (!frame.has_key) {
      frame.has_key = true;
      take_key(frame, done);
    } else {
      frame.has_key = false;
      // An empty value's mark is that of whatever follows it.
      if (done.kind == NodeKind::null && done.place.line != frame.key_place.line)
        done.place = frame.key_place;
      if (!frame.key.empty())
        frame.node.members.push_back({frame.key, frame.key_place, std::move(done)});
    }
  }

  void take_key(Frame& frame, const Node& key) {
    frame.key_place = key.place;
    frame.key.clear();
    if (key.kind == NodeKind::unreadable) return;
    if (key.kind != NodeKind::scalar || is_reserved_word(key.text) || key.text.empty()) {
      find(key.place, "a word as key", key.describe());
    } else if (key.text == "<<") {
      find(key.place, "no merge key", key.text);
    } else {
      const auto first = std::find_if(frame.node.members.begin(), frame.node.members.end(),
                                      [&](const Member& other) { return other.key == key.text; });
      if (first != frame.node.members.end())
        out_.findings.push_back(
            {RefusalCode::pack_duplicate_key, key.place.text(), first->place.text(), key.text, {}});
      frame.key = key.text;
    }
  }

  std::shared_ptr<const std::string> file_;
  std::string_view bytes_;
  YamlFile& out_;
  int documents_ = 0;
  int skipped_levels_ = 0;  // open below the deepest that is read
  std::vector<Frame> frames_;
};

// Tabs and control characters, one finding a line; blanked, so that the rest can be read.
void blank_controls(std::string& text, const std::shared_ptr<const std::string>& file,
                    Refusals& findings) {
  Place place{file, 1, 1};
  bool found = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte == '\n') {
      ++place.line;
      place.column = 1;
      found = false;
      continue;
    }
    const bool ends_line = byte == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
    if ((byte < 0x20 && !ends_line) || byte == 0x7f) {
      if (!found)
        findings.push_back({RefusalCode::pack_syntax,
                            place.text(),
                            "no control character",
                            byte == '\t' ? "a tab" : fmt::format("U+{:04X}", byte),
                            {}});
      found = true;
      text[i] = ' ';
    }
    if ((byte & 0xC0) != 0x80) ++place.column;
  }
}

}  // namespace

YamlFile read_yaml(std::string_view path, std::string_view bytes) {
  YamlFile out;
  const auto file = std::make_shared<const std::string>(path);
  out.root.place.file = file;
  const auto unreadable = [&](RefusalCode code, std::string expected, std::string got) {
    out.root.kind = NodeKind::unreadable;
    out.findings.push_back({code, out.root.place.text(), std::move(expected), std::move(got), {}});
    return out;
  };
  if (bytes.size() > yaml_bytes_max)
    return unreadable(RefusalCode::pack_range, fmt::format("at most {} bytes", yaml_bytes_max),
                      std::to_string(bytes.size()));
  if (!is_utf8(bytes)) return unreadable(RefusalCode::pack_syntax, "UTF-8", "other bytes");
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);

  std::string text(bytes);
  blank_controls(text, file, out.findings);
  std::istringstream stream(text);
  Builder builder(file, text, out);
  try {
    YAML::Parser parser(stream);
    // Never more than twice: after a stray ] it finds empty documents without end.
    if (parser.HandleNextDocument(builder)) parser.HandleNextDocument(builder);
  } catch (const YAML::Exception& error) {
    builder.break_off(error.mark, error.msg);
  }
  return out;
}

}  // namespace huilu::policy
