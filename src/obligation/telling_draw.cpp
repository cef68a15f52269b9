#include <algorithm>

#include "obligation/organisation.h"
#include "obligation/sampling.h"
#include "obligation/telling.h"
#include "policy/declarations.h"

namespace huilu::obligation {

namespace {

using policy::Member;
using policy::Node;

// What an `expect` line of a draw's story says, held against what the seed draws.
class ExpectingDraw {
 public:
  ExpectingDraw(Stage& stage, const Sampling& sampling, const std::string& seed)
      : stage_(stage),
        sampling_(sampling),
        lots_(draw_units(sampling.units, seed, sampling.size)) {}

  std::size_t assertions = 0;
  std::size_t failed = 0;

  void all(const Node& node) {
    if (!stage_.expects(node)) return;
    for (const Member& member : node.members) one(member);
  }

  std::string drawn() const {
    std::string text;
    for (std::size_t i = 0; i < lots_.size(); ++i)
      if (lots_[i].place > 0) text += (text.empty() ? "" : ", ") + name_of(sampling_.units[i].unit);
    return text.empty() ? "nothing" : text;
  }

 private:
  static constexpr std::array<std::string_view, 5> words = {"drawn", "size", "candidates",
                                                            "tickets", "strata"};
  using Counts = std::map<std::string, std::string>;

  void one(const Member& member) {
    const std::string& key = member.key;
    const Node& node = member.value;
    if (std::find(words.begin(), words.end(), key) == words.end()) {
      policy::reading::unknown_key(stage_.reading, member, {words.begin(), words.end()});
      return;
    }
    ++assertions;
    if (key == "size") return number(node, sampling_.no_value ? "none" : text(sampling_.size));
    if (key == "candidates") return number(node, text(sampling_.units.size()));
    if (key == "drawn") return units(node);
    Counts found;
    for (const Drawable& unit : sampling_.units) {
      if (key == "tickets") found[name_of(unit.unit)] = std::to_string(unit.tickets);
      if (key != "strata") continue;
      const auto parent = UnitId::parse(unit.stratum);
      auto& count = found[parent ? name_of(*parent) : unit.stratum];
      count = text((count.empty() ? 0 : std::stoul(count)) + 1);
    }
    counts(node, found);
  }

  static std::string text(std::size_t count) { return std::to_string(count); }

  std::string name_of(UnitId id) const {
    const Unit* const unit = find_unit(stage_.facts, id);
    return unit ? unit->name : id.text();
  }

  void check(bool holds, const Node& node, const std::string& got) {
    if (holds) return;
    ++failed;
    const std::string why = sampling_.error.empty() ? "" : " (" + sampling_.error + ")";
    stage_.reading.report(RefusalCode::pack_test, node.place, node.describe(), got + why);
  }

  void number(const Node& node, const std::string& found) {
    check(node.text == found, node, found);
  }

  void units(const Node& node) {
    std::vector<UnitId> wanted, found;
    for (const Node& item : node.items)
      if (const auto unit = stage_.unit(item)) wanted.push_back(*unit);
    for (std::size_t i = 0; i < lots_.size(); ++i)
      if (lots_[i].place > 0) found.push_back(sampling_.units[i].unit);
    std::sort(wanted.begin(), wanted.end());
    check(wanted == found, node, drawn());
  }

  // {east: 3, west: 1}: exactly these.
  void counts(const Node& node, const Counts& found) {
    Counts wanted;
    std::string got;
    for (const Member& member : node.members) wanted[member.key] = member.value.text;
    for (const auto& [name, count] : found) got += (got.empty() ? "" : ", ") + name + ": " + count;
    check(wanted == found, node, got);
  }

  Stage& stage_;
  const Sampling& sampling_;
  std::vector<Lot> lots_;
};

}  // namespace

void Telling::expect_drawn(const Node& line, const Node& expected, Date at) {
  const Node* const seed = line.find("seed");
  if (!seed) return reading_.report(RefusalCode::pack_missing_key, line.place, "seed", "");
  const auto node = stage_.unit(bearer_);
  if (!node) return;
  Measuring measuring(stage_.facts, {pack_, at, at, known_});
  const Sampling sampling = sampling_of(stage_.facts, measuring, pack_, *draw_, *node, at);
  ExpectingDraw expecting(stage_, sampling, seed->text);
  expecting.all(expected);
  report_.assertions += expecting.assertions;
  report_.failed += expecting.failed;
  failed_ += expecting.failed;
  if (expecting.failed == 0) expectations_.draws[draw_->name].insert(expecting.drawn());
}

}  // namespace huilu::obligation
