#include "policy/relapse.h"

#include <gtest/gtest.h>

#include "policy/sentence.h"
#include "policy/testing.h"

namespace huilu::policy {
namespace {

using testing::findings_of;
using testing::load_trial;

constexpr std::string_view registered_head = R"(documents: {S9: {name: 试}}
params:
  days: {type: duration, title: 时间, clause: S9-1, bind: clock_start,
    values: [{from: 2019-01-01, value: {days: 365}, basis: decision}]}
  ratio: {type: decimal, title: 比例, clause: S9-1, bind: case,
    values: [{from: 2019-01-01, value: 0.4, basis: decision}]}
clauses: [{id: S9-1, doc: S9, at: "1"}]
matter_types:
  issue:
    pin: version_at_open
    title: 事
    fields: {what: {type: text, title: 内容}, kind: {type: enum, of: [a, b], title: 性质},
      who: {type: person, title: 人}, key: {type: text, protected: true, title: 密}}
    roles: {owner: {unit: $it.unit, title: 责任}, office: {unit: $it.unit.parent, title: 上级}}
    initial: found
    states: {found: 已发现, gone: {title: 撤, final: hard, outcome: not_ours},
      done: {title: 已办结, final: soft, outcome: solved}}
    moves:
      - {id: drop, title: 撤, from: [found], to: gone, by: [office]}
      - {id: close, title: 办结, from: [found], to: done, by: [office]}
      - {id: again, title: 重办, from: [done], to: found, by: [office],
         needs: {holds: {relapsed_as: {present: true}}}}
)";

// One key a line from 25 on, each as it is given.
struct Keys {
  std::string_view of = "done";
  std::string_view within = "{param: days}";
  std::string_view same = "kind";
  std::string_view alike = "what";
  std::string_view at_least = "{param: ratio}";
  std::string_view by = "office";
};
std::string registered(const Keys& keys) {
  std::string text = std::string(registered_head) + "    relapse:\n      clause: S9-1\n";
  const auto add = [&](std::string_view key, std::string_view value) {
    text += "      " + std::string(key) + ": " + std::string(value) + "\n";
  };
  add("of", keys.of);
  add("within", keys.within);
  add("same", keys.same);
  add("alike", keys.alike);
  add("at_least", keys.at_least);
  add("by", keys.by);
  return text;
}

TEST(Relapse, is_read_with_what_is_compared_and_who_decides) {
  const auto pack = load_trial(registered({}));
  ASSERT_TRUE(pack.ok()) << testing::lines(pack.refusals());
  const MatterRelapse& one = *pack->matter_types.at(0).relapse;
  EXPECT_EQ(one.of, std::vector<std::string>{"done"});
  EXPECT_EQ(one.same, std::vector<std::string>{"kind"});
  EXPECT_EQ(one.alike, std::vector<std::string>{"what"});
  EXPECT_EQ(one.by, std::vector<std::string>{"office"});
}

TEST(Relapse, is_of_what_was_dealt_with) {
  EXPECT_EQ(findings_of(registered({.of = "[dnoe, found, gone, done, done]"})),
            "pack.yaml:32:12: pack_reference: expected done, got dnoe\n"
            "pack.yaml:32:18: pack_shape: expected outcome: solved, partly, long_term, got found\n"
            "pack.yaml:32:25: pack_shape: expected outcome: solved, partly, long_term, got gone\n"
            "pack.yaml:32:37: pack_duplicate_key: got done");
}

TEST(Relapse, compares_what_can_be_compared) {
  EXPECT_EQ(findings_of(registered({.same = "[what, who, knid]"})),
            "pack.yaml:34:14: pack_type: expected enum, set, unit, bool, int, got text\n"
            "pack.yaml:34:20: pack_type: expected enum, set, unit, bool, int, got person\n"
            "pack.yaml:34:25: pack_reference: expected kind, got knid");
  EXPECT_EQ(findings_of(registered({.alike = "[kind, key]"})),
            "pack.yaml:35:15: pack_type: expected text, got enum\n"
            "pack.yaml:35:21: pack_type: expected text, got text");
}

TEST(Relapse, is_never_judged_by_the_responsible_unit) {
  EXPECT_EQ(findings_of(registered({.by = "[owner, ofice]"})),
            "pack.yaml:37:12: pack_shape: expected a role that is not the responsible unit's, got "
            "owner\n"
            "pack.yaml:37:19: pack_reference: expected office, got ofice");
}

TEST(Relapse, its_length_and_share_are_of_their_kind) {
  EXPECT_EQ(findings_of(registered({.within = "{hours: 5}"})),
            "pack.yaml:33:15: pack_range: expected days, workdays, months, years, got hours");
  EXPECT_EQ(findings_of(registered({.at_least = "{param: days}"})),
            "pack.yaml:36:17: pack_type: expected decimal, got duration");
  EXPECT_EQ(findings_of(registered({.at_least = "1.2"})),
            "pack.yaml:36:17: pack_range: expected above 0, at most 1, got 1.2");
  EXPECT_EQ(findings_of(registered({.at_least = "0"})),
            "pack.yaml:36:17: pack_range: expected above 0, at most 1, got 0");
}

TEST(Relapse, indicators_may_read_it_where_the_type_has_one) {
  const std::string indicator =
      "indicators:\n  back:\n    clause: S9-1\n    title: 反弹率\n"
      "    share: {relapsed_as: {present: true}}\n    of: {matter: issue}\n";
  EXPECT_EQ(findings_of(registered({}) + indicator), "");
  EXPECT_EQ(findings_of(std::string(registered_head) + indicator).substr(0, 10), "pack.yaml:");
}

TEST(Relapse, it_reads_as_a_sentence) {
  const auto pack = load_trial(registered({}));
  ASSERT_TRUE(pack.ok()) << testing::lines(pack.refusals());
  const std::vector<Pack> core = {core_pack()};
  const MatterType& type = pack->matter_types.at(0);
  EXPECT_EQ(sentence_of_relapse(type, *pack, core, Language::zh_cn),
            "S9-1 新登记的事项，与本单位“已办结”不超过 365 天（决定）的事项相比，性质没有不同、"
            "内容的文字相近程度不低于 0.4（决定）的，提示可能是反弹；"
            "由上级说明理由后确认或排除，责任单位的人不得确认。");
}

}  // namespace
}  // namespace huilu::policy
