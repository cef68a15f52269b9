#include <string>

#include "document/encoding.h"
#include "document/frame.h"

namespace huilu::document {

namespace {

constexpr std::u16string_view numerals = u"零一二三四五六七八九";

}  // namespace

int number_of(std::u16string_view digits) {
  int total = 0, digit = 0;
  for (const char16_t c : digits) {
    if (c >= u'0' && c <= u'9') {
      digit = digit * 10 + (c - u'0');
    } else if (c >= u'①' && c <= u'⑳') {
      digit = c - u'①' + 1;
    } else if (c == u'十' || c == u'百') {
      total += (digit == 0 ? 1 : digit) * (c == u'十' ? 10 : 100);
      digit = 0;
    } else if (const auto at = numerals.find(c == u'〇' ? u'零' : c);
               at != std::u16string_view::npos) {
      digit = static_cast<int>(at);
    } else {
      return 0;
    }
    if (digit > 9999) return 0;
  }
  return total + digit;
}

std::string chinese_number(int number) {
  std::u16string out;
  if (number >= 20) out += numerals[static_cast<std::size_t>(number / 10 % 10)];
  if (number >= 10) out += u'十';
  if (number % 10 != 0) out += numerals[static_cast<std::size_t>(number % 10)];
  return utf8(out);
}

}  // namespace huilu::document
