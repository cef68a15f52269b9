// Boards over the tables on both databases: the whole is what its parts say, what was not yet known
// is not counted, and the reading does not grow with the rows.
#include "indicator/board.h"

#include "compliance/testing.h"
#include "enactment/commands.h"
#include "policy/testing.h"
#include "store/explaining.h"

namespace huilu::indicator {
namespace {

using compliance::testing::day;

constexpr std::string_view lectures =
    "documents: {S9: {name: 试}}\nclauses: [{id: S9-1, doc: S9}]\n"
    "indicators:\n"
    "  held:\n"
    "    clause: S9-1\n"
    "    count: {record: core/party_lecture}\n"
    "    every: year\n"
    "  well_heard:\n"
    "    clause: S9-1\n"
    "    share: {listeners: {ge: 10}}\n"
    "    of: {record: core/party_lecture}\n"
    "    every: year\n";

class BoardTest : public compliance::testing::ComplianceTest {
 protected:
  std::vector<store::Migration> migrations() const override {
    return store::testing::schema_of({"journal", "command", "identity", "org", "record",
                                      "enactment", "campaign", "exemption", "matter"});
  }

  void SetUp() override {
    ComplianceTest::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    use_pack(policy::testing::trial(lectures, {policy::core_pack()}));
    root_ = create("县委", {}, "local_committee");
    town_ = create("镇委", root_);
    a_ = branch("甲支部", town_);
    b_ = branch("乙支部", town_);
    const auto proposed = done(std::make_unique<enactment::ProposeActivation>(
        packs_,
        enactment::NewActivation{"trial", "1.0.0", {}, {day("2019-01-01"), {}}, "for the test"},
        std::vector<UnitId>{root_}));
    const auto activation = enactment::find_activation(
        connection(), *ActivationId::parse(*proposed.find("id")->text()));
    done(std::make_unique<enactment::ConfirmProposal>(enactment::proposed(*activation), 1,
                                                      std::vector<UnitId>{root_}));
  }

  RecordId lecture(const std::vector<UnitId>& units, const std::string& date, int listeners) {
    std::string names;
    for (const UnitId unit : units) names += (names.empty() ? "\"" : ",\"") + unit.text() + "\"";
    return enter(R"({"types":["core/party_lecture"],"units":[)" + names + R"(],"date":")" + date +
                 R"(","fields":{"core/party_lecture":{"topic":"党课","listeners":)" +
                 std::to_string(listeners) + "}}}");
  }

  // "held", or another one, of a unit, read at `node`.
  std::string shown(UnitId node, UnitId unit, const std::string& name,
                    const char* within = "2026-03-02") {
    Board board(connection(), packs_, asked(node, name, within), {});
    if (board.lines().size() != 1) return "no indicator";
    const auto figure = board.figure(board.lines()[0], unit);
    return figure.state == obligation::FigureState::shown
               ? obligation::text_of(figure.value)
               : std::string(
                     obligation::figure_state_words[static_cast<std::size_t>(figure.state)]);
  }

  Asked asked(UnitId node, const std::string& name, const char* within = "2026-03-02") {
    return {node, day(within), clock_.today(), clock_.now(), true, {"trial/" + name}};
  }

  UnitId root_, town_, a_, b_;
};

INSTANTIATE_TEST_SUITE_P(On, BoardTest, store::testing::both_dialects(),
                         store::testing::name_of_dialect);

TEST_P(BoardTest, a_figure_is_of_a_unit_with_all_below_it) {
  EXPECT_EQ(shown(town_, town_, "held"), "0");
  EXPECT_EQ(shown(town_, town_, "well_heard"), "empty");
  lecture({a_}, "2026-02-10", 12);
  lecture({a_, b_}, "2026-02-11", 3);
  lecture({b_}, "2025-12-31", 30);
  EXPECT_EQ(shown(town_, a_, "held"), "2");
  EXPECT_EQ(shown(town_, b_, "held"), "1");
  EXPECT_EQ(shown(town_, town_, "held"), "2");
  EXPECT_EQ(shown(root_, town_, "well_heard"), "0.5");
  EXPECT_EQ(shown(root_, b_, "well_heard"), "0");
  EXPECT_EQ(shown(root_, root_, "held", "2025-06-01"), "1");
  EXPECT_EQ(shown(town_, town_, "none"), "no indicator");
}

TEST_P(BoardTest, what_was_taken_back_is_behind_nothing) {
  const RecordId wrong = lecture({a_}, "2026-02-10", 12);
  const RecordId right = lecture({b_}, "2026-02-12", 8);
  take_back(wrong);
  Board board(connection(), packs_, asked(town_, "held"), {});
  ASSERT_EQ(board.lines().size(), 1u);
  const auto behind = board.behind(board.lines()[0], town_);
  ASSERT_EQ(behind.size(), 1u);
  EXPECT_EQ(behind[0]->id, right.text());
  EXPECT_EQ(board.period_of(board.lines()[0]).from, day("2026-01-01"));
}

TEST_P(BoardTest, more_units_and_records_are_read_in_as_many_statements) {
  const auto statements = [&] {
    store::testing::Explaining reader(database().connect(store::Access::read));
    Board board(reader, packs_, asked(root_, "held"), {});
    for (const UnitId unit : {root_, town_, a_, b_}) board.figure(board.lines().at(0), unit);
    return reader.statements();
  };
  lecture({a_}, "2026-02-10", 12);
  const auto few = statements();
  for (int i = 0; i < 12; ++i)
    lecture({branch("支部" + std::to_string(i), town_)}, "2026-02-10", 12);
  EXPECT_EQ(statements(), few);
  EXPECT_EQ(shown(root_, town_, "held"), "13");
}

}  // namespace
}  // namespace huilu::indicator
