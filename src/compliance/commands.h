// The one change of this room: closing a period. Everything else here is reckoned.
#pragma once

#include <string>

#include "command/command.h"
#include "compliance/closing.h"

namespace huilu::compliance {

// period_close at the unit. Replies 201 {"id", "journal"}. Refused while the period is not over.
class ClosePeriod : public command::Command {
 public:
  // `content` from frozen(); `until` is the first day after the period.
  ClosePeriod(UnitId unit, std::string period, Date until, Value content)
      : unit_(unit), period_(std::move(period)), until_(until), content_(std::move(content)) {}

  std::string_view name() const override { return "close_period"; }
  command::Need need() const override { return {command::Permission::period_close, {unit_}}; }
  std::string where_of(UnitId) const override { return "/unit"; }
  void load(store::Connection&) override {}
  Refusals decide(const command::Context& context) override;
  command::Reply write(const command::Context& context, command::Writing& writing) override;

 private:
  UnitId unit_;
  std::string period_;
  Date until_;
  Value content_;
};

}  // namespace huilu::compliance
