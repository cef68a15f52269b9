#include "enactment/rules.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "command/parts.h"
#include "enactment/forms.h"

namespace huilu::enactment {

namespace {

using command::append;
using command::check_length;
using command::check_reason;
using command::check_version;
using command::refuse;

constexpr std::size_t reference_characters_max = 200;
constexpr std::size_t note_characters_max = 2000;
constexpr std::size_t source_characters_max = 200;
constexpr std::size_t revision_id_max = 32;
constexpr int year_min = 2000;
constexpr int year_max = 2100;
constexpr std::size_t revision_days_max = 400;

bool overlap(const Interval& a, const Interval& b) {
  return (!a.until || b.from < *a.until) && (!b.until || a.from < *b.until);
}

void check_order(const Interval& span, Refusals& refusals) {
  if (span.until && *span.until <= span.from) {
    refuse(refusals, RefusalCode::date_order, "/until", "after " + span.from.text(),
           span.until->text());
  }
}

// A pack's duties are owed only while its policy is.
void check_within(const Interval& span, const Interval& in_force, Refusals& refusals) {
  if (span.from < in_force.from) {
    refuse(refusals, RefusalCode::date_before_limit, "/from", in_force.from.text(),
           span.from.text());
  }
  if (in_force.until && *in_force.until <= span.from) {
    refuse(refusals, RefusalCode::date_order, "/from", "before " + in_force.until->text(),
           span.from.text());
  }
}

void check_same(const NewActivation& asked, const std::vector<Activation>& same,
                Refusals& refusals) {
  for (const Activation& other : same) {
    if (other.steps.withdrawn || other.pack_version != asked.pack_version ||
        other.unit != asked.unit || !overlap(other.span, asked.span)) {
      continue;
    }
    refuse(refusals, RefusalCode::duplicate, "", "", other.id.text(),
           "/api/v1/activations/" + other.id.text());
  }
}

// It stands on the versions that it names: these are kept here and say what its records are.
void check_extended(const NewActivation& asked, const ActivationSurroundings& surroundings,
                    Refusals& refusals) {
  for (const policy::Parent& parent : surroundings.pack->extends) {
    const bool there = std::ranges::any_of(surroundings.in_force, [&](const InForce& one) {
      return one.pack == parent.pack && one.pack_version == parent.version && !one.withdrawn &&
             one.span.from <= asked.span.from &&
             (!one.unit || (asked.unit && surroundings.unit_path.starts_with(one.path)));
    });
    if (!there) {
      refuse(refusals, RefusalCode::pack_not_in_force, "/pack", "",
             parent.pack + " " + parent.version);
    }
  }
}

bool is_revision_id(std::string_view id) {
  return !id.empty() && id.size() <= revision_id_max && std::ranges::all_of(id, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
           c == '.' || c == '_';
  });
}

// The holidays of New Year may begin in the December before, and end in the January after.
bool is_near_year(Date day, int year) {
  return Date::of(year - 1, 12, 1) <= day && day < Date::of(year + 1, 2, 1);
}

void check_days(const calendar::Revision& revision, Refusals& refusals) {
  const std::string near = fmt::format("{}-12..{}-01", revision.year - 1, revision.year + 1);
  for (std::size_t i = 0; i < revision.rest.size(); ++i) {
    const Interval& span = revision.rest[i];
    const std::string where = fmt::format("/rest/{}", i);
    if (*span.until <= span.from) {
      refuse(refusals, RefusalCode::date_order, where + "/until", "after " + span.from.text(),
             span.until->text());
    } else if (!is_near_year(span.from, revision.year) ||
               !is_near_year(*span.until + -1, revision.year)) {
      refuse(refusals, RefusalCode::field_range, where, near, span.from.text());
    }
  }
  for (std::size_t i = 0; i < revision.makeup.size(); ++i) {
    const Date day = revision.makeup[i];
    const std::string where = fmt::format("/makeup/{}", i);
    if (!is_near_year(day, revision.year)) {
      refuse(refusals, RefusalCode::field_range, where, near, day.text());
    }
    if (std::ranges::any_of(revision.rest,
                            [day](const Interval& span) { return span.contains(day); })) {
      refuse(refusals, RefusalCode::duplicate, where, "", day.text());
    }
  }
  if (revision.rest.size() + revision.makeup.size() > revision_days_max) {
    refuse(refusals, RefusalCode::field_range, "/rest", fmt::format("0..{}", revision_days_max));
  }
}

}  // namespace

const policy::Pack* find_pack(const std::vector<policy::Pack>& packs, std::string_view pack,
                              std::string_view pack_version) {
  const auto found = std::ranges::find_if(packs, [&](const policy::Pack& one) {
    return one.id == pack && one.version == pack_version;
  });
  return found == packs.end() ? nullptr : &*found;
}

Refusals decide_activation(const NewActivation& asked, const ActivationSurroundings& surroundings) {
  Refusals refusals = check_reason(asked.reason);
  check_order(asked.span, refusals);
  if (asked.unit && !surroundings.unit_exists) {
    refuse(refusals, RefusalCode::unknown_unit, "/unit", "", asked.unit->text());
  }
  if (surroundings.pack == nullptr) {
    refuse(refusals, RefusalCode::unknown_pack, "/pack", surroundings.known,
           asked.pack + " " + asked.pack_version);
    return refusals;
  }
  check_within(asked.span, surroundings.pack->in_force, refusals);
  // Another process has other bytes under this name.
  if (surroundings.kept && *surroundings.kept != surroundings.pack->hash) {
    refuse(refusals, RefusalCode::duplicate, "/version", "", asked.pack + " " + asked.pack_version);
  }
  check_same(asked, surroundings.same, refusals);
  check_extended(asked, surroundings, refusals);
  return refusals;
}

std::vector<const policy::Parameter*> declarations_of(const std::vector<policy::Pack>& packs,
                                                      std::string_view address) {
  std::vector<const policy::Parameter*> out;
  const std::size_t slash = std::min(address.find('/'), address.size());
  const std::string_view name = address.substr(std::min(slash + 1, address.size()));
  for (const policy::Pack& pack : packs) {
    if (pack.id != address.substr(0, slash)) continue;
    for (const policy::Parameter& parameter : pack.parameters) {
      if (parameter.name == name) out.push_back(&parameter);
    }
  }
  return out;
}

Result<policy::ParameterValue> decide_value(const NewDecided& asked,
                                            const std::vector<policy::Pack>& packs, Date today) {
  Refusals refusals;
  policy::ParameterValue value;
  value.from = asked.from;
  value.basis = policy::Basis::decision;
  value.ref = asked.ref;
  value.note = policy::Label::as_written(asked.note);
  const auto declared = declarations_of(packs, asked.parameter);
  if (declared.empty()) {
    refuse(refusals, RefusalCode::unknown_parameter, "/parameter", "", asked.parameter);
  }
  for (const policy::Parameter* parameter : declared) {
    if (!refusals.empty()) break;
    value.value.reset();
    value.table.clear();
    read_value(asked.value, *parameter, "/value", value, refusals);
  }
  append(refusals, check_length(asked.ref, 1, reference_characters_max, "/ref"));
  if (asked.retroactive) {
    append(refusals, check_reason(asked.note, "/note"));
  } else {
    append(refusals, check_length(asked.note, 0, note_characters_max, "/note"));
    if (asked.from < today) {
      refuse(refusals, RefusalCode::date_before_limit, "/from", today.text(), asked.from.text());
    }
  }
  if (!refusals.empty()) return refusals;
  return value;
}

Refusals decide_confirmation(const Proposed& proposed, std::int64_t seen, const Second& second) {
  Refusals refusals;
  const Steps& steps = proposed.steps;
  check_version(proposed.version, seen, refusals);
  if (steps.state() != State::proposed) {
    refuse(refusals, RefusalCode::wrong_state, "", std::string(word_of(State::proposed)),
           std::string(word_of(steps.state())));
  }
  const bool one_person = second.same_person || second.account == steps.proposed.by;
  if (one_person && second.account) refuse(refusals, RefusalCode::second_person, "");
  return refusals;
}

Refusals decide_withdrawal(const Proposed& proposed, const Withdrawal& withdrawal) {
  Refusals refusals = check_reason(withdrawal.reason);
  const State state = proposed.steps.state();
  check_version(proposed.version, withdrawal.seen, refusals);
  const bool over = state == State::withdrawn ||
                    (state == State::in_force && proposed.what == Proposal::parameter_value);
  if (over) {
    refuse(refusals, RefusalCode::wrong_state, "", std::string(word_of(State::proposed)),
           std::string(word_of(state)));
  }
  if (!withdrawal.ended_on) return refusals;
  const Date end = *withdrawal.ended_on;
  const Interval& span = proposed.span;
  if (state == State::proposed) {
    refuse(refusals, RefusalCode::wrong_state, "/from", std::string(word_of(State::in_force)),
           std::string(word_of(state)));
  } else if (end <= span.from || (span.until && *span.until <= end)) {
    refuse(refusals, RefusalCode::date_order, "/from",
           span.until ? span.from.text() + ".." + span.until->text() : "after " + span.from.text(),
           end.text());
  }
  return refusals;
}

Refusals decide_revision(const calendar::Revision& revision, const std::vector<std::string>& taken,
                         Date today) {
  Refusals refusals;
  if (!is_revision_id(revision.id)) {
    refuse(refusals, RefusalCode::field_type, "/id", "2020-2", revision.id);
  } else if (std::ranges::find(taken, revision.id) != taken.end()) {
    refuse(refusals, RefusalCode::duplicate, "/id", "", revision.id);
  }
  append(refusals, check_length(revision.source, 1, source_characters_max, "/source"));
  if (revision.published > today) {
    refuse(refusals, RefusalCode::date_in_future, "/published", "not after " + today.text(),
           revision.published.text());
  }
  if (revision.year < year_min || revision.year > year_max) {
    refuse(refusals, RefusalCode::field_range, "/year", fmt::format("{}..{}", year_min, year_max),
           std::to_string(revision.year));
    return refusals;
  }
  check_days(revision, refusals);
  return refusals;
}

Value activation_content(ActivationId id, const NewActivation& activation, std::string_view hash) {
  return Value::object(
      {{"activation", id.text()},
       {"pack", activation.pack},
       {"version", activation.pack_version},
       {"hash", hex(hash)},
       {"unit", activation.unit ? Value(activation.unit->text()) : Value()},
       {"from", activation.span.from.text()},
       {"until", activation.span.until ? Value(activation.span.until->text()) : Value()}});
}

Value decided_content(DecidedId id, std::string_view address, const policy::ParameterValue& value,
                      bool retroactive) {
  return Value::object({{"parameter_value", id.text()},
                        {"parameter", address},
                        {"from", value.from.text()},
                        {"value", stored_form(value)},
                        {"retroactive", retroactive}});
}

Value revision_content(const calendar::Revision& revision) {
  Value content = Value::object({{"revision", revision.id},
                                 {"year", static_cast<std::int64_t>(revision.year)},
                                 {"published", revision.published.text()},
                                 {"source", revision.source}});
  content.set("days", days_form(revision));
  return content;
}

Value confirmed_content(const Proposed& proposed) {
  return Value::object({{"confirmed", proposed.subject}});
}

Value withdrawn_content(const Proposed& proposed, const std::optional<Date>& ended_on) {
  return Value::object({{"withdrawn", proposed.subject},
                        {"ended_on", ended_on ? Value(ended_on->text()) : Value()}});
}

}  // namespace huilu::enactment
