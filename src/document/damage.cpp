#include "document/damage.h"

#include <algorithm>
#include <optional>
#include <set>

#include "document/encoding.h"

namespace huilu::document {

namespace {

constexpr char16_t lost = u'□';
constexpr std::size_t run_max = 60;

bool is_han(char16_t c) { return c >= 0x3400 && c <= 0x9fff; }
bool is_letter(char16_t c) { return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z'); }

// Outside the first level of GB 2312, the 3755 characters that nearly all text is made of.
bool is_rare(char16_t c) {
  const std::string bytes = encode(Encoding::gb18030, simplified(std::u16string_view(&c, 1)));
  const auto lead = static_cast<unsigned char>(bytes[0]);
  return bytes.size() != 2 || lead < 0xb0 || lead > 0xd7 ||
         static_cast<unsigned char>(bytes[1]) < 0xa1;
}

std::optional<char16_t> pair_of(unsigned char lead, unsigned char trail) {
  const std::string bytes{static_cast<char>(lead), static_cast<char>(trail)};
  const auto decoded = decode_as(Encoding::gb18030, bytes);
  if (!decoded || decoded->text.size() != 1 || !is_han(decoded->text.front())) return {};
  return decoded->text.front();
}

// The cheapest reading of bytes of which some are lost: characters that the rest of the text uses
// cost nothing, others something, a lost half more.
std::u16string realigned(const std::string& bytes, const std::set<char16_t>& used) {
  constexpr int unused_cost = 3, lost_cost = 4;
  const std::size_t size = bytes.size();
  std::vector<int> cost(size + 1, 0);
  std::u16string chosen(size, lost);
  for (std::size_t i = size; i-- > 0;) {
    cost[i] = cost[i + 1] + lost_cost;
    const auto pair = i + 1 < size ? pair_of(static_cast<unsigned char>(bytes[i]),
                                             static_cast<unsigned char>(bytes[i + 1]))
                                   : std::nullopt;
    if (!pair) continue;
    const int paired = cost[i + 2] + (used.contains(*pair) ? 0 : unused_cost);
    if (paired >= cost[i]) continue;
    cost[i] = paired;
    chosen[i] = *pair;
  }
  std::u16string out;
  for (std::size_t i = 0; i < size; i += chosen[i] == lost ? 1 : 2) out += chosen[i];
  return out;
}

// A place of the text whose bytes, some of them lost, are the end of the damaged ones.
struct Likeness {
  std::size_t matched = 0;  // damaged bytes, from the end
  std::size_t lost = 0;
  Span place;
};

Likeness likeness_at(std::u16string_view text, std::size_t end, const std::string& damaged) {
  constexpr std::size_t lost_max = 4;
  Likeness like;
  like.place = {end, end};
  for (std::size_t at = end; at-- > 0 && is_han(text[at]);) {
    const std::string bytes = encode(Encoding::gb18030, text.substr(at, 1));
    std::size_t matched = 0, lost_here = 0;
    for (auto byte = bytes.rbegin(); byte != bytes.rend(); ++byte) {
      const std::size_t left = damaged.size() - like.matched - matched;
      if (left > 0 && damaged[left - 1] == *byte)
        ++matched;
      else
        ++lost_here;
    }
    if (matched == 0 || like.lost + lost_here > lost_max) break;
    like.matched += matched;
    like.lost += lost_here;
    like.place.begin = at;
  }
  return like;
}

// The best of them outside the damaged place itself; nothing where none is like enough.
std::optional<Likeness> likeness(std::u16string_view text, Span damaged_span,
                                 const std::string& damaged) {
  constexpr std::size_t matched_min = 6;
  std::optional<Likeness> best;
  for (std::size_t end = 1; end <= text.size(); ++end) {
    if (end > damaged_span.begin && end < damaged_span.end + run_max) continue;
    const Likeness like = likeness_at(text, end, damaged);
    if (like.matched < matched_min || like.lost * 3 > like.matched) continue;
    if (!best || like.matched > best->matched ||
        (like.matched == best->matched && like.lost < best->lost))
      best = like;
  }
  return best;
}

std::u16string offer_for(std::u16string_view text, Span span) {
  std::set<char16_t> used(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(span.begin));
  used.insert(text.begin() + static_cast<std::ptrdiff_t>(span.end), text.end());
  std::u16string kept;
  for (const char16_t c : text.substr(span.begin, span.size()))
    if (c != u'?') kept += c;
  std::string bytes = encode(Encoding::gb18030, kept);
  const auto like = likeness(text, span, bytes);
  if (like) bytes.resize(bytes.size() - like->matched);
  std::u16string out = realigned(bytes, used);
  if (like) out += text.substr(like->place.begin, like->place.size());
  const auto read = std::count_if(out.begin(), out.end(), [](char16_t c) { return c != lost; });
  return static_cast<std::size_t>(read) * 2 > out.size() ? out : std::u16string();
}

// Question marks where bytes were lost, then characters that nobody writes.
std::vector<Damage> lost_halves(std::u16string_view text) {
  static const Pattern marks(R"(\?{2,}(?=\p{Han}))");
  std::vector<Damage> out;
  for (const Match& match : marks.all(text)) {
    std::size_t end = match.whole().end, strange = 0, gap = 0;
    for (std::size_t i = end; i < text.size() && i < end + run_max && gap <= 2; ++i) {
      if (!is_han(text[i]) && !is_letter(text[i])) break;
      gap = is_letter(text[i]) || is_rare(text[i]) ? 0 : gap + 1;
      if (gap > 0) continue;
      ++strange;
      end = i + 1;
    }
    if (strange < 2) continue;
    const Span span{match.whole().begin, end};
    out.push_back({span, offer_for(text, span)});
  }
  return out;
}

// What GBK bytes say when they are UTF-8 in truth; empty where they are not.
std::u16string read_as_utf8(std::u16string_view run) {
  const std::string bytes = encode(Encoding::gb18030, run);
  const auto decoded = decode_as(Encoding::utf_8, bytes);
  if (!decoded || decoded->text.size() < 2) return {};
  const bool is_text = std::all_of(decoded->text.begin(), decoded->text.end(), [](char16_t c) {
    return (is_han(c) && !is_rare(c)) || (c >= 0x3000 && c <= 0x301f) || c == u'，' || c == u'：';
  });
  return is_text ? decoded->text : std::u16string();
}

// Whether the bytes of a character in GBK begin one of three bytes in UTF-8.
bool begins_utf8(char16_t c) {
  if (!is_han(c)) return false;
  const std::string bytes = encode(Encoding::gb18030, std::u16string_view(&c, 1));
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  return bytes.size() == 2 && byte(0) >= 0xe3 && byte(0) <= 0xef && (byte(1) & 0xc0) == 0x80;
}

std::vector<Damage> utf8_read_as_gbk(std::u16string_view text) {
  std::vector<Damage> out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!begins_utf8(text[i])) continue;
    std::size_t end = i;
    while (end < text.size() && end < i + run_max && text[end] >= 0x80 && text[end] != u'\n') ++end;
    for (; end >= i + 3; --end) {
      std::u16string offer = read_as_utf8(text.substr(i, end - i));
      if (offer.empty()) continue;
      out.push_back({{i, end}, std::move(offer)});
      i = end - 1;
      break;
    }
  }
  return out;
}

}  // namespace

std::vector<Damage> damages_of(std::u16string_view text) {
  std::vector<Damage> out = lost_halves(text);
  for (Damage& damage : utf8_read_as_gbk(text)) {
    const bool is_known = std::any_of(out.begin(), out.end(), [&](const Damage& one) {
      return damage.span.begin < one.span.end && one.span.begin < damage.span.end;
    });
    if (!is_known) out.push_back(std::move(damage));
  }
  return out;
}

}  // namespace huilu::document
