// The room's tables: how units, persons, posts … are queued for reading in one flush, and how a
// batch's rows and updates are written. Used by commands, imports and verify; knows no rule.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "org/paths.h"
#include "org/types.h"
#include "store/store.h"

namespace huilu::org {

// Whole units, their reads queued; readable after the next flush. `which` is a condition on `unit
// u`, such as "u.id = ?1".
class UnitLoad {
 public:
  UnitLoad() = default;
  UnitLoad(store::Connection& connection, std::string_view which, const store::Params& params);
  std::vector<Unit> units() const;   // by id
  std::optional<Unit> unit() const;  // of a condition that fits at most one

 private:
  store::Pending units_, names_, kinds_, parents_, relations_;
};

inline constexpr std::string_view person_columns = "p.id, p.version, p.seq, p.name, p.external_key";
inline constexpr std::string_view membership_columns =
    "m.id, m.version, m.seq, m.person, m.unit, m.kind, m.floating, m.host_unit, m.from_date, "
    "m.until_date";
inline constexpr std::string_view employment_columns =
    "e.id, e.version, e.seq, e.person, e.unit, e.from_date, e.until_date";
inline constexpr std::string_view post_columns =
    "o.id, o.version, o.seq, o.unit, o.kind, o.title, o.official_order, o.from_date, o.until_date";
inline constexpr std::string_view tenure_columns =
    "t.id, t.version, t.seq, t.post, t.person, t.acting, t.from_date, t.until_date";

// From a row that begins with those columns; a membership's may stand further right.
Person person_from(const store::Row& row);
Membership membership_from(const store::Row& row);
Membership membership_from_columns(const store::Row& row, std::size_t first);
Employment employment_from(const store::Row& row);
Post post_from(const store::Row& row);
Tenure tenure_from(const store::Row& row);
Interval span_from(const store::Row& row, std::size_t column);  // from_date, until_date
std::string joined_tags(const std::vector<std::string>& tags);
std::vector<std::string> tags_from(const std::string& text);

// A new unit with its histories; `path` is set, relations have ids.
void insert_unit(store::RowBuffer& rows, const Unit& unit, Date today);
// Row, histories and relations as they are in `after`; paths apart.
void update_unit(store::RowBuffer& rows, const Unit& before, const Unit& after, Date today);
// Today's copy made anew (name, kind, parent, seat, next_change); no new version.
void update_copy(store::RowBuffer& rows, const Unit& unit, Date today);
void rewrite_paths(store::RowBuffer& rows, std::string_view table,
                   const std::vector<PathRewrite>& rewrites);

void insert_person(store::RowBuffer& rows, const Person& person);
void update_person(store::RowBuffer& rows, const Person& person);
void insert_membership(store::RowBuffer& rows, const Membership& membership);
void insert_employment(store::RowBuffer& rows, const Employment& employment);
void insert_post(store::RowBuffer& rows, const Post& post);
void insert_tenure(store::RowBuffer& rows, const Tenure& tenure);
// Sets until_date, version and seq of a row of membership, employment, post or tenure.
void end_row(store::RowBuffer& rows, std::string_view table, std::int64_t id, const Interval& span,
             std::int64_t version, journal::Sequence seq);

void insert_place(store::RowBuffer& rows, const Place& place, journal::Sequence seq);
void update_place(store::RowBuffer& rows, const Place& place, journal::Sequence seq);

}  // namespace huilu::org
