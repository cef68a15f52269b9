// Rounds of a ledger: open, write lines, confirm, lock, decide tasks and report on them; the round
// is the meeting's agenda.
#include <algorithm>
#include <charconv>

#include "api/round_views.h"
#include "api/routes.h"
#include "org/queries.h"
#include "policy/finding.h"
#include "round/commands.h"

namespace huilu::api {

namespace {

using command::Permission;

// One that the caller sees something of.
std::optional<round::Whole> read_round(const Call& call) {
  const auto id = call.id<RoundId>("id");
  auto whole = id ? round::find(*call.reader, *id) : std::nullopt;
  if (!whole || !RoundSight(call, whole->round).sees_any(*whole)) return {};
  return whole;
}

// Types that were asked for and that rounds do not ask about.
Refusals check_types(const std::vector<std::string>& asked, const std::vector<std::string>& all) {
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

// What the figures count that are not counted from the rows, as things stand.
round::CountedMatters counted_now(const Call& call, const round::Ledger& now) {
  const auto& of = now.whole.round;
  const auto ledger =
      round::all_in_ledger(*call.reader, round_path(call, of.unit), of.types, call.today);
  return now.counted(ledger, call.today);
}

Answer open_round(Call& call) {
  Refusals refusals;
  Members in(call.body, "", refusals);
  round::NewRound asked;
  asked.unit = in.id<UnitId>("unit");
  asked.name = in.text("name", 200);
  asked.types = in.texts("types", 50);
  asked.cutoff = in.date("cutoff");
  asked.near_days = in.optional_integer("near_days", 0, 1000).value_or(round::near_days_default);
  asked.silent_days =
      in.optional_integer("silent_days", 0, 1000).value_or(round::silent_days_default);
  in.finish();
  if (refusals.empty()) refusals = call.check(Permission::round_change, {asked.unit}, "/unit");
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  const auto all = round_types(call);
  if (asked.types.empty()) asked.types = all;
  refusals = check_types(asked.types, all);
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  auto rows = round::rows_to_take(round_ground(call), round_path(call, asked.unit), asked.types,
                                  asked.unit);
  return Answer::run(std::make_unique<round::OpenRound>(std::move(asked), std::move(rows)));
}

Answer write_line(Call& call) {
  Refusals refusals;
  Members in(call.body, "", refusals);
  round::NewLine asked;
  asked.matter = in.id<MatterId>("matter");
  asked.seen = in.integer("version", 0, INT64_MAX);
  const std::string word = in.text("kind", 16);
  const auto kind = std::find(round::line_words.begin(), round::line_words.end(), word);
  if (kind != round::line_words.end())
    asked.kind = static_cast<round::LineKind>(kind - round::line_words.begin());
  else if (!word.empty())
    in.refuse(RefusalCode::unknown_word, "kind", "progress, none", word);
  asked.said = in.text("said", 2000);
  in.finish();
  if (refusals.empty()) refusals = call.check(Permission::matter_change, {});
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  const auto whole = read_round(call);
  if (!whole) return Answer::no(RefusalCode::not_found);
  const round::Row* const row = whole->find_row(asked.matter);
  if (row == nullptr || !RoundSight(call, whole->round).sees(*row))
    return Answer::no(RefusalCode::unknown_matter, "/matter", "", asked.matter.text());
  const UnitId unit = row->line_unit;
  return Answer::run(std::make_unique<round::WriteLine>(whole->round.id, unit, std::move(asked)));
}

Answer confirm_lines(Call& call) {
  Refusals refusals;
  Members in(call.body, "", refusals);
  const auto lead = in.id<UnitId>("lead");
  in.finish();
  if (refusals.empty()) refusals = call.check(Permission::matter_change, {});
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  const auto whole = read_round(call);
  if (!whole) return Answer::no(RefusalCode::not_found);
  return Answer::run(std::make_unique<round::ConfirmLines>(whole->round.id, lead));
}

Answer lock_round(Call& call) {
  Refusals refusals;
  Members in(call.body, "", refusals);
  const auto version = in.integer("version", 1, INT64_MAX);
  auto reason = in.optional_text("reason", 2000).value_or("");
  in.finish();
  if (refusals.empty()) refusals = call.check(Permission::round_change, {});
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  auto whole = read_round(call);
  if (!whole) return Answer::no(RefusalCode::not_found);
  const auto now = round_now(call, std::move(*whole));
  return Answer::run(std::make_unique<round::LockRound>(now.whole.round, version, std::move(reason),
                                                        now.standings(), now.figures(call.today),
                                                        counted_now(call, now)));
}

// The matters behind a figure that is not counted from the rows: as they stand, and of a locked
// round those that it counted then.
Answer list_counted(Call& call) {
  Refusals refusals;
  Query query(call, refusals);
  const std::string figure =
      query.word("of", {round::counted_words.begin(), round::counted_words.end()});
  const auto limit = static_cast<std::size_t>(query.integer("limit", 50, 1, 500));
  const auto from = static_cast<std::size_t>(query.integer("cursor", 0, 0, 1'000'000));
  query.finish();
  if (refusals.empty()) refusals = call.check(Permission::matter_read, {});
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  auto whole = read_round(call);
  if (!whole || !RoundSight(call, whole->round).whole()) return Answer::no(RefusalCode::not_found);
  std::vector<MatterId> all;
  if (whole->round.is_open()) {
    all = counted_now(call, round_now(call, std::move(*whole)))[figure];
  } else {
    all = round::counted_in(*call.reader, whole->round.id, figure);
  }
  const std::size_t until = std::min(all.size(), from + limit);
  std::vector<MatterId> ids;
  for (std::size_t i = from; i < until; ++i) ids.push_back(all[i]);
  const auto found = matter::find_all(*call.reader, ids);
  MatterViews views(call);
  views.load(found);
  Value::List items;
  for (const auto& one : found) items.push_back(views.matter(one));
  return Answer::of(
      listed(call, std::move(items), until < all.size() ? std::to_string(until) : std::string()));
}

Answer decide_task(Call& call) {
  Refusals refusals;
  Members in(call.body, "", refusals);
  round::NewTask asked;
  asked.matter = in.optional_id<MatterId>("matter");
  asked.unit = in.id<UnitId>("unit");
  asked.due = in.date("due");
  asked.said = in.text("said", 2000);
  in.finish();
  if (refusals.empty()) refusals = call.check(Permission::round_change, {});
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  const auto whole = read_round(call);
  if (!whole) return Answer::no(RefusalCode::not_found);
  return Answer::run(std::make_unique<round::DecideTask>(whole->round, std::move(asked)));
}

Answer report_task(Call& call) {
  Refusals refusals;
  Members in(call.body, "", refusals);
  round::NewReport asked;
  const Value* const done = in.value("done");
  if (done == nullptr)
    in.refuse(RefusalCode::field_required, "done");
  else if (done->boolean() == nullptr)
    in.refuse(RefusalCode::field_type, "done", "true, false", to_json(*done));
  else
    asked.done = *done->boolean();
  asked.said = in.text("said", 2000);
  in.finish();
  const Permission needed = asked.done ? Permission::matter_change : Permission::round_change;
  if (refusals.empty()) refusals = call.check(needed, {});
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  const auto whole = read_round(call);
  const std::string_view number = call.parameter("n");
  std::from_chars(number.data(), number.data() + number.size(), asked.n);
  const round::Task* const task = whole ? whole->find_task(asked.n) : nullptr;
  if (task == nullptr || std::to_string(asked.n) != number)
    return Answer::no(RefusalCode::not_found);
  return Answer::run(
      std::make_unique<round::ReportTask>(whole->round, task->unit, std::move(asked)));
}

Answer list_rounds(Call& call) {
  Refusals refusals;
  Query query(call, refusals);
  round::Filter filter;
  filter.unit = query.id<UnitId>("unit");
  filter.party = query.id<UnitId>("party");
  const std::string state = query.word("state", {"all", "open", "locked"});
  if (state != "all") filter.open = state == "open";
  filter.before = query.id<RoundId>("cursor").value_or(RoundId{});
  filter.limit = query.integer("limit", 20, 1, 100);
  query.finish();
  if (filter.unit.has_value() == filter.party.has_value() && refusals.empty())
    refusals.push_back({RefusalCode::field_required, "/unit", "unit or party", "", ""});
  if (refusals.empty()) {
    refusals = call.check(Permission::matter_read, {filter.unit ? *filter.unit : *filter.party},
                          filter.unit ? "/unit" : "/party");
  }
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  const auto rounds = round::list(*call.reader, filter);
  Value::List items;
  for (const auto& one : rounds) items.push_back(RoundViews(call, one).head(one, filter.party));
  const bool full = rounds.size() == static_cast<std::size_t>(filter.limit);
  return Answer::of(listed(call, std::move(items), full ? rounds.back().id.text() : ""));
}

Answer show_round(Call& call) {
  if (auto refusals = call.check(Permission::matter_read, {}); !refusals.empty())
    return Answer::no(std::move(refusals));
  auto whole = read_round(call);
  if (!whole) return Answer::no(RefusalCode::not_found);
  const auto now = round_now(call, std::move(*whole));
  return Answer::of(RoundViews(call, now.whole.round).whole(now));
}

Answer list_round_rows(Call& call) {
  Refusals refusals;
  Query query(call, refusals);
  RoundViews::Page page;
  page.unit = query.id<UnitId>("unit");
  page.lead = query.id<UnitId>("lead");
  page.only =
      query.word("only", {"all", "asks", "unanswered", "late", "silent", "worth", "changed"});
  page.limit = static_cast<std::size_t>(query.integer("limit", 50, 1, 500));
  page.from = static_cast<std::size_t>(query.integer("cursor", 0, 0, 1'000'000));
  query.finish();
  if (refusals.empty()) refusals = call.check(Permission::matter_read, {});
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  auto whole = read_round(call);
  if (!whole) return Answer::no(RefusalCode::not_found);
  const auto now = round_now(call, std::move(*whole));
  auto rows = RoundViews(call, now.whole.round).rows(now, page);
  return Answer::of(listed(call, std::move(rows.items),
                           rows.next == 0 ? std::string() : std::to_string(rows.next)));
}

}  // namespace

std::vector<Route> round_routes() {
  using enum http::Method;
  constexpr auto in = Access::signed_in;
  constexpr auto none = BodyKind::none;
  constexpr auto json = BodyKind::json;
  return {
      {get, "/rounds", in, Permission::matter_read, Asked::body_units, none, "", "RoundList", 200,
       "Rounds of a unit's ledger, or those that a unit has a part in, newest first", list_rounds,
       nullptr, "unit party state limit cursor"},
      {post, "/rounds", in, Permission::round_change, Asked::body_units, json, "NewRound",
       "RoundOpened", 201, "Open a round: it takes in the open matters of the unit's subtree",
       open_round},
      {get, "/rounds/{id}", in, Permission::matter_read, Asked::lists, none, "", "RoundWhole", 200,
       "A round with its figures, lead units and tasks, as far as the caller has a part in it",
       show_round},
      {get, "/rounds/{id}/rows", in, Permission::matter_read, Asked::lists, none, "",
       "RoundRowList", 200, "Its matters by lead unit in official order", list_round_rows, nullptr,
       "unit lead only limit cursor"},
      {get, "/rounds/{id}/counted", in, Permission::matter_read, Asked::lists, none, "",
       "RoundCounted", 200, "The matters behind a figure that is not counted from its rows",
       list_counted, nullptr, "of limit cursor"},
      {post, "/rounds/{id}/lines", in, Permission::matter_change, Asked::lists, json,
       "NewRoundLine", "RoundLineWritten", 200, "Say how far a matter is, or why nothing is new",
       write_line},
      {post, "/rounds/{id}/confirmation", in, Permission::matter_change, Asked::lists, json,
       "RoundConfirmation", "RoundChanged", 200, "Stand by the lines of a lead unit's matters",
       confirm_lines},
      {post, "/rounds/{id}/lock", in, Permission::round_change, Asked::lists, json, "RoundLock",
       "RoundChanged", 200, "Lock it; its figures stay as they are", lock_round},
      {post, "/rounds/{id}/tasks", in, Permission::round_change, Asked::lists, json, "NewRoundTask",
       "RoundTaskDecided", 201, "Decide who does what by when", decide_task},
      {post, "/rounds/{id}/tasks/{n}/reports", in, Permission::matter_change, Asked::lists, json,
       "NewRoundReport", "RoundChanged", 200,
       "Say that a task is done; the office says that it is not (round_change)", report_task},
  };
}

}  // namespace huilu::api
