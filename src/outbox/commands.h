// The changes of the outbox that somebody makes: what an account wants to be sent, that its address
// is its own, and what an administrator decides about a message. Used by the API through the road.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "command/command.h"
#include "outbox/tables.h"

namespace huilu::outbox {

// What the journal commits to. The sealed address is a field of its own.
Value choice_content(const Choice& choice);
Value confirmation_content(AccountId account);
Value decision_content(MessageId message, std::string_view decision);

// One's own. Replies {"id", "version"}. A new address makes the code that is sent to it in the same
// commit; version_conflict, and too_many_requests where a code was sent a moment ago.
class ChooseDelivery : public command::Command {
 public:
  struct Input {
    AccountId account;
    std::int64_t version = 0;
    Channel channel = Channel::none;
    bool digest = false;
    bool notices = false;
    words::Language language = words::Language::zh_cn;
    std::optional<std::string> address;  // sealed; "": forget it; nothing: as it was
  };
  explicit ChooseDelivery(Input input) : input_(std::move(input)) {}

  std::string_view name() const override { return "choose_delivery"; }
  command::Need need() const override { return {command::Permission::signed_in, {}}; }
  std::vector<std::string> keys() const override;
  void load(store::Connection& connection) override;
  Refusals decide(const command::Context& context) override;
  command::Reply write(const command::Context& context, command::Writing& writing) override;

 private:
  bool has_new_address() const { return input_.address && !input_.address->empty(); }

  Input input_;
  store::Pending rows_;
  std::optional<Choice> before_;
};

// Whoever calls has compared the code. Replies {"id", "version"}.
class ConfirmAddress : public command::Command {
 public:
  ConfirmAddress(AccountId account, std::int64_t version) : account_(account), version_(version) {}

  std::string_view name() const override { return "confirm_address"; }
  command::Need need() const override { return {command::Permission::signed_in, {}}; }
  std::vector<std::string> keys() const override;
  void load(store::Connection& connection) override;
  Refusals decide(const command::Context& context) override;
  command::Reply write(const command::Context& context, command::Writing& writing) override;

 private:
  AccountId account_;
  std::int64_t version_;
  store::Pending rows_;
  std::optional<Choice> choice_;
};

// account_change. What is dead or waits is tried again at once, or dropped; wrong_state otherwise.
class DecideMessage : public command::Command {
 public:
  enum class Decision { retry, drop };
  DecideMessage(MessageId message, Decision decision, std::string reason);

  std::string_view name() const override { return "decide_message"; }
  command::Need need() const override { return {command::Permission::account_change, {}}; }
  std::vector<std::string> keys() const override;
  void load(store::Connection& connection) override;
  Refusals decide(const command::Context& context) override;
  command::Reply write(const command::Context& context, command::Writing& writing) override;

 private:
  MessageId message_;
  Decision decision_;
  std::string reason_;
  store::Pending rows_;
};

// account_change. A message without content to whoever asks for it. Replies 202 {"id"}.
class SendTest : public command::Command {
 public:
  SendTest(AccountId account, Channel channel) : account_(account), channel_(channel) {}

  std::string_view name() const override { return "send_test"; }
  command::Need need() const override { return {command::Permission::account_change, {}}; }
  void load(store::Connection&) override {}
  Refusals decide(const command::Context&) override { return {}; }
  command::Reply write(const command::Context& context, command::Writing& writing) override;

 private:
  AccountId account_;
  Channel channel_;
};

}  // namespace huilu::outbox
