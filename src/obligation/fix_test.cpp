#include "obligation/fix.h"

#include "base/text.h"

#include <cstdlib>
#include <set>

#include "obligation/periods.h"
#include "obligation/random_world.h"

namespace huilu::obligation {
namespace {

using testing::day;
using testing::line;
using testing::RandomWorld;
using testing::World;

using Fix = Explanation::Fix;

constexpr std::int64_t million = 1'000'000;

std::string decimal(std::int64_t millionths) {
  std::string rest = std::to_string(million + millionths % million).substr(1);
  rest.erase(rest.find_last_not_of('0') + 1);
  return std::to_string(millionths / million) + (rest.empty() ? "" : "." + rest);
}

// Does to a cell what its fix says.
class Doing {
 public:
  Doing(RandomWorld& random, const Explanation& one)
      : random_(random), facts_(random.world.facts), one_(one) {}

  // `less` leaves out that much of what is missing; nothing where it cannot be tried.
  std::optional<Explanation> done(const Fix& fix, std::int64_t less) {
    latest_ = one_.question.at;
    std::vector<Fix::Part> parts = fix.parts;
    if (parts.empty()) parts.push_back({"", fix.missing, one_.test.decimal, fix.from, fix.until});
    std::vector<std::pair<std::string, std::vector<Date>>> days;
    for (const Fix::Part& part : parts) {
      const std::int64_t records = is_sum() ? 1 : part.missing - less;
      days.emplace_back(part.id, days_of(part, records));
      if (days.back().second.size() != static_cast<std::size_t>(records)) return {};
    }
    const Question then = {one_.question.obligation, one_.question.bearer, one_.question.period,
                           latest_, end_of_day(latest_)};
    // Where what is done lies ahead, the world must not have become another one by then.
    const auto meanwhile = evaluate(facts_, then);
    const auto& same = &fix == &*one_.fix ? meanwhile.fix : meanwhile.fix_late;
    if (latest_ > one_.question.at && (!same || !asks_the_same(*same, fix))) return {};
    for (const auto& [id, dates] : days)
      for (const Date date : dates) add(id, date, (fix.missing - less));
    return evaluate(facts_, then);
  }

  static bool asks_the_same(const Fix& a, const Fix& b) {
    return a.missing == b.missing && a.until == b.until &&
           std::equal(a.parts.begin(), a.parts.end(), b.parts.begin(), b.parts.end(),
                      [](const Fix::Part& one, const Fix::Part& other) {
                        return one.id == other.id && one.missing == other.missing &&
                               one.until == other.until;
                      });
  }

  bool is_sum() const { return one_.obligation->needs.sum.has_value(); }

 private:
  // Random days within the part's, each once where only days are counted.
  std::vector<Date> days_of(const Fix::Part& part, std::int64_t records) {
    std::set<Date> taken;
    if (one_.obligation->needs.distinct)
      for (const CountedRecord& record : one_.test.counted) taken.insert(record.date);
    std::vector<Date> days;
    const int length = part.until - part.from + 1;
    const int span = std::min(length, 1000);
    for (int tries = 0; tries < 3000 && days.size() < static_cast<std::size_t>(records); ++tries) {
      const Date date = part.from + static_cast<int>(random_.below(span));
      if (one_.obligation->needs.distinct && !taken.insert(date).second) continue;
      days.push_back(date);
      latest_ = std::max(latest_, date);
    }
    return days;
  }

  void add(const std::string& id, Date done, std::int64_t amount) {
    const std::string& name = one_.obligation->name;
    const UnitId home = home_of(facts_, one_.question.bearer, *one_.obligation, one_.period, done);
    std::string type = "trial/contact";
    Value fields = Value::object({{"visited", done.text()}, {"topics", Value::List{"work"}}});
    if (is_sum()) fields.set("hours", decimal(amount));
    if (id == "theme_day" || name == "each_contact" || name == "each_below")
      type = "core/theme_party_day";
    if (name == "each_subject") fields.set("topics", Value::List{id});
    if (name == "each_point") fields.set("point", id);
    present_.clear();
    if (name == "each_tenure")
      present_.push_back(find_tenure(facts_, *TenureId::parse(id))->person);
    if (name == "each_member" || name == "each_pair" || name == "roll_day")
      for (const std::string_view person : split(id, '+'))
        present_.push_back(*PersonId::parse(person));
    if (name == "register" || name == "referred" || name == "always_point") {
      type = "trial/point";
      fields = Value::object({{"host", home.text()}, {"from", done.text()}});
    }
    if (name == "reports") {
      type = "trial/report";
      fields = Value::object({{"for_year", one_.question.period}});
    }
    insert(type, home, done, std::move(fields));
    if (name != "referred") return;
    const std::string point = facts_.records.rbegin()->first.text();
    insert("trial/contact", home, done,
           Value::object(
               {{"visited", done.text()}, {"topics", Value::List{"work"}}, {"point", point}}));
  }

  void insert(const std::string& type, UnitId home, Date done, Value fields) {
    Record record;
    record.id = RecordId{facts_.records.rbegin()->first.value + 1};
    RecordVersion version;
    version.types = {type};
    version.units = {home};
    version.date = done;
    version.fields = Value::object({{type, std::move(fields)}});
    version.at = {end_of_day(latest_).ms - 1};
    if (one_.question.bearer.person) version.present = {one_.question.bearer.person};
    if (!present_.empty()) version.present = present_;
    if (const Tenure* const held = find_tenure(facts_, one_.question.bearer.tenure))
      version.present = {held->person};
    record.versions.push_back(std::move(version));
    facts_.records[record.id] = std::move(record);
  }

  RandomWorld& random_;
  Facts facts_;
  const Explanation& one_;
  Date latest_;
  std::vector<PersonId> present_;  // of a case that is a member or two
};

struct Tried {
  int cells = 0;
  int fixes = 0;
  int late = 0;
  int ahead = 0;
  int mended = 0;
  std::set<std::string> duties;
};

// What is done again has the dates of the next time then, which may be provisional or not.
std::vector<Mark> without_provisional(std::vector<Mark> marks) {
  std::erase(marks, Mark::provisional);
  return marks;
}

bool keeps_marks(const Explanation& after, const Fix& fix) {
  const bool again = after.question.period == always_name;
  return again ? without_provisional(after.marks) == without_provisional(fix.marks)
               : after.marks == fix.marks;
}

void try_fix(RandomWorld& random, const Explanation& one, const Fix& fix, Tried& tried) {
  const auto after = Doing(random, one).done(fix, 0);
  if (!after) return;
  ++tried.fixes;
  tried.duties.insert(one.question.obligation);
  // What is done for one case may be in time for another, which then is not late any more.
  const bool better =
      one.cases.size() > 1 && fix.gives == Verdict::met_late && after->verdict == Verdict::met;
  EXPECT_TRUE(better || after->verdict == fix.gives) << line(*after);
  EXPECT_NE(after->verdict, one.verdict);
  const bool ahead = after->question.at != one.question.at;
  tried.ahead += ahead ? 1 : 0;
  EXPECT_TRUE(better || ahead || keeps_marks(*after, fix)) << line(*after);
  if (!fix.parts.empty() || fix.missing == 0) return;
  const auto less = Doing(random, one).done(fix, 1);
  EXPECT_TRUE(!less || less->verdict != fix.gives) << "one less is not enough";
}

// Mending what was rejected for its quality makes it count.
void try_mending(const RandomWorld& random, const Explanation& one, Tried& tried) {
  for (const RecordId id : one.fix->mend) {
    Facts facts = random.world.facts;
    RecordVersion mended = *facts.records[id].known(one.question.known);
    std::erase_if(facts.records[id].versions,
                  [&](const RecordVersion& version) { return version.at > one.question.known; });
    ++mended.version;
    mended.at = one.question.known;
    Value fields = mended.fields.object()->members[0].second;
    fields.set("topics", Value::List{"work"});
    fields.set("point", RecordId{1}.text());
    mended.fields = Value::object({{"trial/contact", std::move(fields)}});
    if (one.question.bearer.unit)
      facts.records[RecordId{1}].versions[0].fields = Value::object(
          {{"trial/point",
            Value::object({{"host", one.question.bearer.text()}, {"from", "2020-01-01"}})}});
    facts.records[id].versions.push_back(std::move(mended));
    const Explanation after = evaluate(facts, one.question);
    std::vector<CountedRecord> counted = after.test.counted;
    for (const TestResult& part : after.test.parts)
      counted.insert(counted.end(), part.counted.begin(), part.counted.end());
    EXPECT_TRUE(std::any_of(counted.begin(), counted.end(), [&](const CountedRecord& record) {
      return record.record == id;
    })) << id.text();
    ++tried.mended;
  }
}

// The promise: doing what it says changes the verdict as it says, in any cell. Each run tries
// others; with --long three times as many, and those of the demo are tried as well.
TEST(Fix, holds_what_it_promises_in_random_cells) {
  const std::uint64_t seed = testing::seed();
  const int times = std::getenv("HUILU_LONG") ? 3 : 1;
  Tried tried;
  const auto enough = [&] {
    return tried.cells >= times * 1000 && tried.fixes >= times * 160 && tried.late >= times * 7 &&
           tried.ahead >= times * 16 && tried.mended >= times * 3 && tried.duties.size() >= 20;
  };
  for (std::uint64_t i = 0; !HasFailure() && !enough(); ++i) {
    ASSERT_LT(i, 500U) << "hardly any cell can be done late";
    RandomWorld random(seed + i);
    for (int n = 0; n < 60; ++n) {
      const Explanation one = random.ask(random.any_question());
      ++tried.cells;
      if (one.fix) try_fix(random, one, *one.fix, tried);
      if (one.fix) try_mending(random, one, tried);
      if (one.fix_late) {
        try_fix(random, one, *one.fix_late, tried);
        ++tried.late;
      }
      if (HasFailure()) {
        std::cout << "world " << seed + i << ", " << one.question.obligation << " "
                  << one.question.bearer.text() << " " << one.question.period << " at "
                  << one.question.at.text() << ": " << line(one) << "\n";
        break;
      }
    }
  }
  EXPECT_GE(tried.fixes, times * 160);
  EXPECT_GE(tried.late, times * 7);
  EXPECT_GE(tried.ahead, times * 16);
  EXPECT_GE(tried.mended, times * 3);
  EXPECT_GE(tried.duties.size(), 20U);
}

TEST(Fix, is_absent_where_nothing_can_or_need_be_done) {
  World world(testing::EveryShape().text());
  world.unit(1);
  const auto ask = [&](const char* duty, const char* period, const char* at) {
    return evaluate(world.facts, {std::string("trial/") + duty, testing::unit(1), period, day(at),
                                  end_of_day(day(at))});
  };
  EXPECT_TRUE(ask("monthly", "2026-03", "2026-03-05").fix);
  EXPECT_FALSE(ask("limit", "2026-Q1", "2026-03-05").fix) << "within";
  EXPECT_FALSE(ask("limited", "2026-Q1", "2026-03-05").fix) << "it could exceed the limit";
  world.record("trial/contact", {UnitId{1}}, "2026-03-05", "",
               Value::object({{"visited", "2026-03-05"}, {"topics", Value::List{"work"}}}));
  EXPECT_FALSE(ask("monthly", "2026-03", "2026-03-05").fix) << "met";
  // Three days are needed, and the last one that is left is not enough for two.
  EXPECT_TRUE(ask("by_day", "2026-Q1", "2026-03-05").fix);
  world.post(1, 7, 1, "secretary", "2026-03-30", "2026-03-31");
  const Question post = {"trial/posts", testing::tenure(1), "2026-H1", day("2026-03-30"),
                         end_of_day(day("2026-03-30"))};
  const Explanation held = evaluate(world.facts, post);
  ASSERT_TRUE(held.fix);
  EXPECT_EQ(held.fix->from, day("2026-03-30"));
  EXPECT_EQ(held.fix->until, day("2026-03-30")) << "as long as it is held";
}

// A record may be entered only so many days after it was done.
TEST(Fix, does_not_reach_further_back_than_records_may) {
  World world(testing::monthly);
  world.unit(1);
  EXPECT_TRUE(world.ask(1, "2023-11", "2026-10-01").fix);
  EXPECT_EQ(world.ask(1, "2023-11", "2026-11-26").fix->from, day("2023-11-26"));
  EXPECT_FALSE(world.ask(1, "2023-10", "2026-11-26").fix);
}

TEST(Fix, of_several_ways_takes_the_shortest) {
  World world(testing::EveryShape().text());
  world.unit(1);
  const auto ask = [&] {
    return evaluate(world.facts, {"trial/either", testing::unit(1), "2026-Q1", day("2026-03-05"),
                                  end_of_day(day("2026-03-05"))});
  };
  ASSERT_TRUE(ask().fix);
  ASSERT_EQ(ask().fix->parts.size(), 1U);
  EXPECT_EQ(ask().fix->parts[0].id, "theme_day");
  for (int i = 0; i < 3; ++i)
    world.record("trial/contact", {UnitId{1}}, "2026-03-05", "",
                 Value::object({{"visited", "2026-03-05"}, {"topics", Value::List{"work"}}}));
  EXPECT_EQ(ask().fix->parts[0].id, "contact");
  EXPECT_EQ(ask().fix->parts[0].missing, 1);
}

}  // namespace
}  // namespace huilu::obligation
