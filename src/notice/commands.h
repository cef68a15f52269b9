// Reminders by a person (催办): one matter or many, each no more often than once in so many working
// days. Used by the API through the road.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "command/command.h"
#include "notice/rules.h"
#include "notice/tables.h"

namespace huilu::notice {

Value reminder_content(MatterId matter, std::int64_t n, Date day);

// What somebody may be reminded of, as the caller has read it.
struct Remindable {
  MatterId matter;
  UnitId unit;  // whose it is
};

// wrong_state where somebody was reminded of it too short a time ago: `expected` is the first day
// on which it may be done again.
Refusals check_reminder(const Reminded& reminded, Date today, const calendar::WorkingDays& calendar,
                        std::string where);

// matter_change anywhere; that the account takes part in each and does not wait for itself was
// asked by the caller. Replies {"reminded": [{"id", "times"}]}. All or none.
class RemindMatters : public command::Command {
 public:
  RemindMatters(std::vector<Remindable> matters,
                std::shared_ptr<const calendar::WorkingDays> calendar);

  std::string_view name() const override { return "remind_matters"; }
  command::Need need() const override { return {command::Permission::matter_change, {}}; }
  std::vector<std::string> keys() const override;
  void load(store::Connection& connection) override;
  Refusals decide(const command::Context& context) override;
  command::Reply write(const command::Context& context, command::Writing& writing) override;

 private:
  std::vector<Remindable> matters_;
  std::shared_ptr<const calendar::WorkingDays> calendar_;
  std::vector<store::Pending> reads_;
};

}  // namespace huilu::notice
