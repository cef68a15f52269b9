#include "record/checks.h"

#include <map>

#include "base/members.h"

namespace huilu::record {

namespace {

std::string clauses_of(const FailedCheck& check) {
  std::string text;
  for (const std::string& clause : check.clauses) text += (text.empty() ? "" : ", ") + clause;
  return text;
}

}  // namespace

Refusals decide_checks(const std::vector<FailedCheck>& failed, Content& content,
                       policy::Language language) {
  Refusals refusals;
  std::map<std::string, std::string> asked;
  for (const FailedCheck& one : failed) {
    if (one.otherwise == policy::Otherwise::warn) continue;
    const auto given = content.check_reasons.find(one.address);
    if (one.otherwise == policy::Otherwise::reason && given != content.check_reasons.end()) {
      asked.insert(*given);
      continue;
    }
    refusals.push_back(
        {one.otherwise == policy::Otherwise::reason ? RefusalCode::check_reason_required
                                                    : RefusalCode::check_failed,
         "/check_reasons" + pointer_step(one.address), clauses_of(one), one.says.in(language), ""});
  }
  content.check_reasons = std::move(asked);
  return refusals;
}

Value failed_view(const std::vector<FailedCheck>& failed, policy::Language language) {
  Value::List items;
  for (const FailedCheck& one : failed) {
    Value::List clauses, others;
    for (const std::string& clause : one.clauses) clauses.push_back(clause);
    for (const RecordId other : one.others) others.push_back(other.text());
    items.push_back(Value::object(
        {{"check", one.address},
         {"title", one.title.in(language)},
         {"clauses", std::move(clauses)},
         {"otherwise", policy::otherwise_words[static_cast<std::size_t>(one.otherwise)]},
         {"says", one.says.in(language)},
         {"others", std::move(others)}}));
  }
  return Value(std::move(items));
}

}  // namespace huilu::record
