#include "command/jobs.h"

#include <spdlog/spdlog.h>

#include <cstring>

#include "base/fault.h"
#include "base/hash.h"

namespace huilu::command {

namespace {

constexpr std::int64_t save_every_ms = 500;

JobId random_id() {
  std::uint64_t bits = 0;
  const std::string bytes = random_bytes(sizeof(bits));
  std::memcpy(&bits, bytes.data(), sizeof(bits));
  return JobId{static_cast<std::int64_t>(bits >> 1) | 1};
}

Value refusals_value(const Refusals& refusals) {
  Value::List list;
  for (const Refusal& refusal : refusals) {
    list.push_back(Value::object({{"code", kind_of(refusal.code).name},
                                  {"where", refusal.where},
                                  {"expected", refusal.expected},
                                  {"got", refusal.got}}));
  }
  return Value::object({{"refusals", std::move(list)}});
}

}  // namespace

std::string_view word_of(JobState state) {
  switch (state) {
    case JobState::running:
      return "running";
    case JobState::done:
      return "done";
    case JobState::refused:
      return "refused";
    case JobState::failed:
      return "failed";
  }
  CHECK(false);
}

Jobs::Jobs(store::Database& database, const Clock& clock) : database_(database), clock_(clock) {}

Jobs::~Jobs() {
  for (auto& thread : threads_) thread.join();
}

JobId Jobs::start(std::string kind, AccountId account,
                  std::function<Result<Value>(const Progress&)> work) {
  JobView job;
  job.id = random_id();
  job.kind = std::move(kind);
  job.account = account;
  job.result = Value(Value::Object{});
  job.started = clock_.now();
  save(job);
  const JobId id = job.id;
  const std::lock_guard lock(mutex_);
  threads_.emplace_back([this, job = std::move(job), work = std::move(work)] { run(job, work); });
  return id;
}

void Jobs::run(JobView job, const std::function<Result<Value>(const Progress&)>& work) {
  Instant saved = clock_.now();
  try {
    auto result = work([&](std::int64_t done, std::int64_t total) {
      job.steps_done = done;
      job.steps_total = total;
      const Instant now = clock_.now();
      if (now.ms - saved.ms < save_every_ms) return;
      saved = now;
      save(job);
    });
    job.state = result.ok() ? JobState::done : JobState::refused;
    job.result = result.ok() ? std::move(*result) : refusals_value(result.refusals());
  } catch (const Fault& fault) {
    spdlog::error("job {} failed: {}", job.kind, fault.what());
    job.state = JobState::failed;
  }
  job.finished = clock_.now();
  try {
    save(job);
  } catch (const Fault& fault) {
    spdlog::error("the end of job {} was not written: {}", job.kind, fault.what());
  }
}

void Jobs::save(const JobView& job) {
  const std::lock_guard lock(mutex_);
  if (!connection_ || !connection_->usable()) {
    connection_ = database_.connect(store::Access::write);
  }
  store::Transaction transaction(*connection_, store::Access::write);
  connection_->execute(
      "insert into job (id, kind, account, state, steps_done, steps_total, result, started_at, "
      "finished_at) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) "
      "on conflict (id) do update set state = excluded.state, steps_done = excluded.steps_done, "
      "steps_total = excluded.steps_total, result = excluded.result, "
      "finished_at = excluded.finished_at",
      {job.id, job.kind, job.account, word_of(job.state), job.steps_done, job.steps_total,
       to_json(job.result), job.started, job.finished});
  transaction.commit();
}

std::optional<JobView> Jobs::find(store::Connection& connection, JobId job) {
  const auto rows = connection.query(
      "select kind, account, state, steps_done, steps_total, result, started_at, finished_at "
      "from job where id = ?1",
      {job});
  if (rows.empty()) return {};
  JobView view;
  view.id = job;
  view.kind = rows[0].text(0);
  view.account = rows[0].id<AccountId>(1);
  for (const JobState state :
       {JobState::running, JobState::done, JobState::refused, JobState::failed}) {
    if (word_of(state) == rows[0].text(2)) view.state = state;
  }
  view.steps_done = rows[0].integer(3);
  view.steps_total = rows[0].integer(4);
  view.result = parse_json(rows[0].text(5)).value();
  view.started = rows[0].instant(6);
  if (!rows[0].is_null(7)) view.finished = rows[0].instant(7);
  return view;
}

}  // namespace huilu::command
