// What a pack takes from another one (`extends`): its declarations, but for records and matters,
// which stay the other's own, with what is set, added and left out. Where a declaration or a value
// came from stands in its place: what is not written in the pack itself has a file such as
// "province.special@2.0.0/params.yaml".
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/refusal.h"
#include "policy/label.h"
#include "policy/yaml.h"

namespace huilu::policy {

struct Pack;

enum class TailoringKind { set, add, exclude };

// One path of the other pack: "params.topics", "obligations.visits.due".
struct Tailoring {
  TailoringKind kind = TailoringKind::set;
  std::string path;
  std::string reason;     // of what is left out
  std::string authority;  // by which it is loosened; empty where nothing is
  Place place;
};

struct Parent {
  std::string pack;
  std::string version;
  Label title;                        // of the pack
  std::vector<Tailoring> tailorings;  // what is set, added, left out
  Place place;
};

// Where something came from that the pack does not say itself; empty texts: from nowhere else.
struct Origin {
  std::string_view pack;
  std::string_view version;

  explicit operator bool() const { return !pack.empty(); }
};
Origin origin_of(const Place& place);

// What a later version of a pack that is extended says differently, and what this one made of it:
// nothing changes before somebody has looked and named the later version.
enum class Answered { inherited, set, added, excluded };

inline constexpr std::array<std::string_view, 4> answered_words = {"inherited", "set", "added",
                                                                   "excluded"};

struct ToReview {
  std::string pack;     // that is extended
  std::string taken;    // the version that it stands on
  std::string version;  // the newest that there is
  std::string path;     // "params.visits_per_year"
  std::string was;      // on one line; empty: it was not there
  std::string is;
  Answered answered = Answered::inherited;
};
std::vector<ToReview> to_review(const Pack& pack, const std::vector<Pack>& packs);

}  // namespace huilu::policy
