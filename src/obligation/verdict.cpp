#include "obligation/verdict.h"

#include <algorithm>

namespace huilu::obligation {

namespace {

template <class Word, std::size_t count>
std::string_view word(Word value, const std::array<std::string_view, count>& words) {
  return words[static_cast<std::size_t>(value)];
}

}  // namespace

Phase phase_on(const Schedule& schedule, Date day) {
  if (day < schedule.from) return Phase::ahead;
  if (day > schedule.enter) return Phase::ended;
  if (day > schedule.act) return Phase::grace;
  return day >= schedule.warn ? Phase::warning : Phase::running;
}

Verdict verdict_of(Class the_class, Phase phase) {
  switch (the_class) {
    case Class::not_applicable:
      return Verdict::not_applicable;
    case Class::exempt:
      return Verdict::exempt;
    case Class::unknown:
      return Verdict::unknown;
    case Class::met:
      return Verdict::met;
    case Class::met_late:
      return Verdict::met_late;
    case Class::over:
      return Verdict::failed;
    case Class::within:
      return phase == Phase::ended ? Verdict::met : Verdict::open;
    case Class::short_:
      break;
  }
  switch (phase) {
    case Phase::ended:
      return Verdict::failed;
    case Phase::grace:
      return Verdict::in_grace;
    case Phase::warning:
      return Verdict::at_risk;
    default:
      return Verdict::open;
  }
}

std::string_view word_of(Class value) { return word(value, class_words); }
std::string_view word_of(Phase value) { return word(value, phase_words); }
std::string_view word_of(Verdict value) { return word(value, verdict_words); }
std::string_view word_of(Mark value) { return word(value, mark_words); }

std::optional<Verdict> verdict_from(std::string_view text) {
  const auto found = std::find(verdict_words.begin(), verdict_words.end(), text);
  if (found == verdict_words.end()) return {};
  return static_cast<Verdict>(found - verdict_words.begin());
}

}  // namespace huilu::obligation
