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
    const auto found = expectations.find(one.name);
    const auto expects = [&](const std::set<Verdict>& wanted) {
      return found != expectations.end() &&
             std::any_of(wanted.begin(), wanted.end(),
                         [&](Verdict verdict) { return found->second.contains(verdict); });
    };
    if (!expects(passing))
      reading.report(RefusalCode::pack_no_test, one.place, "expect: {verdict: met}", one.name);
    if (!expects(failing))
      reading.report(RefusalCode::pack_no_test, one.place, "expect: {verdict: failed}", one.name);
  }
}

}  // namespace

StoryReport run_stories(const policy::Pack& pack, const std::vector<policy::Pack>& known) {
  policy::Texts texts;
  policy::Reading reading(texts, policy::Language::zh_cn);
  StoryReport report;
  Expectations expectations;
  MovesTold moves;
  for (const policy::Node& story : pack.tests.items) {
    ++report.stories;
    if (story.find("matter"))
      MatterTelling(pack, known, reading, report, moves).tell(story);
    else
      Telling(pack, known, reading, report, expectations).tell(story);
  }
  check_tested(pack, expectations, reading);
  check_moves_told(pack, moves, reading);
  report.findings = std::move(reading.findings());
  policy::sort_by_place(report.findings);
  return report;
}

}  // namespace huilu::obligation
