// One story, told line by line on its stage.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "obligation/check.h"
#include "obligation/news.h"
#include "obligation/stage.h"
#include "obligation/story.h"
#include "obligation/verdict.h"

namespace huilu::obligation {

// What stories expect: of each obligation its verdicts, of each check whether it held, of each
// indicator and view what it was, of each draw what came of it; by name.
struct Expectations {
  std::map<std::string, std::set<Verdict>> verdicts;
  std::map<std::string, std::set<bool>> held;
  std::map<std::string, std::set<std::string>> figures;
  std::map<std::string, std::set<std::string>> views;
  std::map<std::string, std::set<std::string>> draws;
};

// Whether the last record of a story may stand, and what is said of it.
struct Checked {
  bool allowed = true;
  std::optional<CheckResult> result;  // nothing: the check did not concern it
  policy::Label says;                 // empty where it holds
};

class Telling {
 public:
  Telling(const policy::Pack& pack, const std::vector<policy::Pack>& known,
          policy::Reading& reading, StoryReport& report, Expectations& expectations);

  void tell(const policy::Node& story);

 private:
  struct Subject {
    std::string duty, check, indicator, draw, view;
  };
  void find_subject(const policy::Node& story, const Subject& named);
  bool find_period(const policy::Node& node);
  void tell_lines(const policy::Node& story);
  const policy::Member* action_of(const policy::Node& line);
  bool find_time(const policy::Node& line);
  Date today() const;
  void act(const policy::Node& line, const policy::Member& action);
  void only(const policy::Node& line, std::string_view action, std::vector<std::string_view> more);

  std::optional<Bearer> bearer();
  std::optional<UnitId> home();

  // Of a check: what a line enters is judged, and taken back where it may not be.
  void tell_checked(const policy::Node& line, const policy::Member& action);
  void expect_checked(const policy::Node& line, const policy::Node& expected);

  // Of a draw: the seed is written, so that it comes out the same.
  void expect_drawn(const policy::Node& line, const policy::Node& expected, Date at);

  // Of an indicator, and of what a view counts.
  bool find_measured_period(const policy::Node& node);
  void expect_measured(const policy::Node& line, const policy::Node& expected, Date at);

  void expect_line(const policy::Node& line, const policy::Node& expected);
  void grant(const policy::Node& line, const std::string& key);
  void withdraw(const policy::Node& kind);
  void leave(const policy::Node& line, const policy::Node& name);
  void move_unit(const policy::Node& line, const policy::Node& name);

  const policy::Pack& pack_;
  policy::Reading& reading_;
  Stage stage_;
  StoryReport& report_;
  Expectations& expectations_;
  News news_;
  const policy::Obligation* duty_ = nullptr;
  const policy::Check* check_ = nullptr;
  const policy::Indicator* indicator_ = nullptr;
  const policy::View* view_ = nullptr;  // with its indicator
  const policy::Draw* draw_ = nullptr;  // one of these
  Checked checked_;                     // what the last line of a check entered
  policy::Node bearer_;
  std::string period_;
  std::size_t lines_ = 0;
  std::size_t expectations_here_ = 0;
  std::size_t failed_ = 0;  // assertions of this story
  Instant now_;             // of the line
  Instant known_;           // what an `expect` line asks with
};

}  // namespace huilu::obligation
