#include "outbox/delivery.h"

#include <gtest/gtest.h>

#include <deque>
#include <map>

#include "base/seal.h"
#include "base/text.h"
#include "outbox/commands.h"
#include "outbox/queries.h"
#include "outbox/rules.h"
#include "outbox/write.h"
#include "store/testing.h"

namespace huilu::outbox {
namespace {

using courier::Outcome;
using courier::Receipt;

// A receiver that honours the key: it answers as it is told, and counts what it has by its key.
class Receiver : public courier::Courier {
 public:
  Receipt post(const courier::Post& post) override {
    std::map<std::string, std::string> headers(post.headers.begin(), post.headers.end());
    ++got[headers["Idempotency-Key"]];
    said.push_back(post.body);
    return next();
  }
  Receipt mail(const courier::Mail& mail) override {
    ++got[mail.to];
    said.push_back(mail.text);
    return next();
  }

  std::map<std::string, int> got;
  std::vector<std::string> said;
  std::deque<Receipt> answers;

 private:
  Receipt next() {
    if (answers.empty()) return {Outcome::delivered, "http_200"};
    const Receipt answer = answers.front();
    answers.pop_front();
    return answer;
  }
};

class DeliveryTest : public store::testing::DatabaseTest {
 protected:
  std::vector<store::Migration> migrations() const override {
    auto all = store::testing::schema_of({"journal", "command", "identity", "outbox"});
    all.push_back({900, "others",
                   "create table matter (id bigint primary key, due_key {text} not null){strict};"
                   "create table notice (id bigint primary key, account bigint not null, "
                   "release_at bigint not null){strict};"});
    return all;
  }

  void SetUp() override {
    DatabaseTest::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    connection_ = database().connect(store::Access::write);
    setup_.link = "https://huilu.example";
    setup_.key = std::string(seal_key_bytes, 'k');
    setup_.mail = MailServer{"smtps://mail.example", "h@mail.example", "", "", ""};
    setup_.webhook = Webhook{"https://bridge.example", "a secret of some length", ""};
    setup_.tries_max = 3;
    for (int id = 1; id <= 4; ++id) {
      connection().execute(
          "insert into account (id, name, display_name, kind, created_at, version, seq, "
          "latest_seq) values (?1, ?2, '陈一', 'person', 1, 1, 1, 1)",
          {id, "a" + std::to_string(id)});
    }
  }

  store::Connection& connection() { return *connection_; }

  void choose(AccountId account, Channel channel, bool confirmed = true) {
    const std::string address =
        base64url(sealed(setup_.key, account.text() + "@example.cn", account.text()));
    connection().execute(
        "insert into delivery_choice (account, channel, digest, notices, language, address, "
        "confirmed_at, code_tries, code_sent_at, version, seq, confirmed_seq) "
        "values (?1, ?2, 1, 1, 'zh-CN', ?3, ?4, 0, 5, 1, 1, ?4)",
        {account, word_of(channel), address, confirmed ? store::Param(7) : store::Param()});
  }

  NewMessage message(AccountId account, std::string key, Channel channel = Channel::webhook,
                     Kind kind = Kind::digest) {
    return {account, std::move(key), kind, channel, 2, Date::of(2026, 3, 9), clock_.now()};
  }
  void insert(const std::vector<NewMessage>& all) {
    insert_messages(connection(), all, clock_.now());
    connection().flush();
  }

  Delivery delivery(Receiver& receiver) {
    return {database(), setup_, receiver, clock_, [this](Instant) { return is_open_; }, gauges_};
  }
  void pass(std::int64_t ms) { clock_.set({clock_.now().ms + ms}); }
  std::string standing() {
    std::string out;
    const auto page = messages(connection(), {});
    for (const auto& one : page->items)
      out += std::string(out.empty() ? "" : ", ") + std::string(word_of(one.state)) + " " +
             std::to_string(one.tries) + " " + one.reason;
    return out;
  }

  SetClock clock_{Date::of(2026, 3, 5)};
  outbox::Setup setup_;
  Gauges gauges_;
  bool is_open_ = true;

 private:
  std::unique_ptr<store::Connection> connection_;
};

INSTANTIATE_TEST_SUITE_P(On, DeliveryTest, store::testing::both_dialects(),
                         store::testing::name_of_dialect);

TEST_P(DeliveryTest, each_is_sent_once_and_a_second_one_under_its_key_is_none) {
  choose(AccountId{1}, Channel::webhook);
  insert({message(AccountId{1}, "digest 2026-03-05"), message(AccountId{1}, "digest 2026-03-05")});
  insert({message(AccountId{1}, "digest 2026-03-05")});
  Receiver receiver;
  auto work = delivery(receiver);
  EXPECT_TRUE(work.deliver_one(connection()));
  EXPECT_FALSE(work.deliver_one(connection()));
  EXPECT_EQ(standing(), "delivered 1 http_200");
  EXPECT_EQ(receiver.got.size(), 1U);
  EXPECT_EQ(gauges_.delivered.load(), 1U);
}

TEST_P(DeliveryTest, an_unknown_answer_is_asked_for_again_under_the_same_key) {
  choose(AccountId{1}, Channel::webhook);
  insert({message(AccountId{1}, "digest 2026-03-05")});
  Receiver receiver;
  receiver.answers = {{Outcome::unknown, "timeout"}};
  auto work = delivery(receiver);
  EXPECT_TRUE(work.deliver_one(connection()));
  EXPECT_EQ(standing(), "waiting 1 timeout");
  EXPECT_FALSE(work.deliver_one(connection()));  // not yet
  pass(40'000);
  EXPECT_TRUE(work.deliver_one(connection()));
  EXPECT_EQ(standing(), "delivered 2 http_200");
  ASSERT_EQ(receiver.got.size(), 1U);
  EXPECT_EQ(receiver.got.begin()->second, 2);
}

TEST_P(DeliveryTest, what_a_process_had_when_it_died_is_due_again_by_itself) {
  choose(AccountId{1}, Channel::webhook);
  insert({message(AccountId{1}, "digest 2026-03-05")});
  const Instant until{clock_.now().ms + claim_time(setup_).count()};
  const auto lost = claim(connection(), clock_.now(), until, true);
  ASSERT_TRUE(lost);
  EXPECT_EQ(standing(), "waiting 1 unanswered");
  Receiver receiver;
  auto work = delivery(receiver);
  EXPECT_FALSE(work.deliver_one(connection()));
  pass(claim_time(setup_).count());
  EXPECT_TRUE(work.deliver_one(connection()));
  EXPECT_EQ(standing(), "delivered 2 http_200");
  EXPECT_EQ(receiver.got.begin()->first, idempotency_key_of(lost->id));
  // The one that was thought dead says so too late.
  put_back(connection(), *lost, clock_.now(), "timeout");
  settle(connection(), *lost, State::dead, clock_.now(), "timeout");
  EXPECT_EQ(standing(), "delivered 2 http_200");
}

TEST_P(DeliveryTest, two_connections_never_have_the_same_message) {
  choose(AccountId{1}, Channel::webhook);
  std::vector<NewMessage> many;
  for (int i = 0; i < 40; ++i) many.push_back(message(AccountId{1}, "digest " + std::to_string(i)));
  insert(many);
  std::mutex mutex;
  std::map<MessageId, int> taken;
  const auto take = [&] {
    const auto own = database().connect(store::Access::write);
    const Instant until{clock_.now().ms + 60'000};
    while (const auto one = claim(*own, clock_.now(), until, true)) {
      const std::lock_guard lock(mutex);
      ++taken[one->id];
    }
  };
  std::thread first(take), second(take);
  first.join();
  second.join();
  EXPECT_EQ(taken.size(), 40U);
  for (const auto& [id, times] : taken) EXPECT_EQ(times, 1);
}

TEST_P(DeliveryTest, after_the_last_try_and_what_is_refused_is_dead_with_its_reason) {
  choose(AccountId{1}, Channel::webhook);
  insert({message(AccountId{1}, "digest 2026-03-05")});
  Receiver receiver;
  receiver.answers = {{Outcome::failed, "http_503"},
                      {Outcome::failed, "no_connection"},
                      {Outcome::failed, "http_503"},
                      {Outcome::refused, "http_410"}};
  auto work = delivery(receiver);
  for (int i = 0; i < 3; ++i) {
    EXPECT_TRUE(work.deliver_one(connection()));
    pass(200'000);
  }
  EXPECT_EQ(standing(), "dead 3 http_503");
  EXPECT_FALSE(work.deliver_one(connection()));
  connection().execute("delete from outbox");
  insert({message(AccountId{1}, "digest 2026-03-06")});
  EXPECT_TRUE(work.deliver_one(connection()));
  EXPECT_EQ(standing(), "dead 1 http_410");
  EXPECT_EQ(gauges_.failed.load(), 4U);
  EXPECT_EQ(how_much_waits(connection()).dead, 1);
}

TEST_P(DeliveryTest, out_of_hours_only_codes_and_tests_are_sent) {
  choose(AccountId{1}, Channel::mail, false);
  choose(AccountId{2}, Channel::webhook);
  insert({message(AccountId{2}, "digest 2026-03-05"),
          message(AccountId{1}, "code 5", Channel::mail, Kind::code)});
  is_open_ = false;
  Receiver receiver;
  auto work = delivery(receiver);
  EXPECT_TRUE(work.deliver_one(connection()));
  EXPECT_FALSE(work.deliver_one(connection()));
  EXPECT_EQ(receiver.got, (std::map<std::string, int>{{"a1@example.cn", 1}}));
  is_open_ = true;
  EXPECT_TRUE(work.deliver_one(connection()));
  EXPECT_EQ(receiver.got.size(), 2U);
}

TEST_P(DeliveryTest, nobody_is_sent_what_he_does_not_want_any_more) {
  choose(AccountId{1}, Channel::mail);
  choose(AccountId{2}, Channel::mail, false);
  choose(AccountId{3}, Channel::webhook);
  for (int id = 1; id <= 4; ++id)
    insert({message(AccountId{id}, "digest 2026-03-05", Channel::mail)});
  connection().execute("update delivery_choice set digest = 0 where account = 1");
  connection().execute("update account set disabled_at = 1 where id = 4");
  Receiver receiver;
  auto work = delivery(receiver);
  while (work.deliver_one(connection())) {
  }
  EXPECT_TRUE(receiver.got.empty());
  const auto page = messages(connection(), {});
  EXPECT_EQ(page->items.size(), 4U);
  for (const auto& one : page->items) {
    EXPECT_EQ(one.state, State::dropped);
    EXPECT_EQ(one.reason, one.account == AccountId{1} || one.account == AccountId{3}
                              ? "not_wanted"
                              : "no_recipient");
  }
}

TEST_P(DeliveryTest, no_name_and_no_address_stands_in_a_table_or_goes_over_the_bridge) {
  choose(AccountId{1}, Channel::webhook);
  insert({message(AccountId{1}, "digest 2026-03-05")});
  Receiver receiver;
  auto work = delivery(receiver);
  EXPECT_TRUE(work.deliver_one(connection()));
  ASSERT_EQ(receiver.said.size(), 1U);
  EXPECT_EQ(receiver.said[0].find("example.cn"), std::string::npos);
  EXPECT_EQ(receiver.said[0].find("陈一"), std::string::npos);
  EXPECT_TRUE(
      connection().query("select 1 from delivery_choice where address = 'a1@example.cn'").empty());
  const auto row = connection().query("select address from delivery_choice where account = 1");
  EXPECT_EQ(row[0].text(0).find("example"), std::string::npos);
}

TEST_P(DeliveryTest, a_sealed_address_that_another_key_made_is_told) {
  choose(AccountId{1}, Channel::mail);
  insert({message(AccountId{1}, "digest 2026-03-05", Channel::mail)});
  setup_.key = std::string(seal_key_bytes, 'x');
  Receiver receiver;
  auto work = delivery(receiver);
  EXPECT_TRUE(work.deliver_one(connection()));
  EXPECT_EQ(standing(), "dead 1 sealed_by_another_key");
}

TEST_P(DeliveryTest, what_is_told_at_once_makes_one_message_for_whoever_wants_it) {
  choose(AccountId{1}, Channel::webhook);
  choose(AccountId{2}, Channel::mail, false);
  connection().execute(
      "insert into matter (id, due_key) values (5, '2026-03-20'), (6, '~'), "
      "(7, '2026-03-12')");
  const auto told = [&](AccountId account, std::int64_t matter) {
    return notice::ToldAtOnce{account, MatterId{matter}, clock_.now()};
  };
  write_notices(connection(), setup_,
                {told(AccountId{1}, 5), told(AccountId{1}, 6), told(AccountId{1}, 7),
                 told(AccountId{2}, 5), told(AccountId{3}, 5)},
                118, clock_.now());
  const auto rows = connection().query("select account, key, things, nearest from outbox");
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].integer(0), 1);
  EXPECT_EQ(rows[0].text(1), "notice 118");
  EXPECT_EQ(rows[0].integer(2), 3);
  EXPECT_EQ(rows[0].text(3), "2026-03-12");
}

TEST_P(DeliveryTest, a_digest_is_made_once_a_day_and_only_of_something_new) {
  choose(AccountId{1}, Channel::webhook);
  const Date day = Zone{}.date_of(clock_.now());
  const Choice choice = *choice_of(connection(), AccountId{1});
  const auto digest = [&](Date today, Agenda agenda) {
    const auto last = last_digest(connection(), AccountId{1}, today, clock_.now());
    const auto made = digest_of(AccountId{1}, choice, agenda, last, today, clock_.now());
    if (made) write_digests(connection(), {*made}, clock_.now());
    return made.has_value();
  };
  const Agenda two{2, day + 4};
  EXPECT_EQ(digest_accounts(connection(), AccountId{}, 10), std::vector<AccountId>{AccountId{1}});
  EXPECT_FALSE(digest(day, {0, {}}));
  EXPECT_TRUE(digest(day, two));
  EXPECT_FALSE(digest(day, {5, day + 1}));  // today's is made
  pass(24 * 3600 * 1000);
  EXPECT_FALSE(digest(day + 1, two));  // nothing new
  EXPECT_FALSE(digest(day + 1, {1, day + 4}));
  EXPECT_TRUE(digest(day + 1, {3, day + 4}));
  // The one that was not sent is not sent any more.
  EXPECT_EQ(standing(), "waiting 0 , dropped 0 superseded");
  pass(24 * 3600 * 1000);
  connection().execute("insert into notice (id, account, release_at) values (1, 1, ?1)",
                       {Instant{clock_.now().ms - 1}});
  EXPECT_TRUE(digest(day + 2, {3, day + 4}));  // something was told
}

}  // namespace
}  // namespace huilu::outbox
