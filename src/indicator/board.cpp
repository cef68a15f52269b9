#include "indicator/board.h"

#include <algorithm>
#include <set>

#include "compliance/load_facts.h"
#include "compliance/queries.h"
#include "indicator/queries.h"
#include "matter/queries.h"
#include "matter/rules.h"
#include "obligation/periods.h"

namespace huilu::indicator {

namespace {

using policy::Indicator;
using policy::SetSource;

constexpr Interval any_day = {Date{-719'162}, {}};

Interval together(const Interval& a, const Interval& b) {
  const bool is_open = !a.until || !b.until;
  return {std::min(a.from, b.from),
          is_open ? std::nullopt : std::optional(std::max(*a.until, *b.until))};
}

const policy::RecordType* find_type(const obligation::Facts& facts, const std::string& address) {
  for (const auto& activation : facts.activations)
    for (const policy::RecordType& type : activation.pack->record_types)
      if (type.address == address) return &type;
  for (const policy::RecordType& type : policy::core_pack().record_types)
    if (type.address == address) return &type;
  return nullptr;
}

}  // namespace

std::vector<const policy::Pack*> packs_in_force(const obligation::Facts& facts, UnitId node,
                                                Date at, Instant known) {
  std::set<std::string> ids;
  std::vector<const policy::Pack*> found;
  for (const auto& activation : facts.activations) {
    if (!ids.insert(activation.pack->id).second) continue;
    const auto* const one = obligation::version_on(facts, activation.pack->id, node, at, known);
    if (one) found.push_back(one->pack);
  }
  return found;
}

// What has to be read for all of them.
struct Board::Needs {
  std::map<std::string, Interval> record_types;  // with the days on which they count
  std::set<std::string> matter_types;
  bool naming = false;  // also what names a unit, or was of one
};

Board::Board(store::Connection& connection, const std::vector<policy::Pack>& packs,
             const Asked& asked, obligation::CasesOf cases)
    : asked_(asked), cases_(std::move(cases)) {
  facts_ = compliance::load_policy(connection, packs);
  const auto below = compliance::units_below(connection, {asked.node});
  compliance::load_organisation(connection, {below.begin(), below.end()}, facts_);
  find_lines();
  Needs needs;
  needs.naming = !asked.as_of_now;
  for (const Line& line : lines_) add_needs(*line.pack, *line.indicator, needs);
  load(connection, needs);
}

Board::~Board() = default;

void Board::find_lines() {
  const auto& wanted = asked_.indicators;
  const auto is_asked = [&](const std::string& address) {
    return std::find(wanted.begin(), wanted.end(), address) != wanted.end();
  };
  for (const policy::Pack* const pack :
       packs_in_force(facts_, asked_.node, asked_.at, asked_.known)) {
    for (const Indicator& one : pack->indicators)
      if (wanted.empty() || is_asked(one.address)) lines_.push_back({pack, &one});
    for (const policy::View& view : pack->views)
      if (is_asked(view.address)) lines_.push_back({pack, &view.counted});
  }
}

// With what it is reckoned from.
void Board::add_needs(const policy::Pack& pack, const Indicator& indicator, Needs& needs) {
  std::vector<std::string> others = indicator.from;
  if (indicator.against && !indicator.against->indicator.empty())
    others.push_back(indicator.against->indicator);
  for (const std::string& address : others)
    if (const Indicator* const other = pack.find_indicator(address.substr(pack.id.size() + 1)))
      add_needs(pack, *other, needs);
  if (!indicator.counts_facts()) return;
  needs.naming = needs.naming || indicator.at.has_value();
  const auto& names = indicator.of.names;
  if (indicator.of.source == SetSource::matter)
    needs.matter_types.insert(names.begin(), names.end());
  if (indicator.of.source != SetSource::record) return;
  const auto period = measuring(pack).period_of(indicator);
  for (const std::string& name : names) {
    const policy::RecordType* const type = find_type(facts_, name);
    const policy::Field* const field = type ? type->find_field(type->counts_on) : nullptr;
    const bool is_plain = type && !type->lasts && indicator.every != policy::MeasuredEvery::now &&
                          !(field && field->type == policy::FieldType::period);
    const Interval days = is_plain ? Interval{period.from, period.until} : any_day;
    const auto [known, fresh] = needs.record_types.emplace(name, days);
    if (!fresh) known->second = together(known->second, days);
  }
}

void Board::load(store::Connection& connection, const Needs& needs) {
  std::set<RecordId> records;
  for (const auto& [type, days] : needs.record_types)
    add_records_of(connection, asked_.node, type, days, records);
  if (needs.naming && !needs.record_types.empty())
    add_records_naming(connection, asked_.node, records);
  const auto matters = matter::below(connection, asked_.node, needs.matter_types, needs.naming);
  too_large_ = records.size() + matters.size() > facts_max;
  if (too_large_) return;
  compliance::load_records_whole(connection, records, facts_);
  for (const auto& [id, history] :
       matter::histories_of(connection, {matters.begin(), matters.end()}))
    facts_.matters[id] = {history.back().pack_version, matter::steps_of(history)};
}

obligation::Measuring& Board::measuring(const policy::Pack& pack) {
  auto& one = measuring_[pack.id];
  if (!one)
    one = std::make_unique<obligation::Measuring>(
        facts_, obligation::MeasuredOn{pack, asked_.within, asked_.at, asked_.known}, cases_);
  return *one;
}

calendar::Period Board::period_of(const Line& line) {
  return measuring(*line.pack).period_of(*line.indicator);
}

obligation::Figure Board::figure(const Line& line, UnitId node) {
  return measuring(*line.pack).figure(*line.indicator, node);
}

obligation::Sampling Board::sampling(const policy::Pack& pack, const policy::Draw& draw) {
  return sampling_of(facts_, measuring(pack), pack, draw, asked_.node, asked_.at);
}

std::vector<const obligation::MeasuredFact*> Board::behind(const Line& line, UnitId node) {
  if (!line.indicator->counts_facts()) return {};
  return measuring(*line.pack).behind(*line.indicator, node);
}

std::vector<const obligation::UncountedFact*> Board::uncounted(const Line& line, UnitId node) {
  if (!line.indicator->counts_facts()) return {};
  return measuring(*line.pack).uncounted(*line.indicator, node);
}

}  // namespace huilu::indicator
