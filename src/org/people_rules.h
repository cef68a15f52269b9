// The rules of people: persons, memberships, employments, posts and their holders. Pure, like the
// rules of units; used by commands and imports.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "org/rules.h"
#include "org/types.h"

namespace huilu::org {

struct CreatePerson {
  std::string name;
  std::optional<std::string> external_key;  // of the system that the rows came from
};

struct ChangePerson {
  PersonId person;
  UnitId unit;  // where the permission is needed and the person is known
  std::int64_t version = 0;
  std::string name;
  std::optional<std::string> external_key;
};

// `replaces`: a transfer, or another kind in the same branch; that membership ends on the date.
struct StartMembership {
  PersonId person;
  UnitId unit;
  MembershipKind kind = MembershipKind::full_member;
  bool floating = false;
  std::optional<UnitId> host_unit;  // of a floating member
  Date date;
  std::optional<MembershipId> replaces;
  std::optional<UnitId> replaces_in;  // that membership's unit: the permission is needed there too
};

struct EndMembership {
  MembershipId membership;
  PersonId person;
  UnitId unit;
  std::int64_t version = 0;
  Date date;
};

struct StartEmployment {
  PersonId person;
  UnitId unit;
  Date date;
};

struct EndEmployment {
  std::int64_t employment = 0;
  PersonId person;
  UnitId unit;
  std::int64_t version = 0;
  Date date;
};

struct CreatePost {
  UnitId unit;
  std::string kind;
  std::string title;
  std::optional<std::int64_t> official_order;
  Date from;
};

// Ends the tenures of the post too.
struct EndPost {
  PostId post;
  UnitId unit;
  std::int64_t version = 0;
  Date date;
};

struct StartTenure {
  PostId post;
  UnitId unit;  // of the post
  PersonId person;
  Holding holding = Holding::regular;
  Date date;
};

struct EndTenure {
  TenureId tenure;
  PostId post;
  UnitId unit;
  std::int64_t version = 0;
  Date date;
};

// A unit as somebody joins it: its life and its type on the day.
struct Joined {
  Interval span;
  std::string type;
};

struct MembershipFacts {
  bool person_known = false;
  std::optional<Joined> unit;
  std::optional<Joined> host;
  std::vector<Membership> memberships;  // of the person, all
};

// What starting a membership writes.
struct MembershipChange {
  Membership started;
  std::optional<Membership> ended;
};

struct EmploymentFacts {
  bool person_known = false;
  std::optional<Joined> unit;
  std::vector<Employment> employments;  // of the person, all
};

struct TenureFacts {
  bool person_known = false;
  std::optional<Post> post;
  std::vector<Tenure> tenures;  // of the post, all
};

Result<Person> decide(const CreatePerson& change, std::optional<PersonId> same_key);
Result<Person> decide(const ChangePerson& change, const std::optional<Person>& person,
                      bool known_in_unit, std::optional<PersonId> same_key);
Result<MembershipChange> decide(const StartMembership& change, const MembershipFacts& facts,
                                const Vocabulary& words);
Result<Membership> decide(const EndMembership& change, const std::optional<Membership>& membership);
Result<Employment> decide(const StartEmployment& change, const EmploymentFacts& facts);
Result<Employment> decide(const EndEmployment& change, const std::optional<Employment>& employment);
Result<Post> decide(const CreatePost& change, const std::optional<Joined>& unit,
                    const Vocabulary& words);

struct PostEnd {
  Post post;
  std::vector<Tenure> tenures;  // those that end with it
};
Result<PostEnd> decide(const EndPost& change, const TenureFacts& facts);
Result<Tenure> decide(const StartTenure& change, const TenureFacts& facts);
Result<Tenure> decide(const EndTenure& change, const std::optional<Tenure>& tenure,
                      const std::optional<Post>& post);

}  // namespace huilu::org
