#include "enactment/commands.h"

#include <gtest/gtest.h>

#include "enactment/known_packs.h"
#include "enactment/queries.h"
#include "enactment/testing.h"

namespace huilu::enactment {
namespace {

using command::Permission;
using testing::day;
using testing::program;

const std::vector<UnitId> roots = {UnitId{1}, UnitId{9}};

class EnactmentTest : public testing::RoadTest {
 protected:
  void SetUp() override {
    RoadTest::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    insert_account(author);
    insert_account(office, PersonId{7});
    insert_account(second);
    insert_account(second_of_office, PersonId{7});
    gate_.permit(author, {Permission::pack_propose});
    for (const AccountId one : {office, second, second_of_office}) {
      gate_.permit(one, {Permission::pack_propose, Permission::pack_activate});
    }
  }

  static NewActivation asked(Date from = day) {
    return {"trial", "1.0.0", {}, {from, {}}, "decided on 3 March"};
  }

  command::Outcome propose(AccountId who, NewActivation activation) {
    return run(who, ProposeActivation(packs_, std::move(activation), roots));
  }

  ActivationId must_propose(AccountId who, NewActivation activation = asked()) {
    return id_in<ActivationId>(propose(who, std::move(activation)));
  }

  command::Outcome confirm(AccountId who, ActivationId id, std::int64_t version = 1) {
    return run(who, ConfirmProposal(proposed(*find_activation(connection(), id)), version, roots));
  }

  command::Outcome withdraw(AccountId who, ActivationId id, std::int64_t version,
                            std::optional<Date> from = {}) {
    return run(who, WithdrawProposal(proposed(*find_activation(connection(), id)),
                                     {version, "no longer needed", from}, roots));
  }

  static NewDecided value(std::int64_t number, Date from = day) {
    return {"trial/days", number, from, "No. 3 of 2026", "", false};
  }

  command::Outcome decide(AccountId who, NewDecided asked) {
    return run(who, ProposeValue(packs_, std::move(asked), roots));
  }

  std::vector<policy::Pack> packs_ = {policy::core_pack(), testing::trial_pack()};
  const AccountId author{11}, office{12}, second{13}, second_of_office{14};
};

INSTANTIATE_TEST_SUITE_P(On, EnactmentTest, store::testing::both_dialects(),
                         store::testing::name_of_dialect);

TEST_P(EnactmentTest, one_proposes_and_another_confirms) {
  const ActivationId id = must_propose(author);
  EXPECT_TRUE(activations(connection()).empty());
  EXPECT_EQ(find_activation(connection(), id)->steps.state(), State::proposed);
  EXPECT_EQ(told(confirm(author, id)), "not_permitted");
  EXPECT_EQ(told(confirm(office, id)), "done");
  const auto in_force = activations(connection());
  ASSERT_EQ(in_force.size(), 1U);
  EXPECT_EQ(in_force[0].id, id);
  EXPECT_EQ(in_force[0].pack, "trial");
  EXPECT_EQ(in_force[0].pack_version, "1.0.0");
  EXPECT_EQ(in_force[0].span.from, day);
  EXPECT_FALSE(in_force[0].unit);
  EXPECT_EQ(in_force[0].at, clock_.now());
  EXPECT_EQ(kinds(), (std::vector<std::string>{"activation_proposed", "activation_confirmed"}));
  EXPECT_EQ(openings("reason"), "decided on 3 March\n");
  EXPECT_EQ(damages(verify(connection())), "");
}

TEST_P(EnactmentTest, nobody_confirms_his_own_proposal_under_whatever_name) {
  const ActivationId id = must_propose(office);
  EXPECT_EQ(told(confirm(office, id)), "second_person");
  EXPECT_EQ(told(confirm(second_of_office, id)), "second_person");
  EXPECT_EQ(told(confirm(second, id, 2)), "version_conflict /version");
  EXPECT_EQ(told(confirm(second, id)), "done");
  EXPECT_EQ(told(confirm(second, id, 2)), "wrong_state");
}

TEST_P(EnactmentTest, the_program_may_do_both_on_a_fresh_installation) {
  const ActivationId id = must_propose(program);
  EXPECT_EQ(told(confirm(program, id)), "done");
  EXPECT_EQ(activations(connection()).size(), 1U);
}

TEST_P(EnactmentTest, an_activation_is_refused_with_all_that_is_wrong_with_it) {
  NewActivation wrong = asked();
  wrong.reason = " x ";
  wrong.unit = UnitId{77};
  wrong.span.until = day;
  EXPECT_EQ(told(propose(office, wrong)),
            "field_range /reason, date_order /until, unknown_unit /unit");
  wrong = asked();
  wrong.pack_version = "2.0.0";
  EXPECT_EQ(told(propose(office, wrong)), "unknown_pack /pack");
  EXPECT_EQ(told(propose(office, asked(Date::of(2018, 1, 1)))), "date_before_limit /from");
  EXPECT_TRUE(kept_packs(connection()).empty());
}

TEST_P(EnactmentTest, the_same_version_is_not_proposed_twice_for_the_same_days_and_units) {
  NewActivation first = asked();
  first.span.until = day + 10;
  const ActivationId id = must_propose(office, first);
  EXPECT_EQ(told(propose(office, asked(day + 9))), "duplicate");
  must_propose(office, asked(day + 10));
  NewActivation elsewhere = asked();
  elsewhere.unit = UnitId{2};
  must_propose(office, elsewhere);
  EXPECT_EQ(told(withdraw(author, id, 1)), "done");
  must_propose(office, first);
}

TEST_P(EnactmentTest, other_bytes_under_the_same_version_are_refused) {
  must_propose(office);
  const auto kept = kept_packs(connection());
  ASSERT_EQ(kept.size(), 1U);
  EXPECT_EQ(kept[0].hash, packs_[1].hash);
  EXPECT_FALSE(kept[0].was_in_force);
  const auto files = kept_files(connection(), "trial", "1.0.0");
  ASSERT_EQ(files.size(), packs_[1].files.size());
  EXPECT_EQ(policy::hash_of(files), kept[0].hash);
  packs_[1].hash = std::string(32, 'x');
  EXPECT_EQ(told(propose(office, asked(day + 1))), "duplicate /version, duplicate");
}

TEST_P(EnactmentTest, a_kept_version_stays_readable_whatever_the_program_offers) {
  const ActivationId id = must_propose(program);
  EXPECT_EQ(told(confirm(program, id)), "done");
  const std::string hash = packs_[1].hash;
  const auto known = [&](std::vector<policy::Pack> offered) {
    return known_packs(std::move(offered), connection());
  };
  // A later program has a later version, or none, or has changed what it called the same.
  auto packs = known({policy::core_pack(), testing::trial_pack("1.1.0")});
  ASSERT_EQ(packs.size(), 3U);
  EXPECT_EQ(packs[1].version, "1.1.0");
  EXPECT_EQ(packs[2].version, "1.0.0");
  EXPECT_EQ(packs[2].hash, hash);
  packs = known({policy::core_pack()});
  ASSERT_EQ(packs.size(), 2U);
  EXPECT_EQ(packs[1].hash, hash);
  const std::string more = "\n# changed\n";
  packs = known({policy::core_pack(), testing::trial_pack("1.0.0", more)});
  ASSERT_EQ(packs.size(), 2U);
  EXPECT_EQ(packs[1].hash, hash);
  packs = known(packs_);
  EXPECT_EQ(packs.size(), packs_.size());
}

TEST_P(EnactmentTest, an_unreadable_kept_version_stops_the_program_if_it_was_in_force) {
  const ActivationId id = must_propose(program);
  const std::string bytes = "pack: [";
  connection().execute("delete from pack_file where path <> 'pack.yaml'");
  connection().execute("update pack_file set bytes = ?1", {store::Bytes{bytes}});
  const auto kind_of_fault = [&] {
    try {
      known_packs({policy::core_pack()}, connection());
    } catch (const Fault& fault) {
      return fault.kind();
    }
    return FaultKind::unavailable;
  };
  EXPECT_EQ(known_packs({policy::core_pack()}, connection()).size(), 1U);
  EXPECT_EQ(told(confirm(program, id)), "done");
  EXPECT_EQ(kind_of_fault(), FaultKind::damaged);
  // As it was kept, but of a language that this program no longer reads.
  connection().execute("update pack_version set hash = ?1",
                       {store::Bytes{policy::hash_of({{"pack.yaml", bytes}})}});
  EXPECT_EQ(kind_of_fault(), FaultKind::internal);
}

TEST_P(EnactmentTest, withdrawn_from_a_day_on_it_stays_in_force_before) {
  const ActivationId id = must_propose(program);
  EXPECT_EQ(told(withdraw(second, id, 1, day + 30)), "wrong_state /from");
  EXPECT_EQ(told(confirm(program, id)), "done");
  EXPECT_EQ(told(withdraw(author, id, 2)), "not_permitted");
  EXPECT_EQ(told(withdraw(office, id, 2, day)), "date_order /from");
  const Instant before = clock_.now();
  clock_.set({before.ms + 5000});
  EXPECT_EQ(told(withdraw(office, id, 2, day + 30)), "done");
  const auto facts = activations(connection());
  ASSERT_EQ(facts.size(), 2U);
  EXPECT_EQ(facts[0].at, before);
  EXPECT_EQ(facts[0].withdrawn, clock_.now());
  EXPECT_EQ(facts[0].span.until, std::nullopt);
  EXPECT_EQ(facts[1].at, clock_.now());
  EXPECT_EQ(facts[1].withdrawn, std::nullopt);
  EXPECT_EQ(facts[1].span.until, day + 30);
  EXPECT_EQ(told(withdraw(office, id, 3)), "wrong_state");
  EXPECT_EQ(damages(verify(connection())), "");
}

TEST_P(EnactmentTest, taken_back_wholly_it_has_never_been) {
  const ActivationId id = must_propose(program);
  EXPECT_EQ(told(confirm(program, id)), "done");
  EXPECT_EQ(told(withdraw(office, id, 2)), "done");
  const auto facts = activations(connection());
  ASSERT_EQ(facts.size(), 1U);
  EXPECT_EQ(facts[0].withdrawn, clock_.now());
  EXPECT_EQ(list_activations(connection(), State::withdrawn, {}, 50).size(), 1U);
  EXPECT_EQ(list_activations(connection(), State::in_force, {}, 50).size(), 0U);
  EXPECT_EQ(kinds().back(), "activation_withdrawn");
}

TEST_P(EnactmentTest, a_root_that_has_come_since_is_asked_too) {
  const std::vector<UnitId> some = {UnitId{1}};
  EXPECT_EQ(told(run(office, ProposeActivation(packs_, asked(), some))), "not_permitted u9");
  EXPECT_EQ(told(run(office, ProposeValue(packs_, value(3), some))), "not_permitted u9");
  EXPECT_EQ(root_units(connection()), roots);
}

TEST_P(EnactmentTest, a_value_is_decided_by_two_and_kept_with_its_type) {
  const auto id = id_in<DecidedId>(decide(author, value(3)));
  EXPECT_TRUE(decided_values(connection()).empty());
  EXPECT_EQ(told(decide(office, value(4))), "duplicate");
  const auto read = proposed(*find_decided(connection(), id));
  EXPECT_EQ(told(run(author, ConfirmProposal(read, 1, roots))), "not_permitted");
  EXPECT_EQ(told(run(office, ConfirmProposal(read, 1, roots))), "done");
  const auto decided = decided_values(connection());
  ASSERT_EQ(decided.size(), 1U);
  EXPECT_EQ(decided[0].address(), "trial/days");
  EXPECT_EQ(std::get<std::int64_t>(*decided[0].value.value), 3);
  EXPECT_EQ(decided[0].value.from, day);
  EXPECT_EQ(decided[0].value.basis, policy::Basis::decision);
  EXPECT_EQ(decided[0].value.ref, "No. 3 of 2026");
  EXPECT_EQ(told(run(office, WithdrawProposal(proposed(decided[0]), {2, "a mistake", {}}, roots))),
            "wrong_state");
  EXPECT_EQ(openings("reference"), "No. 3 of 2026\n");
  EXPECT_EQ(damages(verify(connection())), "");
}

TEST_P(EnactmentTest, a_value_is_refused_with_all_that_is_wrong_with_it) {
  NewDecided wrong = value(3, day + -1);
  wrong.value = "three";
  wrong.ref = "";
  EXPECT_EQ(told(decide(office, wrong)),
            "field_type /value, field_required /ref, date_before_limit /from");
  wrong = value(3, day + -1);
  wrong.retroactive = true;
  EXPECT_EQ(told(decide(office, wrong)), "field_required /note");
  wrong.note = "the county decided so in January";
  EXPECT_EQ(told(decide(office, wrong)), "done");
  wrong.parameter = "trial/nothing";
  EXPECT_EQ(told(decide(office, wrong)), "unknown_parameter /parameter");
  wrong.parameter = "nothing";
  EXPECT_EQ(told(decide(office, wrong)), "unknown_parameter /parameter");
}

TEST_P(EnactmentTest, a_proposed_value_can_be_taken_back) {
  const auto id = id_in<DecidedId>(decide(author, value(3)));
  const auto read = proposed(*find_decided(connection(), id));
  EXPECT_EQ(told(run(author, WithdrawProposal(read, {1, "a mistake", {}}, roots))), "done");
  EXPECT_EQ(told(run(office, ConfirmProposal(read, 2, roots))), "wrong_state");
  EXPECT_EQ(told(decide(office, value(4))), "done");
  EXPECT_EQ(list_decided(connection(), {}, {}, 50).size(), 2U);
  EXPECT_EQ(list_decided(connection(), State::proposed, id, 50).size(), 1U);
}

calendar::Revision revision(std::string id = "2026-2") {
  return {std::move(id),
          2026,
          Date::of(2026, 3, 1),
          "No. 7",
          {{Date::of(2026, 10, 1), Date::of(2026, 10, 8)}},
          {Date::of(2026, 10, 10)}};
}

TEST_P(EnactmentTest, a_calendar_is_imported_whole_or_not_at_all) {
  auto wrong = revision("2026-3");
  wrong.published = day + 1;
  wrong.rest.push_back({Date::of(2027, 5, 1), Date::of(2027, 5, 2)});
  wrong.makeup.push_back(Date::of(2026, 10, 2));
  EXPECT_EQ(told(run(office, ImportRevisions(packs_, {revision(), wrong}, roots))),
            "date_in_future /1/published, field_range /1/rest/1, duplicate /1/makeup/1");
  EXPECT_TRUE(calendar_revisions(connection()).empty());
  EXPECT_EQ(told(run(author, ImportRevisions(packs_, {revision()}, roots))), "not_permitted");
  EXPECT_EQ(told(run(office, ImportRevisions(packs_, {revision()}, roots))), "done");
  EXPECT_EQ(told(run(office, ImportRevisions(packs_, {revision()}, roots))), "duplicate /id");
  const auto imported = calendar_revisions(connection());
  ASSERT_EQ(imported.size(), 1U);
  EXPECT_EQ(imported[0].id, "2026-2");
  EXPECT_EQ(imported[0].year, 2026);
  EXPECT_EQ(imported[0].rest[0].until, Date::of(2026, 10, 8));
  EXPECT_EQ(imported[0].makeup, std::vector<Date>{Date::of(2026, 10, 10)});
  EXPECT_EQ(list_revisions(connection(), 0, 50).at(0).imported.by, office);
  EXPECT_EQ(damages(verify(connection())), "");
}

TEST_P(EnactmentTest, verify_names_every_row_that_was_changed) {
  const ActivationId id = must_propose(program);
  EXPECT_EQ(told(confirm(program, id)), "done");
  const auto decided = id_in<DecidedId>(decide(author, value(3)));
  EXPECT_EQ(told(run(office, ImportRevisions(packs_, {revision()}, roots))), "done");
  const std::string v = "activation " + id.text() + "\n",
                    w = "parameter_value " + decided.text() + "\n";
  const std::pair<const char*, std::string> changes[] = {
      {"update activation set from_date = '2026-03-06'", v},
      {"update activation set pack_version = '1.0.1'", v},
      {"update activation set reason = 'another'", v},
      {"update activation set confirmed_by = 12", v},
      {"update activation set confirmed_at = confirmed_at + 1", v},
      {"update activation set confirmed_at = null, confirmed_seq = null, confirmed_by = null",
       "activation -\n"},
      {"delete from activation", "activation -\nactivation -\n"},
      {"update parameter_value set value = '{\"type\":\"int\",\"value\":1}'", w},
      {"update parameter_value set retroactive = 1", w},
      {"update parameter_value set note = 'because'", w},
      {"update calendar_revision set days = '{}'", "calendar_revision 2026-2\n"},
      {"delete from pack_file where path = 'pack.yaml'", "pack_file trial 1.0.0\n"},
  };
  for (const auto& [sql, wanted] : changes) {
    store::Transaction transaction(connection(), store::Access::write);
    connection().execute(sql);
    EXPECT_EQ(damages(verify(connection())), wanted) << sql;
    transaction.rollback();
  }
  EXPECT_EQ(damages(verify(connection())), "");
}

}  // namespace
}  // namespace huilu::enactment
