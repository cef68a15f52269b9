// Accounts, grants, tokens and the security log: the three administrators' pages.
#include "api/names.h"
#include "api/routes.h"
#include "api/views.h"
#include "identity/commands.h"

namespace huilu::api {

namespace {

using command::Permission;
using identity::Whose;

// Lists of this subject go by id.
template <class IdType>
std::string cursor_after(std::size_t count, int limit, IdType last) {
  return count < static_cast<std::size_t>(limit) ? std::string() : last.text();
}

Answer accounts(Call& call) {
  Refusals refusals;
  Query query(call, refusals);
  const auto after = query.id<AccountId>("cursor");
  const int limit = query.integer("limit", 50, 1, 500);
  query.finish();
  if (refusals.empty()) refusals = call.check(Permission::account_read, {});
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  const auto rows = identity::accounts(*call.reader, after.value_or(AccountId{}), limit);
  Value::List items;
  for (const auto& row : rows) items.push_back(account_view(row));
  return Answer::of(
      listed(call, std::move(items),
             rows.empty() ? std::string() : cursor_after(rows.size(), limit, rows.back().id)));
}

void create_account(Call& call, Continue proceed) {
  Refusals refusals;
  Members in(call.body, "", refusals);
  identity::CreateAccount::Input input;
  input.name = in.text("name", 64);
  input.display_name = in.text("display_name", 64);
  const auto word = in.optional_text("kind").value_or("person");
  if (const auto kind = identity::account_kind_from(word)) {
    input.kind = *kind;
  } else {
    in.refuse(RefusalCode::unknown_word, "kind", "person, machine", word);
  }
  input.person = in.optional_id<PersonId>("person");
  const auto password = in.optional_text("password", 1000);
  in.finish();
  if (refusals.empty()) refusals = call.check(Permission::account_change, {});
  if (!refusals.empty()) {
    return proceed([refusals](Call&) { return Answer::no(refusals); });
  }
  if (!password) {
    return proceed(
        [input](Call&) { return Answer::run(std::make_unique<identity::CreateAccount>(input)); });
  }
  const std::string name = input.name;
  call.services.passwords.hash(
      *password, name,
      [proceed = std::move(proceed), input](Result<identity::HashedPassword> hash) {
        proceed([hash, input](Call&) mutable {
          if (!hash) return Answer::no(hash.refusals());
          input.password = *hash;
          return Answer::run(std::make_unique<identity::CreateAccount>(input));
        });
      });
}

Answer disable_account(Call& call) {
  const auto id = call.id<AccountId>("id");
  if (!id) return Answer::no(RefusalCode::not_found);
  Refusals refusals;
  Members in(call.body, "", refusals);
  const auto version = in.integer("version", 1, INT64_MAX);
  in.finish();
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  return Answer::run(std::make_unique<identity::DisableAccount>(*id, version));
}

void set_password(Call& call, Continue proceed) {
  Refusals refusals;
  Members in(call.body, "", refusals);
  const auto password = in.text("password", 1000);
  in.finish();
  if (refusals.empty()) refusals = call.check(Permission::account_change, {});
  const auto id = call.id<AccountId>("id");
  const auto account = id ? identity::find_account(*call.reader, *id) : std::nullopt;
  if (!account && refusals.empty()) refusals = {{RefusalCode::not_found, "", "", "", ""}};
  if (!refusals.empty()) {
    return proceed([refusals](Call&) { return Answer::no(refusals); });
  }
  call.services.passwords.hash(
      password, account->name,
      [proceed = std::move(proceed), id = *id](const Result<identity::HashedPassword>& hash) {
        proceed([hash, id](Call&) {
          if (!hash) return Answer::no(hash.refusals());
          return Answer::run(
              std::make_unique<identity::ChangePassword>(id, Whose::of_others, *hash));
        });
      });
}

Whose whose_account(const Call& call, AccountId account) {
  return account == call.who.account ? Whose::own : Whose::of_others;
}

Answer tokens(Call& call) {
  const auto id = call.id<AccountId>("id");
  if (!id) return Answer::no(RefusalCode::not_found);
  if (whose_account(call, *id) == Whose::of_others) {
    auto refusals = call.check(Permission::account_change, {});
    if (!refusals.empty()) return Answer::no(std::move(refusals));
  }
  Value::List items;
  for (const auto& row : identity::tokens(*call.reader, *id)) items.push_back(token_view(row));
  return Answer::of(listed(call, std::move(items), ""));
}

// The token is shown once, here; a repeated request does not show it again.
Answer issue_token(Call& call) {
  const auto id = call.id<AccountId>("id");
  if (!id) return Answer::no(RefusalCode::not_found);
  Refusals refusals;
  Members in(call.body, "", refusals);
  identity::IssueToken::Input input;
  input.account = *id;
  input.name = in.text("name", 64);
  input.days = {in.optional_date("from").value_or(call.today), in.optional_date("until")};
  in.finish();
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  auto token = identity::make_token();
  input.hash = token.hash;
  auto answer = Answer::run(
      std::make_unique<identity::IssueToken>(std::move(input), whose_account(call, *id)));
  answer.complete = [raw = token.raw](Value& body) { body.set("token", raw); };
  return answer;
}

Answer revoke_token(Call& call) {
  const auto id = call.id<identity::TokenId>("id");
  if (!id) return Answer::no(RefusalCode::not_found);
  bool own = false;
  for (const auto& row : identity::tokens(*call.reader, call.who.account)) {
    own = own || row.id == *id;
  }
  return Answer::run(
      std::make_unique<identity::RevokeToken>(*id, own ? Whose::own : Whose::of_others));
}

// Of an account or a unit, or all of them.
Answer grants(Call& call) {
  Refusals refusals;
  Query query(call, refusals);
  const auto after = query.id<GrantId>("cursor");
  const int limit = query.integer("limit", 50, 1, 500);
  identity::GrantFilter filter;
  filter.account = query.id<AccountId>("account");
  filter.unit = query.id<UnitId>("unit");
  query.finish();
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  refusals = call.check(Permission::grant_read, {});
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  const auto rows = identity::grants(*call.reader, filter, after.value_or(GrantId{}), limit);
  Value::List items;
  UnitNames names(call);
  for (const auto& row : rows) {
    items.push_back(grant_view(row));
    items.back().set("unit_name", row.unit ? names.name_of(*row.unit) : Value());
  }
  return Answer::of(
      listed(call, std::move(items),
             rows.empty() ? std::string() : cursor_after(rows.size(), limit, rows.back().id)));
}

Answer give_grant(Call& call) {
  Refusals refusals;
  Members in(call.body, "", refusals);
  identity::NewGrant grant;
  grant.account = in.id<AccountId>("account");
  const auto role = in.text("role", 64);
  if (const auto found = identity::role_from(role)) {
    grant.role = *found;
  } else if (!role.empty()) {
    std::string expected;
    for (const auto each : identity::all_roles()) {
      expected += (expected.empty() ? "" : ", ") + std::string(identity::word_of(each));
    }
    in.refuse(RefusalCode::unknown_word, "role", expected, role);
  }
  grant.unit = in.optional_id<UnitId>("unit");
  const auto scope = in.optional_text("scope").value_or("subtree");
  if (const auto found = identity::scope_from(scope)) {
    grant.scope = *found;
  } else {
    in.refuse(RefusalCode::unknown_word, "scope", "self, subtree", scope);
  }
  grant.days = {in.optional_date("from").value_or(call.today), in.optional_date("until")};
  grant.reason = in.text("reason", 200);
  in.finish();
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  return Answer::run(std::make_unique<identity::GiveGrant>(std::move(grant), call.who.account));
}

Answer end_grant(Call& call) {
  const auto id = call.id<GrantId>("id");
  if (!id) return Answer::no(RefusalCode::not_found);
  Refusals refusals;
  Members in(call.body, "", refusals);
  const auto version = in.integer("version", 1, INT64_MAX);
  const auto reason = in.text("reason", 200);
  in.finish();
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  return Answer::run(std::make_unique<identity::EndGrant>(*id, version, reason));
}

Answer security_log(Call& call) {
  Refusals refusals;
  Query query(call, refusals);
  const int limit = query.integer("limit", 50, 1, 500);
  query.finish();
  if (refusals.empty()) refusals = call.check(Permission::security_log_read, {});
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  Value::List items;
  for (const auto& row : identity::security_log(*call.reader, {}, limit)) {
    items.push_back(Value::object({{"at", row.at.text()},
                                   {"account", id_or_null(row.account)},
                                   {"event", row.event},
                                   {"detail", row.detail},
                                   {"peer", row.peer}}));
  }
  return Answer::of(listed(call, std::move(items), ""));
}

Route account_route(http::Method method, std::string_view path, Permission permission, Asked asked,
                    std::string_view request, std::string_view reply, int status,
                    std::string_view summary, Handler handler,
                    AsyncHandler async_handler = nullptr) {
  const auto body = request.empty() ? BodyKind::none : BodyKind::json;
  return {method, path,   Access::signed_in, permission, asked,        body, request,
          reply,  status, summary,           handler,    async_handler};
}

}  // namespace

std::vector<Route> account_routes() {
  using enum http::Method;
  constexpr auto account = Permission::account_change;
  constexpr auto grant = Permission::grant_change;
  constexpr auto any = Asked::anywhere;
  return {
      account_route(get, "/accounts", Permission::account_read, any, "", "AccountList", 200,
                    "Accounts by id", accounts),
      account_route(post, "/accounts", account, any, "NewAccount", "Changed", 201,
                    "Create an account", nullptr, create_account),
      account_route(post, "/accounts/{id}/disable", account, any, "Disable", "Changed", 200,
                    "Disable an account and end its sessions", disable_account),
      account_route(post, "/accounts/{id}/password", account, any, "Password", "Changed", 200,
                    "Set another person's password", nullptr, set_password),
      account_route(get, "/accounts/{id}/tokens", Permission::signed_in, Asked::nowhere, "",
                    "TokenList", 200, "Bearer tokens of an account, without the tokens", tokens),
      account_route(post, "/accounts/{id}/tokens", Permission::signed_in, Asked::nowhere,
                    "NewToken", "IssuedToken", 201, "Issue a bearer token; shown once",
                    issue_token),
      account_route(post, "/tokens/{id}/revoke", Permission::signed_in, Asked::nowhere, "Nothing",
                    "Changed", 200, "Revoke a bearer token", revoke_token),
      account_route(get, "/grants", Permission::grant_read, any, "", "GrantList", 200,
                    "Grants by id", grants),
      account_route(post, "/grants", grant, any, "NewGrant", "Changed", 201,
                    "Give a role to an account", give_grant),
      account_route(post, "/grants/{id}/end", grant, any, "GrantEnd", "Changed", 200,
                    "End a grant at once", end_grant),
      account_route(get, "/security-log", Permission::security_log_read, any, "", "SecurityLog",
                    200, "Sign-ins and denials of the last 180 days, newest first", security_log),
  };
}

}  // namespace huilu::api
