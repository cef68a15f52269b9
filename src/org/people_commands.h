// The commands of people: persons, memberships, employments, posts and tenures. They share a batch
// with others; two that concern the same person or post do not.
#pragma once

#include "org/commands.h"
#include "org/people_rules.h"

namespace huilu::org {

CommandPtr make_command(CreatePerson change);
CommandPtr make_command(ChangePerson change);
CommandPtr make_command(StartMembership change, const Vocabulary& words);
CommandPtr make_command(EndMembership change);
CommandPtr make_command(StartEmployment change);
CommandPtr make_command(EndEmployment change);
CommandPtr make_command(CreatePost change, const Vocabulary& words);
CommandPtr make_command(EndPost change);
CommandPtr make_command(StartTenure change);
CommandPtr make_command(EndTenure change);

}  // namespace huilu::org
