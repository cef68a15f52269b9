#include "policy/round_check.h"

#include <algorithm>

#include "policy/finding.h"
#include "policy/name_check.h"

namespace huilu::policy {

void RoundCheck::check(const Node& node) {
  for (const MatterState& state : type_.states) {
    if (!state.completion) continue;
    const Node& written = node.below("states").below(state.id).below("completion");
    // What is settled says by its outcome how far it came.
    if (state.final)
      reading_.report(RefusalCode::pack_shape, written.place, "a state without final", state.id);
    else if (*state.completion > Completion::done)
      reading_.report(RefusalCode::pack_range, written.place,
                      "not_started, under_way, nearly_done, done",
                      std::string(completion_words[static_cast<std::size_t>(*state.completion)]));
  }
  if (type_.round) check(*type_.round, node.below("round"));
}

void RoundCheck::check_role(const std::string& name, const Place& place) {
  std::vector<std::string_view> roles;
  for (const MatterRole& role : type_.roles) roles.push_back(role.name);
  check_name(reading_, name, roles, place);
  const MatterRole* const role = type_.find_role(name);
  if (role && role->kind != RoleKind::unit)
    reading_.report(RefusalCode::pack_type, place, "unit",
                    std::string(role_kind_words[static_cast<std::size_t>(role->kind)]));
}

void RoundCheck::check(const MatterRound& round, const Node& node) {
  check_role(round.line, node.below("line").place);
  check_role(round.lead, node.below("lead").place);
  std::vector<std::string_view> fields;
  for (const Field& field : type_.fields) fields.push_back(field.name);
  for (std::size_t i = 0; i < round.progress.size(); ++i)
    check_name(reading_, round.progress[i], fields, node.below("progress").below(i).place);
}

}  // namespace huilu::policy
