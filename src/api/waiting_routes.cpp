// What waits for the caller on the ledger, beside his duties: moves that are his to make,
// extensions to decide, steps to sign.
#include <algorithm>

#include "api/desk.h"
#include "api/enactment_views.h"
#include "api/matter_views.h"
#include "api/routes.h"
#include "api/views.h"
#include "ballot/queries.h"
#include "compliance/load_facts.h"
#include "enactment/tables.h"
#include "matter/deeds.h"
#include "obligation/deed.h"

namespace huilu::api {

namespace {

using command::Permission;
using obligation::WaitKind;

// Every account of the caller, by what the roll knows.
std::vector<AccountId> accounts_of_caller(const Call& call) {
  const auto same = enactment::queue_accounts_of_same_person(*call.reader, call.who.account);
  call.reader->flush();
  auto accounts = enactment::accounts_from(*same);
  accounts.push_back(call.who.account);
  return accounts;
}

bool is_among(const std::vector<AccountId>& accounts, AccountId one) {
  return one && std::ranges::find(accounts, one) != accounts.end();
}

std::vector<obligation::Made> made_by(const matter::Read& read,
                                      const std::vector<AccountId>& accounts) {
  std::vector<obligation::Made> made;
  for (const auto& [move, who] : read.made) made.push_back({move, is_among(accounts, who)});
  return made;
}

std::set<std::string> asked_by(const matter::Read& read, const obligation::Lifecycle& life,
                               const std::vector<AccountId>& accounts) {
  std::set<std::string> clocks;
  for (const auto& clock : obligation::clocks_of(life, read.steps)) {
    const auto asker = matter::asker_of(read, clock);
    if (asker && is_among(accounts, *asker)) clocks.insert(clock.clock->id);
  }
  return clocks;
}

// The matters of a page in the order in which they are first named, each once.
std::vector<matter::Read> read_matters(const Call& call,
                                       const std::vector<matter::Waiting>& waiting) {
  std::vector<MatterId> ids;
  for (const auto& one : waiting) {
    if (std::ranges::find(ids, one.matter) == ids.end()) ids.push_back(one.matter);
  }
  auto stored = matter::find_all(*call.reader, ids);
  std::set<UnitId> units;
  for (const auto& one : stored) {
    const auto& now = one.now;
    const auto& pack = matter::pack_of(call.services.packs, now.matter.type, now.pack_version);
    for (const UnitId unit : matter::units_of(now.matter, matter::type_in(pack, now.matter.type))) {
      units.insert(unit);
    }
  }
  auto facts = compliance::load_policy(*call.reader, call.services.packs);
  compliance::load_organisation(*call.reader, {units.begin(), units.end()}, facts);
  auto reads = matter::read_with_histories(
      *call.reader, std::make_shared<const obligation::Facts>(std::move(facts)),
      call.services.packs, std::move(stored));
  for (auto& read : reads) ballot::attach(*call.reader, read);
  return reads;
}

Value waiting_counts_view(const std::vector<matter::WaitingCount>& counts) {
  Value::List list;
  for (const auto& one : counts) {
    list.push_back(
        Value::object({{"kind", obligation::wait_kind_words[static_cast<std::size_t>(one.kind)]},
                       {"count", one.all},
                       {"overdue", one.overdue}}));
  }
  return list;
}

std::optional<WaitKind> wait_kind_from(const std::optional<std::string>& word, Refusals& refusals) {
  if (!word) return {};
  const auto& words = obligation::wait_kind_words;
  const auto found = std::ranges::find(words, *word);
  if (found != words.end() && *word != "told") {
    return static_cast<WaitKind>(found - words.begin());
  }
  refusals.push_back({RefusalCode::unknown_word, "/kind",
                      "extension, step, acknowledge, check, returned, move, look_back, relapse",
                      *word, ""});
  return {};
}

// Statements of a page: two of the page and its counts, a fixed number for its matters, and those
// of the ballots that some of them have.
Answer list_waiting(Call& call) {
  Refusals refusals;
  Query query(call, refusals);
  const auto unit = query.id<UnitId>("unit");
  const auto kind = wait_kind_from(query.text("kind"), refusals);
  const int limit = query.integer("limit", 50, 1, 200);
  const auto cursor = query.text("cursor").value_or("");
  query.finish();
  if (refusals.empty() && unit) refusals = call.check(Permission::matter_change, {*unit}, "/unit");
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  const store::Transaction snapshot(*call.reader, store::Access::read);
  const auto desk = desk_of(call, unit);
  const auto page = matter::waiting_at(*call.reader, desk, call.today, kind, limit, cursor);
  if (!page) return Answer::no(page.refusals());
  const auto reads = read_matters(call, page->items);
  const auto accounts = accounts_of_caller(call);
  MatterViews views(call);
  std::vector<matter::Stored> stored;
  for (const auto& one : reads) stored.push_back(one.stored);
  views.load(stored);
  const auto actor = desk.actor();
  const Instant now = call.services.clock.now();
  Value::List items;
  for (const auto& one : page->items) {
    const auto read = std::ranges::find_if(reads, [&](const matter::Read& candidate) {
      return candidate.stored.now.matter.id == one.matter;
    });
    if (read == reads.end()) continue;
    const auto life = read->life(call.today, now);
    items.push_back(views.waiting({*read, life, actor, asked_by(*read, life, accounts)},
                                  made_by(*read, accounts), one));
  }
  Value view = listed(call, std::move(items), page->next_cursor);
  view.set("counts", waiting_counts_view(matter::waiting_counts(*call.reader, desk, call.today)));
  return Answer::of(std::move(view));
}

// The field of a type in force that names units.
const policy::Field* unit_field(const Call& call, const std::string& address,
                                const std::string& name) {
  const auto facts = compliance::load_policy(*call.reader, call.services.packs);
  for (const auto* type : matter::types_in_force(facts, call.today, call.services.clock.now())) {
    const auto* const field = type->address == address ? type->find_field(name) : nullptr;
    const bool is_unit = field != nullptr && (field->type == policy::FieldType::unit ||
                                              field->item == policy::FieldType::unit);
    if (is_unit) return field;
  }
  return nullptr;
}

std::vector<UnitId> found_by_name(Call& call, const std::string& text) {
  constexpr std::size_t looked_at = 400;
  org::Search search{text, org::Among::units, {""}, call.today, looked_at};
  std::vector<UnitId> found;
  for (const auto& hit : call.services.directory.search(search)) found.push_back(hit.unit);
  return found;
}

// Whoever fills in a field finds the units of the kinds that it permits, wherever they stand: the
// pack says that their names are open for this. Without kinds, what he may search anyway. By its
// id, one that was named before is found again.
Answer nameable_units(Call& call) {
  Refusals refusals;
  Query query(call, refusals);
  const auto type = query.text("type");
  const auto name = query.text("field");
  const auto text = query.text("q");
  const auto named = query.id<UnitId>("unit");
  const int limit = query.integer("limit", 20, 1, 50);
  query.finish();
  if (!type) refusals.push_back({RefusalCode::field_required, "/type", "", "", ""});
  if (!name) refusals.push_back({RefusalCode::field_required, "/field", "", "", ""});
  if (!text && !named) refusals.push_back({RefusalCode::field_required, "/q", "", "", ""});
  if (refusals.empty()) refusals = call.check(Permission::matter_open, {});
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  const auto* const field = unit_field(call, *type, *name);
  if (field == nullptr) return Answer::no(RefusalCode::unknown_word, "/field", "", *name);
  const auto kinds = matter::kinds_of(*field);
  const auto found = named ? std::vector<UnitId>{*named} : found_by_name(call, *text);
  const auto lines = matter::units_of_kinds(*call.reader, found, kinds, call.today);
  UnitNames names(call);
  Value::List items;
  for (const UnitId unit : found) {
    const auto line = lines.find(unit);
    if (line == lines.end() || items.size() == static_cast<std::size_t>(limit)) continue;
    if (kinds.empty() && names.name_of(unit).is_null()) continue;
    items.push_back(Value::object({{"id", unit.text()},
                                   {"name", line->second.name},
                                   {"type", line->second.type},
                                   {"within", names.within(unit)}}));
  }
  return Answer::of(listed(call, std::move(items), ""));
}

}  // namespace

matter::Desk desk_of(Call& call, std::optional<UnitId> unit) {
  constexpr std::size_t units_max = 200;
  matter::Desk desk;
  const auto self = identity::me(*call.reader, call.who.account, call.today);
  if (!self) return desk;
  for (const auto& grant : self->grants) {
    if (!grant.unit || desk.units.size() >= units_max) continue;
    const bool works_there =
        identity::reach_of(grant.role, Permission::matter_change) == identity::Reach::own;
    const bool known = std::ranges::find(desk.units, *grant.unit) != desk.units.end();
    if (works_there && !known && (!unit || unit == grant.unit)) desk.units.push_back(*grant.unit);
  }
  if (unit) return desk;
  const auto posts = matter::queue_posts_of(*call.reader, call.who.account, call.today);
  call.reader->flush();
  desk.posts = matter::posts_from(*posts);
  desk.person = self->account.person.value_or(PersonId{});
  return desk;
}

Value MatterViews::waiting(const Acting& acting, const std::vector<obligation::Made>& made,
                           const matter::Waiting& waiting) {
  const auto& read = acting.read;
  const auto& type = read.type();
  const auto& now = read.stored.now.matter;
  Value::List moves;
  Value may, look_back;
  std::optional<Date> until;
  const bool is_on_clock = waiting.kind == WaitKind::extension || waiting.kind == WaitKind::step ||
                           waiting.kind == WaitKind::acknowledge;
  if (waiting.kind == WaitKind::look_back) {
    look_back = look_back_view(read, acting.life, acting.actor, made);
  } else if (is_on_clock) {
    for (const auto& clock : obligation::clocks_of(acting.life, read.steps)) {
      if (clock.clock->id != waiting.clock) continue;
      may = decision_view(acting, clock, waiting);
      for (const auto& one : clock.rungs) {
        if (waiting.kind == WaitKind::acknowledge && one.rung->id == waiting.rung &&
            one.generation == waiting.generation) {
          until = one.acknowledge_by;
        }
      }
    }
  } else if (waiting.kind != WaitKind::relapse) {
    const auto roles = obligation::roles_of(acting.life, now);
    for (const auto& move : type.moves) {
      const bool leads_on = std::ranges::find(move.from, now.state) != move.from.end();
      const bool is_his = std::ranges::any_of(roles, [&](const obligation::RoleNow& role) {
        return std::ranges::find(move.by, role.role->name) != move.by.end() &&
               acting.actor.plays(role);
      });
      if (leads_on && is_his) moves.push_back(move_view(read, move, acting.actor, made));
    }
  }
  const auto* const clock = type.find_clock(waiting.clock);
  const auto* const rung = type.find_rung(waiting.clock, waiting.rung);
  const auto title = [&](const auto* one) {
    return one == nullptr ? Value() : Value(label_in(one->title, call_.language));
  };
  return Value::object(
      {{"kind", obligation::wait_kind_words[static_cast<std::size_t>(waiting.kind)]},
       {"matter", matter(read.stored)},
       {"moves", std::move(moves)},
       {"clock", clock == nullptr ? Value() : Value(waiting.clock)},
       {"clock_title", title(clock)},
       {"rung", rung == nullptr ? Value() : Value(waiting.rung)},
       {"rung_title", title(rung)},
       {"step",
        rung == nullptr || !rung->propose
            ? Value()
            : Value(policy::escalation_step_words[static_cast<std::size_t>(*rung->propose)])},
       {"until", date_or_null(until)},
       {"late", until && *until < call_.today},
       {"rated", read.ballot && read.ballot->result == obligation::BallotResult::open},
       {"decision", std::move(may)},
       {"look_back", std::move(look_back)}});
}

// Of the extension that waits, the step that is proposed, or the one that reached a unit.
Value MatterViews::decision_view(const Acting& acting, const obligation::ClockNow& clock,
                                 const matter::Waiting& waiting) {
  if (waiting.kind == WaitKind::acknowledge) {
    auto found =
        obligation::check_acknowledging(acting.life, waiting.clock, waiting.rung, {}, acting.actor);
    // For which of his units he says on the page.
    std::erase_if(found.refusals, [](const Refusal& one) { return one.where == "/unit"; });
    return may_view(acting.read.type(), {}, std::move(found.refusals));
  }
  if (waiting.kind == WaitKind::step) {
    for (const auto& rung : clock.rungs) {
      if (rung.rung->id != waiting.rung || rung.generation != waiting.generation) continue;
      Value view = rung_view(acting, clock, rung);
      Value sign = *view.find("sign");
      return sign;
    }
    return {};
  }
  const Value view = clock_view(acting, clock);
  return *view.find("decide");
}

std::vector<Route> waiting_routes() {
  return {
      {http::Method::get, "/todo/matters", Access::signed_in, Permission::signed_in, Asked::lists,
       BodyKind::none, "", "WaitingList", 200,
       "What waits for the caller on the ledger, by what it is and what is due first", list_waiting,
       nullptr, "unit kind limit cursor"},
      {http::Method::get, "/nameable-units", Access::signed_in, Permission::matter_open,
       Asked::anywhere, BodyKind::none, "", "NameableUnits", 200,
       "Units that a field of a matter type may name, by name or id, of the kinds that the pack "
       "permits",
       nameable_units, nullptr, "type field q unit limit"},
  };
}

}  // namespace huilu::api
