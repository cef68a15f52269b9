// Verification: rows as the commands and imports leave them fit the journal; a row that was changed
// behind its back does not.
#include "org/verify.h"

#include "org/import.h"
#include "org/people_commands.h"
#include "org/testing.h"

namespace huilu::org::testing {

namespace {

class VerifyTest : public OrgTest {
 protected:
  void SetUp() override {
    OrgTest::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    const UnitId root = create("县委");
    branch_ = create("支部", root, "branch");
    done(make_command(RenameUnit{branch_, 1, "一支部", day("2025-01-01")}));
    move(branch_, root_of_second(), day("2025-06-01"));
    done(make_command(CreatePerson{"李二", "K1"}));
    ImportOptions options;
    options.date = day("2025-01-01");
    options.code_system = "local";
    const std::string units = "code,name,type\n1,甲,branch\n2,乙,branch\n";
    done(make_unit_import(*read_csv(units, "u.csv"), options, words()).value());
    const std::string people = "name,branch,key\n张三,1,K2\n李四,2,K3\n";
    done(make_people_import(*read_csv(people, "p.csv"), options, words()).value());
    const Value post = done(
        make_command(CreatePost{branch_, "secretary", "书记", {}, day("2025-01-01")}, words()));
    done(make_command(StartTenure{*PostId::parse(*post.find("post")->text()), branch_, person(),
                                  Holding::regular, day("2025-01-01")}));
    done(make_command(StartEmployment{person(), branch_, day("2025-01-01")}));
  }

  UnitId root_of_second() { return create("第二县委"); }
  PersonId person() { return connection().query("select min(id) from person")[0].id<PersonId>(0); }

  // Damages after a change that no command made.
  std::string after(const std::string& sql) {
    const auto writer = database().connect(store::Access::write);
    store::Transaction transaction(*writer, store::Access::write);
    EXPECT_GT(writer->execute(sql), 0) << sql;
    std::string text;
    for (const auto& damage : verify(*writer)) {
      text += (text.empty() ? "" : "; ") + damage.table + ": " + damage.what;
    }
    return text;
  }

  UnitId branch_;
};

INSTANTIATE_TEST_SUITE_P(On, VerifyTest, store::testing::both_dialects(),
                         store::testing::name_of_dialect);

TEST_P(VerifyTest, what_the_road_has_written_is_sound) {
  EXPECT_TRUE(verify(connection()).empty());
}

TEST_P(VerifyTest, what_was_changed_behind_the_journal_is_found) {
  const std::string unit = "unit: content ≠ journal";
  EXPECT_EQ(after("update unit_name set name = 'x' where from_date = '2025-01-01' and unit = " +
                  std::to_string(branch_.value)),
            unit);
  EXPECT_EQ(after("update unit_parent set from_date = '2025-06-02' where from_date = '2025-06-01'"),
            unit);
  EXPECT_EQ(after("delete from unit_kind where unit = " + std::to_string(branch_.value)), unit);
  EXPECT_EQ(after("update person set name = '王五' where external_key = 'K1'"),
            "person: name ≠ journal");
  EXPECT_EQ(after("update person set external_key = 'K9' where external_key = 'K3'"),
            "person: external_key ≠ journal");
  EXPECT_EQ(after("update membership set from_date = '2024-01-01'"),
            "membership: content ≠ journal; membership: content ≠ journal");
  EXPECT_EQ(after("update employment set until_date = '2026-01-01'"),
            "employment: content ≠ journal");
  EXPECT_EQ(after("update post set title = 'x'"), "post: content ≠ journal");
  EXPECT_EQ(after("update tenure set acting = 1"), "tenure: content ≠ journal");
  EXPECT_EQ(after("update unit set path = 'vvvvvvv' where path = (select max(path) from unit)"),
            "unit: path ≠ parent's path + label");
}

TEST_P(VerifyTest, names_of_one_import_that_change_places_are_found) {
  EXPECT_EQ(after("update person set name = case name when '张三' then '李四' else '张三' end "
                  "where external_key in ('K2', 'K3')"),
            "person: name ≠ journal; person: name ≠ journal");
}

}  // namespace

}  // namespace huilu::org::testing
