#include "obligation/count.h"

#include <gtest/gtest.h>

namespace huilu::obligation {
namespace {

// all_of and any_of: what is certain is not made uncertain by a part that is unknown.
TEST(Together, classes_combine_in_any_order) {
  const auto part = [](Class result) {
    TestResult one;
    one.result = result;
    return one;
  };
  struct Row {
    std::vector<Class> parts;
    Class all;
    Class any;
  };
  const Row rows[] = {
      {{Class::met, Class::met}, Class::met, Class::met},
      {{Class::met, Class::met_late}, Class::met_late, Class::met},
      {{Class::met, Class::short_}, Class::short_, Class::met},
      {{Class::met, Class::unknown}, Class::unknown, Class::met},
      {{Class::met, Class::within}, Class::within, Class::met},
      {{Class::met, Class::over}, Class::over, Class::met},
      {{Class::met, Class::not_applicable}, Class::met, Class::met},
      {{Class::short_, Class::unknown}, Class::short_, Class::unknown},
      {{Class::short_, Class::within}, Class::short_, Class::within},
      {{Class::short_, Class::over}, Class::over, Class::short_},
      {{Class::met_late, Class::within}, Class::within, Class::met_late},
      {{Class::unknown, Class::within}, Class::unknown, Class::within},
      {{Class::not_applicable, Class::not_applicable},
       Class::not_applicable,
       Class::not_applicable},
  };
  for (const Row& row : rows) {
    const TestResult a = part(row.parts[0]), b = part(row.parts[1]);
    EXPECT_EQ(all_of({a, b}), row.all);
    EXPECT_EQ(all_of({b, a}), row.all);
    EXPECT_EQ(any_of({a, b}), row.any);
    EXPECT_EQ(any_of({b, a}), row.any);
  }
}

}  // namespace
}  // namespace huilu::obligation
