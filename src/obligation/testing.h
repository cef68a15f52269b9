// For tests of this room: a world of a few units, people and records, and one pack written in a few
// lines. Days are texts; what is entered on a day is entered at noon.
#pragma once

#include <cstdlib>
#include <iostream>
#include <random>

#include <gtest/gtest.h>

#include <list>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "obligation/context.h"
#include "obligation/evaluate.h"
#include "obligation/organisation.h"
#include "policy/testing.h"

namespace huilu::obligation {

// NOLINTBEGIN(readability-identifier-naming): the name is GoogleTest's
inline void PrintTo(Class value, std::ostream* out) { *out << word_of(value); }
inline void PrintTo(Verdict value, std::ostream* out) { *out << word_of(value); }
inline void PrintTo(Mark value, std::ostream* out) { *out << word_of(value); }
inline void PrintTo(NotApplicable value, std::ostream* out) {
  *out << not_applicable_words[static_cast<std::size_t>(value)];
}
// NOLINTEND(readability-identifier-naming)

}  // namespace huilu::obligation

namespace huilu::obligation::testing {

// HUILU_SEED, or a new one; printed, so that a failure can be run again.
inline std::uint64_t seed() {
  const char* const given = std::getenv("HUILU_SEED");
  const std::uint64_t seed = given ? std::strtoull(given, nullptr, 10) : std::random_device{}();
  std::cout << "HUILU_SEED=" << seed << "\n";
  return seed;
}

inline Date day(std::string_view text) {
  const auto date = Date::parse(text);
  CHECK(date.has_value());
  return *date;
}

inline Instant noon(Date date) { return {end_of_day(date).ms - 12LL * 3'600'000 + 1}; }
inline Instant noon(std::string_view text) { return noon(day(text)); }
inline Instant evening(std::string_view text) { return end_of_day(day(text)); }

inline const Kind a_branch = {"branch", 5, "", {}};

// What every pack of these tests has: a clause to cite.
inline constexpr std::string_view document =
    "documents: {S0: {name: document}}\nclauses: [{id: S0-1.1, doc: S0}]\n";

// The commonest duty, of every branch: at least one theme day a month.
inline constexpr std::string_view monthly = R"(
obligations:
  duty:
    clause: S0-1.1
    title: 主题党日
    who: {unit: {type: branch}}
    every: month
    needs: {at_least: 1, of: {record: theme_party_day, where: {unit: $bearer}}}
    due: {enter: {after: period_end, by: {workdays: 5}}, warn: {days: 7}}
    missing: counts_as_zero
)";

class World {
 public:
  // With the working days of core, known as they were published.
  explicit World(std::string_view declarations) {
    facts.calendar = policy::core_pack().revisions;
    activate(declarations, Interval{day("2019-01-01"), {}});
  }
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  // One more version of pack trial; it comes into force with `span`.
  Activation& activate(std::string_view declarations, Interval span) {
    auto loaded = policy::testing::load_trial(std::string(document) + std::string(declarations));
    if (!loaded) ADD_FAILURE() << policy::testing::lines(loaded.refusals());
    CHECK(loaded.ok());
    packs.push_back(std::move(loaded).value());
    facts.activations.push_back({&packs.back(), span, {}, noon("2000-01-01"), {}});
    return facts.activations.back();
  }

  Unit& unit(std::int64_t id, Kind kind = a_branch, std::string_view from = "2000-01-01",
             std::int64_t parent = 0) {
    Unit unit;
    unit.id = UnitId{id};
    unit.name = "unit " + std::to_string(id);
    unit.span.from = day(from);
    unit.kinds = {{std::move(kind), {day(from), {}}}};
    const auto above = parent ? std::optional(UnitId{parent}) : std::nullopt;
    unit.parents = {{above, {day(from), {}}}};
    return facts.units[unit.id] = unit;
  }

  Membership& member(std::int64_t person, std::int64_t unit, std::string_view from,
                     std::string_view until = "") {
    facts.memberships.push_back(
        {PersonId{person}, UnitId{unit}, false, false, {}, span_of(from, until)});
    return facts.memberships.back();
  }

  Tenure& post(std::int64_t id, std::int64_t person, std::int64_t unit, std::string_view kind,
               std::string_view from, std::string_view until = "") {
    facts.tenures.push_back({TenureId{id}, PostId{id}, UnitId{unit}, std::string(kind),
                             PersonId{person}, false, span_of(from, until)});
    return facts.tenures.back();
  }

  static Interval span_of(std::string_view from, std::string_view until) {
    return {day(from), until.empty() ? std::nullopt : std::optional(day(until))};
  }

  // Entered on `entered`, by default on its own day.
  Record& record(std::string type, std::vector<UnitId> units, std::string_view date,
                 std::string_view entered = "", Value fields = Value(Value::Object{})) {
    Record record;
    record.id = RecordId{static_cast<std::int64_t>(facts.records.size()) + 1};
    RecordVersion version;
    version.types = {type};
    version.units = std::move(units);
    version.date = day(date);
    version.fields = Value::object({{type, std::move(fields)}});
    version.at = noon(entered.empty() ? date : entered);
    record.versions.push_back(std::move(version));
    return facts.records[record.id] = std::move(record);
  }

  Record& theme_day(std::int64_t unit, std::string_view date, std::string_view entered = "") {
    return record("core/theme_party_day", {UnitId{unit}}, date, entered);
  }

  // The next version of a record; the caller changes it.
  static RecordVersion& revise(Record& record, std::string_view entered) {
    RecordVersion next = record.versions.back();
    ++next.version;
    next.at = noon(entered);
    record.versions.push_back(std::move(next));
    return record.versions.back();
  }

  Decided& decide(std::string parameter, policy::Setting value, std::string_view from,
                  std::string_view decided) {
    policy::ParameterValue entry;
    entry.from = day(from);
    entry.value = std::move(value);
    entry.basis = policy::Basis::decision;
    facts.decided.push_back({"trial/" + std::move(parameter), entry, false, noon(decided)});
    return facts.decided.back();
  }

  Leave& leave(LeaveKind kind, const Bearer& bearer, std::string_view period,
               std::string_view decided) {
    Leave leave;
    leave.id = static_cast<std::int64_t>(facts.leaves.size()) + 1;
    leave.kind = kind;
    leave.obligation = "trial/duty";
    leave.bearer = bearer.text();
    leave.period = period;
    leave.reason = "illness";
    leave.at = noon(decided);
    facts.leaves.push_back(std::move(leave));
    return facts.leaves.back();
  }

  Campaign& campaign(std::int64_t unit, std::vector<Campaign::Batch> batches) {
    Campaign campaign;
    campaign.id = CampaignId{static_cast<std::int64_t>(facts.campaigns.size()) + 1};
    campaign.pack = "trial";
    campaign.unit = UnitId{unit};
    campaign.batches = std::move(batches);
    campaign.at = noon("2019-01-01");
    facts.campaigns.push_back(std::move(campaign));
    return facts.campaigns.back();
  }

  Explanation ask(Bearer bearer, std::string_view period, std::string_view at,
                  std::string_view known = "") const {
    return evaluate(facts, {"trial/duty", bearer, std::string(period), day(at),
                            evening(known.empty() ? at : known)});
  }
  Explanation ask(std::int64_t unit, std::string_view period, std::string_view at,
                  std::string_view known = "") const {
    return ask(Bearer{UnitId{unit}, {}, {}}, period, at, known);
  }

  std::list<policy::Pack> packs;
  Facts facts;
};

// One line for a table: "met", "not_applicable: closed", "met [entered_late]".
inline std::string line(const Explanation& one) {
  std::string text(word_of(one.verdict));
  if (one.why_not != NotApplicable::none)
    text += ": " + std::string(not_applicable_words[static_cast<std::size_t>(one.why_not)]);
  if (!one.error.empty()) text += ": " + one.error;
  for (const Mark mark : one.marks) text += " [" + std::string(word_of(mark)) + "]";
  return text;
}

// " 1/2", as have and need.
inline std::string counts(const Explanation& one) {
  return std::to_string(one.test.have) + "/" + std::to_string(one.test.need);
}

inline Bearer unit(std::int64_t id) { return {UnitId{id}, {}, {}}; }
inline Bearer tenure(std::int64_t id) { return {{}, TenureId{id}, {}}; }
inline Bearer person(std::int64_t id) { return {{}, {}, PersonId{id}}; }

}  // namespace huilu::obligation::testing
