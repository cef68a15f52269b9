// The text of a Word file (.docx, ISO/IEC 29500): one paragraph a line, UTF-8. Numbers that Word
// draws itself are written out where the file says how (decimal, Chinese, bracketed), because the
// outline hangs on them. Tables give a line for each cell's paragraph; headers, footers, comments
// and deleted text are left out.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace huilu::document {

bool is_archive(std::string_view bytes);

// `where` names the file. Codes: document_damaged (not a whole archive, broken XML), and
// document_format (an archive that is no Word file).
Result<std::string> docx_text(std::string_view bytes, const std::string& where);

}  // namespace huilu::document
