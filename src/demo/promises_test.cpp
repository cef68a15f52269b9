// What an explanation promises, kept in random cells of the demo: whoever does what it says has the
// verdict that it says, and one record less is not enough.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "compliance/load_facts.h"
#include "demo/testing.h"
#include "obligation/context.h"
#include "obligation/evaluate.h"
#include "obligation/organisation.h"
#include "obligation/testing.h"

namespace huilu::demo {
namespace {

using obligation::Class;
using obligation::Explanation;
using obligation::Question;
using policy::Comparison;
using testing::made;
using Fix = Explanation::Fix;

constexpr int promises = 1000;

class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}
  std::size_t below(std::size_t end) { return engine_() % end; }
  template <class T>
  const T& of(const std::vector<T>& all) {
    return all[below(all.size())];
  }

 private:
  std::mt19937_64 engine_;
};

// Records as the duty of a cell wants them.
class Doing {
 public:
  Doing(obligation::Facts facts, const std::vector<policy::Pack>& packs, const Explanation& one,
        UnitId home)
      : facts_(std::move(facts)), packs_(packs), one_(one), home_(home) {
    person_ = one.question.bearer.person;
    if (const auto* held = obligation::find_tenure(facts_, one.question.bearer.tenure))
      person_ = held->person;
  }

  obligation::Facts& facts() { return facts_; }

  void add(Date done, Instant entered) {
    const policy::Set& set = one_.obligation->needs.of;
    const policy::RecordType& type = type_of(set.names.front());
    obligation::RecordVersion version;
    version.types = {type.address};
    version.units = {home_};
    version.date = done;
    version.at = entered;
    Value fields{Value::Object{}};
    place_in_time(type, done, fields);
    satisfy(set.where, type, version, fields);
    for (const auto* list : {&type.counts_if, &set.counts_if})
      for (const policy::Quality& quality : *list)
        satisfy(quality.condition, type, version, fields);
    version.fields = Value::object({{type.address, std::move(fields)}});
    insert(std::move(version));
  }

 private:
  const policy::RecordType& type_of(const std::string& address) const {
    for (const policy::Pack& pack : packs_)
      for (const policy::RecordType& type : pack.record_types)
        if (type.address == address) return type;
    throw std::invalid_argument(address);
  }

  void place_in_time(const policy::RecordType& type, Date done, Value& fields) const {
    if (type.lasts) fields.set("from", done.text());
    if (type.counts_on == "date") return;
    const bool period = type.find_field(type.counts_on)->type == policy::FieldType::period;
    fields.set(type.counts_on, period ? one_.question.period : done.text());
  }

  // The shipped packs write these forms; another one fails here, and is added.
  void satisfy(const policy::Condition& condition, const policy::RecordType& type,
               obligation::RecordVersion& version, Value& fields) {
    ASSERT_TRUE(condition.not_.empty()) << condition.place.text();
    for (const auto& any_of : condition.any_of) satisfy(any_of.front(), type, version, fields);
    for (const policy::Comparing& line : condition.lines) {
      const std::string& name = line.path.steps.front();
      const policy::Field* const field = type.find_field(name);
      if (name == "unit") continue;
      if (name == "present") {
        version.present.push_back(person_);
      } else if (line.path.steps.size() == 2) {
        ASSERT_EQ(field->type, policy::FieldType::ref) << line.place.text();
        fields.set(name, referred(*field, line.path.steps.back()));
      } else if (line.comparison == Comparison::equal) {
        fields.set(name, value_of(line));
      } else if (line.comparison == Comparison::has) {
        fields.set(name, Value::List{value_of(line)});
      } else if (line.comparison == Comparison::has_all) {
        Value::List all;
        for (const auto& operand : line.operands) all.push_back(std::get<Value>(operand.what));
        fields.set(name, std::move(all));
      } else if (line.comparison == Comparison::ge) {
        fields.set(name, value_of(line));
      } else if (line.comparison == Comparison::size) {
        fields.set(name, Value::List{"one", "two", "three"});
      } else {
        ASSERT_EQ(line.comparison, Comparison::ne) << line.place.text();
        const auto other = std::find_if(
            field->words.begin(), field->words.end(),
            [&](const policy::Term& term) { return Value(term.code) != value_of(line); });
        fields.set(name, other->code);
      }
    }
  }

  Value value_of(const policy::Comparing& line) const {
    const auto& what = line.operands.front().what;
    if (const auto* value = std::get_if<Value>(&what)) return *value;
    return person_.text();
  }

  // Another record that has the person in that field: one that is there, or a new one.
  std::string referred(const policy::Field& field, const std::string& holder) {
    for (const auto& [id, record] : facts_.records) {
      const Value* const fields = record.versions.back().fields.find(field.target);
      const Value* const value = fields ? fields->find(holder) : nullptr;
      if (value && *value == Value(person_.text())) return id.text();
    }
    obligation::RecordVersion version;
    version.types = {field.target};
    version.units = {home_};
    version.date = one_.period.from;
    version.fields = Value::object(
        {{field.target, Value::object({{holder, person_.text()}, {"from", version.date.text()}})}});
    version.at = obligation::end_of_day(version.date);
    return insert(std::move(version)).text();
  }

  RecordId insert(obligation::RecordVersion version) {
    const auto last = facts_.records.empty() ? 0 : facts_.records.rbegin()->first.value;
    obligation::Record record;
    record.id = RecordId{std::max<std::int64_t>(last, 1'000'000'000) + 1};
    record.versions.push_back(std::move(version));
    return facts_.records.emplace(record.id, record).first->first;
  }

  obligation::Facts facts_;
  const std::vector<policy::Pack>& packs_;
  const Explanation& one_;
  UnitId home_;
  PersonId person_;
};

class PromisesTest : public testing::GroundTest {
 protected:
  struct Cell {
    Explanation explanation;
    UnitId home;
  };

  std::vector<UnitId> units(const std::string& sql) {
    std::vector<UnitId> found;
    for (const auto row : connection_->query(sql)) found.push_back(row.id<UnitId>(0));
    return found;
  }

  // Of a random unit, what is loaded for it alone.
  void load_unit(UnitId unit) {
    facts_ = policy_;
    compliance::load_units(*connection_, {unit}, compliance::Names::left_out, facts_);
    evaluator_.emplace(facts_);
    cells_.clear();
    const Date today = Zone{}.date_of(made);
    for (const auto* duty : obligation::obligations_on(facts_, today, made)) {
      for (const auto& period :
           obligation::periods_of(facts_, *duty, today + -365, today + 40, made)) {
        for (const auto& bearer : obligation::bearers_of(facts_, *duty, period, made)) {
          if (obligation::home_of(facts_, bearer, *duty, period, today) == unit)
            cells_.push_back({duty->address, bearer, period.name, today, made});
        }
      }
    }
  }

  // Today, or as it was on an earlier day.
  Question any_question(Random& random) const {
    Question question = random.of(cells_);
    if (random.below(3) != 0) return question;
    question.at = question.at + -static_cast<int>(random.below(300));
    question.known = obligation::end_of_day(question.at);
    return question;
  }

  // Random days of a fix, each once; ahead of the day that is asked about only where they must be,
  // or now and then.
  static std::vector<Date> days_of(const Fix& fix, const Explanation& one, Random& random) {
    Date until = fix.until;
    if (fix.from <= one.question.at && random.below(4) != 0)
      until = std::min(until, one.question.at);
    std::set<Date> taken;
    for (const auto& record : one.test.counted) taken.insert(record.date);
    std::set<Date> days;
    const auto length = static_cast<std::size_t>(std::min(until - fix.from + 1, 1000));
    for (int tries = 0; tries < 5000 && days.size() < static_cast<std::size_t>(fix.missing);
         ++tries) {
      const Date day = fix.from + static_cast<int>(random.below(length));
      if (!taken.contains(day)) days.insert(day);
    }
    return {days.begin(), days.end()};
  }

  // Nothing where it cannot be tried: too few days, or the world became another one until then.
  std::optional<Explanation> done(const Explanation& one, const Fix& fix,
                                  const std::vector<Date>& days, std::int64_t less) {
    if (days.size() != static_cast<std::size_t>(fix.missing)) return {};
    Question then = one.question;
    if (days.back() > then.at) {
      then.at = days.back();
      then.known = obligation::end_of_day(then.at);
      const auto meanwhile = evaluator_->evaluate(then);
      const auto& same = &fix == &*one.fix ? meanwhile.fix : meanwhile.fix_late;
      if (!same || same->missing != fix.missing) return {};
    }
    Doing doing(facts_, packs_, one, home_);
    for (std::size_t i = 0; i + static_cast<std::size_t>(less) < days.size(); ++i)
      doing.add(days[i], then.known);
    return obligation::evaluate(doing.facts(), then);
  }

  void try_fix(const Explanation& one, const Fix& fix, Random& random) {
    ASSERT_TRUE(fix.parts.empty()) << "a duty made of several tests: say here how it is done";
    const auto days = days_of(fix, one, random);
    const auto after = done(one, fix, days, 0);
    if (!after) return;
    ++kept_;
    ++tried_[one.question.obligation];
    const bool ahead = after->question.at != one.question.at;
    ahead_ += ahead ? 1 : 0;
    EXPECT_EQ(obligation::word_of(after->verdict), obligation::word_of(fix.gives));
    EXPECT_NE(after->verdict, one.verdict);
    EXPECT_TRUE(ahead || after->marks == fix.marks);
    const auto less = done(one, fix, days, 1);
    EXPECT_TRUE(less && less->verdict != fix.gives) << "one less is enough";
  }

  // What has cases, or is made of several tests, says of each of them what is missing.
  void try_cell(const Explanation& one, Random& random) {
    if (one.obligation && (one.obligation->for_each || !one.obligation->needs.parts.empty()))
      return;
    const bool wanting = one.the_class == Class::short_ || one.the_class == Class::unknown;
    EXPECT_EQ(wanting, one.fix.has_value()) << obligation::word_of(one.the_class);
    if (one.fix) try_fix(one, *one.fix, random);
    if (one.fix_late) try_fix(one, *one.fix_late, random);
    if (!HasFailure()) return;
    ADD_FAILURE() << one.question.obligation << ' ' << one.question.bearer.text() << ' '
                  << one.question.period << " at " << one.question.at.text() << " of "
                  << home_.text();
  }

  obligation::Facts policy_;
  obligation::Facts facts_;
  std::optional<obligation::Evaluator> evaluator_;
  std::vector<Question> cells_;
  UnitId home_;
  int kept_ = 0;
  int ahead_ = 0;
  std::map<std::string, int> tried_;
};

TEST_P(PromisesTest, are_kept_in_a_thousand_random_cells_of_the_demo) {
  const std::uint64_t seed = obligation::testing::seed();
  Random random(seed);
  carried_out(make_plan(seed, district_shape(), made));
  policy_ = compliance::load_policy(*connection_, packs_);
  const auto all = units("select id from unit order by id");
  // Few units have leaders, so that they are looked for.
  const auto above = units(
      "select distinct unit from unit_kind where type not in ('branch', 'joint_branch') "
      "order by unit");
  constexpr int rounds_max = 20'000;
  for (int round = 0; round < rounds_max && kept_ < promises && !HasFailure(); ++round) {
    home_ = random.of(random.below(4) == 0 ? above : all);
    load_unit(home_);
    for (int n = 0; n < 8 && !cells_.empty() && !HasFailure(); ++n)
      try_cell(evaluator_->evaluate(any_question(random)), random);
  }
  EXPECT_GE(kept_, promises);
  EXPECT_GE(ahead_, 30);
  EXPECT_GE(tried_.size(), 12U);
}

// Facts are the same from either database, which tests of compliance see to.
INSTANTIATE_TEST_SUITE_P(On, PromisesTest, ::testing::Values(store::Dialect::sqlite),
                         store::testing::name_of_dialect);

}  // namespace
}  // namespace huilu::demo
