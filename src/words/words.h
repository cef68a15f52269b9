// The words on screen that are the server's own: refusals, verdicts, roles, permissions, states, in
// the three languages of the product. The API, exports and the command line take them from here, so
// that all say the same; labels of packs are data and not here. Every key has a text in every
// language with the same placeholders, which words_test.cpp holds.
#pragma once

#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "base/refusal.h"

namespace huilu::words {

enum class Language { zh_cn, zh_tw, en };

std::string_view tag_of(Language language);  // "zh-CN", as in Content-Language

// From the header Accept-Language (RFC 4647, lookup): the wanted language that comes first and that
// there is. Traditional characters are zh_tw, every other Chinese and what is unknown zh_cn.
Language language_from(std::string_view accept_language);

using Texts = std::map<std::string, std::string, std::less<>>;
const Texts& all_texts(Language language);

// What stands for {name} in a text.
using Values = std::initializer_list<std::pair<std::string_view, std::string_view>>;

// The text of a key with its placeholders filled. An unknown key is its own text, a placeholder
// without a value stays as it is.
std::string text(Language language, std::string_view key, Values values = {});

// "Out of range": the title of a problem document.
std::string title(Language language, RefusalCode code);

// What happened and what to do next, in sentences; says as much as expected and got allow.
std::string message(Language language, const Refusal& refusal);

}  // namespace huilu::words
