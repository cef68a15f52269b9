// What declarations are made of, gathered: the parameters that a duty is decided by, the record
// types that count for it, and the values of a pack that nobody has decided yet. Pages of policy,
// the index and reports ask it.
#pragma once

#include <string>
#include <vector>

#include "policy/pack.h"

namespace huilu::policy {

// Every use, in no particular order; a parameter may come several times.
std::vector<const ParameterUse*> parameters_of(const Obligation& obligation);
std::vector<const ParameterUse*> parameters_of(const Check& check);
// Of what every duty expects of such a record.
std::vector<const ParameterUse*> parameters_of(const RecordType& type);

// Of the moves, clocks and ladders of a matter type.
std::vector<const ParameterUse*> parameters_of(const MatterType& type);

std::vector<const ParameterUse*> parameters_of(const Indicator& indicator);
std::vector<const ParameterUse*> parameters_of(const Draw& draw);
std::vector<const ParameterUse*> parameters_of(const View& view);

// Addresses, each once, in the order in which the test names them.
std::vector<std::string> record_types_of(const Test& test);

// A value without any basis yet, and the duties whose verdicts it decides.
struct AssumedValue {
  const Parameter* parameter = nullptr;
  const ParameterValue* value = nullptr;
  std::vector<const Obligation*> decides;
  std::vector<const Check*> checks;  // that it decides, likewise
  std::vector<const MatterType*> matters;
  std::vector<const Indicator*> indicators;
  std::vector<const Draw*> draws;
  std::vector<const View*> views;
};

// Of the pack, which must outlive the list.
std::vector<AssumedValue> assumed_values(const Pack& pack);

}  // namespace huilu::policy
