#include "demo/flow.h"

namespace huilu::demo {

namespace {

constexpr std::size_t under_way_max = 1024;

std::string text_of(const std::string& name, const Refusals& refusals) {
  std::string text = "the demo was refused: " + name;
  for (const auto& refusal : refusals) {
    text += "; " + std::string(kind_of(refusal.code).name) + " at " + refusal.where +
            ", expected " + refusal.expected + ", got " + refusal.got;
  }
  return text;
}

}  // namespace

Flow::~Flow() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return under_way_ == 0; });
}

void Flow::send(std::unique_ptr<command::Command> command, AccountId account, Done done) {
  {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return under_way_ < under_way_max; });
    throw_failure();
    ++under_way_;
  }
  std::string name(command->name());
  road_.submit(std::move(command), {account, "", ""},
               [this, name = std::move(name), done = std::move(done)](
                   const command::Outcome& outcome) { arrived(name, outcome, done); });
}

void Flow::drain() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return under_way_ == 0; });
  throw_failure();
}

void Flow::arrived(const std::string& name, const command::Outcome& outcome, const Done& done) {
  const bool well = outcome.fault.empty() && outcome.refusals.empty();
  if (well && done) done(outcome.reply.body);
  const std::lock_guard lock(mutex_);
  if (!well && !failure_) {
    failure_ = outcome.fault.empty() ? Fault(FaultKind::internal, text_of(name, outcome.refusals))
                                     : Fault(outcome.fault_kind, outcome.fault);
  }
  --under_way_;
  changed_.notify_all();
}

void Flow::throw_failure() {
  if (failure_) throw *failure_;
}

}  // namespace huilu::demo
