#include "notice/commands.h"

#include "command/parts.h"

namespace huilu::notice {

Value reminder_content(MatterId matter, std::int64_t n, Date day) {
  return Value::object({{"matter", matter.text()}, {"n", n}, {"day", day.text()}});
}

Refusals check_reminder(const Reminded& reminded, Date today, const calendar::WorkingDays& calendar,
                        std::string where) {
  if (!reminded.last) return {};
  const Date next = next_reminder(*reminded.last, calendar);
  if (next <= today) return {};
  return {{RefusalCode::wrong_state, std::move(where), next.text(), reminded.last->text(), ""}};
}

RemindMatters::RemindMatters(std::vector<Remindable> matters,
                             std::shared_ptr<const calendar::WorkingDays> calendar)
    : matters_(std::move(matters)), calendar_(std::move(calendar)) {}

std::vector<std::string> RemindMatters::keys() const {
  std::vector<std::string> keys;
  for (const auto& one : matters_) keys.push_back("reminder:" + one.matter.text());
  return keys;
}

void RemindMatters::load(store::Connection& connection) {
  reads_.clear();
  for (const auto& one : matters_) reads_.push_back(queue_reminded(connection, one.matter));
}

Refusals RemindMatters::decide(const command::Context& context) {
  Refusals refusals;
  for (std::size_t i = 0; i < matters_.size(); ++i) {
    command::append(refusals, check_reminder(reminded_from(*reads_[i]), context.today, *calendar_,
                                             "/matters/" + std::to_string(i)));
  }
  return refusals;
}

command::Reply RemindMatters::write(const command::Context& context, command::Writing& writing) {
  Value::List reminded;
  for (std::size_t i = 0; i < matters_.size(); ++i) {
    const auto& [matter, unit] = matters_[i];
    const std::int64_t n = reminded_from(*reads_[i]).times + 1;
    auto entry = command::entry_of("matter_reminded", matter.text(), context,
                                   reminder_content(matter, n, context.today));
    entry.unit = unit;
    entry.touched.push_back({"reminder", matter.value, n});
    insert_reminder(writing, matter, n, context.today, context.account,
                    writing.append(std::move(entry)));
    reminded.push_back(Value::object({{"id", matter.text()}, {"times", n}}));
  }
  return {200, Value::object({{"reminded", std::move(reminded)}})};
}

}  // namespace huilu::notice
