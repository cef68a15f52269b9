#include "notice/queries.h"

#include <algorithm>
#include <charconv>

#include "base/fault.h"
#include "base/text.h"
#include "journal/comparison.h"
#include "notice/commands.h"
#include "store/lists.h"

namespace huilu::notice {

namespace {

using store::Row;

Kind kind_from(std::string_view word) {
  const auto found = std::ranges::find(kind_words, word);
  if (found == kind_words.end()) throw Fault(FaultKind::damaged, "a notice is of no known kind");
  return static_cast<Kind>(found - kind_words.begin());
}

// "1767225600000.1767225500000.12": when it is shown, when it happened, and its id.
struct NoticePosition {
  std::int64_t release_at = INT64_MAX;
  std::int64_t at = INT64_MAX;
  std::int64_t id = INT64_MAX;
};
std::optional<NoticePosition> notice_position_from(const std::string& cursor) {
  NoticePosition position;
  if (cursor.empty()) return position;
  const auto parts = split(cursor, '.');
  if (parts.size() != 3) return {};
  std::int64_t* const into[] = {&position.release_at, &position.at, &position.id};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const char* const end = parts[i].data() + parts[i].size();
    const auto read = std::from_chars(parts[i].data(), end, *into[i]);
    if (read.ec != std::errc{} || read.ptr != end) return {};
  }
  return position;
}

constexpr std::string_view waiters =
    "select w.matter, w.kind, w.clock, w.rung, w.generation, w.unit, w.post, w.person "
    "from matter_wait w where ";

Waiter waiter_from(const Row& row) {
  return {row.id<MatterId>(0),
          row.text(1),
          row.text(2),
          row.text(3),
          row.integer(4),
          {row.id_or_null<UnitId>(5).value_or(UnitId{}), row.text(6),
           row.id_or_null<PersonId>(7).value_or(PersonId{})}};
}

std::vector<Waiter> read_waiters(store::Connection& connection, std::string_view which,
                                 const store::Params& params) {
  std::vector<Waiter> out;
  const std::string sql = std::string(waiters) + std::string(which) + " order by w.matter, w.n";
  for (const Row row : connection.query(sql, params)) out.push_back(waiter_from(row));
  return out;
}

}  // namespace

Result<NoticePage> notices_of(store::Connection& connection, AccountId account, Instant now,
                              int limit, const std::string& cursor) {
  const auto after = notice_position_from(cursor);
  if (!after) return Refusal{RefusalCode::field_type, "/cursor", "next_cursor", "", ""};
  NoticePage page;
  for (const Row row : connection.query(
           "select n.id, n.kind, n.matter, m.type, n.at, n.release_at from notice n "
           "join matter m on m.id = n.matter where n.account = ?1 and n.release_at <= ?2 "
           "and (n.release_at, n.at, n.id) < (?3, ?4, ?5) "
           "order by n.release_at desc, n.at desc, n.id desc limit ?6",
           {account, now, after->release_at, after->at, after->id, limit + 1})) {
    if (page.items.size() == static_cast<std::size_t>(limit)) {
      const Notice& last = page.items.back();
      page.next_cursor = std::to_string(last.release_at.ms) + "." + std::to_string(last.at.ms) +
                         "." + std::to_string(last.id);
      break;
    }
    page.items.push_back({row.integer(0), kind_from(row.text(1)), row.id<MatterId>(2), row.text(3),
                          row.instant(4), row.instant(5)});
  }
  return page;
}

std::map<MatterId, Reminded> reminded_of(store::Connection& connection,
                                         const std::vector<MatterId>& ids) {
  const auto parts = store::queue_in(
      connection,
      "select matter, count(*), max(on_day) from reminder where matter in ({ids}) group by matter",
      store::Params(ids.begin(), ids.end()));
  connection.flush();
  std::map<MatterId, Reminded> reminded;
  for (const auto& rows : parts) {
    for (const Row row : *rows) {
      reminded[row.id<MatterId>(0)] = {row.integer(1), row.date_or_null(2)};
    }
  }
  return reminded;
}

std::vector<Waiter> waiters_of(store::Connection& connection, MatterId matter, Date today) {
  return read_waiters(connection, "w.matter = ?1 and w.kind <> 'told' and w.from_day <= ?2",
                      {matter, today});
}

std::vector<Waiter> reached_between(store::Connection& connection, Date after, Date until) {
  return read_waiters(connection,
                      "w.kind in ('told', 'step') and w.from_day > ?1 and w.from_day <= ?2",
                      {after, until});
}

std::optional<Reminder> reminder(store::Connection& connection, MatterId matter, std::int64_t n) {
  const auto rows = connection.query(
      "select account, at from reminder where matter = ?1 and n = ?2", {matter, n});
  if (rows.empty()) return {};
  return Reminder{rows[0].id<AccountId>(0), rows[0].instant(1)};
}

std::vector<journal::Damage> verify(store::Connection& connection) {
  using journal::Comparison;
  Comparison compare(connection);
  connection.for_each("select t.matter, t.n, t.on_day, t.account, t.at, " +
                          Comparison::opening_of("content") + ", " +
                          Comparison::opening_of("actor") + ", " + Comparison::instant_of() +
                          " from reminder t order by t.matter, t.n",
                      {}, [&](const Row& row) {
                        const auto matter = row.id<MatterId>(0);
                        const std::string id = matter.text() + "/" + std::to_string(row.integer(1));
                        compare.content("reminder", id, row, 5,
                                        reminder_content(matter, row.integer(1), row.date(2)));
                        compare.actor("reminder", id, row, 6, row.id<AccountId>(3));
                        compare.instant("reminder", id, row, 7, row.instant(4));
                      });
  compare.count("reminder", "", "matter_reminded");
  return compare.damages();
}

}  // namespace huilu::notice
