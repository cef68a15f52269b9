#include "exemption/commands.h"

#include <algorithm>

#include "command/parts.h"
#include "enactment/tables.h"
#include "exemption/tables.h"

namespace huilu::exemption {

namespace {

using command::Context;
using command::entry_of;
using command::kept_text;
using command::Need;
using command::Permission;
using command::Reply;
using command::reply_of;
using command::Writing;

std::vector<std::string> key_of(const Leave& leave) { return {"leave:" + leave.id.text()}; }

Reply reply_with_state(int status, LeaveId id, std::int64_t version, State state) {
  Reply reply = reply_of(status, id.text(), version);
  reply.body.set("state", word_of(state));
  return reply;
}

}  // namespace

AskLeave::AskLeave(NewLeave asked, Terms terms)
    : asked_(std::move(asked)), terms_(std::move(terms)) {
  asked_.note = kept_text(asked_.note);
}

Need AskLeave::need() const { return {Permission::exemption_ask, {terms_.home}}; }

std::vector<std::string> AskLeave::keys() const {
  return {"leave:" + asked_.obligation + " " + asked_.bearer.text() + " " + asked_.period};
}

void AskLeave::load(store::Connection& connection) { same_ = queue_same(connection, asked_); }

Refusals AskLeave::decide(const Context&) {
  return decide_asking(asked_, terms_, same_from(*same_));
}

Reply AskLeave::write(const Context& context, Writing& writing) {
  Leave leave;
  leave.id = LeaveId{writing.issue_id()};
  leave.kind = asked_.kind;
  leave.obligation = asked_.obligation;
  leave.bearer = asked_.bearer;
  leave.home = terms_.home;
  leave.approver = terms_.approver;
  leave.period = asked_.period;
  leave.act = asked_.act;
  leave.enter = asked_.enter;
  leave.reason = asked_.reason;
  leave.note = asked_.note;
  leave.asked_by = context.account;
  leave.asked_at = writing.at();
  auto entry = entry_of("leave_asked", leave.id.text(), context, leave_content(leave.id, asked_));
  entry.unit = leave.home;
  entry.fields.push_back({"bearer", leave.bearer.text()});
  entry.fields.push_back(
      {"addressed", canonical_json(addressed_content({leave.home, leave.approver}))});
  entry.fields.push_back({"note", leave.note});
  entry.touched.push_back({"leave", leave.id.value, 1});
  leave.seq = writing.append(std::move(entry));
  insert_leave(writing, leave);
  Reply reply = reply_with_state(201, leave.id, 1, State::asked);
  reply.body.set("approver", Value::object({{"unit", leave.approver.text()}}));
  reply.body.set("journal", leave.seq);
  return reply;
}

DecideLeave::DecideLeave(Leave read, Addressed addressed, NewDecision asked, AccountId decider)
    : read_(std::move(read)), addressed_(addressed), asked_(std::move(asked)), decider_(decider) {
  asked_.note = kept_text(asked_.note);
}

Need DecideLeave::need() const { return {Permission::exemption_decide, {addressed_.home}}; }

std::vector<std::string> DecideLeave::keys() const { return key_of(read_); }

void DecideLeave::load(store::Connection& connection) {
  row_ = queue_leave(connection, read_.id);
  standing_ =
      identity::queue_standing(connection, decider_, {addressed_.home, addressed_.approver});
  accounts_of_asker_ = enactment::queue_accounts_of_same_person(connection, read_.asked_by);
  bearer_ = queue_person_of(connection, read_.bearer);
}

Refusals DecideLeave::decide(const Context& context) {
  CHECK(context.account == decider_);
  if (row_->empty()) return {command::not_found(read_.id.text())};
  leave_ = leave_from((*row_)[0]);
  Decider decider;
  decider.account = decider_;
  decider.standing = identity::standing_from(*standing_);
  const auto path = [&](UnitId unit) {
    const std::string* found = decider.standing.path_of(unit);
    return found == nullptr ? std::string() : *found;
  };
  decider.home_path = path(addressed_.home);
  decider.approver_path = path(addressed_.approver);
  const auto accounts = enactment::accounts_from(*accounts_of_asker_);
  decider.is_asker =
      decider_ == leave_->asked_by || std::ranges::find(accounts, decider_) != accounts.end();
  const auto bearer = person_from(*bearer_);
  decider.is_bearer = bearer && decider.standing.person == bearer;
  Leave addressed = *leave_;
  addressed.approver = addressed_.approver;
  return decide_decision(addressed, asked_, decider, context.today);
}

Reply DecideLeave::write(const Context& context, Writing& writing) {
  Leave leave = *leave_;
  leave.home = addressed_.home;
  leave.approver = addressed_.approver;
  const bool approved = asked_.decision == Decision::approve;
  auto entry = entry_of(approved ? "leave_approved" : "leave_refused", leave.id.text(), context,
                        decision_content(leave.id, asked_.decision));
  entry.unit = leave.home;
  entry.previous = leave.seq;
  entry.fields.push_back({"addressed", canonical_json(addressed_content(addressed_))});
  entry.fields.push_back({"note", asked_.note});
  entry.touched.push_back({"leave", leave.id.value, leave.version + 1});
  write_decided(writing, leave, asked_.decision, context.account, asked_.note,
                writing.append(std::move(entry)));
  return reply_with_state(200, leave.id, leave.version + 1,
                          approved ? State::approved : State::refused);
}

WithdrawLeave::WithdrawLeave(Leave read, std::int64_t version, std::string reason,
                             Permission permission)
    : read_(std::move(read)),
      version_(version),
      reason_(kept_text(reason)),
      permission_(permission) {}

Need WithdrawLeave::need() const { return {permission_, {read_.home}}; }

std::vector<std::string> WithdrawLeave::keys() const { return key_of(read_); }

void WithdrawLeave::load(store::Connection& connection) {
  row_ = queue_leave(connection, read_.id);
}

Refusals WithdrawLeave::decide(const Context&) {
  if (row_->empty()) return {command::not_found(read_.id.text())};
  leave_ = leave_from((*row_)[0]);
  return decide_withdrawal(*leave_, version_, reason_);
}

Reply WithdrawLeave::write(const Context& context, Writing& writing) {
  auto entry =
      entry_of("leave_withdrawn", leave_->id.text(), context, withdrawal_content(leave_->id));
  entry.unit = leave_->home;
  entry.previous = leave_->decided_seq.value_or(leave_->seq);
  entry.fields.push_back({"reason", reason_});
  entry.touched.push_back({"leave", leave_->id.value, leave_->version + 1});
  write_withdrawn(writing, *leave_, context.account, reason_, writing.append(std::move(entry)));
  return reply_with_state(200, leave_->id, leave_->version + 1, State::withdrawn);
}

}  // namespace huilu::exemption
