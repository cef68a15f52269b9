#include "document/commands.h"

#include "command/run.h"
#include "document/queries.h"
#include "document/testing.h"
#include "store/testing.h"

namespace huilu::document {
namespace {

using testing::replaced;

using Texts = std::vector<std::string>;

// Everybody may, but account 3.
class OpenGate : public command::Gate {
 public:
  std::unique_ptr<Question> ask(store::Connection&, AccountId account,
                                const command::Need& need) const override {
    return std::make_unique<Answered>(account != AccountId{3}, need.permission);
  }

 private:
  class Answered : public Question {
   public:
    Answered(bool yes, command::Permission permission) : yes_(yes), permission_(permission) {}
    Refusals answer(Date) const override {
      if (yes_) return {};
      return {{RefusalCode::not_permitted, "", std::string(command::word_of(permission_)), "", ""}};
    }

   private:
    bool yes_;
    command::Permission permission_;
  };
};

class ImportTest : public store::testing::DatabaseTest {
 protected:
  std::vector<store::Migration> migrations() const override {
    return store::testing::schema_of({"journal", "command", "document"});
  }

  void SetUp() override {
    DatabaseTest::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    connection_ = database().connect(store::Access::write);
    road_.emplace(database(), gate_, clock_);
  }

  store::Connection& connection() { return *connection_; }

  command::Outcome import(const std::string& text, AccountId who = {},
                          const std::string& name = "rules") {
    auto outcome = road_->run(
        std::make_unique<ImportDocument>(name, testing::split(text), std::vector<UnitId>()),
        {who, "", ""});
    EXPECT_EQ(outcome.fault, "");
    return outcome;
  }

  static std::int64_t version_in(const command::Outcome& outcome) {
    const Value* version = outcome.reply.body.find("version");
    return version == nullptr ? 0 : *version->integer();
  }

  Texts stored_ids() {
    Texts out;
    const auto stored = find_document(connection(), "rules");
    for (const StoredClause& clause : stored->clauses) out.push_back(clause.id);
    return out;
  }

  Texts damages() {
    Texts out;
    for (const journal::Damage& damage : verify(connection()))
      out.push_back(damage.table + " " + damage.id);
    return out;
  }

 private:
  SetClock clock_{Date::of(2026, 3, 5)};
  OpenGate gate_;
  std::unique_ptr<store::Connection> connection_;
  std::optional<command::Road> road_;
};

const std::string rules =
    "办法\n一、开放\n每年至少次讲座。\n二、借阅\n每人三册,不得转借。\n续借一次。\n";

TEST_P(ImportTest, the_same_again_makes_no_version) {
  const auto first = import(rules);
  EXPECT_EQ(first.reply.status, 201);
  const auto again = import(rules);
  EXPECT_EQ(again.reply.status, 200);
  EXPECT_EQ(version_in(again), 1);
  EXPECT_EQ(*again.reply.body.find("id"), *first.reply.body.find("id"));
  const auto gbk = import(encode(Encoding::gb18030, utf16(rules)));
  EXPECT_EQ(gbk.reply.status, 200) << "the same clauses in other bytes";
  EXPECT_TRUE(damages().empty());
}

TEST_P(ImportTest, a_corrected_copy_is_a_version_with_the_ids_that_were) {
  import(rules);
  const Texts before = stored_ids();
  const auto outcome = import(replaced(rules, "至少次", "至少两次"));
  EXPECT_EQ(version_in(outcome), 2);
  EXPECT_EQ(stored_ids(), before);
  const Value& filled = outcome.reply.body.find("filled")->list()->at(0);
  EXPECT_EQ(*filled.find("clause")->text(), "1.1");
  EXPECT_EQ(*filled.find("text")->text(), "两");
  ASSERT_EQ(documents(connection()).size(), 1u);
  EXPECT_EQ(documents(connection())[0].version, 2);
  EXPECT_TRUE(damages().empty());
}

TEST_P(ImportTest, an_id_is_never_given_to_another_clause) {
  import(rules);
  import(replaced(rules, "续借一次。\n", ""));
  import(replaced(rules, "续借一次。\n", "周末全天开放,方便学生自习。\n"));
  EXPECT_EQ(stored_ids(), (Texts{"1", "1.1", "2", "2.1", "2.2~2"}));
}

TEST_P(ImportTest, what_was_changed_quietly_is_found) {
  import(rules);
  connection().execute("update document_clause set content = '{}' where n = 2", {});
  EXPECT_EQ(damages(), Texts{"document_version n1.1"});
}

TEST_P(ImportTest, names_and_permission_are_asked_for) {
  EXPECT_EQ(import(rules, {}, " ").refusals.front().code, RefusalCode::field_required);
  EXPECT_EQ(import(rules, AccountId{3}).refusals.front().code, RefusalCode::not_permitted);
  EXPECT_TRUE(documents(connection()).empty());
}

INSTANTIATE_TEST_SUITE_P(On, ImportTest, store::testing::both_dialects(),
                         store::testing::name_of_dialect);

}  // namespace
}  // namespace huilu::document
