// News: what becomes known while a story goes on: calendars that are published, values that an
// installation decides for parameters. Lines `calendar` and `param` of stories of every kind.
#pragma once

#include <string_view>
#include <vector>

#include "obligation/stage.h"

namespace huilu::obligation {

// A key of the line beside its day, the action and `more` is a finding.
void check_keys(const policy::Node& line, std::string_view action,
                std::vector<std::string_view> more, policy::Reading& reading);

class News {
 public:
  // All outlive it.
  News(const policy::Pack& pack, const std::vector<policy::Pack>& known, Stage& stage);

  // The calendars that are known from the start: those that no line of the story publishes.
  void begin(const policy::Node& story);
  void publish(const policy::Node& line, Date today);
  void decide(const policy::Node& line, Instant now);

 private:
  void read_setting(const policy::Parameter& parameter, const policy::Node& node,
                    policy::Setting& out);

  const policy::Pack& pack_;
  Stage& stage_;
  policy::Reading& reading_;
  std::vector<calendar::Revision> revisions_;  // of all packs
};

}  // namespace huilu::obligation
