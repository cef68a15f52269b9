// For tests of what is written here: the road over the tables that rounds and draws stand on.
#pragma once

#include <vector>

#include "enactment/testing.h"

namespace huilu::round::testing {

class RoundRoadTest : public enactment::testing::RoadTest {
 protected:
  std::vector<store::Migration> migrations() const override {
    auto all = store::testing::schema_of(
        {"journal", "command", "identity", "enactment", "record", "matter", "round"});
    all.push_back({900, "units",
                   "create table unit (id bigint primary key, path {text} not null unique, "
                   "parent bigint, official_order bigint, "
                   "from_date {text} not null default '2020-01-01', until_date {text}){strict};"});
    return all;
  }
};

}  // namespace huilu::round::testing
