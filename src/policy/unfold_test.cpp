#include "policy/unfold.h"

#include <gtest/gtest.h>

#include "policy/sentence.h"
#include "policy/testing.h"

namespace huilu::policy {
namespace {

// A pack of another level, whose topics, visits and limit are tailored below.
constexpr std::string_view province = R"(documents: {S0: {name: d}}
clauses: [{id: S0-1, doc: S0}]
record_types:
  topic_step:
    title: 一步
    fields: {topic: {type: text, title: 专题}}
params:
  topics:
    title: 专题
    type: list
    clause: S0-1
    bind: period_start
    values: [{from: 2019-01-01, basis: seed, value: [{id: a, title: 甲}, {id: b, title: 乙}]}]
  visits:
    {title: 次数, type: int, clause: S0-1, bind: period_start,
     values: [{from: 2019-01-01, basis: seed, value: 2}]}
  papers:
    {title: 文件, type: int, clause: S0-1, bind: period_start,
     values: [{from: 2019-01-01, basis: seed, value: 9}]}
obligations:
  topics:
    title: 逐个专题
    clause: S0-1
    who: {unit: {}}
    for_each: {values: {param: topics}}
    every: year
    needs: {at_least: 1, of: {record: topic_step, where: {unit: $bearer, topic: $it}}}
    missing: counts_as_zero
  visits:
    title: 走访
    clause: S0-1
    who: {unit: {}}
    every: year
    needs: {at_least: {param: visits}, of: {record: visit, where: {unit: $bearer}}}
    missing: counts_as_zero
    exempt: {reasons: [other], approver: unit.parent}
  papers:
    title: 少发文件
    clause: S0-1
    who: {unit: {}}
    every: year
    needs: {at_most: {param: papers}, of: {record: topic_step, where: {unit: $bearer}}}
    missing: counts_as_zero
)";

std::vector<PackFile> versioned(std::vector<PackFile> files, std::string_view id,
                                std::string_view version) {
  std::string& bytes = files[0].bytes;
  const auto replace = [&](std::string_view before, const std::string& after) {
    bytes.replace(bytes.find(before), before.size(), after);
  };
  replace("pack: trial", "pack: " + std::string(id));
  replace("version: \"1.0.0\"", "version: \"" + std::string(version) + "\"");
  return files;
}

Pack pack_of(std::string_view written, std::string_view id, std::string_view version,
             const std::vector<Pack>& known = {core_pack()}) {
  auto files = versioned(testing::trial(written, known), id, version);
  testing::add_labels(files, known);
  auto loaded = load_pack(files, known);
  if (!loaded.ok()) throw std::runtime_error(testing::lines(loaded.refusals()));
  return std::move(loaded).value();
}

std::vector<Pack> known_packs() { return {core_pack(), pack_of(province, "province", "1.0.0")}; }

std::string extends(std::string_view rest) {
  return "extends:\n  - pack: province\n    version: \"1.0.0\"\n" + std::string(rest);
}

Result<Pack> city(std::string_view rest) {
  return testing::load_trial(extends(rest), known_packs());
}

std::string city_findings(std::string_view rest) {
  return testing::findings_of(extends(rest), known_packs());
}

std::vector<ListItem> topics_of(const Pack& pack) {
  return std::get<std::vector<ListItem>>(*pack.find_parameter("topics")->values[0].value);
}

TEST(Extends, takes_declarations_and_says_where_they_came_from) {
  const auto loaded = city("    add: {params.topics: [{id: local, title: 本地}]}\n");
  ASSERT_TRUE(loaded.ok()) << testing::lines(loaded.refusals());
  const auto topics = topics_of(*loaded);
  ASSERT_EQ(topics.size(), 3U);
  EXPECT_EQ(topics[0].added_by, "province");
  EXPECT_EQ(topics[2].added_by, "");
  EXPECT_EQ(topics[2].title.in(Language::zh_cn), "本地");
  // Its own address, over the other pack's records.
  const Obligation* const duty = loaded->find_obligation("topics");
  EXPECT_EQ(duty->address, "trial/topics");
  EXPECT_EQ(duty->needs.of.names.front(), "province/topic_step");
  EXPECT_EQ(origin_of(duty->place).pack, "province");
  EXPECT_EQ(origin_of(duty->place).version, "1.0.0");
  EXPECT_TRUE(loaded->record_types.empty());
  const auto packs = known_packs();
  std::string all;
  for (const auto& one : read_aloud(*loaded, packs, Language::zh_cn)) all += one.text + "\n";
  EXPECT_NE(all.find("增加到“专题”（params.topics）"), std::string::npos) << all;
  EXPECT_NE(all.find("甲、乙、本地（本包增加）"), std::string::npos) << all;
  EXPECT_NE(all.find("1.0.0 版〕"), std::string::npos) << all;
}

TEST(Extends, sets_values_of_its_own) {
  const auto loaded = city("    set: {params.visits: 4, obligations.visits.title: 常走访}\n");
  ASSERT_TRUE(loaded.ok()) << testing::lines(loaded.refusals());
  const Parameter* const visits = loaded->find_parameter("visits");
  ASSERT_EQ(visits->values.size(), 1U);
  EXPECT_EQ(std::get<std::int64_t>(*visits->values[0].value), 4);
  EXPECT_EQ(visits->values[0].basis, Basis::decision);
  EXPECT_EQ(visits->values[0].from, loaded->in_force.from);
  EXPECT_FALSE(origin_of(visits->values[0].place));
  EXPECT_EQ(
      said_origin(visits->place, visits->values[0].place, *loaded, Language::en).substr(0, 10),
      "taken from");
  EXPECT_EQ(loaded->find_obligation("visits")->title.in(Language::zh_cn), "常走访");
}

TEST(Extends, leaves_out_what_it_says) {
  const auto loaded = city(
      "    exclude: [{path: params.topics.values.0.value.b, reason: 没有}, {path: "
      "obligations.papers, reason: 另有规定}]\n"
      "    authority: {params.topics.values.0.value.b: 复函, obligations.papers: 复函}\n");
  ASSERT_TRUE(loaded.ok()) << testing::lines(loaded.refusals());
  EXPECT_EQ(topics_of(*loaded).size(), 1U);
  EXPECT_EQ(loaded->find_obligation("papers"), nullptr);
  EXPECT_EQ(loaded->obligations.size(), 2U);
}

TEST(Extends, asks_for_less_only_by_authority) {
  const auto needs = [](std::string_view set) {
    const std::string found = city_findings("    " + std::string(set) + "\n");
    return found.find("pack_missing_key: expected authority: {") != std::string::npos;
  };
  EXPECT_TRUE(needs("set: {params.visits: 1}"));
  EXPECT_FALSE(needs("set: {params.visits: 2}"));
  EXPECT_TRUE(needs("set: {params.papers: 10}"));
  EXPECT_FALSE(needs("set: {params.papers: 8}"));
  EXPECT_TRUE(needs("exclude: [{path: obligations.visits, reason: 没有}]"));
  EXPECT_TRUE(needs("add: {obligations.visits.exempt.reasons: [illness]}"));
  EXPECT_TRUE(needs("set: {obligations.visits.missing: unknown}"));
  EXPECT_FALSE(needs("add: {params.topics: [{id: c, title: 丙}]}"));
  EXPECT_EQ(city_findings("    set: {params.visits: 1}\n    authority: {params.visits: 复函}\n"),
            "");
}

TEST(Extends, names_what_is_not_there_with_the_nearest) {
  EXPECT_EQ(city_findings("    set: {params.visit: 4}\n"),
            "pack.yaml:11:11: pack_reference: expected params.visits, got params.visit");
  EXPECT_EQ(city_findings("    set: {record_types.topic_step.title: x}\n"),
            "pack.yaml:11:11: pack_reference: expected params, obligations, checks, indicators, "
            "draws, views, campaign, bundles, got record_types.topic_step.title");
  EXPECT_EQ(city_findings("    add: {obligations.visits.title: [x]}\n"),
            "pack.yaml:11:11: pack_type: expected list, got 走访");
  EXPECT_EQ(city_findings("    exclude: [{path: obligations.visits}]\n"
                          "    authority: {obligations.visitz: 复函}\n"),
            "pack.yaml:11:15: pack_missing_key: expected reason\n"
            "pack.yaml:11:22: pack_missing_key: expected authority: {obligations.visits: …}\n"
            "pack.yaml:12:17: pack_reference: expected obligations.visits, got obligations.visitz");
  EXPECT_EQ(
      testing::findings_of("extends: [{pack: provinze, version: \"1.0.0\"}]\n", known_packs()),
      "pack.yaml:8:18: pack_reference: expected province, got provinze");
  EXPECT_EQ(
      testing::findings_of("extends: [{pack: province, version: \"1.0.1\"}]\n", known_packs()),
      "pack.yaml:8:37: pack_reference: expected 1.0.0, got 1.0.1");
}

TEST(Extends, no_path_stands_twice_nor_within_another) {
  EXPECT_EQ(city_findings("    set: {params.topics.title: x}\n    add: {params.topics: [{id: c, "
                          "title: c}]}\n"),
            "pack.yaml:12:11: pack_duplicate_key: expected pack.yaml:11:11, got params.topics");
  EXPECT_EQ(
      city_findings("obligations:\n  visits: {title: a, clause: S0-1, who: {unit: {}}, every: "
                    "year, needs: {at_least: 1, of: {record: visit, where: {unit: "
                    "$bearer}}}, missing: counts_as_zero}\n")
          .substr(0, 45),
      "pack.yaml:12:3: pack_duplicate_key: expected ");
  auto packs = known_packs();
  packs.push_back(pack_of(province, "county", "1.0.0"));
  const std::string both = testing::findings_of(
      "extends: [{pack: province, version: \"1.0.0\"}, {pack: county, version: \"1.0.0\"}]\n",
      packs);
  EXPECT_NE(both.find("pack_duplicate_key: expected province@1.0.0/pack.yaml"), std::string::npos)
      << both;
  EXPECT_NE(both.find("got params.topics"), std::string::npos) << both;
}

// The province raises two to three; the city had set four.
TEST(Extends, a_later_version_is_something_to_look_at) {
  auto packs = known_packs();
  const auto child = testing::load_trial(extends("    set: {params.visits: 4}\n"), packs);
  ASSERT_TRUE(child.ok()) << testing::lines(child.refusals());
  EXPECT_TRUE(to_review(*child, packs).empty());
  std::string later(province);
  later.replace(later.find("value: 2}"), 9, "value: 3}");
  later.replace(later.find("value: 9}"), 9, "value: 7}");
  packs.push_back(pack_of(later, "province", "1.10.0"));
  packs.push_back(pack_of(later, "province", "1.9.0"));
  const auto found = to_review(*child, packs);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].version, "1.10.0");
  EXPECT_EQ(found[0].path, "params.visits.values");
  EXPECT_EQ(found[0].was, "[{from: 2019-01-01, basis: seed, value: 2}]");
  EXPECT_EQ(found[0].is, "[{from: 2019-01-01, basis: seed, value: 3}]");
  EXPECT_EQ(found[0].answered, Answered::set);
  EXPECT_EQ(found[1].path, "params.papers.values");
  EXPECT_EQ(found[1].answered, Answered::inherited);
  // Nothing changed by itself.
  EXPECT_EQ(std::get<std::int64_t>(*child->find_parameter("visits")->values[0].value), 4);
  EXPECT_EQ(std::get<std::int64_t>(*child->find_parameter("papers")->values[0].value), 9);
}

}  // namespace
}  // namespace huilu::policy
