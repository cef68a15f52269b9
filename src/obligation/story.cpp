#include "obligation/story.h"

#include <algorithm>

#include "obligation/telling.h"
#include "obligation/telling_matter.h"
#include "policy/finding.h"
#include "policy/reader.h"

namespace huilu::obligation {

namespace {

// An obligation that no story could find wrong is not tested: one has to expect that it is met, one
// that it is not.
void check_tested(const policy::Pack& pack, const Expectations& expectations,
                  policy::Reading& reading) {
  const std::set<Verdict> passing = {Verdict::met, Verdict::met_late};
  const std::set<Verdict> failing = {Verdict::failed, Verdict::unknown, Verdict::in_grace,
                                     Verdict::at_risk};
  for (const policy::Obligation& one : pack.obligations) {
    if (policy::origin_of(one.place)) continue;  // its stories are the other pack's
    const auto found = expectations.verdicts.find(one.name);
    const auto expects = [&](const std::set<Verdict>& wanted) {
      return found != expectations.verdicts.end() &&
             std::any_of(wanted.begin(), wanted.end(),
                         [&](Verdict verdict) { return found->second.contains(verdict); });
    };
    if (!expects(passing))
      reading.report(RefusalCode::pack_no_test, one.place, "expect: {verdict: met}", one.name);
    if (!expects(failing))
      reading.report(RefusalCode::pack_no_test, one.place, "expect: {verdict: failed}", one.name);
  }
}

// Likewise a check: one has to see it hold, one has to see it fail.
void check_tested_checks(const policy::Pack& pack, const Expectations& expectations,
                         policy::Reading& reading) {
  for (const policy::Check& one : pack.checks) {
    if (policy::origin_of(one.place)) continue;
    const auto found = expectations.held.find(one.name);
    const auto expects = [&](bool held) {
      return found != expectations.held.end() && found->second.contains(held);
    };
    if (!expects(true))
      reading.report(RefusalCode::pack_no_test, one.place, "expect: {allowed: true}", one.name);
    if (!expects(false))
      reading.report(RefusalCode::pack_no_test, one.place, "expect: {says: text}", one.name);
  }
}

// A figure that is the same whatever happens is not tested: stories have to see two of them, and
// two different draws.
void check_tested_indicators(const policy::Pack& pack, const Expectations& expectations,
                             policy::Reading& reading) {
  const auto look = [&](const auto& declared, const auto& figures, const char* expected) {
    for (const auto& one : declared) {
      if (policy::origin_of(one.place)) continue;
      const auto found = figures.find(one.name);
      const std::size_t seen = found == figures.end() ? 0 : found->second.size();
      if (seen < 2)
        reading.report(RefusalCode::pack_no_test, one.place,
                       seen == 0 ? expected : "another figure", one.name);
    }
  };
  look(pack.indicators, expectations.figures, "expect: {value: number}");
  look(pack.views, expectations.views, "expect: {value: number}");
  look(pack.draws, expectations.draws, "expect: {drawn: [units]}");
}

// Stories told one after another, with what they have expected so far.
class Stories {
 public:
  Stories(const policy::Pack& pack, const std::vector<policy::Pack>& known)
      : pack_(pack), known_(known), reading_(texts_, policy::Language::zh_cn) {}

  void tell(const policy::Node& story) {
    ++report_.stories;
    if (story.find("matter"))
      MatterTelling(pack_, known_, reading_, report_, moves_).tell(story);
    else
      Telling(pack_, known_, reading_, report_, expectations_).tell(story);
  }

  bool hold() const { return report_.failed == 0; }

  StoryReport finish() {
    check_tested(pack_, expectations_, reading_);
    check_tested_checks(pack_, expectations_, reading_);
    check_tested_indicators(pack_, expectations_, reading_);
    check_moves_told(pack_, moves_, reading_);
    check_relapses_told(pack_, moves_, reading_);
    report_.findings = std::move(reading_.findings());
    policy::sort_by_place(report_.findings);
    return std::move(report_);
  }

 private:
  const policy::Pack& pack_;
  const std::vector<policy::Pack>& known_;
  policy::Texts texts_;
  policy::Reading reading_;
  StoryReport report_;
  Expectations expectations_;
  MovesTold moves_;
};

}  // namespace

StoryReport run_stories(const policy::Pack& pack, const std::vector<policy::Pack>& known) {
  Stories stories(pack, known);
  for (const policy::Node& story : pack.tests.items) stories.tell(story);
  return stories.finish();
}

bool stories_hold(const policy::Pack& pack, const std::vector<policy::Pack>& known,
                  const std::function<bool(const policy::Node& story)>& told) {
  Stories stories(pack, known);
  for (const policy::Node& story : pack.tests.items) {
    if (told(story)) stories.tell(story);
    if (!stories.hold()) return false;
  }
  return true;
}

}  // namespace huilu::obligation
