// The index held against the evaluator, home by home.
#include <algorithm>

#include <fmt/format.h>

#include "compliance/asking.h"
#include "compliance/world.h"

namespace huilu::compliance {

namespace {

std::string text_of(const std::vector<Answered>& answers) {
  std::string text;
  for (const Answered& answer : answers) {
    text += fmt::format("{}[{} {} {}{}", text.empty() ? "" : " ", answer.schedule.from.text(),
                        answer.schedule.act.text(), answer.schedule.enter.text(),
                        answer.schedule.late_counts ? " late" : "");
    for (std::size_t i = 0; i < answer.bearers.bearers.size(); ++i) {
      if (answer.bearers.bearers[i] == 0) continue;
      const auto word = i == Histogram::entered_late
                            ? std::string_view("entered_late")
                            : obligation::word_of(static_cast<obligation::Class>(i));
      text += fmt::format(" {} {}", answer.bearers.bearers[i], word);
    }
    text += "]";
  }
  return text.empty() ? "nobody" : text;
}

std::vector<Answered> in_order(std::vector<Answered> answers) {
  std::sort(answers.begin(), answers.end(),
            [](const Answered& a, const Answered& b) { return a.schedule < b.schedule; });
  return answers;
}

}  // namespace

std::vector<std::string> World::compare(store::Connection& snapshot,
                                        const std::vector<UnitId>& homes) const {
  std::vector<Asked> questions;
  for (const auto& ledger : book_->ledgers()) {
    questions.push_back({ledger->sheet.obligation(), ledger->sheet.period(), {}});
  }
  Asking asking(snapshot, book_->policy(), today_);
  std::vector<std::string> differences;
  for (const UnitId home : homes) {
    const Slot slot = organisation_.find(home);
    if (slot == no_slot) {
      differences.push_back(fmt::format("{} is not known", home.text()));
      continue;
    }
    const auto answers = asking.of(home, questions);
    for (std::size_t i = 0; i < questions.size(); ++i) {
      const Sheet& sheet = book_->ledgers()[i]->sheet;
      std::vector<Answered> kept;
      sheet.for_each_part(slot, [&](std::uint16_t column, const Histogram& bearers) {
        kept.push_back({sheet.columns()[column].schedule, bearers});
      });
      const std::string expected = text_of(in_order(answers[i]));
      const std::string found = text_of(in_order(std::move(kept)));
      if (expected == found) continue;
      differences.push_back(fmt::format("{} {} of {}: the evaluator says {}, the index {}",
                                        questions[i].obligation, questions[i].period.name,
                                        home.text(), expected, found));
    }
  }
  return differences;
}

}  // namespace huilu::compliance
