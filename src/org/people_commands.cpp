#include "org/people_commands.h"

#include "base/value.h"
#include "org/content.h"
#include "org/tables_reads.h"

namespace huilu::org {

namespace {

using command::Need;
using command::Permission;
using command::Reply;
using command::Writing;
using store::Connection;
using store::Pending;

std::string key_of(PersonId person) { return "person:" + person.text(); }
std::string key_of(const std::string& external_key) { return "person_key:" + external_key; }

template <class Id>
Reply reply_of(const char* word, Id id, std::int64_t version, int status) {
  return {status, Value::object({{word, id.text()}, {"version", version}})};
}

class NewPerson : public command::Command {
 public:
  explicit NewPerson(CreatePerson change) : change_(std::move(change)) {}
  std::string_view name() const override { return "create_person"; }
  Need need() const override { return {Permission::person_change, {}}; }
  std::vector<std::string> keys() const override {
    if (!change_.external_key) return {};
    return {key_of(*change_.external_key)};
  }
  void load(Connection& connection) override {
    same_key_ = queue_same_key(connection, change_.external_key);
  }
  Refusals decide(const Context&) override {
    auto result = org::decide(change_, first_id<PersonId>(same_key_));
    if (!result.ok()) return result.take_refusals();
    person_ = std::move(*result);
    return {};
  }
  Reply write(const Context& context, Writing& writing) override {
    person_.id = PersonId{writing.issue_id()};
    person_.seq = writing.append(entry_of("person_created", person_, "person", person_.id.value,
                                          std::nullopt, context.account));
    insert_person(writing.rows, person_);
    return reply_of("person", person_.id, person_.version, 201);
  }

 private:
  CreatePerson change_;
  Pending same_key_;
  Person person_;
};

class ChangedPerson : public command::Command {
 public:
  explicit ChangedPerson(ChangePerson change) : change_(std::move(change)) {}
  std::string_view name() const override { return "change_person"; }
  Need need() const override { return {Permission::person_change, {change_.unit}}; }
  std::string where_of(UnitId) const override { return "/unit"; }
  std::vector<std::string> keys() const override {
    std::vector<std::string> keys = {key_of(change_.person)};
    if (change_.external_key) keys.push_back(key_of(*change_.external_key));
    return keys;
  }
  void load(Connection& connection) override {
    person_ = queue_person(connection, change_.person);
    same_key_ = queue_same_key(connection, change_.external_key);
    known_ = queue_known_in(connection, change_.person, change_.unit);
  }
  Refusals decide(const Context&) override {
    auto result = org::decide(change_, first_of(person_, person_from), !known_->empty(),
                              first_id<PersonId>(same_key_));
    if (!result.ok()) return result.take_refusals();
    after_ = std::move(*result);
    return {};
  }
  Reply write(const Context& context, Writing& writing) override {
    after_.seq = writing.append(entry_of("person_changed", after_, "person", after_.id.value,
                                         change_.unit, context.account));
    update_person(writing.rows, after_);
    return reply_of("person", after_.id, after_.version, 200);
  }

 private:
  ChangePerson change_;
  Pending person_, same_key_, known_;
  Person after_;
};

class JoinBranch : public command::Command {
 public:
  JoinBranch(StartMembership change, const Vocabulary& words) : change_(change), words_(words) {}
  std::string_view name() const override { return "start_membership"; }
  Need need() const override {
    Need need{Permission::person_change, {change_.unit}};
    if (change_.replaces_in) need.units.push_back(*change_.replaces_in);
    return need;
  }
  std::string where_of(UnitId unit) const override {
    return unit == change_.unit ? "/unit" : "/replaces_in";
  }
  std::vector<std::string> keys() const override { return {key_of(change_.person)}; }
  void load(Connection& connection) override {
    person_ = queue_person(connection, change_.person);
    unit_ = queue_joined(connection, change_.unit, change_.date);
    host_ = queue_joined(connection, change_.host_unit, change_.date);
    memberships_ = queue_memberships(connection, change_.person);
  }
  Refusals decide(const Context&) override {
    const MembershipFacts facts{!person_->empty(), joined_from(unit_), joined_from(host_),
                                all_of(memberships_, membership_from)};
    auto result = org::decide(change_, facts, words_);
    if (!result.ok()) return result.take_refusals();
    result_ = std::move(*result);
    return {};
  }
  Reply write(const Context& context, Writing& writing) override {
    if (result_.ended) {
      Membership& ended = *result_.ended;
      ended.seq = writing.append(entry_of("membership_ended", ended, "membership", ended.id.value,
                                          ended.unit, context.account));
      end_row(writing.rows, "membership", ended.id.value, ended.span, ended.version, ended.seq);
    }
    Membership& started = result_.started;
    started.id = MembershipId{writing.issue_id()};
    started.seq = writing.append(entry_of("membership_started", started, "membership",
                                          started.id.value, started.unit, context.account));
    insert_membership(writing.rows, started);
    return reply_of("membership", started.id, started.version, 201);
  }

 private:
  StartMembership change_;
  const Vocabulary& words_;
  Pending person_, unit_, host_, memberships_;
  MembershipChange result_;
};

class LeaveBranch : public command::Command {
 public:
  explicit LeaveBranch(EndMembership change) : change_(change) {}
  std::string_view name() const override { return "end_membership"; }
  Need need() const override { return {Permission::person_change, {change_.unit}}; }
  std::string where_of(UnitId) const override { return "/unit"; }
  std::vector<std::string> keys() const override { return {key_of(change_.person)}; }
  void load(Connection& connection) override {
    row_ = queue_membership(connection, change_.membership);
  }
  Refusals decide(const Context&) override {
    auto result = org::decide(change_, first_of(row_, membership_from));
    if (!result.ok()) return result.take_refusals();
    after_ = *result;
    return {};
  }
  Reply write(const Context& context, Writing& writing) override {
    after_.seq = writing.append(entry_of("membership_ended", after_, "membership", after_.id.value,
                                         after_.unit, context.account));
    end_row(writing.rows, "membership", after_.id.value, after_.span, after_.version, after_.seq);
    return reply_of("membership", after_.id, after_.version, 200);
  }

 private:
  EndMembership change_;
  Pending row_;
  Membership after_;
};

Reply reply_of(const Employment& employment, int status) {
  return {status, Value::object({{"employment", employment.id}, {"version", employment.version}})};
}

class Employ : public command::Command {
 public:
  explicit Employ(StartEmployment change) : change_(change) {}
  std::string_view name() const override { return "start_employment"; }
  Need need() const override { return {Permission::person_change, {change_.unit}}; }
  std::string where_of(UnitId) const override { return "/unit"; }
  std::vector<std::string> keys() const override { return {key_of(change_.person)}; }
  void load(Connection& connection) override {
    person_ = queue_person(connection, change_.person);
    unit_ = queue_joined(connection, change_.unit, change_.date);
    employments_ = queue_employments(connection, change_.person);
  }
  Refusals decide(const Context&) override {
    auto result = org::decide(
        change_, {!person_->empty(), joined_from(unit_), all_of(employments_, employment_from)});
    if (!result.ok()) return result.take_refusals();
    started_ = *result;
    return {};
  }
  Reply write(const Context& context, Writing& writing) override {
    started_.id = writing.issue_id();
    started_.seq = writing.append(entry_of("employment_started", started_, "employment",
                                           started_.id, started_.unit, context.account));
    insert_employment(writing.rows, started_);
    return reply_of(started_, 201);
  }

 private:
  StartEmployment change_;
  Pending person_, unit_, employments_;
  Employment started_;
};

class Dismiss : public command::Command {
 public:
  explicit Dismiss(EndEmployment change) : change_(change) {}
  std::string_view name() const override { return "end_employment"; }
  Need need() const override { return {Permission::person_change, {change_.unit}}; }
  std::string where_of(UnitId) const override { return "/unit"; }
  std::vector<std::string> keys() const override { return {key_of(change_.person)}; }
  void load(Connection& connection) override {
    row_ = queue_employment(connection, change_.employment);
  }
  Refusals decide(const Context&) override {
    auto result = org::decide(change_, first_of(row_, employment_from));
    if (!result.ok()) return result.take_refusals();
    after_ = *result;
    return {};
  }
  Reply write(const Context& context, Writing& writing) override {
    after_.seq = writing.append(entry_of("employment_ended", after_, "employment", after_.id,
                                         after_.unit, context.account));
    end_row(writing.rows, "employment", after_.id, after_.span, after_.version, after_.seq);
    return reply_of(after_, 200);
  }

 private:
  EndEmployment change_;
  Pending row_;
  Employment after_;
};

}  // namespace

CommandPtr make_command(CreatePerson change) {
  return std::make_unique<NewPerson>(std::move(change));
}
CommandPtr make_command(ChangePerson change) {
  return std::make_unique<ChangedPerson>(std::move(change));
}
CommandPtr make_command(StartMembership change, const Vocabulary& words) {
  return std::make_unique<JoinBranch>(change, words);
}
CommandPtr make_command(EndMembership change) { return std::make_unique<LeaveBranch>(change); }
CommandPtr make_command(StartEmployment change) { return std::make_unique<Employ>(change); }
CommandPtr make_command(EndEmployment change) { return std::make_unique<Dismiss>(change); }

}  // namespace huilu::org
