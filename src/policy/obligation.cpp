#include "policy/obligation.h"

#include <algorithm>

#include "policy/declarations.h"
#include "policy/finding.h"

namespace huilu::policy {

namespace {

constexpr std::array<std::string_view, 3> member_at_words = {"home", "host", "host_else_home"};
constexpr std::array<std::string_view, 3> scope_day_words = {"period_start", "period_end",
                                                             "any_day"};
constexpr std::array<std::string_view, 2> after_act_words = {"counts_late", "too_late"};
constexpr std::array<std::string_view, 3> missing_words = {"counts_as_zero", "unknown",
                                                           "not_applicable"};
constexpr std::array<std::string_view, 3> first_period_words = {"skip", "pro_rata", "full"};
constexpr std::array<std::string_view, 2> rounding_words = {"floor", "ceil"};
constexpr std::array<std::string_view, 1> pro_rata_of_words = {"membership_days"};
constexpr std::array<std::string_view, 1> leave_scope_words = {"period"};

Form<InScope> in_scope_form() {
  return named("in_scope", map_of<InScope>(
                               {
                                   optional("at_least", &InScope::at_least, duration_use_form()),
                                   optional("day", &InScope::on, word<ScopeDay>(scope_day_words)),
                               },
                               [](Reading& reading, const Node& node, InScope&) {
                                 reading::one_of_keys(reading, node, {"at_least", "day"});
                               }));
}

Key<Who> bearer_key(BearerKind kind) {
  const auto form = condition_form();
  return {bearer_kind_words[static_cast<std::size_t>(kind)], Presence::optional, form.expected,
          [kind, form](Reading& reading, const Node&, const Node* value, Who& out) {
            if (!value) return;
            out.kind = kind;
            form.read(reading, *value, out.condition);
          },
          form.shape};
}

// A key that only one kind of bearer has.
void check_only(Reading& reading, const Node& node, std::string_view key, BearerKind kind,
                const Who& who) {
  if (node.find(key) && who.kind != kind)
    reading.report(RefusalCode::pack_shape, node.below(key).place,
                   std::string(bearer_kind_words[static_cast<std::size_t>(kind)]),
                   std::string(bearer_kind_words[static_cast<std::size_t>(who.kind)]));
}

Form<Who> who_form() {
  return exactly_one(
      bearer_kind_words,
      named("who", map_of<Who>(
                       {
                           bearer_key(BearerKind::unit),
                           bearer_key(BearerKind::post),
                           bearer_key(BearerKind::member),
                           optional("at", &Who::at, word<MemberAt>(member_at_words)),
                           optional("in_scope", &Who::in_scope, in_scope_form()),
                           optional("merge_posts", &Who::merge_posts, boolean()),
                           optional("may_be_empty", &Who::may_be_empty, boolean()),
                       },
                       [](Reading& reading, const Node& node, Who& who) {
                         who.place = node.place;
                         reading::one_of_keys(reading, node,
                                              {bearer_kind_words.begin(), bearer_kind_words.end()});
                         const auto kinds = std::count_if(
                             bearer_kind_words.begin(), bearer_kind_words.end(),
                             [&](std::string_view kind) { return node.find(kind) != nullptr; });
                         if (kinds != 1) return;
                         check_only(reading, node, "at", BearerKind::member, who);
                         check_only(reading, node, "merge_posts", BearerKind::post, who);
                       })));
}

// A key that only records have.
template <class T>
Key<ForEach> of_records(std::string_view name, T Set::*member, Form<T> form) {
  ShapePointer shape = form.shape;
  return {name, Presence::optional, form.expected,
          [member, form](Reading& reading, const Node&, const Node* value, ForEach& out) {
            if (value) form.read(reading, *value, out.records.*member);
          },
          std::move(shape)};
}

Key<ForEach> each_record() {
  const std::string expected = "name of a record type";
  return {"record", Presence::optional, expected,
          [expected](Reading& reading, const Node&, const Node* value, ForEach& out) {
            if (!value) return;
            out.records.place = value->place;
            if (!is_plain_text(*value)) return reading.report_type(*value, expected);
            out.records.names = {value->text};
          },
          shape::text()};
}

template <class T>
Key<ForEach> each_of(EachKind kind, T ForEach::*member, Form<T> form) {
  ShapePointer shape = form.shape;
  return {each_kind_words[static_cast<std::size_t>(kind)], Presence::optional, form.expected,
          [kind, member, form](Reading& reading, const Node&, const Node* value, ForEach& out) {
            if (!value) return;
            out.kind = kind;
            form.read(reading, *value, out.*member);
          },
          std::move(shape)};
}

// {pairs: {members: condition}} or {pairs: {posts: condition}}
Key<ForEach> each_pair() {
  struct Pairs {
    std::optional<Condition> members, posts;
  };
  const std::vector<std::string_view> kinds = {"members", "posts"};
  const auto form = exactly_one(
      kinds, named("pairs", map_of<Pairs>(
                                {
                                    optional("members", &Pairs::members, condition_form()),
                                    optional("posts", &Pairs::posts, condition_form()),
                                },
                                [kinds](Reading& reading, const Node& node, Pairs&) {
                                  reading::one_of_keys(reading, node, kinds);
                                })));
  return {"pairs", Presence::optional, "{members: condition}, {posts: condition}",
          [form](Reading& reading, const Node&, const Node* value, ForEach& out) {
            if (!value) return;
            out.kind = EachKind::pairs;
            Pairs pairs;
            form.read(reading, *value, pairs);
            out.pairs_posts = pairs.posts.has_value();
            out.members = pairs.members.value_or(Condition{});
            out.posts = pairs.posts.value_or(Condition{});
          },
          form.shape};
}

void check_for_each(Reading& reading, const Node& node, ForEach& each) {
  each.place = node.place;
  constexpr std::array<std::string_view, 4> later = {"matter", "units", "items", "cases"};
  if (std::any_of(later.begin(), later.end(),
                  [&](std::string_view word) { return node.find(word) != nullptr; }))
    return;
  reading::one_of_keys(reading, node, {each_kind_words.begin(), each_kind_words.end()});
  for (const std::string_view key : {"where", "active"})
    if (node.find(key) && !node.find("record"))
      reading.report(RefusalCode::pack_shape, node.below(key).place, "record", std::string(key));
}

Form<ForEach> for_each_form() {
  auto active = of_records(
      "active", &Set::active,
      Form<std::optional<Anchor>>{
          [form = anchor_form()](Reading& reading, const Node& node, std::optional<Anchor>& out) {
            form.read(reading, node, out.emplace());
          },
          "date or moment", anchor_form().shape});
  return exactly_one(
      each_kind_words,
      named("for_each", map_of<ForEach>(
                            {
                                each_record(),
                                each_of(EachKind::members, &ForEach::members, condition_form()),
                                each_of(EachKind::posts, &ForEach::posts, condition_form()),
                                each_pair(),
                                each_of(EachKind::values, &ForEach::values, parameter_use_form()),
                                of_records("where", &Set::where, condition_form()),
                                std::move(active),
                                later<ForEach>("announced"),
                                later<ForEach>("matter"),
                                later<ForEach>("units"),
                                later<ForEach>("items"),
                                later<ForEach>("cases"),
                            },
                            check_for_each)));
}

struct EveryPhase {
  std::string phase;
};

Form<Every> every_form() {
  const auto phase = map_of<EveryPhase>({
      optional("phase", &EveryPhase::phase, id()),
      later<EveryPhase>("years"),
      later<EveryPhase>("cumulative"),
      later<EveryPhase>("window"),
      later<EveryPhase>("rolling"),
      later<EveryPhase>("after_last"),
      later<EveryPhase>("anniversary"),
      later<EveryPhase>("leap"),
  });
  const auto kind = word<EveryKind>(every_kind_words);
  return {[phase, kind](Reading& reading, const Node& node, Every& out) {
            out.place = node.place;
            if (node.kind == NodeKind::map) {
              EveryPhase read;
              const std::size_t before = reading.findings().size();
              phase.read(reading, node, read);
              if (read.phase.empty() && reading.findings().size() == before && !node.cut)
                reading.report(RefusalCode::pack_missing_key, node.place, "phase", "");
              out.kind = EveryKind::phase;
              out.phase = read.phase;
            } else if (node.kind == NodeKind::scalar && node.text == "phase") {
              reading.report_type(node, "{phase: id}");
            } else {
              kind.read(reading, node, out.kind);
            }
          },
          kind.expected, shape::choice({kind.shape, shape::named("every", phase.shape)})};
}

Form<Due> due_form() {
  return named("due", map_of<Due>({
                          optional("from", &Due::from, anchor_form()),
                          optional("act", &Due::act, anchor_form()),
                          optional("enter", &Due::enter, anchor_form()),
                          optional("warn", &Due::warn, duration_use_form()),
                          optional("after_act", &Due::after_act, word<AfterAct>(after_act_words)),
                          later<Due>("pause_while"),
                      }));
}

Form<ProRata> pro_rata_form() {
  constexpr std::int64_t most = 1'000'000;
  return named("pro_rata",
               map_of<ProRata>({
                   unkept<ProRata>("of", Presence::optional, word<std::size_t>(pro_rata_of_words)),
                   required("round", &ProRata::round, word<Rounding>(rounding_words)),
                   optional("min", &ProRata::min, integer(0, most)),
               }));
}

Form<Leave> leave_form(bool defers) {
  std::vector<Key<Leave>> keys = {
      required("reasons", &Leave::reasons, some_of(id())),
      required("approver", &Leave::approver, path_form()),
      unkept<Leave>("scope", Presence::optional, word<std::size_t>(leave_scope_words)),
  };
  if (defers) keys.push_back(optional("at_most", &Leave::at_most, duration_use_form()));
  return named(defers ? "defer" : "exempt", map_of<Leave>(std::move(keys)));
}

// Without cases there is a period; with them the checker knows whether there has to be one.
void check_every_written(Reading& reading, const Node& node, Obligation& obligation) {
  obligation.place = node.place;
  obligation.every.is_by_case = node.find("every") == nullptr;
  if (!obligation.every.is_by_case) return;
  obligation.every.place = node.place;
  const bool is_misspelt = std::any_of(
      node.members.begin(), node.members.end(),
      [](const Member& member) { return nearest_word(member.key, {"every"}) == "every"; });
  if (!obligation.for_each && !node.find("for_each") && !node.cut && !is_misspelt)
    reading.report(RefusalCode::pack_missing_key, node.place, "every", "");
}

}  // namespace

Form<Obligation> obligation_form() {
  return named("obligation",
               map_of<Obligation>(
                   {
                       required("clause", &Obligation::clauses, one_or_list(token())),
                       label("title", &Obligation::title),
                       label("guide", &Obligation::guide),
                       unkept<Obligation>("note", Presence::optional, text()),
                       required("who", &Obligation::who, who_form()),
                       optional("for_each", &Obligation::for_each, for_each_form()),
                       later<Obligation>("counted_as"),
                       optional("every", &Obligation::every, every_form()),
                       required("needs", &Obligation::needs, test_form()),
                       optional("due", &Obligation::due, due_form()),
                       required("missing", &Obligation::missing, word<Missing>(missing_words)),
                       optional("first_period", &Obligation::first_period,
                                word<FirstPeriod>(first_period_words)),
                       optional("pro_rata", &Obligation::pro_rata, pro_rata_form()),
                       later<Obligation>("after_split"),
                       later<Obligation>("sharing"),
                       optional("exempt", &Obligation::exempt, leave_form(false)),
                       optional("defer", &Obligation::defer, leave_form(true)),
                       later<Obligation>("if_failed"),
                       optional("visible", &Obligation::visible, visible_form()),
                       label("message", &Obligation::message),
                   },
                   check_every_written));
}

}  // namespace huilu::policy
