#include "compliance/sentences.h"

#include <algorithm>

#include "base/text.h"
#include "calendar/period.h"
#include "obligation/organisation.h"
#include "obligation/periods.h"
#include "policy/sentence.h"

namespace huilu::compliance {

namespace {

using obligation::Class;
using obligation::Explanation;
using obligation::Mark;
using obligation::NotApplicable;
using obligation::TestResult;
using obligation::Verdict;

std::string decimal_text(std::int64_t millionths) { return *number_view(millionths, true).text(); }

template <class Word>
std::string key(std::string_view prefix, Word word) {
  return std::string(prefix) + std::string(word);
}

bool has(const std::vector<Mark>& marks, Mark mark) {
  return std::find(marks.begin(), marks.end(), mark) != marks.end();
}

// A word of core's vocabulary by its title; anything else as it is.
std::string word_title(const std::string& path, const std::string& value, const policy::Pack* pack,
                       words::Language language) {
  const auto& words = policy::core_pack().vocabulary;
  const auto titled = [&](const auto* term) {
    return term == nullptr ? std::string() : term->title.in(label_language(language));
  };
  std::string title;
  if (path == "type") title = titled(words.unit_types.find(value));
  if (path == "rank") title = titled(words.ranks.find(value));
  if (path == "kind") title = titled(words.post_kinds.find(value));
  if (path == "kind" && title.empty()) title = titled(words.membership_kinds.find(value));
  if (path == "level") title = titled(words.levels.find(value));
  if (path == "tags" && pack != nullptr)
    if (const policy::Label* const tag = policy::find_tag(*pack, {}, value))
      title = tag->in(label_language(language));
  return title.empty() ? value : title;
}

struct SettingText {
  words::Language language;

  std::string operator()(std::int64_t number) const { return std::to_string(number); }
  std::string operator()(policy::Decimal decimal) const { return decimal_text(decimal.millionths); }
  std::string operator()(bool flag) const {
    return words::text(language, flag ? "word.yes" : "word.no");
  }
  std::string operator()(Date date) const { return date.text(); }
  std::string operator()(policy::MonthDay day) const {
    return words::text(language, "explain.month_day",
                       {{"month", std::to_string(day.month)}, {"day", std::to_string(day.day)}});
  }
  std::string operator()(const policy::Duration& duration) const {
    const auto unit = policy::duration_units[static_cast<std::size_t>(duration.unit)];
    return words::text(language,
                       key(duration.count == 1 ? "sentence.one." : "sentence.many.", unit),
                       {{"number", std::to_string(duration.count)}});
  }
  std::string operator()(const std::string& text) const { return text; }
  std::string operator()(const std::vector<policy::ListItem>& items) const {
    std::string out;
    for (const auto& item : items) {
      out += (out.empty() ? "" : words::text(language, "word.comma")) +
             item.title.in(label_language(language));
    }
    return out;
  }
};

// Chinese sentences follow one another without a blank.
std::string in_turn(std::string first, const std::string& second, words::Language language) {
  if (!second.empty() && language == words::Language::en) first += ' ';
  return first + second;
}

}  // namespace

std::string period_title(const std::string& name, words::Language language) {
  if (name.starts_with("campaign:")) return words::text(language, "period.campaign");
  if (name.starts_with("phase:")) return words::text(language, "period.phase");
  const auto kind = calendar::period_kind_of(name);
  if (name == "once" || name == obligation::always_name)
    return words::text(language, key("period.", name));
  if (!kind) return name;
  const auto word = calendar::period_kind_words[static_cast<std::size_t>(*kind)];
  const std::string year = name.substr(0, 4);
  std::string number = name.size() > 5 ? name.substr(5) : std::string();
  number.erase(0, number.find_first_of("123456789"));
  return words::text(language, key("period.", word), {{"year", year}, {"number", number}});
}

Sentences::Sentences(const Explained& explained, const Duty& duty, words::Language language)
    : explained_(explained), one_(explained.explanation), duty_(duty), language_(language) {}

std::string Sentences::say(std::string_view text, words::Values values) const {
  return words::text(language_, key("explain.", text), values);
}

std::string Sentences::joined(const std::vector<std::string>& items) const {
  std::string out;
  for (const auto& item : items) {
    out += (out.empty() ? "" : words::text(language_, "word.comma")) + item;
  }
  return out;
}

std::string Sentences::name_of(const obligation::Bearer& bearer) const {
  if (bearer.unit) {
    const auto* unit = obligation::find_unit(explained_.facts, bearer.unit);
    return unit == nullptr ? std::string() : unit->name;
  }
  if (explained_.shown != Shown::everything) return {};
  const auto* tenure = obligation::find_tenure(explained_.facts, bearer.tenure);
  const PersonId person = tenure == nullptr ? bearer.person : tenure->person;
  const auto name = explained_.facts.persons.find(person);
  return name == explained_.facts.persons.end() ? std::string() : name->second;
}

std::string Sentences::verdict_word() const {
  if (one_.verdict == Verdict::failed && one_.cause == obligation::Cause::short_ &&
      obligation::may_still_be_done(one_.schedule)) {
    return words::text(language_, "verdict.failed.may_still_be_done");
  }
  if (one_.why_not == NotApplicable::not_collected) {
    return words::text(language_, "verdict.not_collected");
  }
  return words::text(language_, key("verdict.", obligation::word_of(one_.verdict)));
}

std::string Sentences::amount(std::int64_t number, bool decimal) const {
  return decimal ? decimal_text(number) : say("amount", {{"number", std::to_string(number)}});
}

std::string Sentences::need() const {
  const auto& test = one_.test;
  const auto word = policy::test_kind_words[static_cast<std::size_t>(test.kind)];
  switch (test.kind) {
    case policy::TestKind::holds:
      return say(test.result == Class::met ? "need.holds" : "need.holds_not");
    case policy::TestKind::all_of:
    case policy::TestKind::any_of: {
      const auto done =
          std::count_if(test.parts.begin(), test.parts.end(), [](const TestResult& part) {
            return part.result == Class::met || part.result == Class::met_late ||
                   part.result == Class::within;
          });
      return say(one_.cases.empty() ? key("need.", word) : "need.cases",
                 {{"parts", std::to_string(test.parts.size())}, {"done", std::to_string(done)}});
    }
    default:
      return say(key("need.", word), {{"need", amount(test.need, test.decimal)},
                                      {"have", amount(test.have, test.decimal)}});
  }
}

// What is owed until when, for what is not done.
std::string Sentences::still_to_do() const {
  const auto& schedule = one_.schedule;
  if (one_.verdict == Verdict::in_grace) {
    return say("in_grace", {{"act", schedule.act.text()}, {"enter", schedule.enter.text()}});
  }
  if (one_.verdict == Verdict::failed) {
    return obligation::may_still_be_done(schedule) ? say("may_still_be_done") : std::string();
  }
  if (schedule.act == schedule.enter) return say("do_by", {{"act", schedule.act.text()}});
  return say("do_and_enter_by", {{"act", schedule.act.text()}, {"enter", schedule.enter.text()}});
}

// The second half of the headline.
std::string Sentences::because() const {
  switch (one_.the_class) {
    case Class::not_applicable:
      return say(key("why_not.",
                     obligation::not_applicable_words[static_cast<std::size_t>(one_.why_not)]));
    case Class::exempt:
      return one_.leave ? say("exempt", {{"reason", one_.leave->reason}}) : std::string();
    case Class::unknown:
      return one_.error.empty() ? say("unknown") : say("error", {{"what", one_.error}});
    case Class::met:
      return has(one_.marks, Mark::entered_late)
                 ? in_turn(need(), say("entered_late", {{"enter", one_.schedule.enter.text()}}),
                           language_)
                 : need();
    case Class::met_late:
      return in_turn(need(),
                     say("late", {{"late", amount(one_.test.have_late, one_.test.decimal)},
                                  {"act", one_.schedule.act.text()}}),
                     language_);
    case Class::within:
    case Class::over:
      return need();
    case Class::short_:
      break;
  }
  return in_turn(need(), still_to_do(), language_);
}

std::string Sentences::headline() const {
  const std::string title =
      duty_ ? duty_.obligation->title.in(label_language(language_)) : one_.question.obligation;
  return say("headline", {{"duty", title},
                          {"period", period_title(one_.question.period, language_)},
                          {"verdict", verdict_word()},
                          {"because", because()}});
}

std::string Sentences::why_rejected(const obligation::RejectedRecord& record) const {
  if (record.place) {
    const std::string why = record.why == "quality" ? record.say.in(label_language(language_))
                                                    : say(key("rejected.", record.why));
    return say(*record.place > 0 ? "misplaced" : "nowhere",
               {{"why", why}, {"place", std::to_string(*record.place)}});
  }
  if (record.why == "quality") return record.say.in(label_language(language_));
  if (record.serves.empty()) return say(key("rejected.", record.why));
  const auto* const other =
      duty_ ? duty_.pack->find_obligation(record.serves.substr(record.serves.find('/') + 1))
            : nullptr;
  return say(key("rejected.", record.why),
             {{"duty", other ? other->title.in(label_language(language_)) : record.serves}});
}

const policy::Parameter* Sentences::declared_of(const obligation::BoundParameter& bound) const {
  const auto cut = bound.address.find('/');
  return duty_ && cut != std::string::npos
             ? duty_.pack->find_parameter(std::string_view(bound.address).substr(cut + 1))
             : nullptr;
}

std::string Sentences::title_of(const obligation::BoundParameter& parameter) const {
  const auto* const declared = declared_of(parameter);
  return declared == nullptr ? parameter.address : declared->title.in(label_language(language_));
}

std::string Sentences::value_of(const obligation::BoundParameter& parameter) const {
  return std::visit(SettingText{language_}, parameter.value);
}

std::string Sentences::fix(const Explanation::Fix& fix) const {
  const std::string gives = words::text(language_, key("verdict.", obligation::word_of(fix.gives)));
  const bool is_open = fix.until + 1 >= obligation::last_date;
  const std::string when = say(is_open                 ? "fix_open"
                               : fix.from == fix.until ? "fix_day"
                                                       : "fix_span",
                               {{"from", fix.from.text()}, {"until", fix.until.text()}});
  std::string out;
  if (fix.parts.empty()) {
    out = say(
        "fix",
        {{"when", when}, {"missing", amount(fix.missing, one_.test.decimal)}, {"gives", gives}});
  } else {
    out = say("fix_parts",
              {{"when", when}, {"parts", std::to_string(fix.parts.size())}, {"gives", gives}});
  }
  if (fix.mend.empty() || explained_.shown == Shown::counts) return out;
  std::vector<std::string> records;
  for (const RecordId record : fix.mend) records.push_back(record.text());
  return out + say("fix_mend", {{"records", joined(records)}});
}

void Sentences::add_scope(std::vector<std::string>& out) const {
  std::vector<std::string> conditions;
  for (const auto& [path, value] : one_.in_scope_because) {
    const std::string last(split(path, '.').back());
    const std::string title = words::text(language_, "path." + last);
    conditions.push_back(
        say("condition", {{"path", title == "path." + last ? path : title},
                          {"value", word_title(last, value, duty_.pack, language_)}}));
  }
  if (!conditions.empty()) out.push_back(say("scope", {{"conditions", joined(conditions)}}));
}

// Where the parameter was taken from, of a pack that extends another one.
std::string Sentences::origin_of(const obligation::BoundParameter& bound) const {
  const auto* const declared = declared_of(bound);
  if (declared == nullptr) return {};
  const auto* const value = declared->value_on(bound.bound_on);
  return policy::said_origin(declared->place, value ? value->place : declared->place, *duty_.pack,
                             label_language(language_));
}

void Sentences::add_parameters(std::vector<std::string>& out) const {
  for (const auto& parameter : one_.parameters) {
    const auto basis = policy::basis_words[static_cast<std::size_t>(parameter.basis)];
    std::string said = say("parameter", {{"title", title_of(parameter)},
                                         {"value", value_of(parameter)},
                                         {"from", parameter.from.text()},
                                         {"basis", words::text(language_, key("basis.", basis))},
                                         {"bound_on", parameter.bound_on.text()},
                                         {"clauses", joined(parameter.clauses)}});
    const std::string from = origin_of(parameter);
    if (!from.empty()) said = say("parameter_taken", {{"text", said}, {"from", from}});
    out.push_back(std::move(said));
  }
}

void Sentences::add_test(const TestResult& test, std::vector<std::string>& out) const {
  for (const auto& record : test.counted) {
    const std::string entered = Zone{}.date_of(record.entered).text();
    out.push_back(say(
        record.late           ? "counted_late"
        : record.entered_late ? "counted_entered_late"
                              : "counted",
        {{"record", record.record.text()}, {"date", record.date.text()}, {"entered", entered}}));
  }
  for (const auto& record : test.rejected) {
    out.push_back(say("not_counted", {{"record", record.record.text()},
                                      {"date", record.date.text()},
                                      {"why", why_rejected(record)}}));
  }
  for (const auto& part : test.parts) add_test(part, out);
}

bool Sentences::may_name_cases() const {
  const bool are_values = duty_ && duty_.obligation->for_each &&
                          duty_.obligation->for_each->kind == policy::EachKind::values;
  return are_values || explained_.shown != Shown::counts;
}

std::string Sentences::name_of_case(std::size_t index) const {
  std::string name = one_.test.parts.at(index).title.in(label_language(language_));
  if (!name.empty()) return name;
  const std::string& id = one_.cases.at(index).id;
  std::vector<std::string> names;  // of one person, or of two
  for (const std::string_view part : split(id, '+')) {
    const auto bearer = obligation::Bearer::parse(part);
    if (bearer && !bearer->unit) names.push_back(name_of(*bearer));
  }
  std::erase(names, std::string());
  name = joined(names);
  return name.empty() ? id : name;
}

void Sentences::add_cases(std::vector<std::string>& out) const {
  if (!may_name_cases()) return;
  for (std::size_t i = 0; i < one_.cases.size(); ++i) {
    const obligation::CaseResult& one = one_.cases[i];
    const std::string verdict = words::text(language_, key("verdict.", word_of(one.verdict)));
    const bool is_done = one.the_class == Class::met || one.the_class == Class::met_late ||
                         one.the_class == Class::not_applicable;
    out.push_back(say(is_done ? "case_done" : "case", {{"case", name_of_case(i)},
                                                       {"verdict", verdict},
                                                       {"act", one.schedule.act.text()},
                                                       {"enter", one.schedule.enter.text()}}));
  }
}

void Sentences::add_dates(std::vector<std::string>& out) const {
  if (one_.verdict == Verdict::not_applicable) return;
  const auto& schedule = one_.schedule;
  out.push_back(say("dates", {{"from", schedule.from.text()},
                              {"act", schedule.act.text()},
                              {"enter", schedule.enter.text()}}));
  for (const auto& [text, steps] :
       {std::pair("act_steps", &one_.steps.act), std::pair("enter_steps", &one_.steps.enter)}) {
    if (steps->empty()) continue;
    std::vector<std::string> days;
    for (const Date day : *steps) days.push_back(day.text());
    out.push_back(say(text, {{"count", std::to_string(days.size())}, {"days", joined(days)}}));
  }
  if (schedule.provisional) out.push_back(say("provisional"));
  if (has(one_.marks, Mark::deferred) && one_.leave) {
    out.push_back(say("deferred", {{"reason", one_.leave->reason}}));
  }
}

void Sentences::add_clauses(std::vector<std::string>& out) const {
  if (!duty_ || duty_.obligation->clauses.empty()) return;
  out.push_back(say("clauses", {{"clauses", joined(duty_.obligation->clauses)},
                                {"pack", duty_.pack->title.in(label_language(language_))},
                                {"version", one_.pack_version}}));
  const policy::Place& place = duty_.obligation->place;
  const std::string from =
      policy::said_origin(place, place, *duty_.pack, label_language(language_));
  if (!from.empty()) out.push_back(say("taken", {{"from", from}}));
}

std::vector<std::string> Sentences::lines() const {
  std::vector<std::string> out;
  add_scope(out);
  add_parameters(out);
  add_cases(out);
  if (explained_.shown != Shown::counts) add_test(one_.test, out);
  add_dates(out);
  add_clauses(out);
  if (one_.fix) out.push_back(fix(*one_.fix));
  if (one_.fix_late) out.push_back(fix(*one_.fix_late));
  return out;
}

}  // namespace huilu::compliance
