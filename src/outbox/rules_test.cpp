#include "outbox/rules.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <regex>

#include "base/hash.h"
#include "base/seal.h"
#include "base/text.h"
#include "base/value.h"

namespace huilu::outbox {
namespace {

Setup setup() {
  Setup setup;
  setup.link = "https://huilu.example:8443/here";
  setup.key = std::string(seal_key_bytes, 'k');
  setup.mail = MailServer{"smtps://mail.example:465", "huilu@mail.example", "", "", ""};
  setup.webhook = Webhook{"https://bridge.example/in", "a secret of some length", ""};
  return setup;
}

Claimed message(Kind kind) {
  return {MessageId{118}, AccountId{12}, kind, Channel::mail, 3, Date::of(2026, 3, 9), 1};
}

const Instant now = *Instant::parse("2026-03-05T00:30:00.000Z");

std::string decoded(std::string_view base64_text) {
  std::string url;
  for (const char c : base64_text) {
    if (c == '\r' || c == '\n' || c == '=') continue;
    url += c == '+' ? '-' : c == '/' ? '_' : c;
  }
  return from_base64url(url).value_or("no base64");
}

std::string body_of(const courier::Mail& mail) {
  return decoded(mail.text.substr(mail.text.find("\r\n\r\n") + 4));
}

TEST(OutboxRules, a_try_waits_twice_as_long_as_the_one_before_and_never_more_than_four_hours) {
  const auto wait = [&](std::int64_t tries, int chance) {
    return (next_try(setup(), now, tries, chance).ms - now.ms) / 100;
  };
  EXPECT_EQ(wait(1, 0), 225);
  EXPECT_EQ(wait(1, 500), 300);
  EXPECT_EQ(wait(2, 500), 600);
  EXPECT_EQ(wait(3, 999), 1499);
  EXPECT_EQ(wait(10, 500), 4 * 3600 * 10);
  EXPECT_EQ(wait(1000, 500), 4 * 3600 * 10);
  EXPECT_LE(wait(1000, 999), 5 * 3600 * 10);
}

TEST(OutboxRules, a_post_says_how_many_when_and_where_and_nothing_else) {
  const auto post = post_of(setup(), message(Kind::digest), now);
  const Value body = parse_json(post.body).value();
  std::string members;
  for (const auto& [name, value] : body.object()->members) members += name + " ";
  EXPECT_EQ(members, "id kind to things nearest text link ");
  EXPECT_EQ(*body.find("to")->text(), "a12");
  EXPECT_EQ(*body.find("things")->integer(), 3);
  EXPECT_EQ(*body.find("link")->text(), "https://huilu.example:8443/here/todo");
  EXPECT_EQ(*body.find("text")->find("zh-CN")->text(), "您有 3 项待办，最近一项 2026-03-09 到期。");
  EXPECT_EQ(*body.find("text")->find("en")->text(),
            "You have 3 things to do; the nearest is due on 2026-03-09.");
}

// As `printf '1772670600.BODY' | openssl dgst -sha256 -hmac KEY` says.
TEST(OutboxRules, a_post_is_signed_over_its_time_and_its_bytes) {
  EXPECT_EQ(hex(bytes_of(hmac_sha256("Jefe", "what do ya want for nothing?"))),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");  // RFC 4231
  const auto post = post_of(setup(), message(Kind::digest), now);
  std::map<std::string, std::string> headers(post.headers.begin(), post.headers.end());
  EXPECT_EQ(headers["Idempotency-Key"], "huilu-l118");
  const auto expected = hmac_sha256("a secret of some length", "1772670600." + post.body);
  EXPECT_EQ(headers["Huilu-Signature"], "t=1772670600,v1=" + hex(bytes_of(expected)));
}

TEST(OutboxRules, a_mail_has_the_same_id_in_every_try_and_only_ascii_on_the_way) {
  const auto mail =
      mail_of(setup(), message(Kind::digest), words::Language::zh_cn, "chen@example.cn", "", now);
  EXPECT_NE(mail.text.find("Message-ID: <huilu-l118@huilu.example>\r\n"), std::string::npos);
  EXPECT_NE(mail.text.find("Date: Thu, 05 Mar 2026 00:30:00 +0000\r\n"), std::string::npos);
  EXPECT_NE(mail.text.find("Auto-Submitted: auto-generated\r\n"), std::string::npos);
  for (const unsigned char c : mail.text) ASSERT_LT(c, 0x80);
  for (const auto line : split(mail.text, '\n')) EXPECT_LE(line.size(), 79U);
  std::smatch subject;
  const std::regex word(R"(Subject: =\?UTF-8\?B\?([^?]*)\?=\r\n)");
  ASSERT_TRUE(std::regex_search(mail.text, subject, word)) << mail.text;
  EXPECT_EQ(decoded(subject[1].str()), "回路：3 项待办");
  EXPECT_EQ(body_of(mail),
            "您有 3 项待办，最近一项 2026-03-09 到期。\r\n"
            "https://huilu.example:8443/here/todo\r\n\r\n-- \r\n"
            "这是您选择接收的消息，可随时在此关闭：https://huilu.example:8443/here/me\r\n");
}

TEST(OutboxRules, a_long_subject_is_cut_between_characters) {
  auto digest = message(Kind::digest);
  digest.things = INT64_MAX;
  const auto mail = mail_of(setup(), digest, words::Language::en, "chen@example.cn", "", now);
  for (const auto line : split(mail.text, '\n')) EXPECT_LE(line.size(), 77U);
}

TEST(OutboxRules, a_code_is_of_one_account_one_address_and_one_time) {
  const auto code = [&](AccountId account, std::string_view address, std::int64_t ms) {
    return code_of(setup(), account, address, {ms});
  };
  const std::string one = code(AccountId{12}, "chen@example.cn", 1);
  EXPECT_EQ(one.size(), 8U);
  EXPECT_EQ(one, code(AccountId{12}, "chen@example.cn", 1));
  EXPECT_NE(one, code(AccountId{13}, "chen@example.cn", 1));
  EXPECT_NE(one, code(AccountId{12}, "chen@example.com", 1));
  EXPECT_NE(one, code(AccountId{12}, "chen@example.cn", 2));
  auto code_message = message(Kind::code);
  code_message.nearest.reset();
  const auto mail =
      mail_of(setup(), code_message, words::Language::en, "chen@example.cn", one, now);
  EXPECT_NE(body_of(mail).find(one), std::string::npos);
}

TEST(OutboxRules, an_address_breaks_no_header) {
  for (const auto good : {"chen@example.cn", "a.b+c@x-y.gov.cn", "a@localhost"})
    EXPECT_TRUE(is_mail_address(good)) << good;
  for (const auto bad :
       {"", "chen", "@example.cn", "chen@", "chen@.cn", "chen@example.cn\r\nBcc: x@y.z",
        "<chen@example.cn>", "chen@exa mple.cn", "陈@example.cn", "a@b@c", "\"a b\"@c.cn"})
    EXPECT_FALSE(is_mail_address(bad)) << bad;
}

TEST(Seal, only_the_same_key_and_owner_open_it) {
  EXPECT_TRUE(rc::check("what was sealed is opened again", [](const std::string& text) {
    const std::string key(seal_key_bytes, 'k');
    const std::string one = sealed(key, text, "a12");
    RC_ASSERT(unsealed(key, one, "a12") == text);
    RC_ASSERT(!unsealed(key, one, "a13"));
    RC_ASSERT(!unsealed(std::string(seal_key_bytes, 'x'), one, "a12"));
    std::string broken = one;
    broken.back() = static_cast<char>(broken.back() ^ 1);
    RC_ASSERT(!unsealed(key, broken, "a12"));
    RC_ASSERT(sealed(key, text, "a12") != one);
    RC_ASSERT(from_base64url(base64url(one)) == one);
  }));
}

std::string told(const Result<Setup>& setup) {
  std::string out;
  if (setup) return "good";
  for (const auto& refusal : setup.refusals())
    out +=
        (out.empty() ? "" : ", ") + std::string(kind_of(refusal.code).name) + " " + refusal.where;
  return out;
}

Result<Setup> read(std::string_view json, const std::map<std::string, std::string>& files = {},
                   const std::map<std::string, std::string>& variables = {}) {
  const auto in = [](const auto& all) {
    return [&all](const std::string& name) -> std::optional<std::string> {
      const auto found = all.find(name);
      return found == all.end() ? std::nullopt : std::optional(found->second);
    };
  };
  return read_setup(json, in(files), in(variables));
}

TEST(OutboxSetup, secrets_come_from_files_or_the_environment) {
  const std::string key = std::string(64, 'a');
  const auto setup = read(
      R"({"link": "https://h.example/", "key_file": "key", "tries": 3, "timeout_seconds": 5,
          "mail": {"url": "smtp://m.example:587", "from": "h@m.example", "user": "h"},
          "webhook": {"url": "https://b.example/in", "secret_file": "hook"}})",
      {{"key", key + "\n"}, {"hook", "sixteen and more\r\n"}},
      {{"HUILU_MAIL_PASSWORD", "pass"}, {"HUILU_OUTBOX_KEY", "not asked for"}});
  ASSERT_EQ(told(setup), "good");
  EXPECT_EQ(setup->link, "https://h.example");
  EXPECT_EQ(setup->host(), "h.example");
  EXPECT_EQ(setup->key, std::string(32, '\xaa'));
  EXPECT_EQ(setup->mail->password, "pass");
  EXPECT_EQ(setup->webhook->secret, "sixteen and more");
  EXPECT_EQ(setup->tries_max, 3);
  EXPECT_TRUE(setup->offers(Channel::mail) && setup->offers(Channel::webhook));
}

TEST(OutboxSetup, every_fault_is_told_at_once_and_no_secret_with_it) {
  const auto setup = read(
      R"({"link": "ftp://x", "tries": 99, "color": 1,
          "mail": {"url": "http://m.example", "from": "nobody", "user": "h"},
          "webhook": {"url": "http://10.0.0.1/", "secret_file": "hook"}})",
      {{"hook", "short secret"}});
  EXPECT_EQ(told(setup),
            "field_range /link, field_range /mail/url, field_range /mail/from, field_required "
            "/mail/password_file, field_range /webhook/url, field_range /webhook/secret_file, "
            "field_range /tries, unknown_field /color, field_required /key_file");
  for (const auto& refusal : setup.refusals())
    EXPECT_EQ(refusal.got.find("short secret"), std::string::npos);
  EXPECT_EQ(told(read(R"({"link": "https://user:word@x.example"})")), "field_range /link");
  EXPECT_EQ(told(read(R"({"link": "https://x", "webhook": {"url": "https://b.example"}})")),
            "field_required /webhook/secret_file");
  EXPECT_EQ(told(read("{")), "malformed_json 1");
}

}  // namespace
}  // namespace huilu::outbox
