#include "obligation/draw.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace huilu::obligation {
namespace {

using Sizes = std::vector<std::size_t>;

std::string drawn(const std::vector<InDraw>& list, std::string_view lots, std::string_view seed,
                  std::size_t size) {
  std::string ids;
  const auto found = drawn_of(list, lots, seed, size);
  for (std::size_t i = 0; i < list.size(); ++i)
    if (found[i].place > 0) ids += (ids.empty() ? "" : " ") + list[i].id;
  return ids;
}

// As sha256sum and a sheet of paper draw it.
TEST(draw, anyone_draws_the_same_from_the_seed_and_the_list) {
  const std::string seed = std::string(62, '0') + "2a";
  EXPECT_EQ(draw_key(look_back_lots, seed, "i12"),
            "7a1c951280b40d8cbbfb9c993123425608fe20d35e27a66c6f181454c04ea021");
  EXPECT_EQ(draw_key(unit_lots, seed, "u12"),
            "824a23161bd253ebfbda8ebe4fc05a81819d2e713d372f8f6a75dac75647b9f8");
  EXPECT_EQ(draw_key(unit_lots, seed, "u12", 2),
            "639fd4e6e320cf9b574b4ea85f59b7dc11730547714557c8180ed0e6b7841603");
  std::vector<InDraw> list, in_one;
  for (int i = 1; i <= 12; ++i) {
    list.push_back({"i" + std::to_string(i), i <= 8 ? "u2" : "u3"});
    in_one.push_back({"i" + std::to_string(i), ""});
  }
  EXPECT_EQ(drawn(list, look_back_lots, seed, 5), "i2 i4 i5 i11 i12");
  EXPECT_EQ(drawn(in_one, look_back_lots, seed, 5), "i2 i4 i5 i6 i11");
  EXPECT_EQ(drawn(list, look_back_lots, seed, 0), "");
  EXPECT_EQ(drawn(list, look_back_lots, seed, 12), "i1 i2 i3 i4 i5 i6 i7 i8 i9 i10 i11 i12");
}

TEST(draw, strata_get_their_share_by_largest_remainder) {
  EXPECT_EQ(shares_of({8, 4}, 5), (Sizes{3, 2}));
  EXPECT_EQ(shares_of({5, 5}, 5), (Sizes{3, 2}));  // of equal remainders the first
  EXPECT_EQ(shares_of({1, 1, 98}, 10), (Sizes{0, 0, 10}));
  EXPECT_EQ(shares_of({3, 0, 2}, 9), (Sizes{3, 0, 2}));
  EXPECT_EQ(shares_of({}, 9), Sizes{});
  EXPECT_EQ(size_of({SampleKind::percent, 20}, 11), 3U);
  EXPECT_EQ(size_of({SampleKind::percent, 100}, 11), 11U);
  EXPECT_EQ(size_of({SampleKind::size, 20}, 11), 11U);
  EXPECT_EQ(size_of({}, 11), 11U);
}

TEST(draw, places_follow_the_keys_within_a_stratum) {
  const std::vector<InDraw> list = {{"u1", "a"}, {"u2", "a"}, {"u3", "b"}, {"u4", "a"}};
  const auto lots = drawn_of(list, unit_lots, "seed", 4);
  std::vector<std::pair<std::string, std::size_t>> by_key;
  for (const std::size_t i : {0, 1, 3}) by_key.emplace_back(lots[i].key, lots[i].place);
  std::sort(by_key.begin(), by_key.end());
  for (std::size_t i = 0; i < by_key.size(); ++i) EXPECT_EQ(by_key[i].second, i + 1);
  EXPECT_EQ(lots[2].place, 1U);
}

// Three tickets of four: over a thousand seeds three times as often, but for what chance leaves.
TEST(draw, whoever_has_more_tickets_is_drawn_more_often) {
  int often = 0;
  for (int seed = 0; seed < 1000; ++seed) {
    const auto lots =
        drawn_of({{"u1", "", 3}, {"u2", "", 1}}, unit_lots, "seed " + std::to_string(seed), 1);
    often += lots[0].place == 1 ? 1 : 0;
    EXPECT_NE(lots[0].place, lots[1].place);
  }
  EXPECT_GT(often, 700);
  EXPECT_LT(often, 800);
}

}  // namespace
}  // namespace huilu::obligation
