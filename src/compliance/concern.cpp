#include "compliance/concern.h"

namespace huilu::compliance {

namespace {

void add_record(const obligation::Record& record, Concern& out) {
  for (const auto& version : record.versions) {
    out.types.insert(version.types.begin(), version.types.end());
    out.named.units.insert(version.units.begin(), version.units.end());
    out.named.persons.insert(version.present.begin(), version.present.end());
    out.named.add(version.fields);
  }
}

}  // namespace

void Named::add(const Value& value) {
  if (const auto* text = value.text()) {
    if (const auto unit = UnitId::parse(*text)) units.insert(*unit);
    if (const auto person = PersonId::parse(*text)) persons.insert(*person);
    if (const auto record = RecordId::parse(*text)) records.insert(*record);
  } else if (const auto* list = value.list()) {
    for (const Value& item : *list) add(item);
  } else if (const auto* object = value.object()) {
    for (const auto& [key, member] : object->members) add(member);
  }
}

std::vector<Concern> concerns_of(const std::map<RecordId, obligation::Record>& records) {
  std::map<RecordId, std::set<RecordId>> beside;
  for (const auto& [id, record] : records) {
    Named named;
    for (const auto& version : record.versions) named.add(version.fields);
    for (const RecordId other : named.records) {
      beside[id].insert(other);
      beside[other].insert(id);
    }
  }
  std::vector<Concern> out;
  std::set<RecordId> seen;
  for (const auto& [first, record] : records) {
    std::vector<RecordId> due = {first};
    if (!seen.insert(first).second) continue;
    Concern& concern = out.emplace_back();
    while (!due.empty()) {
      const RecordId id = due.back();
      due.pop_back();
      if (const auto found = records.find(id); found != records.end()) {
        add_record(found->second, concern);
      }
      for (const RecordId other : beside[id]) {
        if (seen.insert(other).second) due.push_back(other);
      }
    }
  }
  return out;
}

}  // namespace huilu::compliance
