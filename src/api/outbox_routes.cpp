// What leaves the house: what an account wants to be sent, and the outbox as administrators see it.
#include <algorithm>

#include "api/routes.h"
#include "base/hash.h"
#include "base/seal.h"
#include "base/text.h"
#include "outbox/commands.h"
#include "outbox/queries.h"
#include "outbox/rules.h"

namespace huilu::api {

namespace {

using command::Permission;
using outbox::Channel;
using outbox::Choice;

bool offers(const Call& call, Channel channel) {
  return call.services.outbox != nullptr && call.services.outbox->offers(channel);
}

Choice choice_of_caller(const Call& call) {
  return outbox::choice_of(*call.reader, call.who.account)
      .value_or(
          Choice{call.who.account, Channel::none, false, false, call.language, "", {}, 0, {}});
}

// Nothing: there is none, or it was sealed with another key.
std::optional<std::string> address_of(const Call& call, const Choice& choice) {
  const auto* const setup = call.services.outbox;
  const auto bytes = from_base64url(choice.address);
  if (setup == nullptr || setup->key.empty() || !bytes || bytes->empty()) return {};
  return unsealed(setup->key, *bytes, choice.account.text());
}

Answer delivery(Call& call) {
  const Choice choice = choice_of_caller(call);
  Value::List channels;
  for (const Channel one : {Channel::mail, Channel::webhook}) {
    if (offers(call, one)) channels.push_back(outbox::word_of(one));
  }
  const auto address = address_of(call, choice);
  return Answer::of(Value::object(
      {{"channels", std::move(channels)},
       {"channel", outbox::word_of(choice.channel)},
       {"digest", choice.digest},
       {"notices", choice.notices},
       {"address", address ? Value(*address) : Value()},
       {"confirmed", choice.confirmed_at.has_value()},
       {"code_sent", choice.code_sent_at ? Value(choice.code_sent_at->text()) : Value()},
       {"version", choice.version}}));
}

template <std::size_t size>
std::optional<std::size_t> word_in(const std::array<std::string_view, size>& words, Members& in,
                                   std::string_view key) {
  const auto word = in.text(key, 20);
  const auto found = std::ranges::find(words, word);
  if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  std::string expected;
  for (const auto one : words) expected += (expected.empty() ? "" : ", ") + std::string(one);
  if (!word.empty()) in.refuse(RefusalCode::unknown_word, key, expected, word);
  return {};
}

// The address that was typed, sealed; nothing where it is the one that is there.
std::optional<std::string> sealed_address(const Call& call, const std::string& typed,
                                          const Choice& before, Refusals& refusals) {
  const std::string address = trimmed(typed);
  if (address.empty()) return before.address.empty() ? std::nullopt : std::optional(address);
  if (!outbox::is_mail_address(address)) {
    refusals.push_back({RefusalCode::field_range, "/address", "name@example.cn", "", ""});
    return {};
  }
  if (!offers(call, Channel::mail)) {
    refusals.push_back({RefusalCode::wrong_state, "/address", "", "", ""});
    return {};
  }
  if (address_of(call, before) == address && before.confirmed_at) return {};
  return base64url(sealed(call.services.outbox->key, address, call.who.account.text()));
}

Answer choose_delivery(Call& call) {
  Refusals refusals;
  Members in(call.body, "", refusals);
  outbox::ChooseDelivery::Input input;
  input.account = call.who.account;
  input.version = in.integer("version", 0, INT64_MAX);
  const auto channel = word_in(outbox::channel_words, in, "channel");
  input.digest = in.flag("digest", false);
  input.notices = in.flag("notices", false);
  const auto address = in.optional_text("address", 254);
  in.finish();
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  input.channel = static_cast<Channel>(*channel);
  input.language = call.language;
  if (input.channel != Channel::none && !offers(call, input.channel)) {
    refusals.push_back({RefusalCode::wrong_state, "/channel", "",
                        std::string(outbox::word_of(input.channel)), ""});
  }
  if (address) input.address = sealed_address(call, *address, choice_of_caller(call), refusals);
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  return Answer::run(std::make_unique<outbox::ChooseDelivery>(std::move(input)));
}

// Each code that is typed is counted before it is compared, so that no number of them is guessed.
Answer confirm_address(Call& call) {
  Refusals refusals;
  Members in(call.body, "", refusals);
  const auto version = in.integer("version", 1, INT64_MAX);
  const auto code = in.text("code", 20);
  in.finish();
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  const Choice choice = choice_of_caller(call);
  const auto address = address_of(call, choice);
  if (!address || !choice.code_sent_at || choice.confirmed_at)
    return Answer::no(RefusalCode::wrong_state);
  const bool may_try = call.services.side_writer.with([&](store::Connection& connection) {
    return outbox::count_code(connection, call.who.account, outbox::code_tries_max);
  });
  if (!may_try) return Answer::no(RefusalCode::too_many_attempts, "/code");
  const bool is_old =
      call.services.clock.now().ms - choice.code_sent_at->ms > outbox::code_valid_ms;
  const auto expected =
      outbox::code_of(*call.services.outbox, call.who.account, *address, *choice.code_sent_at);
  if (is_old || !equal_in_constant_time(trimmed(code), expected))
    return Answer::no(RefusalCode::field_range, "/code", "the code that was sent last");
  return Answer::run(std::make_unique<outbox::ConfirmAddress>(call.who.account, version));
}

Value message_view(const outbox::Message& message) {
  return Value::object({{"id", message.id.text()},
                        {"account", message.account.text()},
                        {"kind", outbox::word_of(message.kind)},
                        {"channel", outbox::word_of(message.channel)},
                        {"state", outbox::word_of(message.state)},
                        {"tries", message.tries},
                        {"reason", message.reason},
                        {"made", message.made_at.text()},
                        {"due", message.due_at.text()},
                        {"done", message.done_at ? Value(message.done_at->text()) : Value()}});
}

Answer list_messages(Call& call) {
  Refusals refusals;
  Query query(call, refusals);
  outbox::MessageFilter filter;
  if (const auto word = query.text("state")) {
    const auto found = std::ranges::find(outbox::state_words, *word);
    if (found != outbox::state_words.end()) {
      filter.state = static_cast<outbox::State>(found - outbox::state_words.begin());
    } else {
      refusals.push_back(
          {RefusalCode::unknown_word, "/state", "waiting, delivered, dead, dropped", *word, ""});
    }
  }
  filter.limit = query.integer("limit", 50, 1, 500);
  filter.cursor = query.text("cursor").value_or("");
  query.finish();
  if (refusals.empty()) refusals = call.check(Permission::account_read, {});
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  const auto page = outbox::messages(*call.reader, filter);
  if (!page) return Answer::no(page.refusals());
  const auto waits = outbox::how_much_waits(*call.reader);
  Value::List items;
  for (const auto& one : page->items) items.push_back(message_view(one));
  Value view = listed(call, std::move(items), page->next_cursor);
  Value::List channels;
  for (const Channel one : {Channel::mail, Channel::webhook}) {
    if (offers(call, one)) channels.push_back(outbox::word_of(one));
  }
  view.set("channels", std::move(channels));
  view.set("waiting", waits.waiting);
  view.set("dead", waits.dead);
  return Answer::of(std::move(view));
}

Answer decide_message(Call& call, outbox::DecideMessage::Decision decision) {
  const auto id = call.id<outbox::MessageId>("id");
  Refusals refusals;
  Members in(call.body, "", refusals);
  const auto reason = in.text("reason", 1000);
  in.finish();
  if (refusals.empty()) refusals = call.check(Permission::account_change, {});
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  if (!id) return Answer::no(RefusalCode::not_found);
  return Answer::run(std::make_unique<outbox::DecideMessage>(*id, decision, reason));
}

Answer retry_message(Call& call) {
  return decide_message(call, outbox::DecideMessage::Decision::retry);
}
Answer drop_message(Call& call) {
  return decide_message(call, outbox::DecideMessage::Decision::drop);
}

Answer send_test(Call& call) {
  Refusals refusals;
  Members in(call.body, "", refusals);
  const auto word = word_in(outbox::channel_words, in, "channel");
  in.finish();
  if (refusals.empty()) refusals = call.check(Permission::account_change, {});
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  const auto channel = static_cast<Channel>(*word);
  if (!offers(call, channel)) return Answer::no(RefusalCode::wrong_state, "/channel");
  if (channel == Channel::mail && !choice_of_caller(call).confirmed_at)
    return Answer::no(RefusalCode::wrong_state, "/channel");
  return Answer::run(std::make_unique<outbox::SendTest>(call.who.account, channel));
}

}  // namespace

std::vector<Route> outbox_routes() {
  using enum http::Method;
  constexpr auto in = Access::signed_in;
  constexpr auto own = Asked::nowhere;
  constexpr auto json = BodyKind::json;
  return {
      {get, "/me/delivery", in, Permission::signed_in, own, BodyKind::none, "", "Delivery", 200,
       "What the caller wants to be sent, and by what this server can send", delivery},
      {post, "/me/delivery", in, Permission::signed_in, own, json, "NewDelivery", "Changed", 200,
       "Choose what is sent and how; a new address is sent a code", choose_delivery},
      {post, "/me/delivery/confirmation", in, Permission::signed_in, own, json, "DeliveryCode",
       "Changed", 200, "Show that the address is one's own", confirm_address},
      {get, "/outbox", in, Permission::account_read, Asked::anywhere, BodyKind::none, "",
       "MessageList", 200, "Messages that left or are to leave, newest first; never what they say",
       list_messages, nullptr, "state limit cursor"},
      {post, "/outbox/{id}/retry", in, Permission::account_change, Asked::anywhere, json,
       "MessageDecision", "MessageDecided", 200, "Try a message again at once", retry_message},
      {post, "/outbox/{id}/drop", in, Permission::account_change, Asked::anywhere, json,
       "MessageDecision", "MessageDecided", 200, "Do not send a message", drop_message},
      {post, "/outbox/tests", in, Permission::account_change, Asked::anywhere, json, "TestMessage",
       "MessageDecided", 202, "Send the caller a message without content", send_test},
  };
}

}  // namespace huilu::api
