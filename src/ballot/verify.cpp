#include <fmt/format.h>

#include "ballot/queries.h"
#include "ballot/rules.h"
#include "journal/comparison.h"

namespace huilu::ballot {

namespace {

using journal::Comparison;
using store::Row;

class Verification {
 public:
  explicit Verification(store::Connection& connection)
      : connection_(connection), compare_(connection) {}

  std::vector<journal::Damage> run() {
    check_opened();
    check_voters();
    check_votes();
    check_papers();
    check_ended();
    check_filed();
    compare_.count("ballot", "", "ballot_opened");
    compare_.count("ballot", "where result is not null", "ballot_ended");
    compare_.count("ballot", "where evidence is not null", "ballot_evidence_filed");
    compare_.count("vote", "where seq is not null", "vote_cast");
    compare_.count("vote", "where seq is null", "vote_taken");
    compare_.count("ballot_paper", "", "paper_entered");
    compare_.count("ballot_paper", "where decision = 'confirm'", "paper_confirmed");
    compare_.count("ballot_paper", "where decision = 'refuse'", "paper_refused");
    return compare_.damages();
  }

 private:
  void check_opened() {
    const std::string sql = fmt::format(
        "select t.id, t.matter, t.version, t.unit, t.opened, t.until_date, t.secret, t.voters, {}, "
        "(select count(*) from ballot_voter v where v.ballot = t.id) from ballot t order by t.id",
        Comparison::opening_of("content"));
    connection_.for_each(sql, {}, [&](const Row& row) {
      Ballot ballot;
      ballot.id = row.id<BallotId>(0);
      ballot.matter = row.id<MatterId>(1);
      ballot.version = row.integer(2);
      ballot.unit = row.id<UnitId>(3);
      ballot.opened = row.date(4);
      ballot.until = row.date(5);
      ballot.is_secret = row.integer(6) != 0;
      ballot.voters = row.integer(7);
      compare_.content("ballot", ballot.id.text(), row, 8, opened_content(ballot));
      if (row.integer(9) != ballot.voters) {
        compare_.damage("ballot", ballot.id.text(), "the list of voters is not as long as it was");
      }
    });
  }

  void check_voters() {
    connection_.for_each(
        "select t.ballot, t.person, o.bytes from ballot_voter t join ballot b on b.id = t.ballot "
        "left join opening o on o.seq = b.seq and o.n = t.n order by t.ballot, t.person",
        {}, [&](const Row& row) {
          const std::string person = row.id<PersonId>(1).text();
          compare_.text("ballot_voter", row.id<BallotId>(0).text() + "/" + person, row, 2, person);
        });
  }

  // Secret votes are in no entry before the ballot has ended; then they are in its last.
  void check_votes() {
    const std::string sql = fmt::format(
        "select t.ballot, t.slot, t.n, t.grade, t.account, t.at, {}, {}, {}, {}, {} from vote t "
        "where t.seq is not null order by t.ballot, t.slot, t.n",
        Comparison::opening_of("content"), Comparison::opening_of("voter"),
        Comparison::opening_of("grade"), Comparison::opening_of("actor"), Comparison::instant_of());
    connection_.for_each(sql, {}, [&](const Row& row) {
      const auto ballot = row.id<BallotId>(0);
      const std::string id =
          ballot.text() + "/" + row.text(1) + "." + std::to_string(row.integer(2));
      compare_.content("vote", id, row, 6, vote_content(ballot, row.integer(2)));
      compare_.text("vote", id, row, 7, row.text(1));
      compare_.text("vote", id, row, 8, row.text(3));
      compare_.actor("vote", id, row, 9, row.id<AccountId>(4));
      compare_.instant("vote", id, row, 10, row.instant(5));
    });
  }

  void check_papers() {
    const std::string sql = fmt::format(
        "select t.id, t.ballot, t.votes, t.persons, t.decision, t.reason, t.entered_by, "
        "t.entered_at, t.decided_by, t.decided_at, {}, {}, {}, {}, {}, {}, {} from ballot_paper t "
        "order by t.id",
        Comparison::opening_of("content"), Comparison::opening_of("actor"),
        Comparison::instant_of(), Comparison::opening_of("content", "t.decided_seq"),
        Comparison::opening_of("reason", "t.decided_seq"),
        Comparison::opening_of("actor", "t.decided_seq"), Comparison::instant_of("t.decided_seq"));
    connection_.for_each(sql, {}, [&](const Row& row) {
      const std::string id = std::to_string(row.integer(0));
      const auto ballot = row.id<BallotId>(1);
      const auto votes = parse_json(row.text(2));
      compare_.content("ballot_paper", id, row, 10,
                       paper_content(ballot, row.integer(0), votes ? votes_from(*votes) : Votes{},
                                     row.integer(3)));
      compare_.actor("ballot_paper", id, row, 11, row.id<AccountId>(6));
      compare_.instant("ballot_paper", id, row, 12, row.instant(7));
      if (row.is_null(4)) return;
      compare_.content("ballot_paper", id, row, 13,
                       decision_content(ballot, row.integer(0), row.text(4)));
      compare_.text("ballot_paper", id, row, 14, row.text_or_null(5).value_or(""));
      compare_.actor("ballot_paper", id, row, 15, row.id<AccountId>(8));
      compare_.instant("ballot_paper", id, row, 16, row.instant(9));
    });
  }

  void check_ended() {
    const std::string sql = fmt::format(
        "select t.id, t.result, t.outcome, t.secret, t.ended_by, t.ended_at, t.slot_key, {}, {}, "
        "{} from ballot t where t.ended_seq is not null order by t.id",
        Comparison::opening_of("content", "t.ended_seq"),
        Comparison::opening_of("actor", "t.ended_seq"), Comparison::instant_of("t.ended_seq"));
    std::vector<std::pair<BallotId, std::string>> secret;
    connection_.for_each(sql, {}, [&](const Row& row) {
      const auto id = row.id<BallotId>(0);
      const auto outcome = parse_json(row.text(2));
      compare_.content("ballot", id.text(), row, 7, outcome ? *outcome : Value());
      compare_.actor("ballot", id.text(), row, 8, row.id<AccountId>(4));
      compare_.instant("ballot", id.text(), row, 9, row.instant(5));
      const Value* const result = outcome ? outcome->find("result") : nullptr;
      const bool fits = result != nullptr && result->text() && *result->text() == row.text(1);
      if (!fits || !row.is_null(6)) {
        compare_.damage("ballot", id.text(), "columns do not fit the content");
      }
      const Value* const rows = outcome ? outcome->find("rows") : nullptr;
      const bool has_rows = row.integer(3) != 0 && row.text(1) != "stopped";
      if (has_rows && rows != nullptr) secret.emplace_back(id, canonical_json(*rows));
    });
    for (const auto& [id, rows] : secret) check_secret(id, rows);
  }

  void check_secret(BallotId id, const std::string& committed) {
    Value::List rows;
    for (const Row row : connection_.query(
             "select slot, n, grade from vote where ballot = ?1 order by slot, n", {id})) {
      rows.push_back(Value::List{row.text(0), row.integer(1), row.text(2)});
    }
    if (canonical_json(Value(std::move(rows))) != committed) {
      compare_.damage("vote", id.text(), "votes are not those that were committed to");
    }
  }

  void check_filed() {
    const std::string sql = fmt::format(
        "select t.id, t.evidence, t.filed_by, t.filed_at, {}, {}, {} from ballot t "
        "where t.filed_seq is not null order by t.id",
        Comparison::opening_of("content", "t.filed_seq"),
        Comparison::opening_of("actor", "t.filed_seq"), Comparison::instant_of("t.filed_seq"));
    connection_.for_each(sql, {}, [&](const Row& row) {
      const auto id = row.id<BallotId>(0);
      compare_.content("ballot", id.text(), row, 4, filed_content(id, row.text(1)));
      compare_.actor("ballot", id.text(), row, 5, row.id<AccountId>(2));
      compare_.instant("ballot", id.text(), row, 6, row.instant(3));
    });
  }

  store::Connection& connection_;
  Comparison compare_;
};

}  // namespace

std::vector<journal::Damage> verify(store::Connection& connection) {
  return Verification(connection).run();
}

}  // namespace huilu::ballot
