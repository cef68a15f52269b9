#include "outbox/commands.h"

#include "command/parts.h"
#include "outbox/rules.h"

namespace huilu::outbox {

namespace {

std::vector<std::string> key_of(AccountId account) { return {"delivery:" + account.text()}; }

}  // namespace

Value choice_content(const Choice& choice) {
  return Value::object({{"account", choice.account.text()},
                        {"channel", word_of(choice.channel)},
                        {"digest", choice.digest},
                        {"notices", choice.notices},
                        {"language", words::tag_of(choice.language)}});
}

Value confirmation_content(AccountId account) {
  return Value::object({{"account", account.text()}});
}

Value decision_content(MessageId message, std::string_view decision) {
  return Value::object({{"message", message.text()}, {"decision", decision}});
}

std::vector<std::string> ChooseDelivery::keys() const { return key_of(input_.account); }

void ChooseDelivery::load(store::Connection& connection) {
  rows_ = queue_choice(connection, input_.account);
}

Refusals ChooseDelivery::decide(const command::Context& context) {
  before_ = choice_from(*rows_);
  if (!before_) before_ = Choice{input_.account};
  Refusals refusals;
  command::check_version(before_->version, input_.version, refusals);
  const bool is_too_soon = has_new_address() && before_->code_sent_at &&
                           context.now.ms - before_->code_sent_at->ms < code_apart_ms;
  if (is_too_soon) command::refuse(refusals, RefusalCode::too_many_requests, "/address");
  const bool has_address = has_new_address() || (!input_.address && !before_->address.empty());
  if (input_.channel == Channel::mail && !has_address)
    command::refuse(refusals, RefusalCode::field_required, "/address");
  return refusals;
}

command::Reply ChooseDelivery::write(const command::Context& context, command::Writing& writing) {
  Choice choice = *before_;
  choice.channel = input_.channel;
  choice.digest = input_.digest;
  choice.notices = input_.notices;
  choice.language = input_.language;
  choice.version += 1;
  if (input_.address) {
    choice.address = *input_.address;
    choice.confirmed_at.reset();
    choice.code_tries = 0;
  }
  if (has_new_address()) choice.code_sent_at = writing.at();
  auto entry =
      command::entry_of("delivery_chosen", input_.account.text(), context, choice_content(choice));
  if (before_->seq > 0) entry.previous = before_->seq;
  if (!choice.address.empty()) entry.fields.push_back({"address", choice.address});
  choice.seq = writing.append(std::move(entry));
  write_choice(writing, choice);
  if (has_new_address()) {
    insert_message(writing, {choice.account,
                             "code " + std::to_string(writing.at().ms),
                             Kind::code,
                             Channel::mail,
                             0,
                             {},
                             writing.at()});
  }
  return command::reply_of(200, choice.account.text(), choice.version);
}

std::vector<std::string> ConfirmAddress::keys() const { return key_of(account_); }

void ConfirmAddress::load(store::Connection& connection) {
  rows_ = queue_choice(connection, account_);
}

Refusals ConfirmAddress::decide(const command::Context&) {
  choice_ = choice_from(*rows_);
  if (!choice_ || choice_->address.empty()) return {command::not_found(account_.text())};
  Refusals refusals;
  command::check_version(choice_->version, version_, refusals);
  return refusals;
}

command::Reply ConfirmAddress::write(const command::Context& context, command::Writing& writing) {
  auto entry = command::entry_of("address_confirmed", account_.text(), context,
                                 confirmation_content(account_));
  entry.previous = choice_->seq;
  write_confirmed(writing, *choice_, writing.append(std::move(entry)));
  return command::reply_of(200, account_.text(), choice_->version + 1);
}

DecideMessage::DecideMessage(MessageId message, Decision decision, std::string reason)
    : message_(message), decision_(decision), reason_(command::kept_text(reason)) {}

std::vector<std::string> DecideMessage::keys() const { return {"message:" + message_.text()}; }

void DecideMessage::load(store::Connection& connection) {
  rows_ = queue_message(connection, message_);
}

Refusals DecideMessage::decide(const command::Context&) {
  const auto found = message_from(*rows_);
  if (!found) return {command::not_found(message_.text())};
  Refusals refusals = command::check_reason(reason_);
  if (found->state != State::waiting && found->state != State::dead) {
    command::refuse(refusals, RefusalCode::wrong_state, "", "waiting, dead",
                    std::string(word_of(found->state)));
  }
  return refusals;
}

command::Reply DecideMessage::write(const command::Context& context, command::Writing& writing) {
  const bool is_retry = decision_ == Decision::retry;
  auto entry = command::entry_of(is_retry ? "message_retried" : "message_dropped", message_.text(),
                                 context, decision_content(message_, is_retry ? "retry" : "drop"));
  entry.fields.push_back({"reason", reason_});
  const auto sequence = writing.append(std::move(entry));
  (is_retry ? write_retry : write_drop)(writing, message_, sequence);
  return {200, Value::object({{"id", message_.text()}})};
}

command::Reply SendTest::write(const command::Context& context, command::Writing& writing) {
  auto entry = command::entry_of("test_message_sent", account_.text(), context,
                                 Value::object({{"channel", word_of(channel_)}}));
  const auto sequence = writing.append(std::move(entry));
  const MessageId id = insert_message(
      writing,
      {account_, "test " + std::to_string(sequence), Kind::test, channel_, 0, {}, writing.at()});
  return {202, Value::object({{"id", id.text()}})};
}

}  // namespace huilu::outbox
