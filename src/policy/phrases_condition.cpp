#include <algorithm>

#include "policy/phrases.h"
#include "policy/scalar.h"

namespace huilu::policy {

Subject subject_of(BearerKind kind) {
  constexpr Leads things[] = {Leads::unit, Leads::post, Leads::member};
  return {type_of(things[static_cast<std::size_t>(kind)]), kind};
}

Subject subject_of_record(const std::string& address, std::optional<BearerKind> bearer) {
  return {type_of_record(address), bearer};
}

Subject subject_of_matter(const MatterType& type) {
  return {type_of_matter(type), std::nullopt, type_of_matter(type)};
}

Subject subject_of(const Obligation& obligation) {
  Subject subject = subject_of(obligation.who.kind);
  if (!obligation.for_each) return subject;
  switch (obligation.for_each->kind) {
    case EachKind::record:
      subject.it = type_of_record(obligation.for_each->records.names.at(0));
      break;
    case EachKind::members:
      subject.it = type_of(Leads::member);
      break;
    case EachKind::posts:
      subject.it = type_of(Leads::post);
      break;
    case EachKind::pairs:
      subject.it = type_of(Leads::a_pair);
      break;
    case EachKind::values:
      subject.it = type_of(Leads::word);
      break;
  }
  return subject;
}

// A path in words, and what it leads to.
struct Phrases::Walked {
  std::string text;
  PathType type;
};

namespace {

std::string_view thing_word(Leads leads) {
  switch (leads) {
    case Leads::unit:
      return "unit";
    case Leads::post:
      return "post";
    case Leads::member:
      return "member";
    case Leads::person:
      return "person";
    case Leads::a_period:
      return "period";
    case Leads::a_campaign:
      return "campaign";
    case Leads::a_pair:
      return "pair";
    case Leads::a_matter:
      return "matter";
    case Leads::a_clock:
      return "clock";
    case Leads::a_ballot:
      return "ballot";
    case Leads::a_case:
      return "case";
    default:
      return "record";
  }
}

bool is_one(const Condition& condition) {
  return condition.lines.size() + condition.any_of.size() + condition.not_.size() == 1;
}

PathType item_of(PathType list) {
  list.list = false;
  return list;
}

// In what holds of a case, paths begin at the case.
Subject subject_of_it(const Subject& subject) {
  Subject of_it = subject;
  if (subject.it.leads != Leads::nothing) of_it.thing = subject.it;
  return of_it;
}

// What stands at the end of the key: a rank is high or low, a day early or late.
std::string order_of(const PathType& type) {
  if (type.leads == Leads::date) return ".day";
  return type.leads == Leads::word ? ".word" : "";
}

}  // namespace

std::string Phrases::name_of(const PathType& from, const std::string& step,
                             const PathType& to) const {
  if (to.field) return title(to.field->title);
  if (to.leads == Leads::a_clock)
    return say("clock_named", {{"title", title(from.matter->find_clock(step)->title)}});
  return say("property." + std::string(thing_word(from.leads)) + "." + step);
}

std::string Phrases::root(const Path& path, const Subject& subject) const {
  switch (path.root) {
    case Root::thing:
      return {};
    case Root::bearer:
      break;
    case Root::it:
      if (subject.it.leads == Leads::nothing) break;
      return say("root.it." + std::string(subject.it.leads == Leads::word
                                              ? "value"
                                              : thing_word(subject.it.leads)));
    default:
      return say("root." + std::string(root_words[static_cast<std::size_t>(path.root)].substr(1)));
  }
  const auto kind = subject.bearer.value_or(BearerKind::unit);
  return say("root." + std::string(bearer_kind_words[static_cast<std::size_t>(kind)]));
}

Phrases::Walked Phrases::walk(const Path& path, const Subject& subject) const {
  Walked walked{root(path, subject), subject.thing};
  if (path.root == Root::bearer || path.root == Root::it)
    walked.type = subject_of(subject.bearer.value_or(BearerKind::unit)).thing;
  if (path.root == Root::it && subject.it.leads != Leads::nothing) walked.type = subject.it;
  if (path.root == Root::period) walked.type = type_of(Leads::a_period);
  if (path.root == Root::campaign) walked.type = type_of(Leads::a_campaign);
  bool is_root = path.root != Root::thing;  // one says "of this unit" but "of the unit"
  for (const std::string& step : path.steps) {
    const auto next = types_.step(walked.type, step).value_or(PathType{});
    if (next.leads == Leads::clocks) {  // the next step names one
      walked.type = next;
      continue;
    }
    // Who holds the post is he himself.
    const bool is_holder =
        path.root == Root::bearer && walked.type.leads == Leads::post && step == "holder";
    const std::string name = name_of(walked.type, step, next);
    if (is_holder)
      walked.text = say("root.member");
    else if (walked.text.empty())
      walked.text = name;
    else
      walked.text =
          say(is_root ? "part_of_root" : "part_of", {{"whole", walked.text}, {"part", name}});
    is_root = is_holder;
    walked.type = next;
  }
  return walked;
}

std::string Phrases::path(const Path& path, const Subject& subject) const {
  return walk(path, subject).text;
}

std::string Phrases::condition(const Condition& condition, const Subject& subject) const {
  std::vector<std::string> parts;
  for (const Comparing& one : condition.lines) parts.push_back(line(one, subject));
  for (const auto& group : condition.any_of) {
    std::vector<std::string> choices;
    for (const Condition& choice : group) {
      const std::string text = this->condition(choice, subject);
      choices.push_back(is_one(choice) ? text : say("group", {{"text", text}}));
    }
    parts.push_back(say("group", {{"text", one_of(choices)}}));
  }
  for (const Condition& part : condition.not_)
    parts.push_back(say("not", {{"condition", this->condition(part, subject)}}));
  return all_of(parts);
}

std::string Phrases::line(const Comparing& line, const Subject& subject) const {
  const Walked walked = walk(line.path, subject);
  return compared(line, walked.text, walked.type, subject);
}

std::string Phrases::compared(const Comparing& line, const std::string& path, const PathType& type,
                              const Subject& subject) const {
  const std::string key(comparison_words[static_cast<std::size_t>(line.comparison)]);
  std::vector<std::string> values;
  for (const Operand& one : line.operands) values.push_back(operand(one, item_of(type), subject));
  switch (line.comparison) {
    case Comparison::between:
      return say(key, {{"path", path}, {"low", values.at(0)}, {"high", values.at(1)}});
    case Comparison::present: {
      const auto* const value = std::get_if<Value>(&line.operands.at(0).what);
      const bool is_there = value && value->boolean() && *value->boolean();
      return say(is_there ? "present" : "absent", {{"path", path}});
    }
    case Comparison::lt:
    case Comparison::le:
    case Comparison::gt:
    case Comparison::ge:
      return say(key + order_of(type), {{"path", path}, {"value", values.at(0)}});
    case Comparison::has_all:
      return say("has", {{"path", path}, {"value", both(values)}});
    case Comparison::equal:
    case Comparison::ne:
    case Comparison::has:
    case Comparison::within:
      return say(key, {{"path", path}, {"value", one_of(values)}});
    default:
      return inner(line, path, type, subject);
  }
}

std::string Phrases::inner(const Comparing& line, const std::string& path, const PathType& type,
                           const Subject& subject) const {
  if (!line.inner) return path;
  const std::string key(comparison_words[static_cast<std::size_t>(line.comparison)]);
  const PathType item =
      line.comparison == Comparison::size ? type_of(Leads::integer) : item_of(type);
  return items(*line.inner, say(key, {{"path", path}}), item, subject);
}

std::string Phrases::items(const Condition& condition, const std::string& path,
                           const PathType& type, const Subject& subject) const {
  std::vector<std::string> parts;
  for (const Comparing& one : condition.lines) {
    if (one.path.steps.empty()) {
      parts.push_back(compared(one, path, type, subject));
      continue;
    }
    Subject item = subject;
    item.thing = type;
    parts.push_back(path + line(one, item));
  }
  for (const auto& group : condition.any_of) {
    std::vector<std::string> choices;
    for (const Condition& choice : group) choices.push_back(items(choice, path, type, subject));
    parts.push_back(say("group", {{"text", one_of(choices)}}));
  }
  for (const Condition& part : condition.not_)
    parts.push_back(say("not", {{"condition", items(part, path, type, subject)}}));
  return all_of(parts);
}

std::string Phrases::operand(const Operand& operand, const PathType& type,
                             const Subject& subject) const {
  if (const auto* const value = std::get_if<Value>(&operand.what)) return written(*value, type);
  if (const auto* const path = std::get_if<Path>(&operand.what)) return this->path(*path, subject);
  if (const auto* const use = std::get_if<ParameterUse>(&operand.what)) return text(*use);
  return day(std::get<Anchor>(operand.what), subject);
}

std::string Phrases::written(const Value& value, const PathType& type) const {
  if (value.boolean()) return say(*value.boolean() ? "yes" : "no");
  if (!value.text()) return to_json(value);
  const std::string& word = *value.text();
  if (type.leads == Leads::text && type.property == "tags")
    return say("quoted", {{"text", title_of_tag(word)}});
  if (type.leads != Leads::word)
    return type.leads == Leads::text ? say("quoted", {{"text", word}}) : word;
  if (!type.field && type.matter && type.property == states_property) {
    const MatterState* const state = type.matter->find_state(word);
    return state ? say("quoted", {{"text", title(state->title)}}) : word;
  }
  if (!type.field) return title_of(type.property, word);
  for (const Term& term : type.field->words)
    if (term.code == word) return title(term.title);
  return word;
}

std::string Phrases::percent(Decimal share) const {
  return say("percent", {{"number", decimal_text(share.millionths * 100)}});
}

std::string Phrases::number(const Test& test) const {
  const bool counts = !test.share && !test.sum;
  if (const auto* const use = std::get_if<ParameterUse>(&test.threshold.what)) {
    const Parameter* const parameter = pack_.find_parameter(use->name);
    return parameter ? values(*parameter, counts) : use->name;
  }
  if (const auto* const decimal = std::get_if<Decimal>(&test.threshold.what))
    return test.share ? percent(*decimal) : decimal_text(decimal->millionths);
  const std::int64_t number = std::get<std::int64_t>(test.threshold.what);
  if (test.share) return percent({number * one_in_millionths});
  const std::string text = std::to_string(number);
  if (!counts) return text;
  return say(test.of.source == SetSource::matter ? "number_of_matters" : "number",
             {{"number", text}});
}

std::string Phrases::test(const Test& test, const Subject& subject) const {
  if (test.counts()) return counting(test, subject);
  if (test.kind == TestKind::holds)
    return say("holds", {{"condition", condition(test.holds, subject_of_it(subject))}});
  std::string parts;
  for (std::size_t i = 0; i < test.parts.size(); ++i)
    parts += say("part",
                 {{"number", std::to_string(i + 1)}, {"test", this->test(test.parts[i], subject)}});
  return say("tests." + std::string(test_kind_words[static_cast<std::size_t>(test.kind)]),
             {{"parts", parts}});
}

std::string Phrases::counting(const Test& test, const Subject& subject) const {
  const std::string bound = say(test_kind_words[static_cast<std::size_t>(test.kind)]);
  const std::string of = set(test.of, subject);
  const Subject record = subject_of_one(test.of, subject);
  const std::string count = number(test);
  std::string text;
  if (test.share)
    text = say("share", {{"set", of},
                         {"share", condition(*test.share, record)},
                         {"bound", bound},
                         {"number", count}});
  else if (test.sum)
    text =
        say("sum",
            {{"set", of}, {"path", path(*test.sum, record)}, {"bound", bound}, {"number", count}});
  else
    text = say("count", {{"set", of}, {"bound", bound}, {"number", count}});
  if (test.distinct)
    text = say("distinct", {{"test", text}, {"path", path(*test.distinct, record)}});
  for (const Quality& quality : test.of.counts_if)
    text = say("only_if", {{"test", text},
                           {"condition", condition(quality.condition, record)},
                           {"say", title(quality.say)}});
  return text;
}

std::string Phrases::field(const Field& field) const {
  std::vector<std::string> marks;
  if (field.required) marks.push_back(say("field.required"));
  if (!field.target.empty())
    marks.push_back(say("field.refers", {{"type", title_of_record_type(field.target)}}));
  const bool names_units = field.type == FieldType::unit || field.item == FieldType::unit;
  if (names_units && !field.words.empty()) {
    std::vector<std::string> kinds;
    for (const Term& kind : field.words) kinds.push_back(title_of("unit_types", kind.code));
    marks.push_back(say("field.kinds", {{"kinds", one_of(kinds)}}));
  }
  if (field.is_protected) marks.push_back(say("field.protected"));
  if (marks.empty()) return title(field.title);
  return say("marked", {{"text", title(field.title)}, {"marks", joined(marks, "list")}});
}

std::string Phrases::cited(const std::vector<std::string>& clauses, const std::string& text) const {
  if (clauses.empty()) return text;
  return say("cited", {{"clauses", this->clauses(clauses)}, {"text", text}});
}

std::string Phrases::each(const ForEach& each, const Subject& subject) const {
  switch (each.kind) {
    case EachKind::record:
      if (each.announced)
        return say("each.announced", {{"records", set(each.records, subject)},
                                      {"deadline", deadline(*each.announced, subject)}});
      return say(each.on_start ? "each.start"
                 : each.lasts  ? "each.lasting"
                               : "each.record",
                 {{"records", set(each.records, subject)}});
    case EachKind::pairs:
      return say(
          "each.pairs",
          {{"condition", each.pairs_posts
                             ? condition(each.posts, {type_of(Leads::post), subject.bearer})
                             : condition(each.members, {type_of(Leads::member), subject.bearer})}});
    case EachKind::posts:
      return say(each.on_start ? "each.posts.start" : "each.posts",
                 {{"condition", condition(each.posts, {type_of(Leads::post), subject.bearer})}});
    case EachKind::members:
      return say(
          each.on_start ? "each.members.start" : "each.members",
          {{"condition", condition(each.members, {type_of(Leads::member), subject.bearer})}});
    case EachKind::values:
      break;
  }
  const Parameter* const list = pack_.find_parameter(each.values.name);
  return say("each.values", {{"title", list ? title(list->title) : each.values.name},
                             {"values", text(each.values)}});
}

// A record or an item of the set.
Subject Phrases::subject_of_one(const Set& set, const Subject& subject) const {
  Subject one = set.source == SetSource::items
                    ? Subject{item_of(walk(*set.items, subject).type), subject.bearer}
                    : subject_of_record(set.names.at(0), subject.bearer);
  if (set.source == SetSource::matter) {
    one.thing = type_of(Leads::a_matter);
    if (const MatterType* const type = find_matter_type(set.names[0]))
      one.thing = type_of_matter(*type);
  }
  one.it = subject.it;
  return one;
}

const MatterType* Phrases::find_matter_type(const std::string& address) const {
  const auto among = [&](const Pack& pack) -> const MatterType* {
    for (const MatterType& type : pack.matter_types)
      if (type.address == address) return &type;
    return nullptr;
  };
  if (const MatterType* const own = among(pack_)) return own;
  for (const Pack& other : packs_)
    if (const MatterType* const found = among(other)) return found;
  return nullptr;
}

Subject Phrases::subject_of_one_in(const Set& set) const {
  if (set.source == SetSource::units) return {type_of(Leads::unit), {}};
  if (set.source == SetSource::cases) return {type_of(Leads::a_case), {}};
  return subject_of_one(set, {});
}

// "“群众诉求”（状态不是“不予受理”）"
std::string Phrases::measured(const Set& set) const {
  const Subject one = subject_of_one_in(set);
  std::string text;
  if (set.source == SetSource::units) {
    text = say("measured.units");
  } else if (set.source == SetSource::cases) {
    std::vector<std::string> titles;
    for (const std::string& address : set.names) {
      const Obligation* const duty = find_obligation(pack_, packs_, address);
      titles.push_back(say("quoted", {{"text", duty ? title(duty->title) : address}}));
    }
    text = say("measured.cases", {{"duties", joined(titles, "list")}});
  } else {
    text = title_of(set);
  }
  if (set.where.lines.size() + set.where.any_of.size() + set.where.not_.size() > 0)
    text = say("records_where", {{"records", text}, {"where", condition(set.where, one)}});
  if (set.active) text = say("records_active", {{"records", text}, {"day", day(*set.active, one)}});
  return text;
}

std::string Phrases::title_of(const Set& set) const {
  if (set.source == SetSource::matter && set.names.at(0) == any_matter_type)
    return say("matters_of_any_type");
  if (set.source == SetSource::matter)
    if (const MatterType* const type = find_matter_type(set.names.at(0)))
      return say("records", {{"type", title(type->title)}});
  std::vector<std::string> types;
  for (const std::string& name : set.names)
    types.push_back(say("records", {{"type", title_of_record_type(name)}}));
  return one_of(types);
}

// "该记录的列席人中（……）的"
std::string Phrases::set_of_items(const Set& set, const Subject& subject) const {
  const std::string text = say("items", {{"path", path(*set.items, subject)}});
  const Subject item = subject_of_one(set, subject);
  if (set.where.lines.size() + set.where.any_of.size() + set.where.not_.size() == 0) return text;
  const bool is_value = std::all_of(set.where.lines.begin(), set.where.lines.end(),
                                    [](const Comparing& one) { return one.path.steps.empty(); });
  const std::string where =
      is_value ? items(set.where, say("item"), item.thing, subject) : condition(set.where, item);
  return say("items_where", {{"items", text}, {"where", where}});
}

std::string Phrases::set(const Set& set, const Subject& subject) const {
  if (set.source == SetSource::items) return set_of_items(set, subject);
  const Subject record = subject_of_one(set, subject);
  std::string text = title_of(set);
  if (set.where.lines.size() + set.where.any_of.size() + set.where.not_.size() > 0)
    text = say("records_where", {{"records", text}, {"where", condition(set.where, record)}});
  if (set.during)
    text = say("records_during", {{"records", text},
                                  {"from", day(set.during->from, subject)},
                                  {"until", day(set.during->until, subject)}});
  if (set.active)
    text = say("records_active", {{"records", text}, {"day", day(*set.active, subject)}});
  return text;
}

}  // namespace huilu::policy
