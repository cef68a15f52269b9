#include "tests/scenarios/runner/play.h"

#include <cstdlib>
#include <filesystem>

#include "tests/scenarios/runner/asking.h"
#include "tests/scenarios/runner/ground.h"
#include "tests/scenarios/runner/looking.h"
#include "tests/scenarios/runner/packs.h"
#include "tests/scenarios/runner/world.h"

namespace huilu::scenario {

namespace {

using policy::NodeKind;

constexpr std::int64_t second_ms = 1000;

// "duplicate_record /units/0", with the name of what stands there.
Value refusal_line(std::string_view code, const std::string& where, const Names& names) {
  std::string line(code);
  if (!where.empty()) line += " " + names.written(where);
  return line;
}

Value refusals_of(const Value& body, const Names& names) {
  Value::List lines;
  const Value* refusals = body.find("refusals");
  if (refusals == nullptr || refusals->list() == nullptr) return lines;
  for (const Value& refusal : *refusals->list()) {
    lines.push_back(
        refusal_line(*refusal.find("code")->text(), *refusal.find("where")->text(), names));
  }
  return lines;
}

// Statements are noted as long as it lives.
class Noting {
 public:
  Noting(World& world, Statements* statements) : world_(world) {
    if (statements == nullptr) return;
    world_.tell([statements](const store::testing::Happening& happening) {
      if (happening.params == nullptr) return;
      statements->try_emplace(std::string(happening.sql), *happening.params);
    });
  }
  ~Noting() { world_.tell({}); }
  Noting(const Noting&) = delete;
  Noting& operator=(const Noting&) = delete;

 private:
  World& world_;
};

class Playing {
 public:
  Playing(const Scenario& scenario, store::Dialect dialect, Course course, Noted* noted)
      : scenario_(scenario), dialect_(dialect), course_(course), noted_(noted) {}

  Played play() {
    try {
      for (const Pack& pack : scenario_.packs) check_findings(pack);
      if (!scenario_.steps.empty()) play_steps();
    } catch (const Miswritten& why) {
      note(now_at_, "", "a scenario that can be played", why.what());
    } catch (const cli::WrongUsage& why) {
      note(now_at_, "", "packs that can be installed", why.what());
    } catch (const Fault& fault) {
      note(now_at_, "", "a program that works", fault.what());
    }
    return std::move(played_);
  }

 private:
  void note(const Place& place, const std::string& pointer, std::string expected, std::string got) {
    played_.mismatches.push_back({place, pointer, std::move(expected), std::move(got)});
  }

  void hold(const Node& expected, const std::optional<Place>& key, std::string_view word,
            const Value& actual, const Value& instead) {
    const std::size_t before = played_.mismatches.size();
    if (expected.kind == NodeKind::null) {
      note(*key, "", "something", flow(instead, names_));
    } else {
      compare(expected, actual, names_, "", played_.mismatches);
    }
    if (played_.mismatches.size() == before) return;
    played_.replacements.push_back({*key, after_key(word, instead, key->column - 1, names_)});
  }

  void check_findings(const Pack& pack) {
    if (!pack.findings_key) return;
    Value::List lines;
    for (auto& line : findings_of(pack)) lines.push_back(std::move(line));
    hold(pack.findings, pack.findings_key, "findings", lines, lines);
  }

  void play_steps() {
    world_.emplace(dialect_, SetClock(scenario_.start).now(),
                   pack_folders(scenario_, pack_folder_.path()));
    asking_.emplace(*world_, names_, lay_ground(scenario_, *world_, names_));
    looking_.emplace(*world_, names_);
    for (const Step& step : scenario_.steps) {
      now_at_ = step.place;
      take(step);
    }
    check_index(now_at_);
    for (const auto& damage : world_->damages()) {
      note(now_at_, "", "tables as the journal has them",
           damage.table + " " + damage.id + ": " + damage.what);
    }
    if (noted_ == nullptr || !world_->store_is_well()) return;
    // From the tables, as after an upgrade, and not from the index's file.
    const Noting noting(*world_, &noted_->started);
    world_->end();
    std::filesystem::remove(world_->options().location.index_file());
    world_->start();
  }

  void check_index(const Place& place) {
    for (auto& difference : looking_->differences()) {
      note(place, "", "an index that says what the evaluator says", std::move(difference));
    }
  }

  // Before each step; on PostgreSQL before each fourth, from another first one in each scenario: a
  // restart is the same there but for four new connections, which are most of what playing takes.
  bool restarts_before_next() const {
    constexpr std::size_t fourth = 4;
    if (course_ != Course::restarted) return false;
    if (dialect_ == store::Dialect::sqlite || std::getenv("HUILU_LONG") != nullptr) return true;
    return (steps_taken_ + scenario_.steps.size()) % fourth == 0;
  }

  void take(const Step& step) {
    if (restarts_before_next() && asking_->nothing_under_way() && world_->store_is_well()) {
      world_->end();
      world_->start();
    }
    ++steps_taken_;
    set_clock(step);
    if (!step.store.empty()) {
      const auto mood = store_mood_from(step.store);
      if (!mood) throw Miswritten("the store cannot be " + step.store);
      world_->set_store(*mood);
    }
    if (!step.as.empty()) asking_->speak_as(step.as);
    if (!step.request.empty() && !step.later.empty()) return asking_->ask_later(step);
    if (!step.request.empty() || !step.answer.empty()) return check_answer(step);
    if (step.expect_key) check(step, Value(Value::Object{}));
  }

  // Each step is a second later than the one before.
  void set_clock(const Step& step) {
    Instant at{world_->now().ms + second_ms};
    if (step.date) at = SetClock(*step.date).now();
    if (!step.at.empty()) {
      const auto parsed = instant_from(step.at);
      if (!parsed) throw Miswritten("at: an instant as 2026-03-05T01:02:03Z");
      at = *parsed;
    }
    const Noting noting(*world_, noted_ ? &noted_->asked : nullptr);
    world_->set_clock(at);
  }

  void check_answer(const Step& step) {
    const Answered answered = ask(step);
    for (const std::string& broken : broken_rules(answered)) {
      note(step.place, "", "what holds for every answer", broken);
    }
    const Value lines = refusals_of(answered.body, names_);
    const bool spoken_of = step.expect.kind != NodeKind::map || step.expect.find("status") ||
                           step.expect.find("refusals");
    if (answered.status >= 300 && !(step.expect_key && spoken_of)) {
      note(step.place, "", "success", flow(lines, names_));
    }
    if (answered.status < 300) asking_->bind_names(step, answered.body);
    if (step.expect_key) {
      check(step, Value::object({{"status", answered.status},
                                 {"refusals", lines},
                                 {"headers", answered.headers},
                                 {"body", answered.body}}));
    }
  }

  Answered ask(const Step& step) {
    const Noting noting(*world_, noted_ ? &noted_->asked : nullptr);
    return step.request.empty() ? asking_->answer(step.answer) : asking_->ask(step);
  }

  // Three ways to write it: a status, the refusals, or a map of what is looked at.
  void check(const Step& step, Value actual) {
    const Node& expected = step.expect;
    const bool refused = actual.find("refusals") && !actual.find("refusals")->list()->empty();
    const Value in_short = refused                 ? *actual.find("refusals")
                           : actual.find("status") ? *actual.find("status")
                                                   : Value();
    if (expected.kind != NodeKind::map) {
      const bool list = expected.kind == NodeKind::list;
      const Value& held = list && actual.find("refusals") ? *actual.find("refusals") : in_short;
      return hold(expected, step.expect_key, "expect", held, in_short);
    }
    if (expected.find("journal") != nullptr) actual.set("journal", looking_->journal_kinds());
    const Node* const verdicts = expected.find("verdicts");
    const Node* const standing = expected.find("standing");
    if (verdicts != nullptr) actual.set("verdicts", looking_->verdicts(*verdicts));
    if (standing != nullptr) actual.set("standing", looking_->standing(*standing));
    if (verdicts != nullptr || standing != nullptr) check_index(step.place);
    hold(expected, step.expect_key, "expect", actual, masked(expected, actual, names_));
  }

  const Scenario& scenario_;
  const store::Dialect dialect_;
  const Course course_;
  std::size_t steps_taken_ = 0;
  Noted* const noted_;
  store::testing::TemporaryFolder pack_folder_;
  Names names_;
  std::optional<World> world_;
  std::optional<Asking> asking_;
  std::optional<Looking> looking_;
  Place now_at_{std::make_shared<const std::string>(scenario_.path), 1, 1};
  Played played_;
};

}  // namespace

Played play(const Scenario& scenario, store::Dialect dialect, Course course, Noted* noted) {
  return Playing(scenario, dialect, course, noted).play();
}

}  // namespace huilu::scenario
