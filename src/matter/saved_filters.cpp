#include "matter/saved_filters.h"

#include "command/parts.h"

namespace huilu::matter {

namespace {

using command::Context;
using command::Need;
using command::Permission;
using command::Reply;
using command::reply_of;
using command::Writing;

std::string key_of_account(AccountId account) { return "saved_filters:" + account.text(); }
std::string key_of_filter(SavedFilterId id) { return "saved_filter:" + id.text(); }

Need need_of(const NewFilter& asked) {
  Need need{Permission::matter_read, {}};
  if (asked.unit) need.units.push_back(*asked.unit);
  return need;
}

// Its name is told apart from those of the account's other filters.
Refusals check_name(const NewFilter& asked, const store::Rows& own,
                    std::optional<SavedFilterId> id) {
  auto refusals = command::check_length(asked.name, 1, filter_name_max, "/name");
  for (const auto row : own) {
    const auto other = saved_filter_from(row);
    if (other.id != id && other.said.name == asked.name) {
      command::refuse(refusals, RefusalCode::duplicate, "/name", "", asked.name);
    }
  }
  return refusals;
}

Refusals check_present(const store::Rows& rows, const SavedFilter& read, std::int64_t seen) {
  if (rows.empty()) return {command::not_found(read.id.text())};
  Refusals refusals;
  command::check_version(saved_filter_from(rows[0]).version, seen, refusals);
  return refusals;
}

journal::Entry entry_of_filter(std::string_view kind, const SavedFilter& filter,
                               const Context& context) {
  auto entry = command::entry_of(kind, filter.id.text(), context, filter_content(filter));
  entry.unit = filter.said.unit;
  entry.fields.push_back({"name", filter.said.name});
  entry.fields.push_back({"view", canonical_json(filter.said.content)});
  return entry;
}

// The version that follows, with its entry and its row.
Reply write_changed(SavedFilter filter, const Context& context, Writing& writing) {
  filter.version += 1;
  filter.at = writing.at();
  auto entry = entry_of_filter("filter_changed", filter, context);
  entry.previous = filter.seq;
  filter.seq = writing.append(std::move(entry));
  write_filter(writing, filter);
  return reply_of(200, filter.id.text(), filter.version);
}

}  // namespace

Value filter_content(const SavedFilter& filter) {
  return Value::object({{"filter", filter.id.text()},
                        {"account", filter.account.text()},
                        {"unit", filter.said.unit ? Value(filter.said.unit->text()) : Value()}});
}

Value filter_removal_content(SavedFilterId id) {
  return Value::object({{"filter", id.text()}, {"removed", true}});
}

SaveFilter::SaveFilter(NewFilter asked, AccountId account)
    : asked_(std::move(asked)), account_(account) {
  asked_.name = command::kept_text(asked_.name);
}

Need SaveFilter::need() const { return need_of(asked_); }

std::vector<std::string> SaveFilter::keys() const { return {key_of_account(account_)}; }

void SaveFilter::load(store::Connection& connection) {
  own_ = queue_filters_of(connection, account_);
}

Refusals SaveFilter::decide(const Context& context) {
  CHECK(context.account == account_);
  auto refusals = check_name(asked_, *own_, {});
  if (own_->size() >= filters_of_account_max) {
    command::refuse(refusals, RefusalCode::field_range, "",
                    "0 to " + std::to_string(filters_of_account_max),
                    std::to_string(own_->size() + 1));
  }
  return refusals;
}

Reply SaveFilter::write(const Context& context, Writing& writing) {
  SavedFilter filter;
  filter.id = SavedFilterId{writing.issue_id()};
  filter.account = context.account;
  filter.said = asked_;
  filter.at = writing.at();
  filter.seq = writing.append(entry_of_filter("filter_saved", filter, context));
  insert_filter(writing, filter);
  return reply_of(201, filter.id.text(), 1);
}

ChangeFilter::ChangeFilter(SavedFilter read, NewFilter asked, std::int64_t seen, AccountId account)
    : read_(std::move(read)), asked_(std::move(asked)), seen_(seen), account_(account) {
  asked_.name = command::kept_text(asked_.name);
}

Need ChangeFilter::need() const { return need_of(asked_); }

std::vector<std::string> ChangeFilter::keys() const {
  return {key_of_account(account_), key_of_filter(read_.id)};
}

void ChangeFilter::load(store::Connection& connection) {
  own_ = queue_filters_of(connection, account_);
  row_ = queue_saved_filter(connection, read_.id);
}

Refusals ChangeFilter::decide(const Context& context) {
  CHECK(context.account == account_);
  auto refusals = check_present(*row_, read_, seen_);
  if (!refusals.empty()) return refusals;
  if (read_.account != account_) command::refuse(refusals, RefusalCode::not_permitted, "");
  command::append(refusals, check_name(asked_, *own_, read_.id));
  return refusals;
}

Reply ChangeFilter::write(const Context& context, Writing& writing) {
  SavedFilter filter = read_;
  filter.said = asked_;
  return write_changed(std::move(filter), context, writing);
}

RemoveFilter::RemoveFilter(SavedFilter read, std::int64_t seen, AccountId account)
    : read_(std::move(read)), seen_(seen), account_(account) {}

Need RemoveFilter::need() const {
  if (is_own() || !read_.said.unit) return {Permission::matter_read, {}};
  return {Permission::matter_open, {*read_.said.unit}};
}

std::vector<std::string> RemoveFilter::keys() const {
  return {key_of_account(read_.account), key_of_filter(read_.id)};
}

void RemoveFilter::load(store::Connection& connection) {
  row_ = queue_saved_filter(connection, read_.id);
}

Refusals RemoveFilter::decide(const Context& context) {
  CHECK(context.account == account_);
  auto refusals = check_present(*row_, read_, seen_);
  if (refusals.empty() && !is_own() && !read_.said.unit) {
    command::refuse(refusals, RefusalCode::not_permitted, "");
  }
  return refusals;
}

Reply RemoveFilter::write(const Context& context, Writing& writing) {
  SavedFilter filter = read_;
  if (!is_own()) {
    filter.said.unit.reset();
    return write_changed(std::move(filter), context, writing);
  }
  auto entry = command::entry_of("filter_removed", filter.id.text(), context,
                                 filter_removal_content(filter.id));
  entry.unit = filter.said.unit;
  entry.previous = filter.seq;
  write_filter_removed(writing, filter.id, filter.version + 1, context.account,
                       writing.append(std::move(entry)));
  return reply_of(200, filter.id.text(), filter.version + 1);
}

}  // namespace huilu::matter
