// Look-backs: what was found when a settled matter was looked at again; how a subtree stands, and
// what nobody has looked at yet.
#include <algorithm>

#include "api/enactment_views.h"
#include "api/matter_reads.h"
#include "api/matter_views.h"
#include "api/routes.h"
#include "api/views.h"
#include "matter/deeds.h"
#include "matter/look_backs.h"
#include "obligation/look_back.h"
#include "org/queries.h"

namespace huilu::api {

namespace {

using command::Permission;

std::string found_title(words::Language language, const std::string& found) {
  return words::text(language, "sentence.look_back." + found);
}

Answer look_back(Call& call) {
  Refusals refusals;
  Members in(call.body, "", refusals);
  const auto version = in.integer("version", 1, INT64_MAX);
  matter::AskedDeed asked;
  asked.kind = obligation::DeedKind::looked_back;
  asked.found = in.text("outcome", 64);
  obligation::Change change;
  change.reason = in.optional_text("reason", 500).value_or("");
  change.evidence = in.ids<FileId>("evidence", 100);
  in.finish();
  if (refusals.empty()) refusals = call.check(Permission::matter_change, {});
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  const auto id = call.id<MatterId>("id");
  auto read = id ? read_matter(call, *id, change) : std::nullopt;
  if (!read) return Answer::no(RefusalCode::not_found);
  return Answer::run(std::make_unique<matter::DoDeed>(std::move(*read), std::move(asked),
                                                      std::move(change), version, call.who.account,
                                                      call.today, call.services.clock.now()));
}

// By address, the newest version last: every type that has ever been looked back at.
std::map<std::string, const policy::MatterType*> types_with_look_back(const Call& call) {
  std::map<std::string, const policy::MatterType*> types;
  for (const auto& pack : call.services.packs) {
    for (const auto& type : pack.matter_types) {
      if (type.look_back) types[type.address] = &type;
    }
  }
  return types;
}

Value look_back_counts_view(const policy::MatterType& type, const matter::LookBackCount& count,
                            words::Language language) {
  Value::List found;
  std::int64_t looked_back = 0;
  for (const auto word : policy::look_back_outcome_words) {
    const auto times = count.found.find(std::string(word));
    const std::int64_t number = times == count.found.end() ? 0 : times->second;
    looked_back += number;
    found.push_back(Value::object({{"outcome", word},
                                   {"title", found_title(language, std::string(word))},
                                   {"count", number}}));
  }
  return Value::object({{"type", type.address},
                        {"title", label_in(type.title, language)},
                        {"settled", count.settled},
                        {"awaited", count.awaited},
                        {"due", count.due},
                        {"missed", count.missed},
                        {"looked_back", looked_back},
                        {"found", std::move(found)}});
}

Answer count_look_backs(Call& call) {
  const auto unit = call.id<UnitId>("id");
  if (!unit) return Answer::no(RefusalCode::not_found);
  auto refusals = call.check(Permission::matter_read, {*unit});
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  const std::string path = org::unit_on(*call.reader, *unit, call.today)->path;
  Value::List types;
  for (const auto& [address, type] : types_with_look_back(call)) {
    const auto count = matter::look_back_count(*call.reader, path, address, call.today);
    if (count.settled > 0) types.push_back(look_back_counts_view(*type, count, call.language));
  }
  return Answer::of(Value::object({{"types", std::move(types)}, {"as_of", as_of(call)}}));
}

Answer list_look_backs(Call& call) {
  Refusals refusals;
  Query query(call, refusals);
  matter::LookBackFilter filter;
  const auto unit = query.id<UnitId>("unit");
  filter.type = query.text("type");
  const auto which = query.word("which", {"missed", "due", "all"});
  filter.limit = query.integer("limit", 50, 1, 200);
  filter.cursor = query.text("cursor").value_or("");
  query.finish();
  if (!unit && refusals.empty()) {
    refusals.push_back({RefusalCode::field_required, "/unit", "unit", "", ""});
  }
  if (refusals.empty()) refusals = call.check(Permission::matter_read, {*unit}, "/unit");
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  if (which == "due") filter.due_before = call.today + 1;
  if (which == "missed") filter.due_before = call.today;
  filter.path = org::unit_on(*call.reader, *unit, call.today)->path;
  const auto page = matter::open_look_backs(*call.reader, filter);
  if (!page) return Answer::no(page.refusals());
  std::vector<MatterId> ids;
  for (const auto& one : page->items) ids.push_back(one.matter);
  std::vector<MatterId> sorted = ids;
  std::ranges::sort(sorted);
  const auto stored = matter::find_all(*call.reader, sorted);
  MatterViews views(call);
  views.load(stored);
  Value::List items;
  for (const auto& one : page->items) {
    const auto found = std::ranges::find_if(stored, [&](const matter::Stored& candidate) {
      return candidate.now.matter.id == one.matter;
    });
    if (found == stored.end()) continue;
    const auto due = Date::parse(one.due);
    items.push_back(Value::object({{"matter", views.matter(*found)},
                                   {"due", date_or_null(due)},
                                   {"missed", due && *due < call.today}}));
  }
  return Answer::of(listed(call, std::move(items), page->next_cursor));
}

}  // namespace

Value MatterViews::look_back_times(const matter::Read& read,
                                   const std::vector<obligation::LookBackNow>& all) {
  Value::List times;
  const auto& unit = read.stored.now.matter.unit;
  for (const auto& one : all) {
    const auto* const version = one.done ? &read.history.at(*one.done) : nullptr;
    times.push_back(Value::object(
        {{"since", one.since.text()},
         {"due", date_or_null(one.due)},
         {"assumed", one.is_assumed},
         {"provisional", one.is_provisional},
         {"outcome", version == nullptr ? Value() : Value(one.found)},
         {"outcome_title",
          version == nullptr ? Value() : Value(found_title(call_.language, one.found))},
         {"at", version == nullptr ? Value() : Value(version->at.text())},
         {"by", version == nullptr ? Value() : actor_or_null(version->account)},
         {"by_name",
          version == nullptr ? Value() : account_name(read.type(), unit, version->account)},
         {"reason", version == nullptr ? Value() : Value(version->reason)}}));
  }
  return times;
}

Value MatterViews::look_back_view(const matter::Read& read, const obligation::Lifecycle& life,
                                  const obligation::Actor& actor,
                                  const std::vector<obligation::Made>& made) {
  const auto& type = read.type();
  const auto all = obligation::look_backs_of(life, read.steps);
  if (!type.look_back || all.empty()) return {};
  const auto& matter = read.stored.now.matter;
  const auto& last = all.back();
  const std::string& settling = read.history.at(last.entered).move;
  const bool settled_it = std::ranges::any_of(
      made, [&](const obligation::Made& one) { return one.move == settling && one.by_actor; });
  Value may;
  const bool stands =
      std::ranges::find(type.look_back->starts, matter.state) != type.look_back->starts.end();
  if (stands) {
    auto refusals = obligation::check_looking_back(life, matter, "", {}, actor, settled_it,
                                                   obligation::Asking::form);
    may = may_view(type, type.look_back->by, std::move(refusals));
  }
  Value::List outcomes;
  for (const auto outcome : type.look_back->outcomes) {
    const std::string word(policy::look_back_outcome_words[static_cast<std::size_t>(outcome)]);
    const bool is_good =
        outcome == policy::LookBackOutcome::holds || outcome == policy::LookBackOutcome::partly;
    outcomes.push_back(
        Value::object({{"outcome", word},
                       {"title", found_title(call_.language, word)},
                       {"open_now", !is_good || !last.due || *last.due <= call_.today}}));
  }
  const bool awaited = stands && !last.done;
  return Value::object(
      {{"by", role_titles(type, type.look_back->by)},
       {"clauses", Value::List(type.look_back->clauses.begin(), type.look_back->clauses.end())},
       {"due", awaited ? date_or_null(last.due) : Value()},
       {"missed", awaited && last.due && *last.due < call_.today},
       {"outcomes", std::move(outcomes)},
       {"times", look_back_times(read, all)},
       {"may", std::move(may)}});
}

std::vector<Route> look_back_routes() {
  using enum http::Method;
  constexpr auto in = Access::signed_in;
  constexpr auto none = BodyKind::none;
  return {
      {post, "/matters/{id}/look-backs", in, Permission::matter_change, Asked::lists,
       BodyKind::json, "LookBack", "MatterChanged", 200,
       "Say what was found when the settled matter was looked at again", look_back},
      {get, "/look-backs", in, Permission::matter_read, Asked::body_units, none, "", "LookBackList",
       200, "What nobody has looked at again yet in a subtree, by its day", list_look_backs,
       nullptr, "unit type which limit cursor"},
      {get, "/units/{id}/look-backs/counts", in, Permission::matter_read, Asked::path_unit, none,
       "", "LookBackCounts", 200,
       "How often matters of the subtree were settled, looked at again, and what was found",
       count_look_backs},
  };
}

}  // namespace huilu::api
