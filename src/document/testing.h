// What tests of documents share: a document from lines, and questions about it in a line.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "document/edited_text.h"
#include "document/split.h"

namespace huilu::document::testing {

inline Document split(const std::string& text) {
  auto document = split_document(text, "text.txt");
  EXPECT_TRUE(document.ok());
  return document.ok() ? std::move(*document) : Document{};
}

// `old` stands in it.
inline std::string replaced(std::string text, const std::string& old, const std::string& with) {
  const auto at = text.find(old);
  EXPECT_NE(at, std::string::npos) << old;
  return text.replace(at, old.size(), with);
}

inline std::vector<std::string> ids(const Document& document) {
  std::vector<std::string> out;
  for (const Clause& clause : document.clauses) out.push_back(clause.id);
  return out;
}

inline std::vector<std::string> paths(const Document& document) {
  std::vector<std::string> out;
  for (const Clause& clause : document.clauses) out.push_back(clause.path);
  return out;
}

inline std::vector<std::string> headings(const Document& document) {
  std::vector<std::string> out;
  for (const Clause& clause : document.clauses)
    if (!clause.heading.empty()) out.push_back(clause.heading);
  return out;
}

inline std::string text_of(const Document& document, std::string_view id) {
  const Clause* clause = document.find(id);
  return clause == nullptr ? "no clause " + std::string(id) : clause->text;
}

inline std::size_t repairs(const Document& document, std::string_view rule) {
  return static_cast<std::size_t>(
      std::count_if(document.repairs.begin(), document.repairs.end(),
                    [&](const Repair& repair) { return repair.rule == rule; }));
}

inline std::vector<Note> notes(const Document& document, std::string_view kind) {
  std::vector<Note> out;
  for (const Note& note : document.notes)
    if (note.kind == kind) out.push_back(note);
  return out;
}

inline std::string detail(const Note& note, std::string_view name) {
  for (const auto& [key, value] : note.details)
    if (key == name) return value;
  return {};
}

inline std::string metadata(const Document& document, std::string_view name) {
  for (const auto& [key, value] : document.metadata)
    if (key == name) return value;
  return {};
}

// "number:举办|期读" for each hole of clauses.
inline std::vector<std::string> holes(const Document& document) {
  std::vector<std::string> out;
  for (const Clause& clause : document.clauses)
    for (const Hole& hole : clause.holes) out.push_back(clause.id + " " + hole.kind);
  return out;
}

// Repairs lead back to the raw bytes, and every clause is what its raw bytes become.
inline void expect_reversible(const Document& document) {
  EXPECT_EQ(restore(document.encoding, document.text, document.repairs), document.raw);
  for (const Clause& clause : document.clauses) {
    EXPECT_EQ(normalise(document.encoding, document.raw, clause.raw, document.repairs), clause.text)
        << clause.id;
    for (const Hole& hole : clause.holes) {
      EXPECT_GE(hole.raw.from, clause.raw.from) << clause.id;
      EXPECT_LE(hole.raw.until, std::max(clause.raw.until, hole.raw.until)) << clause.id;
    }
  }
}

}  // namespace huilu::document::testing
