#include "http/router.h"

#include <gtest/gtest.h>

namespace huilu::http {
namespace {

using Parameters = std::vector<std::pair<std::string, std::string>>;
using Kind = Match::Kind;

Router units() {
  Router router;
  router.add(Method::get, "/", 0);
  router.add(Method::get, "/units/{id}", 1);
  router.add(Method::get, "/units/behind", 2);
  router.add(Method::post, "/units", 3);
  router.add(Method::get, "/units", 4);
  router.add(Method::get, "/{room}/behind/all", 5);
  router.add(Method::get, "/units/{id}/children", 6);
  router.add(Method::patch, "/units/{id}", 7);
  router.add(Method::get, "/{room}/{id}/children", 8);
  router.add(Method::delete_, "/units/behind", 9);
  return router;
}

TEST(Router, routes) {
  struct Case {
    Method method;
    std::string path;
    Kind kind;
    std::size_t route;
    Parameters parameters;
  };
  const Case cases[] = {
      {Method::get, "/", Kind::found, 0, {}},
      {Method::get, "/units/u12", Kind::found, 1, {{"id", "u12"}}},
      {Method::patch, "/units/u12", Kind::found, 7, {{"id", "u12"}}},
      {Method::get, "/units/u12/children", Kind::found, 6, {{"id", "u12"}}},
      {Method::get, "/posts/o1/children", Kind::found, 8, {{"room", "posts"}, {"id", "o1"}}},
      {Method::get, "/posts/behind/all", Kind::found, 5, {{"room", "posts"}}},
      {Method::post, "/units", Kind::found, 3, {}},
      {Method::head, "/units", Kind::found, 4, {}},
      {Method::get, "/units/", Kind::no_path, 0, {}},
      {Method::get, "/units/u12/", Kind::no_path, 0, {}},
      {Method::get, "/UNITS", Kind::no_path, 0, {}},
      {Method::get, "/nothing/here", Kind::no_path, 0, {}},
      {Method::get, "", Kind::no_path, 0, {}},
      {Method::get, "units", Kind::no_path, 0, {}},
  };
  const Router router = units();
  for (const auto& c : cases) {
    const Match match = router.find(c.method, c.path);
    EXPECT_EQ(match.kind, c.kind) << c.path;
    EXPECT_EQ(match.route, c.route) << c.path;
    EXPECT_EQ(match.parameters, c.parameters) << c.path;
  }
}

TEST(Router, a_literal_wins_over_a_parameter_where_it_has_the_method) {
  const Router router = units();
  EXPECT_EQ(router.find(Method::get, "/units/behind").route, 2u);
  EXPECT_EQ(router.find(Method::delete_, "/units/behind").route, 9u);
  EXPECT_EQ(router.find(Method::patch, "/units/behind").route, 7u);
}

TEST(Router, a_wrong_method_is_told_the_right_ones) {
  const Match match = units().find(Method::put, "/units/behind");
  EXPECT_EQ(match.kind, Kind::no_method);
  EXPECT_EQ(match.allowed,
            (std::vector{Method::get, Method::head, Method::delete_, Method::patch}));
  EXPECT_TRUE(units().find(Method::put, "/nothing").allowed.empty());
}

TEST(RouterDeathTest, the_same_route_twice_is_a_bug) {
  Router router = units();
  EXPECT_DEATH(router.add(Method::get, "/units", 1), "CHECK");
}

}  // namespace
}  // namespace huilu::http
