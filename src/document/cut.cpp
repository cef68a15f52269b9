#include <algorithm>

#include "document/edited_text.h"
#include "document/split.h"

namespace huilu::document {

namespace {

// Whether the raw text can be cut here: between two characters and outside every repair.
bool is_boundary(const Document& document, const Clause& clause, std::size_t place) {
  if (place < clause.raw.from || place >= clause.raw.until) return false;
  const std::vector<std::size_t> at = raw_offsets(document, clause.raw);
  if (!std::binary_search(at.begin(), at.end(), place)) return false;
  return std::none_of(document.repairs.begin(), document.repairs.end(), [&](const Repair& repair) {
    return place > repair.raw.from && place < repair.raw.until;
  });
}

Clause part_of(const Document& document, const Clause& clause, Range raw) {
  Clause part = clause;
  part.raw = raw;
  part.text = normalise(document.encoding, document.raw, raw, document.repairs);
  part.holes.clear();
  for (const Hole& hole : clause.holes)
    if (hole.raw.from >= raw.from && hole.raw.from < raw.until) part.holes.push_back(hole);
  return part;
}

}  // namespace

bool cut_clause(Document& document, std::string_view id, const std::vector<std::size_t>& places) {
  const auto found = std::find_if(document.clauses.begin(), document.clauses.end(),
                                  [&](const Clause& clause) { return clause.id == id; });
  if (found == document.clauses.end() || places.empty()) return false;
  if (!std::is_sorted(places.begin(), places.end(), std::less_equal<>())) return false;
  const Clause whole = *found;
  for (const std::size_t place : places)
    if (!is_boundary(document, whole, place)) return false;
  std::vector<Clause> parts;
  if (places.front() > whole.raw.from)
    parts.push_back(part_of(document, whole, {whole.raw.from, places.front()}));
  for (std::size_t i = 0; i < places.size(); ++i) {
    const std::size_t until = i + 1 < places.size() ? places[i + 1] : whole.raw.until;
    Clause part = part_of(document, whole, {places[i], until});
    part.heading.clear();
    part.id += "." + std::to_string(i + 1);
    part.path += "/" + std::to_string(i + 1);
    if (document.find(part.id) != nullptr) return false;  // it has clauses already
    parts.push_back(std::move(part));
  }
  for (Note& note : document.notes) {
    for (const Clause& part : parts)
      if (note.clause == whole.id && note.raw.from >= part.raw.from) note.clause = part.id;
  }
  const auto at = document.clauses.erase(found);
  document.clauses.insert(at, std::make_move_iterator(parts.begin()),
                          std::make_move_iterator(parts.end()));
  return true;
}

}  // namespace huilu::document
