#include <algorithm>

#include "base/check.h"
#include "base/embedded.h"
#include "campaign/commands.h"
#include "campaign/queries.h"
#include "compliance/load_facts.h"
#include "demo/carry_out.h"
#include "document/commands.h"
#include "document/split.h"
#include "enactment/commands.h"
#include "enactment/queries.h"
#include "exemption/commands.h"
#include "exemption/queries.h"
#include "obligation/periods.h"

namespace huilu {
extern const std::vector<EmbeddedFile> embedded_texts;
}

namespace huilu::demo {

namespace {

template <class IdType>
IdType id_in(const Value& reply) {
  const auto id = IdType::parse(*reply.find("id")->text());
  CHECK(id);
  return *id;
}

}  // namespace

// The demo holds no text but its own: it says so in its title.
void CarryOut::take(const ImportText& step) {
  const std::string file = step.document + ".txt";
  const auto found = std::find_if(embedded_texts.begin(), embedded_texts.end(),
                                  [&](const EmbeddedFile& one) { return one.path == file; });
  CHECK(found != embedded_texts.end());
  auto read = document::split_document(found->bytes, file);
  CHECK(read.ok());
  flow_.send(std::make_unique<document::ImportDocument>(step.document, std::move(*read),
                                                        enactment::root_units(*reader_)),
             accounts_[step.account]);
  flow_.drain();
}

// The one proposes, the other has read it and confirms.
void CarryOut::take(const PutInForce& step) {
  const auto pack = std::find_if(ground_.packs.begin(), ground_.packs.end(),
                                 [&](const policy::Pack& one) { return one.id == step.pack; });
  CHECK(pack != ground_.packs.end());
  enactment::NewActivation activation;
  activation.pack = pack->id;
  activation.pack_version = pack->version;
  activation.span = {step.from, {}};
  activation.reason = step.reason;
  const auto roots = enactment::root_units(*reader_);
  ActivationId id;
  flow_.send(std::make_unique<enactment::ProposeActivation>(ground_.packs, activation, roots),
             accounts_[step.by.proposer],
             [&id](const Value& reply) { id = id_in<ActivationId>(reply); });
  flow_.drain();
  const auto read = enactment::find_activation(*reader_, id);
  CHECK(read);
  confirm(enactment::proposed(*read), step.by.confirmer);
}

void CarryOut::take(const DecideValue& step) {
  enactment::NewDecided decided;
  decided.parameter = step.parameter;
  decided.value = step.value;
  decided.from = step.from;
  decided.ref = step.ref;
  const auto roots = enactment::root_units(*reader_);
  DecidedId id;
  flow_.send(std::make_unique<enactment::ProposeValue>(ground_.packs, decided, roots),
             accounts_[step.by.proposer],
             [&id](const Value& reply) { id = id_in<DecidedId>(reply); });
  flow_.drain();
  const auto read = enactment::find_decided(*reader_, id);
  CHECK(read);
  confirm(enactment::proposed(*read), step.by.confirmer);
}

void CarryOut::confirm(const enactment::Proposed& read, Index account) {
  const auto roots = enactment::root_units(*reader_);
  flow_.send(std::make_unique<enactment::ConfirmProposal>(read, read.version, roots),
             accounts_[account]);
  flow_.drain();
}

void CarryOut::take(const Launch& step) {
  campaign::NewCampaign launched;
  launched.pack = step.pack;
  launched.unit = units_[step.unit];
  for (const auto& [batch, window] : step.batches) launched.batches.push_back({batch, window});
  flow_.send(std::make_unique<campaign::LaunchCampaign>(ground_.packs, launched),
             accounts_[step.account],
             [this](const Value& reply) { campaign_ = id_in<CampaignId>(reply); });
  flow_.drain();
}

void CarryOut::take(const PlaceInBatch& step) {
  const auto launched = campaign::find(*reader_, campaign_);
  CHECK(launched);
  const campaign::NewPlacement placed = {units_[step.unit], step.batch, step.from, step.reason};
  flow_.send(std::make_unique<campaign::PlaceUnit>(*launched, placed), accounts_[step.account]);
}

obligation::Bearer CarryOut::bearer_of(const PlannedBearer& planned) const {
  if (planned.unit) return {units_[*planned.unit], {}, {}};
  if (planned.post) return {{}, posts_[*planned.post].tenure, {}};
  return {{}, {}, persons_[planned.person.value()]};
}

// What the duty says about leave is read as the server reads it.
void CarryOut::take(const AskLeave& step) {
  flow_.drain();
  exemption::NewLeave asked;
  asked.kind = step.act ? exemption::LeaveKind::defer : exemption::LeaveKind::exempt;
  asked.obligation = step.obligation;
  asked.bearer = bearer_of(step.bearer);
  asked.period = step.period == "campaign" ? obligation::campaign_name(campaign_) : step.period;
  asked.act = step.act;
  asked.reason = step.reason;
  asked.note = step.note;
  auto facts = compliance::load_policy(*reader_, ground_.packs);
  compliance::load_units(*reader_, compliance::units_of(*reader_, asked.bearer),
                         compliance::Names::left_out, facts);
  auto terms =
      exemption::terms_of(std::move(facts), asked, ground_.clock.today(), ground_.clock.now());
  CHECK(terms.ok());
  flow_.send(
      std::make_unique<exemption::AskLeave>(asked, *terms), accounts_[step.account],
      [this, leave = step.leave](const Value& reply) { leaves_[leave] = id_in<LeaveId>(reply); });
}

void CarryOut::take(const DecideLeave& step) {
  flow_.drain();
  const auto read = exemption::find(*reader_, leaves_[step.leave]);
  CHECK(read);
  exemption::NewDecision decision;
  decision.seen = read->version;
  decision.decision = step.approve ? exemption::Decision::approve : exemption::Decision::refuse;
  decision.note = step.note;
  flow_.send(std::make_unique<exemption::DecideLeave>(
                 *read, exemption::Addressed{read->home, read->approver}, decision,
                 accounts_[step.account]),
             accounts_[step.account]);
}

}  // namespace huilu::demo
