#include "record/types.h"

#include <algorithm>

#include "base/fault.h"
#include "base/members.h"
#include "base/text.h"

namespace huilu::record {

std::string_view word_of(State state) {
  switch (state) {
    case State::planned:
      return "planned";
    case State::entered:
      return "entered";
    case State::void_:
      return "void";
  }
  CHECK(false);
}

State state_from(std::string_view word) {
  for (const State state : {State::planned, State::entered, State::void_}) {
    if (word_of(state) == word) return state;
  }
  throw Fault(FaultKind::damaged, "a record has the unknown state " + std::string(word));
}

namespace {

void read_reasons(const Value& reasons, Content& content, Refusals& refusals) {
  constexpr std::size_t characters_max = 200;
  Members in(reasons, "/check_reasons", refusals);
  for (const auto& [check, reason] : reasons.object()->members) {
    std::string text = in.optional_text(check, characters_max).value_or("");
    if (!trimmed(text).empty()) content.check_reasons[check] = std::move(text);
  }
  in.finish();
}

}  // namespace

Content content_from(const Value& body, const std::vector<std::string_view>& extra,
                     Refusals& refusals) {
  Content content;
  Members in(body, "", refusals);
  content.types = in.texts("types", 12);
  if (content.types.empty()) in.refuse(RefusalCode::field_required, "types");
  content.units = in.ids<UnitId>("units", 50);
  if (content.units.empty()) in.refuse(RefusalCode::field_required, "units");
  content.date = in.date("date");
  content.place = in.optional_text("place", 200).value_or("");
  content.present = in.ids<PersonId>("present");
  const Value* fields = in.object("fields");
  content.fields = fields == nullptr ? Value(Value::Object{}) : *fields;
  if (const Value* reasons = in.object("check_reasons")) read_reasons(*reasons, content, refusals);
  for (const auto& member : extra) in.value(member);
  in.finish();
  // A member that is a fault already is not also a missing one.
  std::stable_sort(refusals.begin(), refusals.end(),
                   [](const Refusal& a, const Refusal& b) { return a.where < b.where; });
  refusals.erase(std::unique(refusals.begin(), refusals.end(),
                             [](const Refusal& a, const Refusal& b) { return a.where == b.where; }),
                 refusals.end());
  return content;
}

}  // namespace huilu::record
