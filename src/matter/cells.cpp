#include "matter/cells.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"
#include "policy/finding.h"

namespace huilu::matter {

namespace {

using policy::FieldType;

void fault(Refusals& out, RefusalCode code, const std::string& where, std::string expected = {},
           std::string got = {}) {
  out.push_back({code, where, std::move(expected), std::move(got), {}});
}

std::optional<std::int64_t> integer_from(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return {};
  return value;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Numerals one by one (二〇二六) or as a number up to 31 (三十一).
struct Numeral {
  std::string_view text;
  int value;
};
constexpr std::array<Numeral, 12> numerals = {{{"〇", 0},
                                               {"零", 0},
                                               {"○", 0},
                                               {"一", 1},
                                               {"二", 2},
                                               {"三", 3},
                                               {"四", 4},
                                               {"五", 5},
                                               {"六", 6},
                                               {"七", 7},
                                               {"八", 8},
                                               {"九", 9}}};

std::optional<std::int64_t> number_in(std::string_view text) {
  if (text.empty()) return {};
  if (is_digit(text.front())) return text.size() > 4 ? std::nullopt : integer_from(text);
  constexpr std::string_view ten = "十";
  std::int64_t value = 0;
  bool had_ten = false, has_unit = false;
  while (!text.empty()) {
    if (text.starts_with(ten)) {
      if (had_ten || value > 9) return {};
      value = (value == 0 ? 1 : value) * 10;
      had_ten = true;
      text.remove_prefix(ten.size());
      continue;
    }
    const auto* const found = std::find_if(numerals.begin(), numerals.end(), [&](const auto& one) {
      return text.starts_with(one.text);
    });
    if (found == numerals.end() || (had_ten && has_unit)) return {};
    value = had_ten ? value + found->value : value * 10 + found->value;
    has_unit = had_ten;
    text.remove_prefix(found->text.size());
    if (value > 9999) return {};
  }
  return value;
}

// Before this mark, which is then gone with it.
std::optional<std::string> cut_before(std::string& text, std::string_view mark) {
  const auto at = text.find(mark);
  if (at == std::string::npos) return {};
  std::string before = text.substr(0, at);
  text.erase(0, at + mark.size());
  return before;
}

std::optional<Date> day_of(std::int64_t year, std::int64_t month, std::int64_t day) {
  if (year < 1900 || year > 2999 || month < 1 || month > 12 || day < 1 || day > 31) return {};
  std::string text = std::to_string(year);
  for (const auto part : {month, day}) {
    text += part < 10 ? "-0" : "-";
    text += std::to_string(part);
  }
  return Date::parse(text);
}

Date last_of_month(std::int64_t year, std::int64_t month) {
  const bool december = month == 12;
  return *day_of(december ? year + 1 : year, december ? 1 : month + 1, 1) + -1;
}

bool is_end(std::string_view text) { return text == "底" || text == "末"; }

std::optional<Date> written_day(std::string text) {
  const auto year_text = cut_before(text, "年");
  const auto year = year_text ? number_in(*year_text) : std::nullopt;
  if (!year || *year < 1900 || *year > 2999) return {};
  if (is_end(text)) return day_of(*year, 12, 31);
  const auto month_text = cut_before(text, "月");
  const auto month = month_text ? number_in(*month_text) : std::nullopt;
  if (!month || *month < 1 || *month > 12) return {};
  if (is_end(text)) return last_of_month(*year, *month);
  for (const std::string_view mark : {"日", "号"}) {
    if (text.ends_with(mark)) text.erase(text.size() - mark.size());
  }
  const auto day = number_in(text);
  return day ? day_of(*year, *month, *day) : std::nullopt;
}

std::optional<Date> plain_day(std::string_view text) {
  std::array<std::int64_t, 3> parts{};
  if (text.size() == 8 && std::all_of(text.begin(), text.end(), is_digit)) {
    return day_of(*integer_from(text.substr(0, 4)), *integer_from(text.substr(4, 2)),
                  *integer_from(text.substr(6, 2)));
  }
  for (std::size_t i = 0; i < 3; ++i) {
    const auto at = std::min(text.find_first_of("-/."), text.size());
    const auto part = at > 4 ? std::nullopt : integer_from(text.substr(0, at));
    if (!part || *part < 0 || (at == text.size()) != (i == 2)) return {};
    parts[i] = *part;
    text.remove_prefix(std::min(at + 1, text.size()));
  }
  return day_of(parts[0], parts[1], parts[2]);
}

bool is_word(std::string_view text, std::string_view word) { return folded(text) == folded(word); }

std::string listed_titles(const std::vector<policy::Term>& words) {
  std::string out;
  for (const auto& word : words) out += (out.empty() ? "" : ", ") + word.title.texts[0];
  return out;
}

Value word_of_cell(const policy::Field& field, const std::string& text, const std::string& where,
                   Refusals& refusals) {
  for (const auto& word : field.words) {
    if (is_word(word.code, text)) return word.code;
    for (const auto& title : word.title.texts) {
      if (is_word(title, text)) return word.code;
    }
  }
  fault(refusals, RefusalCode::unknown_word, where, listed_titles(field.words), text);
  return {};
}

Value yes_or_no_of_cell(const std::string& text, const std::string& where, Refusals& refusals) {
  for (const std::string_view yes : {"是", "有", "yes", "true", "1", "√"}) {
    if (is_word(yes, text)) return true;
  }
  for (const std::string_view no : {"否", "无", "no", "false", "0", "×"}) {
    if (is_word(no, text)) return false;
  }
  fault(refusals, RefusalCode::field_type, where, "是, 否", text);
  return {};
}

// A name of a person is not repeated in the answer.
Value person_of_cell(const std::string& text, const std::string& where, const CellNames& names,
                     Refusals& refusals) {
  if (const auto person = PersonId::parse(text)) return person->text();
  const auto found = names.persons(text);
  if (found.size() == 1) return found.front().text();
  fault(refusals, found.empty() ? RefusalCode::unknown_person : RefusalCode::name_ambiguous, where);
  return {};
}

}  // namespace

std::optional<Date> day_from(std::string_view written) {
  std::string text = folded(written);
  const auto cut_end = [&](std::string_view end) {
    if (text.ends_with(end)) text.erase(text.size() - end.size());
  };
  if (const auto open = text.find('('); open != std::string::npos) text.erase(open);
  for (const std::string_view end : {"完成", "以前", "之前", "前", "止"}) cut_end(end);
  if (const auto weekday = text.find("星期"); weekday != std::string::npos) text.erase(weekday);
  if (const auto weekday = text.find("周"); weekday != std::string::npos) text.erase(weekday);
  return text.find("年") != std::string::npos ? written_day(std::move(text)) : plain_day(text);
}

std::vector<std::string> items_of(std::string_view text, bool lines_alone) {
  std::string plain(text);
  const auto divide_at = [&](std::string_view mark) {
    for (auto at = plain.find(mark); at != std::string::npos; at = plain.find(mark)) {
      plain.replace(at, mark.size(), "\n");
    }
  };
  divide_at("\r");
  const bool has_lines = plain.find('\n') != std::string::npos;
  if (!has_lines || !lines_alone) {
    for (const std::string_view mark : {"；", ";"}) divide_at(mark);
  }
  if (!lines_alone) {
    for (const std::string_view mark : {"、", "，", ","}) divide_at(mark);
  }
  std::vector<std::string> items;
  for (const auto part : split(plain, '\n')) {
    std::string item = trimmed(part);
    const auto digits = item.find_first_not_of("0123456789");
    if (digits != 0 && digits <= 2) {
      for (const std::string_view mark : {".", "、", "．", ")", "）"}) {
        if (std::string_view(item).substr(digits).starts_with(mark) &&
            !is_digit(item[std::min(digits + mark.size(), item.size() - 1)])) {
          item = trimmed(std::string_view(item).substr(digits + mark.size()));
          break;
        }
      }
    }
    if (!item.empty()) items.push_back(std::move(item));
  }
  return items;
}

bool is_readable(const policy::Field& field) {
  switch (field.type) {
    case FieldType::text:
    case FieldType::int_:
    case FieldType::decimal:
    case FieldType::bool_:
    case FieldType::date:
    case FieldType::period:
    case FieldType::enum_:
    case FieldType::person:
    case FieldType::unit:
      return true;
    case FieldType::set:
    case FieldType::list:
      return is_readable(field.item_field());
    default:
      return false;
  }
}

std::optional<UnitId> unit_of_cell(const std::string& text, const std::string& where,
                                   const CellNames& names, Refusals& refusals) {
  if (const auto unit = UnitId::parse(text)) return unit;
  const auto found = names.units(text);
  if (found.size() == 1) return found.front();
  std::string candidates;
  for (const UnitId one : found) candidates += (candidates.empty() ? "" : ", ") + one.text();
  fault(refusals, found.empty() ? RefusalCode::unknown_unit : RefusalCode::name_ambiguous, where,
        candidates, text);
  return {};
}

Value value_of_cell(const policy::Field& field, const std::string& text, const std::string& where,
                    const CellNames& names, Refusals& refusals) {
  switch (field.type) {
    case FieldType::int_:
      if (const auto number = integer_from(folded(text))) return *number;
      fault(refusals, RefusalCode::field_type, where, "0, 1, 2 …", text);
      return {};
    case FieldType::bool_:
      return yes_or_no_of_cell(text, where, refusals);
    case FieldType::date:
      if (const auto day = day_from(text)) return day->text();
      fault(refusals, RefusalCode::field_type, where, "YYYY-MM-DD", text);
      return {};
    case FieldType::enum_:
      return word_of_cell(field, text, where, refusals);
    case FieldType::person:
      return person_of_cell(text, where, names, refusals);
    case FieldType::unit: {
      const auto unit = unit_of_cell(text, where, names, refusals);
      return unit ? Value(unit->text()) : Value();
    }
    case FieldType::set:
    case FieldType::list: {
      const policy::Field item = field.item_field();
      Value::List list;
      for (const auto& part : items_of(text, item.type == FieldType::text)) {
        list.push_back(value_of_cell(item, part, where, names, refusals));
      }
      return list;
    }
    default:
      return text;
  }
}

}  // namespace huilu::matter
