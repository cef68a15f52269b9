#include "policy/clock.h"

#include "policy/declarations.h"

namespace huilu::policy {

namespace {

constexpr std::array<std::string_view, 2> turn_words = {"enter", "move"};
constexpr std::int64_t extensions_most = 20;

Form<Turn> turn_form() {
  return exactly_one(
      turn_words,
      named("turn",
            map_of<Turn>(
                {
                    optional("enter", &Turn::states, one_or_list(id())),
                    optional("move", &Turn::moves, one_or_list(id())),
                    later<Turn>("record"),
                    later<Turn>("where"),
                },
                [](Reading& reading, const Node& node, Turn& turn) {
                  turn.place = node.place;
                  if (node.find("record")) return;
                  reading::one_of_keys(reading, node, {turn_words.begin(), turn_words.end()});
                })));
}

Form<Extension> extension_form() {
  return named("extension",
               map_of<Extension>(
                   {
                       optional("ask", &Extension::ask, word<ExtensionAsk>(extension_ask_words)),
                       required("by", &Extension::by, some_of(id())),
                       required("approve", &Extension::approve, some_of(id())),
                       optional("fields", &Extension::fields, list_of(id())),
                       optional("at_most", &Extension::at_most, duration_use_form()),
                       optional("times", &Extension::times, integer(1, extensions_most)),
                   },
                   [](Reading&, const Node& node, Extension& one) { one.place = node.place; }));
}

Form<EntryBudget> entry_budget_form() {
  const auto budget = duration_use_form();
  return {[budget](Reading& reading, const Node& node, EntryBudget& out) {
            out.place = node.place;
            budget.read(reading, node, out.budget);
          },
          budget.expected, budget.shape};
}

Form<Acknowledgement> acknowledgement_form() {
  return named(
      "acknowledgement",
      map_of<Acknowledgement>(
          {
              required("by", &Acknowledgement::by, some_of(id())),
              optional("within", &Acknowledgement::within, duration_use_form()),
          },
          [](Reading&, const Node& node, Acknowledgement& one) { one.place = node.place; }));
}

// {before: {workdays: 1}}, {unacknowledged: high}, or a duration after the clock expired.
Key<Rung> rung_time() {
  struct Before {
    DurationUse by;
  };
  struct Unacknowledged {
    std::string rung;
  };
  const auto after = duration_use_form();
  const auto before = map_of<Before>({required("before", &Before::by, duration_use_form())});
  const auto silent =
      map_of<Unacknowledged>({required("unacknowledged", &Unacknowledged::rung, id())});
  return {"at", Presence::required, after.expected,
          [after, before, silent](Reading& reading, const Node&, const Node* value, Rung& out) {
            if (!value) return;
            if (value->find("unacknowledged")) {
              Unacknowledged read;
              silent.read(reading, *value, read);
              out.unacknowledged = read.rung;
              return;
            }
            out.is_before = value->find("before") != nullptr;
            if (!out.is_before) return after.read(reading, *value, out.at);
            Before read;
            before.read(reading, *value, read);
            out.at = read.by;
          },
          shape::choice({after.shape, shape::named("before_expiry", before.shape),
                         shape::named("unacknowledged_rung", silent.shape)})};
}

void check_rung(Reading& reading, const Node& node, Rung& rung) {
  rung.place = node.place;
  const bool proposes = node.find("propose") != nullptr;
  if (proposes && !node.find("signed_by") && !node.cut)
    reading.report(RefusalCode::pack_missing_key, node.place, "signed_by", "");
  for (const std::string_view key : {"signed_by", "acknowledge", "seen_by"})
    if (!proposes && node.find(key))
      reading.report(RefusalCode::pack_shape, node.below(key).place, "propose", std::string(key));
  if (proposes && rung.is_before)
    reading.report(RefusalCode::pack_shape, node.below("propose").place, "at: duration", "before");
  if (!proposes && !node.find("tell") && !node.cut)
    reading.report(RefusalCode::pack_missing_key, node.place, "tell, propose", "");
}

Form<Rung> rung_form() {
  return named(
      "rung",
      map_of<Rung>(
          {
              required("rung", &Rung::id, id()),
              label("title", &Rung::title),
              optional("clause", &Rung::clauses, one_or_list(token())),
              rung_time(),
              optional("tell", &Rung::tell, some_of(id())),
              optional("propose", &Rung::propose, word<EscalationStep>(escalation_step_words)),
              optional("signed_by", &Rung::signed_by, id()),
              optional("acknowledge", &Rung::acknowledge, acknowledgement_form()),
              optional("seen_by", &Rung::seen_by, some_of(id())),
          },
          check_rung));
}

}  // namespace

Form<MatterClock> clock_form() {
  constexpr std::array<std::string_view, 2> limits = {"budget", "until_field"};
  return exactly_one(
      limits,
      named("clock", map_of<MatterClock>(
                         {
                             label("title", &MatterClock::title),
                             optional("clause", &MatterClock::clauses, one_or_list(token())),
                             unkept<MatterClock>("note", Presence::optional, text()),
                             required("start", &MatterClock::start, turn_form()),
                             required("stop", &MatterClock::stop, turn_form()),
                             optional("restart", &MatterClock::restart, turn_form()),
                             optional("budget", &MatterClock::budget, duration_use_form()),
                             optional("until_field", &MatterClock::until_field, id()),
                             optional("pause_while", &MatterClock::pause_while, condition_form()),
                             optional("on_enter", &MatterClock::on_enter,
                                      by_name(entry_budget_form(), &EntryBudget::state)),
                             optional("extend", &MatterClock::extend, extension_form()),
                         },
                         [limits](Reading& reading, const Node& node, MatterClock& clock) {
                           clock.place = node.place;
                           reading::one_of_keys(reading, node, {limits.begin(), limits.end()});
                         })));
}

Form<Urgency> urgency_form() {
  const auto length = duration_use_form();
  const Form<UrgentBudget> budget = {
      [length](Reading& reading, const Node& node, UrgentBudget& out) {
        out.place = node.place;
        length.read(reading, node, out.budget);
      },
      length.expected, length.shape};
  return named(
      "urgency",
      map_of<Urgency>(
          {
              optional("clause", &Urgency::clauses, one_or_list(token())),
              required("when", &Urgency::when, condition_form()),
              optional("budgets", &Urgency::budgets, by_name(budget, &UrgentBudget::clock)),
          },
          [](Reading&, const Node& node, Urgency& one) { one.place = node.place; }));
}

Form<Ladder> ladder_form() {
  const auto rungs = some_of(rung_form());
  return {[rungs](Reading& reading, const Node& node, Ladder& out) {
            rungs.read(reading, node, out.rungs);
          },
          rungs.expected, rungs.shape};
}

}  // namespace huilu::policy
