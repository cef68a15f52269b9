#include <gtest/gtest.h>

#include "http/http.h"

namespace huilu::http {
namespace {

TEST(Request, percent_decoding) {
  struct Case {
    std::string text;
    bool plus_is_blank;
    std::optional<std::string> expected;
  };
  const Case cases[] = {
      {"", false, ""},
      {"plain", false, "plain"},
      {"a+b", false, "a+b"},
      {"a+b", true, "a b"},
      {"a%2Bb", true, "a+b"},
      {"%41%5a%7A", false, "AZz"},
      {"%E4%B8%AD", false, "中"},
      {"%00", false, std::string(1, '\0')},
      {"%25%34%31", false, "%41"},
      {"100%", false, {}},
      {"%4", false, {}},
      {"%4g", false, {}},
      {"%g4", false, {}},
      {"%%41", false, {}},
      {"% 41", false, {}},
  };
  for (const auto& c : cases) EXPECT_EQ(percent_decoded(c.text, c.plus_is_blank), c.expected);
}

TEST(Request, a_query_keeps_its_pairs_in_order) {
  const std::vector<Header> expected = {{"a", "1"}, {"b", ""},     {"c", ""},     {"a", "2 3"},
                                        {"", "x"},  {"k=", "v=w"}, {"bad", "%zz"}};
  EXPECT_EQ(parse_query("a=1&b=&c&&a=2+3&=x&k%3D=v=w&bad=%zz"), expected);
  EXPECT_TRUE(parse_query("").empty());
}

TEST(Request, targets) {
  struct Case {
    std::string target;
    std::string path;  // "" where it is refused
  };
  const Case cases[] = {
      {"/", "/"},
      {"/a/b", "/a/b"},
      {"/a%20b+c", "/a b+c"},
      {"/a?b=../c", "/a"},
      {"/...", "/..."},
      {"/a..b/c.", "/a..b/c."},
      {"//a", "//a"},
      {"http://host:80/a?b=c", "/a"},
      {"https://host/", "/"},
      {"", ""},
      {"*", ""},
      {"a", ""},
      {"host:443", ""},
      {"http://host", ""},
      {"ftp://host/a", ""},
      {"/..", ""},
      {"/a/../b", ""},
      {"/a/..", ""},
      {"/./a", ""},
      {"/%2e%2e/a", ""},
      {"/a%2f..%2fb", ""},
      {"/a%00", ""},
      {"/a%0Ab", ""},
      {"/a%7f", ""},
      {"/%c0%ae", ""},
      {"/%ed%a0%80", ""},
      {"/\xff", ""},
      {"/%", ""},
      {"/?%", ""},
      {"/?a=%00", ""},
  };
  for (const auto& c : cases) {
    Request request;
    const bool taken = parse_target(c.target, request);
    EXPECT_EQ(taken ? request.path : "", c.path) << c.target;
  }
}

TEST(Request, the_first_of_equal_names_counts) {
  Request request;
  request.headers = {{"x", "1"}, {"x", "2"}};
  request.query = {{"q", "3"}, {"q", "4"}};
  EXPECT_EQ(request.header("x"), "1");
  EXPECT_EQ(request.header("y"), "");
  EXPECT_EQ(request.parameter("q"), "3");
  EXPECT_EQ(request.parameter("r"), std::nullopt);
}

TEST(Request, cookies) {
  Request request;
  request.headers = {{"cookie", "ab=0; a=1 ;b = no;empty=; q=\"x\";;=;a=2"}, {"cookie", "late=3"}};
  EXPECT_EQ(request.cookie("a"), "1");
  EXPECT_EQ(request.cookie("ab"), "0");
  EXPECT_EQ(request.cookie("b"), std::nullopt);
  EXPECT_EQ(request.cookie("empty"), "");
  EXPECT_EQ(request.cookie("q"), "\"x\"");
  EXPECT_EQ(request.cookie("late"), "3");
  EXPECT_EQ(Request().cookie("a"), std::nullopt);
}

TEST(Request, methods_have_words) {
  EXPECT_EQ(word_of(Method::get), "GET");
  EXPECT_EQ(word_of(Method::delete_), "DELETE");
  EXPECT_EQ(word_of(Method::other), "OTHER");
}

}  // namespace
}  // namespace huilu::http
