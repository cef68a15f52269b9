// Imports through the road on both databases: what they create, that the same file again changes
// nothing, that nothing is written when a cell is wrong, and which cell that is.
#include "org/import.h"

#include "org/paths.h"
#include "org/people_commands.h"
#include "org/places.h"
#include "org/queries.h"
#include "org/testing.h"

namespace huilu::org::testing {

namespace {

class ImportTest : public OrgTest {
 protected:
  ImportOptions options() const {
    ImportOptions options;
    options.date = day("2026-03-02");
    options.code_system = "local";
    options.place_system = "stats-2023";
    return options;
  }

  std::string header(const std::string& csv) {
    const auto command = make_unit_import(*read_csv(csv, "u.csv"), options(), words());
    return command.ok() ? "" : text_of(command.refusals());
  }

  CommandPtr units(const std::string& csv, const ImportOptions& with) {
    auto command = make_unit_import(*read_csv(csv, "u.csv"), with, words());
    EXPECT_TRUE(command.ok());
    return std::move(*command);
  }
  CommandPtr units(const std::string& csv) { return units(csv, options()); }

  CommandPtr people(const std::string& csv) {
    auto command = make_people_import(*read_csv(csv, "p.csv"), options(), words());
    EXPECT_TRUE(command.ok());
    return std::move(*command);
  }

  // "created/changed/unchanged"
  std::string counts(CommandPtr command) {
    const Value body = done(std::move(command));
    const auto number = [&](const char* key) {
      const Value* value = body.find(key);
      return value ? std::to_string(*value->integer()) : "?";
    };
    return number("created") + "/" + number("changed") + "/" + number("unchanged");
  }

  static std::string text_of(const Refusals& refusals) {
    std::string text;
    for (const auto& refusal : refusals) {
      text += std::string(text.empty() ? "" : "\n") + std::string(kind_of(refusal.code).name) +
              " " + refusal.where;
    }
    return text;
  }

  std::int64_t number(const std::string& sql) { return connection().query(sql)[0].integer(0); }

  UnitView unit(const char* code) {
    const auto view = unit_by_code(connection(), "local", code, day("2026-03-02"));
    EXPECT_TRUE(view) << code;
    return view.value_or(UnitView{});
  }

  void make_places() {
    const std::vector<PlaceFile> files = {
        {"provinces.csv", "code,name\n33,\"浙江省\"\n", 1},
        {"cities.csv", "code,name,provinceCode\n3301,\"杭州市\",33\n3302,\"市辖区\",33\n", 2}};
    const auto counts = import_places(*road_, files, "stats-2023");
    ASSERT_TRUE(counts.ok());
    EXPECT_EQ(counts->created, 3);
  }
};

INSTANTIATE_TEST_SUITE_P(On, ImportTest, store::testing::both_dialects(),
                         store::testing::name_of_dialect);

const std::string three_units =
    "单位代码,单位名称,类型,层级,上级代码,行政区划代码,单位序,成立日期,上线日期,标签\n"
    "03,丙支部,党支部,9,02,,,2024年1月5日,,\n"
    "01,县委,地方党委,县级,,3301,1,2020/1/1,2025-01-01,leadership\n"
    "02,乙党委,primary_committee,4,01,,2,2020-01-01,,a、b\n";

TEST_P(ImportTest, units_are_created_in_any_order_of_rows_and_a_second_time_nothing_happens) {
  make_places();
  EXPECT_EQ(counts(units(three_units)), "3/0/0");
  const UnitView branch = unit("03");
  EXPECT_EQ(branch.kind.type, "branch");
  EXPECT_EQ(branch.parent, unit("02").id);
  EXPECT_EQ(branch.span.from, day("2024-01-05"));
  EXPECT_EQ(branch.path,
            unit("01").path + label_of(unit("02").id.value) + label_of(branch.id.value));
  EXPECT_EQ(unit("01").kind.level, 3);
  EXPECT_EQ(unit("01").go_live, day("2025-01-01"));
  EXPECT_EQ(place_of(connection(), *unit("01").seat)->name, "杭州市");
  EXPECT_EQ(unit("02").kind.tags, (std::vector<std::string>{"a", "b"}));
  const auto entries = number("select count(*) from journal");
  EXPECT_EQ(counts(units(three_units)), "0/0/3");
  EXPECT_EQ(number("select count(*) from journal"), entries);
}

TEST_P(ImportTest, what_differs_is_changed_with_its_history) {
  make_places();
  done(units(three_units));
  const std::string changed =
      "code,name,type,level,parent,place\n"
      "02,乙区党委,primary_committee,4,01,33\n"
      "04,丁支部,branch,9,02,\n"
      "03,丙支部,branch,9,01,\n";
  EXPECT_EQ(counts(units(changed)), "1/2/0");
  EXPECT_EQ(counts(units(changed)), "0/0/3");
  EXPECT_EQ(unit("03").parent, unit("01").id);
  EXPECT_EQ(unit("03").path, unit("01").path + label_of(unit("03").id.value));
  EXPECT_EQ(unit_on(connection(), unit("03").id, day("2026-03-01"))->parent, unit("02").id);
  EXPECT_EQ(unit_on(connection(), unit("02").id, day("2026-03-01"))->name, "乙党委");
  EXPECT_EQ(unit("02").name, "乙区党委");
  EXPECT_EQ(unit("02").kind.tags, (std::vector<std::string>{"a", "b"}));  // had no column
  EXPECT_EQ(unit("02").official_order, 2);
  EXPECT_EQ(unit("02").version, 2);
}

TEST_P(ImportTest, units_may_change_places_in_one_file) {
  done(
      units("code,name,type,parent\n1,县委,local_committee,\n2,甲,primary_committee,1\n"
            "3,乙,primary_committee,2\n4,支部,branch,3\n"));
  EXPECT_EQ(counts(units("code,name,type,parent\n5,新,primary_committee,3\n"
                         "2,甲,primary_committee,5\n3,乙,primary_committee,1\n")),
            "1/2/0");
  EXPECT_EQ(unit("5").path,
            unit("1").path + label_of(unit("3").id.value) + label_of(unit("5").id.value));
  EXPECT_EQ(unit("2").path, unit("5").path + label_of(unit("2").id.value));
  EXPECT_EQ(unit("4").path, unit("3").path + label_of(unit("4").id.value));
}

TEST_P(ImportTest, every_fault_is_named_by_its_cell_and_nothing_is_written) {
  done(units("code,name,type\n1,县委,local_committee\n"));
  const auto units_before = number("select count(*) from unit");
  auto command = units(
      "code,name,type,level,rank,parent,place,official_order,from,go_live,tags\n"
      "2,,brnach,7,countty,99,77,x,2020-13-01,soon,Bad!\n"
      "3,又,branch,9,,1,,,,,\n"
      "3,又,branch,9,,1,,,,,\n"
      ",无代码,branch,9,,1,,,,,\n"
      "5,早,branch,9,,1,,,2019-01-01,,\n"
      "6,甲,primary_committee,9,,7,,,,,\n"
      "7,乙,primary_committee,9,,6,,,,,\n");
  EXPECT_EQ(refused(std::move(command)),
            "field_type u.csv:2:29\n"  // from
            "field_type u.csv:2:40\n"  // go_live
            "field_type u.csv:2:27\n"  // official_order
            "unknown_unit u.csv:2:21\n"
            "unknown_place u.csv:2:24\n"
            "field_required u.csv:2:1\n"  // an empty cell: the line
            "unknown_word u.csv:2:4\n"
            "field_range u.csv:2:11\n"
            "unknown_word u.csv:2:13\n"
            "unknown_word u.csv:2:45\n"
            "duplicate u.csv:4:1\n"
            "field_required u.csv:5:1\n"
            "date_order u.csv:6:15\n"
            "unit_cycle u.csv:7:26\n"
            "unit_cycle u.csv:8:26");
  EXPECT_EQ(number("select count(*) from unit"), units_before);
}

TEST_P(ImportTest, headings_are_mapped_or_refused) {
  EXPECT_EQ(header("code,name,type,colour\n1,a,b,c\n"), "import_column u.csv:1:16");
  EXPECT_EQ(header("code,name,name\n1,a,b\n"), "import_column u.csv:1:11\nimport_column u.csv:1:1");
  EXPECT_EQ(header("code,name,type\n"), "import_file u.csv");
  ImportOptions with = options();
  with.columns = {{"colour", "-"}, {"art", "type"}};
  EXPECT_EQ(counts(units("代碼,名稱,art,colour\n1,縣委,地方黨委,red\n", with)), "1/0/0");
  EXPECT_EQ(unit("1").kind.type, "local_committee");
}

TEST_P(ImportTest, a_dry_run_says_what_would_happen_and_writes_nothing) {
  ImportOptions with = options();
  with.run = Run::dry;
  EXPECT_EQ(counts(units("code,name,type\n1,县委,local_committee\n", with)), "1/0/0");
  EXPECT_EQ(number("select count(*) from unit"), 0);
  EXPECT_EQ(number("select count(*) from journal"), 0);
}

TEST_P(ImportTest, what_is_opened_for_a_branch_of_the_tree_stays_below_it) {
  done(
      units("code,name,type,parent\n1,市委,local_committee,\n2,甲县,local_committee,1\n"
            "3,乙县,local_committee,1\n4,支部,branch,3\n"));
  ImportOptions with = options();
  with.below = unit("2").id;
  EXPECT_EQ(counts(units("code,name,type,parent\n21,支部,branch,2\n22,支部,branch,21\n", with)),
            "2/0/0");
  EXPECT_EQ(refused(units("code,name,type,parent\n23,支部,branch,3\n4,支部,branch,2\n"
                          "24,根,branch,\n",
                          with)),
            "not_permitted u.csv:2:1\nnot_permitted u.csv:3:1\nnot_permitted u.csv:4:1");
}

TEST_P(ImportTest, only_so_many_faults_are_listed_and_all_are_counted) {
  std::string csv = "code,name,type\n";
  for (int i = 0; i < 1500; ++i) csv += std::to_string(i) + ",甲,nonsense\n";
  const auto outcome = run(units(csv));
  ASSERT_EQ(outcome.refusals.size(), 1001u);
  EXPECT_EQ(outcome.refusals.back().got, "1500");
}

TEST_P(ImportTest, members_are_matched_by_key_or_by_name_in_their_branch) {
  done(
      units("code,name,type,parent,from\n01,县委,local_committee,,2020-01-01\n"
            "02,乙支部,branch,01,2020-01-01\n03,丙支部,branch,01,2020-01-01\n"));
  const std::string csv =
      "姓名,支部代码,类别,转入日期,流动,编号\n"
      "张三,03,正式党员,2025-01-01,否,K1\n"
      "李四,03,预备党员,2025-06-01,是,\n";
  EXPECT_EQ(counts(people(csv)), "2/0/0");
  EXPECT_EQ(counts(people(csv)), "0/0/2");
  const std::string changed =
      "name,branch,kind,floating,key\n"
      "张叁,02,full_member,no,K1\n"
      "李四,03,full_member,yes,\n"
      "王五,02,,,\n";
  EXPECT_EQ(counts(people(changed)), "1/2/0");
  EXPECT_EQ(counts(people(changed)), "0/0/3");
  const auto roll = roll_of(connection(), unit("02").id, day("2026-03-02"), {});
  ASSERT_EQ(roll.items.size(), 2u);
  EXPECT_EQ(roll.items[1].name, "张叁");
  const auto before = roll_of(connection(), unit("03").id, day("2026-03-01"), {});
  ASSERT_EQ(before.items.size(), 2u);
  EXPECT_EQ(before.items[0].membership.kind, MembershipKind::probationary_member);
  EXPECT_EQ(number("select count(*) from person"), 3);
  EXPECT_EQ(refused(people("name,branch,kind,joined,floating,key\n"
                           "张叁,02,half,2026-02-30,perhaps,K1\n"
                           ",77,,,,\n"
                           "李四,03,,2020-01-01,,\n"
                           "王五,02,,,,\n"
                           "王五,02,,,,\n"
                           "赵六,01,,,,\n")),
            "field_type p.csv:2:23\n"  // floating
            "field_type p.csv:2:12\n"  // joined
            "unknown_word p.csv:2:7\n"
            "field_required p.csv:3:1\n"
            "unknown_unit p.csv:3:2\n"
            "field_range p.csv:4:8\n"
            "duplicate p.csv:6:1\n"
            "field_range p.csv:7:4");
}

TEST_P(ImportTest, places_come_level_by_level_and_only_differences_are_written) {
  make_places();
  const auto place = [&](const char* code) {
    return *place_by_code(connection(), "stats-2023", code);
  };
  EXPECT_EQ(place("3301").path, place("33").path + label_of(place("3301").id.value));
  EXPECT_TRUE(place("3302").pseudo);
  EXPECT_FALSE(place("3301").pseudo);
  const std::vector<PlaceFile> files = {
      {"provinces.csv", "code,name\n33,\"浙江省\"\n34,\"安徽省\"\n", 1},
      {"cities.csv", "code,name,provinceCode\n3301,\"杭州市\",34\n3302,\"宁波市\",33\n", 2}};
  auto counts = import_places(*road_, files, "stats-2023");
  ASSERT_TRUE(counts.ok());
  EXPECT_EQ(counts->created, 1);
  EXPECT_EQ(counts->changed, 2);
  EXPECT_EQ(counts->unchanged, 1);
  EXPECT_EQ(place("3301").path, place("34").path + label_of(place("3301").id.value));
  EXPECT_EQ(place("3302").name, "宁波市");
  counts = import_places(*road_, files, "stats-2023");
  EXPECT_EQ(counts->unchanged, 4);
  EXPECT_EQ(number("select count(*) from journal"), 4);
  const auto bad =
      import_places(*road_,
                    {{"provinces.csv", "code,name\n35,\"福建省\"\n", 1},
                     {"cities.csv", "code,name,provinceCode\n3501,\"福州市\",36\n", 2}},
                    "stats-2023");
  ASSERT_FALSE(bad.ok());
  EXPECT_EQ(text_of(bad.refusals()), "unknown_place cities.csv:2:1");
}

}  // namespace

}  // namespace huilu::org::testing
