#include "compliance/commands.h"

#include "compliance/tables.h"

namespace huilu::compliance {

Refusals ClosePeriod::decide(const command::Context& context) {
  if (until_ <= context.today) return {};
  return {{RefusalCode::period_not_over, "/period", (until_ + -1).text(), period_, ""}};
}

command::Reply ClosePeriod::write(const command::Context& context, command::Writing& writing) {
  const Closing closing{
      ClosingId{writing.issue_id()}, unit_, period_, content_, context.account, writing.at(),
      writing.next_sequence()};
  insert_closing(writing.rows, closing);
  journal::Entry entry;
  entry.kind = "period_closed";
  entry.unit = unit_;
  entry.subject = closing.id.text();
  entry.actor = context.account;
  entry.fields.push_back({"content", canonical_json(content_)});
  entry.touched.push_back({"period_close", closing.id.value, 1});
  writing.append(std::move(entry));
  return {201, Value::object({{"id", closing.id.text()}, {"journal", closing.seq}})};
}

}  // namespace huilu::compliance
