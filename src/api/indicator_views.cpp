#include "api/indicator_views.h"

#include "api/views.h"
#include "enactment/forms.h"
#include "obligation/periods.h"
#include "policy/sentence.h"
#include "words/words.h"

namespace huilu::api {

namespace {

using obligation::Figure;
using obligation::FigureState;
using policy::Indicator;

policy::Language label_language_of(const Call& call) {
  return static_cast<policy::Language>(call.language);
}

Value fraction_or_null(const std::optional<obligation::Fraction>& value) {
  return value ? Value(text_of(*value)) : Value();
}

Value::List word_list(const std::vector<std::string>& words) {
  return {words.begin(), words.end()};
}

const policy::Field* part_field(const Call& call, const indicator::Board::Line& line,
                                const policy::Path& path) {
  if (path.steps.size() != 1) return nullptr;
  for (const std::string& address : line.indicator->of.names) {
    if (const auto* const type = policy::find_record_type(call.services.packs, address))
      if (const auto* const field = type->find_field(path.steps[0])) return field;
    for (const policy::Pack& pack : call.services.packs)
      for (const policy::MatterType& type : pack.matter_types)
        if (type.address == address)
          if (const auto* const field = type.find_field(path.steps[0])) return field;
  }
  return nullptr;
}

// What a word is called where the pack says it; otherwise the word itself.
std::string part_title(const Call& call, const indicator::Board::Line& line, std::size_t place,
                       const std::string& word) {
  if (const auto* const field = part_field(call, line, line.indicator->by[place]))
    for (const policy::Term& term : field->words)
      if (term.code == word) return term.title.in(label_language_of(call));
  for (const policy::Pack& pack : call.services.packs)
    for (const std::string& address : line.indicator->of.names)
      for (const policy::MatterType& type : pack.matter_types)
        if (type.address == address)
          if (const auto* const state = type.find_state(word))
            return state->title.in(label_language_of(call));
  const auto& all = words::all_texts(call.language);
  for (const std::string& key : {"sentence.outcome." + word, "verdict." + word})
    if (const auto found = all.find(key); found != all.end()) return found->second;
  if (word == "true" || word == "false")
    return words::text(call.language, word == "true" ? "sentence.yes" : "sentence.no");
  return word;
}

Value figure_parts(const Call& call, const indicator::Board::Line& line, const Figure& figure) {
  Value::List list;
  for (const obligation::FigurePart& part : figure.parts) {
    std::vector<std::string> titles;
    for (std::size_t i = 0; i < part.key.size(); ++i)
      titles.push_back(part.key[i].empty() ? std::string()
                                           : part_title(call, line, i, part.key[i]));
    const bool is_shown = part.state == FigureState::shown;
    list.push_back(Value::object(
        {{"key", word_list(part.key)},
         {"titles", word_list(titles)},
         {"state", obligation::figure_state_words[static_cast<std::size_t>(part.state)]},
         {"value", is_shown ? Value(text_of(part.value)) : Value()},
         {"part", is_shown ? Value(part.part) : Value()},
         {"base", part.base}}));
  }
  return list;
}

Value figure_parameters(const Call& call, const Figure& figure) {
  Value::List list;
  for (const obligation::BoundParameter& one : figure.parameters) {
    const std::string pack_id = one.address.substr(0, one.address.find('/'));
    std::string title = one.address;
    for (const policy::Pack& pack : call.services.packs)
      if (pack.id == pack_id)
        if (const auto* const found = pack.find_parameter(one.address.substr(pack_id.size() + 1)))
          title = found->title.in(label_language_of(call));
    list.push_back(
        Value::object({{"address", one.address},
                       {"title", title},
                       {"value", enactment::view_of(one.value)},
                       {"basis", policy::basis_words[static_cast<std::size_t>(one.basis)]},
                       {"from", one.from.text()},
                       {"clauses", word_list(one.clauses)},
                       {"note", text_or_null(one.note.in(label_language_of(call)))}}));
  }
  return list;
}

Value beyond_units(const Figure& figure, UnitNames* names) {
  Value::List list;
  if (names != nullptr)
    for (const UnitId unit : figure.beyond) list.push_back(names->view(unit));
  return list;
}

}  // namespace

Value indicator_view(const Call& call, indicator::Board& board,
                     const indicator::Board::Line& line) {
  const Indicator& one = *line.indicator;
  const auto period = board.period_of(line);
  const bool has_period = period.name != obligation::always_name;
  return Value::object(
      {{"indicator", one.address},
       {"title", one.title.in(label_language_of(call))},
       {"unit", one.unit ? Value(one.unit->in(label_language_of(call))) : Value()},
       {"measure", policy::measure_words[static_cast<std::size_t>(one.measure)]},
       {"counts", one.counts_facts()
                      ? Value(policy::set_source_words[static_cast<std::size_t>(one.of.source)])
                      : Value()},
       {"roll_up", policy::rolls_up_words[static_cast<std::size_t>(one.roll_up)]},
       {"limit_is", one.floor     ? Value("floor")
                    : one.ceiling ? Value("ceiling")
                                  : Value()},
       {"pack", line.pack->id},
       {"pack_version", line.pack->version},
       {"pack_title", line.pack->title.in(label_language_of(call))},
       {"clauses", word_list(one.clauses)},
       {"sentence",
        policy::sentence(one, *line.pack, call.services.packs, label_language_of(call))},
       {"period", has_period ? Value::object({{"name", period.name},
                                              {"from", period.from.text()},
                                              {"until", period.last_day().text()}})
                             : Value()}});
}

Value figure_view(const Call& call, const indicator::Board::Line& line, const Figure& figure,
                  UnitNames* names, bool withheld) {
  const bool is_shown = figure.state == FigureState::shown && !withheld;
  const bool has_part = line.indicator->measure == policy::Measure::share;
  return Value::object(
      {{"state", withheld ? std::string_view("withheld")
                          : obligation::figure_state_words[static_cast<std::size_t>(figure.state)]},
       {"value", is_shown ? Value(text_of(figure.value)) : Value()},
       {"part", is_shown && has_part ? Value(figure.part) : Value()},
       {"base", withheld ? Value() : Value(figure.base)},
       {"parts", is_shown ? figure_parts(call, line, figure) : Value(Value::List{})},
       {"control", fraction_or_null(figure.control)},
       {"use", fraction_or_null(figure.use)},
       {"rest", fraction_or_null(figure.rest)},
       {"planned", fraction_or_null(figure.planned)},
       {"pace", obligation::pace_state_words[static_cast<std::size_t>(figure.pace)]},
       {"limit", fraction_or_null(figure.limit)},
       {"beyond", static_cast<std::int64_t>(figure.beyond.size())},
       {"beyond_units", beyond_units(figure, names)},
       {"parameters", figure_parameters(call, figure)},
       {"error", text_or_null(figure.error)}});
}

}  // namespace huilu::api
