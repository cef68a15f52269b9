#include "policy/phrases.h"

#include <fmt/format.h>

#include <algorithm>

#include "policy/scalar.h"

namespace huilu::policy {

namespace {

words::Language spoken(Language language) { return static_cast<words::Language>(language); }

const Vocabulary& words_of(const std::vector<Pack>& packs) {
  const auto core =
      std::find_if(packs.begin(), packs.end(), [](const Pack& pack) { return pack.id == "core"; });
  return core == packs.end() ? core_pack().vocabulary : core->vocabulary;
}

template <class T>
std::string title_among(const Terms<T>& terms, std::string_view code, Language language) {
  const T* const term = terms.find(code);
  return term ? term->title.in(language) : std::string(code);
}

bool is_letter_or_digit(unsigned char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// The lead bytes of U+4E00 to U+9FFF.
bool begins_han(unsigned char c) { return c >= 0xE4 && c <= 0xE9; }

// Between a Han character and a letter or digit stands a blank.
std::string spaced(const std::string& text) {
  std::string out;
  bool after_han = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    const bool han = begins_han(c);
    const bool letter = is_letter_or_digit(c);
    const bool after_letter = i > 0 && is_letter_or_digit(static_cast<unsigned char>(text[i - 1]));
    if ((after_han && letter) || (after_letter && han)) out += ' ';
    after_han = han;
    out += text[i];
    if (!han) continue;
    for (int rest = 0; rest < 2 && i + 1 < text.size(); ++rest) out += text[++i];
  }
  return out;
}

bool is_first_of_year(Date day) {
  return day.ymd().month() == std::chrono::January && day.ymd().day() == std::chrono::day(1);
}

}  // namespace

Phrases::Phrases(const Pack& pack, const std::vector<Pack>& packs, Language language)
    : pack_(pack),
      packs_(packs),
      language_(language),
      words_(words_of(packs)),
      types_(words_, [this](std::string_view address) {
        for (const RecordType& type : pack_.record_types)
          if (type.address == address) return &type;
        return find_record_type(packs_, address);
      }) {}

std::string Phrases::say(std::string_view key, words::Values values) const {
  return spaced(words::text(spoken(language_), "sentence." + std::string(key), values));
}

std::string Phrases::joined(const std::vector<std::string>& parts, std::string_view joiner) const {
  std::string text;
  for (const std::string& part : parts)
    text = text.empty() ? part : say(joiner, {{"a", text}, {"b", part}});
  return text;
}

std::string Phrases::all_of(const std::vector<std::string>& parts) const {
  return ended(parts, "comma", "and");
}

std::string Phrases::both(const std::vector<std::string>& parts) const {
  return ended(parts, "list", "both");
}

std::string Phrases::one_of(const std::vector<std::string>& parts) const {
  return ended(parts, "list", "or");
}

std::string Phrases::ended(const std::vector<std::string>& parts, std::string_view joiner,
                           std::string_view last) const {
  if (parts.size() < 2) return joined(parts, joiner);
  const std::string before = joined({parts.begin(), parts.end() - 1}, joiner);
  return say(last, {{"a", before}, {"b", parts.back()}});
}

std::string Phrases::title_of(std::string_view list, std::string_view code) const {
  if (list == "unit_types") return title_among(words_.unit_types, code, language_);
  if (list == "levels") return title_among(words_.levels, code, language_);
  if (list == "ranks") return title_among(words_.ranks, code, language_);
  if (list == "post_kinds") return title_among(words_.post_kinds, code, language_);
  if (list == "membership_kinds") return title_among(words_.membership_kinds, code, language_);
  if (list == clock_results_property) return say("clock_result." + std::string(code));
  if (list == look_back_outcomes_property) return say("look_back." + std::string(code));
  if (list == ballot_results_property) return say("ballot_result." + std::string(code));
  if (list == verdicts_property)
    return words::text(spoken(language_), "verdict." + std::string(code));
  if (list == outcomes_property) return say("outcome." + std::string(code));
  if (list == "leave_reasons") return title_among(words_.leave_reasons, code, language_);
  return std::string(code);
}

std::string Phrases::title_of_tag(const std::string& tag) const {
  const Label* const found = find_tag(pack_, packs_, tag);
  return found ? title(*found) : tag;
}

std::string Phrases::clauses(const std::vector<std::string>& ids) const {
  return joined(ids, "list");
}

std::string Phrases::title_of_record_type(const std::string& address) const {
  const RecordType* const type = types_.record_type(address);
  return type ? title(type->title) : address;
}

std::string Phrases::text(const Duration& duration) const {
  const std::string unit(duration_units[static_cast<std::size_t>(duration.unit)]);
  return say((duration.count == 1 ? "one." : "many.") + unit,
             {{"number", std::to_string(duration.count)}});
}

std::string Phrases::text(const MonthDay& day) const {
  return say("month_day", {{"month", std::to_string(day.month)}, {"day", std::to_string(day.day)}});
}

std::string Phrases::text(const Interval& interval) const {
  if (!interval.until) return say("since", {{"day", interval.from.text()}});
  return say("from_to", {{"from", interval.from.text()}, {"until", (*interval.until + -1).text()}});
}

std::string Phrases::text(const Setting& setting, const Parameter& parameter, bool counts) const {
  const auto counted = [&](const std::string& number) {
    if (parameter.unit)
      return say("counted", {{"number", number}, {"unit", title(*parameter.unit)}});
    return counts ? say("number", {{"number", number}}) : number;
  };
  struct Read {
    const Phrases& phrases;
    const decltype(counted)& with_unit;
    bool is_taken;  // from another pack, with what this one adds
    std::string operator()(std::int64_t number) const { return with_unit(std::to_string(number)); }
    std::string operator()(Decimal number) const {
      return with_unit(decimal_text(number.millionths));
    }
    std::string operator()(bool value) const { return phrases.say(value ? "yes" : "no"); }
    std::string operator()(Date day) const { return day.text(); }
    std::string operator()(const MonthDay& day) const { return phrases.text(day); }
    std::string operator()(const Duration& duration) const { return phrases.text(duration); }
    std::string operator()(const std::string& text) const {
      return phrases.say("quoted", {{"text", text}});
    }
    std::string operator()(const std::vector<ListItem>& items) const {
      std::vector<std::string> titles;
      for (const ListItem& item : items)
        titles.push_back(item.added_by.empty() && is_taken
                             ? phrases.say("extends.added", {{"title", phrases.title(item.title)}})
                             : phrases.title(item.title));
      return phrases.joined(titles, "list");
    }
  };
  return std::visit(Read{*this, counted, bool(origin_of(parameter.place))}, setting);
}

// Left out where there is but one, and it holds since the pack does.
std::string Phrases::since(const Parameter& parameter, const ParameterValue& value) const {
  if (parameter.values.size() == 1 && value.from <= pack_.in_force.from) return {};
  if (!is_first_of_year(value.from)) return say("since", {{"day", value.from.text()}});
  return say("since_year", {{"year", std::to_string(value.from.year())}});
}

std::string Phrases::table(const Parameter& parameter, const ParameterValue& value,
                           bool counts) const {
  const auto key = table_key(types_, parameter.by);
  std::vector<std::string> rows;
  for (const auto& [code, setting] : value.table) {
    const std::string word =
        code == otherwise_key ? say("otherwise") : title_of(key ? key->property : "", code);
    rows.push_back(say("row", {{"key", word}, {"value", text(setting, parameter, counts)}}));
  }
  return joined(rows, "list");
}

std::string Phrases::value(const Parameter& parameter, const ParameterValue& value, bool counts,
                           const std::vector<std::string>& remarks) const {
  const bool has_value = value.value || !value.table.empty();
  std::vector<std::string> marks = {since(parameter, value)};
  if (has_value)
    marks.push_back(
        say("basis." + std::string(basis_words[static_cast<std::size_t>(value.basis)])));
  marks.insert(marks.end(), remarks.begin(), remarks.end());
  if (origin_of(parameter.place) && !origin_of(value.place))
    marks.push_back(say("extends.set_here"));
  std::erase(marks, std::string());
  std::string what = value.value ? text(*value.value, parameter, counts)
                     : has_value ? table(parameter, value, counts)
                                 : say("no_value");
  if (marks.empty()) return what;
  return say("marked", {{"text", what}, {"marks", joined(marks, "comma")}});
}

std::string Phrases::values(const Parameter& parameter, bool counts) const {
  std::vector<std::string> all;
  for (const ParameterValue& one : parameter.values)
    if (one.value || !one.table.empty() || !all.empty())
      all.push_back(value(parameter, one, counts));
  return all.empty() ? say("no_value") : joined(all, "list");
}

std::string Phrases::text(const ParameterUse& use) const {
  const Parameter* const parameter = pack_.find_parameter(use.name);
  return parameter ? values(*parameter) : use.name;
}

std::string Phrases::text(const DurationUse& use) const {
  const auto* const duration = std::get_if<Duration>(&use);
  return duration ? text(*duration) : text(std::get<ParameterUse>(use));
}

std::string Phrases::day(const Anchor& anchor, const Subject& subject) const {
  struct Read {
    const Phrases& phrases;
    const Subject& subject;
    std::string operator()(Moment moment) const {
      return phrases.say("day." + std::string(moment_words[static_cast<std::size_t>(moment)]));
    }
    std::string operator()(Date day) const { return day.text(); }
    std::string operator()(const Path& path) const { return phrases.path(path, subject); }
    std::string operator()(const AfterAnchor& after) const {
      return phrases.say("day.after", {{"day", phrases.day(*after.anchor, subject)},
                                       {"length", phrases.text(after.by)}});
    }
    std::string operator()(const BeforeAnchor& before) const {
      return phrases.say("day.before", {{"day", phrases.day(*before.anchor, subject)},
                                        {"length", phrases.text(before.by)}});
    }
    std::string operator()(const YearDay& of) const {
      const auto* const written = std::get_if<MonthDay>(&of.day);
      return phrases.say(of.of == YearOf::next ? "day.next_year" : "day.this_year",
                         {{"day", written ? phrases.text(*written)
                                          : phrases.text(std::get<ParameterUse>(of.day))}});
    }
  };
  return std::visit(Read{*this, subject}, anchor.what);
}

std::string Phrases::deadline(const Anchor& anchor, const Subject& subject) const {
  if (const auto* const after = std::get_if<AfterAnchor>(&anchor.what))
    return say("deadline.after",
               {{"day", day(*after->anchor, subject)}, {"length", text(after->by)}});
  if (const auto* const before = std::get_if<BeforeAnchor>(&anchor.what))
    return say("deadline.before",
               {{"day", day(*before->anchor, subject)}, {"length", text(before->by)}});
  const auto* const moment = std::get_if<Moment>(&anchor.what);
  if (moment && *moment == Moment::period_end) return say("deadline.period_end");
  return say("deadline", {{"day", day(anchor, subject)}});
}

}  // namespace huilu::policy
