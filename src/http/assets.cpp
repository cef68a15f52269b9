#include "http/assets.h"

#include <array>

#include "base/hash.h"
#include "base/text.h"
#include "http/packing.h"

namespace huilu::http {

namespace {

constexpr std::string_view index_page = "index.html";
constexpr std::string_view nonce_mark = "@nonce@";
constexpr std::array reserved = {"/api/", "/healthz", "/metrics", "/calendar/"};

std::string_view type_of(std::string_view path) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 9> types = {{
      {".html", "text/html; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".svg", "image/svg+xml"},
      {".json", "application/json"},
      {".webmanifest", "application/manifest+json"},
      {".png", "image/png"},
      {".woff2", "font/woff2"},
      {".txt", "text/plain; charset=utf-8"},
  }};
  for (const auto& [ending, type] : types) {
    if (path.ends_with(ending)) return type;
  }
  return "application/octet-stream";
}

bool lists(std::string_view header, std::string_view etag) {
  for (const auto part : split(header, ',')) {
    std::string tag = trimmed(part);
    if (tag.starts_with("W/")) tag.erase(0, 2);
    if (tag == etag || tag == "*") return true;
  }
  return false;
}

// A page's path has no ending; a file that is missing must not be answered with a page.
bool is_page(std::string_view path) {
  return path.find('.', path.rfind('/') + 1) == std::string_view::npos;
}

std::vector<Header> common_headers(bool secure) {
  std::vector<Header> headers = {{"X-Content-Type-Options", "nosniff"},
                                 {"Referrer-Policy", "no-referrer"},
                                 {"Cross-Origin-Resource-Policy", "same-origin"},
                                 {"Cross-Origin-Opener-Policy", "same-origin"}};
  if (secure) headers.emplace_back("Strict-Transport-Security", "max-age=31536000");
  return headers;
}

}  // namespace

Assets::Assets(const std::vector<EmbeddedFile>& files, bool secure) : secure_(secure) {
  for (const auto& embedded : files) {
    const std::string_view path = embedded.path;
    if (path.ends_with(".br")) {
      assets_[std::string(path.substr(0, path.size() - 3))].br = embedded.bytes;
    } else if (path.ends_with(".gz")) {
      assets_[std::string(path.substr(0, path.size() - 3))].gzip = embedded.bytes;
    } else {
      auto& asset = assets_[std::string(path)];
      asset.plain = embedded.bytes;
      asset.etag = '"' + hex(bytes_of(sha256(embedded.bytes))).substr(0, 24) + '"';
    }
  }
}

std::optional<Response> Assets::answer(const Request& request) const {
  if (request.method != Method::get && request.method != Method::head) return {};
  if (assets_.find(index_page) == assets_.end()) return {};
  const std::string_view path = request.path;
  for (const std::string_view start : reserved) {
    if (path.starts_with(start)) return {};
  }
  const auto found = assets_.find(path.substr(1));
  if (found != assets_.end() && found->first != index_page) {
    return file(found->first, found->second, request);
  }
  if (is_page(path) || path.substr(1) == index_page) return page();
  return Response{404,
                  {{"Content-Type", "text/plain; charset=utf-8"}, {"Cache-Control", "no-store"}},
                  "not found\n",
                  "",
                  {}};
}

Response Assets::page() const {
  const std::string nonce = base64url(random_bytes(18));
  Response response;
  response.body = assets_.find(index_page)->second.plain;
  for (std::size_t at; (at = response.body.find(nonce_mark)) != std::string::npos;) {
    response.body.replace(at, nonce_mark.size(), nonce);
  }
  response.headers = common_headers(secure_);
  response.headers.emplace_back("Content-Type", type_of(index_page));
  response.headers.emplace_back("Cache-Control", "no-store");
  response.headers.emplace_back(
      "Content-Security-Policy",
      "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-" + nonce +
          "'; img-src 'self' data: blob:; connect-src 'self'; manifest-src 'self'; "
          "base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
  response.headers.emplace_back("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
  return response;
}

Response Assets::file(const std::string& path, const Asset& asset, const Request& request) const {
  Response response;
  response.headers = common_headers(secure_);
  const bool hashed = path.starts_with("assets/");
  response.headers.emplace_back(
      "Cache-Control", hashed ? "public, max-age=31536000, immutable" : "public, no-cache");
  response.headers.emplace_back("ETag", asset.etag);
  response.headers.emplace_back("Vary", "Accept-Encoding");
  if (lists(request.header("if-none-match"), asset.etag)) {
    response.status = 304;
    return response;
  }
  response.headers.emplace_back("Content-Type", type_of(path));
  const auto codings = request.header("accept-encoding");
  if (!asset.br.empty() && accepts(codings, "br")) {
    response.headers.emplace_back("Content-Encoding", "br");
    response.static_body = asset.br;
  } else if (!asset.gzip.empty() && accepts(codings, "gzip")) {
    response.headers.emplace_back("Content-Encoding", "gzip");
    response.static_body = asset.gzip;
  } else {
    response.static_body = asset.plain;
  }
  return response;
}

}  // namespace huilu::http
