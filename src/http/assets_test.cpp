#include "http/assets.h"

#include <gtest/gtest.h>

#include "http/testing.h"

namespace huilu::http {
namespace {

const std::vector<EmbeddedFile> built = {
    {"index.html", "<meta name=\"csp-nonce\" content=\"@nonce@\">"},
    {"icon.svg", "<svg/>"},
    {"assets/main-abc.js", "plain"},
    {"assets/main-abc.js.br", "smallest"},
    {"assets/main-abc.js.gz", "smaller"},
};

Request asking(std::string path, std::string encodings = "") {
  Request request;
  request.path = std::move(path);
  if (!encodings.empty()) request.headers.emplace_back("accept-encoding", std::move(encodings));
  return request;
}

TEST(Assets, the_api_is_left_alone) {
  const Assets assets(built, false);
  for (const auto* path : {"/api/v1/me", "/healthz", "/metrics"}) {
    EXPECT_FALSE(assets.answer(asking(path)).has_value()) << path;
  }
  Request post = asking("/");
  post.method = Method::post;
  EXPECT_FALSE(assets.answer(post).has_value());
}

TEST(Assets, a_build_without_pages_answers_nothing) {
  const Assets assets({}, false);
  EXPECT_FALSE(assets.answer(asking("/")).has_value());
}

TEST(Assets, every_page_is_the_index_with_a_nonce_of_its_own) {
  const Assets assets(built, false);
  std::string before;
  for (const auto* path : {"/", "/records/r12", "/index.html", "/standing/u7"}) {
    const auto response = assets.answer(asking(path)).value();
    EXPECT_EQ(response.status, 200) << path;
    EXPECT_EQ(response.body.find("@nonce@"), std::string::npos);
    EXPECT_NE(response.body, before) << path;
    before = response.body;
    const auto start = response.body.find("content=\"") + 9;
    const auto nonce = response.body.substr(start, response.body.find('"', start) - start);
    EXPECT_GE(nonce.size(), 24u);
    const auto policy = testing::header_of(response, "Content-Security-Policy");
    EXPECT_NE(policy.find("'nonce-" + nonce + "'"), std::string::npos);
    EXPECT_EQ(policy.find("unsafe"), std::string::npos);
    EXPECT_EQ(testing::header_of(response, "Cache-Control"), "no-store");
  }
}

TEST(Assets, the_smallest_coding_that_is_accepted_is_sent) {
  const Assets assets(built, false);
  const struct {
    const char* encodings;
    std::string_view body;
    const char* coding;
  } cases[] = {{"gzip, deflate, br", "smallest", "br"},
               {"gzip", "smaller", "gzip"},
               {"br;q=0, gzip;q=0.5", "smaller", "gzip"},
               {"br;q=0.000, gzip;q=0", "plain", ""},
               {"", "plain", ""}};
  for (const auto& c : cases) {
    const auto response = assets.answer(asking("/assets/main-abc.js", c.encodings)).value();
    EXPECT_EQ(response.static_body, c.body) << c.encodings;
    EXPECT_EQ(testing::header_of(response, "Content-Encoding"), c.coding) << c.encodings;
    EXPECT_EQ(testing::header_of(response, "Vary"), "Accept-Encoding");
  }
}

TEST(Assets, hashed_files_are_kept_for_good_and_others_are_asked_for_again) {
  const Assets assets(built, false);
  const auto hashed = assets.answer(asking("/assets/main-abc.js")).value();
  EXPECT_EQ(testing::header_of(hashed, "Cache-Control"), "public, max-age=31536000, immutable");
  const auto icon = assets.answer(asking("/icon.svg")).value();
  EXPECT_EQ(testing::header_of(icon, "Cache-Control"), "public, no-cache");
  EXPECT_EQ(testing::header_of(icon, "Content-Type"), "image/svg+xml");
  Request again = asking("/icon.svg");
  again.headers.emplace_back("if-none-match", "W/" + testing::header_of(icon, "ETag"));
  EXPECT_EQ(assets.answer(again).value().status, 304);
}

TEST(Assets, a_missing_file_is_not_answered_with_a_page) {
  const Assets assets(built, false);
  EXPECT_EQ(assets.answer(asking("/assets/old-123.js")).value().status, 404);
  EXPECT_EQ(assets.answer(asking("/robots.txt")).value().status, 404);
}

}  // namespace
}  // namespace huilu::http
