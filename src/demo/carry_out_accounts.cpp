#include "base/check.h"
#include "base/hash.h"
#include "demo/carry_out.h"
#include "identity/commands.h"

namespace huilu::demo {

namespace {

// Four groups of four, without characters that are taken for others: 79 bits.
std::string random_password() {
  constexpr std::string_view letters = "abcdefghjkmnpqrstuvwxyz23456789";
  constexpr std::size_t usable = 256 / letters.size() * letters.size();
  std::string password;
  while (password.size() < 19) {
    const auto byte = static_cast<unsigned char>(random_bytes(1)[0]);
    if (byte >= usable) continue;
    if (password.size() % 5 == 4) password += '-';
    password += letters[byte % letters.size()];
  }
  return password;
}

}  // namespace

std::vector<DemoAccount> CarryOut::enter_accounts() {
  std::vector<DemoAccount> shown;
  for (Index account = 0; account < accounts_.size(); ++account) {
    const PlannedAccount& planned = plan_.accounts[account];
    identity::CreateAccount::Input input;
    input.name = planned.name;
    input.display_name = planned.display_name;
    if (planned.person) input.person = persons_[*planned.person];
    if (planned.has_password) {
      shown.push_back({planned.name, random_password()});
      auto hashed = identity::hash_password(shown.back().password, planned.name);
      CHECK(hashed.ok());
      input.password = std::move(*hashed);
    }
    flow_.send(std::make_unique<identity::CreateAccount>(std::move(input)), {},
               [this, account](const Value& reply) {
                 const auto id = AccountId::parse(*reply.find("id")->text());
                 CHECK(id);
                 accounts_[account] = *id;
               });
    tell(Stage::accounts, account + 1, accounts_.size());
  }
  flow_.drain();
  for (Index account = 0; account < accounts_.size(); ++account) {
    for (const auto& planned : plan_.accounts[account].grants) {
      identity::NewGrant grant;
      grant.account = accounts_[account];
      grant.role = planned.role;
      if (planned.unit) grant.unit = units_[*planned.unit];
      grant.scope = planned.scope;
      grant.days.from = ground_.clock.today();
      grant.reason = "演示数据";
      flow_.send(std::make_unique<identity::GiveGrant>(std::move(grant), AccountId{}));
    }
  }
  flow_.drain();
  return shown;
}

}  // namespace huilu::demo
