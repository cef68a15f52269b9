// One story, told line by line on its stage.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "obligation/stage.h"
#include "obligation/story.h"
#include "obligation/verdict.h"

namespace huilu::obligation {

// Which verdicts stories expect of each obligation, by its name.
using Expectations = std::map<std::string, std::set<Verdict>>;

class Telling {
 public:
  Telling(const policy::Pack& pack, const std::vector<policy::Pack>& known,
          policy::Reading& reading, StoryReport& report, Expectations& expectations);

  void tell(const policy::Node& story);

 private:
  void report_unknown_obligation(const policy::Node& node, const std::string& name);
  void hide_revisions(const policy::Node& story);
  bool find_period(const policy::Node& node);
  void tell_lines(const policy::Node& story);
  const policy::Member* action_of(const policy::Node& line);
  bool find_time(const policy::Node& line);
  Date today() const;
  void act(const policy::Node& line, const policy::Member& action);
  void only(const policy::Node& line, std::string_view action, std::vector<std::string_view> more);

  std::optional<Bearer> bearer();
  std::optional<UnitId> home();

  void expect_line(const policy::Node& line, const policy::Node& expected);
  void grant(const policy::Node& line, const std::string& key);
  void withdraw(const policy::Node& kind);
  void leave(const policy::Node& line, const policy::Node& name);
  void move_unit(const policy::Node& line, const policy::Node& name);
  void publish(const policy::Node& line, const policy::Node& id);
  void decide(const policy::Node& line, const policy::Node& name);
  void read_setting(const policy::Parameter& parameter, const policy::Node& node,
                    policy::Setting& out);

  const policy::Pack& pack_;
  policy::Reading& reading_;
  Stage stage_;
  StoryReport& report_;
  Expectations& expectations_;
  std::vector<calendar::Revision> revisions_;  // of all packs
  const policy::Obligation* duty_ = nullptr;
  policy::Node bearer_;
  std::string period_;
  std::size_t lines_ = 0;
  std::size_t expectations_here_ = 0;
  std::size_t failed_ = 0;  // assertions of this story
  Instant now_;             // of the line
  Instant known_;           // what an `expect` line asks with
};

}  // namespace huilu::obligation
