// Directory: the names of all units and places in memory, for the search fields of every page.
// Finds a part of a name in Simplified or Traditional characters and by the first letters of its
// pinyin (two readings match either). Loads from the tables and follows the journal; safe for many
// readers.
#pragma once

#include <memory>
#include <optional>
#include <shared_mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "command/run.h"
#include "org/types.h"

namespace huilu::org {

// Names of one tree; the directory has one of units and one of places.
class NameIndex;

enum class Among { units, places, both };

struct Hit {
  UnitId unit;  // one of the two is set
  PlaceId place;
  std::string name;
  std::string path;  // of ids, in its own tree
};

struct Search {
  std::string text;
  Among among = Among::both;
  // Only units that stand at or below one of these paths; "" is everywhere, none is nowhere. Names
  // of places are public.
  std::vector<std::string> units_below;
  Date today;  // what is closed on it is left out
  std::size_t limit = 20;
};

class Directory : public command::Follower {
 public:
  Directory();
  ~Directory() override;

  void load(store::Connection& snapshot);
  bool follows(std::string_view table) const override;
  // A touched row with id 0 stands for all rows of its table that are new since the last one.
  void follow(store::Connection& snapshot, const std::vector<journal::Touched>& touched) override;

  // Best first: the name begins with the text, then the shorter name.
  std::vector<Hit> search(const Search& search) const;
  std::optional<std::string> name_of(UnitId unit) const;
  std::optional<std::string> name_of(PlaceId place) const;

 private:
  mutable std::shared_mutex mutex_;
  std::unique_ptr<NameIndex> units_;
  std::unique_ptr<NameIndex> places_;
};

}  // namespace huilu::org
