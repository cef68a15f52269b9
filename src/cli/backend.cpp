#include "cli/backend.h"

#include <spdlog/spdlog.h>

#include <filesystem>

namespace huilu::cli {

Backend::Backend(const BackendOptions& options, const Clock& clock,
                 std::unique_ptr<store::Database> database)
    : installation_(options.location, clock, Installation::Follow::figures, std::move(database)),
      sessions_(clock, passwords_),
      jobs_(installation_.database(), clock),
      side_writer_(installation_.database()),
      watch_(*installation_.index(), installation_.readers(),
             [this] { return installation_.road().published(); }),
      incoming_(options.location.data + "/incoming"),
      outbox_(options.outbox),
      services_{installation_.database(),
                installation_.readers(),
                side_writer_,
                installation_.road(),
                installation_.gate(),
                clock,
                sessions_,
                passwords_,
                installation_.packs(),
                installation_.catalog(),
                installation_.files(),
                installation_.directory(),
                jobs_,
                evaluations_,
                options.secure_cookies,
                options.location.is_demo() ? options.location.demo_accounts() : std::string(),
                installation_.index(),
                &watch_,
                outbox_ ? &*outbox_ : nullptr,
                outbox_ ? &gauges_ : nullptr},
      api_(services_, options.api) {
  std::filesystem::create_directories(incoming_);
  const auto swept = http::sweep_bodies(incoming_);
  if (swept > 0) spdlog::info("{} uploads that were cut are removed", swept);
}

}  // namespace huilu::cli
