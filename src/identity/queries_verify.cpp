#include <fmt/format.h>

#include "base/check.h"
#include "identity/queries.h"
#include "identity/rules.h"

namespace huilu::identity {

namespace {

constexpr std::size_t damages_max = 1000;

class Verification {
 public:
  explicit Verification(store::Connection& connection) : connection_(connection) {}

  std::vector<journal::Damage> run() {
    check_accounts();
    check_grants();
    check_tokens();
    check_traces();
    check_count("account", "", "account_created");
    check_count("account", "where disabled_at is not null", "account_disabled");
    check_count("role_grant", "", "grant_given");
    check_count("role_grant", "where ended_at is not null", "grant_ended");
    check_count("token", "", "token_issued");
    check_count("token", "where revoked_at is not null", "token_revoked");
    check_count("opened_names", "", "names_opened");
    return std::move(damages_);
  }

 private:
  void damage(std::string_view table, std::string id, std::string what) {
    if (damages_.size() < damages_max) {
      damages_.push_back({std::string(table), std::move(id), std::move(what)});
    }
  }

  // The field's opening joined to `seq` of the table; null when it was erased or never was.
  static std::string opening_of(std::string_view field) {
    return fmt::format(
        "(select o.bytes from commitment c join opening o on o.seq = c.seq and o.n = c.n "
        "where c.seq = t.seq and c.field = '{}')",
        field);
  }

  void check_content(std::string_view table, std::string id, const store::Row& row,
                     std::size_t column, const Value& content) {
    if (row.is_null(column) || row.text(column) != canonical_json(content)) {
      damage(table, std::move(id), "does not fit its entry");
    }
  }

  // A text about a person, which may have been erased.
  void check_text(std::string_view table, std::string id, const store::Row& row, std::size_t column,
                  std::string_view text) {
    if (!row.is_null(column) && row.text(column) != text) {
      damage(table, std::move(id), "a text does not fit its entry");
    }
  }

  void check_accounts() {
    const std::string sql = fmt::format(
        "select t.id, t.kind, t.name, t.display_name, t.person, {}, {}, {}, {} from account t "
        "order by t.id",
        opening_of("content"), opening_of("name"), opening_of("display_name"),
        opening_of("person"));
    connection_.for_each(sql, {}, [&](const store::Row& row) {
      const auto id = row.id<AccountId>(0);
      const auto kind = account_kind_from(row.text(1));
      CHECK(kind.has_value());
      check_content("account", id.text(), row, 5, account_content(id, *kind));
      check_text("account", id.text(), row, 6, row.text(2));
      check_text("account", id.text(), row, 7, row.text(3));
      const auto person = row.id_or_null<PersonId>(4);
      check_text("account", id.text(), row, 8, person ? person->text() : "");
    });
  }

  void check_grants() {
    const std::string sql = fmt::format(
        "select t.id, t.account, t.role, t.unit, t.scope, t.from_date, t.until_date, t.reason, "
        "{}, {} from role_grant t order by t.id",
        opening_of("content"), opening_of("reason"));
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
      check_content("role_grant", id.text(), row, 8, grant_content(id, grant));
      check_text("role_grant", id.text(), row, 9, grant.reason);
    });
  }

  void check_tokens() {
    const std::string sql = fmt::format(
        "select t.id, t.account, t.from_date, t.until_date, t.hash, t.name, {}, {} from token t "
        "order by t.id",
        opening_of("content"), opening_of("name"));
    connection_.for_each(sql, {}, [&](const store::Row& row) {
      const auto id = row.id<TokenId>(0);
      check_content(
          "token", id.text(), row, 6,
          token_content(id, row.id<AccountId>(1), {row.date(2), row.date_or_null(3)}, row.text(4)));
      check_text("token", id.text(), row, 7, row.text(5));
    });
  }

  void check_traces() {
    const std::string sql = fmt::format(
        "select t.id, t.unit, t.account, t.reason, {}, {}, {} from opened_names t order by t.id",
        opening_of("content"), opening_of("reason"), opening_of("actor"));
    connection_.for_each(sql, {}, [&](const store::Row& row) {
      const std::string id = std::to_string(row.integer(0));
      check_content("opened_names", id, row, 4,
                    Value::object({{"unit", row.id<UnitId>(1).text()}}));
      check_text("opened_names", id, row, 5, row.text(3));
      check_text("opened_names", id, row, 6, row.id<AccountId>(2).text());
    });
  }

  // As many rows as entries: what is gone, or was never entered, or is open again.
  void check_count(std::string_view table, std::string_view where, std::string_view kind) {
    const auto rows = connection_.query(fmt::format("select count(*) from {} {}", table, where));
    const auto entries = connection_.query("select count(*) from journal where kind = ?1", {kind});
    if (rows[0].integer(0) != entries[0].integer(0)) {
      damage(table, "-",
             fmt::format("{} rows {}, {} entries {}", rows[0].integer(0), where,
                         entries[0].integer(0), kind));
    }
  }

  store::Connection& connection_;
  std::vector<journal::Damage> damages_;
};

}  // namespace

std::vector<journal::Damage> verify(store::Connection& connection) {
  return Verification(connection).run();
}

}  // namespace huilu::identity
