#include "identity/sessions.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <future>
#include <iterator>

#include "base/text.h"
#include "identity/queries.h"
#include "identity/rules.h"
#include "identity/testing.h"

namespace huilu::identity {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;

constexpr AccountId clerk{100};
constexpr std::string_view secret = "the rain in April";
constexpr std::string_view address = "203.0.113.77";

class SessionTest : public store::testing::DatabaseTest {
 protected:
  std::vector<store::Migration> migrations() const override { return testing::migrations(); }

  void SetUp() override {
    DatabaseTest::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    connection_ = database().connect(store::Access::write);
    static const std::string hash = hash_password(secret, "clerk")->text();
    hash_ = hash;
    add_account(clerk, "clerk", hash_);
  }

  store::Connection& connection() { return *connection_; }

  void add_account(AccountId id, std::string_view name, std::optional<std::string> hash) {
    connection().execute(
        "insert into account (id, name, display_name, kind, password_hash, created_at, version, "
        "seq, latest_seq) values (?1, ?2, 'Somebody', 'person', ?3, 1, 1, 1, 1)",
        {id, name, hash});
  }

  Result<Checked> check(SignIn sign_in) {
    std::promise<Result<Checked>> answer;
    sessions_.check(connection(), std::move(sign_in),
                    [&](Result<Checked> checked) { answer.set_value(std::move(checked)); });
    return answer.get_future().get();
  }

  Result<SignedIn> sign_in(SignIn sign_in) {
    const auto checked = check(std::move(sign_in));
    if (!checked) return checked.refusals();
    return sessions_.finish(connection(), *checked);
  }

  Result<SignedIn> sign_in(std::string name, std::string_view password = secret) {
    return sign_in(SignIn{std::move(name), std::string(password), std::string(address), "", false});
  }

  std::string code_of(const Result<SignedIn>& result) {
    return result ? "signed in" : std::string(kind_of(result.refusals()[0].code).name);
  }

  void fail(std::string name, int times) {
    for (int i = 0; i < times; ++i) {
      EXPECT_EQ(code_of(sign_in(name, "wrong wrong wrong")), "credentials_wrong");
    }
  }

  bool found(const std::string& token) { return sessions_.find(connection(), token).ok(); }

  void wait(milliseconds time) { clock_.set(later(clock_.now(), time)); }

  std::int64_t count(const std::string& table) {
    return connection().query("select count(*) from " + table)[0].integer(0);
  }

  SetClock clock_{Date::of(2026, 3, 5)};
  Passwords passwords_;
  Sessions sessions_{clock_, passwords_};
  std::string hash_;

 private:
  std::unique_ptr<store::Connection> connection_;
};

INSTANTIATE_TEST_SUITE_P(On, SessionTest, store::testing::both_dialects(),
                         store::testing::name_of_dialect);

TEST_P(SessionTest, a_session_begins_with_a_name_and_its_password) {
  const auto signed_in = sign_in(" Ｃlerk ");
  ASSERT_TRUE(signed_in.ok());
  EXPECT_GE(signed_in->token.size(), 43U);  // 256 bits
  EXPECT_EQ(signed_in->expires, later(clock_.now(), hours(12)));
  const auto identity = sessions_.find(connection(), signed_in->token);
  ASSERT_TRUE(identity.ok());
  EXPECT_EQ(identity->account, clerk);
  EXPECT_EQ(identity->name, "clerk");
  EXPECT_EQ(identity->how, How::session);
  EXPECT_EQ(identity->session, signed_in->identity.session);
  EXPECT_NE(sign_in("clerk")->token, signed_in->token);
}

TEST_P(SessionTest, unknown_wrong_disabled_and_without_password_are_answered_alike) {
  add_account(AccountId{101}, "gone", hash_);
  connection().execute("update account set disabled_at = 5 where id = 101");
  add_account(AccountId{102}, "machine", {});
  const auto wrong = sign_in("clerk", "wrong wrong wrong");
  ASSERT_FALSE(wrong.ok());
  for (const auto* name : {"nobody", "gone", "machine", "", "\xff"}) {
    const auto other = sign_in(name);
    ASSERT_FALSE(other.ok()) << name;
    ASSERT_EQ(other.refusals().size(), wrong.refusals().size());
    EXPECT_EQ(other.refusals()[0].code, RefusalCode::credentials_wrong);
    EXPECT_EQ(other.refusals()[0].where, wrong.refusals()[0].where);
    EXPECT_EQ(other.refusals()[0].expected, wrong.refusals()[0].expected);
    EXPECT_EQ(other.refusals()[0].got, wrong.refusals()[0].got);
  }
  EXPECT_EQ(count("session"), 0);
}

// Everything that the database holds, as bytes on the disk or as rows in hex and in plain.
std::string whole(store::Connection& connection, store::testing::TestDatabase& fresh) {
  std::string all;
  if (connection.dialect() == store::Dialect::sqlite) {
    for (const auto& entry : std::filesystem::directory_iterator(fresh.folder())) {
      std::ifstream file(entry.path(), std::ios::binary);
      all.append(std::istreambuf_iterator<char>(file), {});
    }
    return all;
  }
  for (const std::string table : {"account", "session", "token", "sign_in_failure", "security_log",
                                  "opening", "journal", "idempotency"}) {
    const auto rows = connection.query("select cast(row_to_json(t) as text) from " + table + " t");
    for (const store::Row row : rows) all += row.text(0);
  }
  return all;
}

TEST_P(SessionTest, no_token_password_name_or_address_stands_in_the_database) {
  const auto signed_in = sign_in("clerk");
  ASSERT_TRUE(signed_in.ok());
  fail("my secret typed as a name", 1);
  EXPECT_EQ(connection().query("select token_hash from session")[0].text(0),
            bytes_of(sha256(signed_in->token)));
  const std::string all = whole(connection(), fresh());
  EXPECT_NE(all.find("clerk"), all.npos);
  const std::string folded_name = login_name("my secret typed as a name");
  for (const std::string& raw : {signed_in->token, std::string(secret), folded_name,
                                 std::string("my secret"), std::string(address)}) {
    EXPECT_EQ(all.find(raw), all.npos) << raw;
    EXPECT_EQ(all.find(hex(raw)), all.npos) << raw;
  }
}

TEST_P(SessionTest, the_sixth_try_is_too_many_even_with_the_right_password) {
  fail("clerk", 4);
  EXPECT_EQ(code_of(sign_in("clerk")), "signed in");  // and forgets the failures
  fail("clerk", 5);
  EXPECT_EQ(code_of(sign_in("clerk")), "too_many_attempts");
  wait(minutes(14));
  EXPECT_EQ(code_of(sign_in("clerk")), "too_many_attempts");
  wait(minutes(1));
  EXPECT_EQ(code_of(sign_in("clerk")), "signed in");
}

TEST_P(SessionTest, an_unknown_name_is_locked_as_a_known_one_is) {
  fail("nobody", 5);
  EXPECT_EQ(code_of(sign_in("nobody")), "too_many_attempts");
  EXPECT_EQ(code_of(sign_in("clerk")), "signed in");
}

TEST_P(SessionTest, failures_far_apart_lock_nobody) {
  for (int i = 0; i < 6; ++i) {
    fail("clerk", 1);
    wait(minutes(4));
  }
  EXPECT_EQ(code_of(sign_in("clerk")), "signed in");
}

TEST_P(SessionTest, a_lock_that_falls_while_a_password_is_verified_holds) {
  const auto checked = check({"clerk", std::string(secret), std::string(address), "", false});
  ASSERT_EQ(checked->outcome, Checked::Outcome::fits);
  fail("clerk", 5);
  EXPECT_EQ(code_of(sessions_.finish(connection(), *checked)), "too_many_attempts");
  EXPECT_EQ(count("session"), 0);
}

TEST_P(SessionTest, a_password_that_changed_while_it_was_verified_opens_nothing) {
  const auto checked = check({"clerk", std::string(secret), std::string(address), "", false});
  connection().execute("update account set password_hash = 'another' where id = ?1", {clerk});
  EXPECT_EQ(code_of(sessions_.finish(connection(), *checked)), "credentials_wrong");
  connection().execute("update account set password_hash = ?2, disabled_at = 5 where id = ?1",
                       {clerk, hash_});
  EXPECT_EQ(code_of(sessions_.finish(connection(), *checked)), "credentials_wrong");
  EXPECT_EQ(count("session"), 0);
}

TEST_P(SessionTest, one_address_is_throttled_over_all_names) {
  RefusalCode code{};
  int tries = 0;
  for (; tries < 100 && code != RefusalCode::too_many_requests; ++tries) {
    code = sign_in("nobody", "wrong wrong wrong").refusals()[0].code;
  }
  EXPECT_EQ(tries, 31);
  EXPECT_EQ(sign_in("clerk").refusals()[0].code, RefusalCode::too_many_requests);
  EXPECT_EQ(code_of(sign_in(SignIn{"clerk", std::string(secret), "198.51.100.9", "", false})),
            "signed in");
}

TEST_P(SessionTest, an_office_behind_one_address_is_not_stopped_by_signing_in) {
  for (int i = 0; i < 29; ++i) EXPECT_FALSE(sign_in("nobody", "wrong wrong wrong").ok());
  for (int i = 0; i < 3; ++i) EXPECT_EQ(code_of(sign_in("clerk")), "signed in");
}

TEST_P(SessionTest, a_session_is_over_after_twelve_hours) {
  const auto token = sign_in("clerk")->token;
  wait(hours(12) - milliseconds(1));
  EXPECT_TRUE(found(token));
  sessions_.write_seen(connection());
  wait(milliseconds(1));
  EXPECT_FALSE(found(token));
  EXPECT_EQ(sessions_.find(connection(), token).refusals()[0].code, RefusalCode::session_expired);
}

TEST_P(SessionTest, staying_signed_in_lasts_thirty_days_used_or_not) {
  const auto signed_in =
      sign_in(SignIn{"clerk", std::string(secret), std::string(address), "", true});
  ASSERT_TRUE(signed_in.ok());
  EXPECT_EQ(signed_in->expires, later(clock_.now(), hours(30 * 24)));
  wait(hours(30 * 24) - minutes(1));
  EXPECT_TRUE(found(signed_in->token));
  wait(minutes(1));
  EXPECT_FALSE(found(signed_in->token));
}

TEST_P(SessionTest, when_it_was_seen_is_written_once_a_minute_and_not_by_reading) {
  const auto token = sign_in("clerk")->token;
  const Instant begun = clock_.now();
  const auto last_seen = [&] {
    return connection().query("select last_seen from session")[0].instant(0);
  };
  wait(milliseconds(59'999));
  EXPECT_TRUE(found(token));
  sessions_.write_seen(connection());
  EXPECT_EQ(last_seen(), begun);
  wait(milliseconds(1));
  EXPECT_TRUE(found(token));
  EXPECT_EQ(last_seen(), begun);
  sessions_.write_seen(connection());
  EXPECT_EQ(last_seen(), clock_.now());
}

TEST_P(SessionTest, a_new_session_ends_the_browser_s_old_one) {
  const auto old = sign_in("clerk")->token;
  const auto other = sign_in("clerk")->token;
  const auto fresh_one =
      sign_in(SignIn{"clerk", std::string(secret), std::string(address), old, false})->token;
  EXPECT_FALSE(found(old));
  EXPECT_TRUE(found(other));
  EXPECT_TRUE(found(fresh_one));
}

TEST_P(SessionTest, signing_out_ends_this_session_alone) {
  const auto one = sign_in("clerk")->token;
  const auto other = sign_in("clerk")->token;
  sessions_.sign_out(connection(), one, address);
  EXPECT_FALSE(found(one));
  EXPECT_TRUE(found(other));
  sessions_.sign_out(connection(), "nothing", address);
}

TEST_P(SessionTest, a_disabled_account_has_no_session) {
  const auto token = sign_in("clerk")->token;
  connection().execute("update account set disabled_at = 5 where id = ?1", {clerk});
  EXPECT_FALSE(found(token));
}

TEST_P(SessionTest, what_is_over_is_deleted_and_the_rest_is_kept) {
  const auto first = sign_in("clerk")->token;
  fail("nobody", 1);
  wait(hours(180 * 24));
  const auto second = sign_in("clerk")->token;
  fail("nobody", 1);
  sessions_.purge(connection());
  EXPECT_EQ(count("session"), 1);
  EXPECT_EQ(count("sign_in_failure"), 1);
  EXPECT_EQ(count("security_log"), 4);
  wait(milliseconds(1));
  sessions_.purge(connection());
  EXPECT_TRUE(found(second));
  EXPECT_EQ(count("security_log"), 2);
  wait(minutes(15));
  sessions_.purge(connection());
  EXPECT_EQ(count("sign_in_failure"), 0);
}

TEST_P(SessionTest, the_security_log_says_what_happened_without_personal_data) {
  const auto token = sign_in("clerk")->token;
  wait(minutes(1));
  fail("clerk", 1);
  wait(minutes(1));
  fail("nobody", 1);
  wait(minutes(1));
  sessions_.sign_out(connection(), token, address);
  wait(minutes(1));
  sessions_.log_denied(connection(), clerk, "GET /units/{id} unit_read u7", "");

  const auto log = security_log(connection(), {}, 50);
  ASSERT_EQ(log.size(), 5U);
  const std::vector<std::string> events = {"denied", "signed_out", "sign_in_failed",
                                           "sign_in_failed", "signed_in"};
  for (std::size_t i = 0; i < log.size(); ++i) EXPECT_EQ(log[i].event, events[i]);
  EXPECT_EQ(log[0].detail, "GET /units/{id} unit_read u7");
  EXPECT_EQ(log[0].peer, "");
  EXPECT_EQ(log[2].account, std::nullopt);
  EXPECT_EQ(log[3].account, clerk);
  EXPECT_EQ(log[3].peer, log[4].peer);
  EXPECT_EQ(log[3].peer.size(), 16U);

  const auto page = security_log(connection(), LogPosition{log[1].at, log[1].id}, 2);
  ASSERT_EQ(page.size(), 2U);
  EXPECT_EQ(page[0].id, log[2].id);
  EXPECT_EQ(page[1].id, log[3].id);
}

}  // namespace
}  // namespace huilu::identity
