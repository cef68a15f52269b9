#include "policy/record_type.h"

#include <algorithm>
#include <limits>

#include "policy/declarations.h"
#include "policy/field_check.h"
#include "policy/finding.h"

namespace huilu::policy {

Field Field::item_field() const {
  Field one;
  one.name = name;
  one.type = item.value_or(FieldType::text);
  one.words = words;
  one.target = target;
  one.is_protected = is_protected;
  return one;
}

const Field* RecordType::find_field(std::string_view field) const {
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [&](const Field& other) { return other.name == field; });
  return found == fields.end() ? nullptr : &*found;
}

namespace {

constexpr std::array<std::string_view, 3> source_words = {"entered", "imported", "derived"};
constexpr std::array<std::string_view, 3> author_words = {"named", "hidden", "none"};
constexpr std::array<std::string_view, 1> correction_words = {"append_only"};
constexpr std::int64_t back_dated_days_limit = 36'600;

template <std::size_t count>
bool holds(const std::array<std::string_view, count>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool may_be_item(FieldType type) {
  switch (type) {
    case FieldType::text:
    case FieldType::int_:
    case FieldType::decimal:
    case FieldType::bool_:
    case FieldType::date:
    case FieldType::person:
    case FieldType::unit:
    case FieldType::post:
    case FieldType::file:
      return true;
    default:
      return false;
  }
}

void read_target(Reading& reading, const Node& node, Field& out) {
  if (!is_plain_text(node)) return reading.report_type(node, "name of a record type");
  out.target = node.text;
}

// The types of units that may be named; their titles stand in the vocabulary.
void read_kinds(Reading& reading, const Node& node, Field& out) {
  std::vector<std::string> kinds;
  some_of(id()).read(reading, node, kinds);
  for (std::string& kind : kinds) out.words.push_back({std::move(kind), {}});
}

// {unit: [kinds]}: units of these types alone.
struct UnitsOfKinds {
  Field field;
};
Form<UnitsOfKinds> units_of_kinds_form() {
  return map_of<UnitsOfKinds>({
      {"unit", Presence::required, "list of types of units",
       [](Reading& reading, const Node&, const Node* value, UnitsOfKinds& out) {
         if (value) read_kinds(reading, *value, out.field);
       },
       shape::list(shape::id())},
  });
}

void read_items(Reading& reading, const Node& node, Field& out) {
  if (node.kind == NodeKind::map) {
    UnitsOfKinds units;
    units_of_kinds_form().read(reading, node, units);
    out.item = FieldType::unit;
    out.words = std::move(units.field.words);
    return;
  }
  if (node.kind == NodeKind::list) {
    out.item = FieldType::enum_;
    return terms().read(reading, node, out.words);
  }
  for (std::size_t i = 0; i < field_type_words.size(); ++i)
    if (node.kind == NodeKind::scalar && field_type_words[i] == node.text &&
        may_be_item(static_cast<FieldType>(i))) {
      out.item = static_cast<FieldType>(i);
      return;
    }
  out.item = FieldType::ref;
  read_target(reading, node, out);
}

// What `of` says depends on `type`, which stands before it in the list of keys.
void read_of(Reading& reading, const Node& owner, const Node* value, Field& out) {
  const Node* const type = owner.find("type");
  if (!type || type->text != word_of(out.type)) return;
  const bool needed = out.type == FieldType::enum_ || out.type == FieldType::set ||
                      out.type == FieldType::list || out.type == FieldType::ref;
  if (!value) {
    if (needed && !owner.cut) reading.report(RefusalCode::pack_missing_key, owner.place, "of", "");
    return;
  }
  switch (out.type) {
    case FieldType::enum_:
      return terms().read(reading, *value, out.words);
    case FieldType::set:
    case FieldType::list:
      return read_items(reading, *value, out);
    case FieldType::ref:
      return read_target(reading, *value, out);
    case FieldType::unit:
      return read_kinds(reading, *value, out);
    case FieldType::period:
      return word<PeriodKind>(period_kind_words).read(reading, *value, out.period.emplace());
    default:
      reading.report(RefusalCode::pack_unknown_key, value->place, "", "of");
  }
}

void check_limits(Reading& reading, const Node& node, const Field& field) {
  const bool counted = field.type == FieldType::int_ || field.type == FieldType::decimal ||
                       field.type == FieldType::text || field.type == FieldType::set ||
                       field.type == FieldType::list;
  for (const std::string_view key : {"min", "max"})
    if (!counted && node.find(key))
      reading.report(RefusalCode::pack_unknown_key, node.below(key).place, "", std::string(key));
  if (field.min && field.max && *field.min > *field.max)
    reading.report(RefusalCode::pack_range, node.below("max").place,
                   "at least " + std::to_string(*field.min), std::to_string(*field.max));
}

void check_field(Reading& reading, const Node& node, Field& field) {
  check_limits(reading, node, field);
  if (!field.not_after.empty() && field.type != FieldType::date)
    reading.report(RefusalCode::pack_unknown_key, node.below("not_after").place, "", "not_after");
  // Whether a field is shown is a condition, and a field that is not shown cannot be asked for.
  if (field.required && field.show_if)
    reading.report(RefusalCode::pack_range, node.below("required").place, "required or show_if",
                   "both");
  const Node* const offered = node.find("default");
  if (!offered || offered->kind == NodeKind::null || offered->kind == NodeKind::unreadable) return;
  field.default_value = value_of(*offered);
  for (const Refusal& refusal : check_value(field, field.default_value, ""))
    reading.report(RefusalCode::pack_range, offered->place, refusal.expected, offered->describe());
}

}  // namespace

Form<Field> field_form() {
  constexpr std::int64_t lowest = std::numeric_limits<std::int32_t>::min();
  constexpr std::int64_t highest = std::numeric_limits<std::int32_t>::max();
  return named(
      "field",
      map_of<Field>(
          {
              label("title", &Field::title),
              required("type", &Field::type, word<FieldType>(field_type_words)),
              {"of", Presence::optional, "depends on type", read_of,
               shape::choice({shape::text(), shape::list(shape::id()),
                              shape::named("units_of_kinds", units_of_kinds_form().shape)})},
              optional("required", &Field::required, boolean()),
              optional("min", &Field::min, integer(lowest, highest)),
              optional("max", &Field::max, integer(lowest, highest)),
              optional("not_after", &Field::not_after, id()),
              unkept<Field>("default", Presence::optional, raw()),
              optional("show_if", &Field::show_if, condition_form()),
              optional("keep", &Field::keep, duration()),
              optional("protected", &Field::is_protected, boolean()),
              unkept<Field>("note", Presence::optional, text()),
          },
          check_field));
}

namespace {

Form<Evidence> evidence_form() {
  return named("evidence", map_of<Evidence>({
                               required("field", &Evidence::field, id()),
                               required("by", &Evidence::by, duration()),
                           }));
}

struct FormOfType {
  std::vector<FormSection> sections;
};

Key<RecordType> form_key() {
  const auto section = named("section", map_of<FormSection>({
                                            label("title", &FormSection::title),
                                            required("fields", &FormSection::fields, list_of(id())),
                                        }));
  const auto form = map_of<FormOfType>({
      required("sections", &FormOfType::sections, list_of(section)),
  });
  return {"form", Presence::optional, "map",
          [form](Reading& reading, const Node&, const Node* value, RecordType& out) {
            FormOfType read;
            if (value) form.read(reading, *value, read);
            out.form = std::move(read.sections);
          },
          form.shape};
}

// A name that should be one of the type's fields, or of `others`.
void check_name(Reading& reading, const RecordType& type, const std::string& name,
                const Place& place, std::vector<std::string_view> others = {}) {
  if (name.empty() || type.find_field(name)) return;
  if (std::find(others.begin(), others.end(), name) != others.end()) return;
  for (const Field& field : type.fields) others.push_back(field.name);
  reading.report(RefusalCode::pack_reference, place, nearest_or_all(name, others), name);
}

void check_header_words(Reading& reading, const Node& node) {
  const Node* const fields = node.find("fields");
  if (!fields) return;
  for (const Member& member : fields->members)
    if (holds(header_words, member.key))
      reading.report(RefusalCode::pack_duplicate_key, member.place, "the header's word",
                     member.key);
}

void check_counts_on(Reading& reading, const Node& node, RecordType& type) {
  if (type.counts_on.empty()) {
    type.counts_on = type.lasts ? "from" : "date";
  } else if (type.counts_on != "date") {
    check_name(reading, type, type.counts_on, node.below("when").place, {"date"});
    const Field* const field = type.find_field(type.counts_on);
    if (field && field->type != FieldType::date && field->type != FieldType::period)
      reading.report(RefusalCode::pack_type, node.below("when").place, "date, period",
                     std::string(word_of(field->type)));
  }
  if (!type.lasts || node.cut) return;
  for (const std::string_view name : {"from", "until"}) {
    const Field* const field = type.find_field(name);
    if (!field || field->type != FieldType::date || (name == "from" && !field->required))
      reading.report(RefusalCode::pack_missing_key, node.below("fields").place,
                     name == "from" ? "from: {type: date, required: true}" : "until: {type: date}",
                     "");
  }
}

void check_not_after(Reading& reading, const Node& node, const RecordType& type) {
  for (const Field& field : type.fields) {
    const Place& place = node.below("fields").below(field.name).below("not_after").place;
    check_name(reading, type, field.not_after, place, {"entered", "today"});
    const Field* const other = type.find_field(field.not_after);
    if (other && other->type != FieldType::date)
      reading.report(RefusalCode::pack_type, place, "date", std::string(word_of(other->type)));
  }
}

void check_identity(Reading& reading, const Node& node, const RecordType& type) {
  for (std::size_t i = 0; i < type.identity.size(); ++i) {
    const std::string& name = type.identity[i];
    const Place& place = node.below("identity").below(i).place;
    check_name(reading, type, name, place, {header_words.begin(), header_words.end()});
    const auto before = type.identity.begin() + static_cast<std::ptrdiff_t>(i);
    if (!name.empty() && std::find(type.identity.begin(), before, name) != before)
      reading.report(RefusalCode::pack_duplicate_key, place, "", name);
  }
}

void check_form(Reading& reading, const Node& node, const RecordType& type) {
  const Node& sections = node.below("form").below("sections");
  for (std::size_t i = 0; i < type.form.size(); ++i)
    for (std::size_t j = 0; j < type.form[i].fields.size(); ++j)
      check_name(reading, type, type.form[i].fields[j],
                 sections.below(i).below("fields").below(j).place);
}

bool names_persons(const Field& field) {
  return field.type == FieldType::person || field.item == FieldType::person;
}

void check_type(Reading& reading, const Node& node, RecordType& type) {
  type.place = node.place;
  check_header_words(reading, node);
  check_counts_on(reading, node, type);
  check_not_after(reading, node, type);
  check_identity(reading, node, type);
  check_form(reading, node, type);
  if (type.evidence)
    check_name(reading, type, type.evidence->field, node.below("evidence").below("field").place);
  if (type.visible.names == Scope::public_ &&
      std::any_of(type.fields.begin(), type.fields.end(), names_persons))
    reading.report(RefusalCode::pack_range, node.below("visible").below("names").place,
                   "self, unit, line", "public");
}

}  // namespace

Form<Visible> visible_form() {
  return named("visible", map_of<Visible>({
                              optional("names", &Visible::names, word<Scope>(scope_words)),
                              optional("counts", &Visible::counts, word<Scope>(scope_words)),
                          }));
}

Form<RecordType> record_type_form() {
  return named(
      "record_type",
      map_of<RecordType>(
          {
              optional("clause", &RecordType::clauses, one_or_list(token())),
              label("title", &RecordType::title),
              label("guide", &RecordType::guide),
              unkept<RecordType>("note", Presence::optional, text()),
              optional("when", &RecordType::counts_on, id()),
              optional("lasts", &RecordType::lasts, boolean()),
              optional("plannable", &RecordType::plannable, boolean()),
              required("fields", &RecordType::fields, by_name(field_form(), &Field::name)),
              optional("identity", &RecordType::identity, list_of(id())),
              optional("counts_if", &RecordType::counts_if, list_of(quality_form())),
              optional("evidence", &RecordType::evidence, evidence_form()),
              optional("source", &RecordType::source, word<Source>(source_words)),
              optional("author", &RecordType::author, word<Author>(author_words)),
              optional("visible", &RecordType::visible, visible_form()),
              optional("correction", &RecordType::correction, word<Correction>(correction_words)),
              form_key(),
              optional("back_dated_days_max", &RecordType::back_dated_days_max,
                       integer(0, back_dated_days_limit)),
          },
          check_type));
}

}  // namespace huilu::policy
