// What commands of several rooms say in the same way: refusals of versions and reasons, an entry
// with its content, a reply with id and version.
#pragma once

#include <string>
#include <string_view>

#include "command/command.h"

namespace huilu::command {

void refuse(Refusals& refusals, RefusalCode code, std::string where, std::string expected = {},
            std::string got = {}, std::string link = {});
void append(Refusals& refusals, Refusals more);

Refusal not_found(std::string got);
void check_version(std::int64_t current, std::int64_t seen, Refusals& refusals);

// `min` to `max` characters of UTF-8: not_utf8, field_required, field_range.
Refusals check_length(std::string_view text, std::size_t min, std::size_t max,
                      std::string_view where);
// 4 to 200 characters without the blanks around them.
Refusals check_reason(std::string_view reason, std::string_view where = "/reason");

// A free text as it is kept: NFC, without blanks around it.
std::string kept_text(std::string_view typed);

journal::Entry entry_of(std::string_view kind, std::string subject, const Context& context,
                        const Value& content);
// {"id", "version"}
Reply reply_of(int status, std::string id, std::int64_t version);

}  // namespace huilu::command
