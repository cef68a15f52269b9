// What every command of a matter does: it refuses whoever was not first, and writes the version
// that follows.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "command/command.h"
#include "matter/commands.h"

namespace huilu::matter {

constexpr std::size_t reason_characters_max = 500;

// Somebody was first: with which version, by which move, who. Codes: not_found, matter_moved.
Refusals check_newest(const store::Rows& rows, const Version& read, std::int64_t seen);

// What its parent may do hangs on it, so the two never meet in a batch.
std::vector<std::string> keys_of(std::optional<MatterId> id, std::optional<MatterId> parent);
std::vector<std::string> keys_of(const Read& read);

obligation::Change kept(obligation::Change change);  // with the reason as it is kept

// Writes the first version, or the one that follows what was read. The rest of `version` is filled
// in. Replies {"id", "version", "state", "journal"}.
command::Reply write_first(std::string_view kind, Version version, const obligation::Facts& facts,
                           const policy::Pack& pack, const command::Context& context,
                           command::Writing& writing);
command::Reply write_next(std::string_view kind, Version version, const Read& read,
                          const command::Context& context, command::Writing& writing);

// Both versions in one entry: of the matter that was asked about, to whom the reply is, and of the
// other that changes with it.
struct Following {
  Version version;
  const Read& read;
};
command::Reply write_both(std::string_view kind, Following first, Following second,
                          const command::Context& context, command::Writing& writing);

}  // namespace huilu::matter
