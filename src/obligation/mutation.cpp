#include "obligation/mutation.h"

#include <algorithm>
#include <optional>

#include "obligation/mutation_values.h"
#include "policy/scalar.h"

namespace huilu::obligation {

namespace {

using policy::Comparison;
using policy::Condition;
using policy::Pack;
using policy::Place;

// Walks a pack and comes to one place after another where it could say something else. At the
// wanted one the pack is changed; what is come to afterwards may be nonsense and is not looked at.
class Walk {
 public:
  Walk(Pack& pack, std::optional<std::size_t> wanted) : pack_(pack), wanted_(wanted) {}

  void walk() {
    for (policy::Obligation& one : pack_.obligations) obligation(one);
    for (policy::Check& one : pack_.checks) check(one);
    for (policy::Indicator& one : pack_.indicators) indicator(one);
    for (policy::Draw& one : pack_.draws) draw(one);
    for (policy::View& one : pack_.views) view(one);
    for (policy::Parameter& one : pack_.parameters) parameter(one);
    for (policy::RecordType& one : pack_.record_types) {
      begin(one.address, one.place);
      qualities("counts_if", one.counts_if);
    }
    for (policy::MatterType& one : pack_.matter_types) {
      for (policy::Move& move : one.moves) this->move(one, move);
      for (policy::MatterClock& each : one.clocks) clock(one, each);
      for (policy::Ladder& each : one.ladders) ladder(one, each);
      if (one.urgent) urgency(one, *one.urgent);
      if (one.ballot) ballot(one, *one.ballot);
      if (one.look_back) look_back(one, *one.look_back);
      if (one.relapse) relapse(one, *one.relapse);
    }
    if (!pack_.campaign) return;
    for (policy::Batch& one : pack_.campaign->batches) {
      // A line alone may be dropped without a change where earlier batches take the rest.
      begin(pack_.id, one.place);
      for (policy::Comparing& line : one.who.lines) this->line("batches." + one.id, line);
    }
  }

  std::vector<Mutation>& found() { return found_; }

 private:
  void begin(std::string declaration, const Place& place) {
    declaration_ = std::move(declaration);
    place_ = place;
  }

  // True where this is the wanted change, which the caller makes; never of what another pack says.
  bool here(std::string change, const Place& place) {
    if (policy::origin_of(place.file ? place : place_)) return false;
    found_.push_back({declaration_, std::move(change), place.file ? place : place_});
    return wanted_ && found_.size() == *wanted_ + 1;
  }

  // An item that says where it stands may have been added to what another pack lists.
  template <class T>
  void without_each(const std::string& what, std::vector<T>& items) {
    for (std::size_t i = 0; i < items.size(); ++i) {
      Place place;
      if constexpr (requires { items[i].place; }) place = items[i].place;
      if (here(what + ": without the " + std::to_string(i + 1) + ".", place))
        return void(items.erase(items.begin() + static_cast<std::ptrdiff_t>(i)));
    }
  }

  template <class T>
  void without(const std::string& what, std::optional<T>& value) {
    if (value && here("without " + what, {})) value.reset();
  }

  void flip(const std::string& what, bool& value, const Place& place) {
    if (here(what + ": " + (value ? "true -> false" : "false -> true"), place)) value = !value;
  }

  void number(const std::string& what, std::int64_t& value, std::int64_t step, const Place& place,
              const std::string& name) {
    const std::int64_t written = value;
    const auto by = policy::decimal_text(step == 1 ? policy::one_in_millionths : step);
    for (const std::int64_t other : {written + step, written - step})
      if (other >= 0 && here(what + ": " + name + (other > written ? " + " : " - ") + by, place))
        value = other;
  }

  void duration(const std::string& what, policy::DurationUse& use, const Place& place) {
    if (auto* const written = std::get_if<policy::Duration>(&use)) duration(what, *written, place);
  }

  void duration(const std::string& what, policy::Duration& written, const Place& place) {
    const auto unit = policy::duration_units[static_cast<std::size_t>(written.unit)];
    number(what, written.count, 1, place, std::to_string(written.count) + " " + std::string(unit));
  }

  void month_day(const std::string& what, policy::MonthDay& day, const Place& place) {
    if (here(what + ": another month", place)) day.month = day.month == 12 ? 11 : day.month + 1;
  }

  void anchor(const std::string& what, policy::Anchor& one) {
    const auto shift = [&](auto& shifted) {
      policy::Anchor inner = *shifted.anchor;
      anchor(what, inner);
      shifted.anchor = std::make_shared<const policy::Anchor>(std::move(inner));
      duration(what, shifted.by, one.place);
    };
    if (auto* const after = std::get_if<policy::AfterAnchor>(&one.what)) return shift(*after);
    if (auto* const before = std::get_if<policy::BeforeAnchor>(&one.what)) return shift(*before);
    auto* const year_day = std::get_if<policy::YearDay>(&one.what);
    if (!year_day) return;
    if (auto* const day = std::get_if<policy::MonthDay>(&year_day->day))
      month_day(what, *day, one.place);
    const bool next = year_day->of == policy::YearOf::next;
    if (here(what + (next ? ": next -> this year" : ": this -> next year"), one.place))
      year_day->of = next ? policy::YearOf::this_ : policy::YearOf::next;
  }

  void anchor(const std::string& what, std::optional<policy::Anchor>& one) {
    if (one) anchor(what, *one);
    without(what, one);
  }

  void line(const std::string& what, policy::Comparing& one) {
    const std::string path = what + " " + one.path.text();
    if (const auto other = neighbour(one.comparison)) {
      const auto word = [](Comparison comparison) {
        return std::string(policy::comparison_words[static_cast<std::size_t>(comparison)]);
      };
      if (here(path + ": " + word(one.comparison) + " -> " + word(*other), one.place))
        one.comparison = *other;
    }
    if (one.operands.size() > 1 && one.comparison != Comparison::between)
      for (std::size_t i = 0; i < one.operands.size(); ++i) {
        const auto* const value = std::get_if<Value>(&one.operands[i].what);
        const std::string name = value && value->text() ? *value->text() : std::to_string(i + 1);
        if (here(path + ": without " + name, one.operands[i].place))
          return void(one.operands.erase(one.operands.begin() + static_cast<std::ptrdiff_t>(i)));
      }
    for (policy::Operand& operand : one.operands) this->operand(path, operand);
    if (!one.inner) return;
    Condition inner = *one.inner;
    condition(path, inner);
    one.inner = std::make_shared<const Condition>(std::move(inner));
  }

  void operand(const std::string& path, policy::Operand& one) {
    if (auto* const day = std::get_if<policy::Anchor>(&one.what)) return anchor(path, *day);
    auto* const value = std::get_if<Value>(&one.what);
    if (!value) return;
    if (const auto* const truth = value->boolean()) {
      bool flipped = *truth;
      flip(path, flipped, one.place);
      *value = flipped;
    } else if (const auto* const written = value->integer()) {
      std::int64_t changed = *written;
      number(path, changed, 1, one.place, std::to_string(*written));
      *value = changed;
    }
  }

  void condition(const std::string& what, Condition& one) {
    for (policy::Comparing& line : one.lines) this->line(what, line);
    for (std::size_t i = 0; i < one.lines.size(); ++i)
      if (here(what + ": without " + one.lines[i].path.text(), one.lines[i].place))
        return void(one.lines.erase(one.lines.begin() + static_cast<std::ptrdiff_t>(i)));
    for (auto& group : one.any_of) {
      for (Condition& part : group) condition(what + " any_of", part);
      without_each(what + " any_of", group);
    }
    for (Condition& part : one.not_) condition(what + " not", part);
    without_each(what + " not", one.not_);
  }

  void qualities(const std::string& what, std::vector<policy::Quality>& all) {
    for (policy::Quality& one : all) condition(what, one.condition);
    without_each(what, all);
  }

  void set(const std::string& what, policy::Set& one) {
    condition(what + " where", one.where);
    qualities(what + " counts_if", one.counts_if);
    if (one.names.size() > 1) without_each(what + " record", one.names);
    if (one.during) {
      anchor(what + " during", one.during->from);
      anchor(what + " during", one.during->until);
    }
    without(what + " during", one.during);
    anchor(what + " active", one.active);
  }

  void test(const std::string& what, policy::Test& one) {
    for (policy::Test& part : one.parts) test(what, part);
    if (one.parts.size() > 1) {
      const bool all = one.kind == policy::TestKind::all_of;
      if (here(what + (all ? ": all_of -> any_of" : ": any_of -> all_of"), one.place))
        one.kind = all ? policy::TestKind::any_of : policy::TestKind::all_of;
      without_each(what, one.parts);
    }
    condition(what + " holds", one.holds);
    if (!one.counts()) return;
    least(what, one.threshold);
    set(what, one.of);
    without(what + " distinct", one.distinct);
    if (one.share) condition(what + " share", *one.share);
  }

  void decimal(const std::string& what, policy::Decimal& one, const Place& place) {
    number(what, one.millionths, policy::one_in_millionths / 10, place,
           policy::decimal_text(one.millionths));
  }

  void every(policy::Every& one) {
    using policy::EveryKind;
    const bool mar1 = one.leap == policy::Leap::mar1;
    if (one.anniversary && here(mar1 ? "leap: mar1 -> feb28" : "leap: feb28 -> mar1", one.place))
      one.leap = mar1 ? policy::Leap::feb28 : policy::Leap::mar1;
    if (one.years > 1) number("every years", one.years, 1, one.place, std::to_string(one.years));
    if (one.is_cumulative) flip("every cumulative", one.is_cumulative, one.place);
    if (one.window) {
      anchor("every window", one.window->from);
      anchor("every window", one.window->until);
    }
    if (one.rolling) duration("every rolling", *one.rolling, one.place);
    if (one.after_last) duration("every after_last", *one.after_last, one.place);
    if (!one.is_plain() || one.kind > EveryKind::week || one.is_by_case) return;
    constexpr std::array<EveryKind, 5> others = {EveryKind::half, EveryKind::year, EveryKind::month,
                                                 EveryKind::quarter, EveryKind::month};
    if (here("every: another period", one.place))
      one.kind = others[static_cast<std::size_t>(one.kind)];
  }

  void obligation(policy::Obligation& one) {
    begin(one.address, one.place);
    condition("who", one.who.condition);
    if (one.who.in_scope && one.who.in_scope->at_least)
      duration("who in_scope", *one.who.in_scope->at_least, one.who.place);
    without("in_scope", one.who.in_scope);
    if (one.who.kind == policy::BearerKind::post) flip("merge_posts", one.who.merge_posts, {});
    every(one.every);
    if (one.for_each) {
      set("for_each", one.for_each->records);
      condition("for_each members", one.for_each->members);
      condition("for_each posts", one.for_each->posts);
      anchor("for_each announced", one.for_each->announced);
    }
    test("needs", one.needs);
    anchor("due from", one.due.from);
    anchor("due act", one.due.act);
    anchor("due enter", one.due.enter);
    if (one.due.warn) duration("due warn", *one.due.warn, one.place);
    without("due warn", one.due.warn);
    without("sharing", one.sharing);
    if (!one.pro_rata) return;
    // What is owed in part is never more than the whole.
    if (one.pro_rata->min > 0 && here("pro_rata min: one less", {})) --one.pro_rata->min;
    if (needs_more_than(pack_, one, one.pro_rata->min) && here("pro_rata min: one more", {}))
      ++one.pro_rata->min;
    without("pro_rata", one.pro_rata);
  }

  void check(policy::Check& one) {
    using policy::Otherwise;
    constexpr std::array acts = {policy::Act::change, policy::Act::save, policy::Act::save,
                                 policy::Act::save};
    constexpr std::array others = {Otherwise::warn, Otherwise::warn, Otherwise::refuse};
    begin(one.address, one.place);
    const auto act = static_cast<std::size_t>(one.before.act);
    const auto otherwise = static_cast<std::size_t>(one.otherwise);
    const auto changes = [](std::string_view key, std::string_view from, std::string_view to) {
      return std::string(key) + ": " + std::string(from) + " -> " + std::string(to);
    };
    if (here(changes("before", policy::act_words[act],
                     policy::act_words[static_cast<std::size_t>(acts[act])]),
             one.before.place))
      one.before.act = acts[act];
    if (here(changes("otherwise", policy::otherwise_words[otherwise],
                     policy::otherwise_words[static_cast<std::size_t>(others[otherwise])]),
             {}))
      one.otherwise = others[otherwise];
    condition("when", one.when);
    test("needs", one.needs);
  }

  void indicator(policy::Indicator& one) {
    using policy::MeasuredEvery;
    begin(one.address, one.place);
    if (one.counts_facts()) set("of", one.of);
    condition("share", one.share);
    if (one.measure == policy::Measure::count) without("distinct", one.path);
    without("at", one.at);
    if (one.who) condition("who", *one.who);
    constexpr std::array<MeasuredEvery, 6> others = {MeasuredEvery::now,     MeasuredEvery::half,
                                                     MeasuredEvery::year,    MeasuredEvery::month,
                                                     MeasuredEvery::quarter, MeasuredEvery::month};
    if (one.every != MeasuredEvery::now && here("every: another period", {}))
      one.every = others[static_cast<std::size_t>(one.every)];
    if (one.every != MeasuredEvery::now) flip("in: previous", one.previous, {});
    without_each("by", one.by);
    without("pace", one.pace);
    number_use("less", one.less);
    number_use("floor", one.floor);
    number_use("ceiling", one.ceiling);
    number_use("min_base", one.min_base);
    without("min_base", one.min_base);
    if (one.less && here("round: another", {}))
      one.round =
          one.round == policy::RoundTo::floor ? policy::RoundTo::ceil : policy::RoundTo::floor;
    if (one.empty_not_shown) flip("empty: not_shown", one.empty_not_shown, {});
  }

  void draw(policy::Draw& one) {
    begin(one.address, one.place);
    condition("of units", one.of.of.where);
    constexpr std::int64_t whole = policy::one_in_millionths;
    if (auto* const written = std::get_if<policy::Decimal>(&one.amount))
      number(one.is_share ? "share" : "size", written->millionths,
             one.is_share ? whole / 10 : whole, {}, policy::decimal_text(written->millionths));
    if (!one.weight.empty() && here("without weight", {})) one.weight.clear();
    if (one.strata != policy::DrawStrata::none && here("without strata", {}))
      one.strata = policy::DrawStrata::none;
  }

  void view(policy::View& one) {
    begin(one.address, one.place);
    set("of", one.counted.of);
    for (policy::ViewGroup& group : one.partition.parts) without_each("part " + group.id, group.of);
  }

  void number_use(const std::string& what, std::optional<policy::NumberUse>& use) {
    if (auto* const written = use ? std::get_if<policy::Decimal>(&*use) : nullptr)
      decimal(what, *written, {});
  }

  void move(const policy::MatterType& type, policy::Move& one) {
    const std::string what = "move " + one.id + ' ';
    begin(type.address, one.place);
    if (one.from.size() > 1 && !one.automatic) without_each(what + "from", one.from);
    if (one.by.size() > 1) without_each(what + "by", one.by);
    without_each(what + "fields", one.fields);
    without_each(what + "sets", one.sets);
    without_each(what + "not_same_person_as", one.not_same_person_as);
    without_each(what + "reviews", one.reviews);
    without_each(what + "combines", one.combines);
    without_each(what + "clears", one.clears);
    if (one.needs) test(what + "needs", *one.needs);
    without(what + "needs", one.needs);
  }

  void turn(const std::string& what, policy::Turn& one) {
    if (one.states.size() > 1) without_each(what + " enter", one.states);
    if (one.moves.size() > 1) without_each(what + " move", one.moves);
  }

  void clock(const policy::MatterType& type, policy::MatterClock& one) {
    begin(type.address, one.place);
    const std::string what = "clock " + one.id + ' ';
    turn(what + "start", one.start);
    turn(what + "stop", one.stop);
    if (one.restart) turn(what + "restart", *one.restart);
    without(what + "restart", one.restart);
    if (one.budget) duration(what + "budget", *one.budget, one.place);
    if (one.pause_while) condition(what + "pause_while", *one.pause_while);
    without(what + "pause_while", one.pause_while);
    for (policy::EntryBudget& entry : one.on_enter)
      duration(what + "on_enter " + entry.state, entry.budget, entry.place);
    without_each(what + "on_enter", one.on_enter);
    if (one.extend) extension(what + "extend ", *one.extend);
    without(what + "extend", one.extend);
  }

  void extension(const std::string& what, policy::Extension& one) {
    const bool early = one.ask == policy::ExtensionAsk::before_expiry;
    if (here(what + (early ? "before_expiry -> any_time" : "any_time -> before_expiry"), one.place))
      one.ask = early ? policy::ExtensionAsk::any_time : policy::ExtensionAsk::before_expiry;
    if (one.by.size() > 1) without_each(what + "by", one.by);
    if (one.approve.size() > 1) without_each(what + "approve", one.approve);
    without_each(what + "fields", one.fields);
    if (one.at_most) duration(what + "at_most", *one.at_most, one.place);
    without(what + "at_most", one.at_most);
    if (one.times) number(what + "times", *one.times, 1, one.place, std::to_string(*one.times));
  }

  void ladder(const policy::MatterType& type, policy::Ladder& one) {
    for (policy::Rung& rung : one.rungs) {
      begin(type.address, rung.place);
      const std::string what = "ladder " + one.clock + ' ' + rung.id;
      if (rung.unacknowledged.empty()) {
        duration(what + " at", rung.at, rung.place);
        flip(what + ": before <-> after", rung.is_before, rung.place);
      }
      if (rung.acknowledge && rung.acknowledge->within)
        duration(what + " within", *rung.acknowledge->within, rung.place);
      without(what + " acknowledge", rung.acknowledge);
    }
    without_each("ladder " + one.clock, one.rungs);
  }

  void urgency(const policy::MatterType& type, policy::Urgency& one) {
    begin(type.address, one.place);
    condition("urgent", one.when);
    for (policy::UrgentBudget& each : one.budgets)
      duration("urgent " + each.clock, each.budget, each.place);
    without_each("urgent budgets", one.budgets);
  }

  void least(const std::string& what, policy::Threshold& one) {
    if (auto* const number = std::get_if<std::int64_t>(&one.what))
      this->number(what, *number, 1, one.place, std::to_string(*number));
    if (auto* const share = std::get_if<policy::Decimal>(&one.what))
      decimal(what, *share, one.place);
  }

  void ballot(const policy::MatterType& type, policy::MatterBallot& one) {
    begin(type.address, one.place);
    duration("ballot window", one.window, one.place);
    if (one.pass.share.size() > 1) without_each("ballot pass share", one.pass.share);
    least("ballot pass at_least", one.pass.at_least);
    least("ballot min_ballots", one.min_ballots);
    if (one.evidence == policy::BallotEvidence::required && here("ballot evidence: none", {}))
      one.evidence = policy::BallotEvidence::none;
  }

  void look_back(const policy::MatterType& type, policy::MatterLookBack& one) {
    begin(type.address, one.place);
    duration("look_back after", one.after, one.place);
    without_each("look_back start", one.starts);
    without_each("look_back by", one.by);
    without_each("look_back outcomes", one.outcomes);
  }

  void relapse(const policy::MatterType& type, policy::MatterRelapse& one) {
    begin(type.address, one.place);
    duration("relapse within", one.within, one.place);
    least("relapse at_least", one.at_least);
    without_each("relapse of", one.of);
    without_each("relapse same", one.same);
    if (one.alike.size() > 1) without_each("relapse alike", one.alike);
    without_each("relapse by", one.by);
  }

  void parameter(policy::Parameter& one) {
    begin(pack_.id + '/' + one.name, one.place);
    for (policy::ParameterValue& value : one.values) {
      if (value.value) setting("value", *value.value, value.place);
      for (auto& [key, setting] : value.table) this->setting("value " + key, setting, value.place);
    }
  }

  void setting(const std::string& what, policy::Setting& one, const Place& place) {
    if (auto* const number = std::get_if<std::int64_t>(&one))
      return this->number(what, *number, 1, place, std::to_string(*number));
    if (auto* const share = std::get_if<policy::Decimal>(&one)) return decimal(what, *share, place);
    if (auto* const truth = std::get_if<bool>(&one)) return flip(what, *truth, place);
    if (auto* const length = std::get_if<policy::Duration>(&one))
      return duration(what, *length, place);
    if (auto* const day = std::get_if<policy::MonthDay>(&one)) return month_day(what, *day, place);
    if (auto* const items = std::get_if<std::vector<policy::ListItem>>(&one))
      without_each(what, *items);
  }

  Pack& pack_;
  std::optional<std::size_t> wanted_;
  std::vector<Mutation> found_;
  std::string declaration_;
  Place place_;
};

}  // namespace

std::vector<Mutation> mutations_of(const Pack& pack) {
  Pack copy = pack;
  Walk walk(copy, {});
  walk.walk();
  return std::move(walk.found());
}

Pack mutated(const Pack& pack, std::size_t mutation) {
  Pack copy = pack;
  Walk(copy, mutation).walk();
  return copy;
}

}  // namespace huilu::obligation
