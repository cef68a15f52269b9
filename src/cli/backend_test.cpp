#include "cli/backend.h"

#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <future>
#include <mutex>

#include "base/hash.h"
#include "cli/testing.h"
#include "identity/commands.h"
#include "store/watched.h"

namespace huilu::cli {
namespace {

using store::testing::Happening;
using store::testing::Moment;

// Writers wait until it is opened.
class Barrier {
 public:
  void pass(const Happening& happening) {
    if (happening.moment != Moment::beginning || happening.access != store::Access::write) return;
    std::unique_lock lock(mutex_);
    ++waiting_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return open_; });
    --waiting_;
  }
  void set_open(bool open) {
    const std::lock_guard lock(mutex_);
    open_ = open;
    changed_.notify_all();
  }
  void await_writer() {
    std::unique_lock lock(mutex_);
    ASSERT_TRUE(changed_.wait_for(lock, std::chrono::seconds(30), [this] { return waiting_ > 0; }));
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = true;
  int waiting_ = 0;
};

class BackendTest : public testing::OnBoth {
 protected:
  std::unique_ptr<Backend> backend() {
    BackendOptions options;
    options.location = location();
    return std::make_unique<Backend>(
        options, clock_,
        std::make_unique<store::testing::WatchedDatabase>(
            open_database(options.location),
            [this](const Happening& happening) { barrier_.pass(happening); }));
  }

  // An account with a bearer token; both as the API has them.
  static std::pair<std::string, std::string> account_of(Backend& backend) {
    identity::CreateAccount::Input account;
    account.name = account.display_name = "chen";
    const auto created =
        backend.installation().run(std::make_unique<identity::CreateAccount>(std::move(account)));
    const std::string id = *created.value().body.find("id")->text();
    const auto token = identity::make_token();
    const auto issued = backend.installation().run(std::make_unique<identity::IssueToken>(
        identity::IssueToken::Input{
            *AccountId::parse(id), "test", {backend.services().clock.today(), {}}, token.hash},
        identity::Whose::own));
    EXPECT_TRUE(issued.ok());
    return {id, token.raw};
  }

  SetClock clock_{Date::of(2026, 3, 2)};
  Barrier barrier_;
};

TEST_P(BackendTest, an_answer_that_comes_after_the_api_is_gone_reaches_whoever_asked) {
  const auto backend = this->backend();
  const auto [account, token] = account_of(*backend);
  auto api = std::make_unique<api::Api>(backend->services());
  barrier_.set_open(false);

  http::Request request;
  request.method = http::Method::post;
  request.path = "/api/v1/accounts/" + account + "/tokens";
  request.headers = {{"authorization", "Bearer " + token},
                     {"content-type", "application/json"},
                     {"idempotency-key", "a-key-of-sixteen-characters"}};
  request.body = R"({"name":"second"})";
  std::promise<http::Response> promise;
  api->handle(std::move(request),
              [&promise](http::Response response) { promise.set_value(std::move(response)); });
  barrier_.await_writer();
  api.reset();
  barrier_.set_open(true);

  const auto response = promise.get_future().get();
  EXPECT_EQ(response.status, 201) << response.body;
}

TEST_P(BackendTest, an_upload_that_was_cut_is_gone_after_the_next_start) {
  std::string cut;
  {
    const auto backend = this->backend();
    cut = backend->incoming() + "/huilu-body-cut";
    std::ofstream(cut) << "half of it";
  }
  const auto backend = this->backend();
  EXPECT_FALSE(std::filesystem::exists(cut));
}

INSTANTIATE_TEST_SUITE_P(On, BackendTest, store::testing::both_dialects(),
                         store::testing::name_of_dialect);

}  // namespace
}  // namespace huilu::cli
