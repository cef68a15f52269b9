#include <algorithm>

#include "base/text.h"
#include "http/http.h"

namespace huilu::http {

namespace {

int value_of(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
  if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
  return -1;
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

bool is_plain_path(std::string_view path) {
  if (path.empty() || path[0] != '/' || !is_utf8(path)) return false;
  if (std::any_of(path.begin(), path.end(), is_control)) return false;
  // After decoding, so that "%2e%2e" and "%2f" hide nothing.
  for (std::size_t start = 1; start <= path.size();) {
    const auto end = std::min(path.find('/', start), path.size());
    const auto segment = path.substr(start, end - start);
    if (segment == "." || segment == "..") return false;
    start = end + 1;
  }
  return true;
}

}  // namespace

std::string_view word_of(Method method) {
  switch (method) {
    case Method::get:
      return "GET";
    case Method::head:
      return "HEAD";
    case Method::post:
      return "POST";
    case Method::put:
      return "PUT";
    case Method::patch:
      return "PATCH";
    case Method::delete_:
      return "DELETE";
    case Method::other:
      break;
  }
  return "OTHER";
}

std::string_view Request::header(std::string_view lower_case_name) const {
  for (const auto& [name, value] : headers) {
    if (name == lower_case_name) return value;
  }
  return {};
}

std::optional<std::string_view> Request::parameter(std::string_view name) const {
  for (const auto& [key, value] : query) {
    if (key == name) return value;
  }
  return {};
}

std::optional<std::string_view> Request::cookie(std::string_view name) const {
  for (const auto& [header_name, value] : headers) {
    if (header_name != "cookie") continue;
    std::string_view rest = value;
    while (!rest.empty()) {
      const auto end = std::min(rest.find(';'), rest.size());
      auto pair = rest.substr(0, end);
      rest.remove_prefix(std::min(end + 1, rest.size()));
      pair.remove_prefix(std::min(pair.find_first_not_of(" \t"), pair.size()));
      if (pair.size() <= name.size() || pair[name.size()] != '=') continue;
      if (!pair.starts_with(name)) continue;
      pair.remove_prefix(name.size() + 1);
      return pair.substr(0, pair.find_last_not_of(" \t") + 1);
    }
  }
  return {};
}

std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_blank) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      if (text.size() - i < 3) return {};
      const int high = value_of(text[i + 1]);
      const int low = value_of(text[i + 2]);
      if (high < 0 || low < 0) return {};
      out += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      out += text[i] == '+' && plus_is_blank ? ' ' : text[i];
    }
  }
  return out;
}

std::vector<Header> parse_query(std::string_view query) {
  std::vector<Header> pairs;
  while (!query.empty()) {
    const auto end = std::min(query.find('&'), query.size());
    const auto pair = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    if (pair.empty()) continue;
    const auto equals = std::min(pair.find('='), pair.size());
    const auto name = pair.substr(0, equals);
    const auto value = pair.substr(std::min(equals + 1, pair.size()));
    pairs.emplace_back(percent_decoded(name, true).value_or(std::string(name)),
                       percent_decoded(value, true).value_or(std::string(value)));
  }
  return pairs;
}

bool parse_target(std::string_view target, Request& request) {
  if (!target.starts_with('/')) {
    // The absolute form, which RFC 9112 3.2.2 tells every server to accept.
    if (!target.starts_with("http://") && !target.starts_with("https://")) return false;
    target.remove_prefix(std::min(target.find('/', sizeof "https://" - 1), target.size()));
  }
  const auto mark = std::min(target.find('?'), target.size());
  auto path = percent_decoded(target.substr(0, mark), false);
  if (!path || !is_plain_path(*path)) return false;
  request.path = std::move(*path);
  if (mark == target.size()) return true;

  const auto query = target.substr(mark + 1);
  const auto decoded = percent_decoded(query, true);
  if (!decoded || !is_utf8(*decoded)) return false;
  request.query = parse_query(query);
  return true;
}

}  // namespace huilu::http
