#include "enactment/commands.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "command/parts.h"
#include "enactment/forms.h"
#include "enactment/tables.h"

namespace huilu::enactment {

namespace {

using command::append;
using command::Context;
using command::entry_of;
using command::kept_text;
using command::Need;
using command::Permission;
using command::refuse;
using command::Reply;
using command::reply_of;
using command::Writing;

// Units without one above them may have come since the caller looked.
void check_roots(const Reach& reach, const store::Rows& rows, const Context& context,
                 Refusals& refusals) {
  if (reach.unit || !context.account) return;
  for (const UnitId root : roots_from(rows)) {
    if (std::ranges::find(reach.roots, root) == reach.roots.end()) {
      refuse(refusals, RefusalCode::not_permitted, root.text());
    }
  }
}

std::string versions_of(const std::vector<policy::Pack>& packs) {
  std::string out;
  for (const policy::Pack& pack : packs) {
    if (pack.obligations.empty()) continue;
    out += fmt::format("{}{} {}", out.empty() ? "" : ", ", pack.id, pack.version);
  }
  return out;
}

Reply reply_with_state(int status, const std::string& id, std::int64_t version, State state) {
  Reply reply = reply_of(status, id, version);
  reply.body.set("state", word_of(state));
  return reply;
}

std::pair<std::string_view, std::string_view> parts_of(std::string_view address) {
  const std::size_t slash = std::min(address.find('/'), address.size());
  return {address.substr(0, slash), address.substr(std::min(slash + 1, address.size()))};
}

}  // namespace

ProposeActivation::ProposeActivation(const std::vector<policy::Pack>& packs,
                                     NewActivation activation, std::vector<UnitId> roots)
    : packs_(packs),
      activation_(std::move(activation)),
      reach_{activation_.unit, std::move(roots)} {
  activation_.reason = kept_text(activation_.reason);
}

Need ProposeActivation::need() const { return {Permission::pack_propose, reach_.asked_at()}; }

void ProposeActivation::load(store::Connection& connection) {
  roots_ = queue_roots(connection);
  unit_ = queue_unit(connection, activation_.unit.value_or(UnitId{}));
  hash_ = queue_pack_hash(connection, activation_.pack, activation_.pack_version);
  same_ = queue_activations_of(connection, activation_.pack);
  in_force_ = queue_in_force(connection);
}

Refusals ProposeActivation::decide(const Context& context) {
  ActivationSurroundings surroundings;
  surroundings.pack = find_pack(packs_, activation_.pack, activation_.pack_version);
  surroundings.known = versions_of(packs_);
  if (!hash_->empty()) surroundings.kept = (*hash_)[0].text(0);
  surroundings.unit_exists = !unit_->empty();
  if (!unit_->empty()) surroundings.unit_path = (*unit_)[0].text(1);
  surroundings.same = activations_from(*same_);
  surroundings.in_force = in_force_from(*in_force_);
  Refusals refusals = decide_activation(activation_, surroundings);
  check_roots(reach_, *roots_, context, refusals);
  return refusals;
}

void ProposeActivation::keep_pack(Writing& writing) const {
  const policy::Pack& pack = *find_pack(packs_, activation_.pack, activation_.pack_version);
  writing.rows.insert(pack_version_table,
                      {pack.id, pack.version, store::Bytes{pack.hash}, writing.next_sequence()});
  for (const policy::PackFile& file : pack.files) {
    writing.rows.insert(pack_file_table,
                        {pack.id, pack.version, file.path, store::Bytes{file.bytes}});
  }
}

Reply ProposeActivation::write(const Context& context, Writing& writing) {
  const ActivationId id{writing.issue_id()};
  const policy::Pack& pack = *find_pack(packs_, activation_.pack, activation_.pack_version);
  if (hash_->empty()) keep_pack(writing);
  auto entry = entry_of("activation_proposed", id.text(), context,
                        activation_content(id, activation_, pack.hash));
  entry.unit = activation_.unit;
  entry.fields.push_back({"reason", activation_.reason});
  entry.touched.push_back({"activation", id.value, 1});
  const auto sequence = writing.append(std::move(entry));
  writing.rows.insert(
      activation_table,
      {id, activation_.pack, activation_.pack_version, activation_.unit, activation_.span.from,
       activation_.span.until, activation_.reason, context.account, writing.at(), 1, sequence});
  return reply_with_state(201, id.text(), 1, State::proposed);
}

ProposeValue::ProposeValue(const std::vector<policy::Pack>& packs, NewDecided asked,
                           std::vector<UnitId> roots)
    : packs_(packs), asked_(std::move(asked)), reach_{{}, std::move(roots)} {
  asked_.ref = kept_text(asked_.ref);
  asked_.note = kept_text(asked_.note);
}

Need ProposeValue::need() const { return {Permission::pack_propose, reach_.asked_at()}; }

void ProposeValue::load(store::Connection& connection) {
  const auto [pack, parameter] = parts_of(asked_.parameter);
  roots_ = queue_roots(connection);
  proposed_ = queue_waiting(connection, pack, parameter);
}

Refusals ProposeValue::decide(const Context& context) {
  Refusals refusals;
  auto value = decide_value(asked_, packs_, context.today);
  if (value) {
    value_ = std::move(*value);
  } else {
    refusals = value.take_refusals();
  }
  for (const store::Row row : *proposed_) {
    if (row.date(1) != asked_.from) continue;
    const DecidedId id = row.id<DecidedId>(0);
    refuse(refusals, RefusalCode::duplicate, "", "", id.text(),
           "/api/v1/parameter-values/" + id.text());
  }
  check_roots(reach_, *roots_, context, refusals);
  return refusals;
}

Reply ProposeValue::write(const Context& context, Writing& writing) {
  const DecidedId id{writing.issue_id()};
  const auto [pack, parameter] = parts_of(asked_.parameter);
  auto entry = entry_of("parameter_value_proposed", id.text(), context,
                        decided_content(id, asked_.parameter, *value_, asked_.retroactive));
  entry.fields.push_back({"reference", asked_.ref});
  entry.fields.push_back({"note", asked_.note});
  entry.touched.push_back({"parameter_value", id.value, 1});
  const auto sequence = writing.append(std::move(entry));
  writing.rows.insert(parameter_value_table,
                      {id, pack, parameter, asked_.from, canonical_json(stored_form(*value_)),
                       asked_.retroactive ? 1 : 0, asked_.ref, asked_.note, context.account,
                       writing.at(), 1, sequence});
  return reply_with_state(201, id.text(), 1, State::proposed);
}

ConfirmProposal::ConfirmProposal(Proposed read, std::int64_t version, std::vector<UnitId> roots)
    : read_(std::move(read)), version_(version), reach_{read_.unit, std::move(roots)} {}

Need ConfirmProposal::need() const { return {Permission::pack_activate, reach_.asked_at()}; }

void ConfirmProposal::load(store::Connection& connection) {
  row_ = queue_proposed(connection, read_.what, read_.id);
  roots_ = queue_roots(connection);
  same_person_ = queue_accounts_of_same_person(connection, read_.steps.proposed.by);
}

Refusals ConfirmProposal::decide(const Context& context) {
  now_ = proposed_from(*row_, read_.what);
  if (!now_) return {command::not_found(read_.subject)};
  const bool same = std::ranges::any_of(
      accounts_from(*same_person_), [&](AccountId account) { return account == context.account; });
  Refusals refusals = decide_confirmation(*now_, version_, {context.account, same});
  check_roots(reach_, *roots_, context, refusals);
  return refusals;
}

Reply ConfirmProposal::write(const Context& context, Writing& writing) {
  const std::int64_t version = now_->version + 1;
  auto entry = entry_of(
      now_->what == Proposal::activation ? "activation_confirmed" : "parameter_value_confirmed",
      now_->subject, context, confirmed_content(*now_));
  entry.unit = now_->unit;
  entry.previous = now_->steps.proposed.seq;
  entry.touched.push_back({table_of(now_->what), now_->id, version});
  write_confirmed(writing, now_->what, now_->id, version, context.account,
                  writing.append(std::move(entry)));
  return reply_with_state(200, now_->subject, version, State::in_force);
}

WithdrawProposal::WithdrawProposal(Proposed read, Withdrawal withdrawal, std::vector<UnitId> roots)
    : read_(std::move(read)),
      withdrawal_(std::move(withdrawal)),
      reach_{read_.unit, std::move(roots)} {
  withdrawal_.reason = kept_text(withdrawal_.reason);
}

Need WithdrawProposal::need() const {
  const bool in_force = read_.steps.state() == State::in_force;
  return {in_force ? Permission::pack_activate : Permission::pack_propose, reach_.asked_at()};
}

void WithdrawProposal::load(store::Connection& connection) {
  row_ = queue_proposed(connection, read_.what, read_.id);
  roots_ = queue_roots(connection);
}

Refusals WithdrawProposal::decide(const Context& context) {
  now_ = proposed_from(*row_, read_.what);
  if (!now_) return {command::not_found(read_.subject)};
  Refusals refusals = decide_withdrawal(*now_, withdrawal_);
  // The right was asked for as it was read.
  if (refusals.empty() && now_->version != read_.version) {
    command::check_version(now_->version, read_.version, refusals);
  }
  check_roots(reach_, *roots_, context, refusals);
  return refusals;
}

Reply WithdrawProposal::write(const Context& context, Writing& writing) {
  const std::int64_t version = now_->version + 1;
  auto entry = entry_of(
      now_->what == Proposal::activation ? "activation_withdrawn" : "parameter_value_withdrawn",
      now_->subject, context, withdrawn_content(*now_, withdrawal_.ended_on));
  entry.unit = now_->unit;
  entry.previous = now_->steps.confirmed.value_or(now_->steps.proposed).seq;
  entry.fields.push_back({"reason", withdrawal_.reason});
  entry.touched.push_back({table_of(now_->what), now_->id, version});
  write_withdrawn(writing, now_->what, now_->id, version, context.account, withdrawal_.reason,
                  writing.append(std::move(entry)));
  if (withdrawal_.ended_on) {
    write_ended_on(writing, ActivationId{now_->id}, *withdrawal_.ended_on);
  }
  return reply_with_state(200, now_->subject, version, State::withdrawn);
}

ImportRevisions::ImportRevisions(const std::vector<policy::Pack>& packs,
                                 std::vector<calendar::Revision> revisions,
                                 std::vector<UnitId> roots)
    : packs_(packs), revisions_(std::move(revisions)), reach_{{}, std::move(roots)} {
  for (auto& revision : revisions_) revision.source = kept_text(revision.source);
}

Need ImportRevisions::need() const { return {Permission::pack_activate, reach_.asked_at()}; }

void ImportRevisions::load(store::Connection& connection) {
  roots_ = queue_roots(connection);
  present_ = queue_revision_names(connection);
}

Refusals ImportRevisions::decide(const Context& context) {
  std::vector<std::string> taken;
  for (const store::Row row : *present_) taken.push_back(row.text(0));
  for (const policy::Pack& pack : packs_) {
    for (const auto& revision : pack.revisions) taken.push_back(revision.id);
  }
  Refusals refusals;
  for (std::size_t i = 0; i < revisions_.size(); ++i) {
    for (Refusal& refusal : decide_revision(revisions_[i], taken, context.today)) {
      if (revisions_.size() > 1) refusal.where = fmt::format("/{}{}", i, refusal.where);
      refusals.push_back(std::move(refusal));
    }
    taken.push_back(revisions_[i].id);
  }
  check_roots(reach_, *roots_, context, refusals);
  return refusals;
}

Reply ImportRevisions::write(const Context& context, Writing& writing) {
  for (const calendar::Revision& revision : revisions_) {
    const std::int64_t id = writing.issue_id();
    auto entry = entry_of("calendar_imported", revision.id, context, revision_content(revision));
    entry.touched.push_back({"calendar_revision", id, 1});
    const auto sequence = writing.append(std::move(entry));
    writing.rows.insert(calendar_revision_table,
                        {id, revision.id, static_cast<std::int64_t>(revision.year),
                         revision.published, revision.source, canonical_json(days_form(revision)),
                         context.account, writing.at(), sequence});
  }
  return {201, Value::object({{"imported", static_cast<std::int64_t>(revisions_.size())}})};
}

}  // namespace huilu::enactment
