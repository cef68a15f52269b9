// Views: how a pack arranges what is there. A ledger is a set of matters cut into parts, each item
// in exactly one; what is in none is shown as such. Parsed and checked here, counted like an
// indicator, read aloud by policy/sentence.h.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy/indicator.h"

namespace huilu::policy {

enum class ViewKind { ledger };

inline constexpr std::array<std::string_view, 1> view_kind_words = {"ledger"};

// Words of the field that belong together under one title.
struct ViewGroup {
  std::string id;
  Label title;
  std::vector<std::string> of;
  Place place;
};

struct Partition {
  Path by;  // a field of type enum
  std::vector<ViewGroup> parts;
};

struct View {
  std::string name;     // "ledger_1_5_2"
  std::string address;  // "ledgers/ledger_1_5_2"
  std::vector<std::string> clauses;
  Label title;
  std::optional<Label> guide;
  ViewKind kind = ViewKind::ledger;
  Partition partition;
  std::vector<std::string> columns;  // fields, and words of the header
  Indicator counted;                 // the set, broken down by the field
  Place place;
};

// What every matter says of itself, beside the fields of its type.
inline constexpr std::array<std::string_view, 4> view_header_words = {"unit", "due", "state",
                                                                      "opened"};

}  // namespace huilu::policy
