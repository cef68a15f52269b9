#include "journal/comparison.h"

#include <fmt/format.h>

namespace huilu::journal {

std::string Comparison::opening_of(std::string_view field, std::string_view seq) {
  return fmt::format(
      "(select o.bytes from commitment c join opening o on o.seq = c.seq and o.n = c.n "
      "where c.seq = {} and c.field = '{}')",
      seq, field);
}

void Comparison::content(std::string_view table, std::string_view id, const store::Row& row,
                         std::size_t column, const Value& content) {
  if (row.is_null(column) || row.text(column) != canonical_json(content)) {
    damage(table, id, "does not fit its entry");
  }
}

void Comparison::actor(std::string_view table, std::string_view id, const store::Row& row,
                       std::size_t column, AccountId actor) {
  if (row.is_null(column) || row.text(column) != actor_text(actor)) {
    damage(table, id, "the actor does not fit its entry");
  }
}

void Comparison::text(std::string_view table, std::string_view id, const store::Row& row,
                      std::size_t column, std::string_view text) {
  if (!row.is_null(column) && row.text(column) != text) {
    damage(table, id, "a text does not fit its entry");
  }
}

std::string Comparison::instant_of(std::string_view seq) {
  return fmt::format("(select j.at from journal j where j.seq = {})", seq);
}

void Comparison::instant(std::string_view table, std::string_view id, const store::Row& row,
                         std::size_t column, Instant at) {
  if (row.is_null(column) || row.instant(column) != at) {
    damage(table, id, "the time does not fit its entry");
  }
}

void Comparison::count(std::string_view table, std::string_view where, std::string_view kind) {
  const auto rows = connection_.query(fmt::format("select count(*) from {} {}", table, where));
  const auto entries = connection_.query("select count(*) from journal where kind = ?1", {kind});
  if (rows[0].integer(0) != entries[0].integer(0)) {
    damage(table, "-",
           fmt::format("{} rows {}, {} entries {}", rows[0].integer(0), where,
                       entries[0].integer(0), kind));
  }
}

void Comparison::damage(std::string_view table, std::string_view id, std::string what) {
  if (damages_.size() < damages_max) {
    damages_.push_back({std::string(table), std::string(id), std::move(what)});
  }
}

}  // namespace huilu::journal
