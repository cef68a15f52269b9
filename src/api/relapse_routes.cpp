// Relapses: what a new matter is like before it is opened, and what somebody says of those that
// were proposed with it.
#include "api/relapses.h"

#include <array>
#include <map>

#include "api/enactment_views.h"
#include "api/matter_reads.h"
#include "api/matter_views.h"
#include "api/routes.h"
#include "api/views.h"
#include "matter/relapses.h"
#include "obligation/matter_context.h"

namespace huilu::api {

namespace {

using command::Permission;

constexpr std::array<std::string_view, 3> stands_words = {"proposed", "confirmed", "denied"};

// The fields by their titles, and what both say.
Value why_alike(const policy::MatterType& type, const obligation::Alike& why,
                words::Language language) {
  Value::List same;
  for (const auto& name : why.same) {
    const auto* const field = type.find_field(name);
    same.push_back(field == nullptr ? name : label_in(field->title, language));
  }
  return Value::object({{"same", std::move(same)},
                        {"common", Value::List(why.common.begin(), why.common.end())},
                        {"percent", why.millionths / 10'000}});
}

Answer say_relapse(Call& call) {
  Refusals refusals;
  Members in(call.body, "", refusals);
  const auto version = in.integer("version", 1, INT64_MAX);
  matter::SayRelapse::Asked asked;
  asked.other = in.id<MatterId>("other");
  const std::string says = in.text("says", 64);
  if (!says.empty() && says != "relapse" && says != "no_relapse")
    in.refuse(RefusalCode::unknown_word, "says", "relapse, no_relapse", says);
  asked.confirms = says == "relapse";
  asked.reason = in.optional_text("reason", 500).value_or("");
  in.finish();
  if (refusals.empty()) refusals = call.check(Permission::matter_change, {});
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  const auto id = call.id<MatterId>("id");
  auto read = id ? read_matter(call, *id) : std::nullopt;
  if (!read) return Answer::no(RefusalCode::not_found);
  return Answer::run(std::make_unique<matter::SayRelapse>(
      std::move(*read), std::move(asked), version, call.who.account, call.today,
      call.services.clock.now(), call.services.packs));
}

// Those that the caller may see, with their histories.
std::map<MatterId, matter::Read> reads_of(Call& call, const std::vector<MatterId>& ids) {
  std::vector<MatterAsked> asked;
  for (const MatterId id : ids) asked.push_back({id, {}});
  std::map<MatterId, matter::Read> seen;
  if (asked.empty()) return seen;
  for (auto& read : read_matters(call, asked)) {
    if (read) seen.emplace(read->stored.now.matter.id, std::move(*read));
  }
  return seen;
}

// Since when it is settled; null where it is not any more.
Value settled_view(const matter::Read& read) {
  const bool is_settled = !read.stored.now.matter.outcome.empty();
  return is_settled ? Value(obligation::settled_since(read.steps).text()) : Value();
}

}  // namespace

Answer preview_matter(Call& call, const matter::FactsPointer& facts, const policy::Pack& pack,
                      const matter::NewMatter& asked) {
  const auto& type = matter::type_in(pack, asked.type);
  obligation::Change change = asked.change;
  change.unit = asked.unit;
  matter::Matter matter;
  matter.type = type.address;
  matter.opened = call.today;
  matter.state = type.initial;
  matter.fields = Value(Value::Object{});
  matter = obligation::edited(matter, change);
  std::vector<MatterId> ids;
  if (type.relapse) {
    const obligation::Lifecycle life{*facts, pack, type, call.today, call.services.clock.now()};
    const auto settled = matter::settled_like(*call.reader, type, matter);
    ids = matter::proposed_relapses(life, matter, settled);
  }
  const auto seen = reads_of(call, ids);
  MatterViews views(call);
  Value::List alike;
  for (const MatterId id : ids) {
    const auto found = seen.find(id);
    if (found == seen.end()) continue;
    Value view = why_alike(type, obligation::alike(type, matter, found->second.stored.now.matter),
                           call.language);
    view.set("id", id.text());
    view.set("matter", views.matter(found->second.stored));
    view.set("settled", settled_view(found->second));
    alike.push_back(std::move(view));
  }
  return Answer::of(Value::object({{"alike", std::move(alike)}, {"as_of", as_of(call)}}));
}

Value MatterViews::relapse_view(const matter::Read& read, const obligation::Lifecycle& life,
                                const obligation::Actor& actor) {
  const auto& type = read.type();
  const auto& now = read.stored.now.matter;
  if (!type.relapse || (now.alike.empty() && !now.relapsed_as)) return {};
  auto ids = now.alike;
  if (now.relapsed_as) ids.push_back(*now.relapsed_as);
  const auto seen = reads_of(call_, ids);
  const auto related = [&](MatterId id) {
    const auto found = seen.find(id);
    return found == seen.end() ? Value() : matter(found->second.stored);
  };
  Value::List proposed;
  for (const auto& one : obligation::relapses_of(read.steps)) {
    const auto found = seen.find(one.other);
    const obligation::Alike why =
        found == seen.end()
            ? obligation::Alike{}
            : obligation::alike(type, read.history.front().matter, found->second.stored.now.matter);
    const auto* const said = one.decided ? &read.history.at(*one.decided) : nullptr;
    Value view = why_alike(type, why, call_.language);
    view.set("id", one.other.text());
    view.set("matter", related(one.other));
    if (found == seen.end()) view.set("percent", Value());
    view.set("settled", found == seen.end() ? Value() : settled_view(found->second));
    view.set("stands", stands_words[static_cast<std::size_t>(one.stands)]);
    view.set("at", said == nullptr ? Value() : Value(said->at.text()));
    view.set("by", said == nullptr ? Value() : actor_or_null(said->account));
    view.set("by_name", said == nullptr ? Value() : account_name(type, now.unit, said->account));
    view.set("reason", said == nullptr ? Value() : Value(said->reason));
    proposed.push_back(std::move(view));
  }
  Value may;
  if (!now.alike.empty()) {
    // Whoever may say it of one may say it of each; what stands so already is a matter of state.
    Refusals refusals;
    obligation::check_role_of_another(life, now, type.relapse->by, actor, "/other", refusals);
    may = may_view(type, type.relapse->by, std::move(refusals));
  }
  const auto& clauses = type.relapse->clauses;
  return Value::object(
      {{"by", role_titles(type, type.relapse->by)},
       {"clauses", Value::List(clauses.begin(), clauses.end())},
       {"proposed", std::move(proposed)},
       {"of", id_or_null(now.relapse_of)},
       {"as", now.relapsed_as ? Value::object({{"id", now.relapsed_as->text()},
                                               {"matter", related(*now.relapsed_as)}})
                              : Value()},
       {"may", std::move(may)}});
}

std::vector<Route> relapse_routes() {
  return {{http::Method::post, "/matters/{id}/relapses", Access::signed_in,
           Permission::matter_change, Asked::lists, BodyKind::json, "RelapseSaid", "MatterChanged",
           200, "Say that it is a relapse of an earlier matter that it is like, or that it is none",
           say_relapse}};
}

}  // namespace huilu::api
