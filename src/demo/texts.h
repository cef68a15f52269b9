// Texts: what the invented records say. Short, as they are typed: no text of a real document,
// nobody's words. `month` is 1 to 12.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "demo/dice.h"

namespace huilu::demo {

struct ThemeText {
  std::string_view summary;
  std::string_view activity;    // a word of theme_party_day's activities
  std::string_view topic = {};  // likewise of its topics
};
const ThemeText& theme_text(Dice& dice, int month);

std::string_view constitution_theme(Dice& dice);
std::string_view discipline_theme(Dice& dice);
std::string_view lecture_topic(Dice& dice);
std::string_view meeting_item(Dice& dice);
std::string_view committee_item(Dice& dice);
std::string_view group_topic(Dice& dice);
std::string_view life_problem(Dice& dice);
std::string_view life_measure(Dice& dice);

struct ServiceText {
  std::string_view what;
  std::string_view served;
};
const ServiceText& volunteer_text(Dice& dice);
const ServiceText& deed_text(Dice& dice);

// Of those who lead.
std::string_view study_subject(Dice& dice);
std::string_view leader_lecture(Dice& dice);

std::string_view correction_reason(Dice& dice);
std::string_view void_reason(Dice& dice);

}  // namespace huilu::demo
