// A story of one matter, told line by line: it is opened, moved and edited by persons, and what is
// expected is held against the lifecycle.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "obligation/lifecycle.h"
#include "obligation/stage.h"
#include "obligation/story.h"

namespace huilu::obligation {

// Which moves the stories make and see refused, as "type.move".
struct MovesTold {
  std::set<std::string> made;
  std::set<std::string> refused;
};

// Every move is made by some story; one that has a condition is refused by some.
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
  std::optional<PersonId> actor_of(const policy::Node& line);
  Actor actor(std::optional<PersonId> person) const;
  std::vector<Made> made_by(PersonId person) const;
  Change change_of(const std::vector<policy::Member>& members,
                   const std::vector<std::string_view>& words);
  bool add_header(const policy::Member& member, Change& change);
  Lifecycle life() const;

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
  const policy::MatterType* type_ = nullptr;
  std::optional<Matter> matter_;
  std::vector<std::pair<std::string, PersonId>> history_;  // moves with who made them
  std::map<std::string, std::size_t> children_;            // by name
  std::vector<Matter> below_;
  std::map<std::string, FileId> files_;
  Date today_;
  Date last_;
  bool has_expectation_ = false;
  std::size_t failed_ = 0;
};

}  // namespace huilu::obligation
