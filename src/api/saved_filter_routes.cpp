// Filters of the ledger that somebody saved: those of the caller with those shared with a unit, and
// saving, changing and removing them.
#include <algorithm>
#include <array>

#include "api/routes.h"
#include "api/views.h"
#include "matter/saved_filters.h"
#include "policy/finding.h"

namespace huilu::api {

namespace {

using command::Permission;

constexpr std::array<std::string_view, 5> ways_to_show = {"table", "board", "timeline", "tree",
                                                          "grid"};

// A type that some version of a pack declares.
const policy::MatterType* find_type(const Call& call, std::string_view address) {
  for (const auto& pack : call.services.packs) {
    for (const auto& type : pack.matter_types) {
      if (type.address == address) return &type;
    }
  }
  return nullptr;
}

void keep_word(Members& in, std::string_view key, const std::vector<std::string_view>& words,
               Value& kept) {
  const auto word = in.optional_text(key, 64);
  if (!word) return;
  if (std::ranges::find(words, *word) == words.end()) {
    return in.refuse(RefusalCode::unknown_word, key, policy::nearest_or_all(*word, words), *word);
  }
  kept.set(std::string(key), *word);
}

void keep_type(const Call& call, Members& in, Value& kept) {
  const auto address = in.optional_text("type", 200);
  const auto state = in.optional_text("state", 64);
  const auto* const type = address ? find_type(call, *address) : nullptr;
  if (address && type == nullptr) {
    in.refuse(RefusalCode::unknown_matter_type, "type", "", *address);
  }
  if (state && !address) in.refuse(RefusalCode::field_required, "type");
  if (state && type != nullptr && type->find_state(*state) == nullptr) {
    in.refuse(RefusalCode::unknown_word, "state", "", *state);
  }
  if (address) kept.set("type", *address);
  if (state) kept.set("state", *state);
}

// What is looked at, as it is kept: no member that says nothing.
Value read_view(const Call& call, Members& outer, Refusals& refusals) {
  Value kept{Value::Object{}};
  const Value* const view = outer.object("view");
  if (view == nullptr) {
    outer.refuse(RefusalCode::field_required, "view");
    return kept;
  }
  Members in(*view, "/view", refusals);
  if (const auto unit = in.optional_id<UnitId>("unit")) kept.set("unit", unit->text());
  keep_type(call, in, kept);
  for (const std::string_view name : {"party", "open", "overdue", "stale"}) {
    if (in.flag(name, false)) kept.set(std::string(name), true);
  }
  if (const auto within = in.optional_integer("due_within", 0, 3660)) {
    kept.set("due_within", *within);
  }
  for (const std::string_view name : {"due_from", "due_before"}) {
    if (const auto day = in.optional_date(name)) kept.set(std::string(name), day->text());
  }
  const auto text = in.optional_text("text", 100);
  if (text && !text->empty()) kept.set("text", *text);
  keep_word(in, "sort", {"newest", "due"}, kept);
  keep_word(in, "show", {ways_to_show.begin(), ways_to_show.end()}, kept);
  in.finish();
  return kept;
}

matter::NewFilter read_filter(const Call& call, Members& in, Refusals& refusals) {
  matter::NewFilter asked;
  asked.name = in.text("name", matter::filter_name_max);
  asked.unit = in.optional_id<UnitId>("unit");
  asked.content = read_view(call, in, refusals);
  return asked;
}

Value saved_filter_view(const Call& call, const matter::SavedFilter& filter) {
  return Value::object({{"id", filter.id.text()},
                        {"name", filter.said.name},
                        {"unit", id_or_null(filter.said.unit)},
                        {"mine", filter.account == call.who.account},
                        {"view", filter.said.content},
                        {"version", filter.version},
                        {"changed_at", filter.at.text()}});
}

Answer list_filters(Call& call) {
  Refusals refusals;
  Query query(call, refusals);
  const auto unit = query.id<UnitId>("unit");
  query.finish();
  if (refusals.empty()) {
    refusals = unit ? call.check(Permission::matter_read, {*unit}, "/unit")
                    : call.check(Permission::matter_read, {});
  }
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  Value::List items;
  for (const auto& filter : matter::saved_filters(*call.reader, call.who.account, unit)) {
    items.push_back(saved_filter_view(call, filter));
  }
  return Answer::of(listed(call, std::move(items), ""));
}

Refusals check_sharing(const Call& call, const std::optional<UnitId>& unit) {
  if (!unit) return call.check(Permission::matter_read, {});
  auto refusals = call.check(Permission::matter_read, {*unit}, "/unit");
  if (!refusals.empty() && refusals.front().code == RefusalCode::not_found) {
    refusals = {{RefusalCode::unknown_unit, "/unit", "", unit->text(), ""}};
  }
  return refusals;
}

Answer save_filter(Call& call) {
  Refusals refusals;
  Members in(call.body, "", refusals);
  auto asked = read_filter(call, in, refusals);
  in.finish();
  if (refusals.empty()) refusals = check_sharing(call, asked.unit);
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  return Answer::run(std::make_unique<matter::SaveFilter>(std::move(asked), call.who.account));
}

// One that the caller finds in a list.
std::optional<matter::SavedFilter> read_saved_filter(const Call& call) {
  const auto id = call.id<matter::SavedFilterId>("id");
  auto filter = id ? matter::find_saved_filter(*call.reader, *id) : std::nullopt;
  if (!filter || filter->account == call.who.account) return filter;
  const auto& unit = filter->said.unit;
  if (!unit || !call.check(Permission::matter_read, {*unit}).empty()) return {};
  return filter;
}

Answer change_filter(Call& call) {
  Refusals refusals;
  Members in(call.body, "", refusals);
  const auto version = in.integer("version", 1, INT64_MAX);
  auto asked = read_filter(call, in, refusals);
  in.finish();
  if (refusals.empty()) refusals = check_sharing(call, asked.unit);
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  auto filter = read_saved_filter(call);
  if (!filter) return Answer::no(RefusalCode::not_found);
  return Answer::run(std::make_unique<matter::ChangeFilter>(std::move(*filter), std::move(asked),
                                                            version, call.who.account));
}

Answer remove_filter(Call& call) {
  Refusals refusals;
  Members in(call.body, "", refusals);
  const auto version = in.integer("version", 1, INT64_MAX);
  in.finish();
  if (refusals.empty()) refusals = call.check(Permission::matter_read, {});
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  auto filter = read_saved_filter(call);
  if (!filter) return Answer::no(RefusalCode::not_found);
  return Answer::run(
      std::make_unique<matter::RemoveFilter>(std::move(*filter), version, call.who.account));
}

}  // namespace

std::vector<Route> saved_filter_routes() {
  using enum http::Method;
  constexpr auto in = Access::signed_in;
  constexpr auto json = BodyKind::json;
  return {
      {get, "/saved-filters", in, Permission::matter_read, Asked::body_units, BodyKind::none, "",
       "SavedFilterList", 200,
       "The caller's own filters of the ledger, then those shared with the unit", list_filters,
       nullptr, "unit"},
      {post, "/saved-filters", in, Permission::matter_read, Asked::body_units, json,
       "NewSavedFilter", "SavedFilterChanged", 201,
       "Save a filter of the ledger; `unit` shares it with whoever reads that unit's ledger",
       save_filter},
      {post, "/saved-filters/{id}", in, Permission::matter_read, Asked::lists, json,
       "SavedFilterEdit", "SavedFilterChanged", 200,
       "Rename, share or replace it; by who saved it alone", change_filter},
      {post, "/saved-filters/{id}/removal", in, Permission::matter_read, Asked::lists, json,
       "SavedFilterRemoval", "SavedFilterChanged", 200,
       "Remove it; who keeps the ledger that it is shared with takes it off that list",
       remove_filter},
  };
}

}  // namespace huilu::api
