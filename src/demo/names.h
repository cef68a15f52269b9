// Names: places, persons, firms and schools that do not exist, from lists of characters of our own.
// A name of a place comes once; names of persons repeat as they do in life.
#pragma once

#include <set>
#include <string>

#include "demo/dice.h"

namespace huilu::demo {

class Names {
 public:
  explicit Names(Dice& dice) : dice_(dice) {}

  std::string county();   // 栖湖
  std::string town();     // 柏塘
  std::string village();  // 李家湾
  std::string community();
  std::string firm();  // 云帆精密
  std::string person();

 private:
  template <class Make>
  std::string once(Make make);

  Dice& dice_;
  std::set<std::string> used_;
};

}  // namespace huilu::demo
