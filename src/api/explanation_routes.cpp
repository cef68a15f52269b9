// Single bearers: who is behind a figure, why a verdict is what it is, and what is to be done.
#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "api/deadlines.h"
#include "api/explaining.h"
#include "api/names.h"
#include "api/routes.h"
#include "api/standing.h"
#include "api/views.h"
#include "base/text.h"
#include "compliance/duty.h"
#include "compliance/explain.h"
#include "compliance/views.h"
#include "obligation/periods.h"
#include "org/paths.h"

namespace huilu::api {

namespace {

using command::Permission;
using compliance::BehindLine;
using obligation::Bearer;
using obligation::Explanation;
using obligation::Verdict;
using policy::BearerKind;

Value marks_view(const std::vector<obligation::Mark>& marks) {
  Value::List list;
  for (const auto mark : marks) list.push_back(obligation::word_of(mark));
  return list;
}

// "failed,at_risk"; without it whatever is not in order.
std::vector<Verdict> verdicts_from(const std::optional<std::string>& text, Refusals& refusals) {
  if (!text) return {Verdict::failed, Verdict::unknown, Verdict::in_grace, Verdict::at_risk};
  std::vector<Verdict> out;
  for (const auto word : split(*text, ',')) {
    if (const auto verdict = obligation::verdict_from(word)) {
      out.push_back(*verdict);
    } else {
      refusals.push_back({RefusalCode::unknown_word, "/verdict", "failed", std::string(word), ""});
    }
  }
  return out;
}

// Who is behind a figure, a page of them.
class BehindPage {
 public:
  BehindPage(Call& call, const Viewpoint& viewpoint, compliance::Behind behind, BearerKind kind)
      : call_(call), viewpoint_(viewpoint), behind_(std::move(behind)), kind_(kind) {}

  Answer answer() {
    auto figures = figures_for(call_, viewpoint_);
    ++behind_.limit;
    auto lines = figures->behind(behind_);
    const bool more = lines.size() == behind_.limit;
    if (more) lines.pop_back();
    load(lines);
    for (const auto& line : lines) {
      if (auto no = add(line); !no.empty()) return Answer::no(std::move(no));
    }
    const auto next = behind_.skip + lines.size();
    Value view = Value::object({{"items", std::move(items_)},
                                {"withheld", withheld_},
                                {"next_cursor", more ? Value(std::to_string(next)) : Value()}});
    view.set("as_of", as_of(call_, viewpoint_));
    return Answer::of(std::move(view));
  }

 private:
  // Needs and what there is of them come from the evaluator, for this page's homes at once.
  void load(const std::vector<BehindLine>& lines) {
    facts_ = compliance::load_policy(*call_.reader, call_.services.packs);
    std::vector<UnitId> homes;
    for (const auto& line : lines) homes.push_back(line.home);
    compliance::load_units(*call_.reader, homes, compliance::Names::loaded, facts_);
    evaluator_.emplace(facts_);
  }

  Refusals add(const BehindLine& line) {
    const auto unit = org::unit_on(*call_.reader, line.home, viewpoint_.rows_on);
    Value named;
    if (auto no = name(line.home, unit, named); !no.empty()) return no;
    if (kind_ == BearerKind::unit) {
      items_.push_back(item(named, line, explained({line.home, {}, {}})));
    } else if (line.home == viewpoint_.node.unit && may_name(line.home)) {
      add_persons(line, named);
    } else if (is_small(line)) {
      ++withheld_;
    } else {
      items_.push_back(item(named, line, std::nullopt));
    }
    return {};
  }

  // In the tree of places a unit whose name is not open stays without one.
  Refusals name(UnitId id, const std::optional<org::UnitView>& unit, Value& out) {
    if (viewpoint_.node.unit) {
      if (auto no = open_names(call_, id, viewpoint_.node.unit); !no.empty()) return no;
    } else if (!open_ || !unit || !open_->open(unit->path)) {
      if (!open_) {
        open_ =
            identity::open_names(*call_.reader, call_.who.account, call_.who.session, call_.today);
      }
      if (!unit || !open_->open(unit->path)) {
        out = Value::object({{"id", {}}, {"name", {}}, {"path", Value::List{}}});
        return {};
      }
    }
    out = Value::object({{"id", id.text()},
                         {"name", unit ? Value(unit->name) : Value()},
                         {"path", path_view(steps_between(id))}});
    return {};
  }

  // Below the node and above the unit.
  std::vector<org::PathStep> steps_between(UnitId unit) {
    auto steps = viewpoint_.node.unit
                     ? org::affiliation_path(*call_.reader, unit, viewpoint_.rows_on)
                     : org::seat_path(*call_.reader, unit, viewpoint_.rows_on);
    const auto top = std::find_if(steps.begin(), steps.end(), [&](const org::PathStep& step) {
      return viewpoint_.node.unit ? step.unit == viewpoint_.node.unit
                                  : step.place == viewpoint_.node.place;
    });
    if (top != steps.end()) steps.erase(steps.begin(), top + 1);
    if (!steps.empty()) steps.pop_back();
    return steps;
  }

  bool may_name(UnitId unit) { return call_.check(names_of(kind_), {unit}).empty(); }

  bool is_small(const BehindLine& line) {
    compliance::ColumnView column;
    column.bearer = kind_;
    return withhold_.is_withheld(column, line.standing, {line.home, {}});
  }

  Explanation explained(const Bearer& bearer) {
    return evaluator_->evaluate(
        {behind_.obligation, bearer, behind_.period, viewpoint_.on, viewpoint_.known});
  }

  Value item(const Value& unit, const BehindLine& line, const std::optional<Explanation>& one) {
    return Value::object(
        {{"unit", unit},
         {"bearer", one ? Value(one->question.bearer.text()) : Value()},
         {"name", Value()},
         {"worst", obligation::word_of(line.worst)},
         {"cell", compliance::cell_view(line.standing)},
         {"need", one ? compliance::number_view(one->test.need, one->test.decimal) : Value()},
         {"have", one ? compliance::number_view(one->test.have, one->test.decimal) : Value()},
         {"marks", one ? marks_view(one->marks) : Value(Value::List{})}});
  }

  // At the branch itself: everybody with one of the verdicts, worst first.
  void add_persons(const BehindLine& line, const Value& unit) {
    const auto duty = compliance::find_duty(call_.services.packs, behind_.obligation);
    std::vector<Explanation> found;
    for (const auto& period : obligation::periods_of(facts_, *duty.obligation, Date::of(1, 1, 1),
                                                     viewpoint_.on + 1, viewpoint_.known)) {
      if (period.name != behind_.period) continue;
      for (const auto& bearer :
           obligation::bearers_of(facts_, *duty.obligation, period, viewpoint_.known)) {
        const auto home =
            obligation::home_of(facts_, bearer, *duty.obligation, period, viewpoint_.on);
        if (home != line.home) continue;
        auto one = explained(bearer);
        const auto& wanted = behind_.verdicts;
        if (std::find(wanted.begin(), wanted.end(), one.verdict) != wanted.end()) {
          found.push_back(std::move(one));
        }
      }
    }
    std::stable_sort(found.begin(), found.end(), [](const Explanation& a, const Explanation& b) {
      return a.verdict < b.verdict;
    });
    for (const auto& one : found) {
      BehindLine single = line;
      single.worst = one.verdict;
      single.standing = {};
      single.standing.add(one.the_class, one.phase, 1);
      Value view = item(unit, single, one);
      view.set("name", name_of(one.question.bearer));
      items_.push_back(std::move(view));
    }
  }

  Value name_of(const Bearer& bearer) const {
    PersonId person = bearer.person;
    for (const auto& tenure : facts_.tenures) {
      if (bearer.tenure && tenure.id == bearer.tenure) person = tenure.person;
    }
    const auto found = facts_.persons.find(person);
    return found == facts_.persons.end() ? Value() : Value(found->second);
  }

  Call& call_;
  const Viewpoint& viewpoint_;
  compliance::Behind behind_;
  BearerKind kind_;
  obligation::Facts facts_;
  std::optional<obligation::Evaluator> evaluator_;
  std::optional<identity::OpenNames> open_;
  Withheld withhold_{call_};
  Value::List items_;
  std::int64_t withheld_ = 0;  // branches with few members, which are not shown apart
};

Answer behind(Call& call) {
  Viewpoint viewpoint;
  compliance::Behind asked;
  std::optional<std::string> verdict;
  int skip = 0, limit = 50;
  const auto more = [&](Query& query) {
    verdict = query.text("verdict");
    asked.period = query.text("period").value_or("");
    limit = query.integer("limit", 50, 1, 500);
    skip = query.integer("cursor", 0, 0, INT32_MAX);
    read_tree_of(query, call, viewpoint);
  };
  auto refusals = read_viewpoint(call, viewpoint, more);
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  asked.verdicts = verdicts_from(verdict, refusals);
  if (viewpoint.selection.obligations.size() != 1) {
    refusals.push_back({RefusalCode::field_required, "/obligation", "", "", ""});
  }
  if (asked.period.empty())
    refusals.push_back({RefusalCode::field_required, "/period", "", "", ""});
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  asked.obligation = viewpoint.selection.obligations.front();
  const auto duty = compliance::find_duty(call.services.packs, asked.obligation);
  if (!duty) return Answer::no(RefusalCode::unknown_word, "/obligation", "", asked.obligation);
  asked.tree = viewpoint.tree;
  asked.node = viewpoint.node;
  asked.skip = static_cast<std::size_t>(skip);
  asked.limit = static_cast<std::size_t>(limit);
  return BehindPage(call, viewpoint, std::move(asked), duty.obligation->who.kind).answer();
}

struct Asking {
  obligation::Question question;
  bool now = true;
};

Asking read_question(Call& call, Refusals& refusals) {
  Query query(call, refusals);
  Asking out;
  const auto required = [&](std::string_view name) {
    const auto found = query.text(name);
    if (!found) {
      refusals.push_back({RefusalCode::field_required, "/" + std::string(name), "", "", ""});
    }
    return found.value_or("");
  };
  const std::string bearer = required("bearer");
  out.question.obligation = required("obligation");
  out.question.period = required("period");
  out.question.at = query.date("at").value_or(call.today);
  const auto known = known_at(query, call, refusals);
  out.question.known = known.value_or(call.services.clock.now());
  query.finish();
  if (const auto parsed = Bearer::parse(bearer)) {
    out.question.bearer = *parsed;
  } else if (!bearer.empty()) {
    refusals.push_back({RefusalCode::field_type, "/bearer", "u1", bearer, ""});
  }
  return out;
}

// A period that no version of the duty has: of another length, or no period at all.
Refusals refuse_period(const obligation::Question& asked, const obligation::Facts& facts) {
  const auto named = obligation::PeriodName::parse(asked.period);
  std::set<std::string_view> kinds;
  for (const auto& activation : facts.activations) {
    for (const auto& duty : activation.pack->obligations) {
      if (duty.address != asked.obligation) continue;
      if (named && named->kind == duty.every.kind) return {};
      kinds.insert(policy::every_kind_words[static_cast<std::size_t>(duty.every.kind)]);
    }
  }
  if (kinds.empty()) return {};
  std::string expected;
  for (const auto kind : kinds) (expected += expected.empty() ? "" : ", ") += kind;
  return {{RefusalCode::unknown_period, "/period", expected, asked.period, ""}};
}

Answer explanation(Call& call) {
  Refusals refusals;
  const auto asking = read_question(call, refusals);
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  const store::Transaction snapshot(*call.reader, store::Access::read);
  const auto answer = compliance::explain(*call.reader, call.services.packs, asking.question,
                                          compliance::Names::loaded);
  if (!answer) return Answer::no(RefusalCode::not_found);
  compliance::Shown shown{};
  if (auto no = may_explain(call, *answer, shown); !no.empty()) return Answer::no(std::move(no));
  if (auto no = refuse_period(asking.question, answer->facts); !no.empty()) {
    return Answer::no(std::move(no));
  }
  Value view =
      compliance::explanation_view({answer->explanation, answer->facts, answer->home, shown},
                                   call.services.packs, call.language);
  Value stamp = as_of(call);
  stamp.set("at", asking.question.at.text());
  stamp.set("known_at", asking.question.known.text());
  view.set("as_of", std::move(stamp));
  return Answer::of(std::move(view));
}

// Whose a post's or a member's duty is, where the account may read such names or is meant itself.
class WhoseNames {
 public:
  WhoseNames(Call& call, const obligation::Facts& facts)
      : call_(call), facts_(facts), own_(own_person(call)) {
    for (const auto& tenure : facts.tenures) holders_[tenure.id] = tenure.person;
  }

  Value of(const compliance::ToDo& item) {
    if (!item.bearer || item.bearer->unit) return {};
    const bool post = !item.bearer->person;
    const PersonId person = post ? holders_[item.bearer->tenure] : item.bearer->person;
    const auto found = facts_.persons.find(person);
    if (found == facts_.persons.end()) return {};
    return person == own_ || may(post, item.home) ? Value(found->second) : Value();
  }

 private:
  bool may(bool post, UnitId home) {
    const auto [known, fresh] = may_.try_emplace({post, home}, false);
    if (fresh) {
      const auto kind = post ? BearerKind::post : BearerKind::member;
      known->second = call_.check(names_of(kind), {home}).empty();
    }
    return known->second;
  }

  Call& call_;
  const obligation::Facts& facts_;
  PersonId own_;
  std::map<TenureId, PersonId> holders_;
  std::map<std::pair<bool, UnitId>, bool> may_;
};

Value to_do_view(const Call& call, const compliance::ToDo& item, const obligation::Facts& facts,
                 Value name) {
  const auto unit = facts.units.find(item.home);
  Value::List types;
  for (const auto& type : compliance::record_types_of(*item.obligation)) types.push_back(type);
  return Value::object(
      {{"obligation", item.obligation->address},
       {"title", item.obligation->title.in(compliance::label_language(call.language))},
       {"unit",
        Value::object({{"id", item.home.text()},
                       {"name", unit == facts.units.end() ? Value() : Value(unit->second.name)}})},
       {"bearer", item.bearer ? Value(item.bearer->text()) : Value()},
       {"name", std::move(name)},
       {"period", item.period},
       {"verdict", obligation::word_of(item.verdict)},
       {"need", compliance::number_view(item.need, item.decimal)},
       {"have", compliance::number_view(item.have, item.decimal)},
       {"missing", compliance::number_view(item.missing, item.decimal)},
       {"perform_by", item.schedule.act.text()},
       {"enter_by", item.schedule.enter.text()},
       {"record_types", std::move(types)},
       {"marks", marks_view(item.marks)},
       {"may_still_be_done", obligation::may_still_be_done(item.schedule)}});
}

Answer todo(Call& call) {
  Refusals refusals;
  Query query(call, refusals);
  const auto unit = query.id<UnitId>("unit");
  query.finish();
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  compliance::Whose whose;
  if (unit) {
    if (auto no = call.check(Permission::standing_read, {*unit}); !no.empty()) {
      return Answer::no(std::move(no));
    }
    if (auto no = open_names(call, *unit); !no.empty()) return Answer::no(std::move(no));
    whose.homes = {*unit};
  } else {
    whose = own_duties(call);
  }
  const store::Transaction snapshot(*call.reader, store::Access::read);
  const auto list = compliance::to_do(*call.reader, call.services.packs, whose, call.today,
                                      call.services.clock.now());
  Value::List items;
  WhoseNames names(call, list.facts);
  for (const auto& item : list.items) {
    items.push_back(to_do_view(call, item, list.facts, names.of(item)));
  }
  return Answer::of(Value::object({{"items", std::move(items)}, {"as_of", as_of(call)}}));
}

}  // namespace

std::vector<Route> explanation_routes() {
  using http::Method;
  constexpr auto in = Access::signed_in;
  constexpr auto none = BodyKind::none;
  return {
      {Method::get, "/units/{id}/behind", in, Permission::standing_read, Asked::path_unit, none, "",
       "BehindList", 200, "Who is behind a figure, worst first", behind, nullptr,
       "on known_at tree tree_of obligation period verdict limit cursor"},
      {Method::get, "/places/{id}/behind", in, Permission::standing_read, Asked::lists, none, "",
       "BehindList", 200, "Who is behind a figure of a place, worst first", behind, nullptr,
       "on known_at tree_of obligation period verdict limit cursor"},
      {Method::get, "/explanations", in, Permission::explanation_counts_read, Asked::body_units,
       none, "", "Explanation", 200, "Why a verdict is what it is, on any day, as known then",
       explanation, nullptr, "bearer obligation period at known_at"},
      {Method::get, "/todo", in, Permission::signed_in, Asked::lists, none, "", "ToDoList", 200,
       "What is still to be done, by the nearest date", todo, nullptr, "unit"},
  };
}

}  // namespace huilu::api
