#include <map>

#include <fmt/format.h>

#include "base/text.h"
#include "enactment/forms.h"
#include "enactment/queries.h"
#include "enactment/reviews.h"
#include "enactment/rules.h"
#include "enactment/tables.h"
#include "journal/comparison.h"

namespace huilu::enactment {

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
    check_packs();
    check_activations();
    check_values();
    check_revisions();
    check_reviews();
    check_steps("activation", Proposal::activation);
    check_steps("parameter_value", Proposal::parameter_value);
    compare_.count("activation", "", "activation_proposed");
    compare_.count("parameter_value", "", "parameter_value_proposed");
    compare_.count("calendar_revision", "", "calendar_imported");
    compare_.count("pack_review", "", "pack_review_confirmed");
    return compare_.damages();
  }

 private:
  // What is kept of a pack is what its hash says; the hash itself is in the activation's entry.
  void check_packs() {
    for (const KeptPack& kept : kept_packs(connection_)) {
      hashes_[{kept.pack, kept.pack_version}] = kept.hash;
      if (policy::hash_of(kept_files(connection_, kept.pack, kept.pack_version)) != kept.hash) {
        compare_.damage("pack_file", kept.pack + " " + kept.pack_version, "does not fit its hash");
      }
    }
  }

  void check_activations() {
    const std::string sql = fmt::format(
        "select t.id, t.pack, t.pack_version, t.unit, t.from_date, t.until_date, t.reason, "
        "t.proposed_by, {}, {}, {}, t.proposed_at, {} from activation t order by t.id",
        Comparison::opening_of("content"), Comparison::opening_of("reason"),
        Comparison::opening_of("actor"), Comparison::instant_of());
    connection_.for_each(sql, {}, [&](const Row& row) {
      const auto id = row.id<ActivationId>(0);
      const auto unit = row.id_or_null<UnitId>(3);
      compare_.content("activation", id.text(), row, 8,
                       Value::object({{"activation", id.text()},
                                      {"pack", row.text(1)},
                                      {"version", row.text(2)},
                                      {"hash", hex(hashes_[{row.text(1), row.text(2)}])},
                                      {"unit", unit ? Value(unit->text()) : Value()},
                                      {"from", row.text(4)},
                                      {"until", text_or_null(row, 5)}}));
      compare_.text("activation", id.text(), row, 9, row.text(6));
      compare_.actor("activation", id.text(), row, 10, row.id<AccountId>(7));
      compare_.instant("activation", id.text(), row, 12, row.instant(11));
    });
  }

  // The value is compared as it is written: a damaged one may be none.
  void check_values() {
    const std::string sql = fmt::format(
        "select t.id, t.pack, t.parameter, t.from_date, t.value, t.retroactive, t.reference, "
        "t.note, t.proposed_by, {}, {}, {}, {}, t.proposed_at, {} from parameter_value t "
        "order by t.id",
        Comparison::opening_of("content"), Comparison::opening_of("reference"),
        Comparison::opening_of("note"), Comparison::opening_of("actor"), Comparison::instant_of());
    connection_.for_each(sql, {}, [&](const Row& row) {
      const auto id = row.id<DecidedId>(0);
      const auto value = parse_json(row.text(4));
      compare_.content("parameter_value", id.text(), row, 9,
                       Value::object({{"parameter_value", id.text()},
                                      {"parameter", row.text(1) + "/" + row.text(2)},
                                      {"from", row.text(3)},
                                      {"value", value ? *value : Value()},
                                      {"retroactive", row.integer(5) != 0}}));
      compare_.text("parameter_value", id.text(), row, 10, row.text(6));
      compare_.text("parameter_value", id.text(), row, 11, row.text(7));
      compare_.actor("parameter_value", id.text(), row, 12, row.id<AccountId>(8));
      compare_.instant("parameter_value", id.text(), row, 14, row.instant(13));
    });
  }

  void check_revisions() {
    const std::string sql = fmt::format(
        "select t.revision, t.year, t.published, t.source, t.days, t.imported_by, {}, {} "
        "from calendar_revision t order by t.id",
        Comparison::opening_of("content"), Comparison::opening_of("actor"));
    connection_.for_each(sql, {}, [&](const Row& row) {
      const auto days = parse_json(row.text(4));
      compare_.content("calendar_revision", row.text(0), row, 6,
                       Value::object({{"revision", row.text(0)},
                                      {"year", row.integer(1)},
                                      {"published", row.text(2)},
                                      {"source", row.text(3)},
                                      {"days", days ? *days : Value()}}));
      compare_.actor("calendar_revision", row.text(0), row, 7, row.id<AccountId>(5));
    });
  }

  void check_reviews() {
    const std::string sql = fmt::format(
        "select t.id, t.pack, t.pack_version, t.parent, t.parent_version, t.note, t.account, {}, "
        "{}, {}, t.at, {} from pack_review t order by t.id",
        Comparison::opening_of("content"), Comparison::opening_of("note"),
        Comparison::opening_of("actor"), Comparison::instant_of());
    connection_.for_each(sql, {}, [&](const Row& row) {
      const std::string id = std::to_string(row.integer(0));
      compare_.content("pack_review", id, row, 7,
                       review_content({row.text(1), row.text(2), row.text(3), row.text(4)}));
      compare_.text("pack_review", id, row, 8, row.text(5));
      compare_.actor("pack_review", id, row, 9, row.id<AccountId>(6));
      compare_.instant("pack_review", id, row, 11, row.instant(10));
    });
  }

  // Confirmations and withdrawals of both.
  void check_steps(std::string_view table, Proposal what) {
    const bool ends = what == Proposal::activation;
    const std::string sql = fmt::format(
        "select t.id, t.confirmed_by, t.confirmed_seq, t.withdrawn_by, t.withdrawn_seq, "
        "t.withdraw_reason, {}, {}, {}, {}, {}, {}, t.confirmed_at, {}, t.withdrawn_at, {} "
        "from {} t order by t.id",
        ends ? "t.ended_on" : "null", Comparison::opening_of("content", "t.confirmed_seq"),
        Comparison::opening_of("actor", "t.confirmed_seq"),
        Comparison::opening_of("content", "t.withdrawn_seq"),
        Comparison::opening_of("actor", "t.withdrawn_seq"),
        Comparison::opening_of("reason", "t.withdrawn_seq"),
        Comparison::instant_of("t.confirmed_seq"), Comparison::instant_of("t.withdrawn_seq"),
        table);
    connection_.for_each(sql, {}, [&](const Row& row) {
      Proposed proposed;
      proposed.subject = ends ? row.id<ActivationId>(0).text() : row.id<DecidedId>(0).text();
      if (!row.is_null(2)) {
        compare_.content(table, proposed.subject, row, 7, confirmed_content(proposed));
        compare_.actor(table, proposed.subject, row, 8, row.id<AccountId>(1));
        compare_.instant(table, proposed.subject, row, 13, row.instant(12));
      }
      if (!row.is_null(4)) {
        compare_.content(
            table, proposed.subject, row, 9,
            Value::object({{"withdrawn", proposed.subject}, {"ended_on", text_or_null(row, 6)}}));
        compare_.actor(table, proposed.subject, row, 10, row.id<AccountId>(3));
        compare_.text(table, proposed.subject, row, 11, row.text(5));
        compare_.instant(table, proposed.subject, row, 15, row.instant(14));
      }
    });
    const std::string confirmed = fmt::format("{}_confirmed", table);
    const std::string withdrawn = fmt::format("{}_withdrawn", table);
    compare_.count(table, "where confirmed_seq is not null", confirmed);
    compare_.count(table, "where withdrawn_seq is not null", withdrawn);
  }

  store::Connection& connection_;
  Comparison compare_;
  std::map<std::pair<std::string, std::string>, std::string> hashes_;
};

}  // namespace

std::vector<journal::Damage> verify(store::Connection& connection) {
  return Verification(connection).run();
}

}  // namespace huilu::enactment
