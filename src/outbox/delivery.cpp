#include "outbox/delivery.h"

#include <spdlog/spdlog.h>

#include "base/fault.h"
#include "base/hash.h"
#include "base/seal.h"
#include "base/text.h"
#include "outbox/queries.h"
#include "outbox/rules.h"

namespace huilu::outbox {

namespace {

constexpr std::size_t threads = 2;
constexpr std::chrono::milliseconds idle{2000};
constexpr std::chrono::milliseconds after_fault{5000};

int chance() {
  const std::string bytes = random_bytes(2);
  return (static_cast<unsigned char>(bytes[0]) * 256 + static_cast<unsigned char>(bytes[1])) % 1000;
}

}  // namespace

Delivery::Delivery(store::Database& database, const Setup& setup, courier::Courier& courier,
                   const Clock& clock, std::function<bool(Instant)> is_open, Gauges& gauges)
    : database_(database),
      setup_(setup),
      courier_(courier),
      clock_(clock),
      is_open_(std::move(is_open)),
      gauges_(gauges) {}

Delivery::~Delivery() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  for (auto& thread : threads_) thread.join();
}

void Delivery::start() {
  for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { run(); });
}

void Delivery::run() {
  std::unique_ptr<store::Connection> connection;
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    lock.unlock();
    auto pause = std::chrono::milliseconds(0);
    try {
      if (!connection || !connection->usable())
        connection = database_.connect(store::Access::write);
      if (!deliver_one(*connection)) {
        measure(*connection);
        pause = idle;
      }
    } catch (const Fault& fault) {
      spdlog::error("the outbox stands still: {}", fault.what());
      pause = after_fault;
    }
    lock.lock();
    wake_.wait_for(lock, pause, [this] { return stopping_; });
  }
}

bool Delivery::deliver_one(store::Connection& connection) {
  const Instant now = clock_.now();
  const Instant until{now.ms + claim_time(setup_).count()};
  const auto message = claim(connection, now, until, is_open_(now));
  if (!message) return false;
  const Sent sent = send(connection, *message);
  const Instant after = clock_.now();
  if (sent.state == State::waiting) {
    put_back(connection, *message, next_try(setup_, after, message->tries, chance()), sent.reason);
  } else {
    settle(connection, *message, sent.state, after, sent.reason);
  }
  // No address, no text: what an operator looks up is the id.
  if (sent.state == State::delivered) {
    ++gauges_.delivered;
  } else {
    ++gauges_.failed;
    spdlog::warn("message {} by {}: {} after {} tries ({})", message->id.text(),
                 word_of(message->channel), word_of(sent.state), message->tries, sent.reason);
  }
  return true;
}

// What an account chose is looked at when it is sent, not only when it was made.
Delivery::Sent Delivery::send(store::Connection& connection, const Claimed& message) {
  if (message.tries > setup_.tries_max) return {State::dead, "unanswered"};
  if (!setup_.offers(message.channel)) return {State::dead, "not_set_up"};
  const auto choice = choice_of(connection, message.account);
  if (message.channel == Channel::mail) {
    if (!choice || choice->address.empty()) return {State::dropped, "no_recipient"};
    const bool is_theirs = message.kind == Kind::code || choice->confirmed_at.has_value();
    if (!is_theirs) return {State::dropped, "no_recipient"};
  }
  const bool is_wanted = !is_chosen(message.kind) ||
                         (choice && choice->channel == message.channel &&
                          (message.kind == Kind::digest ? choice->digest : choice->notices));
  if (!is_wanted) return {State::dropped, "not_wanted"};
  if (message.channel == Channel::mail) return carry_mail(*choice, message);
  return judged(courier_.post(post_of(setup_, message, clock_.now())), message);
}

Delivery::Sent Delivery::carry_mail(const Choice& choice, const Claimed& message) {
  const auto bytes = from_base64url(choice.address);
  const auto address = bytes ? unsealed(setup_.key, *bytes, choice.account.text()) : std::nullopt;
  if (!address) return {State::dead, "sealed_by_another_key"};
  std::string code;
  if (message.kind == Kind::code) {
    if (!choice.code_sent_at) return {State::dropped, "no_recipient"};
    code = code_of(setup_, choice.account, *address, *choice.code_sent_at);
  }
  return judged(
      courier_.mail(mail_of(setup_, message, choice.language, *address, code, clock_.now())),
      message);
}

Delivery::Sent Delivery::judged(const courier::Receipt& receipt, const Claimed& message) {
  switch (receipt.outcome) {
    case courier::Outcome::delivered:
      return {State::delivered, receipt.reason};
    case courier::Outcome::refused:
      return {State::dead, receipt.reason};
    default:
      return {message.tries >= setup_.tries_max ? State::dead : State::waiting, receipt.reason};
  }
}

void Delivery::measure(store::Connection& connection) {
  const auto now = how_much_waits(connection);
  gauges_.waiting = now.waiting;
  gauges_.dead = now.dead;
  gauges_.oldest_ms = now.oldest ? now.oldest->ms : 0;
}

}  // namespace huilu::outbox
