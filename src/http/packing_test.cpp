#include "http/packing.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/beast/zlib/inflate_stream.hpp>

#include "http/testing.h"

namespace huilu::http {
namespace {

namespace zlib = boost::beast::zlib;

std::string unpacked(const std::string& packed, std::size_t size) {
  std::string out(size + 1, '\0');
  zlib::inflate_stream stream;
  zlib::z_params params;
  params.next_in = packed.data() + 10;
  params.avail_in = packed.size() - 18;
  params.next_out = out.data();
  params.avail_out = out.size();
  boost::beast::error_code error;
  stream.write(params, zlib::Flush::finish, error);
  EXPECT_EQ(error, zlib::error::end_of_stream) << error.message();
  out.resize(out.size() - params.avail_out);
  return out;
}

std::string table(std::size_t cells) {
  std::string text;
  for (std::size_t i = 0; i < cells; ++i) text += R"({"due":)" + std::to_string(i * 7919) + "},";
  return text;
}

TEST(Packing, what_is_unpacked_is_what_was_packed) {
  for (const std::size_t cells : {0U, 1U, 100U, 70'000U}) {
    const std::string plain = table(cells);
    const std::string packed = gzip(plain);
    EXPECT_EQ(packed.substr(0, 3), "\x1f\x8b\x08");
    EXPECT_EQ(unpacked(packed, plain.size()), plain) << cells;
  }
}

// The check value of RFC 1952's CRC-32, and the length, both little-endian.
TEST(Packing, a_gzip_file_ends_with_its_checksum_and_length) {
  const std::string packed = gzip("123456789");
  EXPECT_EQ(packed.substr(packed.size() - 8), std::string("\x26\x39\xf4\xcb\x09\0\0\0", 8));
}

TEST(Packing, only_what_is_worth_it_is_packed_and_only_for_who_can_unpack_it) {
  const auto answered = [](std::size_t cells, std::string_view accepted) {
    Response response;
    response.body = table(cells);
    pack(response, accepted);
    return response;
  };
  EXPECT_EQ(testing::header_of(answered(1000, "gzip, br"), "Content-Encoding"), "gzip");
  EXPECT_LT(answered(1000, "gzip").body.size() * 2, table(1000).size());
  EXPECT_EQ(testing::header_of(answered(1000, "br, gzip;q=0"), "Content-Encoding"), "");
  EXPECT_EQ(answered(1000, "").body, table(1000));
  EXPECT_EQ(testing::header_of(answered(1000, ""), "Vary"), "Accept-Encoding");
  EXPECT_EQ(testing::header_of(answered(2, "gzip"), "Content-Encoding"), "");
}

}  // namespace
}  // namespace huilu::http
