#include "document/edited_text.h"

#include <unicode/utf16.h>

#include <algorithm>

#include "base/check.h"

namespace huilu::document {

EditedText::EditedText(Decoded decoded) : original_(std::move(decoded)), text_(original_.text) {
  const std::vector<std::size_t>& at = original_.at;
  from_.reserve(text_.size());
  for (std::size_t i = 0; i < text_.size(); ++i) {
    const bool leads = U16_IS_LEAD(text_[i]) && i + 2 < at.size();
    from_.push_back({at[i], leads ? at[i + 2] : at[i + 1]});
  }
}

std::string EditedText::utf8(std::size_t begin, std::size_t end) const {
  return document::utf8(std::u16string_view(text_).substr(begin, end - begin));
}

Range EditedText::raw(std::size_t begin, std::size_t end) const {
  if (begin < end) return {from_[begin].from, from_[end - 1].until};
  const std::size_t place = begin > 0 ? from_[begin - 1].until : 0;
  return {place, place};
}

void EditedText::apply(std::vector<Edit> edits) {
  if (edits.empty()) return;
  std::u16string text;
  std::vector<Range> from;
  std::size_t done = 0;
  const auto keep = [&](std::size_t until) {
    text.append(text_, done, until - done);
    from.insert(from.end(), from_.begin() + static_cast<std::ptrdiff_t>(done),
                from_.begin() + static_cast<std::ptrdiff_t>(until));
  };
  for (Edit& edit : edits) {
    CHECK(edit.begin >= done && edit.begin < edit.end && edit.end <= text_.size());
    keep(edit.begin);
    const Range range = raw(edit.begin, edit.end);
    text += edit.with;
    from.insert(from.end(), edit.with.size(), range);
    changes_.push_back({range, std::move(edit.with), std::move(edit.rule)});
    done = edit.end;
  }
  keep(text_.size());
  text_ = std::move(text);
  from_ = std::move(from);
}

std::vector<Repair> EditedText::repairs() const {
  std::vector<const Change*> changes;
  for (const Change& change : changes_) changes.push_back(&change);
  // Of two that begin together the wider one, which was made later, comes first.
  std::stable_sort(changes.begin(), changes.end(), [](const Change* a, const Change* b) {
    if (a->raw.from != b->raw.from) return a->raw.from < b->raw.from;
    return a->raw.until > b->raw.until;
  });
  std::vector<Repair> out;
  for (const Change* change : changes) {
    if (!out.empty() && change->raw.until <= out.back().raw.until) continue;
    const auto place = [&](std::size_t raw) {
      return static_cast<std::size_t>(
          std::lower_bound(original_.at.begin(), original_.at.end(), raw) - original_.at.begin());
    };
    const std::size_t begin = place(change->raw.from), end = place(change->raw.until);
    const auto removed = std::u16string_view(original_.text).substr(begin, end - begin);
    out.push_back(
        {change->rule, change->raw, document::utf8(removed), document::utf8(change->with)});
  }
  return out;
}

std::string restore(Encoding encoding, std::string_view text, const std::vector<Repair>& repairs) {
  const std::u16string units = utf16(text);
  std::string out;
  std::size_t at = 0;
  const auto keep_until = [&](std::size_t raw) {
    while (at < units.size() && out.size() < raw) {
      const std::size_t size = U16_IS_LEAD(units[at]) && at + 1 < units.size() ? 2 : 1;
      out += encode(encoding, std::u16string_view(units).substr(at, size));
      at += size;
    }
  };
  for (const Repair& repair : repairs) {
    keep_until(repair.raw.from);
    out += encode(encoding, utf16(repair.removed));
    at += utf16(repair.inserted).size();
  }
  keep_until(std::string::npos);
  return out;
}

std::string normalise(Encoding encoding, std::string_view raw, Range range,
                      const std::vector<Repair>& repairs) {
  std::string out;
  std::size_t at = range.from;
  const auto keep = [&](std::size_t until) {
    const auto decoded = decode_as(encoding, raw.substr(at, until - at));
    CHECK(decoded);
    out += utf8(decoded->text);
  };
  for (const Repair& repair : repairs) {
    if (repair.raw.from < range.from || repair.raw.until > range.until) continue;
    keep(repair.raw.from);
    out += repair.inserted;
    at = repair.raw.until;
  }
  keep(range.until);
  return out;
}

std::vector<std::size_t> raw_offsets(const Document& document, Range range) {
  std::vector<std::size_t> out;
  std::size_t at = range.from;
  const auto keep = [&](std::size_t until) {
    const auto decoded =
        decode_as(document.encoding, std::string_view(document.raw).substr(at, until - at));
    CHECK(decoded);
    for (std::size_t i = 0; i < decoded->text.size(); ++i) out.push_back(at + decoded->at[i]);
  };
  for (const Repair& repair : document.repairs) {
    if (repair.raw.from < range.from || repair.raw.until > range.until) continue;
    keep(repair.raw.from);
    out.insert(out.end(), utf16(repair.inserted).size(), repair.raw.from);
    at = repair.raw.until;
  }
  keep(range.until);
  out.push_back(range.until);
  return out;
}

}  // namespace huilu::document
