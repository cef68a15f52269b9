// Facts from the tables on both databases: everything that belongs to some units, by plans that
// read no table whole.
#include "compliance/load_facts.h"

#include <algorithm>

#include "compliance/testing.h"
#include "store/explaining.h"

namespace huilu::compliance::testing {

namespace {

// A register of contact points, and visits that name one of them.
std::vector<policy::PackFile> contact_pack() {
  std::string labels = "title: T\n";
  for (const char* path :
       {"contact_point", "contact_point.fields.holder", "contact_point.fields.from",
        "contact_point.fields.until", "contact_point.fields.host", "contact_visit",
        "contact_visit.fields.visitor", "contact_visit.fields.point"}) {
    labels += "record_types." + std::string(path) + ".title: T\n";
  }
  return {{"pack.yaml",
           "schema: policypack/2\npack: trial\nversion: \"1.0.0\"\nstatus: draft\ntitle: 试\n"
           "in_force: {from: 2020-01-01, until: null}\ntimezone: Asia/Shanghai\n"},
          {"records.yaml",
           "record_types:\n"
           "  contact_point:\n"
           "    title: 联系点\n"
           "    lasts: true\n"
           "    fields:\n"
           "      holder: {type: person, title: 人}\n"
           "      from: {type: date, required: true, title: 起}\n"
           "      until: {type: date, title: 止}\n"
           "      host: {type: unit, title: 处}\n"
           "  contact_visit:\n"
           "    title: 走访\n"
           "    fields:\n"
           "      visitor: {type: person, title: 人}\n"
           "      point: {type: ref, of: contact_point, title: 点}\n"},
          {"i18n/zh-TW.yaml", labels},
          {"i18n/en.yaml", labels}};
}

class LoadFactsTest : public ComplianceTest {
 protected:
  void SetUp() override {
    ComplianceTest::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    use_pack(contact_pack());
    root_ = create("县委");
    town_ = create("镇委", root_);
    a_ = branch("甲支部", town_);
    b_ = branch("乙支部", town_);
  }

  obligation::Facts facts_of(const std::vector<UnitId>& units, Names names = Names::left_out) {
    obligation::Facts facts;
    load_units(connection(), units, names, facts);
    return facts;
  }

  std::string lecture(UnitId unit, const char* date, const std::string& present = "") {
    return R"({"types":["core/party_lecture"],"units":[")" + unit.text() + R"("],"date":")" + date +
           R"(","present":[)" + present + R"(],"fields":{"core/party_lecture":{"topic":"党课"}}})";
  }
  static std::string quoted(PersonId person) { return '"' + person.text() + '"'; }

  UnitId root_, town_, a_, b_;
};

std::string ids_of(const obligation::Facts& facts) {
  std::string out;
  for (const auto& [id, record] : facts.records) out += id.text() + " ";
  return out;
}

TEST_P(LoadFactsTest, a_unit_comes_with_all_above_it_and_their_histories) {
  move(a_, root_, day("2026-02-01"));
  const auto facts = facts_of({a_});
  ASSERT_EQ(facts.units.size(), 3U);
  const auto& unit = facts.units.at(a_);
  EXPECT_EQ(unit.name, "甲支部");
  EXPECT_EQ(unit.span.from, day("2020-01-01"));
  ASSERT_EQ(unit.parents.size(), 2U);
  EXPECT_EQ(**obligation::value_on(unit.parents, day("2026-01-31")), town_);
  EXPECT_EQ(**obligation::value_on(unit.parents, day("2026-02-01")), root_);
  EXPECT_EQ(obligation::value_on(unit.kinds, day("2026-01-01"))->type, "branch");
  EXPECT_EQ(facts.units.at(root_).parents.size(), 1U);
  EXPECT_FALSE(facts.units.contains(b_));
}

TEST_P(LoadFactsTest, a_record_comes_with_every_version_and_what_it_said) {
  const auto member = person("林一");
  join(member, a_, "2020-01-01");
  const auto record = enter(lecture(a_, "2026-01-10", quoted(member)));
  correct(record, lecture(a_, "2026-01-11"));
  const auto facts = facts_of({a_});
  const auto& found = facts.records.at(record);
  ASSERT_EQ(found.versions.size(), 2U);
  EXPECT_EQ(found.versions[0].date, day("2026-01-10"));
  EXPECT_EQ(found.versions[0].present, std::vector{member});
  EXPECT_EQ(found.versions[0].types, std::vector<std::string>{"core/party_lecture"});
  EXPECT_EQ(*found.versions[0].fields.find("core/party_lecture")->find("topic"), Value("党课"));
  EXPECT_EQ(found.versions[1].date, day("2026-01-11"));
  EXPECT_TRUE(found.versions[1].present.empty());
  EXPECT_LE(found.versions[0].at, found.versions[1].at);
}

TEST_P(LoadFactsTest, a_unit_still_finds_what_was_taken_from_it) {
  const auto moved = enter(lecture(a_, "2026-01-10"));
  const auto voided = enter(lecture(a_, "2026-01-12"));
  correct(moved, lecture(b_, "2026-01-10"));
  take_back(voided);
  const auto facts = facts_of({a_});
  EXPECT_EQ(ids_of(facts), moved.text() + " " + voided.text() + " ");
  EXPECT_EQ(facts.records.at(moved).versions.back().units, std::vector{b_});
  EXPECT_EQ(facts.records.at(voided).versions.back().state, obligation::RecordState::void_);
  EXPECT_EQ(ids_of(facts_of({b_})), moved.text() + " ");
}

TEST_P(LoadFactsTest, a_plan_is_a_plan) {
  const auto plan = enter(lecture(a_, "2026-12-01"));
  EXPECT_EQ(facts_of({a_}).records.at(plan).versions.back().state,
            obligation::RecordState::planned);
}

TEST_P(LoadFactsTest, a_member_brings_what_names_him_elsewhere) {
  const auto member = person("林一");
  join(member, a_, "2020-01-01");
  const auto elsewhere = enter(lecture(b_, "2026-01-10", quoted(member)));
  enter(lecture(b_, "2026-01-11"));
  EXPECT_EQ(ids_of(facts_of({a_})), elsewhere.text() + " ");
}

TEST_P(LoadFactsTest, a_member_is_found_where_he_was_is_and_is_a_guest) {
  const auto far = create("外县委");
  const auto host = branch("外支部", far);
  const auto member = person("林一");
  join(member, a_, "2020-01-01", host);
  for (const auto unit : {a_, host}) {
    const auto facts = facts_of({unit});
    ASSERT_EQ(facts.memberships.size(), 1U) << unit.text();
    EXPECT_EQ(facts.memberships[0].person, member);
    EXPECT_EQ(facts.memberships[0].unit, a_);
    EXPECT_EQ(facts.memberships[0].host, host);
    EXPECT_TRUE(facts.memberships[0].floating);
    EXPECT_TRUE(facts.units.contains(far)) << "the host with those above it";
    EXPECT_TRUE(facts.units.contains(root_)) << "the home with those above it";
  }
  EXPECT_EQ(units_of(connection(), {{}, {}, member}), (std::vector{a_, host}));
  EXPECT_TRUE(facts_of({b_}).memberships.empty());
}

TEST_P(LoadFactsTest, a_post_comes_with_its_holder_and_his_other_posts) {
  const auto leader = person("周书记");
  const auto here = appoint(leader, a_, "2025-01-01");
  const auto there = appoint(leader, town_, "2025-06-01", "deputy_secretary");
  const auto facts = facts_of({a_});
  ASSERT_EQ(facts.tenures.size(), 2U);
  EXPECT_EQ(facts.tenures[0].id, here);
  EXPECT_EQ(facts.tenures[0].kind, "secretary");
  EXPECT_EQ(facts.tenures[0].unit, a_);
  EXPECT_EQ(facts.tenures[0].person, leader);
  EXPECT_EQ(facts.tenures[1].id, there);
  EXPECT_EQ(units_of(connection(), {{}, there, {}}), std::vector{town_});
  EXPECT_EQ(units_of(connection(), {{}, TenureId{999}, {}}), std::vector<UnitId>());
}

TEST_P(LoadFactsTest, what_a_record_refers_to_comes_too) {
  const auto leader = person("周书记");
  appoint(leader, a_, "2025-01-01");
  const auto point =
      enter(R"({"types":["trial/contact_point"],"units":[")" + b_.text() +
            R"("],"date":"2025-01-10","fields":{"trial/contact_point":{"from":"2025-01-10"}}})");
  const auto visit = enter(R"({"types":["trial/contact_visit"],"units":[")" + b_.text() +
                           R"("],"date":"2026-01-10","fields":{"trial/contact_visit":{"visitor":)" +
                           quoted(leader) + R"(,"point":")" + point.text() + R"("}}})");
  const auto facts = facts_of({a_});
  EXPECT_EQ(ids_of(facts), point.text() + " " + visit.text() + " ");
  EXPECT_TRUE(facts.units.contains(b_)) << "conditions may ask for the unit of a record";
}

TEST_P(LoadFactsTest, a_unit_that_only_a_field_names_finds_the_record) {
  const auto point = enter(
      R"({"types":["trial/contact_point"],"units":[")" + b_.text() +
      R"("],"date":"2025-01-10","fields":{"trial/contact_point":{"from":"2025-01-10","host":)" +
      '"' + a_.text() + R"("}}})");
  const auto visit = enter(R"({"types":["trial/contact_visit"],"units":[")" + b_.text() +
                           R"("],"date":"2026-01-10","fields":{"trial/contact_visit":{"point":")" +
                           point.text() + R"("}}})");
  EXPECT_EQ(ids_of(facts_of({a_})), point.text() + " " + visit.text() + " ");
  take_back(visit);
  EXPECT_EQ(ids_of(facts_of({a_})), point.text() + " " + visit.text() + " ") << "to tell why not";
  EXPECT_EQ(ids_of(facts_of({town_})), "");
}

TEST_P(LoadFactsTest, names_come_only_where_they_are_asked_for) {
  const auto member = person("林一");
  join(member, a_, "2020-01-01");
  EXPECT_TRUE(facts_of({a_}).persons.empty());
  EXPECT_EQ(facts_of({a_}, Names::loaded).persons.at(member), "林一");
}

TEST_P(LoadFactsTest, units_that_come_twice_are_there_once) {
  const auto member = person("林一");
  join(member, a_, "2020-01-01", b_);
  appoint(member, a_, "2025-01-01");
  const auto record = enter(lecture(a_, "2026-01-10", quoted(member)));
  correct(record, lecture(a_, "2026-01-11", quoted(member)));
  obligation::Facts twice;
  for (const auto unit : {a_, b_, a_}) load_units(connection(), {unit}, Names::loaded, twice);
  EXPECT_EQ(twice.memberships.size(), 1U);
  EXPECT_EQ(twice.tenures.size(), 1U);
  EXPECT_EQ(twice.records.at(record).versions.size(), 2U);
  for (const auto& [id, unit] : twice.units) {
    EXPECT_EQ(unit.kinds.size(), 1U) << unit.name;
    EXPECT_EQ(unit.parents.size(), 1U) << unit.name;
  }
}

TEST_P(LoadFactsTest, more_units_than_one_statement_holds_are_the_same_as_one_by_one) {
  std::vector<UnitId> units;
  for (int i = 0; i < 150; ++i) units.push_back(branch("支部" + std::to_string(i), town_));
  for (const auto unit : {units.front(), units.back()}) enter(lecture(unit, "2026-01-10"));
  obligation::Facts one_by_one;
  for (const auto unit : units) load_units(connection(), {unit}, Names::left_out, one_by_one);
  const auto together = facts_of(units);
  EXPECT_EQ(together.units.size(), 152U);
  EXPECT_EQ(together.records.size(), 2U);
  EXPECT_EQ(ids_of(one_by_one), ids_of(together));
  for (const auto& [id, unit] : together.units) {
    EXPECT_EQ(unit.parents.size(), 1U);
    EXPECT_EQ(unit.name, one_by_one.units.at(id).name);
  }
  obligation::Facts everything;
  load_everything(connection(), everything);
  EXPECT_EQ(everything.units.size(), 154U);
}

TEST_P(LoadFactsTest, reads_no_table_whole_and_as_many_statements_for_many_as_for_one) {
  const auto member = person("林一");
  join(member, a_, "2020-01-01");
  appoint(member, b_, "2025-01-01");
  enter(lecture(a_, "2026-01-10", quoted(member)));
  store::testing::Explaining one(database().connect(store::Access::read));
  obligation::Facts facts;
  load_units(one, {a_}, Names::loaded, facts);
  units_of(one, {{}, {}, member});
  EXPECT_EQ(one.scans(), std::vector<std::string>());
  store::testing::Explaining many(database().connect(store::Access::read));
  load_units(many, {a_, b_, town_, root_}, Names::loaded, facts);
  units_of(many, {{}, {}, member});
  EXPECT_EQ(many.statements(), one.statements());
  EXPECT_LE(one.statements(), 15U);
}

TEST_P(LoadFactsTest, a_plan_that_reads_a_table_whole_is_told) {
  store::testing::Explaining whole(database().connect(store::Access::read));
  whole.query("select record from record_version v where v.date = ?1", {"2026-01-10"});
  EXPECT_EQ(whole.scans().size(), 1U);
  whole.query("select count(*) from record_unit", {});
  EXPECT_EQ(whole.scans().size(), 2U);
  whole.query("select name from unit where id = ?1", {a_});
  EXPECT_EQ(whole.scans().size(), 2U);
}

INSTANTIATE_TEST_SUITE_P(On, LoadFactsTest, store::testing::both_dialects(),
                         store::testing::name_of_dialect);

}  // namespace

}  // namespace huilu::compliance::testing
