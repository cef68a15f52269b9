// For tests of calendars: the revisions of China that the examples of the pack language live on,
// and the seed of the properties. The whole data stand in packs/core/calendar.yaml.
#pragma once

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cstdlib>
#include <iostream>
#include <random>
#include <string>
#include <vector>

#include "base/check.h"
#include "calendar/working_days.h"

namespace huilu {

inline std::ostream& operator<<(std::ostream& out, Date date) { return out << date.text(); }

namespace calendar::testing {

inline Date day(std::string_view text) {
  const auto date = Date::parse(text);
  CHECK(date.has_value());
  return *date;
}

// Both days included, as notices write it.
inline Interval rest(std::string_view from, std::string_view last) {
  return {day(from), day(last) + 1};
}

inline std::vector<Revision> excerpt() {
  return {
      {"2019-1",
       2019,
       day("2018-12-06"),
       "国办发明电〔2018〕15号",
       {rest("2018-12-30", "2019-01-01"), rest("2019-05-01", "2019-05-01"),
        rest("2019-10-01", "2019-10-07")},
       {day("2018-12-29"), day("2019-09-29"), day("2019-10-12")}},
      {"2019-2",
       2019,
       day("2019-03-22"),
       "国办发明电〔2019〕3号",
       {rest("2019-05-01", "2019-05-04")},
       {day("2019-04-28"), day("2019-05-05")}},
      {"2020-1",
       2020,
       day("2019-11-21"),
       "国办发明电〔2019〕16号",
       {rest("2020-01-01", "2020-01-01"), rest("2020-01-24", "2020-01-30")},
       {day("2020-01-19"), day("2020-02-01")}},
      {"2020-2",
       2020,
       day("2020-01-27"),
       "国办发明电〔2020〕1号",
       {rest("2020-01-31", "2020-02-02")},
       {}},
      {"2022-1",
       2022,
       day("2021-10-25"),
       "国办发明电〔2021〕11号",
       {rest("2022-01-01", "2022-01-03")},
       {}},
  };
}

// RapidCheck draws from HUILU_SEED, or from a new seed; printed, so that a failure can be run
// again.
class SeedOfProperties : public ::testing::Environment {
 public:
  void SetUp() override {
    const char* const given = std::getenv("HUILU_SEED");
    const std::string seed = given ? given : std::to_string(std::random_device()());
    std::cout << "HUILU_SEED=" << seed << "\n";
    const char* const others = std::getenv("RC_PARAMS");
    setenv("RC_PARAMS", ("seed=" + seed + ' ' + (others ? others : "")).c_str(), 1);
  }
};

inline ::testing::Environment* const seed_of_properties =
    ::testing::AddGlobalTestEnvironment(new SeedOfProperties);

// Days about which something happens in these tests, far from the ends of Date.
inline rc::Gen<Date> any_day() {
  return rc::gen::map(rc::gen::inRange(Date::of(1900, 1, 1).days, Date::of(2200, 1, 1).days),
                      [](std::int32_t days) { return Date{days}; });
}

}  // namespace calendar::testing

}  // namespace huilu
