#include "outbox/setup.h"

#include "base/members.h"
#include "base/seal.h"
#include "base/text.h"
#include "outbox/rules.h"

namespace huilu::outbox {

namespace {

constexpr std::size_t secret_bytes_min = 16;

class Reading {
 public:
  Reading(const Source& file, const Source& variable) : file_(file), variable_(variable) {}

  Result<Setup> read(const Value& value) {
    Members in(value, "", refusals_);
    setup_.link = in.text("link", 500);
    if (!setup_.link.empty() && !is_url(setup_.link, {"https://", "http://"}))
      in.refuse(RefusalCode::field_range, "link", "https://…", setup_.link);
    while (setup_.link.ends_with('/')) setup_.link.pop_back();
    const auto key = secret(in, "key_file", "HUILU_OUTBOX_KEY");
    if (const Value* mail = in.object("mail")) setup_.mail = mail_server(*mail, in.at("mail"));
    if (const Value* hook = in.object("webhook")) setup_.webhook = webhook(*hook, in.at("webhook"));
    setup_.tries_max = static_cast<int>(in.optional_integer("tries", 1, 30).value_or(10));
    setup_.retry = std::chrono::seconds(in.optional_integer("retry_seconds", 1, 3600).value_or(30));
    setup_.timeout =
        std::chrono::seconds(in.optional_integer("timeout_seconds", 1, 120).value_or(20));
    in.finish();
    if (setup_.mail || key) take_key(key.value_or(""));
    if (!refusals_.empty()) return std::move(refusals_);
    return std::move(setup_);
  }

 private:
  static bool is_url(std::string_view url, std::initializer_list<std::string_view> schemes) {
    for (const unsigned char c : url) {
      if (c <= ' ' || c >= 0x7F || c == '"' || c == '@' || c == '#') return false;
    }
    for (const auto scheme : schemes) {
      if (url.starts_with(scheme) && url.size() > scheme.size()) return true;
    }
    return false;
  }

  std::string url(Members& in, std::initializer_list<std::string_view> schemes) {
    std::string url = in.text("url", 500);
    if (!url.empty() && !is_url(url, schemes)) {
      std::string expected;
      for (const auto scheme : schemes)
        expected += (expected.empty() ? "" : ", ") + std::string(scheme) + "…";
      in.refuse(RefusalCode::field_range, "url", expected, url);
    }
    return url;
  }

  // The first line of the file that is named, or the variable. Never repeated in a refusal.
  std::optional<std::string> secret(Members& in, std::string_view name,
                                    const std::string& variable) {
    const auto path = in.optional_text(name, 500);
    const auto found = path ? file_(*path) : variable_(variable);
    if (path && !found) in.refuse(RefusalCode::field_range, name, "a file that can be read", *path);
    if (!found) return {};
    return trimmed(found->substr(0, found->find_first_of("\r\n")));
  }

  std::string ca_file(Members& in) {
    auto path = in.optional_text("ca_file", 500).value_or("");
    if (!path.empty() && !file_(path))
      in.refuse(RefusalCode::field_range, "ca_file", "a file that can be read", path);
    return path;
  }

  MailServer mail_server(const Value& value, std::string pointer) {
    Members in(value, std::move(pointer), refusals_);
    MailServer mail;
    mail.url = url(in, {"smtps://", "smtp://"});
    mail.from = in.text("from", 254);
    if (!mail.from.empty() && !is_mail_address(mail.from))
      in.refuse(RefusalCode::field_range, "from", "name@host", mail.from);
    mail.user = in.optional_text("user", 254).value_or("");
    mail.password = secret(in, "password_file", "HUILU_MAIL_PASSWORD").value_or("");
    if (!mail.user.empty() && mail.password.empty())
      in.refuse(RefusalCode::field_required, "password_file", "HUILU_MAIL_PASSWORD");
    mail.ca_file = ca_file(in);
    in.finish();
    return mail;
  }

  Webhook webhook(const Value& value, std::string pointer) {
    Members in(value, std::move(pointer), refusals_);
    Webhook hook;
    hook.url = url(in, {"https://"});
    const auto found = secret(in, "secret_file", "HUILU_WEBHOOK_SECRET");
    hook.secret = found.value_or("");
    if (!found) {
      in.refuse(RefusalCode::field_required, "secret_file", "HUILU_WEBHOOK_SECRET");
    } else if (hook.secret.size() < secret_bytes_min) {
      in.refuse(RefusalCode::field_range, "secret_file", "16 characters or more");
    }
    hook.ca_file = ca_file(in);
    in.finish();
    return hook;
  }

  void take_key(std::string_view digits) {
    std::string key;
    for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
      const auto half = [&](char c) { return std::string_view("0123456789abcdef").find(c); };
      const auto high = half(digits[i]), low = half(digits[i + 1]);
      if (high > 15 || low > 15) break;
      key += static_cast<char>(high * 16 + low);
    }
    if (key.size() == seal_key_bytes && digits.size() == 2 * seal_key_bytes) {
      setup_.key = std::move(key);
    } else {
      refusals_.push_back({digits.empty() ? RefusalCode::field_required : RefusalCode::field_range,
                           "/key_file", "64 of 0-9 a-f (HUILU_OUTBOX_KEY)", "", ""});
    }
  }

  const Source& file_;
  const Source& variable_;
  Setup setup_;
  Refusals refusals_;
};

}  // namespace

std::string Setup::host() const {
  const auto begin = link.find("://") == std::string::npos ? 0 : link.find("://") + 3;
  return link.substr(begin, link.find_first_of("/:", begin) - begin);
}

Result<Setup> read_setup(std::string_view json, const Source& file, const Source& variable) {
  const auto value = parse_json(json);
  if (!value) return value.refusals();
  return Reading(file, variable).read(*value);
}

}  // namespace huilu::outbox
