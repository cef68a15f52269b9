// Packing: a reply made on the spot is sent smaller, where the client says that it can unpack it.
// Figures of a table are a tenth of their size then. For the handler's thread, never for the
// connection's; what the build packed already is in assets.h.
#pragma once

#include <string>
#include <string_view>

#include "http/http.h"

namespace huilu::http {

// Whether an Accept-Encoding lists the coding and does not refuse it with q=0 (RFC 9110, 12.5.3).
bool accepts(std::string_view header, std::string_view coding);

// As a gzip file (RFC 1952).
std::string gzip(std::string_view plain);

// Replaces a body of some size by its gzip form; files and what lies ready stay as they are.
void pack(Response& response, std::string_view accept_encoding);

}  // namespace huilu::http
