#include "policy/uses.h"

#include <algorithm>

namespace huilu::policy {

namespace {

using Uses = std::vector<const ParameterUse*>;

void add(const DurationUse& use, Uses& out) {
  if (const auto* const parameter = std::get_if<ParameterUse>(&use)) out.push_back(parameter);
}

void add(const Anchor& anchor, Uses& out) {
  if (const auto* const after = std::get_if<AfterAnchor>(&anchor.what)) {
    add(*after->anchor, out);
    add(after->by, out);
  } else if (const auto* const before = std::get_if<BeforeAnchor>(&anchor.what)) {
    add(*before->anchor, out);
    add(before->by, out);
  } else if (const auto* const day = std::get_if<YearDay>(&anchor.what)) {
    if (const auto* const use = std::get_if<ParameterUse>(&day->day)) out.push_back(use);
  }
}

void add(const Condition& condition, Uses& out) {
  for (const Comparing& line : condition.lines) {
    for (const Operand& operand : line.operands) {
      if (const auto* const use = std::get_if<ParameterUse>(&operand.what)) out.push_back(use);
      if (const auto* const anchor = std::get_if<Anchor>(&operand.what)) add(*anchor, out);
    }
    if (line.inner) add(*line.inner, out);
  }
  for (const auto& group : condition.any_of)
    for (const Condition& part : group) add(part, out);
  for (const Condition& part : condition.not_) add(part, out);
}

void add(const Test& test, Uses& out) {
  if (const auto* const use = std::get_if<ParameterUse>(&test.threshold.what)) out.push_back(use);
  add(test.of.where, out);
  for (const Quality& quality : test.of.counts_if) add(quality.condition, out);
  if (test.of.during) {
    add(test.of.during->from, out);
    add(test.of.during->until, out);
  }
  if (test.of.active) add(*test.of.active, out);
  if (test.share) add(*test.share, out);
  add(test.holds, out);
  for (const Test& part : test.parts) add(part, out);
}

void add(const Threshold& threshold, Uses& out) {
  if (const auto* const use = std::get_if<ParameterUse>(&threshold.what)) out.push_back(use);
}

void add(const MatterBallot& ballot, Uses& out) {
  add(ballot.window, out);
  add(ballot.pass.at_least, out);
  add(ballot.min_ballots, out);
}

void add(const ForEach& each, Uses& out) {
  add(each.records.where, out);
  if (each.records.active) add(*each.records.active, out);
  add(each.members, out);
  add(each.posts, out);
  if (each.kind == EachKind::values) out.push_back(&each.values);
  if (each.announced) add(*each.announced, out);
}

void add(const Every& every, Uses& out) {
  if (every.window) {
    add(every.window->from, out);
    add(every.window->until, out);
  }
  if (every.rolling) add(*every.rolling, out);
  if (every.after_last) add(*every.after_last, out);
}

void add_types(const Test& test, std::vector<std::string>& out) {
  for (const std::string& name : test.of.names)
    if (std::find(out.begin(), out.end(), name) == out.end()) out.push_back(name);
  for (const Test& part : test.parts) add_types(part, out);
}

}  // namespace

std::vector<const ParameterUse*> parameters_of(const Obligation& obligation) {
  Uses uses;
  add(obligation.who.condition, uses);
  if (obligation.who.in_scope && obligation.who.in_scope->at_least)
    add(*obligation.who.in_scope->at_least, uses);
  if (obligation.for_each) add(*obligation.for_each, uses);
  add(obligation.every, uses);
  if (obligation.sharing && obligation.sharing->unless)
    uses.push_back(&*obligation.sharing->unless);
  add(obligation.needs, uses);
  const Due& due = obligation.due;
  for (const std::optional<Anchor>* const anchor : {&due.from, &due.act, &due.enter})
    if (*anchor) add(**anchor, uses);
  if (due.warn) add(*due.warn, uses);
  if (obligation.defer && obligation.defer->at_most) add(*obligation.defer->at_most, uses);
  return uses;
}

std::vector<const ParameterUse*> parameters_of(const Check& check) {
  Uses uses;
  add(check.when, uses);
  add(check.needs, uses);
  return uses;
}

std::vector<const ParameterUse*> parameters_of(const RecordType& type) {
  Uses uses;
  for (const Quality& quality : type.counts_if) add(quality.condition, uses);
  return uses;
}

std::vector<const ParameterUse*> parameters_of(const MatterType& type) {
  Uses uses;
  for (const Move& move : type.moves)
    if (move.needs) add(*move.needs, uses);
  for (const MatterClock& clock : type.clocks) {
    if (clock.budget) add(*clock.budget, uses);
    if (clock.pause_while) add(*clock.pause_while, uses);
    for (const EntryBudget& entry : clock.on_enter) add(entry.budget, uses);
    if (clock.extend && clock.extend->at_most) add(*clock.extend->at_most, uses);
  }
  for (const Ladder& ladder : type.ladders)
    for (const Rung& rung : ladder.rungs) {
      add(rung.at, uses);
      if (rung.acknowledge && rung.acknowledge->within) add(*rung.acknowledge->within, uses);
    }
  if (type.urgent) add(type.urgent->when, uses);
  if (type.urgent)
    for (const UrgentBudget& one : type.urgent->budgets) add(one.budget, uses);
  if (type.ballot) add(*type.ballot, uses);
  if (type.look_back) add(type.look_back->after, uses);
  if (type.relapse) add(type.relapse->within, uses);
  if (type.relapse) add(type.relapse->at_least, uses);
  return uses;
}

std::vector<const ParameterUse*> parameters_of(const Indicator& indicator) {
  Uses uses;
  add(indicator.of.where, uses);
  for (const Quality& quality : indicator.of.counts_if) add(quality.condition, uses);
  if (indicator.of.active) add(*indicator.of.active, uses);
  add(indicator.share, uses);
  if (indicator.who) add(*indicator.who, uses);
  if (indicator.against && indicator.against->parameter)
    uses.push_back(&*indicator.against->parameter);
  for (const auto* const number :
       {&indicator.less, &indicator.floor, &indicator.ceiling, &indicator.min_base})
    if (*number)
      if (const auto* const use = std::get_if<ParameterUse>(&**number)) uses.push_back(use);
  return uses;
}

std::vector<const ParameterUse*> parameters_of(const Draw& draw) {
  Uses uses = parameters_of(draw.of);
  if (const auto* const use = std::get_if<ParameterUse>(&draw.amount)) uses.push_back(use);
  return uses;
}

std::vector<const ParameterUse*> parameters_of(const View& view) {
  return parameters_of(view.counted);
}

std::vector<std::string> record_types_of(const Test& test) {
  std::vector<std::string> types;
  add_types(test, types);
  return types;
}

std::vector<AssumedValue> assumed_values(const Pack& pack) {
  std::vector<AssumedValue> all;
  for (const Parameter& parameter : pack.parameters) {
    const auto decided = [&](const auto& declarations, auto& out) {
      for (const auto& one : declarations) {
        const auto uses = parameters_of(one);
        if (std::any_of(uses.begin(), uses.end(),
                        [&](const ParameterUse* use) { return use->name == parameter.name; }))
          out.push_back(&one);
      }
    };
    std::vector<const Obligation*> decides;
    std::vector<const Check*> checks;
    std::vector<const MatterType*> matters;
    std::vector<const Indicator*> indicators;
    std::vector<const Draw*> draws;
    std::vector<const View*> views;
    decided(pack.obligations, decides);
    decided(pack.checks, checks);
    decided(pack.matter_types, matters);
    decided(pack.indicators, indicators);
    decided(pack.draws, draws);
    decided(pack.views, views);
    for (const ParameterValue& value : parameter.values)
      if (value.basis == Basis::assumed && (value.value || !value.table.empty()))
        all.push_back({&parameter, &value, decides, checks, matters, indicators, draws, views});
  }
  return all;
}

}  // namespace huilu::policy
