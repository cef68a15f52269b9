#include "words/words.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <vector>

#include "base/check.h"
#include "base/embedded.h"
#include "base/text.h"
#include "base/value.h"

namespace huilu {

extern const std::vector<EmbeddedFile> embedded_words;

}  // namespace huilu

namespace huilu::words {

namespace {

constexpr std::array<std::string_view, 3> tags = {"zh-CN", "zh-TW", "en"};

Texts read(std::string_view tag) {
  const std::string path = std::string(tag) + ".json";
  const auto file = std::find_if(embedded_words.begin(), embedded_words.end(),
                                 [&](const EmbeddedFile& one) { return one.path == path; });
  CHECK(file != embedded_words.end());
  const auto parsed = parse_json(file->bytes);
  CHECK(parsed.ok() && parsed.value().object() != nullptr);
  Texts texts;
  for (const auto& [key, value] : parsed.value().object()->members) {
    CHECK(value.text() != nullptr);
    texts.emplace(key, *value.text());
  }
  return texts;
}

const std::string* find(Language language, std::string_view key) {
  const Texts& texts = all_texts(language);
  const auto found = texts.find(key);
  return found == texts.end() ? nullptr : &found->second;
}

// In one pass, so that a brace in a value is only a brace.
template <class List>
std::string filled(std::string_view pattern, const List& values) {
  std::string out;
  while (!pattern.empty()) {
    const auto open = std::min(pattern.find('{'), pattern.size());
    const auto close = pattern.find('}', open);
    out += pattern.substr(0, open);
    pattern.remove_prefix(open);
    if (close == std::string_view::npos) return out += pattern;
    const std::string_view name = pattern.substr(1, close - open - 1);
    const auto value = std::find_if(values.begin(), values.end(),
                                    [&](const auto& one) { return one.first == name; });
    out += value == values.end() ? pattern.substr(0, name.size() + 2)
                                 : std::string_view(value->second);
    pattern.remove_prefix(name.size() + 2);
  }
  return out;
}

// A range of Accept-Language in the language that serves it.
std::optional<Language> served_by(std::string_view range) {
  const auto subtags = split(range, '-');
  const auto has = [&](std::string_view subtag) {
    return std::find(subtags.begin(), subtags.end(), subtag) != subtags.end();
  };
  if (subtags.front() == "en") return Language::en;
  if (subtags.front() != "zh") return {};
  if (has("hans")) return Language::zh_cn;
  return has("hant") || has("tw") || has("hk") || has("mo") ? Language::zh_tw : Language::zh_cn;
}

// "0.85" in thousandths, RFC 9110 12.4.2; nothing when it is no weight.
std::optional<int> weight_from(std::string_view text) {
  const std::string_view fraction = text.size() > 2 ? text.substr(2) : std::string_view();
  if (text.empty() || (text[0] != '0' && text[0] != '1') || fraction.size() > 3 ||
      (text.size() > 1 && text[1] != '.')) {
    return {};
  }
  std::string digits = text[0] + std::string(fraction);
  digits.append(4 - digits.size(), '0');
  int weight = 0;
  const char* const end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, weight);
  if (error != std::errc() || stop != end || weight > 1000) return {};
  return weight;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

std::optional<int> weight_of(const std::vector<std::string_view>& parts) {
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const std::string parameter = trimmed(parts[i]);
    if (parameter.starts_with("q=")) return weight_from(std::string_view(parameter).substr(2));
  }
  return 1000;
}

// The technical words of rules ("not after 2026-03-05") in the language: the phrase's numbers and
// dates are its values, "not after #" is the key. A phrase without a text stays as it is.
std::string phrase(Language language, std::string_view words) {
  std::string key = "term.";
  std::vector<std::pair<std::string, std::string>> values;
  for (const auto word : split(words, ' ')) {
    if (key.back() != '.') key += ' ';
    if (word.find_first_of("0123456789") == std::string_view::npos) {
      key += word;
    } else {
      key += '#';
      values.emplace_back(std::to_string(values.size() + 1), word);
    }
  }
  const std::string* pattern = find(language, key);
  return pattern == nullptr ? std::string(words) : filled(*pattern, values);
}

std::string word_with(Language language, std::string_view prefix, const std::string& word) {
  const std::string* found = find(language, std::string(prefix) + word);
  return found == nullptr ? word : *found;
}

// Whether `expected` and `got` are technical words, a permission or a duty; otherwise they are
// names and words that must be typed as they stand.
std::string spoken(Language language, RefusalCode code, const std::string& words) {
  switch (code) {
    case RefusalCode::field_type:
    case RefusalCode::field_range:
    case RefusalCode::date_in_future:
    case RefusalCode::date_before_limit:
    case RefusalCode::date_order:
    case RefusalCode::password_weak:
    case RefusalCode::pack_syntax:
    case RefusalCode::pack_type:
    case RefusalCode::pack_range:
    case RefusalCode::pack_shape:
    case RefusalCode::pack_no_value:
      return phrase(language, words);
    case RefusalCode::not_permitted:
      return word_with(language, "permission.", words);
    case RefusalCode::duties_apart:
      return word_with(language, "duty.", words);
    case RefusalCode::wrong_state:
      return word_with(language, "state.", words);
    case RefusalCode::leave_not_possible:
      return word_with(language, "leave_why.", word_with(language, "explain.why_not.", words));
    default:
      return words;
  }
}

}  // namespace

std::string_view tag_of(Language language) { return tags[static_cast<std::size_t>(language)]; }

Language language_from(std::string_view accept_language) {
  Language best = Language::zh_cn;
  int best_weight = 0;
  const std::string header = lower(accept_language);
  for (const auto item : split(header, ',')) {
    const auto parts = split(item, ';');
    const auto language = served_by(trimmed(parts.front()));
    const auto weight = weight_of(parts);
    if (language && weight && *weight > best_weight) {
      best = *language;
      best_weight = *weight;
    }
  }
  return best;
}

const Texts& all_texts(Language language) {
  static const std::array<Texts, tags.size()> texts = {read(tags[0]), read(tags[1]), read(tags[2])};
  return texts[static_cast<std::size_t>(language)];
}

std::string text(Language language, std::string_view key, Values values) {
  const std::string* pattern = find(language, key);
  return pattern == nullptr ? std::string(key) : filled(*pattern, values);
}

std::string title(Language language, RefusalCode code) {
  return text(language, "refusal." + std::string(kind_of(code).name) + ".title");
}

std::string message(Language language, const Refusal& refusal) {
  const std::string key = "refusal." + std::string(kind_of(refusal.code).name);
  const bool expected = !refusal.expected.empty(), got = !refusal.got.empty();
  std::vector<std::string_view> fuller;  // what the refusal can fill, the fullest first
  if (expected && got) fuller.push_back(".expected_got");
  if (expected) fuller.push_back(".expected");
  if (got) fuller.push_back(".got");
  const auto found = std::find_if(fuller.begin(), fuller.end(), [&](std::string_view variant) {
    return find(language, key + std::string(variant)) != nullptr;
  });
  return text(language, found == fuller.end() ? key : key + std::string(*found),
              {{"expected", spoken(language, refusal.code, refusal.expected)},
               {"got", spoken(language, refusal.code, refusal.got)}});
}

}  // namespace huilu::words
