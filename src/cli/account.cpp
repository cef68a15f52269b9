#include "cli/account.h"

#include <fmt/format.h>

#include "cli/arguments.h"
#include "cli/units.h"
#include "identity/commands.h"
#include "identity/queries.h"

namespace huilu::cli {

namespace {

using identity::AccountRow;
using identity::Whose;

constexpr std::string_view granted_here = "granted on the command line";
constexpr int page = 500;

Refusal refusal(RefusalCode code, std::string where, std::string expected = {},
                std::string got = {}) {
  return {code, std::move(where), std::move(expected), std::move(got), ""};
}

Result<AccountRow> find_account(Installation& installation, const std::string& name) {
  auto found =
      identity::find_account_named(*installation.readers().lend(), identity::login_name(name));
  if (!found) return refusal(RefusalCode::unknown_account, "NAME", "", name);
  return *found;
}

template <class T>
std::string words_of(const T& all) {
  std::string words;
  for (const auto one : all) words += (words.empty() ? "" : ", ") + std::string(word_of(one));
  return words;
}

// The account is filled in by whoever knows it.
Result<identity::NewGrant> read_grant(Installation& installation, const GrantOptions& options) {
  identity::NewGrant grant;
  Refusals refusals;
  const auto role = identity::role_from(options.role);
  if (!role) {
    refusals.push_back(refusal(RefusalCode::unknown_word, "--role", words_of(identity::all_roles()),
                               options.role));
  }
  const auto scope = identity::scope_from(options.scope);
  if (!scope) {
    refusals.push_back(
        refusal(RefusalCode::unknown_word, "--scope", "subtree, self", options.scope));
  }
  if (!options.unit.empty()) {
    const auto unit = find_unit(*installation.readers().lend(), options.unit, "--unit",
                                installation.clock().today());
    if (unit) {
      grant.unit = *unit;
    } else {
      refusals.push_back(unit.refusals().front());
    }
  }
  const auto from = read_date(options.from, "--from", refusals);
  grant.days = {from.value_or(installation.clock().today()),
                read_date(options.until, "--until", refusals)};
  grant.reason = options.reason.empty() ? granted_here : options.reason;
  if (!refusals.empty()) return refusals;
  grant.role = *role;
  grant.scope = *scope;
  return grant;
}

Exit show(const Result<command::Reply>& reply, Console& console) {
  if (!reply) return console.refuse(reply.refusals());
  console.out() << to_json(reply->body) << "\n";
  return Exit::done;
}

Exit give(Installation& installation, const identity::NewGrant& grant, Console& console) {
  return show(installation.run(std::make_unique<identity::GiveGrant>(grant, AccountId{})), console);
}

Value view_of(const AccountRow& account) {
  return Value::object(
      {{"id", account.id.text()},
       {"name", account.name},
       {"display_name", account.display_name},
       {"kind", word_of(account.kind)},
       {"created_at", account.created_at.text()},
       {"disabled_at", account.disabled_at ? Value(account.disabled_at->text()) : Value()}});
}

}  // namespace

Exit create_account(const AccountOptions& options, Console& console) {
  const SystemClock clock;
  Installation installation(options.location, clock);
  std::optional<identity::NewGrant> grant;
  // Everything that can be refused is, before somebody types a password.
  if (!options.grant.role.empty()) {
    auto read = read_grant(installation, options.grant);
    if (!read) return console.refuse(read.refusals());
    grant = std::move(*read);
  }
  identity::CreateAccount::Input input{options.name, options.display, {}, {}, {}};
  if (options.machine) {
    input.kind = identity::AccountKind::machine;
  } else {
    auto hashed =
        identity::hash_password(console.password(options.password_from_input), options.name);
    if (!hashed) return console.refuse(hashed.refusals());
    input.password = std::move(*hashed);
  }
  const auto created =
      installation.run(std::make_unique<identity::CreateAccount>(std::move(input)));
  const Exit exit = show(created, console);
  if (exit != Exit::done || !grant) return exit;
  grant->account = *AccountId::parse(*created->body.find("id")->text());
  return give(installation, *grant, console);
}

Exit list_accounts(const AccountOptions& options, Console& console) {
  const auto database = open_present_database(options.location);
  const auto connection = database->connect(store::Access::read);
  Value::List list;
  AccountId after;
  for (bool more = true; more;) {
    const auto accounts = identity::accounts(*connection, after, page);
    for (const auto& account : accounts) {
      after = account.id;
      if (console.json()) {
        list.push_back(view_of(account));
        continue;
      }
      console.out() << fmt::format(
          "{}\t{}\t{}\t{}{}\n", account.id.text(), account.name, account.display_name,
          words::text(console.language(), "account_kind." + std::string(word_of(account.kind))),
          account.disabled_at ? "\t" + console.say("disabled") : "");
    }
    more = accounts.size() == page;
  }
  if (console.json()) console.out() << to_json(Value(std::move(list))) << "\n";
  return Exit::done;
}

Exit disable_account(const AccountOptions& options, Console& console) {
  const SystemClock clock;
  Installation installation(options.location, clock);
  const auto account = find_account(installation, options.name);
  if (!account) return console.refuse(account.refusals());
  return show(
      installation.run(std::make_unique<identity::DisableAccount>(account->id, account->version)),
      console);
}

Exit change_password(const AccountOptions& options, Console& console) {
  const SystemClock clock;
  Installation installation(options.location, clock);
  const auto account = find_account(installation, options.name);
  if (!account) return console.refuse(account.refusals());
  auto hashed =
      identity::hash_password(console.password(options.password_from_input), account->name);
  if (!hashed) return console.refuse(hashed.refusals());
  return show(installation.run(std::make_unique<identity::ChangePassword>(
                  account->id, Whose::of_others, std::move(*hashed))),
              console);
}

Exit grant_role(const AccountOptions& options, Console& console) {
  const SystemClock clock;
  Installation installation(options.location, clock);
  const auto account = find_account(installation, options.name);
  auto grant = read_grant(installation, options.grant);
  Refusals refusals;
  if (!account) refusals = account.refusals();
  if (!grant) {
    refusals.insert(refusals.end(), grant.refusals().begin(), grant.refusals().end());
  }
  if (!refusals.empty()) return console.refuse(refusals);
  grant->account = account->id;
  return give(installation, *grant, console);
}

Exit issue_token(const AccountOptions& options, Console& console) {
  const SystemClock clock;
  Installation installation(options.location, clock);
  const auto account = find_account(installation, options.name);
  Refusals refusals;
  if (!account) refusals = account.refusals();
  const auto until = read_date(options.token_until, "--until", refusals);
  if (!refusals.empty()) return console.refuse(refusals);
  const auto token = identity::make_token();
  const auto reply = installation.run(std::make_unique<identity::IssueToken>(
      identity::IssueToken::Input{
          account->id, options.token_name, {clock.today(), until}, token.hash},
      Whose::of_others));
  if (!reply) return console.refuse(reply.refusals());
  console.tell(console.say("token_once"));
  console.out() << token.raw << "\n";
  return Exit::done;
}

}  // namespace huilu::cli
