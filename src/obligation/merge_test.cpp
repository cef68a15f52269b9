// Deadlines of two matters that became one: the earlier one goes on, and each has its own again.
#include "obligation/merge.h"

#include <gtest/gtest.h>

#include "base/check.h"
#include "policy/testing.h"

namespace huilu::obligation {
namespace {

constexpr std::string_view merging_pack = R"(
documents: {S0: {name: document}}
clauses: [{id: S0-1, doc: S0, at: "1"}]
matter_types:
  issue:
    title: t
    pin: version_at_open
    fields: {raised: {type: list, of: person, title: t}}
    roles: {owner: {unit: $it.unit, title: t}}
    initial: found
    states: {found: t, waiting: t, done: {title: t, final: soft, outcome: solved},
      merged: {title: t, final: soft, outcome: duplicate}}
    moves:
      - {id: wait, title: t, from: [found], to: waiting, by: [owner]}
      - {id: resume, title: t, from: [waiting], to: found, by: [owner]}
      - {id: finish, title: t, from: [found], to: done, by: [owner]}
      - {id: merge, title: t, from: [found, waiting], to: merged, by: [owner], fields: [into],
         combines: raised}
      - {id: part, title: t, from: [merged], to: found, by: [owner]}
    clocks:
      answer: {title: t, start: {enter: found}, stop: {enter: done}, budget: {days: 10},
        pause_while: {state: waiting}}
      fix: {title: t, start: {enter: found}, stop: {enter: done}, until_field: due,
        pause_while: {state: waiting}}
)";

Date day_of(std::string_view text) { return *Date::parse(text); }

// Matters of one type; each knows its steps. Days have no holidays.
class Merging : public ::testing::Test {
 protected:
  Merging() {
    auto loaded = policy::testing::load_trial(merging_pack);
    CHECK(loaded.ok());
    pack_ = std::move(loaded).value();
  }

  const policy::MatterType& type() const { return pack_.matter_types.at(0); }
  Matter& now(int n) { return sides_[n].steps.back().matter; }

  void open(int n, std::string_view day, std::string_view due = {}) {
    Matter matter;
    matter.id = MatterId{n};
    matter.type = type().address;
    matter.unit = UnitId{1};
    matter.state = "found";
    matter.opened = day_of(day);
    matter.fields = Value(Value::Object{});
    if (!due.empty()) matter.due = day_of(due);
    sides_[n].steps = {{matter, "", {}, end_of_day(day_of(day))}};
  }
  void step(int n, std::string_view day, std::string_view state, std::string move = "wait") {
    Matter matter = now(n);
    matter.state = state;
    sides_[n].steps.push_back({matter, std::move(move), {}, end_of_day(day_of(day))});
  }
  void set_due(int n, std::string_view day, std::string_view due) {
    Matter matter = now(n);
    matter.due = day_of(due);
    sides_[n].steps.push_back({matter, "", {}, end_of_day(day_of(day))});
  }

  void merge(int n, int into, std::string_view day) {
    Sides sides(*this, n, into, day);
    const policy::Move& move = *type().find_move("merge");
    const Deed deed = merging_deed(sides.one, sides.stays);
    Matter stays = merged_in(sides.one, move, sides.stays, deed);
    Matter one = now(n);
    one.state = "merged";
    one.outcome = "duplicate";
    one.into = MatterId{into};
    add(n, into, day, "merge", std::move(one), std::move(stays), deed);
  }
  void part(int n, int from, std::string_view day) {
    Sides sides(*this, n, from, day);
    Deed deed;
    deed.kind = DeedKind::merge_undone;
    deed.other = MatterId{n};
    Matter stays = merge_undone(sides.one, sides.stays);
    Matter one = now(n);
    one.state = "found";
    one.outcome.clear();
    one.into.reset();
    add(n, from, day, "part", std::move(one), std::move(stays), deed);
  }

  // "due 2024-03-08, answer running 2024-03-11, fix running 2024-03-08"
  std::string says(int n, std::string_view day) {
    const auto& steps = sides_[n].steps;
    const Lifecycle life = life_of(n, day);
    std::string all = "due " + (now(n).due ? now(n).due->text() : "none");
    for (const ClockNow& one : clocks_of(life, steps)) {
      all += ", " + one.clock->id + ' ' +
             std::string(clock_status_words[static_cast<std::size_t>(one.status)]) + ' ' +
             (one.due ? one.due->text() : "none");
    }
    return all;
  }
  DueCause last_cause(int n, std::string_view day) {
    return clocks_of(life_of(n, day), sides_[n].steps).front().changes.back().cause;
  }
  Lifecycle life_of(int n, std::string_view day) {
    sides_[n].merged.clear();
    for (auto& [other, side] : sides_)
      if (side.steps.back().matter.into == MatterId{n})
        sides_[n].merged.push_back(side.steps.back().matter);
    return {
        facts_,           pack_,   type(),           day_of(day), end_of_day(day_of(day)), nullptr,
        &sides_[n].steps, nullptr, &sides_[n].merged};
  }

 private:
  struct Sides {
    Sides(Merging& all, int n, int other, std::string_view day)
        : life_of_one(all.life_of(n, day)),
          life_of_other(all.life_of(other, day)),
          one{life_of_one, all.now(n)},
          stays{life_of_other, all.now(other)} {}
    Lifecycle life_of_one, life_of_other;
    MergeSide one, stays;
  };
  void add(int n, int other, std::string_view day, std::string move, Matter one, Matter stays,
           const Deed& deed) {
    const Instant at = end_of_day(day_of(day));
    sides_[n].steps.push_back({std::move(one), std::move(move), {}, at});
    sides_[other].steps.push_back({std::move(stays), "", deed, at});
  }

  struct Side {
    std::vector<MatterStep> steps;
    std::vector<Matter> merged;
  };
  policy::Pack pack_;
  Facts facts_;
  std::map<int, Side> sides_;
};

TEST_F(Merging, the_earlier_deadline_goes_on_and_is_given_back) {
  open(1, "2024-03-01", "2024-03-20");
  open(2, "2024-03-04", "2024-03-29");
  ASSERT_EQ(says(2, "2024-03-05"),
            "due 2024-03-29, answer running 2024-03-14, fix running 2024-03-29");
  merge(1, 2, "2024-03-05");
  EXPECT_EQ(says(2, "2024-03-05"),
            "due 2024-03-20, answer running 2024-03-11, fix running 2024-03-20");
  EXPECT_EQ(last_cause(2, "2024-03-05"), DueCause::merged);
  EXPECT_EQ(says(1, "2024-03-05"),
            "due 2024-03-20, answer in_time 2024-03-11, fix in_time "
            "2024-03-20");
  part(1, 2, "2024-03-06");
  EXPECT_EQ(says(2, "2024-03-06"),
            "due 2024-03-29, answer running 2024-03-14, fix running 2024-03-29");
  EXPECT_EQ(says(1, "2024-03-06"),
            "due 2024-03-20, answer running 2024-03-11, fix running 2024-03-20");
}

TEST_F(Merging, a_later_deadline_changes_nothing_but_counts_when_the_other_leaves) {
  open(1, "2024-03-01", "2024-03-10");
  open(2, "2024-03-04", "2024-03-29");
  open(3, "2024-03-02", "2024-03-18");
  merge(1, 2, "2024-03-05");
  merge(3, 2, "2024-03-06");
  EXPECT_EQ(says(2, "2024-03-06"),
            "due 2024-03-10, answer running 2024-03-11, fix running 2024-03-10");
  part(1, 2, "2024-03-07");
  EXPECT_EQ(says(2, "2024-03-07"),
            "due 2024-03-18, answer running 2024-03-12, fix running 2024-03-18");
  part(3, 2, "2024-03-08");
  EXPECT_EQ(says(2, "2024-03-08"),
            "due 2024-03-29, answer running 2024-03-14, fix running 2024-03-29");
}

TEST_F(Merging, what_somebody_set_since_stays) {
  open(1, "2024-03-01", "2024-03-10");
  open(2, "2024-03-04", "2024-03-29");
  merge(1, 2, "2024-03-05");
  set_due(2, "2024-03-06", "2024-04-15");
  EXPECT_EQ(says(2, "2024-03-06"),
            "due 2024-04-15, answer running 2024-03-11, fix running 2024-04-15");
  part(1, 2, "2024-03-07");
  EXPECT_EQ(says(2, "2024-03-07"),
            "due 2024-04-15, answer running 2024-03-14, fix running 2024-04-15");
}

TEST_F(Merging, pauses_in_between_are_given_back_with_the_deadline) {
  open(1, "2024-03-01");
  open(2, "2024-03-04");
  merge(1, 2, "2024-03-05");
  EXPECT_EQ(says(2, "2024-03-05"), "due none, answer running 2024-03-11, fix running none");
  step(2, "2024-03-06", "waiting");
  step(2, "2024-03-11", "found", "resume");
  EXPECT_EQ(says(2, "2024-03-11"), "due none, answer running 2024-03-18, fix running none");
  part(1, 2, "2024-03-12");
  EXPECT_EQ(says(2, "2024-03-12"), "due none, answer running 2024-03-19, fix running none");
}

TEST_F(Merging, is_refused_where_it_would_hang_in_the_air) {
  open(1, "2024-03-01");
  open(2, "2024-03-01");
  open(3, "2024-03-01");
  merge(1, 2, "2024-03-02");
  const policy::Move& move = *type().find_move("merge");
  Actor actor;
  actor.is_program = true;
  const auto codes = [&](int n, int into) {
    const Lifecycle one = life_of(n, "2024-03-03"), other = life_of(into, "2024-03-03");
    std::string all;
    for (const Refusal& refusal : check_merging({one, now(n)}, move, {other, now(into)}, actor))
      all += std::string(kind_of(refusal.code).name) + refusal.where + ' ';
    return all;
  };
  EXPECT_EQ(codes(3, 3), "merge_type/into ");
  EXPECT_EQ(codes(3, 1), "merge_settled/into ");
  EXPECT_EQ(codes(2, 3), "merge_chain/into ");
  EXPECT_EQ(codes(3, 2), "");
  now(3).parent = MatterId{9};
  EXPECT_EQ(codes(3, 2), "merge_apart/into ");
  now(2).parent = MatterId{9};
  EXPECT_EQ(codes(3, 2), "");
}

}  // namespace
}  // namespace huilu::obligation
