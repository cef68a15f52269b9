#include "enactment/reviews.h"

namespace huilu::enactment {

std::vector<Reviewed> reviews_of(store::Connection& connection, const std::string& pack) {
  std::vector<Reviewed> all;
  for (const auto row : connection.query(
           "select pack_version, parent, parent_version, note, account, at from pack_review "
           "where pack = ?1 order by pack_version, parent, parent_version",
           {pack}))
    all.push_back({{pack, row.text(0), row.text(1), row.text(2)},
                   row.text(3),
                   row.id<AccountId>(4),
                   row.instant(5)});
  return all;
}

store::Pending queue_review(store::Connection& connection, const Reviewing& of) {
  return connection.queue_query(
      "select id from pack_review where pack = ?1 and pack_version = ?2 and parent = ?3 "
      "and parent_version = ?4",
      {of.pack, of.pack_version, of.parent, of.parent_version});
}

}  // namespace huilu::enactment
