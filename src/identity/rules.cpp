#include "identity/rules.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/text.h"
#include "command/parts.h"

namespace huilu::identity {

namespace {

constexpr std::size_t name_characters_min = 2;
constexpr std::size_t name_characters_max = 64;
constexpr std::size_t password_characters_max = 256;
constexpr std::size_t different_characters_min = 5;

// Of the commonest passwords those that are long enough to pass the other rules, folded.
constexpr std::array<std::string_view, 40> commonest = {
    "password1234",   "password12345",  "password123456", "passwordpassword", "123456789012",
    "1234567890123",  "12345678901234", "123456123456",   "123456654321",     "098765432109",
    "987654321098",   "abcdefghijkl",   "abcdefg123456",  "abcd12345678",     "abc123456789",
    "a12345678901",   "qwertyuiop12",   "qwertyuiop123",  "qwertyuiop[]",     "qwerty123456",
    "qwer12345678",   "asdfghjkl123",   "asdfghjkl;'\\",  "1qaz2wsx3edc",     "1qaz2wsx3edc4rfv",
    "qazwsxedcrfv",   "zaq12wsxcde3",   "1q2w3e4r5t6y",   "q1w2e3r4t5y6",     "admin1234567",
    "admin123456789", "adminadmin123",  "administrator",  "welcome12345",     "iloveyou1234",
    "letmein12345",   "woaini1314520",  "5201314woaini",  "woaizhongguo",     "dangyuan1234"};

std::string length_between(std::size_t min, std::size_t max) {
  return fmt::format("{} to {} characters", min, max);
}

Refusals weak_password(std::string expected) {
  return {{RefusalCode::password_weak, "/password", std::move(expected), "", ""}};
}

bool overlap(const Interval& a, const Interval& b) {
  return (!a.until || b.from < *a.until) && (!b.until || a.from < *b.until);
}

bool same_person(const AccountState& a, const AccountState& b) {
  return a.id == b.id || (a.person && a.person == b.person);
}

Value date_or_null(const std::optional<Date>& date) { return date ? Value(date->text()) : Value(); }

void decide_place(const NewGrant& grant, bool unit_exists, Refusals& refusals) {
  if (is_installation_wide(grant.role)) {
    if (grant.unit) {
      refusals.push_back({RefusalCode::field_range, "/unit", "absent", grant.unit->text(), ""});
    }
  } else if (!grant.unit) {
    refusals.push_back({RefusalCode::field_required, "/unit", "", "", ""});
  } else if (!unit_exists) {
    refusals.push_back({RefusalCode::unknown_unit, "/unit", "", grant.unit->text(), ""});
  }
}

void decide_days(const NewGrant& grant, Date today, Refusals& refusals) {
  // A grant that began in the past would say of the journal that somebody might do what he might
  // not do then.
  if (grant.days.from < today) {
    refusals.push_back(
        {RefusalCode::date_before_limit, "/from", today.text(), grant.days.from.text(), ""});
  }
  if (grant.days.until && *grant.days.until <= grant.days.from) {
    refusals.push_back({RefusalCode::date_order, "/until", "after " + grant.days.from.text(),
                        grant.days.until->text(), ""});
  }
}

}  // namespace

std::string login_name(std::string_view typed) { return is_utf8(typed) ? folded(typed) : ""; }

Refusals check_login_name(std::string_view name) {
  return command::check_length(name, name_characters_min, name_characters_max, "/name");
}

Refusals check_display_name(std::string_view name) {
  return command::check_length(name, 1, name_characters_max, "/display_name");
}

Refusals check_password(std::string_view password, std::string_view account_name) {
  if (!is_utf8(password)) return {{RefusalCode::not_utf8, "/password", "", "", ""}};
  const std::size_t size = count_characters(password);
  if (size < password_characters_min || size > password_characters_max) {
    return weak_password(length_between(password_characters_min, password_characters_max));
  }
  const std::string plain = folded(password);
  if (plain == login_name(account_name)) return weak_password("not the account's name");
  if (std::ranges::find(commonest, plain) != commonest.end()) {
    return weak_password("not one of the commonest passwords");
  }
  // Counted in bytes, which is enough to tell one character twelve times.
  if (std::set<char>(plain.begin(), plain.end()).size() < different_characters_min) {
    return weak_password(fmt::format("{} different characters", different_characters_min));
  }
  return {};
}

Refusals decide_grant(const NewGrant& grant, const GrantSurroundings& surroundings,
                      const command::Context& context) {
  Refusals refusals = command::check_reason(grant.reason);
  const auto& account = surroundings.account;
  if (!account || account->disabled) {
    refusals.push_back({RefusalCode::unknown_account, "/account", "", grant.account.text(), ""});
  } else {
    if (surroundings.granter && same_person(*surroundings.granter, *account)) {
      refusals.push_back({RefusalCode::grant_own, "/account", "", "", ""});
    }
    if (account->duty && *account->duty != duty_of(grant.role)) {
      refusals.push_back({RefusalCode::duties_apart, "/role", std::string(word_of(*account->duty)),
                          std::string(word_of(duty_of(grant.role))), ""});
    }
  }
  decide_place(grant, surroundings.unit_exists, refusals);
  decide_days(grant, context.today, refusals);
  for (const auto& [id, days] : surroundings.same) {
    if (overlap(days, grant.days)) {
      refusals.push_back(
          {RefusalCode::duplicate, "", "", id.text(), fmt::format("/api/v1/grants/{}", id.text())});
    }
  }
  return refusals;
}

Value account_content(AccountId id, AccountKind kind) {
  return Value::object({{"account", id.text()}, {"kind", word_of(kind)}});
}

Value grant_content(GrantId id, const NewGrant& grant) {
  return Value::object({{"grant", id.text()},
                        {"account", grant.account.text()},
                        {"role", word_of(grant.role)},
                        {"unit", grant.unit ? Value(grant.unit->text()) : Value()},
                        {"scope", word_of(grant.scope)},
                        {"from", grant.days.from.text()},
                        {"until", date_or_null(grant.days.until)}});
}

Value token_content(TokenId id, AccountId account, const Interval& days, std::string_view hash) {
  return Value::object({{"token", id.text()},
                        {"account", account.text()},
                        {"from", days.from.text()},
                        {"until", date_or_null(days.until)},
                        {"hash", hex(hash)}});
}

bool is_locked(const Failures& failures, Instant now) {
  const Instant newest = failures.front();
  const Instant oldest = failures.back();
  return oldest.ms != 0 && newest < later(oldest, failure_window) &&
         now < later(newest, failure_window);
}

bool is_over(Instant last_seen, Instant expires, Kept kept, Instant now) {
  return now >= expires || (kept == Kept::while_used && now >= later(last_seen, session_idle));
}

Instant later(Instant at, std::chrono::milliseconds by) { return {at.ms + by.count()}; }

}  // namespace huilu::identity
