#include "document/notes.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/time.h"
#include "document/damage.h"
#include "document/encoding.h"
#include "document/wording.h"

namespace huilu::document {

namespace {

class Noting {
 public:
  explicit Noting(const Read& read) : read_(read) {
    is_collapsed_ = std::any_of(read.frame.blocks.begin(), read.frame.blocks.end(),
                                [](const Block& block) { return block.is_sentence; });
  }

  std::vector<SpanNote> notes() {
    if (!read_.frame.title) add("title_missing", NoteStatus::proposed, -1, {});
    if (read_.frame.title) placeholders(-1, *read_.frame.title);
    for (std::size_t i = 0; i < read_.outline.nodes.size(); ++i) {
      const Node& node = read_.outline.nodes[i];
      if (!node.has_clause || node.span.empty()) continue;
      node_ = static_cast<int>(i);
      tokens({node.span.begin + node.marker.size, node.span.end});
      quotes(node.span);
      speaks(node);
      run_in_heading(i);
    }
    remarks();
    missing_siblings();
    missing_marks();
    return std::move(out_);
  }

 private:
  using Details = std::vector<std::pair<std::string, std::string>>;

  void add(std::string kind, NoteStatus status, int node, Span span, Details details = {}) {
    out_.push_back({std::move(kind), status, node, span, std::move(details)});
  }

  std::u16string_view shadow_of(Span span) const {
    return read_.shadow.substr(span.begin, span.size());
  }
  std::string text_of(Span span) const { return utf8(read_.text.substr(span.begin, span.size())); }

  template <class Each>
  void each(const Pattern& pattern, Span span, Each take) {
    for (const Match& match : pattern.all(shadow_of(span)))
      take(Span{span.begin + match.whole().begin, span.begin + match.whole().end}, match);
  }

  std::string group(Span span, const Match& match, std::size_t index) const {
    if (!match.has(index)) return {};
    return utf8(shadow_of(span).substr(match[index].begin, match[index].size()));
  }

  void placeholders(int node, Span span) {
    each(wording().placeholder, span,
         [&](Span found, const Match&) { add("placeholder", NoteStatus::found, node, found); });
  }

  void tokens(Span span) {
    placeholders(node_, span);
    each(wording().citation, span, [&](Span found, const Match&) {
      add("citation", NoteStatus::found, node_, found,
          {{"title", text_of({found.begin + 1, found.end - 1})}});
    });
    each(wording().sum, span, [&](Span found, const Match&) {
      std::string addends = text_of(found);
      std::replace(addends.begin(), addends.end(), '+', ' ');
      add("sum", NoteStatus::found, node_, found, {{"addends", addends}});
    });
    each(wording().number, span, [&](Span found, const Match& match) {
      Details details{{"value", group(span, match, 1)}, {"unit", group(span, match, 3)}};
      if (match.has(2)) details.emplace_back("approximate", "true");
      add("number", NoteStatus::found, node_, found, std::move(details));
    });
    each(wording().date, span, [&](Span found, const Match&) {
      const bool has_year = text_of(found).find("年") != std::string::npos;
      add("date", NoteStatus::found, node_, found,
          has_year ? Details{} : Details{{"partial", "true"}});
    });
    each(wording().relative_day, span,
         [&](Span found, const Match& match) { relative_day(found, group(span, match, 1)); });
  }

  // Yesterday, where the document says of which day.
  void relative_day(Span found, const std::string& word) {
    for (const auto& [name, value] : read_.frame.metadata) {
      const auto day = name == "date" ? Date::parse(value) : std::nullopt;
      if (!day) continue;
      const int shift = word.starts_with("昨")   ? -1
                        : word.starts_with("前") ? -2
                        : word.starts_with("明") ? 1
                                                 : 0;
      add("date", NoteStatus::inferred, node_, found, {{"value", Date{day->days + shift}.text()}});
      return;
    }
  }

  // A closing mark where nothing is open, or an opening one inside its own kind.
  void quotes(Span span) {
    bool is_open = false;
    for (std::size_t i = span.begin; i < span.end; ++i) {
      const char16_t c = read_.text[i];
      if (c != u'“' && c != u'”') continue;
      const bool opens = c == u'“';
      if (opens == is_open) add("unbalanced_quote", NoteStatus::found, node_, {i, i + 1});
      is_open = opens || !is_open;  // a closing mark where nothing is open was meant to open
    }
  }

  void speaks(const Node& node) {
    const std::u16string_view line = shadow_of(node.span);
    if (wording().narrator.at_start(line)) speaker_.clear();
    if (const auto match = wording().speaker.at_start(line)) {
      const Span name{node.span.begin + (*match)[1].begin, node.span.begin + (*match)[1].end};
      const bool is_person = !wording().not_a_speaker.first(shadow_of(name));
      if (is_person) speaker_ = text_of(name);
    }
    if (!speaker_.empty())
      add("speaker", NoteStatus::inferred, node_, {node.span.begin, node.span.begin},
          {{"name", speaker_}});
  }

  // The first sentence of a paragraph, short and naming a task. What directly follows a heading
  // leads into what comes, and is none.
  void run_in_heading(std::size_t index) {
    const Node& node = read_.outline.nodes[index];
    if (!node.is_paragraph || leads(index)) return;
    const std::vector<Span> parts = sentences(read_.shadow, node.span);
    if (parts.size() < 2) return;
    Span first = parts.front();
    while (!first.empty() && std::u16string_view(u"。！？").find(read_.shadow[first.end - 1]) !=
                                 std::u16string_view::npos)
      --first.end;
    if (first.size() > wording().run_in_characters_max || first.size() < 4) return;
    if (wording().tells.first(shadow_of(first))) return;
    add("sub_heading", NoteStatus::proposed, node_, first);
  }

  bool leads(std::size_t index) const {
    const Node& node = read_.outline.nodes[index];
    if (is_collapsed_) return true;
    return index == 0 || static_cast<int>(index) - 1 == node.parent;
  }

  void remarks() {
    for (const Remark& remark : read_.outline.remarks) {
      const Node& node = read_.outline.nodes[remark.node];
      const Details details = remark.text.empty() ? Details{} : Details{{"number", remark.text}};
      add(remark.kind, remark.is_inferred ? NoteStatus::inferred : NoteStatus::proposed,
          static_cast<int>(remark.node), node.span, details);
    }
  }

  struct Listed {
    Span span;
    std::vector<std::u16string_view> items;  // of the shadow
  };

  // 甲、乙、丙 … of at least four items.
  std::vector<Listed> lists() const {
    static const Pattern list(R"([^，,。；;：:、]{2,20}(?:、[^，,。；;：:、]{2,20}){3,})");
    std::vector<Listed> out;
    for (const Node& node : read_.outline.nodes) {
      for (const Match& match : list.all(shadow_of(node.span))) {
        Listed found;
        found.span = {node.span.begin + match.whole().begin, node.span.begin + match.whole().end};
        std::u16string_view rest = shadow_of(found.span);
        for (std::size_t comma = 0; comma != std::u16string_view::npos;) {
          comma = rest.find(u'、');
          found.items.push_back(rest.substr(0, comma));
          if (comma != std::u16string_view::npos) rest.remove_prefix(comma + 1);
        }
        // The last item runs into what follows; where all others are of one length, so is it.
        const std::size_t size = found.items[1].size();
        const bool is_even = std::all_of(found.items.begin() + 1, found.items.end() - 1,
                                         [&](auto item) { return item.size() == size; });
        if (is_even) found.items.back() = found.items.back().substr(0, size);
        out.push_back(std::move(found));
      }
    }
    return out;
  }

  // Headings that follow an enumeration item by item, and stop before its end at a hole.
  void missing_siblings() {
    const auto& nodes = read_.outline.nodes;
    for (const Listed& listed : lists()) {
      std::vector<std::size_t> matched;
      for (std::size_t i = 0; i < nodes.size() && matched.size() < listed.items.size(); ++i) {
        if (nodes[i].heading.empty() || nodes[i].span.begin < listed.span.begin) continue;
        const std::u16string_view item = listed.items[matched.size()];
        const std::u16string_view heading = shadow_of(nodes[i].heading);
        const bool is_first = matched.empty();
        const auto same_level = [&] { return nodes[i].parent == nodes[matched[0]].parent; };
        const bool fits = is_first ? ends_like(item, heading) : heading.starts_with(item);
        if (fits && (is_first || same_level())) matched.push_back(i);
      }
      if (matched.size() < 2 || matched.size() == listed.items.size()) continue;
      report_missing(listed, matched);
    }
  }

  // The first item has what introduces the list before it.
  static bool ends_like(std::u16string_view item, std::u16string_view heading) {
    for (std::size_t size = item.size(); size >= 4; --size)
      if (heading.starts_with(item.substr(item.size() - size))) return true;
    return false;
  }

  void report_missing(const Listed& listed, const std::vector<std::size_t>& matched) {
    const Node& last = read_.outline.nodes[matched.back()];
    for (std::size_t i = matched.size(); i < listed.items.size(); ++i) {
      const int number = last.marker.number + static_cast<int>(i - matched.size()) + 1;
      const std::string label = last.marker.kind == "bracketed" ? "(" + chinese_number(number) + ")"
                                                                : std::to_string(number);
      add("missing_sibling", NoteStatus::inferred, static_cast<int>(matched.back()), listed.span,
          {{"number", label}, {"heading", utf8(listed.items[i])}});
    }
  }

  // A long text without a single enumeration comma, quote or bracket lost them on its way.
  void missing_marks() {
    constexpr std::size_t long_text = 1000;
    if (read_.text.size() < long_text) return;
    const auto lacks = [&](std::u16string_view marks) {
      return read_.text.find_first_of(marks) == std::u16string_view::npos;
    };
    if (lacks(u"、")) add("marks_missing", NoteStatus::inferred, -1, {}, {{"marks", "、"}});
    if (lacks(u"“”「」\"")) add("marks_missing", NoteStatus::inferred, -1, {}, {{"marks", "“”"}});
    if (lacks(u"()（）")) add("marks_missing", NoteStatus::inferred, -1, {}, {{"marks", "（）"}});
  }

  const Read& read_;
  std::vector<SpanNote> out_;
  int node_ = -1;
  bool is_collapsed_ = false;  // its blocks are sentences
  std::string speaker_;
};

}  // namespace

std::vector<SpanNote> notes_of(const Read& read) { return Noting(read).notes(); }

}  // namespace huilu::document
