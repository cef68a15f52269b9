// For tests: an empty installation in which plans of the demo are carried out, on a day that stands
// still.
#pragma once

#include <fstream>
#include <functional>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "campaign/queries.h"
#include "demo/carry_out.h"
#include "demo/plan.h"
#include "enactment/queries.h"
#include "exemption/queries.h"
#include "identity/gate.h"
#include "journal/journal.h"
#include "org/verify.h"
#include "policy/shipped.h"
#include "record/commands.h"
#include "record/queries.h"
#include "round/queries.h"
#include "store/testing.h"

namespace huilu::demo::testing {

inline const Instant made = at_time(Date::of(2026, 11, 22), 10 * 60 + 31, 7);

inline std::string read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class GroundTest : public store::testing::DatabaseTest {
 protected:
  std::vector<store::Migration> migrations() const override {
    return store::testing::schema_of({"journal", "command", "identity", "org", "record",
                                      "enactment", "campaign", "exemption", "document", "matter",
                                      "ballot", "round"});
  }

  void SetUp() override {
    DatabaseTest::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    packs_ = policy::shipped_packs();
    road_.emplace(database(), gate_, clock_);
    const auto registered = road_->run(std::make_unique<record::RegisterRecordTypes>(packs_), {});
    ASSERT_TRUE(registered.refusals.empty());
    connection_ = database().connect(store::Access::read);
    catalog_.emplace(packs_, *connection_);
  }
  void TearDown() override { road_.reset(); }

  Ground ground() {
    return {database(), *road_,         *catalog_,   packs_, packs_.front().vocabulary,
            clock_,     folder_.path(), at_week_end_};
  }

  // Throws when anything is refused on the way.
  Made carried_out(const Plan& plan) {
    return carry_out(plan, Places::of_the_plan, ground(), [](Stage, std::int64_t, std::int64_t) {});
  }

  void expect_sound() {
    const auto journal = journal::verify(*connection_);
    EXPECT_GT(journal.entries, 0);
    for (const auto& damage : journal.damages) ADD_FAILURE() << damage.table << ' ' << damage.what;
    for (const auto& damages : {enactment::verify(*connection_), campaign::verify(*connection_),
                                exemption::verify(*connection_), round::verify(*connection_)}) {
      for (const auto& damage : damages) {
        ADD_FAILURE() << damage.table << ' ' << damage.id << ' ' << damage.what;
      }
    }
    for (const auto& damage : record::verify(*connection_, *catalog_, folder_.path() + "/files")) {
      ADD_FAILURE() << damage.table << ' ' << damage.id << ' ' << damage.what;
    }
    for (const auto& damage : org::verify(*connection_)) {
      ADD_FAILURE() << damage.table << ' ' << damage.id << ' ' << damage.what;
    }
  }

  store::testing::TemporaryFolder folder_;
  identity::IdentityGate gate_;
  HistoryClock clock_{made};
  std::function<void()> at_week_end_;
  std::vector<policy::Pack> packs_;
  std::optional<command::Road> road_;
  std::unique_ptr<store::Connection> connection_;
  std::optional<record::Catalog> catalog_;
};

}  // namespace huilu::demo::testing
