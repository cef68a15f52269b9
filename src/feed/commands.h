// The changes of calendar feeds: a token made or made anew, and revoked. One's own; used by the API
// through the road, which never sees the token itself.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/hash.h"
#include "command/command.h"
#include "feed/types.h"

namespace huilu::feed {

// `hash`: of the token as bytes; empty: revoked.
Value feed_content(AccountId account, std::string_view hash);

// Replies {"id", "version"}; version_conflict. The token that was there opens nothing from now on.
class MakeFeed : public command::Command {
 public:
  MakeFeed(AccountId account, std::int64_t version, const Hash& hash, words::Language language)
      : account_(account), version_(version), hash_(bytes_of(hash)), language_(language) {}

  std::string_view name() const override { return "make_feed"; }
  command::Need need() const override { return {command::Permission::signed_in, {}}; }
  std::vector<std::string> keys() const override;
  void load(store::Connection& connection) override;
  Refusals decide(const command::Context& context) override;
  command::Reply write(const command::Context& context, command::Writing& writing) override;

 private:
  AccountId account_;
  std::int64_t version_;
  std::string hash_;
  words::Language language_;
  store::Pending rows_;
  std::optional<Feed> before_;
};

// not_found where there is none.
class RevokeFeed : public command::Command {
 public:
  RevokeFeed(AccountId account, std::int64_t version) : account_(account), version_(version) {}

  std::string_view name() const override { return "revoke_feed"; }
  command::Need need() const override { return {command::Permission::signed_in, {}}; }
  std::vector<std::string> keys() const override;
  void load(store::Connection& connection) override;
  Refusals decide(const command::Context& context) override;
  command::Reply write(const command::Context& context, command::Writing& writing) override;

 private:
  AccountId account_;
  std::int64_t version_;
  store::Pending rows_;
  std::optional<Feed> feed_;
};

}  // namespace huilu::feed
