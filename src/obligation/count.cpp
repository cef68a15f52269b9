#include "obligation/count.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "obligation/cases.h"
#include "obligation/condition.h"
#include "obligation/parameters.h"
#include "obligation/sharing.h"
#include "policy/scalar.h"

namespace huilu::obligation {

namespace {

constexpr std::int64_t million = policy::one_in_millionths;

// A record that counts, with what it is counted by.
struct Counted {
  CountedRecord record;
  std::vector<std::string> values;  // of distinct
  bool has_amount = true;
  bool shares = false;

  // What was done in time and entered in time is looked at first.
  auto order() const {
    return std::tuple(record.late, record.entered_late, record.date, record.record);
  }
};

// Sums by how they count: in time, in time but entered late, late.
struct Sums {
  std::int64_t in_time = 0;
  std::int64_t entered_late = 0;
  std::int64_t late = 0;

  std::int64_t done_in_time() const { return in_time + entered_late; }
  std::int64_t all() const { return done_in_time() + late; }
};

// Instants from which something else was known about the record or one that it refers to.
std::set<Instant> turns(const Facts& facts, const Record& record, Instant known) {
  std::set<Instant> all;
  const auto add = [&](const Record& one) {
    for (const RecordVersion& version : one.versions)
      if (version.at <= known) all.insert(version.at);
  };
  add(record);
  for (const RecordVersion& version : record.versions) {
    if (!version.fields.object()) continue;
    for (const auto& [type, fields] : version.fields.object()->members) {
      if (!fields.object()) continue;
      for (const auto& [name, value] : fields.object()->members) {
        const auto id = value.text() ? RecordId::parse(*value.text()) : std::nullopt;
        const auto found = id ? facts.records.find(*id) : facts.records.end();
        if (found != facts.records.end()) add(found->second);
      }
    }
  }
  return all;
}

class Counting {
 public:
  Counting(Context& context, const Case& one, const policy::Test& test)
      : context_(context), case_(one), test_(test) {
    result_.kind = test.kind;
    result_.id = test.id;
  }

  TestResult asked() {
    find_need();
    return std::move(result_);
  }

  TestResult result() {
    if (test_.of.source != policy::SetSource::record) {
      context_.notes.fail("a set that is not of records");
      return std::move(result_);
    }
    find_need();
    if (is_shared()) shared_ = serving_others(context_, case_);
    find_records();
    std::sort(counted_.begin(), counted_.end(),
              [](const Counted& a, const Counted& b) { return a.order() < b.order(); });
    const Sums sums = test_.share ? shares() : test_.distinct ? distinct() : plain();
    result_.have = sums.all();
    result_.have_late = sums.late;
    judge(sums);
    judge_missing();
    tell();
    return std::move(result_);
  }

 private:
  bool is_shared() const {
    return case_.obligation->sharing && !context_.counts_shared &&
           &test_ == &case_.obligation->needs;
  }

  void find_need() {
    const auto& threshold = test_.threshold.what;
    const auto* number = std::get_if<std::int64_t>(&threshold);
    const auto* decimal = std::get_if<policy::Decimal>(&threshold);
    if (const auto* const use = std::get_if<policy::ParameterUse>(&threshold)) {
      const policy::Setting* const setting = bound(context_, *use);
      if (!setting) return;
      number = std::get_if<std::int64_t>(setting);
      decimal = std::get_if<policy::Decimal>(setting);
      if (!number && !decimal) return context_.notes.fail(use->name + " is no number");
    }
    // The need is scaled in what it is written in, and then read in what is counted in.
    const std::int64_t written = number ? *number : decimal->millionths;
    const std::int64_t scaled =
        case_.share ? case_.share->of_need(written, number ? 1 : million) : written;
    result_.scaled_away = written > 0 && scaled == 0;
    result_.decimal = decimal || test_.share || sums_decimals();
    if (number && result_.decimal)
      multiply(scaled, million, result_.need);
    else
      result_.need = scaled;
  }

  bool sums_decimals() const {
    if (!test_.sum || test_.sum->steps.empty()) return false;
    for (const std::string& address : test_.of.names) {
      const policy::RecordType* const type = record_type(context_, address);
      const policy::Field* const field = type ? type->find_field(test_.sum->steps.back()) : nullptr;
      if (field && field->type == policy::FieldType::decimal) return true;
    }
    return false;
  }

  void find_records() {
    for (const auto& [id, record] : context_.facts.records) {
      Fit fit = fit_of(context_, case_, test_, record, context_.known);
      if (fit.standing == Standing::silent) continue;
      is_recorded_ = is_recorded_ || record.known(context_.known)->state == RecordState::entered;
      const auto other = shared_.served.find(id);
      if (fit.counts() && other != shared_.served.end())
        result_.rejected.push_back({id, fit.day, "serves_other", {}, other->second});
      else if (fit.counts())
        add_counted(id, record, fit);
      else
        result_.rejected.push_back({id, fit.day, std::move(fit.why), std::move(fit.say)});
    }
  }

  void add_counted(RecordId id, const Record& record, const Fit& fit) {
    const RecordVersion& version = *record.known(context_.known);
    Counted one;
    one.record = {id, version.version, fit.day, since(record, fit.standing)};
    one.record.late = fit.standing == Standing::late;
    one.record.entered_late = !one.record.late && !case_.obligation->is_always() &&
                              zone.date_of(one.record.entered) > case_.timetable.schedule.enter;
    const Thing thing = RecordThing{id, &version, {&fit.type, 1}, context_.known};
    if (test_.sum) read_amount(thing, one);
    if (test_.distinct) one.values = read_values(thing);
    one.shares = test_.share && holds(context_, thing, *test_.share);
    counted_.push_back(std::move(one));
  }

  // The instant since which the record has counted so without a break.
  Instant since(const Record& record, Standing standing) {
    const std::set<Instant> all = turns(context_.facts, record, context_.known);
    Instant earliest = *all.rbegin();  // as of here it was found to count
    for (auto turn = std::next(all.rbegin()); turn != all.rend(); ++turn) {
      if (fit_of(context_, case_, test_, record, *turn).standing != standing) break;
      earliest = *turn;
    }
    return earliest;
  }

  void read_amount(const Thing& thing, Counted& one) {
    one.record.amount = 0;
    one.has_amount = false;
    for (const Value& value : values_of(context_, thing, *test_.sum)) {
      std::optional<std::int64_t> amount;
      if (value.integer())
        amount = *value.integer();
      else if (value.text())
        amount = policy::decimal_millionths(*value.text());
      if (!amount) return context_.notes.fail(test_.sum->text() + " is no number");
      if (value.integer() && result_.decimal) multiply(*amount, million, *amount);
      one.has_amount = true;
      add(*amount, one.record.amount);
    }
  }

  std::vector<std::string> read_values(const Thing& thing) {
    std::vector<std::string> values;
    for (const Value& value : values_of(context_, thing, *test_.distinct)) {
      if (value.list())
        for (const Value& item : *value.list()) values.push_back(canonical_json(item));
      else
        values.push_back(canonical_json(value));
    }
    return values;
  }

  void add_to(Sums& sums, const CountedRecord& record, std::int64_t amount) {
    add(amount, record.late ? sums.late : record.entered_late ? sums.entered_late : sums.in_time);
  }

  Sums plain() {
    Sums sums;
    for (const Counted& one : counted_) {
      missing_amount_ = missing_amount_ || !one.has_amount;
      add_to(sums, one.record, one.record.amount);
    }
    return sums;
  }

  // Each value once, for the record that comes first; one that adds none does not count.
  Sums distinct() {
    Sums sums;
    std::set<std::string> seen;
    std::vector<Counted> kept;
    for (Counted& one : counted_) {
      std::int64_t fresh = 0;
      for (const std::string& value : one.values) fresh += seen.insert(value).second ? 1 : 0;
      one.record.amount = fresh;
      add_to(sums, one.record, fresh);
      if (fresh > 0)
        kept.push_back(std::move(one));
      else
        result_.rejected.push_back({one.record.record, one.record.date, "not_distinct", {}});
    }
    counted_ = std::move(kept);
    return sums;
  }

  // Of all that counts, whenever it was done: rounded so that comparing it with millionths is
  // exact.
  Sums shares() {
    std::int64_t part = 0;
    for (const Counted& one : counted_) part += one.shares ? 1 : 0;
    const auto all = static_cast<std::int64_t>(counted_.size());
    empty_share_ = all == 0;
    if (test_.kind == policy::TestKind::exactly) context_.notes.fail("exactly a share");
    if (empty_share_) return {};
    const bool up = test_.kind == policy::TestKind::at_most && part * million % all != 0;
    return {part * million / all + (up ? 1 : 0), 0, 0};
  }

  void judge(const Sums& sums) {
    const std::int64_t need = result_.need;
    if (test_.kind == policy::TestKind::at_most) {
      result_.result = sums.all() > need ? Class::over : Class::within;
      return;
    }
    const bool exactly = test_.kind == policy::TestKind::exactly;
    if (exactly && sums.all() > need) {
      result_.result = Class::over;
    } else if (sums.done_in_time() >= need) {
      result_.result = Class::met;
      result_.entered_late = sums.in_time < need;
    } else if (sums.all() >= need) {
      result_.result = Class::met_late;
    } else {
      result_.result = Class::short_;
    }
  }

  // What a missing record, or a missing number in one, means. What was found stays true: a limit
  // that is exceeded, a need that is met without it. A plan tells nothing yet, and what was voided
  // nothing any more.
  void judge_missing() {
    const bool decided = result_.result == Class::over || result_.result == Class::met ||
                         result_.result == Class::met_late;
    if (empty_share_) result_.result = Class::unknown;
    const bool none = !is_recorded_;
    if (case_.obligation->missing == policy::Missing::unknown) {
      if (none || (missing_amount_ && !decided)) result_.result = Class::unknown;
    } else if (case_.obligation->missing == policy::Missing::not_applicable && none) {
      result_.result = Class::not_applicable;
    }
  }

  void tell() {
    for (Counted& one : counted_) result_.counted.push_back(one.record);
    const auto by_day = [](const auto& a, const auto& b) {
      return std::tie(a.date, a.record) < std::tie(b.date, b.record);
    };
    std::sort(result_.counted.begin(), result_.counted.end(), by_day);
    std::sort(result_.rejected.begin(), result_.rejected.end(), by_day);
  }

  void add(std::int64_t amount, std::int64_t& sum) {
    if (__builtin_add_overflow(sum, amount, &sum)) context_.notes.fail("a sum is too large");
  }
  void multiply(std::int64_t a, std::int64_t b, std::int64_t& product) {
    if (__builtin_mul_overflow(a, b, &product)) context_.notes.fail("a number is too large");
  }

  Context& context_;
  const Case& case_;
  const policy::Test& test_;
  TestResult result_;
  std::vector<Counted> counted_;
  Shared shared_;
  bool is_recorded_ = false;  // something, whether it counts or not
  bool missing_amount_ = false;
  bool empty_share_ = false;
};

// Only with what is asked for.
TestResult need_of(Context& context, const Case& one, const policy::Test& test) {
  return Counting(context, one, test).asked();
}

// The record that is in hand counts by itself.
void tell_record(Context& context, const policy::Test& test, TestResult& result) {
  const auto* const record = std::get_if<RecordThing>(&context.it->thing);
  if (!record) return;
  if (context.it->is_plan)
    result.rejected.push_back({record->id, context.it->day, "planned", {}});
  else if (result.result == Class::met)
    result.counted.push_back({record->id, record->version->version, context.it->day,
                              context.it->entered, false, false, 1});
  else
    result.rejected.push_back({record->id,
                               context.it->day,
                               test.say ? "quality" : "nonconforming",
                               test.say.value_or(policy::Label{}),
                               {},
                               misplaced(context, context.it->thing, test.holds)});
}

// The items of a list: what it says of itself, like a condition that it holds.
TestResult count_items(Context& context, const Case& one, const policy::Test& test) {
  TestResult result = need_of(context, one, test);
  const Thing thing = context.it ? context.it->thing : bearer_of(context);
  std::int64_t all = 0, part = 0;
  const bool is_plan = context.it && context.it->is_plan;
  for (const Thing& item : items_of(context, thing, *test.of.items)) {
    const auto fits = [&](const policy::Quality& quality) {
      return holds(context, item, quality.condition);
    };
    const auto& qualities = test.of.counts_if;
    if (is_plan || !holds(context, item, test.of.where) ||
        !std::all_of(qualities.begin(), qualities.end(), fits))
      continue;
    ++all;
    part += test.share && holds(context, item, *test.share) ? 1 : 0;
  }
  const bool at_most = test.kind == policy::TestKind::at_most;
  if (test.share && all > 0)
    result.have = part * million / all + (at_most && part * million % all != 0 ? 1 : 0);
  else if (!test.share)
    result.have = result.decimal ? all * million : all;
  if (at_most)
    result.result = result.have > result.need ? Class::over : Class::met;
  else if (test.kind == policy::TestKind::exactly)
    result.result = result.have == result.need  ? Class::met
                    : result.have > result.need ? Class::over
                                                : Class::short_;
  else
    result.result = result.have >= result.need ? Class::met : Class::short_;
  if (test.share && all == 0) result.result = Class::unknown;
  if (is_plan) result.result = Class::short_;
  if (context.it) tell_record(context, test, result);
  return result;
}

TestResult hold(Context& context, const policy::Test& test) {
  TestResult result;
  result.kind = test.kind;
  result.id = test.id;
  result.need = 1;
  const Thing thing = context.it ? context.it->thing : bearer_of(context);
  const bool is_plan = context.it && context.it->is_plan;
  result.have = !is_plan && holds(context, thing, test.holds) ? 1 : 0;
  result.result = result.have == 1 ? Class::met : Class::short_;
  if (context.it) tell_record(context, test, result);
  return result;
}

TestResult combined(Context& context, const Case& one, const policy::Test& test) {
  TestResult result;
  result.kind = test.kind;
  result.id = test.id;
  for (const policy::Test& part : test.parts) result.parts.push_back(count(context, one, part));
  const bool all = test.kind == policy::TestKind::all_of;
  result.result = all ? all_of(result.parts) : any_of(result.parts);
  const auto met = [](const TestResult& part) { return part.result == Class::met; };
  const auto was_entered_late = [](const TestResult& part) { return part.entered_late; };
  result.entered_late =
      all ? std::any_of(result.parts.begin(), result.parts.end(), was_entered_late)
          : std::any_of(result.parts.begin(), result.parts.end(), met) &&
                std::none_of(result.parts.begin(), result.parts.end(), [](const TestResult& part) {
                  return part.result == Class::met && !part.entered_late;
                });
  result.need = all ? static_cast<std::int64_t>(result.parts.size()) : 1;
  for (const TestResult& part : result.parts) {
    const bool done = part.result == Class::met || part.result == Class::met_late;
    result.have += done ? 1 : 0;
    result.have_late += part.result == Class::met_late ? 1 : 0;
    if (!all && done && !part.id.empty()) result.met_by.push_back(part.id);
  }
  std::sort(result.met_by.begin(), result.met_by.end());
  result.scaled_away =
      !result.parts.empty() && std::all_of(result.parts.begin(), result.parts.end(),
                                           [](const TestResult& part) { return part.scaled_away; });
  return result;
}

// The first of the classes that a part has; not applicable where none has any.
Class first_of(const std::vector<TestResult>& parts, const std::vector<Class>& order) {
  for (const Class wanted : order)
    if (std::any_of(parts.begin(), parts.end(),
                    [&](const TestResult& part) { return part.result == wanted; }))
      return wanted;
  return Class::not_applicable;
}

}  // namespace

TestResult count(Context& context, const Case& one, const policy::Test& test) {
  if (test.counts() && test.of.source == policy::SetSource::items)
    return count_items(context, one, test);
  if (test.counts()) return Counting(context, one, test).result();
  return test.kind == policy::TestKind::holds ? hold(context, test) : combined(context, one, test);
}

Class all_of(const std::vector<TestResult>& parts) {
  return first_of(parts, {Class::over, Class::short_, Class::unknown, Class::within,
                          Class::met_late, Class::met});
}

Class any_of(const std::vector<TestResult>& parts) {
  return first_of(parts, {Class::met, Class::met_late, Class::within, Class::unknown, Class::short_,
                          Class::over});
}

}  // namespace huilu::obligation
