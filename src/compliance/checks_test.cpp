// Checks on both databases: what is asked before a record is saved, by queries that read no table
// whole, and by two who enter at once.
#include "compliance/checks.h"

#include <algorithm>
#include <atomic>
#include <future>

#include "compliance/index_testing.h"
#include "store/explaining.h"

namespace huilu::compliance::testing {

namespace {

constexpr std::string_view registers = R"(
documents: {S0: {name: document}}
clauses: [{id: S0-1, doc: S0}]
record_types:
  point:
    title: 联系点
    lasts: true
    fields:
      holder: {title: 人, type: person}
      host: {title: 处, type: unit}
      from: {title: 起, type: date, required: true}
      until: {title: 止, type: date}
  visit:
    title: 走访
    plannable: true
    fields:
      point: {title: 点, type: ref, of: point}
      visitor: {title: 人, type: person}
checks:
  once:
    clause: S0-1
    title: 只一个
    before: {save: point}
    needs: {at_most: 1, of: {record: point, where: {host: $it.host}, active: $it.from}}
    otherwise: reason
    say: 已有:{others}
  branches_only:
    clause: S0-1
    title: 须是支部
    before: {save: point}
    needs: {holds: {host.type: branch, host.parent: {present: true}}}
    otherwise: refuse
  own_point:
    clause: S0-1
    title: 走访本人的点
    before: {save: visit}
    needs:
      at_most: 1
      of:
        record: visit
        where: {point: $it.point, point.holder: {ne: $it.visitor}}
    otherwise: warn
)";

class ChecksTest : public IndexTest {
 protected:
  std::string duties_here() const override { return std::string(registers); }

  std::string point(UnitId of, PersonId holder, UnitId host, const std::string& from,
                    const std::string& more = "") {
    return R"({"types":["trial/point"],"units":[")" + of.text() + R"("],"date":")" + from +
           R"(","fields":{"trial/point":{"holder":")" + holder.text() + R"(","host":")" +
           host.text() + R"(","from":")" + from + R"("}})" + more + "}";
  }
  std::string visit(RecordId point, PersonId visitor, const std::string& date) {
    return R"({"types":["trial/visit"],"units":[")" + east_.text() + R"("],"date":")" + date +
           R"(","fields":{"trial/visit":{"point":")" + point.text() + R"(","visitor":")" +
           visitor.text() + R"("}}})";
  }

  std::vector<record::FailedCheck> failed(const std::string& json) {
    const auto wanted = content(json);
    const auto loaded = checks_->load(connection(), wanted, nullptr);
    if (!loaded) return {};
    return loaded->failed(wanted, record::State::entered, day("2026-03-02"), clock_.now());
  }

  std::unique_ptr<command::Command> entering(const std::string& json) {
    return std::make_unique<record::EnterRecord>(*catalog_, content(json));
  }
};

TEST_P(ChecksTest, a_record_of_any_unit_is_seen_and_holders_are_named) {
  const auto zhang = person("张一"), li = person("李二");
  appoint(zhang, east_, "2021-01-01");
  const auto first = enter(point(east_, zhang, a_, "2026-01-10"));
  enter(point(east_, li, b_, "2026-01-11"));
  const auto found = failed(point(west_, li, a_, "2026-02-01"));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].address, "trial/once");
  EXPECT_EQ(found[0].says.in(policy::Language::zh_cn), "已有:东镇委 张一 2026-01-10");
  EXPECT_EQ(found[0].others, std::vector{first});
  const auto other = failed(point(west_, li, b_, "2026-02-01"));
  ASSERT_EQ(other.size(), 1U);
  EXPECT_EQ(other[0].says.in(policy::Language::zh_cn), "已有:东镇委 2026-01-11");
  EXPECT_TRUE(failed(point(west_, li, c_, "2026-02-01")).empty());
  take_back(first);
  EXPECT_TRUE(failed(point(west_, li, a_, "2026-02-01")).empty());
}

TEST_P(ChecksTest, units_and_references_are_followed) {
  const auto zhang = person("张一"), li = person("李二");
  const auto all = failed(point(west_, li, east_, "2026-02-01"));
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].address, "trial/branches_only");
  const auto held = enter(point(east_, zhang, a_, "2026-01-10"));
  EXPECT_TRUE(failed(visit(held, li, "2026-02-01")).empty());
  enter(visit(held, li, "2026-02-01"));
  EXPECT_EQ(failed(visit(held, li, "2026-02-02")).size(), 1U);
  EXPECT_TRUE(failed(visit(held, zhang, "2026-02-02")).empty());
}

TEST_P(ChecksTest, nothing_is_read_for_a_type_without_checks) {
  store::testing::Explaining watched(database().connect(store::Access::read));
  const auto wanted = content(R"({"types":["core/party_lecture"],"units":[")" + a_.text() +
                              R"("],"date":"2026-01-10","fields":{"core/party_lecture":{}}})");
  EXPECT_EQ(checks_->load(watched, wanted, nullptr), nullptr);
  EXPECT_EQ(watched.statements(), 0U);
  EXPECT_TRUE(checks_->keys(wanted).empty());
}

TEST_P(ChecksTest, no_record_is_looked_for_by_reading_a_table_whole) {
  const auto zhang = person("张一");
  enter(point(east_, zhang, a_, "2026-01-10"));
  store::testing::Explaining watched(database().connect(store::Access::read));
  checks_->load(watched, content(point(west_, zhang, a_, "2026-02-01")), nullptr);
  for (const std::string& scan : watched.scans())
    EXPECT_FALSE(scan.starts_with("record") || scan.starts_with("person") ||
                 scan.starts_with("unit") || scan.starts_with("tenure"))
        << scan;
}

TEST_P(ChecksTest, of_two_who_enter_at_once_one_is_asked) {
  const auto zhang = person("张一");
  EXPECT_EQ(checks_->keys(content(point(east_, zhang, a_, "2026-01-10"))),
            checks_->keys(content(point(west_, zhang, a_, "2026-01-11"))));
  constexpr int many = 8;
  std::atomic<int> entered = 0, asked = 0, left = many;
  std::promise<void> all;
  for (int i = 0; i < many; ++i)
    road_->submit(entering(point(i % 2 == 0 ? east_ : west_, zhang, a_, "2026-01-10")), {},
                  [&](command::Outcome outcome) {
                    if (outcome.refusals.empty())
                      ++entered;
                    else if (outcome.refusals[0].code == RefusalCode::check_reason_required)
                      ++asked;
                    if (--left == 0) all.set_value();
                  });
  all.get_future().wait();
  EXPECT_EQ(entered, 1);
  EXPECT_EQ(asked, many - 1);
}

TEST_P(ChecksTest, a_reason_is_kept_and_comes_back_from_the_rows) {
  const auto zhang = person("张一");
  enter(point(east_, zhang, a_, "2026-01-10"));
  const auto second = enter(point(west_, zhang, a_, "2026-01-11",
                                  R"(,"check_reasons":{"trial/once":"两级同抓","trial/x":"无"})"));
  const auto version = *record::version_of(connection(), second);
  EXPECT_EQ(version.content.check_reasons,
            (std::map<std::string, std::string>{{"trial/once", "两级同抓"}}));
}

INSTANTIATE_TEST_SUITE_P(On, ChecksTest, store::testing::both_dialects(),
                         store::testing::name_of_dialect);

}  // namespace

}  // namespace huilu::compliance::testing
