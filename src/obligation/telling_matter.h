// A story of one matter, told line by line: it is opened, moved and edited by persons, and what is
// expected is held against the lifecycle.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "obligation/clock.h"
#include "obligation/news.h"
#include "obligation/story.h"

namespace huilu::obligation {

// Which moves the stories make and see refused, as "type.move"; which clocks they expect to be kept
// and to be late and which rungs to be reached, as "type.clock" and "type.clock.rung".
struct MovesTold {
  std::set<std::string> made;
  std::set<std::string> refused;
  std::set<std::string> kept;
  std::set<std::string> late;
  std::set<std::string> reached;
  std::set<std::string> extended;
};

// Every move is made by some story; one that has a condition is refused by some. Every clock is
// kept and late in some, every rung is reached, every extension granted.
void check_moves_told(const policy::Pack& pack, const MovesTold& told, policy::Reading& reading);

class MatterTelling {
 public:
  MatterTelling(const policy::Pack& pack, const std::vector<policy::Pack>& known,
                policy::Reading& reading, StoryReport& report, MovesTold& moves);

  void tell(const policy::Node& story);

 private:
  void tell_line(const policy::Node& line);
  void open(const policy::Node& line);
  void child(const policy::Node& line, const policy::Node& name);
  void move(const policy::Node& line, const policy::Node& id);
  void edit(const policy::Node& line, const policy::Node& changes);
  // Deeds, and what is expected of clocks: telling_clock.cpp.
  void tell_deed(const policy::Node& line);
  void ask(const policy::Node& line, const policy::Node& clock);
  void decide(const policy::Node& line, const policy::Node& clock, bool grants);
  void step(const policy::Node& line, const policy::Node& name, bool signs);
  void expect_clocks(const policy::Member& member);
  void expect_clock(const policy::Member& member, const std::vector<ClockNow>& clocks);
  void expect_rungs(const policy::Member& member, const std::vector<ClockNow>& clocks);
  // The matter is from now on as `after` says.
  void stands(Matter after, std::string move, std::optional<Deed> deed,
              std::optional<PersonId> person);
  std::optional<PersonId> actor_of(const policy::Node& line);
  Actor actor(std::optional<PersonId> person) const;
  std::vector<Made> made_by(PersonId person) const;
  Change change_of(const std::vector<policy::Member>& members,
                   const std::vector<std::string_view>& words);
  bool add_header(const policy::Member& member, Change& change);
  Lifecycle life() const;
  Lifecycle life_on(Date day) const;

  // What the line's attempt came to.
  struct Attempt {
    Refusals refusals;
    std::vector<policy::Label> says;
  };
  void expect(const policy::Node& line, const Attempt& attempt, bool attempted);
  void expect_one(const policy::Member& member, const policy::Node& line, const Attempt& attempt,
                  bool attempted);
  void expect_allowed(const policy::Node& node, const policy::Node& line, const Attempt& attempt,
                      bool attempted);
  void check(bool holds, std::string_view key, const policy::Node& node, const std::string& got);

  const policy::Pack& pack_;
  policy::Reading& reading_;
  Stage stage_;
  StoryReport& report_;
  MovesTold& moves_;
  News news_;
  const policy::MatterType* type_ = nullptr;
  std::optional<Matter> matter_;
  std::vector<std::pair<std::string, PersonId>> history_;  // moves with who made them
  std::map<std::string, std::size_t> children_;            // by name
  std::vector<Matter> below_;
  std::vector<MatterStep> steps_;
  std::vector<std::optional<PersonId>> who_;  // made each of the steps
  Date asked_on_;                             // the day that an expectation looks at
  std::map<std::string, FileId> files_;
  Date today_;
  Date last_;
  bool has_expectation_ = false;
  std::size_t failed_ = 0;
};

}  // namespace huilu::obligation
