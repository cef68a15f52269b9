#include "obligation/parameters.h"

#include <algorithm>
#include <tuple>

#include "base/text.h"
#include "obligation/cases.h"
#include "obligation/condition.h"
#include "obligation/periods.h"
#include "obligation/thing.h"

namespace huilu::obligation {

namespace {

Date bind_day(const Context& context, policy::Bind bind) {
  if (bind == policy::Bind::case_ && context.it) return context.it->day;
  if (bind == policy::Bind::clock_start && context.it && context.it->clock_start)
    return *context.it->clock_start;
  if (context.period.name == always_name) return context.at;  // there is no other day
  return bind == policy::Bind::period_end ? context.period.last_day() : context.period.from;
}

bool counts(const Context& context, const Decided& decided, Date day) {
  const Date made = zone.date_of(decided.at);
  if (decided.at > context.known || decided.value.from > day) return false;
  if (made > day && !decided.retroactive) return false;
  return context.reach == Reach::all || made < context.period.until;
}

const Decided* decided_value(const Context& context, const std::string& address, Date day) {
  const Decided* found = nullptr;
  const auto order = [](const Decided& one) { return std::tie(one.value.from, one.at); };
  for (const Decided& one : context.facts.decided)
    if (one.parameter == address && counts(context, one, day) &&
        (!found || order(*found) <= order(one)))
      found = &one;
  return found;
}

// The key of a table: what the use says, otherwise what the parameter says of the bearer.
std::optional<std::string> key_of(Context& context, const policy::Parameter& parameter,
                                  const policy::ParameterUse& use, const Thing& thing) {
  policy::Path path;
  if (use.key) {
    path = *use.key;
  } else {
    path.root = policy::Root::bearer;
    for (const std::string_view step : split(parameter.by, '.')) path.steps.emplace_back(step);
  }
  const auto values = values_of(context, thing, path);
  if (values.empty() || !values.front().text()) return {};
  return *values.front().text();
}

const policy::Setting* entry_of(Context& context, const policy::Parameter& parameter,
                                const policy::ParameterUse& use, const Thing& thing,
                                const policy::ParameterValue& value) {
  if (parameter.by.empty()) return value.value ? &*value.value : nullptr;
  const auto key = key_of(context, parameter, use, thing);
  const policy::Setting* otherwise = nullptr;
  for (const auto& [word, setting] : value.table) {
    if (key && word == *key) return &setting;
    if (word == "else") otherwise = &setting;
  }
  return otherwise;
}

void note(Context& context, BoundParameter parameter) {
  auto& all = context.notes.parameters;
  const bool known = std::any_of(all.begin(), all.end(), [&](const BoundParameter& one) {
    return one.address == parameter.address && one.value == parameter.value;
  });
  if (!known) all.push_back(std::move(parameter));
}

void bind_operands(Context& context, const policy::Condition& condition) {
  const auto bind = [&](const policy::ParameterUse& use) {
    if (!use.key || use.key->root == policy::Root::bearer) bound(context, use);
  };
  for (const policy::Comparing& line : condition.lines) {
    for (const policy::Operand& operand : line.operands)
      if (const auto* use = std::get_if<policy::ParameterUse>(&operand.what)) bind(*use);
    if (line.inner) bind_operands(context, *line.inner);
  }
  for (const auto& group : condition.any_of)
    for (const policy::Condition& part : group) bind_operands(context, part);
  for (const policy::Condition& part : condition.not_) bind_operands(context, part);
}

}  // namespace

const policy::Setting* bound(Context& context, const policy::ParameterUse& use) {
  return bound(context, use, bearer_of(context));
}

const policy::Setting* bound(Context& context, const policy::ParameterUse& use,
                             const Thing& thing) {
  const policy::Parameter* const parameter = context.pack.find_parameter(use.name);
  if (!parameter) {
    context.notes.fail("no parameter " + use.name);
    return nullptr;
  }
  const std::string address = context.pack.id + '/' + parameter->name;
  const Date day = bind_day(context, parameter->bind);
  const Decided* const decided = decided_value(context, address, day);
  const policy::ParameterValue* const value = decided ? &decided->value : parameter->value_on(day);
  const policy::Setting* const setting =
      value ? entry_of(context, *parameter, use, thing, *value) : nullptr;
  if (decided && zone.date_of(decided->at) >= context.period.until)
    context.notes.reached_back = true;
  if (!setting) {
    context.notes.no_value = true;
    return nullptr;
  }
  note(context, {address, *setting, value->basis, value->from, day,
                 value->clauses.empty() ? parameter->clauses : value->clauses, value->note});
  return setting;
}

std::optional<calendar::Term> term_of(Context& context, const policy::DurationUse& use) {
  using calendar::TermUnit;
  const auto* duration = std::get_if<policy::Duration>(&use);
  if (!duration) {
    const auto& parameter = std::get<policy::ParameterUse>(use);
    const policy::Setting* const setting = bound(context, parameter);
    if (!setting) return {};
    duration = std::get_if<policy::Duration>(setting);
    if (!duration) {
      context.notes.fail(parameter.name + " is no duration");
      return {};
    }
  }
  if (duration->count < 0 || duration->count > policy::duration_count_max) {
    context.notes.fail("no such duration");
    return {};
  }
  const int count = static_cast<int>(duration->count);
  switch (duration->unit) {
    case policy::DurationUnit::days:
      return calendar::Term{TermUnit::days, count};
    case policy::DurationUnit::workdays:
      return calendar::Term{TermUnit::workdays, count};
    case policy::DurationUnit::months:
      return calendar::Term{TermUnit::months, count};
    case policy::DurationUnit::years:
      return calendar::Term{TermUnit::years, count};
    default:
      context.notes.fail("hours do not make a date");
      return {};
  }
}

void bind_all(Context& context, const policy::Test& test) {
  for (const policy::Test& part : test.parts) bind_all(context, part);
  bind_operands(context, test.holds);
  if (!test.counts()) return;
  if (const auto* use = std::get_if<policy::ParameterUse>(&test.threshold.what))
    bound(context, *use);
  bind_operands(context, test.of.where);
  for (const policy::Quality& quality : test.of.counts_if)
    bind_operands(context, quality.condition);
  if (test.share) bind_operands(context, *test.share);
}

}  // namespace huilu::obligation
