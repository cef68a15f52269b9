#include "obligation/telling_matter.h"

#include <algorithm>

#include <fmt/format.h>

#include "obligation/matter_context.h"
#include "obligation/review.h"
#include "policy/declarations.h"
#include "policy/finding.h"

namespace huilu::obligation {

namespace {

using policy::Member;
using policy::Node;
using policy::NodeKind;

constexpr std::array<std::string_view, 22> matter_actions = {
    "open",        "child",  "move",    "edit",    "appoint",     "expect",   "extend",
    "grant",       "refuse", "sign",    "dismiss", "acknowledge", "calendar", "param",
    "ballot",      "paper",  "confirm", "file",    "look_back",   "other",    "confirm_relapse",
    "deny_relapse"};
constexpr std::array<std::string_view, 18> matter_expectations = {
    "state",  "outcome", "due",     "allowed",    "says",           "missing",
    "clocks", "alike",   "reached", "proposed",   "ballot",         "look_back",
    "stale",  "into",    "other",   "relapse_of", "unacknowledged", "urgent"};

struct ToldMatter {
  std::string name, matter;
  Node given, story;
};

policy::Form<ToldMatter> matter_story_form() {
  return policy::map_of<ToldMatter>({
      policy::required("name", &ToldMatter::name, policy::text()),
      policy::required("matter", &ToldMatter::matter, policy::id()),
      policy::optional("given", &ToldMatter::given, policy::raw()),
      policy::required("story", &ToldMatter::story, policy::raw()),
  });
}

std::vector<Node> items_or_one(const Node& node) {
  if (node.kind == NodeKind::list) return node.items;
  return {node};
}

std::string codes_of(const Refusals& refusals) {
  std::string text;
  for (const Refusal& one : refusals) text += (text.empty() ? "" : "; ") + policy::line(one);
  return text.empty() ? "allowed" : text;
}

std::string joined_words(const std::vector<std::string>& words) {
  return words.empty() ? std::string("none") : fmt::format("{}", fmt::join(words, ", "));
}

}  // namespace

void check_moves_told(const policy::Pack& pack, const MovesTold& told, policy::Reading& reading) {
  for (const policy::MatterType& type : pack.matter_types)
    for (const policy::Move& move : type.moves) {
      const std::string name = type.name + '.' + move.id;
      if (!told.made.contains(name))
        reading.report(RefusalCode::pack_no_test, move.place, "move: " + move.id, name);
      const bool has_condition = move.needs || !move.not_same_person_as.empty();
      if (has_condition && !told.refused.contains(name))
        reading.report(RefusalCode::pack_no_test, move.place, "expect: {allowed: false}", name);
    }
  for (const policy::MatterType& type : pack.matter_types)
    for (const policy::MatterClock& clock : type.clocks) {
      const std::string name = type.name + '.' + clock.id;
      const auto demand = [&](bool is_told, const policy::Place& place, std::string expected,
                              const std::string& of) {
        if (!is_told) reading.report(RefusalCode::pack_no_test, place, std::move(expected), of);
      };
      const std::string expects = "expect: {clocks: {" + clock.id;
      demand(told.kept.contains(name), clock.place, expects + ": in_time}}", name);
      demand(told.late.contains(name), clock.place, expects + ": late}}", name);
      demand(!clock.extend || told.extended.contains(name), clock.place, "grant: " + clock.id,
             name);
      for (const policy::Rung& rung : type.rungs_of(clock.id)) {
        const std::string id = clock.id + '.' + rung.id;
        demand(told.reached.contains(name + '.' + rung.id), rung.place,
               "expect: {reached: " + id + "}", name + '.' + rung.id);
        demand(!rung.acknowledge || told.acknowledged.contains(name + '.' + rung.id), rung.place,
               "acknowledge: " + id, name + '.' + rung.id);
      }
    }
  for (const policy::MatterType& type : pack.matter_types)
    for (const std::string result : {"pass", "fail", "too_few"})
      if (type.ballot && !told.judged.contains(type.name + ".ballot." + result))
        reading.report(RefusalCode::pack_no_test, type.ballot->place,
                       "expect: {ballot: " + result + "}", type.name + ".ballot");
  for (const policy::MatterType& type : pack.matter_types) {
    if (!type.look_back) continue;
    for (const policy::LookBackOutcome one : type.look_back->outcomes) {
      const std::string word(policy::look_back_outcome_words[static_cast<std::size_t>(one)]);
      const std::string name = type.name + ".look_back." + word;
      if (!told.found.contains(name))
        reading.report(RefusalCode::pack_no_test, type.look_back->place, "look_back: " + word,
                       name);
    }
  }
}

void check_relapses_told(const policy::Pack& pack, const MovesTold& told,
                         policy::Reading& reading) {
  for (const policy::MatterType& type : pack.matter_types)
    for (const std::string deed : {"confirm_relapse", "deny_relapse"})
      if (type.relapse && !told.relapses.contains(type.name + '.' + deed))
        reading.report(RefusalCode::pack_no_test, type.relapse->place, deed,
                       type.name + ".relapse");
}

MatterTelling::MatterTelling(const policy::Pack& pack, const std::vector<policy::Pack>& known,
                             policy::Reading& reading, StoryReport& report, MovesTold& moves)
    : pack_(pack),
      reading_(reading),
      stage_(pack, known, reading),
      report_(report),
      moves_(moves),
      news_(pack, known, stage_) {}

void MatterTelling::tell(const Node& story) {
  const std::size_t before = reading_.findings().size();
  ToldMatter told;
  matter_story_form().read(reading_, story, told);
  type_ = pack_.find_matter_type(told.matter);
  if (!told.matter.empty() && !type_) {
    std::vector<std::string_view> names;
    for (const policy::MatterType& one : pack_.matter_types) names.push_back(one.name);
    reading_.report(RefusalCode::pack_reference, story.below("matter").place,
                    policy::nearest_or_all(told.matter, names), told.matter);
  }
  stage_.give(told.given.kind == NodeKind::null ? pack_.fixtures : told.given);
  if (reading_.findings().size() == before && policy::reading::is_list(reading_, told.story)) {
    news_.begin(told.story);
    for (const Node& line : told.story.items)
      if (policy::reading::is_map(reading_, line)) tell_line(line);
    if (!has_expectation_ && !told.story.cut)
      reading_.report(RefusalCode::pack_no_test, told.story.place, "expect", "");
  }
  if (reading_.findings().size() != before && failed_ == 0) ++report_.failed;
}

Lifecycle MatterTelling::life() const { return life_on(today_); }

Lifecycle MatterTelling::life_on(Date day) const {
  return {stage_.facts,    pack_,   *type_,  day,
          end_of_day(day), &below_, &steps_, ballot_ ? &ballot_->now : nullptr};
}

void MatterTelling::stands(Matter after, std::string move, std::optional<Deed> deed,
                           std::optional<PersonId> person) {
  const std::string from = matter_ ? matter_->state : std::string();
  matter_ = std::move(after);
  steps_.push_back({*matter_, std::move(move), std::move(deed), end_of_day(today_)});
  who_.push_back(person);
  follow_ballot(from);
}

void MatterTelling::tell_line(const Node& line) {
  const Node* const day = line.find("day");
  if (!day) return reading_.report(RefusalCode::pack_missing_key, line.place, "day", "");
  const std::size_t before = reading_.findings().size();
  policy::date().read(reading_, *day, today_);
  if (reading_.findings().size() != before) return;
  if (today_ < last_)
    return reading_.report(RefusalCode::pack_range, line.place, "not before " + last_.text(),
                           today_.text());
  last_ = today_;
  asked_on_ = today_;
  end_ballot(today_);
  if (line.find("calendar")) return news_.publish(line, today_);
  if (line.find("param")) return news_.decide(line, end_of_day(today_));
  if (line.find("open")) return open(line);
  if (line.find("appoint")) return stage_.appoint(line, today_);
  const Node* const asked = line.find("move");
  const Node* const changes = line.find("edit");
  const bool expects = line.find("expect") != nullptr;
  constexpr std::array<std::string_view, 9> deeds = {
      "extend",      "grant",     "refuse",          "sign",        "dismiss",
      "acknowledge", "look_back", "confirm_relapse", "deny_relapse"};
  const bool is_deed =
      std::any_of(deeds.begin(), deeds.end(), [&](std::string_view key) { return line.find(key); });
  constexpr std::array<std::string_view, 4> of_ballots = {"ballot", "paper", "confirm", "file"};
  const bool is_of_ballot = std::any_of(of_ballots.begin(), of_ballots.end(),
                                        [&](std::string_view key) { return line.find(key); });
  if (!asked && !changes && !expects && !is_deed && !is_of_ballot && !line.find("child") &&
      !line.find("other"))
    return reading_.report(
        RefusalCode::pack_missing_key, line.place,
        policy::reading::list_of_words({matter_actions.begin(), matter_actions.end()}), "");
  if (const Node* const name = line.find("other")) return other(line, *name);
  if (!matter_) return reading_.report(RefusalCode::pack_missing_key, line.place, "open", "");
  if (const Node* const name = line.find("child")) return child(line, *name);
  if (asked) return move(line, *asked);
  if (changes) return edit(line, *changes);
  if (is_deed) return tell_deed(line);
  if (is_of_ballot) return tell_ballot(line);
  for (const Member& member : line.members)
    if (member.key != "day" && member.key != "actor" && member.key != "expect" &&
        member.key != "looking_back")
      policy::reading::unknown_key(reading_, member, {"day", "actor", "expect", "looking_back"});
  if (const Node* const earlier = line.find("looking_back"))
    policy::date().read(reading_, *earlier, asked_on_);
  expect(line, {}, false);
}

// Header words of the line, and fields of the type.
Change MatterTelling::change_of(const std::vector<Member>& members,
                                const std::vector<std::string_view>& words) {
  Change change;
  for (const Member& member : members) {
    if (std::find(words.begin(), words.end(), member.key) != words.end()) continue;
    if (add_header(member, change)) continue;
    if (const policy::Field* const field = type_->find_field(member.key)) {
      if (member.value.kind == NodeKind::null)
        change.fields.set(field->name, Value());
      else if (auto value = stage_.value_of(*field, member.value))
        change.fields.set(field->name, std::move(*value));
      continue;
    }
    std::vector<std::string_view> all = words;
    for (const std::string_view word : {"unit", "due", "reason", "evidence", "into"})
      all.push_back(word);
    for (const policy::Field& field : type_->fields) all.push_back(field.name);
    policy::reading::unknown_key(reading_, member, all);
  }
  return change;
}

bool MatterTelling::add_header(const Member& member, Change& change) {
  const Node& node = member.value;
  if (member.key == "unit") {
    change.unit = stage_.unit(node);
  } else if (member.key == "due") {
    policy::date().read(reading_, node, change.due.emplace());
  } else if (member.key == "reason") {
    policy::text().read(reading_, node, change.reason);
  } else if (member.key == "into") {
    if (const Other* const found = find_other(node)) change.into = found->steps.back().matter.id;
  } else if (member.key == "evidence") {
    for (const Node& item : items_or_one(node)) {
      const auto next = static_cast<std::int64_t>(files_.size()) + 1;
      change.evidence.push_back(files_.emplace(item.text, FileId{next}).first->second);
    }
  } else {
    return false;
  }
  return true;
}

void MatterTelling::open(const Node& line) {
  const Node& name = line.below("open");
  if (name.text != type_->name || matter_)
    return reading_.report(RefusalCode::pack_reference, name.place, type_->name, name.describe());
  const Change change = change_of(line.members, {"day", "open"});
  if (!change.unit) return reading_.report(RefusalCode::pack_missing_key, line.place, "unit", "");
  Matter matter;
  matter.id = MatterId{1};
  matter.type = type_->address;
  matter.opened = today_;
  matter.state = type_->initial;
  matter.fields = Value(Value::Object{});
  matter = edited(matter, change);
  matter.alike = likely_relapses(life(), matter, settled_others());
  stands(std::move(matter), "", {}, {});
  // One that lies below nobody: a set that forgets whose it counts is noticed.
  below_ = {*matter_};
  below_.front().id = MatterId{2};
  below_types_ = {type_};
  for (const Refusal& refusal : check_opening(life(), *matter_))
    reading_.report(RefusalCode::pack_test, line.place, "allowed", policy::line(refusal));
}

// A matter below it, of the same type unless another one is named, as it stands from this day on.
void MatterTelling::child(const Node& line, const Node& name) {
  std::string id;
  policy::id().read(reading_, name, id);
  const Change change = change_of(line.members, {"day", "child", "type", "state"});
  const auto [found, is_new] = children_.emplace(id, below_.size());
  if (is_new) {
    const Node* const of = line.find("type");
    const policy::MatterType* const other = of ? stage_.find_matter_type(*of) : nullptr;
    const policy::MatterType* const type = other ? other : type_;
    below_types_.push_back(type);
    Matter matter = *matter_;
    matter.id = MatterId{static_cast<std::int64_t>(below_.size()) + 2};
    matter.parent = matter_->id;
    matter.type = type->address;
    matter.state = type->initial;
    matter.outcome.clear();
    matter.fields = Value(Value::Object{});
    below_.push_back(std::move(matter));
  }
  Matter& matter = below_[found->second];
  matter = edited(matter, change);
  if (const Node* const state = line.find("state"))
    put_into(matter, *below_types_[found->second], *state);
}

// Into a state, whoever moved it there.
void MatterTelling::put_into(Matter& matter, const policy::MatterType& type, const Node& written) {
  const Node* const state = &written;
  const policy::MatterState* const to = type.find_state(state->text);
  if (!to) {
    std::vector<std::string_view> ids;
    for (const policy::MatterState& one : type.states) ids.push_back(one.id);
    return policy::reading::unknown_word(reading_, *state, ids);
  }
  matter.state = to->id;
  matter.outcome = to->outcome
                       ? std::string(policy::outcome_words[static_cast<std::size_t>(*to->outcome)])
                       : std::string();
}

std::optional<PersonId> MatterTelling::actor_of(const Node& line) {
  const Node* const name = line.find("actor");
  if (name) return stage_.person(*name);
  reading_.report(RefusalCode::pack_missing_key, line.place, "actor", "");
  return {};
}

// Whoever holds a post at a unit or stands on its roll works there.
Actor MatterTelling::actor(std::optional<PersonId> person) const {
  Actor actor;
  if (!person) return actor;
  actor.person = *person;
  for (const Tenure& one : stage_.facts.tenures)
    if (one.person == *person && one.span.contains(today_)) {
      actor.units.push_back(one.unit);
      actor.posts.push_back({one.unit, one.kind});
    }
  return actor;
}

std::vector<Made> MatterTelling::made_by(PersonId person) const {
  std::map<std::string, bool> last;
  for (const auto& [id, who] : history_) last[id] = who == person;
  std::vector<Made> made;
  for (const auto& [id, by_actor] : last) made.push_back({id, by_actor});
  return made;
}

void MatterTelling::move(const Node& line, const Node& id) {
  const Change change = change_of(line.members, {"day", "move", "actor", "expect"});
  const auto person = actor_of(line);
  if (!person) return;
  Attempt attempt{check_move(life(), *matter_, id.text, change, actor(person), made_by(*person)),
                  {}};
  const policy::Move* const declared = type_->find_move(id.text);
  if (attempt.refusals.empty()) attempt.refusals = check_other(*declared, change, actor(person));
  if (declared) attempt.says = unmet(life(), *matter_, *declared, change);
  const std::string name = type_->name + '.' + id.text;
  if (attempt.refusals.empty()) {
    change_other(*declared, change);
    stands(moved(life(), *matter_, id.text, change), id.text, {}, person);
    history_.emplace_back(id.text, *person);
    moves_.made.insert(name);
  } else {
    moves_.refused.insert(name);
  }
  expect(line, attempt, true);
}

void MatterTelling::edit(const Node& line, const Node& changes) {
  if (!policy::reading::is_map(reading_, changes)) return;
  for (const Member& member : line.members)
    if (member.key != "day" && member.key != "edit" && member.key != "expect" &&
        member.key != "actor")
      policy::reading::unknown_key(reading_, member, {"day", "actor", "edit", "expect"});
  const Change change = change_of(changes.members, {});
  std::vector<std::string> demanded;
  for (const auto& [id, person] : history_) {
    const auto& fields = type_->find_move(id)->fields;
    demanded.insert(demanded.end(), fields.begin(), fields.end());
  }
  const Attempt attempt{check_edit(life(), *matter_, change, demanded), {}};
  if (attempt.refusals.empty()) stands(edited(*matter_, change), "", {}, {});
  expect(line, attempt, true);
}

// A move that is not said to be refused is expected to be allowed.
void MatterTelling::expect(const Node& line, const Attempt& attempt, bool attempted) {
  const Node& expected = line.below("expect");
  const bool is_written = line.find("expect") != nullptr;
  const bool judges = is_written && expected.find("allowed") != nullptr;
  if (attempted && !judges) {
    ++report_.assertions;
    check(attempt.refusals.empty(), "allowed", line, codes_of(attempt.refusals));
  }
  if (!is_written || !policy::reading::is_map(reading_, expected)) return;
  has_expectation_ = true;
  for (const Member& member : expected.members) expect_one(member, line, attempt, attempted);
}

void MatterTelling::expect_one(const Member& member, const Node& line, const Attempt& attempt,
                               bool attempted) {
  const std::string& key = member.key;
  const Node& node = member.value;
  if (std::find(matter_expectations.begin(), matter_expectations.end(), key) ==
      matter_expectations.end()) {
    policy::reading::unknown_key(reading_, member,
                                 {matter_expectations.begin(), matter_expectations.end()});
    return;
  }
  ++report_.assertions;
  if (key == "allowed") return expect_allowed(node, line, attempt, attempted);
  if (key == "ballot") return expect_ballot(node);
  if (key == "look_back") return expect_look_back(node);
  if (key == "stale") return expect_stale(node);
  if (key == "unacknowledged") return expect_unacknowledged(node);
  if (key == "urgent") {
    const std::string found = is_urgent(life_on(asked_on_), *matter_) ? "true" : "false";
    return check(node.text == found, key, node, found);
  }
  if (key == "into") return expect_into(node);
  if (key == "other") return expect_others(node);
  if (key == "alike") return expect_alike(node);
  if (key == "relapse_of") return expect_relapse_of(node);
  if (key == "clocks" || key == "reached" || key == "proposed") return expect_clocks(member);
  const auto text = [](const std::string& word) { return word.empty() ? "none" : word; };
  if (key == "state") return check(node.text == matter_->state, key, node, matter_->state);
  if (key == "outcome")
    return check(node.text == text(matter_->outcome), key, node, text(matter_->outcome));
  if (key == "due") {
    const std::string due = matter_->due ? matter_->due->text() : std::string("none");
    return check(node.text == due, key, node, due);
  }
  std::vector<std::string> wanted, found;
  for (const Node& item : items_or_one(node)) wanted.push_back(item.text);
  for (const Refusal& one : attempt.refusals) {
    const bool is_field = one.code == RefusalCode::field_required;
    if (key == "says") found.emplace_back(kind_of(one.code).name);
    if (key == "missing" && is_field) found.push_back(one.where.substr(one.where.rfind('/') + 1));
  }
  if (key == "says")
    for (const policy::Label& say : attempt.says)
      found.insert(found.end(), say.texts.begin(), say.texts.end());
  const bool all = std::all_of(wanted.begin(), wanted.end(), [&](const std::string& one) {
    return std::find(found.begin(), found.end(), one) != found.end();
  });
  const bool fits = key == "says" ? all : all && wanted.size() == found.size();
  check(fits, key, node, joined_words(found));
}

// true, false, or none where no review stands.
void MatterTelling::expect_stale(const Node& node) {
  const auto review = review_of(life_on(asked_on_), steps_);
  const std::string found = !review ? "none" : review->is_stale() ? "true" : "false";
  check(node.text == found, "stale", node, found);
}

// Of an attempt: whether it was; otherwise the moves that the actor may make now.
void MatterTelling::expect_allowed(const Node& node, const Node& line, const Attempt& attempt,
                                   bool attempted) {
  if (attempted) {
    bool wanted = true;
    policy::boolean().read(reading_, node, wanted);
    return check(wanted == attempt.refusals.empty(), "allowed", node, codes_of(attempt.refusals));
  }
  const auto person = actor_of(line);
  if (!person || !policy::reading::is_list(reading_, node)) return;
  std::vector<std::string> wanted, found;
  for (const Node& item : node.items) wanted.push_back(item.text);
  for (const policy::Move& one : type_->moves)
    if (check_move(life(), *matter_, one.id, {}, actor(person), made_by(*person), Asking::form)
            .empty())
      found.push_back(one.id);
  std::sort(wanted.begin(), wanted.end());
  std::sort(found.begin(), found.end());
  check(wanted == found, "allowed", node, joined_words(found));
}

void MatterTelling::check(bool holds, std::string_view key, const Node& node,
                          const std::string& got) {
  if (holds) return;
  ++failed_;
  ++report_.failed;
  std::string wanted = node.describe();
  if (node.kind == NodeKind::list) {
    wanted.clear();
    for (const Node& item : node.items) wanted += (wanted.empty() ? "" : ", ") + item.describe();
  }
  if (node.kind == NodeKind::map) wanted.clear();
  reading_.report(RefusalCode::pack_test, node.place,
                  std::string(key) + (wanted.empty() ? "" : " " + wanted), got);
}

}  // namespace huilu::obligation
