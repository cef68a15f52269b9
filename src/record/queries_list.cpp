// The list of records: newest first, of a unit or of a subtree. In a large subtree almost every new
// fact fits, so the facts are walked from the newest day until the page is full; only where few fit
// are all of the subtree's facts gathered and sorted.
#include <algorithm>
#include <set>

#include "record/queries.h"
#include "record/rules.h"

namespace huilu::record {

namespace {

// A fact's place in the order of the list. Unit 0 stands after all facts of the record.
struct Position {
  std::string day;
  std::int64_t record = 0;
  std::int64_t unit = 0;
};

struct Candidate {
  RecordId record;
  std::string day;
};

class Listing {
 public:
  Listing(store::Connection& connection, const Catalog& catalog, const Filter& filter,
          const Walk& walk, std::optional<Position> after)
      : connection_(connection),
        catalog_(catalog),
        filter_(filter),
        walk_(walk),
        from_(filter.from.value_or(Date::of(1, 1, 1)).text()),
        until_(filter.until.value_or(Date::of(9999, 12, 31)).text()),
        after_(std::move(after)) {}

  Listed list() {
    if (filter_.unit || !walk()) gather();
    Listed listed;
    for (const auto& [record, day] : found_) {
      if (listed.items.size() == limit()) {
        listed.next_cursor = last_.day + "." + last_.record.text();
        break;
      }
      if (auto version = version_of(connection_, record)) {
        listed.items.push_back(std::move(*version));
        last_ = {record, day};
      }
    }
    return listed;
  }

 private:
  std::size_t limit() const { return static_cast<std::size_t>(filter_.limit); }
  bool is_full() const { return found_.size() > limit(); }

  // False: the page is not full, and there are more facts than a walk reads.
  bool walk() {
    Position at{until_, 0, 0};
    if (after_ && after_->day < until_) at = *after_;
    std::int64_t walked = 0;
    for (std::int64_t piece = walk_.piece; walked < walk_.facts_max; piece *= 4) {
      const auto rows = read_piece(at, piece);
      for (const auto row : rows) {
        consider({row.id<RecordId>(1), row.text(0)}, row.text(3));
        if (is_full()) return true;
        at = {row.text(0), row.integer(1), row.integer(2)};
      }
      if (static_cast<std::int64_t>(rows.size()) < piece) return true;
      walked += piece;
    }
    return false;
  }

  store::Rows read_piece(const Position& before, std::int64_t piece) {
    store::Params params = {before.day, before.record, before.unit, from_, piece};
    std::string sql =
        "select f.counts_on, f.record, f.unit, u.path from record_unit f cross join unit u "
        "where u.id = f.unit and (f.counts_on, f.record, f.unit) < (?1, ?2, ?3) "
        "and f.counts_on >= ?4 ";
    if (filter_.type) {
      sql += "and f.type = ?6 ";
      params.emplace_back(*filter_.type);
    }
    sql += "order by f.counts_on desc, f.record desc, f.unit desc limit ?5";
    return connection_.query(sql, params);
  }

  void consider(Candidate candidate, const std::string& path) {
    if (!path.starts_with(filter_.path) || !seen_.insert(candidate.record).second) return;
    if (after_ && stood_before(candidate)) return;
    found_.push_back(std::move(candidate));
  }

  // One of the record's facts is of a later day, and an earlier page had it.
  bool stood_before(const Candidate& candidate) {
    const auto version = version_of(connection_, candidate.record);
    if (!version) return true;
    const auto facts = facts_of(version->content, catalog_);
    return std::any_of(facts.begin(), facts.end(), [&](const Fact& fact) {
      const std::string day = fact.counts_on.text();
      const bool later = day > candidate.day && day < until_;
      return later && (!filter_.type || fact.type == *filter_.type) && is_below(fact.unit);
    });
  }

  bool is_below(UnitId unit) {
    return !connection_
                .query("select 1 from unit where id = ?1 and path >= ?2 and path < ?2 || '~'",
                       {unit, filter_.path})
                .empty();
  }

  // All that fits, sorted.
  void gather() {
    const Position after = after_.value_or(Position{"9999-12-31", INT64_MAX, 0});
    store::Params params = {from_,
                            until_,
                            filter_.unit ? store::Param(*filter_.unit) : store::Param(filter_.path),
                            after.day,
                            after.record,
                            filter_.limit + 1};
    std::string sql = "select f.record, max(f.counts_on) from ";
    sql += filter_.unit ? "record_unit f where f.unit = ?3 "
                        : "unit u cross join record_unit f where f.unit = u.id and u.path >= ?3 "
                          "and u.path < ?3 || '~' ";
    sql += "and f.counts_on >= ?1 and f.counts_on < ?2 ";
    if (filter_.type) {
      sql += "and f.type = ?7 ";
      params.emplace_back(*filter_.type);
    }
    sql +=
        "group by f.record "
        "having max(f.counts_on) < ?4 or (max(f.counts_on) = ?4 and f.record < ?5) "
        "order by max(f.counts_on) desc, f.record desc limit ?6";
    found_.clear();
    for (const auto row : connection_.query(sql, params)) {
      found_.push_back({row.id<RecordId>(0), row.text(1)});
    }
  }

  store::Connection& connection_;
  const Catalog& catalog_;
  const Filter& filter_;
  const Walk& walk_;
  const std::string from_;
  const std::string until_;
  const std::optional<Position> after_;
  std::set<RecordId> seen_;
  std::vector<Candidate> found_;  // one more than the page holds, where there are more
  Candidate last_;
};

// Nothing when it is no cursor of ours.
std::optional<Position> position_from(std::string_view cursor) {
  const std::size_t cut = cursor.find('.');
  if (cut == std::string_view::npos) return {};
  const auto date = Date::parse(cursor.substr(0, cut));
  const auto record = RecordId::parse(cursor.substr(cut + 1));
  if (!date || !record) return {};
  return Position{date->text(), record->value, 0};
}

}  // namespace

Result<Listed> list(store::Connection& connection, const Catalog& catalog, const Filter& filter,
                    const Walk& walk) {
  std::optional<Position> after;
  if (!filter.cursor.empty()) {
    after = position_from(filter.cursor);
    if (!after) return Refusal{RefusalCode::field_type, "/cursor", "next_cursor", "", ""};
  }
  return Listing(connection, catalog, filter, walk, std::move(after)).list();
}

}  // namespace huilu::record
