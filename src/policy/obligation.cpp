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
  for (const std::string_view key : {"where", "active", "announced"})
    if (node.find(key) && !node.find("record"))
      reading.report(RefusalCode::pack_shape, node.below(key).place, "record", std::string(key));
}

Form<ForEach> for_each_form() {
  const Form<std::optional<Anchor>> an_anchor = {
      [form = anchor_form()](Reading& reading, const Node& node, std::optional<Anchor>& out) {
        form.read(reading, node, out.emplace());
      },
      "date or moment", anchor_form().shape};
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
                                of_records("active", &Set::active, an_anchor),
                                optional("announced", &ForEach::announced, anchor_form()),
                                later<ForEach>("matter"),
                                later<ForEach>("units"),
                                later<ForEach>("items"),
                                later<ForEach>("cases"),
                            },
                            check_for_each)));
}

// What stands in a map after `every`.
struct EveryMap {
  std::string phase;
  std::optional<std::int64_t> years, from;
  std::optional<std::size_t> cumulative;
  std::optional<Leap> leap;
  Every rest;
};

constexpr std::array<std::string_view, 7> every_keys = {
    "phase", "anniversary", "years", "cumulative", "window", "rolling", "after_last"};
constexpr std::array<std::string_view, 1> cumulative_words = {"year"};

template <class M>
Key<EveryMap> of_every(std::string_view name, std::optional<M> Every::*member, Form<M> form) {
  ShapePointer shape = form.shape;
  return {name, Presence::optional, form.expected,
          [member, form](Reading& reading, const Node&, const Node* value, EveryMap& out) {
            if (value) form.read(reading, *value, (out.rest.*member).emplace());
          },
          std::move(shape)};
}

void check_every_map(Reading& reading, const Node& node, EveryMap&) {
  reading::one_of_keys(reading, node, {every_keys.begin(), every_keys.end()});
  const auto need = [&](std::string_view key, std::string_view other, std::string_view written) {
    if (node.find(key) && !node.find(other) && !node.cut)
      reading.report(RefusalCode::pack_missing_key, node.place, std::string(written), "");
    if (node.find(other) && !node.find(key))
      reading.report(RefusalCode::pack_shape, node.below(other).place, std::string(key),
                     std::string(other));
  };
  need("anniversary", "leap", "leap: feb28, leap: mar1");
  need("years", "from", "from");
}

Form<EveryMap> every_map_form() {
  constexpr std::int64_t years_most = 50;
  return exactly_one(
      every_keys,
      named("every", map_of<EveryMap>(
                         {
                             optional("phase", &EveryMap::phase, id()),
                             of_every("anniversary", &Every::anniversary, path_form()),
                             optional("leap", &EveryMap::leap, word<Leap>(leap_words)),
                             optional("years", &EveryMap::years, integer(2, years_most)),
                             optional("from", &EveryMap::from, integer(1900, 2200)),
                             optional("cumulative", &EveryMap::cumulative,
                                      word<std::size_t>(cumulative_words)),
                             of_every("window", &Every::window, during_form()),
                             of_every("rolling", &Every::rolling, duration_use_form()),
                             of_every("after_last", &Every::after_last, duration_use_form()),
                         },
                         check_every_map)));
}

void read_every_map(EveryMap read, const Node& node, Every& out) {
  const Place place = out.place;
  const bool is_by_case = out.is_by_case;
  out = std::move(read.rest);
  out.place = place;
  out.is_by_case = is_by_case;
  out.kind = node.find("phase")                                ? EveryKind::phase
             : node.find("rolling") || node.find("after_last") ? EveryKind::always
                                                               : EveryKind::year;
  out.phase = read.phase;
  out.leap = read.leap.value_or(Leap::feb28);
  out.years = read.years.value_or(1);
  out.first_year = read.from.value_or(0);
  out.is_cumulative = node.find("cumulative") != nullptr;
}

Form<Every> every_form() {
  const auto map = every_map_form();
  const auto kind = word<EveryKind>(every_kind_words);
  return {[map, kind](Reading& reading, const Node& node, Every& out) {
            out.place = node.place;
            if (node.kind == NodeKind::map) {
              EveryMap read;
              map.read(reading, node, read);
              read_every_map(std::move(read), node, out);
            } else if (node.kind == NodeKind::scalar && node.text == "phase") {
              reading.report_type(node, "{phase: id}");
            } else {
              kind.read(reading, node, out.kind);
            }
          },
          kind.expected, shape::choice({kind.shape, map.shape})};
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

Form<Sharing> sharing_form() {
  return named("sharing", map_of<Sharing>({
                              required("exclusive", &Sharing::group, id()),
                              optional("unless", &Sharing::unless, parameter_use_form()),
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
                       optional("sharing", &Obligation::sharing, sharing_form()),
                       optional("exempt", &Obligation::exempt, leave_form(false)),
                       optional("defer", &Obligation::defer, leave_form(true)),
                       later<Obligation>("if_failed"),
                       optional("visible", &Obligation::visible, visible_form()),
                       label("message", &Obligation::message),
                       optional("strand", &Obligation::strand, id()),
                       optional("goal", &Obligation::goal, id()),
                   },
                   check_every_written));
}

}  // namespace huilu::policy
