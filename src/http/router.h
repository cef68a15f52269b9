// Router: method and path pattern to an index of the caller's table of routes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "http/http.h"

namespace huilu::http {

struct Match {
  enum class Kind { found, no_path, no_method } kind = Kind::no_path;
  std::size_t route = 0;
  std::vector<std::pair<std::string, std::string>> parameters;  // {"id", "u12"}
  std::vector<Method> allowed;                                  // for no_method
};

class Router {
 public:
  // Patterns like "/api/v1/units/{id}/children"; a literal wins over a parameter.
  void add(Method method, std::string_view pattern, std::size_t route);
  Match find(Method method, std::string_view path) const;

 private:
  struct Pattern {
    std::vector<std::string> segments;
    std::vector<std::pair<Method, std::size_t>> routes;
  };
  std::vector<Pattern> patterns_;
};

}  // namespace huilu::http
