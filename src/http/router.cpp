#include "http/router.h"

#include <algorithm>

#include "base/check.h"
#include "base/text.h"

namespace huilu::http {

namespace {

using Segments = std::vector<std::string_view>;

bool is_parameter(std::string_view segment) { return segment.starts_with('{'); }

bool matches(const std::vector<std::string>& pattern, const Segments& path) {
  if (pattern.size() != path.size()) return false;
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (is_parameter(pattern[i]) ? path[i].empty() : pattern[i] != path[i]) return false;
  }
  return true;
}

// Literals stand before parameters, the leftmost difference first, so that the first match is best.
bool is_closer(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                      [](const std::string& left, const std::string& right) {
                                        return is_parameter(left) < is_parameter(right);
                                      });
}

}  // namespace

void Router::add(Method method, std::string_view pattern, std::size_t route) {
  CHECK(pattern.starts_with('/'));
  const auto pieces = split(pattern.substr(1), '/');
  const std::vector<std::string> segments(pieces.begin(), pieces.end());
  auto at = std::find_if(patterns_.begin(), patterns_.end(),
                         [&](const Pattern& known) { return known.segments == segments; });
  if (at == patterns_.end()) {
    at = std::find_if(patterns_.begin(), patterns_.end(),
                      [&](const Pattern& known) { return is_closer(segments, known.segments); });
    at = patterns_.insert(at, Pattern{segments, {}});
  }
  for (const auto& [known, index] : at->routes) CHECK(known != method);
  at->routes.emplace_back(method, route);
}

Match Router::find(Method method, std::string_view path) const {
  Match match;
  if (!path.starts_with('/')) return match;
  const Segments segments = split(path.substr(1), '/');
  const auto allow = [&](Method other) {
    const auto end = match.allowed.end();
    if (std::find(match.allowed.begin(), end, other) == end) match.allowed.push_back(other);
  };
  for (const auto& pattern : patterns_) {
    if (!matches(pattern.segments, segments)) continue;
    // A route for GET answers HEAD; the server leaves the body away.
    for (const auto wanted : {method, method == Method::head ? Method::get : method}) {
      for (const auto& [known, route] : pattern.routes) {
        if (known != wanted) continue;
        match = {Match::Kind::found, route, {}, {}};
        for (std::size_t i = 0; i < segments.size(); ++i) {
          const std::string_view name = pattern.segments[i];
          if (!is_parameter(name)) continue;
          match.parameters.emplace_back(name.substr(1, name.size() - 2), segments[i]);
        }
        return match;
      }
    }
    match.kind = Match::Kind::no_method;
    for (const auto& [known, route] : pattern.routes) {
      allow(known);
      if (known == Method::get) allow(Method::head);
    }
  }
  return match;
}

}  // namespace huilu::http
