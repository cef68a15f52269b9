// Jobs: long work that a request starts and does not wait for (imports, launches). The work goes
// down the road in commands like everything else; a job only tells how far it is. Kept in memory of
// the process that runs it and in the table job, which is not in the journal.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/ids.h"
#include "base/time.h"
#include "base/value.h"
#include "command/command.h"
#include "store/store.h"

namespace huilu::command {

enum class JobState { running, done, refused, failed };
std::string_view word_of(JobState state);

struct JobView {
  JobId id;
  std::string kind;
  AccountId account;
  JobState state = JobState::running;
  std::int64_t steps_done = 0;
  std::int64_t steps_total = 0;  // 0: not known
  Value result;                  // of the work; of refusals: {"refusals": […]}
  Instant started;
  std::optional<Instant> finished;
};

// How the work tells its progress; cheap to call often.
using Progress = std::function<void(std::int64_t done, std::int64_t total)>;

class Jobs {
 public:
  Jobs(store::Database& database, const Clock& clock);
  ~Jobs();  // waits for the running ones

  // Runs `work` on a thread of its own; its result or its refusals become the job's.
  JobId start(std::string kind, AccountId account,
              std::function<Result<Value>(const Progress&)> work);
  static std::optional<JobView> find(store::Connection& connection, JobId job);

 private:
  void save(const JobView& job);
  void run(JobView job, const std::function<Result<Value>(const Progress&)>& work);

  store::Database& database_;
  const Clock& clock_;
  std::mutex mutex_;
  std::unique_ptr<store::Connection> connection_;
  std::vector<std::thread> threads_;
};

}  // namespace huilu::command
