#include <fmt/format.h>

#include "exemption/queries.h"
#include "exemption/rules.h"
#include "journal/comparison.h"

namespace huilu::exemption {

namespace {

using journal::Comparison;
using store::Row;

Value text_or_null(const Row& row, std::size_t column) {
  const auto text = row.text_or_null(column);
  return text ? Value(*text) : Value();
}

// Rows as they are written and not as they are read: what cannot be read is damaged too.
class Verification {
 public:
  explicit Verification(store::Connection& connection)
      : connection_(connection), compare_(connection) {}

  std::vector<journal::Damage> run() {
    check_asked();
    check_decided();
    check_withdrawn();
    compare_.count("leave", "", "leave_asked");
    compare_.count("leave", "where decision = 'approve'", "leave_approved");
    compare_.count("leave", "where decision = 'refuse'", "leave_refused");
    compare_.count("leave", "where withdrawn_seq is not null", "leave_withdrawn");
    return compare_.damages();
  }

 private:
  // Home and approver are those of the latest entry that names them.
  void check_asked() {
    const std::string sql = fmt::format(
        "select t.id, t.kind, t.obligation, t.bearer, t.home_unit, t.approver, t.period, "
        "t.act_date, t.enter_date, t.reason, t.note, t.asked_by, t.asked_at, {}, {}, {}, {}, {}, "
        "{} from leave t order by t.id",
        Comparison::opening_of("content"), Comparison::opening_of("bearer"),
        Comparison::opening_of("addressed", "coalesce(t.decided_seq, t.seq)"),
        Comparison::opening_of("note"), Comparison::opening_of("actor"), Comparison::instant_of());
    connection_.for_each(sql, {}, [&](const Row& row) {
      const std::string id = row.id<LeaveId>(0).text();
      compare_.content("leave", id, row, 13,
                       Value::object({{"leave", id},
                                      {"kind", row.text(1)},
                                      {"obligation", row.text(2)},
                                      {"period", row.text(6)},
                                      {"act", text_or_null(row, 7)},
                                      {"enter", text_or_null(row, 8)},
                                      {"reason", row.text(9)}}));
      compare_.text("leave", id, row, 14, row.text(3));
      compare_.content("leave", id, row, 15,
                       addressed_content({row.id<UnitId>(4), row.id<UnitId>(5)}));
      compare_.text("leave", id, row, 16, row.text(10));
      compare_.actor("leave", id, row, 17, row.id<AccountId>(11));
      compare_.instant("leave", id, row, 18, row.instant(12));
    });
  }

  void check_decided() {
    const std::string sql = fmt::format(
        "select t.id, t.decision, t.decision_note, t.decided_by, t.decided_at, {}, {}, {}, {} "
        "from leave t where t.decided_seq is not null order by t.id",
        Comparison::opening_of("content", "t.decided_seq"),
        Comparison::opening_of("note", "t.decided_seq"),
        Comparison::opening_of("actor", "t.decided_seq"), Comparison::instant_of("t.decided_seq"));
    connection_.for_each(sql, {}, [&](const Row& row) {
      const std::string id = row.id<LeaveId>(0).text();
      compare_.content("leave", id, row, 5,
                       Value::object({{"leave", id}, {"decision", row.text(1)}}));
      compare_.text("leave", id, row, 6, row.text(2));
      compare_.actor("leave", id, row, 7, row.id<AccountId>(3));
      compare_.instant("leave", id, row, 8, row.instant(4));
    });
  }

  void check_withdrawn() {
    const std::string sql = fmt::format(
        "select t.id, t.withdraw_reason, t.withdrawn_by, t.withdrawn_at, {}, {}, {}, {} "
        "from leave t where t.withdrawn_seq is not null order by t.id",
        Comparison::opening_of("content", "t.withdrawn_seq"),
        Comparison::opening_of("reason", "t.withdrawn_seq"),
        Comparison::opening_of("actor", "t.withdrawn_seq"),
        Comparison::instant_of("t.withdrawn_seq"));
    connection_.for_each(sql, {}, [&](const Row& row) {
      const auto id = row.id<LeaveId>(0);
      compare_.content("leave", id.text(), row, 4, withdrawal_content(id));
      compare_.text("leave", id.text(), row, 5, row.text(1));
      compare_.actor("leave", id.text(), row, 6, row.id<AccountId>(2));
      compare_.instant("leave", id.text(), row, 7, row.instant(3));
    });
  }

  store::Connection& connection_;
  Comparison compare_;
};

}  // namespace

std::vector<journal::Damage> verify(store::Connection& connection) {
  return Verification(connection).run();
}

}  // namespace huilu::exemption
