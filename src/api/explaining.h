// Who may see the explanation of a bearer, and how much of it.
#pragma once

#include "api/call.h"
#include "compliance/explain.h"
#include "compliance/views.h"
#include "policy/obligation.h"

namespace huilu::api {

PersonId own_person(Call& call);  // none: the account is nobody's
// With which permission the names of such bearers are read.
command::Permission names_of(policy::BearerKind kind);

// Oneself, one's own post, or what the account may read at the bearer's home. An explanation of a
// single member is for those who may read the members' names.
Refusals may_explain(Call& call, const compliance::Answer& answer, compliance::Shown& shown);

}  // namespace huilu::api
