// For tests: a random world in which duties of every shape are owed, with a history of records,
// corrections, decisions and changes of the organisation. The same seed makes the same world.
#pragma once

#include <algorithm>
#include <random>

#include "obligation/testing.h"

namespace huilu::obligation::testing {

// What the shapes below stand on.
inline constexpr std::string_view shapes_head = R"(
params:
  need:
    type: int
    clause: S0-1.1
    bind: period_start
    values:
      - {from: 2019-01-01, value: 2, basis: assumed}
      - {from: 2026-01-01, value: 3, basis: seed}
  grace:
    type: duration
    clause: S0-1.1
    bind: period_end
    values: [{from: 2019-01-01, value: {workdays: 5}, basis: decision}]
  subjects:
    type: list
    clause: S0-1.1
    bind: period_start
    values:
      - {from: 2019-01-01, value: [{id: work, title: 工}, {id: life, title: 生}], basis: seed}
  free:
    type: bool
    clause: S0-1.1
    bind: period_start
    values:
      - {from: 2019-01-01, value: false, basis: seed}
      - {from: 2026-07-01, value: true, basis: seed}
record_types:
  point:
    title: 联系点
    lasts: true
    fields:
      host: {type: unit, required: true}
      from: {type: date, required: true}
      until: {type: date}
  contact:
    title: 走访
    when: visited
    plannable: true
    fields:
      visited: {type: date, required: true}
      point: {type: ref, of: point}
      hours: {type: decimal}
      topics: {type: set, of: [study, work, life]}
    counts_if:
      - {topics: {size: {ge: 1}}, say: 没有题目}
  report:
    title: 报告
    when: for_year
    fields: {for_year: {type: period, of: year, required: true}}
campaign:
  clause: S0-1.1
  title: 主题教育
  window: {from: 2025-01-01, until: 2026-12-31}
  batches:
    - id: first
      title: 第一批
      who: {unit: {level: county}}
      window: {from: 2025-06-01, until: 2025-12-01}
      late_joiner: shortened
    - id: second
      title: 第二批
      who: {unit: {level: village}}
      window: {from: 2025-11-01, until: 2026-06-01}
      late_joiner: full
  phases:
    - id: study
      title: 学习
      window: {from: campaign_start, until: {after: campaign_start, by: {days: 60}}}
obligations:
)";

// One obligation of each shape, by its name.
class EveryShape {
 public:
  std::string text() {
    counting();
    others();
    return text_;
  }

 private:
  void add(const std::string& name, const std::string& every, const std::string& needs,
           const std::string& more, const std::string& who = "{unit: {type: branch}}",
           const std::string& missing = "counts_as_zero") {
    text_ += "  " + name + ":\n    clause: S0-1.1\n    title: 事\n    who: " + who +
             "\n    every: " + every + "\n    needs: " + needs + "\n    missing: " + missing +
             "\n" + more;
  }

  void counting() {
    add("monthly", "month", plain_,
        "    due: {enter: {after: period_end, by: {param: grace}}, warn: {days: 14}}\n");
    add("scaled", "year", "{at_least: {param: need}, of: " + of_ + "}",
        "    due: {enter: {after: period_end, by: {param: grace}}, warn: {days: 60}}\n"
        "    pro_rata: {round: ceil, min: 1}\n",
        "{unit: {type: branch}, in_scope: {at_least: {days: 60}}}");
    add("early", "year", two_,
        "    due: {act: {month_day: \"03-31\"}, enter: {month_day: \"04-30\"}}\n");
    add("too_late", "year", two_, "    due: {act: {month_day: \"06-30\"}, after_act: too_late}\n");
    add("by_day", "quarter", "{at_least: 3, of: " + of_ + ", distinct: visited}",
        "    first_period: full\n");
    add("hours", "half", "{at_least: 5.5, of: " + of_ + ", sum: hours}", "");
    add("both", "quarter",
        "{all_of: [{id: contact, at_least: 2, of: " + of_ +
            "}, {id: theme_day, at_least: 1, of: {record: theme_party_day, where: {unit: "
            "$bearer}}}]}",
        "");
    add("either", "quarter",
        "{any_of: [{id: contact, at_least: 4, of: " + of_ +
            "}, {id: theme_day, at_least: 2, of: {record: theme_party_day, where: {unit: "
            "$bearer}}}]}",
        "    due: {enter: " + days_ + "}\n");
    add("exact", "quarter", "{exactly: 2, of: " + of_ + "}", "");
  }

  void others() {
    add("limit", "quarter", "{at_most: 2, of: " + of_ + "}", "");
    add("limited", "quarter",
        "{all_of: [{id: contact, at_least: 2, of: " + of_ + "}, {id: most, at_most: 3, of: " + of_ +
            "}]}",
        "");
    add("known", "month", plain_, "", "{unit: {type: branch}}", "unknown");
    add("where_any", "month", plain_, "", "{unit: {type: branch}}", "not_applicable");
    add("within_days", "year",
        "{at_least: 2, of: {record: contact, where: {unit: $bearer}, during: {from: {month_day: "
        "\"03-01\"}, until: {month_day: \"09-30\"}}}}",
        "");
    add("referred", "half",
        "{at_least: 1, of: {record: contact, where: {unit: $bearer}, counts_if: [{point.host: "
        "$bearer, say: 不是}]}}",
        "");
    add("register", "year", "{at_least: 1, of: {record: point, where: {host: $bearer}}}", "");
    add("reports", "year", "{at_least: 1, of: {record: report, where: {unit: $bearer}}}",
        "    due: {from: {after: period_end, by: {days: 1}}, act: {month_day: \"01-31\", of: "
        "next}, "
        "enter: {month_day: \"02-15\", of: next}}\n");
    const std::string holder =
        "{at_least: 2, of: {record: contact, where: {present: {has: $bearer.holder}}}}";
    add("posts", "half", holder, "    pro_rata: {round: floor, min: 1}\n",
        "{post: {kind: secretary}}");
    add("merged", "year", holder, "    first_period: full\n",
        "{post: {kind: secretary}, merge_posts: true}");
    add("members", "half", "{at_least: 1, of: {record: contact, where: {present: {has: $bearer}}}}",
        "", "{member: {probationary: false}, at: host_else_home}");
    add("campaigned", "campaign", two_,
        "    due: {enter: {after: campaign_end, by: {workdays: 5}}}\n");
    add("phased", "{phase: study}", plain_, "");
    add("each_subject", "year",
        "{at_least: 1, of: {record: contact, where: {unit: $bearer, topics: {has: $it}}}}",
        "    for_each: {values: {param: subjects}}\n");
    add("each_member", "half", "{at_least: 1, of: {record: contact, where: {present: {has: $it}}}}",
        "    for_each: {members: {home: $bearer}}\n    first_period: full\n");
    add("each_point", "year", "{at_least: 1, of: {record: contact, where: {point: $it}}}",
        "    for_each: {record: point, where: {host: $bearer}}\n");
    add("each_contact", "year",
        "{at_least: 1, of: {record: theme_party_day, where: {unit: $bearer}}}",
        "    for_each: {record: contact, where: {unit: $bearer}}\n"
        "    due: {act: {after: case, by: {days: 20}}, enter: {after: case, by: {days: 30}}}\n");
    add("each_pair", "half",
        "{at_least: 1, of: {record: contact, where: {present: {has_all: $it.both}}}}",
        "    for_each: {pairs: {members: {home: $bearer}}}\n    first_period: full\n");
    add("always_point", "always", "{at_least: 1, of: {record: point, where: {host: $bearer}}}", "");
    add("lately", "always",
        "{at_least: 2, of: {record: contact, where: {unit: $bearer}, during: {from: {before: "
        "today, "
        "by: {days: 90}}, until: today}}}",
        "");
    again();
    of_others();
    add("once", "once", plain_, "    due: {act: 2026-03-31}\n    first_period: full\n");
  }

  // Periods of other kinds, and what has to be done again and again.
  void again() {
    add("term", "{years: 2, from: 2023}", two_, "");
    add("window", "{window: {from: {month_day: \"03-01\"}, until: {month_day: \"05-31\"}}}", two_,
        "    first_period: pro_rata\n");
    add("so_far", "{cumulative: year}", "{at_most: 5, of: " + of_ + "}", "");
    add("rolling", "{rolling: {months: 2}}", two_, "");
    add("after_last", "{after_last: {days: 60}}", plain_, "    due: {warn: {days: 10}}\n");
    add("shared_month", "month", plain_, "    sharing: {exclusive: contacts}\n");
    add("shared_quarter", "quarter", two_,
        "    due: {act: {before: period_end, by: {days: 20}}}\n"
        "    sharing: {exclusive: contacts, unless: {param: free}}\n");
  }

  void of_others() {
    const std::string theme_day =
        "{at_least: 1, of: {record: theme_party_day, where: {unit: $bearer}}}";
    const std::string above = "{unit: {type: [local_committee, primary_committee]}}";
    add("each_below", "quarter", theme_day,
        "    for_each: {record: contact, where: {unit.parent: $bearer}, announced: case}\n"
        "    due: {act: {after: case, by: {days: 20}}, enter: {after: case, by: {days: 30}}}\n",
        above);
    add("items_below", "year", "{at_least: 1, of: {items: $it.topics, where: work}}",
        "    for_each: {record: contact, where: {unit.parent: $bearer}}\n", above);
    add("own_people", "half", "{at_least: 1, of: {items: $it.present, where: {unit: $bearer}}}",
        "    for_each: {record: contact, where: {unit: $bearer}}\n");
    add("roll_day", "{anniversary: $it.from, leap: feb28}",
        "{at_least: 1, of: {record: contact, where: {present: {has: $it}}}}",
        "    for_each: {members: {home: $bearer}}\n"
        "    due: {from: {before: case, by: {days: 9}}, act: {after: case, by: {days: 9}}}\n");
    add("each_tenure", "year",
        "{at_least: 1, of: {record: contact, where: {present: {has: $it.holder}}}}",
        "    for_each: {posts: {unit: $bearer}}\n    due: {act: {after: case, by: {days: 60}}}\n");
    // Once, when it begins: no period is written.
    const std::string every =
        "    every: year\n    needs: {at_least: 1, of: {record: contact, where: "
        "{present: {has: $it.holder}}}}\n";
    text_.erase(text_.rfind(every), std::string("    every: year\n").size());
  }

  std::string text_ = std::string(shapes_head);
  const std::string of_ = "{record: contact, where: {unit: $bearer}}";
  const std::string days_ = "{after: period_end, by: {days: 30}}";
  const std::string plain_ = "{at_least: 1, of: " + of_ + "}";
  const std::string two_ = "{at_least: 2, of: " + of_ + "}";
};

class RandomWorld {
 public:
  explicit RandomWorld(std::uint64_t seed) : dice(seed), world(EveryShape().text()) {
    for (const policy::Obligation& one : world.packs.front().obligations) duties_.push_back(&one);
    make_organisation();
    make_records();
    make_decisions();
  }

  std::int64_t below(std::int64_t end) {
    return std::uniform_int_distribution<std::int64_t>(0, end - 1)(dice);
  }
  bool chance(int percent) { return below(100) < percent; }
  Date any_day() { return day("2025-01-01") + static_cast<int>(below(800)); }

  Question any_question() {
    const policy::Obligation& duty =
        *duties_[static_cast<std::size_t>(below(static_cast<std::int64_t>(duties_.size())))];
    const Date at = any_day();
    const auto periods = periods_of(world.facts, duty, at + -200, at + 40, end_of_day(at));
    if (periods.empty()) return any_question();
    const auto& period =
        periods[static_cast<std::size_t>(below(static_cast<std::int64_t>(periods.size())))];
    Question question{duty.address, {}, period.name, at, end_of_day(at)};
    switch (duty.who.kind) {
      case policy::BearerKind::unit:
        question.bearer = unit(duty.name.ends_with("_below") ? 20 + below(2) : 1 + below(units));
        break;
      case policy::BearerKind::post:
        question.bearer = tenure(1 + below(static_cast<std::int64_t>(world.facts.tenures.size())));
        break;
      case policy::BearerKind::member:
        question.bearer = person(1 + below(people));
        break;
    }
    return question;
  }

  Explanation ask(const Question& question) const { return evaluate(world.facts, question); }

  static constexpr std::int64_t units = 8;
  static constexpr std::int64_t people = 8;

  std::mt19937_64 dice;
  World world;

 private:
  void make_organisation() {
    world.unit(20, {"local_committee", 3, "county", {}});
    world.unit(21, {"primary_committee", 4, "", {}}, "2000-01-01", 20);
    for (std::int64_t id = 1; id <= units; ++id) {
      const bool late = chance(25);
      const Kind kind = {chance(90) ? "branch" : "general_branch", chance(50) ? 3 : 5, "", {}};
      const Date from = late ? any_day() : day("2000-01-01");
      Unit& one = world.unit(id, kind, from.text(), chance(90) ? 20 + below(2) : 0);
      if (chance(15)) one.span.until = from + 1 + static_cast<int>(below(500));
      if (chance(20)) one.go_live = any_day();
      if (chance(15)) {
        const Date change = from + 1 + static_cast<int>(below(400));
        one.kinds = {{kind, {from, change}}, {a_branch, {change, {}}}};
      }
      if (chance(15)) {
        const Date change = from + 1 + static_cast<int>(below(400));
        one.parents = {{UnitId{20}, {from, change}}, {UnitId{21}, {change, {}}}};
      }
    }
    for (std::int64_t id = 1; id <= people; ++id) {
      const Date turn = any_day();
      Membership& first = world.member(id, 1 + below(units), "2010-01-01");
      first.probationary = chance(10);
      first.floating = chance(20);
      if (first.floating && chance(50)) first.host = UnitId{1 + below(units)};
      if (chance(60)) continue;
      first.span.until = turn;
      if (chance(70)) world.member(id, 1 + below(units), turn.text());
    }
    for (std::int64_t id = 1; id <= 10; ++id) {
      const Date from = chance(50) ? day("2015-01-01") : any_day();
      Tenure& one = world.post(id, 1 + below(people), 1 + below(units),
                               chance(80) ? "secretary" : "liaison", from.text());
      if (chance(40)) one.span.until = from + 30 + static_cast<int>(below(400));
      one.acting = chance(20);
    }
  }

  Value random_fields(Date date) {
    Value fields = Value::object({{"visited", date.text()}});
    if (chance(85)) fields.set("topics", Value::List{chance(50) ? "work" : "life"});
    if (chance(80)) fields.set("hours", std::to_string(below(4)) + (chance(50) ? ".5" : ""));
    if (chance(50)) fields.set("point", RecordId{1 + below(units)}.text());
    return fields;
  }

  // A point of contact for each unit, and what was done.
  void make_records() {
    for (std::int64_t id = 1; id <= units; ++id)
      world.record("trial/point", {UnitId{id}}, "2020-01-01", "",
                   Value::object({{"host", UnitId{1 + below(units)}.text()},
                                  {"from", chance(50) ? "2020-01-01" : any_day().text()}}));
    for (int i = 0; i < 160; ++i) {
      const Date done = any_day();
      const Date entered = done + static_cast<int>(chance(60) ? below(5) : below(90));
      const std::vector<UnitId> where = {UnitId{1 + below(units)}, UnitId{1 + below(units)}};
      const bool contact = chance(75), report = !contact && chance(30);
      Record& record =
          contact  ? world.record("trial/contact", where, done.text(), entered.text(),
                                  random_fields(done))
          : report ? world.record("trial/report", where, done.text(), entered.text(),
                                  Value::object({{"for_year", std::to_string(2024 + below(3))}}))
                   : world.record("core/theme_party_day", where, done.text(), entered.text());
      record.versions[0].present = {PersonId{1 + below(people)}, PersonId{1 + below(people)}};
      if (chance(5)) record.versions[0].state = RecordState::planned;
      for (Date next = entered; chance(25);) {
        next = next + static_cast<int>(below(60));
        RecordVersion& version = World::revise(record, next.text());
        if (chance(25)) version.state = RecordState::void_;
        if (chance(25)) version.state = RecordState::entered;
        if (chance(30)) version.units = {UnitId{1 + below(units)}};
        if (contact && chance(50)) {
          version.date = std::min(next, done + (static_cast<int>(below(40)) - 20));
          version.fields = Value::object({{"trial/contact", random_fields(version.date)}});
        }
      }
    }
  }

  void make_decisions() {
    world.campaign(20, {{"first", {day("2025-06-01"), day("2025-12-01")}},
                        {"second", {day("2025-11-01"), day("2026-06-01")}}});
    Campaign& campaign = world.facts.campaigns.back();
    if (chance(50)) campaign.placed.push_back({UnitId{1 + below(units)}, "second", any_day()});
    if (chance(20)) campaign.placed.push_back({UnitId{1 + below(units)}, "", any_day()});
    if (chance(20)) campaign.ended = any_day();
    for (int i = 0; i < 60; ++i) {
      const Question about = any_question();
      Leave& leave = world.leave(chance(40) ? LeaveKind::exempt : LeaveKind::defer, about.bearer,
                                 about.period, about.at.text());
      leave.obligation = about.obligation;
      if (chance(20)) leave.withdrawn = noon(about.at + static_cast<int>(below(60)));
      if (leave.kind == LeaveKind::defer) leave.act = about.at + static_cast<int>(below(90));
      if (chance(30)) leave.enter = about.at + 30 + static_cast<int>(below(90));
    }
    for (int i = 0; i < 3; ++i) {
      const Date made = any_day();
      Decided& decided = world.decide("need", 1 + below(4), any_day().text(), made.text());
      decided.retroactive = chance(50);
    }
  }

  std::vector<const policy::Obligation*> duties_;
};

}  // namespace huilu::obligation::testing
