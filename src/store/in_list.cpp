#include "store/in_list.h"

#include <algorithm>
#include <bit>

namespace huilu::store {

namespace {

constexpr std::size_t places_max = 128;

}  // namespace

std::vector<Pending> queue_in(Connection& connection, std::string_view select, const Params& values,
                              std::string_view rest, const Params& first) {
  std::vector<Pending> out;
  for (std::size_t from = 0; from < values.size(); from += places_max) {
    const std::size_t count = std::min(places_max, values.size() - from);
    std::string sql(select);
    Params params = first;
    for (std::size_t i = 0; i < std::bit_ceil(count); ++i) {
      params.push_back(values[from + std::min(i, count - 1)]);
      sql += (i == 0 ? "?" : ",?") + std::to_string(params.size());
    }
    out.push_back(connection.queue_query(sql.append(")").append(rest), std::move(params)));
  }
  return out;
}

}  // namespace huilu::store
