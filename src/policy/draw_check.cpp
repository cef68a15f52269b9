#include "policy/draw_check.h"

#include <algorithm>
#include <set>

#include "policy/finding.h"
#include "policy/scalar.h"

namespace huilu::policy {

namespace {

constexpr std::int64_t drawn_most = 5000 * one_in_millionths;

}  // namespace

void DrawCheck::check(Draw& draw, const Node& node) {
  indicators_.check(draw.of, node);
  check_amount(draw, node);
  check_weight(draw, node);
}

void DrawCheck::check_amount(const Draw& draw, const Node& node) {
  const Node* const written = node.find(draw.is_share ? "share" : "size");
  if (!written) return;
  if (draw.is_share)
    return indicators_.check_number(draw.amount, 1, one_in_millionths, written->place);
  indicators_.check_number(draw.amount, one_in_millionths, drawn_most, written->place);
  const auto* const number = std::get_if<Decimal>(&draw.amount);
  if (number && number->millionths % one_in_millionths != 0)
    reading_.report(RefusalCode::pack_type, written->place, "int",
                    decimal_text(number->millionths));
  const auto* const use = std::get_if<ParameterUse>(&draw.amount);
  const Parameter* const parameter = use ? pack_.find_parameter(use->name) : nullptr;
  if (parameter && parameter->type != ParameterType::int_)
    reading_.report(RefusalCode::pack_type, written->place, "int", use->name);
}

// One ticket more for each that is counted, or by as much as they add up to.
void DrawCheck::check_weight(Draw& draw, const Node& node) {
  const Node* const written = node.find("weight");
  if (!written) return;
  const std::string name = draw.weight;
  const Indicator* const found = indicators_.find(draw.weight, written->place);
  if (!found) return;
  const SetSource of = found->of.source;
  const bool is_plain_count = found->measure == Measure::count && !found->path;
  if (!is_plain_count && found->measure != Measure::sum)
    reading_.report(RefusalCode::pack_shape, written->place, "count, sum", name);
  else if (of != SetSource::record && of != SetSource::matter)
    reading_.report(RefusalCode::pack_shape, written->place, "record, matter", name);
}

// The two are asked for by the same address.
void ViewCheck::check(View& view, const Node& node) {
  if (const Indicator* const other = pack_.find_indicator(view.name))
    reading_.report(RefusalCode::pack_duplicate_key, view.place, other->place.text(), view.name);
  indicators_.check(view.counted, node);
  if (view.counted.of.source != SetSource::matter || view.counted.of.names.size() != 1) {
    if (view.counted.of.place.file)
      reading_.report(RefusalCode::pack_shape, view.counted.of.place, "matter: type", "");
    return;
  }
  const MatterType* const type = type_of(view);
  if (!type) return;
  check_parts(view, *type, node);
  check_columns(view, *type, node);
}

const MatterType* ViewCheck::type_of(const View& view) const {
  const std::string& address = view.counted.of.names.front();
  for (const MatterType& type : pack_.matter_types)
    if (type.address == address) return &type;
  for (const Pack& other : known_)
    for (const MatterType& type : other.matter_types)
      if (type.address == address) return &type;
  return nullptr;
}

// Each word of the field stands in exactly one part.
void ViewCheck::check_parts(const View& view, const MatterType& type, const Node& node) {
  const Path& by = view.partition.by;
  if (by.steps.empty()) return;
  const Field* const field =
      by.steps.size() == 1 && by.root == Root::thing ? type.find_field(by.steps.front()) : nullptr;
  if (!field || field->type != FieldType::enum_)
    return reading_.report(RefusalCode::pack_type, by.place, "enum", by.text());
  std::vector<std::string_view> words;
  for (const Term& word : field->words) words.push_back(word.code);
  std::set<std::string_view> seen, ids;
  for (std::size_t i = 0; i < view.partition.parts.size(); ++i) {
    const ViewGroup& part = view.partition.parts[i];
    const Node& written = node.below("partition").below("parts").below(i);
    if (!part.id.empty() && !ids.insert(part.id).second)
      reading_.report(RefusalCode::pack_duplicate_key, written.below("id").place, "", part.id);
    for (const std::string& word : part.of) {
      const Place& place = written.below("of").place;
      if (std::find(words.begin(), words.end(), word) == words.end())
        reading_.report(RefusalCode::pack_unknown_word, place, nearest_or_all(word, words), word);
      else if (!seen.insert(word).second)
        reading_.report(RefusalCode::pack_duplicate_key, place, "", word);
    }
  }
  for (const std::string_view word : words)
    if (!seen.contains(word) && !node.cut)
      reading_.report(RefusalCode::pack_missing_key, node.below("partition").below("parts").place,
                      "a part of " + std::string(word), "");
}

void ViewCheck::check_columns(const View& view, const MatterType& type, const Node& node) {
  std::vector<std::string_view> all(view_header_words.begin(), view_header_words.end());
  for (const Field& field : type.fields) all.push_back(field.name);
  std::set<std::string_view> seen;
  for (std::size_t i = 0; i < view.columns.size(); ++i) {
    const std::string& column = view.columns[i];
    const Place& place = node.below("columns").below(i).place;
    if (std::find(all.begin(), all.end(), column) == all.end())
      reading_.report(RefusalCode::pack_reference, place, nearest_or_all(column, all), column);
    else if (!seen.insert(column).second)
      reading_.report(RefusalCode::pack_duplicate_key, place, "", column);
  }
}

}  // namespace huilu::policy
