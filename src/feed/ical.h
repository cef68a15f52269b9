// The text of a calendar feed (RFC 5545): whole days, so that no zone has to be told. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "feed/types.h"

namespace huilu::feed {

// A content line in pieces of at most 75 octets, CRLF after each; no character is cut.
std::string folded_line(std::string_view line);
// A TEXT value: backslash, comma, semicolon and line breaks; other control characters are left out.
std::string escaped_text(std::string_view text);

// The whole calendar. `link` is the installation's address, empty: events lead nowhere. The same
// events give the same bytes.
std::string calendar_text(std::string_view name, std::string_view link,
                          const std::vector<Event>& events);

}  // namespace huilu::feed
