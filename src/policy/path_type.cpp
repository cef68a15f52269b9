#include "policy/path_type.h"

#include <algorithm>
#include <array>

namespace huilu::policy {

namespace {

struct Property {
  std::string_view name;
  PathType (*type)(const Vocabulary& words);
};

template <Leads leads>
PathType plain(const Vocabulary&) {
  return type_of(leads);
}

PathType word_type(std::vector<std::string_view> words, std::string_view property,
                   bool ordered = false) {
  PathType type = type_of(Leads::word);
  type.words = std::move(words);
  type.property = property;
  type.ordered = ordered;
  return type;
}

PathType unit_type(const Vocabulary& words) {
  return word_type(words.unit_types.codes(), "unit_types");
}
PathType level(const Vocabulary& words) { return word_type(words.levels.codes(), "levels"); }
PathType rank(const Vocabulary& words) { return word_type(words.ranks.codes(), "ranks", true); }
PathType post_kind(const Vocabulary& words) {
  return word_type(words.post_kinds.codes(), "post_kinds");
}
// What a roll says. That somebody floats is a property of its own.
PathType member_kind(const Vocabulary& words) {
  PathType type = word_type({"full_member", "probationary_member"}, "membership_kinds");
  type.later_words = words.membership_kinds.codes();
  return type;
}
PathType tags(const Vocabulary&) {
  PathType type = type_of(Leads::text);
  type.list = true;
  type.property = "tags";
  return type;
}

const std::vector<Property>& unit_properties() {
  static const std::vector<Property> properties = {
      {"type", unit_type},
      {"level", level},
      {"rank", rank},
      {"tags", tags},
      {"parent", plain<Leads::unit>},
      {"from", plain<Leads::date>},
      {"unit", plain<Leads::unit>},  // itself, so that unit.parent is the same of every bearer
  };
  return properties;
}

const std::vector<Property>& post_properties() {
  static const std::vector<Property> properties = {
      {"kind", post_kind},
      {"unit", plain<Leads::unit>},
      {"holder", plain<Leads::person>},
      {"acting", plain<Leads::boolean>},
      {"from", plain<Leads::date>},
  };
  return properties;
}

const std::vector<Property>& member_properties() {
  static const std::vector<Property> properties = {
      {"kind", member_kind},
      {"probationary", plain<Leads::boolean>},
      {"floating", plain<Leads::boolean>},
      {"unit", plain<Leads::unit>},
      {"home", plain<Leads::unit>},
      {"host", plain<Leads::unit>},
      {"from", plain<Leads::date>},
  };
  return properties;
}

// Where somebody holds a post, and whose member he is, on the day that is spoken of.
PathType unit_of_posts(const Vocabulary&) {
  PathType type = type_of(Leads::unit);
  type.one_of = true;
  type.of_person = true;
  return type;
}
PathType home_of_person(const Vocabulary&) {
  PathType type = type_of(Leads::unit);
  type.of_person = true;
  return type;
}

const std::vector<Property>& person_properties() {
  static const std::vector<Property> properties = {{"unit", unit_of_posts},
                                                   {"home", home_of_person}};
  return properties;
}

const std::vector<Property>& period_properties() {
  static const std::vector<Property> properties = {
      {"name", plain<Leads::period>},
      {"from", plain<Leads::date>},
      {"until", plain<Leads::date>},
  };
  return properties;
}

const std::vector<Property>& campaign_properties() {
  static const std::vector<Property> properties = {
      {"unit", plain<Leads::unit>},
      {"from", plain<Leads::date>},
      {"until", plain<Leads::date>},
  };
  return properties;
}

PathType units_of_record(const Vocabulary&) {
  PathType type = type_of(Leads::unit);
  type.list = true;
  return type;
}
PathType unit_of_record(const Vocabulary&) {
  PathType type = type_of(Leads::unit);
  type.one_of = true;
  return type;
}
PathType people_of_record(const Vocabulary&) {
  PathType type = type_of(Leads::person);
  type.list = true;
  return type;
}

const std::vector<Property>& pair_properties() {
  static const std::vector<Property> properties = {{"both", people_of_record}};
  return properties;
}

// The header of every record.
const std::vector<Property>& record_properties() {
  static const std::vector<Property> properties = {
      {"unit", unit_of_record},      {"units", units_of_record},    {"date", plain<Leads::date>},
      {"place", plain<Leads::text>}, {"present", people_of_record},
  };
  return properties;
}

PathType outcome_of_matter(const Vocabulary&) {
  return word_type({outcome_words.begin(), outcome_words.end()}, outcomes_property);
}
PathType files_of_matter(const Vocabulary&) {
  PathType type = type_of(Leads::other);
  type.list = true;
  return type;
}

// The header of every matter. Its states are those of its type.
const std::vector<Property>& matter_properties() {
  static const std::vector<Property> properties = {
      {"unit", plain<Leads::unit>},
      {"parent", plain<Leads::a_matter>},
      {"campaign", plain<Leads::other>},
      {"opened", plain<Leads::date>},
      {"due", plain<Leads::date>},
      {"state", plain<Leads::word>},
      {"outcome", outcome_of_matter},
      {"evidence", files_of_matter},
      {"clock", plain<Leads::clocks>},
      {"ballot", plain<Leads::a_ballot>},
      {"look_back", plain<Leads::word>},
      {"stale", plain<Leads::boolean>},
      {"into", plain<Leads::a_matter>},
      {"relapse_of", plain<Leads::a_matter>},
      {"relapsed_as", plain<Leads::a_matter>},
  };
  return properties;
}

PathType result_of_clock(const Vocabulary&) {
  return word_type({clock_result_words.begin(), clock_result_words.end()}, clock_results_property);
}
const std::vector<Property>& clock_properties() {
  static const std::vector<Property> properties = {{"result", result_of_clock}};
  return properties;
}

PathType result_of_ballot(const Vocabulary&) {
  return word_type({ballot_result_words.begin(), ballot_result_words.end()},
                   ballot_results_property);
}
const std::vector<Property>& ballot_properties() {
  static const std::vector<Property> properties = {{"result", result_of_ballot}};
  return properties;
}

// As obligation::verdict_words has them; a shade of open reads as itself.
constexpr std::array<std::string_view, 9> verdict_words = {"failed",  "unknown", "in_grace",
                                                           "at_risk", "open",    "met_late",
                                                           "met",     "exempt",  "not_applicable"};

PathType verdict_of_case(const Vocabulary&) {
  return word_type({verdict_words.begin(), verdict_words.end()}, verdicts_property);
}
const std::vector<Property>& case_properties() {
  static const std::vector<Property> properties = {{"verdict", verdict_of_case},
                                                   {"home", plain<Leads::unit>}};
  return properties;
}

// What is known of a record beside what it says; a field of the same name comes first.
const std::vector<Property>& known_properties() {
  static const std::vector<Property> properties = {{"announced", plain<Leads::date>}};
  return properties;
}

const std::vector<Property>& properties_of(Leads leads) {
  static const std::vector<Property> none;
  switch (leads) {
    case Leads::unit:
      return unit_properties();
    case Leads::post:
      return post_properties();
    case Leads::member:
      return member_properties();
    case Leads::person:
      return person_properties();
    case Leads::record:
      return record_properties();
    case Leads::a_period:
      return period_properties();
    case Leads::a_campaign:
      return campaign_properties();
    case Leads::a_pair:
      return pair_properties();
    case Leads::a_matter:
      return matter_properties();
    case Leads::a_clock:
      return clock_properties();
    case Leads::a_ballot:
      return ballot_properties();
    case Leads::a_case:
      return case_properties();
    default:
      return none;
  }
}

Leads leads_of(FieldType type) {
  switch (type) {
    case FieldType::text:
      return Leads::text;
    case FieldType::int_:
      return Leads::integer;
    case FieldType::decimal:
      return Leads::decimal;
    case FieldType::bool_:
      return Leads::boolean;
    case FieldType::date:
      return Leads::date;
    case FieldType::period:
      return Leads::period;
    case FieldType::enum_:
      return Leads::word;
    case FieldType::person:
      return Leads::person;
    case FieldType::unit:
      return Leads::unit;
    case FieldType::ref:
      return Leads::record;
    default:
      return Leads::other;
  }
}

bool is_person(Leads leads) { return leads == Leads::person || leads == Leads::member; }

bool is_number(Leads leads) { return leads == Leads::integer || leads == Leads::decimal; }

}  // namespace

PathType type_of(Leads leads) {
  PathType type;
  type.leads = leads;
  return type;
}

PathType type_of_record(const std::string& address) {
  PathType type = type_of(Leads::record);
  type.record = address;
  return type;
}

PathType type_of_matter(const MatterType& matter) {
  PathType type = type_of(Leads::a_matter);
  type.matter = &matter;
  return type;
}

bool PathType::operator==(const PathType& other) const {
  if (is_person(leads) && is_person(other.leads)) return true;
  if (is_number(leads) && is_number(other.leads)) return true;
  if (leads != other.leads || leads == Leads::other) return false;
  if (leads == Leads::record) return record == other.record;
  if (leads == Leads::word) return words == other.words;
  return true;
}

namespace {

// The words of a state are those of the type, where it is known; likewise its clocks.
PathType of_matter(PathType type, const PathType& from, std::string_view word) {
  if (word == "clock") type.matter = from.matter;
  if (word == "look_back") {
    type.property = look_back_outcomes_property;
    for (const LookBackOutcome one : from.matter->look_back->outcomes)
      type.words.push_back(look_back_outcome_words[static_cast<std::size_t>(one)]);
    return type;
  }
  if (word != "state") return type;
  if (!from.matter) return type_of(Leads::text);
  type.property = states_property;
  type.matter = from.matter;
  for (const MatterState& state : from.matter->states) type.words.push_back(state.id);
  return type;
}

}  // namespace

std::optional<PathType> PathTypes::step(const PathType& from, std::string_view word) const {
  if (from.list) return {};
  const bool has_ballot = from.matter && from.matter->ballot;
  if (from.leads == Leads::a_matter && word == "ballot" && !has_ballot) return {};
  const bool has_look_back = from.matter && from.matter->look_back;
  if (from.leads == Leads::a_matter && word == "look_back" && !has_look_back) return {};
  const bool has_reviews = from.matter && from.matter->has_reviews();
  if (from.leads == Leads::a_matter && word == "stale" && !has_reviews) return {};
  const bool has_merges = from.matter && from.matter->has_merges();
  if (from.leads == Leads::a_matter && word == "into" && !has_merges) return {};
  const bool has_relapse = from.matter && from.matter->relapse;
  const bool is_of_relapse = word == "relapse_of" || word == "relapsed_as";
  if (from.leads == Leads::a_matter && is_of_relapse && !has_relapse) return {};
  for (const Property& property : properties_of(from.leads)) {
    if (property.name != word) continue;
    PathType type = property.type(words_);
    type.one_of = type.one_of || from.one_of;
    type.of_person = type.of_person || from.of_person;
    return from.leads == Leads::a_matter ? of_matter(std::move(type), from, word) : type;
  }
  if (from.leads == Leads::a_matter) {
    const Field* const field = from.matter ? from.matter->find_field(word) : nullptr;
    return field ? field_type(*field) : std::nullopt;
  }
  if (from.leads == Leads::clocks)
    return from.matter && from.matter->find_clock(word) ? std::optional(type_of(Leads::a_clock))
                                                        : std::nullopt;
  if (from.leads != Leads::record) return {};
  const RecordType* const type = find_(from.record);
  if (!type) return PathType{};  // a finding was made where it is named
  const Field* const field = type->find_field(word);
  if (!field) {
    for (const Property& property : known_properties())
      if (property.name == word) return property.type(words_);
    return {};
  }
  auto found = field_type(*field);
  if (found) found->is_protected = found->is_protected || from.is_protected;
  return found;
}

std::optional<PathType> PathTypes::field_type(const Field& field) const {
  const bool list = field.type == FieldType::set || field.type == FieldType::list;
  PathType type = type_of(leads_of(list ? field.item.value_or(FieldType::text) : field.type));
  type.list = list;
  type.is_protected = field.is_protected;
  type.field = &field;
  for (const Term& term : field.words) type.words.push_back(term.code);
  type.record = field.target;
  return type;
}

std::vector<std::string> PathTypes::words_after(const PathType& from) const {
  std::vector<std::string> words;
  if (from.list) return words;
  for (const Property& property : properties_of(from.leads)) words.emplace_back(property.name);
  const RecordType* const type = from.leads == Leads::record ? find_(from.record) : nullptr;
  if (type)
    for (const Field& field : type->fields) words.push_back(field.name);
  if (from.matter && from.leads == Leads::a_matter)
    for (const Field& field : from.matter->fields) words.push_back(field.name);
  if (from.matter && from.leads == Leads::clocks)
    for (const MatterClock& clock : from.matter->clocks) words.push_back(clock.id);
  if (type)
    for (const Property& property : known_properties()) words.emplace_back(property.name);
  return words;
}

std::optional<PathType> table_key(const PathTypes& types, std::string_view by) {
  if (by == "kind") return types.step(type_of(Leads::post), by);
  constexpr std::string_view of_unit = "unit.";
  if (by != "unit.type" && by != "unit.rank") return {};
  return types.step(type_of(Leads::unit), by.substr(of_unit.size()));
}

std::string describe(const PathType& type) {
  if (type.field) return std::string(word_of(type.field->type));
  if (type.list) return "list";
  static constexpr std::array<std::string_view, 22> names = {
      "nothing", "other",  "text",   "int",    "decimal", "bool",   "date",   "period",
      "word",    "unit",   "post",   "member", "person",  "record", "period", "campaign",
      "pair",    "matter", "clocks", "clock",  "ballot",  "case"};
  return std::string(names[static_cast<std::size_t>(type.leads)]);
}

bool is_later_property(std::string_view word) {
  static constexpr std::array<std::string_view, 18> later = {
      "member_count", "filled",  "held",     "late",      "planned", "added_by",
      "changed",      "verdict", "met_by",   "state",     "outcome", "look_back",
      "ballot",       "clock",   "audience", "committee", "guide",   "joined"};
  return std::find(later.begin(), later.end(), word) != later.end();
}

}  // namespace huilu::policy
