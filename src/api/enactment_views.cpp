#include "api/enactment_views.h"

#include "compliance/load_facts.h"
#include "enactment/forms.h"
#include "enactment/queries.h"
#include "enactment/rules.h"
#include "indicator/board.h"

namespace huilu::api {

namespace {

Value step_view(const std::optional<enactment::Step>& step) {
  if (!step) return {};
  return Value::object({{"by", actor_or_null(step->by)}, {"at", step->at.text()}});
}

// The members that proposals of both kinds have.
void add_steps(const enactment::Steps& steps, std::int64_t version, Value& view) {
  view.set("state", enactment::word_of(steps.state()));
  view.set("proposed", step_view(steps.proposed));
  view.set("confirmed", step_view(steps.confirmed));
  view.set("withdrawn", step_view(steps.withdrawn));
  view.set("withdraw_reason", steps.withdrawn ? Value(steps.withdraw_reason) : Value());
  view.set("version", version);
}

}  // namespace

std::string label_in(const policy::Label& label, words::Language language) {
  return label.in(static_cast<policy::Language>(language));
}

Value actor_or_null(AccountId account) { return account ? Value(account.text()) : Value(); }

Value interval_view(const Interval& span) {
  return Value::object({{"from", span.from.text()}, {"until", date_or_null(span.until)}});
}

Value activation_view(const enactment::Activation& activation,
                      const std::vector<policy::Pack>& packs, words::Language language) {
  const auto* pack = enactment::find_pack(packs, activation.pack, activation.pack_version);
  Value view =
      Value::object({{"id", activation.id.text()},
                     {"pack", activation.pack},
                     {"pack_version", activation.pack_version},
                     {"title", pack == nullptr ? Value() : Value(label_in(pack->title, language))},
                     {"unit", id_or_null(activation.unit)},
                     {"from", activation.span.from.text()},
                     {"until", date_or_null(activation.span.until)},
                     {"ended_on", date_or_null(activation.ended_on)},
                     {"reason", activation.reason}});
  add_steps(activation.steps, activation.version, view);
  return view;
}

Value decided_view(const enactment::Decided& decided, const std::vector<policy::Pack>& packs,
                   words::Language language) {
  const auto declared = enactment::declarations_of(packs, decided.address());
  Value title;
  if (!declared.empty()) title = label_in(declared.back()->title, language);
  Value view = Value::object({{"id", decided.id.text()},
                              {"parameter", decided.address()},
                              {"title", std::move(title)},
                              {"value", enactment::view_of(decided.value)},
                              {"from", decided.value.from.text()},
                              {"ref", decided.value.ref},
                              {"note", label_in(decided.value.note, language)},
                              {"retroactive", decided.retroactive}});
  add_steps(decided.steps, decided.version, view);
  return view;
}

Value revision_view(const calendar::Revision& revision, std::string_view pack,
                    const std::optional<enactment::Step>& imported) {
  const Value days = enactment::days_form(revision);
  return Value::object({{"id", revision.id},
                        {"year", static_cast<std::int64_t>(revision.year)},
                        {"published", revision.published.text()},
                        {"source", revision.source},
                        {"rest", *days.find("rest")},
                        {"makeup", *days.find("makeup")},
                        {"pack", pack.empty() ? Value() : Value(pack)},
                        {"imported", step_view(imported)}});
}

namespace {

// Who does not hold it at every root is told so, also where he does not see the unit.
Refusals check_everywhere(const Call& call, command::Permission permission,
                          const std::vector<UnitId>& roots) {
  if (call.check(permission, roots).empty()) return {};
  return {{RefusalCode::not_permitted, "", std::string(command::word_of(permission)), "", ""}};
}

}  // namespace

std::vector<const policy::Pack*> packs_at(const Call& call, UnitId unit) {
  auto facts = compliance::load_policy(*call.reader, call.services.packs);
  compliance::load_organisation(*call.reader, {unit}, facts);
  return indicator::packs_in_force(facts, unit, call.today, call.services.clock.now());
}

Result<std::vector<UnitId>> roots_for(const Call& call, command::Permission permission,
                                      const std::optional<UnitId>& unit) {
  auto roots = enactment::root_units(*call.reader);
  auto refusals = call.check(permission, {});
  if (refusals.empty() && !unit) refusals = check_everywhere(call, permission, roots);
  if (!refusals.empty()) return refusals;
  return roots;
}

}  // namespace huilu::api
