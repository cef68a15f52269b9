#include "policy/sentence.h"

#include <algorithm>

#include "policy/phrases.h"
#include "policy/uses.h"

namespace huilu::policy {

namespace {

constexpr std::array<std::string_view, 3> missing_words = {"counts_as_zero", "unknown",
                                                           "not_applicable"};
constexpr std::array<std::string_view, 3> first_period_words = {"skip", "pro_rata", "full"};
constexpr std::array<std::string_view, 2> rounding_words = {"floor", "ceil"};
constexpr std::array<std::string_view, 2> after_act_words = {"counts_late", "too_late"};
constexpr std::array<std::string_view, 3> member_at_words = {"home", "host", "host_else_home"};
constexpr std::array<std::string_view, 3> scope_day_words = {"period_start", "period_end",
                                                             "any_day"};
template <class Enum, std::size_t count>
std::string word_of(const std::array<std::string_view, count>& words, Enum value) {
  return std::string(words[static_cast<std::size_t>(value)]);
}

// The list of core that tells bearers of a kind apart first.
struct Noun {
  std::string_view property;
  std::string_view list;
};

Noun noun_of(BearerKind kind) {
  if (kind == BearerKind::unit) return {"type", "unit_types"};
  return {"kind", kind == BearerKind::post ? "post_kinds" : "membership_kinds"};
}

bool names_noun(const Comparing& line, std::string_view property) {
  return line.path.root == Root::thing && line.path.steps.size() == 1 &&
         line.path.steps[0] == property && line.comparison == Comparison::equal;
}

// "党支部、联合党支部（级别不低于县处级）"
std::string bearers(const Phrases& phrases, const Condition& condition, BearerKind kind) {
  const Noun noun = noun_of(kind);
  Condition rest = condition;
  std::vector<std::string> nouns;
  const auto named = std::find_if(rest.lines.begin(), rest.lines.end(), [&](const Comparing& line) {
    return names_noun(line, noun.property);
  });
  if (named != rest.lines.end()) {
    for (const Operand& operand : named->operands)
      if (const auto* const value = std::get_if<Value>(&operand.what))
        nouns.push_back(phrases.title_of(noun.list, *value->text()));
    if (nouns.size() == named->operands.size()) rest.lines.erase(named);
  }
  std::string who = nouns.empty() ? phrases.say("every_" + word_of(bearer_kind_words, kind))
                                  : phrases.joined(nouns, "list");
  if (rest.lines.empty() && rest.any_of.empty() && rest.not_.empty()) return who;
  return phrases.say("with",
                     {{"who", who}, {"condition", phrases.condition(rest, subject_of(kind))}});
}

std::string who(const Phrases& phrases, const Who& who) {
  const std::string kind = word_of(bearer_kind_words, who.kind);
  std::string text = bearers(phrases, who.condition, who.kind);
  if (who.kind == BearerKind::member && who.at != MemberAt::home)
    text = phrases.say("at." + word_of(member_at_words, who.at), {{"who", text}});
  if (!who.in_scope) return text;
  if (who.in_scope->at_least)
    return phrases.say("in_scope." + kind,
                       {{"who", text}, {"length", phrases.text(*who.in_scope->at_least)}});
  return phrases.say("in_scope." + word_of(scope_day_words, who.in_scope->on), {{"who", text}});
}

std::string every(const Phrases& phrases, const Every& every, const Pack& pack,
                  const Subject& subject) {
  if (every.anniversary)
    return phrases.say("every.anniversary." + word_of(leap_words, every.leap),
                       {{"day", phrases.path(*every.anniversary, subject)}});
  if (every.years > 1)
    return phrases.say("every.years", {{"number", std::to_string(every.years)},
                                       {"year", std::to_string(every.first_year)}});
  if (every.is_cumulative) return phrases.say("every.cumulative");
  if (every.window)
    return phrases.say("every.window", {{"from", phrases.day(every.window->from, subject)},
                                        {"until", phrases.day(every.window->until, subject)}});
  if (every.rolling)
    return phrases.say("every.rolling", {{"length", phrases.text(*every.rolling)}});
  if (every.after_last)
    return phrases.say("every.after_last", {{"length", phrases.text(*every.after_last)}});
  if (every.kind != EveryKind::phase)
    return phrases.say("every." + word_of(every_kind_words, every.kind));
  std::string title = every.phase;
  if (pack.campaign)
    for (const Phase& phase : pack.campaign->phases)
      if (phase.id == every.phase) title = phrases.title(phase.title);
  return phrases.say("every.phase", {{"phase", title}});
}

// "每年，就……的每一项"
std::string every_case(const Phrases& phrases, const Obligation& obligation, const Pack& pack) {
  std::string period = every(phrases, obligation.every, pack, subject_of(obligation));
  if (!obligation.for_each) return period;
  std::string each = phrases.each(*obligation.for_each, subject_of(obligation));
  if (obligation.every.is_by_case) return each;
  return phrases.say("every_each", {{"every", period}, {"each", each}});
}

using Parts = std::vector<std::string>;

void add_due(const Phrases& phrases, const Due& due, const Subject& bearer, Parts& out) {
  if (due.from) out.push_back(phrases.say("due.from", {{"day", phrases.day(*due.from, bearer)}}));
  const Anchor period_end{Moment::period_end, {}};
  const std::string act = phrases.deadline(due.act.value_or(period_end), bearer);
  std::string done = phrases.say("due.act", {{"deadline", act}});
  if (due.enter)
    done = phrases.say("due.enter",
                       {{"done", done}, {"deadline", phrases.deadline(*due.enter, bearer)}});
  out.push_back(std::move(done));
  if (due.warn) out.push_back(phrases.say("due.warn", {{"length", phrases.text(*due.warn)}}));
  if (due.after_act)
    out.push_back(phrases.say("after_act." + word_of(after_act_words, *due.after_act)));
}

std::string leave(const Phrases& phrases, std::string_view key, const Leave& leave,
                  const Subject& bearer) {
  std::vector<std::string> reasons;
  for (const std::string& reason : leave.reasons)
    reasons.push_back(phrases.title_of("leave_reasons", reason));
  Path approver = leave.approver;
  // A unit's own unit is itself.
  if (bearer.thing.leads == Leads::unit && approver.steps.size() > 1 && approver.steps[0] == "unit")
    approver.steps.erase(approver.steps.begin());
  const std::string by = phrases.path(approver, bearer);
  const std::string why = phrases.one_of(reasons);
  if (!leave.at_most) return phrases.say(key, {{"reasons", why}, {"approver", by}});
  return phrases.say(
      std::string(key) + ".at_most",
      {{"reasons", why}, {"approver", by}, {"length", phrases.text(*leave.at_most)}});
}

void add_visible(const Phrases& phrases, const Visible& visible, Parts& out) {
  if (visible.names == Scope::line && visible.counts == Scope::line) return;
  out.push_back(phrases.say(
      "visible", {{"names", phrases.say("scope." + word_of(scope_words, visible.names))},
                  {"counts", phrases.say("scope." + word_of(scope_words, visible.counts))}}));
}

// "同一次只计入其中一项：“甲”、“乙”"
std::string sharing(const Phrases& phrases, const Sharing& sharing, const Pack& pack) {
  Parts titles;
  for (const Obligation& one : pack.obligations)
    if (one.sharing && one.sharing->group == sharing.group)
      titles.push_back(phrases.say("quoted", {{"text", phrases.title(one.title)}}));
  std::string text = phrases.say("exclusive", {{"obligations", phrases.joined(titles, "list")}});
  if (!sharing.unless) return text;
  const Parameter* const parameter = pack.find_parameter(sharing.unless->name);
  return phrases.say("exclusive.unless",
                     {{"text", text},
                      {"title", parameter ? phrases.title(parameter->title) : sharing.unless->name},
                      {"value", phrases.text(*sharing.unless)}});
}

// "属于“学习教育”；服务于目标“理论学习”"
void add_aims(const Phrases& phrases, const Obligation& obligation, const Campaign& campaign,
              Parts& out) {
  if (const Aim* const strand = find_aim(campaign.strands, obligation.strand))
    out.push_back(phrases.say("strand", {{"title", phrases.title(strand->title)}}));
  if (const Aim* const goal = find_aim(campaign.goals, obligation.goal))
    out.push_back(phrases.say("goal", {{"title", phrases.title(goal->title)}}));
}

// What is not about days.
Parts rest_of(const Phrases& phrases, const Obligation& obligation, const Subject& bearer,
              const Pack& pack, Parts parts) {
  if (obligation.sharing) parts.push_back(sharing(phrases, *obligation.sharing, pack));
  if (obligation.who.merge_posts) parts.push_back(phrases.say("merge_posts"));
  if (obligation.exempt) parts.push_back(leave(phrases, "exempt", *obligation.exempt, bearer));
  if (obligation.defer) parts.push_back(leave(phrases, "defer", *obligation.defer, bearer));
  add_visible(phrases, obligation.visible, parts);
  if (pack.campaign) add_aims(phrases, obligation, *pack.campaign, parts);
  return parts;
}

Parts rules_of(const Phrases& phrases, const Obligation& obligation, const Pack& pack) {
  const Subject bearer = subject_of(obligation);
  Parts parts;
  if (obligation.is_always() || obligation.every.is_cumulative) {
    if (obligation.due.warn)
      parts.push_back(
          phrases.say("due.warn_again", {{"length", phrases.text(*obligation.due.warn)}}));
    parts.push_back(phrases.say("missing." + word_of(missing_words, obligation.missing)));
    return rest_of(phrases, obligation, bearer, pack, std::move(parts));
  }
  Due due = obligation.due;
  if (acts_on_case_day(obligation)) due.act = Anchor{Moment::case_, {}};
  add_due(phrases, due, bearer, parts);
  parts.push_back(phrases.say("missing." + word_of(missing_words, obligation.missing)));
  if (obligation.first_period != FirstPeriod::skip)
    parts.push_back(
        phrases.say("first_period." + word_of(first_period_words, obligation.first_period)));
  if (obligation.pro_rata)
    parts.push_back(phrases.say(
        "pro_rata", {{"round", phrases.say(word_of(rounding_words, obligation.pro_rata->round))},
                     {"min", std::to_string(obligation.pro_rata->min)}}));
  return rest_of(phrases, obligation, bearer, pack, std::move(parts));
}

std::string name_of_part(const Phrases& phrases, const RecordType& type, const std::string& name) {
  const Field* const field = type.find_field(name);
  return field ? phrases.title(field->title) : phrases.say("property.record." + name);
}

Parts rules_of(const Phrases& phrases, const RecordType& type) {
  Parts parts;
  if (type.counts_on != "date" && !type.lasts)
    parts.push_back(
        phrases.say("counts_on", {{"field", name_of_part(phrases, type, type.counts_on)}}));
  if (type.lasts) parts.push_back(phrases.say("lasts"));
  if (type.plannable) parts.push_back(phrases.say("plannable"));
  if (!type.identity.empty()) {
    Parts names;
    for (const std::string& name : type.identity)
      names.push_back(name_of_part(phrases, type, name));
    parts.push_back(phrases.say("identity", {{"fields", phrases.joined(names, "list")}}));
  }
  for (const Quality& quality : type.counts_if)
    parts.push_back(phrases.say(
        "quality",
        {{"condition", phrases.condition(quality.condition, subject_of_record(type.address))},
         {"say", phrases.title(quality.say)}}));
  add_visible(phrases, type.visible, parts);
  return parts;
}

void add_aims(const Phrases& phrases, std::string_view key, const std::vector<Aim>& aims,
              Parts& out) {
  if (aims.empty()) return;
  Parts titles;
  for (const Aim& aim : aims)
    titles.push_back(phrases.say("quoted", {{"text", phrases.title(aim.title)}}));
  out.push_back(phrases.say(key, {{"titles", phrases.joined(titles, "list")}}));
}

std::string window_of(const Phrases& phrases, const Phase& phase) {
  const Subject nobody;
  return phrases.say("from_to", {{"from", phrases.day(phase.from, nobody)},
                                 {"until", phrases.day(phase.until, nobody)}});
}

}  // namespace

std::string sentence(const Obligation& obligation, const Pack& pack, const std::vector<Pack>& packs,
                     Language language) {
  const Phrases phrases(pack, packs, language);
  const Subject bearer = subject_of(obligation);
  const std::string text = phrases.say(
      "obligation", {{"title", phrases.title(obligation.title)},
                     {"who", who(phrases, obligation.who)},
                     {"every", every_case(phrases, obligation, pack)},
                     {"needs", phrases.test(obligation.needs, bearer)},
                     {"rules", phrases.joined(rules_of(phrases, obligation, pack), "clause")}});
  return phrases.cited(obligation.clauses, text);
}

std::string sentence(const Check& check, const Pack& pack, const std::vector<Pack>& packs,
                     Language language) {
  const Phrases phrases(pack, packs, language);
  Subject it = subject_of_record(check.before.record_type);
  it.it = it.thing;
  const bool is_conditional =
      check.when.lines.size() + check.when.any_of.size() + check.when.not_.size() > 0;
  std::string before =
      phrases.say("before." + word_of(act_words, check.before.act),
                  {{"type", phrases.title_of_record_type(check.before.record_type)}});
  if (is_conditional)
    before = phrases.say("before_when",
                         {{"before", before}, {"condition", phrases.condition(check.when, it)}});
  std::string otherwise = phrases.say("otherwise." + word_of(otherwise_words, check.otherwise));
  if (check.say)
    otherwise = phrases.say("otherwise_say",
                            {{"otherwise", otherwise}, {"say", phrases.title(*check.say)}});
  const std::string text = phrases.say("check", {{"title", phrases.title(check.title)},
                                                 {"before", before},
                                                 {"needs", phrases.test(check.needs, it)},
                                                 {"otherwise", otherwise}});
  return phrases.cited(check.clauses, text);
}

std::string sentence(const Parameter& parameter, const Pack& pack, const std::vector<Pack>& packs,
                     Language language) {
  const Phrases phrases(pack, packs, language);
  Parts values;
  for (const ParameterValue& value : parameter.values)
    values.push_back(
        phrases.value(parameter, value, false, {value.ref, phrases.title(value.note)}));
  std::string text = phrases.say(
      "parameter", {{"title", phrases.title(parameter.title)},
                    {"values", phrases.joined(values, "list")},
                    {"bind", phrases.say("bind." + word_of(bind_words, parameter.bind))}});
  if (parameter.review_by)
    text = phrases.say("review_by", {{"text", text}, {"day", parameter.review_by->text()}});
  return phrases.cited(parameter.clauses, phrases.say("stop", {{"text", text}}));
}

std::string sentence(const RecordType& type, const Pack& pack, const std::vector<Pack>& packs,
                     Language language) {
  const Phrases phrases(pack, packs, language);
  Parts fields;
  for (const Field& one : type.fields) fields.push_back(phrases.field(one));
  std::string text = phrases.say("record_type", {{"title", phrases.title(type.title)},
                                                 {"fields", phrases.joined(fields, "list")}});
  const Parts rules = rules_of(phrases, type);
  if (!rules.empty())
    text = phrases.say("clause", {{"a", text}, {"b", phrases.joined(rules, "clause")}});
  return phrases.cited(type.clauses, phrases.say("stop", {{"text", text}}));
}

std::string sentence(const Campaign& campaign, const Pack& pack, const std::vector<Pack>& packs,
                     Language language) {
  const Phrases phrases(pack, packs, language);
  Parts parts = {phrases.say("campaign", {{"title", phrases.title(campaign.title)},
                                          {"window", phrases.text(campaign.window)}})};
  for (const Batch& batch : campaign.batches)
    parts.push_back(phrases.say(
        "batch",
        {{"title", phrases.title(batch.title)},
         {"who", bearers(phrases, batch.who, BearerKind::unit)},
         {"window", phrases.text(batch.window)},
         {"late", phrases.say("late_joiner." + word_of(late_joiner_words, batch.late_joiner))}}));
  for (const Phase& phase : campaign.phases)
    parts.push_back(phrases.say(
        "phase", {{"title", phrases.title(phase.title)}, {"window", window_of(phrases, phase)}}));
  add_aims(phrases, "strands", campaign.strands, parts);
  add_aims(phrases, "goals", campaign.goals, parts);
  const std::string text = phrases.joined(parts, "clause");
  return phrases.cited(campaign.clauses, phrases.say("stop", {{"text", text}}));
}

std::string sentence(const Bundle& bundle, const Pack& pack, const std::vector<Pack>& packs,
                     Language language) {
  const Phrases phrases(pack, packs, language);
  Parts titles;
  for (const std::string& address : bundle.obligations) {
    const Obligation* const duty = find_obligation(pack, packs, address);
    titles.push_back(
        phrases.say("quoted", {{"text", duty ? phrases.title(duty->title) : address}}));
  }
  const std::string fold =
      bundle.fold.at_least
          ? phrases.say("fold.at_least", {{"number", phrases.percent(*bundle.fold.at_least)}})
          : phrases.say("fold.all");
  const std::string text =
      phrases.say("bundle", {{"title", phrases.title(bundle.title)},
                             {"who", bearers(phrases, bundle.per, BearerKind::unit)},
                             {"obligations", phrases.joined(titles, "list")},
                             {"fold", fold}});
  return phrases.cited(bundle.clauses, phrases.say("stop", {{"text", text}}));
}

std::vector<ReadDeclaration> read_aloud(const Pack& pack, const std::vector<Pack>& packs,
                                        Language language) {
  const Phrases phrases(pack, packs, language);
  std::vector<ReadDeclaration> all = {
      {pack.id, phrases.say("pack", {{"title", phrases.title(pack.title)},
                                     {"version", pack.version},
                                     {"days", phrases.text(pack.in_force)}})}};
  for (const Parent& one : pack.extends)
    all.push_back({pack.id, sentence(one, pack, packs, language)});
  const auto add = [&](const std::string& address, const auto& declaration) {
    all.push_back({address, sentence(declaration, pack, packs, language) +
                                aside_of_origin(declaration.place, pack, language)});
  };
  for (const Obligation& one : pack.obligations) add(one.address, one);
  for (const Check& one : pack.checks) add(one.address, one);
  for (const Indicator& one : pack.indicators) add(one.address, one);
  for (const Draw& one : pack.draws) add(one.address, one);
  for (const View& one : pack.views) add(one.address, one);
  for (const Bundle& one : pack.bundles) add(one.address, one);
  if (pack.campaign) add(pack.id, *pack.campaign);
  for (const Parameter& one : pack.parameters) add(pack.id + '/' + one.name, one);
  for (const RecordType& one : pack.record_types) add(one.address, one);
  for (const MatterType& one : pack.matter_types) {
    add(one.address, one);
    for (const Move& move : one.moves)
      all.push_back({one.address + '.' + move.id, sentence(move, one, pack, packs, language)});
    for (const MatterClock& clock : one.clocks) {
      const std::string address = one.address + ".clock." + clock.id;
      all.push_back({address, sentence(clock, one, pack, packs, language)});
      for (const Rung& rung : one.rungs_of(clock.id))
        all.push_back({address + '.' + rung.id, sentence(rung, clock, one, pack, packs, language)});
    }
    if (one.urgent)
      all.push_back({one.address + ".urgent", sentence_of_urgency(one, pack, packs, language)});
    if (one.ballot)
      all.push_back({one.address + ".ballot", sentence_of_ballot(one, pack, packs, language)});
    if (one.look_back)
      all.push_back(
          {one.address + ".look_back", sentence_of_look_back(one, pack, packs, language)});
    if (one.relapse)
      all.push_back({one.address + ".relapses", sentence_of_relapse(one, pack, packs, language)});
  }
  return all;
}

std::vector<ReadDeclaration> read_assumed(const Pack& pack, const std::vector<Pack>& packs,
                                          Language language) {
  const Phrases phrases(pack, packs, language);
  std::vector<ReadDeclaration> all;
  for (const AssumedValue& assumed : assumed_values(pack)) {
    Parts titles;
    for (const Check* const check : assumed.checks)
      titles.push_back(phrases.say("quoted", {{"text", phrases.title(check->title)}}));
    for (const Obligation* const duty : assumed.decides)
      titles.push_back(phrases.say("quoted", {{"text", phrases.title(duty->title)}}));
    for (const MatterType* const type : assumed.matters)
      titles.push_back(phrases.say("quoted", {{"text", phrases.title(type->title)}}));
    for (const Indicator* const indicator : assumed.indicators)
      titles.push_back(phrases.say("quoted", {{"text", phrases.title(indicator->title)}}));
    for (const Draw* const draw : assumed.draws)
      titles.push_back(phrases.say("quoted", {{"text", phrases.title(draw->title)}}));
    for (const View* const view : assumed.views)
      titles.push_back(phrases.say("quoted", {{"text", phrases.title(view->title)}}));
    const Parameter& parameter = *assumed.parameter;
    all.push_back(
        {pack.id + '/' + parameter.name,
         phrases.say("assumed", {{"title", phrases.title(parameter.title)},
                                 {"value", phrases.value(parameter, *assumed.value)},
                                 {"decides", titles.empty() ? phrases.say("nothing")
                                                            : phrases.joined(titles, "list")}})});
  }
  return all;
}

}  // namespace huilu::policy
