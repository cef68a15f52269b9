#include "matter/ledger_import.h"

#include <gtest/gtest.h>

#include "matter/queries.h"
#include "matter/testing.h"

namespace huilu::matter {
namespace {

class LedgerImportTest : public testing::MatterTest {};

INSTANTIATE_TEST_SUITE_P(On, LedgerImportTest, store::testing::both_dialects(),
                         store::testing::name_of_dialect);

// Opens a row of a sheet, or edits what is here.
LedgerStep row_step(const policy::Pack& pack, std::string number, UnitId unit, Value fields) {
  LedgerStep step;
  step.pack = &pack;
  step.asked.number = std::move(number);
  step.asked.unit = unit;
  step.asked.row.place = "l.csv:" + step.asked.number;
  step.asked.change.fields = std::move(fields);
  return step;
}

TEST_P(LedgerImportTest, a_sheet_is_taken_in_as_a_whole_and_each_row_is_proved_by_itself) {
  const auto import_rows = [&](std::vector<LedgerStep> steps, bool dry = false) {
    LedgerAim aim{"trial/issue", UnitId{2}, "l", {{"Nr", ":number"}, {"What", "what"}}, dry};
    return run(owner, ImportLedger(facts(), std::move(aim), std::move(steps)));
  };
  const auto fields_of = [](const char* what) { return Value::object({{"what", what}}); };
  // One faulty row, and nothing is written.
  auto outcome = import_rows({row_step(pack_, "1", UnitId{4}, fields_of("road")),
                              row_step(pack_, "2", UnitId{4}, Value::object({{"lead", "u77"}})),
                              row_step(pack_, "1", UnitId{4}, fields_of("again"))});
  EXPECT_EQ(told(outcome), "field_required l.csv:2, unknown_unit l.csv:2, duplicate l.csv:1");
  EXPECT_EQ(import_rows({row_step(pack_, "1", UnitId{4}, fields_of("road"))}, true)
                .reply.body.find("created")
                ->integer()[0],
            1);
  EXPECT_TRUE(remembered_columns(connection(), UnitId{2}, "trial/issue").empty());

  outcome = import_rows({row_step(pack_, "1", UnitId{4}, fields_of("road")),
                         row_step(pack_, "2", UnitId{3}, fields_of("lamp"))});
  ASSERT_EQ(told(outcome), "done");
  const auto& rows = *outcome.reply.body.find("rows")->list();
  const auto road = MatterId::parse(*rows.at(0).find("id")->text()).value();
  const auto stored = find(connection(), road).value();
  EXPECT_EQ(stored.now.numbered->number, "1");
  EXPECT_EQ(stored.now.numbered->ledger, UnitId{2});
  EXPECT_EQ(remembered_columns(connection(), UnitId{2}, "trial/issue"),
            (ColumnMap{{"Nr", ":number"}, {"What", "what"}}));
  // The number is taken in this ledger.
  EXPECT_EQ(told(import_rows({row_step(pack_, "1", UnitId{4}, fields_of("road"))})),
            "duplicate l.csv:1");

  // A row of what is here changes it, by the version that it was exported with.
  const auto edit_row = [&](std::int64_t seen) {
    LedgerStep step;
    step.asked.id = road;
    step.asked.seen = seen;
    step.asked.row.place = "l.csv:1";
    step.asked.change.fields = Value::object({{"done", "half"}});
    step.read = read(road);
    return step;
  };
  EXPECT_EQ(told(import_rows({edit_row(2)})), "matter_moved l.csv:1");
  EXPECT_EQ(told(import_rows({edit_row(1)})), "done");
  const auto edited = find(connection(), road).value();
  EXPECT_EQ(edited.now.version, 2);
  EXPECT_EQ(edited.now.numbered->number, "1");
  EXPECT_EQ(*edited.now.matter.fields.find("done"), Value("half"));
  EXPECT_EQ(damages(verify(connection())), "");

  connection().execute("update matter set number = '9' where id = ?1", {road});
  connection().execute("update ledger_import set unit = 3");
  EXPECT_NE(damages(verify(connection())), "");
}

}  // namespace
}  // namespace huilu::matter
