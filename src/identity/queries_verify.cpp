#include <fmt/format.h>

#include "base/check.h"
#include "identity/queries.h"
#include "identity/rules.h"
#include "journal/comparison.h"

namespace huilu::identity {

namespace {

using journal::Comparison;

class Verification {
 public:
  explicit Verification(store::Connection& connection)
      : connection_(connection), compare_(connection) {}

  std::vector<journal::Damage> run() {
    check_accounts();
    check_grants();
    check_tokens();
    check_traces();
    compare_.count("account", "", "account_created");
    compare_.count("account", "where disabled_at is not null", "account_disabled");
    compare_.count("role_grant", "", "grant_given");
    compare_.count("role_grant", "where ended_at is not null", "grant_ended");
    compare_.count("token", "", "token_issued");
    compare_.count("token", "where revoked_at is not null", "token_revoked");
    compare_.count("opened_names", "", "names_opened");
    return compare_.damages();
  }

 private:
  void check_accounts() {
    const std::string sql = fmt::format(
        "select t.id, t.kind, t.name, t.display_name, t.person, {}, {}, {}, {} from account t "
        "order by t.id",
        Comparison::opening_of("content"), Comparison::opening_of("name"),
        Comparison::opening_of("display_name"), Comparison::opening_of("person"));
    connection_.for_each(sql, {}, [&](const store::Row& row) {
      const auto id = row.id<AccountId>(0);
      const auto kind = account_kind_from(row.text(1));
      CHECK(kind.has_value());
      compare_.content("account", id.text(), row, 5, account_content(id, *kind));
      compare_.text("account", id.text(), row, 6, row.text(2));
      compare_.text("account", id.text(), row, 7, row.text(3));
      const auto person = row.id_or_null<PersonId>(4);
      compare_.text("account", id.text(), row, 8, person ? person->text() : "");
    });
  }

  void check_grants() {
    const std::string sql = fmt::format(
        "select t.id, t.account, t.role, t.unit, t.scope, t.from_date, t.until_date, t.reason, "
        "{}, {} from role_grant t order by t.id",
        Comparison::opening_of("content"), Comparison::opening_of("reason"));
    connection_.for_each(sql, {}, [&](const store::Row& row) {
      const auto id = row.id<GrantId>(0);
      const auto role = role_from(row.text(2));
      const auto scope = scope_from(row.text(4));
      CHECK(role.has_value() && scope.has_value());
      const NewGrant grant{row.id<AccountId>(1),
                           *role,
                           row.id_or_null<UnitId>(3),
                           *scope,
                           {row.date(5), row.date_or_null(6)},
                           row.text(7)};
      compare_.content("role_grant", id.text(), row, 8, grant_content(id, grant));
      compare_.text("role_grant", id.text(), row, 9, grant.reason);
    });
  }

  void check_tokens() {
    const std::string sql = fmt::format(
        "select t.id, t.account, t.from_date, t.until_date, t.hash, t.name, {}, {} from token t "
        "order by t.id",
        Comparison::opening_of("content"), Comparison::opening_of("name"));
    connection_.for_each(sql, {}, [&](const store::Row& row) {
      const auto id = row.id<TokenId>(0);
      compare_.content(
          "token", id.text(), row, 6,
          token_content(id, row.id<AccountId>(1), {row.date(2), row.date_or_null(3)}, row.text(4)));
      compare_.text("token", id.text(), row, 7, row.text(5));
    });
  }

  void check_traces() {
    const std::string sql = fmt::format(
        "select t.id, t.unit, t.account, t.reason, {}, {}, {} from opened_names t order by t.id",
        Comparison::opening_of("content"), Comparison::opening_of("reason"),
        Comparison::opening_of("actor"));
    connection_.for_each(sql, {}, [&](const store::Row& row) {
      const std::string id = std::to_string(row.integer(0));
      compare_.content("opened_names", id, row, 4,
                       Value::object({{"unit", row.id<UnitId>(1).text()}}));
      compare_.text("opened_names", id, row, 5, row.text(3));
      compare_.text("opened_names", id, row, 6, row.id<AccountId>(2).text());
    });
  }

  store::Connection& connection_;
  journal::Comparison compare_;
};

}  // namespace

std::vector<journal::Damage> verify(store::Connection& connection) {
  return Verification(connection).run();
}

}  // namespace huilu::identity
