#include "base/likeness.h"

#include <algorithm>
#include <map>

#include "base/text.h"

namespace huilu {

namespace {

constexpr std::size_t common_least = 2;  // characters
constexpr std::size_t common_most = 5;   // stretches that are named
constexpr std::int64_t whole = 1'000'000;

// Where the character that begins at `at` ends.
std::size_t end_of_character(std::string_view text, std::size_t at) {
  std::size_t end = at + 1;
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U) ++end;
  return end;
}

bool is_ascii_word(std::string_view folded) {
  const unsigned char first = folded.empty() ? 0 : static_cast<unsigned char>(folded.front());
  return folded.size() == 1 &&
         ((first >= '0' && first <= '9') || (first >= 'a' && first <= 'z') || first == '_');
}

// Blanks and marks part what stands before them from what stands behind.
bool is_mark(std::string_view folded) {
  if (folded.empty()) return true;
  if (folded.size() == 1) return !is_ascii_word(folded);
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(folded[i]); };
  const bool is_general = byte(0) == 0xe2U && (byte(1) == 0x80U || byte(1) == 0x81U);
  const bool is_of_chinese = byte(0) == 0xe3U && byte(1) == 0x80U;
  const bool is_latin = byte(0) == 0xc2U;
  return is_general || is_of_chinese || is_latin;
}

// Between two marks: characters of Chinese, each by itself, or words of letters and digits.
struct Run {
  std::vector<std::string> folded;
  std::vector<std::string> written;
};

std::vector<Run> runs_of(const std::string& text) {
  std::vector<Run> runs(1);
  bool in_word = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = end_of_character(text, at);
    const std::string written = text.substr(at, end - at);
    const std::string simple = folded(written);
    at = end;
    Run& run = runs.back();
    if (is_mark(simple)) {
      in_word = false;
      if (!run.folded.empty() && simple.empty() && is_ascii_word(run.folded.back().substr(0, 1)))
        continue;  // a blank between words does not part them
      if (!run.folded.empty()) runs.emplace_back();
    } else if (in_word && is_ascii_word(simple)) {
      run.folded.back() += simple;
      run.written.back() += written;
    } else {
      in_word = is_ascii_word(simple);
      run.folded.push_back(simple);
      run.written.push_back(written);
    }
  }
  return runs;
}

bool is_word(const std::string& piece) { return is_ascii_word(piece.substr(0, 1)); }

using Features = std::map<std::string, std::int64_t>;

void add_features(const Run& run, Features& out) {
  for (std::size_t i = 0; i < run.folded.size(); ++i) {
    const bool has_next = i + 1 < run.folded.size() && !is_word(run.folded[i + 1]);
    const bool is_alone = !has_next && (i == 0 || is_word(run.folded[i - 1]));
    if (is_word(run.folded[i]) || is_alone)
      ++out[run.folded[i]];
    else if (has_next)
      ++out[run.folded[i] + run.folded[i + 1]];
  }
}

Features features_of(const std::string& text) {
  Features out;
  for (const Run& run : runs_of(text)) add_features(run, out);
  return out;
}

std::int64_t total(const Features& features) {
  std::int64_t all = 0;
  for (const auto& [feature, count] : features) all += count;
  return all;
}

// How many pieces from `at` on stand in one of the runs, one after the other.
std::size_t reach_of(const Run& run, std::size_t at, const std::vector<Run>& others) {
  std::size_t most = 0;
  for (const Run& other : others) {
    for (std::size_t from = 0; from < other.folded.size(); ++from) {
      std::size_t size = 0;
      while (at + size < run.folded.size() && from + size < other.folded.size() &&
             run.folded[at + size] == other.folded[from + size])
        ++size;
      most = std::max(most, size);
    }
  }
  return most;
}

void add_common(const std::string& one, const std::string& other, std::vector<std::string>& out) {
  const auto others = runs_of(other);
  for (const Run& run : runs_of(one)) {
    for (std::size_t at = 0; at < run.folded.size();) {
      const std::size_t reach = reach_of(run, at, others);
      std::string text;
      for (std::size_t i = 0; i < reach; ++i) {
        const bool parted = i > 0 && is_word(run.folded[at + i]) && is_word(run.folded[at + i - 1]);
        text += (parted ? " " : "") + run.written[at + i];
      }
      if (count_characters(text) >= common_least &&
          std::find(out.begin(), out.end(), text) == out.end())
        out.push_back(text);
      at += std::max<std::size_t>(reach, 1);
    }
  }
}

}  // namespace

std::int64_t likeness_in_millionths(const TextPairs& pairs) {
  std::int64_t shared = 0, all = 0;
  for (const auto& [one, other] : pairs) {
    const Features mine = features_of(one), theirs = features_of(other);
    if (mine.empty() || theirs.empty()) continue;
    all += total(mine) + total(theirs);
    for (const auto& [feature, count] : mine) {
      const auto found = theirs.find(feature);
      if (found != theirs.end()) shared += std::min(count, found->second);
    }
  }
  return all == 0 ? 0 : 2 * shared * whole / all;
}

Likeness likeness_of(const TextPairs& pairs) {
  Likeness out;
  out.millionths = likeness_in_millionths(pairs);
  for (const auto& [one, other] : pairs) add_common(one, other, out.common);
  std::stable_sort(out.common.begin(), out.common.end(), [](const auto& one, const auto& other) {
    return count_characters(one) > count_characters(other);
  });
  if (out.common.size() > common_most) out.common.resize(common_most);
  return out;
}

}  // namespace huilu
