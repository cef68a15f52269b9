#include "policy/sentence.h"

#include <gtest/gtest.h>

#include "policy/phrases.h"
#include "policy/testing.h"

namespace huilu::policy {
namespace {

std::string text_of(const std::vector<ReadDeclaration>& declarations) {
  std::string text;
  for (const ReadDeclaration& one : declarations) text += one.address + "  " + one.text + "\n";
  return text;
}

constexpr std::string_view worked_example =
    "trial  政策包“试”第 1.0.0 版，2019-01-01 起。\n"
    "trial/contact_visits  S0-6.3、S0-6.6 每年深入联系点：班子成员（所在单位的类型为地方"
    "党委或政府，且所在单位的级别不低于县处级），当期任职满 90 天（假定）的，每年“联系点"
    "走访”（走访人为本人）至少 2 次（2021 年起，假定）、3 次（2024 年起，决定），同一日期"
    "只计一次，须联系点的联系领导为本人，否则不计：不是本人的联系点；当期内完成，当期末日"
    "后 5 个工作日（假定）内录入；截止前 60 天起提醒；无记录按 0 计；当期中途开始的按天数"
    "折算，向下取整，至少 1；因长期病假、抽调承担应急任务或其他原因可免，由所在单位的上级"
    "单位批准。\n"
    "trial/visits_per_year  S0-6.6 “每年走访次数”：暂无取值（2019 年起，number missing in"
    " seed）、2 次（2021 年起，假定，number missing in seed）、3 次（2024 年起，决定，inv"
    "ented for this example）；以当期首日的取值为准，须在 2026-12-31 前复核。\n"
    "trial/entry_grace  S0-6.6 “补录期限”：5 个工作日（假定）；以当期末日的取值为准。\n"
    "trial/min_days_in_post  S0-6.3 “最短任职时间”：90 天（假定）；以当期首日的取值为准。"
    "\n"
    "trial/contact_point  S0-6.3、S0-6.5 “基层联系点”登记联系领导（必填）、联系单位（必填"
    "）、起（必填）、止；有起止日期，为名册；联系领导、联系单位、起全部相同的视为同一条。"
    "\n"
    "trial/contact_visit  S0-6.6 “联系点走访”登记时段、走访人（必填）、联系点（必填、选自"
    "“基层联系点”）、目的、附件；可先列入计划，计划不计入；走访人、联系点、日期、时段全部"
    "相同的视为同一条。\n";

TEST(Sentence, the_worked_example_is_read_in_chinese) {
  const auto loaded = testing::load_trial(testing::contact_points);
  ASSERT_TRUE(loaded.ok()) << testing::lines(loaded.refusals());
  EXPECT_EQ(text_of(read_aloud(*loaded, {core_pack()}, Language::zh_cn)), worked_example);
}

constexpr std::string_view assumed_of_worked_example =
    "trial/visits_per_year  “每年走访次数”：2 次（2021 年起，假定）；影响：“每年深入联系"
    "点”\n"
    "trial/entry_grace  “补录期限”：5 个工作日（假定）；影响：“每年深入联系点”\n"
    "trial/min_days_in_post  “最短任职时间”：90 天（假定）；影响：“每年深入联系点”\n";

TEST(Sentence, assumed_values_are_told_with_what_they_decide) {
  const auto loaded = testing::load_trial(testing::contact_points);
  ASSERT_TRUE(loaded.ok()) << testing::lines(loaded.refusals());
  EXPECT_EQ(text_of(read_assumed(*loaded, {core_pack()}, Language::zh_cn)),
            assumed_of_worked_example);
}

TEST(Sentence, a_note_is_said_as_translated_and_otherwise_as_written) {
  auto files = testing::trial(testing::contact_points, {core_pack()});
  files.back().bytes += "params.visits_per_year.values.0.note: the text has lost its digits\n";
  const auto loaded = load_pack(files, {core_pack()});
  ASSERT_TRUE(loaded.ok()) << testing::lines(loaded.refusals());
  const Label& first = loaded->find_parameter("visits_per_year")->values.at(0).note;
  EXPECT_EQ(first.in(Language::en), "the text has lost its digits");
  EXPECT_EQ(first.in(Language::zh_tw), "number missing in seed");
  EXPECT_EQ(loaded->find_parameter("visits_per_year")->values.at(1).note.in(Language::en),
            "number missing in seed");
  files.back().bytes += "params.visits_per_year.values.7.note: of no value\n";
  const auto wrong = load_pack(files, {core_pack()});
  ASSERT_FALSE(wrong.ok());
  EXPECT_NE(testing::lines(wrong.refusals()).find("values.7.note"), std::string::npos);
}

TEST(Sentence, a_pack_gives_its_tags_titles) {
  const std::string duty =
      "documents: {S0: {name: document-000}}\nclauses: [{id: S0-1, doc: S0}]\n"
      "tags: [rural]\nobligations:\n  duty: {title: 任务, clause: S0-1, every: year, missing: "
      "unknown,"
      " who: {unit: {tags: {has: rural}}}, needs: {at_least: 1, of: {record: visit}}}\n";
  auto files = testing::trial(duty, {core_pack()});
  const auto loaded = load_pack(files, {core_pack()});
  ASSERT_TRUE(loaded.ok()) << testing::lines(loaded.refusals());
  const std::string read =
      sentence(loaded->obligations.at(0), *loaded, {core_pack()}, Language::zh_cn);
  EXPECT_NE(read.find("标签含“tags.rural”"), std::string::npos) << read;
}

TEST(Sentence, the_examples_of_the_page_are_read_in_english) {
  auto files = testing::page_examples(HUILU_SOURCE_DIR "/docs/pack-language.md");
  testing::add_labels(files, {core_pack()});
  const auto loaded = load_pack(files, {core_pack()});
  ASSERT_TRUE(loaded.ok()) << testing::lines(loaded.refusals());
  EXPECT_EQ(text_of(read_aloud(*loaded, {core_pack()}, Language::en)),
            testing::bytes_of(HUILU_SOURCE_DIR "/tests/fixtures/read_page.txt"));
}

const std::vector<Pack>& packs() {
  static const std::vector<Pack> all = {core_pack()};
  return all;
}

constexpr std::string_view surroundings = R"(
documents: {S0: {name: document-000}}
clauses: [{id: S0-1, doc: S0}]
params:
  limit:
    {title: 限, type: int, clause: S0-1, bind: period_start,
     values: [{from: 2019-01-01, value: 3, basis: seed}]}
  topics:
    {title: 题, type: list, clause: S0-1, bind: period_start,
     values: [{from: 2019-01-01, value: [{id: a, title: 甲}, {id: b, title: 乙}], basis: decision}]}
obligations:
)";

Result<Pack> pack_of(const std::string& needs, const std::string& more = "") {
  return testing::load_trial(
      std::string(surroundings) +
          "  duty: {title: 任务, clause: S0-1, who: {unit: {type: branch}}, every: year, missing: "
          "unknown, needs: " +
          needs + more + "}\n",
      packs());
}

std::string needs_in_chinese(const std::string& needs) {
  const auto loaded = pack_of(needs);
  if (!loaded) return testing::lines(loaded.refusals());
  return Phrases(*loaded, packs(), Language::zh_cn)
      .test(loaded->obligations[0].needs, subject_of(BearerKind::unit));
}

struct Said {
  std::string_view written;
  std::string_view chinese;
};

TEST(Sentence, every_comparison_has_words) {
  const std::vector<Said> table = {
      {"visit, where: {unit: $bearer, visited: [household, firm]}",
       "“走访联系群众”（单位为本单位，且走访对象（类别）为住户或企业）至少 1 次"},
      {"visit, where: {visited: {ne: household}, problem_heard: true}",
       "“走访联系群众”（走访对象（类别）不为住户，且听到了问题为是）至少 1 次"},
      {"visit, where: {unit.type: [branch, joint_branch], unit.rank: {lt: county}}",
       "“走访联系群众”（单位的类型为党支部或联合党支部，且单位的级别低于县处级）至少 1 次"},
      {"volunteer_service, where: {hours: {ge: 1.5, lt: 8}}",
       "“志愿服务”（服务时长（小时）不小于 1.5，且服务时长（小时）小于 8）至少 1 次"},
      {"volunteer_service, where: {hours: {le: 8, gt: {param: limit}}}",
       "“志愿服务”（服务时长（小时）不大于 8，且服务时长（小时）大于 3（原文））至少 1 次"},
      {"volunteer_service, where: {hours: {between: [1, 2]}}",
       "“志愿服务”（服务时长（小时）在 1 至 2 之间）至少 1 次"},
      {"visit, where: {date: {ge: {after: period_start, by: {months: 1}}, lt: 2030-01-01}}",
       "“走访联系群众”（日期不早于当期首日后 1 个月，且日期早于 2030-01-01）至少 1 次"},
      {"visit, where: {date: {le: period_end, gt: {before: period_end, by: {workdays: 1}}}}",
       "“走访联系群众”（日期不晚于当期末日，且日期晚于当期末日前 1 个工作日）至少 1 次"},
      {"party_lecture, where: {lecturer: {present: true}, place: {present: false}}",
       "“党课”（填有讲课人，且未填地点）至少 1 次"},
      {"theme_party_day, where: {activities: {has: study}, present: {size: {ge: 3}}}",
       "“主题党日”（活动内容含学习，且参加人的数量不小于 3）至少 1 次"},
      {"theme_party_day, where: {activities: {has_all: [study, discussion], none: other}}",
       "“主题党日”（活动内容含学习和讨论，且活动内容中没有一项为其他）至少 1 次"},
      {"theme_party_day, where: {activities: {first: study, last: other, some: other}}",
       "“主题党日”（活动内容的第一项为学习，活动内容的最后一项为其他，且活动内容中有一项为其他）至"
       "少 1 次"},
      {"theme_party_day, where: {activities: {all: study}, place: about}",
       "“主题党日”（活动内容的每一项为学习，且地点为“about”）至少 1 次"},
      {"visit, where: {unit: {within: $bearer}, unit.parent: $bearer.parent}",
       "“走访联系群众”（单位属于本单位及其下级，且单位的上级单位为本单位的上级单位）至少 1 次"},
      {"visit, where: {place: {param: topics}}", "“走访联系群众”（地点为甲、乙（决定））至少 1 次"},
      {"visit, where: {any_of: [{visited: firm}, {place: a, code: b}]}",
       "“走访联系群众”（（走访对象（类别）为企业或（地点为“a”，且编号（不写姓名）为“b”）））至少 1 "
       "次"},
      {"visit, where: {unit.tags: {has: leadership}}",
       "“走访联系群众”（单位的标签含“设领导班子”）至少 1 次"},
      {"visit, where: {unit.tags: {has: rural}}", "“走访联系群众”（单位的标签含“rural”）至少 1 次"},
      {"visit, where: {not: {problem_heard: false}}",
       "“走访联系群众”（不符合（听到了问题为否））至少 1 次"},
      {"visit, during: {from: 2019-01-01, until: period_end}",
       "2019-01-01 至当期末日的“走访联系群众”至少 1 次"},
  };
  for (const auto& [written, chinese] : table)
    EXPECT_EQ(needs_in_chinese("{at_least: 1, of: {record: " + std::string(written) + "}}"),
              chinese)
        << written;
}

TEST(Sentence, every_test_has_words) {
  const std::vector<Said> table = {
      {"{at_most: 3, of: {record: volunteer_service}, sum: hours}",
       "“志愿服务”的服务时长（小时）合计至多 3"},
      {"{exactly: {param: limit}, of: {record: visit}, distinct: visited}",
       "“走访联系群众”恰好 3 次（原文），同一走访对象（类别）只计一次"},
      {"{at_least: 0.8, of: {record: visit}, share: {problem_heard: true}}",
       "“走访联系群众”中听到了问题为是的占至少 80%"},
      {"{holds: {rank: {ge: county}}}", "须级别不低于县处级"},
      {"{at_least: 1, of: {record: [visit, party_lecture, good_deed]}}",
       "“走访联系群众”、“党课”或“办实事”至少 1 次"},
      {"{all_of: [{at_least: 1, of: {record: visit}}, {any_of: [{at_most: 2, of: {record: "
       "party_lecture}}]}]}",
       "以下各项全部达到（1）“走访联系群众”至少 1 次（2）以下任意一项达到（1）“党课”至多 2 次"},
  };
  for (const auto& [written, chinese] : table)
    EXPECT_EQ(needs_in_chinese(std::string(written)), chinese) << written;
}

// Of a duty with `more` among its keys, from the first semicolon on.
std::string rules_in(Language language, const std::string& more) {
  const auto loaded = pack_of("{at_least: 1, of: {record: visit}}", ", " + more);
  if (!loaded) return testing::lines(loaded.refusals());
  const std::string text = sentence(loaded->obligations[0], *loaded, packs(), language);
  const std::string semicolon = "；";
  return text.substr(text.find(semicolon) + semicolon.size());
}

TEST(Sentence, every_rule_of_a_duty_has_words) {
  const std::vector<Said> table = {
      {"due: {from: 2019-03-01, act: {month_day: 01-31, of: next}, after_act: too_late}",
       "自 2019-03-01 起可办；不迟于次年 1 月 31 日完成；逾期完成的不计；无记录视为数据不足。"},
      {"due: {act: 2020-01-31, enter: {before: period_end, by: {days: 1}}, after_act: counts_late}",
       "不迟于 2020-01-31 完成，不迟于当期末日前 1 "
       "天录入；逾期完成的记为逾期完成；无记录视为数据不足。"},
      {"due: {act: {after: $bearer.from, by: {years: 1}}}",
       "本单位的成立日后 1 年内完成；无记录视为数据不足。"},
      {"first_period: full, visible: {names: self, counts: public}",
       "当期内完成；无记录视为数据不足；首个不完整的期按整期要求；名单限本人可见，数字限公众可见"
       "。"},
      {"first_period: pro_rata, pro_rata: {round: ceil}",
       "当期内完成；无记录视为数据不足；首个不完整的期按天数折算；当期中途开始的按天数折算，向上取"
       "整，至少 0。"},
      {"defer: {reasons: [election], approver: unit.parent, at_most: {months: 3}}",
       "当期内完成；无记录视为数据不足；因换届可延期，至多 3 个月，由上级单位批准。"},
      {"defer: {reasons: [election, other], approver: parent}",
       "当期内完成；无记录视为数据不足；因换届或其他原因可延期，由上级单位批准。"},
  };
  for (const auto& [written, chinese] : table)
    EXPECT_EQ(rules_in(Language::zh_cn, std::string(written)), chinese) << written;
  EXPECT_EQ(rules_in(Language::zh_tw, "first_period: full, pro_rata: {round: floor, min: 1}"),
            "當期內完成；無紀錄視為資料不足；首個不完整的期按整期要求；當期中途開始的按天數折算，向"
            "下取整，至少 1。");
}

// A text that is missing would show as its key.
TEST(Sentence, no_language_lacks_a_word) {
  const auto loaded = testing::load_trial(testing::contact_points);
  ASSERT_TRUE(loaded.ok());
  for (const Language language : {Language::zh_cn, Language::zh_tw, Language::en}) {
    const std::string text = text_of(read_aloud(*loaded, {core_pack()}, language)) +
                             text_of(read_assumed(*loaded, {core_pack()}, language)) +
                             text_of(read_aloud(core_pack(), {core_pack()}, language));
    EXPECT_EQ(text.find("sentence."), std::string::npos) << text;
    EXPECT_EQ(text.find('{'), std::string::npos) << text;
  }
}

}  // namespace
}  // namespace huilu::policy
