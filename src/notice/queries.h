// Reads of notices: what an account was told, how often somebody was reminded. Asks no gate.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "notice/types.h"
#include "store/store.h"

namespace huilu::notice {

struct NoticePage {
  std::vector<Notice> items;
  std::string next_cursor;  // empty: the last page
};

// What is shown to an account by now, newest first. field_type at /cursor.
Result<NoticePage> notices_of(store::Connection& connection, AccountId account, Instant now,
                              int limit, const std::string& cursor);

// Of these matters, those of which nobody was reminded left out. One statement.
std::map<MatterId, Reminded> reminded_of(store::Connection& connection,
                                         const std::vector<MatterId>& ids);

// Rows against their entries, for `huilu verify`.
std::vector<journal::Damage> verify(store::Connection& connection);

}  // namespace huilu::notice
