#include "obligation/expecting.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "policy/declarations.h"
#include "policy/finding.h"
#include "policy/scalar.h"

namespace huilu::obligation {

namespace {

using policy::Node;

std::string number(std::int64_t value, bool decimal) {
  if (!decimal) return std::to_string(value);
  const std::int64_t whole = value / policy::one_in_millionths;
  const std::int64_t rest = std::abs(value % policy::one_in_millionths);
  std::string text = fmt::format("{}", whole);
  if (rest == 0) return text;
  text += fmt::format(".{:06}", rest);
  return text.substr(0, text.find_last_not_of('0') + 1);
}

std::string marks_of(const Explanation& found) {
  std::string text;
  for (const Mark mark : found.marks)
    text += (text.empty() ? "" : ", ") + std::string(word_of(mark));
  return text;
}

std::string why_of(const Explanation& found) {
  return std::string(not_applicable_words[static_cast<std::size_t>(found.why_not)]);
}

std::string rejected_of(const Stage& stage, const RejectedRecord& one) {
  const std::string say = one.say.in(policy::Language::zh_cn);
  return stage.name_of(one.record) + " " + one.date.text() + " " + (say.empty() ? one.why : say);
}

void collect(const TestResult& test, std::vector<const RejectedRecord*>& out) {
  for (const RejectedRecord& one : test.rejected) out.push_back(&one);
  for (const TestResult& part : test.parts) collect(part, out);
}

// The answer in one line, for whoever reads the finding.
std::string described(const Stage& stage, const Explanation& found) {
  std::string text(word_of(found.verdict));
  if (found.why_not != NotApplicable::none) text += " (" + why_of(found) + ")";
  if (!found.error.empty()) text += " (" + found.error + ")";
  if (found.why_not == NotApplicable::none && found.error.empty())
    text += fmt::format(", need {}, have {}", number(found.test.need, found.test.decimal),
                        number(found.test.have, found.test.decimal));
  if (!found.marks.empty()) text += " [" + marks_of(found) + "]";
  std::vector<const RejectedRecord*> rejected;
  collect(found.test, rejected);
  for (const RejectedRecord* const one : rejected) text += "; rejected " + rejected_of(stage, *one);
  return text;
}

class Expecting {
 public:
  Expecting(Stage& stage, const Explanation& found) : stage_(stage), found_(found) {
    collect(found.test, rejected_);
  }

  Expected all(const Node& node) {
    if (!stage_.expects(node)) return out_;
    for (const policy::Member& member : node.members) one(member);
    return out_;
  }

 private:
  static constexpr std::array<std::string_view, 12> words = {
      "verdict", "need",  "have", "missing", "rejected", "cause",
      "met_by",  "marks", "due",  "says",    "why",      "cases"};
  static constexpr std::array<std::string_view, 4> later = {"state", "allowed", "value", "units"};

  void one(const policy::Member& member) {
    const std::string& key = member.key;
    const Node& node = member.value;
    if (std::find(later.begin(), later.end(), key) != later.end())
      return policy::reading::later_key(stage_.reading, member);
    if (std::find(words.begin(), words.end(), key) == words.end()) {
      policy::reading::unknown_key(stage_.reading, member, {words.begin(), words.end()});
      return;
    }
    ++out_.assertions;
    if (key == "verdict") return verdict(node);
    if (key == "need") return amount(key, node, found_.test.need);
    if (key == "have") return amount(key, node, found_.test.have);
    if (key == "missing")
      return amount(key, node, std::max<std::int64_t>(0, found_.test.need - found_.test.have));
    if (key == "rejected") return rejected(node);
    if (key == "cause") return word(key, node, cause_words, found_.cause);
    if (key == "why") return word(key, node, not_applicable_words, found_.why_not);
    if (key == "met_by") return met_by(node);
    if (key == "marks") return marks(node);
    if (key == "due") return due(node);
    if (key == "cases") return cases(node);
    says(node);
  }

  void check(bool holds, std::string_view key, const Node& node, const std::string& got) {
    if (holds) return;
    ++out_.failed;
    std::string wanted = node.describe();
    if (node.kind == policy::NodeKind::list) {
      wanted.clear();
      for (const Node& item : node.items) wanted += (wanted.empty() ? "" : ", ") + item.describe();
    }
    const std::string answer = described(stage_, found_);
    stage_.reading.report(RefusalCode::pack_test, node.place, fmt::format("{} {}", key, wanted),
                          key == "verdict" ? answer : fmt::format("{} {}: {}", key, got, answer));
  }

  template <class Word, std::size_t count>
  std::optional<Word> read_word(const Node& node, const std::array<std::string_view, count>& all) {
    Word value{};
    const std::size_t before = stage_.reading.findings().size();
    policy::word<Word>(all).read(stage_.reading, node, value);
    if (stage_.reading.findings().size() != before) return {};
    return value;
  }

  template <class Word, std::size_t count>
  void word(std::string_view key, const Node& node, const std::array<std::string_view, count>& all,
            Word found) {
    const auto wanted = read_word<Word>(node, all);
    if (wanted)
      check(*wanted == found, key, node, std::string(all[static_cast<std::size_t>(found)]));
  }

  void verdict(const Node& node) {
    out_.verdict = read_word<Verdict>(node, verdict_words);
    if (out_.verdict) check(*out_.verdict == found_.verdict, "verdict", node, "");
  }

  void amount(std::string_view key, const Node& node, std::int64_t found) {
    policy::Decimal wanted;
    const std::size_t before = stage_.reading.findings().size();
    policy::decimal().read(stage_.reading, node, wanted);
    if (stage_.reading.findings().size() != before) return;
    const bool decimal = found_.test.decimal;
    const std::int64_t in_millionths = decimal ? found : found * policy::one_in_millionths;
    check(wanted.millionths == in_millionths, key, node, number(found, decimal));
  }

  // Exactly these, by the names of the story, each with its verdict.
  void cases(const Node& node) {
    if (!policy::reading::is_map(stage_.reading, node)) return;
    std::map<std::string, Verdict> wanted, found;
    for (const policy::Member& member : node.members)
      if (const auto verdict = read_word<Verdict>(member.value, verdict_words))
        wanted[member.key] = *verdict;
    std::string got;
    for (const CaseResult& one : found_.cases) {
      const std::string name = stage_.name_of_case(one.id);
      found[name] = one.verdict;
      got += (got.empty() ? "" : ", ") + name + ' ' + std::string(word_of(one.verdict));
    }
    check(wanted == found, "cases", node, got);
  }

  // How many, or which.
  void rejected(const Node& node) {
    std::vector<std::string> names;
    for (const RejectedRecord* const one : rejected_) names.push_back(stage_.name_of(one->record));
    std::sort(names.begin(), names.end());
    if (node.kind == policy::NodeKind::list) {
      std::vector<std::string> wanted;
      for (const Node& item : node.items) wanted.push_back(item.text);
      std::sort(wanted.begin(), wanted.end());
      return check(wanted == names, "rejected", node, std::to_string(names.size()));
    }
    std::int64_t count = 0;
    policy::integer(0, 1'000'000).read(stage_.reading, node, count);
    check(count == static_cast<std::int64_t>(names.size()), "rejected", node,
          std::to_string(names.size()));
  }

  void met_by(const Node& node) {
    std::vector<std::string> wanted;
    if (node.kind == policy::NodeKind::list)
      for (const Node& item : node.items) wanted.push_back(item.text);
    else
      wanted.push_back(node.text);
    std::sort(wanted.begin(), wanted.end());
    check(wanted == found_.test.met_by, "met_by", node,
          fmt::format("{}", fmt::join(found_.test.met_by, ", ")));
  }

  // All of those written are there; an empty list says that there is none.
  void marks(const Node& node) {
    if (!policy::reading::is_list(stage_.reading, node)) return;
    bool all = !node.items.empty() || found_.marks.empty();
    for (const Node& item : node.items) {
      const auto wanted = read_word<Mark>(item, mark_words);
      all = all && wanted &&
            std::find(found_.marks.begin(), found_.marks.end(), *wanted) != found_.marks.end();
    }
    check(all, "marks", node, marks_of(found_));
  }

  // The date that counts now: for doing it, and when that is over for entering it.
  void due(const Node& node) {
    Date wanted;
    policy::date().read(stage_.reading, node, wanted);
    const Schedule& schedule = found_.schedule;
    const Date next = found_.question.at <= schedule.act ? schedule.act : schedule.enter;
    check(wanted == next, "due", node, next.text());
  }

  void says(const Node& node) {
    std::string wanted;
    policy::text().read(stage_.reading, node, wanted);
    std::string said;
    bool found = false;
    for (const RejectedRecord* const one : rejected_) {
      said += (said.empty() ? "" : ", ") + one->say.in(policy::Language::zh_cn);
      found = found || std::find(one->say.texts.begin(), one->say.texts.end(), wanted) !=
                           one->say.texts.end();
    }
    check(found, "says", node, said);
  }

  Stage& stage_;
  const Explanation& found_;
  std::vector<const RejectedRecord*> rejected_;
  Expected out_;
};

}  // namespace

Expected expect(Stage& stage, const Node& expected, const Explanation& found) {
  return Expecting(stage, found).all(expected);
}

}  // namespace huilu::obligation
