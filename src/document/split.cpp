#include "document/split.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/hash.h"
#include "base/text.h"
#include "document/damage.h"
#include "document/docx.h"
#include "document/edited_text.h"
#include "document/notes.h"
#include "document/outline.h"
#include "document/repairs.h"
#include "document/wording.h"

namespace huilu::document {

namespace {

constexpr std::size_t context_characters = 8;

// Puts together what frame, outline and notes found, in raw bytes.
class Assembly {
 public:
  Assembly(Document& document, EditedText& edited)
      : document_(document), edited_(edited), shadow_(simplified(edited.text())) {}

  void assemble() {
    Frame frame = frame_of(edited_.text(), shadow_);
    const Outline outline = outline_of(edited_.text(), shadow_, frame);
    if (frame.title) document_.title = edited_.utf8(frame.title->begin, frame.title->end);
    document_.metadata = frame.metadata;
    for (std::size_t i = 0; i < outline.nodes.size(); ++i) add_clause(outline.nodes[i], i);
    find_holes(outline, frame);
    passages(outline);
    offers(outline);
    for (const SpanNote& note : notes_of({edited_.text(), shadow_, frame, outline})) add(note);
    std::stable_sort(document_.notes.begin(), document_.notes.end(),
                     [](const Note& a, const Note& b) { return a.raw.from < b.raw.from; });
    cut(frame);
    document_.repairs = edited_.repairs();
    document_.text = edited_.utf8(0, edited_.text().size());
  }

 private:
  void add_clause(const Node& node, std::size_t index) {
    if (!node.has_clause) return;
    Clause clause;
    clause.id = node.id;
    clause.path = node.path;
    clause.heading = edited_.utf8(node.heading.begin, node.heading.end);
    clause.text = edited_.utf8(node.span.begin, node.span.end);
    clause.raw = edited_.raw(node.span.begin, node.span.end);
    clause.line = node.line;
    clause.synthetic = node.is_synthetic;
    if (node.is_synthetic && !node.notices.empty())
      clause.raw = edited_.raw(node.notices.front().begin, node.notices.back().end);
    clause_of_[index] = document_.clauses.size();
    document_.clauses.push_back(std::move(clause));
  }

  // What stands beside it is read within `around`, which is its clause or all of the text.
  Hole hole(std::string kind, Span span, Span around) const {
    const std::size_t from = span.begin - std::min(span.begin - around.begin, context_characters);
    const std::size_t until = std::min(around.end, span.end + context_characters);
    std::string before = edited_.utf8(from, span.begin), after = edited_.utf8(span.end, until);
    before.erase(0, before.rfind('\n') + 1);
    after.resize(std::min(after.find('\n'), after.size()));
    return {std::move(kind), edited_.raw(span.begin, span.end), std::move(before),
            std::move(after)};
  }

  Span all() const { return {0, edited_.text().size()}; }

  std::vector<std::pair<Span, std::string>> places(const std::vector<HoleRule>& rules,
                                                   Span span) const {
    std::map<std::size_t, std::pair<Span, std::string>> found;
    const auto part = std::u16string_view(shadow_).substr(span.begin, span.size());
    for (const HoleRule& rule : rules) {
      for (const Match& match : rule.pattern.all(part)) {
        for (std::size_t group = 1; group < match.groups.size(); ++group) {
          if (!match.has(group)) continue;
          const Span place{span.begin + match[group].begin, span.begin + match[group].end};
          found.emplace(place.begin, std::pair{place, rule.kind});
        }
      }
    }
    std::vector<std::pair<Span, std::string>> out;
    for (auto& [begin, place] : found) out.push_back(std::move(place));
    return out;
  }

  void find_holes(const Outline& outline, const Frame& frame) {
    for (const auto& [index, clause] : clause_of_) {
      const Node& node = outline.nodes[index];
      for (auto& [span, kind] : places(wording().holes, node.span))
        document_.clauses[clause].holes.push_back(hole(kind, span, node.span));
      if (node.is_synthetic)
        document_.clauses[clause].holes.push_back(hole("heading", node.span, all()));
    }
    for (const Cut& one : frame.cuts) {
      if (one.rule != "dateline") continue;
      for (auto& [span, kind] : places(wording().dateline_holes, one.span))
        document_.holes.push_back(hole(kind, span, one.span));
    }
  }

  // A passage that is missing belongs to the heading that it swallowed, or to what came before.
  void passages(const Outline& outline) {
    const auto put = [&](Span span, std::vector<Hole>& holes) {
      holes.insert(holes.begin(), hole("passage", span, all()));
    };
    std::size_t before = document_.clauses.size();
    for (std::size_t i = 0; i < outline.nodes.size(); ++i) {
      const Node& node = outline.nodes[i];
      if (const std::optional<Span> span = joined(node.notices)) {
        if (node.is_synthetic)
          put(*span, document_.clauses[clause_of_.at(i)].holes);
        else if (before < document_.clauses.size())
          put(*span, document_.clauses[before].holes);
        else
          put(*span, document_.holes);
      }
      if (clause_of_.contains(i)) before = clause_of_.at(i);
    }
    if (const std::optional<Span> span = joined(outline.notices))
      put(*span,
          before < document_.clauses.size() ? document_.clauses[before].holes : document_.holes);
  }

  static std::optional<Span> joined(const std::vector<Span>& notices) {
    if (notices.empty()) return {};
    return Span{notices.front().begin, notices.back().end};
  }

  void offers(const Outline& outline) {
    for (const Damage& damage : damages_of(edited_.text())) {
      for (const auto& [index, clause] : clause_of_) {
        const Span span = outline.nodes[index].span;
        if (damage.span.begin < span.begin || damage.span.end > span.end) continue;
        document_.clauses[clause].holes.push_back(hole("damage", damage.span, span));
        SpanNote note{
            "repair_offer", NoteStatus::proposed, static_cast<int>(index), damage.span, {}};
        if (!damage.offer.empty()) note.details.emplace_back("offer", utf8(damage.offer));
        add(note);
      }
    }
  }

  void add(const SpanNote& span_note) {
    Note note;
    note.kind = span_note.kind;
    note.status = span_note.status;
    if (span_note.node >= 0) {
      const auto clause = clause_of_.find(static_cast<std::size_t>(span_note.node));
      if (clause != clause_of_.end()) note.clause = document_.clauses[clause->second].id;
    }
    note.raw = edited_.raw(span_note.span.begin, span_note.span.end);
    note.text = edited_.utf8(span_note.span.begin, span_note.span.end);
    note.details = span_note.details;
    document_.notes.push_back(std::move(note));
  }

  // Last, because it moves everything behind it.
  void cut(const Frame& frame) {
    std::vector<Edit> edits;
    for (const Cut& one : frame.cuts) {
      // Notices that follow each other hide one passage, with the line breaks between them.
      const bool goes_on = !edits.empty() && one.rule == "notice" &&
                           edits.back().rule == "notice" &&
                           trimmed(edited_.text(), {edits.back().end, one.span.begin}).empty();
      if (goes_on)
        edits.back().end = one.span.end;
      else
        edits.push_back({one.span.begin, one.span.end, u"", one.rule});
    }
    edited_.apply(std::move(edits));
  }

  Document& document_;
  EditedText& edited_;
  std::u16string shadow_;
  std::map<std::size_t, std::size_t> clause_of_;  // node → clause
};

Value as_value(const Range& range) {
  return Value::List{static_cast<std::int64_t>(range.from), static_cast<std::int64_t>(range.until)};
}

Value as_value(const std::vector<Hole>& holes) {
  Value::List out;
  for (const Hole& hole : holes)
    out.push_back(Value::object({{"kind", hole.kind},
                                 {"raw", as_value(hole.raw)},
                                 {"before", hole.before},
                                 {"after", hole.after}}));
  return out;
}

Value as_value(const Note& note) {
  Value out = Value::object({{"kind", note.kind},
                             {"status", name_of(note.status)},
                             {"clause", note.clause},
                             {"raw", as_value(note.raw)},
                             {"text", note.text}});
  for (const auto& [name, value] : note.details) out.set(name, value);
  return out;
}

}  // namespace

Result<Document> split_document(std::string_view bytes, const std::string& name) {
  Document document;
  document.name = name;
  document.bytes = bytes;
  document.hash = "sha256:" + hex(bytes_of(sha256(bytes)));
  if (bytes.size() > document_bytes_max)
    return Refusal{RefusalCode::document_format, name, "16 MB", std::to_string(bytes.size()), ""};
  document.raw = bytes;
  if (is_archive(bytes)) {
    auto text = docx_text(bytes, name);
    if (!text) return text.take_refusals();
    document.raw = std::move(*text);
  }
  auto decoded = decode(document.raw, name);
  if (!decoded) return decoded.take_refusals();
  document.encoding = is_archive(bytes) ? Encoding::docx : decoded->encoding;
  EditedText edited(std::move(*decoded));
  repair(edited);
  Assembly(document, edited).assemble();
  if (document.clauses.empty())
    return Refusal{RefusalCode::document_format, name, "text, .docx", "no text", ""};
  return document;
}

Value as_value(const Document& document) {
  Value metadata(Value::Object{});
  for (const auto& [name, value] : document.metadata) metadata.set(name, value);
  Value::List clauses, repairs, notes;
  for (const Clause& clause : document.clauses)
    clauses.push_back(Value::object({{"id", clause.id},
                                     {"path", clause.path},
                                     {"heading", clause.heading},
                                     {"text", clause.text},
                                     {"raw", as_value(clause.raw)},
                                     {"holes", as_value(clause.holes)}}));
  for (const Repair& repair : document.repairs)
    repairs.push_back(Value::object({{"rule", repair.rule},
                                     {"raw", as_value(repair.raw)},
                                     {"removed", repair.removed},
                                     {"inserted", repair.inserted}}));
  for (const Note& note : document.notes) notes.push_back(as_value(note));
  return Value::object({{"document", Value::object({{"name", document.name},
                                                    {"title", document.title},
                                                    {"hash", document.hash},
                                                    {"encoding", name_of(document.encoding)},
                                                    {"metadata", std::move(metadata)},
                                                    {"holes", as_value(document.holes)},
                                                    {"notes", std::move(notes)}})},
                        {"clauses", std::move(clauses)},
                        {"repairs", std::move(repairs)}});
}

}  // namespace huilu::document
