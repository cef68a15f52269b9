#include "cli/standing.h"

#include "cli/units.h"
#include "compliance/closing.h"
#include "compliance/duty.h"
#include "compliance/explain.h"
#include "compliance/figures.h"
#include "compliance/sentences.h"
#include "compliance/views.h"
#include "journal/queries.h"
#include "org/queries.h"

namespace huilu::cli {

namespace {

using compliance::Standing;
using obligation::Verdict;

// What a question is asked of: one snapshot, its packs, a day and what was known.
struct Asking {
  Asking(const AskOptions& options, const Clock& clock)
      : database(open_present_database(options.location)),
        connection(database->connect(store::Access::read)),
        snapshot(*connection, store::Access::read),
        packs(load_packs(options.location)),
        at(clock.today()),
        known(clock.now()) {
    if (const auto date = Date::parse(options.at)) {
      at = *date;
    } else if (!options.at.empty()) {
      refusals.push_back({RefusalCode::field_type, "--at", "YYYY-MM-DD", options.at, ""});
    }
    if (options.known_at.empty()) return;
    if (const auto moment = compliance::moment_of(*connection, options.known_at)) {
      known = *moment;
    } else {
      refusals.push_back(
          {RefusalCode::field_type, "--known-at", "YYYY-MM-DD", options.known_at, ""});
    }
  }

  Value as_of() {
    return Value::object({{"at", at.text()},
                          {"known_at", known.text()},
                          {"journal", journal::read_head(*connection).size}});
  }

  std::unique_ptr<store::Database> database;
  std::unique_ptr<store::Connection> connection;
  store::Transaction snapshot;
  std::vector<policy::Pack> packs;
  Date at;
  Instant known;
  Refusals refusals;
};

std::string word_key(Verdict verdict) {
  return "verdict." + std::string(obligation::word_of(verdict));
}

// "主题党日（2026 年 11 月）：应 38 个支部，已完成 30，临期 5，未到期 3".
std::string line_of(const compliance::ColumnView& column, const Standing& standing,
                    const std::vector<policy::Pack>& packs, words::Language language) {
  const auto duty = compliance::find_duty(packs, column.obligation);
  const std::string title =
      duty ? duty.obligation->title.in(compliance::label_language(language)) : column.obligation;
  const std::string counted =
      duty ? compliance::counted_in(*duty.obligation, language) : std::string();
  std::string out = words::text(language, "standing.line",
                                {{"duty", title},
                                 {"period", compliance::period_title(column.period, language)},
                                 {"due", std::to_string(standing.counts.due)},
                                 {"counted_in", counted}});
  for (const Verdict verdict :
       {Verdict::met, Verdict::met_late, Verdict::failed, Verdict::unknown, Verdict::in_grace,
        Verdict::at_risk, Verdict::open, Verdict::exempt}) {
    const auto number = standing.of(verdict);
    if (number == 0) continue;
    out += words::text(language, "standing.part",
                       {{"verdict", words::text(language, word_key(verdict))},
                        {"number", std::to_string(number)}});
  }
  return out;
}

Value table_view(const compliance::Table& table, const org::UnitView& unit, Asking& asking,
                 words::Language language) {
  Value::List columns, cells;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    columns.push_back(compliance::column_view(table.columns[i], asking.packs, language, asking.at));
    cells.push_back(compliance::cell_view(table.rows.front()[i]));
  }
  return Value::object({{"node", Value::object({{"id", unit.id.text()}, {"name", unit.name}})},
                        {"columns", std::move(columns)},
                        {"cells", std::move(cells)},
                        {"as_of", asking.as_of()}});
}

}  // namespace

Exit explain(const AskOptions& options, Console& console) {
  const SystemClock clock;
  Asking asking(options, clock);
  const auto bearer = obligation::Bearer::parse(options.bearer);
  if (!bearer) {
    asking.refusals.push_back({RefusalCode::field_type, "--bearer", "u1", options.bearer, ""});
  }
  if (!asking.refusals.empty()) return console.refuse(asking.refusals);
  const auto answer =
      compliance::explain(*asking.connection, asking.packs,
                          {options.obligation, *bearer, options.period, asking.at, asking.known},
                          compliance::Names::loaded);
  if (!answer) {
    return console.refuse({{RefusalCode::not_found, "--bearer", "", options.bearer, ""}});
  }
  const compliance::Explained explained{answer->explanation, answer->facts, answer->home};
  if (console.json()) {
    Value view = compliance::explanation_view(explained, asking.packs, console.language());
    view.set("as_of", asking.as_of());
    console.out() << to_json(view) << "\n";
    return Exit::done;
  }
  const auto duty = compliance::duty_of(asking.packs, answer->explanation);
  const compliance::Sentences sentences(explained, duty, console.language());
  const auto home = answer->facts.units.find(answer->home);
  const std::string unit = home == answer->facts.units.end() ? "" : home->second.name;
  const std::string name = sentences.name_of(*bearer);
  console.out() << unit << (name.empty() || name == unit ? "" : " " + name) << "\n"
                << sentences.headline() << "\n";
  for (const auto& line : sentences.lines()) console.out() << "  " << line << "\n";
  return Exit::done;
}

Exit show_standing(const AskOptions& options, Console& console) {
  const SystemClock clock;
  Asking asking(options, clock);
  const auto id = find_unit(*asking.connection, options.unit, "UNIT", asking.at);
  if (!id) asking.refusals.push_back(id.refusals().front());
  if (!asking.refusals.empty()) return console.refuse(asking.refusals);
  const auto unit = org::unit_on(*asking.connection, *id, asking.at);
  compliance::Selection selection{asking.at, asking.at + 1};
  if (!options.period.empty()) {
    selection = compliance::selection_of(options.period, {}, asking.at);
  }
  if (!options.obligation.empty()) selection.obligations = {options.obligation};
  const auto figures =
      compliance::figures_on(*asking.connection, asking.packs, asking.at, asking.known);
  const auto table = figures->table(compliance::Tree::affiliation, {{*id, {}}}, selection);
  if (console.json()) {
    console.out() << to_json(table_view(table, *unit, asking, console.language())) << "\n";
    return Exit::done;
  }
  console.out() << unit->name << "\n";
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const Standing& standing = table.rows.front()[i];
    if (!standing.worst()) continue;
    console.out() << "  " << line_of(table.columns[i], standing, asking.packs, console.language())
                  << "\n";
  }
  return Exit::done;
}

}  // namespace huilu::cli
