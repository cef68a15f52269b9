// A story of one matter, told line by line: it is opened, moved and edited by persons, and what is
// expected is held against the lifecycle.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "obligation/ballot.h"
#include "obligation/clock.h"
#include "obligation/news.h"
#include "obligation/relapse.h"
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
  std::set<std::string> acknowledged;  // steps, as "type.clock.rung"
  std::set<std::string> found;         // by look-backs, as "type.look_back.relapsed"
  std::set<std::string> relapses;      // as "type.confirm_relapse"
  std::set<std::string> judged;  // what ballots are expected to come to, as "type.ballot.pass"
};

// Every move is made by some story; one that has a condition is refused by some. Every clock is
// kept and late in some, every rung is reached, every extension granted, every step that is to be
// acknowledged is; a ballot is passed in one,
// fails in one and has too few votes in one; look-backs find each of their outcomes.
void check_moves_told(const policy::Pack& pack, const MovesTold& told, policy::Reading& reading);
// A relapse is confirmed in some story and denied in some.
void check_relapses_told(const policy::Pack& pack, const MovesTold& told, policy::Reading& reading);

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
  // Deeds, and what is expected of clocks: telling_clock.cpp; look-backs: telling_look_back.cpp.
  void tell_deed(const policy::Node& line);
  void ask(const policy::Node& line, const policy::Node& clock);
  void decide(const policy::Node& line, const policy::Node& clock, bool grants);
  void step(const policy::Node& line, const policy::Node& name, bool signs);
  void acknowledge(const policy::Node& line, const policy::Node& name);
  void look_back(const policy::Node& line, const policy::Node& found);
  void expect_look_back(const policy::Node& node);
  void expect_stale(const policy::Node& node);
  void expect_clocks(const policy::Member& member);
  void expect_clock(const policy::Member& member, const std::vector<ClockNow>& clocks);
  void expect_rungs(const policy::Member& member, const std::vector<ClockNow>& clocks);
  void expect_unacknowledged(const policy::Node& node);
  void put_into(Matter& matter, const policy::MatterType& type, const policy::Node& state);
  // Another matter of the type, into which this one is merged, or that was settled before it:
  // telling_merge.cpp.
  struct Other {
    std::string name;
    std::vector<MatterStep> steps;
  };
  void other(const policy::Node& line, const policy::Node& name);
  Other* find_other(const policy::Node& name);
  Other* other_of(const policy::Move& move, const Change& change);
  Refusals check_other(const policy::Move& move, const Change& change, const Actor& actor);
  void change_other(const policy::Move& move, const Change& change);
  Lifecycle life_of(const Other& other, const std::vector<Matter>& merged) const;
  std::vector<Matter> merged_into(const Other& other) const;
  void expect_into(const policy::Node& node);
  // Relapses: telling_relapse.cpp.
  std::vector<Settled> settled_others() const;
  void say_relapse(const policy::Node& line, const policy::Node& name, bool confirms);
  void expect_alike(const policy::Node& node);
  void expect_relapse_of(const policy::Node& node);
  std::string name_of_other(MatterId id) const;
  void expect_others(const policy::Node& node);
  void expect_other(const Other& other, const policy::Node& node);
  // Ballots: telling_ballot.cpp.
  void tell_ballot(const policy::Node& line);
  void cast(const policy::Node& line, const policy::Node& grade);
  void enter_paper(const policy::Node& line, const policy::Node& votes);
  void confirm_paper(const policy::Node& line);
  void file_evidence(const policy::Node& line);
  void follow_ballot(std::string_view from);  // after the matter came into a state
  void end_ballot(Date day);                  // when its last day is over
  void expect_ballot(const policy::Node& node);
  std::string value_of_ballot(std::string_view key) const;
  Refusals check_holder(PersonId person) const;
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
  std::vector<const policy::MatterType*> below_types_;  // of each of them
  std::vector<Other> others_;
  std::vector<MatterStep> steps_;
  std::vector<std::optional<PersonId>> who_;  // made each of the steps
  Date asked_on_;                             // the day that an expectation looks at
  std::map<std::string, FileId> files_;
  // The ballot that was opened last.
  struct Ballot {
    BallotNow now;
    Date opened;
    std::optional<Date> until;
    std::vector<PersonId> voters;
    std::map<PersonId, std::string> votes;  // the last of each
    Votes paper;                            // confirmed
    std::set<PersonId> on_paper;
    Votes waiting;  // entered, not confirmed
    std::optional<PersonId> entered_by;
    std::set<PersonId> waiting_from;

    Votes all() const;
  };
  std::optional<Ballot> ballot_;
  Date today_;
  Date last_;
  bool has_expectation_ = false;
  std::size_t failed_ = 0;
};

}  // namespace huilu::obligation
