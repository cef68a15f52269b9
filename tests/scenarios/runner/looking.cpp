#include "tests/scenarios/runner/looking.h"

#include "base/text.h"
#include "compliance/explain.h"
#include "compliance/figures.h"

namespace huilu::scenario {

namespace {

using obligation::NotApplicable;
using obligation::Verdict;

// "duties/theme_day 2026-03 on 2026-03-31 known 2026-04-02"
struct Asked {
  std::string obligation;
  std::string period;
  std::optional<Date> on;
  std::string known;
};

Asked asked_from(const std::string& key) {
  const auto words = split(key, ' ');
  Asked asked;
  if (words.size() < 2 || words.size() % 2 != 0) throw Miswritten("no duty and period: " + key);
  asked.obligation = words[0];
  asked.period = words[1];
  for (std::size_t i = 2; i < words.size(); i += 2) {
    if (words[i] == "on") asked.on = Date::parse(words[i + 1]);
    if (words[i] == "known") asked.known = words[i + 1];
  }
  return asked;
}

// "met entered_late", "not_applicable not_collected"
std::string text_of(const obligation::Explanation& explanation) {
  std::string text(obligation::word_of(explanation.verdict));
  if (explanation.why_not != NotApplicable::none) {
    text += " ";
    text += obligation::not_applicable_words[static_cast<std::size_t>(explanation.why_not)];
  }
  for (const auto mark : explanation.marks) {
    text += " " + std::string(obligation::word_of(mark));
  }
  return text;
}

// "1 failed 12 open"
std::string text_of(const compliance::Standing& standing) {
  std::string text;
  for (std::size_t i = 0; i < obligation::verdict_words.size(); ++i) {
    const auto verdict = static_cast<Verdict>(i);
    if (verdict == Verdict::not_applicable) continue;
    const auto count = standing.of(verdict);
    if (count == 0) continue;
    text += (text.empty() ? "" : " ") + std::to_string(count) + " ";
    text += obligation::word_of(verdict);
  }
  if (standing.counts.entered_late > 0) {
    text += " (" + std::to_string(standing.counts.entered_late) + " entered_late)";
  }
  return text.empty() ? "nothing due" : text;
}

compliance::Node node_of(const std::string& id) {
  compliance::Node node;
  if (const auto unit = UnitId::parse(id)) node.unit = *unit;
  if (const auto place = PlaceId::parse(id)) node.place = *place;
  if (!node.unit && !node.place) throw Miswritten(id + " is neither a unit nor a place");
  return node;
}

// Walks {key: {name: …}} and gives each cell its text.
template <class Text>
Value table(const policy::Node& asked, const Names& names, Text text) {
  Value out{Value::Object{}};
  for (const auto& line : asked.members) {
    const Asked what = asked_from(names.filled(line.key));
    Value cells{Value::Object{}};
    for (const auto& cell : line.value.members) {
      cells.set(cell.key, text(what, names.meaning(cell.key)));
    }
    out.set(line.key, std::move(cells));
  }
  return out;
}

}  // namespace

Looking::Looking(World& world, const Names& names)
    : world_(world), names_(names), journal_seen_(journal_size()) {}

std::int64_t Looking::journal_size() {
  auto reader = world_.backend().installation().readers().lend();
  return reader->query("select size from journal_head")[0].integer(0);
}

Value Looking::journal_kinds() {
  Value::List kinds;
  auto reader = world_.backend().installation().readers().lend();
  for (const auto row :
       reader->query("select kind from journal where seq > ?1 order by seq", {journal_seen_})) {
    kinds.push_back(row.text(0));
  }
  journal_seen_ += static_cast<std::int64_t>(kinds.size());
  return kinds;
}

Value Looking::verdicts(const policy::Node& asked) {
  auto& installation = world_.backend().installation();
  auto reader = installation.readers().lend();
  return table(asked, names_, [&](const Asked& what, const std::string& id) -> Value {
    const auto bearer = obligation::Bearer::parse(id);
    if (!bearer) throw Miswritten(id + " bears no duty");
    obligation::Question question{what.obligation, *bearer, what.period,
                                  what.on.value_or(Zone{}.date_of(world_.now())), world_.now()};
    if (!what.known.empty()) {
      const auto moment = compliance::moment_of(*reader, what.known);
      if (!moment) throw Miswritten("no moment: " + what.known);
      question.known = *moment;
    }
    const auto answer =
        compliance::explain(*reader, installation.packs(), question, compliance::Names::left_out);
    if (!answer) return "nobody knows it";
    return text_of(answer->explanation);
  });
}

Value Looking::standing(const policy::Node& asked) {
  auto& installation = world_.backend().installation();
  auto reader = installation.readers().lend();
  return table(asked, names_, [&](const Asked& what, const std::string& id) -> Value {
    const auto node = node_of(id);
    const auto tree = node.unit ? compliance::Tree::affiliation : compliance::Tree::seat;
    if (!what.on) {
      const auto found = installation.index()->standing(tree, node, what.obligation, what.period);
      return found ? Value(text_of(*found)) : Value();
    }
    const auto known =
        what.known.empty() ? world_.now() : compliance::moment_of(*reader, what.known).value();
    compliance::Selection selection{*what.on, *what.on + 1};
    selection.from = Date::of(1, 1, 1);
    selection.period = what.period;
    selection.obligations = {what.obligation};
    const auto table = compliance::figures_on(*reader, installation.packs(), *what.on, known)
                           ->table(tree, {node}, selection);
    return table.columns.empty() ? Value() : Value(text_of(table.rows.front().front()));
  });
}

std::vector<std::string> Looking::differences() {
  auto& installation = world_.backend().installation();
  auto reader = installation.readers().lend();
  std::vector<UnitId> homes;
  for (const auto row : reader->query("select id from unit order by id")) {
    homes.push_back(row.id<UnitId>(0));
  }
  const store::Transaction snapshot(*reader, store::Access::read);
  return installation.index()->compare(*reader, homes);
}

}  // namespace huilu::scenario
