// Signing in and out, and who one is.
#include "api/checks.h"
#include "api/names.h"
#include "api/routes.h"
#include "api/views.h"
#include "identity/commands.h"
#include "identity/tables_session.h"

namespace huilu::api {

namespace {

using command::Permission;

std::string session_cookie(const Services& services, const std::string& token,
                           std::int64_t seconds) {
  std::string cookie = std::string(cookie_name(services.secure_cookies)) + "=" + token +
                       "; Path=/; HttpOnly; SameSite=Lax";
  if (seconds >= 0) cookie += "; Max-Age=" + std::to_string(seconds);
  return services.secure_cookies ? cookie + "; Secure" : cookie;
}

Value identity_view(const identity::Identity& who) {
  return Value::object({{"id", who.account.text()}, {"name", who.name}});
}

Answer signed_in(Call& call, const identity::Checked& checked) {
  auto session = call.services.side_writer.with([&](store::Connection& connection) {
    return call.services.sessions.finish(connection, checked);
  });
  if (!session) return Answer::no(session.refusals());
  auto answer = Answer::of(Value::object(
      {{"account", identity_view(session->identity)}, {"expires", session->expires.text()}}));
  const auto left = (session->expires.ms - call.services.clock.now().ms) / 1000;
  answer.headers.emplace_back("Set-Cookie", session_cookie(call.services, session->token,
                                                           checked.stay_signed_in ? left : -1));
  return answer;
}

void sign_in(Call& call, Continue proceed) {
  Refusals refusals;
  Members in(call.body, "", refusals);
  identity::SignIn attempt;
  attempt.name = in.text("account", 200);
  attempt.password = in.text("password", 1000);
  attempt.stay_signed_in = in.flag("stay_signed_in", false);
  in.finish();
  const auto site = call.request.header("sec-fetch-site");
  if (!site.empty() && site != "same-origin" && site != "none") {
    refusals = {{RefusalCode::csrf, "Sec-Fetch-Site", "same-origin", std::string(site), ""}};
  }
  if (!refusals.empty()) {
    return proceed([refusals](Call&) { return Answer::no(refusals); });
  }
  attempt.peer = call.request.peer;
  attempt.old_token = call.request.cookie(cookie_name(call.services.secure_cookies)).value_or("");
  call.services.sessions.check(
      *call.reader, std::move(attempt), [proceed](Result<identity::Checked> checked) {
        proceed([checked](Call& later) {
          return checked.ok() ? signed_in(later, *checked) : Answer::no(checked.refusals());
        });
      });
}

Answer sign_out(Call& call) {
  const auto token = call.request.cookie(cookie_name(call.services.secure_cookies));
  if (token) {
    call.services.side_writer.with([&](store::Connection& connection) {
      call.services.sessions.sign_out(connection, *token, call.request.peer);
    });
  }
  auto answer = Answer::of({}, 204);
  answer.headers.emplace_back("Set-Cookie", session_cookie(call.services, "", 0));
  return answer;
}

Answer me(Call& call) {
  const auto found = identity::me(*call.reader, call.who.account, call.today);
  if (!found) return Answer::no(RefusalCode::session_expired);
  Value::List grants, permissions;
  UnitNames names(call);
  for (const auto& grant : found->grants) {
    grants.push_back(grant_view(grant));
    grants.back().set("unit_name", grant.unit ? names.name_of(*grant.unit) : Value());
  }
  for (const auto permission : found->permissions) {
    permissions.push_back(command::word_of(permission));
  }
  return Answer::of(Value::object({{"account", account_view(found->account)},
                                   {"grants", std::move(grants)},
                                   {"permissions", std::move(permissions)},
                                   {"today", call.today.text()},
                                   {"demo", !call.services.demo_accounts.empty()}}));
}

// One's own password: the old one has to be shown again.
void change_password(Call& call, Continue proceed) {
  Refusals refusals;
  Members in(call.body, "", refusals);
  const auto old_password = in.text("old_password", 1000);
  const auto password = in.text("password", 1000);
  in.finish();
  const auto account = identity::find_account(*call.reader, call.who.account);
  if (!account && refusals.empty()) refusals = {{RefusalCode::session_expired, "", "", "", ""}};
  if (!refusals.empty()) {
    return proceed([refusals](Call&) { return Answer::no(refusals); });
  }
  identity::Passwords& passwords = call.services.passwords;
  const auto candidate = identity::find_candidate(*call.reader, account->name);
  const auto hashed = [proceed, id = account->id](Result<identity::HashedPassword> hash) {
    proceed([hash, id](Call&) {
      if (!hash) return Answer::no(hash.refusals());
      return Answer::run(
          std::make_unique<identity::ChangePassword>(id, identity::Whose::own, *hash));
    });
  };
  passwords.verify(
      old_password, candidate ? candidate->password_hash : std::string(),
      [&passwords, proceed, hashed, password, name = account->name](Result<bool> fits) {
        if (fits.ok() && *fits) return passwords.hash(password, name, hashed);
        const Refusals why =
            fits.ok() ? Refusals{{RefusalCode::credentials_wrong, "/old_password", "", "", ""}}
                      : fits.refusals();
        proceed([why](Call&) { return Answer::no(why); });
      });
}

}  // namespace

std::vector<Route> session_routes() {
  using http::Method;
  return {
      {Method::post, "/session", Access::open, Permission::signed_in, Asked::nowhere,
       BodyKind::json, "SignIn", "Session", 200, "Sign in with a name and a password", nullptr,
       sign_in},
      {Method::delete_, "/session", Access::signed_in, Permission::signed_in, Asked::nowhere,
       BodyKind::none, "", "", 204, "Sign out", sign_out},
      {Method::get, "/me", Access::signed_in, Permission::signed_in, Asked::nowhere, BodyKind::none,
       "", "Me", 200, "The account, its grants and permissions", me},
      {Method::post, "/me/password", Access::signed_in, Permission::signed_in, Asked::nowhere,
       BodyKind::json, "OwnPassword", "Changed", 200,
       "Change one's own password; ends every session", nullptr, change_password},
  };
}

}  // namespace huilu::api
