// Why a simulation's verdict is another: what decides, taken from today's explanation of a bearer
// and the supposed one.
#pragma once

#include <string>
#include <vector>

#include "compliance/duty.h"
#include "compliance/views.h"

namespace huilu::compliance {

struct Reason {
  // added | removed | scope | parameter | cases | need | counted | dates | entry | declared
  std::string kind;
  std::string text;     // in words
  std::string subject;  // of a parameter its address; otherwise empty

  bool operator==(const Reason&) const = default;
};

// In the order in which a judgement is made. `differing`: keys of the declaration, said where the
// explanations show no difference.
std::vector<Reason> reasons_between(const Explained& today, const Duty& duty_today,
                                    const Explained& supposed, const Duty& duty_supposed,
                                    const std::vector<std::string>& differing,
                                    words::Language language);

}  // namespace huilu::compliance
