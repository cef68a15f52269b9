#include "org/import_row.h"

#include <algorithm>

#include "org/refusing.h"
#include "org/tables.h"

namespace huilu::org {

namespace {

std::vector<std::string> tags_of_cell(std::string text) {
  for (const std::string_view mark : {"、", "，", "；", ",", ";", "|"}) {
    for (auto at = text.find(mark); at != text.npos; at = text.find(mark)) {
      text.replace(at, mark.size(), " ");
    }
  }
  std::vector<std::string> tags;
  for (auto& tag : tags_from(text)) {
    if (!tag.empty()) tags.push_back(std::move(tag));
  }
  return tags;
}

}  // namespace

const std::vector<ImportField>& unit_fields() {
  static const std::vector<ImportField> fields = {
      {"code", true, {"代码", "编码", "单位代码", "组织代码", "unit code"}},
      {"name", true, {"名称", "单位名称", "组织名称", "unit name"}},
      {"type", true, {"类型", "单位类型", "组织类型", "unit type"}},
      {"level", false, {"层级", "单位层级"}},
      {"rank", false, {"行政级别", "级别"}},
      {"parent",
       false,
       {"上级代码", "上级单位代码", "上级组织代码", "隶属代码", "parent code", "parent_code"}},
      {"place", false, {"所在地代码", "区划代码", "行政区划代码", "place code", "place_code"}},
      {"official_order", false, {"单位序", "序号", "排序", "official order", "order"}},
      {"from", false, {"成立日期", "设立日期", "起始日期"}},
      {"go_live", false, {"上线日期", "go-live", "go live"}},
      {"tags", false, {"标签"}}};
  return fields;
}

UnitRow read_unit_row(const ImportTable::Row& cells, const Vocabulary& words) {
  UnitRow row{cells, cells.text("code"), cells.text("parent"), cells.text("place"), {}, {}, {}, {},
              {}};
  row.from = cells.date("from", row.faults);
  row.go_live = cells.date("go_live", row.faults);
  row.official_order = cells.integer("official_order", row.faults);
  row.kind.type = code_of_word(words.unit_types, cells.text("type"));
  const std::string rank = cells.text("rank");
  if (!rank.empty()) row.kind.rank = code_of_word(words.ranks, rank);
  row.kind.tags = tags_of_cell(cells.text("tags"));
  const std::string level = cells.text("level");
  const auto* word = words.levels.find(code_of_word(words.levels, level));
  if (word) {
    row.kind.level = static_cast<int>(word->number);
  } else if (const auto number = cells.integer("level", row.faults)) {
    row.kind.level = static_cast<int>(std::clamp<std::int64_t>(*number, -1, 99));
  }
  if (row.code.empty()) {
    refuse(row.faults, RefusalCode::field_required, cells.where("code"));
  }
  return row;
}

}  // namespace huilu::org
