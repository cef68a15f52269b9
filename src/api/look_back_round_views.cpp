#include "api/look_back_round_views.h"

#include <algorithm>

#include "api/enactment_views.h"
#include "api/views.h"
#include "compliance/load_facts.h"
#include "org/queries.h"

namespace huilu::api {

namespace {

using command::Permission;

Value found_titled(words::Language language, const std::string& found) {
  return words::text(language, "sentence.look_back." + found);
}

bool falls_short(const round::Candidate& row) { return row.looked && row.looked->found != "holds"; }

bool is_shown(const round::Candidate& row, const std::string& only) {
  if (only == "missing") return !row.looked;
  if (only == "looked") return row.looked.has_value();
  if (only == "fallen_short") return falls_short(row);
  return true;
}

}  // namespace

std::vector<std::string> look_back_types(const Call& call) {
  const auto facts = compliance::load_policy(*call.reader, call.services.packs);
  std::vector<std::string> types;
  for (const auto* type : matter::types_in_force(facts, call.today, call.services.clock.now())) {
    if (type->look_back) types.push_back(type->address);
  }
  return types;
}

LookBackSight::LookBackSight(const Call& call, const round::LookBackRound& round)
    : call_(call),
      round_(round),
      whole_(call.check(Permission::matter_read, {round.unit}).empty()),
      office_(call.check(Permission::round_change, {round.unit}).empty()) {}

bool LookBackSight::may(Permission permission, UnitId unit) {
  const auto found = allowed_.find({permission, unit});
  if (found != allowed_.end()) return found->second;
  const bool allowed = call_.check(permission, {unit}).empty();
  return allowed_.emplace(std::pair(permission, unit), allowed).first->second;
}

// A responsible unit does not learn beforehand what will be looked at, nor do those of the round's
// own unit who are not its office.
bool LookBackSight::sees(const round::Candidate& row) {
  if (!row.drawn) return false;
  if (whole_) return office_ || row.looked || !round_.is_open() || row.unit != round_.unit;
  const bool looks =
      std::any_of(row.lookers.begin(), row.lookers.end(), [&](UnitId unit) { return sees(unit); });
  return looks || (row.looked && sees(row.unit));
}

bool LookBackSight::sees_any(const round::WholeLookBackRound& whole) {
  return whole_ || std::any_of(whole.candidates.begin(), whole.candidates.end(),
                               [&](const round::Candidate& row) { return sees(row); });
}

Value LookBackRoundViews::type_title(const std::string& address) const {
  Value title = address;
  for (const auto& pack : call_.services.packs)
    for (const auto& type : pack.matter_types)
      if (type.address == address) title = label_in(type.title, call_.language);
  return title;
}

Value LookBackRoundViews::stratum_title(round::Strata strata, const std::string& stratum) {
  if (strata == round::Strata::type) return type_title(stratum);
  const auto unit = UnitId::parse(stratum);
  return strata == round::Strata::parent && unit ? units_.name_of(*unit) : Value();
}

// Where holders of posts are named, so is who did something.
Value LookBackRoundViews::account_name(AccountId account, UnitId unit) {
  if (!account || !sight_.may(Permission::post_names_read, unit)) return {};
  const auto known = accounts_.find(account);
  if (known != accounts_.end()) return known->second;
  const auto found = identity::find_account(*call_.reader, account);
  return accounts_.emplace(account, found ? Value(found->display_name) : Value()).first->second;
}

Value LookBackRoundViews::head(const round::LookBackRound& round, std::optional<UnitId> looker) {
  return head_of(round, round::numbers_of(*call_.reader, round, looker));
}

Value LookBackRoundViews::head_of(const round::LookBackRound& round,
                                  round::LookBackNumbers counted) {
  Value::List types;
  for (const auto& address : round.types)
    types.push_back(Value::object({{"type", address}, {"title", type_title(address)}}));
  if (sight_.whole()) units_.load({round.unit});
  units_.open_to_parties({round.unit});
  return Value::object(
      {{"id", round.id.text()},
       {"unit", units_.view(round.unit)},
       {"name", round.name},
       {"types", std::move(types)},
       {"until", round.until.text()},
       {"sample", round::sample_words[static_cast<std::size_t>(round.sample.kind)]},
       {"amount", round.sample.amount},
       {"strata", round::strata_words[static_cast<std::size_t>(round.strata)]},
       {"draws", round.draws},
       {"opened", round.opened.text()},
       {"locked", date_or_null(round.locked)},
       {"drawn", counted.drawn},
       {"looked", counted.looked},
       {"version", round.version}});
}

Value LookBackRoundViews::whole(const round::WholeLookBackRound& whole) {
  const round::LookBackRound& round = whole.round;
  round::LookBackNumbers counted;
  for (const round::Candidate& row : whole.candidates) {
    if (!sight_.sees(row)) continue;
    ++counted.drawn;
    counted.looked += row.looked ? 1 : 0;
  }
  Value::List draws;
  for (const round::Draw& one : whole.draws) {
    draws.push_back(Value::object({{"n", one.n},
                                   {"at", one.at.text()},
                                   {"by", actor_or_null(one.account)},
                                   {"by_name", account_name(one.account, round.unit)},
                                   {"reason", text_or_null(one.reason)},
                                   {"seed", sight_.sees_draws() ? Value(one.seed) : Value()}}));
  }
  Value figures;
  if (sight_.whole()) figures = round.figures ? *round.figures : round::figures_of(whole);
  const bool may_change = sight_.is_office() && round.is_open();
  Value view = head_of(round, counted);
  view.set("whole", sight_.whole());
  view.set("opened_by_name", account_name(round.opened_by, round.unit));
  view.set("locked_at", round.locked_at ? Value(round.locked_at->text()) : Value());
  view.set("locked_by_name",
           round.locked_by ? account_name(*round.locked_by, round.unit) : Value());
  view.set("figures", std::move(figures));
  view.set("made", std::move(draws));
  view.set("may_change", may_change);
  view.set("as_of", as_of(call_));
  return view;
}

Value LookBackRoundViews::draw(const round::WholeLookBackRound& whole, const round::Draw& draw,
                               const std::vector<round::Candidate>& candidates) {
  Value::List list;
  for (const round::Candidate& one : candidates) {
    list.push_back(Value::object({{"matter", one.matter.text()},
                                  {"unit", one.unit.text()},
                                  {"type", one.type},
                                  {"stratum", text_or_null(one.stratum)},
                                  {"drawn", one.drawn}}));
  }
  return Value::object({{"round", whole.round.id.text()},
                        {"n", draw.n},
                        {"seed", draw.seed},
                        {"reason", text_or_null(draw.reason)},
                        {"at", draw.at.text()},
                        {"journal", draw.seq},
                        {"candidates", std::move(list)},
                        {"as_of", as_of(call_)}});
}

Value LookBackRoundViews::found_view(const round::Candidate& row,
                                     const std::vector<matter::Version>& history) {
  if (!row.looked) return {};
  const auto version = std::find_if(history.begin(), history.end(), [&](const auto& one) {
    return one.version == row.looked->version;
  });
  const bool known = version != history.end();
  return Value::object({{"outcome", row.looked->found},
                        {"outcome_title", found_titled(call_.language, row.looked->found)},
                        {"version", row.looked->version},
                        {"at", known ? Value(version->at.text()) : Value()},
                        {"by", known ? actor_or_null(version->account) : Value()},
                        {"by_name", known ? account_name(version->account, row.unit) : Value()},
                        {"reason", known ? text_or_null(version->reason) : Value()}});
}

Value LookBackRoundViews::row_view(const round::LookBackRound& round, const round::Candidate& row,
                                   const matter::Stored& stored,
                                   const std::vector<matter::Version>& history) {
  Value::List lookers;
  for (const UnitId unit : row.lookers) lookers.push_back(units_.view(unit));
  const bool may_look = round.is_open() && !row.looked &&
                        std::any_of(row.lookers.begin(), row.lookers.end(), [&](UnitId unit) {
                          return sight_.may(Permission::matter_change, unit);
                        });
  return Value::object({{"matter", matters_.matter(stored)},
                        {"unit", units_.view(row.unit)},
                        {"stratum", text_or_null(row.stratum)},
                        {"stratum_title", stratum_title(round.strata, row.stratum)},
                        {"lookers", std::move(lookers)},
                        {"found", found_view(row, history)},
                        {"missing", text_or_null(row.missing)},
                        {"may_look", may_look}});
}

LookBackRoundViews::Rows LookBackRoundViews::rows(const round::WholeLookBackRound& whole,
                                                  const Page& page) {
  std::vector<const round::Candidate*> found;
  for (const round::Candidate& row : whole.candidates)
    if (sight_.sees(row) && is_shown(row, page.only)) found.push_back(&row);
  std::stable_sort(found.begin(), found.end(),
                   [](const round::Candidate* a, const round::Candidate* b) {
                     return std::pair(a->type, a->stratum) < std::pair(b->type, b->stratum);
                   });
  const std::size_t from = std::min(found.size(), page.from);
  const std::size_t until = std::min(found.size(), from + page.limit);
  std::vector<MatterId> ids;
  std::vector<UnitId> units = {whole.round.unit};
  for (std::size_t i = from; i < until; ++i) {
    ids.push_back(found[i]->matter);
    units.push_back(found[i]->unit);
    units.insert(units.end(), found[i]->lookers.begin(), found[i]->lookers.end());
    if (const auto above = UnitId::parse(found[i]->stratum)) units.push_back(*above);
  }
  std::sort(ids.begin(), ids.end());
  const auto stored = matter::find_all(*call_.reader, ids);
  const auto histories = matter::histories_of(*call_.reader, ids);
  matters_.load(stored);
  units_.load(units);
  units_.open_to_parties(units);
  Rows out;
  for (std::size_t i = from; i < until; ++i) {
    const auto one = std::lower_bound(
        stored.begin(), stored.end(), found[i]->matter,
        [](const matter::Stored& item, MatterId id) { return item.now.matter.id < id; });
    if (one == stored.end() || one->now.matter.id != found[i]->matter) continue;
    out.items.push_back(row_view(whole.round, *found[i], *one, histories.at(found[i]->matter)));
  }
  if (until < found.size()) out.next = until;
  return out;
}

}  // namespace huilu::api
