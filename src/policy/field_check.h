// What a record says, held against its type. Pure: the record room asks these before it writes and
// adds what only the tables know (whether a unit, person or record exists).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "base/refusal.h"
#include "base/time.h"
#include "base/value.h"
#include "policy/record_type.h"

namespace huilu::policy {

// Longest text and longest list of a field that declares no `max` of its own.
inline constexpr std::int64_t text_characters_max = 2000;
inline constexpr std::int64_t list_items_max = 2000;

// Every fault in `fields` (an object; null or absent members are left out). `pointer` is where it
// stands in the request: "/fields/core~1theme_party_day". `today` is the day of the entry.
// Codes: unknown_field, field_required, field_type, field_range, unknown_word, date_in_future,
// date_order.
Refusals check_fields(const std::vector<Field>& declared, const Value& fields,
                      const std::string& pointer, Date today);
// The same of a record's, with the days of a lasting one.
Refusals check_fields(const RecordType& type, const Value& fields, const std::string& pointer,
                      Date today);

// One value against one field, for a pack's defaults and for `check_fields`.
Refusals check_value(const Field& field, const Value& value, const std::string& pointer);

// date_in_future, or date_before_limit where the type limits back-dating; a planned record may lie
// ahead, which the record room decides.
Refusals check_date(const RecordType& type, Date date, const std::string& pointer, Date today);

// What must exist in the tables, and where it was named.
template <class IdType>
struct Reference {
  IdType id;
  std::string where;
};

struct RecordReference {
  RecordId id;
  std::string where;
  std::string type;  // the address that the record's types must hold
};

struct References {
  std::vector<Reference<PersonId>> persons;
  std::vector<Reference<UnitId>> units;
  std::vector<Reference<PostId>> posts;
  std::vector<Reference<FileId>> files;
  std::vector<RecordReference> records;
};

// Of fields that `check_fields` accepted.
References references_of(const std::vector<Field>& declared, const Value& fields,
                         const std::string& pointer);
inline References references_of(const RecordType& type, const Value& fields,
                                const std::string& pointer) {
  return references_of(type.fields, fields, pointer);
}

// One person, one free text or one protected value within the fields.
struct PersonalField {
  std::string where;  // pointer into the record
  Value value;
};

// `rest` is `fields` with null in the place of each personal part, so that its shape, and with it
// every count, stays when a part is erased. The journal commits to `rest` and to each part.
struct Separated {
  Value rest;
  std::vector<PersonalField> personal;
};

Separated separate_personal(const std::vector<Field>& declared, const Value& fields,
                            const std::string& pointer);
inline Separated separate_personal(const RecordType& type, const Value& fields,
                                   const std::string& pointer) {
  return separate_personal(type.fields, fields, pointer);
}

struct RecordHeader {
  std::vector<UnitId> units;
  Date date;
  std::string place;
  std::vector<PersonId> present;
};

// Canonical bytes by which a second entry of the same thing is found; order within lists does not
// matter. One key for each unit where the identity names `units` (a day held jointly is found again
// by either branch), otherwise one; none where the type has no identity or one of its parts was
// left out.
std::vector<std::string> identity_keys(const RecordType& type, const RecordHeader& header,
                                       const Value& fields);

}  // namespace huilu::policy
