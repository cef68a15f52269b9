#include "policy/check.h"

#include <algorithm>

#include "policy/declarations.h"
#include "words/words.h"

namespace huilu::policy {

namespace {

Key<Before> act_key(Act act) {
  const std::string expected = "name of a record type";
  return {act_words[static_cast<std::size_t>(act)], Presence::optional, expected,
          [act, expected](Reading& reading, const Node&, const Node* value, Before& out) {
            if (!value) return;
            out.act = act;
            out.place = value->place;
            if (!is_plain_text(*value)) return reading.report_type(*value, expected);
            out.record_type = value->text;
          },
          shape::text()};
}

Form<Before> before_form() {
  constexpr std::array<std::string_view, 4> later_acts = {"open", "move", "close", "publish"};
  return exactly_one(
      act_words,
      named("before",
            map_of<Before>(
                {
                    act_key(Act::save),
                    act_key(Act::plan),
                    act_key(Act::end),
                    act_key(Act::change),
                    later<Before>(later_acts[0]),
                    later<Before>(later_acts[1]),
                    later<Before>(later_acts[2]),
                    later<Before>(later_acts[3]),
                },
                [later_acts](Reading& reading, const Node& node, Before&) {
                  if (std::none_of(later_acts.begin(), later_acts.end(),
                                   [&](std::string_view act) { return node.find(act); }))
                    reading::one_of_keys(reading, node, {act_words.begin(), act_words.end()});
                })));
}

// A word. Who has to agree, and what is proposed, are maps that wait for matters.
Form<Otherwise> otherwise_form() {
  const auto form = word<Otherwise>(otherwise_words);
  struct Nobody {};
  const auto asks = map_of<Nobody>({later<Nobody>("approval"), later<Nobody>("propose")});
  return {[form, asks](Reading& reading, const Node& node, Otherwise& out) {
            if (node.kind != NodeKind::map || node.members.empty())
              return form.read(reading, node, out);
            Nobody nobody;
            asks.read(reading, node, nobody);
          },
          form.expected, form.shape};
}

bool names_it(const Comparing& line) {
  const bool compares = line.comparison == Comparison::equal || line.comparison == Comparison::has;
  const auto* const path = compares && line.operands.size() == 1
                               ? std::get_if<Path>(&line.operands.front().what)
                               : nullptr;
  return path && path->root == Root::it && path->steps.size() <= 1 &&
         line.path.root == Root::thing && line.path.steps.size() == 1;
}

}  // namespace

std::string said(const Check& check, const CheckWords& words, Language language) {
  const std::string& text = (check.say ? *check.say : check.title).in(language);
  std::string others;
  for (const std::string& one : words.others)
    others = others.empty() ? one
                            : words::text(static_cast<words::Language>(language), "sentence.list",
                                          {{"a", others}, {"b", one}});
  const std::array<std::pair<std::string_view, std::string_view>, 4> values = {
      {{"{need}", words.need},
       {"{have}", words.have},
       {"{missing}", words.missing},
       {"{others}", others}}};
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto found = std::find_if(values.begin(), values.end(), [&](const auto& value) {
      return std::string_view(text).substr(at).starts_with(value.first);
    });
    if (found == values.end()) {
      out += text[at++];
      continue;
    }
    out += found->second;
    at += found->first.size();
  }
  return out;
}

const Comparing* narrowing(const Set& set) {
  const auto& lines = set.where.lines;
  const auto found = std::find_if(lines.begin(), lines.end(), names_it);
  return found == lines.end() ? nullptr : &*found;
}

Form<Check> check_form() {
  return named("check",
               map_of<Check>(
                   {
                       required("clause", &Check::clauses, one_or_list(token())),
                       label("title", &Check::title),
                       label("guide", &Check::guide),
                       unkept<Check>("note", Presence::optional, text()),
                       required("before", &Check::before, before_form()),
                       optional("when", &Check::when, condition_form()),
                       required("needs", &Check::needs, test_form()),
                       required("otherwise", &Check::otherwise, otherwise_form()),
                       label("say", &Check::say),
                   },
                   [](Reading&, const Node& node, Check& check) { check.place = node.place; }));
}

}  // namespace huilu::policy
