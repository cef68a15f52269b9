#include "demo/names.h"

#include <array>
#include <string_view>

namespace huilu::demo {

namespace {

using List = std::string_view;

// Syllables that no county of the country joins in this way.
constexpr std::array<List, 20> county_first = {"栖", "砚", "翎", "霁", "澹", "汀", "筱",
                                               "曦", "芃", "漪", "蕴", "缃", "黛", "簌",
                                               "珩", "琮", "峤", "畹", "葭", "沅"};
constexpr std::array<List, 12> county_second = {"湖", "洄", "芷", "屿", "圃", "陂",
                                                "溆", "岑", "浔", "堰", "野", "庭"};

constexpr std::array<List, 36> town_first = {"柏", "溪", "枫", "荷", "芦", "梅", "鹭", "松", "桐",
                                             "竹", "禾", "茶", "莲", "榆", "槐", "杏", "苇", "菱",
                                             "藕", "雁", "鹤", "萤", "霜", "晴", "映", "听", "望",
                                             "沐", "澄", "碧", "青", "翠", "绿", "锦", "月", "星"};
constexpr std::array<List, 20> town_second = {"塘", "湾", "桥", "渡", "坪", "岭", "墩",
                                              "埠", "浦", "垭", "坞", "泽", "洲", "畈",
                                              "汊", "滩", "埂", "圩", "崖", "渚"};
constexpr std::array<List, 24> village_end = {"湾", "坪", "冲", "坝", "垄", "嘴", "庙", "店",
                                              "桥", "畈", "岗", "坳", "咀", "塝", "榜", "墩",
                                              "河", "井", "坡", "屋", "营", "寨", "铺", "园"};
constexpr std::array<List, 24> community_first = {
    "春晖", "和悦", "锦绣", "望湖", "听涛", "书香", "桂苑", "清荷", "晨光", "同心", "康宁", "福泽",
    "文澜", "枫林", "银杏", "翠庭", "江畔", "朝阳", "明德", "惠民", "栖霖", "云栖", "竹溪", "桃源"};
constexpr std::array<List, 8> community_second = {"里", "苑", "路", "桥", "园", "坊", "巷", "湖"};

constexpr std::array<List, 28> firm_first = {
    "云帆", "恒拓", "启明", "瑞禾", "博远", "德润", "华芯", "金穗", "蓝鲸", "鼎新",
    "汇泉", "嘉木", "安捷", "星禾", "元合", "众诚", "聚能", "凯丰", "宏图", "天工",
    "润泽", "新辰", "远景", "同创", "佳禾", "正源", "立信", "百川"};
constexpr std::array<List, 24> firm_second = {"精密", "电子",   "纺织", "食品", "物流", "建材",
                                              "农业", "科技",   "机械", "包装", "化工", "家居",
                                              "医药", "新材料", "环保", "服饰", "汽配", "商贸",
                                              "软件", "餐饮",   "园林", "印刷", "光电", "仪表"};

// The commoner, the more often in the list.
constexpr std::array<List, 80> surnames = {
    "王", "王", "王", "李", "李", "李", "张", "张", "张", "刘", "刘", "陈", "陈", "杨", "杨", "黄",
    "赵", "赵", "吴", "周", "周", "徐", "孙", "马", "朱", "胡", "郭", "何", "林", "高", "罗", "郑",
    "梁", "谢", "宋", "唐", "许", "韩", "邓", "冯", "曹", "彭", "曾", "肖", "田", "董", "潘", "袁",
    "蔡", "蒋", "余", "于", "杜", "叶", "程", "魏", "苏", "吕", "丁", "任", "卢", "姚", "沈", "钟",
    "姜", "崔", "谭", "陆", "范", "汪", "廖", "石", "金", "韦", "贾", "夏", "方", "邹", "熊", "白"};
constexpr std::array<List, 72> given = {
    "伟", "芳", "娜", "敏", "静", "强", "磊", "军", "洋", "勇", "艳", "杰", "娟", "涛", "明",
    "超", "秀", "霞", "平", "刚", "桂", "英", "华", "玉", "兰", "红", "建", "国", "文", "辉",
    "力", "志", "永", "健", "世", "广", "义", "兴", "良", "海", "山", "仁", "波", "宁", "贵",
    "福", "生", "龙", "元", "全", "胜", "学", "祥", "才", "发", "武", "新", "利", "清", "飞",
    "彬", "富", "顺", "信", "子", "梅", "琳", "素", "云", "莲", "真", "环"};

std::string join(List a, List b) { return std::string(a) + std::string(b); }

}  // namespace

template <class Make>
std::string Names::once(Make make) {
  // Where the lists are used up, further characters in front make room.
  for (std::string front;; front += dice_.pick(town_first)) {
    for (int tries = 0; tries < 200; ++tries) {
      std::string name = front + make();
      if (used_.insert(name).second) return name;
    }
  }
}

void Names::enter_county() { used_ = counties_; }

std::string Names::county() {
  return *counties_
              .insert(
                  once([&] { return join(dice_.pick(county_first), dice_.pick(county_second)); }))
              .first;
}

std::string Names::town() {
  return once([&] { return join(dice_.pick(town_first), dice_.pick(town_second)); });
}

std::string Names::village() {
  return once([&] {
    if (dice_.percent(60)) {
      return std::string(dice_.pick(surnames)) + "家" + std::string(dice_.pick(village_end));
    }
    return join(dice_.pick(town_first), dice_.pick(town_second)) +
           std::string(dice_.percent(50) ? "" : dice_.pick(village_end));
  });
}

std::string Names::community() {
  return once([&] { return join(dice_.pick(community_first), dice_.pick(community_second)); });
}

std::string Names::firm() {
  return once([&] { return join(dice_.pick(firm_first), dice_.pick(firm_second)) + "公司"; });
}

std::string Names::firm(std::string_view what) {
  return once([&] { return join(dice_.pick(firm_first), what); });
}

std::string Names::person() {
  std::string name(dice_.pick(surnames));
  name += dice_.pick(given);
  if (dice_.percent(72)) name += dice_.pick(given);
  return name;
}

}  // namespace huilu::demo
