#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <random>

#include "policy/pack.h"
#include "record/queries.h"
#include "record/rules.h"
#include "record/tables.h"
#include "store/testing.h"

namespace huilu::record {
namespace {

constexpr int units = 12;

policy::Pack pack_of_two_types() {
  std::string labels = "title: x\n";
  for (const std::string path : {"record_types.meeting.title", "record_types.report.title",
                                 "record_types.report.fields.held.title"}) {
    labels += path + ": x\n";
  }
  auto pack = policy::load_pack({{"pack.yaml",
                                  "schema: policypack/2\npack: test\nversion: \"1.0.0\"\n"
                                  "status: in_use\nin_force: {from: 2000-01-01}\n"
                                  "timezone: Asia/Shanghai\n"},
                                 {"records.yaml",
                                  "record_types:\n"
                                  "  meeting: {fields: {}}\n"
                                  "  report:\n"
                                  "    when: held\n"
                                  "    fields:\n"
                                  "      held: {type: date}\n"},
                                 {"i18n/zh-CN.yaml", labels},
                                 {"i18n/zh-TW.yaml", labels},
                                 {"i18n/en.yaml", labels}});
  if (!pack.ok()) {
    for (const auto& finding : pack.refusals()) {
      ADD_FAILURE() << kind_of(finding.code).name << " " << finding.where << " " << finding.expected
                    << " " << finding.got;
    }
    std::abort();
  }
  return std::move(*pack);
}

std::mt19937_64 seeded() {
  const char* given = std::getenv("HUILU_SEED");
  const std::uint64_t seed = given ? std::strtoull(given, nullptr, 10) : std::random_device{}();
  std::cout << "HUILU_SEED=" << seed << "\n";
  return std::mt19937_64(seed);
}

// Of org's table the list needs two columns. Unit n hangs below unit n / 3.
class ListTest : public store::testing::DatabaseTest {
 protected:
  std::vector<store::Migration> migrations() const override {
    auto all = store::testing::schema_of({"journal", "record"});
    all.push_back({9999, "units",
                   "create table unit (id bigint primary key, path {text} not null unique)"
                   "{strict};"});
    return all;
  }

  void SetUp() override {
    DatabaseTest::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    connection_ = database().connect(store::Access::write);
    for (int unit = 1; unit <= units; ++unit) {
      connection_->execute("insert into unit (id, path) values (?1, ?2)", {unit, path_of(unit)});
    }
    for (int type = 1; type <= 2; ++type) {
      connection_->execute("insert into record_type (id, name, seq) values (?1, ?2, 1)",
                           {type, type == 1 ? "test/meeting" : "test/report"});
    }
    catalog_ = std::make_unique<Catalog>(packs_, *connection_);
  }

  static std::string path_of(int unit) {
    const std::string own = "000000" + std::string(1, static_cast<char>('a' + unit));
    return unit / 3 == 0 ? own : path_of(unit / 3) + own;
  }

  void enter(std::int64_t id, Content content) {
    store::RowBuffer rows;
    const auto committed = committed_form(content, State::entered, "", *catalog_);
    rows.insert(record_table, {id, 1, "entered"});
    insert_version(
        rows, {RecordId{id}, 1, State::entered, content.date, Instant{1}, AccountId{}, "", 1, 1},
        committed);
    insert_facts(rows, RecordId{id}, facts_of(content, *catalog_), State::entered, Instant{1});
    store::Transaction transaction(*connection_, store::Access::write);
    rows.write_to(*connection_);
    transaction.commit();
    entered_.emplace_back(id, std::move(content));
  }

  Content random_content(std::mt19937_64& random) const {
    const auto pick = [&](int most) { return static_cast<int>(random() % (most + 1)); };
    Content content;
    if (pick(2) > 0) content.types.emplace_back("test/meeting");
    if (content.types.empty() || pick(2) > 0) content.types.emplace_back("test/report");
    for (int count = pick(2); count >= 0; --count) {
      const UnitId unit{pick(units - 1) + 1};
      if (std::find(content.units.begin(), content.units.end(), unit) == content.units.end()) {
        content.units.push_back(unit);
      }
    }
    content.date = Date::of(2026, 1, 1) + pick(20);
    content.fields = Value::object({});
    if (content.types.back() == "test/report") {
      const Date held = Date::of(2026, 1, 1) + pick(20);
      content.fields = Value::object({{"test/report", Value::object({{"held", held.text()}})}});
    }
    return content;
  }

  // What the list has to be: records by the latest of their facts that fit.
  std::vector<RecordId> naive(const Filter& filter) const {
    std::vector<std::pair<Date, std::int64_t>> found;
    for (const auto& [id, content] : entered_) {
      std::optional<Date> latest;
      for (const Fact& fact : facts_of(content, *catalog_)) {
        const bool here = filter.unit
                              ? fact.unit == *filter.unit
                              : path_of(static_cast<int>(fact.unit.value)).starts_with(filter.path);
        if (!here || (filter.type && *filter.type != fact.type)) continue;
        if (filter.from && fact.counts_on < *filter.from) continue;
        if (filter.until && fact.counts_on >= *filter.until) continue;
        if (!latest || *latest < fact.counts_on) latest = fact.counts_on;
      }
      if (latest) found.emplace_back(*latest, id);
    }
    std::sort(found.rbegin(), found.rend());
    std::vector<RecordId> records;
    for (const auto& [day, id] : found) records.push_back(RecordId{id});
    return records;
  }

  std::vector<RecordId> paged(Filter filter, const Walk& walk) const {
    std::vector<RecordId> records;
    do {
      const auto page = list(*connection_, *catalog_, filter, walk);
      for (const auto& item : page.value().items) records.push_back(item.record);
      EXPECT_LE(page.value().items.size(), static_cast<std::size_t>(filter.limit));
      filter.cursor = page.value().next_cursor;
    } while (!filter.cursor.empty());
    return records;
  }

  std::vector<policy::Pack> packs_ = {pack_of_two_types()};
  std::unique_ptr<store::Connection> connection_;
  std::unique_ptr<Catalog> catalog_;
  std::vector<std::pair<std::int64_t, Content>> entered_;
};

TEST_P(ListTest, the_pages_of_any_list_are_all_its_records_once_in_order) {
  auto random = seeded();
  for (std::int64_t id = 1; id <= 60; ++id) enter(id, random_content(random));
  const auto pick = [&](int most) { return static_cast<int>(random() % (most + 1)); };
  for (int round = 0; round < 60; ++round) {
    Filter filter;
    const int unit = pick(units - 1) + 1;
    if (pick(3) == 0) {
      filter.unit = UnitId{unit};
    } else {
      filter.path = path_of(unit);
    }
    if (pick(2) == 0) filter.type = pick(1) + 1;
    if (pick(2) == 0) filter.from = Date::of(2026, 1, 1) + pick(10);
    if (pick(2) == 0) filter.until = Date::of(2026, 1, 8) + pick(14);
    filter.limit = pick(9) + 1;
    const Walk walk{pick(6) + 1, pick(1) == 0 ? pick(30) : 40'000};
    EXPECT_EQ(paged(filter, walk), naive(filter)) << "round " << round;
  }
}

TEST_P(ListTest, a_cursor_of_somebody_else_is_refused) {
  Filter filter;
  filter.cursor = "yesterday.r5";
  const auto page = list(*connection_, *catalog_, filter);
  ASSERT_FALSE(page.ok());
  EXPECT_EQ(page.refusals().front().code, RefusalCode::field_type);
}

INSTANTIATE_TEST_SUITE_P(On, ListTest, store::testing::both_dialects(),
                         store::testing::name_of_dialect);

}  // namespace
}  // namespace huilu::record
