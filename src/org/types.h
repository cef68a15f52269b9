// The nouns of organisation: places, units with their dated names, kinds, parents and relations,
// persons, posts, tenures, memberships, employments. Every history is half-open and does not
// overlap; the tables hold the same and are the truth. Used by rules (pure), commands, queries and
// imports.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "base/time.h"
#include "journal/journal.h"

namespace huilu::org {

// A value that holds over an interval.
template <class T>
struct Dated {
  T value;
  Interval span;

  bool operator==(const Dated& other) const {
    return value == other.value && span.from == other.span.from && span.until == other.span.until;
  }
};

template <class T>
using Dates = std::vector<Dated<T>>;  // by from, not overlapping

// What a unit is. Selectors use the four together.
struct Kind {
  std::string type;                 // a word of the vocabulary: branch, primary_committee …
  int level = 9;                    // 0 central … 5 village or community, 9 not bound to a level
  std::optional<std::string> rank;  // 厅局级, 县处级, 乡科级 as words; none
  std::vector<std::string> tags;    // sorted

  bool operator==(const Kind&) const = default;
};

enum class RelationKind {
  seated_in,        // 所在地 → place, one at a time
  administered_by,  // 行政隶属 → organ, at most one at a time
  guided_by,        // 业务指导 → body above
  party_org_of,     // Party organisation → unit served
  dispatched_by,    // 派出 → creator, one at a time
  led_by_group,     // organ → its leading Party group, one at a time
  contact_of,       // 联系点 ← the leader's post
};

std::string_view word_of(RelationKind kind);
std::optional<RelationKind> relation_kind_from(std::string_view word);
const std::vector<RelationKind>& all_relation_kinds();
bool one_at_a_time(RelationKind kind);

// A relation's other end: exactly one of them is set, by kind.
struct Target {
  UnitId unit;
  PlaceId place;
  PostId post;

  bool operator==(const Target&) const = default;
};

struct Relation {
  std::int64_t id = 0;
  RelationKind kind{};
  Target target;
  Interval span;
};

// A unit with everything that is true of it: the aggregate that commands read, decide on and write.
struct Unit {
  UnitId id;
  std::int64_t version = 0;
  journal::Sequence seq = 0;  // of its last journal entry
  std::optional<std::string> code;
  std::optional<std::string> code_system;
  std::optional<std::int64_t> official_order;  // 单位序
  std::optional<Date> go_live;                 // before it nothing is collected
  Interval span;
  Dates<std::string> names;
  Dates<Kind> kinds;
  Dates<std::optional<UnitId>> parents;
  std::vector<Relation> relations;

  // Today's copy, as the table has it.
  std::optional<UnitId> parent;
  std::string path;
};

struct Place {
  PlaceId id;
  std::int64_t version = 0;
  std::optional<std::string> code;
  std::optional<std::string> code_system;
  std::string name;
  int level = 0;
  std::optional<PlaceId> parent;
  std::string path;
  bool pseudo = false;  // made up to fill a level: 市辖区, 省直辖县级行政区划
  std::optional<Date> from;
  std::optional<Date> until;
};

struct Person {
  PersonId id;
  std::int64_t version = 0;
  journal::Sequence seq = 0;
  std::string name;
  std::optional<std::string> external_key;
};

enum class MembershipKind { full_member, probationary_member };

std::string_view word_of(MembershipKind kind);
std::optional<MembershipKind> membership_kind_from(std::string_view word);

// A Party member on the roll of a branch; a floating member may have a host that holds the
// meetings.
struct Membership {
  MembershipId id;
  std::int64_t version = 0;
  journal::Sequence seq = 0;
  PersonId person;
  UnitId unit;
  MembershipKind kind = MembershipKind::full_member;
  bool floating = false;
  std::optional<UnitId> host_unit;
  Interval span;
};

// Somebody employed by a unit, member or not.
struct Employment {
  std::int64_t id = 0;
  std::int64_t version = 0;
  journal::Sequence seq = 0;
  PersonId person;
  UnitId unit;
  Interval span;
};

// One seat. A body of nine has nine posts.
struct Post {
  PostId id;
  std::int64_t version = 0;
  journal::Sequence seq = 0;
  UnitId unit;
  std::string kind;   // a word of the vocabulary: secretary, deputy_secretary …
  std::string title;  // as it is written: 党支部书记
  std::optional<std::int64_t> official_order;
  Interval span;
};

enum class Holding { regular, acting };

struct Tenure {
  TenureId id;
  std::int64_t version = 0;
  journal::Sequence seq = 0;
  PostId post;
  PersonId person;
  Holding holding = Holding::regular;
  Interval span;
};

}  // namespace huilu::org
