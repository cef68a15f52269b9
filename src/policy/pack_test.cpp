#include "policy/pack.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <random>

#include "base/fault.h"
#include "base/pattern.h"
#include "policy/finding.h"

namespace huilu::policy {
namespace {

constexpr std::string_view head =
    "schema: policypack/2\npack: trial\nversion: \"1.0.0\"\nstatus: draft\ntitle: 试\n"
    "in_force: {from: 2020-01-01, until: null}\ntimezone: Asia/Shanghai\n";

std::string findings_of(const std::vector<PackFile>& files, const std::vector<Pack>& known = {}) {
  const auto loaded = load_pack(files, known);
  std::string text;
  if (!loaded)
    for (const Refusal& finding : loaded.refusals())
      text += (text.empty() ? "" : "\n") + line(finding);
  return text;
}

// A pack of one record type `act`, whose declaration is `written` below its title.
std::vector<PackFile> pack_with(std::string_view written, std::string_view more_labels = "") {
  const std::string labels = "title: T\nrecord_types.act.title: T\n" + std::string(more_labels);
  return {{"pack.yaml", std::string(head)},
          {"records.yaml", "record_types:\n  act:\n    title: 事\n" + std::string(written)},
          {"i18n/zh-TW.yaml", labels},
          {"i18n/en.yaml", labels}};
}

constexpr std::string_view label_of_x = "record_types.act.fields.x.title: T\n";

TEST(CorePack, loads_without_a_finding) {
  const Pack& core = core_pack();
  EXPECT_EQ(core.id, "core");
  EXPECT_EQ(core.version, "1.0.0");
  EXPECT_EQ(core.in_force.from, Date::of(2000, 1, 1));
  std::string names;
  for (const RecordType& type : core.record_types) names += type.address + " ";
  EXPECT_EQ(names,
            "core/theme_party_day core/members_meeting core/branch_committee_meeting "
            "core/group_meeting core/party_lecture core/volunteer_service core/good_deed "
            "core/heart_to_heart_talk core/visit core/organisational_life_meeting "
            "core/member_review ");
}

TEST(CorePack, has_every_label_in_three_languages) {
  const Pack& core = core_pack();
  const auto expect_full = [](const Label& label, const std::string& what) {
    for (const Language language : {Language::zh_cn, Language::zh_tw, Language::en})
      EXPECT_FALSE(label.in(language).empty()) << what << " in " << tag_of(language);
  };
  expect_full(core.title, "title");
  for (const RecordType& type : core.record_types) {
    expect_full(type.title, type.name);
    for (const Field& field : type.fields) {
      expect_full(field.title, type.name + "." + field.name);
      for (const Term& term : field.words) expect_full(term.title, field.name + "." + term.code);
    }
  }
  for (const auto& term : core.vocabulary.unit_types.items) expect_full(term.title, term.code);
  for (const auto& term : core.vocabulary.levels.items) expect_full(term.title, term.code);
  for (const auto& term : core.vocabulary.ranks.items) expect_full(term.title, term.code);
  for (const auto& term : core.vocabulary.post_kinds.items) expect_full(term.title, term.code);
  for (const auto& term : core.vocabulary.membership_kinds.items)
    expect_full(term.title, term.code);
  for (const auto& term : core.vocabulary.relations.items) expect_full(term.title, term.code);
  for (const auto& term : core.vocabulary.leave_reasons.items) expect_full(term.title, term.code);
}

TEST(CorePack, asks_for_no_file_and_no_grade_of_a_person) {
  const auto names_persons = [](const Field& field) {
    return field.type == FieldType::person || field.item == FieldType::person;
  };
  for (const RecordType& type : core_pack().record_types) {
    for (const Field& field : type.fields) {
      const bool is_file = field.type == FieldType::file || field.item == FieldType::file;
      EXPECT_FALSE(is_file && field.required) << type.name << "." << field.name;
    }
  }
  const RecordType& review = *core_pack().find_record_type("member_review");
  EXPECT_TRUE(std::none_of(review.fields.begin(), review.fields.end(), names_persons));
  EXPECT_EQ(core_pack().find_record_type("heart_to_heart_talk")->fields.size(), 1U);
}

TEST(CorePack, knows_its_words_and_names_the_nearest) {
  const Vocabulary& words = core_pack().vocabulary;
  EXPECT_EQ(words.unit_types.items.size(), 36U);
  EXPECT_TRUE(words.unit_types.contains("leading_group"));
  EXPECT_FALSE(words.unit_types.contains("leading_grop"));
  EXPECT_EQ(words.unit_types.expected("leading_grop"), "leading_group");
  EXPECT_TRUE(words.unit_types.find("joint_branch")->has_members);
  EXPECT_FALSE(words.unit_types.find("gov_department")->has_members);
  EXPECT_EQ(words.level(9)->code, "unbound");
  EXPECT_EQ(words.level(6), nullptr);
  EXPECT_EQ(words.ranks.items.front().code, "none");
  EXPECT_TRUE(words.relations.find("affiliated_to")->single);
  EXPECT_FALSE(words.relations.find("guided_by")->single);
  EXPECT_EQ(words.post_kinds.find("secretary")->title.in(Language::zh_cn), "书记");
  EXPECT_TRUE(words.membership_kinds.contains("probationary_member"));
}

TEST(Pack, reads_a_record_type_whole) {
  const auto loaded = load_pack(
      {{"pack.yaml", std::string(head) +
                         "documents:\n  S0: {name: doc-0, hash: \"sha256:" + std::string(64, 'a') +
                         "\"}\nclauses:\n  - {id: S0-6.6, doc: S0, at: \"6\"}\n"},
       {"records.yaml", R"(record_types:
  act:
    clause: S0-6.6
    title: 事
    guide: 怎么做
    when: day
    plannable: true
    identity: [units, day]
    counts_if: [{kind: {present: true}, say: 没有}]
    evidence: {field: files, by: {workdays: 5}}
    source: imported
    author: none
    visible: {names: self, counts: public}
    correction: append_only
    form: {sections: [{title: 段, fields: [day, x]}]}
    back_dated_days_max: 30
    fields:
      day: {type: date, title: 日}
      x: {type: text, title: 文, show_if: {day: {present: true}}, keep: {years: 2}, protected: true}
      files: {type: list, of: file, title: 件}
      act: {type: ref, of: act, title: 前}
      kind: {type: enum, of: [a, b], title: 类, default: b}
)"},
       {"i18n/zh-CN.yaml",
        "record_types.act.fields.kind.of.a: 甲\nrecord_types.act.fields.kind.of.b: 乙\n"},
       {"i18n/en.yaml",
        "title: T\nrecord_types.act.title: T\nrecord_types.act.guide: G\n"
        "record_types.act.form.sections.0.title: S\nrecord_types.act.fields.day.title: D\n"
        "record_types.act.counts_if.0.say: S\n"
        "record_types.act.fields.x.title: X\nrecord_types.act.fields.files.title: F\n"
        "record_types.act.fields.act.title: A\nrecord_types.act.fields.kind.title: K\n"
        "record_types.act.fields.kind.of.a: A\nrecord_types.act.fields.kind.of.b: B\n"},
       {"i18n/zh-TW.yaml",
        "title: T\nrecord_types.act.title: T\nrecord_types.act.guide: G\n"
        "record_types.act.form.sections.0.title: S\nrecord_types.act.fields.day.title: D\n"
        "record_types.act.counts_if.0.say: S\n"
        "record_types.act.fields.x.title: X\nrecord_types.act.fields.files.title: F\n"
        "record_types.act.fields.act.title: A\nrecord_types.act.fields.kind.title: K\n"
        "record_types.act.fields.kind.of.a: A\nrecord_types.act.fields.kind.of.b: B\n"}});
  ASSERT_TRUE(loaded.ok()) << line(loaded.refusals().front());
  const std::vector<Pack> packs = {core_pack(), *loaded};
  ASSERT_EQ(find_record_type(packs, "trial/atc"), nullptr);
  const RecordType& type = *find_record_type(packs, "trial/act");
  EXPECT_EQ(type.clauses, std::vector<std::string>{"S0-6.6"});
  EXPECT_EQ(type.guide->in(Language::zh_cn), "怎么做");
  EXPECT_EQ(type.counts_on, "day");
  EXPECT_TRUE(type.plannable);
  EXPECT_EQ(type.counts_if.at(0).say.in(Language::zh_cn), "没有");
  EXPECT_EQ(type.counts_if.at(0).condition.lines.at(0).comparison, Comparison::present);
  EXPECT_EQ(type.evidence->by, (Duration{DurationUnit::workdays, 5}));
  EXPECT_EQ(type.source, Source::imported);
  EXPECT_EQ(type.author, Author::none);
  EXPECT_EQ(type.visible.names, Scope::self);
  EXPECT_EQ(type.visible.counts, Scope::public_);
  EXPECT_EQ(type.form.at(0).fields, (std::vector<std::string>{"day", "x"}));
  EXPECT_EQ(type.form.at(0).title.in(Language::en), "S");
  EXPECT_EQ(type.back_dated_days_max, 30);
  EXPECT_EQ(type.find_field("x")->show_if->lines.at(0).path.text(), "day");
  EXPECT_EQ(type.find_field("x")->keep, (Duration{DurationUnit::years, 2}));
  EXPECT_TRUE(type.find_field("x")->is_protected);
  EXPECT_EQ(type.find_field("files")->item, FieldType::file);
  EXPECT_EQ(type.find_field("act")->target, "trial/act");
  EXPECT_EQ(*type.find_field("kind")->default_value.text(), "b");
  EXPECT_EQ(type.find_field("kind")->words.at(0).title.in(Language::zh_cn), "甲");
}

TEST(Pack, ten_mistakes_are_ten_findings) {
  EXPECT_EQ(findings_of({{"pack.yaml",
                          "schema: policypack/2\n"
                          "pack: trial\n"
                          "version: 1.0\n"    // 1 a number
                          "status: drafty\n"  // 2 an unknown word
                          "title: 试\n"
                          "in_force: {from: 2020-01-01, until: 2019-01-01}\n"  // 3 ends first
                          "timezone: Asia/Shanghai\n"
                          "obligation: {}\n"},  // 4 an unknown key
                         {"records.yaml",
                          "record_types:\n"
                          "  act:\n"
                          "    title: 事\n"
                          "    clause: S0-1\n"            // 5 a clause that is not there
                          "    plannable: yes\n"          // 6 no boolean
                          "    identity: [units, dya]\n"  // 7 no such field
                          "    fields:\n"
                          "      day: {type: date, title: 日}\n"
                          "      date: {type: date, title: 日}\n"  // 8 the header has it
                          "      x: {type: txet, title: 文}\n"     // 9 an unknown type
                          "      x: {type: text, title: 文}\n"},   // 10 twice
                         {"i18n/zh-TW.yaml",
                          "title: T\nrecord_types.act.title: T\n"
                          "record_types.act.fields.day.title: T\n"
                          "record_types.act.fields.date.title: T\n"
                          "record_types.act.fields.x.title: T\n"},
                         {"i18n/en.yaml",
                          "title: T\nrecord_types.act.title: T\n"
                          "record_types.act.fields.day.title: T\n"
                          "record_types.act.fields.date.title: T\n"
                          "record_types.act.fields.x.title: T\n"}}),
            "pack.yaml:3:10: pack_type: expected version \"1.0.0\" in quotes, got 1.0\n"
            "pack.yaml:4:9: pack_unknown_word: expected draft, got drafty\n"
            "pack.yaml:6:37: pack_range: expected after 2020-01-01, got 2019-01-01\n"
            "pack.yaml:8:1: pack_unknown_key: expected obligations, got obligation\n"
            "records.yaml:4:13: pack_reference: got S0-1\n"
            "records.yaml:5:16: pack_type: expected true, false, got yes\n"
            "records.yaml:6:23: pack_reference: expected day, got dya\n"
            "records.yaml:9:7: pack_duplicate_key: expected the header's word, got date\n"
            "records.yaml:10:17: pack_unknown_word: expected text, got txet\n"
            "records.yaml:11:7: pack_duplicate_key: expected records.yaml:10:7, got x");
}

struct Mistake {
  std::string_view written;
  std::string_view labels;
  std::string_view finding;
};

class RecordTypeMistake : public ::testing::TestWithParam<Mistake> {};

TEST_P(RecordTypeMistake, is_found_where_it_stands) {
  EXPECT_EQ(findings_of(pack_with(GetParam().written, GetParam().labels)), GetParam().finding);
}

INSTANTIATE_TEST_SUITE_P(
    Table, RecordTypeMistake,
    ::testing::Values(
        Mistake{"    when: x\n    fields: {x: {type: text, title: t}}\n", label_of_x,
                "records.yaml:4:11: pack_type: expected date, period, got text"},
        Mistake{"    when: dat\n    fields: {}\n", "",
                "records.yaml:4:11: pack_reference: expected date, got dat"},
        Mistake{"    lasts: true\n    fields: {}\n", "",
                "records.yaml:5:13: pack_missing_key: expected from: {type: date, required: true}\n"
                "records.yaml:5:13: pack_missing_key: expected until: {type: date}"},
        Mistake{"    fields: {x: {type: enum, title: t}}\n", label_of_x,
                "records.yaml:4:17: pack_missing_key: expected of"},
        Mistake{"    fields: {x: {type: text, of: text, title: t}}\n", label_of_x,
                "records.yaml:4:34: pack_unknown_key: got of"},
        Mistake{"    fields: {x: {type: enum, of: [a, a], title: t}}\n",
                "record_types.act.fields.x.title: T\nrecord_types.act.fields.x.of.a: T\n",
                "records.yaml:4:35: pack_no_label: expected i18n/zh-CN.yaml, got "
                "record_types.act.fields.x.of.a\n"
                "records.yaml:4:38: pack_duplicate_key: expected records.yaml:4:35, got a"},
        Mistake{"    fields: {x: {type: ref, of: atc, title: t}}\n", label_of_x,
                "records.yaml:4:33: pack_reference: expected trial/act, got atc"},
        Mistake{"    fields: {x: {type: list, of: persn, title: t}}\n", label_of_x,
                "records.yaml:4:34: pack_reference: expected trial/act, got persn"},
        Mistake{"    fields: {x: {type: period, of: years, title: t}}\n", label_of_x,
                "records.yaml:4:36: pack_unknown_word: expected year, got years"},
        Mistake{"    fields: {x: {type: date, min: 1, title: t}}\n", label_of_x,
                "records.yaml:4:35: pack_unknown_key: got min"},
        Mistake{"    fields: {x: {type: int, min: 3, max: 2, title: t}}\n", label_of_x,
                "records.yaml:4:42: pack_range: expected at least 3, got 2"},
        Mistake{"    fields: {x: {type: int, max: 2, default: 3, title: t}}\n", label_of_x,
                "records.yaml:4:46: pack_range: expected -1000000000000 to 2, got 3"},
        Mistake{"    fields: {x: {type: text, not_after: today, title: t}}\n", label_of_x,
                "records.yaml:4:41: pack_unknown_key: got not_after"},
        Mistake{"    fields: {x: {type: date, not_after: todya, title: t}}\n", label_of_x,
                "records.yaml:4:41: pack_reference: expected today, got todya"},
        Mistake{"    fields: {x: {type: text, required: true, show_if: {place: a}, title: t}}\n",
                label_of_x,
                "records.yaml:4:40: pack_range: expected required or show_if, got both"},
        Mistake{"    identity: [x, x]\n    fields: {x: {type: text, title: t}}\n", label_of_x,
                "records.yaml:4:19: pack_duplicate_key: got x"},
        Mistake{"    evidence: {field: fil, by: {days: 1}}\n    fields: {x: {type: text, title: "
                "t}}\n",
                label_of_x, "records.yaml:4:23: pack_reference: expected x, got fil"},
        Mistake{"    visible: {names: public}\n    fields: {x: {type: person, title: t}}\n",
                label_of_x, "records.yaml:4:22: pack_range: expected self, unit, line, got public"},
        Mistake{"    form: {sections: [{title: s, fields: [z]}]}\n    fields: {x: {type: text, "
                "title: t}}\n",
                "record_types.act.fields.x.title: T\nrecord_types.act.form.sections.0.title: T\n",
                "records.yaml:4:43: pack_reference: expected x, got z"},
        Mistake{"    fields: {Big: {type: text, title: t}}\n",
                "record_types.act.fields.Big.title: T\n",
                "records.yaml:4:14: pack_type: expected id [a-z][a-z0-9_]*, got Big"},
        Mistake{"    back_dated_days_max: -1\n    fields: {}\n", "",
                "records.yaml:4:26: pack_range: expected integer 0 to 36600, got -1"},
        Mistake{"    correction: free\n    fields: {}\n", "",
                "records.yaml:4:17: pack_unknown_word: expected append_only, got free"},
        Mistake{"    identity: [units]\n", "",
                "records.yaml:3:5: pack_missing_key: expected fields"}));

TEST(Pack, a_missing_label_is_a_finding_and_so_is_one_that_nothing_asks_for) {
  std::vector<PackFile> files = pack_with("    fields: {x: {type: text, title: t}}\n");
  EXPECT_EQ(findings_of(files),
            "records.yaml:4:17: pack_no_label: expected i18n/zh-TW.yaml, got "
            "record_types.act.fields.x.title\n"
            "records.yaml:4:17: pack_no_label: expected i18n/en.yaml, got "
            "record_types.act.fields.x.title");
  files = pack_with("    fields: {}\n", "record_types.atc.title: T\n");
  EXPECT_EQ(findings_of(files),
            "i18n/en.yaml:3:1: pack_reference: expected record_types.act.title, got "
            "record_types.atc.title\n"
            "i18n/zh-TW.yaml:3:1: pack_reference: expected record_types.act.title, got "
            "record_types.atc.title");
}

TEST(Pack, a_language_without_a_file_or_of_no_meaning_is_one_finding) {
  std::vector<PackFile> files = pack_with("    fields: {}\n");
  files.pop_back();
  EXPECT_EQ(findings_of(files), "pack.yaml:1:1: pack_no_label: expected i18n/en.yaml, got title");
  files = pack_with("    fields: {}\n");
  files.push_back({"i18n/zh.yaml", "title: x\n"});
  EXPECT_EQ(findings_of(files),
            "i18n/zh.yaml:1:1: pack_unknown_word: expected zh-CN, zh-TW, en, got zh");
}

TEST(Pack, labels_may_be_written_in_another_language) {
  const std::string labels = "title: 试\n";
  const auto loaded = load_pack({{"pack.yaml", "language: en\n" + std::string(head)},
                                 {"i18n/zh-CN.yaml", labels},
                                 {"i18n/zh-TW.yaml", labels}});
  ASSERT_TRUE(loaded.ok()) << line(loaded.refusals().front());
  EXPECT_EQ(loaded->title.in(Language::en), "试");
}

TEST(Pack, a_top_level_key_stands_in_one_file) {
  std::vector<PackFile> files = pack_with("    fields: {}\n");
  files.push_back({"more.yaml", "record_types:\n  act: {title: 事, fields: {y: 1}}\n"});
  EXPECT_EQ(findings_of(files),
            "more.yaml:1:1: pack_duplicate_key: expected records.yaml:1:1, got record_types\n"
            "more.yaml:2:28: pack_syntax: expected a word as key, got y");
}

TEST(Pack, a_broken_file_hides_no_fault_of_another_and_makes_none_up) {
  std::vector<PackFile> files = pack_with("    fields: {}\n    plannable: 1\n");
  files[0].bytes = "schema: policypack/2\npack: trial\nversion: \"1.0.0\"\ntitle: {\n";
  EXPECT_EQ(
      findings_of(files),
      "pack.yaml:5:1: pack_syntax: expected YAML 1.2, got did not find expected node content\n"
      "records.yaml:5:16: pack_type: expected true, false, got 1");
}

TEST(Pack, duplicates_of_whole_declarations_are_read_to_the_end) {
  EXPECT_EQ(findings_of(pack_with("    fields: {x: {type: ref, of: act, title: t}}\n"
                                  "    fields: {x: {type: ref, of: axt, title: t}}\n"
                                  "    clause: [S0, S1]\n"
                                  "    clause: [S2, S3]\n",
                                  label_of_x)),
            "records.yaml:4:33: pack_reference: expected trial/act, got axt\n"
            "records.yaml:5:5: pack_duplicate_key: expected records.yaml:4:5, got fields\n"
            "records.yaml:6:13: pack_reference: got S2\n"
            "records.yaml:6:13: pack_reference: got S3\n"
            "records.yaml:6:14: pack_reference: got S0\n"
            "records.yaml:6:18: pack_reference: got S1\n"
            "records.yaml:7:5: pack_duplicate_key: expected records.yaml:6:5, got clause");
}

// Cuts, doubles and exchanges pieces of a good pack: whatever comes of it is a pack or findings.
TEST(Pack, any_text_gives_a_pack_or_findings_with_places) {
  const char* const given = std::getenv("HUILU_SEED");
  const auto seed = given ? std::stoul(given) : std::random_device()();
  std::cout << "HUILU_SEED=" << seed << "\n";
  std::mt19937 random(static_cast<std::mt19937::result_type>(seed));
  const auto below = [&](std::size_t size) { return random() % std::max<std::size_t>(size, 1); };
  const auto good = pack_with(
      "    when: day\n    identity: [units, day]\n    evidence: {field: x, by: {days: 1}}\n"
      "    form: {sections: [{title: s, fields: [x, day]}]}\n    clause: [S0, S1]\n"
      "    fields:\n      x: {type: set, of: [a, b], title: t}\n"
      "      day: {type: date, title: t, not_after: today}\n"
      "      y2: {type: ref, of: act, title: t}\n",
      label_of_x);
  const std::string odd = "{}[]:,-&*!|>'\"#%@`\t\n ?~<y0\xFF";
  for (int round = 0; round < 400; ++round) {
    std::vector<PackFile> files = good;
    for (std::size_t changes = 1 + below(4); changes > 0; --changes) {
      std::string& text = files[below(files.size())].bytes;
      const std::size_t at = below(text.size());
      const std::string piece = text.substr(below(text.size()), below(20));
      if (below(3) == 0)
        text.erase(at, below(20));
      else if (below(2) == 0)
        text.insert(at, 1, odd[below(odd.size())]);
      else
        text.insert(at, piece);
    }
    const auto loaded = load_pack(files);
    if (loaded.ok()) continue;
    ASSERT_FALSE(loaded.refusals().empty());
    for (const Refusal& finding : loaded.refusals())
      EXPECT_TRUE(Pattern("[a-zA-Z0-9/.-]+:[0-9]+:[0-9]+").matches(finding.where)) << finding.where;
  }
}

TEST(Pack, without_pack_yaml_is_no_pack) {
  EXPECT_EQ(findings_of({{"records.yaml", "record_types: {}\n"}}),
            "pack.yaml:1:1: pack_missing_key: expected pack.yaml");
  EXPECT_EQ(findings_of({{"pack.yaml", ""}}).substr(0, 44),
            "pack.yaml:1:1: pack_type: expected map, got ");
}

TEST(Pack, only_core_has_a_vocabulary) {
  const std::string words =
      "vocabulary: {unit_types: {}, levels: {}, ranks: [], post_kinds: [], membership_kinds: [], "
      "relations: {}, leave_reasons: []}\n";
  EXPECT_EQ(findings_of({{"pack.yaml", std::string(head) + words},
                         {"i18n/zh-TW.yaml", "title: T\n"},
                         {"i18n/en.yaml", "title: T\n"}}),
            "pack.yaml:8:13: pack_unknown_key: got vocabulary");
}

TEST(Pack, clauses_name_documents_and_are_unique) {
  EXPECT_EQ(findings_of({{"pack.yaml", std::string(head) + "documents: {S0: {name: d, hash: md5}}\n"
                                                           "clauses:\n"
                                                           "  - {id: S0-1, doc: S0}\n"
                                                           "  - {id: S0-1, doc: S1}\n"
                                                           "  - {id: 1.5, doc: S0}\n"},
                         {"i18n/zh-TW.yaml", "title: T\n"},
                         {"i18n/en.yaml", "title: T\n"}}),
            "pack.yaml:8:33: pack_type: expected sha256:<64 hex digits>, got md5\n"
            "pack.yaml:11:10: pack_duplicate_key: got S0-1\n"
            "pack.yaml:11:21: pack_reference: expected S0, got S1\n"
            "pack.yaml:12:10: pack_type: expected text in quotes, got 1.5");
}

TEST(Pack, may_refer_to_record_types_of_packs_it_knows) {
  const auto files =
      pack_with("    fields: {x: {type: ref, of: core/visit, title: t}}\n", label_of_x);
  const auto loaded = load_pack(files, {core_pack()});
  ASSERT_TRUE(loaded.ok()) << line(loaded.refusals().front());
  EXPECT_EQ(loaded->record_types[0].fields[0].target, "core/visit");
  EXPECT_EQ(findings_of(files),
            "records.yaml:4:33: pack_reference: expected trial/act, got core/visit");
}

TEST(PackFolder, gives_the_files_of_a_pack_and_no_others) {
  const auto folder = std::filesystem::path(::testing::TempDir()) / "huilu_pack_folder";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder / "i18n");
  std::filesystem::create_directories(folder / "tests");
  const auto write = [&](const char* path, const std::string& bytes) {
    std::ofstream(folder / path, std::ios::binary) << bytes;
  };
  write("records.yaml", "r");
  write("pack.yaml", "p");
  write("README.md", "x");
  write("i18n/en.yaml", std::string(yaml_bytes_max + 5, 'x'));
  write("tests/a.yaml", "t");
  const std::vector<PackFile> files = read_pack_folder(folder);
  std::string paths;
  for (const PackFile& file : files) paths += file.path + " ";
  EXPECT_EQ(paths, "i18n/en.yaml pack.yaml records.yaml tests/a.yaml ");
  EXPECT_EQ(files[0].bytes.size(), yaml_bytes_max + 1);
  EXPECT_EQ(files[1].bytes, "p");
  EXPECT_THROW(read_pack_folder(folder / "nowhere"), Fault);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace huilu::policy
