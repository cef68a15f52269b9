#include <map>

#include <fmt/format.h>

#include "campaign/queries.h"
#include "campaign/rules.h"
#include "journal/comparison.h"

namespace huilu::campaign {

namespace {

using journal::Comparison;
using store::Row;

// Rows as they are written and not as they are read: what cannot be read is damaged too.
class Verification {
 public:
  explicit Verification(store::Connection& connection)
      : connection_(connection), compare_(connection) {}

  std::vector<journal::Damage> run() {
    read_batches();
    check_launched();
    check_ended();
    check_placements();
    compare_.count("campaign", "", "campaign_launched");
    compare_.count("campaign", "where ended_seq is not null", "campaign_ended");
    compare_.count("campaign_placement", "", "campaign_unit_placed");
    return compare_.damages();
  }

 private:
  void read_batches() {
    connection_.for_each(
        "select campaign, batch, from_date, until_date from campaign_batch order by campaign, n",
        {}, [&](const Row& row) {
          batches_[row.integer(0)].push_back(
              Value::object({{"id", row.text(1)}, {"from", row.text(2)}, {"until", row.text(3)}}));
        });
  }

  void check_launched() {
    const std::string sql = fmt::format(
        "select t.id, t.pack, t.pack_version, t.unit, t.launched_by, t.launched_at, {}, {}, {} "
        "from campaign t order by t.id",
        Comparison::opening_of("content"), Comparison::opening_of("actor"),
        Comparison::instant_of());
    connection_.for_each(sql, {}, [&](const Row& row) {
      const std::string id = row.id<CampaignId>(0).text();
      compare_.content("campaign", id, row, 6,
                       Value::object({{"campaign", id},
                                      {"pack", row.text(1)},
                                      {"version", row.text(2)},
                                      {"unit", row.id<UnitId>(3).text()},
                                      {"batches", batches_[row.integer(0)]}}));
      compare_.actor("campaign", id, row, 7, row.id<AccountId>(4));
      compare_.instant("campaign", id, row, 8, row.instant(5));
    });
  }

  void check_ended() {
    const std::string sql = fmt::format(
        "select t.id, t.ended_on, t.end_reason, t.ended_by, t.ended_at, {}, {}, {}, {} "
        "from campaign t where t.ended_seq is not null order by t.id",
        Comparison::opening_of("content", "t.ended_seq"),
        Comparison::opening_of("reason", "t.ended_seq"),
        Comparison::opening_of("actor", "t.ended_seq"), Comparison::instant_of("t.ended_seq"));
    connection_.for_each(sql, {}, [&](const Row& row) {
      const auto id = row.id<CampaignId>(0);
      compare_.content("campaign", id.text(), row, 5, ended_content(id, row.text(1)));
      compare_.text("campaign", id.text(), row, 6, row.text(2));
      compare_.actor("campaign", id.text(), row, 7, row.id<AccountId>(3));
      compare_.instant("campaign", id.text(), row, 8, row.instant(4));
    });
  }

  void check_placements() {
    const std::string sql = fmt::format(
        "select t.id, t.campaign, t.unit, t.batch, t.from_date, t.reason, t.placed_by, "
        "t.placed_at, {}, {}, {}, {} from campaign_placement t order by t.id",
        Comparison::opening_of("content"), Comparison::opening_of("reason"),
        Comparison::opening_of("actor"), Comparison::instant_of());
    connection_.for_each(sql, {}, [&](const Row& row) {
      const std::string id = std::to_string(row.integer(0));
      compare_.content("campaign_placement", id, row, 8,
                       Value::object({{"campaign", row.id<CampaignId>(1).text()},
                                      {"placement", row.integer(0)},
                                      {"unit", row.id<UnitId>(2).text()},
                                      {"batch", row.text(3)},
                                      {"from", row.text(4)}}));
      compare_.text("campaign_placement", id, row, 9, row.text(5));
      compare_.actor("campaign_placement", id, row, 10, row.id<AccountId>(6));
      compare_.instant("campaign_placement", id, row, 11, row.instant(7));
    });
  }

  store::Connection& connection_;
  Comparison compare_;
  std::map<std::int64_t, Value::List> batches_;
};

}  // namespace

std::vector<journal::Damage> verify(store::Connection& connection) {
  return Verification(connection).run();
}

}  // namespace huilu::campaign
