// Looking at a later version of a pack that another one stands on: what waits to be looked at, and
// that a person has, with a note. Nothing changes by it. Used by the API.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "command/command.h"
#include "policy/pack.h"
#include "store/store.h"

namespace huilu::enactment {

// Which version of which pack, and which later version of the one below it.
struct Reviewing {
  std::string pack;
  std::string pack_version;
  std::string parent;
  std::string parent_version;

  bool operator==(const Reviewing&) const = default;
};

struct Reviewed {
  Reviewing of;
  std::string note;
  AccountId by;
  Instant at;
};

struct ReviewTask {
  Reviewing of;
  std::string taken;            // the version that the pack stands on
  std::size_t differences = 0;  // paths that the later one says differently
};
// Of a pack: each that it stands on and of which there is a later version.
std::vector<ReviewTask> review_tasks(const policy::Pack& pack,
                                     const std::vector<policy::Pack>& packs);

std::vector<Reviewed> reviews_of(store::Connection& connection, const std::string& pack);
store::Pending queue_review(store::Connection& connection, const Reviewing& of);

// pack_activate somewhere: whoever may put packs in force. Replies 201 {"journal"}. Codes:
// duplicate, reason_required and field_range at /note.
class ConfirmReview : public command::Command {
 public:
  ConfirmReview(Reviewing of, const std::string& note);

  std::string_view name() const override { return "confirm_review"; }
  command::Need need() const override;
  std::vector<std::string> keys() const override;
  void load(store::Connection& connection) override;
  Refusals decide(const command::Context& context) override;
  command::Reply write(const command::Context& context, command::Writing& writing) override;

 private:
  Reviewing of_;
  std::string note_;
  store::Pending present_;
};

Value review_content(const Reviewing& of);

}  // namespace huilu::enactment
