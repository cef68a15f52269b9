#include "store/lists.h"

#include <algorithm>
#include <bit>

namespace huilu::store {

namespace {

constexpr std::size_t places_max = 128;

std::string with_places(std::string_view sql, std::size_t count) {
  constexpr std::string_view mark = "{ids}";
  std::string places;
  for (std::size_t i = 0; i < count; ++i) {
    places += (i == 0 ? "?" : ",?") + std::to_string(i + 1);
  }
  std::string out;
  for (std::size_t at = 0; at < sql.size();) {
    const std::size_t found = std::min(sql.find(mark, at), sql.size());
    out += sql.substr(at, found - at);
    if (found < sql.size()) out += places;
    at = found + (found < sql.size() ? mark.size() : 0);
  }
  return out;
}

}  // namespace

std::vector<Pending> queue_in(Connection& connection, std::string_view sql, const Params& values) {
  std::vector<Pending> out;
  for (std::size_t from = 0; from < values.size(); from += places_max) {
    const std::size_t count = std::min(places_max, values.size() - from);
    Params params;
    for (std::size_t i = 0; i < std::bit_ceil(count); ++i) {
      params.push_back(values[from + std::min(i, count - 1)]);
    }
    const std::string text = with_places(sql, params.size());
    out.push_back(connection.queue_query(text, std::move(params)));
  }
  return out;
}

}  // namespace huilu::store
