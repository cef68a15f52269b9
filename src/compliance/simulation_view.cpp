#include "compliance/simulation_view.h"

#include "compliance/sentences.h"

namespace huilu::compliance {

namespace {

Value texts(const std::vector<std::string>& items) {
  return Value::List(items.begin(), items.end());
}

Value turn_view(const TurnCount& one) {
  Value::List because;
  for (const Reason& reason : one.because) {
    because.push_back(
        Value::object({{"kind", reason.kind},
                       {"text", reason.text},
                       {"parameter", reason.subject.empty() ? Value() : Value(reason.subject)}}));
  }
  return Value::object({{"today", obligation::word_of(one.turn.today)},
                        {"supposed", obligation::word_of(one.turn.supposed)},
                        {"bearers", one.bearers},
                        {"because", std::move(because)}});
}

// Only units are named: of members and posts the home, with how many of its people change.
Value home_view(const HomeChange& one, const NameOf& name_of) {
  return Value::object(
      {{"unit", Value::object({{"id", one.home.text()}, {"name", name_of(one.home)}})},
       {"bearer", one.bearer.unit ? Value(one.bearer.text()) : Value()},
       {"today", obligation::word_of(one.worst.today)},
       {"supposed", obligation::word_of(one.worst.supposed)},
       {"changed", one.changed},
       {"judged", one.judged}});
}

Value duty_view(const DutyChange& change, const Duty& duty, const SimulationOptions& options,
                const NameOf& name_of) {
  Value::List turns, homes;
  for (const TurnCount& one : change.turns) turns.push_back(turn_view(one));
  for (const HomeChange& one : change.homes) {
    const bool of_few =
        change.bearer == policy::BearerKind::member && one.judged < members_shown_apart;
    if (!of_few) homes.push_back(home_view(one, name_of));
  }
  const std::string title =
      duty ? duty.obligation->title.in(label_language(options.language)) : change.obligation;
  return Value::object(
      {{"obligation", change.obligation},
       {"title", title},
       {"period", change.period},
       {"period_title", period_title(change.period, options.language)},
       {"from", change.from.text()},
       {"until", change.until.text()},
       {"bearer", policy::bearer_kind_words[static_cast<std::size_t>(change.bearer)]},
       {"differing", texts(change.differing)},
       {"judged", change.judged()},
       {"changed", change.changed()},
       {"newly_owing", change.newly_owing()},
       {"no_longer_owing", change.no_longer_owing()},
       {"turns", std::move(turns)},
       {"homes", std::move(homes)},
       {"homes_changed", change.homes_changed}});
}

}  // namespace

Duty duty_of_change(const DutyChange& change, const std::vector<policy::Pack>& packs,
                    const Supposed& supposed) {
  const Duty duty = find_duty(supposed.packs(), change.obligation);
  return duty ? duty : find_duty(packs, change.obligation);
}

Value simulation_view(const Simulation& simulation, const std::vector<policy::Pack>& packs,
                      const Supposed& supposed, const SimulationOptions& options,
                      const NameOf& name_of) {
  Value::List duties;
  std::int64_t changed = 0;
  for (const DutyChange& change : simulation.duties) {
    duties.push_back(duty_view(change, duty_of_change(change, packs, supposed), options, name_of));
    changed += change.changed();
  }
  return Value::object({{"on", options.on.text()},
                        {"judged", simulation.judged},
                        {"evaluated", simulation.evaluated},
                        {"changed", changed},
                        {"duties", std::move(duties)}});
}

}  // namespace huilu::compliance
