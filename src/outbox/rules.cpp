#include "outbox/rules.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/hash.h"
#include "base/seal.h"
#include "base/text.h"
#include "base/value.h"

namespace huilu::outbox {

namespace {

constexpr std::int64_t longest_wait_ms = 4 * 60 * 60 * 1000;
constexpr std::size_t address_characters_max = 254;

// "=?UTF-8?B?…?=" in pieces of whole characters, each short enough for RFC 2047.
std::string encoded_words(std::string_view text) {
  constexpr std::size_t piece_max = 42;
  std::string out;
  while (!text.empty()) {
    std::size_t size = std::min(piece_max, text.size());
    while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80) --size;
    out += (out.empty() ? "=?UTF-8?B?" : "\r\n =?UTF-8?B?") + base64(text.substr(0, size)) + "?=";
    text.remove_prefix(size);
  }
  return out;
}

std::string base64_lines(std::string_view text) {
  constexpr std::size_t line = 76;
  const std::string all = base64(text);
  std::string out;
  for (std::size_t at = 0; at < all.size(); at += line) out += all.substr(at, line) + "\r\n";
  return out;
}

// "Thu, 05 Mar 2026 00:30:00 +0000"
std::string mail_date(Instant at) {
  constexpr std::array days = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};
  constexpr std::array months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const Date day = Zone{0}.date_of(at);
  const auto ymd = day.ymd();
  const std::string time = at.text().substr(11, 8);
  return fmt::format(
      "{}, {:02} {} {} {} +0000", days[static_cast<std::size_t>((day.days % 7 + 7) % 7)],
      static_cast<unsigned>(ymd.day()), months[static_cast<unsigned>(ymd.month()) - 1],
      static_cast<int>(ymd.year()), time);
}

std::string said(words::Language language, const Claimed& message, std::string_view code) {
  const std::string kind(word_of(message.kind));
  const std::string key = "outbox.text." + kind + (message.nearest ? ".dated" : "");
  return words::text(language, key,
                     {{"count", std::to_string(message.things)},
                      {"day", message.nearest ? message.nearest->text() : ""},
                      {"code", code}});
}

std::string link_of(const Setup& setup, Kind kind) {
  return setup.link + (kind == Kind::notice || kind == Kind::urgent ? "/notices"
                       : kind == Kind::digest                       ? "/todo"
                                                                    : "/me");
}

}  // namespace

bool is_mail_address(std::string_view text) {
  if (text.size() > address_characters_max) return false;
  const auto at = text.find('@');
  if (at == std::string_view::npos || at == 0 || at > 64 || at + 1 == text.size()) return false;
  const auto host = text.substr(at + 1);
  if (host.starts_with('.') || host.ends_with('.') || host.starts_with('-')) return false;
  const auto is_letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  };
  return std::ranges::all_of(text.substr(0, at),
                             [&](char c) {
                               return is_letter(c) ||
                                      std::string_view("!#$%&'*+-/=?^_`{|}~.").find(c) !=
                                          std::string_view::npos;
                             }) &&
         std::ranges::all_of(host, [&](char c) { return is_letter(c) || c == '.' || c == '-'; });
}

Instant next_try(const Setup& setup, Instant now, std::int64_t tries, int chance) {
  const std::int64_t first = std::chrono::milliseconds(setup.retry).count();
  const std::int64_t doublings = std::clamp<std::int64_t>(tries - 1, 0, 20);
  const std::int64_t wait = std::min(first << doublings, longest_wait_ms);
  return {now.ms + wait * 3 / 4 + wait / 2 * chance / 1000};
}

std::chrono::milliseconds claim_time(const Setup& setup) {
  return 2 * std::chrono::milliseconds(setup.timeout);
}

std::string code_of(const Setup& setup, AccountId account, std::string_view address, Instant sent) {
  const Hash hash =
      hmac_sha256(setup.key, fmt::format("code/v1 {} {} {}", account.text(), sent.ms, address));
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < 8; ++i) number = number << 8 | hash[i];
  return fmt::format("{:08}", number % 100'000'000);
}

std::string idempotency_key_of(MessageId id) { return "huilu-" + id.text(); }

std::string signature_of(std::string_view secret, Instant now, std::string_view body) {
  const std::string seconds = std::to_string(now.ms / 1000);
  const Hash hash = hmac_sha256(secret, seconds + "." + std::string(body));
  return "t=" + seconds + ",v1=" + hex(bytes_of(hash));
}

courier::Post post_of(const Setup& setup, const Claimed& message, Instant now) {
  Value texts{Value::Object{}};
  for (const auto language :
       {words::Language::zh_cn, words::Language::zh_tw, words::Language::en}) {
    texts.set(std::string(words::tag_of(language)), said(language, message, ""));
  }
  const Value body =
      Value::object({{"id", message.id.text()},
                     {"kind", word_of(message.kind)},
                     {"to", message.account.text()},
                     {"things", message.things},
                     {"nearest", message.nearest ? Value(message.nearest->text()) : Value()},
                     {"text", std::move(texts)},
                     {"link", link_of(setup, message.kind)}});
  courier::Post post{setup.webhook->url, {}, to_json(body), setup.webhook->ca_file};
  post.headers = {{"Content-Type", "application/json"},
                  {"Idempotency-Key", idempotency_key_of(message.id)},
                  {"Huilu-Signature", signature_of(setup.webhook->secret, now, post.body)}};
  return post;
}

courier::Mail mail_of(const Setup& setup, const Claimed& message, words::Language language,
                      std::string to, std::string_view code, Instant now) {
  const auto& server = *setup.mail;
  const std::string subject =
      words::text(language, "outbox.subject." + std::string(word_of(message.kind)),
                  {{"count", std::to_string(message.things)}});
  const std::string text =
      said(language, message, code) + "\r\n" + link_of(setup, message.kind) + "\r\n\r\n-- \r\n" +
      words::text(language, "outbox.text.foot", {{"link", setup.link}}) + "\r\n";
  courier::Mail mail{server.url,    server.user, server.password, server.from,
                     std::move(to), "",          server.ca_file};
  mail.text = fmt::format(
      "Date: {}\r\nFrom: <{}>\r\nTo: <{}>\r\nSubject: {}\r\nMessage-ID: <{}@{}>\r\n"
      "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\nContent-Language: {}\r\n"
      "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{}",
      mail_date(now), mail.from, mail.to, encoded_words(subject), idempotency_key_of(message.id),
      setup.host(), words::tag_of(language), base64_lines(text));
  return mail;
}

}  // namespace huilu::outbox
