#include "api/views.h"

namespace huilu::api {

namespace {

policy::Language label_language(words::Language language) {
  switch (language) {
    case words::Language::zh_cn:
      return policy::Language::zh_cn;
    case words::Language::zh_tw:
      return policy::Language::zh_tw;
    case words::Language::en:
      return policy::Language::en;
  }
  CHECK(false);
}

Value words_view(const std::vector<std::string>& words) {
  Value::List list;
  for (const auto& word : words) list.push_back(word);
  return list;
}

void set_span(Value& view, const Interval& span) {
  view.set("from", span.from.text());
  view.set("until", date_or_null(span.until));
}

Value kind_view(const org::Kind& kind) {
  return Value::object({{"type", kind.type},
                        {"level", kind.level},
                        {"rank", text_or_null(kind.rank)},
                        {"tags", words_view(kind.tags)}});
}

Value field_view(const policy::Field& field, policy::Language language) {
  Value::List words;
  for (const auto& word : field.words) {
    words.push_back(Value::object({{"code", word.code}, {"title", word.title.in(language)}}));
  }
  return Value::object({{"name", field.name},
                        {"title", field.title.in(language)},
                        {"type", policy::word_of(field.type)},
                        {"of", field.item ? Value(policy::word_of(*field.item)) : Value()},
                        {"words", std::move(words)},
                        {"target", field.target.empty() ? Value() : Value(field.target)},
                        {"required", field.required},
                        {"min", integer_or_null(field.min)},
                        {"max", integer_or_null(field.max)},
                        {"not_after", field.not_after.empty() ? Value() : Value(field.not_after)},
                        {"default", field.default_value}});
}

template <class T>
Value terms_view(const policy::Terms<T>& terms, policy::Language language) {
  Value::List list;
  for (const auto& term : terms.items) {
    list.push_back(Value::object({{"code", term.code}, {"title", term.title.in(language)}}));
  }
  return list;
}

}  // namespace

Value text_or_null(const std::string& text) { return text.empty() ? Value() : Value(text); }

Value text_or_null(const std::optional<std::string>& text) { return text ? Value(*text) : Value(); }
Value date_or_null(const std::optional<Date>& date) { return date ? Value(date->text()) : Value(); }
Value integer_or_null(const std::optional<std::int64_t>& number) {
  return number ? Value(*number) : Value();
}

Value account_view(const identity::AccountRow& account) {
  return Value::object(
      {{"id", account.id.text()},
       {"name", account.name},
       {"display_name", account.display_name},
       {"kind", identity::word_of(account.kind)},
       {"person", id_or_null(account.person)},
       {"has_password", account.has_password},
       {"created", account.created_at.text()},
       {"disabled", account.disabled_at ? Value(account.disabled_at->text()) : Value()},
       {"version", account.version}});
}

Value grant_view(const identity::GrantRow& grant) {
  Value view =
      Value::object({{"id", grant.id.text()},
                     {"account", grant.account.text()},
                     {"role", identity::word_of(grant.role)},
                     {"unit", id_or_null(grant.unit)},
                     {"scope", identity::word_of(grant.scope)},
                     {"reason", grant.reason},
                     {"granted_by", grant.granted_by ? Value(grant.granted_by.text()) : Value()},
                     {"granted", grant.granted_at.text()},
                     {"ended", grant.ended_at ? Value(grant.ended_at->text()) : Value()},
                     {"version", grant.version}});
  set_span(view, grant.days);
  return view;
}

Value token_view(const identity::TokenRow& token) {
  Value view =
      Value::object({{"id", token.id.text()},
                     {"account", token.account.text()},
                     {"name", token.name},
                     {"issued", token.issued_at.text()},
                     {"revoked", token.revoked_at ? Value(token.revoked_at->text()) : Value()},
                     {"version", token.version}});
  set_span(view, token.days);
  return view;
}

Value unit_view(const org::UnitView& unit) {
  Value view = kind_view(unit.kind);
  view.set("id", unit.id.text());
  view.set("name", unit.name);
  view.set("version", unit.version);
  view.set("code", text_or_null(unit.code));
  view.set("code_system", text_or_null(unit.code_system));
  view.set("official_order", integer_or_null(unit.official_order));
  view.set("parent", id_or_null(unit.parent));
  view.set("seat", id_or_null(unit.seat));
  view.set("go_live", date_or_null(unit.go_live));
  view.set("has_children", unit.has_children);
  set_span(view, unit.span);
  return view;
}

Value place_view(const org::PlaceView& place) {
  return Value::object({{"id", place.id.text()},
                        {"name", place.name},
                        {"level", place.level},
                        {"code", text_or_null(place.code)},
                        {"code_system", text_or_null(place.code_system)},
                        {"parent", id_or_null(place.parent)},
                        {"pseudo", place.pseudo},
                        {"has_children", place.has_children},
                        {"version", place.version}});
}

Value path_view(const std::vector<org::PathStep>& path) {
  Value::List steps;
  for (const auto& step : path) {
    steps.push_back(Value::object(
        {{"id", step.unit ? step.unit.text() : step.place.text()}, {"name", step.name}}));
  }
  return steps;
}

Value history_view(const org::Unit& unit) {
  Value::List names, kinds, parents, relations;
  for (const auto& [value, span] : unit.names) {
    set_span(names.emplace_back(Value::object({{"name", value}})), span);
  }
  for (const auto& [value, span] : unit.kinds) set_span(kinds.emplace_back(kind_view(value)), span);
  for (const auto& [value, span] : unit.parents) {
    set_span(parents.emplace_back(Value::object({{"parent", id_or_null(value)}})), span);
  }
  for (const auto& relation : unit.relations) {
    const auto& [target_unit, place, post] = relation.target;
    const std::string target = target_unit ? target_unit.text()
                               : place     ? place.text()
                                           : post.text();
    set_span(relations.emplace_back(Value::object(
                 {{"id", relation.id}, {"kind", org::word_of(relation.kind)}, {"target", target}})),
             relation.span);
  }
  return Value::object({{"id", unit.id.text()},
                        {"version", unit.version},
                        {"names", std::move(names)},
                        {"kinds", std::move(kinds)},
                        {"parents", std::move(parents)},
                        {"relations", std::move(relations)}});
}

Value membership_view(const org::Membership& membership) {
  Value view = Value::object({{"id", membership.id.text()},
                              {"version", membership.version},
                              {"person", membership.person.text()},
                              {"unit", membership.unit.text()},
                              {"kind", org::word_of(membership.kind)},
                              {"floating", membership.floating},
                              {"host_unit", id_or_null(membership.host_unit)}});
  set_span(view, membership.span);
  return view;
}

Value post_view(const org::Post& post) {
  Value view = Value::object({{"id", post.id.text()},
                              {"version", post.version},
                              {"unit", post.unit.text()},
                              {"kind", post.kind},
                              {"title", post.title},
                              {"official_order", integer_or_null(post.official_order)}});
  set_span(view, post.span);
  return view;
}

Value tenure_view(const org::Tenure& tenure) {
  Value view = Value::object({{"id", tenure.id.text()},
                              {"version", tenure.version},
                              {"post", tenure.post.text()},
                              {"person", tenure.person.text()},
                              {"acting", tenure.holding == org::Holding::acting}});
  set_span(view, tenure.span);
  return view;
}

// Persons stay in the branch: whoever may not read names there gets their number.
Value record_view(const record::Version& version, Names names) {
  Value::List types, units, present;
  for (const auto& type : version.content.types) types.push_back(type);
  for (const UnitId unit : version.content.units) units.push_back(unit.text());
  for (const PersonId person : version.content.present) {
    present.push_back(person && names == Names::shown ? Value(person.text()) : Value());
  }
  return Value::object(
      {{"id", version.record.text()},
       {"version", version.version},
       {"state", record::word_of(version.state)},
       {"types", std::move(types)},
       {"units", std::move(units)},
       {"date", version.content.date.text()},
       {"place", version.content.place},
       {"present_count", static_cast<std::int64_t>(version.content.present.size())},
       {"present", std::move(present)},
       {"fields", names == Names::shown ? version.content.fields : Value()},
       {"reason",
        names == Names::shown && !version.reason.empty() ? Value(version.reason) : Value()},
       {"entered", version.at.text()},
       {"entered_by", version.account ? Value(version.account.text()) : Value()},
       {"on_behalf", version.role == "delegate"},
       {"journal", version.seq}});
}

Value fields_view(const std::vector<policy::Field>& fields, words::Language language) {
  Value::List list;
  for (const auto& field : fields) list.push_back(field_view(field, label_language(language)));
  return list;
}

Value record_type_view(const policy::RecordType& type, words::Language language) {
  const auto tag = label_language(language);
  Value::List identity;
  for (const auto& name : type.identity) identity.push_back(name);
  return Value::object({{"name", type.address},
                        {"title", type.title.in(tag)},
                        {"guide", type.guide ? Value(type.guide->in(tag)) : Value()},
                        {"clauses", words_view(type.clauses)},
                        {"counts_on", type.counts_on},
                        {"lasts", type.lasts},
                        {"plannable", type.plannable},
                        {"identity", std::move(identity)},
                        {"fields", fields_view(type.fields, language)}});
}

Value vocabulary_view(const policy::Vocabulary& vocabulary, words::Language language) {
  const auto label = label_language(language);
  Value::List types, levels;
  for (const auto& type : vocabulary.unit_types.items) {
    types.push_back(Value::object(
        {{"code", type.code}, {"title", type.title.in(label)}, {"has_members", type.has_members}}));
  }
  for (const auto& level : vocabulary.levels.items) {
    levels.push_back(Value::object({{"number", level.number}, {"title", level.title.in(label)}}));
  }
  return Value::object({{"unit_types", std::move(types)},
                        {"levels", std::move(levels)},
                        {"ranks", terms_view(vocabulary.ranks, label)},
                        {"post_kinds", terms_view(vocabulary.post_kinds, label)},
                        {"membership_kinds", terms_view(vocabulary.membership_kinds, label)},
                        {"relations", terms_view(vocabulary.relations, label)},
                        {"leave_reasons", terms_view(vocabulary.leave_reasons, label)}});
}

}  // namespace huilu::api
