// Indicators read aloud: what is counted, of which units and days, and what it is held against.
#include "policy/phrases.h"
#include "policy/scalar.h"
#include "policy/sentence.h"

namespace huilu::policy {

namespace {

class IndicatorReading {
 public:
  IndicatorReading(const Indicator& indicator, const Pack& pack, const Phrases& phrases)
      : indicator_(indicator), pack_(pack), phrases_(phrases) {
    if (indicator.counts_facts()) subject_ = phrases.subject_of_one_in(indicator.of);
  }

  std::string text() const {
    std::vector<std::string> parts = {phrases_.say(
        "indicator", {{"title", phrases_.title(indicator_.title)}, {"measure", measure()}})};
    add_period(parts);
    add_units(parts);
    add_parts(parts);
    add_limits(parts);
    parts.push_back(phrases_.say("rolls_up." + word(rolls_up_words, indicator_.roll_up)));
    if (indicator_.empty_not_shown) parts.push_back(phrases_.say("measure.empty_not_shown"));
    if (indicator_.min_base)
      parts.push_back(phrases_.say("measure.min_base", {{"number", number(*indicator_.min_base)}}));
    return phrases_.say("stop", {{"text", phrases_.joined(parts, "clause")}});
  }

 private:
  template <class Enum, std::size_t count>
  static std::string word(const std::array<std::string_view, count>& words, Enum value) {
    return std::string(words[static_cast<std::size_t>(value)]);
  }

  std::string number(const NumberUse& use) const {
    const auto* const written = std::get_if<Decimal>(&use);
    if (!written) return phrases_.text(std::get<ParameterUse>(use));
    return decimal_text(written->millionths);
  }

  std::string title_of(const std::string& address) const {
    for (const Indicator& one : pack_.indicators)
      if (one.address == address)
        return phrases_.say("quoted", {{"text", phrases_.title(one.title)}});
    return address;
  }

  std::string measure() const {
    const std::string key = "measure." + word(measure_words, indicator_.measure);
    if (!indicator_.counts_facts()) {
      std::string less, round;
      if (indicator_.less) {
        const auto* const written = std::get_if<Decimal>(&*indicator_.less);
        less = written ? phrases_.percent(*written)
                       : phrases_.text(std::get<ParameterUse>(*indicator_.less));
        round = phrases_.say("round." + word(round_to_words, indicator_.round));
      }
      return phrases_.say(key,
                          {{"a", title_of(indicator_.from.front())},
                           {"b", indicator_.from.size() > 1 ? title_of(indicator_.from[1]) : ""},
                           {"less", less},
                           {"round", round}});
    }
    const std::string set = phrases_.measured(indicator_.of);
    const std::string path = indicator_.path ? phrases_.path(*indicator_.path, subject_) : "";
    const std::string share =
        indicator_.measure == Measure::share ? phrases_.condition(indicator_.share, subject_) : "";
    const bool tells_apart = indicator_.measure == Measure::count && indicator_.path;
    std::string text = phrases_.say(tells_apart ? "measure.distinct" : key,
                                    {{"set", set}, {"path", path}, {"share", share}});
    for (const Quality& quality : indicator_.of.counts_if)
      text =
          phrases_.say("only_if", {{"test", text},
                                   {"condition", phrases_.condition(quality.condition, subject_)},
                                   {"say", phrases_.title(quality.say)}});
    return text;
  }

  void add_period(std::vector<std::string>& parts) const {
    if (!indicator_.counts_facts()) return;
    const std::string every = word(measured_every_words, indicator_.every);
    if (every.empty()) return parts.push_back(phrases_.say("measure.now"));
    std::string text = phrases_.say("every." + every);
    if (indicator_.previous) text = phrases_.say("measure.previous", {{"every", text}});
    parts.push_back(phrases_.say("measure.every", {{"every", text}}));
  }

  void add_units(std::vector<std::string>& parts) const {
    if (indicator_.at)
      parts.push_back(
          phrases_.say("measure.at", {{"path", phrases_.path(*indicator_.at, subject_)}}));
    if (indicator_.who)
      parts.push_back(phrases_.say(
          "measure.who",
          {{"condition", phrases_.condition(*indicator_.who, {type_of(Leads::unit), {}})}}));
  }

  void add_parts(std::vector<std::string>& parts) const {
    if (indicator_.by.empty()) return;
    std::vector<std::string> paths;
    for (const Path& path : indicator_.by) paths.push_back(phrases_.path(path, subject_));
    parts.push_back(phrases_.say("measure.by", {{"paths", phrases_.both(paths)}}));
    if (indicator_.partition) parts.push_back(phrases_.say("measure.partition"));
  }

  void add_limits(std::vector<std::string>& parts) const {
    if (indicator_.against) {
      const std::string control = indicator_.against->parameter
                                      ? phrases_.text(*indicator_.against->parameter)
                                      : title_of(indicator_.against->indicator);
      parts.push_back(phrases_.say("measure.against", {{"control", control}}));
    }
    if (indicator_.pace)
      parts.push_back(phrases_.say("pace." + word(pace_words, *indicator_.pace)));
    if (indicator_.floor)
      parts.push_back(phrases_.say("measure.floor", {{"number", number(*indicator_.floor)}}));
    if (indicator_.ceiling)
      parts.push_back(phrases_.say("measure.ceiling", {{"number", number(*indicator_.ceiling)}}));
  }

  const Indicator& indicator_;
  const Pack& pack_;
  const Phrases& phrases_;
  Subject subject_;
};

}  // namespace

std::string sentence(const Indicator& indicator, const Pack& pack, const std::vector<Pack>& packs,
                     Language language) {
  const Phrases phrases(pack, packs, language);
  return phrases.cited(indicator.clauses, IndicatorReading(indicator, pack, phrases).text());
}

}  // namespace huilu::policy
