// Lines of a matter's story about relapses: which earlier ones it is like, and what somebody says
// of them.
#include <algorithm>

#include "obligation/telling_matter.h"
#include "policy/declarations.h"

namespace huilu::obligation {

namespace {

using policy::Node;
using policy::NodeKind;

}  // namespace

std::vector<Settled> MatterTelling::settled_others() const {
  std::vector<Settled> all;
  for (const Other& one : others_)
    all.push_back({one.steps.back().matter, settled_since(one.steps)});
  return all;
}

std::string MatterTelling::name_of_other(MatterId id) const {
  for (const Other& one : others_)
    if (one.steps.back().matter.id == id) return one.name;
  return id.text();
}

// {confirm_relapse: twin}, {deny_relapse: twin}
void MatterTelling::say_relapse(const Node& line, const Node& name, bool confirms) {
  const std::string key = confirms ? "confirm_relapse" : "deny_relapse";
  const Change change = change_of(line.members, {"day", key, "actor", "expect"});
  const auto person = actor_of(line);
  Other* const found = find_other(name);
  if (!person || !found) return;
  const MatterId id = found->steps.back().matter.id;
  const Attempt attempt{check_relapse(life(), *matter_, id, confirms, change, actor(person)), {}};
  if (attempt.refusals.empty()) {
    const bool stood = matter_->relapse_of == id;
    if (confirms || stood) {
      Deed theirs;
      theirs.kind = confirms ? DeedKind::relapsed : DeedKind::relapse_undone;
      theirs.other = matter_->id;
      Matter after = with_relapsed(found->steps, matter_->id, confirms);
      found->steps.push_back({std::move(after), "", std::move(theirs), end_of_day(today_)});
    }
    Deed deed;
    deed.kind = confirms ? DeedKind::relapse_confirmed : DeedKind::relapse_denied;
    deed.other = id;
    stands(with_relapse(edited(*matter_, change), id, confirms), "", std::move(deed), person);
    moves_.relapses.insert(type_->name + '.' + key);
  }
  expect(line, attempt, true);
}

// [twin, other], the most alike first, or none
void MatterTelling::expect_alike(const Node& node) {
  std::string found, wanted;
  for (const MatterId id : matter_->alike) found += (found.empty() ? "" : ", ") + name_of_other(id);
  if (node.kind == NodeKind::list)
    for (const Node& item : node.items) wanted += (wanted.empty() ? "" : ", ") + item.text;
  else if (node.text != "none")
    wanted = node.text;
  check(wanted == found, "alike", node, found.empty() ? "none" : found);
}

// twin, or none
void MatterTelling::expect_relapse_of(const Node& node) {
  const std::string found = matter_->relapse_of ? name_of_other(*matter_->relapse_of) : "none";
  check(node.text == found, "relapse_of", node, found);
}

}  // namespace huilu::obligation
