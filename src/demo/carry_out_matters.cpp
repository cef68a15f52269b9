#include "ballot/commands.h"
#include "ballot/queries.h"
#include "base/check.h"
#include "compliance/load_facts.h"
#include "demo/carry_out.h"
#include "matter/deeds.h"
#include "matter/queries.h"

namespace huilu::demo {

namespace {

// The policy in force and these units, as the server reads them.
matter::FactsPointer facts_of(store::Connection& reader, const Ground& ground,
                              const std::vector<UnitId>& units) {
  auto facts = compliance::load_policy(reader, ground.packs);
  compliance::load_organisation(reader, units, facts);
  return std::make_shared<const obligation::Facts>(std::move(facts));
}

}  // namespace

void CarryOut::take(const OpenMatter& step) {
  flow_.drain();
  matter::NewMatter asked;
  asked.type = step.type;
  asked.unit = units_[step.unit];
  asked.change.fields = resolved(step.fields);
  const auto facts = facts_of(*reader_, ground_, {asked.unit});
  const auto* const pack = matter::pack_in_force(*facts, asked.type, asked.unit,
                                                 ground_.clock.today(), ground_.clock.now());
  CHECK(pack != nullptr);
  flow_.send(std::make_unique<matter::OpenMatter>(facts, *pack, std::move(asked)),
             accounts_[step.account], [this, number = step.matter](const Value& reply) {
               const auto id = MatterId::parse(*reply.find("id")->text());
               CHECK(id);
               matters_[number] = *id;
             });
}

void CarryOut::take(const MoveMatter& step) {
  flow_.drain();
  auto stored = matter::find(*reader_, matters_[step.matter]);
  CHECK(stored);
  const auto& now = stored->now;
  const auto& pack = matter::pack_of(ground_.packs, now.matter.type, now.pack_version);
  obligation::Change change;
  change.fields = resolved(step.fields);
  change.due = step.due;
  change.reason = step.reason;
  const auto units = matter::units_of(obligation::edited(now.matter, change),
                                      matter::type_in(pack, now.matter.type));
  const std::int64_t seen = now.version;
  auto read = matter::read_with_history(*reader_, facts_of(*reader_, ground_, units), pack,
                                        std::move(*stored));
  if (!step.found.empty()) {
    matter::AskedDeed asked;
    asked.kind = obligation::DeedKind::looked_back;
    asked.found = step.found;
    flow_.send(std::make_unique<matter::DoDeed>(std::move(read), std::move(asked),
                                                std::move(change), seen, accounts_[step.account],
                                                ground_.clock.today(), ground_.clock.now()),
               accounts_[step.account]);
    return;
  }
  ballot::attach(*reader_, read);
  flow_.send(
      ballot::moving(std::move(read), step.move, std::move(change), seen, accounts_[step.account],
                     ground_.clock.today(), ground_.clock.now(), ground_.packs),
      accounts_[step.account]);
}

}  // namespace huilu::demo
