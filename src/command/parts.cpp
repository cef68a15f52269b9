#include "command/parts.h"

#include <iterator>

#include <fmt/format.h>

#include "base/text.h"

namespace huilu::command {

namespace {

constexpr std::size_t reason_characters_min = 4;
constexpr std::size_t reason_characters_max = 200;

}  // namespace

void refuse(Refusals& refusals, RefusalCode code, std::string where, std::string expected,
            std::string got, std::string link) {
  refusals.push_back(
      {code, std::move(where), std::move(expected), std::move(got), std::move(link)});
}

void append(Refusals& refusals, Refusals more) {
  refusals.insert(refusals.end(), std::make_move_iterator(more.begin()),
                  std::make_move_iterator(more.end()));
}

Refusal not_found(std::string got) { return {RefusalCode::not_found, "", "", std::move(got), ""}; }

void check_version(std::int64_t current, std::int64_t seen, Refusals& refusals) {
  if (current == seen) return;
  refuse(refusals, RefusalCode::version_conflict, "/version", std::to_string(current),
         std::to_string(seen));
}

Refusals check_length(std::string_view text, std::size_t min, std::size_t max,
                      std::string_view where) {
  if (!is_utf8(text)) return {{RefusalCode::not_utf8, std::string(where), "", "", ""}};
  const std::size_t size = count_characters(text);
  if (size >= min && size <= max) return {};
  return {{size == 0 ? RefusalCode::field_required : RefusalCode::field_range, std::string(where),
           fmt::format("{} to {} characters", min, max), fmt::format("{} characters", size), ""}};
}

Refusals check_reason(std::string_view reason, std::string_view where) {
  return check_length(trimmed(reason), reason_characters_min, reason_characters_max, where);
}

std::string kept_text(std::string_view typed) { return to_nfc(trimmed(typed)); }

journal::Entry entry_of(std::string_view kind, std::string subject, const Context& context,
                        const Value& content) {
  journal::Entry entry;
  entry.kind = kind;
  entry.subject = std::move(subject);
  entry.actor = context.account;
  entry.fields.push_back({"content", canonical_json(content)});
  return entry;
}

Reply reply_of(int status, std::string id, std::int64_t version) {
  return {status, Value::object({{"id", std::move(id)}, {"version", version}})};
}

}  // namespace huilu::command
