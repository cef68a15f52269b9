// The commands of units and of the tree, as the road takes them. Every change of a unit runs in a
// batch of its own, because other commands of the same batch would see the tree before it. The API
// and the command line make them from rules.h's structs; people_commands.h has those of people.
#pragma once

#include <memory>

#include "command/command.h"
#include "org/rules.h"

namespace huilu::org {

using CommandPtr = std::unique_ptr<command::Command>;

// The vocabulary must outlive the command (policy::core_pack().vocabulary does).
CommandPtr make_command(CreateUnit change, const Vocabulary& words);
CommandPtr make_command(RenameUnit change);
CommandPtr make_command(ChangeUnitKind change, const Vocabulary& words);
CommandPtr make_command(ChangeUnitDetails change);
CommandPtr make_command(MoveUnit change);
CommandPtr make_command(RelateUnit change);
CommandPtr make_command(EndUnitRelation change);
CommandPtr make_command(CloseUnit change);  // ends its posts, tenures and employments too

// Brings today's copy of units whose name, kind, parent or seat changes by `today` up to date, and
// the paths below them. The background round runs it at start and after midnight, as the program.
CommandPtr settle_tree(Date today);

}  // namespace huilu::org
