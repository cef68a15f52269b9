#include "org/rules.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "org/history.h"
#include "org/refusing.h"

namespace huilu::org {

namespace {

constexpr std::size_t name_characters_max = 200;
constexpr std::size_t code_characters_max = 64;
constexpr std::size_t tags_max = 32;

std::string link_to(UnitId unit) { return "/units/" + unit.text(); }

bool is_word(std::string_view text) {
  return !text.empty() && text.size() <= code_characters_max && text[0] >= 'a' && text[0] <= 'z' &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
         });
}

void check_code(Refusals& refusals, const std::optional<std::string>& code,
                const std::optional<std::string>& system) {
  const auto check = [&](const std::optional<std::string>& value, const std::string& where) {
    if (value && (value->empty() || count_characters(*value) > code_characters_max)) {
      refuse(refusals, RefusalCode::field_range, where, "1..64", std::to_string(value->size()));
    }
  };
  check(code, "/code");
  check(system, "/code_system");
  if (code && !system) refuse(refusals, RefusalCode::field_required, "/code_system");
  if (system && !code) refuse(refusals, RefusalCode::field_required, "/code");
}

void check_same_code(Refusals& refusals, std::optional<UnitId> same_code, UnitId self) {
  if (same_code && *same_code != self) {
    refuse(refusals, RefusalCode::duplicate, "/code", {}, {}, link_to(*same_code));
  }
}

// The unit is there, is the version that was seen, and lives on the day.
Refusals check_unit(const std::optional<Unit>& unit, std::int64_t version,
                    std::optional<Date> date) {
  Refusals refusals;
  if (!unit) {
    refuse(refusals, RefusalCode::unknown_unit, "/unit");
    return refusals;
  }
  check_version(refusals, unit->version, version);
  if (date && *date < unit->span.from) {
    refuse(refusals, RefusalCode::date_order, "/date", unit->span.from.text(), date->text());
  }
  if (date && unit->span.until && *date >= *unit->span.until) {
    refuse(refusals, RefusalCode::unit_closed, "/date", unit->span.until->text(), date->text());
  }
  return refusals;
}

}  // namespace

std::string cleaned(std::string_view text) { return to_nfc(trimmed(text)); }

Kind cleaned(Kind kind) {
  std::sort(kind.tags.begin(), kind.tags.end());
  kind.tags.erase(std::unique(kind.tags.begin(), kind.tags.end()), kind.tags.end());
  if (kind.rank == "none") kind.rank.reset();
  return kind;
}

Refusals check_name(const std::string& name, const std::string& where) {
  Refusals refusals;
  const auto characters = count_characters(name);
  const bool has_control = std::any_of(name.begin(), name.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
  });
  if (name.empty()) {
    refuse(refusals, RefusalCode::field_required, where);
  } else if (characters > name_characters_max || has_control) {
    refuse(refusals, RefusalCode::field_range, where, "1..200", std::to_string(characters));
  }
  return refusals;
}

Refusals check_kind(const Kind& kind, const Vocabulary& words, const std::string& pointer) {
  Refusals refusals;
  if (!words.unit_types.contains(kind.type)) {
    refuse(refusals, RefusalCode::unknown_word, pointer + "/type",
           words.unit_types.expected(kind.type), kind.type);
  }
  if (!words.level(kind.level)) {
    refuse(refusals, RefusalCode::field_range, pointer + "/level", "0..5, 9",
           std::to_string(kind.level));
  }
  if (kind.rank && !words.ranks.contains(*kind.rank)) {
    refuse(refusals, RefusalCode::unknown_word, pointer + "/rank", words.ranks.expected(*kind.rank),
           *kind.rank);
  }
  const auto bad = std::find_if_not(kind.tags.begin(), kind.tags.end(), is_word);
  if (bad != kind.tags.end()) {
    refuse(refusals, RefusalCode::unknown_word, pointer + "/tags", "[a-z][a-z0-9_]*", *bad);
  } else if (kind.tags.size() > tags_max) {
    refuse(refusals, RefusalCode::field_range, pointer + "/tags", "0..32",
           std::to_string(kind.tags.size()));
  }
  return refusals;
}

Result<Unit> decide(const CreateUnit& change, const CreateFacts& facts, const Vocabulary& words,
                    const Context& context) {
  Refusals refusals = check_name(cleaned(change.name), "/name");
  append(refusals, check_kind(change.kind, words, ""));
  check_code(refusals, change.code, change.code_system);
  check_same_code(refusals, facts.same_code, {});
  const Interval life{change.from, std::nullopt};
  if (!change.parent) {
    if (context.account) refuse(refusals, RefusalCode::not_permitted, "/parent");
  } else if (!facts.parent) {
    refuse(refusals, RefusalCode::unknown_unit, "/parent");
  } else {
    check_open(refusals, facts.parent->span, life, "/parent");
  }
  if (change.seat && !facts.seat_known) {
    refuse(refusals, RefusalCode::unknown_place, "/seat");
  }
  if (!refusals.empty()) return refusals;

  Unit unit;
  unit.version = 1;
  unit.code = change.code;
  unit.code_system = change.code_system;
  unit.official_order = change.official_order;
  unit.go_live = change.go_live;
  unit.span = life;
  unit.names = {{cleaned(change.name), life}};
  unit.kinds = {{cleaned(change.kind), life}};
  unit.parents = {{change.parent, life}};
  if (change.seat) {
    unit.relations.push_back({0, RelationKind::seated_in, {{}, *change.seat, {}}, life});
  }
  return unit;
}

Result<Unit> decide(const RenameUnit& change, const std::optional<Unit>& unit) {
  Refusals refusals = check_unit(unit, change.version, change.date);
  const std::string name = cleaned(change.name);
  append(refusals, check_name(name, "/name"));
  if (!refusals.empty()) return refusals;
  Unit next = *unit;
  next.names = changed_from(unit->names, change.date, name);
  if (next.names == unit->names) refuse_same(refusals, "/name");
  if (!refusals.empty()) return refusals;
  ++next.version;
  return next;
}

Result<Unit> decide(const ChangeUnitKind& change, const std::optional<Unit>& unit,
                    const Vocabulary& words) {
  Refusals refusals = check_unit(unit, change.version, change.date);
  append(refusals, check_kind(change.kind, words, ""));
  if (!refusals.empty()) return refusals;
  Unit next = *unit;
  next.kinds = changed_from(unit->kinds, change.date, cleaned(change.kind));
  if (next.kinds == unit->kinds) refuse_same(refusals, "/type");
  if (!refusals.empty()) return refusals;
  ++next.version;
  return next;
}

Result<Unit> decide(const ChangeUnitDetails& change, const std::optional<Unit>& unit,
                    std::optional<UnitId> same_code) {
  Refusals refusals = check_unit(unit, change.version, std::nullopt);
  check_code(refusals, change.code, change.code_system);
  check_same_code(refusals, same_code, change.unit);
  if (!refusals.empty()) return refusals;
  Unit next = *unit;
  next.code = change.code;
  next.code_system = change.code_system;
  next.official_order = change.official_order;
  next.go_live = change.go_live;
  ++next.version;
  return next;
}

Result<Unit> decide(const MoveUnit& change, const std::optional<Unit>& unit, const MoveFacts& facts,
                    const Context& context) {
  Refusals refusals = check_unit(unit, change.version, change.date);
  if (!change.to && context.account) refuse(refusals, RefusalCode::not_permitted, "/parent");
  if (change.to && !facts.to) refuse(refusals, RefusalCode::unknown_unit, "/parent");
  if (!refusals.empty()) return refusals;

  const auto now = parent_on(*unit, change.date);
  if (now != change.from) {
    refuse(refusals, RefusalCode::version_conflict, "/parent", now ? now->text() : "",
           change.from ? change.from->text() : "");
  }
  Unit next = *unit;
  next.parents = changed_from(unit->parents, change.date, change.to);
  if (next.parents == unit->parents) refuse_same(refusals, "/parent");
  const auto entry = std::find_if(next.parents.begin(), next.parents.end(), [&](const auto& dated) {
    return dated.span.contains(change.date);
  });
  CHECK(entry != next.parents.end());
  const Interval span{change.date, entry->span.until};
  if (change.to) {
    check_open(refusals, facts.to->span, span, "/parent");
    if (facts.above.make_cycle(change.unit, *change.to, span)) {
      refuse(refusals, RefusalCode::unit_cycle, "/parent");
    }
  }
  if (!refusals.empty()) return refusals;
  ++next.version;
  return next;
}

Result<Unit> decide(const RelateUnit& change, const std::optional<Unit>& unit,
                    const RelateFacts& facts) {
  Refusals refusals = check_unit(unit, change.version, change.date);
  const bool to_place = change.kind == RelationKind::seated_in;
  const bool to_post = change.kind == RelationKind::contact_of;
  const bool fits = static_cast<bool>(change.target.place) == to_place &&
                    static_cast<bool>(change.target.post) == to_post &&
                    static_cast<bool>(change.target.unit) == (!to_place && !to_post);
  if (!fits) {
    refuse(refusals, RefusalCode::field_type, "/target",
           to_place  ? "place"
           : to_post ? "post"
                     : "unit");
  } else if (!facts.target) {
    refuse(refusals,
           to_place  ? RefusalCode::unknown_place
           : to_post ? RefusalCode::unknown_post
                     : RefusalCode::unknown_unit,
           "/target");
  } else if (change.target.unit && change.target.unit == change.unit) {
    refuse(refusals, RefusalCode::unit_cycle, "/target");
  }
  if (!refusals.empty()) return refusals;

  Interval span{change.date, unit->span.until};
  Unit next = *unit;
  for (auto& relation : next.relations) {
    if (relation.kind != change.kind || !overlap(relation.span, span)) continue;
    if (relation.target == change.target) {
      refuse(refusals, RefusalCode::duplicate, "/target");
    } else if (one_at_a_time(change.kind) && relation.span.from < change.date) {
      relation.span.until = change.date;
    } else if (one_at_a_time(change.kind)) {
      span.until = span.until ? std::min(*span.until, relation.span.from) : relation.span.from;
    }
  }
  if (span.until && *span.until <= span.from) {  // replaces what begins on the same day
    const auto same_day =
        std::find_if(next.relations.begin(), next.relations.end(), [&](const Relation& relation) {
          return relation.kind == change.kind && relation.span.from == change.date;
        });
    CHECK(same_day != next.relations.end());
    span.until = same_day->span.until;
    next.relations.erase(same_day);
  }
  check_open(refusals, *facts.target, span, "/target");
  if (!refusals.empty()) return refusals;
  next.relations.push_back({0, change.kind, change.target, span});
  ++next.version;
  return next;
}

Result<Unit> decide(const EndUnitRelation& change, const std::optional<Unit>& unit) {
  Refusals refusals = check_unit(unit, change.version, change.date);
  if (!refusals.empty()) return refusals;
  Unit next = *unit;
  const auto relation =
      std::find_if(next.relations.begin(), next.relations.end(),
                   [&](const Relation& candidate) { return candidate.id == change.relation; });
  if (relation == next.relations.end()) {
    refuse(refusals, RefusalCode::field_range, "/relation", {}, std::to_string(change.relation));
  } else {
    check_end(refusals, relation->span, change.date);
  }
  if (!refusals.empty()) return refusals;
  relation->span.until = change.date;
  ++next.version;
  return next;
}

Result<Unit> decide(const CloseUnit& change, const std::optional<Unit>& unit,
                    const CloseFacts& facts) {
  Refusals refusals = check_unit(unit, change.version, change.date);
  if (!refusals.empty()) return refusals;
  if (change.date <= unit->span.from) {
    refuse(refusals, RefusalCode::date_order, "/date", (unit->span.from + 1).text(),
           change.date.text());
  }
  if (facts.children > 0) {
    refuse(refusals, RefusalCode::unit_has_children, "/unit", "0", std::to_string(facts.children));
  }
  if (facts.members > 0) {
    refuse(refusals, RefusalCode::unit_has_members, "/unit", "0", std::to_string(facts.members));
  }
  for (const Date start : facts.starts) {
    if (start >= change.date) {
      refuse(refusals, RefusalCode::date_order, "/date", (start + 1).text(), change.date.text());
    }
  }
  if (!refusals.empty()) return refusals;
  Unit next = *unit;
  next.span.until = change.date;
  next.names = ended_on(next.names, change.date);
  next.kinds = ended_on(next.kinds, change.date);
  next.parents = ended_on(next.parents, change.date);
  std::erase_if(next.relations,
                [&](const Relation& relation) { return relation.span.from >= change.date; });
  for (auto& relation : next.relations) {
    if (!relation.span.until || *relation.span.until > change.date) {
      relation.span.until = change.date;
    }
  }
  ++next.version;
  return next;
}

void Affiliations::add(const Affiliation& affiliation) {
  rows_.emplace(affiliation.unit, affiliation);
}

bool Affiliations::make_cycle(UnitId unit, UnitId parent, const Interval& span) const {
  if (unit == parent) return true;
  struct Step {
    UnitId unit;
    Interval span;
  };
  std::vector<Step> open = {{parent, span}};
  std::set<std::tuple<UnitId, Date, std::optional<Date>>> seen;
  while (!open.empty()) {
    const Step step = open.back();
    open.pop_back();
    if (!seen.insert({step.unit, step.span.from, step.span.until}).second) continue;
    const auto [first, last] = rows_.equal_range(step.unit);
    for (auto it = first; it != last; ++it) {
      const Affiliation& row = it->second;
      if (!row.parent || !overlap(row.span, step.span)) continue;
      if (*row.parent == unit) return true;
      Interval both{std::max(row.span.from, step.span.from), step.span.until};
      if (row.span.until && (!both.until || *row.span.until < *both.until)) {
        both.until = row.span.until;
      }
      open.push_back({*row.parent, both});
    }
  }
  return false;
}

Date day_of_copy(const Unit& unit, Date today) {
  if (today < unit.span.from) return unit.span.from;
  if (unit.span.until && today >= *unit.span.until) return *unit.span.until + -1;
  return today;
}

std::optional<UnitId> parent_on(const Unit& unit, Date day) {
  const auto* parent = value_on(unit.parents, day);
  return parent ? *parent : std::nullopt;
}

std::optional<PlaceId> seat_on(const Unit& unit, Date day) {
  for (const auto& relation : unit.relations) {
    if (relation.kind == RelationKind::seated_in && relation.span.contains(day)) {
      return relation.target.place;
    }
  }
  return std::nullopt;
}

std::optional<Date> next_change(const Unit& unit, Date today) {
  const Date day = day_of_copy(unit, today);
  std::optional<Date> next;
  const auto take = [&](std::optional<Date> date) {
    if (date && *date > day && *date > today && (!next || *date < *next)) next = date;
  };
  take(next_change_after(unit.names, day));
  take(next_change_after(unit.kinds, day));
  take(next_change_after(unit.parents, day));
  for (const auto& relation : unit.relations) {
    if (relation.kind != RelationKind::seated_in) continue;
    take(relation.span.from);
    if (!unit.span.until || relation.span.until != unit.span.until) take(relation.span.until);
  }
  return next;
}

}  // namespace huilu::org
