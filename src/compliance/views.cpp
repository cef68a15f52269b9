#include "compliance/views.h"

#include <algorithm>

#include "compliance/duty.h"
#include "compliance/sentences.h"
#include "enactment/forms.h"
#include "obligation/organisation.h"
#include "policy/sentence.h"

namespace huilu::compliance {

namespace {

using obligation::Explanation;
using obligation::TestResult;

Value dates_view(const std::vector<Date>& dates) {
  Value::List list;
  for (const Date date : dates) list.push_back(date.text());
  return list;
}

Value words_view(const std::vector<std::string>& words) {
  return Value::List(words.begin(), words.end());
}

Value marks_view(const std::vector<obligation::Mark>& marks) {
  Value::List list;
  for (const auto mark : marks) list.push_back(obligation::word_of(mark));
  return list;
}

Value warn_view(const obligation::Schedule& schedule) {
  return schedule.warn > schedule.act ? Value() : Value(schedule.warn.text());
}

Value clauses_view(const policy::Pack& pack, const std::vector<std::string>& ids) {
  Value::List list;
  for (const auto& id : ids) {
    const auto clause = std::find_if(pack.clauses.begin(), pack.clauses.end(),
                                     [&](const policy::Clause& one) { return one.id == id; });
    Value view = Value::object({{"id", id}, {"document", {}}, {"at", {}}, {"hole", {}}});
    if (clause != pack.clauses.end()) {
      const auto document =
          std::find_if(pack.documents.begin(), pack.documents.end(),
                       [&](const policy::Document& one) { return one.id == clause->doc; });
      if (document != pack.documents.end()) view.set("document", document->name);
      view.set("at", clause->at);
      if (!clause->hole.empty()) view.set("hole", clause->hole);
    }
    list.push_back(std::move(view));
  }
  return list;
}

class View {
 public:
  View(const Explained& explained, const Duty& duty, const std::vector<policy::Pack>& packs,
       words::Language language)
      : one_(explained.explanation),
        packs_(packs),
        explained_(explained),
        duty_(duty),
        language_(language),
        sentences_(explained, duty, language) {}

  Value whole() const {
    Value::List because;
    for (const auto& [path, value] : one_.in_scope_because) {
      because.push_back(Value::object({{"path", path}, {"value", value}}));
    }
    return Value::object(
        {{"obligation", obligation_view()},
         {"bearer", bearer_view()},
         {"period", Value::object({{"name", one_.question.period},
                                   {"from", one_.period.from.text()},
                                   {"until", one_.period.until.text()}})},
         {"evaluated", Value::object({{"at", one_.question.at.text()},
                                      {"known_at", one_.question.known.text()},
                                      {"engine", HUILU_VERSION},
                                      {"pack", pack_text()},
                                      {"calendar_revision", one_.calendar_revision}})},
         {"verdict", obligation::word_of(one_.verdict)},
         {"cause", obligation::cause_words[static_cast<std::size_t>(one_.cause)]},
         {"may_still_be_done", obligation::may_still_be_done(one_.schedule)},
         {"why_not", obligation::not_applicable_words[static_cast<std::size_t>(one_.why_not)]},
         {"marks", marks_view(one_.marks)},
         {"in_scope_because", std::move(because)},
         {"test", test_view(one_.test, duty_.obligation ? &duty_.obligation->needs : nullptr)},
         {"parameters", parameters_view()},
         {"schedule", schedule_view()},
         {"leave", leave_view()},
         {"fix", fix_view(one_.fix)},
         {"fix_late", fix_view(one_.fix_late)},
         {"sentence", sentences_.headline()},
         {"lines", words_view(sentences_.lines())}});
  }

 private:
  Value obligation_view() const {
    if (!duty_) return Value::object({{"address", one_.question.obligation}});
    const auto language = label_language(language_);
    return Value::object(
        {{"address", duty_.obligation->address},
         {"title", duty_.obligation->title.in(language)},
         {"clauses", clauses_view(*duty_.pack, duty_.obligation->clauses)},
         {"sentence", policy::sentence(*duty_.obligation, *duty_.pack, packs_, language)}});
  }

  std::string pack_text() const {
    return duty_ ? duty_.pack->id + "@" + one_.pack_version : std::string();
  }

  Value bearer_view() const {
    const auto& bearer = one_.question.bearer;
    const auto* home = obligation::find_unit(explained_.facts, explained_.home);
    const auto name = sentences_.name_of(bearer);
    return Value::object({{"id", bearer.text()},
                          {"kind", bearer.unit     ? "unit"
                                   : bearer.tenure ? "post"
                                                   : "member"},
                          {"name", name.empty() ? Value() : Value(name)},
                          {"unit", home == nullptr ? Value()
                                                   : Value::object({{"id", home->id.text()},
                                                                    {"name", home->name}})}});
  }

  Value test_view(const TestResult& test, const policy::Test* declared) const {
    Value::List counted, rejected, parts;
    if (explained_.shown != Shown::counts) {
      for (const auto& record : test.counted) counted.push_back(counted_view(record, test.decimal));
      for (const auto& record : test.rejected) {
        rejected.push_back(Value::object({{"record", record.record.text()},
                                          {"date", record.date.text()},
                                          {"why", record.why},
                                          {"say", sentences_.why_rejected(record)}}));
      }
    }
    // The parts of a duty with cases are these, and what is declared is asked of each.
    const bool has_cases = &test == &one_.test && !one_.cases.empty();
    for (std::size_t i = 0; i < test.parts.size(); ++i) {
      if (has_cases && !sentences_.may_name_cases()) break;
      const bool known = declared != nullptr && i < declared->parts.size();
      const policy::Test* const of_part = known ? &declared->parts[i] : nullptr;
      parts.push_back(test_view(test.parts[i], has_cases ? declared : of_part));
      if (has_cases) parts.back().set("say", sentences_.name_of_case(i));
    }
    const std::string& title = test.title.in(label_language(language_));
    const bool titled = declared != nullptr && declared->say.has_value();
    const Value said = titled ? Value(declared->say->in(label_language(language_))) : Value();
    return Value::object({{"kind", policy::test_kind_words[static_cast<std::size_t>(test.kind)]},
                          {"id", test.id},
                          {"say", title.empty() ? said : Value(title)},
                          {"result", obligation::word_of(test.result)},
                          {"need", number_view(test.need, test.decimal)},
                          {"have", number_view(test.have, test.decimal)},
                          {"have_late", number_view(test.have_late, test.decimal)},
                          {"met_by", words_view(test.met_by)},
                          {"counted", std::move(counted)},
                          {"rejected", std::move(rejected)},
                          {"parts", std::move(parts)}});
  }

  static Value counted_view(const obligation::CountedRecord& record, bool decimal) {
    return Value::object({{"record", record.record.text()},
                          {"version", record.version},
                          {"date", record.date.text()},
                          {"entered", record.entered.text()},
                          {"late", record.late},
                          {"entered_late", record.entered_late},
                          {"amount", number_view(record.amount, decimal)}});
  }

  Value parameters_view() const {
    Value::List list;
    for (const auto& parameter : one_.parameters) {
      list.push_back(
          Value::object({{"address", parameter.address},
                         {"title", sentences_.title_of(parameter)},
                         {"value", enactment::view_of(parameter.value)},
                         {"say", sentences_.value_of(parameter)},
                         {"basis", policy::basis_words[static_cast<std::size_t>(parameter.basis)]},
                         {"from", parameter.from.text()},
                         {"bound_on", parameter.bound_on.text()},
                         {"clauses", words_view(parameter.clauses)},
                         {"note", parameter.note.in(label_language(language_))}}));
    }
    return list;
  }

  Value schedule_view() const {
    if (one_.verdict == obligation::Verdict::not_applicable) return {};
    return Value::object({{"from", one_.schedule.from.text()},
                          {"warn", warn_view(one_.schedule)},
                          {"act", one_.schedule.act.text()},
                          {"enter", one_.schedule.enter.text()},
                          {"act_steps", dates_view(one_.steps.act)},
                          {"enter_steps", dates_view(one_.steps.enter)},
                          {"provisional", one_.schedule.provisional}});
  }

  Value leave_view() const {
    if (!one_.leave) return {};
    const auto date = [](const std::optional<Date>& day) {
      return day ? Value(day->text()) : Value();
    };
    return Value::object(
        {{"id", "e" + std::to_string(one_.leave->id)},
         {"kind", one_.leave->kind == obligation::LeaveKind::exempt ? "exempt" : "defer"},
         {"reason", one_.leave->reason},
         {"act", date(one_.leave->act)},
         {"enter", date(one_.leave->enter)},
         {"at", one_.leave->at.text()}});
  }

  Value fix_view(const std::optional<Explanation::Fix>& fix) const {
    if (!fix) return {};
    Value::List mend, parts;
    if (explained_.shown != Shown::counts) {
      for (const RecordId record : fix->mend) mend.push_back(record.text());
    }
    for (const auto& part : fix->parts) {
      parts.push_back(Value::object({{"id", part.id},
                                     {"missing", number_view(part.missing, part.decimal)},
                                     {"from", part.from.text()},
                                     {"until", part.until.text()}}));
    }
    return Value::object({{"missing", number_view(fix->missing, one_.test.decimal)},
                          {"from", fix->from.text()},
                          {"until", fix->until.text()},
                          {"gives", obligation::word_of(fix->gives)},
                          {"marks", marks_view(fix->marks)},
                          {"mend", std::move(mend)},
                          {"parts", std::move(parts)},
                          {"sentence", sentences_.fix(*fix)}});
  }

  const Explanation& one_;
  const std::vector<policy::Pack>& packs_;
  const Explained& explained_;
  const Duty& duty_;
  words::Language language_;
  Sentences sentences_;
};

}  // namespace

Value number_view(std::int64_t number, bool decimal) {
  return decimal ? enactment::view_of(policy::Setting(policy::Decimal{number})) : Value(number);
}

namespace {

// What the duty serves in its campaign, by id.
Value aim_or_null(const Duty& duty, std::string policy::Obligation::*serves) {
  if (!duty || (duty.obligation->*serves).empty()) return {};
  return duty.obligation->*serves;
}

}  // namespace

Value column_view(const ColumnView& column, const std::vector<policy::Pack>& packs,
                  words::Language language, Date on) {
  const auto duty = find_duty(packs, column.obligation);
  const bool bundled = duty.bundle != nullptr;
  return Value::object(
      {{"obligation", column.obligation},
       {"period", column.period},
       {"title", duty ? duty.obligation->title.in(label_language(language)) : column.obligation},
       {"pack", duty ? duty.pack->id : std::string()},
       {"bundle", bundled ? Value(duty.bundle->address) : Value()},
       {"strand", aim_or_null(duty, &policy::Obligation::strand)},
       {"goal", aim_or_null(duty, &policy::Obligation::goal)},
       {"bearer", policy::bearer_kind_words[static_cast<std::size_t>(column.bearer)]},
       {"counted_in", duty ? counted_in(*duty.obligation, language) : std::string()},
       {"from", column.from.text()},
       {"until", column.until.text()},
       {"perform_by", column.schedule.act.text()},
       {"enter_by", column.schedule.enter.text()},
       {"warn_from", warn_view(column.schedule)},
       {"phase", obligation::word_of(obligation::phase_on(column.schedule, on))},
       {"provisional", column.schedule.provisional},
       {"ended", column.ended}});
}

Value cell_view(const Standing& standing) {
  using obligation::Verdict;
  const auto worst = standing.worst();
  return Value::object({{"due", standing.counts.due},
                        {"done", standing.done()},
                        {"met", standing.of(Verdict::met)},
                        {"met_late", standing.of(Verdict::met_late)},
                        {"entered_late", standing.counts.entered_late},
                        {"exempt", standing.counts.exempt},
                        {"unknown", standing.counts.unknown},
                        {"failed", standing.failed},
                        {"in_grace", standing.in_grace},
                        {"at_risk", standing.at_risk},
                        {"open", standing.open},
                        {"worst", worst ? Value(obligation::word_of(*worst)) : Value()}});
}

Value explanation_view(const Explained& explained, const std::vector<policy::Pack>& packs,
                       words::Language language) {
  const auto duty = duty_of(packs, explained.explanation);
  return View(explained, duty, packs, language).whole();
}

}  // namespace huilu::compliance
