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
    if (need_.units.empty()) {
      if (standing.alive && (need_.permission == Permission::signed_in ||
                             holds(standing.grants, need_.permission, today))) {
        return {};
      }
      return {refusal(RefusalCode::not_permitted, "")};
    }
    return answer_units(standing, today);
  }

 private:
  // One unit that may not be seen hides the answer about all the others.
  Refusals answer_units(const Standing& standing, Date today) const {
    Refusals hidden;
    Refusals forbidden;
    for (const UnitId unit : need_.units) {
      const std::string* path = standing.path_of(unit);
      if (!path || !holds_at(standing.grants, Permission::unit_read, *path, today)) {
        hidden.push_back({RefusalCode::not_found, "", "", unit.text(), ""});
      } else if (!holds_at(standing.grants, need_.permission, *path, today)) {
        forbidden.push_back(refusal(RefusalCode::not_permitted, unit.text()));
      }
    }
    return hidden.empty() ? forbidden : hidden;
  }

  Refusal refusal(RefusalCode code, std::string got) const {
    return {code, "", std::string(command::word_of(need_.permission)), std::move(got), ""};
  }

  Need need_;
  store::Pending rows_;
};

}  // namespace

std::unique_ptr<command::Gate::Question> IdentityGate::ask(store::Connection& connection,
                                                           AccountId account,
                                                           const Need& need) const {
  if (!account) return std::make_unique<ProgramQuestion>();
  return std::make_unique<AccountQuestion>(need,
                                           queue_standing(connection, account, need.units));
}

}  // namespace huilu::identity
