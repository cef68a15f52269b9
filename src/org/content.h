// What the journal commits to: the whole state of a unit, a person, a post … as canonical JSON, the
// same bytes for a row that was just written and for one that is read back, so that verify can
// compare. A person's name and key stand in fields of their own. Used by commands, imports, verify.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "command/command.h"
#include "org/types.h"

namespace huilu::org {

std::string content_of(const Unit& unit);
std::string content_of(const Person& person);
std::string content_of(const Membership& membership);
std::string content_of(const Employment& employment);
std::string content_of(const Post& post);
std::string content_of(const Tenure& tenure);

std::string subject_of(const Unit& unit);  // "u12.3": id and version
std::string subject_of(const Person& person);
std::string subject_of(const Membership& membership);
std::string subject_of(const Employment& employment);
std::string subject_of(const Post& post);
std::string subject_of(const Tenure& tenure);

// "content", and for a person "name" and "external_key". In a bulk entry the subject follows after
// a blank: "content u12.3".
std::vector<journal::Field> fields_of(const Person& person, const std::string& suffix = {});

// An entry about one row; the caller adds what else it touched.
template <class T>
journal::Entry entry_of(std::string_view kind, const T& row, std::string_view table,
                        std::int64_t id, std::optional<UnitId> unit, AccountId actor) {
  journal::Entry entry;
  entry.kind = kind;
  entry.unit = unit;
  entry.subject = subject_of(row);
  if (row.seq != 0) entry.previous = row.seq;
  entry.actor = actor;
  entry.touched = {{table, id, row.version}};
  if constexpr (std::is_same_v<T, Person>) {
    entry.fields = fields_of(row);
  } else {
    entry.fields = {{"content", content_of(row)}};
  }
  return entry;
}

}  // namespace huilu::org
