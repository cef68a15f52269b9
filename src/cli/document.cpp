#include "cli/document.h"

#include <fmt/format.h>

#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "base/fault.h"
#include "base/text.h"
#include "document/reimport.h"
#include "document/search.h"
#include "document/split.h"

namespace huilu::cli {

namespace {

using document::Clause;
using document::Document;
using document::Hole;
using document::Note;

// A word of the command line by what it is about; the word itself where there is none.
std::string word(const Console& console, std::string_view group, const std::string& name) {
  const std::string key = fmt::format("{}.{}", group, name);
  const std::string said = console.say(key);
  return said == "cli." + key ? name : said;
}

void tell_holes(const std::vector<Hole>& holes, Console& console) {
  for (const Hole& hole : holes)
    console.out() << console.say("document_hole", {{"kind", word(console, "hole_kind", hole.kind)},
                                                   {"before", hole.before},
                                                   {"after", hole.after}})
                  << "\n";
}

void tell_clause(const Clause& clause, Console& console) {
  console.out() << fmt::format("\n[{}] {}", clause.id, clause.path);
  if (!clause.heading.empty()) console.out() << "  " << clause.heading;
  console.out() << "\n";
  if (!clause.text.empty()) console.out() << "  " << clause.text << "\n";
  tell_holes(clause.holes, console);
}

void tell_repairs(const Document& document, Console& console) {
  std::map<std::string, int> counts;
  for (const auto& repair : document.repairs) ++counts[repair.rule];
  for (const auto& [rule, count] : counts)
    console.out() << console.say("document_repairs", {{"rule", word(console, "repair_rule", rule)},
                                                      {"count", std::to_string(count)}})
                  << "\n";
}

void tell_note(const Note& note, Console& console) {
  std::string details;
  for (const auto& [name, value] : note.details) details += fmt::format(" {}={}", name, value);
  const std::string status(document::name_of(note.status));
  console.out() << fmt::format("  {}[{}] {}: {}{}\n", word(console, "note_status", status),
                               note.clause, word(console, "note_kind", note.kind), note.text,
                               details);
}

}  // namespace

Result<Document> read_document(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::string bytes(std::istreambuf_iterator<char>(in), {});
  if (!in || std::filesystem::is_directory(path))
    throw Fault(FaultKind::unavailable, path + " cannot be read");
  auto read = document::split_document(bytes, path);
  if (read) read->name = std::filesystem::path(path).filename().string();
  return read;
}

namespace {

// 7@120,180: clause 7 is cut before bytes 120 and 180.
void cut(Document& document, const std::string& asked, Console& console) {
  std::vector<std::size_t> places;
  const auto sign = asked.find('@');
  bool is_well_formed = sign != std::string::npos;
  for (const auto part : split(asked.substr(is_well_formed ? sign + 1 : 0), ',')) {
    std::size_t place = 0;
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), place);
    is_well_formed = is_well_formed && error == std::errc{} && end == part.data() + part.size();
    places.push_back(place);
  }
  if (!is_well_formed || !document::cut_clause(document, asked.substr(0, sign), places))
    throw WrongUsage(console.say("cut_form", {{"got", asked}}));
}

}  // namespace

Exit split_document(const DocumentOptions& options, Console& console) {
  auto read = read_document(options.path);
  if (!read) return console.refuse(read.refusals());
  for (const std::string& asked : options.cuts) cut(*read, asked, console);
  const Document& document = *read;
  if (console.json()) {
    console.out() << to_json(document::as_value(document)) << "\n";
    return Exit::done;
  }
  console.out() << (document.title.empty() ? document.name : document.title) << "\n";
  for (const auto& [name, value] : document.metadata)
    console.out() << word(console, "document_field", name) << ": " << value << "\n";
  tell_holes(document.holes, console);
  std::size_t holes = document.holes.size();
  for (const Clause& clause : document.clauses) {
    tell_clause(clause, console);
    holes += clause.holes.size();
  }
  console.out() << "\n";
  tell_repairs(document, console);
  for (const Note& note : document.notes)
    if (note.status != document::NoteStatus::found) tell_note(note, console);
  console.out() << console.say("document_split",
                               {{"clauses", std::to_string(document.clauses.size())},
                                {"holes", std::to_string(holes)},
                                {"repairs", std::to_string(document.repairs.size())},
                                {"encoding", document::name_of(document.encoding)}})
                << "\n";
  return Exit::done;
}

Exit find_in_document(const DocumentOptions& options, Console& console) {
  const auto read = read_document(options.path);
  if (!read) return console.refuse(read.refusals());
  const auto hits = document::find_words(*read, options.words);
  Value::List list;
  for (const document::Hit& hit : hits) {
    if (console.json())
      list.push_back(Value::object({{"clause", hit.clause},
                                    {"raw", Value::List{static_cast<std::int64_t>(hit.raw.from),
                                                        static_cast<std::int64_t>(hit.raw.until)}},
                                    {"text", hit.text}}));
    else
      console.out() << fmt::format("[{}] {}  {}\n", hit.clause, read->find(hit.clause)->path,
                                   hit.text);
  }
  if (console.json()) console.out() << to_json(Value(std::move(list))) << "\n";
  return hits.empty() ? Exit::findings : Exit::done;
}

namespace {

struct Comparison {
  document::Reimport reimport;
  std::vector<document::Dependant> dependants;  // each once
};

std::vector<document::Dependant> dependants_of(const document::Reimport& reimport,
                                               const Document& before,
                                               const std::vector<policy::Pack>& packs) {
  std::set<std::pair<std::string, std::string>> seen;
  std::vector<document::Dependant> out;
  const auto add = [&](const std::string& clause, const std::string& hole) {
    for (auto& one : document::dependants(packs, before, clause, hole))
      if (seen.emplace(one.clause, one.declaration).second) out.push_back(std::move(one));
  };
  std::set<std::string> filled;
  for (const auto& hole : reimport.filled) {
    add(hole.clause, hole.kind);
    filled.insert(hole.clause);
  }
  for (const auto& change : reimport.changes) {
    const bool is_told = filled.contains(change.clause);
    if (!is_told && change.kind != document::ChangeKind::added) add(change.clause, "");
  }
  return out;
}

Value as_value(const Comparison& comparison) {
  Value::List changes, filled, dependants;
  for (const auto& one : comparison.reimport.changes)
    changes.push_back(Value::object({{"kind", name_of(one.kind)}, {"clause", one.clause}}));
  for (const auto& one : comparison.reimport.filled)
    filled.push_back(
        Value::object({{"clause", one.clause}, {"kind", one.kind}, {"text", one.text}}));
  for (const auto& one : comparison.dependants)
    dependants.push_back(Value::object({{"clause", one.clause}, {"declaration", one.declaration}}));
  Value out = Value::object({{"is_same", comparison.reimport.is_same},
                             {"changes", std::move(changes)},
                             {"filled", std::move(filled)},
                             {"dependants", std::move(dependants)}});
  const Value split = document::as_value(comparison.reimport.document);
  for (const auto& [name, value] : split.object()->members) out.set(name, value);
  return out;
}

void tell(const Comparison& comparison, Console& console) {
  const document::Reimport& reimport = comparison.reimport;
  for (const auto& one : reimport.changes)
    console.out() << fmt::format("[{}] {}\n", one.clause,
                                 word(console, "document_change", std::string(name_of(one.kind))));
  for (const auto& one : reimport.filled)
    console.out() << console.say("document_filled", {{"clause", one.clause},
                                                     {"kind", word(console, "hole_kind", one.kind)},
                                                     {"text", one.text}})
                  << "\n";
  for (const auto& one : comparison.dependants)
    console.out() << console.say("document_dependant",
                                 {{"clause", one.clause}, {"declaration", one.declaration}})
                  << "\n";
  console.out() << console.say(reimport.is_same ? "document_same" : "document_compared",
                               {{"changes", std::to_string(reimport.changes.size())},
                                {"filled", std::to_string(reimport.filled.size())},
                                {"dependants", std::to_string(comparison.dependants.size())}})
                << "\n";
}

}  // namespace

Exit compare_documents(const DocumentOptions& options, Console& console) {
  const auto before = read_document(options.path);
  auto now = read_document(options.corrected);
  Refusals refusals;
  if (!before) refusals = before.refusals();
  if (!now) refusals.insert(refusals.end(), now.refusals().begin(), now.refusals().end());
  if (!refusals.empty()) return console.refuse(refusals);
  Comparison comparison{document::reimport(*before, std::move(*now)), {}};
  comparison.dependants = dependants_of(comparison.reimport, *before, load_packs(options.location));
  if (console.json())
    console.out() << to_json(as_value(comparison)) << "\n";
  else
    tell(comparison, console);
  return Exit::done;
}

}  // namespace huilu::cli
