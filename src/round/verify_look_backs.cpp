#include <fmt/format.h>

#include "base/fault.h"
#include "journal/comparison.h"
#include "round/queries_look_backs.h"

namespace huilu::round {

namespace {

using journal::Comparison;

class LookBackVerification {
 public:
  explicit LookBackVerification(store::Connection& connection)
      : connection_(connection), compare_(connection) {}

  std::vector<journal::Damage> run() {
    check_rounds();
    check_draws();
    check_found();
    compare_.count("look_back_round", "", "look_back_round_opened");
    compare_.count("look_back_round", "where locked is not null", "look_back_round_locked");
    compare_.count("look_back_draw", "where n > 1", "look_back_round_drawn");
    return compare_.damages();
  }

 private:
  static std::string opening(std::string_view field, std::string_view seq) {
    return Comparison::opening_of(field, seq);
  }

  void check_rounds() {
    const std::string sql = fmt::format(
        "select {}, {}, {}, {}, {}, {}, {}, {}, (select count(*) from look_back_draw d where "
        "d.round = r.id) from look_back_round r order by r.id",
        look_back_round_columns, opening("content", "r.seq"), opening("name", "r.seq"),
        opening("actor", "r.seq"), Comparison::instant_of("r.seq"),
        opening("content", "r.locked_seq"), opening("actor", "r.locked_seq"),
        Comparison::instant_of("r.locked_seq"));
    connection_.for_each(sql, {}, [&](const store::Row& row) { check_round(row); });
  }

  void check_round(const store::Row& row) {
    const std::string id = row.id<RoundId>(0).text();
    LookBackRound round;
    try {
      round = look_back_round_from(row);
    } catch (const Fault&) {
      return compare_.damage("look_back_round", id, "cannot be read");
    }
    rounds_.push_back(round);
    compare_.content("look_back_round", id, row, 19, round_content(round));
    compare_.text("look_back_round", id, row, 20, round.name);
    compare_.actor("look_back_round", id, row, 21, round.opened_by);
    compare_.instant("look_back_round", id, row, 22, round.opened_at);
    if (row.integer(26) != round.draws || round.version != round.draws + (round.locked ? 1 : 0))
      compare_.damage("look_back_round", id, "its version does not count");
    if (!round.locked) return;
    if (!round.figures || !round.locked_by || !round.locked_at)
      return compare_.damage("look_back_round", id, "is locked by half");
    compare_.content("look_back_round", id, row, 23, lock_content(round));
    compare_.actor("look_back_round", id, row, 24, *round.locked_by);
    compare_.instant("look_back_round", id, row, 25, *round.locked_at);
  }

  void check_draws() {
    for (const LookBackRound& round : rounds_) {
      const auto rows = connection_.query(
          fmt::format("select t.n, t.seed, t.counts, t.reason, t.account, t.at, {}, {}, {}, {}, "
                      "{}, {} from look_back_draw t where t.round = ?1 order by t.n",
                      opening("content", "t.seq"), opening("draw", "t.seq"),
                      opening("candidates", "t.seq"), opening("reason", "t.seq"),
                      opening("actor", "t.seq"), Comparison::instant_of()),
          {round.id});
      for (const auto row : rows) check_draw(round, row);
    }
  }

  void check_draw(const LookBackRound& round, const store::Row& row) {
    const std::string id = round.id.text() + "/" + std::to_string(row.integer(0));
    Draw draw_made;
    std::vector<Candidate> candidates;
    try {
      draw_made = {row.integer(0), row.text(1), row.text(3), counts_from(row.text(2)), {}, {}, 0};
      candidates = candidates_of(connection_, round.id, draw_made.n);
    } catch (const Fault&) {
      return compare_.damage("look_back_draw", id, "cannot be read");
    }
    const bool is_first = draw_made.n == 1;
    compare_.content("look_back_draw", id, row, is_first ? 7 : 6,
                     draw_content(round.id, draw_made));
    compare_.content("look_back_candidate", id, row, 8, candidates_content(candidates));
    if (!is_first) compare_.text("look_back_draw", id, row, 9, draw_made.reason);
    compare_.actor("look_back_draw", id, row, 10, row.id<AccountId>(4));
    compare_.instant("look_back_draw", id, row, 11, row.instant(5));
    const Value written = candidates_content(candidates);
    draw(candidates, round.sample, draw_made.seed);
    if (candidates_content(candidates) != written)
      compare_.damage("look_back_candidate", id, "is not what its seed draws");
  }

  void check_found() {
    for (const LookBackRound& round : rounds_) {
      if (!round.locked) continue;
      std::vector<Candidate> candidates;
      try {
        candidates = candidates_of(connection_, round.id, round.draws);
      } catch (const Fault&) {
        compare_.damage("look_back_candidate", round.id.text(), "cannot be read");
        continue;
      }
      const auto rows =
          connection_.query(fmt::format("select {} from look_back_round r where r.id = ?1",
                                        opening("found", "r.locked_seq")),
                            {round.id});
      compare_.content("look_back_candidate", round.id.text(), rows[0], 0,
                       found_content(candidates));
    }
  }

  store::Connection& connection_;
  Comparison compare_;
  std::vector<LookBackRound> rounds_;
};

}  // namespace

std::vector<journal::Damage> verify_look_backs(store::Connection& connection) {
  return LookBackVerification(connection).run();
}

}  // namespace huilu::round
