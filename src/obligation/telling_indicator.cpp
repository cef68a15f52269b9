#include <algorithm>
#include <charconv>

#include "obligation/measure.h"
#include "obligation/organisation.h"
#include "obligation/telling.h"
#include "policy/declarations.h"

namespace huilu::obligation {

namespace {

using policy::Member;
using policy::Node;

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return {};
  return number;
}

// "51/78" exactly, otherwise to as many digits as are written.
bool is_written(const Fraction& value, const std::string& written) {
  const auto slash = written.find('/');
  if (slash != std::string::npos) {
    const auto num = whole_number(std::string_view(written).substr(0, slash));
    const auto den = whole_number(std::string_view(written).substr(slash + 1));
    return num && den && fraction(*num, *den) == std::optional(value);
  }
  const auto point = written.find('.');
  const std::size_t digits = point == std::string::npos ? 0 : written.size() - point - 1;
  if (digits == 0) return text_of(value) == written;
  std::string shown = text_of(value, static_cast<int>(digits));
  if (shown.find('.') == std::string::npos) shown += '.';
  while (shown.size() - shown.find('.') - 1 < digits) shown += '0';
  return shown == written;
}

// What an `expect` line of an indicator's story says, held against the figure.
class ExpectingFigure {
 public:
  ExpectingFigure(Stage& stage, Measuring& measuring, const policy::Indicator& indicator,
                  const policy::View* view, UnitId node)
      : stage_(stage),
        measuring_(measuring),
        indicator_(indicator),
        view_(view),
        node_(node),
        found_(measuring.figure(indicator, node)) {}

  std::size_t assertions = 0;
  std::size_t failed = 0;

  void all(const Node& node) {
    if (!stage_.expects(node)) return;
    for (const Member& member : node.members) one(member);
  }

  // The figure in one line.
  std::string described() const {
    std::string text(figure_state_words[static_cast<std::size_t>(found_.state)]);
    if (found_.state == FigureState::shown) text = text_of(found_.value);
    if (!found_.error.empty()) text += " (" + found_.error + ")";
    text += ", base " + std::to_string(found_.base);
    if (indicator_.measure == policy::Measure::share)
      text += ", part " + std::to_string(found_.part);
    if (found_.pace != PaceState::none)
      text += ", " + std::string(pace_state_words[static_cast<std::size_t>(found_.pace)]);
    return text;
  }

  std::string seen() const {
    if (found_.state != FigureState::shown)
      return std::string(figure_state_words[static_cast<std::size_t>(found_.state)]);
    return text_of(found_.value);
  }

 private:
  static constexpr std::array<std::string_view, 13> figure_words = {
      "value",   "state", "part", "base",      "parts", "control", "use",
      "planned", "rest",  "pace", "uncounted", "says",  "units"};

  void one(const Member& member) {
    const std::string& key = member.key;
    std::vector<std::string_view> words(figure_words.begin(), figure_words.end());
    if (view_) words = {"value", "parts", "groups", "outside"};
    if (std::find(words.begin(), words.end(), key) == words.end()) {
      policy::reading::unknown_key(stage_.reading, member, words);
      return;
    }
    ++assertions;
    const Node& node = member.value;
    if (key == "value") return number(node, shown(found_.value, found_.state));
    if (key == "part") return number(node, Fraction{found_.part, 1});
    if (key == "base") return number(node, Fraction{found_.base, 1});
    if (key == "control") return number(node, found_.control);
    if (key == "use") return number(node, found_.use);
    if (key == "planned") return number(node, found_.planned);
    if (key == "rest") return number(node, found_.rest);
    if (key == "state") return word(node, figure_state_words, found_.state);
    if (key == "pace") return word(node, pace_state_words, found_.pace);
    if (key == "parts") return parts(node);
    if (key == "units") return units(node);
    if (key == "groups") return groups(node);
    if (key == "outside") return number(node, Fraction{outside(), 1});
    uncounted(key, node);
  }

  static std::optional<Fraction> shown(const Fraction& value, FigureState state) {
    return state == FigureState::shown ? std::optional(value) : std::nullopt;
  }

  void check(bool holds, const Node& node, const std::string& got) {
    if (holds) return;
    ++failed;
    stage_.reading.report(RefusalCode::pack_test, node.place, node.describe(),
                          got + ": " + described());
  }

  void number(const Node& node, const std::optional<Fraction>& found) {
    if (node.text == "none") return check(!found, node, found ? text_of(*found) : "none");
    check(found && is_written(*found, node.text), node, found ? text_of(*found) : "none");
  }

  template <class Enum, std::size_t count>
  void word(const Node& node, const std::array<std::string_view, count>& all, Enum found) {
    Enum wanted{};
    const std::size_t before = stage_.reading.findings().size();
    policy::word<Enum>(all).read(stage_.reading, node, wanted);
    if (stage_.reading.findings().size() == before)
      check(wanted == found, node, std::string(all[static_cast<std::size_t>(found)]));
  }

  // {education: 3, housing: 1}: exactly these, those of several paths as "education+firm".
  void parts(const Node& node) {
    std::map<std::string, std::string> found;
    for (const FigurePart& part : found_.parts) {
      std::string key;
      for (const std::string& word : part.key)
        key += (key.empty() ? "" : "+") + (word.empty() ? std::string("none") : word);
      found[key] = part.state == FigureState::shown
                       ? text_of(part.value)
                       : std::string(figure_state_words[static_cast<std::size_t>(part.state)]);
    }
    std::map<std::string, std::string> wanted;
    for (const Member& member : node.members) wanted[member.key] = member.value.text;
    std::string got;
    for (const auto& [key, value] : found) got += (got.empty() ? "" : ", ") + key + ": " + value;
    check(wanted == found, node, got);
  }

  // {topics: 5, lists: 2}: exactly these.
  void groups(const Node& node) {
    std::map<std::string, std::string> found, wanted;
    std::string got;
    for (const policy::ViewGroup& group : view_->partition.parts) {
      std::int64_t count = 0;
      for (const std::string& word : group.of) count += count_of(word);
      found[group.id] = std::to_string(count);
      got += (got.empty() ? "" : ", ") + group.id + ": " + found[group.id];
    }
    for (const Member& member : node.members) wanted[member.key] = member.value.text;
    check(wanted == found, node, got);
  }

  std::int64_t count_of(const std::string& word) const {
    for (const FigurePart& part : found_.parts)
      if (part.key.front() == word) return part.base;
    return 0;
  }

  // What stands in no part.
  std::int64_t outside() const {
    std::int64_t count = found_.base;
    for (const policy::ViewGroup& group : view_->partition.parts)
      for (const std::string& word : group.of) count -= count_of(word);
    return count;
  }

  void units(const Node& node) {
    std::set<UnitId> wanted;
    for (const Node& item : node.items)
      if (const auto unit = stage_.unit(item)) wanted.insert(*unit);
    std::string got;
    for (const UnitId unit : found_.beyond) {
      const Unit* const known = find_unit(stage_.facts, unit);
      got += (got.empty() ? "" : ", ") + (known ? known->name : unit.text());
    }
    check(wanted == std::set<UnitId>(found_.beyond.begin(), found_.beyond.end()), node, got);
  }

  void uncounted(const std::string& key, const Node& node) {
    std::size_t count = 0;
    bool says = false;
    if (indicator_.counts_facts())
      for (const UncountedFact* const one : measuring_.uncounted(indicator_, node_)) {
        ++count;
        const auto& texts = one->say.texts;
        says = says || std::find(texts.begin(), texts.end(), node.text) != texts.end();
      }
    if (key == "says") return check(says, node, "nothing of this kind");
    check(whole_number(node.text) == std::optional(static_cast<std::int64_t>(count)), node,
          std::to_string(count));
  }

  Stage& stage_;
  Measuring& measuring_;
  const policy::Indicator& indicator_;
  const policy::View* view_;  // null pointer: the indicator is one of the pack
  UnitId node_;
  Figure found_;
};

}  // namespace

bool Telling::find_measured_period(const Node& node) {
  const bool has_one = indicator_->every != policy::MeasuredEvery::now;
  const std::string expected(
      policy::measured_every_words[static_cast<std::size_t>(indicator_->every)]);
  if (node.kind == policy::NodeKind::null) {
    if (has_one) reading_.report(RefusalCode::pack_missing_key, bearer_.place, "period", "");
    return !has_one;  // what is reckoned from others is of their periods
  }
  const auto period = calendar::period_from(node.text);
  const bool fits = period && (!has_one || calendar::period_kind_of(node.text) ==
                                               std::optional(static_cast<calendar::PeriodKind>(
                                                   static_cast<int>(indicator_->every) - 1)));
  if (fits) period_ = node.text;
  if (!fits) reading_.report(RefusalCode::pack_range, node.place, expected, node.describe());
  return fits;
}

void Telling::expect_measured(const Node& line, const Node& expected, Date at) {
  const Node* const of = line.find("of");
  const auto node = of ? stage_.unit(*of) : stage_.unit(bearer_);
  if (!node) return;
  stage_.launch_campaign(stage_.top_of(*node));
  const auto period = calendar::period_from(period_);
  Measuring measuring(stage_.facts, {pack_, period ? period->from : at, at,
                                     line.find("looking_back") ? end_of_day(at) : known_});
  ExpectingFigure expecting(stage_, measuring, *indicator_, view_, *node);
  expecting.all(expected);
  report_.assertions += expecting.assertions;
  report_.failed += expecting.failed;
  failed_ += expecting.failed;
  if (expecting.failed > 0) return;
  auto& seen = view_ ? expectations_.views[view_->name] : expectations_.figures[indicator_->name];
  seen.insert(expecting.seen());
}

}  // namespace huilu::obligation
