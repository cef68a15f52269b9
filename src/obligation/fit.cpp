#include <algorithm>
#include <memory>

#include "obligation/condition.h"
#include "obligation/count.h"
#include "obligation/organisation.h"

namespace huilu::obligation {

namespace {

// Days of which both are included.
struct Days {
  Date from;
  Date until;

  bool contain(Date day) const { return from <= day && day <= until; }
};

Fit rejected(Fit fit, std::string why) {
  fit.standing = Standing::rejected;
  fit.why = std::move(why);
  return fit;
}

class Fitting {
 public:
  Fitting(Context& context, const Case& one, const policy::Test& test, const Record& record,
          const RecordVersion& version, const policy::RecordType& type, Instant known)
      : context_(context),
        case_(one),
        test_(test),
        version_(version),
        type_(type),
        schedule_(one.timetable.schedule),
        has_days_(test.of.during || one.obligation->every.rolling ||
                  one.obligation->every.after_last),
        thing_(RecordThing{record.id, &version, {&type.address, 1}, known}) {}

  Fit fit() {
    if (is_before()) return {};
    if (!holds(context_, thing_, test_.of.where)) return {};
    Fit placed = place();
    if (!placed.counts()) return placed;
    if (version_.state == RecordState::planned) return rejected(placed, "planned");
    if (version_.state == RecordState::void_) return rejected(placed, "void");
    for (const auto* qualities : {&type_.counts_if, &test_.of.counts_if})
      for (const policy::Quality& quality : *qualities)
        if (!holds(context_, thing_, quality.condition)) {
          Fit poor = rejected(placed, "quality");
          poor.say = quality.say;
          return poor;
        }
    return placed;
  }

 private:
  // Most of what there is was done in other periods: that is seen before anything is read.
  bool is_before() const {
    return !type_.lasts && !has_days_ && !type_.find_field(type_.counts_on) &&
           version_.date < std::min(schedule_.from, case_.period.from);
  }

  Fit place() {
    Fit fit;
    fit.type = type_.address;
    if (type_.lasts) return place_lasting(std::move(fit));
    const policy::Field* const field = type_.find_field(type_.counts_on);
    const bool names_period = field && field->type == policy::FieldType::period;
    fit.day = names_period ? version_.date : date_in(type_.counts_on).value_or(version_.date);
    // As of a day before it was done.
    if (fit.day > context_.at && version_.state != RecordState::planned) return fit;
    fit = names_period ? place_by_period(std::move(fit)) : place_by_date(std::move(fit));
    if (fit.counts() && !is_held_on(fit.day)) {
      if (!case_.period.contains(fit.day)) return {};
      return rejected(std::move(fit), "outside_period");
    }
    return fit;
  }

  std::optional<Date> date_in(const std::string& field) {
    const Value* const value = field_of(version_, type_.address, field);
    if (!value) return {};
    const auto day = value->text() ? Date::parse(*value->text()) : std::nullopt;
    if (!day) context_.notes.fail(field + " is no date");
    return day;
  }

  // What was done in another post counts for the other post.
  bool is_held_on(Date day) const {
    if (!case_.question.bearer.tenure) return true;
    const Tenure* const own = find_tenure(context_.facts, case_.question.bearer.tenure);
    if (own->span.contains(day)) return true;
    return case_.obligation->who.merge_posts &&
           std::any_of(context_.facts.tenures.begin(), context_.facts.tenures.end(),
                       [&](const Tenure& one) {
                         return one.person == own->person && one.span.contains(day);
                       });
  }

  // Its own days, where the set has some.
  std::optional<Days> during() {
    if (!has_days_) return Days{case_.period.from, case_.period.last_day()};
    const auto days = during_of(context_, case_, test_);
    if (days) return Days{days->from, *days->until + -1};
    context_.notes.fail("during: no date");
    return {};
  }

  // It lasts over a day; it was done when it began.
  Fit place_lasting(Fit fit) {
    Date day = std::min(context_.at, case_.period.last_day());
    if (test_.of.active) {
      const auto asked = day_of(context_, thing_, *test_.of.active);
      if (!asked) context_.notes.fail("active: no date");
      day = asked.value_or(day);
    }
    const auto from = date_in("from"), until = date_in("until");
    fit.day = from.value_or(version_.date);
    if (!Interval{fit.day, until}.contains(day)) return fit;
    return in_time_or_late(std::move(fit));
  }

  // It says of which period it is; it was done on the header's date.
  Fit place_by_period(Fit fit) {
    const Value* const value = field_of(version_, type_.address, type_.counts_on);
    if (!value) return fit;
    const auto named = value->text()      ? calendar::period_from(*value->text())
                       : value->integer() ? calendar::period_from(std::to_string(*value->integer()))
                                          : std::nullopt;
    if (!named) context_.notes.fail(type_.counts_on + " is no period");
    const auto days = during();
    if (!named || !days || !days->contain(named->from) || !days->contain(named->last_day()))
      return fit;
    if (fit.day < schedule_.from) return rejected(std::move(fit), "outside_period");
    return in_time_or_late(std::move(fit));
  }

  Fit place_by_date(Fit fit) {
    const Date day = fit.day;
    if (has_days_) {
      const auto days = during();
      if (days && days->contain(day)) return in_time_or_late(std::move(fit));
      return case_.period.contains(day) ? rejected(std::move(fit), "outside_period") : fit;
    }
    if (day < schedule_.from)
      return case_.period.contains(day) ? rejected(std::move(fit), "outside_period") : fit;
    const Date last = std::max(case_.period.last_day(), schedule_.act);
    if (test_.kind == policy::TestKind::at_most) {
      if (day <= last) fit.standing = Standing::in_time;
      return fit;
    }
    const auto& late_until = case_.timetable.late_until;
    if (day > schedule_.act && late_until && day > *late_until)
      return day <= schedule_.enter ? rejected(std::move(fit), "too_late") : fit;
    if (day > std::max(last, schedule_.enter) && !schedule_.late_counts) return fit;
    return in_time_or_late(std::move(fit));
  }

  Fit in_time_or_late(Fit fit) {
    if (case_.obligation->is_always() || fit.day <= schedule_.act ||
        test_.kind == policy::TestKind::at_most) {
      fit.standing = Standing::in_time;
      return fit;
    }
    if (!schedule_.late_counts) return rejected(std::move(fit), "too_late");
    fit.standing = Standing::late;
    return fit;
  }

  Context& context_;
  const Case& case_;
  const policy::Test& test_;
  const RecordVersion& version_;
  const policy::RecordType& type_;
  const Schedule& schedule_;
  const bool has_days_;
  Thing thing_;
};

}  // namespace

std::optional<Interval> during_of(Context& context, const Case& one, const policy::Test& test) {
  const policy::Every& every = one.obligation->every;
  if (test.of.during) {
    const auto from = day_of(context, bearer_of(context), test.of.during->from);
    const auto until = day_of(context, bearer_of(context), test.of.during->until);
    return from && until ? std::optional(Interval{*from, *until + 1}) : std::nullopt;
  }
  if (every.after_last) return Interval{Date{}, context.at + 1};
  if (!every.rolling) return Interval{one.period.from, one.period.until};
  const auto today =
      std::make_shared<const policy::Anchor>(policy::Anchor{policy::Moment::today, {}});
  const policy::Anchor begin{policy::BeforeAnchor{today, *every.rolling}, {}};
  const auto from = day_of(context, bearer_of(context), begin);
  return from ? std::optional(Interval{*from, context.at + 1}) : std::nullopt;
}

Fit fit_of(Context& context, const Case& one, const policy::Test& test, const Record& record,
           Instant known) {
  const RecordVersion* const version = record.known(known);
  Fit best;
  if (!version) return best;
  for (const std::string& address : test.of.names) {
    const auto has = std::find(version->types.begin(), version->types.end(), address);
    if (has == version->types.end()) continue;
    const policy::RecordType* const type = record_type(context, address);
    if (!type) {
      context.notes.fail("no record type " + address);
      continue;
    }
    Fit fit = Fitting(context, one, test, record, *version, *type, known).fit();
    if (fit.standing > best.standing) best = std::move(fit);
  }
  return best;
}

}  // namespace huilu::obligation
