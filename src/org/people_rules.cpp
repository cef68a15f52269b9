#include "org/people_rules.h"

#include <algorithm>

#include "base/text.h"
#include "org/history.h"
#include "org/refusing.h"

namespace huilu::org {

namespace {

constexpr std::size_t key_characters_max = 64;

void check_key(Refusals& refusals, const std::optional<std::string>& key,
               std::optional<PersonId> same_key, PersonId self) {
  if (key && (key->empty() || count_characters(*key) > key_characters_max)) {
    refuse(refusals, RefusalCode::field_range, "/external_key", "1..64");
  } else if (key && same_key && *same_key != self) {
    refuse(refusals, RefusalCode::duplicate, "/external_key", {}, {},
           "/persons/" + same_key->text());
  }
}

void check_joined(Refusals& refusals, const std::optional<Joined>& unit, const Interval& span,
                  const std::string& where) {
  if (!unit) {
    refuse(refusals, RefusalCode::unknown_unit, where);
  } else {
    check_open(refusals, unit->span, span, where);
  }
}

void check_roll(Refusals& refusals, const std::optional<Joined>& unit, const Vocabulary& words,
                const std::string& where) {
  if (!unit) return;
  const auto* type = words.unit_types.find(unit->type);
  if (type && type->has_members) return;
  std::string expected;
  for (const auto& candidate : words.unit_types.items) {
    if (candidate.has_members) expected += (expected.empty() ? "" : ", ") + candidate.code;
  }
  refuse(refusals, RefusalCode::field_range, where, expected, unit->type);
}

template <class T>
Refusals check_known(const std::optional<T>& row, bool fits, RefusalCode code,
                     const std::string& where, std::int64_t version, Date date) {
  Refusals refusals;
  if (!row || !fits) {
    refuse(refusals, code, where);
  } else {
    check_version(refusals, row->version, version);
    check_end(refusals, row->span, date);
  }
  return refusals;
}

}  // namespace

Result<Person> decide(const CreatePerson& change, std::optional<PersonId> same_key) {
  Refusals refusals = check_name(cleaned(change.name), "/name");
  check_key(refusals, change.external_key, same_key, {});
  if (!refusals.empty()) return refusals;
  return Person{{}, 1, 0, cleaned(change.name), change.external_key};
}

Result<Person> decide(const ChangePerson& change, const std::optional<Person>& person,
                      bool known_in_unit, std::optional<PersonId> same_key) {
  Refusals refusals;
  if (!person || !known_in_unit) {
    refuse(refusals, RefusalCode::unknown_person, "/person");
  } else {
    check_version(refusals, person->version, change.version);
  }
  append(refusals, check_name(cleaned(change.name), "/name"));
  check_key(refusals, change.external_key, same_key, change.person);
  if (!refusals.empty()) return refusals;
  Person next = *person;
  next.name = cleaned(change.name);
  next.external_key = change.external_key;
  if (next.name == person->name && next.external_key == person->external_key) {
    refuse_same(refusals, "/name");
    return refusals;
  }
  ++next.version;
  return next;
}

Result<MembershipChange> decide(const StartMembership& change, const MembershipFacts& facts,
                                const Vocabulary& words) {
  Refusals refusals;
  const Interval span{change.date, std::nullopt};
  if (!facts.person_known) refuse(refusals, RefusalCode::unknown_person, "/person");
  check_joined(refusals, facts.unit, span, "/unit");
  check_roll(refusals, facts.unit, words, "/unit");
  if (change.host_unit) {
    check_joined(refusals, facts.host, span, "/host_unit");
    if (!change.floating || *change.host_unit == change.unit) {
      refuse(refusals, RefusalCode::field_range, "/host_unit");
    }
  }
  MembershipChange result{
      {{}, 1, 0, change.person, change.unit, change.kind, change.floating, change.host_unit, span},
      std::nullopt};
  for (const auto& membership : facts.memberships) {
    if (change.replaces && membership.id == *change.replaces &&
        membership.unit == change.replaces_in) {
      check_end(refusals, membership.span, change.date);
      result.ended = membership;
      result.ended->span.until = change.date;
      ++result.ended->version;
    } else if (overlap(membership.span, span)) {
      refuse(refusals, RefusalCode::duplicate, "/person", {}, {},
             "/units/" + membership.unit.text());
    }
  }
  if (change.replaces && !result.ended) {
    refuse(refusals, RefusalCode::field_range, "/replaces", {}, change.replaces->text());
  }
  if (!refusals.empty()) return refusals;
  return result;
}

Result<Membership> decide(const EndMembership& change,
                          const std::optional<Membership>& membership) {
  const bool fits =
      membership && membership->unit == change.unit && membership->person == change.person;
  Refusals refusals = check_known(membership, fits, RefusalCode::unknown_person, "/membership",
                                  change.version, change.date);
  if (!refusals.empty()) return refusals;
  Membership next = *membership;
  next.span.until = change.date;
  ++next.version;
  return next;
}

Result<Employment> decide(const StartEmployment& change, const EmploymentFacts& facts) {
  Refusals refusals;
  const Interval span{change.date, std::nullopt};
  if (!facts.person_known) refuse(refusals, RefusalCode::unknown_person, "/person");
  check_joined(refusals, facts.unit, span, "/unit");
  for (const auto& employment : facts.employments) {
    if (employment.unit == change.unit && overlap(employment.span, span)) {
      refuse(refusals, RefusalCode::duplicate, "/person");
    }
  }
  if (!refusals.empty()) return refusals;
  return Employment{0, 1, 0, change.person, change.unit, span};
}

Result<Employment> decide(const EndEmployment& change,
                          const std::optional<Employment>& employment) {
  const bool fits =
      employment && employment->unit == change.unit && employment->person == change.person;
  Refusals refusals = check_known(employment, fits, RefusalCode::unknown_person, "/employment",
                                  change.version, change.date);
  if (!refusals.empty()) return refusals;
  Employment next = *employment;
  next.span.until = change.date;
  ++next.version;
  return next;
}

Result<Post> decide(const CreatePost& change, const std::optional<Joined>& unit,
                    const Vocabulary& words) {
  Refusals refusals = check_name(cleaned(change.title), "/title");
  const Interval span{change.from, std::nullopt};
  check_joined(refusals, unit, span, "/unit");
  if (!words.post_kinds.contains(change.kind)) {
    refuse(refusals, RefusalCode::unknown_word, "/kind", words.post_kinds.expected(change.kind),
           change.kind);
  }
  if (!refusals.empty()) return refusals;
  return Post{{},  1, 0, change.unit, change.kind, cleaned(change.title), change.official_order,
              span};
}

Result<PostEnd> decide(const EndPost& change, const TenureFacts& facts) {
  const bool fits = facts.post && facts.post->unit == change.unit;
  Refusals refusals = check_known(facts.post, fits, RefusalCode::unknown_post, "/post",
                                  change.version, change.date);
  if (!refusals.empty()) return refusals;
  PostEnd end{*facts.post, {}};
  end.post.span.until = change.date;
  ++end.post.version;
  for (const auto& tenure : facts.tenures) {
    if (tenure.span.until && *tenure.span.until <= change.date) continue;
    check_end(refusals, tenure.span, change.date);
    end.tenures.push_back(tenure);
    end.tenures.back().span.until = change.date;
    ++end.tenures.back().version;
  }
  if (!refusals.empty()) return refusals;
  return end;
}

Result<Tenure> decide(const StartTenure& change, const TenureFacts& facts) {
  Refusals refusals;
  Interval span{change.date, std::nullopt};
  if (!facts.person_known) refuse(refusals, RefusalCode::unknown_person, "/person");
  if (!facts.post || facts.post->unit != change.unit) {
    refuse(refusals, RefusalCode::unknown_post, "/post");
  } else {
    span.until = facts.post->span.until;
    if (!facts.post->span.contains(change.date)) {
      refuse(refusals, RefusalCode::date_order, "/date", facts.post->span.from.text(),
             change.date.text());
    }
  }
  for (const auto& tenure : facts.tenures) {
    if (!overlap(tenure.span, span)) continue;
    if (tenure.person == change.person || tenure.holding == change.holding) {
      refuse(refusals, RefusalCode::duplicate, "/post", {}, {}, "/units/" + change.unit.text());
      break;
    }
  }
  if (!refusals.empty()) return refusals;
  return Tenure{{}, 1, 0, change.post, change.person, change.holding, span};
}

Result<Tenure> decide(const EndTenure& change, const std::optional<Tenure>& tenure,
                      const std::optional<Post>& post) {
  const bool fits = tenure && post && tenure->post == change.post && post->id == change.post &&
                    post->unit == change.unit;
  Refusals refusals =
      check_known(tenure, fits, RefusalCode::unknown_post, "/tenure", change.version, change.date);
  if (!refusals.empty()) return refusals;
  Tenure next = *tenure;
  next.span.until = change.date;
  ++next.version;
  return next;
}

}  // namespace huilu::org
