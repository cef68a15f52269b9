#include <algorithm>

#include "obligation/expecting.h"
#include "obligation/telling.h"
#include "policy/declarations.h"
#include "policy/scalar.h"

namespace huilu::obligation {

namespace {

using policy::Node;

// What an `expect` line of a check's story says, held against what was found.
class ExpectingChecked {
 public:
  ExpectingChecked(Stage& stage, const Checked& checked) : stage_(stage), checked_(checked) {}

  Expected all(const Node& node) {
    if (!stage_.expects(node)) return out_;
    for (const policy::Member& member : node.members) one(member);
    return out_;
  }

 private:
  static constexpr std::array<std::string_view, 6> words = {"allowed", "says",    "need",
                                                            "have",    "missing", "others"};

  void one(const policy::Member& member) {
    const std::string& key = member.key;
    if (std::find(words.begin(), words.end(), key) == words.end()) {
      policy::reading::unknown_key(stage_.reading, member, {words.begin(), words.end()});
      return;
    }
    ++out_.assertions;
    if (key == "allowed") return allowed(member.value);
    if (key == "says") return says(member.value);
    if (key == "others") return others(member.value);
    const TestResult found = checked_.result ? checked_.result->test : TestResult();
    const std::int64_t value = key == "need"   ? found.need
                               : key == "have" ? found.have
                                               : std::max<std::int64_t>(0, found.need - found.have);
    policy::Decimal wanted;
    policy::decimal().read(stage_.reading, member.value, wanted);
    const std::int64_t one = found.decimal ? 1 : policy::one_in_millionths;
    check(wanted.millionths == value * one, member.value, policy::decimal_text(value * one));
  }

  void check(bool holds, const Node& node, const std::string& got) {
    if (holds) return;
    ++out_.failed;
    std::string found = got;
    if (checked_.result && !checked_.result->error.empty())
      found += " (" + checked_.result->error + ")";
    stage_.reading.report(RefusalCode::pack_test, node.place, node.describe(), found);
  }

  void allowed(const Node& node) {
    bool wanted = false;
    policy::boolean().read(stage_.reading, node, wanted);
    check(wanted == checked_.allowed, node, said());
  }

  void says(const Node& node) {
    const auto& texts = checked_.says.texts;  // an empty text: nothing is said
    check(std::find(texts.begin(), texts.end(), node.text) != texts.end(), node, said());
  }

  std::string said() const {
    return (checked_.allowed ? "allowed" : "not allowed") + std::string(": ") +
           checked_.says.in(policy::Language::zh_cn);
  }

  // Exactly these, by the names of the story.
  void others(const Node& node) {
    std::vector<std::string> wanted, found;
    for (const Node& item : node.items) wanted.push_back(item.text);
    if (checked_.result)
      for (const RecordId id : checked_.result->others) found.push_back(stage_.name_of(id));
    std::string got;
    for (const std::string& name : found) got += (got.empty() ? "" : ", ") + name;
    std::sort(wanted.begin(), wanted.end());
    std::sort(found.begin(), found.end());
    check(wanted == found, node, got);
  }

  Stage& stage_;
  const Checked& checked_;
  Expected out_;
};

constexpr std::string_view enters[] = {"record", "plan", "correct"};

}  // namespace

void Telling::tell_checked(const Node& line, const policy::Member& action) {
  const std::string& key = action.key;
  if (key == "expect") return expect_checked(line, action.value);
  if (key == "void") return stage_.void_record(action.value, now_);
  if (key == "param") return news_.decide(line, now_);
  if (key == "calendar") return news_.publish(line, today());
  if (key == "move_unit") return move_unit(line, action.value);
  if (std::find(std::begin(enters), std::end(enters), key) == std::end(enters))
    return reading_.report(RefusalCode::pack_shape, action.place, "obligation", key);
  Node said = line;
  std::erase_if(said.members, [](const policy::Member& one) { return one.key == "reason"; });
  const auto id = stage_.enter(said, key, now_, home());
  if (!id) return;
  checked_ = {};
  checked_.result = judge(stage_.facts, pack_, *check_, *id, today());
  if (!checked_.result || checked_.result->holds) return;
  for (std::size_t i = 0; i < policy::language_tags.size(); ++i)
    checked_.says.texts[i] = obligation::said(stage_.facts, pack_, *check_, *checked_.result,
                                              static_cast<policy::Language>(i));
  checked_.allowed = check_->otherwise == policy::Otherwise::warn ||
                     (check_->otherwise == policy::Otherwise::reason && line.find("reason"));
  if (!checked_.allowed) stage_.take_back(*id);
}

void Telling::expect_checked(const Node& line, const Node& expected) {
  only(line, "expect", {});
  ++expectations_here_;
  const Expected result = ExpectingChecked(stage_, checked_).all(expected);
  report_.assertions += result.assertions;
  report_.failed += result.failed;
  failed_ += result.failed;
  if (result.failed == 0)
    expectations_.held[check_->name].insert(!checked_.result || checked_.result->holds);
}

}  // namespace huilu::obligation
