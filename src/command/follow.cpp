#include "command/follow.h"

#include <algorithm>

#include "journal/queries.h"

namespace huilu::command {

Following::Following(store::Database& database, std::vector<Follower*> followers,
                     journal::Sequence loaded)
    : database_(database), followers_(std::move(followers)), published_(loaded) {}

void Following::own_commit(journal::Sequence before, journal::Sequence through,
                           const std::vector<journal::Touched>& touched) {
  {
    const std::lock_guard lock(applying_);
    if (published() == before && !anyone_follows(touched)) {
      publish(through);
      return;
    }
  }
  catch_up();
}

bool Following::anyone_follows(const std::vector<journal::Touched>& touched) const {
  return std::any_of(touched.begin(), touched.end(), [&](const journal::Touched& row) {
    return std::any_of(followers_.begin(), followers_.end(),
                       [&](const Follower* follower) { return follower->follows(row.table); });
  });
}

void Following::catch_up() {
  const std::lock_guard lock(applying_);
  try {
    if (!connection_ || !connection_->usable()) {
      connection_ = database_.connect(store::Access::read);
    }
    store::Transaction snapshot(*connection_, store::Access::read);
    read_on(*connection_);
    snapshot.commit();
  } catch (const Fault&) {
    connection_.reset();
    throw;
  }
}

void Following::read_on(store::Connection& snapshot) {
  const auto head = snapshot.query("select size from journal_head where id = 1");
  const journal::Sequence through = head[0].integer(0);
  if (through <= published()) return;
  if (followers_.empty()) return publish(through);
  const auto touched = journal::touched_between(snapshot, published(), through);
  apply(snapshot, touched.rows);
  publish(through);
}

void Following::apply(store::Connection& snapshot, const std::vector<journal::Touched>& touched) {
  for (Follower* follower : followers_) {
    std::vector<journal::Touched> wanted;
    std::copy_if(touched.begin(), touched.end(), std::back_inserter(wanted),
                 [&](const journal::Touched& row) { return follower->follows(row.table); });
    if (!wanted.empty()) follower->follow(snapshot, wanted);
  }
}

void Following::publish(journal::Sequence number) {
  {
    const std::lock_guard lock(waiting_mutex_);
    published_.store(number, std::memory_order_release);
  }
  waiting_.notify_all();
}

bool Following::wait_for(journal::Sequence number, std::chrono::milliseconds at_most) {
  std::unique_lock lock(waiting_mutex_);
  return waiting_.wait_for(lock, at_most, [&] { return published() >= number; });
}

}  // namespace huilu::command
