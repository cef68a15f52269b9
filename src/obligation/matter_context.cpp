#include "obligation/matter_context.h"

#include <algorithm>

#include "base/members.h"
#include "base/text.h"
#include "obligation/clock.h"
#include "obligation/condition.h"
#include "obligation/look_back.h"
#include "obligation/parameters.h"
#include "obligation/periods.h"
#include "obligation/review.h"
#include "policy/field_check.h"
#include "policy/path_type.h"

namespace huilu::obligation {

namespace {

constexpr std::string_view fields_pointer = "/fields";

}  // namespace

MatterContext::MatterContext(const Lifecycle& life, const Matter& matter)
    : life_(life),
      calendars_(life.facts),
      clocks_([&life] {
        return life.history ? results_of(clocks_of(life, *life.history)) : Value(Value::Object{});
      }),
      found_([&life] {
        return life.history && life.type.look_back ? found_last(life, *life.history)
                                                   : std::string();
      }),
      stale_([&life]() -> std::optional<bool> {
        if (!life.history) return {};
        const auto review = review_of(life, *life.history);
        return review ? std::optional(review->is_stale()) : std::nullopt;
      }),
      it_{MatterThing{&matter, &life.type, life.today, &clocks_, life.ballot, &found_, &stale_},
          "",
          {},
          matter.opened,
          life.now},
      context_{life.facts,
               calendars_,
               life.pack,
               Bearer{matter.unit, {}, {}},
               policy::MemberAt::home,
               {std::string(always_name), life.today, life.today + 1},
               nullptr,
               {},
               life.today,
               life.today,
               life.now,
               Reach::all,
               notes_,
               &it_} {
  for (const Campaign& one : life.facts.campaigns)
    if (matter.campaign && one.id == *matter.campaign) {
      context_.campaign = &one;
      context_.window = one.batches.front().window;
    }
}

std::vector<Value> MatterContext::values(const policy::Path& path) {
  return values_of(context_, it_.thing, path);
}

bool MatterContext::holds(const policy::Test& test) {
  const auto part_holds = [&](const policy::Test& part) { return holds(part); };
  if (test.kind == policy::TestKind::all_of)
    return std::all_of(test.parts.begin(), test.parts.end(), part_holds);
  if (test.kind == policy::TestKind::any_of)
    return std::any_of(test.parts.begin(), test.parts.end(), part_holds);
  if (test.counts()) return counts(test);
  return test.kind == policy::TestKind::holds && holds(test.holds);
}

bool MatterContext::holds(const policy::Condition& condition) {
  const bool found = obligation::holds(context_, it_.thing, condition);
  const bool clear = notes_.error.empty() && !notes_.no_value;
  notes_ = {};
  return found && clear;
}

void MatterContext::collect_unmet(const policy::Test& test, std::vector<const policy::Test*>& out) {
  if (holds(test)) return;
  if (test.say || !test.id.empty() || test.parts.empty()) return out.push_back(&test);
  for (const policy::Test& part : test.parts) collect_unmet(part, out);
}

MatterContext::Length MatterContext::length(const policy::DurationUse& use, Date clock_start) {
  it_.clock_start = clock_start;
  const auto term = term_of(context_, use);
  const bool is_assumed =
      std::any_of(notes_.parameters.begin(), notes_.parameters.end(),
                  [](const BoundParameter& one) { return one.basis == policy::Basis::assumed; });
  notes_ = {};
  return {term, is_assumed};
}

MatterContext::Measure MatterContext::measure(const policy::Threshold& threshold) {
  Measure out;
  if (const auto* const written = std::get_if<std::int64_t>(&threshold.what)) {
    out.value = *written;
  } else if (const auto* const decimal = std::get_if<policy::Decimal>(&threshold.what)) {
    out.value = decimal->millionths;
  } else {
    const policy::Setting* const setting =
        bound(context_, std::get<policy::ParameterUse>(threshold.what));
    if (setting)
      if (const auto* const count = std::get_if<std::int64_t>(setting)) out.value = *count;
    if (setting)
      if (const auto* const share = std::get_if<policy::Decimal>(setting))
        out.value = share->millionths;
  }
  out.is_assumed =
      std::any_of(notes_.parameters.begin(), notes_.parameters.end(),
                  [](const BoundParameter& one) { return one.basis == policy::Basis::assumed; });
  notes_ = {};
  return out;
}

bool MatterContext::counts(const policy::Test& test) {
  std::int64_t found = 0;
  static const std::vector<Matter> none;
  for (const Matter& one : life_.below ? *life_.below : none) {
    const auto& names = test.of.names;
    const bool is_meant = std::any_of(names.begin(), names.end(), [&](const std::string& name) {
      return name == one.type || name == policy::any_matter_type;
    });
    if (!is_meant) continue;
    const policy::MatterType* const type =
        life_.pack.find_matter_type(one.type.substr(one.type.find('/') + 1));
    const Thing thing = MatterThing{&one, type, life_.today};
    if (obligation::holds(context_, thing, test.of.where)) ++found;
  }
  const auto needed = number(test.threshold);
  const bool clear = notes_.error.empty() && !notes_.no_value && needed;
  notes_ = {};
  if (!clear) return false;
  if (test.kind == policy::TestKind::at_least) return found >= *needed;
  return test.kind == policy::TestKind::at_most ? found <= *needed : found == *needed;
}

std::optional<std::int64_t> MatterContext::number(const policy::Threshold& threshold) {
  if (const auto* const written = std::get_if<std::int64_t>(&threshold.what)) return *written;
  const auto* const use = std::get_if<policy::ParameterUse>(&threshold.what);
  const policy::Setting* const setting = use ? bound(context_, *use) : nullptr;
  const auto* const value = setting ? std::get_if<std::int64_t>(setting) : nullptr;
  return value ? std::optional(*value) : std::nullopt;
}

void refuse(Refusals& out, RefusalCode code, std::string where, std::string expected,
            std::string got) {
  out.push_back({code, std::move(where), std::move(expected), std::move(got), {}});
}

std::string listed(const std::vector<std::string>& words) {
  std::string all;
  for (const std::string& word : words) all += (all.empty() ? "" : ", ") + word;
  return all;
}

std::string pointer_to(std::string_view field) {
  const bool is_header =
      std::find(policy::matter_header_words.begin(), policy::matter_header_words.end(), field) !=
      policy::matter_header_words.end();
  return is_header ? '/' + std::string(field) : std::string(fields_pointer) + pointer_step(field);
}

bool is_filled(const Value* value) {
  if (!value || value->is_null()) return false;
  if (value->text()) return !trimmed(*value->text()).empty();
  return !(value->list() && value->list()->empty());
}

bool is_given(std::string_view field, const Matter& after, const Change& change) {
  if (field == "unit") return change.unit.has_value();
  if (field == "due") return after.due.has_value();
  if (field == "reason") return !trimmed(change.reason).empty();
  if (field == "evidence") return !after.evidence.empty();
  if (field == "into") return change.into.has_value();
  return is_filled(after.fields.find(field));
}

void check_written(const Lifecycle& life, const Matter& after, Refusals& out) {
  for (Refusal& refusal : policy::check_fields(life.type.fields, after.fields,
                                               std::string(fields_pointer), life.today))
    out.push_back(std::move(refusal));
}

void check_role(const Lifecycle& life, const Matter& matter, const std::vector<std::string>& roles,
                const Actor& actor, std::string_view where, Refusals& out) {
  const auto now = roles_of(life, matter);
  const bool plays = std::any_of(now.begin(), now.end(), [&](const RoleNow& role) {
    return std::find(roles.begin(), roles.end(), role.role->name) != roles.end() &&
           actor.plays(role);
  });
  if (!plays) refuse(out, RefusalCode::role_required, std::string(where), listed(roles));
}

bool is_urgent(const Lifecycle& life, const Matter& matter) {
  return life.type.urgent && MatterContext(life, matter).holds(life.type.urgent->when);
}

void check_role_of_another(const Lifecycle& life, const Matter& matter,
                           const std::vector<std::string>& names, const Actor& actor,
                           std::string_view where, Refusals& out) {
  const bool is_of_unit = !actor.is_program && std::find(actor.units.begin(), actor.units.end(),
                                                         matter.unit) != actor.units.end();
  const auto roles = roles_of(life, matter);
  const bool plays = std::any_of(roles.begin(), roles.end(), [&](const RoleNow& role) {
    return std::find(names.begin(), names.end(), role.role->name) != names.end() &&
           role.unit != matter.unit && actor.plays(role);
  });
  if (is_of_unit || !plays)
    refuse(out, RefusalCode::role_required, std::string(where), listed(names));
}

}  // namespace huilu::obligation
