#include "identity/commands.h"

#include "base/text.h"
#include "base/value.h"
#include "command/parts.h"
#include "identity/sessions.h"
#include "identity/tables.h"

namespace huilu::identity {

namespace {

using command::append;
using command::check_version;
using command::Context;
using command::entry_of;
using command::Need;
using command::not_found;
using command::Permission;
using command::Reply;
using command::reply_of;
using command::Writing;

constexpr std::size_t token_name_characters_max = 64;

std::vector<std::string> account_key(AccountId account) { return {"account:" + account.text()}; }

// Without a permission of its own one acts on what is one's own; the program on everything.
bool may_act_on(AccountId account, Whose whose, const Context& context) {
  return whose == Whose::of_others || account == context.account || !context.account;
}

Need need_of(Whose whose) {
  return {whose == Whose::own ? Permission::signed_in : Permission::account_change, {}};
}

Refusals decide_days(const Interval& days) {
  if (!days.until || days.from < *days.until) return {};
  return {{RefusalCode::date_order, "/until", "after " + days.from.text(), days.until->text(), ""}};
}

}  // namespace

CreateAccount::CreateAccount(Input input) : input_(std::move(input)) {
  input_.name = login_name(input_.name);
  input_.display_name = to_nfc(trimmed(input_.display_name));
}

Need CreateAccount::need() const { return {Permission::account_change, {}}; }

std::vector<std::string> CreateAccount::keys() const { return {"account-name:" + input_.name}; }

void CreateAccount::load(store::Connection& connection) {
  namesake_ = queue_account_named(connection, input_.name);
}

Refusals CreateAccount::decide(const Context&) {
  Refusals refusals = check_login_name(input_.name);
  append(refusals, check_display_name(input_.display_name));
  if (input_.kind == AccountKind::machine && input_.password) {
    refusals.push_back(
        {RefusalCode::field_range, "/password", "absent: a machine has tokens", "", ""});
  }
  if (const auto namesake = account_from(*namesake_)) {
    refusals.push_back(
        {RefusalCode::duplicate, "/name", "", "", "/api/v1/accounts/" + namesake->id.text()});
  }
  return refusals;
}

Reply CreateAccount::write(const Context& context, Writing& writing) {
  const AccountId id{writing.issue_id()};
  auto entry = entry_of("account_created", id.text(), context, account_content(id, input_.kind));
  entry.fields.push_back({"name", input_.name});
  entry.fields.push_back({"display_name", input_.display_name});
  if (input_.person) entry.fields.push_back({"person", input_.person->text()});
  entry.touched.push_back({"account", id.value, 1});
  const auto sequence = writing.append(std::move(entry));
  store::Param hash;
  if (input_.password) hash = input_.password->text();
  writing.rows.insert(account_table, {id, input_.name, input_.display_name, word_of(input_.kind),
                                      input_.person, hash, writing.at(), 1, sequence, sequence});
  return reply_of(201, id.text(), 1);
}

Need DisableAccount::need() const { return {Permission::account_change, {}}; }

void DisableAccount::load(store::Connection& connection) {
  rows_ = queue_account(connection, account_);
}

Refusals DisableAccount::decide(const Context&) {
  state_ = account_from(*rows_);
  if (!state_ || state_->disabled) return {not_found(account_.text())};
  Refusals refusals;
  check_version(state_->version, version_, refusals);
  return refusals;
}

Reply DisableAccount::write(const Context& context, Writing& writing) {
  auto entry = entry_of("account_disabled", account_.text(), context,
                        Value::object({{"account", account_.text()}}));
  entry.previous = state_->sequence;
  entry.touched.push_back({"account", account_.value, state_->version + 1});
  write_disabled(writing, *state_, writing.append(std::move(entry)));
  return reply_of(200, account_.text(), state_->version + 1);
}

ChangePassword::ChangePassword(AccountId account, Whose whose, HashedPassword password)
    : account_(account), whose_(whose), password_(std::move(password)) {}

Need ChangePassword::need() const { return need_of(whose_); }

std::vector<std::string> ChangePassword::keys() const { return account_key(account_); }

void ChangePassword::load(store::Connection& connection) {
  rows_ = queue_account(connection, account_);
}

Refusals ChangePassword::decide(const Context& context) {
  state_ = account_from(*rows_);
  if (!may_act_on(account_, whose_, context) || !state_ || state_->disabled) {
    return {not_found(account_.text())};
  }
  if (state_->kind == AccountKind::machine) {
    return {{RefusalCode::field_range, "/password", "absent: a machine has tokens", "", ""}};
  }
  return {};
}

Reply ChangePassword::write(const Context& context, Writing& writing) {
  auto entry = entry_of("password_changed", account_.text(), context,
                        Value::object({{"account", account_.text()}}));
  entry.previous = state_->sequence;
  entry.touched.push_back({"account", account_.value, state_->version + 1});
  write_password(writing, *state_, password_.text(), writing.append(std::move(entry)));
  return reply_of(200, account_.text(), state_->version + 1);
}

GiveGrant::GiveGrant(NewGrant grant, AccountId granter)
    : grant_(std::move(grant)), granter_(granter) {
  grant_.reason = to_nfc(trimmed(grant_.reason));
}

Need GiveGrant::need() const {
  Need need{Permission::grant_change, {}};
  if (grant_.unit) need.units.push_back(*grant_.unit);
  return need;
}

void GiveGrant::load(store::Connection& connection) {
  account_rows_ = queue_account(connection, grant_.account);
  granter_rows_ = queue_account(connection, granter_);
  unit_rows_ = queue_unit(connection, grant_.unit.value_or(UnitId{}));
  same_rows_ = queue_same_grants(connection, grant_);
}

Refusals GiveGrant::decide(const Context& context) {
  CHECK(context.account == granter_);
  return decide_grant(grant_,
                      {account_from(*account_rows_), account_from(*granter_rows_),
                       !unit_rows_->empty(), same_grants_from(*same_rows_)},
                      context);
}

Reply GiveGrant::write(const Context& context, Writing& writing) {
  const GrantId id{writing.issue_id()};
  auto entry = entry_of("grant_given", id.text(), context, grant_content(id, grant_));
  entry.unit = grant_.unit;
  entry.fields.push_back({"reason", grant_.reason});
  entry.touched.push_back({"role_grant", id.value, 1});
  const auto sequence = writing.append(std::move(entry));
  const Duty duty = duty_of(grant_.role);
  write_duty(writing, grant_.account, duty);
  writing.rows.insert(
      role_grant_table,
      {id, grant_.account, word_of(duty), word_of(grant_.role), grant_.unit, word_of(grant_.scope),
       grant_.days.from, grant_.days.until, grant_.reason, granter_, writing.at(), 1, sequence});
  return reply_of(201, id.text(), 1);
}

EndGrant::EndGrant(GrantId grant, std::int64_t version, std::string reason)
    : grant_(grant), version_(version), reason_(to_nfc(trimmed(reason))) {}

Need EndGrant::need() const { return {Permission::grant_change, {}}; }

void EndGrant::load(store::Connection& connection) { rows_ = queue_grant(connection, grant_); }

Refusals EndGrant::decide(const Context&) {
  state_ = grant_from(*rows_);
  if (!state_ || state_->ended) return {not_found(grant_.text())};
  Refusals refusals = command::check_reason(reason_);
  check_version(state_->version, version_, refusals);
  return refusals;
}

Reply EndGrant::write(const Context& context, Writing& writing) {
  auto entry =
      entry_of("grant_ended", grant_.text(), context,
               Value::object({{"grant", grant_.text()}, {"account", state_->account.text()}}));
  entry.unit = state_->unit;
  entry.previous = state_->sequence;
  entry.fields.push_back({"reason", reason_});
  entry.touched.push_back({"role_grant", grant_.value, state_->version + 1});
  write_grant_end(writing, *state_, context.account, reason_, writing.append(std::move(entry)));
  return reply_of(200, grant_.text(), state_->version + 1);
}

NewToken make_token() {
  std::string raw = "huilu_" + base64url(random_bytes(token_bytes));
  const Hash hash = sha256(raw);
  return {std::move(raw), hash};
}

IssueToken::IssueToken(Input input, Whose whose) : input_(std::move(input)), whose_(whose) {
  input_.name = to_nfc(trimmed(input_.name));
}

Need IssueToken::need() const { return need_of(whose_); }

std::vector<std::string> IssueToken::keys() const { return account_key(input_.account); }

void IssueToken::load(store::Connection& connection) {
  rows_ = queue_account(connection, input_.account);
}

Refusals IssueToken::decide(const Context& context) {
  const auto account = account_from(*rows_);
  if (!may_act_on(input_.account, whose_, context) || !account || account->disabled) {
    return {not_found(input_.account.text())};
  }
  Refusals refusals = decide_days(input_.days);
  if (whose_ == Whose::of_others && account->kind == AccountKind::person && context.account) {
    refusals.push_back({RefusalCode::not_permitted, "", "a machine account", "", ""});
  }
  const std::size_t size = count_characters(input_.name);
  if (size == 0 || size > token_name_characters_max) {
    refusals.push_back({size == 0 ? RefusalCode::field_required : RefusalCode::field_range, "/name",
                        "1 to 64 characters", "", ""});
  }
  return refusals;
}

Reply IssueToken::write(const Context& context, Writing& writing) {
  const TokenId id{writing.issue_id()};
  auto entry = entry_of("token_issued", id.text(), context,
                        token_content(id, input_.account, input_.days, bytes_of(input_.hash)));
  entry.fields.push_back({"name", input_.name});
  entry.touched.push_back({"token", id.value, 1});
  const auto sequence = writing.append(std::move(entry));
  writing.rows.insert(
      token_table, {id, store::Bytes{std::string(bytes_of(input_.hash))}, input_.account,
                    input_.name, input_.days.from, input_.days.until, writing.at(), 1, sequence});
  return reply_of(201, id.text(), 1);
}

Need RevokeToken::need() const { return need_of(whose_); }

std::vector<std::string> RevokeToken::keys() const { return {"token:" + token_.text()}; }

void RevokeToken::load(store::Connection& connection) { rows_ = queue_token(connection, token_); }

Refusals RevokeToken::decide(const Context& context) {
  state_ = token_from(*rows_);
  if (!state_ || state_->revoked || !may_act_on(state_->account, whose_, context)) {
    return {not_found(token_.text())};
  }
  return {};
}

Reply RevokeToken::write(const Context& context, Writing& writing) {
  auto entry =
      entry_of("token_revoked", token_.text(), context, Value::object({{"token", token_.text()}}));
  entry.previous = state_->sequence;
  entry.touched.push_back({"token", token_.value, state_->version + 1});
  write_token_revoked(writing, *state_, writing.append(std::move(entry)));
  return reply_of(200, token_.text(), state_->version + 1);
}

OpenNamesBelow::OpenNamesBelow(UnitId unit, std::string session, std::string reason)
    : unit_(unit), session_(std::move(session)), reason_(to_nfc(trimmed(reason))) {}

Need OpenNamesBelow::need() const { return {Permission::unit_read, {unit_}}; }

Refusals OpenNamesBelow::decide(const Context& context) {
  // The program reads without a session, and needs no reason.
  CHECK(context.account && !session_.empty());
  return command::check_reason(reason_);
}

Reply OpenNamesBelow::write(const Context& context, Writing& writing) {
  const std::int64_t id = writing.issue_id();
  auto entry =
      entry_of("names_opened", unit_.text(), context, Value::object({{"unit", unit_.text()}}));
  entry.unit = unit_;
  entry.fields.push_back({"reason", reason_});
  entry.touched.push_back({"opened_names", id, 1});
  const auto sequence = writing.append(std::move(entry));
  writing.rows.insert(opened_names_table,
                      {id, context.account, session_, unit_, reason_, writing.at(), sequence});
  return {201, Value::object({{"unit", unit_.text()}})};
}

}  // namespace huilu::identity
