#include <algorithm>
#include <map>
#include <set>

#include "outbox/tables.h"
#include "outbox/write.h"
#include "store/lists.h"

namespace huilu::outbox {

namespace {

using store::Row;

struct Told {
  std::set<MatterId> matters;
  Instant due_at;
  bool is_urgent = false;  // one of them is
};

std::map<AccountId, Channel> who_wants_notices(store::Connection& connection,
                                               const std::map<AccountId, Told>& told,
                                               const Setup& setup) {
  store::Params accounts;
  for (const auto& [account, what] : told) accounts.emplace_back(account);
  const auto parts = store::queue_in(
      connection,
      "select c.account, c.channel from delivery_choice c join account a on a.id = c.account "
      "where c.account in ({ids}) and c.notices = 1 and a.disabled_at is null "
      "and (c.channel = 'webhook' or (c.channel = 'mail' and c.confirmed_at is not null))",
      accounts);
  connection.flush();
  std::map<AccountId, Channel> wanted;
  for (const auto& rows : parts) {
    for (const Row row : *rows) {
      const Channel channel = row.text(1) == "mail" ? Channel::mail : Channel::webhook;
      if (setup.offers(channel)) wanted[row.id<AccountId>(0)] = channel;
    }
  }
  return wanted;
}

std::map<MatterId, Date> due_days(store::Connection& connection, const std::set<MatterId>& ids) {
  const auto parts =
      store::queue_in(connection, "select id, due_key from matter where id in ({ids})",
                      store::Params(ids.begin(), ids.end()));
  connection.flush();
  std::map<MatterId, Date> days;
  for (const auto& rows : parts) {
    for (const Row row : *rows) {
      if (const auto day = Date::parse(row.text(1))) days[row.id<MatterId>(0)] = *day;
    }
  }
  return days;
}

}  // namespace

void write_notices(store::Connection& connection, const Setup& setup,
                   const std::vector<notice::ToldAtOnce>& told, journal::Sequence through,
                   Instant now) {
  std::map<AccountId, Told> by_account;
  for (const auto& one : told) {
    auto& entry =
        by_account.try_emplace(one.account, Told{{}, one.release_at, false}).first->second;
    entry.matters.insert(one.matter);
    entry.due_at = std::min(entry.due_at, one.release_at);
    entry.is_urgent = entry.is_urgent || one.is_urgent;
  }
  if (by_account.empty()) return;
  const auto wanted = who_wants_notices(connection, by_account, setup);
  std::set<MatterId> matters;
  for (const auto& [account, channel] : wanted) {
    const auto& of_account = by_account[account].matters;
    matters.insert(of_account.begin(), of_account.end());
  }
  if (matters.empty()) return;
  const auto days = due_days(connection, matters);
  std::vector<NewMessage> messages;
  for (const auto& [account, channel] : wanted) {
    const Told& of_account = by_account[account];
    const Kind kind = of_account.is_urgent ? Kind::urgent : Kind::notice;
    NewMessage message{account, "notice " + std::to_string(through), kind, channel};
    message.things = static_cast<std::int64_t>(of_account.matters.size());
    message.due_at = of_account.due_at;
    for (const MatterId matter : of_account.matters) {
      const auto day = days.find(matter);
      if (day == days.end()) continue;
      message.nearest = std::min(message.nearest.value_or(day->second), day->second);
    }
    messages.push_back(std::move(message));
  }
  insert_messages(connection, messages, now);
}

std::optional<NewMessage> digest_of(AccountId account, const Choice& choice, const Agenda& agenda,
                                    const LastDigest& last, Date today, Instant now) {
  if (!choice.digest || !choice.reaches() || last.is_made || agenda.things == 0) return {};
  const bool is_new =
      last.has_news || agenda.things > last.things || agenda.nearest != last.nearest;
  if (!is_new) return {};
  return NewMessage{account,       "digest " + today.text(), Kind::digest, choice.channel,
                    agenda.things, agenda.nearest,           now};
}

void write_digests(store::Connection& connection, const std::vector<NewMessage>& digests,
                   Instant now) {
  store::Transaction transaction(connection, store::Access::write);
  for (const auto& one : digests) supersede_digests(connection, one.account, one.key, now);
  insert_messages(connection, digests, now);
  transaction.commit();
}

}  // namespace huilu::outbox
