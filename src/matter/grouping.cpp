#include "matter/grouping.h"

#include <algorithm>

#include "command/parts.h"
#include "matter/versions.h"

namespace huilu::matter {

namespace {

using command::Context;
using command::Permission;

void append_at(const std::string& pointer, Refusals refusals, Refusals& out) {
  for (Refusal& one : refusals) {
    one.where = pointer + one.where;
    out.push_back(std::move(one));
  }
}

}  // namespace

GroupMatter::GroupMatter(Read read, AskedGroup asked, std::int64_t seen)
    : read_(std::move(read)), asked_(std::move(asked)), seen_(seen) {
  asked_.reason = command::kept_text(asked_.reason);
}

command::Need GroupMatter::need() const {
  std::vector<UnitId> units = {read_.stored.now.matter.unit};
  const bool joins = asked_.parent || asked_.opens_parent;
  if (joins && asked_.unit != units.front()) units.push_back(asked_.unit);
  return {Permission::matter_open, std::move(units)};
}

std::string GroupMatter::where_of(UnitId unit) const {
  return unit == read_.stored.now.matter.unit ? "" : "/parent";
}

std::vector<std::string> GroupMatter::keys() const {
  auto keys = keys_of(read_);
  if (asked_.parent) keys.push_back(keys_of(*asked_.parent, {}).front());
  return keys;
}

void GroupMatter::load(store::Connection& connection) {
  newest_ = queue_newest(connection, read_.stored.now.matter.id);
  above_ = queue_above(connection, asked_.parent.value_or(MatterId{}));
}

Refusals GroupMatter::check_parent() const {
  const Matter& matter = read_.stored.now.matter;
  const auto no = [](RefusalCode code, std::string got) {
    return Refusals{{code, "/parent", "", std::move(got), ""}};
  };
  if (asked_.opens_parent) {
    return matter.parent ? no(RefusalCode::group_taken, matter.parent->text()) : Refusals{};
  }
  if (!asked_.parent) {
    return matter.parent ? Refusals{} : no(RefusalCode::wrong_state, "");
  }
  if (above_->empty()) return no(RefusalCode::unknown_matter, asked_.parent->text());
  for (const store::Row row : *above_) {
    if (row.id<MatterId>(0) == matter.id) return no(RefusalCode::group_cycle, matter.id.text());
  }
  if (!(*above_)[0].is_null(1)) return no(RefusalCode::group_settled, asked_.parent->text());
  if (matter.parent) return no(RefusalCode::group_taken, matter.parent->text());
  return {};
}

Refusals GroupMatter::decide(const Context& context) {
  Refusals refusals = check_newest(*newest_, read_.stored.now, seen_);
  if (!refusals.empty()) return refusals;
  refusals = command::check_length(asked_.reason, 0, reason_characters_max, "/reason");
  command::append(refusals, obligation::check_edit(read_.life(context.today, context.now),
                                                   read_.stored.now.matter, {}, {}));
  command::append(refusals, check_parent());
  return refusals;
}

command::Reply GroupMatter::write(const Context& context, command::Writing& writing) {
  Version version = read_.stored.now;
  version.matter.parent = asked_.parent;
  version.move.clear();
  version.deed.reset();
  version.reason = asked_.reason;
  return write_next("matter_edited", std::move(version), read_, context, writing);
}

OpenGroup::OpenGroup(std::unique_ptr<OpenMatter> parent,
                     std::vector<std::unique_ptr<GroupMatter>> members)
    : parent_(std::move(parent)), members_(std::move(members)) {}

command::Need OpenGroup::need() const {
  auto units = parent_->need().units;
  for (const auto& one : members_)
    for (const UnitId unit : one->need().units)
      if (std::ranges::find(units, unit) == units.end()) units.push_back(unit);
  return {Permission::matter_open, std::move(units)};
}

std::string OpenGroup::where_of(UnitId unit) const {
  return parent_->where_of(unit).empty() ? "/items" : "/open/unit";
}

std::vector<std::string> OpenGroup::keys() const {
  std::vector<std::string> keys;
  for (const auto& one : members_)
    for (std::string& key : one->keys()) keys.push_back(std::move(key));
  return keys;
}

void OpenGroup::load(store::Connection& connection) {
  parent_->load(connection);
  for (const auto& one : members_) one->load(connection);
}

Refusals OpenGroup::decide(const Context& context) {
  Refusals refusals;
  append_at("/open", parent_->decide(context), refusals);
  for (std::size_t i = 0; i < members_.size(); ++i)
    append_at("/items/" + std::to_string(i), members_[i]->decide(context), refusals);
  return refusals;
}

command::Reply OpenGroup::write(const Context& context, command::Writing& writing) {
  auto reply = parent_->write(context, writing);
  const auto parent = MatterId::parse(*reply.body.find("id")->text());
  Value::List items;
  for (const auto& one : members_) {
    one->put_below(*parent);
    items.push_back(one->write(context, writing).body);
  }
  reply.body.set("items", std::move(items));
  return reply;
}

}  // namespace huilu::matter
