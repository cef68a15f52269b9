#include "feed/commands.h"

#include "base/text.h"
#include "command/parts.h"
#include "feed/tables.h"

namespace huilu::feed {

namespace {

std::vector<std::string> key_of(AccountId account) { return {"feed:" + account.text()}; }

journal::Sequence append(const command::Context& context, command::Writing& writing,
                         std::string_view kind, const Feed& feed) {
  auto entry =
      command::entry_of(kind, feed.account.text(), context, feed_content(feed.account, feed.hash));
  if (feed.seq > 0) entry.previous = feed.seq;
  return writing.append(std::move(entry));
}

}  // namespace

Value feed_content(AccountId account, std::string_view hash) {
  return Value::object(
      {{"account", account.text()}, {"token", hash.empty() ? Value() : Value(hex(hash))}});
}

std::vector<std::string> MakeFeed::keys() const { return key_of(account_); }

void MakeFeed::load(store::Connection& connection) { rows_ = queue_feed(connection, account_); }

Refusals MakeFeed::decide(const command::Context&) {
  before_ = feed_from(*rows_);
  Refusals refusals;
  command::check_version(before_ ? before_->version : 0, version_, refusals);
  return refusals;
}

command::Reply MakeFeed::write(const command::Context& context, command::Writing& writing) {
  Feed feed = before_.value_or(Feed{});
  feed.account = account_;
  feed.hash = hash_;
  feed.language = language_;
  feed.made_at = writing.at();
  feed.version += 1;
  feed.seq = append(context, writing, "calendar_feed_made", feed);
  write_feed(writing, feed);
  return command::reply_of(201, account_.text(), feed.version);
}

std::vector<std::string> RevokeFeed::keys() const { return key_of(account_); }

void RevokeFeed::load(store::Connection& connection) { rows_ = queue_feed(connection, account_); }

Refusals RevokeFeed::decide(const command::Context&) {
  feed_ = feed_from(*rows_);
  if (!feed_ || !feed_->is_open()) return {command::not_found(account_.text())};
  Refusals refusals;
  command::check_version(feed_->version, version_, refusals);
  return refusals;
}

command::Reply RevokeFeed::write(const command::Context& context, command::Writing& writing) {
  Feed feed = *feed_;
  feed.hash.clear();
  feed.version += 1;
  feed.seq = append(context, writing, "calendar_feed_revoked", feed);
  write_feed(writing, feed);
  return command::reply_of(200, account_.text(), feed.version);
}

}  // namespace huilu::feed
