// Labels: the texts that a pack gives in the three languages of the product, and terms, the words
// of a controlled list with their labels. Every room that shows a pack's word reads them; a loaded
// pack promises that no label is empty in any language.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace huilu::policy {

enum class Language { zh_cn, zh_tw, en };

inline constexpr std::array<std::string_view, 3> language_tags = {"zh-CN", "zh-TW", "en"};

inline std::string_view tag_of(Language language) {
  return language_tags[static_cast<std::size_t>(language)];
}

inline std::optional<Language> language_of(std::string_view tag) {
  for (std::size_t i = 0; i < language_tags.size(); ++i)
    if (language_tags[i] == tag) return static_cast<Language>(i);
  return {};
}

struct Label {
  std::array<std::string, language_tags.size()> texts;

  const std::string& in(Language language) const {
    return texts[static_cast<std::size_t>(language)];
  }
  // What somebody wrote, in whatever language.
  static Label as_written(const std::string& text) { return {{text, text, text}}; }
};

struct Term {
  std::string code;
  Label title;
};

}  // namespace huilu::policy
