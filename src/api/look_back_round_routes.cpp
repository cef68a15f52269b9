// Rounds of look-backs: open one, which draws; draw anew, lock; what was drawn and what was found.
#include <algorithm>

#include "api/look_back_round_views.h"
#include "api/round_views.h"
#include "api/routes.h"
#include "policy/finding.h"
#include "round/commands_look_backs.h"

namespace huilu::api {

namespace {

using command::Permission;

// One that the caller sees something of.
std::optional<round::WholeLookBackRound> read_look_back_round(const Call& call) {
  const auto id = call.id<RoundId>("id");
  auto whole = id ? round::find_look_back_round(*call.reader, *id) : std::nullopt;
  if (!whole || !LookBackSight(call, whole->round).sees_any(*whole)) return {};
  return whole;
}

Refusals check_look_back_types(const std::vector<std::string>& asked,
                               const std::vector<std::string>& all) {
  Refusals refusals;
  for (std::size_t i = 0; i < asked.size(); ++i) {
    if (std::find(all.begin(), all.end(), asked[i]) != all.end()) continue;
    const std::vector<std::string_view> words(all.begin(), all.end());
    refusals.push_back({RefusalCode::unknown_matter_type, "/types/" + std::to_string(i),
                        words.empty() ? "" : policy::nearest_or_all(asked[i], words), asked[i],
                        ""});
  }
  return refusals;
}

// size or percent; neither: all.
round::Sample sample_in(Members& in) {
  const auto size = in.optional_integer("size", 1, static_cast<int>(round::drawn_max));
  const auto percent = in.optional_integer("percent", 1, 100);
  if (size && percent) in.refuse(RefusalCode::unknown_word, "percent", "size", "percent");
  if (size) return {round::SampleKind::size, *size};
  if (percent) return {round::SampleKind::percent, *percent};
  return {};
}

round::Strata strata_in(Members& in) {
  const std::string word = in.optional_text("strata", 16).value_or("none");
  const auto& words = round::strata_words;
  const auto found = std::find(words.begin(), words.end(), word);
  if (found != words.end()) return static_cast<round::Strata>(found - words.begin());
  in.refuse(RefusalCode::unknown_word, "strata", "none, type, parent", word);
  return {};
}

Answer open_look_back_round(Call& call) {
  Refusals refusals;
  Members in(call.body, "", refusals);
  round::NewLookBackRound asked;
  asked.unit = in.id<UnitId>("unit");
  asked.name = in.text("name", 200);
  asked.types = in.texts("types", 50);
  asked.until = in.date("until");
  asked.sample = sample_in(in);
  asked.strata = strata_in(in);
  in.finish();
  if (refusals.empty()) refusals = call.check(Permission::round_change, {asked.unit}, "/unit");
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  const auto all = look_back_types(call);
  if (asked.types.empty()) asked.types = all;
  refusals = check_look_back_types(asked.types, all);
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  auto ground = round::draw_ground(round_ground(call), round_path(call, asked.unit), asked.unit,
                                   asked.types, asked.strata, asked.until);
  return Answer::run(
      std::make_unique<round::OpenLookBackRound>(std::move(asked), std::move(ground)));
}

Answer draw_look_back_round(Call& call) {
  Refusals refusals;
  Members in(call.body, "", refusals);
  const auto version = in.integer("version", 1, INT64_MAX);
  const auto reason = in.text("reason", 500);
  in.finish();
  if (refusals.empty()) refusals = call.check(Permission::round_change, {});
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  const auto whole = read_look_back_round(call);
  if (!whole) return Answer::no(RefusalCode::not_found);
  const auto& read = whole->round;
  auto ground = round::draw_ground(round_ground(call), round_path(call, read.unit), read.unit,
                                   read.types, read.strata, read.until);
  return Answer::run(std::make_unique<round::DrawAnew>(read, version, reason, std::move(ground)));
}

Answer lock_look_back_round(Call& call) {
  Refusals refusals;
  Members in(call.body, "", refusals);
  const auto version = in.integer("version", 1, INT64_MAX);
  const Value::List* const list = in.list("missing", round::drawn_max);
  std::vector<round::MissingReason> missing;
  for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
    Members item((*list)[i], "/missing/" + std::to_string(i), refusals);
    const auto matter = item.id<MatterId>("matter");
    missing.push_back({matter, item.text("reason", 500)});
    item.finish();
  }
  in.finish();
  if (refusals.empty()) refusals = call.check(Permission::round_change, {});
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  const auto whole = read_look_back_round(call);
  if (!whole) return Answer::no(RefusalCode::not_found);
  return Answer::run(
      std::make_unique<round::LockLookBackRound>(whole->round, version, std::move(missing)));
}

Answer list_look_back_rounds(Call& call) {
  Refusals refusals;
  Query query(call, refusals);
  round::LookBackRoundFilter filter;
  filter.unit = query.id<UnitId>("unit");
  filter.looker = query.id<UnitId>("looker");
  const std::string state = query.word("state", {"all", "open", "locked"});
  if (state != "all") filter.open = state == "open";
  filter.before = query.id<RoundId>("cursor").value_or(RoundId{});
  filter.limit = query.integer("limit", 20, 1, 100);
  query.finish();
  if (filter.unit.has_value() == filter.looker.has_value() && refusals.empty())
    refusals.push_back({RefusalCode::field_required, "/unit", "unit or looker", "", ""});
  if (refusals.empty()) {
    refusals = call.check(Permission::matter_read, {filter.unit ? *filter.unit : *filter.looker},
                          filter.unit ? "/unit" : "/looker");
  }
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  const auto rounds = round::list(*call.reader, filter);
  Value::List items;
  for (const auto& one : rounds)
    items.push_back(LookBackRoundViews(call, one).head(one, filter.looker));
  const bool full = rounds.size() == static_cast<std::size_t>(filter.limit);
  return Answer::of(listed(call, std::move(items), full ? rounds.back().id.text() : ""));
}

Answer show_look_back_round(Call& call) {
  if (auto refusals = call.check(Permission::matter_read, {}); !refusals.empty())
    return Answer::no(std::move(refusals));
  const auto whole = read_look_back_round(call);
  if (!whole) return Answer::no(RefusalCode::not_found);
  return Answer::of(LookBackRoundViews(call, whole->round).whole(*whole));
}

Answer list_look_back_round_rows(Call& call) {
  Refusals refusals;
  Query query(call, refusals);
  LookBackRoundViews::Page page;
  page.only = query.word("only", {"all", "missing", "looked", "fallen_short"});
  page.limit = static_cast<std::size_t>(query.integer("limit", 50, 1, 500));
  page.from = static_cast<std::size_t>(query.integer("cursor", 0, 0, 1'000'000));
  query.finish();
  if (refusals.empty()) refusals = call.check(Permission::matter_read, {});
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  const auto whole = read_look_back_round(call);
  if (!whole) return Answer::no(RefusalCode::not_found);
  auto rows = LookBackRoundViews(call, whole->round).rows(*whole, page);
  return Answer::of(listed(call, std::move(rows.items),
                           rows.next == 0 ? std::string() : std::to_string(rows.next)));
}

Answer show_look_back_draw(Call& call) {
  if (auto refusals = call.check(Permission::matter_read, {}); !refusals.empty())
    return Answer::no(std::move(refusals));
  const auto whole = read_look_back_round(call);
  if (!whole || !LookBackSight(call, whole->round).sees_draws())
    return Answer::no(RefusalCode::not_found);
  const std::string_view number = call.parameter("n");
  const auto draw =
      std::find_if(whole->draws.begin(), whole->draws.end(),
                   [&](const round::Draw& one) { return std::to_string(one.n) == number; });
  if (draw == whole->draws.end()) return Answer::no(RefusalCode::not_found);
  const auto candidates = round::candidates_of(*call.reader, whole->round.id, draw->n);
  return Answer::of(LookBackRoundViews(call, whole->round).draw(*whole, *draw, candidates));
}

}  // namespace

std::vector<Route> look_back_round_routes() {
  using enum http::Method;
  constexpr auto in = Access::signed_in;
  constexpr auto none = BodyKind::none;
  constexpr auto json = BodyKind::json;
  return {
      {get, "/look-back-rounds", in, Permission::matter_read, Asked::body_units, none, "",
       "LookBackRoundList", 200, "Rounds of look-backs of a unit, or those in which a unit looks",
       list_look_back_rounds, nullptr, "unit looker state limit cursor"},
      {post, "/look-back-rounds", in, Permission::round_change, Asked::body_units, json,
       "NewLookBackRound", "LookBackDrawn", 201,
       "Open a round of look-backs: all that is settled below a unit, or a sample that it draws",
       open_look_back_round},
      {get, "/look-back-rounds/{id}", in, Permission::matter_read, Asked::lists, none, "",
       "LookBackRoundWhole", 200,
       "A round with its figures and draws, as far as the caller sees it", show_look_back_round},
      {get, "/look-back-rounds/{id}/rows", in, Permission::matter_read, Asked::lists, none, "",
       "LookBackRowList", 200, "What was drawn, who looks, and what was found",
       list_look_back_round_rows, nullptr, "only limit cursor"},
      {get, "/look-back-rounds/{id}/draws/{n}", in, Permission::matter_read, Asked::lists, none, "",
       "LookBackDraw", 200, "A draw with its seed and its list, to draw it again",
       show_look_back_draw},
      {post, "/look-back-rounds/{id}/draws", in, Permission::round_change, Asked::lists, json,
       "LookBackRedraw", "LookBackDrawn", 200, "Draw anew, for a reason; the earlier draw stays",
       draw_look_back_round},
      {post, "/look-back-rounds/{id}/lock", in, Permission::round_change, Asked::lists, json,
       "LookBackLock", "RoundChanged", 200,
       "Lock it; what nobody has looked at takes a reason each", lock_look_back_round},
  };
}

}  // namespace huilu::api
