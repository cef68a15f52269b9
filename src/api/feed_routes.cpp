// Calendar feeds: made, renewed and revoked by whose they are, and read by his calendar program.
#include "api/deadlines.h"
#include "api/problem.h"
#include "api/routes.h"
#include "api/system.h"
#include "base/hash.h"
#include "base/text.h"
#include "feed/commands.h"
#include "feed/ical.h"
#include "feed/queries.h"
#include "feed/tables.h"

namespace huilu::api {

namespace {

using command::Permission;

constexpr std::string_view ending = ".ics";
// What is due later than this is of no use in a calendar: duties that hold at all times.
constexpr int days_ahead = 400;

Answer calendar_feed(Call& call) {
  const auto feed = feed::feed_of(*call.reader, call.who.account);
  const bool is_open = feed && feed->is_open();
  return Answer::of(Value::object({{"active", is_open},
                                   {"made", is_open ? Value(feed->made_at.text()) : Value()},
                                   {"version", feed ? feed->version : 0}}));
}

// The token is shown this once; the reply that is kept with the key does not hold it.
Answer make_feed(Call& call) {
  Refusals refusals;
  Members in(call.body, "", refusals);
  const auto version = in.integer("version", 0, INT64_MAX);
  in.finish();
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  const std::string token = base64url(random_bytes(32));
  auto answer = Answer::run(
      std::make_unique<feed::MakeFeed>(call.who.account, version, sha256(token), call.language));
  answer.complete = [path = std::string(calendar_prefix) + token +
                            std::string(ending)](Value& body) { body.set("path", path); };
  return answer;
}

Answer revoke_feed(Call& call) {
  Refusals refusals;
  Members in(call.body, "", refusals);
  const auto version = in.integer("version", 1, INT64_MAX);
  in.finish();
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  return Answer::run(std::make_unique<feed::RevokeFeed>(call.who.account, version));
}

std::vector<feed::Deadline> deadlines_of(Call& call) {
  std::vector<feed::Deadline> out;
  for (auto& one : what_is_due(call)) {
    if (!one.day || *one.day > call.today + days_ahead) continue;
    out.push_back({std::move(one.key), std::move(one.title), std::move(one.path), *one.day});
  }
  return out;
}

std::vector<feed::Event> events_now(Call& call, AccountId account) {
  auto changes = feed::changes_of(feed::events_of(*call.reader, account), deadlines_of(call),
                                  call.services.clock.now());
  if (changes.written.empty() && changes.forgotten.empty()) return std::move(changes.events);
  // Another process may have been first: what it has written is told.
  return call.services.side_writer.with([&](store::Connection& connection) {
    feed::keep_changes(connection, account, changes);
    return feed::events_of(connection, account);
  });
}

}  // namespace

http::Response calendar_response(Call& call) {
  const std::string_view path = call.request.path;
  const auto& method = call.request.method;
  if (method != http::Method::get && method != http::Method::head)
    return problem({{RefusalCode::method_not_allowed, "", "", "", ""}}, call.language);
  std::string_view token = path.substr(calendar_prefix.size());
  const bool is_whole = token.ends_with(ending);
  if (is_whole) token.remove_suffix(ending.size());
  const auto feed = is_whole ? feed::feed_with(*call.reader, token) : std::nullopt;
  if (!feed) return problem({{RefusalCode::not_found, "", "", "", ""}}, call.language);
  call.who.account = feed->account;
  call.language = feed->language;
  const auto events = events_now(call, feed->account);
  const auto* const setup = call.services.outbox;
  http::Response response;
  response.body = feed::calendar_text(words::text(call.language, "calendar_feed.name"),
                                      setup == nullptr ? "" : setup->link, events);
  const std::string etag = '"' + hex(bytes_of(sha256(response.body))).substr(0, 32) + '"';
  response.headers = {{"Content-Type", "text/calendar; charset=utf-8"},
                      {"Content-Language", std::string(words::tag_of(call.language))},
                      {"Cache-Control", "private, no-cache"},
                      {"ETag", etag}};
  if (call.request.header("if-none-match").find(etag) != std::string_view::npos) {
    response.status = 304;
    response.body.clear();
  }
  return response;
}

std::vector<Route> feed_routes() {
  using enum http::Method;
  constexpr auto in = Access::signed_in;
  constexpr auto own = Asked::nowhere;
  return {
      {get, "/me/calendar", in, Permission::signed_in, own, BodyKind::none, "", "CalendarFeed", 200,
       "Whether the caller has a calendar feed", calendar_feed},
      {post, "/me/calendar", in, Permission::signed_in, own, BodyKind::json, "NewCalendarFeed",
       "CalendarFeedMade", 201, "Make the feed, or make it anew: the old address is gone",
       make_feed},
      {post, "/me/calendar/revocation", in, Permission::signed_in, own, BodyKind::json,
       "CalendarFeedVersion", "Changed", 200, "Revoke the feed", revoke_feed},
  };
}

}  // namespace huilu::api
