// Names: places, persons and firms that do not exist, from lists of characters of our own. A
// place's or firm's name comes once in a county; names of persons repeat as they do in life.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "demo/dice.h"

namespace huilu::demo {

class Names {
 public:
  explicit Names(Dice& dice) : dice_(dice) {}

  void enter_county();    // other counties' villages and firms may have the same names
  std::string county();   // 栖湖
  std::string town();     // 柏塘
  std::string village();  // 李家湾
  std::string community();
  std::string firm();                       // 云帆精密公司
  std::string firm(std::string_view what);  // 云帆律师事务所
  std::string person();

 private:
  template <class Make>
  std::string once(Make make);

  Dice& dice_;
  std::set<std::string> counties_;
  std::set<std::string> used_;
};

}  // namespace huilu::demo
