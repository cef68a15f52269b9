#include "api/policy_views.h"

#include <algorithm>

#include "api/views.h"
#include "base/text.h"
#include "compliance/duty.h"
#include "enactment/forms.h"
#include "obligation/periods.h"
#include "policy/sentence.h"
#include "policy/uses.h"

namespace huilu::api {

namespace {

template <class Words>
std::string_view word_in(const Words& words, std::size_t index) {
  return words[index];
}

Value texts_view(const std::vector<std::string>& texts) {
  return Value::List(texts.begin(), texts.end());
}

// The declaration read aloud, and where it was taken from.
template <class Declaration>
std::string sentence_of(const PolicyShown& shown, const policy::Pack& pack,
                        const Declaration& declaration) {
  const auto language = static_cast<policy::Language>(shown.language);
  return policy::sentence(declaration, pack, shown.packs, language) +
         policy::aside_of_origin(declaration.place, pack, language);
}

template <class Item, class View>
Value list_view(const std::vector<Item>& items, View view) {
  Value::List list;
  for (const Item& item : items) list.push_back(view(item));
  return list;
}

Value value_view(const policy::ParameterValue& value, words::Language language) {
  return Value::object(
      {{"from", value.from.text()},
       {"value", enactment::view_of(value)},
       {"basis", word_in(policy::basis_words, static_cast<std::size_t>(value.basis))},
       {"ref", text_or_null(value.ref)},
       {"note", text_or_null(label_in(value.note, language))},
       {"clauses", texts_view(value.clauses)}});
}

Value parameter_view(const PolicyShown& shown, const policy::Pack& pack,
                     const policy::Parameter& parameter) {
  const std::string address = pack.id + "/" + parameter.name;
  Value::List decided;
  for (const obligation::Decided& one : shown.facts.decided) {
    if (one.parameter != address) continue;
    Value view = value_view(one.value, shown.language);
    view.set("retroactive", one.retroactive);
    view.set("at", one.at.text());
    decided.push_back(std::move(view));
  }
  Value unit;
  if (parameter.unit) unit = label_in(*parameter.unit, shown.language);
  return Value::object(
      {{"address", address},
       {"title", label_in(parameter.title, shown.language)},
       {"sentence", sentence_of(shown, pack, parameter)},
       {"unit", std::move(unit)},
       {"type", word_in(policy::parameter_type_words, static_cast<std::size_t>(parameter.type))},
       {"by", text_or_null(parameter.by)},
       {"bind", word_in(policy::bind_words, static_cast<std::size_t>(parameter.bind))},
       {"clauses", texts_view(parameter.clauses)},
       {"review_by", date_or_null(parameter.review_by)},
       {"values", list_view(parameter.values,
                            [&](const policy::ParameterValue& value) {
                              return value_view(value, shown.language);
                            })},
       {"decided", std::move(decided)}});
}

Value document_view(const policy::Document& document) {
  return Value::object(
      {{"id", document.id}, {"name", document.name}, {"hash", text_or_null(document.hash)}});
}

Value clause_view(const policy::Clause& clause) {
  return Value::object({{"id", clause.id},
                        {"document", clause.doc},
                        {"at", text_or_null(clause.at)},
                        {"hole", text_or_null(clause.hole)}});
}

Value leave_view(const std::optional<policy::Leave>& leave) {
  if (!leave) return {};
  return Value::object(
      {{"reasons", texts_view(leave->reasons)}, {"approver", leave->approver.text()}});
}

Value bundle_view(const PolicyShown& shown, const policy::Pack& pack,
                  const policy::Bundle& bundle) {
  return Value::object({{"address", bundle.address},
                        {"title", label_in(bundle.title, shown.language)},
                        {"sentence", sentence_of(shown, pack, bundle)},
                        {"clauses", texts_view(bundle.clauses)},
                        {"obligations", texts_view(bundle.obligations)}});
}

Value campaign_view(const PolicyShown& shown, const policy::Pack& pack) {
  const auto& campaign = pack.campaign;
  if (!campaign) return {};
  const auto batch_view = [&](const policy::Batch& batch) {
    Value view = interval_view(batch.window);
    view.set("id", batch.id);
    view.set("title", label_in(batch.title, shown.language));
    view.set("late_joiner",
             word_in(policy::late_joiner_words, static_cast<std::size_t>(batch.late_joiner)));
    return view;
  };
  const auto phase_view = [&](const policy::Phase& phase) {
    return Value::object({{"id", phase.id}, {"title", label_in(phase.title, shown.language)}});
  };
  return Value::object({{"title", label_in(campaign->title, shown.language)},
                        {"sentence", sentence_of(shown, pack, *campaign)},
                        {"clauses", texts_view(campaign->clauses)},
                        {"window", interval_view(campaign->window)},
                        {"batches", list_view(campaign->batches, batch_view)},
                        {"phases", list_view(campaign->phases, phase_view)}});
}

Value extends_view(const PolicyShown& shown, const policy::Pack& pack) {
  return list_view(pack.extends, [&](const policy::Parent& parent) {
    return Value::object(
        {{"pack", parent.pack},
         {"version", parent.version},
         {"sentence", policy::sentence(parent, pack, shown.packs,
                                       static_cast<policy::Language>(shown.language))}});
  });
}

// What later versions of the packs that it extends say differently: for somebody to look at.
Value reviews_view(const PolicyShown& shown, const policy::Pack& pack) {
  return list_view(policy::to_review(pack, shown.packs), [](const policy::ToReview& one) {
    const auto answered = static_cast<std::size_t>(one.answered);
    return Value::object({{"pack", one.pack},
                          {"taken", one.taken},
                          {"version", one.version},
                          {"path", one.path},
                          {"was", text_or_null(one.was)},
                          {"is", text_or_null(one.is)},
                          {"answered", word_in(policy::answered_words, answered)}});
  });
}

bool is_decided(const PolicyShown& shown, const std::string& parameter) {
  return std::any_of(shown.facts.decided.begin(), shown.facts.decided.end(),
                     [&](const obligation::Decided& one) {
                       return one.parameter == parameter && one.value.from <= shown.today;
                     });
}

// The duties and matter types that it decides.
Value::List deciding_view(const PolicyShown& shown, const policy::AssumedValue& assumed) {
  Value::List all;
  const auto add = [&](const auto& declared) {
    for (const auto* const one : declared) {
      all.push_back(Value::object(
          {{"address", one->address}, {"title", label_in(one->title, shown.language)}}));
    }
  };
  add(assumed.decides);
  add(assumed.matters);
  return all;
}

Value assumed_value_view(const PolicyShown& shown, const policy::Pack& pack,
                         const policy::AssumedValue& assumed, const std::string& sentence) {
  const policy::Parameter& parameter = *assumed.parameter;
  Value unit;
  if (parameter.unit) unit = label_in(*parameter.unit, shown.language);
  return Value::object(
      {{"address", pack.id + "/" + parameter.name},
       {"title", label_in(parameter.title, shown.language)},
       {"unit", std::move(unit)},
       {"type", word_in(policy::parameter_type_words, static_cast<std::size_t>(parameter.type))},
       {"by", text_or_null(parameter.by)},
       {"clauses", texts_view(parameter.clauses)},
       {"value", enactment::view_of(*assumed.value)},
       {"from", assumed.value->from.text()},
       {"note", text_or_null(label_in(assumed.value->note, shown.language))},
       {"review_by", date_or_null(parameter.review_by)},
       {"sentence", sentence},
       {"decides", deciding_view(shown, assumed)}});
}

}  // namespace

PolicyShown shown_to(const Call& call, const obligation::Facts& facts) {
  return {call.services.packs, facts, call.language, call.today, call.services.clock.now()};
}

const policy::Pack* choose_pack(const PolicyShown& shown, std::string_view id,
                                const std::optional<std::string>& version) {
  const policy::Pack* chosen = nullptr;
  for (const policy::Pack& pack : shown.packs) {
    if (pack.id != id || (version && pack.version != *version)) continue;
    if (chosen == nullptr || active_view(shown, *chosen).is_null()) chosen = &pack;
  }
  return chosen;
}

std::vector<const policy::Pack*> packs_shown(const PolicyShown& shown) {
  std::vector<const policy::Pack*> packs;
  for (const policy::Pack& pack : shown.packs) {
    const policy::Pack* const chosen = choose_pack(shown, pack.id, {});
    if (std::find(packs.begin(), packs.end(), chosen) == packs.end()) packs.push_back(chosen);
  }
  return packs;
}

Value::List assumed_view(const PolicyShown& shown) {
  Value::List list;
  for (const policy::Pack* const pack : packs_shown(shown)) {
    if (active_view(shown, *pack).is_null()) continue;
    const auto assumed = policy::assumed_values(*pack);
    const auto read =
        policy::read_assumed(*pack, shown.packs, static_cast<policy::Language>(shown.language));
    for (std::size_t i = 0; i < assumed.size(); ++i) {
      const auto& one = assumed[i];
      if (one.value != one.parameter->value_on(shown.today) || is_decided(shown, read[i].address))
        continue;
      list.push_back(assumed_value_view(shown, *pack, one, read[i].text));
    }
  }
  return list;
}

Value active_view(const PolicyShown& shown, const policy::Pack& pack) {
  const obligation::Activation* found = nullptr;
  for (const auto& one : shown.facts.activations) {
    if (one.pack != &pack || one.at > shown.now || (one.withdrawn && *one.withdrawn <= shown.now) ||
        !obligation::in_force(one).contains(shown.today)) {
      continue;
    }
    if (found == nullptr || obligation::is_newer(one, *found)) found = &one;
  }
  if (found == nullptr) return {};
  Value view = interval_view(found->span);
  view.set("unit", found->unit ? Value(found->unit.text()) : Value());
  view.set("since", found->at.text());
  return view;
}

Value pack_view(const PolicyShown& shown, const policy::Pack& pack) {
  constexpr std::array<std::string_view, 3> status_words = {"draft", "example", "in_use"};
  return Value::object(
      {{"id", pack.id},
       {"version", pack.version},
       {"title", label_in(pack.title, shown.language)},
       {"status", word_in(status_words, static_cast<std::size_t>(pack.status))},
       {"in_force", interval_view(pack.in_force)},
       {"hash", hex(pack.hash)},
       {"active", active_view(shown, pack)},
       {"to_review", static_cast<std::int64_t>(policy::to_review(pack, shown.packs).size())}});
}

Value pack_details_view(const PolicyShown& shown, const policy::Pack& pack) {
  Value view = pack_view(shown, pack);
  view.set("documents", list_view(pack.documents, document_view));
  view.set("clauses", list_view(pack.clauses, clause_view));
  view.set("parameters", list_view(pack.parameters, [&](const policy::Parameter& parameter) {
             return parameter_view(shown, pack, parameter);
           }));
  view.set("obligations", list_view(pack.obligations, [&](const policy::Obligation& obligation) {
             return obligation_view(shown, pack, obligation);
           }));
  view.set("record_types", list_view(pack.record_types, [&](const policy::RecordType& type) {
             return record_type_view(type, shown.language);
           }));
  view.set("bundles", list_view(pack.bundles, [&](const policy::Bundle& bundle) {
             return bundle_view(shown, pack, bundle);
           }));
  view.set("campaign", campaign_view(shown, pack));
  view.set("extends", extends_view(shown, pack));
  view.set("reviews", reviews_view(shown, pack));
  return view;
}

Value obligation_view(const PolicyShown& shown, const policy::Pack& pack,
                      const policy::Obligation& obligation) {
  const auto bundle = std::ranges::find_if(pack.bundles, [&](const policy::Bundle& one) {
    return std::ranges::find(one.obligations, obligation.address) != one.obligations.end();
  });
  const auto kind = static_cast<std::size_t>(obligation.every.kind);
  return Value::object({{"address", obligation.address},
                        {"pack", pack.id},
                        {"version", pack.version},
                        {"title", label_in(obligation.title, shown.language)},
                        {"sentence", sentence_of(shown, pack, obligation)},
                        {"clauses", texts_view(obligation.clauses)},
                        {"bearer", word_in(policy::bearer_kind_words,
                                           static_cast<std::size_t>(obligation.who.kind))},
                        {"every", word_in(policy::every_kind_words, kind)},
                        {"phase", text_or_null(obligation.every.phase)},
                        {"bundle", bundle == pack.bundles.end() ? Value() : Value(bundle->address)},
                        {"record_types", texts_view(compliance::record_types_of(obligation))},
                        {"exempt", leave_view(obligation.exempt)},
                        {"defer", leave_view(obligation.defer)}});
}

}  // namespace huilu::api
