#include "compliance/because.h"

#include <algorithm>

#include "compliance/sentences.h"
#include "policy/difference.h"

namespace huilu::compliance {

namespace {

using obligation::Explanation;
using obligation::NotApplicable;

class Comparing {
 public:
  Comparing(const Explained& today, const Duty& duty_today, const Explained& supposed,
            const Duty& duty_supposed, const std::vector<std::string>& differing,
            words::Language language)
      : today_(today.explanation),
        supposed_(supposed.explanation),
        words_today_(today, duty_today, language),
        words_supposed_(supposed, duty_supposed, language),
        differing_(differing),
        language_(language) {}

  std::vector<Reason> run() {
    if (!scope()) {
      parameters();
      test();
      dates();
    }
    return std::move(out_);
  }

 private:
  void say(std::string kind, words::Values values, std::string subject = {}) {
    std::string text = words::text(language_, "simulation.because." + kind, values);
    out_.push_back({std::move(kind), std::move(text), std::move(subject)});
  }

  void say_change(std::string kind, const std::string& before, const std::string& after) {
    say(std::move(kind), {{"before", before}, {"after", after}});
  }

  bool differs_in(std::string_view key) const {
    return std::find(differing_.begin(), differing_.end(), key) != differing_.end();
  }

  // Whether it is only owed on one of the sides.
  bool scope() {
    const auto owes = [](const Explanation& one) {
      return one.the_class != obligation::Class::not_applicable;
    };
    if (owes(today_) == owes(supposed_)) return false;
    const bool newly = owes(supposed_);
    const Explanation& without = newly ? today_ : supposed_;
    if (without.why_not == NotApplicable::not_in_force) {
      // Otherwise there is such a duty, but not of this period.
      if (differs_in(newly ? policy::key_of_new : policy::key_of_removed))
        say(newly ? "added" : "removed", {});
      return true;
    }
    const auto word = obligation::not_applicable_words[static_cast<std::size_t>(without.why_not)];
    const std::string why = words::text(language_, "explain.why_not." + std::string(word));
    say("scope",
        {{"side", words::text(language_, newly ? "simulation.today" : "simulation.supposed")},
         {"why", why}});
    return true;
  }

  void parameters() {
    for (const auto& before : today_.parameters) {
      const auto is_same = [&](const auto& one) { return one.address == before.address; };
      const auto after =
          std::find_if(supposed_.parameters.begin(), supposed_.parameters.end(), is_same);
      if (after == supposed_.parameters.end() || after->value == before.value) continue;
      say("parameter",
          {{"title", words_supposed_.title_of(*after)},
           {"before", words_today_.value_of(before)},
           {"after", words_supposed_.value_of(*after)}},
          before.address);
    }
  }

  static std::string amount(std::int64_t number, bool decimal) {
    const Value view = number_view(number, decimal);
    return view.text() ? *view.text() : std::to_string(number);
  }

  void test() {
    const auto &before = today_.test, &after = supposed_.test;
    if (today_.cases.size() != supposed_.cases.size())
      say_change("cases", std::to_string(today_.cases.size()),
                 std::to_string(supposed_.cases.size()));
    if (before.need != after.need && out_.empty())
      say_change("need", amount(before.need, before.decimal), amount(after.need, after.decimal));
    if (before.have != after.have)
      say_change("counted", amount(before.have, before.decimal), amount(after.have, after.decimal));
  }

  void dates() {
    const auto &before = today_.schedule, &after = supposed_.schedule;
    if (before.act != after.act) say_change("dates", before.act.text(), after.act.text());
    if (before.enter != after.enter && before.act == after.act)
      say_change("entry", before.enter.text(), after.enter.text());
  }

  const Explanation& today_;
  const Explanation& supposed_;
  const Sentences words_today_;
  const Sentences words_supposed_;
  const std::vector<std::string>& differing_;
  const words::Language language_;
  std::vector<Reason> out_;
};

}  // namespace

std::vector<Reason> reasons_between(const Explained& today, const Duty& duty_today,
                                    const Explained& supposed, const Duty& duty_supposed,
                                    const std::vector<std::string>& differing,
                                    words::Language language) {
  auto out = Comparing(today, duty_today, supposed, duty_supposed, differing, language).run();
  if (!out.empty()) return out;
  std::string keys;
  for (const std::string& key : differing) keys += (keys.empty() ? "" : ", ") + key;
  return {{"declared", words::text(language, "simulation.because.declared", {{"keys", keys}}), {}}};
}

}  // namespace huilu::compliance
