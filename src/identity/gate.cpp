#include "identity/gate.h"

#include "identity/queries.h"

namespace huilu::identity {

namespace {

using command::Need;
using command::Permission;

class ProgramQuestion : public command::Gate::Question {
 public:
  Refusals answer(Date) const override { return {}; }
};

class AccountQuestion : public command::Gate::Question {
 public:
  AccountQuestion(Need need, store::Pending rows)
      : need_(std::move(need)), rows_(std::move(rows)) {}

  Refusals answer(Date today) const override {
    const Standing standing = standing_from(*rows_);
    role_ = {};
    return need_.units.empty() ? answer_anywhere(standing, today) : answer_units(standing, today);
  }

  std::string_view role() const override { return role_ ? word_of(*role_) : std::string_view(); }

 private:
  Refusals answer_anywhere(const Standing& standing, Date today) const {
    role_ = role_anywhere(standing.grants, need_.permission, today);
    const bool everybody = standing.alive && need_.permission == Permission::signed_in;
    if (role_ || everybody) return {};
    return {refusal(RefusalCode::not_permitted, "")};
  }

  // One unit that may not be seen hides the answer about all the others. The role is the one at
  // the first unit: the one whose request it is.
  Refusals answer_units(const Standing& standing, Date today) const {
    Refusals hidden;
    Refusals forbidden;
    for (const UnitId unit : need_.units) {
      const std::string* path = standing.path_of(unit);
      if (!path || !role_at(standing.grants, Permission::unit_read, *path, today)) {
        hidden.push_back({RefusalCode::not_found, unit.text(), "", "", ""});
        continue;
      }
      const auto role = role_at(standing.grants, need_.permission, *path, today);
      if (!role) forbidden.push_back(refusal(RefusalCode::not_permitted, unit.text()));
      if (unit == need_.units.front()) role_ = role;
    }
    return hidden.empty() ? forbidden : hidden;
  }

  Refusal refusal(RefusalCode code, std::string where) const {
    return {code, std::move(where), std::string(command::word_of(need_.permission)), "", ""};
  }

  Need need_;
  store::Pending rows_;
  mutable std::optional<Role> role_;
};

}  // namespace

std::unique_ptr<command::Gate::Question> IdentityGate::ask(store::Connection& connection,
                                                           AccountId account,
                                                           const Need& need) const {
  if (!account) return std::make_unique<ProgramQuestion>();
  return std::make_unique<AccountQuestion>(need, queue_standing(connection, account, need.units));
}

}  // namespace huilu::identity
