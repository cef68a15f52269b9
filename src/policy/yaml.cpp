#include "policy/yaml.h"

#include <fmt/format.h>
#include <yaml.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <memory>
#include <new>

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

constexpr int levels_skipped_max = 1'000;

bool is_null(const yaml_event_t& event) {
  static constexpr std::array<std::string_view, 5> nulls = {"", "~", "null", "Null", "NULL"};
  const auto& scalar = event.data.scalar;
  const std::string_view text(reinterpret_cast<const char*>(scalar.value), scalar.length);
  return scalar.style == YAML_PLAIN_SCALAR_STYLE &&
         std::find(nulls.begin(), nulls.end(), text) != nulls.end();
}

// Turns libyaml's events into a tree. libyaml itself accepts everything that is refused here.
class Builder {
 public:
  Builder(std::shared_ptr<const std::string> file, std::string_view bytes, YamlFile& out)
      : file_(std::move(file)), bytes_(bytes), out_(out) {
    for (std::size_t at = 0; at != std::string_view::npos;
         at = bytes.find('\n', at), at += at == std::string_view::npos ? 0 : 1)
      lines_.push_back(at);
  }

  void take(const yaml_event_t& event) {
    switch (event.type) {
      case YAML_DOCUMENT_START_EVENT:
        if (++documents_ == 2)
          find(place_of(event.start_mark), "one document", "a second document");
        break;
      case YAML_ALIAS_EVENT:
        find(place_of(event.start_mark), "no alias", source_at(event.start_mark));
        add(node(NodeKind::unreadable, event.start_mark));
        break;
      case YAML_SCALAR_EVENT:
        return take_scalar(event);
      case YAML_SEQUENCE_START_EVENT:
        return open(NodeKind::list, event.start_mark, event.data.sequence_start.anchor,
                    event.data.sequence_start.tag);
      case YAML_MAPPING_START_EVENT:
        return open(NodeKind::map, event.start_mark, event.data.mapping_start.anchor,
                    event.data.mapping_start.tag);
      case YAML_SEQUENCE_END_EVENT:
      case YAML_MAPPING_END_EVENT:
        return close();
      default:
        break;
    }
  }

  // Nobody means so many levels, and libyaml's time grows with their square.
  bool is_too_deep() const { return skipped_levels_ > levels_skipped_max; }

  void break_off(const yaml_mark_t& mark, const std::string& why) {
    find(place_of(mark), "YAML 1.2", why);
    cut();
  }

  void cut() {
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

  // libyaml counts from 0, in characters.
  Place place_of(const yaml_mark_t& mark) const {
    return {file_, static_cast<int>(mark.line) + 1, static_cast<int>(mark.column) + 1};
  }

  std::size_t byte_at(const yaml_mark_t& mark) const {
    std::size_t at = mark.line < lines_.size() ? lines_[mark.line] : bytes_.size();
    for (std::size_t column = 0; column < mark.column && at < bytes_.size(); ++column) {
      ++at;
      while (at < bytes_.size() && (static_cast<unsigned char>(bytes_[at]) & 0xC0) == 0x80) ++at;
    }
    return at;
  }

  std::string source_at(const yaml_mark_t& mark) const {
    const auto begin = byte_at(mark);
    const auto end = std::min(bytes_.find_first_of(" ,]}\r\n", begin), bytes_.size());
    return std::string(bytes_.substr(begin, end - begin));
  }

  Node node(NodeKind kind, const yaml_mark_t& mark) const {
    Node made;
    made.kind = kind;
    made.place = place_of(mark);
    return made;
  }

  void find(const Place& place, std::string expected, std::string got) {
    out_.findings.push_back(
        {RefusalCode::pack_syntax, place.text(), std::move(expected), std::move(got), {}});
  }

  // Both stand before what they belong to, in either order; a bare ! is not told as a tag.
  void check_properties(const yaml_mark_t& mark, const yaml_char_t* anchor,
                        const yaml_char_t* tag) {
    const auto at = byte_at(mark);
    if (anchor)
      find(place_of(mark), "no anchor", "&" + std::string(reinterpret_cast<const char*>(anchor)));
    if (tag || (at < bytes_.size() && bytes_[at] == '!'))
      find(place_of(mark), "no tag", source_at(mark));
  }

  void take_scalar(const yaml_event_t& event) {
    const auto& scalar = event.data.scalar;
    check_properties(event.start_mark, scalar.anchor, scalar.tag);
    Node made = node(is_null(event) ? NodeKind::null : NodeKind::scalar, event.start_mark);
    if (made.kind == NodeKind::scalar) {
      made.text.assign(reinterpret_cast<const char*>(scalar.value), scalar.length);
      made.quoted = scalar.style != YAML_PLAIN_SCALAR_STYLE;
    }
    is_absent_ = event.start_mark.index == event.end_mark.index;
    add(std::move(made));
    is_absent_ = false;
  }

  void open(NodeKind kind, const yaml_mark_t& mark, const yaml_char_t* anchor,
            const yaml_char_t* tag) {
    check_properties(mark, anchor, tag);
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
      if (--skipped_levels_ == 0) add(node(NodeKind::unreadable, {}));
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
      if (is_absent_) done.place = frame.key_place;
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
  std::vector<std::size_t> lines_;  // where each begins
  int documents_ = 0;
  bool is_absent_ = false;  // the scalar in hand is not written at all
  int skipped_levels_ = 0;  // open below the deepest that is read
  std::vector<Frame> frames_;
};

void parse(std::string_view text, Builder& builder) {
  yaml_parser_t parser;
  if (yaml_parser_initialize(&parser) == 0) throw std::bad_alloc();
  const std::unique_ptr<yaml_parser_t, void (*)(yaml_parser_t*)> ended(&parser, yaml_parser_delete);
  yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
  yaml_parser_set_input_string(&parser, reinterpret_cast<const unsigned char*>(text.data()),
                               text.size());
  for (bool more = true; more;) {
    yaml_event_t event;
    if (yaml_parser_parse(&parser, &event) == 0) {
      if (parser.error == YAML_MEMORY_ERROR) throw std::bad_alloc();
      return builder.break_off(parser.problem_mark, parser.problem);
    }
    const std::unique_ptr<yaml_event_t, void (*)(yaml_event_t*)> done(&event, yaml_event_delete);
    more = event.type != YAML_STREAM_END_EVENT;
    builder.take(event);
    if (builder.is_too_deep()) return builder.cut();
  }
}

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
  Builder builder(file, text, out);
  parse(text, builder);
  return out;
}

}  // namespace huilu::policy
