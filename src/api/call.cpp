#include "api/call.h"

#include <algorithm>
#include <charconv>

namespace huilu::api {

std::string_view Call::parameter(std::string_view name) const {
  for (const auto& [key, value] : parameters) {
    if (key == name) return value;
  }
  return {};
}

Refusals Call::check(command::Permission permission, std::vector<UnitId> units,
                     std::string_view where) const {
  const auto question = services.gate.ask(*reader, who.account, {permission, std::move(units)});
  reader->flush();
  auto refusals = question->answer(today);
  for (Refusal& refusal : refusals) refusal.where = where;
  return refusals;
}

Answer Answer::of(Value body, int status) {
  Answer answer;
  answer.status = status;
  answer.body = std::move(body);
  return answer;
}

Answer Answer::no(Refusals refusals) {
  Answer answer;
  answer.refusals = std::move(refusals);
  return answer;
}

Answer Answer::no(RefusalCode code, std::string where, std::string expected, std::string got) {
  return no({{code, std::move(where), std::move(expected), std::move(got), ""}});
}

Answer Answer::run(std::unique_ptr<command::Command> command) {
  Answer answer;
  answer.command = std::move(command);
  return answer;
}

void Query::refuse(std::string_view name, std::string expected) {
  refusals_.push_back(
      {RefusalCode::field_type, "/" + std::string(name), std::move(expected), "", ""});
}

std::optional<std::string> Query::text(std::string_view name) {
  known_.push_back(name);
  const auto found = call_.request.parameter(name);
  if (!found || found->empty()) return {};
  return std::string(*found);
}

std::optional<Date> Query::date(std::string_view name) {
  const auto found = text(name);
  if (!found) return {};
  const auto parsed = Date::parse(*found);
  if (!parsed) refuse(name, "YYYY-MM-DD");
  return parsed;
}

int Query::integer(std::string_view name, int otherwise, int min, int max) {
  const auto found = text(name);
  if (!found) return otherwise;
  int value = 0;
  const auto [end, error] = std::from_chars(found->data(), found->data() + found->size(), value);
  if (error != std::errc{} || end != found->data() + found->size()) {
    refuse(name, "integer");
    return otherwise;
  }
  if (value < min || value > max) {
    refusals_.push_back({RefusalCode::field_range, "/" + std::string(name),
                         std::to_string(min) + " - " + std::to_string(max), *found, ""});
    return otherwise;
  }
  return value;
}

bool Query::flag(std::string_view name) { return word(name, {"false", "true"}) == "true"; }

std::string Query::word(std::string_view name, const std::vector<std::string_view>& words) {
  const auto found = text(name);
  if (!found) return std::string(words.front());
  if (std::find(words.begin(), words.end(), *found) == words.end()) {
    std::string expected;
    for (const auto word : words) expected += (expected.empty() ? "" : ", ") + std::string(word);
    refusals_.push_back({RefusalCode::unknown_word, "/" + std::string(name), expected, *found, ""});
  }
  return *found;
}

void Query::finish() {
  for (const auto& [name, value] : call_.request.query) {
    if (std::find(known_.begin(), known_.end(), name) != known_.end()) continue;
    std::string expected;
    for (const auto known : known_) expected += (expected.empty() ? "" : ", ") + std::string(known);
    refusals_.push_back({RefusalCode::unknown_field, "/" + name, expected, "", ""});
  }
}

Value as_of(const Call& call) {
  return Value::object({{"at", call.today.text()},
                        {"known_at", call.services.clock.now().text()},
                        {"journal", call.services.road.published()}});
}

Value listed(const Call& call, Value::List items, const std::string& next_cursor) {
  return Value::object({{"items", std::move(items)},
                        {"next_cursor", next_cursor.empty() ? Value() : Value(next_cursor)},
                        {"as_of", as_of(call)}});
}

}  // namespace huilu::api
