#include "policy/obligation_check.h"

#include <algorithm>
#include <array>

#include "policy/finding.h"
#include "policy/scalar.h"

namespace huilu::policy {

namespace {

constexpr std::array<Leads, 3> bearer_leads = {Leads::unit, Leads::post, Leads::member};

bool is_number(const PathType& type) {
  return !type.list && (type.leads == Leads::integer || type.leads == Leads::decimal);
}

// Ids of tests, which verdicts name.
void collect_ids(const Test& test, std::vector<const Test*>& out) {
  if (!test.id.empty()) out.push_back(&test);
  for (const Test& part : test.parts) collect_ids(part, out);
}

}  // namespace

void ObligationCheck::check(Obligation& obligation, const Node& node) {
  Reach reach;
  reach.bearer = type_of(bearer_leads[static_cast<std::size_t>(obligation.who.kind)]);
  const Node& who = node.below("who");
  reach.has_bearer =
      std::count_if(bearer_kind_words.begin(), bearer_kind_words.end(),
                    [&](std::string_view kind) { return who.find(kind) != nullptr; }) == 1;
  if (!reach.has_bearer) reach.bearer = {};
  reach.thing = reach.bearer;
  reach.has_period = true;
  reach.in_campaign = obligation.of_campaign();
  reach.has_parameters = true;
  check_who(obligation, reach, who);
  const Reach of_bearer = reach;
  reach.may_be_today = obligation.is_always();
  if (node.find("for_each")) reach = check_for_each(obligation, reach, node);
  if (obligation.is_always()) check_always(obligation, node);
  check_every(obligation, node);
  check(obligation.needs, reach);
  std::vector<const Test*> ids;
  collect_ids(obligation.needs, ids);
  for (std::size_t i = 1; i < ids.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (ids[i]->id == ids[j]->id)
        reading_.report(RefusalCode::pack_duplicate_key, ids[i]->place, ids[j]->place.text(),
                        ids[i]->id);
  check_due(obligation, reach, node);
  if (obligation.exempt) check_leave(*obligation.exempt, of_bearer, node.below("exempt"));
  if (obligation.defer) check_leave(*obligation.defer, of_bearer, node.below("defer"));
  if (obligation.message)
    of(of_bearer).check_placeholders(*obligation.message, node.below("message").place, {});
  if (obligation.visible.names == Scope::public_ && obligation.who.kind != BearerKind::unit)
    reading_.report(RefusalCode::pack_range, node.below("visible").below("names").place,
                    "self, unit, line", "public");
}

void ObligationCheck::check_every(const Obligation& obligation, const Node& node) {
  const Every& every = obligation.every;
  if (every.is_by_case) {
    const Node& due = node.below("due");
    const bool is_dated = obligation.for_each && obligation.for_each->is_dated;
    const bool is_read = obligation.for_each && (!obligation.for_each->records.names.empty() ||
                                                 obligation.for_each->kind != EachKind::record);
    if (is_read && !is_dated && !node.cut)
      reading_.report(RefusalCode::pack_missing_key, node.place, "every", "");
    if (is_dated && !obligation.due.act && obligation.needs.kind != TestKind::holds && !due.cut)
      reading_.report(RefusalCode::pack_missing_key, node.place, "due: {act: {after: case}}", "");
    return;
  }
  if (every.kind == EveryKind::phase && every.phase.empty()) return;  // said where it was read
  if (obligation.of_campaign() && !pack_.campaign)
    return reading_.report(RefusalCode::pack_reference, every.place, "", "campaign");
  if (every.kind == EveryKind::phase) {
    std::vector<std::string_view> ids;
    for (const Phase& phase : pack_.campaign->phases) ids.push_back(phase.id);
    if (std::find(ids.begin(), ids.end(), every.phase) == ids.end())
      reading_.report(RefusalCode::pack_reference, node.below("every").below("phase").place,
                      ids.empty() ? "" : nearest_or_all(every.phase, ids), every.phase);
  }
  // What is owed once has no end of its own.
  const auto* const moment =
      obligation.due.act ? std::get_if<Moment>(&obligation.due.act->what) : nullptr;
  const bool has_end = obligation.due.act && !(moment && *moment == Moment::period_end);
  if (every.kind == EveryKind::once && !has_end && !node.below("due").cut)
    reading_.report(RefusalCode::pack_missing_key, every.place, "due: {act: date}", "");
}

namespace {

// Whose records and members the cases are is said by the bearer itself.
bool names_bearer(const Condition& condition) {
  return std::any_of(condition.lines.begin(), condition.lines.end(), [](const Comparing& line) {
    const bool compares =
        line.comparison == Comparison::equal || line.comparison == Comparison::has;
    return compares && line.path.root == Root::thing && line.path.steps.size() == 1 &&
           std::any_of(line.operands.begin(), line.operands.end(), [](const Operand& operand) {
             const auto* const path = std::get_if<Path>(&operand.what);
             return path && path->root == Root::bearer;
           });
  });
}

}  // namespace

Reach ObligationCheck::check_for_each(Obligation& obligation, const Reach& reach,
                                      const Node& node) {
  Reach out = reach;
  out.has_it = false;
  if (!obligation.for_each) return out;
  ForEach& each = *obligation.for_each;
  const Node& written = node.below("for_each");
  const auto stands = [&](EachKind kind) {
    return written.find(each_kind_words[static_cast<std::size_t>(kind)]) != nullptr;
  };
  const Node& pairs = written.below("pairs");
  if (!stands(each.kind) ||
      (each.kind == EachKind::pairs && !pairs.find("members") && !pairs.find("posts")))
    return out;
  switch (each.kind) {
    case EachKind::record:
      out.it = check_records(each, reach);
      break;
    case EachKind::members:
    case EachKind::posts:
      out.it = check_people(obligation, reach, each.kind == EachKind::posts);
      break;
    case EachKind::pairs:
      out.it = check_people(obligation, reach, each.pairs_posts);
      if (out.it.leads != Leads::nothing) out.it = type_of(Leads::a_pair);
      break;
    case EachKind::values:
      out.it = check_values(each, reach);
      break;
  }
  out.has_it = out.it.leads != Leads::nothing;
  out.has_case_day = out.has_it && each.kind != EachKind::values;
  out.has_case_entry = out.has_it && each.kind == EachKind::record;
  if (each.is_dated) check_dated(obligation, node);
  return out;
}

PathType ObligationCheck::check_records(ForEach& each, const Reach& reach) {
  if (each.records.names.empty()) return {};
  check(each.records, reach);
  const RecordType* const type = types_.record_type(each.records.names.front());
  if (!type) return {};
  each.is_dated = !type->lasts;
  const Field* const field = type->find_field(type->counts_on);
  if (each.is_dated && field && field->type != FieldType::date)
    reading_.report(RefusalCode::pack_type, each.records.place, "date",
                    std::string(word_of(field->type)));
  if (!names_bearer(each.records.where) && reach.has_bearer)
    reading_.report(RefusalCode::pack_missing_key, each.place, "where: {unit: $bearer}", "");
  return type_of_record(type->address);
}

PathType ObligationCheck::check_people(const Obligation& obligation, const Reach& reach,
                                       bool of_posts) {
  const ForEach& each = *obligation.for_each;
  if (obligation.who.kind != BearerKind::unit) {
    if (reach.has_bearer)
      reading_.report(
          RefusalCode::pack_shape, each.place, "who: unit",
          std::string(bearer_kind_words[static_cast<std::size_t>(obligation.who.kind)]));
    return {};
  }
  Reach of_person = reach;
  of_person.thing = type_of(of_posts ? Leads::post : Leads::member);
  Condition condition = of_posts ? each.posts : each.members;
  of(of_person).check(condition);
  if (!names_bearer(condition) && reach.has_bearer)
    reading_.report(RefusalCode::pack_missing_key, each.place,
                    of_posts ? "posts: {unit: $bearer}" : "members: {home: $bearer}", "");
  return of_person.thing;
}

PathType ObligationCheck::check_values(const ForEach& each, const Reach& reach) {
  const Parameter* const list = of(reach).check(each.values, {ParameterType::list});
  if (!list) return {};
  PathType item = type_of(Leads::word);
  item.property = items_property;
  for (const Setting* const setting : settings_of(*list))
    if (const auto* const items = std::get_if<std::vector<ListItem>>(setting))
      for (const ListItem& one : *items)
        if (std::find(item.words.begin(), item.words.end(), one.id) == item.words.end())
          item.words.push_back(one.id);
  return item;
}

// Of what happens on a day of its own nothing is shared out over a period.
void ObligationCheck::check_dated(const Obligation& obligation, const Node& node) {
  for (const std::string_view key : {"first_period", "pro_rata", "defer"})
    if (node.find(key))
      reading_.report(RefusalCode::pack_shape, node.below(key).place, "for_each without days",
                      std::string(key));
  if (obligation.of_campaign() || obligation.every.kind >= EveryKind::once)
    reading_.report(RefusalCode::pack_shape, obligation.every.place, "year, half, quarter, month",
                    std::string(every_kind_words[static_cast<std::size_t>(obligation.every.kind)]));
}

// It has no end that anything could be reckoned to, and no part that could be left out.
void ObligationCheck::check_always(const Obligation& obligation, const Node& node) {
  for (const std::string_view key : {"due", "first_period", "pro_rata", "defer"})
    if (node.find(key))
      reading_.report(RefusalCode::pack_shape, node.below(key).place, "a period", std::string(key));
  if (obligation.who.in_scope)
    reading_.report(RefusalCode::pack_shape, node.below("who").below("in_scope").place, "a period",
                    "in_scope");
}

void ObligationCheck::check_who(Obligation& obligation, Reach reach, const Node& node) {
  Who& who = obligation.who;
  if (who.in_scope && who.in_scope->at_least)
    of(reach).check(*who.in_scope->at_least, node.below("in_scope").below("at_least").place,
                    {DurationUnit::days});
  reach.bearer = {};  // it is what is being chosen
  if (reach.has_bearer) of(reach).check(who.condition);
}

void ObligationCheck::check(Test& test, const Reach& reach) {
  for (Test& part : test.parts) check(part, reach);
  if (test.kind == TestKind::holds) {
    Reach of_it = reach;
    if (reach.it.leads != Leads::nothing) of_it.thing = reach.it;
    if (reach.has_it) of(of_it).check(test.holds);
  }
  if (test.say) of(reach).check_placeholders(*test.say, test.place, {});
  if (!test.counts()) return;
  check_threshold(test, reach);
  check(test.of, reach);
  if (test.of.names.empty()) return;
  Reach of_record = reach;
  of_record.thing = type_of_record(test.of.names.front());
  if (test.share) of(of_record).check(*test.share);
  check_of(test, of_record);
}

void ObligationCheck::check(Set& set, Reach reach) {
  if (set.source == SetSource::matter) {
    reading_.report(RefusalCode::pack_later, set.place, "", "matter");
    set.names.clear();
    return;
  }
  ConditionCheck dates = of(reach);
  if (set.during) {
    dates.check(set.during->from);
    dates.check(set.during->until);
  }
  if (set.active) {
    Reach today = reach;
    today.may_be_today = true;
    of(today).check(*set.active);
  }
  if (set.names.empty()) return;
  reach.thing = type_of_record(set.names.front());
  ConditionCheck conditions = of(reach);
  conditions.check(set.where);
  for (Quality& quality : set.counts_if) conditions.check(quality);
  const RecordType* const type = types_.record_type(set.names.front());
  if (set.active && type && !type->lasts)
    reading_.report(RefusalCode::pack_shape, set.active->place, "lasts: true", type->name);
}

// What is counted is summed up by a number, or told apart by something that can be compared.
void ObligationCheck::check_of(const Test& test, const Reach& of_record) {
  if (test.sum) {
    const PathType type = of(of_record).check(*test.sum);
    if (type.leads != Leads::nothing && !is_number(type))
      reading_.report(RefusalCode::pack_type, test.sum->place, "int, decimal", describe(type));
  }
  if (!test.distinct) return;
  const PathType type = of(of_record).check(*test.distinct);
  if (type.list || type.leads == Leads::other)
    reading_.report(RefusalCode::pack_type, test.distinct->place, "one value", describe(type));
}

void ObligationCheck::check_threshold(const Test& test, const Reach& reach) {
  if (!test.threshold.place.file) return;  // it could not be read
  const bool is_share = test.share.has_value();
  const bool is_sum = test.sum.has_value();
  if (is_share && test.kind == TestKind::exactly)
    reading_.report(RefusalCode::pack_shape, test.place, "at_least, at_most", "exactly, share");
  if (const auto* const use = std::get_if<ParameterUse>(&test.threshold.what)) {
    std::vector<ParameterType> accepted;
    if (!is_share) accepted.push_back(ParameterType::int_);
    if (is_share || is_sum) accepted.push_back(ParameterType::decimal);
    const Parameter* const parameter = of(reach).check(*use, accepted);
    if (!parameter) return;
    for (const Setting* const setting : settings_of(*parameter)) {
      const auto* const number = std::get_if<std::int64_t>(setting);
      const auto* const decimal = std::get_if<Decimal>(setting);
      check_number(test,
                   number    ? *number * one_in_millionths
                   : decimal ? decimal->millionths
                             : 0,
                   use->name);
    }
    return;
  }
  if (const auto* const decimal = std::get_if<Decimal>(&test.threshold.what)) {
    if (!is_share && !is_sum)
      return reading_.report(RefusalCode::pack_type, test.threshold.place, "integer", "decimal");
    return check_number(test, decimal->millionths, "");
  }
  check_number(test, std::get<std::int64_t>(test.threshold.what) * one_in_millionths, "");
}

// A test that nothing can fail is none.
void ObligationCheck::check_number(const Test& test, std::int64_t millionths,
                                   const std::string& parameter) {
  const bool is_at_least = test.kind == TestKind::at_least;
  const bool too_small = is_at_least ? millionths <= 0 : millionths < 0;
  const bool too_large = test.share && millionths > one_in_millionths;
  if (!too_small && !too_large) return;
  const std::string from = is_at_least ? "more than 0" : "at least 0";
  reading_.report(RefusalCode::pack_range, test.threshold.place,
                  test.share ? from + ", at most 1" : from,
                  parameter.empty() ? decimal_text(millionths) : parameter);
}

void ObligationCheck::check_due(Obligation& obligation, const Reach& reach, const Node& node) {
  Due& due = obligation.due;
  ConditionCheck dates = of(reach);
  for (std::optional<Anchor>* const anchor : {&due.from, &due.act, &due.enter})
    if (*anchor) dates.check(**anchor);
  if (due.warn) dates.check(*due.warn, node.below("due").below("warn").place);
}

void ObligationCheck::check_leave(const Leave& leave, const Reach& reach, const Node& node) {
  for (std::size_t i = 0; i < leave.reasons.size(); ++i)
    if (!leave.reasons[i].empty() && !words_.leave_reasons.contains(leave.reasons[i]))
      reading_.report(RefusalCode::pack_unknown_word, node.below("reasons").below(i).place,
                      words_.leave_reasons.expected(leave.reasons[i]), leave.reasons[i]);
  ConditionCheck paths = of(reach);
  if (!leave.approver.steps.empty()) {
    const PathType type = paths.check(leave.approver);
    if (type.leads != Leads::unit && type.leads != Leads::nothing)
      reading_.report(RefusalCode::pack_type, leave.approver.place, "unit", describe(type));
  }
  if (leave.at_most) paths.check(*leave.at_most, node.below("at_most").place);
}

void ObligationCheck::check(Campaign& campaign) {
  Reach units;
  units.thing = type_of(Leads::unit);
  for (Batch& batch : campaign.batches) of(units).check(batch.who);
  Reach days;
  days.in_campaign = true;
  for (Phase& phase : campaign.phases) {
    of(days).check(phase.from);
    of(days).check(phase.until);
  }
}

void ObligationCheck::check(Bundle& bundle) {
  Reach units;
  units.thing = type_of(Leads::unit);
  of(units).check(bundle.per);
}

void ObligationCheck::check(RecordType& type) {
  Reach reach;
  reach.thing = type_of_record(type.address);
  for (Quality& quality : type.counts_if) of(reach).check(quality);
  for (Field& field : type.fields)
    if (field.show_if) of(reach).check(*field.show_if);
}

}  // namespace huilu::policy
