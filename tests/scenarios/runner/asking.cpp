#include "tests/scenarios/runner/asking.h"

#include <algorithm>
#include <charconv>
#include <filesystem>

#include <fmt/format.h>

#include "base/text.h"

namespace huilu::scenario {

namespace {

constexpr std::chrono::seconds answer_patience{30};

http::Method method_from(std::string_view word) {
  for (const auto method : {http::Method::get, http::Method::head, http::Method::post,
                            http::Method::put, http::Method::patch, http::Method::delete_}) {
    if (http::word_of(method) == word) return method;
  }
  throw Miswritten("no method " + std::string(word));
}

std::string bytes_of_hex(const std::string& hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    int byte = 0;
    std::from_chars(hex.data() + i, hex.data() + i + 2, byte, 16);
    bytes += static_cast<char>(byte);
  }
  return bytes;
}

void set_header(http::Request& request, const std::string& name, std::string value) {
  std::erase_if(request.headers, [&](const http::Header& header) { return header.first == name; });
  request.headers.emplace_back(name, std::move(value));
}

Answered read(http::Response response) {
  Answered answered;
  answered.status = response.status;
  answered.headers = Value::Object{};
  bool json = false;
  for (const auto& [name, value] : response.headers) {
    std::string lower = name;
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const Value* earlier = answered.headers.find(lower);
    answered.headers.set(lower, earlier ? *earlier->text() + ", " + value : value);
    json = json || (lower == "content-type" && value.find("json") != std::string::npos);
  }
  if (!response.file.empty()) response.body = text_of_file(response.file);
  if (!response.static_body.empty()) response.body = response.static_body;
  if (!json) {
    answered.body = std::move(response.body);
    return answered;
  }
  auto parsed = parse_json(response.body);
  if (!parsed) throw Miswritten("the answer is not JSON: " + response.body);
  answered.body = std::move(*parsed);
  return answered;
}

Answered wait_for(std::future<http::Response> future) {
  if (future.wait_for(answer_patience) != std::future_status::ready) {
    throw Fault(FaultKind::timeout, "no answer came");
  }
  return read(future.get());
}

const Value* at_pointer(const Value& value, std::string_view pointer) {
  const Value* at = &value;
  for (const auto step : split(pointer.substr(1), '/')) {
    if (at == nullptr) return nullptr;
    if (const auto* list = at->list()) {
      std::size_t index = list->size();
      std::from_chars(step.data(), step.data() + step.size(), index);
      at = index < list->size() ? &(*list)[index] : nullptr;
    } else {
      at = at->find(step);
    }
  }
  return at;
}

const RefusalKind* kind_named(std::string_view code) {
  for (const RefusalKind& kind : all_refusals()) {
    if (kind.name == code) return &kind;
  }
  return nullptr;
}

}  // namespace

std::optional<Instant> instant_from(std::string_view text) {
  const auto day = Date::parse(text.substr(0, 10));
  int hours = 0, minutes = 0, seconds = 0;
  const auto number = [&](std::size_t at, int& out) {
    if (text.size() < at + 2) return false;
    const auto [end, error] = std::from_chars(text.data() + at, text.data() + at + 2, out);
    return error == std::errc{} && end == text.data() + at + 2;
  };
  if (!day || !number(11, hours) || !number(14, minutes) || !number(17, seconds)) return {};
  if (text.size() != 20 || text[10] != 'T' || text[19] != 'Z') return {};
  return Instant{((day->days * 24LL + hours) * 60 + minutes) * 60'000 + seconds * 1000};
}

std::vector<std::string> broken_rules(const Answered& answered) {
  std::vector<std::string> broken;
  const auto rule = [&](bool holds, std::string_view what) {
    if (!holds) broken.emplace_back(what);
  };
  rule(answered.headers.find("huilu-journal") != nullptr, "no Huilu-Journal");
  rule(answered.headers.find("x-content-type-options") != nullptr, "no X-Content-Type-Options");
  if (answered.status < 400) return broken;
  const Value* type = answered.headers.find("content-type");
  rule(type != nullptr && *type->text() == "application/problem+json",
       "an error that is no problem");
  const Value* code = answered.body.find("code");
  const RefusalKind* kind =
      code == nullptr || code->text() == nullptr ? nullptr : kind_named(*code->text());
  rule(kind != nullptr, "a code that is in no table");
  rule(kind != nullptr && kind->status == answered.status, "another status than the code's");
  const Value* refusals = answered.body.find("refusals");
  rule(refusals != nullptr && refusals->list() != nullptr && !refusals->list()->empty(),
       "a problem without refusals");
  return broken;
}

void Asking::speak_as(const std::string& account) {
  if (account != "nobody" && !credentials_.contains(account)) {
    throw Miswritten("no account " + account);
  }
  speaker_ = account;
}

Answered Asking::ask(const Step& step) {
  for (std::int64_t i = 1; i < step.times; ++i) wait_for(world_.send(request_of(step)));
  return wait_for(world_.send(request_of(step)));
}

void Asking::ask_later(const Step& step) {
  auto future = world_.send(request_of(step));
  world_.await_writer();
  if (!later_.emplace(step.later, std::move(future)).second) {
    throw Miswritten(step.later + " is awaited already");
  }
}

Answered Asking::answer(const std::string& later) {
  const auto found = later_.find(later);
  if (found == later_.end()) throw Miswritten("nothing is awaited as " + later);
  auto future = std::move(found->second);
  later_.erase(found);
  return wait_for(std::move(future));
}

void Asking::bind_names(const Step& step, const Value& body) {
  if (!step.named.empty()) {
    const auto* object = body.object();
    const Value* id = body.find("id");
    if (id == nullptr && object != nullptr && !object->members.empty()) {
      id = &object->members.front().second;
    }
    if (id == nullptr || (id->text() == nullptr && id->integer() == nullptr)) {
      throw Miswritten("the answer has no id");
    }
    names_.bind(step.named, *id);
  }
  for (const auto& member : step.keep.members) {
    const Value* value = at_pointer(body, member.value.text);
    if (value == nullptr || (value->text() == nullptr && value->integer() == nullptr)) {
      throw Miswritten("the answer has nothing to be named at " + member.value.text);
    }
    names_.bind(member.key, *value);
  }
}

http::Request Asking::request_of(const Step& step) {
  const std::string line = names_.filled(step.request);
  const auto blank = line.find(' ');
  if (blank == std::string::npos) throw Miswritten("do: METHOD /path");
  http::Request request;
  request.method = method_from(std::string_view(line).substr(0, blank));
  std::string target = line.substr(blank + 1);
  const bool is_at_root =
      target == "/healthz" || target == "/metrics" || target.starts_with("/calendar/");
  if (!is_at_root) target.insert(0, "/api/v1");
  if (!http::parse_target(target, request)) throw Miswritten("no target: " + target);
  request.peer = "192.0.2.1";
  add_body(step, request);
  add_credentials(request);
  if (request.method != http::Method::get && request.method != http::Method::head) {
    const auto key = step.key.empty() ? fmt::format("scenario-key-{:04}", ++asked_) : step.key;
    set_header(request, "idempotency-key", key);
  }
  for (const auto& header : step.headers.members) {
    set_header(request, header.key, names_.filled(header.value.text));
  }
  return request;
}

void Asking::add_body(const Step& step, http::Request& request) const {
  const policy::Node* const type = step.headers.find("content-type");
  const bool is_sheet = type != nullptr && type->text == "text/csv";
  request.body = is_sheet ? names_.filled(step.raw) : step.raw;
  if (!step.bytes.empty()) request.body = bytes_of_hex(step.bytes);
  if (!step.file.empty()) {
    request.body =
        text_of_file(std::filesystem::path(HUILU_SOURCE_DIR "/tests/fixtures") / step.file);
  }
  if (step.with.kind != policy::NodeKind::null) request.body = to_json(names_.value_of(step.with));
  const auto size = static_cast<std::size_t>(step.padded_to);
  if (request.body.size() < size) request.body.resize(size, ' ');
  if (!request.body.empty()) set_header(request, "content-type", "application/json");
}

void Asking::add_credentials(http::Request& request) {
  if (speaker_ == "nobody") return;
  Credentials& credentials = credentials_[speaker_];
  if (credentials.password.empty()) {
    return set_header(request, "authorization", "Bearer " + credentials.token);
  }
  if (credentials.cookie.empty()) sign_in(credentials);
  set_header(request, "cookie", credentials.cookie);
  set_header(request, "sec-fetch-site", "same-origin");
}

void Asking::sign_in(Credentials& credentials) {
  http::Request request;
  request.method = http::Method::post;
  request.path = "/api/v1/session";
  request.peer = "192.0.2.1";
  request.headers = {{"content-type", "application/json"}};
  request.body =
      to_json(Value::object({{"account", credentials.name}, {"password", credentials.password}}));
  const Answered answered = wait_for(world_.send(std::move(request)));
  const Value* cookie = answered.headers.find("set-cookie");
  if (cookie == nullptr) throw Miswritten(credentials.name + " cannot sign in");
  credentials.cookie = cookie->text()->substr(0, cookie->text()->find(';'));
}

}  // namespace huilu::scenario
