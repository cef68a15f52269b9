#include "policy/field_check.h"

#include <gtest/gtest.h>

#include "policy/finding.h"
#include "policy/pack.h"

namespace huilu::policy {
namespace {

const Date today = Date::of(2026, 3, 5);
const std::string pointer = "/fields/trial~1everything";

constexpr std::string_view fields_head =
    "schema: policypack/2\npack: trial\nversion: \"1.0.0\"\nstatus: draft\n"
    "title: 试\nin_force: {from: 2020-01-01}\ntimezone: Asia/Shanghai\n";

constexpr std::string_view types = R"(
record_types:
  everything:
    title: 全
    identity: [persons, day]
    back_dated_days_max: 30
    fields:
      name: {type: text, title: t, required: true, max: 5}
      count: {type: int, title: t, min: 0, max: 10}
      hours: {type: decimal, title: t, min: 0, max: 24}
      done: {type: bool, title: t}
      day: {type: date, title: t, not_after: entered}
      started: {type: date, title: t, not_after: day}
      at: {type: instant, title: t}
      year: {type: period, of: year, title: t}
      span: {type: period, title: t}
      wait: {type: duration, title: t}
      colour: {type: enum, of: [red, green], title: t}
      tags: {type: set, of: [red, green], title: t}
      lines: {type: list, of: text, title: t, max: 3}
      persons: {type: set, of: person, title: t, min: 2, max: 2}
      person: {type: person, title: t}
      unit: {type: unit, title: t}
      post: {type: post, title: t}
      files: {type: list, of: file, title: t}
      secret: {type: int, title: t, protected: true}
      before: {type: ref, of: everything, title: t}
  lasting:
    title: 册
    lasts: true
    identity: [units, member, from]
    fields:
      member: {type: person, title: t, required: true}
      from: {type: date, title: t, required: true}
      until: {type: date, title: t}
  plain:
    title: 素
    fields: {}
  held:
    title: 办
    identity: [units, date, place, topic]
    fields: {topic: {type: text, title: t}}
)";

std::string labels() {
  std::string text =
      "title: T\nrecord_types.everything.fields.colour.of.red: R\n"
      "record_types.everything.fields.colour.of.green: G\n"
      "record_types.everything.fields.tags.of.red: R\n"
      "record_types.everything.fields.tags.of.green: G\n";
  for (const char* type : {"everything", "lasting", "plain", "held"})
    text += std::string("record_types.") + type + ".title: T\n";
  for (const char* field : {"name",   "count", "hours", "done",   "day",    "started", "at",
                            "year",   "span",  "wait",  "colour", "tags",   "lines",   "persons",
                            "person", "unit",  "post",  "files",  "secret", "before"})
    text += std::string("record_types.everything.fields.") + field + ".title: T\n";
  for (const char* field : {"member", "from", "until"})
    text += std::string("record_types.lasting.fields.") + field + ".title: T\n";
  return text + "record_types.held.fields.topic.title: T\n";
}

const Pack& trial() {
  static const Pack pack = [] {
    const std::string words =
        "record_types.everything.fields.colour.of.red: 红\n"
        "record_types.everything.fields.colour.of.green: 绿\n"
        "record_types.everything.fields.tags.of.red: 红\n"
        "record_types.everything.fields.tags.of.green: 绿\n";
    auto loaded = load_pack({{"pack.yaml", std::string(fields_head) + std::string(types)},
                             {"i18n/zh-CN.yaml", words},
                             {"i18n/zh-TW.yaml", labels()},
                             {"i18n/en.yaml", labels()}});
    if (!loaded)
      for (const Refusal& finding : loaded.refusals()) ADD_FAILURE() << line(finding);
    return std::move(loaded).value();
  }();
  return pack;
}

const RecordType& everything() { return *trial().find_record_type("everything"); }

Value json(std::string_view text) {
  auto value = parse_json(text);
  EXPECT_TRUE(value.ok()) << text;
  return std::move(value).value();
}

std::string written(const Refusals& refusals) {
  std::string text;
  for (const Refusal& refusal : refusals) text += (text.empty() ? "" : "\n") + line(refusal);
  return text;
}

std::string check(std::string_view fields) {
  return written(check_fields(everything(), json(fields), pointer, today));
}

// One member beside the required one.
std::string check_one(std::string_view member) {
  return check(R"({"name":"n",)" + std::string(member) + "}");
}

class Accepted : public ::testing::TestWithParam<std::string_view> {};

TEST_P(Accepted, by_its_type) { EXPECT_EQ(check_one(GetParam()), ""); }

INSTANTIATE_TEST_SUITE_P(
    Table, Accepted,
    ::testing::Values(R"("count":10)", R"("count":null)", R"("hours":"0")",
                      R"("hours":"23.999999")", R"("done":false)", R"("day":"2026-03-05")",
                      R"("day":"2026-03-05","started":"2026-03-05")",
                      R"("at":"2026-03-05T23:59:59Z")", R"("at":"2026-03-05T00:00:00.004Z")",
                      R"("year":"2026")", R"("span":"2026-H2")", R"("span":"2026-Q4")",
                      R"("span":"2026-12")", R"("span":"2026-W53")", R"("span":"2020-W53")",
                      R"("wait":{"days":5})", R"("colour":"red")", R"("tags":["red","green"])",
                      R"("lines":["一","二","一"])", R"("persons":["p2","p1"])", R"("person":"p7")",
                      R"("unit":"u3")", R"("post":"o1")", R"("files":["f9"])", R"("before":"r118")",
                      R"("lines":[])", R"("secret":1)"));

struct Wrong {
  std::string_view member;
  std::string_view refusal;  // without the pointer before it
};

class Wrongly : public ::testing::TestWithParam<Wrong> {};

TEST_P(Wrongly, typed_is_refused_where_it_stands) {
  EXPECT_EQ(check_one(GetParam().member), pointer + std::string(GetParam().refusal));
}

INSTANTIATE_TEST_SUITE_P(
    Table, Wrongly,
    ::testing::Values(
        Wrong{R"("cuont":1)", "/cuont: unknown_field: expected count, got cuont"},
        Wrong{R"("count":11)", "/count: field_range: expected 0 to 10, got 11"},
        Wrong{R"("count":-1)", "/count: field_range: expected 0 to 10, got -1"},
        Wrong{R"("count":"1")", "/count: field_type: expected integer, got text"},
        Wrong{R"("hours":1)", "/hours: field_type: expected decimal as text, \"1.5\", got integer"},
        Wrong{R"("hours":"1.")", "/hours: field_type: expected decimal as text, \"1.5\", got text"},
        Wrong{R"("hours":".5")", "/hours: field_type: expected decimal as text, \"1.5\", got text"},
        Wrong{R"("hours":"01")", "/hours: field_type: expected decimal as text, \"1.5\", got text"},
        Wrong{R"("hours":"1e1")",
              "/hours: field_type: expected decimal as text, \"1.5\", got text"},
        Wrong{R"("hours":"24.000001")", "/hours: field_range: expected 0 to 24, got 24.000001"},
        Wrong{R"("hours":"-0.5")", "/hours: field_range: expected 0 to 24, got -0.5"},
        Wrong{R"("done":"true")", "/done: field_type: expected true, false, got text"},
        Wrong{R"("done":1)", "/done: field_type: expected true, false, got integer"},
        Wrong{R"("day":"2026-3-5")", "/day: field_type: expected date YYYY-MM-DD, got text"},
        Wrong{R"("day":"2026-03-06")",
              "/day: date_in_future: expected not after 2026-03-05, got 2026-03-06"},
        Wrong{R"("day":"2026-03-01","started":"2026-03-02")",
              "/started: date_order: expected not after 2026-03-01, got 2026-03-02"},
        Wrong{R"("at":"2026-03-05 10:00:00Z")",
              "/at: field_type: expected instant YYYY-MM-DDThh:mm:ssZ, got text"},
        Wrong{R"("at":"2026-03-05T24:00:00Z")",
              "/at: field_type: expected instant YYYY-MM-DDThh:mm:ssZ, got text"},
        Wrong{R"("at":"2026-03-05T10:00:00+08")",
              "/at: field_type: expected instant YYYY-MM-DDThh:mm:ssZ, got text"},
        Wrong{R"("year":"2026-H1")", "/year: field_type: expected year, got half"},
        Wrong{R"("span":"2025-W53")",
              "/span: field_type: expected period 2026, 2026-H1, 2026-Q3, 2026-11, 2026-W47, "
              "got text"},
        Wrong{R"("span":"2026-13")",
              "/span: field_type: expected period 2026, 2026-H1, 2026-Q3, 2026-11, 2026-W47, "
              "got text"},
        Wrong{R"("wait":{"day":5})", "/wait: unknown_word: expected days, got day"},
        Wrong{R"("wait":{"days":"5"})", "/wait/days: field_type: expected integer, got text"},
        Wrong{R"("wait":{})", "/wait: field_type: expected duration {\"days\": 5}, got object"},
        Wrong{R"("colour":"gren")", "/colour: unknown_word: expected green, got gren"},
        Wrong{R"("colour":"王小明")", "/colour: unknown_word: expected red, green, got text"},
        Wrong{R"("tags":["red","red"])",
              "/tags/1: field_range: expected each item once, got an item twice"},
        Wrong{R"("tags":"red")", "/tags: field_type: expected list, got text"},
        Wrong{R"("lines":["1","2","3","4"])", "/lines: field_range: expected 0 to 3 items, got 4"},
        Wrong{R"("lines":[null])", "/lines/0: field_type: expected text, got null"},
        Wrong{R"("persons":["p1"])", "/persons: field_range: expected 2 to 2 items, got 1"},
        Wrong{R"("persons":["p1","u2"])", "/persons/1: field_type: expected id p12, got text"},
        Wrong{R"("person":7)", "/person: field_type: expected id p12, got integer"},
        Wrong{R"("unit":"p3")", "/unit: field_type: expected id u12, got text"},
        Wrong{R"("post":"o0")", "/post: field_type: expected id o12, got text"},
        Wrong{R"("files":["9"])", "/files/0: field_type: expected id f12, got text"},
        Wrong{R"("before":"r1.2")", "/before: field_type: expected id r12, got text"}));

TEST(CheckFields, refuses_all_at_once) {
  EXPECT_EQ(check(R"({"a/b~c":1,"name":"  ","count":"x","colour":"blue","lines":["1",2]})"),
            pointer +
                "/a~1b~0c: unknown_field: expected name, count, hours, done, day, started, "
                "at, year, span, wait, colour, tags, lines, persons, person, unit, post, "
                "files, secret, before, got text\n" +
                pointer + "/name: field_required: expected name\n" + pointer +
                "/count: field_type: expected integer, got text\n" + pointer +
                "/colour: unknown_word: expected red, green, got blue\n" + pointer +
                "/lines/1: field_type: expected text, got integer");
}

TEST(CheckFields, counts_characters_and_not_bytes) {
  EXPECT_EQ(check(R"({"name":"主题党日好"})"), "");
  EXPECT_EQ(check(R"({"name":"主题党日好的"})"),
            pointer + "/name: field_range: expected 0 to 5 characters, got 6");
}

TEST(CheckFields, wants_an_object_and_takes_null_for_an_empty_one) {
  EXPECT_EQ(check("[]"), pointer + ": field_type: expected object, got list");
  EXPECT_EQ(check("null"), pointer + "/name: field_required: expected name");
}

TEST(CheckFields, a_lasting_record_ends_after_it_began) {
  const RecordType& type = *trial().find_record_type("lasting");
  EXPECT_EQ(type.counts_on, "from");
  const auto found = [&](std::string_view until) {
    return written(check_fields(
        type, json(R"({"member":"p1","from":"2026-01-01","until":")" + std::string(until) + "\"}"),
        "", today));
  };
  EXPECT_EQ(found("2026-01-02"), "");
  EXPECT_EQ(found("2026-01-01"), "/until: date_order: expected after 2026-01-01, got 2026-01-01");
}

TEST(CheckDate, refuses_the_future_and_what_lies_too_far_back) {
  const auto found = [](const RecordType& type, Date date) {
    return written(check_date(type, date, "/date", today));
  };
  EXPECT_EQ(found(everything(), today), "");
  EXPECT_EQ(found(everything(), today + 1),
            "/date: date_in_future: expected not after 2026-03-05, got 2026-03-06");
  EXPECT_EQ(found(everything(), today + -30), "");
  EXPECT_EQ(found(everything(), today + -31),
            "/date: date_before_limit: expected from 2026-02-03, got 2026-02-02");
  EXPECT_EQ(found(*trial().find_record_type("plain"), Date::of(1949, 10, 1)), "");
}

TEST(References, are_collected_with_their_places) {
  const References found = references_of(
      everything(),
      json(R"({"person":"p7","persons":["p1","p2"],"unit":"u3","post":"o4","files":["f9"],
               "before":"r118","name":"p99"})"),
      "/f");
  ASSERT_EQ(found.persons.size(), 3U);
  EXPECT_EQ(found.persons[0].id, PersonId{1});
  EXPECT_EQ(found.persons[0].where, "/f/persons/0");
  EXPECT_EQ(found.persons[2].where, "/f/person");
  ASSERT_EQ(found.units.size(), 1U);
  EXPECT_EQ(found.units[0].id, UnitId{3});
  ASSERT_EQ(found.posts.size(), 1U);
  ASSERT_EQ(found.files.size(), 1U);
  EXPECT_EQ(found.files[0].where, "/f/files/0");
  ASSERT_EQ(found.records.size(), 1U);
  EXPECT_EQ(found.records[0].id, RecordId{118});
  EXPECT_EQ(found.records[0].type, "trial/everything");
}

TEST(Personal, persons_free_texts_and_protected_values_stand_apart_and_leave_their_place) {
  const Separated apart = separate_personal(
      everything(),
      json(R"({"name":"n","count":3,"persons":["p1","p2"],"lines":["a"],"tags":["red"],
               "person":null,"secret":5,"unit":"u3"})"),
      "");
  EXPECT_EQ(to_json(apart.rest),
            R"({"name":null,"count":3,"persons":[null,null],"lines":[null],"tags":["red"],)"
            R"("person":null,"secret":null,"unit":"u3"})");
  std::string parts;
  for (const PersonalField& part : apart.personal)
    parts += part.where + "=" + to_json(part.value) + " ";
  EXPECT_EQ(parts, R"(/name="n" /persons/0="p1" /persons/1="p2" /lines/0="a" /secret=5 )");
}

std::vector<std::string> keys(std::string_view type, const RecordHeader& header,
                              std::string_view fields) {
  return identity_keys(*trial().find_record_type(type), header, json(fields));
}

TEST(Identity, does_not_depend_on_the_order_of_persons) {
  const RecordHeader header{{UnitId{1}}, today, "", {}};
  const auto one = keys("everything", header, R"({"persons":["p1","p2"],"day":"2026-03-01"})");
  const auto other = keys("everything", header, R"({"day":"2026-03-01","persons":["p2","p1"]})");
  ASSERT_EQ(one.size(), 1U);
  EXPECT_EQ(one, other);
  EXPECT_EQ(one[0],
            R"({"identity":{"day":"2026-03-01","persons":["p1","p2"]},"type":"trial/everything"})");
  EXPECT_NE(one, keys("everything", header, R"({"persons":["p1","p3"],"day":"2026-03-01"})"));
}

TEST(Identity, has_one_key_for_each_unit) {
  const RecordHeader joint{{UnitId{1}, UnitId{2}}, today, "村委会 二楼", {}};
  const RecordHeader alone{{UnitId{2}}, today, "村委会二楼", {}};
  const auto both = keys("held", joint, R"({"topic":"Ａ b"})");
  ASSERT_EQ(both.size(), 2U);
  EXPECT_NE(both[0], both[1]);
  EXPECT_EQ(keys("held", alone, R"({"topic":"aB"})"), std::vector<std::string>{both[1]});
}

TEST(Identity, is_not_known_where_a_part_was_left_out) {
  const RecordHeader header{{UnitId{1}}, today, "x", {}};
  EXPECT_TRUE(keys("held", header, "{}").empty());
  EXPECT_TRUE(keys("held", header, R"({"topic":" "})").empty());
  EXPECT_TRUE(keys("held", {{UnitId{1}}, today, "", {}}, R"({"topic":"t"})").empty());
  EXPECT_TRUE(keys("everything", header, R"({"persons":[],"day":"2026-03-01"})").empty());
  EXPECT_TRUE(keys("plain", header, "{}").empty());
}

}  // namespace
}  // namespace huilu::policy
