#include "document/frame.h"

#include <fmt/format.h>

#include <algorithm>

#include "document/encoding.h"
#include "document/wording.h"

namespace huilu::document {

namespace {

constexpr std::size_t head_blocks = 8;
constexpr std::size_t tail_blocks = 6;
constexpr std::size_t title_characters_max = 80;

bool is_blank(char16_t c) { return c == u' ' || c == u'\t' || c == u'\u3000' || c == u'\n'; }

std::vector<Block> paragraphs(std::u16string_view text) {
  std::vector<Block> out;
  int line = 1;
  for (std::size_t begin = 0; begin <= text.size(); ++line) {
    const std::size_t end = std::min(text.find(u'\n', begin), text.size());
    if (const Span span = trimmed(text, {begin, end}); !span.empty())
      out.push_back({span, line, false, {}, {}});
    begin = end + 1;
  }
  return out;
}

// 2019年09月09日 → 2019-09-09, with the time behind it; what is no date stays as it is.
std::string plain_date(const std::string& text) {
  static const Pattern date(
      R"((\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:\s*(\d{1,2}:\d{2}(?::\d{2})?))?)");
  const std::u16string units = utf16(text);
  const auto match = date.whole(units);
  if (!match) return text;
  const auto part = [&](std::size_t group) {
    return std::u16string_view(units).substr((*match)[group].begin, (*match)[group].size());
  };
  std::string out =
      fmt::format("{:04}-{:02}-{:02}", number_of(part(1)), number_of(part(2)), number_of(part(3)));
  if (match->has(4)) out += " " + utf8(part(4));
  return out;
}

// Reads paragraph after paragraph and keeps what belongs to the document.
class Framing {
 public:
  Framing(std::u16string_view text, std::u16string_view shadow) : text_(text), shadow_(shadow) {}

  Frame frame() {
    std::vector<Block> all = paragraphs(text_);
    for (std::size_t i = 0; i < all.size(); ++i) {
      in_head_ = i < head_blocks;
      in_tail_ = i + tail_blocks >= all.size();
      is_last_ = i + 1 == all.size();
      take(all[i]);
    }
    frame_.notices = std::move(notices_);
    std::stable_sort(frame_.cuts.begin(), frame_.cuts.end(),
                     [](const Cut& a, const Cut& b) { return a.span.begin < b.span.begin; });
    return std::move(frame_);
  }

 private:
  std::u16string_view shadow_of(Span span) const { return shadow_.substr(span.begin, span.size()); }

  void take(Block block) {
    if (cut_whole(block.span)) return;
    cut_title(block.span);
    while (cut_part(block.span)) {
    }
    if (block.span.empty() || becomes_title(block.span)) return;
    block.notices = std::move(notices_);
    notices_.clear();
    frame_.blocks.push_back(std::move(block));
  }

  bool fits(const FrameRule& rule) const {
    // A text of one paragraph is head and tail at once; it is not a footer as a whole.
    const bool begins = in_head_ && frame_.blocks.empty() && rule.extent == FrameExtent::whole;
    return rule.where == FramePlace::any || (rule.where == FramePlace::head && in_head_) ||
           (rule.where == FramePlace::tail && in_tail_ && !begins);
  }

  void cut(const FrameRule& rule, Span span, const Match& match, std::size_t offset) {
    frame_.cuts.push_back({span, rule.rule});
    if (rule.rule == "notice") notices_.push_back(span);
    for (std::size_t i = 0; i < rule.fields.size(); ++i) {
      if (!match.has(i + 1) || match[i + 1].empty()) continue;
      const Span field{match[i + 1].begin + offset, match[i + 1].end + offset};
      frame_.metadata.emplace_back(rule.fields[i],
                                   plain_date(utf8(text_.substr(field.begin, field.size()))));
    }
  }

  bool cut_whole(Span span) {
    for (const FrameRule& rule : wording().frame) {
      if (rule.extent != FrameExtent::whole || !fits(rule)) continue;
      const auto match = rule.pattern.whole(shadow_of(span));
      if (!match) continue;
      if (rule.rule == "issued" && in_tail_) cut_signature();
      cut(rule, span, *match, span.begin);
      return true;
    }
    return false;
  }

  // The line above the day of issue names who issued.
  void cut_signature() {
    if (frame_.blocks.size() < 2) return;
    const Span span = frame_.blocks.back().span;
    if (!wording().heading_line.whole(shadow_of(span)) || marker_at(text_, shadow_, span)) return;
    frame_.cuts.push_back({span, "signature"});
    frame_.metadata.emplace_back("issuer", utf8(text_.substr(span.begin, span.size())));
    frame_.blocks.pop_back();
  }

  // The title once more at the start of the text: crawled pages have it so.
  void cut_title(Span& span) {
    if (!frame_.title || !shadow_of(span).starts_with(shadow_of(*frame_.title))) return;
    const Span again{span.begin, span.begin + frame_.title->size()};
    frame_.cuts.push_back({again, "repeated_title"});
    span = trimmed(text_, {again.end, span.end});
  }

  bool cut_part(Span& span) {
    for (const FrameRule& rule : wording().frame) {
      if (rule.extent == FrameExtent::whole || !fits(rule) || span.empty()) continue;
      const auto match = rule.extent == FrameExtent::start ? rule.pattern.at_start(shadow_of(span))
                                                           : last_at_end(rule, span);
      if (!match || match->whole().empty()) continue;
      const Span part{span.begin + match->whole().begin, span.begin + match->whole().end};
      cut(rule, part, *match, span.begin);
      span = rule.extent == FrameExtent::start ? trimmed(text_, {part.end, span.end})
                                               : trimmed(text_, {span.begin, part.begin});
      return true;
    }
    return false;
  }

  std::optional<Match> last_at_end(const FrameRule& rule, Span span) const {
    if (!is_last_) return {};
    for (Match& match : rule.pattern.all(shadow_of(span)))
      if (match.whole().end == span.size()) return std::move(match);
    return {};
  }

  bool becomes_title(Span span) {
    if (!frame_.blocks.empty() || is_last_ || span.size() > title_characters_max) return false;
    const std::u16string_view line = shadow_of(span);
    if (line.find_first_of(u"。；;") != std::u16string_view::npos) return false;
    if (line.back() == u':' || line.back() == u'：' || marker_at(text_, shadow_, span))
      return false;
    if (!frame_.title) {
      frame_.title = span;
      return true;
    }
    const bool has_subtitle = std::any_of(frame_.metadata.begin(), frame_.metadata.end(),
                                          [](const auto& one) { return one.first == "subtitle"; });
    if (has_subtitle || !wording().subtitle.whole(line)) return false;
    frame_.metadata.emplace_back("subtitle", utf8(text_.substr(span.begin, span.size())));
    return true;
  }

  std::u16string_view text_;
  std::u16string_view shadow_;
  Frame frame_;
  std::vector<Span> notices_;
  bool in_head_ = false;
  bool in_tail_ = false;
  bool is_last_ = false;
};

// The longest run 一, 二, 三 … among the starts of sentences; a numeral that is part of a word does
// not stand in the sequence.
class Chain {
 public:
  Chain(std::u16string_view text, std::u16string_view shadow, const std::vector<Span>& sentences) {
    for (std::size_t i = 0; i < sentences.size(); ++i) {
      if (auto marker = marker_at(text, shadow, sentences[i])) {
        if (marker->kind == "ideographic") links_.push_back({i, std::move(*marker), 0, npos});
      } else if (auto bare = bare_marker(shadow, sentences[i])) {
        links_.push_back({i, std::move(*bare), 0, npos});
      }
    }
  }

  // Markers by index of their sentence; fewer than three are no sequence.
  std::vector<std::pair<std::size_t, Marker>> longest() {
    std::size_t best = npos;
    for (std::size_t i = 0; i < links_.size(); ++i) {
      Link& link = links_[i];
      if (link.marker.number == 1) link.length = 1;
      for (std::size_t j = 0; j < i; ++j) {
        if (links_[j].length == 0 || links_[j].marker.number + 1 != link.marker.number) continue;
        link.length = links_[j].length + 1;
        link.before = j;
      }
      if (link.length >= 3 && (best == npos || link.length > links_[best].length)) best = i;
    }
    std::vector<std::pair<std::size_t, Marker>> out;
    for (std::size_t i = best; i != npos; i = links_[i].before)
      out.emplace_back(links_[i].sentence, links_[i].marker);
    std::reverse(out.begin(), out.end());
    return out;
  }

 private:
  static constexpr std::size_t npos = std::string::npos;
  static constexpr std::size_t heading_characters_max = 42;

  struct Link {
    std::size_t sentence;
    Marker marker;
    std::size_t length;
    std::size_t before;
  };

  static std::optional<Marker> bare_marker(std::u16string_view shadow, Span sentence) {
    const std::u16string_view line = shadow.substr(sentence.begin, sentence.size());
    if (line.size() > heading_characters_max ||
        line.find_first_of(u"，,；;") != std::u16string_view::npos)
      return {};
    const auto match = wording().bare_numeral.at_start(line);
    if (!match) return {};
    const std::u16string_view digits = line.substr(0, (*match)[1].end);
    return Marker{"ideographic", 50, number_of(digits), utf8(digits), digits.size()};
  }

  std::vector<Link> links_;
};

// A text that has lost its paragraphs is cut at its sentences.
std::vector<Block> uncollapsed(std::u16string_view text, std::u16string_view shadow,
                               std::vector<Block> blocks) {
  constexpr std::size_t long_paragraph = 600;
  std::size_t total = 0;
  for (const Block& block : blocks) total += block.span.size();
  std::vector<Block> out;
  for (Block& block : blocks) {
    std::vector<Span> parts;
    std::vector<std::pair<std::size_t, Marker>> markers;
    if (block.span.size() * 2 > total) {
      parts = sentences(shadow, block.span);
      markers = Chain(text, shadow, parts).longest();
    }
    if (parts.size() < 3 || (markers.empty() && block.span.size() < long_paragraph)) {
      block.marker = marker_at(text, shadow, block.span);
      out.push_back(std::move(block));
      continue;
    }
    for (std::size_t i = 0; i < parts.size(); ++i) {
      Block one{parts[i], block.line, true, {}, {}};
      if (i == 0) one.notices = std::move(block.notices);
      one.marker = marker_at(text, shadow, parts[i]);
      if (one.marker && one.marker->kind == "ideographic" && !markers.empty()) one.marker.reset();
      for (const auto& [sentence, marker] : markers)
        if (sentence == i) one.marker = marker;
      out.push_back(std::move(one));
    }
  }
  return out;
}

}  // namespace

Span trimmed(std::u16string_view text, Span span) {
  while (!span.empty() && is_blank(text[span.begin])) ++span.begin;
  while (!span.empty() && is_blank(text[span.end - 1])) --span.end;
  return span;
}

std::vector<Span> sentences(std::u16string_view shadow, Span span) {
  std::vector<Span> out;
  std::size_t begin = span.begin;
  const auto take = [&](std::size_t end) {
    if (const Span one = trimmed(shadow, {begin, end}); !one.empty()) out.push_back(one);
    begin = end;
  };
  const std::u16string_view part = shadow.substr(span.begin, span.size());
  for (const Match& match : wording().sentence_end.all(part)) take(span.begin + match.whole().end);
  take(span.end);
  return out;
}

std::optional<Marker> marker_at(std::u16string_view text, std::u16string_view shadow, Span span) {
  const std::u16string_view line = shadow.substr(span.begin, span.size());
  for (const NumberingKind& kind : wording().numbering) {
    const auto match = kind.pattern.at_start(line);
    if (!match) continue;
    const int number = number_of(line.substr((*match)[1].begin, (*match)[1].size()));
    if (number == 0) continue;
    std::u16string_view label = line.substr(0, match->whole().end);
    while (!label.empty() && std::u16string_view(u"、.：: ").find(label.back()) != label.npos)
      label.remove_suffix(1);
    const Span rest = trimmed(text, {span.begin + match->whole().end, span.end});
    return Marker{kind.kind, kind.rank, number, utf8(label), rest.begin - span.begin};
  }
  return {};
}

Frame frame_of(std::u16string_view text, std::u16string_view shadow) {
  Frame frame = Framing(text, shadow).frame();
  frame.blocks = uncollapsed(text, shadow, std::move(frame.blocks));
  return frame;
}

}  // namespace huilu::document
