// The parts of the index by themselves: links through time, facts in blocks, cells in a byte, kept
// counts, and what a standing says. What they are together is index_test.cpp's.
#include <rapidcheck.h>

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <vector>

#include "compliance/fact_store.h"
#include "compliance/links.h"
#include "compliance/sheet.h"
#include "compliance/standing.h"

namespace huilu::compliance {

namespace {

using obligation::Class;
using obligation::Phase;
using obligation::Verdict;

Date day(const char* text) { return *Date::parse(text); }

std::vector<Slot> children(const Links& links, Slot parent, Date on) {
  std::vector<Slot> out;
  links.for_each_child(parent, on, [&](Slot child) { out.push_back(child); });
  std::sort(out.begin(), out.end());
  return out;
}

TEST(Links, answer_for_each_day_and_follow_the_present) {
  Links links;
  links.grow(4, 4);
  const Date today = day("2026-06-01");
  links.set(1, {{day("2020-01-01"), 0}}, today);
  links.set(2, {{day("2020-01-01"), 0}, {day("2026-03-01"), 1}, {day("2026-09-01"), 0}}, today);
  links.set(3, {{day("2025-05-01"), no_slot}, {day("2026-07-01"), 1}}, today);
  EXPECT_EQ(links.now(2), 1U);
  EXPECT_EQ(links.on(2, day("2019-01-01")), 0U);
  EXPECT_EQ(links.on(2, day("2026-02-28")), 0U);
  EXPECT_EQ(links.on(2, day("2026-03-01")), 1U);
  EXPECT_EQ(children(links, 0, today), (std::vector<Slot>{1}));
  EXPECT_EQ(children(links, 0, day("2026-02-28")), (std::vector<Slot>{1, 2}));
  EXPECT_EQ(children(links, 1, today), (std::vector<Slot>{2}));
  EXPECT_EQ(children(links, 1, day("2026-08-01")), (std::vector<Slot>{2, 3}));
  EXPECT_EQ(links.changing_between(today, day("2026-07-01")), (std::vector<Slot>{3}));
  EXPECT_EQ(links.changing_between(today, day("2026-10-01")), (std::vector<Slot>{2, 3}));
  for (const Slot child : {2U, 3U}) links.set(child, links.history(child), day("2026-10-01"));
  EXPECT_EQ(links.children_now(0), (std::vector<Slot>{1, 2}));
  EXPECT_EQ(links.children_now(1), (std::vector<Slot>{3}));
  links.set_order(0, {7, 2, 1});
  EXPECT_EQ(links.children_now(0), (std::vector<Slot>{2, 1}));
  links.set_order(0, {});
  links.set(2, {{day("2020-01-01"), 0}}, day("2026-10-01"));
  EXPECT_FALSE(links.changes(2));
  EXPECT_EQ(children(links, 1, day("2026-04-01")), (std::vector<Slot>{}));
}

Fact fact(std::uint64_t record, std::uint64_t type) { return {record, 1, type, 0, 0}; }

// Against a map of vectors, whatever is put where and in which order.
TEST(FactStore, holds_what_was_put_into_it) {
  const bool held =
      rc::check([](const std::vector<std::tuple<std::uint8_t, std::uint8_t, std::uint8_t>>& steps) {
        constexpr Slot subjects = 5;
        FactStore store;
        store.grow(subjects);
        std::map<Slot, std::map<std::uint64_t, std::vector<std::uint64_t>>> expected;
        for (const auto& [subject_byte, record_byte, count] : steps) {
          const Slot subject = subject_byte % subjects;
          const std::uint64_t record = 1 + record_byte % 40;
          std::vector<Fact> facts;
          auto& types = expected[subject][record];
          types.clear();
          for (std::uint64_t type = 0; type < count % 4U; ++type) {
            facts.push_back(fact(record, type));
            types.push_back(type);
          }
          store.replace(subject, RecordId{static_cast<std::int64_t>(record)}, facts);
        }
        std::size_t all = 0;
        for (Slot subject = 0; subject < subjects; ++subject) {
          std::vector<std::pair<std::uint64_t, std::uint64_t>> found, wanted;
          for (const Fact& one : store.of(subject)) found.emplace_back(one.record, one.type);
          for (const auto& [record, types] : expected[subject]) {
            for (const auto type : types) wanted.emplace_back(record, type);
          }
          RC_ASSERT(found == wanted);
          all += wanted.size();
        }
        RC_ASSERT(store.facts() == all);
      });
  EXPECT_TRUE(held);
}

TEST(FactStore, keeps_days_of_the_whole_calendar) {
  for (const char* text : {"0001-01-01", "1969-12-31", "2026-11-26", "9999-12-31"}) {
    Fact one = fact((std::uint64_t{1} << 40) - 1, 65'535);
    one.day = Fact::packed(day(text));
    one.since = Fact::packed(day(text));
    EXPECT_EQ(one.counts_on(), day(text));
    EXPECT_EQ(one.entered_on(), day(text));
    EXPECT_EQ(one.record, (std::uint64_t{1} << 40) - 1);
  }
}

TEST(FactStore, large_blocks_move_and_are_given_back) {
  FactStore store;
  store.grow(2);
  std::vector<Fact> many;
  for (std::uint64_t record = 1; record <= 70'000; ++record) many.push_back(fact(record, 0));
  store.assign(0, many);
  store.assign(1, many);
  store.replace(1, RecordId{70'001}, std::vector<Fact>{fact(70'001, 0)});
  EXPECT_EQ(store.of(1).size(), 70'001U);
  EXPECT_EQ(store.of(1).back().record, 70'001U);
  store.assign(0, {});
  EXPECT_TRUE(store.of(0).empty());
  EXPECT_EQ(store.facts(), 70'001U);
}

TEST(SlotArray, covers_the_stretch_in_use_and_the_later_ones) {
  SlotArray<std::uint8_t> array(100);
  array.set(50, 1);
  array.set(40, 2);
  array.set(102, 3);
  EXPECT_EQ(array.at(50), 1);
  EXPECT_EQ(array.at(40), 2);
  EXPECT_EQ(array.at(45), 0);
  EXPECT_EQ(array.at(0), 0);
  EXPECT_EQ(array.at(99), 0);
  EXPECT_EQ(array.at(102), 3);
  EXPECT_EQ(array.at(4'000'000'000U), 0);
  EXPECT_LE(array.bytes(), 64U);
}

TEST(Cell, says_what_it_was_made_of) {
  for (int the_class = 1; the_class < 8; ++the_class) {
    for (const bool late : {false, true}) {
      for (const std::uint16_t column : {0, 1, 14}) {
        const Cell cell(static_cast<Class>(the_class), late, column);
        EXPECT_EQ(cell.the_class(), static_cast<Class>(the_class));
        EXPECT_EQ(cell.entered_late(), late);
        EXPECT_EQ(cell.column(), column);
        EXPECT_EQ(cell.histogram().of(static_cast<Class>(the_class)), 1);
      }
    }
  }
  EXPECT_EQ(Cell(Class::met, false, 300).column(), Cell::far);
  EXPECT_TRUE(Cell().empty());
  EXPECT_TRUE(Cell().histogram().empty());
}

TEST(KeptCounts, few_rows_and_many_answer_alike) {
  std::mt19937 random(7);  // any seed: compared with a plain array
  KeptCounts counts;
  std::vector<Histogram> expected(200);
  for (int i = 0; i < 2000; ++i) {
    const Slot row = i < 200 ? random() % 10 : random() % 200;
    Histogram change;  // small, or more than sixteen bits hold; or what is there is taken away
    change.bearers[random() % 8] = random() % 3 == 0 ? 70'000 : 1;
    const bool away = i % 2 == 1;
    if (away) change = expected[row];
    counts.add(row, change, away ? -1 : 1, 200);
    expected[row].add(change, away ? -1 : 1);
    for (Slot at = 0; at < 200; ++at) ASSERT_EQ(counts.at(at), expected[at]);
  }
  KeptCounts assigned;
  assigned.assign(expected);
  for (Slot at = 0; at < 200; ++at) EXPECT_EQ(assigned.at(at), expected[at]);
  assigned.assign(std::vector<Histogram>(200));
  EXPECT_LE(assigned.bytes(), 64U);
}

TEST(Standing, is_class_times_phase) {
  struct Case {
    Class the_class;
    Phase phase;
    Verdict worst;
  };
  for (const auto& [the_class, phase, worst] :
       {Case{Class::short_, Phase::running, Verdict::open},
        Case{Class::short_, Phase::warning, Verdict::at_risk},
        Case{Class::short_, Phase::grace, Verdict::in_grace},
        Case{Class::short_, Phase::ended, Verdict::failed},
        Case{Class::within, Phase::grace, Verdict::open},
        Case{Class::within, Phase::ended, Verdict::met},
        Case{Class::over, Phase::running, Verdict::failed},
        Case{Class::met_late, Phase::ended, Verdict::met_late},
        Case{Class::unknown, Phase::ended, Verdict::unknown},
        Case{Class::exempt, Phase::ended, Verdict::exempt}}) {
    Standing standing;
    standing.add(the_class, phase, 3);
    EXPECT_EQ(standing.worst(), worst);
    EXPECT_EQ(standing.of(worst), 3);
    EXPECT_EQ(standing.counts.due, the_class == Class::exempt ? 0 : 3);
    std::int64_t all = 0;
    for (int verdict = 0; verdict < 9; ++verdict) all += standing.of(static_cast<Verdict>(verdict));
    EXPECT_EQ(all, 3);
  }
  EXPECT_EQ(Standing{}.worst(), std::nullopt);
}

}  // namespace

}  // namespace huilu::compliance
