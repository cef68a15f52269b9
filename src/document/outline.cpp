#include "document/outline.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/check.h"
#include "document/encoding.h"
#include "document/wording.h"

namespace huilu::document {

namespace {

constexpr int line_heading_rank = 52;  // of headings without numbers; below 一、, above (一)
constexpr int dashed_heading_rank = 55;
constexpr std::size_t heading_characters_max = 42;
constexpr int gap_max = 5;

class Builder {
 public:
  Builder(std::u16string_view text, std::u16string_view shadow, const std::vector<Block>& blocks)
      : text_(text), shadow_(shadow), blocks_(blocks) {
    is_numbered_ = std::any_of(blocks.begin(), blocks.end(), [](const Block& block) {
      return block.marker && block.marker->rank <= 60;
    });
    is_collapsed_ = std::any_of(blocks.begin(), blocks.end(),
                                [](const Block& block) { return block.is_sentence; });
    for (std::size_t i = 0; i < blocks.size(); ++i)
      if (blocks[i].marker && blocks[i].marker->rank <= 50) last_top_block_ = i;
  }

  Outline build() {
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      const Block& block = blocks_[i];
      if (block.marker && fits(*block.marker)) {
        add_numbered(block);
      } else if (auto heading = unnumbered_heading(i)) {
        add_heading(block, *heading);
      } else {
        add_paragraph(block);
      }
    }
    return std::move(out_);
  }

 private:
  std::u16string_view line_of(Span span) const { return shadow_.substr(span.begin, span.size()); }

  void push(Node node) {
    const auto index = static_cast<int>(out_.nodes.size());
    if (!node.marker.kind.empty()) last_child_[{node.parent, node.marker.kind}] = index;
    out_.nodes.push_back(std::move(node));
  }

  // Whether the number goes on from one that was there, or begins.
  bool fits(const Marker& marker) const {
    if (marker.number == 1) return true;
    const auto last = last_number_.find(marker.kind);
    const bool is_open = marker.rank <= 60;  // an excerpt may begin at 第三章
    if (last == last_number_.end()) return is_open;
    return marker.number > last->second ? is_open || marker.number <= last->second + gap_max
                                        : is_open;
  }

  int last_child_of_kind(int parent, const std::string& kind) const {
    const auto found = last_child_.find({parent, kind});
    return found == last_child_.end() ? -1 : found->second;
  }

  void close_down_to(int rank) {
    while (!open_.empty() && out_.nodes[static_cast<std::size_t>(open_.back())].marker.rank >= rank)
      open_.pop_back();
  }

  int parent() const { return open_.empty() ? -1 : open_.back(); }

  // (一) again without a heading in between: the heading was lost, its number is known.
  void add_missing_parent(const Block& block) {
    const Node last = out_.nodes[static_cast<std::size_t>(parent())];
    open_.pop_back();
    Node node;
    node.parent = last.parent;
    node.marker = last.marker;
    node.marker.number = last.marker.number + 1;
    node.marker.label = label_like(last.marker, node.marker.number);
    node.span = {block.span.begin, block.span.begin};
    node.line = block.line;
    node.is_synthetic = true;
    node.notices = block.notices;
    last_number_[node.marker.kind] = node.marker.number;
    push(std::move(node));
    open_.push_back(static_cast<int>(out_.nodes.size()) - 1);
  }

  static std::string label_like(const Marker& marker, int number) {
    const bool is_digits = std::any_of(marker.label.begin(), marker.label.end(),
                                       [](char c) { return c >= '0' && c <= '9'; });
    std::string digits = is_digits ? std::to_string(number) : chinese_number(number);
    if (marker.kind == "bracketed" || marker.kind == "bracketed_arabic") return "(" + digits + ")";
    if (marker.kind == "part") return "第" + digits + "编";
    if (marker.kind == "chapter") return "第" + digits + "章";
    if (marker.kind == "section") return "第" + digits + "节";
    if (marker.kind == "article") return "第" + digits + "条";
    return digits;
  }

  void add_numbered(const Block& block) {
    const Marker& marker = *block.marker;
    close_down_to(marker.rank);
    const int before = last_child_of_kind(parent(), marker.kind);
    bool took_notices = false;
    if (before >= 0 && marker.number == 1 && parent() >= 0) {
      add_missing_parent(block);
      took_notices = true;
    }
    const auto last = last_number_.find(marker.kind);
    const int expected = last == last_number_.end() ? 1 : last->second + 1;
    Node node;
    node.parent = parent();
    node.marker = marker;
    node.span = block.span;
    node.heading = heading_after({block.span.begin + marker.size, block.span.end});
    node.line = block.line;
    if (!took_notices) node.notices = block.notices;
    push(std::move(node));
    const std::size_t index = out_.nodes.size() - 1;
    if (marker.number > expected && marker.number != 1)
      out_.remarks.push_back({"numbering_gap", index, label_like(marker, expected), true});
    last_number_[marker.kind] = marker.number;
    open_.push_back(static_cast<int>(index));
  }

  // The text behind a number is its heading when nothing follows, or when it is a short sentence.
  Span heading_after(Span rest) const {
    const std::vector<Span> parts = sentences(shadow_, rest);
    if (parts.empty()) return {rest.begin, rest.begin};
    Span first = parts.front();
    const bool ends = wording().sentence_end.first(line_of(first)).has_value();
    if (first.size() > heading_characters_max || line_of(first).find(u'；') != std::string::npos)
      return {rest.begin, rest.begin};
    if (ends && parts.size() == 1 && !is_collapsed_) return {rest.begin, rest.begin};
    while (!first.empty() && std::u16string_view(u"。！？:： ").find(shadow_[first.end - 1]) !=
                                 std::u16string_view::npos)
      --first.end;
    return first;
  }

  std::optional<Marker> unnumbered_heading(std::size_t index) const {
    const Block& block = blocks_[index];
    const bool leads = index + 1 < blocks_.size() && !block.is_sentence;
    if (!leads || is_numbered_) return {};
    const std::u16string_view line = line_of(block.span);
    if (wording().dashed_heading.whole(line))
      return Marker{"dashed_heading", dashed_heading_rank, 0, "", 0};
    if (wording().heading_line.whole(line))
      return Marker{"line_heading", line_heading_rank, 0, "", 0};
    return {};
  }

  void add_heading(const Block& block, Marker marker) {
    close_down_to(marker.rank);
    const int before = last_child_of_kind(parent(), marker.kind);
    marker.number = before < 0 ? 1 : out_.nodes[static_cast<std::size_t>(before)].marker.number + 1;
    marker.label = std::to_string(marker.number);
    Node node;
    node.parent = parent();
    node.marker = marker;
    node.span = block.span;
    node.heading = block.span;
    if (const auto dashed = wording().dashed_heading.whole(line_of(block.span)))
      node.heading.end = block.span.begin + (*dashed)[1].end;
    node.line = block.line;
    node.notices = block.notices;
    push(std::move(node));
    open_.push_back(static_cast<int>(out_.nodes.size()) - 1);
    out_.remarks.push_back({"heading", out_.nodes.size() - 1, "", false});
  }

  // Whether the last part of a document ends here, though no number says so.
  bool closes(const Block& block) const {
    if (has_closing_ || open_.size() != 1) return false;
    const Node& part = out_.nodes[static_cast<std::size_t>(open_.front())];
    if (part.parent != -1 || part.marker.rank > 50 || part.marker.number < 3) return false;
    if (static_cast<std::size_t>(&block - blocks_.data()) < last_top_block_) return false;
    const bool has_content = static_cast<std::size_t>(open_.front()) + 1 < out_.nodes.size();
    const std::u16string_view heading = line_of(part.heading);
    return has_content && !wording().closing_heading.first(heading) &&
           wording().closing_subject.at_start(line_of(block.span)) &&
           wording().closing_matter.first(line_of(block.span));
  }

  void open_closing(const Block& block) {
    const Node part = out_.nodes[static_cast<std::size_t>(open_.front())];
    open_.clear();
    Node node;
    node.marker = part.marker;
    ++node.marker.number;
    node.marker.label = std::to_string(node.marker.number);
    node.span = {block.span.begin, block.span.begin};
    node.has_clause = false;
    push(std::move(node));
    open_.push_back(static_cast<int>(out_.nodes.size()) - 1);
    out_.remarks.push_back({"break", out_.nodes.size(), "", false});  // the paragraph that follows
    has_closing_ = true;
  }

  void add_paragraph(const Block& block) {
    if (closes(block)) open_closing(block);
    Node node;
    node.parent = parent();
    node.span = block.span;
    node.line = block.line;
    node.is_paragraph = true;
    node.notices = block.notices;
    push(std::move(node));
  }

  std::u16string_view text_;
  std::u16string_view shadow_;
  const std::vector<Block>& blocks_;
  bool is_numbered_ = false;
  bool is_collapsed_ = false;
  std::size_t last_top_block_ = 0;
  std::map<std::pair<int, std::string>, int> last_child_;  // of a parent, by kind
  bool has_closing_ = false;
  std::vector<int> open_;  // from the top down to where text is added
  std::map<std::string, int> last_number_;
  Outline out_;
};

// Ids and paths come from the position alone, so that headings that read the same do not clash.
void number(Outline& outline) {
  std::map<int, bool> has_numbered;
  for (const Node& node : outline.nodes)
    if (!node.is_paragraph) has_numbered[node.parent] = true;
  std::map<int, int> paragraphs;
  std::set<std::string> ids, paths;
  const auto unique = [](std::string wanted, std::set<std::string>& taken) {
    const std::string base = wanted;
    for (int copy = 2; !taken.insert(wanted).second; ++copy)
      wanted = fmt::format("{}~{}", base, copy);
    return wanted;
  };
  for (std::size_t i = 0; i < outline.nodes.size(); ++i) {
    Node& node = outline.nodes[i];
    std::string id = std::to_string(node.marker.number), path = node.marker.label;
    if (node.is_paragraph) {
      const std::string before = has_numbered[node.parent] ? "0." : "";
      id = before + std::to_string(++paragraphs[node.parent]);
      path = (before.empty() ? "" : "0/") + std::to_string(paragraphs[node.parent]);
    }
    if (node.parent >= 0) {
      const Node& above = outline.nodes[static_cast<std::size_t>(node.parent)];
      id = above.id + "." + id;
      path = above.path + "/" + path;
    }
    node.id = unique(std::move(id), ids);
    node.path = unique(std::move(path), paths);
    if (node.id.find('~') != std::string::npos)
      outline.remarks.push_back({"repeated_number", i, node.marker.label, false});
  }
}

}  // namespace

Outline outline_of(std::u16string_view text, std::u16string_view shadow, Frame& frame) {
  Outline outline = Builder(text, shadow, frame.blocks).build();
  outline.notices = frame.notices;
  number(outline);
  return outline;
}

}  // namespace huilu::document
