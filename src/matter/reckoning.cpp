#include "matter/reckoning.h"

#include "matter/tables.h"

namespace huilu::matter {

namespace {

class KeepNextDue : public command::Command {
 public:
  explicit KeepNextDue(std::vector<Reckoned> rows) : rows_(std::move(rows)) {}

  std::string_view name() const override { return "keep_next_due"; }
  command::Need need() const override { return {command::Permission::matter_change, {}}; }
  bool alone() const override { return true; }
  void load(store::Connection&) override {}
  Refusals decide(const command::Context&) override { return {}; }
  command::Reply write(const command::Context&, command::Writing& writing) override {
    for (const Reckoned& one : rows_) write_next_due(writing, one.id, one.version, one.next_due);
    return {200, Value::object({{"matters", static_cast<std::int64_t>(rows_.size())}})};
  }

 private:
  std::vector<Reckoned> rows_;
};

}  // namespace

std::vector<Reckoned> reckoned_otherwise(store::Connection& connection,
                                         const obligation::Facts& facts,
                                         const std::vector<policy::Pack>& packs,
                                         const std::vector<Stored>& matters, Date today,
                                         Instant now) {
  std::vector<Reckoned> rows;
  for (const Stored& one : matters) {
    const Matter& matter = one.now.matter;
    const policy::Pack& pack = pack_of(packs, matter.type, one.now.pack_version);
    const policy::MatterType& type = type_in(pack, matter.type);
    if (type.clocks.empty()) continue;
    const auto steps = steps_of(history_of(connection, matter.id));
    const obligation::Lifecycle life{facts, pack, type, today, now, nullptr, &steps};
    const auto next = obligation::next_due(life, matter, obligation::clocks_of(life, steps));
    if (next != one.next_due) rows.push_back({matter.id, one.now.version, next});
  }
  return rows;
}

std::unique_ptr<command::Command> keep_next_due(std::vector<Reckoned> rows) {
  return std::make_unique<KeepNextDue>(std::move(rows));
}

}  // namespace huilu::matter
