#include "http/packing.h"

#include <boost/beast/zlib/deflate_stream.hpp>
#include <boost/crc.hpp>
#include <cstdint>

#include "base/check.h"
#include "base/text.h"

namespace huilu::http {

namespace {

namespace zlib = boost::beast::zlib;

constexpr std::size_t worth_it = 1400;  // what fits into a packet comes no sooner
constexpr int level = 4;                // most of the gain for a third of the time
constexpr int window_bits = 15;
constexpr int memory_level = 8;

void put_little_endian(std::string& out, std::uint32_t value) {
  for (int i = 0; i < 4; ++i) out += static_cast<char>(value >> (8 * i) & 255U);
}

}  // namespace

bool accepts(std::string_view header, std::string_view coding) {
  for (const auto part : split(header, ',')) {
    const auto pieces = split(part, ';');
    if (trimmed(pieces.front()) != coding) continue;
    const std::string quality = pieces.size() > 1 ? trimmed(pieces[1]) : "q=1";
    return quality.find_first_of("123456789") != std::string::npos;
  }
  return false;
}

std::string gzip(std::string_view plain) {
  zlib::deflate_stream stream;
  stream.reset(level, window_bits, memory_level, zlib::Strategy::normal);
  constexpr std::string_view head("\x1f\x8b\x08\0\0\0\0\0\0\xff", 10);
  std::string out(head.size() + stream.upper_bound(plain.size()), '\0');
  out.replace(0, head.size(), head);
  zlib::z_params params;
  params.next_in = plain.data();
  params.avail_in = plain.size();
  params.next_out = out.data() + head.size();
  params.avail_out = out.size() - head.size();
  boost::beast::error_code error;
  stream.write(params, zlib::Flush::finish, error);
  CHECK(error == zlib::error::end_of_stream && params.avail_in == 0);
  out.resize(out.size() - params.avail_out);
  boost::crc_32_type checksum;
  checksum.process_bytes(plain.data(), plain.size());
  put_little_endian(out, checksum.checksum());
  put_little_endian(out, static_cast<std::uint32_t>(plain.size()));
  return out;
}

void pack(Response& response, std::string_view accept_encoding) {
  if (response.body.size() < worth_it || !response.file.empty()) return;
  response.headers.emplace_back("Vary", "Accept-Encoding");
  if (!accepts(accept_encoding, "gzip")) return;
  response.body = gzip(response.body);
  response.headers.emplace_back("Content-Encoding", "gzip");
}

}  // namespace huilu::http
