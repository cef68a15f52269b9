// The changes of identity: accounts, grants, bearer tokens, opened names. Used by the API and the
// command line through the road. Passwords and tokens come hashed; nothing here can store one raw.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/hash.h"
#include "command/command.h"
#include "identity/passwords.h"
#include "identity/rules.h"
#include "identity/types.h"

namespace huilu::identity {

// Whose account or token a command is about: one's own needs no more than being signed in.
enum class Whose { own, of_others };

// account_change. Replies 201 {"id", "version"}.
class CreateAccount : public command::Command {
 public:
  struct Input {
    std::string name;
    std::string display_name;
    AccountKind kind = AccountKind::person;
    std::optional<PersonId> person;
    std::optional<HashedPassword> password;  // absent: no sign-in by password
  };
  explicit CreateAccount(Input input);

  std::string_view name() const override { return "create_account"; }
  command::Need need() const override;
  std::vector<std::string> keys() const override;
  void load(store::Connection& connection) override;
  Refusals decide(const command::Context& context) override;
  command::Reply write(const command::Context& context, command::Writing& writing) override;

 private:
  Input input_;
  store::Pending namesake_;
};

// account_change. Ends every session at once; grants and tokens stay on paper and open nothing.
class DisableAccount : public command::Command {
 public:
  DisableAccount(AccountId account, std::int64_t version) : account_(account), version_(version) {}

  std::string_view name() const override { return "disable_account"; }
  command::Need need() const override;
  bool alone() const override { return true; }
  void load(store::Connection& connection) override;
  Refusals decide(const command::Context& context) override;
  command::Reply write(const command::Context& context, command::Writing& writing) override;

 private:
  AccountId account_;
  std::int64_t version_;
  store::Pending rows_;
  std::optional<AccountState> state_;
};

// One's own (whoever calls has verified the old one), or account_change for others'. Ends every
// session of the account, also the one that asked.
class ChangePassword : public command::Command {
 public:
  ChangePassword(AccountId account, Whose whose, HashedPassword password);

  std::string_view name() const override { return "change_password"; }
  command::Need need() const override;
  std::vector<std::string> keys() const override;
  void load(store::Connection& connection) override;
  Refusals decide(const command::Context& context) override;
  command::Reply write(const command::Context& context, command::Writing& writing) override;

 private:
  AccountId account_;
  Whose whose_;
  HashedPassword password_;
  store::Pending rows_;
  std::optional<AccountState> state_;
};

// grant_change at the unit; never to oneself, never two duties in one account. Replies 201.
class GiveGrant : public command::Command {
 public:
  // `granter`: who asks, as in the request; 0 is the program.
  GiveGrant(NewGrant grant, AccountId granter);

  std::string_view name() const override { return "give_grant"; }
  command::Need need() const override;
  std::string where_of(UnitId) const override { return "/unit"; }
  bool alone() const override { return true; }
  void load(store::Connection& connection) override;
  Refusals decide(const command::Context& context) override;
  command::Reply write(const command::Context& context, command::Writing& writing) override;

 private:
  NewGrant grant_;
  AccountId granter_;
  store::Pending account_rows_;
  store::Pending granter_rows_;
  store::Pending unit_rows_;
  store::Pending same_rows_;
};

// grant_change, which is held over the whole installation or not at all. Works at once, whatever
// the dates of the grant.
class EndGrant : public command::Command {
 public:
  EndGrant(GrantId grant, std::int64_t version, std::string reason);

  std::string_view name() const override { return "end_grant"; }
  command::Need need() const override;
  bool alone() const override { return true; }
  void load(store::Connection& connection) override;
  Refusals decide(const command::Context& context) override;
  command::Reply write(const command::Context& context, command::Writing& writing) override;

 private:
  GrantId grant_;
  std::int64_t version_;
  std::string reason_;
  store::Pending rows_;
  std::optional<GrantState> state_;
};

// A new bearer token. `raw` is shown once to who asked and kept nowhere: the reply of the command,
// which is kept with its idempotency key, does not hold it.
struct NewToken {
  std::string raw;  // "huilu_…"
  Hash hash;
};
NewToken make_token();

// Own tokens, or with account_change those of machine accounts (never another person's: that would
// be acting in his name). Replies 201.
class IssueToken : public command::Command {
 public:
  struct Input {
    AccountId account;
    std::string name;
    Interval days;
    Hash hash;
  };
  IssueToken(Input input, Whose whose);

  std::string_view name() const override { return "issue_token"; }
  command::Need need() const override;
  std::vector<std::string> keys() const override;
  void load(store::Connection& connection) override;
  Refusals decide(const command::Context& context) override;
  command::Reply write(const command::Context& context, command::Writing& writing) override;

 private:
  Input input_;
  Whose whose_;
  store::Pending rows_;
};

// Own tokens, or with account_change anybody's.
class RevokeToken : public command::Command {
 public:
  RevokeToken(TokenId token, Whose whose) : token_(token), whose_(whose) {}

  std::string_view name() const override { return "revoke_token"; }
  command::Need need() const override;
  std::vector<std::string> keys() const override;
  void load(store::Connection& connection) override;
  Refusals decide(const command::Context& context) override;
  command::Reply write(const command::Context& context, command::Writing& writing) override;

 private:
  TokenId token_;
  Whose whose_;
  store::Pending rows_;
  std::optional<TokenState> state_;
};

// Opens the names below a unit to a session, with a trace that the units see.
class OpenNamesBelow : public command::Command {
 public:
  OpenNamesBelow(UnitId unit, std::string session, std::string reason);

  std::string_view name() const override { return "open_names"; }
  command::Need need() const override;
  void load(store::Connection&) override {}
  Refusals decide(const command::Context& context) override;
  command::Reply write(const command::Context& context, command::Writing& writing) override;

 private:
  UnitId unit_;
  std::string session_;
  std::string reason_;
};

}  // namespace huilu::identity
