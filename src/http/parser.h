// From bytes to a Request: Beast's parser reads the syntax, this keeps what it finds, without a
// second copy, and refuses what two readers could understand differently (request smuggling).
// Belongs to server.cpp, which alone includes it.
#pragma once

#include <algorithm>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "http/files.h"
#include "http/http.h"

namespace huilu::http {

using Error = boost::system::error_code;
namespace beast_http = boost::beast::http;

constexpr std::uint32_t head_bytes_max = 16 * 1024;

// Not an error that a socket gives.
inline Error disk_error() { return make_error_code(boost::system::errc::no_space_on_device); }

class Parser final : public beast_http::basic_parser<true> {
 public:
  Parser() {
    header_limit(head_bytes_max);
    body_limit(boost::none);  // ours is known only after the head, and a 413 needs the handler
    eager(false);
  }

  Request request;

  // Once the head is there. The body goes to the file where there is one.
  void expect_body(std::uint64_t limit, TemporaryFile* file) {
    limit_ = limit;
    file_ = file;
    if (!file) request.body.reserve(std::min(content_length().value_or(0), reserve_max));
    eager(true);
  }

  bool is_http_1_0() const { return version_ == 10; }
  bool is_larger_than(std::uint64_t limit) const { return content_length().value_or(0) > limit; }

 private:
  using View = boost::beast::string_view;
  // A length is only promised; memory is given for bytes that came.
  static constexpr std::uint64_t reserve_max = 64 * 1024;

  static Method method_of(beast_http::verb verb) {
    switch (verb) {
      case beast_http::verb::get:
        return Method::get;
      case beast_http::verb::head:
        return Method::head;
      case beast_http::verb::post:
        return Method::post;
      case beast_http::verb::put:
        return Method::put;
      case beast_http::verb::patch:
        return Method::patch;
      case beast_http::verb::delete_:
        return Method::delete_;
      default:
        return Method::other;
    }
  }

  void on_request_impl(beast_http::verb verb, View, View target, int version,
                       Error& error) override {
    request.method = method_of(verb);
    version_ = version;
    if (version != 10 && version != 11) {
      error = beast_http::error::bad_version;
    } else if (!huilu::http::parse_target({target.data(), target.size()}, request)) {
      error = beast_http::error::bad_target;
    }
  }

  void on_field_impl(beast_http::field field, View name, View value, Error& error) override {
    if (head_done_) return;  // trailers must not pass for headers
    if (field == beast_http::field::host) {
      ++hosts_;
      // A blank would be the rest of a folded line, which other readers take for a header.
      if (value.find_first_of(" \t,/?#@") != View::npos) error = beast_http::error::bad_value;
    }
    if (field == beast_http::field::transfer_encoding &&
        (version_ != 11 || !boost::beast::iequals(value, "chunked"))) {
      error = beast_http::error::bad_transfer_encoding;
      return;
    }
    auto& header = request.headers.emplace_back(std::string(name.data(), name.size()),
                                                std::string(value.data(), value.size()));
    for (char& c : header.first) {
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
  }

  void on_header_impl(Error& error) override {
    head_done_ = true;
    if (hosts_ > 1 || (hosts_ == 0 && version_ == 11)) error = beast_http::error::bad_field;
  }

  std::size_t keep(View bytes, Error& error) {
    if (bytes.size() > limit_ - received_) {
      error = beast_http::error::body_limit;
      return 0;
    }
    received_ += bytes.size();
    if (!file_) {
      request.body.append(bytes.data(), bytes.size());
    } else if (!file_->append({bytes.data(), bytes.size()})) {
      error = disk_error();
    }
    return bytes.size();
  }

  std::size_t on_body_impl(View body, Error& error) override { return keep(body, error); }
  std::size_t on_chunk_body_impl(std::uint64_t, View body, Error& error) override {
    return keep(body, error);
  }

  void on_response_impl(int, View, int, Error&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>&, Error&) override {}
  void on_chunk_header_impl(std::uint64_t, View, Error&) override {}
  void on_finish_impl(Error&) override {}

  TemporaryFile* file_ = nullptr;
  std::uint64_t limit_ = 0;
  std::uint64_t received_ = 0;
  int version_ = 0;
  int hosts_ = 0;
  bool head_done_ = false;
};

}  // namespace huilu::http
