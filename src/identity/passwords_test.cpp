#include "identity/passwords.h"

#include <gtest/gtest.h>

#include <future>

#include "identity/rules.h"
#include "identity/throttle.h"

namespace huilu::identity {
namespace {

bool verified(Passwords& passwords, std::string password, std::string hash) {
  std::promise<bool> answer;
  passwords.verify(std::move(password), std::move(hash),
                   [&](Result<bool> fits) { answer.set_value(fits.value()); });
  return answer.get_future().get();
}

std::string weakness(std::string_view password, std::string_view name = "secretary") {
  const Refusals refusals = check_password(password, name);
  if (refusals.empty()) return "";
  EXPECT_EQ(refusals[0].where, "/password");
  EXPECT_EQ(refusals[0].got, "");  // never what was typed
  return refusals[0].expected;
}

TEST(PasswordRules, ask_for_twelve_characters_and_not_for_their_kinds) {
  EXPECT_EQ(weakness("elevenchars"), "12 to 256 characters");
  EXPECT_EQ(weakness("twelve chars"), "");
  EXPECT_EQ(weakness("春风得意马蹄疾一日看尽长"), "");
  EXPECT_EQ(weakness("春风得意马蹄疾一日看尽"), "12 to 256 characters");
  EXPECT_EQ(weakness(std::string(257, 'x')), "12 to 256 characters");
}

TEST(PasswordRules, refuse_the_commonest_however_they_are_written) {
  EXPECT_NE(weakness("password1234"), "");
  EXPECT_NE(weakness("PassWord1234"), "");
  EXPECT_NE(weakness("ｐａｓｓｗｏｒｄ１２３４"), "");
  EXPECT_NE(weakness("password 1234"), "");
  EXPECT_NE(weakness("aaaaaaaaaaaaaaaa"), "");
  EXPECT_NE(weakness("党党党党党党党党党党党党"), "");
  EXPECT_EQ(weakness("password1234 and more"), "");
}

TEST(PasswordRules, refuse_the_name_of_the_account) {
  EXPECT_EQ(weakness("Village-Clerk-7", "village-clerk-7"), "not the account's name");
  EXPECT_EQ(weakness("Village-Clerk-7", "somebody"), "");
}

TEST(PasswordRules, refuse_what_is_not_text) {
  EXPECT_EQ(check_password("\xff\xfe\xfd bytes bytes", "x")[0].code, RefusalCode::not_utf8);
}

TEST(Passwords, only_the_password_itself_fits_its_hash) {
  Passwords passwords;
  const auto hash = hash_password("a long enough one", "secretary");
  ASSERT_TRUE(hash.ok());
  EXPECT_TRUE(hash->text().starts_with("$argon2id$"));
  EXPECT_TRUE(verified(passwords, "a long enough one", hash->text()));
  EXPECT_FALSE(verified(passwords, "a long enough One", hash->text()));
  EXPECT_FALSE(verified(passwords, "", hash->text()));
  EXPECT_FALSE(verified(passwords, "a long enough one", "not a hash"));
}

TEST(Passwords, the_same_password_has_another_hash_each_time) {
  EXPECT_NE(hash_password("a long enough one", "x")->text(),
            hash_password("a long enough one", "x")->text());
}

TEST(Passwords, a_character_typed_in_two_ways_is_one) {
  Passwords passwords;
  const auto hash = hash_password("caf\u00e9 caf\u00e9 caf\u00e9", "x");
  EXPECT_TRUE(verified(passwords, "cafe\u0301 cafe\u0301 cafe\u0301", hash->text()));
}

TEST(Passwords, nobody_s_hash_fits_nothing) {
  Passwords passwords;
  EXPECT_FALSE(verified(passwords, "", ""));
  EXPECT_FALSE(verified(passwords, "a long enough one", ""));
}

TEST(Passwords, a_weak_password_is_refused_before_the_queue) {
  Passwords passwords(0);
  RefusalCode code{};
  passwords.hash("short", "x",
                 [&](Result<HashedPassword> hash) { code = hash.refusals()[0].code; });
  EXPECT_EQ(code, RefusalCode::password_weak);
}

TEST(Passwords, beyond_the_short_queue_there_are_too_many_requests) {
  Passwords passwords(1);
  std::promise<void> running;
  std::promise<void> go_on;
  std::promise<bool> queued;
  auto wait = go_on.get_future().share();
  passwords.verify("a", "", [&](Result<bool>) {
    running.set_value();
    wait.get();
  });
  running.get_future().get();  // the thread is busy, the queue empty
  passwords.verify("b", "", [&](Result<bool> fits) { queued.set_value(fits.ok()); });
  std::optional<RefusalCode> code;
  passwords.verify("c", "", [&](Result<bool> fits) { code = fits.refusals()[0].code; });
  EXPECT_EQ(code, RefusalCode::too_many_requests);
  code.reset();
  passwords.hash("a long enough one", "x",
                 [&](Result<HashedPassword> hash) { code = hash.refusals()[0].code; });
  EXPECT_EQ(code, RefusalCode::too_many_requests);
  go_on.set_value();
  EXPECT_TRUE(queued.get_future().get());
}

TEST(Passwords, what_is_queued_is_finished_before_the_end) {
  int finished = 0;
  {
    Passwords passwords;
    for (int i = 0; i < 3; ++i) passwords.verify("x", "", [&](Result<bool>) { ++finished; });
  }
  EXPECT_EQ(finished, 3);
}

TEST(Throttle, a_burst_is_free_and_then_one_an_interval) {
  Throttle throttle(3, std::chrono::seconds(10), 100);
  const Instant start{1'000'000};
  const auto after = [&](int seconds) { return Instant{start.ms + seconds * 1000}; };
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(throttle.take("a", start));
  EXPECT_FALSE(throttle.take("a", start));
  EXPECT_TRUE(throttle.take("b", start));
  EXPECT_FALSE(throttle.take("a", after(9)));
  EXPECT_TRUE(throttle.take("a", after(10)));
  EXPECT_FALSE(throttle.take("a", after(10)));
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(throttle.take("a", after(100)));
}

TEST(Throttle, a_success_gives_its_try_back) {
  Throttle throttle(2, std::chrono::seconds(10), 100);
  for (int i = 0; i < 50; ++i) {
    ASSERT_TRUE(throttle.take("office", Instant{1000}));
    throttle.give_back("office");
  }
}

TEST(Throttle, full_it_forgets_who_is_free_first) {
  Throttle throttle(2, std::chrono::seconds(10), 2);
  const Instant now{1'000'000};
  EXPECT_TRUE(throttle.take("often", now));
  EXPECT_TRUE(throttle.take("often", now));
  EXPECT_TRUE(throttle.take("once", now));
  EXPECT_TRUE(throttle.take("new", now));  // takes the place of "once"
  EXPECT_FALSE(throttle.take("often", now));
}

TEST(LockOut, five_failures_in_a_quarter_of_an_hour_lock_for_as_long) {
  const Instant start{10'000'000};
  const auto at = [&](int minutes) { return later(start, std::chrono::minutes(minutes)); };
  const Failures none{};
  EXPECT_FALSE(is_locked(none, start));
  EXPECT_FALSE(is_locked({at(4), at(3), at(2), at(1), Instant{}}, at(4)));
  const Failures five = {at(14), at(3), at(2), at(1), at(0)};
  EXPECT_TRUE(is_locked(five, at(14)));
  EXPECT_TRUE(is_locked(five, at(28)));
  EXPECT_FALSE(is_locked(five, at(29)));
  EXPECT_FALSE(is_locked({at(15), at(3), at(2), at(1), at(0)}, at(15)));
}

}  // namespace
}  // namespace huilu::identity
