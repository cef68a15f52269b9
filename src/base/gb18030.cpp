#include <unicode/ucnv.h>

#include <memory>

#include "base/check.h"
#include "base/text.h"

namespace huilu {

std::optional<std::string> utf8_from_gb18030(std::string_view bytes) {
  UErrorCode error = U_ZERO_ERROR;
  const auto open = [&](const char* name) {
    return std::unique_ptr<UConverter, decltype(&ucnv_close)>(ucnv_open(name, &error), ucnv_close);
  };
  const auto from = open("gb18030");
  const auto to = open("utf-8");
  CHECK(U_SUCCESS(error));
  ucnv_setToUCallBack(from.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &error);
  std::string text(bytes.size() * 2 + 4, '\0');  // two bytes of Chinese become three of UTF-8
  char* target = text.data();
  const char* source = bytes.data();
  ucnv_convertEx(to.get(), from.get(), &target, text.data() + text.size(), &source,
                 bytes.data() + bytes.size(), nullptr, nullptr, nullptr, nullptr, true, true,
                 &error);
  if (U_FAILURE(error)) return {};
  text.resize(static_cast<std::size_t>(target - text.data()));
  return text;
}

}  // namespace huilu
